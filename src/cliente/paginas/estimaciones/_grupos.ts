/** Rows of a table by concept: a line for the concept, and its rows drawn when it is opened, as there are thousands. */
import { botonIcono, crear, icono } from '../../comun/dom.ts'

/** Up to here every concept is open from the beginning; with more rows people open those they want. */
export const MAXIMO_ABIERTAS = 400

/** What says of which concept, at which prices, a row is. */
export interface DeConcepto {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly pu_mn: string
  readonly pu_usd: string
}

/** Rows of each concept and price, in the order they come: what a document rounds together (§4). */
export function porConcepto<F extends DeConcepto>(filas: readonly F[]): (readonly [F, ...F[]])[] {
  const grupos = new Map<string, [F, ...F[]]>()
  for (const fila of filas) {
    const clave = [fila.anexo, fila.codigo, fila.unidad, fila.pu_mn, fila.pu_usd, fila.concepto].join('\n')
    const grupo = grupos.get(clave)
    if (grupo) grupo.push(fila)
    else grupos.set(clave, [fila])
  }
  return [...grupos.values()]
}

export interface OpcionesDeGrupo {
  /** Cells of its line before its name and after it, and how many columns the name takes. */
  readonly antes?: readonly HTMLElement[]
  readonly columnas: number
  readonly despues: readonly HTMLElement[]
  /** What is seen when it is open; asked each time. */
  readonly filas: () => readonly HTMLTableRowElement[]
}

/** The part of a table that is of one concept. */
export class GrupoPlegable {
  readonly cuerpo: HTMLTableSectionElement
  private readonly cabeza: HTMLTableRowElement
  private readonly boton: HTMLButtonElement
  private readonly filas: OpcionesDeGrupo['filas']

  constructor({ anexo, codigo, concepto, unidad }: DeConcepto, opciones: OpcionesDeGrupo) {
    const nombre = `${anexo} · ${codigo}`
    this.filas = opciones.filas
    this.boton = botonIcono(icono('chevron-right'), `Ver las líneas de ${nombre}`, { 'aria-expanded': 'false' })
    this.boton.classList.add('expandir')
    this.boton.addEventListener('click', () => {
      this.abrir(!this.abierto)
    })
    this.cabeza = crear(
      'tr',
      { class: 'distinto est-concepto' },
      ...(opciones.antes ?? []),
      crear(
        'th',
        { scope: 'rowgroup', colspan: String(opciones.columnas), title: concepto },
        this.boton,
        ` ${nombre} · ${concepto.slice(0, 90)} (${unidad})`,
      ),
      ...opciones.despues,
    )
    this.cuerpo = crear('tbody', {}, this.cabeza)
  }

  get abierto(): boolean {
    return this.boton.getAttribute('aria-expanded') === 'true'
  }

  /** Draws its rows, or takes them away. */
  abrir(abierto: boolean): void {
    this.boton.setAttribute('aria-expanded', String(abierto))
    this.cuerpo.replaceChildren(this.cabeza, ...(abierto ? this.filas() : []))
  }
}
