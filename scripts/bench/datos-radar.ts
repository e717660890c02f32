import type pg from 'pg'

/** A million rows of production in a hundred families, at two sites, with its days, GPUs and estimations in every status. */
const FAMILIAS = 100
const PARTIDAS = 60
const DIAS = 168

/** Fills an empty, seeded database by SQL. @returns how many rows of production there are, and a family to touch. */
export async function llenarRadar(pool: pg.Pool): Promise<{ filas: number; familia: number }> {
  const cliente = await pool.connect()
  try {
    await cliente.query(
      "SET session_replication_role = 'replica'; SET sascop.reacomodo = 'on'; SET synchronous_commit = off",
    )
    await crearAnexos(cliente)
    await crearProduccion(cliente)
    await crearEstimaciones(cliente)
    await cliente.query('INSERT INTO radar_cambio (id_reporte_mensual) SELECT id FROM reporte_mensual_header')
    await cliente.query('RESET session_replication_role; RESET synchronous_commit')
    await cliente.query('VACUUM (ANALYZE)')
    const { rows } = await cliente.query<{ n: string }>('SELECT count(*) AS n FROM produccion')
    return { filas: Number(rows[0]?.n), familia: 7 }
  } finally {
    cliente.release(true)
  }
}

async function crearAnexos(cliente: pg.PoolClient): Promise<void> {
  await cliente.query(
    `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, id_cliente, estatus, id_estatus_ot,
       id_frente, id_embarcacion, fecha_inicio_programado, fecha_termino_programado)
     SELECT 4, 'OT-BENCH-' || n, 'TRABAJO DE BENCH ' || n, 3, 'Ing. Cliente', 1, 1, 8, 2, 1, '2026-01-01', '2026-12-31' FROM generate_series(1, $1::int) n`,
    [FAMILIAS],
  )
  await cliente.query(
    `INSERT INTO importacion_anexo (id_ot, archivo_excel, total_registros) SELECT o.id, 'ANEXO C.xlsx', $1::int FROM ot o`,
    [PARTIDAS],
  )
  await cliente.query(
    `INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella)
     SELECT o.id, CASE WHEN n % 3 = 0 THEN 'C-2' ELSE 'C-5' END, CASE WHEN n % 3 = 0 THEN '2.' ELSE '5.' END || n, 'CONCEPTO ' || n || ' DE LA OT ' || o.id, 11,
       encode(sha256((o.id || '/' || n)::bytea), 'hex') FROM ot o CROSS JOIN generate_series(1, $1::int) n`,
    [PARTIDAS],
  )
  await cliente.query(
    `INSERT INTO partida_anexo_importada (id_importacion_anexo, id_concepto_consolidado, id_partida, descripcion_concepto, anexo, id_unidad_medida,
       volumen_proyectado, precio_unitario_mn, precio_unitario_usd, orden_fila)
     SELECT i.id, k.id, k.codigo || '.', k.concepto, k.anexo, 11, 2000, CASE WHEN k.id % 40 = 0 THEN 0 ELSE 1234.5678 END, CASE WHEN k.id % 40 = 0 THEN 0 ELSE 67.8912 END,
       row_number() OVER (PARTITION BY k.id_ot ORDER BY k.id)
     FROM concepto_consolidado k JOIN importacion_anexo i ON i.id_ot = k.id_ot`,
  )
}

async function crearProduccion(cliente: pg.PoolClient): Promise<void> {
  await cliente.query(
    `INSERT INTO reporte_mensual_header (id_ot, anio, mes) SELECT o.id, 2026, m FROM ot o, generate_series(1, 12) m`,
  )
  await cliente.query(
    `INSERT INTO produccion (id_partida_anexo, id_concepto_consolidado, id_reporte_mensual, fecha_produccion, volumen_produccion, tipo_tiempo, id_sitio_produccion, es_excedente)
     SELECT p.id, k.id, m.id, d::date, 1 + (k.id + extract(doy FROM d)::int) % 30 + 0.123456, 'TE', 1 + k.id % 2, extract(doy FROM d) > 150 AND k.id % 7 = 0
     FROM generate_series(date '2026-01-01', date '2026-01-01' + ($1::int - 1), interval '1 day') d
     JOIN reporte_mensual_header m ON m.anio = 2026 AND m.mes = extract(month FROM d)
     JOIN concepto_consolidado k ON k.id_ot = m.id_ot JOIN partida_anexo_importada p ON p.id_concepto_consolidado = k.id`,
    [DIAS],
  )
  await cliente.query(
    `INSERT INTO registro_generadores_pu (id_produccion, id_estatus, archivo)
     SELECT p.id, CASE WHEN extract(doy FROM p.fecha_produccion) < 120 THEN 17 ELSE 18 + p.id % 2 END, CASE WHEN p.id % 4 > 0 THEN 'https://ejemplo.mx/' || p.id END
     FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado AND k.anexo = 'C-2'`,
  )
  await cliente.query(
    `INSERT INTO reporte_diario_detalle (id_reporte_mensual, fecha, id_sitio, id_estatus, bloqueado, fecha_firma, huella_firma)
     SELECT m.id, make_date(2026, m.mes, d), s, CASE WHEN m.mes < 5 THEN 17 ELSE 18 END, m.mes < 5, CASE WHEN m.mes < 5 THEN now() END, CASE WHEN m.mes < 5 THEN repeat('a', 64) END
     FROM reporte_mensual_header m, generate_series(1, 28) d, generate_series(1, 2) s WHERE m.mes < 7`,
  )
}

/** One estimation a month of January, February and March, a third of whose lines bill only a half; from paid to drafts. */
async function crearEstimaciones(cliente: pg.PoolClient): Promise<void> {
  await cliente.query(
    `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente, id_estatus_cobro,
       fecha_envio, fecha_autorizacion, folio_factura, fecha_factura, fecha_cobro, motivo)
     SELECT o.id, m, '2026-06-01', make_date(2026, m, 1), make_date(2026, m, 28), 19.1648, 'bench', e, now(),
       CASE WHEN e IN (13, 26, 27) THEN date '2026-06-02' END, CASE WHEN e IN (13, 27) THEN 'F-' || o.id END, CASE WHEN e IN (13, 27) THEN date '2026-06-03' END,
       CASE WHEN e = 13 THEN date '2026-06-04' END, CASE WHEN e = 28 THEN 'bench' END
     FROM ot o, generate_series(1, 3) m, LATERAL (SELECT (ARRAY[13, 27, 26, 25, 24, 28])[1 + (o.id * 5 + m) % 6] AS e) x`,
  )
  await cliente.query(
    `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn, precio_unitario_usd, anexo, codigo, concepto, unidad)
     SELECT h.id, p.id, p.volumen_produccion, CASE WHEN p.id % 3 = 0 THEN round(p.volumen_produccion / 2, 6) ELSE p.volumen_produccion END,
       CASE WHEN p.id % 50 = 0 THEN 1200 ELSE a.precio_unitario_mn END, a.precio_unitario_usd, a.anexo, a.id_partida, a.descripcion_concepto, 'M'
     FROM estimacion_header h JOIN reporte_mensual_header m ON m.id_ot = h.id_ot AND m.mes = h.numero
     JOIN produccion p ON p.id_reporte_mensual = m.id JOIN partida_anexo_importada a ON a.id = p.id_partida_anexo`,
  )
  await cliente.query(
    `UPDATE produccion p SET volumen_estimado_acumulado = d.volumen_estimado,
       id_estatus_cobro = CASE WHEN d.volumen_estimado = p.volumen_produccion THEN h.id_estatus_cobro ELSE 12 END
     FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header WHERE d.id_produccion = p.id`,
  )
}
