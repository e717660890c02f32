/**
 * The sheet behind the grid, without a page: what the server gave, what was typed over it, what is refused, and what can be undone. A cell is
 * known by the keys of its row and its column, so that filters, another order or new data lose nothing of what was typed.
 */
import type { Bloqueo, CambioCelda, ColumnaCaptura, Lectura, OpcionesCaptura, RechazoCelda } from './tipos.ts'

/** What a cell holds over the value of the server; without `valor` the text is refused. */
interface Edicion {
  readonly texto: string
  readonly valor: string | null
  readonly motivo: string | null
}

export interface Escritura<F> {
  readonly fila: F
  readonly columna: ColumnaCaptura<F>
  readonly texto: string
}

export interface ResultadoEscritura<F> {
  readonly cambiadas: { fila: F; columna: ColumnaCaptura<F> }[]
  /** Locked, titles or read-only. */
  readonly saltadas: number
  readonly motivoDeSalto: string | null
  readonly rechazadas: number
}

interface Paso {
  readonly celdas: { fila: string; columna: string; antes: string; despues: string }[]
}

const MAXIMO_DE_PASOS = 200
const SEPARADOR = '\u0000'

/** Cell of a draft: keys of its row and column, and what was typed. */
export interface CeldaDeBorrador {
  readonly clave: string
  readonly columna: string
  readonly texto: string
}

const claveCelda = (fila: string, columna: string): string => `${fila}${SEPARADOR}${columna}`

export class HojaCaptura<F> {
  private readonly opciones: OpcionesCaptura<F>
  private readonly columnas: Map<string, ColumnaCaptura<F>>
  private porClave = new Map<string, F>()
  private readonly ediciones = new Map<string, Edicion>()
  private readonly ajenas = new Map<string, string>()
  private pasos: Paso[] = []
  private hecho = 0

  constructor(opciones: OpcionesCaptura<F>) {
    this.opciones = opciones
    this.columnas = new Map(opciones.columnas.map((columna) => [columna.clave, columna]))
  }

  /**
   * Data of the server, again. What was typed stays unless it is already what the server says. With `comparar`, the cells that the server
   * changed and this person did not are kept as changed by others.
   */
  ponerFilas(filas: readonly F[], comparar: boolean): void {
    const antes = this.porClave
    this.ajenas.clear()
    this.porClave = new Map(filas.map((fila) => [this.opciones.claveDe(fila), fila]))
    if (comparar) this.anotarAjenas(antes)
    for (const [clave, edicion] of this.ediciones) {
      const celda = this.celdaDe(clave)
      if (celda !== null && edicion.valor === celda.columna.valor(celda.fila)) this.ediciones.delete(clave)
    }
  }

  private anotarAjenas(antes: ReadonlyMap<string, F>): void {
    const capturables = this.opciones.columnas.filter(({ clase }) => clase !== undefined)
    for (const [clave, fila] of this.porClave) {
      const vieja = antes.get(clave)
      if (vieja === undefined || this.esTitulo(fila)) continue
      for (const columna of capturables) {
        const [anterior, ahora] = [columna.valor(vieja), columna.valor(fila)]
        const edicion = this.ediciones.get(claveCelda(clave, columna.clave))
        if (anterior !== ahora && edicion?.valor !== ahora) this.ajenas.set(claveCelda(clave, columna.clave), anterior)
      }
    }
  }

  filaDe(clave: string): F | undefined {
    return this.porClave.get(clave)
  }

  columnaDe(clave: string): ColumnaCaptura<F> | undefined {
    return this.columnas.get(clave)
  }

  esTitulo(fila: F): boolean {
    return this.opciones.esTitulo?.(fila) === true
  }

  /** Value in force: what was typed, or the one of the server; a refused text does not count. */
  valor(fila: F, columna: ColumnaCaptura<F>): string {
    return this.edicion(fila, columna)?.valor ?? columna.valor(fila)
  }

  /** As it is edited and copied: a refused text stays as it was typed. */
  texto(fila: F, columna: ColumnaCaptura<F>): string {
    const edicion = this.edicion(fila, columna)
    if (edicion) return edicion.texto
    const valor = columna.valor(fila)
    return columna.clase ? columna.clase.texto(valor) : valor
  }

  motivo(fila: F, columna: ColumnaCaptura<F>): string | null {
    return this.edicion(fila, columna)?.motivo ?? null
  }

  editada(fila: F, columna: ColumnaCaptura<F>): boolean {
    return this.edicion(fila, columna) !== undefined
  }

  /** Value that the cell had before somebody else changed it; null when nobody did. */
  ajena(fila: F, columna: ColumnaCaptura<F>): string | null {
    return this.ajenas.get(claveCelda(this.opciones.claveDe(fila), columna.clave)) ?? null
  }

  /** Why nothing can be typed there; null when it can. */
  bloqueo(fila: F, columna: ColumnaCaptura<F>): Bloqueo | null {
    if (columna.clase === undefined) return { motivo: 'Esta columna no se captura.' }
    if (this.esTitulo(fila)) return { motivo: 'Este renglón suma los demás: no se captura.' }
    return this.opciones.bloqueo?.(fila, columna) ?? null
  }

  private edicion(fila: F, columna: ColumnaCaptura<F>): Edicion | undefined {
    return this.ediciones.size === 0
      ? undefined
      : this.ediciones.get(claveCelda(this.opciones.claveDe(fila), columna.clave))
  }

  /** Types texts, all of them one step to undo. What is locked is passed over and counted. */
  escribir(escrituras: readonly Escritura<F>[]): ResultadoEscritura<F> {
    const cambiadas: ResultadoEscritura<F>['cambiadas'] = []
    const celdas: Paso['celdas'] = []
    let saltadas = 0
    let rechazadas = 0
    let motivoDeSalto: string | null = null
    for (const { fila, columna, texto } of escrituras) {
      const bloqueo = this.bloqueo(fila, columna)
      if (bloqueo) {
        saltadas += 1
        motivoDeSalto ??= bloqueo.motivo
        continue
      }
      const antes = this.texto(fila, columna)
      const despues = this.poner(fila, columna, texto)
      if (this.motivo(fila, columna) !== null) rechazadas += 1
      if (antes === despues) continue
      cambiadas.push({ fila, columna })
      celdas.push({ fila: this.opciones.claveDe(fila), columna: columna.clave, antes, despues })
    }
    if (celdas.length > 0) this.anotar({ celdas })
    return { cambiadas, saltadas, motivoDeSalto, rechazadas }
  }

  /** Returns the text that the cell has from now on. */
  private poner(fila: F, columna: ColumnaCaptura<F>, texto: string): string {
    const clase = columna.clase
    if (!clase) return texto
    const clave = claveCelda(this.opciones.claveDe(fila), columna.clave)
    const lectura: Lectura = clase.leer(texto)
    if ('motivo' in lectura) {
      this.ediciones.set(clave, { texto: texto.trim(), valor: null, motivo: lectura.motivo })
      return texto.trim()
    }
    const escrito = clase.texto(lectura.valor)
    if (lectura.valor === columna.valor(fila)) this.ediciones.delete(clave)
    else this.ediciones.set(clave, { texto: escrito, valor: lectura.valor, motivo: null })
    return escrito
  }

  private anotar(paso: Paso): void {
    this.pasos = [...this.pasos.slice(0, this.hecho), paso].slice(-MAXIMO_DE_PASOS)
    this.hecho = this.pasos.length
  }

  /** Cells that came back, or null when there is nothing to undo. What got locked meanwhile stays. */
  deshacer(): ResultadoEscritura<F> | null {
    const paso = this.pasos[this.hecho - 1]
    if (!paso) return null
    this.hecho -= 1
    return this.volver(paso, 'antes')
  }

  rehacer(): ResultadoEscritura<F> | null {
    const paso = this.pasos[this.hecho]
    if (!paso) return null
    this.hecho += 1
    return this.volver(paso, 'despues')
  }

  private volver(paso: Paso, cual: 'antes' | 'despues'): ResultadoEscritura<F> {
    const cambiadas: ResultadoEscritura<F>['cambiadas'] = []
    let saltadas = 0
    let motivoDeSalto: string | null = null
    for (const celda of paso.celdas) {
      const fila = this.porClave.get(celda.fila)
      const columna = this.columnas.get(celda.columna)
      const bloqueo = fila !== undefined && columna !== undefined ? this.bloqueo(fila, columna) : null
      if (fila === undefined || columna === undefined || bloqueo) {
        saltadas += 1
        motivoDeSalto ??= bloqueo?.motivo ?? null
        continue
      }
      this.poner(fila, columna, celda[cual])
      cambiadas.push({ fila, columna })
    }
    return { cambiadas, saltadas, motivoDeSalto, rechazadas: 0 }
  }

  olvidarPasos(): void {
    this.pasos = []
    this.hecho = 0
  }

  get puedeDeshacer(): boolean {
    return this.hecho > 0
  }

  get puedeRehacer(): boolean {
    return this.hecho < this.pasos.length
  }

  get hayEdiciones(): boolean {
    return this.ediciones.size > 0
  }

  /** Cells that differ from the server or are refused. */
  get cuantas(): number {
    return this.ediciones.size
  }

  /** What is to be saved. */
  cambios(): CambioCelda<F>[] {
    return this.recorrer((fila, clave, columna, { valor }) =>
      valor === null ? null : { fila, clave, columna: columna.clave, anterior: columna.valor(fila), valor },
    )
  }

  rechazos(): RechazoCelda<F>[] {
    return this.recorrer((fila, clave, columna, { texto, valor, motivo }) =>
      motivo === null ? null : { fila, clave, columna: columna.clave, texto, motivo, ilegible: valor === null },
    )
  }

  private recorrer<T>(dar: (fila: F, clave: string, columna: ColumnaCaptura<F>, edicion: Edicion) => T | null): T[] {
    const lista: T[] = []
    for (const [clave, edicion] of this.ediciones) {
      const celda = this.celdaDe(clave)
      const dado = celda ? dar(celda.fila, this.opciones.claveDe(celda.fila), celda.columna, edicion) : null
      if (dado !== null) lista.push(dado)
    }
    return lista
  }

  private celdaDe(clave: string): { fila: F; columna: ColumnaCaptura<F> } | null {
    const [deFila = '', deColumna = ''] = clave.split(SEPARADOR)
    const fila = this.porClave.get(deFila)
    const columna = this.columnas.get(deColumna)
    return fila === undefined || columna === undefined ? null : { fila, columna }
  }

  /** The server refuses that cell: what was typed stays, in red, with its reason. */
  rechazar(clave: string, columna: string, motivo: string): void {
    const celda = this.celdaDe(claveCelda(clave, columna))
    if (!celda) return
    const edicion = this.edicion(celda.fila, celda.columna)
    const texto = this.texto(celda.fila, celda.columna)
    this.ediciones.set(claveCelda(clave, columna), {
      texto,
      valor: edicion?.valor ?? celda.columna.valor(celda.fila),
      motivo,
    })
  }

  /** What was typed and not saved, to be kept, with the value of the server that it was typed over. */
  paraBorrador(): { fila: F; clave: string; columna: string; texto: string; anterior: string }[] {
    return this.recorrer((fila, clave, columna, { texto }) => ({
      fila,
      clave,
      columna: columna.clave,
      texto,
      anterior: columna.valor(fila),
    }))
  }

  /** Types a draft again: one step to undo. What has no row any more or is locked comes back in `perdidas`, with its reason. */
  recuperar(borrador: readonly CeldaDeBorrador[]): {
    resultado: ResultadoEscritura<F>
    perdidas: (CeldaDeBorrador & { motivo: string })[]
  } {
    const perdidas: (CeldaDeBorrador & { motivo: string })[] = []
    const escrituras: Escritura<F>[] = []
    for (const una of borrador) {
      const celda = this.celdaDe(claveCelda(una.clave, una.columna))
      const motivo = celda ? this.bloqueo(celda.fila, celda.columna)?.motivo : 'Ya no está en la rejilla.'
      if (celda && motivo === undefined) escrituras.push({ ...celda, texto: una.texto })
      else perdidas.push({ ...una, motivo: motivo ?? '' })
    }
    return { resultado: this.escribir(escrituras), perdidas }
  }

  /** Takes the value of the server again in those cells, or in all. */
  descartar(celdas?: readonly { clave: string; columna: string }[]): void {
    if (!celdas) this.ediciones.clear()
    else for (const { clave, columna } of celdas) this.ediciones.delete(claveCelda(clave, columna))
  }
}

export interface Sumas {
  readonly celdas: number
  readonly llenas: number
  readonly numeros: number
  readonly suma: bigint
}

/** What the foot says of a selection: filled cells, and the exact sum of those that are volumes. */
export function sumasDe<F>(hoja: HojaCaptura<F>, celdas: Iterable<{ fila: F; columna: ColumnaCaptura<F> }>): Sumas {
  let [total, llenas, numeros, suma] = [0, 0, 0, 0n]
  for (const { fila, columna } of celdas) {
    // A title already adds up the rows under it.
    if (hoja.esTitulo(fila)) continue
    total += 1
    const valor = hoja.valor(fila, columna)
    if (valor === '') continue
    llenas += 1
    const micras = columna.clase?.micras
    if (!micras) continue
    numeros += 1
    suma += micras(valor)
  }
  return { celdas: total, llenas, numeros, suma }
}
