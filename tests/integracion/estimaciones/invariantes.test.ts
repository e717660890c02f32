// What verificar promises of billing: true over real work, and each line seen to fail when the data is broken by hand.
import { describe, expect, it } from 'vitest'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aMano } from '../../apoyo/bd.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const escena = await escenaDeEstimacion(pool)
const ajena = await escenaDeEstimacion(pool)
const otra = await escenaDeEstimacion(pool)
const { agente } = await app.entrarComo('estimaciones')
const { body } = await agente.post('/operaciones/estimaciones/crear/').send({
  id_ot: escena.ot,
  fecha_desde: '2026-02-01',
  fecha_hasta: '2026-02-15',
  fecha_estimacion: '2026-02-16',
})
const creada = Number((body as Record<string, unknown>)['id_nuevo'])
await agente.post('/operaciones/estimaciones/deducciones/guardar/').send({
  id: creada,
  version: (body as Record<string, unknown>)['version'],
  deducciones: [{ nombre: 'Anticipo', porcentaje: '30' }],
})

// A family with two sent estimations: a in two parts. Its annex was loaded before them.
await pool.query("UPDATE importacion_anexo SET fecha_carga = '2026-01-01' WHERE id_ot = $1", [otra.ot])
async function enviada(detalles: readonly Record<string, unknown>[]): Promise<number> {
  const nueva = await agente.post('/operaciones/estimaciones/crear/').send({
    id_ot: otra.ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles,
  })
  const { id_nuevo: id, version } = nueva.body as { id_nuevo: number; version: number }
  const { status } = await agente
    .post('/operaciones/estimaciones/cambiar_estatus/')
    .send({ id, version, estatus: 'ENVIADA' })
  expect(status).toBe(200)
  return id
}
const primera = await enviada([
  { id_produccion: otra.a, volumen_estimado: '30', comentario_ajuste: 'medición cliente' },
  { id_produccion: otra.e },
])
const segunda = await enviada([{ id_produccion: otra.a }])

// One that went the whole way, a line taken out of it, with a percentage that followed it.
const escenaTercera = await escenaDeEstimacion(pool)
const { agente: otraPersona } = await app.entrarComo('administrador')
async function pagada(): Promise<number> {
  const ruta = '/operaciones/estimaciones'
  const nueva = await agente.post(`${ruta}/crear/`).send({
    id_ot: escenaTercera.ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
  })
  const { id_nuevo: id } = nueva.body as { id_nuevo: number }
  const version = async (): Promise<number> =>
    ((await agente.get(`${ruta}/obtener/`).query({ id })).body as { datos: { version: number } }).datos.version
  await agente
    .post(`${ruta}/deducciones/guardar/`)
    .send({ id, version: await version(), deducciones: [{ nombre: 'Anticipo', porcentaje: '30' }] })
  await agente.post(`${ruta}/cambiar_estatus/`).send({ id, version: await version(), estatus: 'ENVIADA' })
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [id, escenaTercera.b],
  )
  const pasos = [
    ['rechazar_detalle', { id_detalle: Number(rows[0]?.id), comentario_ajuste: 'no se midió' }],
    ['cambiar_estatus', { id, estatus: 'AUTORIZADA', fecha_autorizacion: '2026-02-18' }],
    ['cambiar_estatus', { id, estatus: 'FACTURADA', folio_factura: 'A-1', fecha_factura: '2026-02-19' }],
    ['cambiar_estatus', { id, estatus: 'COBRADA', fecha_cobro: '2026-02-20' }],
  ] as const
  for (const [accion, cuerpo] of pasos) {
    const { status } = await otraPersona.post(`${ruta}/${accion}/`).send({ ...cuerpo, version: await version() })
    expect(status).toBe(200)
  }
  return id
}
const tercera = await pagada()
const DE_TERCERA = `EST-1 de la OT ${String(escenaTercera.ot)}`
const fallas = async (): Promise<readonly string[]> =>
  (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).find(({ clave }) => clave === 'est_sello')?.casos ?? []

const rotas = async (): Promise<string[]> =>
  (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(({ correcto }) => !correcto).map(({ clave }) => clave)

const DE = `WHERE id_produccion = ${String(escena.a)}`
const DE_LA_PRUEBA = `WHERE id_estimacion_header = ${String(primera)} AND id_concepto_consolidado = ${String(otra.P1.concepto)}`
const ROTURAS: readonly (readonly [clave: string, romper: string, arreglar: string])[] = [
  [
    'est_sin_doble_cobro',
    `UPDATE produccion SET volumen_estimado_acumulado = 1 WHERE id = ${String(escena.a)}`,
    `UPDATE produccion SET volumen_estimado_acumulado = 35 WHERE id = ${String(escena.a)}`,
  ],
  [
    'est_estatus_de_produccion',
    `UPDATE produccion SET id_estatus_cobro = 12 WHERE id = ${String(escena.a)}`,
    `UPDATE produccion SET id_estatus_cobro = 24 WHERE id = ${String(escena.a)}`,
  ],
  [
    'est_totales',
    `UPDATE estimacion_header SET total_importe_mn = total_importe_mn + 0.01 WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET total_importe_mn = total_importe_mn - 0.01 WHERE id = ${String(creada)}`,
  ],
  [
    'est_deducciones',
    `UPDATE estimacion_deduccion SET importe_mn = importe_mn + 0.01 WHERE id_estimacion_header = ${String(creada)}`,
    `UPDATE estimacion_deduccion SET importe_mn = importe_mn - 0.01 WHERE id_estimacion_header = ${String(creada)}`,
  ],
  [
    'est_deducciones_congeladas',
    `UPDATE estimacion_header SET fecha_envio = '2026-02-20T17:00:00Z' WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET fecha_envio = NULL WHERE id = ${String(creada)}`,
  ],
  [
    'est_numeros',
    `UPDATE estimacion_header SET numero = 3 WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET numero = 1 WHERE id = ${String(creada)}`,
  ],
  [
    'est_familia',
    `UPDATE estimacion_header SET id_ot = ${String(ajena.ot)} WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET id_ot = ${String(escena.ot)} WHERE id = ${String(creada)}`,
  ],
  [
    'est_linea_de_gpu',
    `UPDATE registro_generadores_pu SET id_estimacion_detalle = NULL ${DE}`,
    `UPDATE registro_generadores_pu SET id_estimacion_detalle = (SELECT id FROM estimacion_detalle ${DE}) ${DE}`,
  ],
  [
    'est_firmas',
    `UPDATE registro_generadores_pu SET id_estatus = 20 WHERE id_produccion = ${String(otra.a)}`,
    `UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = ${String(otra.a)}`,
  ],
  [
    'est_dos_personas',
    `UPDATE estimacion_header SET autorizado_por = enviado_por WHERE id = ${String(primera)}`,
    `UPDATE estimacion_header SET autorizado_por = NULL WHERE id = ${String(primera)}`,
  ],
  [
    'est_prueba_familias',
    `UPDATE produccion SET volumen_estimado_acumulado = 5 WHERE id = ${String(escena.c)}`,
    `UPDATE produccion SET volumen_estimado_acumulado = 0 WHERE id = ${String(escena.c)}`,
  ],
  [
    'est_prueba_guardada',
    `INSERT INTO estimacion_prueba_resumen (id_estimacion_header, calculada_en, conceptos_sin_produccion, contratado_mn, contratado_usd)
      VALUES (${String(creada)}, now(), 0, 0, 0)`,
    `DELETE FROM estimacion_prueba_resumen WHERE id_estimacion_header = ${String(creada)}`,
  ],
  [
    'est_prueba_cuadra',
    `UPDATE partida_anexo_importada SET volumen_proyectado = 99 WHERE id = ${String(otra.P1.id)}`,
    `UPDATE partida_anexo_importada SET volumen_proyectado = 100 WHERE id = ${String(otra.P1.id)}`,
  ],
  [
    'est_prueba_lineas',
    `UPDATE estimacion_prueba SET estimado = estimado - 1, por_estimar = por_estimar + 1 ${DE_LA_PRUEBA}`,
    `UPDATE estimacion_prueba SET estimado = estimado + 1, por_estimar = por_estimar - 1 ${DE_LA_PRUEBA}`,
  ],
  [
    'est_instantanea',
    `INSERT INTO estimacion_instantanea (id_estimacion_header, contenido, sha256) VALUES (${String(creada)}, '{"lineas": [], "gpus": []}', repeat('0', 64))`,
    `DELETE FROM estimacion_instantanea WHERE id_estimacion_header = ${String(creada)}`,
  ],
  [
    'est_sello',
    `UPDATE estimacion_header SET tipo_cambio = tipo_cambio + 1, total_homologado = round(total_importe_mn + total_importe_usd * (tipo_cambio + 1), 2)
      WHERE id = ${String(primera)}`,
    `UPDATE estimacion_header SET tipo_cambio = tipo_cambio - 1, total_homologado = round(total_importe_mn + total_importe_usd * (tipo_cambio - 1), 2)
      WHERE id = ${String(primera)}`,
  ],
  [
    'est_comparaciones',
    `WITH a AS (INSERT INTO archivo (sha256, clase, bytes, clave) VALUES (repeat('c', 64), 'xlsx', 1, 'contenido/cc/c.xlsx') RETURNING id)
     INSERT INTO estimacion_comparacion (id_estimacion, id_archivo, nombre, lectura, iguales, diferentes, faltan_archivo, faltan_estimacion, sin_concepto)
     SELECT ${String(creada)}, a.id, 'x.xlsx', '{}', 0, 0, 0, 0, 0 FROM a`,
    'DELETE FROM estimacion_comparacion',
  ],
]

describe('verificar of estimaciones', () => {
  it('holds over a draft, and there is a breakage of each promise', async () => {
    expect(creada).toBeGreaterThan(0)
    expect(await rotas()).toEqual([])
    expect(ROTURAS.map(([clave]) => clave)).toEqual(INVARIANTES_ESTIMACIONES.map(({ clave }) => clave))
  })

  it.each(ROTURAS)('%s is seen to fail', async (clave, romper, arreglar) => {
    await aMano(pool, romper)
    expect(await rotas()).toContain(clave)
    await aMano(pool, arreglar)
    expect(await rotas()).toEqual([])
  })

  it('a proof whose «estimado antes» is not what the earlier ones bill is seen too, and one without its rows', async () => {
    const suya = `WHERE id_estimacion_header = ${String(segunda)} AND id_concepto_consolidado = ${String(otra.P1.concepto)}`
    await aMano(
      pool,
      `UPDATE estimacion_prueba SET estimado_antes = estimado_antes - 7, por_estimar = por_estimar + 7 ${suya}`,
    )
    const [falla] = (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(({ correcto }) => !correcto)
    expect([falla?.clave, falla?.casos]).toEqual([
      'est_prueba_lineas',
      [expect.stringMatching(/^EST-2 .*: 2\.1 con 23\.0+ y 5\.0+, y sus líneas 30\.0+ y 5\.0+$/)],
    ])
    await aMano(
      pool,
      `UPDATE estimacion_prueba SET estimado_antes = estimado_antes + 7, por_estimar = por_estimar - 7 ${suya}`,
    )
    expect(await rotas()).toEqual([])
    await aMano(pool, `DELETE FROM estimacion_prueba WHERE id_estimacion_header = ${String(segunda)}`)
    expect(await rotas()).toEqual(['est_prueba_guardada', 'est_prueba_lineas', 'est_sello'])
  })

  it('nothing that a sent estimation prints is changed by hand without being named, though it still adds up', async () => {
    const suya = `WHERE id = ${String(tercera)}`
    const deEstimacion = `WHERE id_estimacion_header = ${String(tercera)}`
    expect(await fallas()).not.toContain(DE_TERCERA)
    const cambios: readonly (readonly [romper: string, arreglar: string])[] = [
      [
        `UPDATE estimacion_header SET fecha_hasta = fecha_hasta + 5 ${suya}`,
        `UPDATE estimacion_header SET fecha_hasta = fecha_hasta - 5 ${suya}`,
      ],
      [
        `UPDATE estimacion_header SET folio_factura = 'F-9' ${suya}`,
        `UPDATE estimacion_header SET folio_factura = 'A-1' ${suya}`,
      ],
      [
        `UPDATE estimacion_deduccion SET nombre = 'Otra' ${deEstimacion}`,
        `UPDATE estimacion_deduccion SET nombre = 'Anticipo' ${deEstimacion}`,
      ],
      [
        `UPDATE estimacion_prueba SET producido = producido + 1 ${deEstimacion} AND id_concepto_consolidado = ${String(escenaTercera.P3.concepto)}`,
        `UPDATE estimacion_prueba SET producido = producido - 1 ${deEstimacion} AND id_concepto_consolidado = ${String(escenaTercera.P3.concepto)}`,
      ],
      [
        `UPDATE estimacion_prueba SET precio_unitario_mn = precio_unitario_mn + 1 ${deEstimacion}`,
        `UPDATE estimacion_prueba SET precio_unitario_mn = precio_unitario_mn - 1 ${deEstimacion}`,
      ],
    ]
    for (const [romper, arreglar] of cambios) {
      await aMano(pool, romper)
      expect(await fallas(), romper).toContain(DE_TERCERA)
      await aMano(pool, arreglar)
      expect(await fallas(), arreglar).not.toContain(DE_TERCERA)
    }
  })
})
