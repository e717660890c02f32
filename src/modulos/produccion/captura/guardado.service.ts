/** Saving the sábana (produccion.md §5.6): one transaction under the lock of the family, all or nothing. */
import { Conflicto, DatosInvalidos, NoEncontrado, SinPermiso } from '../../../comun/errores.ts'
import { fechaDePartes } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEventos, TABLA_LOG, ultimosCambiosDe } from '../../auditoria/index.ts'
import { sitiosPorId } from '../../catalogos/index.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { eventosDeCreacion } from '../gpu/gpu.auditoria.ts'
import * as gpus from '../gpu/gpu.mantenimiento.repo.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { diasFuera } from '../vigencia/vigencia.reglas.ts'
import { vigenciaEnSitio } from '../vigencia/vigencia.service.ts'
import type { Rango } from '../vigencia/vigencia.tipos.ts'
import { claveAuditada, eventosDeGuardado, type CuentaDeGuardado } from './captura.auditoria.ts'
import type { ConflictoDeCelda } from './captura.contrato.ts'
import type { GuardarProduccion } from './captura.schema.ts'
import type { CambioDeProduccion, Carpeta, CeldaEnviada, LugarDeCaptura, TipoTiempo } from './captura.tipos.ts'
import { claveDeCelda, resolverCeldas, type PartidaEnviada, type Resolucion } from './celdas.reglas.ts'
import { recalcularExcedentes } from './excedentes.repo.ts'
import * as repo from './guardado.repo.ts'
import { buscarCarpeta, buscarOtDeCaptura } from './sabana.repo.ts'

const OT_ACTIVA = 1

/** What a save answers (§6.6). */
export interface ProduccionGuardada extends CuentaDeGuardado {
  readonly excedentes_nuevos: readonly { codigo: string; dia: number }[]
  readonly version: number
}

/**
 * Saves the changed cells of an OT at a site, in a month and of a type of time.
 * @throws DatosInvalidos with `errores` (every bad cell), Conflicto with `errores` (what is closed) and `conflictos`
 * (what somebody else changed), NoEncontrado, SinPermiso.
 */
export function guardarProduccion(ctx: Contexto, datos: GuardarProduccion): Promise<ProduccionGuardada> {
  return conTransaccion(ctx, async (tx) => {
    const captura = await abrirCaptura(tx, datos)
    const carpeta = await buscarCarpeta(tx.bd, captura.lugar)
    const versionVieja = esVersionVieja(datos, carpeta)
    if (datos.celdas.length === 0) return SIN_CAMBIOS(carpeta)
    const partidas = await partidasDe(tx, captura.lugar.idPrincipal, datos.celdas)
    const juzgadas = await resolver(tx, captura, { celdas: datos.celdas, carpeta, partidas, versionVieja })
    const resolucion = await conAutores(tx, captura, { carpeta, partidas }, juzgadas)
    exigirGuardable(resolucion, versionVieja ? (carpeta?.version ?? 0) : null)
    if (resolucion.cambios.length === 0) return SIN_CAMBIOS(carpeta)
    exigirAlta(tx, resolucion.cambios)
    return escribir(tx, captura, resolucion.cambios)
  })
}

const SIN_CAMBIOS = (carpeta: Carpeta | null): ProduccionGuardada => ({
  creados: 0,
  actualizados: 0,
  eliminados: 0,
  gpus_creados: 0,
  excedentes_nuevos: [],
  version: carpeta?.version ?? 0,
})

interface Captura {
  readonly lugar: LugarDeCaptura
  readonly tipo: TipoTiempo
  readonly folio: string
  readonly sitio: string
  readonly ventana: Rango | null
}

/** §5.6.1, §5.6.2: the order, its family locked, and the site. */
async function abrirCaptura(tx: CtxTx, datos: GuardarProduccion): Promise<Captura> {
  const { id_ot: idOt, id_sitio: idSitio, mes, anio, tipo_tiempo: tipo } = datos
  const vista = await buscarOtDeCaptura(tx.bd, idOt)
  if (vista === null || vista.estatus === 0) throw new NoEncontrado('OT no encontrada')
  await bloquearFamilia(tx, vista.idPrincipal)
  // It could have been deleted, or moved to another family, while the lock was waited for.
  const ot = await buscarOtDeCaptura(tx.bd, idOt)
  if (ot?.idPrincipal !== vista.idPrincipal || ot.estatus !== OT_ACTIVA)
    throw new Conflicto('La OT no está activa: no se le puede capturar producción.')
  const vigencia = await vigenciaEnSitio(tx, ot.idPrincipal, idSitio)
  const sitio = (await sitiosPorId(tx, [idSitio])).get(idSitio)
  if (vigencia === null || !sitio?.activo) {
    const mensaje = 'El frente no existe, no está activo o no es de la OT.'
    throw new DatosInvalidos(mensaje, { campos: { id_sitio: mensaje } })
  }
  const lugar = { idPrincipal: ot.idPrincipal, idSitio, mes, anio }
  return { lugar, tipo, folio: ot.folio, sitio: sitio.descripcion, ventana: vigencia.ventana }
}

/** §5.6.6: cells that do not say what they saw are only taken by somebody who saw the last of the month. */
function esVersionVieja({ celdas, version }: GuardarProduccion, carpeta: Carpeta | null): boolean {
  if (celdas.every(({ anterior }) => anterior !== null)) return false
  if (version == null) throw new DatosInvalidos('Falta la versión del mes, o el valor anterior de cada celda.')
  return version !== (carpeta?.version ?? 0)
}

/** Who emptied a cell, and when, is only in the log: its row is gone. */
async function conAutores(
  tx: CtxTx,
  { lugar, tipo }: Captura,
  { carpeta, partidas }: { carpeta: Carpeta | null; partidas: ReadonlyMap<number, PartidaEnviada> },
  resolucion: Resolucion,
): Promise<Resolucion> {
  const claveDe = ({ id_partida_imp: idPartida, dia }: ConflictoDeCelda): string => {
    const fecha = fechaDePartes(lugar.anio, lugar.mes, dia) ?? ''
    return claveAuditada({ idConcepto: partidas.get(idPartida)?.idConcepto ?? 0, fecha, tipo, idSitio: lugar.idSitio })
  }
  const vacias = resolucion.conflictos.filter(({ usuario }) => usuario === '')
  if (carpeta === null || vacias.length === 0) return resolucion
  const autores = await ultimosCambiosDe(tx, TABLA_LOG.PRODUCCION, {
    registroId: carpeta.id,
    claves: vacias.map(claveDe),
  })
  return {
    ...resolucion,
    conflictos: resolucion.conflictos.map((uno) =>
      uno.usuario === '' ? { ...uno, ...autores.get(claveDe(uno)) } : uno,
    ),
  }
}

async function partidasDe(
  tx: CtxTx,
  idPrincipal: number,
  celdas: readonly CeldaEnviada[],
): Promise<ReadonlyMap<number, PartidaEnviada>> {
  const ids = [...new Set(celdas.map(({ idPartida }) => idPartida))]
  const halladas = await repo.listarPartidasEnviadas(tx.bd, idPrincipal, ids)
  return new Map(halladas.map((partida) => [partida.idEnviada, partida]))
}

async function resolver(
  tx: CtxTx,
  { lugar, tipo, ventana }: Captura,
  pedido: {
    celdas: readonly CeldaEnviada[]
    carpeta: Carpeta | null
    partidas: ReadonlyMap<number, PartidaEnviada>
    versionVieja: boolean
  },
): Promise<Resolucion> {
  const { celdas, carpeta, partidas, versionVieja } = pedido
  const conceptos = [...new Set([...partidas.values()].map(({ idConcepto }) => idConcepto))]
  const guardadas =
    carpeta === null ? [] : await repo.listarGuardadas(tx.bd, carpeta.id, { idSitio: lugar.idSitio, tipo, conceptos })
  return resolverCeldas(celdas, {
    mes: lugar.mes,
    anio: lugar.anio,
    cerrado: carpeta !== null && !carpeta.abierta,
    versionVieja,
    diasFirmados: new Set(carpeta?.diasFirmados),
    diasFuera: new Set(diasFuera(lugar.mes, lugar.anio, ventana)),
    partidas,
    guardadas: new Map(guardadas.map((celda) => [claveDeCelda(celda.idConcepto, celda.dia), celda])),
  })
}

/** `versionActual`: that of the month, when the one that was sent is older. */
function exigirGuardable({ errores, cerradas, conflictos }: Resolucion, versionActual: number | null): void {
  if (errores.length > 0) {
    const detalles = `No se guardó nada: ${plural(errores.length, 'celda tiene un error', 'celdas tienen errores')}. ${textoDe(errores)}`
    throw new DatosInvalidos(detalles, { extra: { errores } })
  }
  if (cerradas.length === 0 && versionActual !== null)
    throw new Conflicto(
      'Alguien más guardó cambios en este mes después de que lo abriste. Actualiza e inténtalo de nuevo.',
      { codigo: 'VERSION', extra: { version: versionActual, errores: [], conflictos } },
    )
  if (cerradas.length === 0 && conflictos.length === 0) return
  const detalles =
    cerradas.length > 0
      ? `No se guardó nada: ${plural(cerradas.length, 'celda está cerrada', 'celdas están cerradas')}. ${textoDe(cerradas)}`
      : `No se guardó nada: alguien más cambió ${plural(conflictos.length, 'celda', 'celdas')} después de que abriste el mes. Elige con qué valor te quedas.`
  throw new Conflicto(detalles, {
    codigo: cerradas.length > 0 ? 'CERRADAS' : 'CONFLICTO',
    extra: { errores: cerradas, conflictos },
  })
}

const textoDe = ([primera]: Resolucion['errores']): string =>
  primera === undefined ? '' : `${primera.codigo || 'Partida'}, día ${String(primera.dia)}: ${primera.motivo}`

function exigirAlta(tx: CtxTx, cambios: readonly CambioDeProduccion[]): void {
  if (cambios.some(({ id }) => id === null) && !tienePermiso(tx, PERMISO_PRODUCCION.CREAR))
    throw new SinPermiso('Puedes cambiar producción capturada, pero no capturar nueva.')
}

async function escribir(
  tx: CtxTx,
  captura: Captura,
  cambios: readonly CambioDeProduccion[],
): Promise<ProduccionGuardada> {
  const { lugar, tipo } = captura
  const { id: idCarpeta, version } = await repo.tocarCarpeta(tx, lugar)
  await gpus.quitarGpus(
    tx.bd,
    cambios.flatMap(({ id, despues }) => (id !== null && despues === 0n ? [id] : [])),
  )
  await repo.escribirCambios(tx, { idCarpeta, idSitio: lugar.idSitio, tipo }, cambios)
  const codigos = new Map(cambios.map(({ idConcepto, codigo }) => [idConcepto, codigo]))
  const marcas = await recalcularExcedentes(tx.bd, [lugar.idPrincipal], [...codigos.keys()])
  const gpusCreados = await gpus.crearGpusFaltantes(tx.bd, lugar.idPrincipal, idCarpeta)
  const cuenta = {
    creados: cambios.filter(({ id }) => id === null).length,
    actualizados: cambios.filter(({ id, despues }) => id !== null && despues > 0n).length,
    eliminados: cambios.filter(({ despues }) => despues === 0n).length,
    gpus_creados: gpusCreados.length,
  }
  await gpus.anotarExcedentes(tx.bd, [...codigos.keys()])
  await registrarEventos(tx, [
    ...eventosDeGuardado({ ...captura, ...lugar, idCarpeta, version }, cuenta, cambios),
    ...eventosDeCreacion(gpusCreados, captura.folio),
  ])
  const nuevas = marcas.filter((marca) => marca.excedente && marca.idCarpeta === idCarpeta)
  return {
    ...cuenta,
    excedentes_nuevos: nuevas.map(({ idConcepto, dia }) => ({ codigo: codigos.get(idConcepto) ?? '', dia })),
    version,
  }
}
