import { describe, expect, it } from 'vitest'
import { INVARIANTES_CATALOGOS } from '../../../src/modulos/catalogos/catalogos.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion

const fallas = async (): Promise<Record<string, readonly string[]>> =>
  Object.fromEntries(
    (await comprobar(app.ctx, INVARIANTES_CATALOGOS))
      .filter(({ correcto }) => !correcto)
      .map(({ clave, casos }) => [clave, casos]),
  )

describe('promises of the catalogues', () => {
  it('hold over the seeds', async () => {
    expect(await fallas()).toEqual({})
  })

  it('name what somebody broke by hand', async () => {
    await pool.query('UPDATE cat_estatus SET activo = FALSE WHERE id = 3')
    await pool.query('UPDATE cliente SET id_tipo = 12 WHERE id = 2')
    await pool.query('UPDATE paso_ot SET activo = FALSE WHERE tipo = 5')
    await pool.query('ALTER TABLE sitio DISABLE TRIGGER ALL')
    await pool.query('ALTER TABLE ot DISABLE TRIGGER ALL')
    await pool.query(
      `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, id_frente, id_plataforma)
       VALUES (4, 'OT-SIN-SITIO', 'x', 3, 'x', 4, 9)`,
    )
    await pool.query('DELETE FROM sitio WHERE id = 9')
    await pool.query(
      `INSERT INTO registro_actividad (registro_id, evento, campo, afectacion, tabla_log, detalle, fecha, version) VALUES (4, 'MODIFICAR', 'x', 'Tipo', 3, 'x', now(), 9)`,
    )
    expect(await fallas()).toEqual({
      catalogos_protegidos: ['Estatus 3'],
      catalogos_en_uso: ['Sitios 9 (lo usa OT)'],
      catalogos_de_su_lista: ['Clientes 2: Tipo'],
      catalogos_plantillas: ['OT REPROGRAMACION'],
      catalogos_bitacora: ['Tipos 4'],
    })
  })
})
