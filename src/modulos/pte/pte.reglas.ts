/** Pure rules of the header of a PTE (pte.md §5.1 to §5.4); progress and steps are in pasos/pasos.reglas.ts. */
import type { Dinero } from '../../comun/dinero.ts'
import { Conflicto, DatosInvalidos } from '../../comun/errores.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { fechaAlTerminar } from '../../comun/pasos.ts'
import { ESTATUS_DE_PTE, ESTATUS_PTE, PRIORIDADES } from './pte.tipos.ts'

/** The number as the program reads it: the legacy SUSPENDIDA is the one of today (§4.2). */
export function estatusVigente(estatus: number): number {
  return estatus === ESTATUS_PTE.SUSPENDIDA_ANTERIOR ? ESTATUS_PTE.SUSPENDIDA : estatus
}

/** How a status is shown; one that nobody knows is grey. */
export function estatusMostrado(estatus: number) {
  const vigente = estatusVigente(estatus)
  const conocido = ESTATUS_DE_PTE.find(({ id }) => id === vigente)
  return { id: vigente, texto: conocido?.texto ?? 'DESCONOCIDO', tono: conocido?.tono ?? ('gris' as const) }
}

export function textoPrioridad(prioridad: number | null): string {
  return PRIORIDADES.find(({ id }) => id === prioridad)?.texto ?? ''
}

/** What a PTE must have (R-PTE-01); null = missing. */
export interface Obligatorios {
  readonly idCliente: number | null
  readonly idResponsableProyecto: number | null
  readonly idTipo: number | null
  readonly plazoDias: Dinero | null
  readonly prioridad: number | null
}

const MENSAJES: readonly (readonly [keyof Obligatorios, campo: string, mensaje: string])[] = [
  ['idCliente', 'id_cliente', 'El Cliente es obligatorio'],
  ['idResponsableProyecto', 'responsable_proyecto', 'El Responsable del Proyecto es obligatorio'],
  ['idTipo', 'id_tipo', 'El Tipo de PTE es obligatorio'],
  ['plazoDias', 'plazo_dias', 'El Plazo en Días debe ser mayor a 0'],
  ['prioridad', 'id_prioridad', 'La Prioridad es obligatoria'],
]

type Completos<T extends Obligatorios> = T & { readonly [C in keyof Obligatorios]: NonNullable<Obligatorios[C]> }

/**
 * R-PTE-01: the notice names the first one that is missing, in the order of the rule; the page marks them all.
 * @throws DatosInvalidos.
 */
export function exigirObligatorios<T extends Obligatorios>(valores: T): asserts valores is Completos<T> {
  const faltan = MENSAJES.filter(([clave]) =>
    clave === 'plazoDias' ? valores.plazoDias === null || valores.plazoDias.lte(0) : valores[clave] === null,
  )
  const [primera] = faltan
  if (primera === undefined) return
  throw new DatosInvalidos(primera[2], { campos: Object.fromEntries(faltan.map(([, campo, texto]) => [campo, texto])) })
}

/** R-PTE-04. @throws DatosInvalidos when the priority is not one of the four. */
export function exigirPrioridad(prioridad: number | null | undefined): void {
  if (prioridad === null || prioridad === undefined || PRIORIDADES.some(({ id }) => id === prioridad)) return
  const mensaje = 'La Prioridad debe ser ALTA, MEDIA, BAJA o TBD'
  throw new DatosInvalidos(mensaje, { campos: { id_prioridad: mensaje } })
}

/** R-PTE-06, R-PTE-09: a client whose type has no template. */
export function sinPlantilla(): DatosInvalidos {
  const mensaje = 'El tipo del cliente elegido no tiene pasos activos. Pide que se configuren en Pasos PTE.'
  return new DatosInvalidos(mensaje, { campos: { id_cliente: mensaje } })
}

/** R-PTE-09: the steps have work that the other template would lose. */
export function pasosConTrabajo(): Conflicto {
  const mensaje =
    'El cliente es de otro tipo y la PTE ya tiene pasos con avance, fechas, enlaces o comentarios. Conserva un cliente del mismo tipo o crea otra PTE.'
  return new Conflicto(mensaje, { campos: { id_cliente: mensaje } })
}

/** A change of header status; `fechaRecibida` null = none was sent. */
export interface CambioEstatusPte {
  readonly actual: number
  readonly nuevo: number
  readonly fechaEntrega: FechaIso | null
  readonly fechaRecibida: FechaIso | null
  readonly hoy: FechaIso
}

/**
 * §5.4: any status may follow any other; only ENTREGADA has to do with the date.
 * @throws DatosInvalidos when the status is none of the five.
 */
export function transicionEstatusPte(cambio: CambioEstatusPte): {
  readonly estatus: number
  readonly fechaEntrega: FechaIso | null
} {
  if (!ESTATUS_DE_PTE.some(({ id }) => id === cambio.nuevo)) {
    const mensaje = 'Ese estatus no es de una PTE'
    throw new DatosInvalidos(mensaje, { campos: { nuevo_estatus: mensaje } })
  }
  return {
    estatus: cambio.nuevo,
    fechaEntrega: fechaAlTerminar(
      cambio.actual === ESTATUS_PTE.ENTREGADA,
      cambio.nuevo === ESTATUS_PTE.ENTREGADA,
      cambio.fechaEntrega,
      cambio.fechaRecibida,
      cambio.hoy,
    ),
  }
}

/** Status of the steps that `pte:crear-pasos-faltantes` creates, by the status of their PTE (pte.md §11). */
export function estatusDePasosFaltantes(estatus: number): number {
  return estatus >= 1 && estatus <= 4 ? estatus : 1
}
