import type { Contexto } from '../../../plataforma/contexto.ts'
import { diasFuera } from '../vigencia/vigencia.reglas.ts'
import { vigenciaEnSitio } from '../vigencia/vigencia.service.ts'
import type { Sabana, TipoTiempo } from './captura.contrato.ts'
import type { LugarDeCaptura } from './captura.tipos.ts'
import { filasDeSabana, totalesDeSabana } from './sabana.vista.ts'
import * as repo from './sabana.repo.ts'

/** What a sábana is asked for. */
export interface PedidoDeSabana extends Omit<LugarDeCaptura, 'idPrincipal'> {
  /** Any member of the family. */
  readonly idOt: number
  readonly tipo: TipoTiempo
}

/** Month of an OT at a site (produccion.md §6.5), or null when there is no such OT. */
export async function sabanaDe(ctx: Contexto, pedido: PedidoDeSabana): Promise<Sabana | null> {
  const ot = await repo.buscarOtDeCaptura(ctx.bd, pedido.idOt)
  if (ot === null) return null
  const { idSitio, mes, anio, tipo } = pedido
  const lugar: LugarDeCaptura = { idPrincipal: ot.idPrincipal, idSitio, mes, anio }
  const vigencia = await vigenciaEnSitio(ctx, ot.idPrincipal, idSitio)
  const carpeta = await repo.buscarCarpeta(ctx.bd, lugar)
  const conceptos = await repo.listarConceptosDelMes(ctx.bd, lugar, carpeta?.id ?? null)
  const firmados = [...(carpeta?.diasFirmados ?? [])]
  const fuera = diasFuera(mes, anio, vigencia?.ventana ?? null)
  return {
    partidas: filasDeSabana(conceptos, { tipo, idSitio, archivo: carpeta?.archivo ?? '' }),
    dias_bloqueados: [...new Set([...firmados, ...fuera])].sort((a, b) => a - b),
    dias_firmados: firmados,
    dias_fuera_vigencia: fuera,
    totales: conceptos.length === 0 ? {} : totalesDeSabana(conceptos, idSitio),
    version: carpeta?.version ?? 0,
    mes_cerrado: carpeta !== null && !carpeta.abierta,
  }
}
