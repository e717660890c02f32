/** What is wrong or odd in a workbook, counted whole and kept in part: a hostile one has millions of bad cells. */
import { direccion } from './celda.reglas.ts'
import type { Problema } from './hoja.tipos.ts'
import { recortar } from '../../comun/texto.ts'
import type { MedidaDeNumero } from './numeros.reglas.ts'

/** Kept of each kind; the totals count them all. */
const MAXIMO_GUARDADOS = 2_000
/** Kept of each row for the error workbook. */
const MAXIMO_POR_FILA = 12
const LETRAS_DE_VALOR = 120

/** The cell a problem is about. */
export interface Lugar {
  readonly fila: number
  /** Number of its column; 0 when the sheet has not that column. */
  readonly indice: number
  /** Title of its column. */
  readonly columna: string
  readonly valor: string
}

/** A row that is rejected: what to say of it and its bad columns. */
export interface FilaMala {
  readonly mensajes: string[]
  readonly columnas: Set<number>
  /** Errors that were not kept. */
  mas: number
}

/** Collector of one reading. */
export class Problemas {
  readonly errores: Problema[] = []
  readonly advertencias: Problema[] = []
  readonly malas = new Map<number, FilaMala>()
  totalErrores = 0
  totalAdvertencias = 0
  readonly hoja: string

  constructor(hoja: string) {
    this.hoja = hoja
  }

  error(lugar: Lugar, mensaje: string): void {
    this.totalErrores += 1
    if (this.errores.length < MAXIMO_GUARDADOS) this.errores.push(this.#problema(lugar, mensaje))
    let mala = this.malas.get(lugar.fila)
    if (mala === undefined) this.malas.set(lugar.fila, (mala = { mensajes: [], columnas: new Set(), mas: 0 }))
    if (lugar.indice > 0) mala.columnas.add(lugar.indice)
    if (mala.mensajes.length < MAXIMO_POR_FILA) mala.mensajes.push(mensaje)
    else mala.mas += 1
  }

  advertir(lugar: Lugar, mensaje: string): void {
    this.agregar(this.#problema(lugar, mensaje))
  }

  agregar(advertencia: Problema): void {
    this.totalAdvertencias += 1
    if (this.advertencias.length < MAXIMO_GUARDADOS) this.advertencias.push(advertencia)
  }

  #problema({ fila, indice, columna, valor }: Lugar, mensaje: string): Problema {
    return {
      hoja: this.hoja,
      fila,
      columna,
      celda: indice === 0 ? '' : direccion(fila, indice),
      valor: recortar(valor, LETRAS_DE_VALOR),
      mensaje,
    }
  }
}

/** Everything that is wrong in a row, in one cell (§5.6). */
export function observaciones({ mensajes, mas }: FilaMala): string {
  return mas === 0 ? mensajes.join(' | ') : `${mensajes.join(' | ')} | y ${String(mas)} más en la fila`
}

/** The sentence of a number that cannot be read (anexo-c.md §4.3). */
export function numeroInvalido({ cosa }: MedidaDeNumero, { columna, valor }: Lugar, error: string): string {
  const dice = valor === '' ? '' : ` «${recortar(valor, 40)}»`
  return `${cosa} inválido en la columna ${columna}:${dice} ${error}${error.endsWith('?') ? '' : '.'}`
}
