import type { Writable } from 'node:stream'
import { setTimeout as descansar } from 'node:timers/promises'
import { z } from 'zod'
import { DatosInvalidos } from '../comun/errores.ts'
import { leerFechaCapturada } from '../comun/fechas-capturadas.ts'
import type { Contexto } from './contexto.ts'
import { escribirCsv } from './excel/csv.ts'
import {
  escribirHojas,
  escribirLibro,
  type ColumnaExcel,
  type ContenidoDeLibro,
  type ValorExcel,
} from './excel/escribir.ts'
import { filasPorId, type ColumnaTabla, type DefTabla } from './tabla.ts'

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

/** What an export adds to the question of the table: kind of file and columns (all of them when it does not say). */
export const OpcionesDeExportacion = z.object({
  formato: z.enum(['xlsx', 'csv'], { error: 'El formato debe ser xlsx o csv.' }).default('xlsx'),
  columnas: z
    .string()
    .default('')
    .transform((lista) => lista.split(',').filter((clave) => clave !== '')),
})
export type OpcionesDeExportacion = z.output<typeof OpcionesDeExportacion>

/** Any rows as a workbook or as CSV; `nombre` comes without extension. */
export function exportarContenido(
  formato: OpcionesDeExportacion['formato'],
  nombre: string,
  contenido: ContenidoDeLibro,
): Exportacion {
  return {
    nombre: `${nombre}.${formato}`,
    tipo: formato === 'csv' ? TIPO_CSV : TIPO_XLSX,
    escribir: async (salida) => {
      await (formato === 'csv' ? escribirCsv(salida, contenido) : escribirLibro(salida, contenido))
    },
  }
}

/** Several sheets as a workbook; `nombre` comes without extension. */
export function exportarHojas(nombre: string, hojas: readonly ContenidoDeLibro[]): Exportacion {
  return {
    nombre: `${nombre}.xlsx`,
    tipo: TIPO_XLSX,
    escribir: async (salida) => {
      await escribirHojas(salida, hojas)
    },
  }
}

/** A folio or a name that any disk takes. */
export const nombreDeArchivo = (texto: string): string =>
  texto
    .replace(/[^\p{L}\p{N}._-]+/gu, '-')
    .replace(/^-+|-+$/g, '')
    .slice(0, 80)

/** The rows of a table with those ids (`idsDeTabla`), in that order, read little by little while they are written. */
export function exportarTabla<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  ids: readonly number[],
  archivo: {
    formato: OpcionesDeExportacion['formato']
    nombre: string
    hoja: string
    columnas: readonly ColumnaTabla[]
  },
): Exportacion {
  return exportarContenido(archivo.formato, archivo.nombre, {
    hoja: archivo.hoja,
    columnas: archivo.columnas.map(columnaExcel),
    filas: filasDe(ctx, def, ids, archivo.columnas),
  })
}

/** Columns that the export of a table offers, in their order. */
export function columnasExportables<F>(def: Pick<DefTabla<F>, 'columnas'>): readonly ColumnaTabla[] {
  return def.columnas.filter(({ exporta }) => exporta !== false)
}

/** The columns asked for by key; all of them when none is. @throws DatosInvalidos when one does not exist. */
export function elegirColumnas<F>(
  def: Pick<DefTabla<F>, 'columnas'>,
  claves: readonly string[],
): readonly ColumnaTabla[] {
  const exportables = columnasExportables(def)
  if (claves.length === 0) return exportables
  return claves.map((clave) => {
    const columna = exportables.find((candidata) => candidata.clave === clave)
    if (columna === undefined) throw new DatosInvalidos(`La columna «${clave}» no existe en esta tabla.`)
    return columna
  })
}

const columnaExcel = ({ titulo, tipo }: ColumnaTabla): ColumnaExcel => ({
  titulo: tipo === 'porcentaje' ? `${titulo} (%)` : titulo,
  tipo: tipo === 'porcentaje' ? 'entero' : tipo,
})

async function* filasDe<F>(
  ctx: Contexto,
  def: DefTabla<F>,
  ids: readonly number[],
  columnas: readonly ColumnaTabla[],
): AsyncGenerator<ValorExcel[]> {
  for (let desde = 0; desde < ids.length; desde += FILAS_POR_TROZO) {
    const trozo = await filasPorId(ctx, def, ids.slice(desde, desde + FILAS_POR_TROZO))
    for (const fila of trozo) yield columnas.map((columna) => celda(ctx, columna, fila[columna.clave]))
    await descansar(DESCANSO_MS)
  }
}

/** Days come as people read them (`DD/MM/YYYY`) and leave as days. */
function celda(ctx: Contexto, { tipo }: ColumnaTabla, valor: unknown): ValorExcel {
  if (tipo === 'fecha') return typeof valor === 'string' ? leerFechaCapturada(valor, ctx.hoy) : null
  return typeof valor === 'string' || typeof valor === 'number' ? valor : null
}
