import { z } from 'zod'
import { sql, type Sql } from '../../plataforma/sql.ts'
import { igualdades, type ColumnaTabla, type DefTabla } from '../../plataforma/tabla.ts'
import { palabrasDe } from './conceptos.reglas.ts'
import { FiltrosProductos } from './conceptos.schema.ts'
import { contienePalabra } from './conceptos.tabla.ts'

const calculado = (expresion: Sql) => ({ calculado: () => expresion })
const UNIDAD = sql`(SELECT u.clave FROM unidad_medida u WHERE u.id = o.id_unidad_medida)`
const SITIO = sql`(SELECT s.descripcion FROM sitio s WHERE s.id = o.id_sitio)`
const TIPO = sql`(SELECT t.descripcion FROM tipo t WHERE t.id = o.id_tipo_partida)`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'id_partida', titulo: 'Partida', tipo: 'texto', orden: calculado(sql`o.partida_orden`) },
  {
    clave: 'descripcion_concepto',
    titulo: 'Descripción',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(left(o.descripcion_concepto, 200))`),
  },
  { clave: 'anexo', titulo: 'Anexo', tipo: 'texto', orden: calculado(sql`orden_natural(o.anexo)`) },
  { clave: 'sitio', titulo: 'Sitio', tipo: 'texto', orden: calculado(sql`texto_clave(${SITIO})`) },
  { clave: 'tipo_partida', titulo: 'Tipo', tipo: 'texto', orden: calculado(sql`o.id_tipo_partida`) },
  { clave: 'unidad_medida', titulo: 'Unidad', tipo: 'texto', orden: calculado(sql`texto_clave(${UNIDAD})`) },
  { clave: 'precio_unitario_mn', titulo: 'Precio MN', tipo: 'dinero', orden: calculado(sql`o.precio_unitario_mn`) },
  { clave: 'precio_unitario_usd', titulo: 'Precio USD', tipo: 'dinero', orden: calculado(sql`o.precio_unitario_usd`) },
  { clave: 'activo', titulo: 'Estatus', tipo: 'texto', orden: calculado(sql`o.activo`) },
  { clave: 'comentario', titulo: 'Comentario', tipo: 'texto' },
]

const Fila = z.object({
  id: z.number(),
  id_partida: z.string(),
  descripcion_concepto: z.string(),
  anexo: z.string(),
  sitio: z.string(),
  tipo_partida: z.string(),
  unidad_medida: z.string(),
  precio_unitario_mn: z.string(),
  precio_unitario_usd: z.string(),
  activo_bool: z.boolean(),
  comentario: z.string(),
})

const ALCANCE = { activos: sql`o.activo`, inactivos: sql`NOT o.activo`, todos: sql`TRUE` } as const

/** Products of the system before (catalogos.md §9): read-only; a price that was empty is shown empty. */
export const TABLA_PRODUCTOS: DefTabla<FiltrosProductos> = {
  nombre: 'productos',
  columnas: COLUMNAS,
  indices: {
    1: 'id_partida',
    2: 'descripcion_concepto',
    3: 'anexo',
    4: 'sitio',
    5: 'tipo_partida',
    6: 'unidad_medida',
    7: 'precio_unitario_mn',
    8: 'precio_unitario_usd',
  },
  filtros: FiltrosProductos,
  desde: sql`producto o`,
  desdeFila: sql`producto o`,
  alcance: ({ estado }) => ALCANCE[estado],
  condiciones: (filtros, busqueda) => [
    ...igualdades([
      [sql`o.id_tipo_partida`, filtros.tipo_partida],
      [sql`o.id_sitio`, filtros.sitio],
      [sql`o.id_unidad_medida`, filtros.unidad_medida],
    ]),
    ...palabrasDe(`${filtros.filtro ?? ''} ${busqueda}`).map((palabra) => contienePalabra(sql`o.busqueda`, palabra)),
  ],
  seleccion:
    () => sql`o.id, o.id_partida, o.descripcion_concepto, coalesce(o.anexo, '') AS anexo, coalesce(${SITIO}, '') AS sitio,
    ${TIPO} AS tipo_partida, ${UNIDAD} AS unidad_medida, coalesce(o.precio_unitario_mn::text, '') AS precio_unitario_mn,
    coalesce(o.precio_unitario_usd::text, '') AS precio_unitario_usd, o.activo AS activo_bool, coalesce(o.comentario, '') AS comentario`,
  fila: Fila,
  presentar: (_ctx, fila: z.output<typeof Fila>) => ({ ...fila, activo: fila.activo_bool ? 'Activo' : 'Inactivo' }),
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  conjuntoCalculado: ({ filtro }) => Boolean(filtro),
  sello: sql`cambios_contrato`,
}
