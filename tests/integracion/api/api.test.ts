import { Ajv2020 } from 'ajv/dist/2020.js'
import { describe, expect, it } from 'vitest'
import { rutasApi } from '../../../src/modulos/api/api.routes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import { fabricasProduccion } from '../../apoyo/produccion.ts'
import type { DocumentoOpenApi } from '../../../src/modulos/api/openapi.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const { agente } = await app.entrarComo('consulta')
const API = '/operaciones/api/'

async function leer<T>(ruta: string): Promise<T> {
  const r = await agente.get(API + ruta)
  expect([ruta, r.status]).toEqual([ruta, 200])
  return r.body as T
}

interface ListaDePtes {
  ptes: { id: number; fecha_solicitud: string | null; estatus_texto: string; responsable_proyecto: string | null }[]
  total_paginas: number
  pagina_actual: number
  total: number
}

/** A step per row of the template of contract clients. */
async function conPasos(pte: number): Promise<number> {
  await pool.query(
    'INSERT INTO pte_detalle (id_pte_header, id_paso) SELECT $1, id FROM paso WHERE id_tipo_cliente = 15 ORDER BY id DESC',
    [pte],
  )
  return pte
}

async function vaciar(): Promise<void> {
  await pool.query('UPDATE pte_header SET estatus = 0')
  await pool.query('UPDATE ot SET estatus = 0')
}

describe('API (core.md §12)', () => {
  it('core §16.16: statistics count the living; an invalid page is the first; 404 JSON', async () => {
    await vaciar()
    await crea.pte({})
    await crea.pte({})
    await crea.pte({ estatus: 0 })
    await crea.ot({})
    await crea.ot({ estatus: -1 })
    await crea.ot({ estatus: 0 })
    expect(await leer('estadisticas/')).toEqual({
      total_ptes: 2,
      total_otes: 2,
      total_produccion: 0,
      volumen_total: '0.000000',
      importe_homologado: '0.00',
    })
    expect((await leer<ListaDePtes>('ptes/?pagina=abc')).pagina_actual).toBe(1)
    const r = await agente.get(`${API}ptes/999999/`)
    expect([r.status, (r.body as { exito: boolean }).exito]).toEqual([404, false])
  })

  it('statistics value all the production at the prices in force', async () => {
    const { version, produccion } = fabricasProduccion(pool)
    const ot = await crea.ot({ estatus: 1 })
    const { partidas } = await version(ot, [{ codigo: '1.1', volumen: '1', mn: '2500.50', usd: '10' }])
    const [partida] = partidas
    if (!partida) throw new Error('It has one')
    await produccion(partida, { fecha: '2025-06-10', volumen: '3.25' })
    await produccion(partida, { fecha: '2025-06-11', volumen: '0.000001', tipo: 'CMA' })
    // 3.250001 × (2,500.50 + 10 × 19.1648) = 8,749.48
    expect(await leer('estadisticas/')).toMatchObject({
      total_produccion: 2,
      volumen_total: '3.250001',
      importe_homologado: '8749.48',
    })
    await pool.query('DELETE FROM produccion')
    await vaciar()
  })

  it('PTEs by request, the last first, those without date at the end, with pages that exist', async () => {
    await vaciar()
    const ids: number[] = []
    for (const fecha of ['2025-01-10', null, '2025-03-01', '2025-01-10'])
      ids.push(await crea.pte({ fecha_solicitud: fecha }))
    const [a, sin, c, d] = ids
    const lista = await leer<ListaDePtes>('ptes/?elementos_por_pagina=3')
    expect(lista.ptes.map(({ id }) => id)).toEqual([c, d, a])
    expect(lista).toMatchObject({ total: 4, total_paginas: 2, pagina_actual: 1 })
    expect((await leer<ListaDePtes>('ptes/?elementos_por_pagina=3&pagina=2')).ptes.map(({ id }) => id)).toEqual([sin])
    for (const mala of ['pagina=9', 'pagina=0', 'pagina=-1', 'pagina=1.5', 'pagina='])
      expect((await leer<ListaDePtes>(`ptes/?elementos_por_pagina=3&${mala}`)).pagina_actual).toBe(1)
    expect((await leer<ListaDePtes>('ptes/?elementos_por_pagina=0')).ptes).toHaveLength(4)
    expect((await leer<ListaDePtes>('ptes/?elementos_por_pagina=5000')).total_paginas).toBe(1)
  })

  it('a PTE with its steps by the number of their order, dates as days, the old SUSPENDIDA read as such', async () => {
    const id = await conPasos(await crea.pte({ estatus: 9 }))
    const pte = await leer<{ detalles: { orden: string }[]; estatus: number; estatus_texto: string }>(
      `ptes/${String(id)}/`,
    )
    expect([pte.estatus, pte.estatus_texto]).toEqual([15, 'SUSPENDIDA'])
    const ordenes = pte.detalles.map(({ orden }) => Number(orden.split('.')[0]))
    expect(ordenes.length).toBeGreaterThan(3)
    expect(ordenes).toEqual([...ordenes].sort((x, y) => x - y))
    const borrada = await crea.pte({ estatus: 0 })
    expect((await agente.get(`${API}ptes/${String(borrada)}/`)).status).toBe(404)
  })

  it('OTs with their filters, and the family of any of its members', async () => {
    await vaciar()
    const inicial = await crea.ot({ orden_trabajo: 'OT-API-1', pasos: [1, 3] })
    const dos = await crea.ot({ id_tipo: 5, ot_principal: inicial, num_reprogramacion: 2, orden_trabajo: 'OT-API-1' })
    const uno = await crea.ot({ id_tipo: 5, ot_principal: inicial, num_reprogramacion: 1, orden_trabajo: 'OT-API-1' })
    await crea.ot({ orden_trabajo: 'OT-API-2' })
    interface Lista {
      ots: { id: number; tipo: string; monto_mxn: string }[]
      total: number
    }
    const familia = await leer<Lista>(`ots/?ot_principal=${String(inicial)}`)
    expect(familia.ots.map(({ id, tipo }) => [id, tipo])).toEqual([
      [uno, 'REPROGRAMACION'],
      [dos, 'REPROGRAMACION'],
    ])
    expect((await leer<Lista>('ots/?id_tipo=4')).total).toBe(2)
    expect((await agente.get(`${API}ots/?id_tipo=x`)).status).toBe(400)
    const deUna = await leer<{ principal: { id: number }; reprogramaciones: { id: number }[] }>(
      `ots/${String(dos)}/familia/`,
    )
    expect([deUna.principal.id, deUna.reprogramaciones.map(({ id }) => id)]).toEqual([inicial, [uno, dos]])
    expect((await leer<{ detalles: unknown[] }>(`ots/${String(inicial)}/`)).detalles).toHaveLength(2)
    await pool.query('UPDATE ot SET estatus = 0 WHERE id = $1', [inicial])
    expect((await leer<{ principal: null }>(`ots/${String(dos)}/familia/`)).principal).toBeNull()
  })

  it('asks as many questions of the database for 100 as for 10', async () => {
    for (let i = 0; i < 30; i += 1)
      await crea.ot({ orden_trabajo: `OT-N-${String(i)}`, id_patio: SEMILLA.patio, id_frente: 1 })
    const consultas = async (n: number): Promise<unknown> => {
      await leer(`ots/?elementos_por_pagina=${String(n)}`)
      return app.lineas.filter(({ ruta }) => ruta === '/operaciones/api/ots/').at(-1)?.['consultas']
    }
    expect(await consultas(30)).toBe(await consultas(3))
  })
})

describe('the document of the API', () => {
  const ajv = new Ajv2020({ strict: false, validateFormats: false })

  it('is OpenAPI 3.1, names every route of the API and only those, and every reference arrives', async () => {
    const doc = (await agente.get('/api/openapi.json')).body as DocumentoOpenApi
    expect(doc.openapi).toBe('3.1.0')
    const rutas = rutasApi.filter(({ api }) => api !== null).map(({ ruta }) => ruta.replaceAll(/:(\w+)/g, '{$1}'))
    expect(Object.keys(doc.paths).sort()).toEqual([...rutas].sort())
    for (const [, nombre = ''] of JSON.stringify(doc).matchAll(/"#\/components\/schemas\/(\w+)"/g))
      expect(doc.components.schemas[nombre]).toBeDefined()
    const ids = Object.values(doc.paths).map(({ get }) => get.operationId)
    expect(new Set(ids).size).toBe(ids.length)
    for (const { get } of Object.values(doc.paths))
      for (const parametro of get.parameters)
        expect([parametro.name, parametro.description.length > 5]).toEqual([parametro.name, true])
  })

  it('says the truth: real answers, good and refused, are as it describes them', async () => {
    await vaciar()
    const pte = await conPasos(await crea.pte({ fecha_solicitud: '2025-02-01' }))
    const ot = await crea.ot({
      orden_trabajo: 'OT-DOC',
      pasos: [1],
      id_frente: 1,
      id_patio: SEMILLA.patio,
      id_pte_header: pte,
    })
    await crea.ot({ id_tipo: 5, ot_principal: ot, num_reprogramacion: 1, orden_trabajo: 'OT-DOC' })
    const doc = (await agente.get('/api/openapi.json')).body as DocumentoOpenApi
    ajv.addSchema({ $id: 'doc', ...doc })
    const sinPermiso = (await app.entrarComo([])).agente
    const casos: (readonly [string, string, ReturnType<typeof app.anonimo>, number])[] = [
      ['estadisticas/', 'estadisticas/', agente, 200],
      ['ptes/', 'ptes/', agente, 200],
      ['ptes/{id}/', `ptes/${String(pte)}/`, agente, 200],
      ['ots/', 'ots/', agente, 200],
      ['ots/{id}/', `ots/${String(ot)}/`, agente, 200],
      ['ots/{id}/familia/', `ots/${String(ot)}/familia/`, agente, 200],
      ['ptes/{id}/', 'ptes/999999/', agente, 404],
      ['ots/', 'ots/?id_tipo=x', agente, 400],
      ['ots/', 'ots/', sinPermiso, 403],
      ['ptes/', 'ptes/', app.anonimo(), 401],
    ]
    for (const [patron, ruta, quien, estado] of casos) {
      const r = await quien.get(API + ruta)
      expect([ruta, r.status]).toEqual([ruta, estado])
      const camino = `${API}${patron}`.replaceAll('~', '~0').replaceAll('/', '~1')
      const validar = ajv.compile({
        $ref: `doc#/paths/${camino}/get/responses/${String(estado)}/content/application~1json/schema`,
      })
      expect([ruta, validar(r.body), validar.errors]).toEqual([ruta, true, null])
    }
  })

  it('a wrong answer would be told: the check can fail', async () => {
    const doc = (await agente.get('/api/openapi.json')).body as DocumentoOpenApi
    const otro = new Ajv2020({ strict: false, validateFormats: false }).addSchema({ $id: 'doc', ...doc })
    const validar = otro.compile({ $ref: 'doc#/components/schemas/Estadisticas' })
    expect(validar({ total_ptes: '2' })).toBe(false)
  })

  it('has a page to read it, with every address', async () => {
    const { text } = await agente.get('/api/docs/')
    for (const ruta of rutasApi.filter(({ api }) => api !== null))
      expect(text).toContain(ruta.ruta.replaceAll(/:(\w+)/g, '{$1}'))
  })
})
