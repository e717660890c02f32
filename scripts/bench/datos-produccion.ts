import type pg from 'pg'

/** Ids of what the bench captures in; all at site 1, in 2026 and in the annexes C-2 (a third of the lines) and C-5. */
export interface FamiliasDeBench {
  /** 50 partidas, the month asked for empty. */
  readonly mediana: number
  /** 500 partidas, half of the cells of the month with volume. */
  readonly grande: number
  /** 200 partidas and 30,000 rows of production. */
  readonly cargada: number
}

const FAMILIAS: FamiliasDeBench = { mediana: 1, grande: 2, cargada: 3 }
/** Other families, so that the tables weigh what they will in some years. */
const OTRAS = 300

/** Fills an empty, seeded database with annexes and production by SQL: some 350,000 rows. */
export async function llenarProduccion(pool: pg.Pool): Promise<FamiliasDeBench> {
  const cliente = await pool.connect()
  try {
    await cliente.query("SET session_replication_role = 'replica'; SET sascop.reacomodo = 'on'")
    await cliente.query(
      `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, id_cliente, estatus, id_estatus_ot,
         id_frente, id_embarcacion, fecha_inicio_programado, fecha_termino_programado)
       SELECT 4, 'OT-BENCH-' || n, 'TRABAJO DE BENCH ' || n, 3, 'Ing. Cliente', 1, 1, 8, 2, CASE WHEN n <= 60 THEN 1 ELSE 2 END, '2026-01-01', '2026-12-31'
       FROM generate_series(1, $1::int) n`,
      [3 + OTRAS],
    )
    await cliente.query(
      `INSERT INTO importacion_anexo (id_ot, archivo_excel, total_registros) SELECT o.id, 'ANEXO C.xlsx', ${PARTIDAS} FROM ot o`,
    )
    await cliente.query(
      `INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella)
       SELECT o.id, CASE WHEN n % 3 = 0 THEN 'C-2' ELSE 'C-5' END, CASE WHEN n % 3 = 0 THEN '2.' ELSE '5.' END || n, 'CONCEPTO ' || n || ' DE LA OT ' || o.id, 11,
         encode(sha256((o.id || '/' || n)::bytea), 'hex')
       FROM ot o CROSS JOIN LATERAL generate_series(1, ${PARTIDAS}) n`,
    )
    await cliente.query(
      `INSERT INTO partida_anexo_importada (id_importacion_anexo, id_concepto_consolidado, id_partida, descripcion_concepto, anexo, id_unidad_medida,
         volumen_proyectado, precio_unitario_mn, precio_unitario_usd, orden_fila)
       SELECT i.id, k.id, k.codigo || '.', k.concepto, k.anexo, 11, 2000, 1234.5, 67.89, row_number() OVER (PARTITION BY k.id_ot ORDER BY k.id)
       FROM concepto_consolidado k JOIN importacion_anexo i ON i.id_ot = k.id_ot`,
    )
    await cliente.query(
      `INSERT INTO partida_proyectada (id_partida_anexo, mes, volumenes)
       SELECT p.id, m, array_fill(10::numeric, ARRAY[extract(day FROM m + interval '1 month' - interval '1 day')::int])
       FROM partida_anexo_importada p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado AND k.id_ot <= 60,
         generate_series(date '2026-01-01', date '2026-12-01', interval '1 month') m`,
    )
    await cliente.query(
      `INSERT INTO reporte_mensual_header (id_ot, anio, mes) SELECT o.id, 2026, m FROM ot o, generate_series(1, 12) m WHERE (o.id, m) <> ($1, 3)`,
      [FAMILIAS.mediana],
    )
    // mediana: January and February; grande: a bit of everything; cargada: 150 days; the others: four months.
    await cliente.query(
      `INSERT INTO produccion (id_partida_anexo, id_concepto_consolidado, id_reporte_mensual, fecha_produccion, volumen_produccion, tipo_tiempo, id_sitio_produccion)
       SELECT p.id, k.id, m.id, d::date, 1 + (k.id + extract(doy FROM d)::int) % 30 + 0.123456, CASE WHEN (k.id + extract(doy FROM d)::int) % 11 = 0 THEN 'CMA' ELSE 'TE' END, o.id_embarcacion
       FROM concepto_consolidado k JOIN ot o ON o.id = k.id_ot JOIN partida_anexo_importada p ON p.id_concepto_consolidado = k.id,
         generate_series(date '2026-01-01', date '2026-05-30', interval '1 day') d
       JOIN reporte_mensual_header m ON m.anio = 2026 AND m.mes = extract(month FROM d)
       WHERE m.id_ot = k.id_ot AND CASE k.id_ot WHEN $1 THEN d < '2026-03-01' WHEN $2 THEN (k.id + extract(doy FROM d)::int) % 2 = 0
         WHEN $3 THEN true ELSE d < '2026-05-01' AND (k.id * 7 + extract(doy FROM d)::int) % 5 = 0 END`,
      [FAMILIAS.mediana, FAMILIAS.grande, FAMILIAS.cargada],
    )
    await cliente.query(
      `UPDATE produccion p SET es_excedente = true FROM (
         SELECT id, sum(volumen_produccion) OVER (PARTITION BY id_concepto_consolidado ORDER BY fecha_produccion, tipo_tiempo DESC, id_sitio_produccion, id) AS suma
         FROM produccion) s WHERE s.id = p.id AND s.suma > 2000`,
    )
    await cliente.query(
      `INSERT INTO registro_generadores_pu (id_produccion, id_estatus, nota_bloqueo, nota_automatica)
       SELECT p.id, 18 + p.id % 3, CASE WHEN p.es_excedente THEN 'Excedente' ELSE '' END, p.es_excedente
       FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado AND k.anexo = 'C-2'`,
    )
    await cliente.query(
      `INSERT INTO reporte_diario_detalle (id_reporte_mensual, fecha, id_sitio, id_estatus)
       SELECT m.id, make_date(2026, m.mes, d), o.id_embarcacion, 18 + (m.id + d) % 3 FROM reporte_mensual_header m JOIN ot o ON o.id = m.id_ot, generate_series(1, 28) d`,
    )
    await cliente.query('RESET session_replication_role')
    await cliente.query('VACUUM (ANALYZE)')
    return FAMILIAS
  } finally {
    cliente.release(true)
  }
}

const PARTIDAS = 'CASE o.id WHEN 1 THEN 50 WHEN 2 THEN 500 WHEN 3 THEN 200 ELSE 40 END'
