import type pg from 'pg'
import { llenarProduccion } from './datos-produccion.ts'

/** What the bench bills: the family of 200 concepts with production on each of 150 days of 2026, all of it signed. */
export interface FamiliaEstimable {
  readonly ot: number
  readonly desde: string
  /** Every row of the family. */
  readonly hasta: string
  /** Some 5,000 rows. */
  readonly hastaMes: string
}

/** Estimations of other families, for the list. */
const OTRAS_ESTIMACIONES = 2000

/** Production of `llenarProduccion` that may be billed, with texts as long as the real ones, and many old estimations. */
export async function llenarEstimaciones(pool: pg.Pool): Promise<FamiliaEstimable> {
  const { cargada } = await llenarProduccion(pool)
  const cliente = await pool.connect()
  try {
    await cliente.query("SET session_replication_role = 'replica'; SET sascop.reacomodo = 'on'")
    // The real descriptions have some 300 letters.
    const largo = `|| repeat(' SUMINISTRO, INSTALACIÓN Y PRUEBA DE TUBERÍA DE ACERO AL CARBÓN, INCLUYE EQUIPO', 4)`
    await cliente.query(`UPDATE concepto_consolidado SET concepto = concepto ${largo} WHERE id_ot = $1`, [cargada])
    await cliente.query(
      `UPDATE partida_anexo_importada p SET descripcion_concepto = p.descripcion_concepto ${largo}, volumen_proyectado = 100000
       FROM importacion_anexo i WHERE i.id = p.id_importacion_anexo AND i.id_ot = $1`,
      [cargada],
    )
    await cliente.query(
      'UPDATE produccion p SET es_excedente = false FROM reporte_mensual_header m WHERE m.id = p.id_reporte_mensual AND m.id_ot = $1',
      [cargada],
    )
    await cliente.query(
      `UPDATE registro_generadores_pu g SET id_estatus = 17, archivo = 'https://ejemplo.com/gpu/' || g.id, nota_bloqueo = '', nota_automatica = false
       FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual WHERE p.id = g.id_produccion AND m.id_ot = $1`,
      [cargada],
    )
    await cliente.query(
      `UPDATE reporte_diario_detalle d SET id_estatus = 17, bloqueado = true, fecha_firma = now(), huella_firma = repeat('0', 64)
       FROM reporte_mensual_header m WHERE m.id = d.id_reporte_mensual AND m.id_ot = $1`,
      [cargada],
    )
    await cliente.query(
      `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente,
         total_importe_mn, total_importe_usd, total_homologado, id_estatus_cobro, fecha_envio, fecha_autorizacion, creado_por)
       SELECT 4 + n % 300, 1 + n / 300, '2026-02-01', '2026-01-01', '2026-01-31', 19.1648, 'bench', n * 1000, n * 10, n * 1000 + n * 10 * 19.1648,
         CASE n % 3 WHEN 0 THEN 24 WHEN 1 THEN 25 ELSE 26 END, now(), CASE n % 3 WHEN 2 THEN date '2026-02-10' END, u.id
       FROM generate_series(0, $1::int - 1) n, (SELECT min(id) AS id FROM "user") u`,
      [OTRAS_ESTIMACIONES],
    )
    await cliente.query(
      `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn,
         precio_unitario_usd, anexo, codigo, concepto, unidad)
       SELECT h.id, p.id, p.volumen_produccion, p.volumen_produccion, 1234.5, 67.89, 'C-5', 'X', 'X', 'M'
       FROM estimacion_header h JOIN reporte_mensual_header m ON m.id_ot = h.id_ot AND m.mes = 1 AND h.numero = 1
       JOIN produccion p ON p.id_reporte_mensual = m.id`,
    )
    await cliente.query(
      `UPDATE produccion p SET volumen_estimado_acumulado = d.volumen_estimado, id_estatus_cobro = 24
       FROM estimacion_detalle d WHERE d.id_produccion = p.id`,
    )
    await cliente.query('RESET session_replication_role')
    await cliente.query('VACUUM (ANALYZE)')
    return { ot: cargada, desde: '2026-01-01', hasta: '2026-12-31', hastaMes: '2026-01-25' }
  } finally {
    cliente.release(true)
  }
}
