/** The two lists that every import has. */
import type { ColumnaDeImportacion, ListaDeImportacion } from './importacion.contrato.ts'

const PROBLEMA: readonly ColumnaDeImportacion[] = [
  { titulo: 'Celda', campo: 'celda', clase: 'cifras' },
  { titulo: 'Columna', campo: 'columna' },
  { titulo: 'Valor', campo: 'valor', clase: 'texto-largo' },
  { titulo: 'Qué pasa', campo: 'mensaje', clase: 'texto-largo' },
]

export const LISTA_RECHAZADAS: ListaDeImportacion = {
  clave: 'rechazadas',
  futuro: 'Rechazadas',
  pasado: 'Rechazadas',
  columnas: PROBLEMA,
}

export const LISTA_ADVERTENCIAS: ListaDeImportacion = {
  clave: 'advertencias',
  futuro: 'Advertencias',
  pasado: 'Advertencias',
  columnas: PROBLEMA,
}
