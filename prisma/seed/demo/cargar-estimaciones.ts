/** Bills the demo production as its two people would: every step by the service of its module, in the same transaction (decision 0042). */
import { randomUUID } from 'node:crypto'
import { z } from 'zod'
import { dinero, type Dinero } from '../../../src/comun/dinero.ts'
import { type FechaIso, sumarDias } from '../../../src/comun/fechas.ts'
import { guardarDeducciones } from '../../../src/modulos/estimaciones/deducciones/deducciones.service.ts'
import type { Resultado } from '../../../src/modulos/estimaciones/cambios.service.ts'
import { candidatasDe, type CandidataJuzgada } from '../../../src/modulos/estimaciones/candidatas.service.ts'
import { ajustarDetalle, crearEstimacion } from '../../../src/modulos/estimaciones/estimaciones.service.ts'
import { listarLineas } from '../../../src/modulos/estimaciones/estimaciones.repo.ts'
import type { CambiarEstatus } from '../../../src/modulos/estimaciones/estimaciones.schema.ts'
import { cambiarEstatus, rechazarDetalle } from '../../../src/modulos/estimaciones/flujo.service.ts'
import { capturarTasa } from '../../../src/modulos/estimaciones/tasas/tasas.service.ts'
import { guardarDeduccionesUsuales } from '../../../src/modulos/parametros/deducciones.service.ts'
import { permisosDeGrupo, type Grupo } from '../../../src/modulos/usuarios/permisos-por-grupo.ts'
import { type Bd, ejecutar, filas } from '../../../src/plataforma/bd.ts'
import { col } from '../../../src/plataforma/columnas.ts'
import type { Contexto, CtxTx } from '../../../src/plataforma/contexto.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { anotar } from './escribir.ts'
import {
  CAMINOS,
  type Camino,
  DEDUCCIONES_USUALES,
  fechasDe,
  FUENTE_DE_TASAS,
  MOTIVOS_DE_AJUSTE,
  type Paso,
  type Periodo,
  periodosDe,
  TEXTOS,
  tasasEntre,
} from './estimaciones.ts'
import { PERSONAS_CON_ACCESO } from './vocabulario.ts'

interface Persona {
  readonly id: number
  readonly username: string
  readonly grupo: string
}

/** What was billed, to be told. */
export interface EstimacionesDeDemo {
  readonly estimaciones: number
  readonly tiposDeCambio: number
}

/** Days of exchange rates before the oldest month that is billed. */
const DIAS_DE_TASAS = 75
/** A period with less than this is not worth an estimation. */
const MINIMO_DE_LINEAS = 3

/**
 * Exchange rates, usual deductions and an estimation for each period that is over, until the roads run out.
 * @param dominio public address of the system, for the QR codes of the documents.
 */
export async function cargarEstimaciones(
  tx: CtxTx,
  { usuarios, dominio }: { usuarios: readonly Persona[]; dominio: string | null },
): Promise<EstimacionesDeDemo> {
  // The demo wrote signed days and closed months as they were; from here on the rules of everybody hold.
  await ejecutar(tx.bd, sql`SELECT set_config('sascop.reacomodo', 'off', true)`)
  // Nobody has counted what was just written: without it the services read it the slow way.
  await ejecutar(
    tx.bd,
    sql`ANALYZE produccion, registro_generadores_pu, reporte_diario_detalle, reporte_mensual_header, partida_anexo_importada, concepto_consolidado`,
  )
  const quien = (grupo: Grupo) => personaDe(tx, usuarios, grupo)
  const elabora = quien('estimaciones')
  const revisa = quien('administrador')
  const tiposDeCambio = await capturarTasas(tx, elabora)
  await escribirDeduccionesUsuales(tx, revisa)
  let turno = 0
  for (const { idOt, ...periodo } of await periodosPorCobrar(tx)) {
    const camino = CAMINOS[turno]
    if (camino === undefined) break
    const lineas = (await candidatasDe(tx, idOt, periodo)).filter(({ estimable }) => estimable)
    if (lineas.length < MINIMO_DE_LINEAS) continue
    // Mostly the same two, and some the other way round.
    const [primera, segunda] = turno % 5 === 3 ? [revisa, elabora] : [elabora, revisa]
    await recorrer({ camino, idOt, periodo, turno, hoy: tx.hoy, primera, segunda, dominio }, lineas)
    turno += 1
  }
  return { estimaciones: await anotarEstimaciones(tx), tiposDeCambio }
}

// ------------------------------------------------------------------------------------------------------ people

/** Makes the context of a person at an hour of a day. */
type Actor = (dia: FechaIso, hora: number) => Contexto

/**
 * A person of the demo who acts inside the transaction of the load: the services open theirs, which is this same one,
 * so that the company is loaded whole or not at all.
 */
function personaDe(tx: CtxTx, usuarios: readonly Persona[], grupo: Grupo): Actor {
  const persona = usuarios.find((otra) => otra.grupo === grupo)
  const nombres = PERSONAS_CON_ACCESO.find((otra) => otra.grupo === grupo)
  if (!persona || !nombres) throw new Error(`The demo has nobody of ${grupo}`)
  const bd = new Proxy(tx.bd, {
    get: (real, clave): unknown =>
      clave === '$transaction' ? (hacer: (dentro: CtxTx['bd']) => unknown) => hacer(real) : Reflect.get(real, clave),
  }) as unknown as Bd
  const permisos = new Set(permisosDeGrupo(grupo))
  const usuario = {
    id: persona.id,
    username: persona.username,
    nombre: `${nombres.nombre} ${nombres.apellidos}`,
    email: `${persona.username}@example.com`,
    esSuperusuario: false,
  }
  return (dia, hora) => {
    const entonces = new Date(`${dia}T${String(hora).padStart(2, '0')}:15:00-06:00`)
    const ahora = entonces < tx.ahora ? entonces : tx.ahora
    // Each deed by itself in the log, as if it had come in its own request.
    return { ...tx, bd, usuario, sistema: false, permisos, ahora, hoy: dia, transaccion: randomUUID() }
  }
}

// ------------------------------------------------------------------------------------------------ rates and settings

/** The working days up to yesterday; those that somebody captured already stay as they are. */
async function capturarTasas(tx: CtxTx, elabora: Actor): Promise<number> {
  const captura = z.object({ fecha: z.string() })
  const hay = new Set((await filas(tx.bd, sql`SELECT fecha::text FROM tipo_cambio`, captura)).map(({ fecha }) => fecha))
  const tasas = tasasEntre(sumarDias(tx.hoy, -DIAS_DE_TASAS), sumarDias(tx.hoy, -1)).filter(
    ({ fecha }) => !hay.has(fecha),
  )
  const marcas: { id: number; descripcion: string }[] = []
  for (const { fecha, valor } of tasas) {
    const { id } = await capturarTasa(elabora(fecha, 9), { fecha, valor: dinero(valor), fuente: FUENTE_DE_TASAS })
    marcas.push({ id, descripcion: fecha })
  }
  await anotar(tx, 'tipo_cambio', marcas)
  return marcas.length
}

/** Only when nobody has written theirs. */
async function escribirDeduccionesUsuales(tx: CtxTx, revisa: Actor): Promise<void> {
  const esquema = z.object({ id: col.id, descripcion: z.string() })
  const leer = () => filas(tx.bd, sql`SELECT id, nombre AS descripcion FROM deduccion_usual`, esquema)
  if ((await leer()).length > 0) return
  await guardarDeduccionesUsuales(
    revisa(sumarDias(tx.hoy, -DIAS_DE_TASAS), 11),
    DEDUCCIONES_USUALES.map(({ nombre, porcentaje }) => ({ nombre, porcentaje: dinero(porcentaje) })),
  )
  await anotar(tx, 'deduccion_usual', await leer())
}

// ------------------------------------------------------------------------------------------------- the estimations

/** What is over of the months of each family, oldest first: some bill by month, others every fifteen days. */
async function periodosPorCobrar(tx: CtxTx) {
  const meses = await filas(
    tx.bd,
    sql`SELECT m.id_ot AS "idOt", make_date(m.anio, m.mes, 1)::text AS mes, dense_rank() OVER (ORDER BY m.id_ot)::int AS turno
      FROM dato_demo d JOIN reporte_mensual_header m ON m.id = d.id_registro WHERE d.tabla = 'reporte_mensual_header'`,
    z.object({ idOt: col.id, mes: col.fecha, turno: col.entero }),
  )
  return meses
    .flatMap(({ idOt, mes, turno }) => periodosDe(mes, turno % 3 === 0).map((periodo) => ({ idOt, ...periodo })))
    .filter(({ hasta }) => hasta < tx.hoy)
    .sort((a, b) => a.hasta.localeCompare(b.hasta) || a.idOt - b.idOt)
}

/** An estimation to make: its road, its month and who does what. */
interface Pedido {
  readonly camino: Camino
  readonly idOt: number
  readonly periodo: Periodo
  readonly turno: number
  readonly hoy: FechaIso
  /** Who makes it and sends it. */
  readonly primera: Actor
  /** Who authorises it. */
  readonly segunda: Actor
  readonly dominio: string | null
}

/** Makes an estimation and takes it along its road. */
async function recorrer(pedido: Pedido, candidatas: readonly CandidataJuzgada[]): Promise<void> {
  const { camino, idOt, periodo, turno, hoy, primera } = pedido
  const dia = fechasDe(periodo.hasta, hoy, turno)
  if (camino.rehecha === true) {
    const mitad = { desde: periodo.desde, hasta: sumarDias(periodo.desde, 6) }
    const hayEnLaMitad = candidatas.some(({ fecha }) => fecha <= mitad.hasta)
    const intento = await crear(primera(dia.intento, 10), idOt, hayEnLaMitad ? mitad : periodo, dia.intento)
    await dar(pedido, primera(dia.intento, 17), intento, { estatus: 'CANCELADA', motivo: TEXTOS.cancelacion })
  }
  let actual = await crear(primera(dia.borrador, 10), idOt, periodo, dia.borrador)
  actual = await ajustar(primera(dia.borrador, 12), actual, camino.ajustes ?? 0)
  if (camino.deducciones !== undefined) {
    const deducciones = camino.deducciones.map(({ nombre, porcentaje, importeMn }) => ({
      nombre,
      porcentaje: porcentaje === null ? null : dinero(porcentaje),
      importe_mn: importeMn === null ? null : dinero(importeMn),
      importe_usd: null,
    }))
    actual = await guardarDeducciones(primera(dia.borrador, 13), { ...clave(actual), deducciones })
  }
  for (const { quien, dia: paso, hora, datos } of pasosDe(pedido, dia)) {
    if (datos === 'rechazar línea') actual = await rechazarUna(quien(dia[paso], hora), actual)
    else if (datos === 'responder') actual = await ajustar(quien(dia[paso], hora), actual, 1)
    else actual = await dar(pedido, quien(dia[paso], hora), actual, datos)
  }
}

type DatosDePaso = Omit<CambiarEstatus, 'id' | 'version'>
interface PasoDelCamino {
  readonly quien: Actor
  readonly dia: Paso
  readonly hora: number
  readonly datos: DatosDePaso | 'rechazar línea' | 'responder'
}

/** What each one does after the draft, up to where the road ends. */
function pasosDe({ camino, turno, primera, segunda }: Pedido, dia: Readonly<Record<Paso, FechaIso>>): PasoDelCamino[] {
  const { hasta } = camino
  const paso = (quien: Actor, cuando: Paso, hora: number, datos: PasoDelCamino['datos']): PasoDelCamino => ({
    quien,
    dia: cuando,
    hora,
    datos,
  })
  if (hasta === 'EN_ESTIMACION') return []
  const pasos = [paso(primera, 'envio', 16, { estatus: 'ENVIADA' })]
  if (hasta === 'CANCELADA')
    return [...pasos, paso(primera, 'rechazo', 11, { estatus: hasta, motivo: TEXTOS.cancelacionSola })]
  const rechazo = paso(segunda, 'rechazo', 11, { estatus: 'RECHAZADA', motivo: TEXTOS.rechazo })
  if (hasta === 'RECHAZADA') return [...pasos, rechazo]
  if (camino.devuelta === true)
    pasos.push(
      rechazo,
      paso(primera, 'rechazo', 16, { estatus: 'EN_ESTIMACION' }),
      paso(primera, 'reenvio', 9, 'responder'),
      paso(primera, 'reenvio', 10, { estatus: 'ENVIADA' }),
    )
  if (camino.rechazaLinea === true) pasos.push(paso(segunda, 'rechazo', 13, 'rechazar línea'))
  if (hasta === 'ENVIADA') return pasos
  pasos.push(paso(segunda, 'autorizacion', 12, { estatus: 'AUTORIZADA', fecha_autorizacion: dia.autorizacion }))
  if (hasta === 'AUTORIZADA') return pasos
  const facturar = (numero: number) =>
    paso(primera, 'factura', 13, {
      estatus: 'FACTURADA',
      folio_factura: `F-${String(2100 + numero)}`,
      fecha_factura: dia.factura,
    })
  if (camino.corrigeFactura === true)
    pasos.push(facturar(turno), paso(segunda, 'factura', 14, { estatus: 'AUTORIZADA', motivo: TEXTOS.folioEquivocado }))
  pasos.push(facturar(turno + 40))
  if (hasta === 'FACTURADA') return pasos
  return [...pasos, paso(primera, 'cobro', 12, { estatus: 'COBRADA', fecha_cobro: dia.cobro })]
}

const clave = ({ id, version }: Resultado) => ({ id, version })

/** The draft in one click. */
function crear(ctx: Contexto, idOt: number, { desde, hasta }: Periodo, fecha: FechaIso): Promise<Resultado> {
  return crearEstimacion(ctx, { id_ot: idOt, fecha_desde: desde, fecha_hasta: hasta, fecha_estimacion: fecha })
}

function dar({ dominio }: Pedido, ctx: Contexto, actual: Resultado, datos: DatosDePaso): Promise<Resultado> {
  return cambiarEstatus(ctx, { ...clave(actual), ...datos }, dominio)
}

/** Less volume in some lines spread along the estimation, each with its reason. */
async function ajustar(ctx: Contexto, actual: Resultado, cuantas: number): Promise<Resultado> {
  const lineas = await listarLineas(ctx.bd, actual.id)
  let ultimo = actual
  let hechas = 0
  for (let i = Math.floor(lineas.length / 3); hechas < cuantas && i < lineas.length; i += 2) {
    const linea = lineas[i]
    const volumen = linea === undefined ? null : menos(linea.estimado)
    if (linea === undefined || volumen === null || linea.comentario !== '') continue
    ultimo = await ajustarDetalle(ctx, {
      id_detalle: linea.id,
      version: ultimo.version,
      volumen_estimado: volumen,
      comentario_ajuste: MOTIVOS_DE_AJUSTE[hechas % MOTIVOS_DE_AJUSTE.length] ?? '',
    })
    hechas += 1
  }
  return ultimo
}

/** About nine tenths, whole when it was whole; null when there is nothing to take away. */
function menos(volumen: Dinero): Dinero | null {
  const nuevo = volumen.times('0.9').toDecimalPlaces(volumen.decimalPlaces(), 1)
  return nuevo.gt(0) && nuevo.lt(volumen) ? nuevo : null
}

/** The middle line, with its reason. */
async function rechazarUna(ctx: Contexto, actual: Resultado): Promise<Resultado> {
  const lineas = await listarLineas(ctx.bd, actual.id)
  const linea = lineas[Math.floor(lineas.length / 2)]
  if (linea === undefined) throw new Error('The estimation has no lines')
  return rechazarDetalle(ctx, {
    id_detalle: linea.id,
    version: actual.version,
    comentario_ajuste: TEXTOS.rechazoDeLinea,
  })
}

/** Marks them with the version they end with. @returns how many. */
async function anotarEstimaciones(tx: CtxTx): Promise<number> {
  const lista = await filas(
    tx.bd,
    sql`SELECT h.id, h.version, 'EST-' || h.numero || ' de ' || o.orden_trabajo AS descripcion
      FROM estimacion_header h JOIN ot o ON o.id = h.id_ot JOIN dato_demo d ON d.tabla = 'ot' AND d.id_registro = h.id_ot ORDER BY h.id`,
    z.object({ id: col.id, version: col.entero, descripcion: z.string() }),
  )
  await anotar(tx, 'estimacion_header', lista)
  return lista.length
}
