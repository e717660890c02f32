/** What a person can do to a PTE: create, edit, delete, change its status. Its steps are in pasos/. */
import { DINERO_CERO } from '../../comun/dinero.ts'
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { comentarioTrasCambio, ESTATUS_PASO } from '../../comun/pasos.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { conflictoDeVersion, registrarCambios, registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import {
  buscarCliente,
  buscarResponsable,
  buscarTipo,
  exigirVigente,
  pasosDePlantillaPte,
  type Cliente,
} from '../catalogos/index.ts'
import { borrarPasos, insertarPasos, listarPasos } from './pasos/pasos.repo.ts'
import { estaIntacto } from './pasos/pasos.reglas.ts'
import { ENTIDAD_PTE, pteAuditada } from './pte.auditoria.ts'
import { datosDePte } from './pte.consultas.service.ts'
import type { RespuestaEstatusPte } from './pte.contrato.ts'
import {
  estatusMostrado,
  exigirObligatorios,
  exigirPrioridad,
  pasosConTrabajo,
  sinPlantilla,
  transicionEstatusPte,
} from './pte.reglas.ts'
import * as repo from './pte.repo.ts'
import type { CambiarEstatusPte, CrearPte, EditarPte } from './pte.schema.ts'
import {
  DESCRIPCION_POR_DEFINIR,
  ESTATUS_PTE,
  NIVEL_TIPO_PTE,
  type Pte,
  SIN_FOLIO,
  SOLICITUD_PENDIENTE,
  type ValoresPte,
} from './pte.tipos.ts'

const NO_EXISTE = 'PTE no encontrada'

/**
 * A live PTE, locked so that nobody else links an order to it nor moves its steps meanwhile.
 * @throws NoEncontrado for one that does not exist or was deleted.
 */
export async function bloquearViva(tx: CtxTx, id: number): Promise<Pte> {
  const pte = await repo.bloquearPte(tx.bd, id)
  if (pte === null || pte.estatus === ESTATUS_PTE.ELIMINADA) throw new NoEncontrado(NO_EXISTE)
  return pte
}

/**
 * The same for a form that chose it.
 * @throws NoEncontrado naming the field `id_pte_header`.
 */
export async function bloquearPteViva(ctx: CtxTx, id: number): Promise<Pte> {
  const pte = await repo.bloquearPte(ctx.bd, id)
  if (pte !== null && pte.estatus !== ESTATUS_PTE.ELIMINADA) return pte
  const mensaje = 'La PTE elegida no existe o fue eliminada.'
  throw new NoEncontrado(mensaje, { campos: { id_pte_header: mensaje } })
}

// --------------------------------------------------------------------------------------------------- creation

/**
 * A PTE with the steps of the template of its client (R-PTE-01 to R-PTE-07).
 * @throws DatosInvalidos; nothing is stored when the client's type has no active steps.
 */
export function crearPte(ctx: Contexto, datos: CrearPte): Promise<number> {
  const valores = valoresNuevos(datos)
  exigirObligatorios(valores)
  exigirPrioridad(valores.prioridad)
  return conTransaccion(ctx, async (tx) => {
    const { cliente, tipo } = await exigirCatalogos(tx, valores, null)
    const plantilla = await plantillaDe(tx, cliente)
    const id = await repo.insertarPte(tx.bd, valores)
    await insertarPasos(tx.bd, id, plantilla, ESTATUS_PASO.PENDIENTE)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PTE,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      detalle: `${tipo.descripcion} con folio: ${valores.oficioPte}`,
      version: 1,
    })
    return id
  })
}

/** R-PTE-02, R-PTE-03: what is blank takes its default, and the status is always PENDIENTE. */
function valoresNuevos(datos: CrearPte) {
  return {
    idTipo: datos.id_tipo ?? null,
    oficioPte: datos.oficio_pte ?? SIN_FOLIO,
    oficioSolicitud: datos.oficio_solicitud ?? SOLICITUD_PENDIENTE,
    descripcionTrabajo: datos.descripcion_trabajo ?? DESCRIPCION_POR_DEFINIR,
    fechaSolicitud: datos.fecha_solicitud ?? null,
    fechaEntrega: datos.fecha_entrega ?? null,
    plazoDias: datos.plazo_dias ?? null,
    idOrdenTrabajo: datos.oficio_ot ?? '',
    idResponsableProyecto: datos.responsable_proyecto ?? null,
    totalHomologado: datos.total_homologado ?? DINERO_CERO,
    estatus: ESTATUS_PTE.PENDIENTE,
    prioridad: datos.id_prioridad ?? null,
    idCliente: datos.id_cliente ?? null,
    comentario: datos.comentario_general ?? '',
  }
}

type Elegidos = Pick<ValoresPte, 'idTipo'> & { readonly idCliente: number; readonly idResponsableProyecto: number }

/** R-PTE-04: what was chosen exists and is active, unless the PTE had it already. */
async function exigirCatalogos(tx: CtxTx, elegidos: Elegidos, anterior: Pte | null) {
  const { idCliente, idResponsableProyecto, idTipo } = elegidos
  const cliente = exigirVigente(
    await buscarCliente(tx, idCliente),
    'Cliente',
    'id_cliente',
    anterior?.idCliente === idCliente,
  )
  exigirVigente(
    await buscarResponsable(tx, idResponsableProyecto),
    'Responsable del Proyecto',
    'responsable_proyecto',
    anterior?.idResponsableProyecto === idResponsableProyecto,
  )
  const tipo = exigirVigente(
    await buscarTipo(tx, idTipo, NIVEL_TIPO_PTE),
    'Tipo',
    'id_tipo',
    anterior?.idTipo === idTipo,
  )
  return { cliente, tipo }
}

/** Steps that a PTE of that client has (R-PTE-05). @throws DatosInvalidos when there is none (R-PTE-06). */
async function plantillaDe(tx: CtxTx, cliente: Cliente): Promise<number[]> {
  const plantilla = await pasosDePlantillaPte(tx, cliente.idTipo)
  if (plantilla.length === 0) throw sinPlantilla()
  return plantilla.map(({ id }) => id)
}

// ---------------------------------------------------------------------------------------------------- edition

export interface PteEditada {
  readonly id: number
  readonly version: number
  /** The client is of another type and the steps are those of its template (R-PTE-09). */
  readonly pasosRegenerados: boolean
}

/**
 * Edits what came in the request and nothing else (R-PTE-08).
 * @throws Conflicto with `codigo` VERSION, the changes and the current `datos` when somebody saved it meanwhile, or when
 * the new client would lose the work of the steps; the rest as in the creation.
 */
export function editarPte(ctx: Contexto, datos: EditarPte): Promise<PteEditada> {
  const { id } = datos
  if (id == null) throw new DatosInvalidos('ID de la PTE no proporcionado')
  return conTransaccion(ctx, async (tx) => {
    const actual = await bloquearViva(tx, id)
    if (datos.version != null && datos.version !== actual.version)
      throw await conflictoConDatos(tx, actual, datos.version)
    const editada = valoresEditados(actual, datos)
    exigirObligatorios(editada)
    exigirPrioridad(datos.id_prioridad)
    const { cliente } = await exigirCatalogos(tx, editada, actual)
    const pasosRegenerados = await ajustarPasos(tx, actual, cliente)
    return { id, version: await guardarCambios(tx, actual, editada, pasosRegenerados), pasosRegenerados }
  })
}

async function conflictoConDatos(tx: CtxTx, actual: Pte, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(tx, TABLA_LOG.PTE, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: await datosDePte(tx, actual.id) },
  })
}

const enviadoO = <T>(enviado: T | undefined, actual: T): T => (enviado === undefined ? actual : enviado)

/** §1.6: absent = unchanged; folio, letter and description sent blank take their defaults. */
function valoresEditados(actual: Pte, datos: EditarPte): Omit<Pte, 'idTipo'> & { readonly idTipo: number | null } {
  return {
    ...actual,
    idTipo: enviadoO<number | null>(datos.id_tipo, actual.idTipo),
    oficioPte: datos.oficio_pte === undefined ? actual.oficioPte : (datos.oficio_pte ?? SIN_FOLIO),
    oficioSolicitud:
      datos.oficio_solicitud === undefined ? actual.oficioSolicitud : (datos.oficio_solicitud ?? SOLICITUD_PENDIENTE),
    descripcionTrabajo:
      datos.descripcion_trabajo === undefined
        ? actual.descripcionTrabajo
        : (datos.descripcion_trabajo ?? DESCRIPCION_POR_DEFINIR),
    fechaSolicitud: enviadoO(datos.fecha_solicitud, actual.fechaSolicitud),
    fechaEntrega: enviadoO(datos.fecha_entrega, actual.fechaEntrega),
    plazoDias: enviadoO(datos.plazo_dias, actual.plazoDias),
    idOrdenTrabajo: enviadoO(datos.oficio_ot, actual.idOrdenTrabajo),
    idResponsableProyecto: enviadoO(datos.responsable_proyecto, actual.idResponsableProyecto),
    totalHomologado:
      datos.total_homologado === undefined ? actual.totalHomologado : (datos.total_homologado ?? DINERO_CERO),
    prioridad: enviadoO(datos.id_prioridad, actual.prioridad),
    idCliente: enviadoO(datos.id_cliente, actual.idCliente),
    comentario: enviadoO(datos.comentario_general, actual.comentario),
  }
}

/** R-PTE-09. @returns whether the steps are new. @throws Conflicto when the old ones have work. */
async function ajustarPasos(tx: CtxTx, actual: Pte, cliente: Cliente): Promise<boolean> {
  if (cliente.id === actual.idCliente) return false
  const anterior = actual.idCliente === null ? null : await buscarCliente(tx, actual.idCliente)
  if (anterior?.idTipo === cliente.idTipo) return false
  if (!(await listarPasos(tx.bd, actual.id)).every(estaIntacto)) throw pasosConTrabajo()
  const plantilla = await plantillaDe(tx, cliente)
  await borrarPasos(tx.bd, actual.id)
  await insertarPasos(tx.bd, actual.id, plantilla, ESTATUS_PASO.PENDIENTE)
  await registrarEvento(tx, {
    tabla: TABLA_LOG.PTE,
    registroId: actual.id,
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    detalle: `los pasos (${plural(plantilla.length, 'paso', 'pasos')} de la plantilla del nuevo cliente), de la PTE: ${actual.oficioPte}`,
    version: actual.version + 1,
  })
  return true
}

/** Audit and update together; nothing changed writes nothing. @returns the version it has now. */
async function guardarCambios(tx: CtxTx, actual: Pte, editada: Pte, siempre = false): Promise<number> {
  const textos = await repo.listarTextos(tx.bd, [actual, editada])
  const version = actual.version + 1
  const cambios = await registrarCambios(tx, ENTIDAD_PTE, {
    registroId: actual.id,
    antes: pteAuditada(actual, textos),
    despues: pteAuditada(editada, textos),
    detalle: `de la PTE: ${editada.oficioPte}`,
    version,
  })
  if (cambios === 0 && !siempre) return actual.version
  await repo.actualizarPte(tx.bd, editada)
  return version
}

/** R-PTE-17: the folio of the order born from a PTE, which the caller holds locked. */
export async function anotarOtDePte(tx: CtxTx, pte: Pte, folio: string): Promise<void> {
  await guardarCambios(tx, pte, { ...pte, idOrdenTrabajo: folio })
}

// --------------------------------------------------------------------------------------------------- deletion

/**
 * R-PTE-10: logical; its steps and its orders stay.
 * @throws DatosInvalidos without id, NoEncontrado when it does not exist or was deleted already.
 */
export function eliminarPte(ctx: Contexto, id: number | null | undefined): Promise<void> {
  if (id == null) throw new DatosInvalidos('ID de la PTE no proporcionado')
  return conTransaccion(ctx, async (tx) => {
    const pte = await bloquearViva(tx, id)
    const { tipos } = await repo.listarTextos(tx.bd, [pte])
    await repo.actualizarPte(tx.bd, { ...pte, estatus: ESTATUS_PTE.ELIMINADA })
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PTE,
      registroId: id,
      evento: 'ELIMINAR',
      campo: 'Eliminó',
      detalle: `${tipos.get(pte.idTipo) ?? 'PTE'} con folio: ${pte.oficioPte}`,
      version: pte.version + 1,
    })
  })
}

// --------------------------------------------------------------------------------------------------- status

/**
 * Header status (§5.4): delivering dates the PTE, leaving the delivery clears the date; the steps are not touched (R-PTE-12).
 * @throws DatosInvalidos, NoEncontrado.
 */
export function cambiarEstatusPte(
  ctx: Contexto,
  datos: CambiarEstatusPte,
): Promise<Pick<RespuestaEstatusPte, 'estatus' | 'estatus_texto' | 'fecha_entrega'> & { version: number }> {
  const { pte_id: id, nuevo_estatus: nuevo } = datos
  if (id == null || nuevo == null) throw new DatosInvalidos('Datos incompletos', { tipoAviso: 'advertencia' })
  return conTransaccion(ctx, async (tx) => {
    const pte = await bloquearViva(tx, id)
    const transicion = transicionEstatusPte({
      actual: pte.estatus,
      nuevo,
      fechaEntrega: pte.fechaEntrega,
      fechaRecibida: datos.fecha_entrega ?? null,
      hoy: ctx.hoy,
    })
    const cambiada = { ...pte, ...transicion, comentario: comentarioTrasCambio(pte.comentario, datos.comentario) }
    const version = await registrarEstatus(tx, pte, cambiada)
    return {
      estatus: cambiada.estatus,
      estatus_texto: estatusMostrado(cambiada.estatus).texto,
      fecha_entrega: aDdMmAaaa(cambiada.fechaEntrega),
      version,
    }
  })
}

/** The change of status in one row of the log, what came with it (date, comment) by field. */
async function registrarEstatus(tx: CtxTx, antes: Pte, despues: Pte): Promise<number> {
  const [anterior, actual] = [estatusMostrado(antes.estatus), estatusMostrado(despues.estatus)]
  const cambia = anterior.id !== actual.id
  const version = await guardarCambios(tx, antes, despues, antes.estatus !== despues.estatus)
  if (!cambia) return version
  await registrarEvento(tx, {
    tabla: TABLA_LOG.PTE,
    registroId: antes.id,
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    anterior: anterior.texto,
    actual: actual.texto,
    detalle: `el estatus de: ${anterior.texto} a: ${actual.texto}, de la PTE HEADER: ${antes.oficioPte}`,
    version,
  })
  return version
}
