import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, describe, expect, it } from 'vitest'
import { contextoDeSistema, prepararEsquema } from '../../../src/comando.ts'
import { RUTA } from '../../../src/modulos/ot/importacion/importacion.contrato.ts'
import { crearUsuario } from '../../../src/modulos/usuarios/index.ts'
import { usarBaseEmbebida } from '../../../src/plataforma/bd-embebida.ts'
import { conectar } from '../../../src/plataforma/bd.ts'
import { CLAVE } from '../../apoyo/acceso.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { inicial, libroDeOts } from '../../apoyo/importacion.ts'
import { entrarPorFuera, estadoDe, hasta, lanzarServidor } from '../../apoyo/servidor.ts'

const carpeta = mkdtempSync(join(tmpdir(), 'sascop-caida-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})
// A server of its own, which the test may stop, and one that keeps what it acknowledged.
const embebida = await usarBaseEmbebida({ carpeta, duradera: true, adoptar: true })
afterAll(() => embebida.soltar())
await prepararEsquema(embebida.url)

/** Looks at what is stored through a connection of the moment: the previous one may have died with the server. */
async function conPool<T>(hacer: (pool: pg.Pool) => Promise<T>): Promise<T> {
  const pool = new pg.Pool({ connectionString: await embebida.asegurar() })
  pool.on('error', () => undefined)
  try {
    return await hacer(pool)
  } finally {
    await pool.end()
  }
}

const conexion = conectar(embebida.url, { alFallar: () => undefined })
await crearUsuario(contextoDeSistema(conexion, { reloj: null }, 'pruebas'), {
  username: 'dora',
  email: 'dora@example.com',
  clave: CLAVE,
  grupos: ['administrador'],
  esSuperusuario: false,
})
await conexion.cerrar()

const ots = await conPool((pool) => {
  const crea = fabricas(pool)
  return Promise.all([1, 2, 3, 4].map((n) => crea.ot({ orden_trabajo: `OT-${n}`, comentario: '0' })))
})

const comentarioDe = (id: number): Promise<string> =>
  conPool(async (pool) => {
    const { rows } = await pool.query<{ comentario: string }>('SELECT comentario FROM ot WHERE id = $1', [id])
    return rows[0]?.comentario ?? ''
  })

/** Ends PostgreSQL as a crash would: without a word to anybody, its memory lost. */
function tumbarPostgres(): void {
  const [pid] = readFileSync(join(carpeta, 'postgres/postmaster.pid'), 'utf8').split('\n')
  process.kill(Number(pid), 'SIGQUIT')
}

describe('the server process', () => {
  it('PostgreSQL falls under load: 503 meanwhile, back by itself, and nothing acknowledged is lost', async () => {
    const servidor = await lanzarServidor(embebida.url, carpeta)
    const cliente = await entrarPorFuera(servidor.direccion, 'dora', CLAVE)
    const confirmados = new Map<number, number>()
    const estados = new Set<number>()
    let seguir = true
    // Each writes a growing number in its own OT, one after the other, whatever is answered.
    const escribir = async (id: number): Promise<void> => {
      for (let n = 1; seguir; n += 1) {
        const { estado } = await cliente.enviar('/operaciones/ot/editar/', {
          id: String(id),
          comentario_general: String(n),
        })
        estados.add(estado)
        if (estado === 200) confirmados.set(id, n)
      }
    }
    const escritores = ots.map(escribir)
    const todosAvanzan = async (cuanto: number): Promise<void> => {
      const desde = new Map(confirmados)
      await hasta(
        () => Promise.resolve(ots.every((id) => (confirmados.get(id) ?? 0) >= (desde.get(id) ?? 0) + cuanto)),
        'every writer goes on',
      )
    }

    await todosAvanzan(5)
    tumbarPostgres()
    await hasta(async () => (await estadoDe(`${servidor.direccion}/salud`)) === 503, '/salud says it')
    const caida = (await (await fetch(`${servidor.direccion}/salud`)).json()) as Record<string, unknown>
    await hasta(() => Promise.resolve(estados.has(503)), 'the writers are told')
    const pagina = await cliente.pagina('/operaciones/ot/')
    await embebida.asegurar()
    await hasta(async () => (await estadoDe(`${servidor.direccion}/salud`)) === 200, '/salud is well again')
    await todosAvanzan(5)
    seguir = false
    await Promise.all(escritores)

    expect(caida).toMatchObject({ base_datos: 'sin conexión' })
    expect(pagina).toBe(503)
    expect([...estados].sort()).toEqual([200, 503])
    for (const id of ots) expect(Number(await comentarioDe(id))).toBeGreaterThanOrEqual(confirmados.get(id) ?? 0)
    // The queue lost its connections too: its worker serves again.
    const subida = new FormData()
    subida.set('crear_ptes', '1')
    subida.set('archivo', new Blob([new Uint8Array(libroDeOts([inicial()]))]), 'HISTORICO.xlsx')
    expect(await cliente.enviar(RUTA.ANALIZAR, subida)).toMatchObject({ estado: 200 })
    servidor.senal('SIGTERM')
    expect(await servidor.fin).toMatchObject({ codigo: 0 })
  })

  it('SIGTERM: the request in hand is answered, nobody new is attended, and it ends well', async () => {
    const servidor = await lanzarServidor(embebida.url, carpeta)
    const cliente = await entrarPorFuera(servidor.direccion, 'dora', CLAVE)
    const [id = 0] = ots
    const otro = new pg.Client({ connectionString: embebida.url })
    await otro.connect()
    await otro.query('BEGIN')
    await otro.query('SELECT 1 FROM ot WHERE id = $1 FOR UPDATE', [id])
    const enMano = cliente.enviar('/operaciones/ot/editar/', { id: String(id), comentario_general: 'hasta el final' })
    await hasta(async () => {
      const { rowCount } = await otro.query(`SELECT 1 FROM pg_stat_activity WHERE wait_event_type = 'Lock'`)
      return (rowCount ?? 0) > 0
    }, 'the request waits for the row')

    servidor.senal('SIGTERM')
    await hasta(async () => (await estadoDe(`${servidor.direccion}/salud`)) === null, 'it attends nobody new')
    await otro.query('COMMIT')
    await otro.end()
    const desde = performance.now()

    expect((await enMano).estado).toBe(200)
    expect(await servidor.fin).toMatchObject({ codigo: 0 })
    expect(performance.now() - desde).toBeLessThan(5000)
    expect(await comentarioDe(id)).toBe('hasta el final')
  })
})
