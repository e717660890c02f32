import { dinero } from '../../comun/dinero.ts'
import { configDelProceso } from '../../plataforma/config.ts'
import type { Contexto } from '../../plataforma/contexto.ts'
import { consultarTabla, type DefTabla, type PaginaTabla, type PeticionTabla } from '../../plataforma/tabla.ts'
import { tablaDePartidas, type FiltrosAnexo } from './anexo.tabla.ts'

let enUso: DefTabla<FiltrosAnexo> | null = null

/** The table at the exchange rate of this installation, read from the environment the first time it is asked for. */
export function tablaDelAnexo(): DefTabla<FiltrosAnexo> {
  enUso ??= tablaDePartidas(dinero(configDelProceso().tipoCambioUsd))
  return enUso
}

/** Page of the partidas of the active import of an OT, with the totals of the filtered ones (settled §7). */
export function partidasDeAnexo(ctx: Contexto, peticion: PeticionTabla<FiltrosAnexo>): Promise<PaginaTabla> {
  return consultarTabla(ctx, tablaDelAnexo(), peticion)
}
