// What verificar promises of billing: true over real work, and each line seen to fail when the data is broken by hand.
import { describe, expect, it } from 'vitest'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const escena = await escenaDeEstimacion(pool)
const ajena = await escenaDeEstimacion(pool)
const { agente } = await app.entrarComo('estimaciones')
const { body } = await agente.post('/operaciones/estimaciones/crear/').send({
  id_ot: escena.ot,
  fecha_desde: '2026-02-01',
  fecha_hasta: '2026-02-15',
  fecha_estimacion: '2026-02-16',
})
const creada = Number((body as Record<string, unknown>)['id_nuevo'])

const rotas = async (): Promise<string[]> =>
  (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(({ correcto }) => !correcto).map(({ clave }) => clave)

/** Runs statements with the triggers off, as a hand in the database could. */
async function aMano(...sentencias: readonly string[]): Promise<void> {
  const cliente = await pool.connect()
  try {
    await cliente.query("SET session_replication_role = 'replica'")
    for (const sentencia of sentencias) await cliente.query(sentencia)
  } finally {
    await cliente.query("SET session_replication_role = 'origin'")
    cliente.release()
  }
}

const DE = `WHERE id_produccion = ${String(escena.a)}`
const ROTURAS: readonly (readonly [clave: string, romper: string, arreglar: string])[] = [
  [
    'est_sin_doble_cobro',
    `UPDATE produccion SET volumen_estimado_acumulado = 1 WHERE id = ${String(escena.a)}`,
    `UPDATE produccion SET volumen_estimado_acumulado = 35 WHERE id = ${String(escena.a)}`,
  ],
  [
    'est_estatus_de_produccion',
    `UPDATE produccion SET id_estatus_cobro = 12 WHERE id = ${String(escena.a)}`,
    `UPDATE produccion SET id_estatus_cobro = 24 WHERE id = ${String(escena.a)}`,
  ],
  [
    'est_totales',
    `UPDATE estimacion_header SET total_importe_mn = total_importe_mn + 0.01 WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET total_importe_mn = total_importe_mn - 0.01 WHERE id = ${String(creada)}`,
  ],
  [
    'est_numeros',
    `UPDATE estimacion_header SET numero = 3 WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET numero = 1 WHERE id = ${String(creada)}`,
  ],
  [
    'est_familia',
    `UPDATE estimacion_header SET id_ot = ${String(ajena.ot)} WHERE id = ${String(creada)}`,
    `UPDATE estimacion_header SET id_ot = ${String(escena.ot)} WHERE id = ${String(creada)}`,
  ],
  [
    'est_linea_de_gpu',
    `UPDATE registro_generadores_pu SET id_estimacion_detalle = NULL ${DE}`,
    `UPDATE registro_generadores_pu SET id_estimacion_detalle = (SELECT id FROM estimacion_detalle ${DE}) ${DE}`,
  ],
]

describe('verificar of estimaciones', () => {
  it('holds over a draft, and there is a breakage of each promise', async () => {
    expect(creada).toBeGreaterThan(0)
    expect(await rotas()).toEqual([])
    expect(ROTURAS.map(([clave]) => clave)).toEqual(INVARIANTES_ESTIMACIONES.map(({ clave }) => clave))
  })

  it.each(ROTURAS)('%s is seen to fail', async (clave, romper, arreglar) => {
    await aMano(romper)
    expect(await rotas()).toContain(clave)
    await aMano(arreglar)
    expect(await rotas()).toEqual([])
  })
})
