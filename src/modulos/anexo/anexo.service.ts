import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { consultarTabla, type DefTabla, type PaginaTabla, type PeticionTabla } from '../../plataforma/tabla.ts'
import { leerParametros } from '../parametros/index.ts'
import { tablaDePartidas, type FiltrosAnexo } from './anexo.tabla.ts'

/** The table at the exchange rate of the system; its totals say which. */
export async function tablaDelAnexo(ctx: CtxLectura): Promise<DefTabla<FiltrosAnexo>> {
  return tablaDePartidas((await leerParametros(ctx)).tipo_cambio_default)
}

/** Page of the partidas of the active import of an OT, with the totals of the filtered ones (settled §7). */
export function partidasDeAnexo(
  ctx: Contexto,
  tabla: DefTabla<FiltrosAnexo>,
  peticion: PeticionTabla<FiltrosAnexo>,
): Promise<PaginaTabla> {
  return consultarTabla(ctx, tabla, peticion)
}
