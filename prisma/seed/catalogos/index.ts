import { MODULOS } from '../../../src/modulos/inicio/inicio.modulos.ts'
import { GRUPOS, PERMISOS, permisosDeGrupo } from '../../../src/modulos/usuarios/permisos-por-grupo.ts'
import { ANEXOS_CONTRATO, CONTRATOS, SUB_ANEXOS } from './contrato.ts'
import { ESTATUS, FRENTES, TIPOS, UNIDADES } from './codigos.ts'
import { CLIENTES, RESPONSABLES, SITIOS } from './operacion.ts'
import { PASOS, PASOS_OT } from './pasos.ts'

export { CLIENTES, ESTATUS, FRENTES, PASOS, PASOS_OT, RESPONSABLES, SITIOS, TIPOS, UNIDADES }

/** What the seeds need of a connection: a pg client (not a pool, it opens a transaction). */
export interface ClienteSql {
  query(texto: string, valores?: unknown[]): Promise<{ readonly rows: readonly Record<string, unknown>[] }>
}

/** In the order of their foreign keys. */
const TABLAS: readonly {
  readonly tabla: string
  readonly columnas: readonly string[]
  readonly filas: readonly object[]
}[] = [
  { tabla: 'tipo', columnas: ['id', 'descripcion', 'nivel_afectacion'], filas: TIPOS },
  { tabla: 'frente', columnas: ['id', 'descripcion', 'nivel_afectacion'], filas: FRENTES },
  { tabla: 'cat_estatus', columnas: ['id', 'descripcion', 'nivel_afectacion', 'clave'], filas: ESTATUS },
  { tabla: 'unidad_medida', columnas: ['id', 'clave', 'descripcion'], filas: UNIDADES },
  {
    tabla: 'sitio',
    columnas: ['id', 'descripcion', 'id_frente', 'comentario', 'activo'],
    filas: SITIOS.map((sitio) => ({ activo: true, ...sitio })),
  },
  { tabla: 'cliente', columnas: ['id', 'descripcion', 'id_tipo', 'comentario'], filas: CLIENTES },
  { tabla: 'responsable_proyecto', columnas: ['id', 'descripcion', 'comentario'], filas: RESPONSABLES },
  { tabla: 'paso', columnas: ['id', 'orden', 'descripcion', 'tipo', 'importancia', 'id_tipo_cliente'], filas: PASOS },
  {
    tabla: 'paso_ot',
    columnas: ['id', 'orden', 'descripcion', 'tipo', 'importancia', 'id_tipo_cliente', 'id_paso_origen'],
    filas: PASOS_OT,
  },
  {
    tabla: 'contrato',
    columnas: ['id', 'numero_contrato', 'descripcion', 'id_cliente', 'fecha_inicio', 'fecha_termino'],
    filas: CONTRATOS,
  },
  {
    tabla: 'contrato_anexo_maestro',
    columnas: ['id', 'id_contrato', 'clave', 'descripcion', 'tipo'],
    filas: ANEXOS_CONTRATO,
  },
  {
    tabla: 'contrato_sub_anexo',
    columnas: ['id', 'id_anexo_maestro', 'clave_anexo', 'descripcion'],
    filas: SUB_ANEXOS,
  },
  {
    tabla: 'core_modulo',
    columnas: ['app_name', 'nombre', 'descripcion', 'icono', 'orden', 'activo', 'ruta'],
    filas: MODULOS,
  },
]

/**
 * Inserts the base rows that are missing (catalogos.md §4), the permissions and the four groups. One transaction,
 * idempotent; a row that exists is never touched, so what people edited stays, and the matrix of a group is only
 * filled for what is new (the group, or a permission that a later version brings).
 * @returns how many rows each table gained, only those that gained some
 */
export async function sembrarCatalogos(cliente: ClienteSql): Promise<Record<string, number>> {
  const nuevas: Record<string, number> = {}
  await cliente.query('BEGIN')
  try {
    for (const { tabla, columnas, filas } of TABLAS)
      nuevas[tabla] = await insertarFaltantes(cliente, tabla, columnas, filas)
    Object.assign(nuevas, await sembrarGrupos(cliente))
    await cliente.query('COMMIT')
  } catch (error) {
    await cliente.query('ROLLBACK')
    throw error
  }
  return Object.fromEntries(Object.entries(nuevas).filter(([, cuantas]) => cuantas > 0))
}

async function insertarFaltantes(
  cliente: ClienteSql,
  tabla: string,
  columnas: readonly string[],
  filas: readonly object[],
): Promise<number> {
  const lista = columnas.join(', ')
  const { rows } = await cliente.query(
    `INSERT INTO ${tabla} (${lista}) SELECT ${lista} FROM jsonb_populate_recordset(NULL::${tabla}, $1::jsonb)
     ORDER BY id ON CONFLICT DO NOTHING RETURNING id`,
    [JSON.stringify(filas)],
  )
  // The fixed ids do not come from the sequence: the next row a person creates goes after the highest.
  if (rows.length > 0)
    await cliente.query(
      `SELECT setval('${tabla}_id_seq', greatest((SELECT max(id) FROM ${tabla}), (SELECT last_value FROM ${tabla}_id_seq)))`,
    )
  return rows.length
}

async function sembrarGrupos(cliente: ClienteSql): Promise<Record<string, number>> {
  const permisos = await cliente.query(
    `INSERT INTO permission (codigo, etiqueta) SELECT codigo, etiqueta
     FROM jsonb_to_recordset($1::jsonb) AS p (codigo text, etiqueta text) ORDER BY codigo ON CONFLICT DO NOTHING RETURNING codigo`,
    [JSON.stringify(PERMISOS)],
  )
  const grupos = await cliente.query(
    `INSERT INTO "group" (name) SELECT unnest($1::text[]) ON CONFLICT DO NOTHING RETURNING name`,
    [GRUPOS],
  )
  if (permisos.rows.length === 0 && grupos.rows.length === 0) return {}
  const matriz = GRUPOS.flatMap((grupo) => permisosDeGrupo(grupo).map((codigo) => ({ grupo, codigo })))
  const concedidos = await cliente.query(
    `INSERT INTO group_permissions (group_id, permission_id)
     SELECT g.id, p.id
     FROM jsonb_to_recordset($1::jsonb) AS m (grupo text, codigo text)
     JOIN "group" g ON g.name = m.grupo
     JOIN permission p ON p.codigo = m.codigo
     WHERE m.grupo = ANY ($2::text[]) OR m.codigo = ANY ($3::text[])
     ON CONFLICT DO NOTHING RETURNING group_id`,
    [JSON.stringify(matriz), grupos.rows.map((fila) => fila['name']), permisos.rows.map((fila) => fila['codigo'])],
  )
  return { permission: permisos.rows.length, group: grupos.rows.length, group_permissions: concedidos.rows.length }
}
