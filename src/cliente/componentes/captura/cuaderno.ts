/**
 * Rows in sight, what is chosen of them, and every command of the grid over positions: still without a page. Over the sheet (`hoja.ts`), which
 * knows cells by their keys.
 */
import { filtrar } from './filtrar.ts'
import { HojaCaptura, sumasDe, type Escritura, type ResultadoEscritura, type Sumas } from './hoja.ts'
import { contiene, dentro, esUna, rangoDe, siguiente, type Terreno } from './navegacion.ts'
import { escribirBloque } from './portapapeles.ts'
import { destinosDePegado, type Copia } from './relleno.ts'
import type { ColumnaCaptura, OpcionesCaptura, Posicion, Rango } from './tipos.ts'

export class Cuaderno<F> {
  readonly hoja: HojaCaptura<F>
  readonly columnas: readonly ColumnaCaptura<F>[]
  /** First column where something is typed. */
  readonly primera: number
  private readonly opciones: OpcionesCaptura<F>
  private todas: readonly F[] = []
  private visibles: readonly F[] = []
  private indices = new Map<string, number>()
  private readonly fuera = new Map<string, ReadonlySet<string>>()
  activa: Posicion
  rango: Rango
  /** Corner that Shift + arrow moves. */
  private extremo: Posicion
  /** Column where a series of Tab began: Enter goes back to it, as in a spreadsheet. */
  private inicioDeTab: number | null = null

  constructor(opciones: OpcionesCaptura<F>) {
    this.opciones = opciones
    this.hoja = new HojaCaptura(opciones)
    this.columnas = opciones.columnas
    this.primera = Math.max(
      0,
      opciones.columnas.findIndex(({ clase }) => clase !== undefined),
    )
    this.activa = this.extremo = { f: 0, c: this.primera }
    this.rango = rangoDe(this.activa, this.activa)
  }

  // ---- rows

  ponerFilas(filas: readonly F[], comparar: boolean): void {
    const clave = this.claveActiva()
    this.hoja.ponerFilas(filas, comparar)
    this.todas = filas
    this.refiltrar(clave)
  }

  private claveActiva(): string | null {
    const fila = this.fila(this.activa.f)
    return fila === undefined ? null : this.opciones.claveDe(fila)
  }

  /** The active row stays the active one while it is in sight. */
  private refiltrar(clave: string | null): void {
    this.visibles = filtrar(this.todas, this.fuera, {
      texto: (fila, columna) => this.leer(fila, columna),
      esTitulo: (fila) => this.hoja.esTitulo(fila),
    })
    this.indices = new Map(this.visibles.map((fila, i) => [this.opciones.claveDe(fila), i]))
    const f = (clave === null ? undefined : this.indices.get(clave)) ?? this.activa.f
    if (f !== this.activa.f || this.rango.f2 >= this.visibles.length) this.elegir({ f, c: this.activa.c })
  }

  private leer(fila: F, clave: string): string {
    const columna = this.hoja.columnaDe(clave)
    return columna ? this.hoja.texto(fila, columna) : ''
  }

  get total(): number {
    return this.visibles.length
  }

  fila(f: number): F | undefined {
    return this.visibles[f]
  }

  columna(c: number): ColumnaCaptura<F> {
    const columna = this.columnas[c]
    if (!columna) throw new RangeError(`No column ${String(c)}`)
    return columna
  }

  indiceDe(clave: string): number | undefined {
    return this.indices.get(clave)
  }

  texto(f: number, c: number): string {
    const fila = this.fila(f)
    return fila === undefined ? '' : this.hoja.texto(fila, this.columna(c))
  }

  // ---- filters

  /** Different values of a column among all the rows, in their order. */
  valoresDe(clave: string): string[] {
    const filas = this.todas.filter((fila) => !this.hoja.esTitulo(fila))
    return [...new Set(filas.map((fila) => this.leer(fila, clave)))]
  }

  fueraDe(clave: string): ReadonlySet<string> {
    return this.fuera.get(clave) ?? new Set()
  }

  filtrarPor(clave: string, fuera: ReadonlySet<string>): void {
    this.fuera.set(clave, fuera)
    this.refiltrar(this.claveActiva())
  }

  quitarFiltros(): void {
    this.fuera.clear()
    this.refiltrar(this.claveActiva())
  }

  // ---- selection

  get terreno(): Terreno {
    return {
      filas: this.total,
      columnas: this.columnas.length,
      primera: this.primera,
      llena: (f, c) => this.texto(f, c) !== '',
      saltar: (f, c) => {
        const fila = this.fila(f)
        return this.columna(c).clase === undefined || fila === undefined || this.hoja.esTitulo(fila)
      },
    }
  }

  get punta(): Posicion {
    return this.extremo
  }

  elegir(donde: Posicion): void {
    this.activa = this.extremo = dentro(this.terreno, donde)
    this.rango = rangoDe(this.activa, this.activa)
    this.inicioDeTab = null
  }

  extender(hasta: Posicion): void {
    this.extremo = dentro(this.terreno, hasta)
    this.rango = rangoDe(this.activa, this.extremo)
  }

  elegirRango(rango: Rango): void {
    const desde = dentro(this.terreno, { f: rango.f1, c: rango.c1 })
    if (!contiene(rango, this.activa.f, this.activa.c)) this.activa = desde
    this.extremo = dentro(this.terreno, { f: rango.f2, c: rango.c2 })
    this.rango = rangoDe(desde, this.extremo)
  }

  /** Tab (by rows) or Enter (by columns); false when the key leaves the grid. */
  avanzar(paso: { por: 'filas' | 'columnas'; atras: boolean }): boolean {
    const varias = esUna(this.rango) ? null : this.rango
    const tab = this.inicioDeTab
    if (varias === null && paso.por === 'columnas' && !paso.atras && tab !== null) {
      const abajo = siguiente(this.terreno, { f: this.activa.f, c: tab }, paso, null)
      if (abajo) this.elegir(abajo)
      return true
    }
    const destino = siguiente(this.terreno, this.activa, paso, varias)
    // Enter stays in the last row; only Tab leaves.
    if (destino === null) return paso.por === 'columnas'
    if (varias) {
      this.activa = destino
      return true
    }
    const inicio = paso.por === 'filas' && !paso.atras ? (tab ?? this.activa.c) : null
    const cambiaDeFila = destino.f !== this.activa.f
    this.elegir(destino)
    this.inicioDeTab = cambiaDeFila ? null : inicio
    return true
  }

  *celdas({ f1, c1, f2, c2 }: Rango): Generator<{ fila: F; columna: ColumnaCaptura<F> }> {
    for (let f = f1; f <= f2; f += 1) {
      const fila = this.fila(f)
      if (fila === undefined) continue
      for (let c = c1; c <= c2; c += 1) yield { fila, columna: this.columna(c) }
    }
  }

  sumas(): Sumas | null {
    return esUna(this.rango) || this.total === 0 ? null : sumasDe(this.hoja, this.celdas(this.rango))
  }

  // ---- commands

  escribirEnActiva(texto: string): ResultadoEscritura<F> {
    const fila = this.fila(this.activa.f)
    return this.hoja.escribir(fila === undefined ? [] : [{ fila, columna: this.columna(this.activa.c), texto }])
  }

  /** What was typed goes to every cell of the selection (Ctrl + Enter of a spreadsheet) or leaves them empty. */
  llenarRango(texto: string): ResultadoEscritura<F> {
    const una = esUna(this.rango)
    // Of many cells only those that can be typed in are meant: nobody is told of the others.
    const escrituras = [...this.celdas(this.rango)].flatMap(({ fila, columna }) =>
      una || this.hoja.bloqueo(fila, columna) === null ? [{ fila, columna, texto }] : [],
    )
    return this.hoja.escribir(escrituras)
  }

  copiar(): string {
    const { f1, c1, f2, c2 } = this.rango
    const filas: string[][] = []
    for (let f = f1; f <= f2; f += 1) {
      const fila: string[] = []
      for (let c = c1; c <= c2; c += 1) fila.push(this.texto(f, c))
      filas.push(fila)
    }
    return escribirBloque(filas)
  }

  /** Pastes a block and leaves it chosen; what falls outside of the grid counts as passed over. */
  pegar(bloque: readonly (readonly string[])[]): ResultadoEscritura<F> {
    const destinos = destinosDePegado(bloque, this.rango)
    const escrituras: Escritura<F>[] = []
    let fueraDeRejilla = 0
    let [f2, c2] = [this.rango.f1, this.rango.c1]
    for (const { f, c, texto } of destinos) {
      const fila = this.fila(f)
      if (fila === undefined || c >= this.columnas.length) {
        fueraDeRejilla += 1
        continue
      }
      escrituras.push({ fila, columna: this.columna(c), texto })
      f2 = Math.max(f2, f)
      c2 = Math.max(c2, c)
    }
    const resultado = this.hoja.escribir(escrituras)
    this.elegirRango({ f1: this.rango.f1, c1: this.rango.c1, f2, c2 })
    return {
      ...resultado,
      saltadas: resultado.saltadas + fueraDeRejilla,
      motivoDeSalto: resultado.motivoDeSalto ?? (fueraDeRejilla > 0 ? 'El bloque es más grande que la rejilla.' : null),
    }
  }

  copiarCeldas(copias: readonly Copia[]): ResultadoEscritura<F> {
    const escrituras = copias.flatMap(({ f, c, deF, deC }): Escritura<F>[] => {
      const fila = this.fila(f)
      return fila === undefined ? [] : [{ fila, columna: this.columna(c), texto: this.texto(deF, deC) }]
    })
    return this.hoja.escribir(escrituras)
  }
}
