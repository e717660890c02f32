/** Foot of the grid: what the active cell is about, and what the selection adds up to. */
import { conMiles } from '../../../comun/dinero.ts'
import { textoVolumen } from '../../../comun/volumenes.ts'
import { crear } from '../../comun/dom.ts'
import type { Sumas } from './hoja.ts'

export class Pie {
  readonly caja: HTMLElement
  private readonly descripcion = crear('span', { class: 'captura-descripcion' })
  private readonly sumas = crear('span', { class: 'captura-sumas cifras' })
  /** Said aloud: only refusals and results, never each step of the arrows. */
  private readonly dicho = crear('span', { class: 'solo-lector', role: 'status' })

  constructor() {
    this.caja = crear('div', { class: 'captura-pie-rejilla' }, this.descripcion, this.sumas, this.dicho)
  }

  describir(texto: string, alerta: boolean): void {
    this.descripcion.textContent = texto
    this.descripcion.classList.toggle('captura-alerta', alerta)
    this.descripcion.title = texto
  }

  decir(texto: string): void {
    this.describir(texto, true)
    this.dicho.textContent = ''
    this.dicho.textContent = texto
  }

  sumar(sumas: Sumas | null): void {
    this.sumas.textContent = sumas === null ? '' : textoDeSumas(sumas)
  }
}

/** «Suma 12.5 · Promedio 6.25 · 2 llenas de 4»; the average is rounded half up to six decimals. */
export function textoDeSumas({ celdas, llenas, numeros, suma }: Sumas): string {
  const cuenta = `${conMiles(String(llenas))} ${llenas === 1 ? 'llena' : 'llenas'} de ${conMiles(String(celdas))}`
  if (numeros === 0) return cuenta
  const n = BigInt(numeros)
  const promedio = (2n * suma + n) / (2n * n)
  return `Suma ${conMiles(textoVolumen(suma))} · Promedio ${conMiles(textoVolumen(promedio))} · ${cuenta}`
}
