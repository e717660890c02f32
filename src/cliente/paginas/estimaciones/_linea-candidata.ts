/** A row of the candidates: what the person does to it lives here, and its drawing only while its concept is open. */
import { conMiles, dinero, textoDinero, textoPrecio, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, leerFechaIso } from '../../../comun/fechas.ts'
import { aMicras, leerVolumen, textoFijo, textoVolumen } from '../../../comun/volumenes.ts'
import type { FilaCandidata } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { faltaDelAjuste, importeDe } from '../../../modulos/estimaciones/importes.contrato.ts'
import { crear } from '../../comun/dom.ts'

/** What is asked to the server of a row that goes in. */
export interface DetalleElegido {
  readonly id_produccion: number
  readonly volumen_estimado: string
  readonly comentario_ajuste: string
}

/** What a person did to a row, as it is kept in the browser. */
export interface CambioDeLinea {
  readonly marcada: boolean
  readonly volumen: string
  readonly comentario: string
}

interface Dibujo {
  readonly tr: HTMLTableRowElement
  readonly marca: HTMLInputElement
  readonly volumen: HTMLInputElement
  readonly comentario: HTMLInputElement
  readonly importeMn: HTMLElement
  readonly importeUsd: HTMLElement
  readonly error: HTMLElement
}

/** A volume as people read it: thousands, no zeros at the end. */
export const volumenLegible = (micras: bigint): string => conMiles(textoVolumen(micras))

/** Exact amount of some micro-units at a price, rounded as a document does (§4). */
export const importeDeMicras = (micras: bigint, precio: Dinero): Dinero => importeDe(dinero(textoFijo(micras)), precio)

const celda = (clase: string, ...hijos: (Node | string)[]): HTMLElement => crear('td', { class: clase }, ...hijos)

export class LineaCandidata {
  readonly fila: FilaCandidata
  /** It may go in: estimable, or only without price (§2). */
  readonly puede: boolean
  readonly producido: bigint
  readonly saldo: bigint
  marcada: boolean
  /** The volume as it was read, or why it could not be. */
  private leido: { readonly micras: bigint } | { readonly motivo: string }
  private escrito: string | null = null
  private comentario = ''
  private dibujo: Dibujo | null = null

  constructor(fila: FilaCandidata) {
    this.fila = fila
    this.puede = fila.estimable || (fila.motivos.length === 1 && fila.motivos[0] === 'SIN_PRECIO')
    this.producido = aMicras(fila.volumen)
    this.saldo = aMicras(fila.saldo)
    this.marcada = fila.estimable
    this.leido = { micras: this.saldo }
  }

  /** What the person did to it, or null while it is as it came. */
  get cambio(): CambioDeLinea | null {
    const deSuyo = 'micras' in this.leido && this.leido.micras === this.saldo
    if (deSuyo && this.marcada === this.fila.estimable && this.comentario === '') return null
    return { marcada: this.marcada, volumen: this.escrito ?? volumenLegible(this.saldo), comentario: this.comentario }
  }

  /** Puts again what the person had done to it. */
  retomar({ marcada, volumen, comentario }: CambioDeLinea): void {
    if (!this.puede) return
    this.marcada = marcada
    this.escrito = volumen
    this.leido = leerVolumen(volumen)
    this.comentario = comentario
    if (this.dibujo) {
      this.dibujo.volumen.value = volumen
      this.dibujo.comentario.value = comentario
    }
    this.revisar()
  }

  /** Its row, while it is drawn. */
  get tr(): HTMLTableRowElement | null {
    return this.dibujo?.tr ?? null
  }

  /** Volume that goes in, or null while what is written is not one, or is more than what is left. */
  get volumen(): bigint | null {
    return 'micras' in this.leido && this.leido.micras <= this.saldo ? this.leido.micras : null
  }

  get detalle(): DetalleElegido {
    return {
      id_produccion: this.fila.id_produccion,
      volumen_estimado: textoFijo(this.volumen ?? 0n),
      comentario_ajuste: this.comentario,
    }
  }

  /** What stops it from going in as it is, or null. */
  falta(): string | null {
    if (!this.marcada) return null
    if ('motivo' in this.leido) return this.leido.motivo
    const { micras } = this.leido
    if (micras === 0n) return 'Para no estimarla, quita la marca.'
    if (micras === this.saldo) return null
    return faltaDelAjuste(dinero(textoFijo(micras)), dinero(textoFijo(this.saldo)), this.comentario)?.[1] ?? null
  }

  /** Takes what its controls say. */
  leer(): void {
    if (!this.dibujo) return
    const { marca, volumen, comentario } = this.dibujo
    this.marcada = marca.checked
    this.escrito = volumen.value
    this.leido = leerVolumen(volumen.value)
    this.comentario = comentario.value
    this.revisar()
  }

  /** Shows its mark, its amounts and what is missing. */
  revisar(): void {
    if (!this.dibujo) return
    const { tr, marca, volumen, importeMn, importeUsd, error } = this.dibujo
    const falta = this.falta()
    marca.checked = this.marcada
    error.textContent = falta ?? ''
    tr.classList.toggle('est-ajustada', this.marcada && this.volumen !== null && this.volumen !== this.saldo)
    volumen.setAttribute('aria-invalid', String(falta !== null))
    const importe = (precio: string): string =>
      this.volumen === null ? '—' : textoDinero(importeDeMicras(this.volumen, dinero(precio)))
    importeMn.textContent = importe(this.fila.pu_mn)
    importeUsd.textContent = importe(this.fila.pu_usd)
  }

  enfocar(): void {
    this.dibujo?.volumen.focus()
  }

  /** Its row, made the first time that it is seen. */
  elemento(motivo: readonly (Node | string)[]): HTMLTableRowElement {
    this.dibujo ??= this.dibujar(motivo)
    this.revisar()
    return this.dibujo.tr
  }

  private dibujar(motivo: readonly (Node | string)[]): Dibujo {
    const { fila, puede } = this
    const dia = aDdMmAaaa(leerFechaIso(fila.fecha)) ?? fila.fecha
    const nombre = `${fila.codigo} del ${dia} ${fila.tipo_tiempo} en ${fila.sitio}`
    const marca = crear('input', { type: 'checkbox', 'aria-label': `Incluir ${nombre}`, disabled: !puede })
    const volumen = crear('input', {
      class: 'entrada numero est-volumen',
      inputmode: 'decimal',
      'aria-label': `Volumen estimado de ${nombre}`,
      value: this.escrito ?? volumenLegible(this.saldo),
      disabled: !puede,
    })
    const comentario = crear('input', {
      class: 'entrada',
      value: this.comentario,
      'aria-label': `Comentario de ajuste de ${nombre}`,
      maxlength: '500',
      disabled: !puede,
    })
    const importeMn = celda('numero')
    const importeUsd = celda('numero')
    const error = crear('p', { class: 'error-campo' })
    const tr = crear(
      'tr',
      { class: puede ? '' : 'inactiva' },
      celda('', marca),
      celda('cifras', dia),
      celda('est-sitio', fila.sitio),
      celda('', fila.tipo_tiempo),
      celda('est-motivo', ...motivo),
      celda('numero', volumenLegible(this.producido)),
      celda('numero', volumenLegible(this.saldo)),
      celda('numero', volumen),
      celda('numero', textoPrecio(dinero(fila.pu_mn))),
      celda('numero', textoPrecio(dinero(fila.pu_usd))),
      importeMn,
      importeUsd,
      celda('est-comentario', comentario, error),
    )
    return { tr, marca, volumen, comentario, importeMn, importeUsd, error }
  }
}
