// Radar de cobro (issue D §2, decision 0035): figures worked by hand over the data of estimaciones §11, and random states.
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { fechaIso } from '../../../src/comun/fechas.ts'
import { textoPlano } from '../../../src/comun/dinero.ts'
import { candidatasDe } from '../../../src/modulos/estimaciones/candidatas.service.ts'
import { INVARIANTES_RADAR } from '../../../src/modulos/estimaciones/radar/radar.invariantes.ts'
import {
  mantenerRadar,
  sumarCifras,
  verPiezas,
  verRadar,
} from '../../../src/modulos/estimaciones/radar/radar.service.ts'
import {
  CLAVES_APARTADO,
  CLAVES_BANDA,
  type Agrupacion,
  type Apartado,
  type Cifra,
  type FiltrosRadar,
  type Moneda,
} from '../../../src/modulos/estimaciones/radar/radar.tipos.ts'
import { cambiarParametro } from '../../../src/modulos/parametros/parametros.service.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aMano } from '../../apoyo/bd.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-03-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const captura = await app.entrarComo('estimaciones')
const autoriza = await app.entrarComo('administrador')
const BASE = '/operaciones/estimaciones'

const TODO: FiltrosRadar = { idOt: null, idCliente: null, idSitio: null, antiguedad: null }
const radarDe = async (filtros: Partial<FiltrosRadar>, por: Agrupacion = 'ot', moneda: Moneda = 'mn') =>
  (await verRadar(app.ctx, { filtros: { ...TODO, ...filtros }, por, moneda, inicio: 0, limite: 10_000 })).radar
const escrita = ({ mn, usd }: Cifra): [string, string] => [textoPlano(mn), textoPlano(usd)]
const deOt = async (ot: number): Promise<Partial<Record<Apartado | 'total', [string, string]>>> => {
  const { apartados, total } = await radarDe({ idOt: ot })
  const conAlgo = CLAVES_APARTADO.filter((clave) => apartados[clave].piezas > 0)
  return {
    ...Object.fromEntries(conAlgo.map((clave) => [clave, escrita(apartados[clave])])),
    total: escrita(total),
  }
}
const rotas = async (): Promise<string[]> =>
  (await comprobar(app.ctx, INVARIANTES_RADAR)).flatMap(({ correcto, clave }) => (correcto ? [] : [clave]))

/** Rows of the first sheet of a workbook. */
async function hoja(ruta: string): Promise<unknown[][]> {
  const { status, body } = await captura.agente.get(`${BASE}/${ruta}`).buffer(true).responseType('blob')
  expect(status).toBe(200)
  const libro = new exceljs.Workbook()
  await libro.xlsx.load(body as never)
  const filas: unknown[][] = []
  libro.worksheets[0]?.eachRow((fila) => filas.push((fila.values as unknown[]).slice(1)))
  return filas
}

type Cuerpo = Record<string, unknown>
const enviar = async (ruta: string, cuerpo: Cuerpo, { agente } = captura): Promise<Cuerpo> => {
  const { status, body } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
  expect([status, (body as Cuerpo)['detalles']]).toEqual([200, expect.any(String)])
  return body as Cuerpo
}
/** Draft of example 3: a billed 30 of 35, b and e whole. */
async function borrador({ ot, a, b, e }: Escena): Promise<{ id: number; version: unknown }> {
  const { id_nuevo, version } = await enviar('crear', {
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [
      { id_produccion: a, volumen_estimado: '30', comentario_ajuste: 'medición cliente' },
      { id_produccion: b },
      { id_produccion: e },
    ],
  })
  return { id: Number(id_nuevo), version }
}

describe('radar over the data of estimaciones §11', () => {
  it('puts each piece in its place, and follows the evidence', async () => {
    const { ot, d, e, P3 } = await escenaDeEstimacion(pool)
    const total = ['86626.63', '3250.00']
    expect(await deOt(ot)).toEqual({
      sin_evidencia: ['8126.63', '0.00'],
      estimable: ['58500.00', '2250.00'],
      excedente: ['20000.00', '1000.00'],
      total,
    })
    await pool.query("UPDATE registro_generadores_pu SET archivo = 'https://ejemplo.mx/d' WHERE id_produccion = $1", [
      d,
    ])
    expect(await deOt(ot)).toMatchObject({ evidencia_sin_firma: ['8126.63', '0.00'], total })
    await pool.query('UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = $1', [d])
    expect(await deOt(ot)).toEqual({
      estimable: ['66626.63', '2250.00'],
      excedente: ['20000.00', '1000.00'],
      total,
    })
    // A day that is reported and not signed, and one without report.
    await pool.query(
      `UPDATE reporte_diario_detalle SET id_estatus = 18, bloqueado = false, fecha_firma = NULL, huella_firma = NULL
       WHERE id_reporte_mensual = (SELECT id_reporte_mensual FROM produccion WHERE id = $1)`,
      [e],
    )
    expect(await deOt(ot)).toMatchObject({ evidencia_sin_firma: ['13500.00', '0.00'], total })
    await crea.produccion(P3, { fecha: '2026-02-14', volumen: '0.333333', sitio: SEMILLA.embarcacion })
    // 0.333333 × 1,125 = 374.999625
    expect(await deOt(ot)).toMatchObject({ sin_evidencia: ['375.00', '0.00'], total: ['87001.63', '3250.00'] })
    expect(await rotas()).toEqual([])
  })

  it('follows an estimation from its draft to its payment, rejected and cancelled too', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { ot } = escena
    let { id, version } = await borrador(escena)
    const resto = {
      sin_evidencia: ['8126.63', '0.00'],
      estimable: ['5000.00', '250.00'],
      excedente: ['20000.00', '1000.00'],
      total: ['86626.63', '3250.00'],
    }
    const paso = async (estatus: string, mas: Cuerpo = {}, quien = captura) => {
      ;({ version } = await enviar('cambiar_estatus', { id, version, estatus, ...mas }, quien))
    }
    const monto = ['53500.00', '2000.00']
    expect(await deOt(ot)).toEqual({ ...resto, en_borrador: monto })
    await paso('ENVIADA')
    expect(await deOt(ot)).toEqual({ ...resto, enviada: monto })
    await paso('RECHAZADA', { motivo: 'volúmenes' }, autoriza)
    expect(await deOt(ot)).toEqual({ ...resto, en_borrador: monto })
    expect(escrita((await radarDe({ idOt: ot })).rechazadas)).toEqual(monto)
    await paso('EN_ESTIMACION')
    await paso('ENVIADA')
    await paso('AUTORIZADA', { fecha_autorizacion: '2026-02-18' }, autoriza)
    expect(await deOt(ot)).toEqual({ ...resto, autorizada: monto })
    await paso('FACTURADA', { folio_factura: 'F-1', fecha_factura: '2026-02-19' }, autoriza)
    expect(await deOt(ot)).toEqual({ ...resto, facturada: monto })
    await paso('COBRADA', { fecha_cobro: '2026-02-20' }, autoriza)
    expect(await deOt(ot)).toEqual({ ...resto, cobrada: monto })
    const otra = await escenaDeEstimacion(pool)
    ;({ id, version } = await borrador(otra))
    await paso('CANCELADA', { motivo: 'se hace de nuevo' }, autoriza)
    expect(await deOt(otra.ot)).toEqual({ ...resto, estimable: ['58500.00', '2250.00'] })
    expect(await rotas()).toEqual([])
  })

  it('reconciles frozen prices with those in force, and the rounding of documents', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena)
    await enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' })
    await pool.query('UPDATE partida_anexo_importada SET precio_unitario_mn = 1100 WHERE id = $1', [escena.P1.id])
    const { control, total, apartados, conciliacion } = await radarDe({ idOt: escena.ot })
    // a: 30 at 1,000 and 5 at 1,100; b: 10 at 1,000; c: 20 at 1,100; in force 65 × 1,100.
    expect(escrita(apartados.enviada)).toEqual(['53500.00', '2000.00'])
    expect(escrita(apartados.estimable)).toEqual(['5500.00', '250.00'])
    expect(escrita(control.vigente)).toEqual(['93126.63', '3250.00'])
    expect(escrita(control.diferencia)).toEqual(['-4000.00', '0.00'])
    expect(escrita(total)).toEqual(escrita(sumarCifras([control.vigente, control.diferencia])))
    expect(conciliacion?.find(({ apartado }) => apartado === 'enviada')).toMatchObject({
      radar: apartados.enviada,
      documentos: { piezas: 1 },
    })
    // Two days of 3.25 at 2,500.50: 16,253.26 by row, 16,253.25 in the document.
    const otra = await escenaDeEstimacion(pool)
    const segunda = await crea.produccion(otra.P2, {
      fecha: '2026-02-13',
      volumen: '3.25',
      sitio: SEMILLA.patio,
      gpuDe: ESTATUS.FIRMADO,
    })
    await pool.query('UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = $1', [otra.d])
    await enviar('crear', {
      id_ot: otra.ot,
      fecha_desde: '2026-02-01',
      fecha_hasta: '2026-02-15',
      fecha_estimacion: '2026-02-16',
      detalles: [otra.d, segunda].map((id_produccion) => ({ id_produccion })),
    })
    const conciliada = (await radarDe({ idOt: otra.ot })).conciliacion?.find((c) => c.apartado === 'en_borrador')
    expect([conciliada?.radar, conciliada?.documentos].map((cifra) => cifra && textoPlano(cifra.mn))).toEqual([
      '16253.26',
      '16253.25',
    ])
    expect((await radarDe({ idOt: otra.ot, idSitio: SEMILLA.patio })).conciliacion).toBeNull()
    expect(await rotas()).toEqual([])
  })

  it('splits a row among its lines and what is left so that the pieces add up to it', async () => {
    const escena = await escenaDeEstimacion(pool)
    // 1 × 0.005 twice and once more: rounded each alone 0.01 + 0.01 + 0.01, the row is 0.02 (0.015).
    await pool.query(
      'UPDATE partida_anexo_importada SET precio_unitario_mn = 0.005, precio_unitario_usd = 0 WHERE id = $1',
      [escena.P3.id],
    )
    const fila = await crea.produccion(escena.P3, { fecha: '2026-02-13', volumen: '3', sitio: SEMILLA.embarcacion })
    await crea.reporteDiario({ ot: escena.ot, fecha: '2026-02-13', sitio: SEMILLA.embarcacion })
    for (let i = 0; i < 2; i += 1)
      await enviar('crear', {
        id_ot: escena.ot,
        fecha_desde: '2026-02-13',
        fecha_hasta: '2026-02-13',
        fecha_estimacion: '2026-02-16',
        detalles: [{ id_produccion: fila, volumen_estimado: '1', comentario_ajuste: 'por partes' }],
      })
    const { piezas } = await verPiezas(app.ctx, {
      filtros: { ...TODO, idOt: escena.ot },
      apartado: null,
      inicio: 0,
      limite: 100,
    })
    const suyas = piezas.filter(({ idProduccion }) => idProduccion === fila)
    expect(suyas.map(({ mn }) => textoPlano(mn)).sort()).toEqual(['0.00', '0.01', '0.01'])
    expect(await rotas()).toEqual([])
  })

  it('counts what has no price without a value, and groups by OT, client, site and age', async () => {
    const escena = await escenaDeEstimacion(pool)
    await pool.query('UPDATE partida_anexo_importada SET precio_unitario_mn = 0 WHERE id = $1', [escena.P3.id])
    const { apartados } = await radarDe({ idOt: escena.ot })
    expect(apartados.sin_precio).toMatchObject({ piezas: 1 })
    expect(escrita(apartados.sin_precio)).toEqual(['0.00', '0.00'])
    // February 12 and 13 seen from March 20: 36 and 35 days.
    const porEdad = await radarDe({ idOt: escena.ot }, 'antiguedad')
    expect(porEdad.grupos.map(({ clave }) => clave)).toEqual(['31-60'])
    const porSitio = await radarDe({ idOt: escena.ot }, 'sitio')
    expect(porSitio.grupos.map(({ clave, total }) => [Number(clave), ...escrita(total)]).sort()).toEqual(
      [
        [SEMILLA.embarcacion, '65000.00', '3250.00'],
        [SEMILLA.patio, '8126.63', '0.00'],
      ].sort(),
    )
    expect(escrita((await radarDe({ idOt: escena.ot, idSitio: SEMILLA.patio })).total)).toEqual(['8126.63', '0.00'])
    expect((await radarDe({ idOt: escena.ot, antiguedad: '0-30' })).total.piezas).toBe(0)
    const porCliente = await radarDe({}, 'cliente')
    const todo = await radarDe({})
    expect(escrita(sumarCifras(porCliente.grupos.map(({ total }) => total)))).toEqual(escrita(todo.total))
    expect(escrita(sumarCifras(todo.grupos.map(({ total }) => total)))).toEqual(escrita(todo.total))
  })
})

describe('the table by group', () => {
  it('goes from more to less of the money that it shows', async () => {
    const deDolares = await escenaDeEstimacion(pool)
    await pool.query(
      'UPDATE partida_anexo_importada SET precio_unitario_mn = 0, precio_unitario_usd = 900000 WHERE id = $1',
      [deDolares.P3.id],
    )
    for (const moneda of ['mn', 'usd'] as const) {
      const { grupos } = await radarDe({}, 'ot', moneda)
      const cifras = grupos.map(({ total }) => total[moneda])
      expect(cifras.length).toBeGreaterThan(1)
      expect(cifras.every((cifra, i) => i === 0 || cifra.lte(cifras[i - 1] ?? cifra))).toBe(true)
    }
    expect((await radarDe({}, 'ot', 'homologado')).grupos[0]?.clave).toBe(String(deDolares.ot))
  })
})

describe('what a figure opens', () => {
  it('adds up to the figure to the cent, page by page, for every bucket and group', async () => {
    const todo = await radarDe({})
    for (const apartado of CLAVES_APARTADO) {
      const juntas: Cifra[] = []
      for (let inicio = 0; ; inicio += 3) {
        const { piezas, total } = await verPiezas(app.ctx, { filtros: TODO, apartado, inicio, limite: 3 })
        expect(escrita(total)).toEqual(escrita(todo.apartados[apartado]))
        expect(piezas.every((pieza) => pieza.apartado === apartado)).toBe(true)
        juntas.push(...piezas.map(({ mn, usd }) => ({ piezas: 1, mn, usd })))
        if (piezas.length < 3) break
      }
      expect(sumarCifras(juntas)).toEqual(todo.apartados[apartado])
    }
    for (const { clave, total } of todo.grupos) {
      const filtros = { ...TODO, idOt: Number(clave) }
      const { piezas } = await verPiezas(app.ctx, { filtros, apartado: null, inicio: 0, limite: 1000 })
      expect(sumarCifras(piezas.map(({ mn, usd }) => ({ piezas: 1, mn, usd })))).toEqual(total)
    }
  })

  it('exports the same figures, for who may export', async () => {
    const todo = await radarDe({})
    const apartados = await hoja('radar/exportar/')
    const total = apartados.find(([nombre]) => nombre === 'TOTAL')
    expect(total?.slice(2, 4).map(Number)).toEqual([todo.total.mn.toNumber(), todo.total.usd.toNumber()])
    const filas = await hoja('radar/partes/exportar/?apartado=estimable')
    expect(filas).toHaveLength(todo.apartados.estimable.piezas + 2)
    expect(Number(filas.at(-1)?.[11])).toBe(todo.apartados.estimable.mn.toNumber())
    const mirón = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await mirón.agente.get(`${BASE}/radar/`)).status).toBe(200)
    expect((await mirón.agente.get(`${BASE}/radar/exportar/`)).status).toBe(403)
    expect((await mirón.agente.get(`${BASE}/radar/partes/exportar/`)).status).toBe(403)
  })

  it('says the rate of the homologado, the control and where to act', async () => {
    const { ot } = await escenaDeEstimacion(pool)
    const pagina = await captura.agente.get(`${BASE}/radar/?id_ot=${String(ot)}&moneda=homologado`)
    expect(pagina.text).toContain('Homologado al tipo de cambio 19.1648')
    expect(pagina.text).toContain('Cuadra al centavo')
    // 86,626.63 + 3,250 × 19.1648
    expect(pagina.text).toContain('$148,912.23')
    const partes = await captura.agente.get(`${BASE}/radar/partes/?id_ot=${String(ot)}&apartado=sin_evidencia`)
    expect(partes.text).toContain('Su GPU no tiene enlace ni archivos')
    expect(partes.text).toMatch(/href="\/operaciones\/produccion\/gpu\/\d+\/"/)
  })
})

describe('what is kept', () => {
  it('is exact while somebody else is writing, and after', async () => {
    const { ot, P2 } = await escenaDeEstimacion(pool)
    await mantenerRadar(app.ctx, () => true)
    const antes = await deOt(ot)
    const otro = await pool.connect()
    try {
      await otro.query('BEGIN')
      await otro.query(
        'UPDATE produccion SET volumen_produccion = volumen_produccion + 1 WHERE id_partida_anexo = $1',
        [P2.id],
      )
      await mantenerRadar(app.ctx, () => true)
      expect(await deOt(ot)).toEqual(antes)
      // 4.25 × 2,500.50 = 10,627.125
      await otro.query('COMMIT')
    } finally {
      otro.release()
    }
    expect(await deOt(ot)).toMatchObject({ total: ['89127.13', '3250.00'] })
    expect(await rotas()).toEqual([])
  })

  it('is exact with nothing kept at all, and keeping it changes no figure', async () => {
    const conservado = await radarDe({})
    await pool.query(`TRUNCATE radar_cobro, radar_valor`)
    await pool.query('INSERT INTO radar_cambio (id_reporte_mensual) SELECT id FROM reporte_mensual_header')
    const { rows } = await pool.query<{ n: string }>('SELECT sum(importe_mn) AS n FROM radar_vigente')
    expect(Number(rows[0]?.n)).toBe(conservado.total.mn.toNumber())
    await mantenerRadar(app.ctx, () => true)
    expect((await radarDe({})).total).toEqual(conservado.total)
  })

  it('verificar sees a kept figure and a sum that are not', async () => {
    await mantenerRadar(app.ctx, () => true)
    expect(await rotas()).toEqual([])
    await aMano(
      pool,
      `UPDATE radar_cobro SET importe_mn = importe_mn + 0.01 WHERE ctid = (SELECT min(ctid) FROM radar_cobro)`,
    )
    expect(await rotas()).toEqual(['radar_conservado', 'radar_suma'])
    await aMano(
      pool,
      `UPDATE radar_cobro SET importe_mn = importe_mn - 0.01 WHERE importe_mn <> round(importe_mn, 1)
      OR ctid = (SELECT max(ctid) FROM radar_cobro)`,
    )
    await pool.query('INSERT INTO radar_cambio (id_reporte_mensual) SELECT id FROM reporte_mensual_header')
    await mantenerRadar(app.ctx, () => true)
    expect(await rotas()).toEqual([])
    // What production says to be billed is not what its lines bill: the pieces and the control part ways.
    await aMano(
      pool,
      'UPDATE produccion SET volumen_estimado_acumulado = volumen_produccion WHERE id = (SELECT max(id) FROM produccion)',
    )
    await pool.query('INSERT INTO radar_cambio (id_reporte_mensual) SELECT id FROM reporte_mensual_header')
    expect(await rotas()).toEqual(['radar_suma'])
    expect((await captura.agente.get(`${BASE}/radar/`)).text).toContain('No cuadra')
    await aMano(
      pool,
      'UPDATE produccion SET volumen_estimado_acumulado = 0 WHERE id = (SELECT max(id) FROM produccion)',
    )
    await pool.query('INSERT INTO radar_cambio (id_reporte_mensual) SELECT id FROM reporte_mensual_header')
    expect(await rotas()).toEqual([])
  })
})

describe('random states', () => {
  it('what is estimable is what the candidates say, and everything adds up after each step', async () => {
    let semilla = 20261121
    const azar = (n: number): number => {
      semilla = (semilla * 1103515245 + 12345) % 2147483648
      return semilla % n
    }
    const escena = await escenaDeEstimacion(pool)
    const partidas = [escena.P1, escena.P2, escena.P3]
    const una = async (tabla: string, mas = ''): Promise<number | null> => {
      const { rows } = await pool.query<{ id: string }>(
        `SELECT x.id FROM ${tabla} x ${mas} ORDER BY md5(x.id::text || $1::text) LIMIT 1`,
        [azar(1_000_000)],
      )
      return rows[0] ? Number(rows[0].id) : null
    }
    const DE_OT = `JOIN reporte_mensual_header m ON m.id = x.id_reporte_mensual AND m.id_ot = ${String(escena.ot)}`
    const GPU_DE_OT = `JOIN produccion p ON p.id = x.id_produccion JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual AND m.id_ot = ${String(escena.ot)}`
    const dia = () => `2026-0${String(1 + azar(3))}-${String(1 + azar(28)).padStart(2, '0')}`
    const pasos: (() => Promise<unknown>)[] = [
      async () => {
        const partida = partidas[azar(3)] ?? escena.P1
        const volumen = `${String(azar(40))}.${String(1 + azar(999_999)).padStart(6, '0')}`
        await crea.produccion(partida, { fecha: dia(), volumen, sitio: 1 + azar(2), es_excedente: azar(5) === 0 })
      },
      async () => {
        const estatus = [17, 18, 20][azar(3)] ?? 18
        await crea.reporteDiario({ ot: escena.ot, fecha: dia(), sitio: 1 + azar(2), estatus })
      },
      async () =>
        pool.query(
          "UPDATE registro_generadores_pu SET archivo = CASE WHEN archivo IS NULL THEN 'https://e.mx/1' END, id_estatus = $2 WHERE id = $1",
          [await una('registro_generadores_pu', GPU_DE_OT), [17, 18, 20][azar(3)]],
        ),
      async () =>
        pool.query(
          'UPDATE partida_anexo_importada SET precio_unitario_mn = $2, precio_unitario_usd = $3 WHERE id = $1',
          [partidas[azar(3)]?.id, [0, 1234.5678, 0.0333][azar(3)], [0, 67.8911][azar(2)]],
        ),
      async () =>
        pool.query('UPDATE produccion SET es_excedente = NOT es_excedente WHERE id = $1', [
          await una('produccion', DE_OT),
        ]),
      async () =>
        pool.query('UPDATE produccion SET volumen_produccion = 7.654321 WHERE id = $1', [
          await una('produccion', DE_OT),
        ]),
      async () =>
        pool.query('DELETE FROM registro_generadores_pu WHERE id = $1', [
          await una('registro_generadores_pu', GPU_DE_OT),
        ]),
      async () =>
        pool.query(
          `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
           SELECT $1, coalesce(max(numero), 0) + 1, '2026-12-31', '2026-01-01', '2026-12-31', 19.1648, 'prueba' FROM estimacion_header WHERE id_ot = $1`,
          [escena.ot],
        ),
      async () =>
        pool.query(
          `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn, precio_unitario_usd, anexo, codigo, concepto, unidad)
           SELECT h.id, p.id, p.volumen_produccion, round((p.volumen_produccion - p.volumen_estimado_acumulado) * $2 / 3, 6), pa.precio_unitario_mn, pa.precio_unitario_usd, 'C', 'X', 'X', 'M'
           FROM produccion p JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo,
             (SELECT id FROM estimacion_header WHERE id_ot = $3 AND id_estatus_cobro = 24 ORDER BY id DESC LIMIT 1) h WHERE p.id = $1`,
          [await una('produccion', DE_OT), 1 + azar(3), escena.ot],
        ),
      async () =>
        pool.query(
          `UPDATE estimacion_header SET id_estatus_cobro = $2, fecha_envio = now(), motivo = 'x', enviado_por = NULL, autorizado_por = $3,
             fecha_autorizacion = CASE WHEN $2 IN (13, 26, 27) THEN date '2026-12-31' END, folio_factura = CASE WHEN $2 IN (13, 27) THEN 'F' END,
             fecha_factura = CASE WHEN $2 IN (13, 27) THEN date '2026-12-31' END, fecha_cobro = CASE WHEN $2 = 13 THEN date '2026-12-31' END WHERE id = $1`,
          [
            await una('estimacion_header', `JOIN ot o ON o.id = x.id_ot AND o.id = ${String(escena.ot)}`),
            [13, 24, 25, 25, 26, 26, 27, 28, 29][azar(9)],
            autoriza.usuarioId,
          ],
        ),
      async () =>
        pool.query("UPDATE estimacion_detalle SET rechazada = true, comentario_ajuste = 'no procede' WHERE id = $1", [
          await una(
            'estimacion_detalle',
            `JOIN estimacion_header h ON h.id = x.id_estimacion_header AND h.id_ot = ${String(escena.ot)}`,
          ),
        ]),
      async () =>
        cambiarParametro(
          app.ctx,
          ['exigir_gpu_firmado', 'exigir_dia_firmado', 'exigir_mes_cerrado', 'permitir_excedente'][azar(4)] ?? '',
          azar(2) === 0 ? 'si' : 'no',
        ),
      async () =>
        pool.query(
          `UPDATE reporte_mensual_header SET id_estatus = 43 - id_estatus, fecha_cierre = CASE WHEN id_estatus = 21 THEN now() END
           WHERE id = $1 AND id_estatus IN (21, 22)`,
          [await una('reporte_mensual_header', `JOIN ot o ON o.id = x.id_ot AND o.id = ${String(escena.ot)}`)],
        ),
      async () => mantenerRadar(app.ctx, () => true),
    ]
    const filtros = { ...TODO, idOt: escena.ot }
    let aceptados = 0
    for (let i = 0; i < 260; i += 1) {
      // The database refuses what may not be; the rest must leave everything in its place.
      await pasos[azar(10) < 3 ? azar(2) * 8 : azar(pasos.length)]?.().then(
        () => (aceptados += 1),
        () => undefined,
      )
      if (i % 5 > 0) continue
      const candidatas = await candidatasDe(app.ctx, escena.ot, {
        desde: fechaIso('2026-01-01'),
        hasta: fechaIso('2026-12-31'),
      })
      const { piezas } = await verPiezas(app.ctx, { filtros, apartado: 'estimable', inicio: 0, limite: 1000 })
      const ordenados = (ids: readonly number[]) => [...ids].sort((a, b) => a - b)
      expect(ordenados(piezas.map(({ idProduccion }) => idProduccion))).toEqual(
        ordenados(candidatas.filter(({ estimable }) => estimable).map(({ idProduccion }) => idProduccion)),
      )
      const radar = await radarDe({ idOt: escena.ot })
      expect(escrita(radar.total)).toEqual(escrita(sumarCifras([radar.control.vigente, radar.control.diferencia])))
      expect(sumarCifras(Object.values(radar.apartados))).toEqual(radar.total)
      const edades = await Promise.all(CLAVES_BANDA.map((antiguedad) => radarDe({ idOt: escena.ot, antiguedad })))
      expect(escrita(sumarCifras(edades.map(({ total }) => total)))).toEqual(escrita(radar.total))
    }
    expect(aceptados).toBeGreaterThan(100)
    expect(await rotas()).toEqual([])
    for (const clave of ['exigir_gpu_firmado', 'exigir_dia_firmado']) await cambiarParametro(app.ctx, clave, 'si')
    for (const clave of ['exigir_mes_cerrado', 'permitir_excedente']) await cambiarParametro(app.ctx, clave, 'no')
  }, 180_000)
})

describe('speed of the radar does not depend on how much it holds', () => {
  it('asks the same questions with 10 and 100 rows', async () => {
    const consultas = async (ruta: string): Promise<number> => {
      await captura.agente.get(ruta)
      app.lineas.length = 0
      await captura.agente.get(ruta)
      return Number(app.lineas.find((linea) => 'consultas' in linea)?.['consultas'])
    }
    const de = async (cuantas: number) => {
      const { ot, P3 } = await escenaDeEstimacion(pool)
      for (let i = 0; i < cuantas; i += 1)
        await crea
          .produccion(P3, {
            fecha: `2026-0${String(1 + (i % 3))}-${String(1 + (i % 28)).padStart(2, '0')}`,
            volumen: '1',
            sitio: SEMILLA.embarcacion,
            tipo: i % 2 === 0 ? 'TE' : 'CMA',
          })
          .catch(() => 0)
      return [
        await consultas(`${BASE}/radar/?id_ot=${String(ot)}`),
        await consultas(`${BASE}/radar/partes/?id_ot=${String(ot)}`),
      ]
    }
    expect(await de(100)).toEqual(await de(10))
  })
})
