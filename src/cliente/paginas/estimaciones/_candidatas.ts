/**
 * Grid of the candidates (estimaciones.md §7): a concept is a group with its box, its sums and its rows. What is chosen lives
 * in memory and a row is drawn when its concept is opened: a family brings thirty thousand.
 */
import { dinero, sumar, textoDinero, textoPrecio, type Dinero } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import type { FilaCandidata } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { crear } from '../../comun/dom.ts'
import { GrupoPlegable, MAXIMO_ABIERTAS, porConcepto } from './_grupos.ts'
import {
  importeDeMicras,
  LineaCandidata,
  volumenLegible,
  type CambioDeLinea,
  type DetalleElegido,
} from './_linea-candidata.ts'

/** What the chosen rows add up to; volumes in micro-units. */
export interface SumaDeCandidatas {
  readonly lineas: number
  readonly producido: bigint
  readonly estimado: bigint
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
}

export interface OpcionesDeCandidatas {
  /** Why a row does not go in. */
  readonly motivo: (fila: FilaCandidata) => readonly (Node | string)[]
  readonly alCambiar: (suma: SumaDeCandidatas) => void
}

const COLUMNAS: readonly (readonly [string, string?])[] = [
  ['Incluir', 'est-marca'],
  ['Fecha'],
  ['Sitio'],
  ['Tipo'],
  ['Motivo'],
  ['Producido', 'numero'],
  ['Saldo', 'numero'],
  ['Estimado', 'numero'],
  ['P.U. M.N.', 'numero'],
  ['P.U. USD', 'numero'],
  ['Importe M.N.', 'numero'],
  ['Importe USD', 'numero'],
  ['Comentario de ajuste'],
]

/** The chosen part of a concept; the amounts are rounded here, as the document does (§4). */
class Grupo {
  readonly plegable: GrupoPlegable
  readonly lineas: readonly LineaCandidata[]
  suma: SumaDeCandidatas
  private readonly puMn: Dinero
  private readonly puUsd: Dinero
  private readonly todas: HTMLInputElement
  private readonly cifras: Record<'estimado' | 'mn' | 'usd' | 'cuantas', HTMLElement>
  private soloEstimables = false

  constructor(fila: FilaCandidata, lineas: readonly LineaCandidata[], motivo: OpcionesDeCandidatas['motivo']) {
    this.lineas = lineas
    this.puMn = dinero(fila.pu_mn)
    this.puUsd = dinero(fila.pu_usd)
    this.todas = crear('input', { type: 'checkbox', 'aria-label': `Incluir todo ${fila.codigo}` })
    this.todas.disabled = !lineas.some(({ puede }) => puede)
    const numero = (texto = ''): HTMLElement => crear('td', { class: 'numero' }, texto)
    this.cifras = { estimado: numero(), mn: numero(), usd: numero(), cuantas: crear('td') }
    const { estimado, mn, usd, cuantas } = this.cifras
    this.plegable = new GrupoPlegable(fila, {
      antes: [crear('td', {}, this.todas)],
      columnas: 6,
      despues: [estimado, numero(textoPrecio(this.puMn)), numero(textoPrecio(this.puUsd)), mn, usd, cuantas],
      filas: () => this.lineas.filter((linea) => this.seVe(linea)).map((linea) => linea.elemento(motivo(linea.fila))),
    })
    this.suma = this.sumar()
  }

  filtrar(soloEstimables: boolean): void {
    this.soloEstimables = soloEstimables
    this.plegable.cuerpo.hidden = !this.lineas.some((linea) => this.seVe(linea))
    if (this.plegable.abierto) this.plegable.abrir(true)
  }

  /** What goes in is seen even if somebody had to ask for it. */
  private seVe({ fila, marcada }: LineaCandidata): boolean {
    return !this.soloEstimables || fila.estimable || marcada
  }

  /** Whether that was its box; if so, every row that may go in goes in, or none. */
  tocar(control: EventTarget | null): boolean {
    if (control !== this.todas) return false
    for (const linea of this.lineas) {
      if (!linea.puede) continue
      linea.marcada = this.todas.checked
      linea.revisar()
    }
    return true
  }

  /** Adds up again what changed and shows it. */
  sumar(): SumaDeCandidatas {
    let [lineas, producido, estimado] = [0, 0n, 0n]
    let marcadas = 0
    for (const linea of this.lineas) {
      if (!linea.marcada) continue
      marcadas += 1
      if (linea.volumen === null) continue
      lineas += 1
      producido += linea.producido
      estimado += linea.volumen
    }
    const importeMn = importeDeMicras(estimado, this.puMn)
    const importeUsd = importeDeMicras(estimado, this.puUsd)
    const libres = this.lineas.reduce((cuantas, { puede }) => cuantas + (puede ? 1 : 0), 0)
    this.todas.checked = libres > 0 && marcadas === libres
    this.todas.indeterminate = marcadas > 0 && marcadas < libres
    this.cifras.estimado.textContent = volumenLegible(estimado)
    this.cifras.mn.textContent = textoDinero(importeMn)
    this.cifras.usd.textContent = textoDinero(importeUsd)
    this.cifras.cuantas.textContent = `${String(marcadas)} de ${plural(this.lineas.length, 'línea', 'líneas')}`
    this.suma = { lineas, producido, estimado, importeMn, importeUsd }
    return this.suma
  }
}

export class Candidatas {
  private readonly opciones: OpcionesDeCandidatas
  private readonly caja: HTMLElement
  private grupos: Grupo[] = []
  private readonly grupoDe = new WeakMap<Element, Grupo>()

  constructor(caja: HTMLElement, opciones: OpcionesDeCandidatas) {
    this.caja = caja
    this.opciones = opciones
    caja.addEventListener('input', ({ target }) => {
      this.alEscribir(target)
    })
  }

  /** Draws other rows, by concept and price in the order they come; everything that may be billed is chosen. */
  mostrar(filas: readonly FilaCandidata[]): void {
    this.grupos = porConcepto(filas).map(
      (suyas) =>
        new Grupo(
          suyas[0],
          suyas.map((fila) => new LineaCandidata(fila)),
          this.opciones.motivo,
        ),
    )
    for (const grupo of this.grupos) {
      this.grupoDe.set(grupo.plegable.cuerpo, grupo)
      if (filas.length <= MAXIMO_ABIERTAS) grupo.plegable.abrir(true)
    }
    const titulos = COLUMNAS.map(([texto, clase = '']) =>
      crear(
        'th',
        { scope: 'col', class: clase },
        crear('span', clase === 'est-marca' ? { class: 'solo-lector' } : {}, texto),
      ),
    )
    this.caja.replaceChildren(
      crear(
        'table',
        { class: 'tabla-simple est-candidatas' },
        crear('caption', { class: 'solo-lector' }, 'Producción del periodo, por concepto'),
        crear('thead', {}, crear('tr', {}, ...titulos)),
        ...this.grupos.map(({ plegable }) => plegable.cuerpo),
      ),
    )
    this.avisar()
  }

  filtrar(soloEstimables: boolean): void {
    for (const grupo of this.grupos) grupo.filtrar(soloEstimables)
  }

  /** What the person did to each row, by its production. */
  cambios(): Record<string, CambioDeLinea> {
    const hechos = this.grupos.flatMap(({ lineas }) =>
      lineas.flatMap((linea) => {
        const { cambio } = linea
        return cambio === null ? [] : [[String(linea.fila.id_produccion), cambio] as const]
      }),
    )
    return Object.fromEntries(hechos)
  }

  /** Puts again what the person had done, where the row is still there. */
  retomar(cambios: Readonly<Record<string, CambioDeLinea>>): void {
    for (const grupo of this.grupos) {
      for (const linea of grupo.lineas) {
        const cambio = cambios[String(linea.fila.id_produccion)]
        if (cambio) linea.retomar(cambio)
      }
      grupo.sumar()
    }
    this.avisar()
  }

  elegidas(): DetalleElegido[] {
    return this.marcadas().map(({ detalle }) => detalle)
  }

  /** Shows the first row that cannot go in as it is. @returns how many there are. */
  porCorregir(): number {
    const malas = this.marcadas().filter((linea) => linea.falta() !== null)
    const [primera] = malas
    const grupo = primera && this.grupos.find(({ lineas }) => lineas.includes(primera))
    if (grupo?.plegable.abierto === false) grupo.plegable.abrir(true)
    primera?.enfocar()
    return malas.length
  }

  private marcadas(): LineaCandidata[] {
    return this.grupos.flatMap(({ lineas }) => lineas.filter(({ marcada }) => marcada))
  }

  private grupoEn(elemento: Element): Grupo | undefined {
    const cuerpo = elemento.closest('tbody')
    return cuerpo ? this.grupoDe.get(cuerpo) : undefined
  }

  private alEscribir(control: EventTarget | null): void {
    if (!(control instanceof Element)) return
    const grupo = this.grupoEn(control)
    if (!grupo) return
    if (!grupo.tocar(control)) {
      const tr = control.closest('tr')
      grupo.lineas.find((linea) => linea.tr === tr)?.leer()
    }
    grupo.sumar()
    this.avisar()
  }

  private avisar(): void {
    const sumas = this.grupos.map(({ suma }) => suma)
    const suma = {
      lineas: sumas.reduce((total, { lineas }) => total + lineas, 0),
      producido: sumas.reduce((total, { producido }) => total + producido, 0n),
      estimado: sumas.reduce((total, { estimado }) => total + estimado, 0n),
      importeMn: sumar(sumas.map(({ importeMn }) => importeMn)),
      importeUsd: sumar(sumas.map(({ importeUsd }) => importeUsd)),
    }
    this.opciones.alCambiar(suma)
  }
}
