/** The three boxes under the grid (produccion.md §5.12, §7.4). They follow what is typed; each figure leads to the rows behind it. */
import { conMiles } from '../../../comun/dinero.ts'
import { textoImporte, type Importes } from '../../../modulos/produccion/captura/importes.contrato.ts'
import { crear, idUnico } from '../../comun/dom.ts'
import { homologado, leerTipoDeCambio, type Tarjetas } from './_captura-calculo.ts'

/** What a figure is made of, for its detail. */
export type Cifra = 'mes' | 'general'

const pesos = (importe: bigint): string => `$ ${conMiles(textoImporte(importe))}`.replace('$ -', '-$ ')

export class CajasDeTotales {
  readonly caja: HTMLElement
  private readonly cifras = new Map<string, HTMLElement>()
  private readonly tc: HTMLInputElement
  private tarjetas: Tarjetas | null = null

  constructor(tipoDeCambio: string, alVer: (cifra: Cifra) => void) {
    this.tc = crear('input', {
      class: 'entrada',
      type: 'number',
      step: '0.1',
      min: 0,
      id: idUnico('tc'),
      value: tipoDeCambio,
    })
    this.tc.addEventListener('input', () => {
      this.pintarHomologado()
    })
    const figura = (clave: keyof Tarjetas, titulo: string, tono: string, cifra: Cifra | null): HTMLElement => {
      const nombre =
        cifra === null
          ? crear('h2', {}, titulo)
          : crear('h2', {}, crear('button', { type: 'button', class: 'boton-enlace', 'data-cifra': cifra }, titulo))
      return crear(
        'div',
        { class: `total ${tono}` },
        nombre,
        this.linea('M.N.', `${clave}-mn`),
        this.linea('USD', `${clave}-usd`),
      )
    }
    this.caja = crear(
      'div',
      { class: 'captura-totales' },
      crear(
        'section',
        { class: 'caja-totales', 'aria-label': 'Autorizado y producido en el mes' },
        figura('autorizado', 'Autorizado PTE', '', null),
        figura('mes', 'Prod. del Mes', 'total-producido', 'mes'),
      ),
      crear(
        'section',
        { class: 'caja-totales', 'aria-label': 'Acumulado y por producir' },
        figura('general', 'Prod. general acumulada', 'total-producido', 'general'),
        figura('porProducir', 'Por producir', 'total-pendiente', null),
      ),
      crear(
        'section',
        { class: 'caja-totales caja-homologado', 'aria-label': 'Estimación mensual (Homologado)' },
        crear(
          'div',
          { class: 'total' },
          crear('h2', {}, 'Estimación mensual (Homologado)'),
          crear('p', { class: 'total-tc' }, crear('label', { for: this.tc.id }, 'TC:'), this.tc),
          this.linea('Total Autorizado', 'homologado-autorizado'),
          this.linea('Total Ejecutado', 'homologado-ejecutado'),
        ),
      ),
    )
    this.caja.addEventListener('click', (evento) => {
      if (!(evento.target instanceof Element)) return
      const cifra = evento.target.closest<HTMLElement>('[data-cifra]')?.dataset['cifra']
      if (cifra !== undefined) alVer(cifra as Cifra)
    })
  }

  private linea(moneda: string, clave: string): HTMLElement {
    const cifra = crear('span', { class: 'cifras', 'data-total': clave }, '—')
    this.cifras.set(clave, cifra)
    return crear('p', { class: 'total-linea' }, crear('span', { class: 'tenue' }, moneda), cifra)
  }

  mostrar(tarjetas: Tarjetas | null): void {
    this.tarjetas = tarjetas
    for (const clave of ['autorizado', 'mes', 'general', 'porProducir'] as const) {
      this.poner(`${clave}-mn`, tarjetas?.[clave].mn ?? null)
      this.poner(`${clave}-usd`, tarjetas?.[clave].usd ?? null)
    }
    this.pintarHomologado()
  }

  private pintarHomologado(): void {
    const tc = leerTipoDeCambio(this.tc.value)
    const de = (importes: Importes | undefined): bigint | null =>
      importes === undefined || tc === null ? null : homologado(importes, tc)
    this.tc.setAttribute('aria-invalid', String(tc === null))
    this.poner('homologado-autorizado', de(this.tarjetas?.autorizado))
    this.poner('homologado-ejecutado', de(this.tarjetas?.mes))
  }

  private poner(clave: string, importe: bigint | null): void {
    const cifra = this.cifras.get(clave)
    if (!cifra) return
    cifra.textContent = importe === null ? '—' : pesos(importe)
    cifra.classList.toggle('negativo', importe !== null && importe < 0n)
  }
}
