/** The rows of a workbook of volumes: what each says, what is wrong in it, and what is the same said twice. */
import { aDdMmAaaa, type FechaIso } from '../../../../comun/fechas.ts'
import { claveFolio, plural, recortar } from '../../../../comun/texto.ts'
import { direccion } from '../../../../plataforma/excel/celda.reglas.ts'
import type { CandidataEncabezado } from '../../../../plataforma/excel/encabezado.reglas.ts'
import type { Celda, FilaLeida } from '../../../../plataforma/excel/leer.ts'
import { leerNumero, tope, VOLUMEN_DE_DIA } from '../../../../plataforma/excel/numeros.reglas.ts'
import { numeroInvalido, type Problemas } from '../../../../plataforma/excel/problemas.ts'
import { codigoVisto, limpio, visto } from '../../../../plataforma/excel/textos.reglas.ts'
import { leerFecha, mostrar, vacia } from '../../../../plataforma/excel/valores.reglas.ts'
import type { ColumnaDeVolumenes, ConceptoDicho, LecturaDeVolumenes, TipoDeTiempo } from './lectura.tipos.ts'

/** A column of a sábana with its day; null is a day that its month has not. */
export interface DiaDeSabana {
  readonly indice: number
  readonly titulo: string
  readonly tipo: TipoDeTiempo | null
  readonly fecha: FechaIso | null
}

/** Cells of the same thing that a sentence names. */
const CELDAS_NOMBRADAS = 3

interface Suma {
  readonly concepto: number
  readonly fecha: FechaIso
  readonly sitio: string | null
  readonly tipo: TipoDeTiempo | null
  micras: bigint
  readonly celdas: string[]
  cuantas: number
}

/** Adds what is said of the same concept, day, site and kind of time. */
export class Acumulador {
  readonly #problemas: Problemas
  readonly #conceptos: ConceptoDicho[] = []
  readonly #porTexto = new Map<string, number>()
  readonly #sumas = new Map<string, Suma>()

  constructor(problemas: Problemas) {
    this.#problemas = problemas
  }

  concepto(dicho: ConceptoDicho): number {
    const clave = JSON.stringify([dicho.anexo, dicho.codigo, dicho.concepto, dicho.unidad])
    const previo = this.#porTexto.get(clave)
    if (previo !== undefined) return previo
    const indice = this.#conceptos.push(dicho) - 1
    this.#porTexto.set(clave, indice)
    return indice
  }

  sumar(
    volumen: Pick<Suma, 'concepto' | 'fecha' | 'sitio' | 'tipo' | 'micras'>,
    lugar: { readonly fila: number; readonly indice: number; readonly columna: string },
  ): void {
    const { concepto, fecha, sitio, tipo, micras } = volumen
    const clave = `${String(concepto)}/${fecha}/${tipo ?? ''}/${sitio ?? ''}`
    const celda = direccion(lugar.fila, lugar.indice)
    const previa = this.#sumas.get(clave)
    if (previa === undefined) {
      this.#sumas.set(clave, { ...volumen, celdas: [celda], cuantas: 1 })
      return
    }
    previa.micras += micras
    previa.cuantas += 1
    if (previa.celdas.length < CELDAS_NOMBRADAS) previa.celdas.push(celda)
    if (previa.micras >= tope(VOLUMEN_DE_DIA))
      this.#problemas.error({ ...lugar, valor: '' }, `La suma de ${celdasDe(previa)} es demasiado grande.`)
  }

  entregar(): Pick<LecturaDeVolumenes, 'conceptos' | 'volumenes' | 'conSitio' | 'conTipo' | 'dias'> {
    const sumas = [...this.#sumas.values()]
    const dicen = (dice: (suma: Suma) => boolean, cosa: string): boolean => {
      const con = sumas.filter(dice).length
      if (con > 0 && con < sumas.length)
        this.#avisar(
          `${plural(sumas.length - con, 'volumen no dice', 'volúmenes no dicen')} su ${cosa}: se compara todo sin ${cosa}.`,
        )
      return con > 0 && con === sumas.length
    }
    const conSitio = dicen(({ sitio }) => sitio !== null, 'sitio')
    const conTipo = dicen(({ tipo }) => tipo !== null, 'tipo de tiempo')
    for (const suma of sumas) {
      if (suma.cuantas === 1) continue
      const { codigo } = this.#conceptos[suma.concepto] ?? { codigo: '' }
      this.#avisar(
        `${codigo} del ${aDdMmAaaa(suma.fecha)} está en ${celdasDe(suma)}: sus volúmenes se sumaron.`,
        suma.celdas[0],
      )
    }
    return {
      conceptos: this.#conceptos,
      volumenes: sumas.map((suma) => ({
        concepto: suma.concepto,
        fecha: suma.fecha,
        sitio: suma.sitio,
        tipo: suma.tipo,
        micras: suma.micras.toString(),
        celdas: celdasDe(suma),
      })),
      conSitio,
      conTipo,
      dias: [...new Set(sumas.map(({ fecha }) => fecha))].sort(),
    }
  }

  #avisar(mensaje: string, celda = ''): void {
    const fila = Number(/\d+$/.exec(celda)?.[0] ?? 0)
    this.#problemas.agregar({ hoja: this.#problemas.hoja, fila, columna: '', celda, valor: '', mensaje })
  }
}

function celdasDe({ celdas, cuantas }: Suma): string {
  const mas = cuantas - celdas.length
  if (mas > 0) return `${celdas.join(', ')} y ${String(mas)} más`
  return celdas.length < 2 ? celdas.join('') : `${celdas.slice(0, -1).join(', ')} y ${celdas.at(-1) ?? ''}`
}

/** What is skipped is counted, and told once with its first cell. */
type Omitida = 'ajena' | 'programado' | 'total'

interface AjustesDeLectura {
  readonly problemas: Problemas
  readonly es1904: boolean
  readonly ots: ReadonlySet<string>
}

export class LectorDeVolumenes {
  readonly #columnas: CandidataEncabezado<ColumnaDeVolumenes>['columnas']
  readonly #acumulador: Acumulador
  readonly #ajustes: AjustesDeLectura
  readonly #omitidas = new Map<Omitida, { fila: number; cuantas: number; valor: string }>()

  constructor(
    { columnas }: CandidataEncabezado<ColumnaDeVolumenes>,
    acumulador: Acumulador,
    ajustes: AjustesDeLectura,
  ) {
    this.#columnas = columnas
    this.#acumulador = acumulador
    this.#ajustes = ajustes
  }

  /** A row of a list: one volume. */
  leerDeLista(fila: FilaLeida): void {
    const celda = this.#celda(fila, 'volumen')
    const fechaVista = this.#celda(fila, 'fecha')
    if (vacia(celda) && vacia(fechaVista)) return
    if (!this.#cuenta(fila)) return
    const tipo = this.#tipo(fila)
    if (tipo === undefined) return
    const indice = this.#columnas.get('volumen')?.indice ?? 0
    const micras = this.#volumen(fila, indice)
    if (micras === null || (micras === 0n && vacia(celda))) return
    const { valor: fecha, error } = leerFecha(fechaVista, this.#ajustes.es1904)
    const concepto = this.#concepto(fila)
    if (fecha === null) {
      this.#error(fila.numero, 'fecha', error === undefined ? 'Falta la fecha.' : 'No es una fecha.')
      return
    }
    if (concepto === null) return
    this.#acumulador.sumar(
      { concepto, fecha, sitio: this.#texto(fila, 'sitio'), tipo, micras },
      { fila: fila.numero, indice, columna: this.#titulo('volumen') },
    )
  }

  /** A row of a sábana: a volume per day. An empty cell and a zero are the same (settled.md §7). */
  leerDeSabana(fila: FilaLeida, dias: readonly DiaDeSabana[]): void {
    const conAlgo = dias.filter(({ indice }) => !vacia(fila.celdas.get(indice)))
    if (conAlgo.length === 0 || !this.#cuenta(fila)) return
    const deFila = this.#tipo(fila)
    if (deFila === undefined) return
    const concepto = this.#concepto(fila)
    const sitio = this.#texto(fila, 'sitio')
    for (const { indice, titulo, tipo, fecha } of conAlgo) {
      const micras = this.#volumen(fila, indice, titulo)
      if (micras === null || micras === 0n || concepto === null) continue
      const lugar = { fila: fila.numero, indice, columna: titulo }
      if (fecha === null)
        this.#ajustes.problemas.error(
          { ...lugar, valor: mostrar(fila.celdas.get(indice)) },
          `El mes no tiene día ${titulo}: ese volumen no se leyó.`,
        )
      else this.#acumulador.sumar({ concepto, fecha, sitio, tipo: tipo ?? deFila, micras }, lugar)
    }
  }

  /** Tells what was skipped. */
  terminar(): void {
    const frases: Readonly<Record<Omitida, (filas: string, valor: string) => string>> = {
      ajena: (filas, valor) => `${filas} de otra OT (${valor}), que no se comparan.`,
      programado: (filas) => `${filas} de lo programado, que no se comparan.`,
      total: (filas) => `${filas} de total, que no se comparan.`,
    }
    for (const [cual, { fila, cuantas, valor }] of this.#omitidas)
      this.#ajustes.problemas.advertir(
        { fila, indice: 0, columna: '', valor },
        frases[cual](plural(cuantas, 'fila', 'filas'), recortar(valor, 60)),
      )
  }

  // ------------------------------------------------------------------------------------------------------------ cells

  /** Whether the row is a volume of this OT. */
  #cuenta(fila: FilaLeida): boolean {
    const codigo = codigoVisto(this.#celda(fila, 'codigo'))
    const concepto = limpio(this.#celda(fila, 'concepto'))
    if (esTotal(codigo) || (codigo === '' && (esTotal(concepto) || hayTotal(fila)))) {
      this.#omitir('total', fila, concepto)
      return false
    }
    const ot = this.#texto(fila, 'ot')
    if (ot !== null && !this.#ajustes.ots.has(claveFolio(ot))) {
      this.#omitir('ajena', fila, ot)
      return false
    }
    return true
  }

  /** Its kind of time; null when it says none, undefined when the row does not count. */
  #tipo(fila: FilaLeida): TipoDeTiempo | null | undefined {
    const tipo = this.#texto(fila, 'tipo')
    if (tipo === null || tipo === 'TE' || tipo === 'CMA') return tipo
    if (tipo === 'PROGRAMADO') {
      this.#omitir('programado', fila, tipo)
      return undefined
    }
    this.#error(fila.numero, 'tipo', 'El tipo de tiempo debe ser TE o CMA.', tipo)
    return undefined
  }

  #concepto(fila: FilaLeida): number | null {
    const malas = (['codigo', 'anexo', 'concepto', 'unidad', 'sitio'] as const).filter(
      (columna) => this.#celda(fila, columna)?.tipo === 'error',
    )
    for (const columna of malas) this.#error(fila.numero, columna, 'Es un error de Excel. Corrige la celda.')
    if (malas.length > 0) return null
    const codigo = codigoVisto(this.#celda(fila, 'codigo'))
    if (codigo === '') {
      this.#error(fila.numero, 'codigo', 'La fila tiene volumen y no dice su partida.')
      return null
    }
    return this.#acumulador.concepto({
      anexo: this.#texto(fila, 'anexo'),
      codigo,
      concepto: this.#texto(fila, 'concepto'),
      unidad: this.#texto(fila, 'unidad'),
      celda: direccion(fila.numero, this.#columnas.get('codigo')?.indice ?? 1),
    })
  }

  /** Millionths; null when the cell cannot be read. */
  #volumen(fila: FilaLeida, indice: number, titulo = this.#titulo('volumen')): bigint | null {
    const celda = fila.celdas.get(indice)
    const leido = leerNumero(celda, VOLUMEN_DE_DIA)
    if ('valor' in leido) return leido.valor
    const lugar = { fila: fila.numero, indice, columna: titulo, valor: visto(celda) }
    this.#ajustes.problemas.error(lugar, numeroInvalido(VOLUMEN_DE_DIA, lugar, leido.error))
    return null
  }

  #error(fila: number, columna: ColumnaDeVolumenes, mensaje: string, valor = ''): void {
    const indice = this.#columnas.get(columna)?.indice ?? 0
    const donde = indice === 0 ? `la fila ${String(fila)}` : direccion(fila, indice)
    this.#ajustes.problemas.error({ fila, indice, columna: this.#titulo(columna), valor }, `En ${donde}: ${mensaje}`)
  }

  #omitir(cual: Omitida, fila: FilaLeida, valor: string): void {
    const previa = this.#omitidas.get(cual)
    if (previa === undefined) this.#omitidas.set(cual, { fila: fila.numero, cuantas: 1, valor })
    else previa.cuantas += 1
  }

  #celda({ celdas }: FilaLeida, columna: ColumnaDeVolumenes): Celda | undefined {
    const indice = this.#columnas.get(columna)?.indice
    return indice === undefined ? undefined : celdas.get(indice)
  }

  #texto(fila: FilaLeida, columna: ColumnaDeVolumenes): string | null {
    const texto = limpio(this.#celda(fila, columna))
    return texto === '' || texto === '-' ? null : texto
  }

  #titulo(columna: ColumnaDeVolumenes): string {
    return this.#columnas.get(columna)?.titulo ?? ''
  }
}

const esTotal = (texto: string): boolean => /^(?:SUB ?TOTAL|TOTAL|SUMA|GRAN TOTAL)(?:\b|$)/.test(texto)

/** A row of total says so in whatever cell it has a text. */
function hayTotal({ celdas }: FilaLeida): boolean {
  for (const celda of celdas.values()) if (celda.tipo === 'texto' && esTotal(limpio(celda))) return true
  return false
}
