import { readFileSync } from 'node:fs'
import { z } from 'zod'

/** Scripts and style sheets of a page, with their hashed names. */
export interface Recursos {
  readonly guiones: readonly string[]
  readonly hojas: readonly string[]
}

const Manifiesto = z.object({
  comun: z.object({ guiones: z.array(z.string()), hojas: z.array(z.string()) }),
  paginas: z.record(z.string(), z.object({ guiones: z.array(z.string()), hojas: z.array(z.string()) })),
  iconos: z.string(),
})

/** What `scripts/construir-cliente.mjs` left in `public/build/manifest.json`. */
export type Manifiesto = z.output<typeof Manifiesto>

/** @throws when the browser bundle has not been built: a page without its script would be a dead page. */
export function leerManifiesto(archivo: string): Manifiesto {
  return Manifiesto.parse(JSON.parse(readFileSync(archivo, 'utf8')))
}

/** Common files first, then those of the page when it has a script of its own. */
export function recursosDe(manifiesto: Manifiesto, vista: string): Recursos {
  const propia = manifiesto.paginas[vista]
  return {
    guiones: [...manifiesto.comun.guiones, ...(propia?.guiones ?? [])],
    hojas: [...manifiesto.comun.hojas, ...(propia?.hojas ?? [])],
  }
}
