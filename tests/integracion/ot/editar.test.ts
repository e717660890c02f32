import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-06T18:00:00Z' })
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('administrador')).agente)

const editar = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/editar/').type('form').send(cuerpo)
const eliminar = (id: unknown) => agente.post('/operaciones/ot/eliminar/').send({ id })
const estatus = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/cambiar_estatus_ot/').send(cuerpo)

describe('ot/editar/', () => {
  it('O-35: an OT por definir becomes active and loses its text', async () => {
    const id = await crea.ot({ estatus: -1 })
    await editar({ id, comentario_general: 'Configurada' })
    const { body } = await agente
      .get('/operaciones/ot/datatable/')
      .query({ filtro: (await crea.leerOt(id))['orden_trabajo'] as string })
    expect((await crea.leerOt(id))['estatus']).toBe(1)
    expect(body.data).toMatchObject([{ estatus_ot_texto: 'ASIGNADA', estatus: 'ASIGNADA' }])
  })

  it('O-36: on TIERRA the yard is the main site', async () => {
    const id = await crea.ot()
    await editar({ id, id_frente: '1', id_patio: '6' })
    expect(await crea.leerOt(id)).toMatchObject({ id_frente: 1, id_patio: 6, requiere_patio: false })
  })

  it('O-37: yard phase on BARCO', async () => {
    const id = await crea.ot()
    await editar({
      id,
      id_frente: '2',
      check_fase_patio: 'on',
      id_patio_fase: '6',
      fecha_inicio_patio: '2025-04-01',
      fecha_fin_patio: '2025-04-20',
    })
    expect(await crea.leerOt(id)).toMatchObject({
      id_patio: 6,
      requiere_patio: true,
      fecha_inicio_patio: '2025-04-01',
      fecha_fin_patio: '2025-04-20',
    })
  })

  it('O-38: without the switch there is no phase', async () => {
    const id = await crea.ot({ id_frente: 2, id_patio: 6, requiere_patio: true, fecha_inicio_patio: '2025-04-01' })
    await editar({ id, id_frente: '2', id_patio_fase: '6' })
    expect(await crea.leerOt(id)).toMatchObject({
      id_patio: null,
      requiere_patio: false,
      fecha_inicio_patio: null,
      fecha_fin_patio: null,
    })
  })

  it('O-39: the switch without yard', async () => {
    const { status, body } = await editar({ id: await crea.ot(), id_frente: '2', check_fase_patio: 'on' })
    expect([status, body.tipo_aviso]).toEqual([400, 'advertencia'])
  })

  it('O-40: the front changes from BARCO to TIERRA', async () => {
    const id = await crea.ot({ id_frente: 2, id_embarcacion: SEMILLA.embarcacion })
    await editar({ id, id_frente: '1' })
    expect(await crea.leerOt(id)).toMatchObject({ id_frente: 1, id_embarcacion: null })
  })

  it('O-41: the description is stored, the rest stays', async () => {
    const id = await crea.ot({ comentario: 'Antes', monto_mxn: '10.50', id_frente: 2, id_embarcacion: 1 })
    const antes = await crea.leerOt(id)
    const { body } = await editar({ id, descripcion_trabajo: 'Nueva' })
    expect(body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      detalles: 'OT actualizada correctamente',
      version: 2,
    })
    expect(await crea.leerOt(id)).toEqual({ ...antes, descripcion_trabajo: 'Nueva', version: 2 })
  })

  it('O-42: a real start sent empty is cleared', async () => {
    const id = await crea.ot({ fecha_inicio_real: '2025-03-03' })
    await editar({ id, fecha_inicio_real: '' })
    expect((await crea.leerOt(id))['fecha_inicio_real']).toBeNull()
  })

  it('R-OT-18: without id, unknown, deleted', async () => {
    const sin = await editar({ orden_trabajo: 'X' })
    const desconocida = await editar({ id: 999_999 })
    const borrada = await editar({ id: await crea.ot({ estatus: 0 }) })
    expect([sin.status, sin.body.tipo_aviso, sin.body.detalles]).toEqual([400, 'error', 'ID del OT no proporcionado'])
    expect([desconocida.status, desconocida.body.detalles, borrada.status]).toEqual([404, 'OT no encontrada', 404])
  })

  it('R-OT-20: required fields cannot be emptied and the type does not change', async () => {
    const id = await crea.ot()
    const vacio = await editar({ id, orden_trabajo: '   ', responsable_cliente: '' })
    const tipo = await editar({ id, id_tipo: 5 })
    const mismo = await editar({ id, id_tipo: 4 })
    expect([vacio.status, Object.keys(vacio.body.campos), tipo.status, mismo.status]).toEqual([
      400,
      ['orden_trabajo', 'responsable_cliente'],
      400,
      200,
    ])
  })

  it('R-OT-21: an empty amount or term becomes 0', async () => {
    const id = await crea.ot({ monto_usd: '5.00', plazo_dias: 9 })
    await editar({ id, monto_usd: '', plazo_dias: '' })
    expect(await crea.leerOt(id)).toMatchObject({ monto_usd: 0, plazo_dias: 0 })
  })

  it('R-OT-22: another principal gives its PTE and its next number', async () => {
    const [una, otra] = [await crea.ot(), await crea.ot({ id_pte_header: await crea.pte() })]
    await crea.reprogramacion(otra, { num_reprogramacion: 3 })
    const id = await crea.reprogramacion(una, { num_reprogramacion: 1 })
    await editar({ id, ot_principal: otra })
    expect(await crea.leerOt(id)).toMatchObject({
      ot_principal: otra,
      num_reprogramacion: 4,
      id_pte_header: (await crea.leerOt(otra))['id_pte_header'],
    })
  })

  it('R-OT-22: itself, a reprogramación or nobody cannot be the principal', async () => {
    const raiz = await crea.ot()
    const [id, hermana] = [await crea.reprogramacion(raiz), await crea.reprogramacion(raiz)]
    const estados = []
    for (const ot_principal of [id, hermana, '', 999_999]) estados.push((await editar({ id, ot_principal })).status)
    expect(estados).toEqual([400, 400, 400, 404])
  })

  it('R-OT-22: an empty number is null, a word is refused, a taken one is a conflict', async () => {
    const raiz = await crea.ot()
    await crea.reprogramacion(raiz, { num_reprogramacion: 1 })
    const id = await crea.reprogramacion(raiz, { num_reprogramacion: 2 })
    const palabra = await editar({ id, num_reprogramacion: 'dos' })
    const ocupado = await editar({ id, num_reprogramacion: '1' })
    const mismo = await editar({ id, num_reprogramacion: '2' })
    await editar({ id, num_reprogramacion: '' })
    expect([palabra.body.detalles, ocupado.status, mismo.status]).toEqual([
      'El número de reprogramación debe ser un número válido',
      409,
      200,
    ])
    expect((await crea.leerOt(id))['num_reprogramacion']).toBeNull()
  })

  it('R-OT-07: the folio of another initial order, case aside', async () => {
    await crea.ot({ orden_trabajo: 'OCUPADO-1' })
    const { status, body } = await editar({ id: await crea.ot(), orden_trabajo: ' ocupado-1' })
    expect([status, body.tipo_aviso, Object.keys(body.campos)]).toEqual([409, 'error', ['orden_trabajo']])
  })

  it('R-OT-23: a client of another type leaves the steps and says so', async () => {
    const id = await crea.ot({ pasos: [3, 1] })
    const { body } = await editar({ id, id_cliente: SEMILLA.clienteIntercom })
    expect(body.detalles).toContain('los pasos de la OT se conservan')
    expect(await crea.leerPasos(id)).toHaveLength(2)
  })

  it('an old end before its start does not stop the edition of something else', async () => {
    const id = await crea.ot({ fecha_inicio_programado: '2025-03-10', fecha_termino_programado: '2025-03-08' })
    const otro = await editar({ id, comentario_general: 'x' })
    const fecha = await editar({ id, fecha_termino_programado: '2025-03-09' })
    expect([otro.status, fecha.status]).toEqual([200, 400])
  })

  it('one row of the log per field that changed, with the values people read', async () => {
    const id = await crea.ot({ orden_trabajo: 'OT-BITACORA', monto_mxn: '10.00', fecha_inicio_real: '2025-03-03' })
    await editar({
      id,
      monto_mxn: '1234.5',
      fecha_inicio_real: '2025-03-04',
      responsable_proyecto: SEMILLA.otroResponsable,
      comentario_general: '',
      registro_actividad: '{"falso":1}',
    })
    const filas = await crea.leerBitacora(4, id)
    expect(
      filas.map(({ evento, campo, campo_clave, anterior, actual }) => [evento, campo, campo_clave, anterior, actual]),
    ).toEqual([
      [
        'MODIFICAR',
        'Responsable del Proyecto',
        'id_responsable_proyecto',
        'LÍDER DE PROYECTO 03',
        'LÍDER DE PROYECTO 04',
      ],
      ['MODIFICAR', 'Fecha de inicio real', 'fecha_inicio_real', '03/03/2025', '04/03/2025'],
      ['MODIFICAR', 'Monto MXN', 'monto_mxn', '$ 10.00', '$ 1,234.50'],
    ])
    expect(new Set(filas.map(({ detalle }) => detalle))).toEqual(new Set(['de la OT: OT-BITACORA']))
  })

  it('saving the same changes nothing: no version, no log', async () => {
    const id = await crea.ot({ comentario: 'igual' })
    const { body } = await editar({ id, comentario_general: 'igual', version: 1 })
    expect([body.version, await crea.leerBitacora(4, id)]).toEqual([1, []])
  })

  it('two people: the second is told what the first changed and the OT as it is now', async () => {
    const id = await crea.ot({ comentario: 'original' })
    const otra = await app.entrarComo('operaciones')
    await otra.agente.post('/operaciones/ot/editar/').send({ id, version: 1, comentario_general: 'de la primera' })
    const { status, body } = await editar({ id, version: 1, comentario_general: 'de la segunda' })
    expect([status, body.exito, body.codigo, body.version]).toEqual([409, false, 'VERSION', 2])
    expect(body.detalles).toContain('Prueba operaciones')
    expect(body.cambios).toMatchObject([
      { campo: 'Comentario', antes: 'original', despues: 'de la primera', usuario: 'Prueba operaciones' },
    ])
    expect(body.datos).toMatchObject({ id, comentario: 'de la primera', version: 2 })
    expect((await crea.leerOt(id))['comentario']).toBe('de la primera')
  })
})

describe('ot/eliminar/', () => {
  it('O-53: 403 without delete_ote, 200 and gone with it, 404 the second time', async () => {
    const id = await crea.ot({ orden_trabajo: 'OT-BORRAR' })
    const sin = await tipado((await app.entrarComo('operaciones')).agente)
      .post('/operaciones/ot/eliminar/')
      .send({ id })
    const con = await eliminar(id)
    const otra = await eliminar(id)
    const lista = await agente.get('/operaciones/ot/datatable/').query({ filtro: 'OT-BORRAR' })
    expect([sin.status, con.status, con.body.detalles, otra.status, otra.body.detalles]).toEqual([
      403,
      200,
      'OT eliminado correctamente',
      404,
      'OT no encontrado',
    ])
    expect([lista.body.recordsFiltered, (await crea.leerOt(id))['estatus']]).toEqual([0, 0])
    expect(await crea.leerBitacora(4, id)).toMatchObject([
      { evento: 'ELIMINAR', campo: 'Eliminó', detalle: 'una OT con folio: OT-BORRAR' },
    ])
  })

  it('R-OT-26: without id; reprogramaciones and steps stay', async () => {
    const id = await crea.ot({ pasos: [1] })
    const hija = await crea.reprogramacion(id)
    const sin = await eliminar('')
    await eliminar(id)
    expect([
      sin.status,
      sin.body.detalles,
      (await crea.leerOt(hija))['estatus'],
      (await crea.leerPasos(id)).length,
    ]).toEqual([400, 'ID de la OT no proporcionado', 1, 1])
  })

  it('R-OT-07: the folio of a deleted order can be used again', async () => {
    const id = await crea.ot({ orden_trabajo: 'REUSABLE' })
    await eliminar(id)
    expect((await editar({ id: await crea.ot(), orden_trabajo: 'REUSABLE' })).status).toBe(200)
  })
})

describe('ot/cambiar_estatus_ot/', () => {
  it('O-43: TERMINADA with its date, or today', async () => {
    const [con, sin] = [await crea.ot({ id_estatus_ot: 8 }), await crea.ot({ id_estatus_ot: 8 })]
    const { body } = await estatus({ ot_id: con, nuevo_estatus_id: 10, fecha_entrega: '2025-03-04' })
    await estatus({ ot_id: sin, nuevo_estatus_id: '10' })
    expect(body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      estatus_ot_id: 10,
      estatus_ot_texto: 'TERMINADA',
      fecha_termino_real: '04/03/2025',
    })
    expect((await crea.leerOt(sin))['fecha_termino_real']).toBe('2025-03-06')
  })

  it('O-44: leaving TERMINADA clears the date', async () => {
    const id = await crea.ot({ id_estatus_ot: 10, fecha_termino_real: '2025-03-04' })
    const { body } = await estatus({ ot_id: id, nuevo_estatus_id: 9 })
    expect([body.fecha_termino_real, await crea.leerOt(id)]).toMatchObject([
      null,
      { id_estatus_ot: 9, fecha_termino_real: null },
    ])
  })

  it('O-45: ASIGNADA to EN EJECUCION changes no date', async () => {
    const id = await crea.ot({ fecha_termino_real: '2025-01-01' })
    await estatus({ ot_id: id, nuevo_estatus_id: 8 })
    expect(await crea.leerOt(id)).toMatchObject({
      id_estatus_ot: 8,
      fecha_inicio_real: null,
      fecha_termino_real: '2025-01-01',
    })
  })

  it('O-46: a status of a step', async () => {
    expect((await estatus({ ot_id: await crea.ot(), nuevo_estatus_id: 3 })).status).toBe(400)
  })

  it('O-47: an OT por definir', async () => {
    expect((await estatus({ ot_id: await crea.ot({ estatus: -1 }), nuevo_estatus_id: 8 })).status).toBe(409)
  })

  it('incomplete data and an unknown OT', async () => {
    const sin = await estatus({ ot_id: await crea.ot() })
    const otra = await estatus({ ot_id: 999_999, nuevo_estatus_id: 8 })
    expect([sin.status, sin.body.detalles, otra.status]).toEqual([400, 'Datos incompletos', 404])
  })

  it('a blank comment keeps what there is; the log says the texts', async () => {
    const id = await crea.ot({ comentario: 'se queda', orden_trabajo: 'OT-ESTATUS' })
    await estatus({ ot_id: id, nuevo_estatus_id: 9, comentario: '   ' })
    expect((await crea.leerOt(id))['comentario']).toBe('se queda')
    expect(await crea.leerBitacora(4, id)).toEqual([
      {
        evento: 'ACTUALIZAR',
        campo: 'Actualizó',
        campo_clave: '',
        anterior: 'ASIGNADA',
        actual: 'SUSPENDIDA',
        detalle: 'el estatus de: ASIGNADA a: SUSPENDIDA, de la OT: OT-ESTATUS',
      },
    ])
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
