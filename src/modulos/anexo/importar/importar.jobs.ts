/** Background work of the annex; the store of its workbooks is the one of the process. */
import type { Almacen } from '../../../plataforma/archivos.ts'
import { oficio, type Oficio } from '../../../plataforma/cola.ts'
import { TRABAJO_ANEXO } from './importar.schema.ts'
import { importarLibro } from './importar.service.ts'

export const oficiosDeAnexo = (almacen: Almacen): readonly Oficio[] => [
  oficio(TRABAJO_ANEXO, (ctx, datos) => importarLibro(ctx, almacen, datos)),
]
