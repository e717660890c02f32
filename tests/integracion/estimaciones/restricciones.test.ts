// Rules of billing that the database keeps by itself (decision 0033): what a hand writes and no row may say. What is frozen
// or billed is in intocable.test.ts.
import type { DatabaseError } from 'pg'
import { beforeAll, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente } = await app.entrarComo('estimaciones')
// Who authorises is another person.
await app.entrarComo('administrador')

const cabecera = (cambio: string): string => `UPDATE estimacion_header SET ${cambio} WHERE id = $1`
const linea = (cambio: string): string => `UPDATE estimacion_detalle SET ${cambio} WHERE id_estimacion_header = $1`
const deduccion = (orden: number, nombre: string, valores: string): string =>
  `INSERT INTO estimacion_deduccion (id_estimacion_header, orden, nombre, porcentaje, importe_mn, importe_usd)
   VALUES ($1, ${String(orden)}, '${nombre}', ${valores})`
const usual = (orden: number, nombre: string, porcentaje = '5'): string =>
  `INSERT INTO deduccion_usual (orden, nombre, porcentaje) VALUES (${String(orden)}, '${nombre}', ${porcentaje})`
const tasa = (fecha: string, valor = '18.5', fuente = 'DOF'): string =>
  `INSERT INTO tipo_cambio (fecha, valor, fuente) VALUES ('${fecha}', ${valor}, '${fuente}')`
/** A comparison of the draft with a file of its own; `campos` are more of its columns with their values. */
const comparacion = (nombre: string, campos: Readonly<Record<string, string>> = {}): string =>
  `WITH f AS (INSERT INTO archivo (sha256, clase, bytes, clave) VALUES (repeat('c', 64), 'xlsx', 1, 'cc') RETURNING id)
   INSERT INTO estimacion_comparacion (${['id_estimacion', 'id_archivo', 'nombre', 'lectura', 'iguales', 'diferentes', 'faltan_archivo', 'faltan_estimacion', 'sin_concepto', ...Object.keys(campos)].join(', ')})
   SELECT ${['$1::bigint', 'f.id', `'${nombre}'`, "'{}'", '0', '0', '0', '0', '0', ...Object.values(campos)].join(', ')} FROM f`

let id = 0
beforeAll(async () => {
  const { ot, a, b } = await escenaDeEstimacion(pool)
  const { body } = await agente.post('/operaciones/estimaciones/crear/').send({
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [{ id_produccion: a }, { id_produccion: b }],
  })
  id = Number((body as Record<string, unknown>)['id_nuevo'])
})

/** The constraint that the last statement breaks; the ones before it are allowed, and none of them stays. */
async function rota(sentencias: readonly string[]): Promise<string | undefined> {
  const mano = await pool.connect()
  try {
    await mano.query('BEGIN')
    for (const [i, sentencia] of sentencias.entries()) {
      const fallo = await mano.query(sentencia, sentencia.includes('$1') ? [id] : []).then(
        () => null,
        (error: unknown) => error as DatabaseError,
      )
      if (i === sentencias.length - 1) return fallo?.constraint ?? fallo?.message
      expect([sentencia, fallo?.message]).toEqual([sentencia, undefined])
    }
    return undefined
  } finally {
    await mano.query('ROLLBACK')
    mano.release()
  }
}

const ENVIADA = cabecera(
  `id_estatus_cobro = 25, fecha_envio = '2026-02-17', enviado_por = (SELECT min(id) FROM "user")`,
)
const POR_OTRA = `autorizado_por = (SELECT max(id) FROM "user")`
const AUTORIZADA = cabecera(`id_estatus_cobro = 26, fecha_autorizacion = '2026-02-18', ${POR_OTRA}`)
const FACTURADA = cabecera("id_estatus_cobro = 27, fecha_factura = '2026-02-19', folio_factura = 'F-1'")

it.each<[string, ...string[]]>([
  [
    'estimacion_header_numero_unico',
    `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
     SELECT id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente FROM estimacion_header WHERE id = $1`,
  ],
  [
    'estimacion_header_numero_positivo',
    `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
     SELECT id_ot, 0, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente FROM estimacion_header WHERE id = $1`,
  ],
  ['estimacion_header_periodo_en_orden', cabecera("fecha_hasta = '2026-01-31'")],
  ['estimacion_header_fecha_no_antes', cabecera("fecha_estimacion = '2026-01-31'")],
  ['estimacion_header_tipo_cambio_positivo', cabecera('tipo_cambio = 0')],
  ['estimacion_header_totales_no_negativos', cabecera('total_volumen_producido = -0.000001')],
  ['estimacion_header_version_positiva', cabecera('version = 0')],
  ['estimacion_header_neto_no_negativo', cabecera('total_deduccion_mn = total_importe_mn + 0.01')],
  ['estimacion_header_neto_no_negativo', cabecera('total_deduccion_usd = -0.01')],
  ['estimacion_header_enviada_completa', cabecera('id_estatus_cobro = 25')],
  ['estimacion_header_autorizada_completa', ENVIADA, cabecera(`id_estatus_cobro = 26, ${POR_OTRA}`)],
  [
    'estimacion_header_facturada_completa',
    ENVIADA,
    AUTORIZADA,
    cabecera("id_estatus_cobro = 27, folio_factura = 'F-1'"),
  ],
  [
    'estimacion_header_facturada_completa',
    ENVIADA,
    AUTORIZADA,
    cabecera("id_estatus_cobro = 27, fecha_factura = '2026-02-19', folio_factura = ' '"),
  ],
  ['estimacion_header_cobrada_completa', ENVIADA, AUTORIZADA, FACTURADA, cabecera('id_estatus_cobro = 13')],
  [
    'estimacion_header_cobro_no_antes',
    ENVIADA,
    AUTORIZADA,
    FACTURADA,
    cabecera("id_estatus_cobro = 13, fecha_cobro = '2026-02-18'"),
  ],
  ['estimacion_header_motivo_necesario', cabecera("id_estatus_cobro = 29, motivo = ' '")],
  ['estimacion_header_motivo_necesario', ENVIADA, cabecera('id_estatus_cobro = 28')],
  [
    'estimacion_detalle_produccion_unica',
    `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn,
       precio_unitario_usd, anexo, codigo, concepto, unidad)
     SELECT id_estimacion_header, id_produccion, volumen_actual, 0, 0, 0, anexo, codigo, concepto, unidad FROM estimacion_detalle
     WHERE id_estimacion_header = $1`,
  ],
  ['estimacion_detalle_volumen_en_rango', linea('volumen_estimado = -0.000001')],
  ['estimacion_detalle_volumen_en_rango', linea('volumen_estimado = volumen_actual + 0.000001')],
  ['estimacion_detalle_precio_no_negativo', linea('precio_unitario_usd = -0.0001')],
  ['estimacion_detalle_rechazo_con_comentario', linea("rechazada = true, comentario_ajuste = 'abcd '")],
  ['estimacion_deduccion_nombre_no_vacio', deduccion(1, ' ', '5, 0, 0')],
  ['estimacion_deduccion_porcentaje_en_rango', deduccion(1, 'Anticipo', '100.01, 0, 0')],
  ['estimacion_deduccion_porcentaje_en_rango', deduccion(1, 'Anticipo', '0, 0, 0')],
  ['estimacion_deduccion_importe_no_negativo', deduccion(1, 'Pena', 'NULL, -1, 5')],
  ['estimacion_deduccion_con_valor', deduccion(1, 'Pena', 'NULL, 0, 0')],
  ['estimacion_deduccion_orden_unico', deduccion(1, 'Pena', 'NULL, 1, 0'), deduccion(1, 'Otra', 'NULL, 1, 0')],
  ['estimacion_deduccion_nombre_unico', deduccion(1, 'Retención', 'NULL, 1, 0'), deduccion(2, ' RETENCION', '5, 0, 0')],
  ['deduccion_usual_nombre_no_vacio', usual(1, '')],
  ['deduccion_usual_porcentaje_en_rango', usual(1, 'Anticipo', '0')],
  ['deduccion_usual_orden_unico', usual(1, 'Anticipo'), usual(1, 'Fianza')],
  ['deduccion_usual_nombre_unico', usual(1, 'Retención'), usual(2, 'retencion ')],
  ['tipo_cambio_valor_positivo', tasa('2026-02-12', '0')],
  ['tipo_cambio_fuente_no_vacia', tasa('2026-02-12', '18', ' ')],
  ['tipo_cambio_fecha_unica', tasa('2026-02-12'), tasa('2026-02-12', '19')],
  ['tipo_cambio_version_positiva', tasa('2026-02-12'), 'UPDATE tipo_cambio SET version = 0'],
  ['estimacion_comparacion_nombre_no_vacio', comparacion(' ')],
  ['estimacion_comparacion_cuentas_no_negativas', comparacion('libro.xlsx', { ajustadas: '-1', agregadas: '1' })],
  ['estimacion_comparacion_aplicacion_completa', comparacion('libro.xlsx', { ajustadas: '1' })],
  [
    'estimacion_comparacion_aplicacion_completa',
    comparacion('libro.xlsx', { ajustadas: '1', fecha_aplicacion: 'now()', motivo: "'abcd'" }),
  ],
  [
    'estimacion_comparacion_permanece',
    comparacion('libro.xlsx'),
    `UPDATE estimacion_comparacion SET lectura = '{"otra": 1}' WHERE id_estimacion = $1`,
  ],
  [
    'estimacion_comparacion_permanece',
    comparacion('libro.xlsx'),
    'DELETE FROM estimacion_comparacion WHERE id_estimacion = $1',
  ],
])('%s', async (restriccion, ...sentencias) => {
  expect(await rota(sentencias)).toBe(restriccion)
})
