import { beforeEach, describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { crearSuperintendente } from '../../apoyo/guardias.ts'

// Noon of Tuesday 10 February 2026 in Mexico City.
const app = await crearAppDePruebas({ reloj: '2026-02-10T18:00:00.000Z' })
const { pool } = app.conexion
const BASE = '/operaciones/produccion/'

interface Bloque {
  nombre: string
  color: string
  inicio: number
  fin: number
}

let SITIO = 0
let ANA = 0
let BETO = 0

beforeEach(async () => {
  const { rows } = await pool.query<{ id: string }>(
    "INSERT INTO sitio (descripcion, id_frente) VALUES ('SITIO ' || nextval('sitio_id_seq'), 6) RETURNING id",
  )
  SITIO = Number(rows[0]?.id)
  ANA = await crearSuperintendente(pool, SITIO, { nombre: 'Ana', color: '#112233' })
  BETO = await crearSuperintendente(pool, SITIO, { nombre: 'Beto', color: '#ddeeff' })
})

const datos = (cambios: object = {}): object => ({
  id_sitio: SITIO,
  id_super_a: ANA,
  id_super_b: BETO,
  fecha_inicio_a: '2026-01-05',
  ...cambios,
})

async function configurar(cambios: object = {}): Promise<{ estado: number; cuerpo: Record<string, unknown> }> {
  const { agente } = await app.entrarComo('operaciones')
  const r = await agente.post(`${BASE}configurar_ciclo_guardia/`).send(datos(cambios))
  return { estado: r.status, cuerpo: r.body as Record<string, unknown> }
}

async function mes(anio: number, numero: number): Promise<string> {
  const { agente } = await app.entrarComo('consulta')
  const r = await agente.get(`${BASE}obtener_guardias_mes/?id_sitio=${SITIO}&mes=${numero}&anio=${anio}`)
  expect(r.status).toBe(200)
  return (r.body as { guardias: Bloque[] }).guardias.map((b) => `${b.nombre} ${b.inicio}–${b.fin}`).join(', ')
}

const enLog = async (): Promise<string[]> => {
  const { rows } = await pool.query<{ fila: string }>(
    "SELECT evento || ' ' || campo AS fila FROM registro_actividad WHERE tabla_log = 26 ORDER BY id",
  )
  return rows.map(({ fila }) => fila)
}

describe('guards over HTTP', () => {
  it('produccion §10.23 · months of A from 2026-01-05, also those before', async () => {
    const { estado, cuerpo } = await configurar()
    expect([estado, cuerpo]).toEqual([
      200,
      {
        exito: true,
        tipo_aviso: 'exito',
        detalles: 'Ciclo de guardia configurado correctamente.',
        mensaje: 'Ciclo de guardia configurado correctamente.',
        vigente_desde: '2026-01-05',
      },
    ])
    expect(await mes(2026, 1)).toBe('Beto 1–4, Ana 5–18, Beto 19–31')
    expect(await mes(2026, 2)).toBe('Beto 1–1, Ana 2–15, Beto 16–28')
    expect(await mes(2026, 3)).toBe('Beto 1–1, Ana 2–15, Beto 16–29, Ana 30–31')
    expect(await mes(2025, 12)).toBe('Beto 1–7, Ana 8–21, Beto 22–31')
  })

  it('produccion §10.24 · A = B, a superintendent of another site, no date: 400 at the field', async () => {
    const { rows } = await pool.query<{ id: string }>(
      "INSERT INTO sitio (descripcion, id_frente) VALUES ('OTRO ' || nextval('sitio_id_seq'), 6) RETURNING id",
    )
    const ajeno = await crearSuperintendente(pool, Number(rows[0]?.id))
    const inactivo = await crearSuperintendente(pool, SITIO, { activo: false })
    const casos: [object, string][] = [
      [{ id_super_b: ANA }, 'id_super_b'],
      [{ id_super_b: ajeno }, 'id_super_b'],
      [{ id_super_a: inactivo }, 'id_super_a'],
      [{ id_super_a: '' }, 'id_super_a'],
      [{ fecha_inicio_a: '' }, 'fecha_inicio_a'],
      [{ fecha_inicio_a: '2026-02-30' }, 'fecha_inicio_a'],
      [{ id_sitio: '' }, 'id_sitio'],
    ]
    for (const [cambios, campo] of casos) {
      const { estado, cuerpo } = await configurar(cambios)
      expect([estado, cuerpo['exito'], Object.keys(cuerpo['campos'] as object)], campo).toEqual([400, false, [campo]])
    }
    expect((await configurar({ id_sitio: 999_999 })).estado).toBe(404)
    expect(await mes(2026, 2)).toBe('')
    expect((await pool.query('SELECT 1 FROM guardias WHERE id_sitio = $1', [SITIO])).rowCount).toBe(0)
  })

  it('bad parameters of the reads give empty lists', async () => {
    const { agente } = await app.entrarComo('consulta')
    await configurar()
    const consultas = [
      '',
      '?id_sitio=x&mes=2&anio=2026',
      `?id_sitio=${SITIO}&mes=13&anio=2026`,
      `?id_sitio=${SITIO}&mes=2`,
    ]
    for (const consulta of consultas) {
      const r = await agente.get(`${BASE}obtener_guardias_mes/${consulta}`)
      expect([r.status, r.body], consulta).toEqual([200, { guardias: [] }])
    }
    expect((await agente.get(`${BASE}obtener_supers_por_sitio/?id_sitio=abc`)).body).toEqual({ supers: [] })
    expect((await agente.get(`${BASE}obtener_supers_por_sitio/?id_sitio=${SITIO}`)).body).toEqual({
      supers: [
        { id: ANA, nombre: 'Ana' },
        { id: BETO, nombre: 'Beto' },
      ],
    })
  })

  it('a change holds from today: the days before it keep who they had; the dialog opens with the one in force', async () => {
    await configurar()
    const carla = await crearSuperintendente(pool, SITIO, { nombre: 'Carla' })
    const antes = await enLog()
    const { cuerpo } = await configurar({ id_super_a: carla, fecha_inicio_a: '2026-02-03' })
    expect(cuerpo['vigente_desde']).toBe('2026-02-10')
    expect(await mes(2026, 1)).toBe('Beto 1–4, Ana 5–18, Beto 19–31')
    expect(await mes(2026, 2)).toBe('Beto 1–1, Ana 2–9, Carla 10–16, Beto 17–28')
    expect((await enLog()).slice(antes.length).sort()).toEqual([
      'MODIFICAR Inicio de guardia (Super A)',
      'MODIFICAR Superintendente A',
      'MODIFICAR Vale desde',
    ])
    const { agente } = await app.entrarComo('consulta')
    expect((await agente.get(`${BASE}obtener_ciclo_guardia/?id_sitio=${SITIO}`)).body).toMatchObject({
      hoy: '2026-02-10',
      ciclo: { id_super_a: carla, super_a: 'Carla', id_super_b: BETO, fecha_inicio_a: '2026-02-03', dias_ciclo: 14 },
    })
  })

  it('the same again changes nothing; one from an earlier day replaces what was set for later', async () => {
    await configurar()
    const antes = await enLog()
    expect((await configurar()).cuerpo['detalles']).toBe('El sitio ya tenía ese ciclo de guardia.')
    expect(await enLog()).toEqual(antes)
    await configurar({ fecha_inicio_a: '2026-03-02' })
    await configurar({ fecha_inicio_a: '2026-02-16', vigente_desde: '2026-02-16' })
    const { rows } = await pool.query<{ desde: string }>(
      'SELECT vigente_desde::text AS desde FROM guardias WHERE id_sitio = $1 ORDER BY 1',
      [SITIO],
    )
    expect(rows.map(({ desde }) => desde)).toEqual(['2026-01-05', '2026-02-16'])
  })

  it('two people configure at once: one after the other, nobody gets a fault', async () => {
    await configurar()
    const carla = await crearSuperintendente(pool, SITIO, { nombre: 'Carla' })
    const estados = await Promise.all([
      configurar({ id_super_a: carla }),
      configurar({ id_super_b: carla }),
      configurar({ fecha_inicio_a: '2026-01-12' }),
    ])
    expect(estados.map(({ estado }) => estado)).toEqual([200, 200, 200])
    expect((await pool.query('SELECT 1 FROM guardias WHERE id_sitio = $1', [SITIO])).rowCount).toBe(2)
    expect(app.errores).toEqual([])
  })

  it('who only looks cannot change it, and who did not enter sees nothing', async () => {
    const { agente } = await app.entrarComo('consulta')
    expect((await agente.post(`${BASE}configurar_ciclo_guardia/`).send(datos())).status).toBe(403)
    expect((await app.anonimo().get(`${BASE}obtener_guardias_mes/?id_sitio=${SITIO}&mes=1&anio=2026`)).status).toBe(401)
  })
})

describe('calendar of the guards', () => {
  it('names who has each day, the reliefs and the history; without cycle says what to do', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const vacia = await agente.get(`${BASE}guardias/?id_sitio=${SITIO}&mes=2&anio=2026`)
    expect(vacia.text).toContain('Este sitio no tiene ciclo de guardia.')
    await configurar()
    await configurar({ fecha_inicio_a: '2026-01-12' })
    const { text } = await agente.get(`${BASE}guardias/?id_sitio=${SITIO}&mes=2&anio=2026`)
    expect(text).toContain('Febrero de 2026')
    expect(text).toContain('23/02/2026, lunes')
    expect(text).toContain('Historia del ciclo')
    expect(text).toContain('id="boton-ciclo"')
    const todos = await agente.get(`${BASE}guardias/?mes=2&anio=2026`)
    expect(todos.text).toContain(`id_sitio=${SITIO}`)
    const { agente: mira } = await app.entrarComo('consulta')
    expect((await mira.get(`${BASE}guardias/?id_sitio=${SITIO}`)).text).not.toContain('boton-ciclo')
  })

  it('asks the database the same however many sites have guards', async () => {
    const { agente } = await app.entrarComo('consulta')
    const consultas = async (): Promise<number> => {
      const desde = app.lineas.length
      await agente.get(`${BASE}guardias/?mes=2&anio=2026`)
      return Number(app.lineas.slice(desde).find((linea) => 'consultas' in linea)?.['consultas'])
    }
    const pocas = await consultas()
    for (let i = 0; i < 10; i += 1) {
      const { rows } = await pool.query<{ id: string }>(
        "INSERT INTO sitio (descripcion, id_frente) VALUES ('MAS ' || nextval('sitio_id_seq'), 6) RETURNING id",
      )
      const id = Number(rows[0]?.id)
      await configurar({
        id_sitio: id,
        id_super_a: await crearSuperintendente(pool, id),
        id_super_b: await crearSuperintendente(pool, id),
      })
    }
    expect(pocas).toBeGreaterThan(0)
    expect(await consultas()).toBe(pocas)
  })
})
