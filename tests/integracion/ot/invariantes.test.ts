import { describe, expect, it } from 'vitest'
import { INVARIANTES_OT } from '../../../src/modulos/ot/ot.invariantes.ts'
import { comprobar, INVARIANTES_BD } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const fallas = async () => {
  const resultados = await comprobar(app.ctx, [...INVARIANTES_BD, ...INVARIANTES_OT])
  return resultados.filter(({ correcto }) => !correcto).map(({ clave, casos }) => [clave, casos.length])
}

describe('promises of the data', () => {
  it('hold on families made through the application', async () => {
    const { agente } = await app.entrarComo('administrador')
    for (let familia = 0; familia < 5; familia += 1) {
      const raiz = await crea.ot({
        id_pte_header: await crea.pte(),
        monto_mxn: '100.10',
        fecha_inicio_programado: '2025-01-01',
        fecha_termino_programado: '2025-02-01',
      })
      for (let n = 0; n < 4; n += 1)
        await agente.post('/operaciones/ot/crear-ot-reprogramacion/').send({
          id_tipo: 5,
          orden_trabajo: 'R',
          ot_principal: raiz,
          monto_mxn: `${n}.33`,
          fecha_inicio_programado: n === 2 ? '' : `2025-0${n + 2}-01`,
          plazo_dias: 10 * n,
        })
    }
    expect(await fallas()).toEqual([])
  })

  it('name what breaks them', async () => {
    const { pool } = app.conexion
    const raiz = await crea.ot({ id_pte_header: await crea.pte() })
    await crea.reprogramacion(raiz)
    await pool.query('ALTER TABLE ot DISABLE TRIGGER ot_referencias_cambio')
    await pool.query('ALTER TABLE ot DROP CONSTRAINT ot_estatus_valido, DROP CONSTRAINT ot_patio_requerido')
    await crea.ot({ estatus: 10, requiere_patio: true })
    const ot = await crea.ot({ pasos: [1] })
    await pool.query("UPDATE ot_detalle SET fecha_entrega = '2025-01-01' WHERE id_ot = $1", [ot])
    expect((await fallas()).map(([clave]) => clave)).toEqual([
      'bd_restricciones',
      'bd_disparadores',
      'ot_estatus_logico',
      'ot_fase_de_patio',
      'ot_familia_misma_pte',
      'ot_entrega_de_pasos',
    ])
  })
})
