import { expect, it } from 'vitest'
import { alCambiarFamilia, bloquearFamilia, type CambioDeFamilia } from '../../../src/modulos/ot/index.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const { agente } = await app.entrarComo('administrador')

const oidos: CambioDeFamilia[] = []
alCambiarFamilia((_ctx, cambio) => {
  oidos.push({ ...cambio, principales: [...cambio.principales].sort((x, y) => x - y) })
  return Promise.resolve()
})
const oir = async (hacer: () => Promise<{ status: number }>): Promise<CambioDeFamilia[]> => {
  oidos.length = 0
  expect((await hacer()).status).toBe(200)
  return [...oidos]
}
const editar = (id: number, campos: object) => () => agente.post('/operaciones/ot/editar/').send({ id, ...campos })

it('produccion §5.7: number, principal, activation and deletion of a reprogramación are told; the rest is not', async () => {
  const [a, b] = [await crea.ot(), await crea.ot()]
  const hija = await crea.reprogramacion(a, { num_reprogramacion: 1 })
  const naciente = await crea.reprogramacion(a, { num_reprogramacion: 2, estatus: -1 })
  const soloA = { principales: [a], mudadas: [] }

  expect(await oir(editar(hija, { comentario_general: 'otra cosa' }))).toEqual([])
  expect(await oir(editar(hija, { num_reprogramacion: 7 }))).toEqual([soloA])
  expect(await oir(editar(naciente, { comentario_general: 'configurada' }))).toEqual([soloA])
  expect(await oir(editar(hija, { ot_principal: b }))).toEqual([
    { principales: [a, b], mudadas: [{ idOt: hija, de: a, a: b }] },
  ])
  expect(await oir(() => agente.post('/operaciones/ot/eliminar/').send({ id: hija }))).toEqual([
    { principales: [b], mudadas: [] },
  ])
  expect(await oir(() => agente.post('/operaciones/ot/eliminar/').send({ id: a }))).toEqual([soloA])
})

it('one holds the family at a time; what is no initial OT has no family', async () => {
  const inicial = await crea.ot()
  const orden: string[] = []
  let soltar = (): void => undefined
  const puede = new Promise<void>((listo) => (soltar = listo))
  let tomada = (): void => undefined
  const primeraDentro = new Promise<void>((listo) => (tomada = listo))
  const primera = conTransaccion(app.ctx, async (tx) => {
    await bloquearFamilia(tx, inicial)
    tomada()
    await puede
    orden.push('primera')
  })
  await primeraDentro
  const segunda = conTransaccion(app.ctx, async (tx) => {
    await bloquearFamilia(tx, inicial)
    orden.push('segunda')
  })
  soltar()
  await Promise.all([primera, segunda])
  expect(orden).toEqual(['primera', 'segunda'])

  const hija = await crea.reprogramacion(inicial)
  const negativa: unknown = await conTransaccion(app.ctx, (tx) => bloquearFamilia(tx, hija)).catch(
    (error: unknown) => error,
  )
  expect(negativa).toMatchObject({ estado: 404, detalles: 'OT no encontrada' })
})
