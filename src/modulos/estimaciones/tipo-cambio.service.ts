import type { Dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { leerParametros } from '../parametros/index.ts'
import { buscarTipoCambio } from './tipo-cambio.repo.ts'

/** A rate and where it comes from: what makes a sum of two currencies readable later. */
export interface TasaConFuente {
  readonly valor: Dinero
  readonly fuente: string
  /** Its day in the table of rates; null when it is not from there. */
  readonly dia: FechaIso | null
}

/** What the source says of the rate that is a setting. */
export const FUENTE_DEL_SISTEMA = 'parámetro del sistema'

/** Pesos per dollar for a day: the one typed, that of the table of rates, or the setting of the system (§1.1, decision 0036). */
export async function tasaPara(ctx: CtxLectura, fecha: FechaIso, escrita: Dinero | null): Promise<TasaConFuente> {
  const delDia = await buscarTipoCambio(ctx.bd, fecha)
  if (delDia && (escrita === null || escrita.equals(delDia.valor)))
    return { valor: delDia.valor, fuente: `${delDia.fuente} del ${aDdMmAaaa(delDia.fecha)}`, dia: delDia.fecha }
  const { tipo_cambio_default: delSistema } = await leerParametros(ctx)
  if (escrita === null || escrita.equals(delSistema))
    return { valor: delSistema, fuente: FUENTE_DEL_SISTEMA, dia: null }
  return { valor: escrita, fuente: `capturado por ${ctx.usuario?.username ?? 'Sistema'}`, dia: null }
}
