import { beforeAll, describe, expect, it } from 'vitest'
import { inicializarModulos, verInicio } from '../../../src/modulos/inicio/inicio.service.ts'
import { rastro } from '../../../src/plataforma/rastro.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

// Today is 2025-06-16.
const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)

const responsables: Record<number, string> = {}
let segundoPaso = ''

beforeAll(async () => {
  const { pool } = app.conexion
  const { rows } = await pool.query<{ id: string; descripcion: string }>(
    'SELECT id, descripcion FROM responsable_proyecto',
  )
  for (const { id, descripcion } of rows) responsables[Number(id)] = descripcion
  const tarde = await crea.pte({
    oficio_pte: 'PTE-TARDE',
    estatus: 2,
    fecha_solicitud: '2025-06-01',
    plazo_dias: 9,
    id_responsable_proyecto: 3,
  })
  await pool.query(
    `INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso)
     SELECT $1, p.id, CASE p.orden WHEN '1' THEN 3 ELSE 1 END FROM paso p WHERE p.id_tipo_cliente = 15 AND p.tipo = 1 ORDER BY p.id DESC`,
    [tarde],
  )
  segundoPaso =
    (
      await pool.query<{ descripcion: string }>(
        "SELECT descripcion FROM paso WHERE id_tipo_cliente = 15 AND orden = '2'",
      )
    ).rows[0]?.descripcion ?? ''
  await crea.pte({ fecha_solicitud: '2025-06-01', plazo_dias: 15 })
  await crea.pte({ fecha_solicitud: '2025-06-01' })
  await crea.pte({ estatus: 3, fecha_solicitud: '2025-01-01', plazo_dias: 5 })
  await crea.pte({ estatus: 15, fecha_solicitud: '2025-01-01', plazo_dias: 5 })
  await crea.pte({ estatus: 0, fecha_solicitud: '2025-01-01', plazo_dias: 5 })
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

  it('lists what ends in 30 days: open, and not replaced by a reprogramación', async () => {
    const { ot } = await verInicio(await app.ctxDe('consulta'))
    expect(ot?.por_terminar.total).toBe(4)
    expect(ot?.por_terminar.ots.map(({ orden_trabajo, dias }) => [orden_trabajo, dias])).toEqual([
      ['HOY', 0],
      ['PRONTO', 4],
      ['REPROGRAMADA', 14],
      ['DIA-30', 30],
    ])
  })

  it('counts live PTEs by status, the old SUSPENDIDA among the new ones', async () => {
    const { pte } = await verInicio(await app.ctxDe('consulta'))
    expect(pte?.por_estatus.map(({ texto, total, ruta }) => [texto, total, ruta])).toEqual([
      ['PENDIENTE', 2, '/operaciones/pte/?estatus=1'],
      ['PROCESO', 1, '/operaciones/pte/?estatus=2'],
      ['ENTREGADA', 1, '/operaciones/pte/?estatus=3'],
      ['SUSPENDIDA', 1, '/operaciones/pte/?estatus=15'],
    ])
  })

  it('who has the ball: what is over its term and still open, with its first open step, the latest first', async () => {
    const { pelota } = await verInicio(await app.ctxDe('consulta'))
    expect(pelota?.total).toBe(2)
    expect(
      pelota?.pendientes.map(({ clase, folio, paso, responsable, vencio, dias }) => [
        clase,
        folio,
        paso,
        responsable,
        vencio,
        dias,
      ]),
    ).toEqual([
      ['PTE', 'PTE-TARDE', '2 · ' + segundoPaso, responsables[3], '10/06/2025', 6],
      ['OT', 'AYER', '', responsables[3], '15/06/2025', 1],
    ])
    expect(pelota?.por_responsable).toEqual([{ responsable: responsables[3], total: 2 }])
    const soloOt = await verInicio(await app.ctxDe(['operaciones.view_ote']))
    expect(soloOt.pelota?.pendientes.map(({ folio }) => folio)).toEqual(['AYER'])
    expect([soloOt.pte, soloOt.actividad]).toEqual([null, null])
  })

  it('what I touched last: mine, by record, newest first, only what I may see and what still lives', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { rows } = await app.conexion.pool.query<{ id: string }>(
      "SELECT id FROM ot WHERE orden_trabajo IN ('HOY', 'PRONTO') ORDER BY orden_trabajo",
    )
    for (const { id } of rows) {
      app.reloj.avanzar({ segundos: 5 })
      await agente.post('/operaciones/ot/editar/').send({ id, comentario_general: `visto ${id}` })
    }
    const inicio = await verInicio(await app.ctxDe('operaciones'))
    expect(inicio.tocados.map(({ clase, folio }) => [clase, folio])).toEqual([
      ['OT', 'PRONTO'],
      ['OT', 'HOY'],
    ])
    expect((await verInicio(await app.ctxDe('consulta'))).tocados).toEqual([])
    const { actividad } = await verInicio(await app.ctxDe('administrador'))
    expect(actividad?.length).toBe(2)
    expect(actividad?.[0]).toMatchObject({ evento: 'MODIFICAR', usuario: 'Prueba operaciones' })
  })

  it('takes a number of queries that does not depend on what there is', async () => {
    const ctx = await app.ctxDe('consulta')
    const medida = { solicitudId: 'prueba', consultas: 0 }
    await rastro.run(medida, () => verInicio(ctx))
    expect(medida.consultas).toBe(5)
  })

  it('shows nothing to who may not see it', async () => {
    const con = await app.entrarComo('consulta')
    const sin = await app.entrarComo(['operaciones.view_paso'])
    expect((await con.agente.get('/operaciones/').set('Accept', 'text/html')).text).toContain('AYER')
    const vacia = await sin.agente.get('/operaciones/').set('Accept', 'text/html')
    expect([vacia.status, vacia.text.includes('AYER'), vacia.text.includes('no puede ver PTE ni órdenes')]).toEqual([
      200,
      false,
      true,
    ])
    expect((await con.agente.get('/acerca_de/').set('Accept', 'text/html')).text).toContain('ACERCA DEL SISTEMA')
  })
})

describe('modules (core.md §6)', () => {
  const nombres = async (quien: Parameters<typeof app.entrarComo>[0]): Promise<string[]> => {
    const { text } = await (await app.entrarComo(quien)).agente.get('/').set('Accept', 'text/html')
    return [...text.matchAll(/modulo-nombre">([^<]+)</g)].map(([, nombre = '']) => nombre)
  }

  it('core §16.17: with only view_ote, the dashboard shows only OPERACIONES; with nothing, what to do', async () => {
    expect(await nombres(['operaciones.view_ote'])).toEqual(['Sistema de Operaciones'])
    expect(await nombres([])).toEqual([])
    expect((await (await app.entrarComo([])).agente.get('/').set('Accept', 'text/html')).text).toContain(
      'todavía no tiene módulos',
    )
  })

  it('those without address or inactive are not shown, not even to a superuser; the order is theirs', async () => {
    expect(await nombres('superusuario')).toEqual(['Sistema de Operaciones'])
    await app.conexion.pool.query(
      "UPDATE core_modulo SET ruta = '/tiempos-barco/', orden = 0 WHERE app_name = 'tiempos_barco'",
    )
    expect(await nombres('superusuario')).toEqual(['Tiempos de Barco', 'Sistema de Operaciones'])
    expect(await nombres('administrador')).toEqual(['Sistema de Operaciones'])
    await app.conexion.pool.query("UPDATE core_modulo SET ruta = NULL, orden = 4 WHERE app_name = 'tiempos_barco'")
  })

  it('core §16.18: inicializar_modulos twice on an empty table: 4 rows, 4 rows; a renamed one keeps its name', async () => {
    const { pool } = app.conexion
    await pool.query('DELETE FROM core_modulo')
    expect((await inicializarModulos(app.ctx)).map(({ nuevo }) => nuevo)).toEqual([true, true, true, true])
    await pool.query("UPDATE core_modulo SET nombre = 'Operaciones y más' WHERE app_name = 'operaciones'")
    expect((await inicializarModulos(app.ctx)).map(({ nuevo }) => nuevo)).toEqual([false, false, false, false])
    const { rows } = await pool.query('SELECT nombre FROM core_modulo ORDER BY orden')
    expect(rows.map(({ nombre }) => nombre as string)).toEqual([
      'Operaciones y más',
      'Costa Fuera',
      'Sistema de Reportes',
      'Tiempos de Barco',
    ])
  })
})
