import { aplicada, type Deduccion } from '../deducciones/deducciones.contrato.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { agruparPorConcepto, esAjuste, porAnexo, totalesDe } from '../importes.contrato.ts'
import type { Prueba } from '../prueba/prueba.tipos.ts'
import type { Contenido, PasoImpreso } from '../instantanea/instantanea.schema.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

/** What is kept of an estimation beside what it printed when it was sent. */
interface Resto {
  readonly pasos: readonly PasoImpreso[]
  readonly prueba: Prueba | null
  readonly deducciones: readonly Deduccion[]
}

/**
 * What the files print of an estimation.
 * @throws Error when its lines do not add up to its totals (§8).
 */
export function documentoDe(
  cabecera: Estimacion,
  contenido: Contenido,
  { pasos, prueba, deducciones }: Resto,
): DocumentoDeEstimacion {
  const estimacion = conNombres(cabecera, contenido, pasos)
  const detalle = contenido.lineas.filter(({ rechazada }) => !rechazada)
  const sumados = totalesDe(detalle, estimacion.tipoCambio)
  for (const cual of ['volumenProducido', 'volumenEstimado', 'importeMn', 'importeUsd', 'homologado'] as const) {
    if (!sumados[cual].equals(estimacion.totales[cual]))
      throw new Error(`Estimation ${String(estimacion.id)}: its lines do not add up to its ${cual}`)
  }
  for (const deduccion of deducciones) {
    const { importeMn, importeUsd } = aplicada(deduccion, sumados)
    if (!importeMn.equals(deduccion.importeMn) || !importeUsd.equals(deduccion.importeUsd))
      throw new Error(`Estimation ${String(estimacion.id)}: its deduction ${deduccion.nombre} is not its percentage`)
  }
  const porProduccion = new Map(contenido.gpus.map((gpu) => [gpu.idProduccion, gpu]))
  return {
    estimacion,
    detalle,
    anexos: porAnexo(agruparPorConcepto(detalle)),
    ajustes: contenido.lineas.filter(esAjuste),
    gpus: detalle.flatMap(({ idProduccion }) => porProduccion.get(idProduccion) ?? []),
    deducciones,
    prueba,
    pasos,
    dominio: contenido.dominio,
  }
}

/** The header with the names of what it kept: those of today belong to the draft. */
function conNombres(cabecera: Estimacion, contenido: Contenido, pasos: readonly PasoImpreso[]): Estimacion {
  const { ot, descripcion, cliente, creo, capturoTasa } = contenido
  const quien = (de: string, a: string): string | null =>
    pasos.findLast((paso) => paso.de === de && paso.a === a)?.quien ?? null
  return {
    ...cabecera,
    ot,
    descripcion,
    cliente,
    creadoPor: creo,
    tipoCambioCapturo: capturoTasa,
    enviadoPorNombre: cabecera.fechaEnvio === null ? null : quien('EN_ESTIMACION', 'ENVIADA'),
    autorizadoPorNombre: cabecera.fechaAutorizacion === null ? null : quien('ENVIADA', 'AUTORIZADA'),
  }
}

/** What a file that is not (or no longer) a bill says across it, or null. */
export function marcaDe({ estatus }: Pick<Estimacion, 'estatus'>): string | null {
  if (estatus === 'CANCELADA') return 'CANCELADA'
  if (estatus === 'RECHAZADA') return 'RECHAZADA'
  return estatus === 'EN_ESTIMACION' ? 'BORRADOR' : null
}
