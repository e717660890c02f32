import { z } from 'zod'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { col } from '../../plataforma/columnas.ts'
import { contiene, sql, todas, VACIO, type Sql } from '../../plataforma/sql.ts'
import { igualdades, type ColumnaTabla, type DefTabla } from '../../plataforma/tabla.ts'
import { palabrasDe } from './conceptos.reglas.ts'
import { FiltrosConceptos, FiltrosPues } from './conceptos.schema.ts'
import type { FilaConcepto, FilaPue } from './contratos.contrato.ts'
import { TIPO_PARTIDA } from './contratos.tipos.ts'

const calculado = (expresion: Sql) => ({ calculado: () => expresion })

const SUB_ANEXO = sql`(SELECT s.clave_anexo FROM contrato_sub_anexo s WHERE s.id = o.id_sub_anexo)`
const UNIDAD = sql`(SELECT u.clave FROM unidad_medida u WHERE u.id = o.id_unidad_medida)`

const PARTIDA: ColumnaTabla = {
  clave: 'id_partida',
  titulo: 'Partida',
  tipo: 'texto',
  orden: { expresion: sql`o.partida_orden` },
}

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  PARTIDA,
  {
    clave: 'descripcion',
    titulo: 'Descripción',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(left(o.descripcion, 200))`),
  },
  { clave: 'unidad_medida', titulo: 'Unidad', tipo: 'texto', orden: calculado(sql`texto_clave(${UNIDAD})`) },
  {
    clave: 'anexo',
    titulo: 'Anexo',
    tipo: 'texto',
    orden: calculado(sql`(SELECT s.clave_orden FROM contrato_sub_anexo s WHERE s.id = o.id_sub_anexo)`),
  },
  { clave: 'cantidad_referencia', titulo: 'Cant. Ref.', tipo: 'decimal', orden: calculado(sql`o.cantidad`) },
  { clave: 'precio_unitario_mn', titulo: 'Precio MN', tipo: 'dinero', orden: calculado(sql`o.precio_unitario_mn`) },
  { clave: 'precio_unitario_usd', titulo: 'Precio USD', tipo: 'dinero', orden: calculado(sql`o.precio_unitario_usd`) },
  {
    clave: 'partida_extraordinaria',
    titulo: 'PUE de origen',
    tipo: 'texto',
    orden: calculado(sql`orden_natural(o.partida_extraordinaria)`),
  },
  { clave: 'pte', titulo: 'PTE origen', tipo: 'texto', orden: calculado(sql`texto_clave(o.pte_creacion)`) },
  { clave: 'ot', titulo: 'OT origen', tipo: 'texto', orden: calculado(sql`texto_clave(o.ot_creacion)`) },
  { clave: 'estatus_pue', titulo: 'Estatus PUE', tipo: 'texto', orden: calculado(sql`o.estatus`) },
  { clave: 'fecha_sancion', titulo: 'Fecha sanción', tipo: 'fecha', orden: calculado(sql`o.fecha_autorizacion`) },
  { clave: 'activo', titulo: 'Estatus', tipo: 'texto', orden: calculado(sql`o.activo`) },
  { clave: 'comentario', titulo: 'Comentario', tipo: 'texto' },
]

const Fila = z.object({
  id: z.number(),
  tipo: z.number(),
  partida: z.string().nullable(),
  partida_extraordinaria: z.string().nullable(),
  descripcion: z.string(),
  unidad: z.string(),
  anexo: z.string().nullable(),
  cantidad: z.string(),
  precio_mn: z.string(),
  precio_usd: z.string(),
  activo: z.boolean(),
  comentario: z.string().nullable(),
  pte: z.string().nullable(),
  ot: z.string().nullable(),
  estatus: z.string().nullable(),
  fecha: col.fechaN,
})

/** `a LIKE %palabra%` as the generated columns write texts; the index has the default collation. */
export function contienePalabra(columna: Sql, palabra: string): Sql {
  return sql`${columna} LIKE texto_busqueda(${contiene(palabra)}::text) COLLATE "default"`
}

/** Every word, in any order, in the codes or the texts of a concept; of an ordinary one, its sub-annex too (catalogos.md §6.2). */
function conPalabras(filtro: string, conAnexo: boolean): Sql[] {
  return palabrasDe(filtro).map((palabra) => {
    const enTexto = contienePalabra(sql`o.busqueda`, palabra)
    if (!conAnexo) return enTexto
    const anexos = sql`SELECT s.id FROM contrato_sub_anexo s WHERE lower(s.clave_anexo) LIKE lower(${contiene(palabra)}::text)`
    return sql`(${enTexto} OR o.id_sub_anexo = ANY(ARRAY(${anexos})))`
  })
}

const ALCANCE = { activos: sql` AND o.activo`, inactivos: sql` AND NOT o.activo`, todos: VACIO } as const

/** Ordinary and extraordinary concepts (catalogos.md §6.2): one table, two modes. */
export const TABLA_CONCEPTOS: DefTabla<FiltrosConceptos> = {
  nombre: 'conceptos',
  columnas: COLUMNAS,
  indices: {
    1: 'id_partida',
    2: 'descripcion',
    3: 'unidad_medida',
    4: 'anexo',
    5: 'cantidad_referencia',
    6: 'precio_unitario_mn',
    7: 'precio_unitario_usd',
    8: 'pte',
    9: 'ot',
    10: 'estatus_pue',
  },
  filtros: FiltrosConceptos,
  desde: sql`contrato_concepto_maestro o`,
  desdeFila: sql`contrato_concepto_maestro o`,
  alcance: ({ modo_vista: modo, estado }) =>
    sql`o.id_tipo_partida = ${modo === 'ordinarios' ? TIPO_PARTIDA.ORDINARIA : TIPO_PARTIDA.EXTRAORDINARIA}${ALCANCE[estado]}`,
  condiciones: ({ filtro, unidad_medida: unidad, sub_anexo: subAnexo, modo_vista: modo }, busqueda) => [
    ...igualdades([
      [sql`o.id_unidad_medida`, unidad],
      [sql`o.id_sub_anexo`, subAnexo],
    ]),
    ...conPalabras(`${filtro ?? ''} ${busqueda}`, modo === 'ordinarios'),
  ],
  seleccion:
    () => sql`o.id, o.id_tipo_partida AS tipo, CASE o.id_tipo_partida WHEN 6 THEN o.partida_ordinaria ELSE o.partida_extraordinaria END AS partida,
    o.partida_extraordinaria, o.descripcion, ${UNIDAD} AS unidad, ${SUB_ANEXO} AS anexo, o.cantidad::text AS cantidad,
    o.precio_unitario_mn::text AS precio_mn, o.precio_unitario_usd::text AS precio_usd, o.activo, o.comentario, o.pte_creacion AS pte,
    o.ot_creacion AS ot, o.estatus, o.fecha_autorizacion AS fecha`,
  fila: Fila,
  presentar: (_ctx, fila: z.output<typeof Fila>): FilaConcepto & Record<string, unknown> => presentarConcepto(fila),
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  conjuntoCalculado: ({ filtro }) => Boolean(filtro),
  sello: sql`cambios_contrato`,
}

function presentarConcepto(fila: z.output<typeof Fila>): FilaConcepto & Record<string, unknown> {
  return {
    id: fila.id,
    id_partida: fila.partida ?? '',
    descripcion: fila.descripcion,
    unidad_medida: fila.unidad,
    anexo: fila.anexo ?? 'S/A',
    cantidad_referencia: fila.cantidad,
    precio_unitario_mn: fila.precio_mn,
    precio_unitario_usd: fila.precio_usd,
    activo: fila.activo ? 'Activo' : 'Inactivo',
    activo_bool: fila.activo,
    comentario: fila.comentario ?? '',
    partida_extraordinaria: fila.partida_extraordinaria ?? '',
    ...(fila.tipo === TIPO_PARTIDA.EXTRAORDINARIA
      ? {
          pte: fila.pte ?? '',
          ot: fila.ot ?? '',
          estatus_pue: fila.estatus ?? '',
          fecha_sancion: aDdMmAaaa(fila.fecha) ?? '',
        }
      : {}),
  }
}

const COLUMNAS_PUES: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  { ...PARTIDA, clave: 'partida_extraordinaria' },
  { clave: 'descripcion', titulo: 'Descripción', tipo: 'texto' },
  { clave: 'unidad_medida', titulo: 'Unidad', tipo: 'texto' },
  { clave: 'precio_mn', titulo: 'Precio MN', tipo: 'dinero' },
  { clave: 'precio_usd', titulo: 'Precio USD', tipo: 'dinero' },
  { clave: 'pte', titulo: 'PTE origen', tipo: 'texto' },
  { clave: 'ot', titulo: 'OT origen', tipo: 'texto' },
]

const FilaPueLeida = z.object({
  id: z.number(),
  partida_extraordinaria: z.string(),
  descripcion: z.string(),
  unidad_medida: z.string(),
  precio_mn: z.string(),
  precio_usd: z.string(),
  pte: z.string(),
  ot: z.string(),
})

/** PUEs that can be authorised: active and not cancelled (catalogos.md §6.2). */
export const TABLA_PUES: DefTabla<FiltrosPues> = {
  nombre: 'pues_disponibles',
  columnas: COLUMNAS_PUES,
  indices: { 1: 'partida_extraordinaria' },
  filtros: FiltrosPues,
  desde: sql`contrato_concepto_maestro o`,
  desdeFila: sql`contrato_concepto_maestro o`,
  alcance: () => sql`o.id_tipo_partida = 7 AND o.activo AND o.estatus IS DISTINCT FROM 'CANCELADA'`,
  condiciones: ({ filtro }, busqueda) => [todas(conPalabras(`${filtro ?? ''} ${busqueda}`, false))],
  seleccion:
    () => sql`o.id, coalesce(o.partida_extraordinaria, '') AS partida_extraordinaria, o.descripcion, ${UNIDAD} AS unidad_medida,
    o.precio_unitario_mn::text AS precio_mn, o.precio_unitario_usd::text AS precio_usd, coalesce(o.pte_creacion, '') AS pte, coalesce(o.ot_creacion, '') AS ot`,
  fila: FilaPueLeida,
  presentar: (_ctx, fila: z.output<typeof FilaPueLeida>): FilaPue & Record<string, unknown> => ({ ...fila }),
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  sello: sql`cambios_contrato`,
}
