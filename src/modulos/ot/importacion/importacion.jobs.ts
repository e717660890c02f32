/** Background work of the import page; the handlers are of the service. */
import { oficio } from '../../../plataforma/cola.ts'
import { analizarSubida, deshacer, importarSubida } from './importacion.pagina.service.ts'
import { TRABAJO_ANALIZAR, TRABAJO_DESHACER, TRABAJO_IMPORTAR } from './importacion.schema.ts'

export const OFICIOS_DE_IMPORTACION = [
  oficio(TRABAJO_ANALIZAR, analizarSubida),
  oficio(TRABAJO_IMPORTAR, importarSubida),
  oficio(TRABAJO_DESHACER, (ctx, { tarea, lote }) => deshacer(ctx, tarea, lote)),
]
