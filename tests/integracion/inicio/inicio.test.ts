import { beforeAll, describe, expect, it } from 'vitest'
import { verInicio } from '../../../src/modulos/inicio/inicio.service.ts'
import { rastro } from '../../../src/plataforma/rastro.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

// Today is 2025-06-16.
const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)

beforeAll(async () => {
  const termina = (fecha: string, mas: Record<string, number | string> = {}) =>
    crea.ot({ id_estatus_ot: 8, fecha_inicio_programado: '2025-06-01', fecha_termino_programado: fecha, ...mas })
  await termina('2025-06-20', { orden_trabajo: 'PRONTO' })
  await termina('2025-07-16', { orden_trabajo: 'DIA-30' })
  await termina('2025-07-17')
  await termina('2025-06-16', { orden_trabajo: 'HOY' })
  await termina('2025-06-15', { orden_trabajo: 'AYER' })
  await termina('2025-06-10', { id_estatus_ot: 10, fecha_termino_real: '2025-06-09' })
  await termina('2025-06-10', { id_estatus_ot: 6 })
  await termina('2025-06-10', { estatus: 0 })
  const inicial = await termina('2025-06-05', { orden_trabajo: 'REPROGRAMADA' })
  await crea.reprogramacion(inicial, {
    num_reprogramacion: 1,
    orden_trabajo: 'REPROGRAMADA',
    id_estatus_ot: 8,
    fecha_inicio_programado: '2025-06-06',
    fecha_termino_programado: '2025-06-30',
  })
})

describe('start page (core.md §7)', () => {
  it('counts live OTs by status and type, each with the link that lists them', async () => {
    const { ot } = await verInicio(await app.ctxDe('consulta'))
    expect(ot?.total).toBe(9)
    expect(ot?.por_estatus.map(({ texto, total, ruta }) => [texto, total, ruta])).toEqual([
      ['EN EJECUCION', 7, '/operaciones/ot/?tipo=&estatus=8'],
      ['TERMINADA', 1, '/operaciones/ot/?tipo=&estatus=10'],
      ['CANCELADA', 1, '/operaciones/ot/?tipo=&estatus=6'],
    ])
    expect(ot?.por_tipo.map(({ texto, total }) => [texto, total])).toEqual([
      ['INICIAL', 8],
      ['REPROGRAMACION', 1],
    ])
  })

  it('lists what ends in 30 days and what is overdue: open, and not replaced by a reprogramación', async () => {
    const { ot } = await verInicio(await app.ctxDe('consulta'))
    expect(ot?.por_terminar.ots.map(({ orden_trabajo, dias }) => [orden_trabajo, dias])).toEqual([
      ['HOY', 0],
      ['PRONTO', 4],
      ['REPROGRAMADA', 14],
      ['DIA-30', 30],
    ])
    expect(ot?.vencidas).toMatchObject({ total: 1, ots: [{ orden_trabajo: 'AYER', dias: -1, termino: '15/06/2025' }] })
  })

  it('takes two queries', async () => {
    const ctx = await app.ctxDe('consulta')
    const medida = { solicitudId: 'prueba', consultas: 0 }
    await rastro.run(medida, () => verInicio(ctx))
    expect(medida.consultas).toBe(2)
  })

  it('answers at both addresses, and shows nothing to who may not see OTs', async () => {
    const con = await app.entrarComo('consulta')
    const sin = await app.entrarComo(['operaciones.view_paso'])
    for (const ruta of ['/', '/operaciones/']) {
      expect((await con.agente.get(ruta).set('Accept', 'text/html')).text).toContain('AYER')
      const vacia = await sin.agente.get(ruta).set('Accept', 'text/html')
      expect([vacia.status, vacia.text.includes('AYER'), vacia.text.includes('todavía no tiene módulos')]).toEqual([
        200,
        false,
        true,
      ])
    }
    expect((await con.agente.get('/acerca_de/').set('Accept', 'text/html')).text).toContain('ACERCA DEL SISTEMA')
  })
})
