/**
 * The programme of a sheet while it is read: millionths in whole doubles (nine digits and six decimals fit exactly),
 * packed by month as text so that seven million days are forty megabytes and not a billion.
 */
import { sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type { ColumnaDeDia } from './encabezado.reglas.ts'
import type { ResumenDePrograma } from './lectura.tipos.ts'
import { textoEscalado, tope, VOLUMEN_DE_DIA } from '../../../plataforma/excel/numeros.reglas.ts'

const MILLON = 1_000_000
const COMA = 0x2c
const POTENCIAS = [1, 10, 100, 1_000, 10_000, 100_000, 1_000_000] as const
const TOPE = Number(tope(VOLUMEN_DE_DIA))
/** Texts of this size at most reach the database: larger ones, copied on their way, stay in memory until a full collection. */
const TAMANIO_DE_BLOQUE = 98_304
/** Sums of doubles below this are exact. */
const SUMA_EXACTA = 2 ** 52

/** A month of the calendar of the sheet: for each of its days, its place among the days of the sheet, or -1. */
interface Mes {
  readonly primero: FechaIso
  readonly dias: readonly number[]
}

/** Where the programme of a partida is: its letters in a block, the comma after them included. */
interface Sitio {
  readonly bloque: number
  readonly desde: number
  readonly hasta: number
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
  readonly #sitios: (Sitio | undefined)[] = []
  /** Programmes that were written again elsewhere, by block. */
  readonly #huecos = new Map<number, Sitio[]>()
  readonly #cerrados: string[] = []
  readonly #letras: Buffer
  /** Where the block in hand ends; its first letter is a bracket. */
  #fin = 1

  /** @param tamanio letters of a block; never less than what a row takes. */
  constructor(columnas: readonly ColumnaDeDia[], tamanio = TAMANIO_DE_BLOQUE) {
    this.dias = [...new Set(columnas.map(({ fecha }) => fecha))].sort()
    const lugares = new Map(this.dias.map((dia, i) => [dia, i]))
    this.#meses = mesesDe(lugares)
    this.#lugar = new Int32Array(Math.max(0, ...columnas.map(({ indice }) => indice)) + 1)
    for (const { indice, fecha } of columnas) this.#lugar[indice] = (lugares.get(fecha) ?? 0) + 1
    this.#valores = new Float64Array(this.dias.length)
    this.#conVolumen = new Uint8Array(this.dias.length)
    this.#letras = Buffer.allocUnsafe(Math.max(tamanio, this.#maximoDeFila() + 1))
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
    const sitio = this.#sitios[indice]
    if (sitio === undefined) return
    this.#sitios[indice] = undefined
    this.#huecos.set(sitio.bloque, [...(this.#huecos.get(sitio.bloque) ?? []), sitio])
    const texto =
      this.#cerrados[sitio.bloque]?.slice(sitio.desde, sitio.hasta - 1) ??
      this.#letras.toString('latin1', sitio.desde, sitio.hasta - 1)
    const meses = JSON.parse(`[${texto}]`) as [number, FechaIso, string][]
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
    if (dias > 0) this.#empacar(indice)
    const [inicio, fin] = [this.dias[primero], this.dias[ultimo]]
    if (inicio === undefined || fin === undefined) return null
    return { resumen: { dias, volumen: textoEscalado(total, 6), primero: inicio, ultimo: fin }, total }
  }

  /** Days with volume in some partida. */
  diasConVolumen(): FechaIso[] {
    return this.dias.filter((_, i) => this.#conVolumen[i] === 1)
  }

  /** What was kept, in texts of the size of a block; it is not kept any more. */
  entregar(): string[] {
    this.#cerrarBloque()
    return this.#cerrados
      .splice(0)
      .map((texto, i) => sinHuecos(texto, this.#huecos.get(i) ?? []))
      .filter((texto) => texto !== '[]')
  }

  /** A month takes its days of sixteen digits at most, commas, and what is around them. */
  #maximoDeFila(): number {
    return this.#meses.length * (31 * 17 + 40)
  }

  #empacar(indice: number): void {
    const cabeza = `[${String(indice)},"`
    if (this.#fin + this.#maximoDeFila() > this.#letras.length) this.#cerrarBloque()
    const desde = this.#fin
    let fin = desde
    for (const mes of this.#meses) fin = this.#escribirMes(mes, cabeza, fin)
    this.#fin = fin
    this.#sitios[indice] = { bloque: this.#cerrados.length, desde, hasta: fin }
  }

  /** `[0,"2026-03-01","{0,10,20.5}"],`; nothing for a month without volume. Answers where it ends. */
  #escribirMes({ primero, dias }: Mes, cabeza: string, inicio: number): number {
    const letras = this.#letras
    let fin = inicio + letras.write(`${cabeza}${primero}","{`, inicio, 'latin1')
    let hay = false
    for (const lugar of dias) {
      const valor = lugar === -1 ? 0 : (this.#valores[lugar] ?? 0)
      hay ||= valor > 0
      fin = escribirMillonesimas(letras, fin, valor)
      letras[fin] = COMA
      fin += 1
    }
    return hay ? fin - 1 + letras.write('}"],', fin - 1, 'latin1') : inicio
  }

  #cerrarBloque(): void {
    if (this.#fin === 1) return
    this.#letras[0] = 0x5b
    this.#letras[this.#fin - 1] = 0x5d
    this.#cerrados.push(this.#letras.toString('latin1', 0, this.#fin))
    this.#fin = 1
  }
}

/** A block without the programmes that were written again: each goes with the comma after it. */
function sinHuecos(texto: string, huecos: readonly Sitio[]): string {
  if (huecos.length === 0) return texto
  let quedan = ''
  let desde = 1
  for (const hueco of [...huecos].sort((a, b) => a.desde - b.desde)) {
    quedan += texto.slice(desde, hueco.desde)
    desde = hueco.hasta
  }
  return `[${`${quedan}${texto.slice(desde, -1)}`.replace(/,$/, '')}]`
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
