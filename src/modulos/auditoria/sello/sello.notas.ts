/**
 * What is noted of the seals outside of the database, where its owner does not reach: one line per closed day. It lives
 * with the uploaded files, so a backup takes it and a restore brings back the one of that moment.
 */
import { appendFileSync, existsSync, mkdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { leerFechaIso, type FechaIso } from '../../../comun/fechas.ts'

/** A noted seal. */
export interface NotaDeSello {
  readonly dia: FechaIso
  readonly filas: number
  readonly hash: string
}

/** The file of a chain: named by its beginning, so that another database of the same folder has its own. */
const archivo = (carpeta: string, inicio: string): string => join(carpeta, `sellos-${inicio.slice(0, 16)}.csv`)

export function leerNotas(carpeta: string, inicio: string): NotaDeSello[] {
  const ruta = archivo(carpeta, inicio)
  if (!existsSync(ruta)) return []
  return readFileSync(ruta, 'utf8')
    .split('\n')
    .flatMap((linea) => {
      const [texto = '', filas = '', hash = ''] = linea.split(',')
      const dia = leerFechaIso(texto)
      return dia === null ? [] : [{ dia, filas: Number(filas), hash }]
    })
}

export function anotarSellos(carpeta: string, inicio: string, notas: readonly NotaDeSello[]): void {
  if (notas.length === 0) return
  mkdirSync(carpeta, { recursive: true, mode: 0o700 })
  appendFileSync(
    archivo(carpeta, inicio),
    notas.map(({ dia, filas, hash }) => `${dia},${String(filas)},${hash}\n`).join(''),
    { mode: 0o600 },
  )
}
