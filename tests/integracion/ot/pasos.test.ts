import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-06T18:00:00Z' })
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('operaciones')).agente)

const paso = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/cambiar_estatus_paso/').send(cuerpo)
const fecha = (cuerpo: Record<string, unknown>) =>
  agente.post('/operaciones/ot/actualizar-fecha/').type('form').send(cuerpo)
const enlace = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/guardar_archivo_ot/').send(cuerpo)

async function otConPaso(
  estatus = 1,
  columnas: Record<string, string | number> = {},
): Promise<{ ot: number; id: number }> {
  const ot = await crea.ot({
    pasos: [estatus, 1],
    orden_trabajo: `OT-P-${Math.random().toString(36).slice(2)}`,
    ...columnas,
  })
  return { ot, id: Number((await crea.leerPasos(ot))[0]?.['id']) }
}

describe('steps of an OT', () => {
  it('O-48: COMPLETADO dates the delivery, PROCESO clears it; the progress follows', async () => {
    const { ot, id } = await otConPaso()
    const completo = await paso({ paso_id: id, nuevo_estatus: 3, fecha_entrega: '2025-03-02' })
    expect(completo.body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      paso: { id, estatus_paso: 3, estatus_texto: 'COMPLETADO', fecha_entrega: '02/03/2025', id_ot: ot },
      ot_id: ot,
      progreso_pasos: 50,
      pasos_completados: 1,
      total_pasos: 2,
      progreso: 15,
    })
    const proceso = await paso({ paso_id: id, nuevo_estatus: 2 })
    expect(proceso.body).toMatchObject({ paso: { fecha_entrega: null }, progreso_pasos: 0, progreso: 0 })
  })

  it('COMPLETADO without date is today', async () => {
    const { id } = await otConPaso()
    expect((await paso({ paso_id: id, nuevo_estatus: '3' })).body.paso.fecha_entrega).toBe('06/03/2025')
  })

  it('the log names status, step and folio', async () => {
    const { ot, id } = await otConPaso()
    const folio = String((await crea.leerOt(ot))['orden_trabajo'])
    await paso({ paso_id: id, nuevo_estatus: 2 })
    const [fila] = await crea.leerBitacora(5, id)
    expect(fila).toMatchObject({ evento: 'ACTUALIZAR', campo: 'Actualizó', anterior: 'PENDIENTE', actual: 'PROCESO' })
    expect(fila?.detalle).toMatch(
      new RegExp(`^el estatus de: PENDIENTE a: PROCESO, del paso .+ - .+ de la OT: ${folio}$`),
    )
  })

  it('incomplete, unknown, of a deleted OT, and a status of something else', async () => {
    const { id } = await otConPaso()
    const { id: deBorrada } = await otConPaso(1, { estatus: 0 })
    const sin = await paso({ paso_id: id })
    const desconocido = await paso({ paso_id: 999_999, nuevo_estatus: 2 })
    const borrada = await paso({ paso_id: deBorrada, nuevo_estatus: 2 })
    const ajeno = await paso({ paso_id: id, nuevo_estatus: 8 })
    expect([sin.status, sin.body.tipo_aviso, sin.body.detalles]).toEqual([400, 'advertencia', 'Datos incompletos'])
    expect([desconocido.status, desconocido.body.detalles, borrada.status, ajeno.status]).toEqual([
      404,
      'Paso no encontrado',
      404,
      400,
    ])
  })

  it('dates by kind, cleared when empty, locked by status', async () => {
    const { id } = await otConPaso()
    const { id: completo } = await otConPaso(3)
    const inicio = await fecha({ id_paso: id, tipo: 1, fecha: '2025-03-01' })
    const termino = await fecha({ id_paso: id, tipo: '2', fecha: '2025-02-01' })
    const borra = await fecha({ id_paso: id, tipo: 1, fecha: '' })
    const entrega = await fecha({ id_paso: id, tipo: 3, fecha: '2025-03-01' })
    const fija = await fecha({ id_paso: completo, tipo: 1, fecha: '2025-03-01' })
    const otra = await fecha({ id_paso: id, tipo: 4, fecha: '2025-03-01' })
    const imposible = await fecha({ id_paso: id, tipo: 1, fecha: '2025-02-30' })
    expect([inicio, termino, borra, entrega, fija, otra, imposible].map(({ status }) => status)).toEqual([
      200, 400, 200, 409, 409, 400, 400,
    ])
    expect([inicio.body.fecha_actualizada, termino.body.tipo_aviso, borra.body.fecha_actualizada]).toEqual([
      '2025-03-01',
      'advertencia',
      null,
    ])
    expect((await crea.leerBitacora(5, id)).map(({ detalle }) => detalle.replace(/del paso.*/, ''))).toEqual([
      'la fecha de inicio ',
      'la fecha de inicio ',
    ])
  })

  it('links: http(s) only, empty removes, logged as IMPORTAR', async () => {
    const { id } = await otConPaso()
    const malo = await enlace({ paso_id: id, archivo: 'javascript:alert(1)' })
    const bueno = await enlace({ paso_id: id, archivo: 'https://example.com/a b' })
    const vacio = await enlace({ paso_id: id, archivo: '' })
    const sin = await enlace({ paso_id: id })
    expect([malo, bueno, vacio, sin].map(({ status }) => status)).toEqual([400, 200, 200, 400])
    expect((await crea.leerBitacora(5, id)).map(({ evento, anterior, actual }) => [evento, anterior, actual])).toEqual([
      ['IMPORTAR', '', 'https://example.com/a%20b'],
      ['IMPORTAR', 'https://example.com/a%20b', ''],
    ])
  })

  it('ot/detalle/datatable/: the steps in order, paged, with the folio in oficio_ot', async () => {
    const { ot } = await otConPaso(3)
    const { body } = await agente
      .get('/operaciones/ot/detalle/datatable/')
      .query({ ot_id: ot, draw: 4, start: 0, length: 1 })
    expect(body).toMatchObject({ draw: 4, recordsTotal: 2, recordsFiltered: 2 })
    expect(Object.keys(body.data[0] ?? {})).toEqual([
      'id',
      'orden',
      'desc_paso',
      'tipo_paso',
      'estatus_paso',
      'estatus_texto',
      'fecha_entrega',
      'fecha_inicio',
      'fecha_termino',
      'comentario',
      'archivo',
      'oficio_ot',
      'id_ot',
    ])
    expect(body.data).toMatchObject([
      { estatus_paso: 3, oficio_ot: (await crea.leerOt(ot))['orden_trabajo'], comentario: '' },
    ])
  })

  it('D-OT-18: bad or absent paging falls back, a bad id is 400', async () => {
    const { ot } = await otConPaso()
    const paginado = await agente
      .get('/operaciones/ot/detalle/datatable/')
      .query({ ot_id: ot, start: 'x', length: '-7', draw: 'z' })
    const sinPaginar = await agente.get('/operaciones/ot/detalle/datatable/').query({ ot_id: ot })
    const malo = await agente.get('/operaciones/ot/detalle/datatable/').query({ ot_id: 'abc' })
    expect([paginado.body.draw, paginado.body.data.length, malo.status]).toEqual([1, 2, 400])
    expect([sinPaginar.status, sinPaginar.body.draw, sinPaginar.body.data.length]).toEqual([200, 1, 2])
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
