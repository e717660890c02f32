/** Looking a row up among the units and the concepts of the catalogue (anexo-c.md §5.4 a, c and d). Pure. */
import { recortar, sinAcentos } from '../../../comun/texto.ts'
import { anexoNormal, codigoNormal, SIN_ANEXO, textoNormal } from '../clave.reglas.ts'
import type { CatalogoDeAnexo, ColumnaAnexo, ConceptoDeCatalogo, UnidadDeCatalogo } from './lectura.tipos.ts'

/** Texts of a row, already clean. */
export interface FilaPorBuscar {
  readonly codigo: string
  readonly descripcion: string
  readonly anexo: string
}

/** The concept of a row; `varios` when others matched too. */
export interface ConceptoHallado {
  readonly concepto: ConceptoDeCatalogo
  readonly varios: readonly ConceptoDeCatalogo[]
}

/** Why a row has no concept: the column that is wrong and what to say. */
export interface Motivo {
  readonly columna: ColumnaAnexo
  readonly mensaje: string
}

/** Concepts of one code that are compared to find the closest. */
const MAXIMO_COMPARADOS = 50
const LETRAS_DE_MUESTRA = 80

/** Units are compared without accents nor spaces around the bar: `M2 / DIA` is `M2/DÍA`. */
const claveDeUnidad = (texto: string): string => sinAcentos(textoNormal(texto)).replace(/ ?\/ ?/g, '/')

interface Indexado {
  readonly concepto: ConceptoDeCatalogo
  readonly descripcion: string
  palabras: ReadonlySet<string> | null
}

/** The catalogue, by what rows say. */
export class IndiceDeCatalogo {
  readonly #porClave = new Map<string, UnidadDeCatalogo>()
  readonly #porDescripcionDeUnidad = new Map<string, UnidadDeCatalogo>()
  readonly #unidades = new Map<number, UnidadDeCatalogo>()
  readonly #porTodo = new Map<string, ConceptoDeCatalogo[]>()
  readonly #porCodigo = new Map<string, Indexado[]>()
  readonly #porDescripcion = new Map<string, Indexado[]>()

  constructor({ unidades, conceptos }: CatalogoDeAnexo) {
    for (const unidad of [...unidades].sort((a, b) => a.id - b.id)) {
      this.#unidades.set(unidad.id, unidad)
      ponerSiFalta(this.#porClave, claveDeUnidad(unidad.clave), unidad)
      ponerSiFalta(this.#porDescripcionDeUnidad, claveDeUnidad(unidad.descripcion), unidad)
    }
    for (const concepto of conceptos) {
      const indexado: Indexado = { concepto, descripcion: textoNormal(concepto.descripcion), palabras: null }
      agregar(this.#porDescripcion, indexado.descripcion, indexado)
      for (const codigo of codigosDe(concepto)) {
        agregar(this.#porCodigo, codigo, indexado)
        agregar(this.#porTodo, claveDeTodo(codigo, indexado.descripcion, concepto.idUnidad), concepto)
      }
    }
  }

  /** Active unit by its clave or, after, by its description. */
  unidad(escrita: string): UnidadDeCatalogo | null {
    const clave = claveDeUnidad(escrita)
    return this.#porClave.get(clave) ?? this.#porDescripcionDeUnidad.get(clave) ?? null
  }

  /**
   * The concept with that code (ordinary or extraordinary), description and unit: of several, the one of the annex of
   * the row, else the newest.
   */
  concepto({ codigo, descripcion, anexo }: FilaPorBuscar, idUnidad: number): ConceptoHallado | null {
    const iguales = this.#porTodo.get(claveDeTodo(codigoNormal(codigo), textoNormal(descripcion), idUnidad)) ?? []
    const suyo = anexoNormal(anexo)
    const delAnexo = iguales.filter((uno) => uno.anexo !== null && anexoNormal(uno.anexo) === suyo)
    const [concepto] = [...(delAnexo.length > 0 ? delAnexo : iguales)].sort((a, b) => b.id - a.id)
    return concepto === undefined ? null : { concepto, varios: iguales.length > 1 ? iguales : [] }
  }

  /** Why no concept matches, against the closest one of its code. */
  explicar({ codigo, descripcion }: FilaPorBuscar, unidad: UnidadDeCatalogo): Motivo[] {
    const texto = textoNormal(descripcion)
    const mismos = this.#porCodigo.get(codigoNormal(codigo)) ?? []
    const conTexto = this.#porDescripcion.get(texto) ?? []
    if (mismos.length === 0) return [sinCodigo(codigo, conTexto)]
    const cercano = masCercano(mismos, texto, unidad.id)
    if (cercano === undefined) return []
    const motivos: Motivo[] = []
    if (cercano.descripcion !== texto) {
      const suyos = conTexto.filter(({ concepto }) => concepto.idUnidad === unidad.id)
      motivos.push({ columna: 'concepto', mensaje: otraDescripcion(texto, cercano.descripcion, suyos) })
    }
    if (cercano.concepto.idUnidad !== unidad.id) {
      const otra = this.#unidades.get(cercano.concepto.idUnidad)?.clave ?? 'una que está inactiva'
      motivos.push({
        columna: 'unidad',
        mensaje: `Unidad diferente: el libro dice ${unidad.clave} y el catálogo ${otra}.`,
      })
    }
    return motivos
  }
}

/** Annex of the catalogue that a row contradicts, or null. */
export function otroAnexo(concepto: ConceptoDeCatalogo, anexo: string): string | null {
  if (concepto.anexo === null) return null
  const suyo = anexoNormal(concepto.anexo)
  return suyo === SIN_ANEXO || suyo === anexoNormal(anexo) ? null : concepto.anexo
}

/** The code that names a concept to people. */
export const codigoDe = ({ ordinaria, extraordinaria }: ConceptoDeCatalogo): string => ordinaria ?? extraordinaria ?? ''

function codigosDe({ ordinaria, extraordinaria }: ConceptoDeCatalogo): Set<string> {
  const codigos = [ordinaria, extraordinaria].flatMap((codigo) => (codigo === null ? [] : [codigoNormal(codigo)]))
  return new Set(codigos.filter((codigo) => codigo !== ''))
}

const claveDeTodo = (codigo: string, descripcion: string, idUnidad: number): string =>
  `${codigo}\n${String(idUnidad)}\n${descripcion}`

function agregar<T>(indice: Map<string, T[]>, clave: string, uno: T): void {
  const lista = indice.get(clave)
  if (lista === undefined) indice.set(clave, [uno])
  else lista.push(uno)
}

function ponerSiFalta<T>(indice: Map<string, T>, clave: string, valor: T): void {
  if (clave !== '' && !indice.has(clave)) indice.set(clave, valor)
}

// -------------------------------------------------------------------------------------------------------- the closest

/** The same unit first, then the description with more words in common. */
function masCercano(candidatos: readonly Indexado[], texto: string, idUnidad: number): Indexado | undefined {
  const mismaUnidad = candidatos.filter(({ concepto }) => concepto.idUnidad === idUnidad)
  const exacto = candidatos.find(({ descripcion }) => descripcion === texto)
  const finalistas = mismaUnidad.length > 0 ? mismaUnidad : exacto === undefined ? candidatos : [exacto]
  const palabras = palabrasDe(texto)
  let mejor = finalistas[0]
  let mayor = -1
  for (const uno of finalistas.slice(0, MAXIMO_COMPARADOS)) {
    uno.palabras ??= palabrasDe(uno.descripcion)
    const parecido = enComun(palabras, uno.palabras)
    if (parecido <= mayor) continue
    mejor = uno
    mayor = parecido
  }
  return mejor
}

const palabrasDe = (texto: string): ReadonlySet<string> =>
  new Set(
    sinAcentos(texto)
      .split(/[^\p{L}\p{N}]+/u)
      .filter((palabra) => palabra !== ''),
  )

/** From 0, nothing in common, to 1. */
function enComun(unas: ReadonlySet<string>, otras: ReadonlySet<string>): number {
  let comunes = 0
  for (const palabra of unas) if (otras.has(palabra)) comunes += 1
  return (2 * comunes) / Math.max(unas.size + otras.size, 1)
}

// ------------------------------------------------------------------------------------------------------- the sentences

function sinCodigo(codigo: string, conTexto: readonly Indexado[]): Motivo {
  if (conTexto.length === 0) {
    return {
      columna: 'partida',
      mensaje: `No está en el catálogo: ni el código ${codigo} ni su descripción existen.`,
    }
  }
  return {
    columna: 'partida',
    mensaje: `Código incorrecto: ${codigo} no existe en el catálogo; esa descripción es de ${listarCodigos(conTexto)}.`,
  }
}

function otraDescripcion(libro: string, catalogo: string, suyos: readonly Indexado[]): string {
  const base = `Descripción diferente: el libro dice «${muestra(libro)}» y el catálogo «${muestra(catalogo)}»${dondeDifieren(libro, catalogo)}.`
  if (suyos.length === 0) return base
  return `${base} Esa descripción con esa unidad es de ${listarCodigos(suyos)}: puede estar duplicada en el catálogo.`
}

const muestra = (texto: string): string => recortar(texto, LETRAS_DE_MUESTRA)

/** Long texts that begin the same are told by what comes where they part. */
function dondeDifieren(libro: string, catalogo: string): string {
  let i = 0
  while (i < libro.length && libro[i] === catalogo[i]) i += 1
  if (i < LETRAS_DE_MUESTRA - 5) return ''
  const desde = libro.lastIndexOf(' ', i - 1) + 1
  return `; se distinguen donde dicen «${recortar(libro.slice(desde), 30)}» y «${recortar(catalogo.slice(desde), 30)}»`
}

function listarCodigos(indexados: readonly Indexado[]): string {
  const codigos = [...new Set(indexados.map(({ concepto }) => codigoDe(concepto)))]
  const primeros = codigos.slice(0, 3).join(', ')
  return codigos.length > 3 ? `${primeros} y otros` : primeros
}
