import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)

describe('many at once', () => {
  it('twenty simultaneous reprogramaciones of one OT get the numbers 1 to 20', async () => {
    const principal = await crea.ot()
    const { agente } = await app.entrarComo('operaciones')
    const respuestas = await Promise.all(
      Array.from({ length: 20 }, (_, i) =>
        agente
          .post('/operaciones/ot/crear-ot-reprogramacion/')
          .send({ id_tipo: 5, orden_trabajo: `OT-R-${i}`, ot_principal: principal }),
      ),
    )
    expect(respuestas.map(({ status }) => status)).toEqual(Array.from({ length: 20 }, () => 200))
    const numeros = respuestas.map(({ body }) => (body as { num_reprogramacion: number }).num_reprogramacion)
    expect(numeros.sort((a, b) => a - b)).toEqual(Array.from({ length: 20 }, (_, i) => i + 1))
    expect(app.errores).toEqual([])
  })
})
