/** What must always be true of the kept files; `npm run verificar` and the tests run the same list. */
import { createHash } from 'node:crypto'
import { pipeline } from 'node:stream/promises'
import type { Almacen } from '../../plataforma/archivos.ts'
import type { Invariante } from '../../plataforma/invariantes.ts'
import { listarArchivos } from './archivos.repo.ts'
import type { Archivo } from './archivos.tipos.ts'

const POR_VUELTA = 100
const MAXIMO_CASOS = 20

/** Every file is read whole and its fingerprint worked out again: slow with many, and the only proof there is. */
export function invarianteDeContenido(almacen: Almacen): Invariante {
  return {
    clave: 'archivos_contenido',
    promesa: 'Cada archivo (evidencia y anexos) está en el almacén y su contenido es el de su huella',
    buscarFallas: async (ctx) => {
      const fallas: string[] = []
      for (let ultimo = 0; fallas.length < MAXIMO_CASOS;) {
        const vuelta = await listarArchivos(ctx.bd, ultimo, POR_VUELTA)
        for (const archivo of vuelta) {
          const falla = await fallaDe(almacen, archivo)
          if (falla !== null) fallas.push(`archivo ${String(archivo.id)} (${falla})`)
        }
        const final = vuelta.at(-1)
        if (final === undefined) break
        ultimo = final.id
      }
      return fallas
    },
  }
}

async function fallaDe(almacen: Almacen, { clave, claveMiniatura, sha256 }: Archivo): Promise<string | null> {
  if (!(await almacen.existe(clave))) return 'no está'
  const resumen = createHash('sha256')
  await pipeline(await almacen.leer(clave), resumen)
  if (resumen.digest('hex') !== sha256) return 'su contenido cambió'
  return claveMiniatura === null || (await almacen.existe(claveMiniatura)) ? null : 'le falta la miniatura'
}
