import type { Dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { leerParametros } from '../parametros/index.ts'
import { buscarTipoCambio } from './tipo-cambio.repo.ts'

/** A rate and where it comes from: what makes a sum of two currencies readable later. */
export interface TasaConFuente {
  readonly valor: Dinero
  readonly fuente: string
}

/** Pesos per dollar for a day: the one typed, that of the table of rates, or the setting of the system (§1.1). */
export async function tasaPara(ctx: CtxLectura, fecha: FechaIso, escrita: Dinero | null): Promise<TasaConFuente> {
  const delDia = await buscarTipoCambio(ctx.bd, fecha)
  if (delDia && (escrita === null || escrita.equals(delDia.valor)))
    return { valor: delDia.valor, fuente: `${delDia.fuente} del ${aDdMmAaaa(delDia.fecha)}` }
  const { tipo_cambio_default: delSistema } = await leerParametros(ctx)
  if (escrita === null || escrita.equals(delSistema)) return { valor: delSistema, fuente: 'parámetro del sistema' }
  return { valor: escrita, fuente: `capturado por ${ctx.usuario?.username ?? 'Sistema'}` }
}
