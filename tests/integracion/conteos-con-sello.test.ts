import { randomUUID } from 'node:crypto'
import { beforeAll, describe, expect, it } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { diaLocal } from '../../src/comun/fechas.ts'
import { TABLA_OT } from '../../src/modulos/ot/ot.tabla.ts'
import type { Contexto } from '../../src/plataforma/contexto.ts'
import { rastro } from '../../src/plataforma/rastro.ts'
import { consultarTabla } from '../../src/plataforma/tabla.ts'
import { leerPeticionTabla } from '../../src/web/peticion-tabla.ts'
import { baseDePruebas } from '../apoyo/bd.ts'

const { conexion } = await baseDePruebas()
const ahora = new Date('2026-11-21T18:00:00Z')
const ctx: Contexto = {
  usuario: null,
  sistema: true,
  permisos: new Set(),
  solicitudId: 'prueba',
  transaccion: randomUUID(),
  ip: null,
  agente: 'prueba',
  ahora,
  hoy: diaLocal(ahora),
  bd: conexion.bd,
}

/** What the table says of a question, and how many queries it took. */
async function preguntar(consulta: Record<string, string> = {}): Promise<{ filtradas: number; consultas: number }> {
  const datos = { solicitudId: 'prueba', consultas: 0 }
  const { recordsFiltered } = await rastro.run(datos, () =>
    consultarTabla(ctx, TABLA_OT, leerPeticionTabla(TABLA_OT, { tipo: '4', ...consulta })),
  )
  return { filtradas: recordsFiltered, consultas: datos.consultas }
}

const ALTA = `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente)
  SELECT 4, 'SELLO-' || gen_random_uuid(), 'X', min(id), 'X' FROM responsable_proyecto`
const POR_PROGRESO = { 'order[0][column]': '6', 'columns[6][data]': 'progreso_final', 'order[0][dir]': 'desc' }

beforeAll(async () => {
  await cargarDemo(ctx, { produccion: false })
})

describe.each([
  ['plain order', {}],
  ['computed order', POR_PROGRESO],
  ['filter over two tables', { filtro: '-' }],
])('counts of the OT table, %s', (_nombre, consulta: Record<string, string>) => {
  it('are kept while nothing changes: the second time takes one query', async () => {
    await preguntar(consulta)
    expect((await preguntar(consulta)).consultas).toBe(1)
  })

  it('are kept while somebody writes what nobody sees yet, and are right once it is committed', async () => {
    const { filtradas } = await preguntar(consulta)
    const otra = await conexion.pool.connect()
    try {
      await otra.query('BEGIN')
      await otra.query(ALTA)
      expect((await preguntar(consulta)).filtradas).toBe(filtradas)
      expect(await preguntar(consulta)).toEqual({ filtradas, consultas: 1 })
      await otra.query('COMMIT')
    } finally {
      otra.release()
    }
    expect((await preguntar(consulta)).filtradas).toBe(filtradas + 1)
  })

  it('are those of before when the writer takes it back', async () => {
    const { filtradas } = await preguntar(consulta)
    const otra = await conexion.pool.connect()
    try {
      await otra.query('BEGIN')
      await otra.query(ALTA)
      await preguntar(consulta)
      await otra.query('ROLLBACK')
    } finally {
      otra.release()
    }
    expect((await preguntar(consulta)).filtradas).toBe(filtradas)
  })

  it('follow every change of many people at once', async () => {
    const { filtradas } = await preguntar(consulta)
    const altas = Array.from({ length: 12 }, async () => {
      await conexion.pool.query(ALTA)
      return preguntar(consulta)
    })
    const vistas = await Promise.all(altas)
    expect(Math.min(...vistas.map((vista) => vista.filtradas))).toBeGreaterThan(filtradas)
    expect((await preguntar(consulta)).filtradas).toBe(filtradas + 12)
  })
})
