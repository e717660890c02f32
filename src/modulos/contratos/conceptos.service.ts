/** Creation, edition, deactivation and reactivation of concepts (catalogos.md §6.2). */
import { DatosInvalidos, Conflicto, NoEncontrado } from '../../comun/errores.ts'
import type { Dinero } from '../../comun/dinero.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { conflictoDeVersion, registrarCambios, registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import { exigirVigente, unidadesPorId } from '../catalogos/index.ts'
import { conceptoAuditado, ENTIDAD_CONCEPTO, type TextosDeConceptos } from './conceptos.auditoria.ts'
import * as repo from './conceptos.repo.ts'
import {
  CANTIDAD_OBLIGATORIA,
  claveGuardada,
  claveOrdinaria,
  esPartidaLibre,
  leerCantidad,
  leerPrecio,
  NUMEROS_INVALIDOS,
  partidaDe,
  partidaTomada,
} from './conceptos.reglas.ts'
import type { CrearConcepto, EditarConcepto, EliminarConcepto } from './conceptos.schema.ts'
import { datosConcepto } from './conceptos.vista.ts'
import { listarSubAnexosPorId } from './contratos.repo.ts'
import type { DatosConcepto } from './contratos.contrato.ts'
import { ESTATUS_PUE, TIPO_PARTIDA, type Concepto } from './contratos.tipos.ts'

const NO_EXISTE = 'Concepto no encontrado'
const SIN_ID = 'ID de concepto no proporcionado'

/** Names of the units and of the sub-annexes of some concepts, for the log and the pages. */
export async function textosDeConceptos(ctx: CtxLectura, conceptos: readonly Concepto[]): Promise<TextosDeConceptos> {
  const unidades = await unidadesPorId(
    ctx,
    conceptos.map(({ idUnidadMedida }) => idUnidadMedida),
  )
  const subAnexos = conceptos.flatMap(({ idSubAnexo }) => (idSubAnexo === null ? [] : [idSubAnexo]))
  return {
    unidades: new Map([...unidades].map(([id, { descripcion }]) => [id, descripcion])),
    subAnexos: new Map((await listarSubAnexosPorId(ctx.bd, subAnexos)).map(({ id, claveAnexo }) => [id, claveAnexo])),
  }
}

/** A concept, active or not. @throws NoEncontrado. */
export async function obtenerConcepto(ctx: CtxLectura, id: number | null | undefined): Promise<Concepto> {
  const concepto = id == null ? null : await repo.buscarConcepto(ctx.bd, id)
  if (concepto === null) throw new NoEncontrado(NO_EXISTE)
  return concepto
}

/** `producto/obtener/` (catalogos.md §6.2). @throws NoEncontrado. */
export async function datosDeConcepto(ctx: CtxLectura, id: number | null | undefined): Promise<DatosConcepto> {
  const concepto = await obtenerConcepto(ctx, id)
  return datosConcepto(concepto, await textosDeConceptos(ctx, [concepto]))
}

// ----------------------------------------------------------------------------------------------------- creation

/**
 * A PUE: type 7, EN ELABORACION, without sub-annex.
 * @throws DatosInvalidos for what is missing or wrong; Conflicto when its key is taken.
 */
export function crearConcepto(ctx: Contexto, datos: CrearConcepto): Promise<number> {
  const { id_partida: partida, descripcion, unidad_medida: idUnidadMedida } = datos
  if (partida == null) throw falta('id_partida', 'El ID de partida es obligatorio')
  if (descripcion == null) throw falta('descripcion', 'La descripción es obligatoria')
  if (idUnidadMedida == null) throw falta('unidad_medida', 'La Unidad es obligatoria')
  const cifras = leerCifras(datos)
  if (!cifras.cantidad.gt(0)) throw falta('cantidad', CANTIDAD_OBLIGATORIA)
  const { cantidad } = cifras
  const partidaExtraordinaria = claveGuardada(partida)
  return conTransaccion(ctx, async (tx) => {
    await exigirPartidaLibre(tx, partidaExtraordinaria, null)
    await exigirUnidad(tx, idUnidadMedida, null)
    const origenes = await repo.buscarOrigenes(tx.bd, datos.pte_origen ?? null, datos.ot_origen ?? null)
    const [id] = await repo.insertarConceptos(tx, [
      {
        precio: { origen: 'captura' },
        concepto: {
          idTipoPartida: TIPO_PARTIDA.EXTRAORDINARIA,
          idSubAnexo: null,
          idSeccion: null,
          orden: null,
          partidaOrdinaria: null,
          partidaExtraordinaria,
          codigoInterno: null,
          descripcion,
          idUnidadMedida,
          cantidad,
          precioUnitarioMn: cifras.precio_unitario_mn,
          precioUnitarioUsd: cifras.precio_unitario_usd,
          categoria: null,
          subcategoria: null,
          clasificacion: null,
          pteCreacion: datos.pte_origen ?? null,
          otCreacion: datos.ot_origen ?? null,
          idPteCreacion: origenes.idPte,
          idOtCreacion: origenes.idOt,
          fechaAutorizacion: null,
          estatus: ESTATUS_PUE.EN_ELABORACION,
          comentario: datos.comentario ?? null,
          activo: true,
        },
      },
    ])
    if (id === undefined) throw new Error('The concept was not inserted')
    await registrarEvento(tx, {
      tabla: TABLA_LOG.CONCEPTO,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      detalle: `un concepto extraordinario con partida: ${partidaExtraordinaria}`,
      version: 1,
    })
    return id
  })
}

function falta(campo: string, mensaje: string): DatosInvalidos {
  return new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
}

interface Cifras {
  readonly cantidad: Dinero
  readonly precio_unitario_mn: Dinero
  readonly precio_unitario_usd: Dinero
}

/** Prices and quantity as typed; empty is zero. @throws DatosInvalidos naming every one that cannot be read. */
function leerCifras(datos: Pick<CrearConcepto, keyof Cifras>): Cifras {
  const leidas = {
    cantidad: leerCantidad(datos.cantidad ?? ''),
    precio_unitario_mn: leerPrecio(datos.precio_unitario_mn ?? ''),
    precio_unitario_usd: leerPrecio(datos.precio_unitario_usd ?? ''),
  }
  const { cantidad, precio_unitario_mn, precio_unitario_usd } = leidas
  if (cantidad !== null && precio_unitario_mn !== null && precio_unitario_usd !== null)
    return { cantidad, precio_unitario_mn, precio_unitario_usd }
  const malas = Object.entries(leidas).filter(([, valor]) => valor === null)
  const campos = malas.map(([campo]) => [campo, 'Escribe un número de 0 en adelante, por ejemplo 1234.50.'])
  throw new DatosInvalidos(NUMEROS_INVALIDOS, { campos: Object.fromEntries(campos) as Record<string, string> })
}

async function exigirPartidaLibre(tx: CtxTx, partida: string, propia: number | null): Promise<void> {
  if (esPartidaLibre(partida)) return
  if ((await repo.buscarPueConPartida(tx.bd, partida, propia)) === null) return
  const mensaje = 'Ya existe un concepto extraordinario con esta clave.'
  throw new Conflicto(mensaje, { campos: { id_partida: mensaje } })
}

async function exigirUnidad(tx: CtxTx, id: number, anterior: number | null): Promise<void> {
  const unidad = (await unidadesPorId(tx, [id])).get(id) ?? null
  if (unidad === null) {
    const mensaje = 'La unidad de medida no existe. Elige una de la lista.'
    throw new DatosInvalidos(mensaje, { tipoAviso: 'advertencia', campos: { unidad_medida: mensaje } })
  }
  exigirVigente(unidad, 'Unidad de medida', 'unidad_medida', anterior === id)
}

// ------------------------------------------------------------------------------------------------------ edition

/**
 * Edits what came in the request and nothing else. A PUE changes its key and where it was born; an ordinary concept, its
 * partida. Annexes of OTs already imported keep their own prices.
 * @throws Conflicto with `codigo` VERSION when somebody saved it meanwhile, or when the code is taken.
 */
export function editarConcepto(ctx: Contexto, datos: EditarConcepto): Promise<{ id: number; version: number }> {
  const { id } = datos
  if (id == null) throw new DatosInvalidos(SIN_ID)
  return conTransaccion(ctx, async (tx) => {
    const actual = await repo.buscarConcepto(tx.bd, id, true)
    if (actual === null) throw new NoEncontrado(NO_EXISTE)
    if (datos.version != null && datos.version !== actual.version)
      throw await conflictoConDatos(tx, actual, datos.version)
    if (!actual.activo) throw new Conflicto('El concepto está inactivo; reactívalo para editarlo.')
    const editado = await valoresEditados(tx, actual, datos)
    return { id, version: await guardar(tx, actual, editado) }
  })
}

async function conflictoConDatos(tx: CtxTx, actual: Concepto, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(tx, TABLA_LOG.CONCEPTO, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: datosConcepto(actual, await textosDeConceptos(tx, [actual])) },
  })
}

async function valoresEditados(tx: CtxTx, actual: Concepto, datos: EditarConcepto): Promise<Concepto> {
  if (datos.id_partida === null) throw falta('id_partida', 'El ID de partida es obligatorio')
  if (datos.descripcion === null) throw falta('descripcion', 'La descripción es obligatoria')
  if (datos.unidad_medida === null) throw falta('unidad_medida', 'La Unidad es obligatoria')
  const cifras = leerCifras({
    cantidad: datos.cantidad ?? actual.cantidad.toFixed(),
    precio_unitario_mn: datos.precio_unitario_mn ?? actual.precioUnitarioMn.toFixed(),
    precio_unitario_usd: datos.precio_unitario_usd ?? actual.precioUnitarioUsd.toFixed(),
  })
  // What an import brought without quantity may stay so; nobody empties it by hand.
  if (!cifras.cantidad.gt(0) && !actual.cantidad.equals(cifras.cantidad)) throw falta('cantidad', CANTIDAD_OBLIGATORIA)
  const editado: Concepto = {
    ...actual,
    descripcion: datos.descripcion ?? actual.descripcion,
    idUnidadMedida: datos.unidad_medida ?? actual.idUnidadMedida,
    cantidad: cifras.cantidad,
    precioUnitarioMn: cifras.precio_unitario_mn,
    precioUnitarioUsd: cifras.precio_unitario_usd,
    comentario: datos.comentario === undefined ? actual.comentario : datos.comentario,
    ...(actual.idTipoPartida === TIPO_PARTIDA.EXTRAORDINARIA
      ? await edicionDePue(tx, actual, datos)
      : datos.id_partida === undefined
        ? {}
        : { partidaOrdinaria: claveGuardada(datos.id_partida) }),
  }
  await exigirUnidad(tx, editado.idUnidadMedida, actual.idUnidadMedida)
  await exigirCodigoLibre(tx, editado)
  return editado
}

async function edicionDePue(tx: CtxTx, actual: Concepto, datos: EditarConcepto): Promise<Partial<Concepto>> {
  const pteCreacion = datos.pte_origen === undefined ? actual.pteCreacion : datos.pte_origen
  const otCreacion = datos.ot_origen === undefined ? actual.otCreacion : datos.ot_origen
  const { idPte, idOt } = await repo.buscarOrigenes(tx.bd, pteCreacion, otCreacion)
  return {
    ...(datos.id_partida == null ? {} : { partidaExtraordinaria: claveGuardada(datos.id_partida) }),
    pteCreacion,
    otCreacion,
    idPteCreacion: idPte,
    idOtCreacion: idOt,
  }
}

/** The code of a concept that is or will be active is not another one's. @throws Conflicto naming it. */
async function exigirCodigoLibre(tx: CtxTx, concepto: Concepto): Promise<void> {
  if (concepto.idTipoPartida === TIPO_PARTIDA.EXTRAORDINARIA) {
    await exigirPartidaLibre(tx, concepto.partidaExtraordinaria ?? '', concepto.id)
    return
  }
  const { idSubAnexo, partidaOrdinaria } = concepto
  if (idSubAnexo === null || partidaOrdinaria === null) return
  const clave = claveOrdinaria(partidaOrdinaria, concepto.descripcion, concepto.idUnidadMedida)
  const otros = await repo.listarOrdinariosConPartida(tx.bd, [idSubAnexo], [partidaOrdinaria])
  const tomado = otros.find(
    (otro) =>
      otro.id !== concepto.id &&
      claveOrdinaria(otro.partidaOrdinaria ?? '', otro.descripcion, otro.idUnidadMedida) === clave,
  )
  if (!tomado) return
  const [subAnexo] = await listarSubAnexosPorId(tx.bd, [idSubAnexo])
  const mensaje = partidaTomada(partidaOrdinaria, subAnexo?.claveAnexo ?? '', tomado.descripcion)
  throw new Conflicto(mensaje, { campos: { id_partida: mensaje } })
}

/** Audit and update together; nothing changed writes nothing. @returns the version it has now. */
async function guardar(tx: CtxTx, actual: Concepto, editado: Concepto): Promise<number> {
  const textos = await textosDeConceptos(tx, [actual, editado])
  const cambios = await registrarCambios(tx, ENTIDAD_CONCEPTO, {
    registroId: actual.id,
    antes: conceptoAuditado(actual, textos),
    despues: conceptoAuditado(editado, textos),
    detalle: `del concepto: ${partidaDe(editado)}`,
    version: actual.version + 1,
  })
  if (cambios === 0) return actual.version
  await repo.actualizarConceptos(tx, [{ concepto: editado, precio: { origen: 'edicion' } }])
  return actual.version + 1
}

// ------------------------------------------------------------------------------------------------- deactivation

/**
 * Deactivates a concept. When live OTs use it, only with `confirmar` (catalogos.md §1.3).
 * @throws Conflicto with `requiere_confirmacion`; NoEncontrado.
 */
export function desactivarConcepto(ctx: Contexto, { id, confirmar }: EliminarConcepto): Promise<void> {
  if (id == null) throw new DatosInvalidos(SIN_ID)
  return conTransaccion(ctx, async (tx) => {
    const concepto = await repo.buscarConcepto(tx.bd, id, true)
    if (!concepto?.activo) throw new NoEncontrado(NO_EXISTE)
    const ots = confirmar === true ? 0 : await repo.contarOtsQueUsan(tx.bd, id)
    if (ots > 0)
      throw new Conflicto(
        `El concepto ${partidaDe(concepto)} está en el anexo de ${plural(ots, 'OT activa', 'OTs activas')}, que lo ${ots === 1 ? 'conserva' : 'conservan'}. ¿Desactivarlo?`,
        { extra: { requiere_confirmacion: true } },
      )
    await repo.actualizarConceptos(tx, [{ concepto: { ...concepto, activo: false }, precio: { origen: 'edicion' } }])
    await registrarEvento(tx, {
      tabla: TABLA_LOG.CONCEPTO,
      registroId: id,
      evento: 'ELIMINAR',
      campo: 'Eliminó',
      detalle: `el concepto con partida: ${partidaDe(concepto)}`,
      version: concepto.version + 1,
    })
  })
}

/** Brings a concept back. @throws Conflicto when its code was taken meanwhile; NoEncontrado. */
export function reactivarConcepto(ctx: Contexto, id: number | null | undefined): Promise<void> {
  if (id == null) throw new DatosInvalidos(SIN_ID)
  return conTransaccion(ctx, async (tx) => {
    const concepto = await repo.buscarConcepto(tx.bd, id, true)
    if (concepto === null) throw new NoEncontrado(NO_EXISTE)
    if (concepto.activo) throw new Conflicto('El concepto ya está activo.')
    await exigirCodigoLibre(tx, concepto)
    await repo.actualizarConceptos(tx, [{ concepto: { ...concepto, activo: true }, precio: { origen: 'edicion' } }])
    await registrarEvento(tx, {
      tabla: TABLA_LOG.CONCEPTO,
      registroId: id,
      evento: 'REACTIVAR',
      campo: 'Reactivó',
      detalle: `el concepto con partida: ${partidaDe(concepto)}`,
      version: concepto.version + 1,
    })
  })
}
