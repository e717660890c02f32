/** Pure rules of where the steps of an OT come from; how they move is in comun/pasos.ts. */
import type { FechaIso } from '../../../comun/fechas.ts'
import { ESTATUS_PASO } from '../../../comun/pasos.ts'
import { PLANTILLA_PASOS, type PlantillaPasos, TIPO_CLIENTE, TIPO_OT, type TipoOt } from '../ot.tipos.ts'

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
  readonly estatusPaso: number
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
