/** What concepts and rows are recognised by. */
import { claveFolio } from '../../../comun/texto.ts'
import { PARTIDA_LIBRE, TIPO_PARTIDA, type Concepto } from '../contratos.tipos.ts'
import type { FilaConcepto } from './precios.tipos.ts'

export const claveDeUnidad = (clave: string): string => claveFolio(clave).toUpperCase()

/** The literal that many PUEs without code share (catalogos.md §6.2). */
export const esLibre = (extraordinaria: string | null): boolean =>
  extraordinaria !== null && claveFolio(extraordinaria) === claveFolio(PARTIDA_LIBRE)

/** What makes two rows of a file the same concept. */
export function identidadDe({ valores }: FilaConcepto): string {
  const { anexo, partida, partida_ext: extraordinaria, concepto, unidad } = valores
  if (extraordinaria !== null && !esLibre(extraordinaria)) return JSON.stringify(['e', claveFolio(extraordinaria)])
  return identidadOrdinaria(anexo, extraordinaria ?? partida ?? '', concepto, unidad)
}

export const identidadOrdinaria = (anexo: string | null, codigo: string, concepto: string, unidad: string): string =>
  JSON.stringify(['o', anexo, claveFolio(codigo), claveFolio(concepto), claveDeUnidad(unidad)])

export const claveDeSeccion = (subAnexo: string, partida: string | null, descripcion: string): string =>
  JSON.stringify([subAnexo, claveFolio(partida ?? ''), claveFolio(descripcion)])

/** Place in the unique index of ordinary concepts (settled.md §6); null for a PUE. */
export function lugarDe(
  concepto: Pick<Concepto, 'idTipoPartida' | 'partidaOrdinaria' | 'descripcion' | 'idUnidadMedida'> & {
    readonly idSubAnexo: number | string | null
  },
): string | null {
  if (concepto.idTipoPartida !== TIPO_PARTIDA.ORDINARIA) return null
  const { idSubAnexo, partidaOrdinaria, descripcion, idUnidadMedida } = concepto
  return JSON.stringify([idSubAnexo, claveFolio(partidaOrdinaria ?? ''), claveFolio(descripcion), idUnidadMedida])
}

export function porExtraordinaria(conceptos: readonly Concepto[]): Map<string, Concepto[]> {
  const indice = new Map<string, Concepto[]>()
  for (const concepto of conceptos) {
    if (concepto.partidaExtraordinaria === null) continue
    const clave = claveFolio(concepto.partidaExtraordinaria)
    indice.set(clave, [...(indice.get(clave) ?? []), concepto])
  }
  return indice
}

/** Ordinary concepts by sub-annex, partida and description. */
export class IndiceDeOrdinarios {
  readonly #porTres = new Map<string, Concepto[]>()

  constructor(conceptos: readonly Concepto[]) {
    for (const concepto of conceptos) {
      if (concepto.idTipoPartida !== TIPO_PARTIDA.ORDINARIA || concepto.idSubAnexo === null) continue
      const clave = claveDeTres(concepto.idSubAnexo, concepto.partidaOrdinaria ?? '', concepto.descripcion)
      this.#porTres.set(clave, [...(this.#porTres.get(clave) ?? []), concepto])
    }
  }

  /**
   * The concept with that unit too; or the only one with another unit that no other row is: then the unit changes
   * (catalogos.md §10.1, identity for updating).
   */
  buscar(
    subAnexo: number,
    partida: string,
    descripcion: string,
    unidad: number,
    esLibre: (concepto: Concepto) => boolean,
  ): Concepto | null {
    const candidatos = this.#porTres.get(claveDeTres(subAnexo, partida, descripcion)) ?? []
    const exacto = candidatos.find(({ idUnidadMedida }) => idUnidadMedida === unidad)
    if (exacto !== undefined) return exacto
    const libres = candidatos.filter(esLibre)
    return libres.length === 1 ? (libres[0] ?? null) : null
  }
}

const claveDeTres = (subAnexo: number, partida: string, descripcion: string): string =>
  JSON.stringify([subAnexo, claveFolio(partida), claveFolio(descripcion)])
