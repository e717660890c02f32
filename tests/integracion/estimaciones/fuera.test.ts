// The draft in one click and what did not enter it: groups, money, the way to what must be mended, and its return.
import { describe, expect, it } from 'vitest'
import type { GrupoDeFuera, RespuestaFuera } from '../../../src/modulos/estimaciones/fuera.contrato.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('estimaciones')
const { agente: autoriza } = await app.entrarComo('administrador')
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>
const enviar = async (ruta: string, cuerpo: Cuerpo, quien = agente): Promise<{ status: number; body: Cuerpo }> => {
  const { status, body } = await quien.post(`${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
const QUINCENA = { fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15', fecha_estimacion: '2026-02-16' }
const crear = async (ot: number, mas: Cuerpo = {}): Promise<{ id: number; version: number; numero: number }> => {
  const { status, body } = await enviar('crear', { id_ot: ot, ...QUINCENA, ...mas })
  expect([status, body['detalles']]).toEqual([200, expect.stringContaining('creada')])
  return { id: Number(body['id_nuevo']), version: Number(body['version']), numero: Number(body['numero']) }
}
async function fuera(id: number): Promise<RespuestaFuera> {
  const { status, body } = await agente.get(`${BASE}/fuera/`).query({ id })
  expect(status).toBe(200)
  return body as RespuestaFuera
}
const resumen = (grupos: readonly GrupoDeFuera[]): Record<string, [number[], string, string]> =>
  Object.fromEntries(
    grupos.map((g) => [g.grupo, [g.filas.map((fila) => fila.id_produccion), g.importe_mn, g.importe_usd]]),
  )
const corregir = async (idProduccion: number, motivo: string): Promise<string> => {
  const { status, headers } = await agente.get(`${BASE}/corregir/`).query({ id_produccion: idProduccion, motivo })
  expect(status).toBe(302)
  return String(headers['location'])
}
const firmarGpu = (idProduccion: number): Promise<unknown> =>
  pool.query(
    "UPDATE registro_generadores_pu SET id_estatus = 17, archivo = 'https://x.example' WHERE id_produccion = $1",
    [idProduccion],
  )
const gpuDe = async (idProduccion: number): Promise<string> =>
  (await pool.query<{ id: string }>('SELECT id FROM registro_generadores_pu WHERE id_produccion = $1', [idProduccion]))
    .rows[0]?.id ?? ''

describe('draft in one click', () => {
  it('takes everything estimable and lists the rest once, under its first reason, with its money', async () => {
    const { ot, c, d } = await escenaDeEstimacion(pool)
    const { id } = await crear(ot)
    const { total, grupos, avisos } = await fuera(id)
    expect([total, avisos]).toEqual([2, []])
    expect(resumen(grupos)).toEqual({
      EXCEDENTE: [[c], '20000.00', '1000.00'],
      GPU_PENDIENTE: [[d], '8126.63', '0.00'],
    })
  })

  it('what is mended enters with one click, and only once', async () => {
    const { ot, d } = await escenaDeEstimacion(pool)
    const { id, version } = await crear(ot)
    expect((await enviar('agregar_detalles', { id, version })).status).toBe(409)
    await firmarGpu(d)
    expect(resumen((await fuera(id)).grupos)['ESTIMABLE']).toEqual([[d], '8126.63', '0.00'])
    const { status, body } = await enviar('agregar_detalles', { id, version })
    expect([status, body['detalles']]).toEqual([200, '1 línea agregada.'])
    expect(body['totales']).toMatchObject({ importe_mn: '66626.63' })
    expect(resumen((await fuera(id)).grupos)['ESTIMABLE']).toBeUndefined()
    expect((await enviar('agregar_detalles', { id, version: body['version'] })).status).toBe(409)
  })

  it('what another estimation bills says which one and its money', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const primera = await crear(ot, { detalles: [{ id_produccion: a }, { id_produccion: b }] })
    const { id } = await crear(ot)
    const grupo = (await fuera(id)).grupos.find((uno) => uno.grupo === 'YA_ESTIMADA')
    expect(grupo?.filas.map((fila) => fila.id_produccion).sort()).toEqual([a, b].sort())
    expect(grupo?.estimaciones).toEqual([
      {
        id: primera.id,
        folio: 'EST-1',
        estatus: 'EN ESTIMACION',
        cuantas: 2,
        importe_mn: '45000.00',
        importe_usd: '2250.00',
      },
    ])
    expect(await corregir(a, 'YA_ESTIMADA')).toBe(`${BASE}/${String(primera.id)}/`)
    expect(await corregir(e, 'YA_ESTIMADA')).toBe(`${BASE}/${String(id)}/`)
  })

  it('a line rejected by itself comes back only by its name', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const { id, version } = await crear(ot)
    const enviada = await enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' })
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
      [id, b],
    )
    await enviar('rechazar_detalle', { id_detalle: rows[0]?.id, comentario_ajuste: 'no procede' }, autoriza)
    const { body: leida } = await agente.get(`${BASE}/obtener/`).query({ id })
    expect(enviada.status).toBe(200)
    const rechazo = { id, version: (leida as { datos: Cuerpo }).datos['version'], estatus: 'RECHAZADA', motivo: 'x' }
    const rechazada = await enviar('cambiar_estatus', rechazo, autoriza)
    const reabierta = await enviar('cambiar_estatus', {
      id,
      version: rechazada.body['version'],
      estatus: 'EN_ESTIMACION',
    })
    expect(resumen((await fuera(id)).grupos)['RECHAZADA']?.[0]).toEqual([b])
    const quedo = reabierta.body['version']
    expect((await enviar('agregar_detalles', { id, version: quedo })).status).toBe(409)
    const vuelta = await enviar('agregar_detalles', { id, version: quedo, ids_produccion: [b] })
    expect([vuelta.status, (vuelta.body['totales'] as Cuerpo)['volumen_estimado']]).toEqual([200, '57.000000'])
    expect([a, e]).toHaveLength(2)
  })

  it('§5.6: a line that became excedente is told, with its link, until it is mended', async () => {
    const { ot, a } = await escenaDeEstimacion(pool)
    const { id, version } = await crear(ot)
    await pool.query('UPDATE produccion SET es_excedente = true WHERE id = $1', [a])
    const { avisos } = await fuera(id)
    expect(resumen(avisos)['EXCEDENTE']?.[0]).toEqual([a])
    expect((await enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' })).status).toBe(409)
    await pool.query('UPDATE produccion SET es_excedente = false WHERE id = $1', [a])
    expect((await fuera(id)).avisos).toEqual([])
  })
})

describe('the way to what must be mended', () => {
  const parametros = (ruta: string): Record<string, string> =>
    Object.fromEntries(new URL(ruta, 'http://x').searchParams.entries())
  const lugar = ({ ot }: Escena, sitio: number) => ({ sitio: String(sitio), mes: '2', anio: '2026', ot: String(ot) })

  it('lands on the GPU, the day, the cell, the price and the closing', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { c, d, e, P1, P2 } = escena
    expect(await corregir(d, 'GPU_PENDIENTE')).toBe(`/operaciones/produccion/gpu/${await gpuDe(d)}/`)
    expect(parametros(await corregir(e, 'DIA_SIN_FIRMA'))).toEqual({ ...lugar(escena, SEMILLA.embarcacion), dia: '12' })
    expect(parametros(await corregir(c, 'EXCEDENTE'))).toEqual({
      ...lugar(escena, SEMILLA.embarcacion),
      pestana: 'produccion',
      dia: '13',
      partida: String(P1.id),
      tipo: 'TE',
    })
    expect(await corregir(d, 'SIN_PRECIO')).toBe(
      `/operaciones/ot/${String(escena.ot)}/?anexo=${encodeURIComponent(P2.codigo)}`,
    )
    expect(parametros(await corregir(d, 'MES_ABIERTO'))).toEqual({ ...lugar(escena, SEMILLA.patio), cierre: '1' })
    await pool.query('DELETE FROM registro_generadores_pu WHERE id_produccion = $1', [d])
    expect(parametros(await corregir(d, 'GPU_PENDIENTE'))).toEqual({
      ...lugar(escena, SEMILLA.patio),
      pestana: 'gpu',
      dia: '12',
      partida: String(P2.id),
    })
  })

  it('an incomplete link or a production that is gone says so', async () => {
    expect(await corregir(1, 'OTRO')).toBe(`${BASE}/`)
    const nada = { id_produccion: 999_999_999, motivo: 'EXCEDENTE' }
    expect((await agente.get(`${BASE}/corregir/`).query(nada)).status).toBe(404)
  })
})

describe('the period that a draft opens with', () => {
  const sugerido = async (ot: number): Promise<unknown> =>
    (await agente.get(`${BASE}/periodo_sugerido/`).query({ id_ot: ot })).body

  it('is the last month with production not billed whole', async () => {
    const { ot, P3 } = await escenaDeEstimacion(pool)
    expect(await sugerido(ot)).toEqual({ fecha_desde: '2026-02-01', fecha_hasta: '2026-02-28' })
    const marzo = await crea.produccion(P3, { fecha: '2026-03-02', volumen: '1', sitio: SEMILLA.embarcacion })
    await crea.reporteDiario({ ot, fecha: '2026-03-02', sitio: SEMILLA.embarcacion })
    expect(await sugerido(ot)).toEqual({ fecha_desde: '2026-03-01', fecha_hasta: '2026-03-31' })
    await crear(ot, {
      fecha_desde: '2026-03-01',
      fecha_hasta: '2026-03-31',
      fecha_estimacion: '2026-03-31',
      detalles: [{ id_produccion: marzo }],
    })
    expect(await sugerido(ot)).toEqual({ fecha_desde: '2026-02-01', fecha_hasta: '2026-02-28' })
  })

  it('is in the page of that OT, or the one of the address', async () => {
    const { ot } = await escenaDeEstimacion(pool)
    const { text } = await agente.get(`${BASE}/nueva/`).query({ id_ot: ot })
    expect(text).toContain('"fecha_desde":"2026-02-01"')
    const { text: otra } = await agente
      .get(`${BASE}/nueva/`)
      .query({ id_ot: ot, fecha_desde: '2026-01-01', fecha_hasta: '2026-01-31' })
    expect(otra).toContain('"fecha_desde":"2026-01-01"')
  })
})

it('a hundred rows cost as many statements as ten, and travel fifty at a time', async () => {
  const { ot, P1 } = await escenaDeEstimacion(pool)
  const producir = async (desde: number, cuantas: number): Promise<void> => {
    for (let i = 0; i < cuantas; i += 1) {
      const dia = new Date(Date.UTC(2026, 0, 1 + desde + i)).toISOString().slice(0, 10)
      await crea.produccion(P1, { fecha: dia, volumen: '1', sitio: SEMILLA.embarcacion, gpuDe: ESTATUS.PROCESO })
    }
  }
  const { id } = await crear(ot, {
    fecha_desde: '2026-01-01',
    fecha_hasta: '2026-12-31',
    fecha_estimacion: '2026-12-31',
  })
  const consultas = async (): Promise<number> => {
    await fuera(id)
    return Number(app.lineas.findLast((linea) => linea['ruta'] === `${BASE}/fuera/`)?.['consultas'])
  }
  await producir(60, 10)
  const pocas = await consultas()
  await producir(70, 90)
  expect(await consultas()).toBe(pocas)
  const grupo = (await fuera(id)).grupos.find((uno) => uno.grupo === 'GPU_PENDIENTE')
  expect([grupo?.cuantas, grupo?.filas.length]).toEqual([101, 50])
  const { body } = await agente.get(`${BASE}/fuera/`).query({ id, grupo: 'GPU_PENDIENTE', desde: 100 })
  expect((body as { filas: unknown[] }).filas).toHaveLength(1)
})
