import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('operaciones')).agente)

const crear = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/crear-ot-reprogramacion/').send(cuerpo)
const inicial = (extra: Record<string, unknown> = {}) => ({
  id_tipo: 4,
  orden_trabajo: `N-${Math.random().toString(36).slice(2)}`,
  descripcion_trabajo: 'Nueva',
  responsable_proyecto: SEMILLA.responsable,
  responsable_cliente: 'Ing. X',
  id_cliente: SEMILLA.clienteContrato,
  ...extra,
})

describe('ot/crear-ot-reprogramacion/', () => {
  it('O-22: without folio', async () => {
    const { status, body } = await crear({ id_tipo: 5 })
    expect([status, body.exito, body.tipo_aviso, body.detalles]).toEqual([
      400,
      false,
      'error',
      'El Folio de la OT es obligatorio',
    ])
    expect(body.campos).toEqual({ orden_trabajo: 'El Folio de la OT es obligatorio' })
  })

  it('O-23: type 5 without principal', async () => {
    const { status, body } = await crear({ id_tipo: 5, orden_trabajo: 'X' })
    expect([status, body.exito, body.tipo_aviso, body.detalles]).toEqual([
      400,
      false,
      'advertencia',
      'Para una reprogramación, debe seleccionar la OT Inicial.',
    ])
  })

  it('O-24: principal of type 5, deleted or unknown', async () => {
    const raiz = await crea.ot()
    const hija = await crea.reprogramacion(raiz)
    const borrada = await crea.ot({ estatus: 0 })
    const estados = []
    for (const ot_principal of [hija, borrada, 999_999])
      estados.push((await crear({ id_tipo: 5, orden_trabajo: 'X', ot_principal })).status)
    expect(estados).toEqual([400, 404, 404])
  })

  it('O-25: a reprogramación inherits from its principal and is number 1', async () => {
    const pte = await crea.pte()
    const principal = await crea.ot({
      id_pte_header: pte,
      monto_mxn: 900,
      oficio_ot: 'OF-1',
      id_frente: 2,
      id_embarcacion: 1,
    })
    const { status, body } = await crear({ id_tipo: 5, orden_trabajo: 'OT-R', ot_principal: principal })
    expect(body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      detalles: 'OT creada correctamente',
      num_reprogramacion: 1,
    })
    expect([status, body.id_nuevo]).toEqual([200, body.registro_id])
    expect(await crea.leerOt(body.id_nuevo)).toMatchObject({
      id_pte_header: pte,
      id_cliente: 1,
      id_responsable_proyecto: SEMILLA.responsable,
      responsable_cliente: 'Ing. Cliente',
      descripcion_trabajo: 'Trabajo de prueba',
      id_frente: 2,
      id_embarcacion: 1,
      ot_principal: principal,
      num_reprogramacion: 1,
      estatus: 1,
      id_estatus_ot: 5,
      oficio_ot: 'PENDIENTE',
      monto_mxn: 0,
      version: 1,
    })
    const { rows } = await app.conexion.pool.query(
      'SELECT DISTINCT p.tipo FROM ot_detalle d JOIN paso_ot p ON p.id = d.id_paso WHERE d.id_ot = $1',
      [body.id_nuevo],
    )
    expect(rows).toEqual([{ tipo: '5' }])
    expect(await crea.leerBitacora(4, body.id_nuevo)).toEqual([
      {
        evento: 'CREAR',
        campo: 'Creó',
        campo_clave: '',
        anterior: '',
        actual: '',
        detalle: 'REPROGRAMACION con folio: OT-R',
      },
    ])
  })

  it('O-26: an intercom client chooses template 18', async () => {
    const principal = await crea.ot()
    const { body } = await crear({
      id_tipo: '5',
      orden_trabajo: 'OT-R',
      ot_principal: String(principal),
      id_cliente: '3',
    })
    const { rows } = await app.conexion.pool.query(
      'SELECT DISTINCT p.tipo FROM ot_detalle d JOIN paso_ot p ON p.id = d.id_paso WHERE d.id_ot = $1',
      [body.id_nuevo],
    )
    expect([rows, (await crea.leerOt(body.id_nuevo))['id_cliente']]).toEqual([[{ tipo: '18' }], 3])
  })

  it.each([
    [
      'O-27: live 1 and 2',
      [
        [1, 1],
        [2, 1],
      ],
      3,
    ],
    [
      'O-28: live 1 and deleted 2',
      [
        [1, 1],
        [2, 0],
      ],
      3,
    ],
    ['O-29: only number 5', [[5, 1]], 6],
  ] as const)('%s → next number', async (_nombre, existentes, esperado) => {
    const principal = await crea.ot()
    for (const [num_reprogramacion, estatus] of existentes)
      await crea.reprogramacion(principal, { num_reprogramacion, estatus })
    const { body } = await crear({ id_tipo: 5, orden_trabajo: 'OT-R', ot_principal: principal, num_reprogramacion: '' })
    expect(body.num_reprogramacion).toBe(esperado)
  })

  it('O-30: a number that is taken, and one that is a word', async () => {
    const principal = await crea.ot()
    await crea.reprogramacion(principal, { num_reprogramacion: 2 })
    const ocupado = await crear({ id_tipo: 5, orden_trabajo: 'X', ot_principal: principal, num_reprogramacion: 2 })
    const palabra = await crear({ id_tipo: 5, orden_trabajo: 'X', ot_principal: principal, num_reprogramacion: 'dos' })
    expect([ocupado.status, ocupado.body.tipo_aviso]).toEqual([409, 'advertencia'])
    expect([palabra.status, palabra.body.detalles]).toEqual([
      400,
      'El número de reprogramación debe ser un número válido',
    ])
  })

  it('O-31: simultaneous creations get different numbers, twenty of them 1 to 20', async () => {
    const principal = await crea.ot()
    const respuestas = await Promise.all(
      Array.from({ length: 20 }, () => crear({ id_tipo: 5, orden_trabajo: 'OT-R', ot_principal: principal })),
    )
    const numeros = respuestas.map(({ body }) => body.num_reprogramacion).sort((a, b) => a - b)
    expect(numeros).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
  })

  it('O-32: the folio of the principal is accepted on its reprogramación, not on a second initial order', async () => {
    const principal = await crea.ot({ orden_trabajo: 'Folio Único 1' })
    const hija = await crear({ id_tipo: 5, orden_trabajo: 'Folio Único 1', ot_principal: principal })
    const segunda = await crear(inicial({ orden_trabajo: '  folio  ÚNICO 1 ' }))
    expect([hija.status, segunda.status, segunda.body.tipo_aviso]).toEqual([200, 409, 'error'])
  })

  it('O-33: the active steps of the template in order, all PENDIENTE', async () => {
    await app.conexion.pool.query(
      'UPDATE paso_ot SET activo = false WHERE id = (SELECT min(id) FROM paso_ot WHERE tipo = 5)',
    )
    const { rows } = await app.conexion.pool.query<{ id: string }>(
      'SELECT id FROM paso_ot WHERE tipo = 5 AND activo ORDER BY id',
    )
    const { body } = await crear({ id_tipo: 5, orden_trabajo: 'OT-R', ot_principal: await crea.ot() })
    const pasos = await crea.leerPasos(body.id_nuevo)
    expect(pasos.map((paso) => String(paso['id_paso']))).toEqual(rows.map(({ id }) => id))
    expect(new Set(pasos.map((paso) => paso['estatus_paso']))).toEqual(new Set([1]))
    await app.conexion.pool.query('UPDATE paso_ot SET activo = true')
  })

  it('R-OT-10: a template without active steps is told', async () => {
    await app.conexion.pool.query('UPDATE paso_ot SET activo = false WHERE tipo = 5')
    const { status, body } = await crear({ id_tipo: 5, orden_trabajo: 'OT-R', ot_principal: await crea.ot() })
    await app.conexion.pool.query('UPDATE paso_ot SET activo = true')
    expect([status, body.tipo_aviso]).toEqual([200, 'exito'])
    expect(body.detalles).toContain('no tiene pasos activos')
  })

  it('O-20: the term is computed from the dates; O-17: the end from the term', async () => {
    const plazo = await crear(
      inicial({ fecha_inicio_programado: '2025-03-01', fecha_termino_programado: '2025-03-10', plazo_dias: '' }),
    )
    const termino = await crear(inicial({ fecha_inicio_programado: '2025-01-15', plazo_dias: '30' }))
    expect(await crea.leerOt(plazo.body.id_nuevo)).toMatchObject({ plazo_dias: 10 })
    expect(await crea.leerOt(termino.body.id_nuevo)).toMatchObject({ fecha_termino_programado: '2025-02-13' })
  })

  it('O-21: an end before its start stores nothing', async () => {
    const cuenta = async () =>
      (await app.conexion.pool.query<{ count: string }>('SELECT count(*) FROM ot')).rows[0]?.count
    const antes = await cuenta()
    const { status, body } = await crear(
      inicial({ fecha_inicio_programado: '2025-03-05', fecha_termino_programado: '2025-03-01' }),
    )
    expect([status, body.tipo_aviso, await cuenta()]).toEqual([400, 'advertencia', antes])
  })

  it('R-OT-01: type 4 names every required field that is missing', async () => {
    const { status, body } = await crear({ id_tipo: 4, orden_trabajo: 'SOLO-FOLIO' })
    expect([status, Object.keys(body.campos)]).toEqual([
      400,
      ['descripcion_trabajo', 'responsable_proyecto', 'responsable_cliente', 'id_cliente'],
    ])
  })

  it('R-OT-03, R-OT-06: an initial order with a PTE, template 5, neither principal nor number', async () => {
    const pte = await crea.pte()
    const { body } = await crear(
      inicial({ id_pte_header: pte, ot_principal: 1, num_reprogramacion: 4, motivo_reprogramacion: 'clima' }),
    )
    expect(await crea.leerOt(body.id_nuevo)).toMatchObject({
      id_pte_header: pte,
      ot_principal: null,
      num_reprogramacion: null,
      motivo_reprogramacion: null,
    })
    const otra = await crear(inicial({ id_pte_header: pte }))
    const muerta = await crear(inicial({ id_pte_header: await crea.pte({ estatus: 0 }) }))
    expect([otra.status, muerta.status]).toEqual([409, 404])
  })

  it('R-OT-09: the yard phase is honoured on creation', async () => {
    const { body } = await crear(
      inicial({
        id_frente: 2,
        id_embarcacion: 1,
        check_fase_patio: 'on',
        id_patio_fase: 6,
        fecha_inicio_patio: '2025-04-01',
        fecha_fin_patio: '2025-04-20',
      }),
    )
    expect(await crea.leerOt(body.id_nuevo)).toMatchObject({
      id_patio: 6,
      requiere_patio: true,
      fecha_inicio_patio: '2025-04-01',
      fecha_fin_patio: '2025-04-20',
    })
  })

  it('the reason of a reprogramación is kept, an unknown one refused', async () => {
    const principal = await crea.ot()
    const { body } = await crear({
      id_tipo: 5,
      orden_trabajo: 'X',
      ot_principal: principal,
      motivo_reprogramacion: 'clima',
      comentario_reprogramacion: 'Frente frío 12',
    })
    const mala = await crear({
      id_tipo: 5,
      orden_trabajo: 'X',
      ot_principal: principal,
      motivo_reprogramacion: 'pereza',
    })
    expect(await crea.leerOt(body.id_nuevo)).toMatchObject({
      motivo_reprogramacion: 'clima',
      comentario_reprogramacion: 'Frente frío 12',
    })
    expect(mala.status).toBe(400)
  })

  it('a client or lead that does not exist, or is inactive, is named', async () => {
    const inactivo = await crea.cliente({ activo: false })
    const respuestas = await Promise.all([
      crear(inicial({ id_cliente: inactivo })),
      crear(inicial({ id_cliente: 987_654 })),
      crear(inicial({ responsable_proyecto: 987_654 })),
    ])
    expect(respuestas.map(({ status, body }) => [status, Object.keys(body.campos)])).toEqual([
      [400, ['id_cliente']],
      [400, ['id_cliente']],
      [400, ['responsable_proyecto']],
    ])
  })

  it('a form says the same as JSON', async () => {
    const { status } = await agente
      .post('/operaciones/ot/crear-ot-reprogramacion/')
      .type('form')
      .send(inicial({ plazo_dias: '', id_patio: '', monto_mxn: '1,234.50' }))
    expect(status).toBe(200)
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
