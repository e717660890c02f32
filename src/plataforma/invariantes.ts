import { z } from 'zod'
import { filas } from './bd.ts'
import type { CtxLectura } from './contexto.ts'
import { FRASES } from './errores-bd.ts'
import { sql, type Sql } from './sql.ts'

/** Something that must always be true of the stored data (architecture §3). */
export interface Invariante {
  readonly clave: string
  /** What is promised, as a Spanish sentence. */
  readonly promesa: string
  /** One text per case that breaks it; empty when it holds. */
  readonly buscarFallas: (ctx: CtxLectura) => Promise<string[]>
}

/** How an invariant is today. */
export interface Comprobacion {
  readonly clave: string
  readonly promesa: string
  readonly correcto: boolean
  readonly casos: readonly string[]
}

/** Cases listed by each one; knowing twenty is enough to start mending. */
const MAXIMO_CASOS = 20

/** An invariant said by a query whose rows are the cases that break it, each with its `caso`. */
export function porConsulta(clave: string, promesa: string, consulta: Sql): Invariante {
  return {
    clave,
    promesa,
    buscarFallas: async (ctx) => {
      const casos = await filas(
        ctx.bd,
        sql`SELECT f.caso FROM (${consulta}) f LIMIT ${MAXIMO_CASOS}`,
        z.object({ caso: z.string() }),
      )
      return casos.map(({ caso }) => caso)
    },
  }
}

/** Checks them one after another, so that a live database hardly notices. */
export async function comprobar(ctx: CtxLectura, invariantes: readonly Invariante[]): Promise<Comprobacion[]> {
  const resultados: Comprobacion[] = []
  for (const { clave, promesa, buscarFallas } of invariantes) {
    const casos = await buscarFallas(ctx)
    resultados.push({ clave, promesa, correcto: casos.length === 0, casos })
  }
  return resultados
}

const NOMBRES = JSON.stringify(Object.keys(FRASES))

/** What the database itself must have, whoever maintains it. */
export const INVARIANTES_BD: readonly Invariante[] = [
  porConsulta(
    'bd_restricciones',
    'La base tiene todas las restricciones que protegen los datos',
    sql`SELECT 'falta ' || n.nombre AS caso FROM jsonb_array_elements_text(${NOMBRES}::jsonb) AS n(nombre)
      WHERE NOT EXISTS (SELECT 1 FROM pg_constraint WHERE conname = n.nombre AND convalidated)
        AND NOT EXISTS (SELECT 1 FROM pg_class c JOIN pg_index i ON i.indexrelid = c.oid WHERE c.relname = n.nombre AND i.indisvalid)
        AND NOT EXISTS (SELECT 1 FROM pg_trigger WHERE tgname = n.nombre AND tgenabled <> 'D')
        AND NOT EXISTS (SELECT 1 FROM pg_proc WHERE prosrc LIKE '%''' || n.nombre || '''%')
      ORDER BY 1`,
  ),
  porConsulta(
    'bd_disparadores',
    'Ningún disparador de la base está apagado',
    sql`SELECT tgname || ' de ' || tgrelid::regclass AS caso FROM pg_trigger WHERE NOT tgisinternal AND tgenabled = 'D' ORDER BY 1`,
  ),
  porConsulta(
    'bd_indices',
    'Ningún índice de la base quedó a medias',
    sql`SELECT indexrelid::regclass::text AS caso FROM pg_index WHERE NOT indisvalid ORDER BY 1`,
  ),
]
