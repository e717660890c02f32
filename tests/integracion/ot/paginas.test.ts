import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-06T18:00:00Z' })
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('administrador')).agente)
const consulta = tipado((await app.entrarComo('consulta')).agente)

/** The data of a page, as its script receives it. */
function datosDe(html: string): Record<string, unknown> {
  const [, texto] = /<script type="application\/json" id="datos-pagina">([^<]*)<\/script>/.exec(html) ?? []
  return JSON.parse(texto ?? 'null') as Record<string, unknown>
}

describe('pages of OTs', () => {
  it('the list: lists of the filters, years of the data, what the person may do', async () => {
    await crea.ot({ oficio_ot: 'X-2023' })
    await crea.ot({ fecha_inicio_programado: '2025-01-01' })
    const { status, text } = await agente.get('/operaciones/ot/')
    const datos = datosDe(text)
    expect([status, datos['anios'], datos['hoy']]).toEqual([200, [2025, 2023], '2025-03-06'])
    expect(datos['puede']).toEqual({
      crear: true,
      editar: true,
      eliminar: true,
      pasos: true,
      exportar: true,
      importar: true,
      produccion: true,
      anexo: true,
      estimar: true,
    })
    const deConsulta = datosDe((await consulta.get('/operaciones/ot/')).text)
    expect(deConsulta['puede']).toEqual({
      crear: false,
      editar: false,
      eliminar: false,
      pasos: false,
      exportar: true,
      importar: false,
      produccion: true,
      anexo: true,
      estimar: false,
    })
  })

  it('the page of an OT: data, family and activity; hostile texts arrive as texts', async () => {
    const raiz = await crea.ot({
      orden_trabajo: 'OT-PAG',
      descripcion_trabajo: '<script>alert(1)</script>',
      pasos: [3, 1],
    })
    const hija = await crea.reprogramacion(raiz, { num_reprogramacion: 1, orden_trabajo: 'OT-PAG' })
    await agente.post('/operaciones/ot/editar/').send({ id: raiz, comentario_general: '=cmd()' })
    const { status, text } = await agente.get(`/operaciones/ot/${raiz}/`)
    expect([status, text.includes('<script>alert'), text.includes('&lt;script&gt;alert')]).toEqual([200, false, true])
    expect(text).toContain(`/operaciones/ot/${hija}/`)
    expect((await consulta.get(`/operaciones/ot/${hija}/`)).status).toBe(200)
  })

  it('404 page of an OT that does not exist, was deleted or is no number', async () => {
    const borrada = await crea.ot({ estatus: 0 })
    const respuestas = await Promise.all(
      [999_999, borrada, 'abc', '1e3', '-1'].map((id) => agente.get(`/operaciones/ot/${id}/`)),
    )
    expect(respuestas.map(({ status, type }) => [status, type])).toEqual(respuestas.map(() => [404, 'text/html']))
    expect(respuestas[0]?.text).toContain('OT no encontrada')
  })

  it('without session, to the login; without permission, 403', async () => {
    const anonimo = await tipado(app.anonimo()).get('/operaciones/ot/')
    const ajeno = await tipado((await app.entrarComo(['operaciones.view_pteheader'])).agente).get('/operaciones/ot/')
    expect([anonimo.status, anonimo.headers['location'], ajeno.status]).toEqual([
      302,
      '/accounts/login/?next=%2Foperaciones%2Fot%2F',
      403,
    ])
  })

  it('lineage: differences, their sum, and the comparison of two versions', async () => {
    const raiz = await crea.ot({
      orden_trabajo: 'OT-LIN',
      fecha_inicio_programado: '2025-01-01',
      fecha_termino_programado: '2025-01-10',
      monto_mxn: '100.00',
    })
    const uno = await crea.reprogramacion(raiz, {
      num_reprogramacion: 1,
      fecha_inicio_programado: '2025-01-05',
      fecha_termino_programado: '2025-01-20',
      monto_mxn: '150.50',
      motivo_reprogramacion: 'clima',
    })
    const dos = await crea.reprogramacion(raiz, {
      num_reprogramacion: 2,
      fecha_inicio_programado: '2025-02-01',
      fecha_termino_programado: '2025-02-10',
      monto_mxn: '80.00',
    })
    const { status, text } = await agente.get(`/operaciones/ot/${dos}/linaje/`).query({ a: raiz, b: uno })
    const datos = datosDe(text) as {
      suma: unknown
      versiones: Record<string, unknown>[]
      comparacion: { a: number; campos: { campo: string; igual: boolean }[] }
    }
    expect([status, datos.suma]).toEqual([
      200,
      { inicio: 31, termino: 31, dias: 0, monto_mxn: '-20.00', monto_usd: '0.00' },
    ])
    expect(datos.versiones.map((version) => [version['etiqueta'], version['dias'], version['motivo']])).toEqual([
      ['Inicial', 10, ''],
      ['Reprogramación 1', 16, 'Clima'],
      ['Reprogramación 2', 10, ''],
    ])
    expect(datos.comparacion.campos.filter(({ igual }) => !igual).map(({ campo }) => campo)).toContain('Monto MXN')
    expect(
      (datosDe((await agente.get(`/operaciones/ot/${dos}/linaje/?a=x&b=${uno}`)).text) as { comparacion: unknown })
        .comparacion,
    ).toBeNull()
    expect((await agente.get('/operaciones/ot/999999/linaje/')).status).toBe(404)
  })

  it('lineage of a reprogramación whose initial order was deleted: what is alive, no link to what is not', async () => {
    const raiz = await crea.ot({ orden_trabajo: 'OT-MUERTA' })
    const hija = await crea.reprogramacion(raiz, { num_reprogramacion: 1 })
    await agente.post('/operaciones/ot/eliminar/').send({ id: raiz })
    const { status, text } = await agente.get(`/operaciones/ot/${hija}/linaje/`)
    const datos = datosDe(text) as { principal: { orden_trabajo: string; ruta: string }; versiones: unknown[] }
    expect([status, datos.principal.orden_trabajo, datos.principal.ruta, datos.versiones.length]).toEqual([
      200,
      'OT-MUERTA',
      `/operaciones/ot/${hija}/`,
      1,
    ])
    expect((await agente.get(`/operaciones/ot/${hija}/`)).status).toBe(200)
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
