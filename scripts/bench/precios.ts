/** (f) Load of the real workbooks of prices, as people run it: the command, into an empty database. */
import { execFile } from 'node:child_process'
import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { z } from 'zod'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import type { Entorno } from './entorno.ts'
import { redondo, type Renglon } from './medidas.ts'

const CARPETA = join(RAIZ, '../shared/fixtures/contrato')
const LIBROS = ['ANEXO_C_CONTRATO', 'ANEXO_C_PUES', 'PRODUCTOS_IMPORTAR'] as const

const Informe = z.object({ segundos: z.number(), conceptos: z.object({ creadas: z.number() }) })
type Cargado = z.output<typeof Informe> & { readonly libro: string }

/** What each workbook took: reading, checking and writing, without the start of the process. */
export async function medirPrecios(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: readonly Cargado[]; renglones: Renglon[] }> {
  if (!existsSync(CARPETA)) {
    decir(`precios: no están los libros reales (${CARPETA}); no se mide.`)
    return { resultado: [], renglones: [] }
  }
  const url = await entorno.crearBase('precios')
  const cargados: Cargado[] = []
  for (const libro of LIBROS) {
    decir(`precios: ${libro}`)
    const opciones = ['--contrato=CONTRATO POR DEFINIR', '--crear', '--si', '--json']
    const { stdout } = await promisify(execFile)(
      process.execPath,
      ['scripts/ejecutar.mjs', 'importar-conceptos', join(CARPETA, `${libro}.xlsx`), ...opciones],
      {
        cwd: RAIZ,
        env: { ...process.env, DATABASE_URL: url, DATA_DIR: entorno.carpeta, NODE_ENV: 'development' },
        maxBuffer: 64 * 1024 * 1024,
      },
    )
    cargados.push({ libro, ...Informe.parse(JSON.parse(stdout)) })
  }
  const renglones = cargados.map(({ libro, segundos, conceptos }): Renglon => ({
    parte: 'precios',
    medida: libro,
    valor: `${String(redondo(segundos))} s, ${String(conceptos.creadas)} filas`,
    meta: '–',
    cumple: null,
  }))
  return { resultado: cargados, renglones }
}
