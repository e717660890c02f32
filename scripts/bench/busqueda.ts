/** The search of every page over a million rows: time of its one query at the database, kind by kind together. */
import pg from 'pg'
import { contextoDeSistema } from '../../src/comando.ts'
import { rutasBusqueda } from '../../src/modulos/busqueda/busqueda.routes.ts'
import { conectar } from '../../src/plataforma/bd.ts'
import type { Entrada } from '../../src/web/rutas.ts'
import type { Entorno } from './entorno.ts'
import { percentil, redondo, type Renglon } from './medidas.ts'

const META_MS = 50
const VUELTAS = 7
const FILAS = { ot: 400_000, pte: 400_000, concepto: 200_000 } as const

const PALABRAS =
  'bombeo catodica valvula tuberia soldadura inspeccion plataforma ducto ascendente mantenimiento rehabilitacion pintura andamios buceo grua barco estructura fabricacion instalacion retiro montaje corrosion anodos empaque brida compresor cableado tablero prueba hidrostatica'

/** What people type: common and rare words, pieces of folios of every length, what is not there. */
const TEXTOS = [
  'bombeo',
  'bombeo catodica',
  'anodos hidro brida grua',
  'man',
  'rareza399',
  'rareza7 bombeo',
  'inexistente',
  'bombeo inexistente',
  'OT-GRZ-5000-2025',
  'GRZ-399',
  '4999-2025',
  'pep-70',
  'c2ext-1999',
  '12',
  'xq',
  'bombeo 2025',
] as const

export async function medirBusqueda(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('busqueda')
  await llenar(url, decir)
  const conexion = conectar(url, { alFallar: () => undefined })
  try {
    // Sistema may see everything: the five kinds are looked for.
    const ctx = contextoDeSistema(conexion, { reloj: null }, 'bench')
    const [ruta] = rutasBusqueda
    if (!ruta) throw new Error('The search has no route')
    const resultado: Record<string, { p50: number; maximo: number }> = {}
    for (const q of TEXTOS) {
      const tiempos: number[] = []
      for (let vuelta = 0; vuelta <= VUELTAS; vuelta += 1) {
        const inicio = performance.now()
        await ruta.manejar({ ctx, consulta: { q } } as unknown as Entrada<never, never, never>)
        // The first one finds the pages of the index on disk.
        if (vuelta > 0) tiempos.push(performance.now() - inicio)
      }
      resultado[q] = { p50: redondo(percentil(tiempos, 50)), maximo: redondo(percentil(tiempos, 100)) }
    }
    const medianas = Object.values(resultado).map(({ p50 }) => p50)
    const [peor = ''] = Object.entries(resultado).sort(([, a], [, b]) => b.p50 - a.p50)[0] ?? []
    return {
      resultado,
      renglones: [
        {
          parte: 'busqueda',
          medida: `1,000,000 filas, mediana de ${String(TEXTOS.length)} búsquedas`,
          valor: `${String(redondo(percentil(medianas, 50)))} ms`,
          meta: `${String(META_MS)} ms`,
          cumple: percentil(medianas, 50) <= META_MS,
        },
        {
          parte: 'busqueda',
          medida: `la más lenta («${peor}»)`,
          valor: `${String(Math.max(...medianas))} ms`,
          meta: `${String(META_MS)} ms`,
          cumple: Math.max(...medianas) <= META_MS,
        },
      ],
    }
  } finally {
    await conexion.cerrar()
  }
}

/** Rows of the index alone, as the triggers would write them: the records themselves would add nothing to the search. */
async function llenar(url: string, decir: (linea: string) => void): Promise<void> {
  decir('búsqueda: un millón de filas')
  const pool = new pg.Pool({ connectionString: url, max: 1 })
  try {
    const { rows } = await pool.query<{ indexdef: string; indexname: string }>(
      "SELECT indexname, indexdef FROM pg_indexes WHERE tablename = 'indice_busqueda' AND indexname LIKE '%palabras%'",
    )
    for (const { indexname } of rows) await pool.query(`DROP INDEX ${indexname}`)
    for (const [tipo, cuantas] of Object.entries(FILAS)) {
      const codigo = tipo === 'concepto' ? `'c2ext-' || i` : `$1 || '-grz-' || i || '-2025 pep-' || i * 7`
      await pool.query(
        `INSERT INTO indice_busqueda (tipo, id_registro, codigo, palabras)
         SELECT $1, i + 1000000, c.codigo, busqueda_palabras(c.codigo, t.texto || ' rareza' || i)
         FROM generate_series(1, $2::int) i, LATERAL (SELECT ${codigo} AS codigo) c,
           LATERAL (SELECT string_agg(p.palabras[1 + abs(hashint4(i * 31 + k)) % array_length(p.palabras, 1)], ' ') AS texto
             FROM generate_series(1, 10) k, (SELECT string_to_array($3, ' ') AS palabras) p) t`,
        [tipo, cuantas, PALABRAS],
      )
    }
    for (const { indexdef } of rows) await pool.query(indexdef)
    await pool.query('VACUUM ANALYZE indice_busqueda')
  } finally {
    await pool.end()
  }
}
