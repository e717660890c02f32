/** kill -9 in the middle of an import: all of it or nothing, and the next one works. */
import { spawn, type ChildProcess } from 'node:child_process'
import { once } from 'node:events'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import { afterAll, expect, it } from 'vitest'
import { RAIZ } from '../../../src/plataforma/raiz.ts'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { inicial, libroDeOts, reprogramacion } from '../../apoyo/importacion.ts'

const FAMILIAS = 1500
const TODO = { ots: FAMILIAS * 2, pasos: FAMILIAS * 20, ptes: FAMILIAS, lotes: 1, cambios: FAMILIAS * 3 }
const NADA = { ots: 0, pasos: 0, ptes: 0, lotes: 0, cambios: 0 }

const { url, conexion } = await baseDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'importacion-muerte-'))
const ruta = join(carpeta, 'libro.xlsx')
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})
writeFileSync(
  ruta,
  libroDeOts(
    Array.from({ length: FAMILIAS }, (_familia, i) => `K-${String(i)}`).flatMap((folio) => [
      reprogramacion({ orden_trabajo: folio, ot_principal: folio }),
      inicial({ orden_trabajo: folio, id_pte_header_id: `PTE ${folio}` }),
    ]),
  ),
)

function importar(): ChildProcess {
  return spawn(process.execPath, ['scripts/ejecutar.mjs', 'importar-ot', ruta, '--si', '--crear-ptes'], {
    cwd: RAIZ,
    env: { ...process.env, DATABASE_URL: url, DATA_DIR: join(carpeta, 'datos'), NODE_ENV: 'development' },
    stdio: 'ignore',
  })
}

async function estado(): Promise<typeof NADA> {
  const { rows } = await conexion.pool.query<typeof NADA>(
    `SELECT (SELECT count(*)::int FROM ot) AS ots, (SELECT count(*)::int FROM ot_detalle) AS pasos, (SELECT count(*)::int FROM pte_header) AS ptes,
       (SELECT count(*)::int FROM lote_importacion) AS lotes, (SELECT count(*)::int FROM lote_cambio) AS cambios`,
  )
  return rows[0] ?? NADA
}

/** Whether some other session is writing in our database. */
async function hayAlguien(): Promise<boolean> {
  const { rows } = await conexion.pool.query<{ hay: boolean }>(
    "SELECT EXISTS (SELECT 1 FROM pg_locks l JOIN pg_database d ON d.oid = l.database WHERE d.datname = current_database() AND l.locktype = 'advisory' AND l.objid = 734502) AS hay",
  )
  return rows[0]?.hay === true
}

async function hastaQue(condicion: () => Promise<boolean>): Promise<void> {
  const limite = performance.now() + 60_000
  while (!(await condicion())) {
    if (performance.now() > limite) throw new Error('It never happened')
    await esperar(20)
  }
}

it(
  'at five random points of its transaction: nothing is left, and then all of it goes in',
  { timeout: 240_000 },
  async () => {
    for (let vez = 0; vez < 5; vez += 1) {
      const proceso = importar()
      const fin = once(proceso, 'exit')
      await hastaQue(async () => (await hayAlguien()) || proceso.exitCode !== null)
      await esperar(Math.random() * 1500)
      proceso.kill('SIGKILL')
      await fin
      await hastaQue(async () => !(await hayAlguien()))
      const ahora = await estado()
      expect([NADA, TODO]).toContainEqual(ahora)
      if (ahora.ots > 0) return
    }
    const [codigo] = (await once(importar(), 'exit')) as [number]
    expect(codigo).toBe(0)
    expect(await estado()).toEqual(TODO)
  },
)
