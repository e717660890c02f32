import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { afterAll, describe, expect, it } from 'vitest'
import { INVARIANTES_ANEXO } from '../../../src/modulos/anexo/anexo.invariantes.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { RUTA_GUARDAR_PRODUCCION } from '../../../src/modulos/produccion/captura/captura.contrato.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { CLAVE, crearPersonaConClave } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'
import { entrarPorFuera, hasta, lanzarServidor } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
await datosComunes(pool)
const crea = fabricasProduccion(pool)
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-muerte-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const PARTIDAS = 120
const DIAS = Array.from({ length: 18 }, (_, i) => i + 11)

/** Everything that a save writes. */
async function estado(): Promise<Record<string, unknown> | undefined> {
  const { rows } = await pool.query<Record<string, unknown>>(
    `SELECT (SELECT count(*)::int FROM produccion) AS producciones, (SELECT coalesce(sum(volumen_produccion), 0)::text FROM produccion) AS volumen,
       (SELECT count(*)::int FROM registro_generadores_pu) AS gpus, (SELECT coalesce(sum(version), 0)::int FROM reporte_mensual_header) AS versiones,
       (SELECT count(*)::int FROM registro_actividad WHERE tabla_log = 10) AS eventos`,
  )
  return rows[0]
}

/** Nobody is in the middle of a transaction any more. */
async function quieto(): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
  )
  return rowCount === 0
}

describe('the server dies while a block is saved (issue C §4)', () => {
  it('kill -9 at several points: all of the block or nothing of it, and it can be saved again', async () => {
    await crearPersonaConClave(app, { username: 'eva', email: 'eva@example.com', grupos: ['administrador'] })
    const { partidas } = await crea.version(
      101,
      Array.from({ length: PARTIDAS }, (_, i) => ({
        codigo: `2.${String(i)}.`,
        anexo: i % 2 === 0 ? 'C-2' : 'C-5',
        volumen: '25',
      })),
    )
    const bloque = (valor: string, anterior: string) => ({
      id_ot: 101,
      id_sitio: 1,
      mes: 2,
      anio: 2026,
      tipo_tiempo: 'TE',
      cambios: partidas.flatMap(({ id }) =>
        DIAS.map((dia) => ({ id_partida_imp: id, dia, valor, valor_anterior: anterior })),
      ),
    })
    let guardado = ''
    const hallados: string[] = []
    for (const [n, ms] of [20, 120, 250, 400, 700].entries()) {
      const servidor = await lanzarServidor(app.url, carpeta)
      const eva = await entrarPorFuera(servidor.direccion, 'eva', CLAVE)
      const valor = `${String(n + 1)}.000001`
      const antes = await estado()
      const envio = eva.enviarJson(RUTA_GUARDAR_PRODUCCION, bloque(valor, guardado)).catch(() => null)
      await hasta(async () => !(await quieto()), 'the save began', 5000).catch(() => undefined)
      await esperar(ms)
      servidor.senal('SIGKILL')
      const respuesta = await envio
      await servidor.fin
      await hasta(quieto, 'the database notices that the server died')
      const despues = await estado()
      const entero = JSON.stringify(despues) !== JSON.stringify(antes)
      // What was acknowledged is there.
      if (respuesta?.estado === 200) expect(entero).toBe(true)
      if (entero) {
        expect(despues).toMatchObject({
          producciones: PARTIDAS * DIAS.length,
          volumen: (PARTIDAS * DIAS.length * Number(valor)).toFixed(6),
          gpus: (PARTIDAS * DIAS.length) / 2,
        })
        guardado = valor
      }
      hallados.push(`${String(ms)} ms: ${entero ? 'all' : 'nothing'}`)
      const todas = await comprobar(app.ctx, [...INVARIANTES_ANEXO, ...INVARIANTES_PRODUCCION])
      expect(todas.filter(({ correcto }) => !correcto)).toEqual([])
    }
    const servidor = await lanzarServidor(app.url, carpeta)
    const eva = await entrarPorFuera(servidor.direccion, 'eva', CLAVE)
    expect(await eva.enviarJson(RUTA_GUARDAR_PRODUCCION, bloque('7.5', guardado))).toMatchObject({ estado: 200 })
    console.info(`kill -9 after ${hallados.join(', ')}`)
  })
})
