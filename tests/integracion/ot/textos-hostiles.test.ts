import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('administrador')).agente)

const TEXTOS = [
  '<script>alert(1)</script>',
  "'; DROP TABLE ot; --",
  '=cmd()',
  'x'.repeat(10_000),
  'a\u0000b',
  '\ud800',
  '%_\\',
  'ñáéíóú 🚢',
]
const CAMPOS = [
  'orden_trabajo',
  'oficio_ot',
  'descripcion_trabajo',
  'comentario_general',
  'responsable_cliente',
  'comentario_reprogramacion',
  'motivo_reprogramacion',
  'num_reprogramacion',
  'plazo_dias',
  'monto_mxn',
  'fecha_inicio_programado',
  'id_frente',
  'id_patio',
  'id_cliente',
  'ot_principal',
  'version',
  'id_tipo',
]

describe('hostile texts in every field: stored or refused clearly, never a 500', () => {
  it.each(CAMPOS)('ot/editar/ and ot/crear-ot-reprogramacion/: %s', async (campo) => {
    const raiz = await crea.ot()
    const id = await crea.reprogramacion(raiz)
    for (const texto of TEXTOS) {
      const edita = await agente.post('/operaciones/ot/editar/').send({ id, [campo]: texto })
      const crear = await agente
        .post('/operaciones/ot/crear-ot-reprogramacion/')
        .type('form')
        .send({ id_tipo: 5, orden_trabajo: 'X', ot_principal: raiz, [campo]: texto })
      expect([200, 400, 404, 409]).toContain(edita.status)
      expect([200, 400, 404, 409]).toContain(crear.status)
      expect([typeof edita.body.detalles, edita.body.exito, typeof crear.body.detalles, crear.body.exito]).toEqual([
        'string',
        edita.status === 200,
        'string',
        crear.status === 200,
      ])
    }
  })

  it.each(['cambiar_estatus_ot', 'cambiar_estatus_paso', 'actualizar-fecha', 'guardar_archivo_ot', 'eliminar'])(
    'ot/%s/',
    async (accion) => {
      const ot = await crea.ot({ pasos: [1] })
      const paso = Number((await crea.leerPasos(ot))[0]?.['id'])
      for (const texto of TEXTOS) {
        for (const campo of [
          'comentario',
          'fecha_entrega',
          'nuevo_estatus',
          'nuevo_estatus_id',
          'tipo',
          'fecha',
          'archivo',
          'id',
          'paso_id',
          'ot_id',
        ]) {
          const base = {
            ot_id: ot,
            nuevo_estatus_id: 8,
            paso_id: paso,
            id_paso: paso,
            nuevo_estatus: 2,
            tipo: 1,
            fecha: '2025-01-01',
          }
          const { status } = await agente.post(`/operaciones/ot/${accion}/`).send({ ...base, [campo]: texto })
          expect([200, 400, 404, 409]).toContain(status)
        }
      }
    },
  )

  it('values that are no text: lists, objects and numbers out of range', async () => {
    const id = await crea.ot()
    for (const valor of [['a'], { a: 1 }, 1e300, -1, true, null]) {
      for (const campo of CAMPOS) {
        const { status } = await agente.post('/operaciones/ot/editar/').send({ id, [campo]: valor })
        expect([200, 400, 404, 409]).toContain(status)
      }
    }
  })

  it('what the schemas do not explain is still said in Spanish', async () => {
    const { body } = await agente.post('/operaciones/ot/editar/').send({ id: await crea.ot(), orden_trabajo: ['x'] })
    const { body: repetido } = await agente.get('/operaciones/ot/datatable/?estatus=1&estatus=2')
    expect([body.detalles, repetido.detalles]).toEqual(
      Array.from({ length: 2 }, () => 'Uno de los datos no tiene el formato esperado.'),
    )
  })

  it('what was stored is what was typed', async () => {
    const id = await crea.ot()
    await agente.post('/operaciones/ot/editar/').send({
      id,
      comentario_general: '<script>alert(1)</script>',
      descripcion_trabajo: 'x'.repeat(10_000),
      oficio_ot: '=cmd()',
    })
    expect(await crea.leerOt(id)).toMatchObject({
      comentario: '<script>alert(1)</script>',
      descripcion_trabajo: 'x'.repeat(10_000),
      oficio_ot: '=cmd()',
    })
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
