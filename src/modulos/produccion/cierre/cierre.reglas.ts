/** How a month goes from open to closed to signed and back (produccion.md §5.9). Pure. */
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import { nombreDelMes } from '../../../comun/meses.ts'
import type { EstatusDiario, EstatusMes } from '../diario/diario.tipos.ts'
import type { Faltante } from './cierre.contrato.ts'

/** A day with production at a site, and what its report says; null = nobody marked it. */
export interface DiaProducido {
  readonly idSitio: number
  readonly sitio: string
  readonly fecha: FechaIso
  readonly estatus: EstatusDiario | null
}

/** A GPU that is not signed. */
export interface GpuSinFirmar {
  readonly idSitio: number
  readonly sitio: string
  readonly fecha: FechaIso
  readonly codigo: string
  readonly estatus: EstatusDiario
}

/** Month of an OT. */
export interface MesDeOt {
  readonly idOt: number
  readonly folio: string
  readonly mes: number
  readonly anio: number
  readonly estatus: EstatusMes
}

/** What a closing looks at. */
export interface EstadoDeCierre extends MesDeOt {
  readonly archivo: string | null
  readonly sinFirmar: readonly DiaProducido[]
  readonly gpus: readonly GpuSinFirmar[]
}

/** What is missing stops the closing, unless it is forced with a comment. @throws Conflicto with `faltantes`, DatosInvalidos. */
export function exigirCerrable(
  estado: MesDeOt,
  faltantes: readonly Faltante[],
  { forzar, comentario }: { forzar: boolean; comentario: string | null },
): void {
  const mes = nombreDelMes(estado.mes, estado.anio)
  if (estado.estatus !== 'ABIERTO') throw new Conflicto(`${mes} de ${estado.folio} ya está ${estado.estatus}.`)
  if (faltantes.length === 0) return
  if (!forzar)
    throw new Conflicto(
      `Falta algo para cerrar ${mes} de ${estado.folio}: revisa la lista, o ciérralo con un comentario que diga por qué.`,
      { extra: { faltantes } },
    )
  exigirComentario(comentario, 'Escribe por qué se cierra el mes con pendientes.', { faltantes })
}

/** @throws Conflicto with `faltantes`. */
export function exigirFirmable(estado: MesDeOt, faltantes: readonly Faltante[]): void {
  const mes = nombreDelMes(estado.mes, estado.anio)
  if (estado.estatus === 'FIRMADO') throw new Conflicto(`${mes} de ${estado.folio} ya está FIRMADO.`)
  if (estado.estatus === 'ABIERTO')
    throw new Conflicto(`${mes} de ${estado.folio} está ABIERTO. Ciérralo antes de marcarlo firmado.`)
  if (faltantes.length > 0)
    throw new Conflicto('Para marcar el mes como firmado falta el enlace de su evidencia.', { extra: { faltantes } })
}

/** One step back: FIRMADO → CERRADO → ABIERTO. @throws DatosInvalidos without a comment, Conflicto. */
export function pasoAtras(estado: MesDeOt, comentario: string | null, estimadas: string | null): EstatusMes {
  const mes = nombreDelMes(estado.mes, estado.anio)
  exigirComentario(comentario, 'Escribe por qué se reabre el mes.')
  if (estado.estatus === 'ABIERTO') throw new Conflicto(`${mes} de ${estado.folio} ya está ABIERTO.`)
  if (estado.estatus === 'FIRMADO') return 'CERRADO'
  if (estimadas !== null)
    throw new Conflicto(
      `${mes} de ${estado.folio} no se puede abrir: tiene producción en ${estimadas}, que ya salió del borrador.`,
    )
  return 'ABIERTO'
}

function exigirComentario(comentario: string | null, mensaje: string, extra: Record<string, unknown> = {}): void {
  if (comentario === null) throw new DatosInvalidos(mensaje, { campos: { comentario: mensaje }, extra })
}

/** Whether the link of the month may change (§5.9): not in a signed month. @throws Conflicto */
export function exigirEnlaceAbierto(estado: MesDeOt): void {
  if (estado.estatus === 'FIRMADO')
    throw new Conflicto(
      `${nombreDelMes(estado.mes, estado.anio)} de ${estado.folio} está FIRMADO: su enlace ya no cambia.`,
    )
}
