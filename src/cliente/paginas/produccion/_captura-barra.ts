/** Toolbar of the tab: kind of time, which orders, what is unsaved, and what can be done. */
import { plural } from '../../../comun/texto.ts'
import { TIPOS_TIEMPO, type TipoTiempo } from '../../../modulos/produccion/captura/captura.contrato.ts'
import type { PuedeProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { crear, icono, idUnico } from '../../comun/dom.ts'

interface Respuestas {
  readonly tipo: (tipo: TipoTiempo) => void
  readonly guardar: () => void
  readonly agregar: () => void
  readonly todas: () => void
  readonly tabla: () => void
  readonly exportar: () => void
}

export class Barra {
  readonly caja: HTMLElement
  readonly guardar = crear('button', { type: 'button', class: 'boton boton-primario' })
  private readonly tipo = crear('select', { class: 'entrada', id: idUnico('tipo') })
  private readonly folio = crear('span', { class: 'folio-elegido' })
  private readonly sucia = crear('span', { class: 'insignia tono-amarillo', role: 'status' })
  private readonly agregar = boton(icono('plus-lg'), 'Agregar partida')
  private readonly todas = boton(icono('layers'), 'Todas las OTs del frente')
  private readonly tabla = boton(icono('table'), 'Ver como tabla')
  private readonly exportar = boton(icono('download'), 'Exportar como CSV')

  constructor(puede: PuedeProduccion, al: Respuestas) {
    for (const tipo of TIPOS_TIEMPO) this.tipo.add(new Option(tipo, tipo))
    this.tipo.addEventListener('change', () => {
      al.tipo(this.tipo.value === 'CMA' ? 'CMA' : 'TE')
    })
    const acciones = {
      guardar: al.guardar,
      agregar: al.agregar,
      todas: al.todas,
      tabla: al.tabla,
      exportar: al.exportar,
    }
    for (const [nombre, hacer] of Object.entries(acciones))
      this[nombre as keyof typeof acciones].addEventListener('click', hacer)
    this.agregar.hidden = !(puede.editar && puede.crear)
    this.guardar.hidden = !puede.editar
    this.caja = crear(
      'div',
      { class: 'captura-barra' },
      crear('label', { for: this.tipo.id }, 'Tipo de afectación:'),
      this.tipo,
      this.folio,
      this.todas,
      this.sucia,
      crear('div', { class: 'captura-barra-acciones' }, this.tabla, this.exportar, this.agregar, this.guardar),
    )
    this.ponerTipo('TE')
    this.ponerSucias(0)
  }

  ponerTipo(tipo: TipoTiempo): void {
    this.tipo.value = tipo
    this.guardar.textContent = `Guardar ${tipo}`
  }

  ponerOt(folio: string | null, todas: boolean, hayOts: boolean): void {
    this.folio.textContent = todas ? 'Todas las OTs del frente' : (folio ?? '')
    this.todas.setAttribute('aria-pressed', String(todas))
    this.todas.hidden = !hayOts
    this.agregar.disabled = folio === null || todas
    this.exportar.disabled = folio === null && !todas
  }

  ponerSucias(celdas: number): void {
    this.sucia.textContent = celdas === 0 ? '' : `Cambios sin guardar (${plural(celdas, 'celda', 'celdas')})`
    this.sucia.hidden = celdas === 0
  }

  ponerTabla(comoTabla: boolean): void {
    this.tabla.setAttribute('aria-pressed', String(comoTabla))
  }
}

const boton = (dibujo: SVGSVGElement, texto: string): HTMLButtonElement =>
  crear('button', { type: 'button', class: 'boton' }, dibujo, texto)
