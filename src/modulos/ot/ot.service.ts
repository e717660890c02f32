/** What a person can do to an OT: create, edit, delete, change its operative status. Its steps are in pasos/. */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { DINERO_CERO } from '../../comun/dinero.ts'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { comentarioTrasCambio } from '../../comun/pasos.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { conflictoDeVersion, registrarCambios, registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import {
  buscarCliente,
  buscarEstatus,
  buscarResponsable,
  exigirVigente,
  pasosDePlantillaOt,
  sitiosPorId,
} from '../catalogos/index.ts'
import { bloquearPteViva } from '../pte/index.ts'
import { datosDeOt } from './ot.consultas.service.ts'
import type { RespuestaEstatusOt } from './ot.contrato.ts'
import { ENTIDAD_OT, otAuditada } from './ot.auditoria.ts'
import {
  completarPlazo,
  conflictoDeFolio,
  conflictoDeNumero,
  editarPlazo,
  estatusTrasEditar,
  exigirFolio,
  exigirMismoTipo,
  exigirNoVaciados,
  exigirObligatorios,
  exigirPrincipal,
  herenciaDeReprogramacion,
  leerNumeroReprogramacion,
  siguienteNumero,
  textoEstatusOt,
  tipoOt,
  transicionEstatusOt,
  validarParesDeFechas,
} from './ot.reglas.ts'
import * as repo from './ot.repo.ts'
import type { CambiarEstatusOt, CrearOt, EditarOt } from './ot.schema.ts'
import { idsDeSitios, resolverSitios, resolverSitiosDeReprogramacion, type SitiosEnviados } from './ot.sitios.reglas.ts'
import {
  ESTATUS_LOGICO,
  ESTATUS_OT,
  OFICIO_PENDIENTE,
  TEXTO_TIPO_OT,
  TIPO_OT,
  type Ot,
  type ValoresOt,
} from './ot.tipos.ts'
import { avisarCambioDeFamilia, bloquearFamilias, cambioDeFamilia } from './familia/familia.service.ts'
import { pasosNuevos, plantillaDePasos } from './pasos/pasos.reglas.ts'

/** Level of `cat_estatus` of the operative statuses. */
const NIVEL_ESTATUS_OT = 2

const NO_EXISTE = 'OT no encontrada'

// --------------------------------------------------------------------------------------------------- creation

/** What the creation answers. */
export interface OtCreada {
  readonly id: number
  readonly numReprogramacion: number | null
  /** 0 = its template has no active steps. */
  readonly pasos: number
}

/**
 * A manual OT with the steps of its template (ot.md §5.2): a reprogramación inherits from its principal, which stays
 * locked until the end so that two at once get different numbers (R-OT-13).
 * @throws DatosInvalidos, NoEncontrado, Conflicto as the rules R-OT-01 to R-OT-16 say.
 */
export function crearOt(ctx: Contexto, datos: CrearOt): Promise<OtCreada> {
  exigirFolio(datos.orden_trabajo)
  const tipo = tipoOt(datos.id_tipo)
  return conTransaccion(ctx, async (tx) => {
    const valores =
      tipo === TIPO_OT.INICIAL ? await valoresDeInicial(tx, datos) : await valoresDeReprogramacion(tx, datos)
    return guardarNueva(tx, valores)
  })
}

async function guardarNueva(tx: CtxTx, valores: ValoresOt): Promise<OtCreada> {
  const cliente = valores.idCliente === null ? null : await buscarCliente(tx, valores.idCliente)
  const plantilla = plantillaDePasos('manual', valores.idTipo, cliente?.idTipo ?? null)
  const pasos = pasosNuevos(await pasosDePlantillaOt(tx, plantilla))
  const id = await repo.insertarOt(tx.bd, valores)
  await repo.insertarPasos(tx.bd, id, pasos)
  await registrarEvento(tx, {
    tabla: TABLA_LOG.OT,
    registroId: id,
    evento: 'CREAR',
    campo: 'Creó',
    detalle: `${TEXTO_TIPO_OT[valores.idTipo]} con folio: ${valores.ordenTrabajo}`,
    version: 1,
  })
  return { id, numReprogramacion: valores.numReprogramacion, pasos: pasos.length }
}

/** R-OT-03, R-OT-06. */
async function valoresDeInicial(tx: CtxTx, datos: CrearOt): Promise<ValoresOt> {
  const base = { ...comunes(datos), ...personas(datos), idPteHeader: datos.id_pte_header ?? null }
  exigirObligatorios(base)
  validarParesDeFechas(base)
  await exigirPersonas(tx, base, null)
  const enviados = sitiosEnviados(datos)
  const sitios = resolverSitios(enviados, await sitiosPorId(tx, idsDeSitios(enviados)))
  validarParesDeFechas({ ...base, ...sitios })
  if (base.idPteHeader !== null) await exigirPteLibre(tx, base.idPteHeader)
  if (await repo.existeFolio(tx.bd, base.ordenTrabajo, null)) throw conflictoDeFolio(base.ordenTrabajo)
  return {
    ...base,
    ...sitios,
    idTipo: TIPO_OT.INICIAL,
    otPrincipal: null,
    numReprogramacion: null,
    motivoReprogramacion: null,
    comentarioReprogramacion: null,
  }
}

async function exigirPteLibre(tx: CtxTx, idPte: number): Promise<void> {
  await bloquearPteViva(tx, idPte)
  if (!(await repo.existeOtDePte(tx.bd, idPte))) return
  const mensaje = 'La PTE elegida ya tiene una OT.'
  throw new Conflicto(mensaje, { campos: { id_pte_header: mensaje } })
}

/** R-OT-02, R-OT-05, R-OT-11 to R-OT-13. */
async function valoresDeReprogramacion(tx: CtxTx, datos: CrearOt): Promise<ValoresOt> {
  const idPrincipal = datos.ot_principal
  const candidata = idPrincipal == null ? null : await repo.bloquearOt(tx.bd, idPrincipal)
  const principal = exigirPrincipal(idPrincipal, candidata)
  const base = { ...comunes(datos), ...herenciaDeReprogramacion(personas(datos), principal) }
  exigirObligatorios(base)
  const pedido = leerNumeroReprogramacion(datos.num_reprogramacion ?? null)
  validarParesDeFechas(base)
  await exigirPersonas(tx, base, principal)
  const enviados = sitiosEnviados(datos)
  const sitios = resolverSitiosDeReprogramacion(enviados, await sitiosPorId(tx, idsDeSitios(enviados)), principal)
  validarParesDeFechas({ ...base, ...sitios })
  return {
    ...base,
    ...sitios,
    idTipo: TIPO_OT.REPROGRAMACION,
    otPrincipal: principal.id,
    numReprogramacion: await numeroEnFamilia(tx, principal.id, pedido, null),
    motivoReprogramacion: datos.motivo_reprogramacion ?? null,
    comentarioReprogramacion: datos.comentario_reprogramacion ?? null,
  }
}

/** The number asked for, if it is free, else the next one. The principal is locked. */
export async function numeroEnFamilia(
  tx: CtxTx,
  principal: number,
  pedido: number | null,
  propia: number | null,
): Promise<number> {
  if (pedido === null) return siguienteNumero(await repo.contarNumeros(tx.bd, principal))
  if (await repo.existeNumero(tx.bd, principal, pedido, propia)) throw conflictoDeNumero(pedido)
  return pedido
}

/** What every new OT takes straight from the request, with its defaults (R-OT-04). */
function comunes(datos: CrearOt) {
  const plazo = completarPlazo({
    fechaInicioProgramado: datos.fecha_inicio_programado ?? null,
    fechaTerminoProgramado: datos.fecha_termino_programado ?? null,
    plazoDias: datos.plazo_dias ?? null,
  })
  return {
    ...plazo,
    ordenTrabajo: datos.orden_trabajo ?? null,
    oficioOt: datos.oficio_ot ?? OFICIO_PENDIENTE,
    comentario: datos.comentario_general ?? '',
    montoMxn: datos.monto_mxn ?? DINERO_CERO,
    montoUsd: datos.monto_usd ?? DINERO_CERO,
    fechaInicioReal: datos.fecha_inicio_real ?? null,
    fechaTerminoReal: datos.fecha_termino_real ?? null,
    fechaInicioPatio: null,
    fechaFinPatio: null,
    idEstatusOt: ESTATUS_OT.ASIGNADA,
    estatus: ESTATUS_LOGICO.ACTIVA,
  }
}

function personas(datos: CrearOt) {
  return {
    idCliente: datos.id_cliente ?? null,
    idResponsableProyecto: datos.responsable_proyecto ?? null,
    responsableCliente: datos.responsable_cliente ?? null,
    descripcionTrabajo: datos.descripcion_trabajo ?? null,
  }
}

/** Client and project lead exist and are active, unless `anterior` (the record before, or the principal) had them. */
async function exigirPersonas(
  tx: CtxTx,
  valores: { readonly idCliente: number | null; readonly idResponsableProyecto: number },
  anterior: Pick<Ot, 'idCliente' | 'idResponsableProyecto'> | null,
): Promise<void> {
  const { idCliente, idResponsableProyecto } = valores
  if (idCliente !== null)
    exigirVigente(await buscarCliente(tx, idCliente), 'Cliente', 'id_cliente', anterior?.idCliente === idCliente)
  exigirVigente(
    await buscarResponsable(tx, idResponsableProyecto),
    'Responsable del Proyecto',
    'responsable_proyecto',
    anterior?.idResponsableProyecto === idResponsableProyecto,
  )
}

function sitiosEnviados(datos: CrearOt | EditarOt): SitiosEnviados {
  return {
    idFrente: datos.id_frente,
    idEmbarcacion: datos.id_embarcacion,
    idPlataforma: datos.id_plataforma,
    idIntercom: datos.id_intercom,
    idPatio: datos.id_patio,
    fasePatio: datos.check_fase_patio,
    idPatioFase: datos.id_patio_fase,
    fechaInicioPatio: datos.fecha_inicio_patio,
    fechaFinPatio: datos.fecha_fin_patio,
  }
}

// ---------------------------------------------------------------------------------------------------- edition

export interface OtEditada {
  readonly id: number
  readonly version: number
  /** The steps stay as they were although the new client has another template (R-OT-23). */
  readonly cambioTipoDeCliente: boolean
}

/**
 * Edits what came in the request and nothing else (ot.md §5.6); an OT por definir becomes active.
 * @throws Conflicto with `codigo` VERSION, the changes and the current `datos` when somebody saved it meanwhile; the
 * rest as in the creation.
 */
export function editarOt(ctx: Contexto, datos: EditarOt): Promise<OtEditada> {
  const { id } = datos
  if (id == null) throw new DatosInvalidos('ID del OT no proporcionado')
  return conTransaccion(ctx, async (tx) => {
    const { actual, principal } = await bloquearConPrincipal(tx, id, datos)
    if (datos.version != null && datos.version !== actual.version)
      throw await conflictoConDatos(tx, actual, datos.version)
    const editada = await valoresEditados(tx, actual, principal, datos)
    const cambioTipoDeCliente = await cambiaTipoDeCliente(tx, actual, editada)
    return { id, version: await guardarCambios(tx, actual, editada), cambioTipoDeCliente }
  })
}

/** The family from above: the principal it will have, if it changes or may renumber, then the OT itself. */
async function bloquearConPrincipal(
  tx: CtxTx,
  id: number,
  datos: EditarOt,
): Promise<{ actual: Ot; principal: Ot | null }> {
  const vista = exigirViva(await repo.buscarOt(tx.bd, id))
  const idPrincipal = datos.ot_principal ?? vista.otPrincipal
  const tocaFamilia =
    datos.ot_principal !== undefined ||
    datos.num_reprogramacion !== undefined ||
    vista.estatus === ESTATUS_LOGICO.POR_DEFINIR
  if (vista.idTipo !== TIPO_OT.REPROGRAMACION || !tocaFamilia || idPrincipal === id)
    return { actual: exigirViva(await repo.bloquearOt(tx.bd, id)), principal: null }
  await bloquearFamilias(tx, [vista.otPrincipal, idPrincipal])
  const principal = idPrincipal === null ? null : await repo.bloquearOt(tx.bd, idPrincipal)
  return { actual: exigirViva(await repo.bloquearOt(tx.bd, id)), principal }
}

async function conflictoConDatos(tx: CtxTx, actual: Ot, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(tx, TABLA_LOG.OT, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: await datosDeOt(tx, actual.id) },
  })
}

async function valoresEditados(tx: CtxTx, actual: Ot, principal: Ot | null, datos: EditarOt): Promise<Ot> {
  exigirMismoTipo(actual.idTipo, datos.id_tipo)
  exigirNoVaciados({
    ordenTrabajo: datos.orden_trabajo,
    descripcionTrabajo: datos.descripcion_trabajo,
    idResponsableProyecto: datos.responsable_proyecto,
    responsableCliente: datos.responsable_cliente,
    idCliente: datos.id_cliente,
  })
  const enviados = sitiosEnviados(datos)
  const editada: Ot = {
    ...actual,
    ordenTrabajo: datos.orden_trabajo ?? actual.ordenTrabajo,
    oficioOt: datos.oficio_ot === undefined ? actual.oficioOt : (datos.oficio_ot ?? OFICIO_PENDIENTE),
    descripcionTrabajo: datos.descripcion_trabajo ?? actual.descripcionTrabajo,
    comentario: datos.comentario_general === undefined ? actual.comentario : (datos.comentario_general ?? ''),
    idResponsableProyecto: datos.responsable_proyecto ?? actual.idResponsableProyecto,
    responsableCliente: datos.responsable_cliente ?? actual.responsableCliente,
    idCliente: datos.id_cliente ?? actual.idCliente,
    montoMxn: datos.monto_mxn === undefined ? actual.montoMxn : (datos.monto_mxn ?? DINERO_CERO),
    montoUsd: datos.monto_usd === undefined ? actual.montoUsd : (datos.monto_usd ?? DINERO_CERO),
    fechaInicioReal: enviadoO(datos.fecha_inicio_real, actual.fechaInicioReal),
    fechaTerminoReal: enviadoO(datos.fecha_termino_real, actual.fechaTerminoReal),
    ...editarPlazo(actual, {
      fechaInicioProgramado: datos.fecha_inicio_programado,
      fechaTerminoProgramado: datos.fecha_termino_programado,
      plazoDias: datos.plazo_dias,
    }),
    ...resolverSitios(enviados, await sitiosPorId(tx, idsDeSitios(enviados)), actual),
    ...(actual.idTipo === TIPO_OT.REPROGRAMACION ? await editarFamilia(tx, actual, principal, datos) : {}),
    estatus: estatusTrasEditar(actual.estatus),
  }
  validarParesDeFechas(editada, fechasEnviadas(datos))
  await exigirPersonas(tx, editada, actual)
  if (
    editada.idTipo === TIPO_OT.INICIAL &&
    editada.ordenTrabajo !== actual.ordenTrabajo &&
    (await repo.existeFolio(tx.bd, editada.ordenTrabajo, editada.id))
  )
    throw conflictoDeFolio(editada.ordenTrabajo)
  return editada
}

const enviadoO = <T>(enviado: T | undefined, actual: T): T => (enviado === undefined ? actual : enviado)

const CLAVE_DE_FECHA = {
  fecha_inicio_programado: 'fechaInicioProgramado',
  fecha_termino_programado: 'fechaTerminoProgramado',
  fecha_inicio_real: 'fechaInicioReal',
  fecha_termino_real: 'fechaTerminoReal',
  fecha_inicio_patio: 'fechaInicioPatio',
  fecha_fin_patio: 'fechaFinPatio',
} as const

function fechasEnviadas(datos: EditarOt): ReadonlySet<string> {
  const enviadas = Object.entries(CLAVE_DE_FECHA).filter(
    ([campo]) => datos[campo as keyof typeof CLAVE_DE_FECHA] !== undefined,
  )
  const claves: string[] = enviadas.map(([, clave]) => clave)
  // The term may have computed the end.
  return new Set(datos.plazo_dias === undefined ? claves : [...claves, 'fechaTerminoProgramado'])
}

/** R-OT-22: principal, number and reason of a reprogramación. */
async function editarFamilia(tx: CtxTx, actual: Ot, principal: Ot | null, datos: EditarOt): Promise<Partial<Ot>> {
  const motivo = {
    motivoReprogramacion: enviadoO(datos.motivo_reprogramacion, actual.motivoReprogramacion),
    comentarioReprogramacion: enviadoO(datos.comentario_reprogramacion, actual.comentarioReprogramacion),
  }
  const numero = datos.num_reprogramacion === undefined ? undefined : leerNumeroReprogramacion(datos.num_reprogramacion)
  const cambia = datos.ot_principal !== undefined && datos.ot_principal !== actual.otPrincipal
  // Choosing itself is refused by the rule, which needs to see it.
  const candidata = datos.ot_principal === actual.id ? actual : principal
  const nueva = cambia ? exigirPrincipal(datos.ot_principal, candidata, actual.id) : null
  const idPrincipal = nueva?.id ?? actual.otPrincipal
  const familia = nueva === null ? {} : { otPrincipal: nueva.id, idPteHeader: nueva.idPteHeader }
  if (idPrincipal === null || numero === null)
    return { ...motivo, ...familia, ...(numero === null ? { numReprogramacion: null } : {}) }
  if (numero === undefined && nueva === null) return motivo
  return { ...motivo, ...familia, numReprogramacion: await numeroEnFamilia(tx, idPrincipal, numero ?? null, actual.id) }
}

async function cambiaTipoDeCliente(tx: CtxTx, actual: Ot, editada: Ot): Promise<boolean> {
  if (editada.idCliente === actual.idCliente || actual.idCliente === null || editada.idCliente === null) return false
  const [antes, despues] = [await buscarCliente(tx, actual.idCliente), await buscarCliente(tx, editada.idCliente)]
  return antes?.idTipo !== despues?.idTipo
}

/** Audit and update together; nothing changed writes nothing. @returns the version it has now. */
async function guardarCambios(tx: CtxTx, actual: Ot, editada: Ot): Promise<number> {
  const textos = await repo.listarTextos(tx.bd, [actual, editada])
  const version = actual.version + 1
  const cambios = await registrarCambios(tx, ENTIDAD_OT, {
    registroId: actual.id,
    antes: otAuditada(actual, textos),
    despues: otAuditada(editada, textos),
    detalle: `de la OT: ${editada.ordenTrabajo}`,
    version,
  })
  if (cambios === 0) return actual.version
  await repo.actualizarOt(tx.bd, editada)
  await avisarCambioDeFamilia(tx, cambioDeFamilia(actual, editada))
  return version
}

// --------------------------------------------------------------------------------------------------- deletion

/**
 * R-OT-26: logical; its reprogramaciones, steps and the rest stay.
 * @throws DatosInvalidos without id, NoEncontrado when it does not exist or was deleted already.
 */
export function eliminarOt(ctx: Contexto, id: number | null | undefined): Promise<void> {
  if (id == null) throw new DatosInvalidos('ID de la OT no proporcionado')
  return conTransaccion(ctx, async (tx) => {
    const vista = exigirViva(await repo.buscarOt(tx.bd, id), 'OT no encontrado')
    await bloquearFamilias(tx, [vista.otPrincipal])
    const ot = exigirViva(await repo.bloquearOt(tx.bd, id), 'OT no encontrado')
    const eliminada = { ...ot, estatus: ESTATUS_LOGICO.ELIMINADA }
    await repo.actualizarOt(tx.bd, eliminada)
    await avisarCambioDeFamilia(tx, cambioDeFamilia(ot, eliminada))
    await registrarEvento(tx, {
      tabla: TABLA_LOG.OT,
      registroId: id,
      evento: 'ELIMINAR',
      campo: 'Eliminó',
      detalle: `una OT con folio: ${ot.ordenTrabajo}`,
      version: ot.version + 1,
    })
  })
}

// --------------------------------------------------------------------------------------------------- statuses

/**
 * Operative status (ot.md §5.8): finishing dates the order, leaving the end clears the date.
 * @throws DatosInvalidos, Conflicto (por definir), NoEncontrado.
 */
export function cambiarEstatusOt(
  ctx: Contexto,
  datos: CambiarEstatusOt,
): Promise<
  Pick<RespuestaEstatusOt, 'estatus_ot_id' | 'estatus_ot_texto' | 'fecha_termino_real'> & { version: number }
> {
  const { ot_id: id, nuevo_estatus_id: nuevo } = datos
  if (id == null || nuevo == null) throw new DatosInvalidos('Datos incompletos', { tipoAviso: 'advertencia' })
  return conTransaccion(ctx, async (tx) => {
    const ot = exigirViva(await repo.bloquearOt(tx.bd, id))
    const transicion = transicionEstatusOt({
      estatusLogico: ot.estatus,
      actual: ot.idEstatusOt,
      nuevo,
      fechaTerminoReal: ot.fechaTerminoReal,
      fechaRecibida: datos.fecha_entrega ?? null,
      hoy: ctx.hoy,
    })
    const estatus = exigirVigente(
      await buscarEstatus(tx, nuevo, NIVEL_ESTATUS_OT),
      'Estatus',
      'nuevo_estatus_id',
      ot.idEstatusOt === nuevo,
    )
    const cambiada = { ...ot, ...transicion, comentario: comentarioTrasCambio(ot.comentario, datos.comentario) }
    const version = await registrarEstatus(tx, ot, cambiada, estatus.descripcion)
    return {
      estatus_ot_id: cambiada.idEstatusOt,
      estatus_ot_texto: textoEstatusOt(cambiada.estatus, estatus.descripcion),
      fecha_termino_real: aDdMmAaaa(cambiada.fechaTerminoReal),
      version,
    }
  })
}

/** The change of status in one row of the log, what came with it (date, comment) by field. */
async function registrarEstatus(tx: CtxTx, antes: Ot, despues: Ot, textoNuevo: string): Promise<number> {
  const version = await guardarCambios(tx, antes, despues)
  if (antes.idEstatusOt === despues.idEstatusOt) return version
  const anterior = textoEstatusOt(
    antes.estatus,
    (await buscarEstatus(tx, antes.idEstatusOt, NIVEL_ESTATUS_OT))?.descripcion ?? null,
  )
  const actual = textoEstatusOt(despues.estatus, textoNuevo)
  if (version === antes.version) await repo.actualizarOt(tx.bd, despues)
  await registrarEvento(tx, {
    tabla: TABLA_LOG.OT,
    registroId: antes.id,
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    anterior,
    actual,
    detalle: `el estatus de: ${anterior} a: ${actual}, de la OT: ${antes.ordenTrabajo}`,
    version: antes.version + 1,
  })
  return antes.version + 1
}

/** @throws NoEncontrado for an OT that does not exist or was deleted. */
function exigirViva(ot: Ot | null, noExiste = NO_EXISTE): Ot {
  if (ot === null || ot.estatus === ESTATUS_LOGICO.ELIMINADA) throw new NoEncontrado(noExiste)
  return ot
}
