import { beforeEach, describe, expect, it } from 'vitest'
import { INVARIANTES_ANEXO } from '../../../src/modulos/anexo/anexo.invariantes.ts'
import { huellaDelDia } from '../../../src/modulos/produccion/diario/firma.repo.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { ejecutar } from '../../../src/plataforma/bd.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { P1, P2, P3, anexo101, anexo103 } = await datosComunes(pool)

/** What does not hold, with how many cases. */
const fallas = async () => {
  const todas = await comprobar(app.ctx, [...INVARIANTES_ANEXO, ...INVARIANTES_PRODUCCION])
  return todas.flatMap(({ clave, casos }) => (casos.length > 0 ? [[clave, casos.length]] : []))
}
/** Signs as the service does. */
const firmar = async (fecha: string, sitio: number) => {
  await crea.reporteDiario({ ot: 101, fecha, sitio })
  await ejecutar(
    app.conexion.bd,
    sql`UPDATE reporte_diario_detalle d SET huella_firma = ${huellaDelDia(sql`d.id_reporte_mensual`, sql`d.fecha`, sql`d.id_sitio`)}
      WHERE d.fecha = ${fecha}::date AND d.id_sitio = ${sitio}`,
  )
}
const AL_MARGEN = "SET session_replication_role = 'replica'"
/** Writes as nobody can: past triggers and foreign keys, in a connection of its own. */
const aEscondidas = async (...sentencias: string[]) => {
  const cliente = await pool.connect()
  try {
    await cliente.query(AL_MARGEN)
    for (const sentencia of sentencias) await cliente.query(sentencia)
  } finally {
    cliente.release(true)
  }
}

// The month of produccion §10.10: 40, 35, 10, 20 and 1 of P1 with tope 100, the last two above it.
beforeEach(async () => {
  await aEscondidas(
    'DELETE FROM registro_generadores_pu',
    'DELETE FROM produccion',
    'DELETE FROM reporte_diario_detalle',
    'DELETE FROM reporte_mensual_header',
    'UPDATE ot SET estatus = 1 WHERE id = 102',
    "DELETE FROM concepto_consolidado WHERE codigo = '9.9'",
    'DELETE FROM partida_anexo_importada WHERE id_importacion_anexo IN (SELECT id FROM importacion_anexo WHERE id_ot = 102)',
    'DELETE FROM importacion_anexo WHERE id_ot = 102',
  )
  await crea.produccion(P1, { fecha: '2026-01-30', volumen: '40', sitio: 2 })
  await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35' })
  await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', tipo: 'CMA' })
  for (const [fecha, volumen] of [
    ['2026-02-13', '20'],
    ['2026-02-14', '1'],
  ] as const) {
    const id = await crea.produccion(P1, { fecha, volumen, es_excedente: true, gpuDe: null })
    await crea.gpu(id, { nota_bloqueo: 'Excedente', nota_automatica: true })
  }
  await crea.produccion(P2, { fecha: '2026-02-12', volumen: '20.5' })
  await crea.produccion(P3, { fecha: '2026-02-12', volumen: '300' })
  await firmar('2026-01-30', 2)
  await firmar('2026-02-12', 1)
  await firmar('2026-02-20', 1)
})

describe('promises of annexes and production', () => {
  it('hold in a month that is well', async () => {
    expect(await fallas()).toEqual([])
  })

  it('produccion_excedentes: a flag set or cleared by hand, a volume changed under it, another tope', async () => {
    await pool.query("UPDATE produccion SET es_excedente = true WHERE fecha_produccion = '2026-01-30'")
    expect(await fallas()).toContainEqual(['produccion_excedentes', 1])
    await pool.query("UPDATE produccion SET es_excedente = fecha_produccion = '2026-02-14'")
    expect(await fallas()).toContainEqual(['produccion_excedentes', 1])
    await pool.query("UPDATE produccion SET es_excedente = fecha_produccion > '2026-02-12'")
    await aEscondidas("UPDATE produccion SET volumen_produccion = 0.000001 WHERE fecha_produccion = '2026-02-13'")
    expect(await fallas()).toEqual([['produccion_excedentes', 2]])
    // produccion §10.13: the sixth decimal decides.
    await pool.query("UPDATE produccion SET volumen_produccion = 15 WHERE fecha_produccion = '2026-02-13'")
    expect(await fallas()).toEqual([['produccion_excedentes', 1]])
    await pool.query("UPDATE produccion SET volumen_produccion = 15.000001 WHERE fecha_produccion = '2026-02-13'")
    expect(await fallas()).toEqual([])
  })

  it('produccion_excedentes and produccion_partida_en_vigor: a reprogramación whose annex nobody followed', async () => {
    await crea.version(102, [{ codigo: '2.1', concepto: 'TUBO DE ACERO', anexo: 'C-2', volumen: '105' }])
    expect(await fallas()).toEqual([
      ['produccion_excedentes', 1],
      ['produccion_partida_en_vigor', 5],
    ])
    await pool.query('UPDATE ot SET estatus = 0 WHERE id = 102')
    expect(await fallas()).toEqual([])
  })

  it('produccion_partida_en_vigor: what only a deleted reprogramación had stays without annex', async () => {
    const { partidas } = await crea.version(102, [{ codigo: '9.9', anexo: 'C-5', volumen: '1' }])
    if (partidas[0]) await crea.produccion(partidas[0], { fecha: '2026-02-15', volumen: '2', es_excedente: true })
    await pool.query('UPDATE ot SET estatus = 0 WHERE id = 102')
    expect(await fallas()).toEqual([])
    await pool.query('UPDATE importacion_anexo SET es_activo = false WHERE id_ot = 102')
    expect(await fallas()).toEqual([['produccion_partida_en_vigor', 1]])
  })

  it('produccion_partida_en_vigor: the annex goes and leaves its production without concept', async () => {
    await pool.query('UPDATE importacion_anexo SET es_activo = false WHERE id = $1', [anexo101.id])
    expect(await fallas()).toContainEqual(['produccion_partida_en_vigor', 7])
    await pool.query('UPDATE importacion_anexo SET es_activo = true WHERE id = $1', [anexo101.id])
  })

  it('produccion_de_su_familia: production of one order in the folder of another', async () => {
    const ajena = await crea.carpeta(103, '2026-02-01')
    await aEscondidas(
      `UPDATE produccion SET id_reporte_mensual = ${String(ajena)} WHERE fecha_produccion = '2026-02-14'`,
    )
    expect(await fallas()).toEqual([['produccion_de_su_familia', 1]])
  })

  it('produccion_gpu: one of C-3 without GPU; C-5 needs none', async () => {
    await pool.query(
      'DELETE FROM registro_generadores_pu g USING produccion p WHERE p.id = g.id_produccion AND p.id_concepto_consolidado = $1',
      [P2.concepto],
    )
    expect(await fallas()).toEqual([['produccion_gpu', 1]])
  })

  it('produccion_gpu_bloqueado: an excedente without its reason, a reason that is over', async () => {
    await pool.query("UPDATE registro_generadores_pu SET nota_bloqueo = '' WHERE nota_automatica")
    expect(await fallas()).toEqual([['produccion_gpu_bloqueado', 2]])
    await pool.query("UPDATE registro_generadores_pu SET nota_bloqueo = 'Excedente', nota_automatica = true")
    expect(await fallas()).toEqual([['produccion_gpu_bloqueado', 4]])
  })

  it.each([
    [
      'a volume',
      "UPDATE produccion SET volumen_produccion = volumen_produccion + 0.000001 WHERE fecha_produccion = '2026-01-30'",
    ],
    ['the kind of time', "UPDATE produccion SET tipo_tiempo = 'CMA' WHERE fecha_produccion = '2026-01-30'"],
    ['a row that goes', "DELETE FROM produccion WHERE fecha_produccion = '2026-01-30'"],
    [
      'the fingerprint itself',
      `UPDATE reporte_diario_detalle SET huella_firma = '${'0'.repeat(64)}' WHERE fecha = '2026-02-20'`,
    ],
  ])('produccion_dias_firmados: %s of a signed day', async (_que, sentencia) => {
    await aEscondidas(sentencia)
    expect((await fallas()).filter(([clave]) => clave === 'produccion_dias_firmados')).toEqual([
      ['produccion_dias_firmados', 1],
    ])
  })

  it('produccion_dias_firmados: a row that appears in a signed day; other sites and days do not count', async () => {
    await crea.produccion(P3, { fecha: '2026-02-20', volumen: '1', sitio: 2, es_excedente: true })
    await crea.produccion(P3, { fecha: '2026-02-21', volumen: '1', es_excedente: true })
    expect(await fallas()).toEqual([])
    const mensual = await crea.carpeta(101, '2026-02-01')
    await aEscondidas(
      `INSERT INTO produccion (id_partida_anexo, id_concepto_consolidado, id_reporte_mensual, fecha_produccion, volumen_produccion, tipo_tiempo, id_sitio_produccion, es_excedente)
       VALUES (${String(P3.id)}, ${String(P3.concepto)}, ${String(mensual)}, '2026-02-20', 1, 'TE', 1, true)`,
    )
    expect(await fallas()).toEqual([['produccion_dias_firmados', 1]])
  })

  it('produccion_bitacora: a log ahead of its month', async () => {
    const mensual = await crea.carpeta(101, '2026-02-01')
    await pool.query(
      `INSERT INTO registro_actividad (tabla_log, evento, campo, afectacion, registro_id, version) VALUES (23, 'MODIFICAR', 'Enlace', 'Reporte mensual', $1, 7)`,
      [mensual],
    )
    expect(await fallas()).toEqual([['produccion_bitacora', 1]])
  })

  it('anexo_total_registros, anexo_conceptos_de_su_familia, anexo_clave_de_partida, anexo_un_activo', async () => {
    await pool.query('UPDATE importacion_anexo SET total_registros = 4 WHERE id = $1', [anexo103.id])
    expect(await fallas()).toEqual([['anexo_total_registros', 1]])
    await pool.query('UPDATE importacion_anexo SET total_registros = 3 WHERE id = $1', [anexo103.id])

    const [, , gruaDe103] = anexo103.partidas
    const cambiar = (concepto: number) =>
      pool.query('UPDATE partida_anexo_importada SET id_concepto_consolidado = $2 WHERE id = $1', [
        gruaDe103?.id,
        concepto,
      ])
    await cambiar(P3.concepto)
    expect(await fallas()).toContainEqual(['anexo_conceptos_de_su_familia', 1])
    await cambiar((await crea.concepto(103, { codigo: '5.2', concepto: 'OTRA COSA' })).id)
    expect(await fallas()).toEqual([['anexo_clave_de_partida', 1]])
    await cambiar(gruaDe103?.concepto ?? 0)

    await pool.query("UPDATE concepto_consolidado SET codigo = '5.10' WHERE id = $1", [gruaDe103?.concepto])
    expect(await fallas()).toEqual([['anexo_clave_de_partida', 1]])
    await pool.query("UPDATE concepto_consolidado SET codigo = '5.1' WHERE id = $1", [gruaDe103?.concepto])
    // A partida without annex is of the only concept like it that has one.
    await pool.query("UPDATE partida_anexo_importada SET anexo = 'S/A' WHERE id = $1", [gruaDe103?.id])
    expect(await fallas()).toEqual([])

    await pool.query('DROP INDEX importacion_anexo_activo_unico')
    await pool.query("INSERT INTO importacion_anexo (id_ot, numero, archivo_excel) VALUES (103, 9, 'otro.xlsx')")
    expect(await fallas()).toEqual([['anexo_un_activo', 1]])
  })
})
