// What billing answers at its edges, seen from outside: order of refusals, missing data, tables, lists by form, saves of nothing.
import { beforeEach, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const captura = await app.entrarComo('estimaciones')
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>
const enviar = async (
  ruta: string,
  cuerpo: Cuerpo,
  { agente } = captura,
): Promise<{ status: number; body: Cuerpo }> => {
  const { status, body } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
const pedir = async (ruta: string, consulta: Record<string, string | number> = {}) => {
  const { status, body } = await captura.agente.get(`${BASE}/${ruta}/`).query(consulta)
  return { status, body: body as Cuerpo }
}

let escena: Escena
let id: number
let version: number
let lineaDeA: number

beforeEach(async () => {
  escena = await escenaDeEstimacion(pool)
  const { body } = await enviar('crear', {
    id_ot: escena.ot,
    fecha_estimacion: '2026-02-16',
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    detalles: [escena.a, escena.b, escena.e].map((id_produccion) => ({ id_produccion })),
  })
  id = Number(body['id_nuevo'])
  version = Number(body['version'])
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [id, escena.a],
  )
  lineaDeA = Number(rows[0]?.id)
})

it('settled §2: who may not take a step is told 403, whatever the version, the state or the data', async () => {
  const autoriza = await app.entrarComo(['operaciones.view_estimacionheader', 'operaciones.autorizar_estimacion'])
  const revierte = await app.entrarComo(['operaciones.view_estimacionheader', 'operaciones.revertir_estimacion'])
  for (const estatus of ['ENVIADA', 'FACTURADA', 'COBRADA', 'CANCELADA', 'EN_ESTIMACION'])
    expect([estatus, (await enviar('cambiar_estatus', { id, version: 1, estatus }, autoriza)).status]).toEqual([
      estatus,
      403,
    ])
  expect((await enviar('cambiar_estatus', { id, version: 1, estatus: 'ENVIADA' }, revierte)).status).toBe(403)
  expect((await enviar('cambiar_estatus', { id: 99_999_999, version: 1, estatus: 'COBRADA' }, autoriza)).status).toBe(
    403,
  )
})

it('pte §1.4: without its id a request is 400; with one that does not exist, 404', async () => {
  for (const ruta of ['editar', 'agregar_detalles', 'quitar_detalles', 'actualizar_precios', 'cambiar_estatus']) {
    const datos = ruta === 'cambiar_estatus' ? { estatus: 'ENVIADA' } : {}
    const sin = await enviar(ruta, { ...datos, version: 1 })
    expect([ruta, sin.status, sin.body['campos']]).toEqual([ruta, 400, { id: 'Falta el id de la estimación.' }])
    expect([ruta, (await enviar(ruta, { ...datos, id: 99_999_999, version: 1 })).status]).toEqual([ruta, 404])
  }
  for (const ruta of ['ajustar_detalle', 'rechazar_detalle']) {
    expect([ruta, (await enviar(ruta, {})).status]).toEqual([ruta, 400])
    expect([ruta, (await enviar(ruta, { id_detalle: 99_999_999, version: 1 })).status]).toEqual([ruta, 404])
  }
  for (const ruta of ['obtener', 'detalle/datatable', 'exportar_excel', 'exportar_pdf']) {
    expect([ruta, (await pedir(ruta)).status]).toEqual([ruta, 400])
    expect([ruta, (await pedir(ruta, { id: 99_999_999 })).status]).toEqual([ruta, 404])
  }
})

it('pte §1.7: the lines of an estimation are paged, sorted and searched as any table', async () => {
  const filas = async (consulta: Record<string, string | number>) => {
    const { body } = await pedir('detalle/datatable', { id, ...consulta })
    const data = body['data'] as { codigo: string; volumen_estimado: string }[]
    return [body['draw'], body['recordsTotal'], body['recordsFiltered'], data.map((fila) => fila.volumen_estimado)]
  }
  const porVolumen = { 'columns[0][data]': 'volumen_estimado', 'order[0][column]': 0 }
  expect(await filas({ agrupado: 0 })).toEqual([1, 3, 3, ['35.000000', '10.000000', '12.000000']])
  expect(await filas({ agrupado: 0, draw: 4, start: 1, length: 1 })).toEqual([4, 3, 3, ['10.000000']])
  expect(await filas({ agrupado: 0, length: -1, start: -3 })).toEqual([
    1,
    3,
    3,
    ['35.000000', '10.000000', '12.000000'],
  ])
  expect(await filas({ ...porVolumen, 'order[0][dir]': 'desc' })).toEqual([
    1,
    3,
    3,
    ['35.000000', '12.000000', '10.000000'],
  ])
  expect(await filas({ agrupado: 1, ...porVolumen, 'order[0][dir]': 'asc' })).toEqual([
    1,
    2,
    2,
    ['12.000000', '45.000000'],
  ])
  expect(await filas({ agrupado: 1, 'search[value]': 'tubo' })).toEqual([1, 2, 1, ['45.000000']])
  expect(await filas({ agrupado: 0, 'search[value]': '%' })).toEqual([1, 3, 0, []])
})

it('contract §3: a form sends the same keys: lists repeated, alone or as JSON text', async () => {
  const porForma = async (ruta: string, cuerpo: Record<string, string | number | number[]>) => {
    const { status, body } = await captura.agente.post(`${BASE}/${ruta}/`).type('form').send(cuerpo)
    version = Number((body as Cuerpo)['version'] ?? version)
    return { status, body: body as Cuerpo }
  }
  expect((await porForma('quitar_detalles', { id, version, ids_detalle: lineaDeA })).status).toBe(200)
  expect((await porForma('agregar_detalles', { id, version, ids_produccion: escena.a })).status).toBe(200)
  const otra = await escenaDeEstimacion(pool)
  const creada = await porForma('crear', {
    id_ot: otra.ot,
    fecha_estimacion: '2026-02-16',
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    detalles: JSON.stringify([{ id_produccion: otra.b }]),
  })
  expect([creada.status, creada.body['totales']]).toMatchObject([200, { importe_mn: '10000.00' }])
  const agregada = await porForma('agregar_detalles', {
    id: Number(creada.body['id_nuevo']),
    version,
    ids_produccion: [otra.a, otra.e],
  })
  expect([agregada.status, agregada.body['totales']]).toMatchObject([200, { importe_mn: '58500.00' }])
})

it('a save that changes nothing raises no version and is not logged; an empty date is refused by its name', async () => {
  const contar = async () =>
    Number(
      (
        await pool.query<{ n: string }>(
          "SELECT count(*) AS n FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND evento = 'MODIFICAR'",
          [id],
        )
      ).rows[0]?.n,
    )
  const antes = await contar()
  const iguales = [
    await enviar('editar', { id, version, fecha_estimacion: '2026-02-16', comentario: '' }),
    await enviar('ajustar_detalle', { id_detalle: lineaDeA, version, volumen_estimado: '35.0000001' }),
  ]
  expect(iguales.map(({ status, body }) => [status, body['version']])).toEqual([
    [200, version],
    [200, version],
  ])
  expect(await contar()).toBe(antes)
  for (const campo of ['fecha_estimacion', 'fecha_desde', 'fecha_hasta']) {
    const { status, body } = await enviar('editar', { id, version, [campo]: '' })
    expect([status, Object.keys(body['campos'] as object)]).toEqual([400, [campo]])
  }
})

it('estimaciones §1.1, settled §4: who changed it last and when; totals of nothing keep their scale', async () => {
  const { body } = await pedir('obtener', { id })
  expect(body['datos']).toMatchObject({
    creado_por: 'Prueba estimaciones',
    actualizado_por: 'Prueba estimaciones',
    fecha_actualizacion: '2026-02-20T12:00:00',
  })
  expect((await pedir('datatable', { buscar: 'nada así' })).body['totales']).toEqual({
    total_volumen_estimado: '0.000000',
    total_importe_mn: '0.00',
    total_importe_usd: '0.00',
    total_homologado: '0.00',
  })
})

it('estimaciones §6: the candidates are the same compressed, also to a browser that prefers brotli, and plain', async () => {
  const consulta = { id_ot: escena.ot, fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15' }
  const con = async (codificaciones: string) => {
    const { status, headers, body } = await captura.agente
      .get(`${BASE}/candidatas/`)
      .query(consulta)
      .set('Accept-Encoding', codificaciones)
    expect([status, headers['vary']]).toEqual([200, expect.stringContaining('Accept-Encoding')])
    return { codificado: (headers as Record<string, string>)['content-encoding'], body: body as Cuerpo }
  }
  const plano = await con('identity')
  expect([plano.codificado, (plano.body['data'] as unknown[]).length]).toEqual([undefined, 5])
  for (const navegador of ['gzip', 'gzip, deflate, br, zstd'])
    expect(await con(navegador)).toEqual({ codificado: 'gzip', body: plano.body })
})
