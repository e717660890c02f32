/**
 * The programme of a sheet while it is read: millionths in whole doubles (nine digits and six decimals fit exactly),
 * packed by month as text so that seven million days are forty megabytes and not a billion.
 */
import { sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type { ColumnaDeDia } from './encabezado.reglas.ts'
import type { ResumenDePrograma } from './lectura.tipos.ts'
import { textoEscalado, tope, VOLUMEN_DE_DIA } from './numeros.reglas.ts'

const MILLON = 1_000_000
const POTENCIAS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const
const TOPE = Number(tope(VOLUMEN_DE_DIA))
/** Texts of about this size reach the database. */
const TAMANIO_DE_BLOQUE = 1_000_000
/** Sums of doubles below this are exact. */
const SUMA_EXACTA = 2 ** 52

/** A month of the calendar of the sheet: for each of its days, its place among the days of the sheet, or -1. */
interface Mes {
  readonly primero: FechaIso
  readonly dias: readonly number[]
}

/** Days of the row in hand, and the programmes of the partidas that were kept. */
export class Programa {
  /** Different days, in order. */
  readonly dias: readonly FechaIso[]
  readonly #meses: readonly Mes[]
  /** Place of the day of each column, plus one. */
  readonly #lugar: Int32Array
  readonly #valores: Float64Array
  readonly #conVolumen: Uint8Array
  readonly #textos: string[] = []
  readonly #letras = Buffer.allocUnsafe(64 * 31)

  constructor(columnas: readonly ColumnaDeDia[]) {
    this.dias = [...new Set(columnas.map(({ fecha }) => fecha))].sort()
    const lugares = new Map(this.dias.map((dia, i) => [dia, i]))
    this.#meses = mesesDe(lugares)
    this.#lugar = new Int32Array(Math.max(0, ...columnas.map(({ indice }) => indice)) + 1)
    for (const { indice, fecha } of columnas) this.#lugar[indice] = (lugares.get(fecha) ?? 0) + 1
    this.#valores = new Float64Array(this.dias.length)
    this.#conVolumen = new Uint8Array(this.dias.length)
  }

  /** Adds a number of the row in hand; false when it is not of the programme, or needs to be looked at closer. */
  poner(columna: number, mantisa: number, decimales: number): boolean {
    const lugar = this.#lugar[columna]
    const potencia = POTENCIAS[6 - decimales]
    if (lugar === undefined || lugar === 0 || potencia === undefined) return false
    const millonesimas = mantisa * potencia
    if (millonesimas >= TOPE) return false
    this.#valores[lugar - 1] = (this.#valores[lugar - 1] ?? 0) + millonesimas
    return true
  }

  /** Adds millionths that were read the long way. */
  sumar(columna: number, millonesimas: bigint): void {
    const lugar = (this.#lugar[columna] ?? 0) - 1
    this.#valores[lugar] = (this.#valores[lugar] ?? 0) + Number(millonesimas)
  }

  /** Forgets the row in hand. */
  vaciar(): void {
    this.#valores.fill(0)
  }

  /** First day of the row in hand whose sum does not fit, or null. */
  desbordado(): FechaIso | null {
    const lugar = this.#valores.findIndex((valor) => valor >= TOPE)
    return this.dias[lugar] ?? null
  }

  /** Adds to the row in hand what a partida had already. */
  recuperar(indice: number): void {
    const meses = JSON.parse(`[${this.#textos[indice] ?? ''}]`) as [number, FechaIso, string][]
    for (const [, primero, lista] of meses) {
      const mes = this.#meses.find((uno) => uno.primero === primero)
      for (const [i, texto] of lista.slice(1, -1).split(',').entries()) {
        const lugar = mes?.dias[i] ?? -1
        // A decimal of fifteen digits comes back whole from its double.
        if (lugar >= 0) this.#valores[lugar] = (this.#valores[lugar] ?? 0) + Math.round(Number(texto) * MILLON)
      }
    }
  }

  /** Keeps the row in hand as the programme of that partida; answers its summary, null without volumes. */
  guardar(indice: number): { readonly resumen: ResumenDePrograma; readonly total: bigint } | null {
    let total = 0n
    let parcial = 0
    let dias = 0
    let primero = -1
    let ultimo = -1
    for (let i = 0; i < this.#valores.length; i += 1) {
      const valor = this.#valores[i] ?? 0
      if (valor === 0) continue
      dias += 1
      if (primero === -1) primero = i
      ultimo = i
      this.#conVolumen[i] = 1
      parcial += valor
      if (parcial < SUMA_EXACTA) continue
      total += BigInt(parcial)
      parcial = 0
    }
    total += BigInt(parcial)
    this.#textos[indice] = dias === 0 ? '' : this.#empacar(indice)
    const [inicio, fin] = [this.dias[primero], this.dias[ultimo]]
    if (inicio === undefined || fin === undefined) return null
    return { resumen: { dias, volumen: textoEscalado(total, 6), primero: inicio, ultimo: fin }, total }
  }

  /** Days with volume in some partida. */
  diasConVolumen(): FechaIso[] {
    return this.dias.filter((_, i) => this.#conVolumen[i] === 1)
  }

  /** What was kept, in texts of about a megabyte; it is not kept any more. */
  entregar(): string[] {
    const bloques: string[] = []
    let partes: string[] = []
    let tamanio = 0
    const cerrar = (): void => {
      if (partes.length > 0) bloques.push(`[${partes.join(',')}]`)
      partes = []
      tamanio = 0
    }
    for (const [i, texto] of this.#textos.entries()) {
      if (texto === '') continue
      partes.push(texto)
      tamanio += texto.length
      this.#textos[i] = ''
      if (tamanio >= TAMANIO_DE_BLOQUE) cerrar()
    }
    cerrar()
    return bloques
  }

  #empacar(indice: number): string {
    let texto = ''
    for (const { primero, dias } of this.#meses) {
      let hay = false
      let fin = 0
      for (const lugar of dias) {
        const valor = lugar === -1 ? 0 : (this.#valores[lugar] ?? 0)
        hay ||= valor > 0
        fin = escribirMillonesimas(this.#letras, fin, valor)
        this.#letras[fin] = 0x2c
        fin += 1
      }
      if (!hay) continue
      const lista = this.#letras.toString('latin1', 0, fin - 1)
      texto += `${texto === '' ? '' : ','}[${String(indice)},"${primero}","{${lista}}"]`
    }
    return texto
  }
}

/** Writes '20.5' of 20500000 and answers where it ends. */
function escribirMillonesimas(letras: Buffer, inicio: number, millonesimas: number): number {
  const entero = Math.trunc(millonesimas / MILLON)
  let fin = inicio
  if (entero < 10) {
    letras[fin] = 0x30 + entero
    fin += 1
  } else fin += letras.write(String(entero), fin, 'latin1')
  let resto = millonesimas - entero * MILLON
  if (resto === 0) return fin
  letras[fin] = 0x2e
  fin += 1
  for (let peso = MILLON / 10; resto > 0; peso /= 10) {
    const cifra = Math.trunc(resto / peso)
    letras[fin] = 0x30 + cifra
    fin += 1
    resto -= cifra * peso
  }
  return fin
}

function mesesDe(lugares: ReadonlyMap<FechaIso, number>): Mes[] {
  const primeros = [...new Set([...lugares.keys()].map((dia) => dia.slice(0, 7)))].sort()
  return primeros.map((mes) => {
    const primero = `${mes}-01` as FechaIso
    const dias: number[] = []
    for (let dia = primero; dia.startsWith(mes); dia = sumarDias(dia, 1)) dias.push(lugares.get(dia) ?? -1)
    return { primero, dias }
  })
}
