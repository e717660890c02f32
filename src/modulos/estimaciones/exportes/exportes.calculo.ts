import type { DetalleLeido } from '../consultas.repo.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { agruparPorConcepto, porAnexo, totalesDe } from '../importes.contrato.ts'
import type { Prueba } from '../prueba/prueba.tipos.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

/** What the files print of an estimation and its lines. @throws Error when they do not add up to its totals (§8). */
export function documentoDe(
  estimacion: Estimacion,
  lineas: readonly DetalleLeido[],
  prueba: Prueba | null,
): DocumentoDeEstimacion {
  const detalle = lineas.filter(({ rechazada }) => !rechazada)
  const sumados = totalesDe(detalle, estimacion.tipoCambio)
  for (const cual of ['volumenProducido', 'volumenEstimado', 'importeMn', 'importeUsd', 'homologado'] as const) {
    if (!sumados[cual].equals(estimacion.totales[cual]))
      throw new Error(`Estimation ${String(estimacion.id)}: its lines do not add up to its ${cual}`)
  }
  return {
    estimacion,
    detalle,
    anexos: porAnexo(agruparPorConcepto(detalle)),
    ajustes: lineas.filter((linea) => linea.rechazada || !linea.volumenActual.equals(linea.volumenEstimado)),
    prueba,
  }
}

/** What a file that is not (or no longer) a bill says across it, or null. */
export function marcaDe({ estatus }: Pick<Estimacion, 'estatus'>): string | null {
  if (estatus === 'CANCELADA') return 'CANCELADA'
  if (estatus === 'RECHAZADA') return 'RECHAZADA'
  return estatus === 'EN_ESTIMACION' ? 'BORRADOR' : null
}
