/** Every number of the page leads to the rows it is made of. */
import { diasDelMes, fechaDePartes, instanteLocal } from '../../../comun/fechas.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import type { DetalleDeProduccion } from './detalle.contrato.ts'
import * as repo from './detalle.repo.ts'
import { buscarOtDeCaptura } from './sabana.repo.ts'

/** Which number: of a day or of the month at a site, of a concept, an annex or the order; `acumulado` is of every site and every month so far. */
export interface PedidoDeDetalle {
  readonly idOt: number
  readonly idSitio: number
  readonly mes: number
  readonly anio: number
  readonly dia: number | null
  readonly idPartida: number | null
  readonly anexo: string | null
  readonly acumulado: boolean
}

const PRINCIPIO = '1900-01-01'

export async function detalleDeProduccion(ctx: Contexto, pedido: PedidoDeDetalle): Promise<DetalleDeProduccion> {
  const ot = await buscarOtDeCaptura(ctx.bd, pedido.idOt)
  const { mes, anio, dia, acumulado, idSitio, idPartida, anexo } = pedido
  const hasta = fechaDePartes(anio, mes, dia ?? diasDelMes(anio, mes))
  if (ot === null || hasta === null) return { filas: [], cuantas: 0, volumen: '0.000000' }
  const filtro: repo.FiltroDeDetalle = {
    idPrincipal: ot.idPrincipal,
    idSitio: acumulado ? null : idSitio,
    desde: acumulado ? PRINCIPIO : (fechaDePartes(anio, mes, dia ?? 1) ?? hasta),
    hasta,
    idPartida,
    anexo,
  }
  const [filas, suma] = [await repo.listarDetalle(ctx.bd, filtro), await repo.sumarDetalle(ctx.bd, filtro)]
  return {
    ...suma,
    filas: filas.map(({ tipo, idSitio: id_sitio, excedente, milisegundos, ...fila }) => ({
      ...fila,
      tipo_tiempo: tipo,
      id_sitio,
      es_excedente: excedente,
      cuando: instanteLocal(new Date(milisegundos)),
    })),
  }
}
