import { setTimeout as esperar } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { Conflicto } from '../../../src/comun/errores.ts'
import {
  avanzarTarea,
  cerrarInterrumpidas,
  crearTarea,
  ejecutarTarea,
  terminarTarea,
} from '../../../src/modulos/tareas/index.ts'
import { crearCola, encolar, oficio } from '../../../src/plataforma/cola.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { crearBitacora } from '../../../src/plataforma/bitacora.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()

describe('state of a job (settled.md §4)', () => {
  it('goes from waiting to its result; only its owner and a superuser see it', async () => {
    const ctx = await app.ctxDe('administrador')
    const id = await conTransaccion(ctx, (tx) => crearTarea(tx, { tipo: 'prueba', mensaje: 'En espera' }))
    const [dueno, ajeno, todo] = [
      await app.entrarComo('administrador'),
      await app.entrarComo('operaciones'),
      await app.entrarComo('superusuario'),
    ]
    const ruta = `/operaciones/tareas/${id}/estado/`
    const ver = async () => (await dueno.agente.get(ruta)).body as unknown
    expect(await ver()).toEqual({ estado: 'pendiente', avance: 0, mensaje: 'En espera', resultado: null })
    await avanzarTarea(ctx, id, 40.7, 'Leyendo')
    await avanzarTarea(ctx, id, 10, 'Guardando')
    expect(await ver()).toEqual({ estado: 'en_proceso', avance: 40, mensaje: 'Guardando', resultado: null })
    await terminarTarea(ctx, id, 'Listo', { filas: 3 })
    await avanzarTarea(ctx, id, 50, 'tarde')
    expect(await ver()).toEqual({ estado: 'terminada', avance: 100, mensaje: 'Listo', resultado: { filas: 3 } })
    expect([(await ajeno.agente.get(ruta)).status, (await todo.agente.get(ruta)).status]).toEqual([404, 200])
    expect((await dueno.agente.get('/operaciones/tareas/0x1/estado/')).status).toBe(404)
  })

  it('what a dead process left running, or waiting for nothing, is failed; what ended or is queued is not', async () => {
    const ctx = app.ctx
    const crear = () => conTransaccion(ctx, (tx) => crearTarea(tx, { tipo: 'prueba', mensaje: '' }))
    const ESPERAR = { nombre: 'esperar', datos: z.object({ tarea: z.number() }), minutos: 1, reintentos: 0 }
    const cola = crearCola({
      conexion: app.conexion,
      bitacora: crearBitacora({ nivel: 'silent', legible: false }),
      oficios: [oficio(ESPERAR, () => Promise.resolve())],
      contextoDe: () => Promise.resolve(ctx),
    })
    await cola.iniciar()
    await cola.detener(1000)
    const [viva, perdida, espera, fallida] = [await crear(), await crear(), await crear(), await crear()]
    await conTransaccion(ctx, (tx) => encolar(tx, ESPERAR, { tarea: espera }))
    await avanzarTarea(ctx, viva, 1, '')
    await ejecutarTarea(ctx, fallida, () => Promise.reject(new Conflicto('No se pudo')))
    expect(await cerrarInterrumpidas(ctx)).toBe(2)
    const { rows } = await app.conexion.pool.query('SELECT estado FROM tarea WHERE id = ANY($1) ORDER BY id', [
      [viva, perdida, espera, fallida],
    ])
    expect(rows.map(({ estado }: { estado: string }) => estado)).toEqual(['fallida', 'fallida', 'pendiente', 'fallida'])
  })
})

describe('queue', () => {
  const SALUDO = { nombre: 'saludo', datos: z.object({ texto: z.string() }), minutos: 1, reintentos: 0 }

  it('does the work of the person who queued it, and nothing that was rolled back', async () => {
    const hechos: unknown[] = []
    const cola = crearCola({
      conexion: app.conexion,
      bitacora: crearBitacora({ nivel: 'silent', legible: false }),
      cadaSegundos: 0.5,
      contextoDe: async (usuarioId) => ({ ...(await app.ctxDe('operaciones')), solicitudId: String(usuarioId) }),
      oficios: [
        oficio(SALUDO, async (ctx, { texto }) => {
          hechos.push([ctx.solicitudId, texto])
          await Promise.resolve()
        }),
      ],
    })
    await cola.iniciar()
    const ctx = await app.ctxDe('operaciones')
    const deshecha = conTransaccion(ctx, async (tx) => {
      await encolar(tx, SALUDO, { texto: 'nunca' })
      throw new Error('atrás')
    })
    await expect(deshecha).rejects.toThrow('atrás')
    await conTransaccion(ctx, (tx) => encolar(tx, SALUDO, { texto: 'hola' }))
    for (let i = 0; i < 100 && hechos.length === 0; i += 1) await esperar(50)
    await esperar(700)
    expect(hechos).toEqual([[String(ctx.usuario?.id), 'hola']])
    // The database goes away for two seconds: the worker goes on by itself afterwards.
    const { pool } = app.conexion
    const query = pool.query.bind(pool)
    Object.assign(pool, { query: () => Promise.reject(new Error('Connection terminated unexpectedly')) })
    await esperar(2000)
    Object.assign(pool, { query })
    await conTransaccion(ctx, (tx) => encolar(tx, SALUDO, { texto: 'de vuelta' }))
    for (let i = 0; i < 100 && hechos.length < 2; i += 1) await esperar(50)
    expect(hechos.at(-1)).toEqual([String(ctx.usuario?.id), 'de vuelta'])
    await cola.detener(1000)
  })

  it('a kind of work that nobody serves is refused, not lost', async () => {
    const nadie = { ...SALUDO, nombre: 'nadie' }
    await expect(conTransaccion(app.ctx, (tx) => encolar(tx, nadie, { texto: 'x' }))).rejects.toThrow('nadie')
  })
})
