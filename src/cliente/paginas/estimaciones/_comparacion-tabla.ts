/** Rows of a comparison: filters, what is chosen, by pages; and the plan before it is applied. */
import { cifraCorta, dinero, sumar, textoDinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { plural, sinAcentos } from '../../../comun/texto.ts'
import {
  RESULTADOS,
  type Comparacion,
  type DestinoDeFaltantes,
  type FilaComparada,
  type Resultado,
} from '../../../modulos/estimaciones/comparar/comparar.contrato.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, idUnico } from '../../comun/dom.ts'
import { verPlan } from './_comparacion-plan.ts'

const POR_PAGINA = 100
const normal = (texto: string): string => sinAcentos(texto).toUpperCase()

export class TablaDeComparacion {
  readonly elemento: HTMLElement
  private readonly comparacion: Comparacion
  private readonly puede: boolean
  private readonly elegidas = new Set<string>()
  private readonly cuerpo = crear('tbody')
  private readonly pie = crear('tfoot')
  private readonly cuales = crear('span', { class: 'cifras', role: 'status' })
  private readonly anterior = crear('button', { type: 'button', class: 'boton' }, 'Anteriores')
  private readonly siguiente = crear('button', { type: 'button', class: 'boton' }, 'Siguientes')
  private readonly resultado: HTMLSelectElement
  private readonly texto = crear('input', { class: 'entrada', type: 'search', id: idUnico('buscar') })
  private readonly soloAplicables = crear('input', { type: 'checkbox' })
  private readonly todas = crear('input', { type: 'checkbox', 'aria-label': 'Elegir todas las diferencias que se ven' })
  private readonly cuenta = crear('p', { class: 'cifras', 'aria-live': 'polite' })
  private readonly boton = crear('button', { type: 'button', class: 'boton boton-primario' }, 'Ver el plan y aplicar')
  private readonly faltantes: HTMLSelectElement
  private vistas: readonly FilaComparada[] = []
  private inicio = 0

  constructor(comparacion: Comparacion, puede: boolean) {
    this.comparacion = comparacion
    this.puede = puede
    const { resumen } = comparacion
    const opcion = (valor: string, texto: string): HTMLElement => crear('option', { value: valor }, texto)
    this.resultado = crear(
      'select',
      { class: 'entrada', id: idUnico('resultado') },
      opcion('diferencias', 'Todas las diferencias'),
      ...(Object.keys(RESULTADOS) as Resultado[]).map((uno) =>
        opcion(uno, `${RESULTADOS[uno]} (${String(resumen[uno].filas)})`),
      ),
      opcion('', 'Todos los renglones'),
    )
    if (resumen.igual.filas === comparacion.filas.length) this.resultado.value = ''
    this.faltantes = crear(
      'select',
      { class: 'entrada', id: idUnico('faltantes') },
      opcion('cero', 'Dejarlo en 0, con el motivo'),
      opcion('quitar', 'Quitarlo de la estimación'),
    )
    this.elemento = this.armar()
    this.filtrar()
  }

  // ------------------------------------------------------------------------------------------------------------ frame

  private armar(): HTMLElement {
    const id = idUnico('titulo')
    for (const control of [this.resultado, this.soloAplicables])
      control.addEventListener('change', () => {
        this.filtrar()
      })
    this.texto.addEventListener('input', () => {
      this.filtrar()
    })
    this.cuerpo.addEventListener('change', (evento) => {
      if (evento.target instanceof HTMLInputElement) this.tocar(evento.target)
    })
    this.todas.addEventListener('change', () => {
      this.marcar(this.vistas, this.todas.checked)
      this.dibujar()
    })
    for (const [boton, salto] of [
      [this.anterior, -POR_PAGINA],
      [this.siguiente, POR_PAGINA],
    ] as const)
      boton.addEventListener('click', () => {
        if (boton.getAttribute('aria-disabled') === 'true') return
        this.inicio += salto
        this.dibujar()
      })
    this.boton.addEventListener('click', () => {
      void esperar(this.boton, () => this.aplicar())
    })
    return crear(
      'section',
      { class: 'seccion', 'aria-labelledby': id },
      crear('h2', { id }, 'Concepto por concepto y día por día'),
      crear(
        'div',
        { class: 'seccion-cuerpo comparar-filtros' },
        this.campo('Ver', this.resultado),
        this.campo('Partida o concepto', this.texto),
        ...(this.puede
          ? [crear('label', { class: 'opcion' }, this.soloAplicables, ' Solo lo que se puede aplicar')]
          : []),
      ),
      crear(
        'div',
        { class: 'desplazable', tabindex: 0, role: 'group', 'aria-labelledby': id },
        crear('table', { class: 'tabla-simple' }, this.cabeza(), this.cuerpo, this.pie),
      ),
      crear(
        'div',
        { class: 'seccion-cuerpo tabla-pie' },
        this.cuales,
        crear('div', { class: 'paginas' }, this.anterior, this.siguiente),
      ),
      ...(this.puede
        ? [
            crear(
              'div',
              { class: 'seccion-cuerpo est-pie' },
              this.cuenta,
              this.campo('Lo que falta en el archivo', this.faltantes),
              this.boton,
            ),
          ]
        : []),
    )
  }

  private campo(etiqueta: string, control: HTMLElement): HTMLElement {
    return crear('div', { class: 'campo' }, crear('label', { for: control.id }, etiqueta), control)
  }

  private cabeza(): HTMLElement {
    const columna = (texto: string, clase?: string): HTMLElement => crear('th', { scope: 'col', class: clase }, texto)
    return crear(
      'thead',
      {},
      crear(
        'tr',
        {},
        ...(this.puede ? [crear('th', { scope: 'col' }, this.todas)] : []),
        columna('Fecha'),
        ...(this.comparacion.con_tipo ? [columna('Tipo')] : []),
        ...(this.comparacion.con_sitio ? [columna('Sitio')] : []),
        columna('Estimación', 'numero'),
        columna('Archivo', 'numero'),
        columna('Diferencia', 'numero'),
        columna('Diferencia M.N.', 'numero'),
        columna('Diferencia USD', 'numero'),
        columna('Resultado'),
        columna('Celda'),
        columna('Por qué'),
      ),
    )
  }

  // ------------------------------------------------------------------------------------------------------------- rows

  private filtrar(): void {
    const { value: cual } = this.resultado
    const busca = normal(this.texto.value.trim())
    const { conceptos, filas } = this.comparacion
    const coincide = conceptos.map(
      ({ codigo, concepto, anexo }) => busca === '' || normal(`${anexo} ${codigo} ${concepto}`).includes(busca),
    )
    this.vistas = filas.filter(
      ({ resultado, concepto, aplicable }) =>
        (cual === '' || (cual === 'diferencias' ? resultado !== 'igual' : resultado === cual)) &&
        coincide[concepto] === true &&
        (aplicable || !this.soloAplicables.checked),
    )
    this.inicio = 0
    this.dibujar()
  }

  private dibujar(): void {
    const pagina = this.vistas.slice(this.inicio, this.inicio + POR_PAGINA)
    const hijos: HTMLElement[] = []
    let ultimo = -1
    for (const fila of pagina) {
      if (fila.concepto !== ultimo) hijos.push(this.filaDeConcepto(fila.concepto))
      ultimo = fila.concepto
      hijos.push(this.fila(fila))
    }
    this.cuerpo.replaceChildren(...hijos)
    this.dibujarPie(pagina.length)
    this.anunciar()
  }

  private dibujarPie(cuantas: number): void {
    const total = this.vistas.length
    this.cuales.textContent =
      total === 0
        ? 'Ningún renglón.'
        : `${String(this.inicio + 1)} a ${String(this.inicio + cuantas)} de ${plural(total, 'renglón', 'renglones')}`
    this.anterior.setAttribute('aria-disabled', String(this.inicio === 0))
    this.siguiente.setAttribute('aria-disabled', String(this.inicio + cuantas >= total))
    this.anterior.hidden = this.siguiente.hidden = total <= POR_PAGINA
    const suma = (campo: 'diferencia_mn' | 'diferencia_usd'): string =>
      textoDinero(sumar(this.vistas.map((fila) => dinero(fila[campo]))))
    const antes = this.columnasAntes() + 3
    this.pie.replaceChildren(
      crear(
        'tr',
        {},
        crear('th', { scope: 'row', colspan: antes }, 'Suma de lo que se ve'),
        crear('td', { class: 'numero' }, suma('diferencia_mn')),
        crear('td', { class: 'numero' }, suma('diferencia_usd')),
        crear('td', { colspan: 3 }),
      ),
    )
  }

  /** Columns up to the volumes. */
  private columnasAntes(): number {
    return 1 + Number(this.puede) + Number(this.comparacion.con_tipo) + Number(this.comparacion.con_sitio)
  }

  private filaDeConcepto(indice: number): HTMLElement {
    const concepto = this.comparacion.conceptos[indice]
    const nombre = concepto === undefined ? '' : `${concepto.anexo} · ${concepto.codigo}`
    const suyas = this.deConcepto(indice).filter(({ aplicable }) => aplicable)
    const caja = crear('input', {
      type: 'checkbox',
      'data-concepto': indice,
      'aria-label': `Elegir todo ${nombre}`,
      disabled: suyas.length === 0,
    })
    caja.checked = suyas.length > 0 && suyas.every(({ clave }) => this.elegidas.has(clave))
    return crear(
      'tr',
      { class: 'distinto est-concepto' },
      ...(this.puede ? [crear('td', {}, caja)] : []),
      crear(
        'th',
        { scope: 'rowgroup', colspan: this.columnasAntes() - Number(this.puede) + 8, title: concepto?.concepto },
        `${nombre} · ${(concepto?.concepto ?? '').slice(0, 90)} (${concepto?.unidad ?? ''})`,
      ),
    )
  }

  private fila(fila: FilaComparada): HTMLElement {
    const { clave, fecha, sitio, tipo_tiempo: tipo, resultado, celdas, porque, aplicable } = fila
    const dia = aDdMmAaaa(leerFechaIso(fecha)) ?? fecha
    const codigo = this.comparacion.conceptos[fila.concepto]?.codigo ?? ''
    const caja = crear('input', {
      type: 'checkbox',
      'data-clave': clave,
      disabled: !aplicable,
      'aria-label': ['Elegir', codigo, 'del', dia, tipo, sitio].filter((uno) => uno !== null).join(' '),
    })
    caja.checked = this.elegidas.has(clave)
    const numero = (texto: string): HTMLElement => crear('td', { class: 'numero' }, texto)
    return crear(
      'tr',
      {},
      ...(this.puede ? [crear('td', {}, caja)] : []),
      crear('th', { scope: 'row', class: 'cifras' }, dia),
      ...(this.comparacion.con_tipo ? [crear('td', {}, tipo ?? '—')] : []),
      ...(this.comparacion.con_sitio ? [crear('td', {}, sitio ?? '—')] : []),
      numero(cifraCorta(fila.nuestro)),
      numero(cifraCorta(fila.suyo)),
      numero(cifraCorta(fila.diferencia)),
      numero(textoDinero(dinero(fila.diferencia_mn))),
      numero(textoDinero(dinero(fila.diferencia_usd))),
      crear('td', {}, RESULTADOS[resultado]),
      crear('td', { class: 'cifras' }, celdas === '' ? '—' : celdas),
      crear('td', { class: 'comparar-porque' }, porque ?? '—'),
    )
  }

  // ---------------------------------------------------------------------------------------------------------- choosing

  private deConcepto(indice: number): FilaComparada[] {
    return this.vistas.filter(({ concepto }) => concepto === indice)
  }

  private marcar(filas: readonly FilaComparada[], si: boolean): void {
    for (const { clave, aplicable } of filas) {
      if (!aplicable) continue
      if (si) this.elegidas.add(clave)
      else this.elegidas.delete(clave)
    }
  }

  /** A box of a row or of a concept; the others change in place, so that the focus stays. */
  private tocar(caja: HTMLInputElement): void {
    const { clave, concepto } = caja.dataset
    if (clave !== undefined) {
      if (caja.checked) this.elegidas.add(clave)
      else this.elegidas.delete(clave)
    }
    if (concepto !== undefined) this.marcar(this.deConcepto(Number(concepto)), caja.checked)
    for (const otra of this.cuerpo.querySelectorAll('input')) {
      if (otra.dataset['clave'] !== undefined) otra.checked = this.elegidas.has(otra.dataset['clave'])
      else {
        const suyas = this.deConcepto(Number(otra.dataset['concepto'])).filter(({ aplicable }) => aplicable)
        otra.checked = suyas.length > 0 && suyas.every((una) => this.elegidas.has(una.clave))
      }
    }
    this.anunciar()
  }

  private anunciar(): void {
    const aplicables = this.vistas.filter(({ aplicable }) => aplicable)
    this.todas.disabled = aplicables.length === 0
    this.todas.checked = aplicables.length > 0 && aplicables.every(({ clave }) => this.elegidas.has(clave))
    this.cuenta.textContent =
      this.elegidas.size === 0
        ? 'Marca las diferencias que aceptas.'
        : `${plural(this.elegidas.size, 'diferencia elegida', 'diferencias elegidas')}.`
    this.boton.disabled = this.elegidas.size === 0
  }

  private async aplicar(): Promise<void> {
    await verPlan(this.comparacion, [...this.elegidas], this.faltantes.value as DestinoDeFaltantes)
  }
}
