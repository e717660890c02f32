/** Rules that the steps of a PTE and of an OT share (pte.md §4.3, §5.7; ot.md §5.9). */
import type { EstatusMostrado } from './contrato.ts'
import { Conflicto, DatosInvalidos } from './errores.ts'
import { aDdMmAaaa, type FechaIso } from './fechas.ts'
import { leerEnlace, MENSAJE_ENLACE } from './url.ts'

/** `estatus_paso` of `pte_detalle` and of `ot_detalle`. */
export const ESTATUS_PASO = { PENDIENTE: 1, PROCESO: 2, COMPLETADO: 3, CANCELADO: 4, NO_APLICA: 14 } as const
export type EstatusPaso = (typeof ESTATUS_PASO)[keyof typeof ESTATUS_PASO]

/** Statuses of a step, in the order of its menu. */
export const ESTATUS_DE_PASO: readonly EstatusMostrado[] = [
  { id: ESTATUS_PASO.PENDIENTE, clave: 'PENDIENTE', texto: 'PENDIENTE', tono: 'amarillo' },
  { id: ESTATUS_PASO.PROCESO, clave: 'PROCESO', texto: 'PROCESO', tono: 'azul' },
  { id: ESTATUS_PASO.COMPLETADO, clave: 'COMPLETADO', texto: 'COMPLETADO', tono: 'verde' },
  { id: ESTATUS_PASO.CANCELADO, clave: 'CANCELADO', texto: 'CANCELADO', tono: 'naranja' },
  { id: ESTATUS_PASO.NO_APLICA, clave: 'NO_APLICA', texto: 'NO APLICA', tono: 'gris' },
]

/** Steps whose start and end are locked. */
export const PASOS_CON_FECHAS_FIJAS: readonly number[] = [ESTATUS_PASO.COMPLETADO, ESTATUS_PASO.NO_APLICA]

/** Kinds of date of a step, as they come in `actualizar-fecha/`. */
export const FECHA_DE_PASO = { INICIO: '1', TERMINO: '2', ENTREGA: '3' } as const

/** Every status that a step may be read with: old ones may carry SUSPENDIDA, which is never offered (pte.md §4.3). */
export const ESTATUS_LEIDOS_DE_PASO: readonly EstatusMostrado[] = [
  ...ESTATUS_DE_PASO,
  { id: 15, clave: 'SUSPENDIDA', texto: 'SUSPENDIDA', tono: 'gris' },
]

/** Text of a step status; DESCONOCIDO when nobody knows it. */
export function textoEstatusPaso(estatusPaso: number): string {
  return ESTATUS_LEIDOS_DE_PASO.find((estatus) => estatus.id === estatusPaso)?.texto ?? 'DESCONOCIDO'
}

const esEstatusPaso = (id: number): id is EstatusPaso => ESTATUS_DE_PASO.some((estatus) => estatus.id === id)

/** The table of dates that statuses share: finishing sets the date, leaving the end clears it. */
export function fechaAlTerminar(
  estabaTerminado: boolean,
  quedaTerminado: boolean,
  guardada: FechaIso | null,
  recibida: FechaIso | null,
  hoy: FechaIso,
): FechaIso | null {
  if (quedaTerminado) return recibida ?? (estabaTerminado ? guardada : hoy)
  return estabaTerminado ? null : guardada
}

/** A blank comment keeps what there is (R-PTE-11, R-PTE-20; ot.md §5.8, §5.9). */
export function comentarioTrasCambio<T extends string | null>(
  actual: T,
  recibido: string | null | undefined,
): T | string {
  return recibido === null || recibido === undefined || recibido.trim() === '' ? actual : recibido
}

/** A change of status of a step; `fechaRecibida` null = none was sent. */
export interface CambioPaso {
  readonly actual: number
  readonly nuevo: number
  readonly fechaEntrega: FechaIso | null
  readonly fechaRecibida: FechaIso | null
  readonly hoy: FechaIso
}

/**
 * R-PTE-20, ot.md §5.9: only COMPLETADO has a delivery date.
 * @throws DatosInvalidos when the status is not one of the five of a step.
 */
export function transicionPaso(cambio: CambioPaso): {
  readonly estatusPaso: EstatusPaso
  readonly fechaEntrega: FechaIso | null
} {
  if (!esEstatusPaso(cambio.nuevo)) {
    const mensaje = 'Ese estatus no es de un paso'
    throw new DatosInvalidos(mensaje, { campos: { nuevo_estatus: mensaje } })
  }
  return {
    estatusPaso: cambio.nuevo,
    fechaEntrega: fechaAlTerminar(
      cambio.actual === ESTATUS_PASO.COMPLETADO,
      cambio.nuevo === ESTATUS_PASO.COMPLETADO,
      cambio.fechaEntrega,
      cambio.fechaRecibida,
      cambio.hoy,
    ),
  }
}

/** What a change of one date looks at in its step. */
export interface FechasDePaso {
  readonly estatusPaso: number
  readonly fechaInicio: FechaIso | null
  readonly fechaTermino: FechaIso | null
}

const COLUMNA_DE_FECHA = {
  [FECHA_DE_PASO.INICIO]: 'fechaInicio',
  [FECHA_DE_PASO.TERMINO]: 'fechaTermino',
  [FECHA_DE_PASO.ENTREGA]: 'fechaEntrega',
} as const

export type ColumnaFechaPaso = (typeof COLUMNA_DE_FECHA)[keyof typeof COLUMNA_DE_FECHA]

/** Words of the three dates of a step, for messages and for the log. */
export const NOMBRE_FECHA_PASO: Readonly<Record<ColumnaFechaPaso, string>> = {
  fechaInicio: 'inicio',
  fechaTermino: 'término',
  fechaEntrega: 'entrega',
}

/**
 * R-PTE-22, ot.md §5.9: which column a kind of date ('1' inicio, '2' término, '3' entrega) may change now; null clears it.
 * @throws DatosInvalidos for another kind and for an end before its start (`advertencia`); Conflicto when the status
 * of the step locks that date.
 */
export function validarFechaPaso(paso: FechasDePaso, tipo: string, fecha: FechaIso | null): ColumnaFechaPaso {
  const columna = columnaDeFecha(tipo)
  if (columna === 'fechaEntrega') {
    if (paso.estatusPaso !== ESTATUS_PASO.COMPLETADO) {
      throw new Conflicto('La fecha de entrega solo se captura en un paso COMPLETADO.')
    }
    return columna
  }
  if (PASOS_CON_FECHAS_FIJAS.includes(paso.estatusPaso)) {
    const texto = textoEstatusPaso(paso.estatusPaso)
    throw new Conflicto(`El paso está en ${texto}; cambia su estatus para mover sus fechas.`)
  }
  const inicio = columna === 'fechaInicio' ? fecha : paso.fechaInicio
  const termino = columna === 'fechaTermino' ? fecha : paso.fechaTermino
  if (inicio !== null && termino !== null && termino < inicio) {
    const mensaje =
      columna === 'fechaTermino'
        ? `El término debe ser igual o posterior al inicio (${aDdMmAaaa(inicio)})`
        : `El inicio debe ser igual o anterior al término (${aDdMmAaaa(termino)})`
    throw new DatosInvalidos(mensaje, { tipoAviso: 'advertencia', campos: { fecha: mensaje } })
  }
  return columna
}

function columnaDeFecha(tipo: string): ColumnaFechaPaso {
  for (const [clave, columna] of Object.entries(COLUMNA_DE_FECHA)) if (clave === tipo) return columna
  const mensaje = 'Tipo de fecha no válido: usa 1 (inicio), 2 (término) o 3 (entrega)'
  throw new DatosInvalidos(mensaje, { campos: { tipo: mensaje } })
}

/** Segments of an `orden` as numbers: '4.10' → [4, 10]. */
const segmentos = (orden: string): number[] => orden.split('.').map(Number)

/** Order of the steps (pte.md §6.2): by numeric segments, a missing one counts as 0. 4 < 4.1 < 4.2 < 5 < 10. */
export function compararOrden(a: string, b: string): number {
  const [unos, otros] = [segmentos(a), segmentos(b)]
  for (let i = 0; i < Math.max(unos.length, otros.length); i += 1) {
    const diferencia = (unos[i] ?? 0) - (otros[i] ?? 0)
    if (diferencia !== 0) return diferencia
  }
  return 0
}

/**
 * The link to the deliverable of a step as it is stored; empty removes it (R-PTE-23).
 * @throws DatosInvalidos when it is no address.
 */
export function leerArchivoDePaso(escrito: string | null): string | null {
  const archivo = escrito === null ? null : leerEnlace(escrito)
  if (escrito !== null && archivo === null)
    throw new DatosInvalidos(MENSAJE_ENLACE, { campos: { archivo: MENSAJE_ENLACE } })
  return archivo
}

/** The refusal of a command about a step that lacks one of its fields (pte.md §7.13-7.17). */
export const datosIncompletos = (): DatosInvalidos =>
  new DatosInvalidos('Datos incompletos', { tipoAviso: 'advertencia' })
