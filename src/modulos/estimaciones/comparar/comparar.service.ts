/** Comparing an estimation with the client's own workbook of volumes, and applying what somebody chooses of it. */
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, fechaIso, instanteLocal, type FechaIso } from '../../../comun/fechas.ts'
import { limpiar, plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxLectura, type CtxTx } from '../../../plataforma/contexto.ts'
import { revisarArchivo, type ArchivoPorRevisar, type ReglasDeArchivo } from '../../../plataforma/revision-archivos.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  descargaDe,
  guardarArchivo,
  nombreDeArchivo,
  type Deposito,
  type DepositoDeLectura,
  type Descarga,
} from '../../archivos/index.ts'
import type { EventoAuditado } from '../../auditoria/index.ts'
import { bloquearProduccion } from '../candidatas.repo.ts'
import { listarDetalle } from '../consultas.repo.ts'
import { anotar, nombreDe } from '../estimaciones.auditoria.ts'
import * as lineas from '../estimaciones.repo.ts'
import {
  candidatasDe,
  cerrarCambio,
  exigirBorrador,
  falta,
  obtenerEstimacion,
  tomarEstimacion,
  type Resultado as Cambio,
} from '../estimaciones.service.ts'
import { LARGO_MINIMO_COMENTARIO, type Estimacion } from '../estimaciones.tipos.ts'
import { totalesEnTexto } from '../estimaciones.vista.ts'
import { totalesDe, type LineaSumable } from '../importes.contrato.ts'
import { analizar, type Analisis } from './analisis.service.ts'
import {
  NO_COMPARAR,
  type Comparacion,
  type ComparacionGuardada,
  type DestinoDeFaltantes,
  type PaginaComparar,
  type Movimiento,
  type PlanDeAplicacion,
} from './comparar.contrato.ts'
import * as repo from './comparar.repo.ts'
import type { AplicarComparacion, ElegirConceptos, PlanearComparacion, SubirLibro } from './comparar.schema.ts'
import { leerVolumenes } from './lectura/index.ts'

const REGLAS: ReglasDeArchivo = {
  campo: 'archivo',
  clases: ['xlsx', 'xlsm'],
  admitidos: 'Elige un libro de Excel (.xlsx). Si tienes un .csv o un .xls, ábrelo en Excel y guárdalo como .xlsx.',
  maximoMb: 25,
}
const CAMBIO = 'La estimación o su producción cambió desde que viste la comparación. Revísala otra vez.'

// ------------------------------------------------------------------------------------------------------------- page

/** Page of the comparisons of an estimation; the newest is open unless the address names another. @throws NoEncontrado. */
export async function paginaComparar(ctx: Contexto, id: number, idComparacion: number | null): Promise<PaginaComparar> {
  const estimacion = await obtenerEstimacion(ctx, id)
  const { idOt, fechaDesde, fechaHasta } = estimacion
  const borrador = estimacion.estatus === 'EN_ESTIMACION'
  const guardadas = await repo.listarComparaciones(ctx.bd, id)
  const abierta = idComparacion ?? guardadas[0]?.id ?? null
  const comparacion = abierta === null ? null : await verComparacion(ctx, abierta, id)
  const meses = mesesDe(fechaDesde, fechaHasta)
  return {
    id,
    folio: `EST-${String(estimacion.numero)}`,
    ot: estimacion.ot,
    estatus: estimacion.estatus,
    version: estimacion.version,
    puede: { comparar: borrador && tienePermiso(ctx, 'operaciones.change_estimacionheader') },
    meses: meses.length > 1 ? meses.map((mes) => ({ valor: mes, texto: textoDeMes(mes) })) : [],
    sitios: await repo.listarSitios(ctx.bd, idOt, fechaDesde, fechaHasta),
    comparaciones: guardadas.map(enLista),
    comparacion,
  }
}

function enLista({
  aplico,
  fecha_aplicacion,
  ajustadas,
  agregadas,
  quitadas,
  ...c
}: repo.ComparacionDeLista): ComparacionGuardada {
  const partes = [
    [ajustadas, 'ajustada', 'ajustadas'],
    [agregadas, 'agregada', 'agregadas'],
    [quitadas, 'quitada', 'quitadas'],
  ] as const
  const hecho = partes.flatMap(([n, una, varias]) => (n === 0 ? [] : [plural(n, una, varias)]))
  return {
    ...c,
    fecha: instanteLocal(c.fecha),
    usuario: c.usuario ?? 'Sistema',
    aplicada:
      fecha_aplicacion === null
        ? null
        : `${hecho.join(', ')}; ${aplico ?? 'Sistema'}, ${instanteLocal(fecha_aplicacion)}`,
  }
}

/** `AAAA-MM` of a period. */
function mesesDe(desde: FechaIso, hasta: FechaIso): string[] {
  const meses: string[] = []
  let [anio, mes] = [Number(desde.slice(0, 4)), Number(desde.slice(5, 7))]
  for (;;) {
    const clave = `${String(anio)}-${String(mes).padStart(2, '0')}`
    if (clave > hasta.slice(0, 7)) return meses
    meses.push(clave)
    ;[anio, mes] = mes === 12 ? [anio + 1, 1] : [anio, mes + 1]
  }
}

const MES = new Intl.DateTimeFormat('es-MX', { month: 'long', year: 'numeric', timeZone: 'UTC' })
const textoDeMes = (mes: string): string => MES.format(new Date(`${mes}-01T00:00:00Z`))

// ------------------------------------------------------------------------------------------------------------ upload

/**
 * Reads the workbook in a thread, keeps it and compares it with the draft.
 * @throws NoEncontrado; Conflicto unless it is a draft; DatosInvalidos for what cannot be read, is of another OT or of
 * other days; ArchivoMuyGrande.
 */
export async function subirLibro(
  { ctx, almacen }: Deposito,
  pedido: SubirLibro,
  subida: ArchivoPorRevisar,
): Promise<Comparacion> {
  const estimacion = await obtenerEstimacion(ctx, pedido.id)
  exigirBorrador(estimacion)
  const meses = mesesDe(estimacion.fechaDesde, estimacion.fechaHasta)
  const mes = pedido.mes ?? null
  if (mes !== null && !meses.includes(mes)) throw falta('mes', 'Ese mes no es del periodo de la estimación.')
  const sitio = await exigirSitio(ctx, estimacion, pedido.sitio ?? null)
  await revisarArchivo(subida, REGLAS)
  const leida = await leerVolumenes({
    ruta: subida.ruta,
    ots: await repo.listarFolios(ctx.bd, estimacion.idOt),
    meses: mes === null ? meses : [mes],
  })
  const lectura = { ...leida, soloSitio: sitio }
  // Before keeping anything: a workbook of something else is not worth a row.
  exigirAlgoComun(estimacion, await analizar(ctx, estimacion, { id: 0, lectura, elecciones: {} }))
  const nombre = nombreDeArchivo(subida.nombre)
  const archivo = await guardarArchivo({ ctx, almacen }, subida, REGLAS)
  return conTransaccion(ctx, async (tx) => {
    const actual = await obtenerEstimacion(tx, estimacion.id)
    exigirBorrador(actual)
    const { comparacion } = await analizar(tx, actual, { id: 0, lectura, elecciones: {} })
    const { resumen, sin_concepto: sin, ambiguas } = comparacion
    const id = await repo.insertarComparacion(
      tx,
      { idEstimacion: actual.id, idArchivo: archivo.id, nombre, lectura },
      {
        igual: resumen.igual.filas,
        diferente: resumen.diferente.filas,
        falta_archivo: resumen.falta_archivo.filas,
        falta_estimacion: resumen.falta_estimacion.filas,
        sinConcepto: sin.length + ambiguas.length,
      },
    )
    await anotar(tx, actual, actual.version, [
      {
        evento: 'ACTUALIZAR',
        campo: 'Comparó',
        actual: nombre,
        detalle: `la estimación ${nombreDe(actual)} con el libro «${nombre}» del cliente`,
      },
    ])
    return { ...comparacion, id }
  })
}

async function exigirSitio(ctx: CtxLectura, e: Estimacion, sitio: string | null): Promise<string | null> {
  if (sitio === null) return null
  const sitios = await repo.listarSitios(ctx.bd, e.idOt, e.fechaDesde, e.fechaHasta)
  if (!sitios.includes(sitio)) throw falta('sitio', 'Ese sitio no tiene producción de la OT en el periodo.')
  return sitio
}

function exigirAlgoComun(
  { ot, fechaDesde, fechaHasta }: Estimacion,
  { comparados, reconocidos, comparacion }: Analisis,
): void {
  // With cells that could not be read, those are what the person has to see.
  if (comparados > 0 || comparacion.total_errores > 0) return
  const rechazar = (mensaje: string): DatosInvalidos => new DatosInvalidos(mensaje, { campos: { archivo: mensaje } })
  if (reconocidos === 0)
    throw rechazar(`Ninguna partida del libro es de la OT ${ot}. Revisa que sea el libro de esta OT.`)
  if (comparacion.ambiguas.length === 0)
    throw rechazar(
      `Ningún día del libro cae en el periodo de la estimación, del ${aDdMmAaaa(fechaDesde)} al ${aDdMmAaaa(fechaHasta)}.`,
    )
}

// ---------------------------------------------------------------------------------------------------------- reading

async function exigirComparacion(ctx: CtxLectura, id: number | null | undefined): Promise<repo.ComparacionLeida> {
  const comparacion = id == null ? null : await repo.buscarComparacion(ctx.bd, id)
  if (!comparacion) throw new NoEncontrado('Comparación no encontrada')
  return comparacion
}

/** A kept comparison against the estimation of today. @throws NoEncontrado. */
export async function verComparacion(
  ctx: CtxLectura,
  id: number | null | undefined,
  deEstimacion?: number,
): Promise<Comparacion> {
  const guardada = await exigirComparacion(ctx, id)
  if (deEstimacion !== undefined && guardada.idEstimacion !== deEstimacion)
    throw new NoEncontrado('Comparación no encontrada')
  const estimacion = await obtenerEstimacion(ctx, guardada.idEstimacion)
  return (await analizar(ctx, estimacion, guardada)).comparacion
}

/** The workbook as it was uploaded. @throws NoEncontrado. */
export async function descargarLibro(deposito: DepositoDeLectura, id: number | null | undefined): Promise<Descarga> {
  const { idArchivo, nombre } = await exigirComparacion(deposito.ctx, id)
  return descargaDe(deposito, idArchivo, nombre)
}

// ---------------------------------------------------------------------------------------------------------- choosing

/** Says of which concept each ambiguous group is; what is not sent stays as it was. */
export function elegirConceptos(ctx: Contexto, datos: ElegirConceptos): Promise<Comparacion> {
  return conTransaccion(ctx, async (tx) => {
    const guardada = await exigirComparacion(tx, datos.id)
    const estimacion = await obtenerEstimacion(tx, guardada.idEstimacion)
    exigirBorrador(estimacion)
    const { comparacion } = await analizar(tx, estimacion, guardada)
    const opciones = new Map(
      comparacion.ambiguas.map((grupo) => [
        grupo.clave,
        new Set([NO_COMPARAR, ...grupo.opciones.map(({ clave }) => clave)]),
      ]),
    )
    for (const [grupo, eleccion] of Object.entries(datos.elecciones))
      if (opciones.get(grupo)?.has(eleccion) !== true)
        throw falta('elecciones', 'Elige uno de los conceptos que se ofrecen.')
    const elecciones = { ...guardada.elecciones, ...datos.elecciones }
    await repo.actualizarElecciones(tx, guardada.id, elecciones)
    await anotar(tx, estimacion, estimacion.version, [
      {
        evento: 'ACTUALIZAR',
        campo: 'Eligió conceptos',
        detalle: `de ${plural(Object.keys(datos.elecciones).length, 'grupo', 'grupos')} del libro «${guardada.nombre}» en la estimación ${nombreDe(estimacion)}`,
      },
    ])
    return (await analizar(tx, estimacion, { ...guardada, elecciones })).comparacion
  })
}

// ---------------------------------------------------------------------------------------------------------- applying

/** What applying some rows would do, without doing it. @throws as `aplicarComparacion`. */
export async function planDeComparacion(ctx: Contexto, datos: PlanearComparacion): Promise<PlanDeAplicacion> {
  const guardada = await exigirComparacion(ctx, datos.id)
  const estimacion = await obtenerEstimacion(ctx, guardada.idEstimacion)
  const analisis = await analizar(ctx, estimacion, guardada)
  const movimientos = movimientosElegidos(analisis, datos)
  return {
    movimientos,
    antes: totalesEnTexto(estimacion.totales),
    despues: totalesEnTexto(
      totalesDe(await lineasTras(ctx, estimacion, { movimientos, analisis }), estimacion.tipoCambio),
    ),
  }
}

/** The live lines as the steps leave them. */
async function lineasTras(
  ctx: CtxLectura,
  { id }: Estimacion,
  { movimientos, analisis }: { movimientos: readonly Movimiento[]; analisis: Analisis },
): Promise<LineaSumable[]> {
  const porProduccion = new Map(movimientos.map((movimiento) => [movimiento.id_produccion, movimiento]))
  const vivas = (await listarDetalle(ctx.bd, id)).filter(({ rechazada }) => !rechazada)
  const quedan = vivas.flatMap((linea): LineaSumable[] => {
    const movimiento = porProduccion.get(linea.idProduccion)
    if (movimiento === undefined) return [linea]
    return movimiento.accion === 'quitar' ? [] : [{ ...linea, volumenEstimado: dinero(movimiento.a) }]
  })
  const nuevas = analisis.nuestro.candidatas.flatMap((candidata): LineaSumable[] => {
    const movimiento = porProduccion.get(candidata.idProduccion)
    if (movimiento?.accion !== 'agregar') return []
    return [{ ...candidata, volumenActual: candidata.volumen, volumenEstimado: dinero(movimiento.a) }]
  })
  return [...quedan, ...nuevas]
}

/** @throws Conflicto when what the person saw is not what there is; DatosInvalidos for what cannot be applied. */
function movimientosElegidos({ filas, comparacion }: Analisis, datos: PlanearComparacion): Movimiento[] {
  if (comparacion.impedimento !== null) throw new Conflicto(comparacion.impedimento)
  if (datos.huella == null) throw falta('huella', 'Falta la huella de la comparación. Actualiza la página.')
  if (datos.huella !== comparacion.huella) throw new Conflicto(CAMBIO)
  const claves = new Set(datos.claves ?? [])
  if (claves.size === 0) throw falta('claves', 'Elige al menos una diferencia.')
  const elegidas = filas.filter(({ fila }) => claves.has(fila.clave))
  const mala = elegidas.find(({ fila }) => !fila.aplicable)
  if (mala !== undefined || elegidas.length !== claves.size)
    throw falta('claves', mala?.fila.porque ?? 'Alguna de esas diferencias ya no está en la comparación.')
  const destino: DestinoDeFaltantes = datos.faltantes ?? 'cero'
  return elegidas.flatMap(({ fila, movimientos }) =>
    fila.resultado === 'falta_archivo' && destino === 'quitar'
      ? movimientos.map((movimiento): Movimiento => ({ ...movimiento, accion: 'quitar' }))
      : movimientos,
  )
}

/**
 * Applies the chosen differences in one transaction, each changed line with the reason.
 * @throws DatosInvalidos for the reason or what cannot be applied; Conflicto when the draft, its production or what was
 * chosen changed since the person saw the comparison.
 */
export function aplicarComparacion(ctx: Contexto, datos: AplicarComparacion): Promise<Cambio & { lineas: number }> {
  const motivo = limpiar(datos.motivo ?? '')
  return conTransaccion(ctx, async (tx) => {
    const antes = await exigirComparacion(tx, datos.id)
    const actual = await tomarEstimacion(tx, antes.idEstimacion, datos.version)
    exigirBorrador(actual)
    if (motivo.length < LARGO_MINIMO_COMENTARIO)
      throw falta('motivo', `Escribe el motivo (${String(LARGO_MINIMO_COMENTARIO)} caracteres o más).`)
    const candidatas = await candidatasDe(tx, actual.idOt, { desde: actual.fechaDesde, hasta: actual.fechaHasta })
    await bloquearProduccion(
      tx,
      candidatas.map(({ idProduccion }) => idProduccion),
    )
    const guardada = await exigirComparacion(tx, datos.id)
    const analisis = await analizar(tx, actual, guardada)
    const movimientos = movimientosElegidos(analisis, datos)
    const comentario = `Cliente: ${motivo}`
    const cuentas = await darMovimientos(tx, actual.id, { movimientos, analisis, comentario })
    await repo.anotarAplicacion(tx, guardada.id, { motivo, ...cuentas })
    const resultado = await cerrarCambio(tx, actual.id)
    await anotar(tx, actual, resultado.version, [
      {
        evento: 'MODIFICAR',
        campo: 'Aplicó lo del cliente',
        anterior: textoPlano(actual.totales.homologado),
        actual: textoPlano(resultado.totales.homologado),
        detalle: `${plural(movimientos.length, 'línea', 'líneas')} de la estimación ${nombreDe(actual)} con el libro «${guardada.nombre}»: ${motivo}`,
      },
      ...movimientos.map((movimiento) => eventoDe(movimiento, actual, comentario)),
    ])
    return { ...resultado, lineas: movimientos.length }
  })
}

async function darMovimientos(
  tx: CtxTx,
  idEstimacion: number,
  { movimientos, analisis, comentario }: { movimientos: readonly Movimiento[]; analisis: Analisis; comentario: string },
): Promise<Record<'ajustadas' | 'agregadas' | 'quitadas', number>> {
  const de = (accion: Movimiento['accion']): Movimiento[] =>
    movimientos.filter((movimiento) => movimiento.accion === accion)
  const [ajustar, agregar, quitar] = [de('ajustar'), de('agregar'), de('quitar')]
  if (ajustar.length > 0)
    await repo.actualizarVolumenes(
      tx,
      idEstimacion,
      ajustar.flatMap(({ id_detalle: linea, a }) => (linea === null ? [] : [{ linea, volumen: a }])),
      comentario,
    )
  const porProduccion = new Map(analisis.nuestro.candidatas.map((una) => [una.idProduccion, una]))
  if (agregar.length > 0)
    await lineas.insertarLineas(
      tx,
      idEstimacion,
      agregar.flatMap(({ id_produccion, a }) => {
        const candidata = porProduccion.get(id_produccion)
        return candidata === undefined ? [] : [{ candidata, volumen: dinero(a), comentario }]
      }),
    )
  if (quitar.length > 0)
    await lineas.borrarLineas(
      tx,
      idEstimacion,
      quitar.flatMap(({ id_detalle }) => (id_detalle === null ? [] : [id_detalle])),
    )
  return { ajustadas: ajustar.length, agregadas: agregar.length, quitadas: quitar.length }
}

type EventoDeLinea = Pick<EventoAuditado, 'evento' | 'campo' | 'campoClave' | 'anterior' | 'actual' | 'detalle'>

function eventoDe(movimiento: Movimiento, estimacion: Estimacion, comentario: string): EventoDeLinea {
  return {
    evento: 'MODIFICAR',
    campo: `Volumen estimado de ${movimiento.codigo} del ${aDdMmAaaa(fechaIso(movimiento.fecha))}`,
    campoClave: 'volumen_estimado',
    anterior: movimiento.accion === 'agregar' ? '' : movimiento.de,
    actual: movimiento.accion === 'quitar' ? '' : movimiento.a,
    detalle: `la estimación ${nombreDe(estimacion)}: ${comentario}`,
  }
}
