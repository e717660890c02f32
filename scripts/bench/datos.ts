import type pg from 'pg'

/** Size of a load: initial orders, reprogramaciones and steps per order (with a fraction: 6.25 = one in four has 7). */
export interface Tamano {
  readonly iniciales: number
  readonly reprogramaciones: number
  readonly pasosPorOt: number
}

export const GRANDE: Tamano = { iniciales: 50_000, reprogramaciones: 30_000, pasosPorOt: 6.25 }
export const PEQUENO: Tamano = { iniciales: 625, reprogramaciones: 375, pasosPorOt: 6.25 }

/**
 * Fills an empty, seeded database with orders by SQL. The two sizes have the same shape (same share of statuses, years,
 * sites, clients), so that their times can be compared. Not the demo data: these rows only have to weigh.
 */
export async function llenar(pool: pg.Pool, { iniciales, reprogramaciones, pasosPorOt }: Tamano): Promise<void> {
  const cliente = await pool.connect()
  try {
    // Rows made here obey every constraint; without checking each of a million references the load takes seconds.
    await cliente.query("SET session_replication_role = 'replica'; SET maintenance_work_mem = '512MB'")
    const { rows: indices } = await cliente.query<{ nombre: string; definicion: string }>(
      `SELECT c.relname AS nombre, pg_get_indexdef(i.indexrelid) AS definicion FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
       WHERE i.indrelid IN ('ot'::regclass, 'ot_detalle'::regclass, 'pte_header'::regclass) AND NOT i.indisunique AND c.relname <> 'ot_pte'`,
    )
    for (const { nombre } of indices) await cliente.query(`DROP INDEX "${nombre}"`)
    await cliente.query(
      `INSERT INTO pte_header (id_tipo, oficio_pte, descripcion_trabajo, fecha_solicitud, plazo_dias, id_responsable_proyecto, total_homologado, estatus, prioridad, id_cliente)
       SELECT 12, 'BME-3801-' || lpad((n % 997)::text, 3, '0') || '-' || (2019 + n % 7) || '-' || n, 'PROPUESTA ' || n, date '2019-01-10' + n % 2400, 20,
         (ARRAY[3, 4, 5, 6, 10, 11, 13])[1 + n % 7], 1000000 + n, 3, 1 + n % 4, CASE WHEN n % 6 = 0 THEN 2 + n % 3 ELSE 1 END
       FROM generate_series(1, $1::int) n`,
      [iniciales],
    )
    await cliente.query(
      `${ORDEN} FROM (SELECT n, 4 AS tipo, n AS familia, NULL::int AS numero FROM generate_series(1::bigint, $1::bigint) n) s ${DE_LAS}`,
      [iniciales],
    )
    // Families of one to six: number by turns over the first sixth of the initial orders, then the second…
    await cliente.query(
      `${ORDEN} FROM (SELECT n, 5 AS tipo, 1 + (n - 1) % greatest($1::int / 5, 1) AS familia, (1 + (n - 1) / greatest($1::int / 5, 1))::int AS numero
         FROM generate_series(1::bigint, $2::bigint) n) s ${DE_LAS}`,
      [iniciales, reprogramaciones],
    )
    await cliente.query(
      `INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso, fecha_inicio, fecha_termino)
       SELECT o.id, p.id, (ARRAY[1, 2, 3, 3, 3, 14])[1 + (o.id * 7 + p.lugar) % 6], o.fecha_inicio_real, NULL
       FROM ot o JOIN (SELECT id, tipo, row_number() OVER (PARTITION BY tipo ORDER BY id) AS lugar FROM paso_ot WHERE activo) p ON p.tipo = o.id_tipo
       WHERE p.lugar <= floor($1::numeric) + CASE WHEN o.id % 100 < 100 * ($1::numeric - floor($1::numeric)) THEN 1 ELSE 0 END`,
      [pasosPorOt],
    )
    for (const { definicion } of indices) await cliente.query(definicion)
    await cliente.query("RESET session_replication_role; RESET maintenance_work_mem; SELECT nextval('cambios_ot')")
    // What autovacuum would have done in a base that grew over years.
    await cliente.query('VACUUM (ANALYZE) ot, ot_detalle, pte_header')
  } finally {
    cliente.release()
  }
}

const ORDEN = `WITH ptes AS (SELECT id, oficio_pte, row_number() OVER (ORDER BY id) AS lugar FROM pte_header)
  INSERT INTO ot (id_tipo, ot_principal, num_reprogramacion, id_pte_header, orden_trabajo, descripcion_trabajo, id_responsable_proyecto,
    responsable_cliente, oficio_ot, id_estatus_ot, fecha_inicio_programado, fecha_termino_programado, fecha_inicio_real, fecha_termino_real,
    estatus, comentario, monto_mxn, monto_usd, id_frente, id_embarcacion, id_plataforma, plazo_dias, id_cliente)
  SELECT s.tipo, CASE WHEN s.tipo = 5 THEN (SELECT i.id FROM ot i WHERE i.id_tipo = 4 AND i.id_pte_header = ptes.id) END, s.numero, ptes.id,
    'OT-GRZ-801-' || (19 + s.familia % 7) || '-' || lpad(s.familia::text, 6, '0') || '-' || (ARRAY['ABK-A', 'NHA2', 'KU-H', 'ONEL-A', 'CHAC-A', 'POL-A', 'BALAM-TD'])[1 + s.familia % 7],
    repeat('REFORZAMIENTO Y ADECUACIONES EN LA ESTRUCTURA PARA LA INSTALACIÓN DE UN EQUIPO MODULAR DE PERFORACIÓN ', 1 + (s.n % 3)::int) || s.n,
    (ARRAY[3, 4, 5, 6, 10, 11, 13])[1 + s.n % 7], 'REPRESENTANTE DEL CLIENTE ' || lpad((1 + s.n % 12)::text, 2, '0'),
    CASE WHEN s.n % 20 = 0 THEN 'PENDIENTE' WHEN s.n % 3 = 0 THEN 'PEP-DG-SMLIC-GMICM-801-' || s.n || ' V2'
      ELSE 'PEP-DG-SMLIC-GMICM-SSCIM-PEMP-801-' || s.n || '-' || (2019 + s.familia % 7) END,
    (ARRAY[10, 10, 10, 10, 10, 8, 5, 6, 9, 7, 11, 16])[1 + s.n % 12],
    CASE WHEN s.n % 50 > 0 THEN f.inicio END, CASE WHEN s.n % 50 > 0 THEN f.inicio + (10 + s.n % 180)::int END,
    CASE WHEN s.n % 5 > 0 THEN f.inicio + (s.n % 9)::int END, CASE WHEN s.n % 12 < 5 AND s.n % 5 > 0 THEN f.inicio + (20 + s.n % 190)::int END,
    CASE WHEN s.n % 50 = 0 THEN -1 WHEN s.n % 211 = 0 THEN 0 ELSE 1 END, CASE WHEN s.n % 4 = 0 THEN 'Con seguimiento semanal' ELSE '' END,
    500000.37 + (s.n * 7919) % 90000000, CASE WHEN s.n % 2 = 0 THEN 0.15 + (s.n * 104729) % 9000000 ELSE 0 END,
    CASE WHEN s.n % 8 = 0 THEN 4 ELSE 2 END, CASE WHEN s.n % 8 > 0 THEN 1 + s.n % 2 END, (ARRAY[9, 10, 12, 14, 18, 22, 24, 25, 26, 27, 29, 30])[1 + s.n % 12],
    11 + s.n % 180, CASE WHEN s.familia % 6 = 0 THEN 2 + s.familia % 3 ELSE 1 END`
/** Where the rows of each kind come from; the start of the programme walks over some seven years. */
const DE_LAS =
  "JOIN ptes ON ptes.lugar = s.familia CROSS JOIN LATERAL (SELECT date '2019-02-01' + (s.familia % 2700)::int AS inicio) f"
