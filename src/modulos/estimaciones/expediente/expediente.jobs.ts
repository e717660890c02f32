/** Background work of the expediente; the store of its photos is the one of the process. */
import type { Almacen } from '../../../plataforma/archivos.ts'
import { oficio, type Oficio } from '../../../plataforma/cola.ts'
import { TRABAJO_EXPEDIENTE } from './expediente.schema.ts'
import { armarExpediente } from './expediente.service.ts'

export const oficiosDeExpediente = (almacen: Almacen): readonly Oficio[] => [
  oficio(TRABAJO_EXPEDIENTE, (ctx, datos) => armarExpediente(ctx, almacen, datos)),
]
