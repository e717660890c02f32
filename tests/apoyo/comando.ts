/** A command of the terminal run as a person would, against the database of the test. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { RAIZ } from '../../src/plataforma/raiz.ts'

export interface Corrida {
  readonly codigo: number | null
  readonly salida: string
  readonly errores: string
}

/** @param donde address of the database, and a folder of the test for its DATA_DIR */
export function correrComando(
  donde: { url: string; carpeta: string },
  comando: string,
  ...argumentos: string[]
): Promise<Corrida> {
  return new Promise((listo) => {
    const hijo = spawn(process.execPath, ['scripts/ejecutar.mjs', comando, ...argumentos], {
      cwd: RAIZ,
      env: { ...process.env, DATABASE_URL: donde.url, DATA_DIR: join(donde.carpeta, 'datos'), NODE_ENV: 'development' },
      stdio: ['ignore', 'pipe', 'pipe'],
    })
    let salida = ''
    let errores = ''
    hijo.stdout.on('data', (trozo: Buffer) => (salida += trozo.toString()))
    hijo.stderr.on('data', (trozo: Buffer) => (errores += trozo.toString()))
    hijo.on('close', (codigo) => {
      listo({ codigo, salida, errores })
    })
  })
}
