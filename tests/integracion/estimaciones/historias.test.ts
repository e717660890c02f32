// Random lives of a family (issue D §3): after every command, accepted or refused, the whole state of the database is the
// one that an independent model says, to the cent. `npm run historias` runs 10,000; the everyday run, 150.
import fc from 'fast-check'
import { afterAll, describe, expect, it } from 'vitest'
import { ErrorDeDominio } from '../../../src/comun/errores.ts'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { ejecutar, type Bd, type BdTx } from '../../../src/plataforma/bd.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aprenderIds, leerEstado, modeloInicial, sembrarFamilia } from '../../apoyo/historias/escena.ts'
import { DESEO, mandoDe, type Deseo, type Mundo } from '../../apoyo/historias/mandos.ts'
import type { Persona } from '../../apoyo/historias/modelo.ts'
import { identidades } from '../../apoyo/historias/identidades.ts'

const HISTORIAS = Number(process.env['HISTORIAS'] ?? 150)
const SEMILLA = Number(process.env['SEMILLA_HISTORIA'] ?? 20_261_121)
const MAXIMO_MS = 3_600_000 * 8

const app = await crearAppDePruebas({ reloj: '2026-02-28T18:00:00Z' })
const familia = await sembrarFamilia(app.conexion.pool)
const personas = { A: await app.ctxDe('administrador'), B: await app.ctxDe('superusuario') }
const quien = { a: personas.A.usuario?.id ?? 0, b: personas.B.usuario?.id ?? 0 }

const FIN = new Error('undone')
/** A transaction whose inner transactions are savepoints: everything a history did goes away at its end. */
function conPuntos(tx: BdTx): Bd {
  const $transaction = async <T>(hacer: (bd: BdTx) => Promise<T>): Promise<T> => {
    await ejecutar(tx, sql`SAVEPOINT mando`)
    try {
      const hecho = await hacer(tx)
      // What is looked at on committing, now; the rest of the history goes on as after a commit.
      await ejecutar(tx, sql`SET CONSTRAINTS ALL IMMEDIATE`)
      await ejecutar(tx, sql`SET CONSTRAINTS ALL DEFERRED`)
      return hecho
    } catch (error) {
      await ejecutar(tx, sql`ROLLBACK TO SAVEPOINT mando`)
      throw error
    } finally {
      await ejecutar(tx, sql`RELEASE SAVEPOINT mando`)
    }
  }
  return new Proxy(tx, {
    get: (objetivo, clave) => (clave === '$transaction' ? $transaction : (Reflect.get(objetivo, clave) as unknown)),
  }) as unknown as Bd
}

const cuenta = new Map<string, number>()
let mandos = 0

async function terminar(hacer: () => Promise<unknown>): Promise<number> {
  try {
    await hacer()
    return 200
  } catch (error) {
    // A refusal is an end like any other; anything else is a fault.
    if (error instanceof ErrorDeDominio) return error.estado
    throw error
  }
}

async function vivir(deseos: readonly Deseo[], bd: Bd): Promise<void> {
  const modelo = modeloInicial()
  const hechos: string[] = []
  const de = (persona: Persona) => ({ ...personas[persona], bd })
  let estado = await leerEstado(bd, familia, quien)
  aprenderIds(modelo, estado)
  expect(estado.filas).toEqual(modelo.filas())
  for (const deseo of deseos) {
    const mundo: Mundo = { modelo, familia, estado, de }
    const mando = mandoDe(deseo, mundo)
    if (mando === null) continue
    const { nombre, ejecutar, predecir } = mando
    const fin = await terminar(ejecutar)
    hechos.push(`${nombre}: ${String(fin)}`)
    expect([hechos, fin]).toEqual([hechos, predecir()])
    estado = await leerEstado(bd, familia, quien)
    expect([hechos, estado.filas]).toEqual([hechos, modelo.filas()])
    expect([hechos, identidades(estado.filas)]).toEqual([hechos, []])
    aprenderIds(modelo, estado)
    const clave = `${deseo.que} ${String(fin)}`
    cuenta.set(clave, (cuenta.get(clave) ?? 0) + 1)
    mandos += 1
  }
}

let historia = 0
async function correr(deseos: readonly Deseo[]): Promise<void> {
  historia += 1
  if (historia % 500 === 0)
    console.info(`${new Date().toISOString()} ${String(historia)} histories, ${String(mandos)} commands`)
  await app.conexion.bd
    .$transaction(
      async (tx) => {
        const bd = conPuntos(tx)
        await vivir(deseos, bd)
        if (historia % 50 === 0) {
          const rotas = (await comprobar({ ...app.ctx, bd }, INVARIANTES_ESTIMACIONES)).filter((una) => !una.correcto)
          expect(rotas).toEqual([])
        }
        throw FIN
      },
      { timeout: 120_000, maxWait: 60_000 },
    )
    .catch((error: unknown) => {
      if (error !== FIN) throw error
    })
}

afterAll(() => {
  if (process.env['HISTORIAS'] === undefined) return
  const lista = [...cuenta].sort().map(([que, veces]) => `${String(veces)} × ${que}`)
  console.info(
    `seed ${String(SEMILLA)}: ${String(historia)} histories, ${String(mandos)} commands\n${lista.join('\n')}`,
  )
})

describe('random histories of billing', () => {
  it(
    `${String(HISTORIAS)} histories are what the model says after every command`,
    async () => {
      await fc.assert(fc.asyncProperty(fc.array(DESEO, { minLength: 8, maxLength: 26, size: 'max' }), correr), {
        numRuns: HISTORIAS,
        seed: SEMILLA,
        endOnFailure: false,
      })
      expect(app.errores).toEqual([])
      // Everything was tried, and both ends of everything were seen.
      if (HISTORIAS >= 150)
        for (const que of [
          'producir',
          'gpu',
          'dia',
          'crear',
          'unClic',
          'ajustar',
          'agregar',
          'quitar',
          'mover',
          'rechazar',
          'importar',
          'precios',
        ])
          expect([que, (cuenta.get(`${que} 200`) ?? 0) > 0, (cuenta.get(`${que} 409`) ?? 0) > 0]).toEqual([
            que,
            true,
            true,
          ])
    },
    MAXIMO_MS,
  )
})
