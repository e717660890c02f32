import { randomInt } from 'node:crypto'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { afterAll, describe, expect, it, onTestFinished } from 'vitest'
import { RUTA } from '../../../src/modulos/ot/importacion/importacion.contrato.ts'
import { aplicarImportacion } from '../../../src/modulos/ot/importacion/importacion.comandos.ts'
import { CLAVE, crearPersonaConClave } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { inicial, libroDeOts, reprogramacion } from '../../apoyo/importacion.ts'
import { entrarPorFuera, hasta, lanzarComando, lanzarServidor } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-fallos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const INICIALES = 1500
const LIBRO = join(carpeta, 'HISTORICO.xlsx')
writeFileSync(
  LIBRO,
  libroDeOts(
    Array.from({ length: INICIALES }, (_, i) => [
      // The reprogramación goes before the order it reprograms.
      reprogramacion({ orden_trabajo: `OT-${i}-R`, ot_principal: `OT-${i}`, oficio_ot: `PEP-R${i}-2024` }),
      inicial({ orden_trabajo: `OT-${i}`, oficio_ot: `PEP-${i}-2024`, id_pte_header_id: `PTE-${i}` }),
    ]).flat(),
  ),
)

/** Everything an import writes, and whether anybody else is still connected. */
async function estado(): Promise<{
  ots: number
  ptes: number
  pasos: number
  lotes: number
  cambios: number
  eventos: number
}> {
  const { rows } = await app.conexion.pool.query(
    `SELECT (SELECT count(*)::int FROM ot) AS ots, (SELECT count(*)::int FROM pte_header) AS ptes,
            (SELECT count(*)::int FROM ot_detalle) AS pasos, (SELECT count(*)::int FROM lote_importacion) AS lotes,
            (SELECT count(*)::int FROM lote_cambio) AS cambios, (SELECT count(*)::int FROM registro_actividad WHERE tabla_log IN (0, 1, 4, 5)) AS eventos`,
  )
  return rows[0] as Awaited<ReturnType<typeof estado>>
}

/** Somebody holds the turn of the imports: a transaction is under way. */
async function hayImportacion(): Promise<boolean> {
  const { rowCount } = await app.conexion.pool.query(
    `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.mode = 'ExclusiveLock'`,
  )
  return (rowCount ?? 0) > 0
}

/** Somebody waits to write steps of orders, which a test holds. */
async function esperaElFreno(): Promise<boolean> {
  const { rowCount } = await app.conexion.pool.query(
    `SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database
      WHERE d.datname = current_database() AND l.relation = 'ot_detalle'::regclass AND NOT l.granted`,
  )
  return (rowCount ?? 0) > 0
}

/** As long as the slowest machine needs; nothing is measured. */
const LENTA_MS = 240_000

const importar = () => lanzarComando('importar-ot', [LIBRO, '--si', '--crear-ptes'], app.url)

describe('an import that is cut', { timeout: 600_000 }, () => {
  it('two imports at once: the second is told and nothing of it is written', async () => {
    let segundo = null as Awaited<ReturnType<typeof importar>['fin']> | null
    const parar = new Error('enough')
    const primero = aplicarImportacion(
      app.ctx,
      { ruta: LIBRO, nombre: 'HISTORICO.xlsx' },
      {
        crearPtes: true,
        todoONada: false,
        alAvanzar: async (avance) => {
          if (avance < 50 || segundo !== null) return
          segundo = await importar().fin
          throw parar
        },
      },
    )
    await expect(primero).rejects.toBe(parar)
    expect(segundo).toMatchObject({
      codigo: 2,
      salida: expect.stringContaining('Ya hay una importación en curso') as string,
    })
    expect(await estado()).toEqual({ ots: 0, ptes: 0, pasos: 0, lotes: 0, cambios: 0, eventos: 0 })
  })

  it('kill -9 of the server in the middle of an import from the page: nothing is left of it, and the task says so', async () => {
    await crearPersonaConClave(app, { username: 'eva', email: 'eva@example.com', grupos: ['administrador'] })
    const antes = await estado()
    const servidor = await lanzarServidor(app.url, carpeta)
    const eva = await entrarPorFuera(servidor.direccion, 'eva', CLAVE)
    // Stops in the middle of its transaction, however fast or slow the machine is.
    const freno = await app.conexion.pool.connect()
    onTestFinished(async () => {
      await freno.query('ROLLBACK')
      freno.release()
    })
    await freno.query('BEGIN')
    await freno.query('LOCK TABLE ot_detalle IN SHARE ROW EXCLUSIVE MODE')
    const subida = new FormData()
    subida.set('crear_ptes', '1')
    subida.set('archivo', new Blob([readFileSync(LIBRO)]), 'HISTORICO.xlsx')
    const analisis = await eva.enviar(RUTA.ANALIZAR, subida)
    expect(analisis).toMatchObject({ estado: 200 })
    const confirmada = await eva.enviar(RUTA.CONFIRMAR, { tarea: String(analisis.cuerpo['tarea']), asincrono: '1' })
    const ruta = `/operaciones/tareas/${String(confirmada.cuerpo['tarea'])}/estado/`
    await hasta(esperaElFreno, 'the import has written orders and waits to write their steps', LENTA_MS)
    servidor.senal('SIGKILL')
    await servidor.fin
    await freno.query('ROLLBACK')
    await hasta(async () => !(await hayImportacion()), 'the database notices that the server died', LENTA_MS)
    expect(await estado()).toEqual(antes)

    const otraVez = await lanzarServidor(app.url, carpeta)
    const deVuelta = await entrarPorFuera(otraVez.direccion, 'eva', CLAVE)
    expect(await deVuelta.leer(ruta)).toMatchObject({
      estado: 'fallida',
      mensaje: 'Se interrumpió porque el sistema se reinició. Nada quedó a medias: inténtalo de nuevo.',
    })
  })

  it('kill -9 at random points leaves the state of before; run again, all of it', async () => {
    const antes = await estado()
    const cortes: { ms: number; hallado: unknown }[] = []
    for (const maximo of [0, 150, 400, 800, 1200]) {
      const ms = randomInt(0, maximo + 1)
      const comando = importar()
      await hasta(hayImportacion, 'the import takes its turn', LENTA_MS)
      await esperar(ms)
      comando.matar('SIGKILL')
      await comando.fin
      await hasta(async () => !(await hayImportacion()), 'the server notices that the command died', LENTA_MS)
      cortes.push({ ms, hallado: await estado() })
    }
    const entera = await importar().fin
    const despues = await estado()
    expect(entera).toMatchObject({ codigo: 0 })
    expect(despues).toMatchObject({ ots: 2 * INICIALES, ptes: INICIALES, lotes: 1 })
    console.info(`kill -9 after ${cortes.map(({ ms }) => ms).join(', ')} ms of transaction`)
    // A cut that came after the commit is the state of after: never one in between.
    for (const { hallado } of cortes) expect([antes, despues]).toContainEqual(hallado)
    expect(cortes.map(({ hallado }) => hallado)).toContainEqual(antes)
  })
})
