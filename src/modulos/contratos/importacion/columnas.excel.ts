/** Columns of the sheets of prices as the workbooks that we write have them. */
import type { ColumnaExcel, TipoColumnaExcel } from '../../../plataforma/excel/escribir.ts'
import type { ClaseDeHoja, Columna } from './precios.tipos.ts'

interface ColumnaDeLibro {
  readonly columna: Columna
  readonly titulo: string
  readonly tipo: TipoColumnaExcel
  readonly ancho: number
}

const COMUNES: readonly ColumnaDeLibro[] = [
  { columna: 'anexo', titulo: 'ANEXO', tipo: 'texto', ancho: 10 },
  { columna: 'partida', titulo: 'PARTIDA', tipo: 'texto', ancho: 12 },
  { columna: 'concepto', titulo: 'CONCEPTO', tipo: 'texto', ancho: 70 },
  { columna: 'unidad', titulo: 'UNIDAD', tipo: 'texto', ancho: 12 },
  { columna: 'cantidad', titulo: 'CANTIDADES DE REFERENCIA', tipo: 'decimal', ancho: 16 },
  { columna: 'precio_mn', titulo: 'P.U. M.N.', tipo: 'dinero', ancho: 16 },
  { columna: 'precio_usd', titulo: 'P.U. USD', tipo: 'dinero', ancho: 16 },
  { columna: 'categoria', titulo: 'ID PADRE', tipo: 'texto', ancho: 20 },
  { columna: 'subcategoria', titulo: 'ID MADRE', tipo: 'texto', ancho: 20 },
  { columna: 'clasificacion', titulo: 'ID HIJO', tipo: 'texto', ancho: 20 },
]

const DE_PUE: readonly ColumnaDeLibro[] = [
  { columna: 'pte_creacion', titulo: 'PTE CREACION', tipo: 'texto', ancho: 22 },
  { columna: 'ot_creacion', titulo: 'OT CREACION', tipo: 'texto', ancho: 28 },
  { columna: 'fecha_autorizacion', titulo: 'FECHA SANCION', tipo: 'fecha', ancho: 14 },
  { columna: 'partida_ext', titulo: 'PARTIDA EXT', tipo: 'texto', ancho: 14 },
  { columna: 'estatus', titulo: 'ESTATUS', tipo: 'texto', ancho: 18 },
  { columna: 'comentario', titulo: 'COMENTARIO', tipo: 'texto', ancho: 40 },
]

/** Columns of a sheet of that class, in their order. */
export const columnasDe = (clase: ClaseDeHoja): readonly ColumnaDeLibro[] =>
  clase === 'contrato' ? COMUNES : [...COMUNES, ...DE_PUE]

export const comoColumna = ({ titulo, tipo, ancho }: ColumnaDeLibro): ColumnaExcel => ({ titulo, tipo, ancho })
