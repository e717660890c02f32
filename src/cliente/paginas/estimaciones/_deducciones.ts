/** Tab of the deductions (issue D §2): written in a draft, with their net while typing; read in the rest. */
import { dinero, DINERO_CERO, leerImporte, redondear, textoDinero, type Dinero } from '../../../comun/dinero.ts'
import {
  aplicada,
  faltaDeDeducciones,
  netoDe,
  RUTA_DEDUCCIONES,
  type Bruto,
  type Deduccion,
  type DeduccionEnTexto,
  type PanelDeDeducciones,
} from '../../../modulos/estimaciones/deducciones/deducciones.contrato.ts'
import { esperar } from '../../comun/dialogo.ts'
import { botonIcono, crear, exigir, icono } from '../../comun/dom.ts'
import type { Cambiar } from './_cambiar.ts'

/** A row of the table: what was typed, and where its amounts are written. */
class Renglon {
  readonly tr: HTMLTableRowElement
  readonly nombre: HTMLInputElement
  readonly quitar: HTMLButtonElement
  private readonly clase: HTMLSelectElement
  private readonly porcentaje: HTMLInputElement
  private readonly mn: HTMLInputElement
  private readonly usd: HTMLInputElement

  constructor(d: DeduccionEnTexto, alCambiar: () => void, alQuitar: () => void) {
    const esPorcentaje = d.porcentaje !== null
    const entrada = (valor: string): HTMLInputElement =>
      crear('input', { class: 'entrada numero', inputmode: 'decimal', value: valor })
    this.nombre = crear('input', { class: 'entrada', value: d.nombre, maxlength: '100', list: 'deducciones-usuales' })
    this.clase = crear(
      'select',
      { class: 'entrada' },
      crear('option', { value: 'porcentaje', selected: esPorcentaje }, 'Porcentaje'),
      crear('option', { value: 'importe', selected: !esPorcentaje }, 'Importe'),
    )
    this.porcentaje = entrada(d.porcentaje ?? '')
    this.mn = entrada(esPorcentaje ? '' : d.importe_mn)
    this.usd = entrada(esPorcentaje ? '' : d.importe_usd)
    this.quitar = botonIcono(icono('trash'), 'Quitar')
    this.quitar.addEventListener('click', alQuitar)
    const celda = (hijo: HTMLElement, clase = ''): HTMLElement => crear('td', { class: clase }, hijo)
    this.tr = crear(
      'tr',
      {},
      celda(this.nombre),
      celda(this.clase),
      celda(this.porcentaje, 'numero'),
      celda(this.mn, 'numero'),
      celda(this.usd, 'numero'),
      celda(this.quitar),
    )
    this.tr.addEventListener('input', alCambiar)
    this.clase.addEventListener('change', alCambiar)
  }

  numerar(numero: number): void {
    const de = (que: string): string => `${que}, renglón ${String(numero)}`
    for (const [control, que] of [
      [this.nombre, 'Deducción'],
      [this.clase, 'Cómo se calcula'],
      [this.porcentaje, 'Porcentaje'],
      [this.mn, 'Importe M.N.'],
      [this.usd, 'Importe USD'],
    ] as const)
      control.setAttribute('aria-label', de(que))
    this.quitar.setAttribute('aria-label', `Quitar el renglón ${String(numero)}`)
  }

  /** The offered percentage of a name, when the row has none yet. */
  proponer(porcentaje: string): void {
    if (this.clase.value === 'porcentaje' && this.porcentaje.value.trim() === '') this.porcentaje.value = porcentaje
  }

  /** Marks the figures that are not numbers. @returns the first, for the focus. */
  marcarMalas(): HTMLInputElement | null {
    const dePorcentaje = this.clase.value === 'porcentaje'
    const malas = [
      ...(dePorcentaje && porcentajeDe(this.porcentaje.value) === null ? [this.porcentaje] : []),
      ...(dePorcentaje ? [] : [this.mn, this.usd].filter(({ value }) => importeDe(value) === null)),
    ]
    for (const entrada of [this.porcentaje, this.mn, this.usd])
      entrada.setAttribute('aria-invalid', String(malas.includes(entrada)))
    return malas[0] ?? null
  }

  /** What the row says, with its amounts written where they are seen; null when a figure is no number. */
  leer(bruto: Bruto): Deduccion | null {
    const dePorcentaje = this.clase.value === 'porcentaje'
    this.porcentaje.disabled = !dePorcentaje
    this.mn.disabled = dePorcentaje
    this.usd.disabled = dePorcentaje
    const nombre = this.nombre.value.trim()
    if (!dePorcentaje) {
      this.porcentaje.value = ''
      const [mn, usd] = [importeDe(this.mn.value), importeDe(this.usd.value)]
      return mn === null || usd === null ? null : { nombre, porcentaje: null, importeMn: mn, importeUsd: usd }
    }
    const porcentaje = porcentajeDe(this.porcentaje.value)
    const deduccion =
      porcentaje && aplicada({ nombre, porcentaje, importeMn: DINERO_CERO, importeUsd: DINERO_CERO }, bruto)
    this.mn.value = deduccion?.importeMn.toFixed(2) ?? ''
    this.usd.value = deduccion?.importeUsd.toFixed(2) ?? ''
    return deduccion
  }
}

const importeDe = (texto: string): Dinero | null => {
  const leido = texto.trim() === '' ? DINERO_CERO : leerImporte(texto)
  return leido && redondear(leido, 2)
}

const porcentajeDe = (texto: string): Dinero | null => {
  const leido = /^\d{1,3}(\.\d{1,10})?\s*%?$/.test(texto.trim()) ? dinero(texto.trim().replace(/\s*%$/, '')) : null
  return leido?.gt(0) && leido.lte(100) ? redondear(leido, 4) : null
}

const cabeza = (conAcciones: boolean): HTMLElement =>
  crear(
    'thead',
    {},
    crear(
      'tr',
      {},
      crear('th', { scope: 'col' }, 'Deducción'),
      ...(conAcciones ? [crear('th', { scope: 'col' }, 'Cómo se calcula')] : []),
      ...['Porcentaje', 'Importe M.N.', 'Importe USD'].map((titulo) =>
        crear('th', { scope: 'col', class: 'numero' }, titulo),
      ),
      ...(conAcciones ? [crear('td', {})] : []),
    ),
  )

const envuelta = (...hijos: HTMLElement[]): HTMLElement =>
  crear(
    'div',
    { class: 'desplazable', tabindex: '0', role: 'group', 'aria-labelledby': 'titulo-deducciones' },
    crear('table', { class: 'tabla-simple est-deducciones' }, ...hijos),
  )

/** What they add up to, and what is left: a line per figure, in the two currencies and homologado. */
function pintarNeto(lugar: HTMLElement, lista: readonly Deduccion[], bruto: Bruto, panel: PanelDeDeducciones): void {
  const neto = netoDe(lista, bruto, dinero(panel.tipo_cambio))
  const renglon = (titulo: string, mn: Dinero, usd: Dinero, homologado: Dinero): HTMLElement =>
    crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, titulo),
      ...[mn, usd, homologado].map((valor) => crear('td', { class: 'numero' }, textoDinero(valor))),
    )
  lugar.replaceChildren(
    crear(
      'table',
      { class: 'tabla-simple' },
      crear('caption', { class: 'solo-lector' }, 'Importe, deducciones y neto'),
      crear(
        'thead',
        {},
        crear(
          'tr',
          {},
          crear('td', {}),
          ...['M.N.', 'USD', 'Homologado'].map((titulo) => crear('th', { scope: 'col', class: 'numero' }, titulo)),
        ),
      ),
      crear(
        'tbody',
        {},
        renglon('Importe de la estimación', bruto.importeMn, bruto.importeUsd, bruto.homologado),
        renglon('Total de deducciones', neto.deduccionMn, neto.deduccionUsd, neto.deduccionHomologado),
        renglon('Neto', neto.netoMn, neto.netoUsd, neto.netoHomologado),
      ),
    ),
    crear('p', { class: 'ayuda' }, `Tipo de cambio: ${panel.tipo_cambio}, ${panel.tipo_cambio_fuente}.`),
  )
}

/** Fills the tab. */
export function activarDeducciones(panel: PanelDeDeducciones, cambiar: Cambiar): void {
  const forma = exigir('#forma-deducciones', HTMLFormElement)
  const bruto: Bruto = {
    importeMn: dinero(panel.importe_mn),
    importeUsd: dinero(panel.importe_usd),
    homologado: dinero(panel.homologado),
  }
  const neto = crear('div', { class: 'desplazable', tabindex: '0', role: 'group', 'aria-label': 'Neto' })
  if (panel.editar) editar(forma, neto, panel, bruto, cambiar)
  else mostrar(forma, neto, panel, bruto)
}

function mostrar(forma: HTMLElement, neto: HTMLElement, panel: PanelDeDeducciones, bruto: Bruto): void {
  if (panel.lista.length === 0) {
    forma.append(crear('p', { class: 'tenue' }, 'Sin deducciones.'))
    return
  }
  const lista = panel.lista.map((d): Deduccion => ({
    nombre: d.nombre,
    porcentaje: d.porcentaje === null ? null : dinero(d.porcentaje),
    importeMn: dinero(d.importe_mn),
    importeUsd: dinero(d.importe_usd),
  }))
  const filas = lista.map((d) =>
    crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, d.nombre),
      crear('td', { class: 'numero' }, d.porcentaje === null ? '—' : `${d.porcentaje.toFixed()} %`),
      crear('td', { class: 'numero' }, textoDinero(d.importeMn)),
      crear('td', { class: 'numero' }, textoDinero(d.importeUsd)),
    ),
  )
  forma.append(envuelta(cabeza(false), crear('tbody', {}, ...filas)), neto)
  pintarNeto(neto, lista, bruto, panel)
}

function editar(
  forma: HTMLFormElement,
  neto: HTMLElement,
  panel: PanelDeDeducciones,
  bruto: Bruto,
  cambiar: Cambiar,
): void {
  const cuerpo = crear('tbody', {})
  const tabla = envuelta(cabeza(true), cuerpo)
  const error = crear('p', { class: 'error-campo', role: 'alert' })
  const vacia = crear('p', { class: 'tenue' }, 'Sin deducciones.')
  const agregar = crear('button', { type: 'button', class: 'boton' }, icono('plus-lg'), 'Agregar deducción')
  const guardar = crear('button', { type: 'submit', class: 'boton boton-primario' }, 'Guardar deducciones')
  const usuales = new Map(panel.usuales.map(({ nombre, porcentaje }) => [nombre, porcentaje]))
  let renglones: Renglon[] = []

  const leer = (): Deduccion[] | null => {
    const leidas = renglones.map((renglon) => renglon.leer(bruto))
    return leidas.some((deduccion) => deduccion === null) ? null : leidas.filter((deduccion) => deduccion !== null)
  }
  const revisar = (): void => {
    for (const [i, renglon] of renglones.entries()) {
      renglon.numerar(i + 1)
      const propuesta = usuales.get(renglon.nombre.value)
      if (propuesta !== undefined) renglon.proponer(propuesta)
    }
    tabla.hidden = renglones.length === 0
    vacia.hidden = renglones.length > 0
    const lista = leer()
    error.textContent = ''
    if (lista !== null) pintarNeto(neto, lista, bruto, panel)
  }
  const poner = (d: DeduccionEnTexto): Renglon => {
    const renglon = new Renglon(d, revisar, () => {
      renglones = renglones.filter((otro) => otro !== renglon)
      renglon.tr.remove()
      revisar()
      agregar.focus()
    })
    renglones.push(renglon)
    cuerpo.append(renglon.tr)
    return renglon
  }
  for (const deduccion of panel.lista) poner(deduccion)
  agregar.addEventListener('click', () => {
    const renglon = poner({ nombre: '', porcentaje: '', importe_mn: '', importe_usd: '' })
    revisar()
    renglon.nombre.focus()
  })
  forma.addEventListener('submit', (evento) => {
    evento.preventDefault()
    const lista = leer()
    const mal =
      lista === null
        ? 'Revisa las cifras: un porcentaje va de 0 a 100 y un importe es un número de 0 en adelante.'
        : faltaDeDeducciones(lista, bruto)
    error.textContent = mal ?? ''
    const [primera] = renglones.flatMap((renglon) => renglon.marcarMalas() ?? [])
    primera?.focus()
    if (lista === null || mal !== null) return
    void esperar(guardar, async () => {
      const deducciones = lista.map((d) => ({
        nombre: d.nombre,
        ...(d.porcentaje === null
          ? { importe_mn: d.importeMn.toFixed(2), importe_usd: d.importeUsd.toFixed(2) }
          : { porcentaje: d.porcentaje.toFixed() }),
      }))
      await cambiar(RUTA_DEDUCCIONES, { deducciones }, { escrito: true })
    })
  })
  const ofrecidas = crear('datalist', { id: 'deducciones-usuales' })
  ofrecidas.append(...[...usuales.keys()].map((nombre) => crear('option', { value: nombre })))
  forma.append(ofrecidas, vacia, tabla, neto, error, crear('div', { class: 'titulo-acciones' }, agregar, guardar))
  revisar()
}
