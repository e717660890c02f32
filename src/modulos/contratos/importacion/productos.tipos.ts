/** Columns and shapes of the workbook of the products of the system before (catalogos.md §9). */
import type { EncabezadoDeHoja, Problema } from '../../../plataforma/excel/hoja.tipos.ts'

const TITULOS = {
  id_partida: 'idpartida',
  descripcion_concepto: 'descripcionconcepto',
  anexo: 'anexo',
  id_sitio: 'idsitio',
  id_tipo_partida: 'idtipopartida',
  id_unidad_medida: 'idunidadmedida',
  precio_unitario_mn: 'preciounitariomn',
  precio_unitario_usd: 'preciounitariousd',
  activo: 'activo',
  comentario: 'comentario',
} as const

export type ColumnaProducto = keyof typeof TITULOS

export const PRODUCTO_POR_TITULO: ReadonlyMap<string, ColumnaProducto> = new Map(
  (Object.entries(TITULOS) as [ColumnaProducto, string][]).map(([columna, titulo]) => [titulo, columna]),
)

/** What makes a row the header of such a sheet. */
export const COLUMNAS_DE_PRODUCTOS: readonly ColumnaProducto[] = [
  'id_partida',
  'descripcion_concepto',
  'id_tipo_partida',
  'id_unidad_medida',
]

export type EncabezadoDeProductos = EncabezadoDeHoja<ColumnaProducto>

/** A product, with the names of its columns. History: stored as it stands. */
export interface ValoresProducto {
  readonly id_partida: string
  readonly descripcion_concepto: string
  readonly anexo: string | null
  readonly id_sitio: number | null
  readonly id_tipo_partida: number
  readonly id_unidad_medida: number
  readonly precio_unitario_mn: string | null
  readonly precio_unitario_usd: string | null
  readonly activo: boolean
  readonly comentario: string | null
}

export interface FilaProducto {
  readonly fila: number
  readonly valores: ValoresProducto
  readonly errores: Problema[]
  readonly advertencias: Problema[]
}

/** The workbook of products, read whole. */
export interface LibroDeProductos {
  readonly clase: 'productos'
  readonly sha256: string
  readonly encabezado: EncabezadoDeProductos
  readonly filas: readonly FilaProducto[]
  readonly advertencias: readonly Problema[]
}
