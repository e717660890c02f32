/** Creation and edition of estimations (estimaciones.md §2, §5): every command in one transaction, the family locked. */
import { Conflicto, NoEncontrado } from '../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import { textoPlano } from '../../comun/dinero.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { bloquearFamilia } from '../ot/index.ts'
import {
  cerrarCambio,
  exigirBorrador,
  falta,
  obtenerLinea,
  sinCambio,
  terminar,
  tomarEstimacion,
  type Resultado,
} from './cambios.service.ts'
import * as candidatas from './candidatas.repo.ts'
import { conflictoDeLineas, exigirFamilia, exigirPeriodo, lineasPedidas, lineasPorId } from './candidatas.service.ts'
import { anotar, nombreDe } from './estimaciones.auditoria.ts'
import { faltaDelAjuste } from './importes.contrato.ts'
import * as repo from './estimaciones.repo.ts'
import type { AjustarDetalle, CrearEstimacion, EditarEstimacion } from './estimaciones.schema.ts'
import type { Estimacion } from './estimaciones.tipos.ts'
import { tasaPara } from './tipo-cambio.service.ts'
/** A draft just born, and what its person should know. */
export interface Creada extends Resultado {
  readonly numero: number
  readonly advertencias: readonly string[]
}

/**
 * A draft with its lines; without `detalles`, everything that may be billed of the period (the draft in one click).
 * @throws DatosInvalidos; NoEncontrado; Conflicto with `conflictos` when some line may not be billed, or nothing can.
 */
export function crearEstimacion(ctx: Contexto, datos: CrearEstimacion): Promise<Creada> {
  const fecha = fechaElegida('fecha_estimacion', datos.fecha_estimacion, ctx.hoy)
  return conTransaccion(ctx, async (tx) => {
    const { desde, hasta } = await exigirPeriodo(tx, datos.fecha_desde ?? null, datos.fecha_hasta ?? null, fecha)
    const { id: tomada } = await exigirFamilia(tx, datos.id_ot ?? null)
    await bloquearFamilia(tx, tomada)
    // Again: it could have been deleted, or moved to another family, while the lock was waited for.
    const familia = await exigirFamilia(tx, datos.id_ot ?? null)
    if (familia.id !== tomada) throw new Conflicto('La OT cambió de familia en este momento. Intenta de nuevo.')
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
