/** Comparing an estimation with the client's own workbook of volumes (issue D §2): its page, its uploads and what is chosen. */
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, instanteLocal, type FechaIso } from '../../../comun/fechas.ts'
import { nombreDelMes } from '../../../comun/meses.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../../plataforma/contexto.ts'
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
import { anotar, nombreDe } from '../estimaciones.auditoria.ts'
import { exigirBorrador, falta, obtenerEstimacion } from '../cambios.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { analizar, type Analisis } from './analisis.service.ts'
import { NO_COMPARAR, type Comparacion, type ComparacionGuardada, type PaginaComparar } from './comparar.contrato.ts'
import * as repo from './comparar.repo.ts'
import type { ElegirConceptos, SubirLibro } from './comparar.schema.ts'
import { leerVolumenes } from './lectura/index.ts'

const REGLAS: ReglasDeArchivo = {
  campo: 'archivo',
  clases: ['xlsx', 'xlsm'],
  admitidos: 'Elige un libro de Excel (.xlsx). Si tienes un .csv o un .xls, ábrelo en Excel y guárdalo como .xlsx.',
  maximoMb: 25,
}

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

const textoDeMes = (mes: string): string => nombreDelMes(Number(mes.slice(5)), Number(mes.slice(0, 4)))

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

/** A kept comparison, or 404; `bloquear` holds it until the transaction ends. */
export async function exigirComparacion(
  ctx: CtxLectura,
  id: number | null | undefined,
  bloquear = false,
): Promise<repo.ComparacionLeida> {
  const comparacion = id == null ? null : await repo.buscarComparacion(ctx.bd, id, bloquear)
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

/**
 * Says of which concept each ambiguous group is; what is not sent stays as it was, also when two people choose at once.
 * @throws NoEncontrado; Conflicto unless it is a draft; DatosInvalidos for a concept that is not offered.
 */
export function elegirConceptos(ctx: Contexto, datos: ElegirConceptos): Promise<Comparacion> {
  return conTransaccion(ctx, async (tx) => {
    const guardada = await exigirComparacion(tx, datos.id, true)
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
