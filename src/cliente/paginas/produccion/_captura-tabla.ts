/**
 * The same month as a plain table, for screen readers and phones: the partidas of a day, or the days of a partida, each with its own field. What
 * is typed goes to the same sheet: drafts, checks and saving are one.
 */
import { conMiles } from '../../../comun/dinero.ts'
import { textoFijo, textoVolumen } from '../../../comun/volumenes.ts'
import type { Captura } from '../../componentes/captura.ts'
import { crear, idUnico, oRaya } from '../../comun/dom.ts'
import { DIAS, type FilaCaptura, type FilaConcepto } from './_captura-calculo.ts'
import { descripcionDe } from './_captura-columnas.ts'
import type { EstadoCaptura } from './_captura-estado.ts'

export class TablaAlterna {
  readonly caja = crear('div', { class: 'captura-alterna', hidden: true })
  private readonly estado: EstadoCaptura
  private readonly captura: Captura<FilaCaptura>
  private readonly dia: HTMLSelectElement
  private readonly partida: HTMLSelectElement
  private readonly tabla = crear('div', { class: 'desplazable', tabindex: 0, role: 'group' })

  constructor(estado: EstadoCaptura, captura: Captura<FilaCaptura>) {
    this.estado = estado
    this.captura = captura
    this.dia = crear('select', { class: 'entrada', id: idUnico('dia') })
    this.partida = crear('select', { class: 'entrada', id: idUnico('partida') })
    for (const select of [this.dia, this.partida]) {
      select.addEventListener('change', () => {
        this.dibujar()
      })
    }
    this.caja.append(
      crear(
        'div',
        { class: 'captura-alterna-filtros' },
        crear('div', { class: 'campo' }, crear('label', { for: this.dia.id }, 'Día'), this.dia),
        crear('div', { class: 'campo' }, crear('label', { for: this.partida.id }, 'Partida'), this.partida),
      ),
      this.tabla,
    )
  }

  /** Fills the choices again and draws; `hoy` is the day it opens with. */
  abrir(hoy: number | null): void {
    const dia = this.dia.value || String(hoy ?? 1)
    const partida = this.partida.value
    this.dia.replaceChildren(
      new Option('Todos los días', ''),
      ...DIAS.map((uno) => new Option(String(uno), String(uno))),
    )
    this.partida.replaceChildren(
      new Option('Todas las partidas', ''),
      ...this.estado.conceptos().map(({ clave, datos }) => new Option(`${datos.codigo} ${datos.concepto}`, clave)),
    )
    this.partida.value = [...this.partida.options].some(({ value }) => value === partida) ? partida : ''
    this.dia.value = dia
    this.dibujar()
  }

  /** Shows the partidas of that day, from that one. */
  elegir(partida: string, dia: number): void {
    this.dia.value = String(dia)
    this.partida.value = partida
    this.dibujar()
    this.partida.focus()
  }

  dibujar(): void {
    if (this.caja.hidden) return
    // Thousands of fields at once help nobody: all the days are shown of one partida.
    if (this.dia.value === '' && this.partida.value === '') this.dia.value = '1'
    const filas = this.estado.conceptos().filter(({ clave }) => ['', clave].includes(this.partida.value))
    const dias = this.dia.value === '' ? DIAS : [Number(this.dia.value)]
    const porDias = dias.length > 1
    const titulos = porDias
      ? ['Día', 'Programado', 'Volumen', 'Detalle']
      : ['Partida', 'Concepto', 'Unidad', 'Programado', 'Volumen', 'Acumulado Mes', 'Estatus']
    this.tabla.setAttribute('aria-label', porDias ? 'Días de la partida' : `Partidas del día ${this.dia.value}`)
    this.tabla.replaceChildren(
      crear(
        'table',
        { class: 'tabla-simple tabla-apilable' },
        crear('thead', {}, crear('tr', {}, ...titulos.map((titulo) => crear('th', { scope: 'col' }, titulo)))),
        crear(
          'tbody',
          {},
          ...filas.flatMap((fila) => dias.map((dia) => (porDias ? this.deDia(fila, dia) : this.dePartida(fila, dia)))),
        ),
      ),
    )
  }

  private dePartida(fila: FilaConcepto, dia: number): HTMLElement {
    const derivado = this.estado.derivado(fila)
    return crear(
      'tr',
      {},
      crear('th', { scope: 'row', class: 'folio' }, fila.datos.codigo),
      crear('td', {}, fila.datos.concepto),
      crear('td', { 'data-titulo': 'Unidad' }, fila.datos.unidad),
      crear('td', { class: 'numero', 'data-titulo': 'Programado' }, volumen(derivado.programado[dia - 1] ?? 0n)),
      crear('td', { 'data-titulo': 'Volumen' }, this.campo(fila, dia)),
      crear('td', { class: 'numero', 'data-titulo': 'Acumulado Mes' }, conMiles(textoFijo(derivado.acumulado))),
      crear('td', { 'data-titulo': 'Estatus' }, derivado.excedentes.size > 0 ? 'EXCEDENTE' : 'AUTORIZADO'),
    )
  }

  private deDia(fila: FilaConcepto, dia: number): HTMLElement {
    const clave = `dia${String(dia)}`
    const columna = this.captura.hoja.columnaDe(clave)
    const derivado = this.estado.derivado(fila)
    return crear(
      'tr',
      {},
      crear('th', { scope: 'row' }, String(dia)),
      crear('td', { class: 'numero', 'data-titulo': 'Programado' }, volumen(derivado.programado[dia - 1] ?? 0n)),
      crear('td', { 'data-titulo': 'Volumen' }, this.campo(fila, dia)),
      crear(
        'td',
        {},
        columna ? descripcionDe(this.estado, { fila, columna, valor: this.captura.hoja.valor(fila, columna) }) : '',
      ),
    )
  }

  /** The field of a cell, or its value and why it is closed. */
  private campo(fila: FilaConcepto, dia: number): HTMLElement {
    const clave = `dia${String(dia)}`
    const { hoja } = this.captura
    const columna = hoja.columnaDe(clave)
    if (!columna) return crear('span')
    const bloqueo = hoja.bloqueo(fila, columna)
    if (bloqueo)
      return crear(
        'span',
        { class: 'captura-cerrada' },
        oRaya(conMiles(hoja.texto(fila, columna))),
        crear('small', { class: 'tenue' }, bloqueo.motivo),
      )
    const motivo = hoja.motivo(fila, columna)
    const error = crear('small', { class: 'error-campo', id: idUnico('error') }, motivo ?? '')
    const entrada = crear('input', {
      class: 'entrada numero',
      type: 'text',
      inputmode: 'decimal',
      autocomplete: 'off',
      value: hoja.texto(fila, columna),
      'aria-label': `${fila.datos.codigo}, día ${String(dia)}`,
      'aria-describedby': error.id,
      'aria-invalid': motivo === null ? null : 'true',
    })
    entrada.addEventListener('change', () => {
      this.captura.escribir(fila.clave, clave, entrada.value)
      const despues = hoja.motivo(fila, columna)
      error.textContent = despues ?? ''
      entrada.setAttribute('aria-invalid', String(despues !== null))
      entrada.value = hoja.texto(fila, columna)
    })
    return crear('div', { class: 'campo captura-campo' }, entrada, error)
  }
}

const volumen = (micras: bigint): string => (micras === 0n ? '—' : conMiles(textoVolumen(micras)))
