/** Rules of billing (estimaciones.md §2-§5), without database nor clock. */
import { conMiles } from '../../comun/dinero.ts'
import { plazoEntre, type FechaIso } from '../../comun/fechas.ts'
import type { Candidata, Estimacion, EstatusEstimacion, Motivo } from './estimaciones.tipos.ts'

/** What the settings of the system demand to bill. */
export interface Exigencias {
  readonly exigir_gpu_firmado: boolean
  readonly exigir_dia_firmado: boolean
  readonly exigir_mes_cerrado: boolean
  readonly permitir_excedente: boolean
}

/** What decides whether a production may be billed. */
export type Juzgable = Pick<
  Candidata,
  'saldo' | 'excedente' | 'llevaGpu' | 'gpuFirmado' | 'diaFirmado' | 'mesCerrado' | 'puMn' | 'puUsd'
>

/** Every reason that applies, in the order of §2 (settled.md §8). */
export function motivosDe(candidata: Juzgable, exige: Exigencias): Motivo[] {
  const { saldo, excedente, llevaGpu, gpuFirmado, diaFirmado, puMn, puUsd, mesCerrado } = candidata
  const lista: readonly (readonly [Motivo, boolean])[] = [
    ['YA_ESTIMADA', saldo.isZero()],
    ['EXCEDENTE', excedente && !exige.permitir_excedente],
    ['GPU_PENDIENTE', llevaGpu && exige.exigir_gpu_firmado && !gpuFirmado],
    ['DIA_SIN_FIRMA', !llevaGpu && exige.exigir_dia_firmado && !diaFirmado],
    ['SIN_PRECIO', puMn.isZero() && puUsd.isZero()],
    ['MES_ABIERTO', exige.exigir_mes_cerrado && !mesCerrado],
  ]
  return lista.flatMap(([motivo, aplica]) => (aplica ? [motivo] : []))
}

/** Reasons that refuse a line; without price it may be included explicitly (§2). */
export function motivosQueImpiden(motivos: readonly Motivo[]): Motivo[] {
  return motivos.filter((motivo) => motivo !== 'SIN_PRECIO')
}

/** What is wrong with a period of at most `dias`, both ends included, or null (§5.8). */
export function faltaDelPeriodo(
  desde: FechaIso,
  hasta: FechaIso,
  fecha: FechaIso,
  dias: number,
): readonly [string, string] | null {
  if (desde > hasta) return ['fecha_hasta', 'La fecha desde no puede ser posterior a la fecha hasta.']
  if (plazoEntre(desde, hasta) > dias) return ['fecha_hasta', `El periodo admite hasta ${conMiles(String(dias))} días.`]
  if (fecha < desde) return ['fecha_estimacion', 'La fecha de la estimación no puede ser anterior a la fecha desde.']
  return null
}

/** Where the rate of an estimation comes from, and who captured it when the table of rates says. */
export const origenDeTasa = ({
  tipoCambioFuente,
  tipoCambioCapturo,
}: Pick<Estimacion, 'tipoCambioFuente' | 'tipoCambioCapturo'>): string =>
  tipoCambioCapturo === null ? tipoCambioFuente : `${tipoCambioFuente}, capturó ${tipoCambioCapturo}`

/** One step of the flow (§3). */
interface Transicion {
  readonly de: EstatusEstimacion
  readonly a: EstatusEstimacion
  readonly permiso: string
}

const permiso = (codigo: string): string => `operaciones.${codigo}`

export const TRANSICIONES: readonly Transicion[] = [
  { de: 'EN_ESTIMACION', a: 'ENVIADA', permiso: permiso('change_estimacionheader') },
  { de: 'ENVIADA', a: 'AUTORIZADA', permiso: permiso('autorizar_estimacion') },
  { de: 'ENVIADA', a: 'RECHAZADA', permiso: permiso('autorizar_estimacion') },
  { de: 'RECHAZADA', a: 'EN_ESTIMACION', permiso: permiso('change_estimacionheader') },
  { de: 'AUTORIZADA', a: 'FACTURADA', permiso: permiso('facturar_estimacion') },
  { de: 'FACTURADA', a: 'COBRADA', permiso: permiso('cobrar_estimacion') },
  { de: 'AUTORIZADA', a: 'ENVIADA', permiso: permiso('revertir_estimacion') },
  { de: 'FACTURADA', a: 'AUTORIZADA', permiso: permiso('revertir_estimacion') },
  { de: 'EN_ESTIMACION', a: 'CANCELADA', permiso: permiso('delete_estimacionheader') },
  { de: 'ENVIADA', a: 'CANCELADA', permiso: permiso('delete_estimacionheader') },
  { de: 'RECHAZADA', a: 'CANCELADA', permiso: permiso('delete_estimacionheader') },
]

/** The step between two statuses, or null when the flow has none. */
export function transicion(de: EstatusEstimacion, a: EstatusEstimacion): Transicion | null {
  return TRANSICIONES.find((paso) => paso.de === de && paso.a === a) ?? null
}

/** Where an estimation may go for somebody. */
export function transicionesPosibles(de: EstatusEstimacion, tiene: (permiso: string) => boolean): EstatusEstimacion[] {
  return TRANSICIONES.filter((paso) => paso.de === de && tiene(paso.permiso)).map((paso) => paso.a)
}
