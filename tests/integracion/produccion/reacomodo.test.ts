import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { aMicras, textoFijo } from '../../../src/comun/volumenes.ts'
import { recalcularExcedentes } from '../../../src/modulos/produccion/captura/excedentes.repo.ts'
import { marcarExcedentes } from '../../../src/modulos/produccion/captura/excedentes.contrato.ts'
import { PRODUCCION_DE_LA_FAMILIA } from '../../../src/modulos/produccion/index.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { estimarDePrueba } from '../../apoyo/estimaciones.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { datosComunes, ESTATUS, fabricasProduccion, UNIDAD } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const { pool } = app.conexion
const { P1 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('administrador')
const TUBO = { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M, mn: '1000', usd: '50' }
const marcas = async () => (await crea.leerProduccion(101)).map(({ excedente }) => excedente)
const acomodar = (traslados?: { de: number; a: number }[]) =>
  conTransaccion(app.ctx, (tx) => PRODUCCION_DE_LA_FAMILIA.reacomodar(tx, 101, traslados))
/** Promises of the module that do not hold. */
const roto = async () => (await comprobar(app.ctx, INVARIANTES_PRODUCCION)).filter(({ correcto }) => !correcto)

describe('one algorithm of excedentes', () => {
  const fila = fc.record({
    dia: fc.integer({ min: 1, max: 28 }),
    mes: fc.integer({ min: 1, max: 3 }),
    tipo: fc.constantFrom('TE' as const, 'CMA' as const),
    sitio: fc.constantFrom(1, 2),
    micras: fc.bigInt({ min: 1n, max: 60_000_000n }),
  })
  const caso = fc.record({
    filas: fc.uniqueArray(fila, {
      selector: (f) => `${String(f.mes)}/${String(f.dia)}${f.tipo}${String(f.sitio)}`,
      minLength: 1,
      maxLength: 30,
    }),
    tope: fc.bigInt({ min: 0n, max: 600_000_000n }),
    antes: fc.boolean(),
  })

  it('property: the database marks what the page previews, whatever was marked before', async () => {
    await fc.assert(
      fc.asyncProperty(caso, async ({ filas, tope, antes }) => {
        await pool.query('DELETE FROM registro_generadores_pu; DELETE FROM produccion')
        await pool.query('UPDATE partida_anexo_importada SET volumen_proyectado = $2 WHERE id = $1', [
          P1.id,
          textoFijo(tope),
        ])
        const dadas = filas.map((f) => ({ ...f, fecha: `2026-0${String(f.mes)}-${String(f.dia).padStart(2, '0')}` }))
        for (const f of dadas)
          await crea.produccion(P1, {
            fecha: f.fecha,
            volumen: textoFijo(f.micras),
            tipo: f.tipo,
            sitio: f.sitio,
            gpuDe: null,
            es_excedente: antes,
          })
        const cambiadas = await conTransaccion(app.ctx, (tx) => recalcularExcedentes(tx.bd, [101], [P1.concepto]))
        const guardadas = await crea.leerProduccion(101)
        const esperadas = marcarExcedentes(
          tope,
          guardadas.map((g) => ({
            fecha: g.fecha,
            tipo: g.tipo as 'TE' | 'CMA',
            sitio: g.sitio,
            micras: aMicras(g.volumen),
          })),
        )
        expect(guardadas.map(({ excedente }) => excedente)).toEqual(esperadas)
        expect(cambiadas).toHaveLength(esperadas.filter((marca) => marca !== antes).length)
      }),
      { numRuns: 25 },
    )
    await pool.query('DELETE FROM registro_generadores_pu; DELETE FROM produccion')
    await pool.query('UPDATE partida_anexo_importada SET volumen_proyectado = 100 WHERE id = $1', [P1.id])
  })
})

describe('production follows its concept', () => {
  it('produccion §10.11 and §10.12: a higher ceiling clears flags, a late day brings them back', async () => {
    for (const [fecha, volumen, sitio, tipo] of [
      ['2026-01-30', '40', 2, 'TE'],
      ['2026-02-12', '35', 1, 'TE'],
      ['2026-02-12', '10', 1, 'CMA'],
      ['2026-02-13', '20', 1, 'TE'],
      ['2026-02-14', '1', 1, 'TE'],
    ] as const)
      await crea.produccion(P1, { fecha, volumen, sitio, tipo })
    expect((await acomodar()).recalculadas).toBe(2)
    expect(await marcas()).toEqual([false, false, false, true, true])
    await crea.version(102, [{ ...TUBO, volumen: '105' }])
    expect(await acomodar()).toEqual({ recalculadas: 1, fusionadas: 0 })
    expect(await marcas()).toEqual([false, false, false, false, true])
    const tarde = await agente.post('/operaciones/produccion/guardar_produccion_masiva/').send({
      id_ot: 101,
      mes: 1,
      anio: 2026,
      id_sitio: 2,
      tipo_tiempo: 'TE',
      cambios: [{ id_partida_imp: P1.id, dia: 31, valor: '5', valor_anterior: '' }],
    })
    expect(tarde.status).toBe(200)
    expect(await marcas()).toEqual([false, false, false, false, true, true])
    expect(await roto()).toEqual([])
  })

  it('produccion §10.27: deleting the reprogramación in force counts again with the one before', async () => {
    const respuesta = await agente.post('/operaciones/ot/eliminar/').send({ id: 102 })
    expect(respuesta.status).toBe(200)
    expect(await marcas()).toEqual([false, false, false, false, true, true])
    const { rows } = await pool.query<{ id: string }>('SELECT DISTINCT id_partida_anexo AS id FROM produccion')
    expect(rows.map(({ id }) => Number(id))).toEqual([P1.id])
    // 40 + 5 + 35 + 10 = 90, then 110 and 111 above 100.
    await pool.query('UPDATE partida_anexo_importada SET volumen_proyectado = 110 WHERE id = $1', [P1.id])
    expect((await acomodar()).recalculadas).toBe(1)
    expect(await roto()).toEqual([])
  })

  it('what no annex has any more stays, authorised 0, and can still be corrected', async () => {
    const otra = await crea.version(101, [{ codigo: '5.1.', concepto: 'GRÚA', unidad: UNIDAD.JORNADA, volumen: '3' }])
    const lista = await conTransaccion(app.ctx, (tx) =>
      PRODUCCION_DE_LA_FAMILIA.sinDestino(
        tx,
        101,
        otra.partidas.map(({ concepto }) => concepto),
      ),
    )
    expect(lista).toEqual([
      {
        idConcepto: P1.concepto,
        anexo: 'C-2',
        codigo: '2.1',
        concepto: 'TUBO DE ACERO',
        unidad: 'M',
        producciones: 6,
        volumen: '111.000000',
        estimaciones: null,
      },
    ])
    expect((await acomodar()).recalculadas).toBe(5)
    expect(await marcas()).toEqual([true, true, true, true, true, true])
    const { body } = await agente
      .get('/operaciones/produccion/obtener_partidas_produccion/')
      .query({ id_ot: 101, mes: 2, anio: 2026, id_sitio: 1 })
    expect((body as { partidas: object[] }).partidas).toContainEqual(
      expect.objectContaining({ id_partida_imp: P1.id, sin_anexo_vigente: true, vol_total_proyectado: '0.000000' }),
    )
    await pool.query(
      'UPDATE importacion_anexo SET es_activo = NOT es_activo WHERE id_ot = 101 AND id IN (SELECT max(id) FROM importacion_anexo WHERE id_ot = 101)',
    )
    await pool.query('UPDATE importacion_anexo SET es_activo = true WHERE id_ot = 101 AND numero = 1')
    await acomodar()
    expect(await roto()).toEqual([])
  })

  it('anexo-c §6.4.2: two rows that end in one place are added, with the most advanced GPU and all the evidence', async () => {
    await pool.query('DELETE FROM registro_generadores_pu; DELETE FROM produccion')
    const gemela = await crea.partida((await crea.version(103, [])).id, { ...TUBO, anexo: 'S/A', volumen: '1' }, 1)
    await pool.query('UPDATE concepto_consolidado SET id_ot = 101 WHERE id = $1', [gemela.concepto])
    const suya = { ...gemela, familia: 101 }
    const a = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '3', gpuDe: ESTATUS.PROCESO })
    const b = await crea.produccion(suya, { fecha: '2026-02-12', volumen: '2.5', gpuDe: null })
    await crea.gpu(b, { id_estatus: ESTATUS.FALTA_FIRMA })
    await crea.produccion(suya, { fecha: '2026-02-13', volumen: '1', gpuDe: null })
    await pool.query(`UPDATE registro_generadores_pu SET archivo = 'https://ejemplo.mx/a' WHERE id_produccion = $1`, [
      a,
    ])
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-12' })

    const traslado = { de: gemela.concepto, a: P1.concepto }
    expect(await acomodar([traslado])).toEqual({ recalculadas: 0, fusionadas: 1 })
    const quedan = await crea.leerProduccion(101)
    expect(quedan.map(({ id, fecha, volumen, gpu }) => [id, fecha, volumen, gpu])).toEqual([
      [b, '2026-02-12', '5.500000', ESTATUS.FALTA_FIRMA],
      [expect.any(Number), '2026-02-13', '1.000000', ESTATUS.PROCESO],
    ])
    const { rows } = await pool.query('SELECT archivo FROM registro_generadores_pu WHERE id_produccion = $1', [b])
    expect(rows).toEqual([{ archivo: 'https://ejemplo.mx/a' }])
    const log = await pool.query(
      `SELECT valor_anterior, valor_actual FROM registro_actividad WHERE detalle LIKE 'al acomodar%'`,
    )
    expect(log.rows).toEqual([{ valor_anterior: '3.000000 + 2.500000', valor_actual: '5.500000' }])

    await pool.query('DELETE FROM reporte_diario_detalle')
    const estimada = await crea.produccion(suya, { fecha: '2026-02-12', volumen: '1', gpuDe: null })
    const estimacion = await estimarDePrueba(pool, 101, [estimada])
    await expect(acomodar([traslado])).rejects.toMatchObject({ estado: 409 })
    await estimacion.liberar()
  })

  it('a reprogramación with an annex changes family with it, unless production would be left behind', async () => {
    await pool.query('DELETE FROM registro_generadores_pu; DELETE FROM reporte_diario_detalle; DELETE FROM produccion')
    const inicial = fabricas(pool)
    const hija = await inicial.reprogramacion(101, { num_reprogramacion: 7, estatus: 1 })
    const { partidas } = await crea.version(hija, [{ codigo: '9.9', concepto: 'SOLO AQUÍ', volumen: '5' }])
    const [sola] = partidas
    if (!sola) throw new Error('It has one')
    await crea.produccion(sola, { fecha: '2026-02-12', volumen: '1' })
    const mover = () => agente.post('/operaciones/ot/editar/').send({ id: hija, ot_principal: 103 })
    const negado = await mover()
    expect(negado.status).toBe(409)
    expect((negado.body as { detalles: string }).detalles).toContain('9.9')
    await pool.query('DELETE FROM produccion')
    expect((await mover()).status).toBe(200)
    const { rows } = await pool.query<{ id_ot: string }>(
      'SELECT k.id_ot FROM partida_anexo_importada p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado WHERE p.id = $1',
      [sola.id],
    )
    expect(Number(rows[0]?.id_ot)).toBe(103)
  })
})

describe('linking a partida', () => {
  const vincular = (id_ot: number, id_producto: number) =>
    agente.post('/operaciones/produccion/vincular_partida_ot/').type('form').send({ id_ot, id_producto })
  const pue = async (codigo: string, activo = true): Promise<number> => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO contrato_concepto_maestro (id_tipo_partida, partida_extraordinaria, descripcion, id_unidad_medida, cantidad, precio_unitario_usd, activo)
       VALUES (7, $1, 'Concepto extraordinario', 15, 1, 20.25, $2) RETURNING id`,
      [codigo, activo],
    )
    return Number(rows[0]?.id)
  }

  it('produccion §10.25: authorised 0, so its production is excedente at once, with its GPU blocked; never twice', async () => {
    const concepto = await pue('C3EXT-0100')
    const r = await vincular(101, concepto)
    expect(r.body).toMatchObject({ exito: true, tipo_aviso: 'exito' })
    const id = (r.body as { id_nuevo: number }).id_nuevo
    const { rows } = await pool.query(
      `SELECT p.anexo, p.volumen_proyectado::text AS volumen, p.precio_unitario_mn::text AS mn, p.precio_unitario_usd::text AS usd, p.origen,
        i.total_registros::int AS total, (SELECT count(*)::int FROM partida_anexo_importada q WHERE q.id_importacion_anexo = i.id) AS cuantas
       FROM partida_anexo_importada p JOIN importacion_anexo i ON i.id = p.id_importacion_anexo WHERE p.id = $1`,
      [id],
    )
    expect(rows).toEqual([
      { anexo: 'C3EXT', volumen: '0.000000', mn: '0.0000', usd: '20.2500', origen: 'vinculada', total: 4, cuantas: 4 },
    ])
    const guardado = await agente.post('/operaciones/produccion/guardar_produccion_masiva/').send({
      id_ot: 101,
      mes: 2,
      anio: 2026,
      id_sitio: 1,
      tipo_tiempo: 'TE',
      cambios: [{ id_partida_imp: id, dia: 12, valor: '2', valor_anterior: '' }],
    })
    expect(guardado.body).toMatchObject({ gpus_creados: 1, excedentes_nuevos: [{ codigo: 'C3EXT-0100', dia: 12 }] })
    const nota = await pool.query<{ nota_automatica: boolean }>(
      'SELECT nota_automatica FROM registro_generadores_pu g JOIN produccion p ON p.id = g.id_produccion WHERE p.id_partida_anexo = $1',
      [id],
    )
    expect(nota.rows).toEqual([{ nota_automatica: true }])
    expect((await vincular(101, concepto)).status).toBe(409)
  })

  it('an OT without annex gets one; what is inactive, unknown or of a deleted OT is refused', async () => {
    expect((await vincular(105, await pue('C2EXT-7'))).status).toBe(200)
    const { rows } = await pool.query(
      'SELECT modo, total_registros::int AS total FROM importacion_anexo WHERE id_ot = 105',
    )
    expect(rows).toEqual([{ modo: 'vinculacion', total: 1 }])
    expect((await vincular(105, await pue('C2EXT-8', false))).status).toBe(400)
    expect((await vincular(105, 999_999)).status).toBe(404)
    expect((await vincular(104, await pue('C2EXT-9'))).status).toBe(409)
  })
})

it('nothing failed on the way, and the promises of the module hold', async () => {
  expect(app.errores).toEqual([])
  expect(await roto()).toEqual([])
})
