/** Background work of the import pages of every class; the handlers are of the service. */
import { oficio, type Oficio } from '../../plataforma/cola.ts'
import type { ClaseImportacion } from './importacion.clase.ts'
import { analizarSubida, claseDe, deshacer, importarSubida } from './importacion.pagina.service.ts'
import { TRABAJO_ANALIZAR, TRABAJO_DESHACER, TRABAJO_IMPORTAR } from './importacion.schema.ts'

/** Three queues serve all the classes. */
export const oficiosDeImportacion = (clases: readonly ClaseImportacion[]): readonly Oficio[] => [
  oficio(TRABAJO_ANALIZAR, (ctx, datos) => analizarSubida(ctx, claseDe(clases, datos.clase), datos)),
  oficio(TRABAJO_IMPORTAR, (ctx, datos) => importarSubida(ctx, claseDe(clases, datos.clase), datos)),
  oficio(TRABAJO_DESHACER, (ctx, { tarea, clase, lote }) => deshacer(ctx, claseDe(clases, clase), tarea, lote)),
]
