/** Pure rules of the steps of an OT: where they come from, how they move, which of their dates may change. */
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { fechaAlTerminar } from '../ot.reglas.ts'
import {
  ESTATUS_DE_PASO,
  ESTATUS_PASO,
  type EstatusPaso,
  FECHA_DE_PASO,
  PASOS_CON_FECHAS_FIJAS,
  PLANTILLA_PASOS,
  type PlantillaPasos,
  TIPO_CLIENTE,
  TIPO_OT,
  type TipoOt,
} from '../ot.tipos.ts'

/** Text of a step status; DESCONOCIDO when it is none of the five (§3.3). */
export function textoEstatusPaso(estatusPaso: number): string {
  return ESTATUS_DE_PASO.find((estatus) => estatus.id === estatusPaso)?.texto ?? 'DESCONOCIDO'
}

/** How an OT comes to be: from the form, from a PTE, or from the import of old ones (§5.1). */
export type ViaDeAlta = 'manual' | 'pte' | 'importacion'

const { INICIAL, REPROGRAMACION, INTERCOM } = PLANTILLA_PASOS

/** §5.4, the whole table. S-12: a manual initial order takes the template of reprogramaciones. */
const PLANTILLAS: Readonly<
  Record<ViaDeAlta, Readonly<Record<TipoOt, { intercom: PlantillaPasos; otro: PlantillaPasos }>>>
> = {
  manual: {
    [TIPO_OT.INICIAL]: { intercom: REPROGRAMACION, otro: REPROGRAMACION },
    [TIPO_OT.REPROGRAMACION]: { intercom: INTERCOM, otro: REPROGRAMACION },
  },
  pte: {
    [TIPO_OT.INICIAL]: { intercom: INTERCOM, otro: INICIAL },
    [TIPO_OT.REPROGRAMACION]: { intercom: INTERCOM, otro: REPROGRAMACION },
  },
  importacion: {
    [TIPO_OT.INICIAL]: { intercom: INICIAL, otro: INICIAL },
    [TIPO_OT.REPROGRAMACION]: { intercom: REPROGRAMACION, otro: REPROGRAMACION },
  },
}

/** Template of the steps of a new OT, by way, type and type of its client (§5.4). */
export function plantillaDePasos(via: ViaDeAlta, tipo: TipoOt, tipoCliente: number | null): PlantillaPasos {
  return PLANTILLAS[via][tipo][tipoCliente === TIPO_CLIENTE.INTERCOM ? 'intercom' : 'otro']
}

/** A row of the template. */
export interface PasoDePlantilla {
  readonly id: number
  readonly activo: boolean
  readonly idPasoOrigen: number | null
}

/** What a step of an OT born from a PTE copies from the step of the PTE (R-PTE-16). */
export interface PasoDeOrigen {
  readonly estatusPaso: EstatusPaso
  readonly fechaInicio: FechaIso | null
  readonly fechaTermino: FechaIso | null
  readonly fechaEntrega: FechaIso | null
  readonly archivo: string | null
}

export interface PasoNuevo extends PasoDeOrigen {
  readonly idPaso: number
}

const PASO_PENDIENTE: PasoDeOrigen = {
  estatusPaso: ESTATUS_PASO.PENDIENTE,
  fechaInicio: null,
  fechaTermino: null,
  fechaEntrega: null,
  archivo: null,
}

/**
 * Steps of a new OT: the active rows of its template by id, all PENDIENTE and empty (§5.4). `origen` gives the steps
 * of its PTE by id, for the rows that copy one; without it, or without that step, the row starts as any other.
 */
export function pasosNuevos(
  plantilla: readonly PasoDePlantilla[],
  origen: ReadonlyMap<number, PasoDeOrigen> = new Map(),
): PasoNuevo[] {
  return plantilla
    .filter((paso) => paso.activo)
    .sort((a, b) => a.id - b.id)
    .map(({ id, idPasoOrigen }) => {
      const copiado = idPasoOrigen === null ? undefined : origen.get(idPasoOrigen)
      const { estatusPaso, fechaInicio, fechaTermino, fechaEntrega, archivo } = copiado ?? PASO_PENDIENTE
      return { idPaso: id, estatusPaso, fechaInicio, fechaTermino, fechaEntrega, archivo }
    })
}

const esEstatusPaso = (id: number): id is EstatusPaso => ESTATUS_DE_PASO.some((estatus) => estatus.id === id)

/** A change of status of a step; `fechaRecibida` null = none was sent. */
export interface CambioPaso {
  readonly actual: number
  readonly nuevo: number
  readonly fechaEntrega: FechaIso | null
  readonly fechaRecibida: FechaIso | null
  readonly hoy: FechaIso
}

/**
 * §5.9: only COMPLETADO has a delivery date.
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
 * §5.9: which column a kind of date ('1' inicio, '2' término, '3' entrega) may change now; null clears it.
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
