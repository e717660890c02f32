/** Columns of the screen (core.md §9.6): what is sorted, what is exported, and what `order[0][column]` means. */
import type { ColumnaTabla, DefTabla } from '../../../plataforma/tabla.ts'
import { sql } from '../../../plataforma/sql.ts'
import { FiltrosActividad } from './actividad.schema.ts'

/** What the order is by; every one ends in date and id. */
export type OrdenActividad = 'fecha' | 'afectacion' | 'evento' | 'nombre_completo'

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero' },
  { clave: 'fecha', titulo: 'Fecha', tipo: 'texto', orden: { expresion: sql`a.fecha` } },
  { clave: 'nombre_completo', titulo: 'Usuario', tipo: 'texto', orden: { expresion: sql`a.usuario_id` } },
  { clave: 'email', titulo: 'Correo', tipo: 'texto' },
  { clave: 'evento', titulo: 'Evento', tipo: 'texto', orden: { expresion: sql`a.evento` } },
  { clave: 'afectacion', titulo: 'Afectación en', tipo: 'texto', orden: { expresion: sql`a.tabla_log` } },
  { clave: 'registro_id', titulo: 'Registro', tipo: 'entero' },
  { clave: 'campo', titulo: 'Campo', tipo: 'texto' },
  { clave: 'valor_anterior', titulo: 'Valor anterior', tipo: 'texto' },
  { clave: 'valor_actual', titulo: 'Valor actual', tipo: 'texto' },
  { clave: 'detalle_evento', titulo: 'Descripción', tipo: 'texto' },
  { clave: 'ip', titulo: 'Dirección IP', tipo: 'texto' },
  { clave: 'transaccion', titulo: 'Operación', tipo: 'texto' },
]

/**
 * The log is asked by its own queries (actividad.repo.ts): a table that only grows, kept by months, is counted and paged
 * without reading it, which the generic table cannot do.
 */
export const TABLA_ACTIVIDAD: Pick<DefTabla<FiltrosActividad>, 'columnas' | 'indices' | 'filtros'> = {
  columnas: COLUMNAS,
  indices: { 1: 'afectacion', 2: 'evento', 3: 'fecha', 4: 'nombre_completo' },
  filtros: FiltrosActividad,
}
