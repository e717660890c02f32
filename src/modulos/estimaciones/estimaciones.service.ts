/** Creation and edition of estimations (estimaciones.md §2, §5): every command in one transaction, the family locked. */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import { textoPlano } from '../../comun/dinero.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { conflictoDeVersion, TABLA_LOG } from '../auditoria/index.ts'
import { bloquearFamilia } from '../ot/index.ts'
import { leerParametros } from '../parametros/index.ts'
import * as candidatas from './candidatas.repo.ts'
import { anotar, nombreDe } from './estimaciones.auditoria.ts'
import { faltaDelPeriodo, motivosDe, motivosQueImpiden, type Exigencias } from './estimaciones.reglas.ts'
import { faltaDelAjuste } from './importes.contrato.ts'
import * as repo from './estimaciones.repo.ts'
import type { AjustarDetalle, CrearEstimacion, DetallePedido, EditarEstimacion } from './estimaciones.schema.ts'
import { MOTIVOS, type Candidata, type Estimacion, type Motivo, type Totales } from './estimaciones.tipos.ts'
import { tasaPara } from './tipo-cambio.service.ts'

/** A candidate with what stops it. */
export interface CandidataJuzgada extends Candidata {
  readonly motivos: readonly Motivo[]
  readonly estimable: boolean
}

/** What a change leaves: totals and version (settled.md §8). */
export interface Resultado {
  readonly id: number
  readonly totales: Totales
  readonly version: number
}

/** A draft just born, and what its person should know. */
export interface Creada extends Resultado {
  readonly numero: number
  readonly advertencias: readonly string[]
}

const NO_EXISTE = 'Estimación no encontrada'
const SIN_VERSION = 'Falta la versión de la estimación. Actualiza la página.'

/** A field that is missing or wrong. */
export function falta(campo: string, mensaje: string): DatosInvalidos {
  return new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
}

// ------------------------------------------------------------------------------------------------- candidates

/** Production of a family in a period, with why each row may not be billed (§2). */
export async function candidatasDe(
  ctx: CtxLectura,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
): Promise<CandidataJuzgada[]> {
  return juzgar(ctx, await candidatas.listarCandidatas(ctx.bd, idOt, periodo))
}

/**
 * Production of a family in a period by concept and not judged yet, for the answer that writes thirty thousand rows.
 * @throws DatosInvalidos for the period; NoEncontrado for the OT.
 */
export async function verConceptos(
  ctx: CtxLectura,
  pedido: PedidoDeCandidatas,
): Promise<{ conceptos: candidatas.ConceptoConProduccion[]; exige: Exigencias }> {
  const { idOt, periodo } = await leerPedido(ctx, pedido)
  return { conceptos: await candidatas.listarConceptos(ctx.bd, idOt, periodo), exige: await leerParametros(ctx) }
}

interface PedidoDeCandidatas {
  readonly idOt: number | null
  readonly desde: FechaIso | null
  readonly hasta: FechaIso | null
}

async function leerPedido(
  ctx: CtxLectura,
  pedido: PedidoDeCandidatas,
): Promise<{ idOt: number; periodo: { desde: FechaIso; hasta: FechaIso } }> {
  const periodo = await exigirPeriodo(ctx, pedido.desde, pedido.hasta, null)
  const familia = await exigirFamilia(ctx, pedido.idOt)
  return { idOt: familia.id, periodo }
}

async function juzgar(ctx: CtxLectura, leidas: readonly Candidata[]): Promise<CandidataJuzgada[]> {
  const exige = await leerParametros(ctx)
  return leidas.map((candidata) => {
    const motivos = motivosDe(candidata, exige)
    return { ...candidata, motivos, estimable: motivos.length === 0 }
  })
}

async function exigirFamilia(
  ctx: CtxLectura,
  idOt: number | null,
): Promise<{ id: number; orden_trabajo: string; estatus: number }> {
  if (idOt === null) throw falta('id_ot', 'Elige la OT.')
  const familia = await candidatas.buscarFamilia(ctx.bd, idOt)
  if (!familia || familia.estatus === 0) throw new NoEncontrado('OT no encontrada')
  return familia
}

async function exigirPeriodo(
  ctx: CtxLectura,
  desde: FechaIso | null,
  hasta: FechaIso | null,
  fecha: FechaIso | null,
): Promise<{ desde: FechaIso; hasta: FechaIso }> {
  if (desde === null) throw falta('fecha_desde', 'Escribe la fecha desde.')
  if (hasta === null) throw falta('fecha_hasta', 'Escribe la fecha hasta.')
  const { dias_max_periodo: dias } = await leerParametros(ctx)
  const mal = faltaDelPeriodo(desde, hasta, fecha ?? hasta, dias)
  if (mal) throw falta(...mal)
  return { desde, hasta }
}

// --------------------------------------------------------------------------------------------------- creation

/**
 * A draft with its lines; without `detalles`, everything that may be billed of the period (the draft in one click).
 * @throws DatosInvalidos; NoEncontrado; Conflicto with `conflictos` when some line may not be billed, or nothing can.
 */
export function crearEstimacion(ctx: Contexto, datos: CrearEstimacion): Promise<Creada> {
  const fecha = fechaElegida('fecha_estimacion', datos.fecha_estimacion, ctx.hoy)
  return conTransaccion(ctx, async (tx) => {
    const { desde, hasta } = await exigirPeriodo(tx, datos.fecha_desde ?? null, datos.fecha_hasta ?? null, fecha)
    await bloquearFamilia(tx, (await exigirFamilia(tx, datos.id_ot ?? null)).id)
    // Again: it could have been deleted, or moved to another family, while the lock was waited for.
    const familia = await exigirFamilia(tx, datos.id_ot ?? null)
    if (familia.estatus !== 1) throw new Conflicto('La OT está por definir: complétala antes de estimar su producción.')
    const lineas = await lineasPedidas(tx, familia.id, { desde, hasta }, datos.detalles ?? null)
    const tasa = await tasaPara(tx, fecha, datos.tipo_cambio ?? null)
    const nueva = {
      idOt: familia.id,
      fechaEstimacion: fecha,
      fechaDesde: desde,
      fechaHasta: hasta,
      tipoCambio: tasa.valor,
      tipoCambioFuente: tasa.fuente,
      tipoCambioDia: tasa.dia,
      comentario: datos.comentario ?? '',
    }
    const encimadas = await repo.listarEncimadas(tx.bd, { idOt: familia.id, desde, hasta, menos: null })
    const { id, numero } = await repo.insertarEstimacion(tx, nueva)
    await repo.insertarLineas(tx, id, lineas)
    const resultado = await cerrarCambio(tx, id)
    await anotar(tx, { id, numero, ot: familia.orden_trabajo }, resultado.version, [
      {
        evento: 'CREAR',
        campo: 'Creó',
        actual: textoPlano(resultado.totales.homologado),
        detalle: `la estimación ${nombreDe({ numero, ot: familia.orden_trabajo })} con ${plural(lineas.length, 'línea', 'líneas')}`,
      },
    ])
    return { ...resultado, numero, advertencias: advertenciasDe(fecha, hasta, encimadas) }
  })
}

function advertenciasDe(fecha: FechaIso, hasta: FechaIso, encimadas: readonly number[]): string[] {
  return [
    ...(fecha < hasta ? ['La fecha de la estimación es anterior al fin del periodo.'] : []),
    ...(encimadas.length > 0
      ? [`El periodo se encima con ${encimadas.map((numero) => `EST-${String(numero)}`).join(', ')}.`]
      : []),
  ]
}

async function lineasPedidas(
  tx: CtxTx,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
  pedidas: readonly DetallePedido[] | null,
): Promise<repo.LineaNueva[]> {
  if (pedidas !== null) return lineasPorId(tx, idOt, pedidas, periodo)
  const lineas = await lineasEstimables(tx, idOt, periodo)
  if (lineas.length === 0) throw new Conflicto('No hay producción que se pueda estimar en ese periodo.')
  return lineas
}

/** Everything that may be billed of a period, with its production held; `menos` is not looked at. */
export async function lineasEstimables(
  tx: CtxTx,
  idOt: number,
  periodo: { desde: FechaIso; hasta: FechaIso },
  menos: ReadonlySet<number> = new Set(),
): Promise<repo.LineaNueva[]> {
  await candidatas.bloquearPeriodo(tx, idOt, periodo)
  const juzgadas = await candidatasDe(tx, idOt, periodo)
  return juzgadas
    .filter(({ estimable, idProduccion }) => estimable && !menos.has(idProduccion))
    .map((candidata) => ({ candidata, volumen: candidata.saldo, comentario: '' }))
}

/** The lines asked for, each judged with its production held. */
async function lineasPorId(
  tx: CtxTx,
  idOt: number,
  pedidas: readonly DetallePedido[],
  periodo: { desde: FechaIso; hasta: FechaIso },
): Promise<repo.LineaNueva[]> {
  const porId = new Map(pedidas.map((pedida) => [pedida.id_produccion, pedida]))
  if (pedidas.length === 0) throw falta('detalles', 'Elige al menos una línea para estimar.')
  if (porId.size !== pedidas.length || porId.has(null))
    throw falta('detalles', 'Hay líneas repetidas o sin producción.')
  const ids = [...porId.keys()].filter((id) => id !== null)
  await candidatas.bloquearProduccion(tx, ids)
  const halladas = await juzgar(tx, await candidatas.listarCandidatasPorId(tx.bd, idOt, ids))
  if (halladas.length !== ids.length) throw falta('detalles', 'Hay líneas que no son producción de esa OT.')
  const fuera = halladas.find(({ fecha }) => fecha < periodo.desde || fecha > periodo.hasta)
  if (fuera) throw falta('detalles', `La producción del ${aDdMmAaaa(fuera.fecha)} está fuera del periodo.`)
  const lineas = halladas.map((candidata) => {
    const pedida = porId.get(candidata.idProduccion)
    return {
      candidata,
      volumen: pedida?.volumen_estimado ?? candidata.saldo,
      comentario: pedida?.comentario_ajuste ?? '',
    }
  })
  await exigirLineas(tx, lineas, halladas)
  return lineas
}

/** Refusals first (409, all of them), then volumes and comments (400). */
async function exigirLineas(
  tx: CtxTx,
  lineas: readonly repo.LineaNueva[],
  juzgadas: readonly CandidataJuzgada[],
): Promise<void> {
  const motivosPorId = new Map(juzgadas.map(({ idProduccion, motivos }) => [idProduccion, motivosQueImpiden(motivos)]))
  const rechazadas = lineas.flatMap(({ candidata, volumen }) => {
    const [motivo] = motivosPorId.get(candidata.idProduccion) ?? []
    if (motivo !== undefined) return [{ candidata, motivo: motivo }]
    // What was free when the person looked, and somebody took meanwhile.
    const tomado = volumen.gt(candidata.saldo) && volumen.lte(candidata.volumen)
    return tomado ? [{ candidata, motivo: 'YA_ESTIMADA' }] : []
  })
  if (rechazadas.length > 0) throw await conflictoDeLineas(tx, rechazadas)
  for (const { candidata, volumen, comentario } of lineas) {
    const donde = `${candidata.codigo} del ${aDdMmAaaa(candidata.fecha)}`
    if (volumen.isZero()) throw falta('volumen_estimado', `El volumen de ${donde} debe ser mayor que cero.`)
    const mal = faltaDelAjuste(volumen, candidata.saldo, comentario)
    if (mal) throw falta(mal[0], `${donde}: ${mal[1]}`)
  }
}

/** 409 with each line that may not be billed, why, what is left of it and where it is (settled.md §8). */
export async function conflictoDeLineas(
  ctx: CtxLectura,
  rechazadas: readonly { candidata: Candidata; motivo: string }[],
): Promise<Conflicto> {
  const ids = rechazadas.map(({ candidata }) => candidata.idProduccion)
  const numeros = new Map(
    (await candidatas.listarEstimacionesDe(ctx.bd, ids)).map(({ id_produccion, numero }) => [id_produccion, numero]),
  )
  const conflictos = rechazadas.map(({ candidata, motivo }) => {
    const numero = numeros.get(candidata.idProduccion)
    return {
      id_produccion: candidata.idProduccion,
      codigo: candidata.codigo,
      fecha: candidata.fecha,
      motivo,
      texto: (MOTIVOS as Readonly<Record<string, string>>)[motivo] ?? motivo,
      saldo: textoPlano(candidata.saldo, 6),
      estimacion: numero === undefined ? null : `EST-${String(numero)}`,
    }
  })
  const [primero] = conflictos
  const mensaje = `${plural(conflictos.length, 'línea no se puede', 'líneas no se pueden')} estimar. ${primero ? `${primero.codigo} del ${aDdMmAaaa(primero.fecha)}: ${primero.texto.toLowerCase()}${primero.estimacion === null ? '' : ` (${primero.estimacion})`}.` : ''}`
  return new Conflicto(mensaje, { extra: { conflictos } })
}

// ---------------------------------------------------------------------------------------------------- edition

/** A header, or 404; without an id, 400. */
export async function obtenerEstimacion(ctx: CtxLectura, id: number | null | undefined): Promise<Estimacion> {
  if (id == null) throw falta('id', 'Falta el id de la estimación.')
  const estimacion = await repo.buscarEstimacion(ctx.bd, id)
  if (!estimacion) throw new NoEncontrado(NO_EXISTE)
  return estimacion
}

/** A line of some estimation, or 404; without an id, 400. */
export async function obtenerLinea(ctx: CtxLectura, id: number | null | undefined): Promise<repo.LineaGuardada> {
  if (id == null) throw falta('id_detalle', 'Falta el id de la línea.')
  const linea = await repo.buscarLinea(ctx.bd, id)
  if (!linea) throw new NoEncontrado('La línea ya no está en la estimación.')
  return linea
}

/**
 * An estimation held for a change, its family first (the same order as every other writer).
 * @throws DatosInvalidos without version; Conflicto when somebody saved it meanwhile.
 */
export async function tomarEstimacion(
  tx: CtxTx,
  id: number | null | undefined,
  version: number | null | undefined,
): Promise<Estimacion> {
  const antes = await obtenerEstimacion(tx, id)
  if (version == null) throw falta('version', SIN_VERSION)
  await bloquearFamilia(tx, antes.idOt)
  const estimacion = await repo.buscarEstimacion(tx.bd, antes.id, true)
  if (!estimacion) throw new NoEncontrado(NO_EXISTE)
  if (estimacion.version !== version)
    throw await conflictoDeVersion(tx, TABLA_LOG.ESTIMACION, estimacion.id, version, estimacion.version)
  return estimacion
}

/** @throws Conflicto unless it is a draft (§5.4). */
export function exigirBorrador(estimacion: Estimacion): void {
  if (estimacion.estatus !== 'EN_ESTIMACION')
    throw new Conflicto(`EST-${String(estimacion.numero)} ya no es un borrador: sus líneas no cambian.`)
}

/** Totals again from the lines, and the version they leave. */
export async function cerrarCambio(tx: CtxTx, id: number): Promise<Resultado> {
  const version = await repo.recalcularTotales(tx, id)
  const { totales } = await obtenerEstimacion(tx, id)
  return { id, totales, version }
}

/** What a change that changes nothing answers: it raises no version. */
function sinCambio({ id, totales, version }: Estimacion): Resultado {
  return { id, totales, version }
}

/** Dates, rate and comment of a draft; absent does not touch, the rate sent empty takes that of its day. */
export function editarEstimacion(ctx: Contexto, datos: EditarEstimacion): Promise<Resultado> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, datos.id, datos.version)
    exigirBorrador(actual)
    const fechaEstimacion = fechaElegida('fecha_estimacion', datos.fecha_estimacion, actual.fechaEstimacion)
    const fechaDesde = fechaElegida('fecha_desde', datos.fecha_desde, actual.fechaDesde)
    const fechaHasta = fechaElegida('fecha_hasta', datos.fecha_hasta, actual.fechaHasta)
    await exigirPeriodo(tx, fechaDesde, fechaHasta, fechaEstimacion)
    await exigirLineasDentro(tx, actual, fechaDesde, fechaHasta)
    const tasa =
      datos.tipo_cambio === undefined
        ? { valor: actual.tipoCambio, fuente: actual.tipoCambioFuente, dia: actual.tipoCambioDia }
        : await tasaPara(tx, fechaEstimacion, datos.tipo_cambio)
    const comentario = datos.comentario === undefined ? actual.comentario : (datos.comentario ?? '')
    const despues = {
      fechaEstimacion,
      fechaDesde,
      fechaHasta,
      tipoCambio: tasa.valor,
      tipoCambioFuente: tasa.fuente,
      tipoCambioDia: tasa.dia,
      comentario,
    }
    const campos: readonly (readonly [string, string, string, string])[] = [
      ['Fecha de estimación', 'fecha_estimacion', actual.fechaEstimacion, fechaEstimacion],
      ['Fecha desde', 'fecha_desde', actual.fechaDesde, fechaDesde],
      ['Fecha hasta', 'fecha_hasta', actual.fechaHasta, fechaHasta],
      ['Tipo de cambio', 'tipo_cambio', actual.tipoCambio.toFixed(4), tasa.valor.toFixed(4)],
      ['Origen del tipo de cambio', 'tipo_cambio_fuente', actual.tipoCambioFuente, tasa.fuente],
      ['Comentario', 'comentario', actual.comentario, comentario],
    ]
    const cambios = campos.filter(([, , anterior, nuevo]) => anterior !== nuevo)
    if (cambios.length === 0) return sinCambio(actual)
    await repo.actualizarCabecera(tx, actual.id, despues)
    const resultado = await cerrarCambio(tx, actual.id)
    await anotar(
      tx,
      actual,
      resultado.version,
      cambios.map(([campo, campoClave, anterior, nuevo]) => ({
        evento: 'MODIFICAR',
        campo,
        campoClave,
        anterior,
        actual: nuevo,
        detalle: `la estimación ${nombreDe(actual)}`,
      })),
    )
    return resultado
  })
}

const ESCRIBE_FECHA = {
  fecha_estimacion: 'Escribe la fecha de la estimación.',
  fecha_desde: 'Escribe la fecha desde.',
  fecha_hasta: 'Escribe la fecha hasta.',
} as const

/** Absent keeps the stored day; sent empty is refused, for no estimation lacks it (pte.md §1.6). */
function fechaElegida(
  campo: keyof typeof ESCRIBE_FECHA,
  nueva: FechaIso | null | undefined,
  guardada: FechaIso,
): FechaIso {
  if (nueva === null) throw falta(campo, ESCRIBE_FECHA[campo])
  return nueva ?? guardada
}

async function exigirLineasDentro(tx: CtxTx, actual: Estimacion, desde: FechaIso, hasta: FechaIso): Promise<void> {
  const fuera = await repo.contarFuera(tx.bd, actual.id, { desde, hasta })
  if (fuera > 0)
    throw falta(
      'fecha_hasta',
      `${plural(fuera, 'línea queda', 'líneas quedan')} fuera del periodo. Quítalas antes de cambiarlo.`,
    )
}

/** Adds production of the period to a draft, each with its whole saldo (§5.4). */
export function agregarDetalles(
  ctx: Contexto,
  pedido: { id: number | null | undefined; version: number | null | undefined; ids: readonly number[] },
): Promise<Resultado> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, pedido.id, pedido.version)
    exigirBorrador(actual)
    const lineas = await lineasPorId(
      tx,
      actual.idOt,
      pedido.ids.map((id) => ({ id_produccion: id })),
      { desde: actual.fechaDesde, hasta: actual.fechaHasta },
    )
    await exigirQueNoEsten(tx, actual, lineas)
    await repo.insertarLineas(tx, actual.id, lineas)
    return terminar(tx, actual, 'Agregó', plural(lineas.length, 'línea', 'líneas'))
  })
}

/** A line adjusted to less than its production leaves something to bill: it is of that line, not of another one. */
async function exigirQueNoEsten(tx: CtxTx, actual: Estimacion, lineas: readonly repo.LineaNueva[]): Promise<void> {
  const guardadas = (await repo.listarLineas(tx.bd, actual.id)).filter(({ rechazada }) => !rechazada)
  const dentro = new Set(guardadas.map(({ idProduccion }) => idProduccion))
  const repetidas = lineas.filter(({ candidata }) => dentro.has(candidata.idProduccion))
  if (repetidas.length > 0)
    throw await conflictoDeLineas(
      tx,
      repetidas.map(({ candidata }) => ({ candidata, motivo: 'YA_ESTIMADA' })),
    )
}

/** Takes lines out of a draft, all of them if need be: without any it is not sent. */
export function quitarDetalles(
  ctx: Contexto,
  pedido: { id: number | null | undefined; version: number | null | undefined; ids: readonly number[] },
): Promise<Resultado> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, pedido.id, pedido.version)
    exigirBorrador(actual)
    if (pedido.ids.length === 0) throw falta('ids_detalle', 'Elige al menos una línea para quitar.')
    await bloquearLineas(tx, actual.id)
    const quitadas = await repo.borrarLineas(tx, actual.id, pedido.ids)
    if (quitadas !== pedido.ids.length) throw new NoEncontrado('Alguna de esas líneas ya no está en la estimación.')
    return terminar(tx, actual, 'Quitó', plural(quitadas, 'línea', 'líneas'))
  })
}

async function bloquearLineas(tx: CtxTx, idEstimacion: number): Promise<void> {
  const lineas = await repo.listarLineas(tx.bd, idEstimacion)
  await candidatas.bloquearProduccion(
    tx,
    lineas.map(({ idProduccion }) => idProduccion),
  )
}

/** Closes a change of lines and writes it down. */
export async function terminar(tx: CtxTx, actual: Estimacion, campo: string, detalle: string): Promise<Resultado> {
  const resultado = await cerrarCambio(tx, actual.id)
  await anotar(tx, actual, resultado.version, [
    {
      evento: 'MODIFICAR',
      campo,
      anterior: textoPlano(actual.totales.homologado),
      actual: textoPlano(resultado.totales.homologado),
      detalle: `${detalle} de la estimación ${nombreDe(actual)}`,
    },
  ])
  return resultado
}

/** What one line bills (§5.2): between 0 and what is left for it, with a comment when it is not all of it. */
export function ajustarDetalle(ctx: Contexto, datos: AjustarDetalle): Promise<Resultado> {
  return conTransaccion(ctx, async (tx) => {
    const linea = await obtenerLinea(tx, datos.id_detalle)
    const actual = await tomarEstimacion(tx, linea.idEstimacion, datos.version)
    exigirBorrador(actual)
    await candidatas.bloquearProduccion(tx, [linea.idProduccion])
    const [produccion] = await candidatas.listarCandidatasPorId(tx.bd, actual.idOt, [linea.idProduccion])
    const vigente = await repo.buscarLinea(tx.bd, linea.id)
    if (!produccion || !vigente || vigente.rechazada) throw new NoEncontrado('La línea ya no está en la estimación.')
    const volumen = datos.volumen_estimado ?? null
    if (volumen === null) throw falta('volumen_estimado', 'Escribe el volumen estimado.')
    const comentario = datos.comentario_ajuste === undefined ? vigente.comentario : (datos.comentario_ajuste ?? '')
    const disponible = produccion.saldo.plus(vigente.estimado)
    const mal = faltaDelAjuste(volumen, disponible, comentario)
    if (mal) throw falta(...mal)
    const mismoVolumen = volumen.eq(vigente.estimado)
    if (mismoVolumen && comentario === vigente.comentario && produccion.volumen.eq(vigente.actual))
      return sinCambio(actual)
    await repo.actualizarLinea(tx, linea.id, { volumen, actual: produccion.volumen, comentario })
    const resultado = await cerrarCambio(tx, actual.id)
    const donde = `${produccion.codigo} del ${aDdMmAaaa(produccion.fecha)}`
    const cambio = mismoVolumen
      ? {
          campo: `Comentario de ajuste de ${donde}`,
          campoClave: 'comentario_ajuste',
          anterior: vigente.comentario,
          actual: comentario,
          detalle: `la estimación ${nombreDe(actual)}`,
        }
      : {
          campo: `Volumen estimado de ${donde}`,
          campoClave: 'volumen_estimado',
          anterior: vigente.estimado.toFixed(6),
          actual: volumen.toFixed(6),
          detalle: `la estimación ${nombreDe(actual)}${comentario === '' ? '' : `: ${comentario}`}`,
        }
    await anotar(tx, actual, resultado.version, [{ evento: 'MODIFICAR', ...cambio }])
    return resultado
  })
}

/** Prices in force for the lines of a draft (§4). */
export function actualizarPrecios(
  ctx: Contexto,
  pedido: { id: number | null | undefined; version: number | null | undefined },
): Promise<Resultado & { cambiadas: number }> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, pedido.id, pedido.version)
    exigirBorrador(actual)
    const cambiadas = await repo.actualizarPrecios(tx, actual.id)
    if (cambiadas === 0) return { id: actual.id, totales: actual.totales, version: actual.version, cambiadas }
    return { ...(await terminar(tx, actual, 'Actualizó precios', plural(cambiadas, 'línea', 'líneas'))), cambiadas }
  })
}
