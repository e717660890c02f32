import { describe, expect, it } from 'vitest'
import { INVARIANTES_CONTRATOS } from '../../../src/modulos/contratos/contratos.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aMano } from '../../apoyo/bd.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const fallas = async () => {
  const resultados = await comprobar(app.ctx, INVARIANTES_CONTRATOS)
  return resultados.filter(({ correcto }) => !correcto).map(({ clave, casos }) => [clave, casos])
}

describe('promises about prices', () => {
  it('hold after creating, editing, converting, deactivating and reactivating', async () => {
    const { agente } = await app.entrarComo('administrador')
    const base = '/operaciones/catalogos'
    const { body } = await agente
      .post(`${base}/producto/crear/`)
      .send({ id_partida: 'C2EXT-1', descripcion: 'Tubo', unidad_medida: 15, cantidad: '1', precio_unitario_mn: '10' })
    const { id } = body as { id: number }
    for (const precio of ['11', '11', '12.5', '10'])
      await agente.post(`${base}/producto/editar/`).send({ id, precio_unitario_mn: precio })
    await agente
      .post(`${base}/concepto/convertir_pue/`)
      .send({ id_pue: id, nueva_partida: '2.1.', nuevo_anexo: 'C-2', precio_mn: '13' })
    await agente.post(`${base}/producto/eliminar/`).send({ id })
    await agente.post(`${base}/producto/reactivar/`).send({ id })
    const { rows } = await pool.query('SELECT precio_mn::text AS p FROM contrato_concepto_precio ORDER BY numero')
    expect(rows.map(({ p }: { p: string }) => p)).toEqual(['10.00', '11.00', '12.50', '10.00', '13.00'])
    expect(await fallas()).toEqual([])
  })

  it('name the concept whose price was changed by hand, and the row that is missing', async () => {
    const { rows } = await pool.query<{ id: string }>('SELECT id FROM contrato_concepto_maestro LIMIT 1')
    const id = rows[0]?.id ?? ''
    await aMano(pool, `UPDATE contrato_concepto_maestro SET precio_unitario_mn = 99 WHERE id = ${id}`)
    expect(await fallas()).toEqual([['contrato_precio_vigente', [`concepto ${id} (2.1.)`]]])
    await aMano(pool, `UPDATE contrato_concepto_maestro SET precio_unitario_mn = 13 WHERE id = ${id}`)
    await aMano(pool, `DELETE FROM contrato_concepto_precio WHERE id_concepto = ${id} AND numero = 3`)
    expect(await fallas()).toEqual([['contrato_precio_continuo', [`concepto ${id}, precio 4`]]])
  })
})
