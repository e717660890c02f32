/** Export of the whole filtered set of the OT table, in its order (ot.md has none; issue A §4). */
import type { Writable } from 'node:stream'
import { setTimeout as descansar } from 'node:timers/promises'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { leerFechaCapturada } from '../../../comun/fechas-capturadas.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { escribirCsv } from '../../../plataforma/excel/csv.ts'
import {
  escribirLibro,
  type ColumnaExcel,
  type TipoColumnaExcel,
  type ValorExcel,
} from '../../../plataforma/excel/escribir.ts'
import { filasPorId, idsDeTabla, type ColumnaTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import type { FiltrosOt } from '../ot.schema.ts'
import { COLUMNAS_EXPORTABLES, nombreDeConjunto, TABLA_OT } from '../ot.tabla.ts'
import type { OpcionesDeExportacion } from './exportacion.schema.ts'

/** Rows per query and rest after each one: a page asked for meanwhile waits for one small piece, not for the export. */
const FILAS_POR_TROZO = 50
const DESCANSO_MS = 2

/** A file ready to be written; nothing of it exists yet. */
export interface Exportacion {
  readonly nombre: string
  readonly tipo: string
  readonly escribir: (salida: Writable) => Promise<void>
}

export const TIPO_XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const TIPO_CSV = 'text/csv; charset=utf-8'

/**
 * The rows that the table has with those filters, search and order, and the columns asked for. It is logged before the
 * first byte leaves.
 * @throws DatosInvalidos when a column does not exist.
 */
export async function exportarOts(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosOt>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegir(claves)
  const ids = await idsDeTabla(ctx, TABLA_OT, peticion)
  const nombre = `ordenes-de-trabajo-${nombreDeConjunto(peticion.filtros)}-${ctx.hoy}.${formato}`
  await anotarExportacion(ctx, null, `${plural(ids.length, 'orden de trabajo', 'órdenes de trabajo')} en ${nombre}`)
  const contenido = { columnas: columnas.map(columnaExcel), filas: filasDe(ctx, ids, columnas) }
  return formato === 'csv'
    ? { nombre, tipo: TIPO_CSV, escribir: escritor((salida) => escribirCsv(salida, contenido)) }
    : { nombre, tipo: TIPO_XLSX, escribir: escritor((salida) => escribirLibro(salida, { hoja: HOJA, ...contenido })) }
}

const HOJA = 'Órdenes de trabajo'

/** Who answers a download does not care how many rows it had. */
const escritor =
  (escribir: (salida: Writable) => Promise<number>) =>
  async (salida: Writable): Promise<void> => {
    await escribir(salida)
  }

/** Row of the log of an export, in a transaction of its own: the file is written after it. */
export function anotarExportacion(ctx: Contexto, registroId: number | null, detalle: string): Promise<void> {
  return conTransaccion(ctx, (tx) =>
    registrarEvento(tx, { tabla: TABLA_LOG.OT, registroId, evento: 'EXPORTAR', campo: 'Exportó', detalle }),
  )
}

function elegir(claves: readonly string[]): readonly ColumnaTabla[] {
  if (claves.length === 0) return COLUMNAS_EXPORTABLES
  return claves.map((clave) => {
    const columna = COLUMNAS_EXPORTABLES.find((candidata) => candidata.clave === clave)
    if (columna === undefined) throw new DatosInvalidos(`La columna «${clave}» no existe en esta tabla.`)
    return columna
  })
}

const TIPO_DE_CELDA: Readonly<Record<ColumnaTabla['tipo'], TipoColumnaExcel>> = {
  texto: 'texto',
  entero: 'entero',
  decimal: 'decimal',
  dinero: 'dinero',
  fecha: 'fecha',
  porcentaje: 'entero',
}

const columnaExcel = ({ titulo, tipo }: ColumnaTabla): ColumnaExcel => ({
  titulo: tipo === 'porcentaje' ? `${titulo} (%)` : titulo,
  tipo: TIPO_DE_CELDA[tipo],
})

async function* filasDe(
  ctx: Contexto,
  ids: readonly number[],
  columnas: readonly ColumnaTabla[],
): AsyncGenerator<ValorExcel[]> {
  for (let desde = 0; desde < ids.length; desde += FILAS_POR_TROZO) {
    const trozo = await filasPorId(ctx, TABLA_OT, ids.slice(desde, desde + FILAS_POR_TROZO))
    for (const fila of trozo) yield columnas.map((columna) => celda(ctx, columna, fila[columna.clave]))
    await descansar(DESCANSO_MS)
  }
}

/** Days come as people read them (`DD/MM/YYYY`) and leave as days. */
function celda(ctx: Contexto, { tipo }: ColumnaTabla, valor: unknown): ValorExcel {
  if (tipo === 'fecha') return typeof valor === 'string' ? leerFechaCapturada(valor, ctx.hoy) : null
  return typeof valor === 'string' || typeof valor === 'number' ? valor : null
}
