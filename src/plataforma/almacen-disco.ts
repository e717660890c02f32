import { randomUUID } from 'node:crypto'
import { constants, createReadStream } from 'node:fs'
import { access, copyFile, mkdir, rename, rm } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { NoEncontrado } from '../comun/errores.ts'
import { ARCHIVO_PERDIDO, claseDeClave, claveDe, type Almacen } from './archivos.ts'

/** Files below a folder of the server, which the backup takes whole. */
export function almacenEnDisco(raiz: string): Almacen {
  const rutaDe = (clave: string): string => {
    claseDeClave(clave)
    return join(raiz, clave)
  }
  return {
    async guardar(origen, destino) {
      const clave = claveDe(destino, randomUUID)
      const ruta = rutaDe(clave)
      await mkdir(dirname(ruta), { recursive: true, mode: 0o700 })
      await mover(origen, ruta)
      return clave
    },
    async leer(clave) {
      const flujo = createReadStream(rutaDe(clave))
      await new Promise<void>((abierto, falla) => {
        flujo.once('open', () => {
          abierto()
        })
        flujo.once('error', () => {
          falla(new NoEncontrado(ARCHIVO_PERDIDO))
        })
      })
      return flujo
    },
    existe: (clave) =>
      access(rutaDe(clave), constants.R_OK).then(
        () => true,
        () => false,
      ),
    borrar: (clave) => rm(rutaDe(clave), { force: true }),
  }
}

/** Whole or not at all; what was there with the same key is replaced. The store may be on another disk than the uploads. */
async function mover(origen: string, destino: string): Promise<void> {
  try {
    await rename(origen, destino)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error
    const provisional = `${destino}.${randomUUID()}.parte`
    try {
      await copyFile(origen, provisional, constants.COPYFILE_EXCL)
      await rename(provisional, destino)
    } finally {
      await rm(provisional, { force: true })
    }
    await rm(origen, { force: true })
  }
}
