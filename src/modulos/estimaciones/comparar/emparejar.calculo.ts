/** Which concept of the family each group of rows of the workbook is about. Nothing is guessed in silence. */
import { textoNormal } from '../../../comun/texto.ts'
import { anexoNormal, codigoNormal, SIN_ANEXO } from '../../anexo/index.ts'
import { NO_COMPARAR, type ConceptoDeFamilia } from './comparar.contrato.ts'
import type { ConceptoDicho } from './lectura/lectura.tipos.ts'

/** A concept with the other name of its unit. */
export interface ConceptoConUnidad extends ConceptoDeFamilia {
  readonly unidadLarga: string
}

/** What identifies a concept in the choices that are kept. */
export const claveDeConcepto = ({ anexo, codigo, concepto, unidad }: ConceptoDeFamilia): string =>
  JSON.stringify([anexo, codigo, concepto, unidad])

/** What identifies a group of rows of the workbook. */
export const claveDeGrupo = ({ anexo, codigo, concepto, unidad }: ConceptoDicho): string =>
  JSON.stringify([anexo, codigo, concepto, unidad])

export type Pareja =
  /** `aviso` tells what the workbook says otherwise. */
  | { readonly clase: 'hallado'; readonly concepto: number; readonly aviso: string | null }
  | { readonly clase: 'varios'; readonly opciones: readonly number[] }
  | { readonly clase: 'ninguno' }
  | { readonly clase: 'descartado' }

export class Emparejador {
  readonly #conceptos: readonly ConceptoConUnidad[]
  readonly #porCodigo = new Map<string, number[]>()
  readonly #porClave = new Map<string, number>()
  readonly #elecciones: Readonly<Record<string, string>>

  constructor(conceptos: readonly ConceptoConUnidad[], elecciones: Readonly<Record<string, string>>) {
    this.#conceptos = conceptos
    this.#elecciones = elecciones
    for (const [indice, concepto] of conceptos.entries()) {
      const codigo = codigoNormal(concepto.codigo)
      this.#porCodigo.set(codigo, [...(this.#porCodigo.get(codigo) ?? []), indice])
      this.#porClave.set(claveDeConcepto(concepto), indice)
    }
  }

  /** By annex, code, concept and unit; else by annex and code, or by code alone, when only one concept has them. */
  emparejar(dicho: ConceptoDicho): Pareja {
    const deCodigo = this.#porCodigo.get(codigoNormal(dicho.codigo)) ?? []
    if (deCodigo.length === 0) return { clase: 'ninguno' }
    const exactos = deCodigo.filter((i) => this.#difiere(i, dicho).length === 0)
    const [exacto, otro] = exactos
    if (exacto !== undefined && otro === undefined) return { clase: 'hallado', concepto: exacto, aviso: null }
    const eleccion = this.#elecciones[claveDeGrupo(dicho)]
    if (eleccion === NO_COMPARAR) return { clase: 'descartado' }
    const elegido = eleccion === undefined ? undefined : this.#porClave.get(eleccion)
    if (elegido !== undefined && deCodigo.includes(elegido)) return { clase: 'hallado', concepto: elegido, aviso: null }
    if (exactos.length > 1) return { clase: 'varios', opciones: exactos }
    const deAnexo = dicho.anexo === null ? [] : deCodigo.filter((i) => !this.#difiere(i, dicho).includes('anexo'))
    const [solo, mas] = deAnexo.length > 0 ? deAnexo : deCodigo
    if (solo !== undefined && mas === undefined)
      return { clase: 'hallado', concepto: solo, aviso: this.#diferencias(solo, dicho) }
    return { clase: 'varios', opciones: deAnexo.length > 0 ? deAnexo : deCodigo }
  }

  #difiere(indice: number, dicho: ConceptoDicho): ('anexo' | 'concepto' | 'unidad')[] {
    const suyo = this.#conceptos[indice]
    if (suyo === undefined) return []
    const { anexo, concepto, unidad } = dicho
    const mal: ('anexo' | 'concepto' | 'unidad')[] = []
    if (anexo !== null && !mismoAnexo(anexo, suyo.anexo)) mal.push('anexo')
    if (concepto !== null && textoNormal(concepto) !== textoNormal(suyo.concepto)) mal.push('concepto')
    if (unidad !== null && ![suyo.unidad, suyo.unidadLarga].map(textoNormal).includes(textoNormal(unidad)))
      mal.push('unidad')
    return mal
  }

  #diferencias(indice: number, dicho: ConceptoDicho): string {
    const suyo = this.#conceptos[indice]
    const nombres = { anexo: 'el anexo', concepto: 'el concepto', unidad: 'la unidad' }
    const partes = this.#difiere(indice, dicho).map(
      (cual) => `${nombres[cual]} «${recorta(dicho[cual] ?? '')}» y aquí es «${recorta(suyo?.[cual] ?? '')}»`,
    )
    return `${dicho.codigo} se reconoció por su código: el archivo dice ${partes.join('; ')}.`
  }
}

const recorta = (texto: string): string => (texto.length > 60 ? `${texto.slice(0, 59)}…` : texto)

function mismoAnexo(uno: string, otro: string): boolean {
  const [a, b] = [anexoNormal(uno), anexoNormal(otro)]
  return a === b || a === SIN_ANEXO || b === SIN_ANEXO
}
