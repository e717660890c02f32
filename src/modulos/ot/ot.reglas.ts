/** Pure rules of creating, editing and moving an OT (ot.md §3 and §5); its steps and its sites have their own files. */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso, plazoEntre, terminoDePlazo } from '../../comun/fechas.ts'
import { fechaAlTerminar } from '../../comun/pasos.ts'
import { limpiar } from '../../comun/texto.ts'
import {
  ESTATUS_LOGICO,
  ESTATUS_OPERATIVOS,
  ESTATUS_OT,
  type EstatusOt,
  POR_DEFINIR,
  TIPO_OT,
  type TipoOt,
} from './ot.tipos.ts'

// ------------------------------------------------------------------------------------------------ texts shown

/** `estatus_ot_texto` of §6.2: POR DEFINIR, else the operative status, ASIGNADA when it has no text. */
export function textoEstatusOt(estatusLogico: number, descripcion: string | null): string {
  return estatusLogico === ESTATUS_LOGICO.POR_DEFINIR ? POR_DEFINIR.texto : textoOperativo(descripcion)
}

/** `estatus` of §6.2: as `textoEstatusOt`, but "Por definir" in lower case. */
export function textoEstatusTabla(estatusLogico: number, descripcion: string | null): string {
  return estatusLogico === ESTATUS_LOGICO.POR_DEFINIR ? POR_DEFINIR.textoTabla : textoOperativo(descripcion)
}

const textoOperativo = (descripcion: string | null): string =>
  (descripcion === null ? '' : limpiar(descripcion)) || 'ASIGNADA'

/** `tiene_reprogramaciones` and `count_reprogramaciones` of §2.1: only initial orders have any. */
export function reprogramacionesDe(
  idTipo: number,
  vivas: number,
): { tiene_reprogramaciones: boolean; count_reprogramaciones: number } {
  const count = idTipo === TIPO_OT.INICIAL ? vivas : 0
  return { tiene_reprogramaciones: count > 0, count_reprogramaciones: count }
}

// ---------------------------------------------------------------------------------------------- required data

/** What every OT must have (R-OT-01); for a reprogramación, after inheriting from its principal. */
export interface DatosObligatorios {
  readonly ordenTrabajo: string | null
  readonly descripcionTrabajo: string | null
  readonly idResponsableProyecto: number | null
  readonly responsableCliente: string | null
  readonly idCliente: number | null
}

/** Text of the owner's documents. */
const FALTA_FOLIO = 'El Folio de la OT es obligatorio'

const OBLIGATORIOS: readonly (readonly [keyof DatosObligatorios, campo: string, mensaje: string])[] = [
  ['ordenTrabajo', 'orden_trabajo', FALTA_FOLIO],
  ['descripcionTrabajo', 'descripcion_trabajo', 'La Descripción del Trabajo es obligatoria'],
  ['idResponsableProyecto', 'responsable_proyecto', 'El Responsable del Proyecto es obligatorio'],
  ['responsableCliente', 'responsable_cliente', 'El Responsable del cliente es obligatorio'],
  ['idCliente', 'id_cliente', 'El Cliente es obligatorio'],
]

/** The same data once `exigirObligatorios` let it pass. */
export type DatosCompletos = { readonly [K in keyof DatosObligatorios]: NonNullable<DatosObligatorios[K]> }

/**
 * Every missing field at once; the notice says the first (R-OT-01, R-OT-06, R-OT-20).
 * @throws DatosInvalidos naming the fields.
 */
export function exigirObligatorios<T extends DatosObligatorios>(datos: T): asserts datos is T & DatosCompletos {
  const faltan = OBLIGATORIOS.filter(([clave]) => datos[clave] === null || datos[clave] === '')
  const primero = faltan[0]
  if (primero === undefined) return
  throw new DatosInvalidos(primero[2], {
    campos: Object.fromEntries(faltan.map(([, campo, mensaje]) => [campo, mensaje])),
  })
}

/**
 * R-OT-20: a required field that came in the request cannot come empty; absent ones are not touched (old rows may lack
 * a client).
 * @throws DatosInvalidos naming the fields.
 */
export function exigirNoVaciados(enviado: {
  readonly [K in keyof DatosObligatorios]?: DatosObligatorios[K] | undefined
}): void {
  const vacios = OBLIGATORIOS.filter(([clave]) => enviado[clave] === null || enviado[clave] === '')
  const primero = vacios[0]
  if (primero === undefined) return
  throw new DatosInvalidos(primero[2], {
    campos: Object.fromEntries(vacios.map(([, campo, mensaje]) => [campo, mensaje])),
  })
}

/**
 * The folio alone, which is asked for before anything else (R-OT-01).
 * @throws DatosInvalidos with the text of the owner's documents.
 */
export function exigirFolio(ordenTrabajo: string | null | undefined): asserts ordenTrabajo is string {
  if (ordenTrabajo === null || ordenTrabajo === undefined || ordenTrabajo === '') {
    throw new DatosInvalidos(FALTA_FOLIO, { campos: { orden_trabajo: FALTA_FOLIO } })
  }
}

/**
 * 4 or 5 (R-OT-01).
 * @throws DatosInvalidos for anything else.
 */
export function tipoOt(idTipo: number | null | undefined): TipoOt {
  if (idTipo === TIPO_OT.INICIAL || idTipo === TIPO_OT.REPROGRAMACION) return idTipo
  const mensaje = 'El Tipo de la OT debe ser INICIAL o REPROGRAMACION'
  throw new DatosInvalidos(mensaje, { campos: { id_tipo: mensaje } })
}

/**
 * R-OT-20: the type never changes.
 * @throws DatosInvalidos when the request brings another one.
 */
export function exigirMismoTipo(actual: TipoOt, enviado: number | null | undefined): void {
  if (enviado === undefined || enviado === actual) return
  const mensaje = 'El Tipo de una OT no se puede cambiar'
  throw new DatosInvalidos(mensaje, { campos: { id_tipo: mensaje } })
}

/** R-OT-07. */
export function conflictoDeFolio(folio: string): Conflicto {
  const mensaje = `Ya existe una OT inicial con el folio ${folio}`
  return new Conflicto(mensaje, { tipoAviso: 'error', campos: { orden_trabajo: mensaje } })
}

// --------------------------------------------------------------------------------------------- reprogramación

/** What the rules look at in the OT chosen as principal. */
export interface CandidataPrincipal {
  readonly id: number
  readonly idTipo: number
  readonly estatus: number
}

/**
 * The principal of a reprogramación: a live initial order, never itself (R-OT-02, R-OT-22).
 * `idPedido` null = none was chosen; `candidata` null = there is no such OT.
 * @throws DatosInvalidos (`advertencia` when none was chosen) or NoEncontrado.
 */
export function exigirPrincipal<T extends CandidataPrincipal>(
  idPedido: number | null | undefined,
  candidata: T | null,
  idPropio: number | null = null,
): T {
  if (idPedido === null || idPedido === undefined) {
    throw principalInvalida('Para una reprogramación, debe seleccionar la OT Inicial.', 'advertencia')
  }
  if (candidata === null || candidata.estatus === ESTATUS_LOGICO.ELIMINADA) {
    const mensaje = 'La OT Inicial elegida no existe o fue eliminada.'
    throw new NoEncontrado(mensaje, { campos: { ot_principal: mensaje } })
  }
  if (candidata.id === idPropio) throw principalInvalida('Una OT no puede ser su propia OT Inicial.')
  if (candidata.idTipo !== TIPO_OT.INICIAL) {
    throw principalInvalida('La OT elegida es una reprogramación; elige su OT Inicial.')
  }
  return candidata
}

function principalInvalida(mensaje: string, tipoAviso: 'error' | 'advertencia' = 'error'): DatosInvalidos {
  return new DatosInvalidos(mensaje, { tipoAviso, campos: { ot_principal: mensaje } })
}

/** What a reprogramación takes from its principal when the request does not bring it (R-OT-05). */
export interface Heredable {
  readonly idCliente: number | null
  readonly idResponsableProyecto: number | null
  readonly responsableCliente: string | null
  readonly descripcionTrabajo: string | null
}

/**
 * R-OT-05: the PTE always comes from the principal; client, both responsables and description only when absent or
 * empty. Front and sites have their own rule (`resolverSitiosDeReprogramacion`). Nothing else is inherited.
 */
export function herenciaDeReprogramacion<P extends Heredable & { readonly idPteHeader: number | null }>(
  enviado: { readonly [K in keyof Heredable]?: Heredable[K] | undefined },
  principal: P,
): Heredable & { readonly idPteHeader: number | null } {
  return {
    idPteHeader: principal.idPteHeader,
    idCliente: enviado.idCliente ?? principal.idCliente,
    idResponsableProyecto: enviado.idResponsableProyecto ?? principal.idResponsableProyecto,
    responsableCliente: enviado.responsableCliente ?? principal.responsableCliente,
    descripcionTrabajo: enviado.descripcionTrabajo ?? principal.descripcionTrabajo,
  }
}

/** Largest value of an integer column. */
const ENTERO_MAXIMO = 2_147_483_647

/**
 * R-OT-11: the number a person gave; null when it came empty.
 * @throws DatosInvalidos with the text of the owner's documents.
 */
export function leerNumeroReprogramacion(valor: string | number | null): number | null {
  const texto = limpiar(String(valor ?? ''))
  if (texto === '') return null
  const numero = /^\d+$/.test(texto) ? Number(texto) : 0
  if (numero >= 1 && numero <= ENTERO_MAXIMO) return numero
  const mensaje = 'El número de reprogramación debe ser un número válido'
  throw new DatosInvalidos(mensaje, { campos: { num_reprogramacion: mensaje } })
}

/**
 * R-OT-12: next number of a family. `cuenta` and `maximo` run over all its reprogramaciones, deleted ones included,
 * so a number is never given twice.
 */
export function siguienteNumero({ cuenta, maximo }: { cuenta: number; maximo: number | null }): number {
  return Math.max(cuenta, maximo ?? 0) + 1
}

/** R-OT-11: another live reprogramación of the family has that number. */
export function conflictoDeNumero(numero: number): Conflicto {
  const mensaje = `Esta OT ya tiene una reprogramación con el número ${String(numero)}`
  return new Conflicto(mensaje, { campos: { num_reprogramacion: mensaje } })
}

// ------------------------------------------------------------------------------------------------- term, dates

/** Programme of a form: an absent or empty term is null or 0. */
export interface PlazoProgramado {
  readonly fechaInicioProgramado: FechaIso | null
  readonly fechaTerminoProgramado: FechaIso | null
  readonly plazoDias: number | null
}

/**
 * §4.5: computes the end from start and term, or the term from start and end, when one of them is missing. The three
 * given are kept as sent.
 * @throws DatosInvalidos when the term leads outside the calendar.
 */
export function completarPlazo(programa: PlazoProgramado): PlazoProgramado & { readonly plazoDias: number } {
  const { fechaInicioProgramado: inicio, fechaTerminoProgramado: termino } = programa
  const plazoDias = programa.plazoDias ?? 0
  if (inicio !== null && termino === null && plazoDias > 0) {
    return { fechaInicioProgramado: inicio, fechaTerminoProgramado: terminoDe(inicio, plazoDias), plazoDias }
  }
  if (inicio !== null && termino !== null && plazoDias === 0) {
    return { ...programa, plazoDias: Math.max(plazoEntre(inicio, termino), 0) }
  }
  return { ...programa, plazoDias }
}

/** Programme of a request: undefined = absent, null = sent empty. */
export type ProgramaEnviado = { readonly [K in keyof PlazoProgramado]?: PlazoProgramado[K] | undefined }

/**
 * §4.5 on edition: what is absent stays, an end sent empty by itself is cleared (R-OT-21), and what is missing among
 * what came is computed.
 */
export function editarPlazo(actual: PlazoProgramado, enviado: ProgramaEnviado): PlazoProgramado {
  const { fechaInicioProgramado: inicio, fechaTerminoProgramado: termino, plazoDias: plazo } = enviado
  const programa = {
    fechaInicioProgramado: inicio === undefined ? actual.fechaInicioProgramado : inicio,
    fechaTerminoProgramado: termino === undefined ? actual.fechaTerminoProgramado : termino,
    plazoDias: plazo === undefined ? actual.plazoDias : (plazo ?? 0),
  }
  // Neither came, or only an empty end: nothing to compute.
  const soloTermino = inicio === undefined && plazo === undefined
  return soloTermino && (termino === undefined || termino === null) ? programa : completarPlazo(programa)
}

function terminoDe(inicio: FechaIso, plazoDias: number): FechaIso {
  try {
    return terminoDePlazo(inicio, plazoDias)
  } catch (error) {
    if (!(error instanceof RangeError)) throw error
    const mensaje = 'El plazo es demasiado largo: el término queda fuera del calendario'
    throw new DatosInvalidos(mensaje, { campos: { plazo_dias: mensaje } })
  }
}

/** The three pairs of dates of an OT. */
export interface FechasOt {
  readonly fechaInicioProgramado: FechaIso | null
  readonly fechaTerminoProgramado: FechaIso | null
  readonly fechaInicioReal: FechaIso | null
  readonly fechaTerminoReal: FechaIso | null
  readonly fechaInicioPatio: FechaIso | null
  readonly fechaFinPatio: FechaIso | null
}

const PARES = [
  ['fechaInicioProgramado', 'fechaTerminoProgramado', 'fecha_termino_programado', 'El término programado'],
  ['fechaInicioReal', 'fechaTerminoReal', 'fecha_termino_real', 'El término real'],
  ['fechaInicioPatio', 'fechaFinPatio', 'fecha_fin_patio', 'El fin de la fase en patio'],
] as const satisfies readonly (readonly [keyof FechasOt, keyof FechasOt, string, string])[]

/**
 * R-OT-08: start <= end in each pair. With `enviadas`, a pair none of whose dates came in the request is not judged:
 * the import keeps old ends before their starts, and editing something else must not stumble on them.
 * @throws DatosInvalidos (`advertencia`) with every wrong pair.
 */
export function validarParesDeFechas(fechas: FechasOt, enviadas?: ReadonlySet<string>): void {
  const malos = PARES.flatMap(([claveInicio, claveTermino, campo, nombre]) => {
    const inicio = fechas[claveInicio]
    const termino = fechas[claveTermino]
    if (inicio === null || termino === null || termino >= inicio) return []
    if (enviadas !== undefined && !enviadas.has(claveInicio) && !enviadas.has(claveTermino)) return []
    return [{ campo, nombre, regla: `debe ser igual o posterior al inicio (${aDdMmAaaa(inicio)})` }]
  })
  if (malos.length === 0) return
  throw new DatosInvalidos(malos.map(({ nombre, regla }) => `${nombre} ${regla}`).join('. '), {
    tipoAviso: 'advertencia',
    campos: Object.fromEntries(malos.map(({ campo, regla }) => [campo, `El término ${regla}`])),
  })
}

// ------------------------------------------------------------------------------------------------- transitions

/** R-OT-19: editing an OT por definir activates it. */
export function estatusTrasEditar(estatus: number): number {
  return estatus === ESTATUS_LOGICO.POR_DEFINIR ? ESTATUS_LOGICO.ACTIVA : estatus
}

const esEstatusOt = (id: number): id is EstatusOt => ESTATUS_OPERATIVOS.some((estatus) => estatus.id === id)

/** A change of operative status; `fechaRecibida` null = none was sent. */
export interface CambioEstatusOt {
  readonly estatusLogico: number
  readonly actual: number
  readonly nuevo: number
  readonly fechaTerminoReal: FechaIso | null
  readonly fechaRecibida: FechaIso | null
  readonly hoy: FechaIso
}

/**
 * §5.8: any status may follow any other; only TERMINADA has to do with dates.
 * @throws DatosInvalidos when the status is not one of the eight, Conflicto when the OT is por definir.
 */
export function transicionEstatusOt(cambio: CambioEstatusOt): {
  readonly idEstatusOt: EstatusOt
  readonly fechaTerminoReal: FechaIso | null
} {
  if (!esEstatusOt(cambio.nuevo)) {
    const mensaje = 'Ese estatus no es de una OT'
    throw new DatosInvalidos(mensaje, { campos: { nuevo_estatus_id: mensaje } })
  }
  if (cambio.estatusLogico !== ESTATUS_LOGICO.ACTIVA) {
    throw new Conflicto('La OT está por definir: edítala y guarda su configuración antes de cambiar su estatus.')
  }
  return {
    idEstatusOt: cambio.nuevo,
    fechaTerminoReal: fechaAlTerminar(
      cambio.actual === ESTATUS_OT.TERMINADA,
      cambio.nuevo === ESTATUS_OT.TERMINADA,
      cambio.fechaTerminoReal,
      cambio.fechaRecibida,
      cambio.hoy,
    ),
  }
}
