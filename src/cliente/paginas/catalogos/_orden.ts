/** Order of the steps of a template: by dragging, with arrows, or by writing the place. One command saves it. */
import type {
  PaginaCatalogo,
  PasoDePlantillaJson,
  PlantillaJson,
} from '../../../modulos/catalogos/catalogos.contrato.ts'
import { mover, vecino } from '../../componentes/bloques.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, origen } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { ponerOpciones } from '../../comun/seleccion.ts'
import { alCancelar } from './_panel.ts'

/** The sums of the weights above the list, and a way to draw them again after a change. */
export async function mostrarPesos(pagina: PaginaCatalogo): Promise<PlantillaJson[]> {
  const plantillas = await obtener<PlantillaJson[]>(`${pagina.ruta}plantillas/`)
  exigir('#pesos', HTMLElement).replaceChildren(
    ...plantillas.map((plantilla) =>
      crear(
        'span',
        { class: plantilla.completa ? 'peso' : 'peso peso-incompleto' },
        plantilla.completa ? icono('check-circle') : icono('exclamation-triangle'),
        textoDeSuma(plantilla),
      ),
    ),
  )
  return plantillas
}

const textoDeSuma = ({ texto, suma, completa }: PlantillaJson): string =>
  completa ? `${texto}: ${suma} %` : `${texto}: las importancias suman ${suma} %, no 100 %`

/** Numbers that the server will give: 1, 2, 2.1… */
function numeros(pasos: readonly PasoDePlantillaJson[]): string[] {
  let principal = 0
  let subpaso = 0
  return pasos.map((paso) => {
    if (!paso.subpaso) {
      principal += 1
      subpaso = 0
      return String(principal)
    }
    subpaso += 1
    return `${String(principal)}.${String(subpaso)}`
  })
}

export class PanelOrden {
  private readonly pagina: PaginaCatalogo
  private readonly alGuardar: () => void
  private readonly panel = exigir('#panel-orden', HTMLDialogElement)
  private readonly lista = exigir('#orden-lista', HTMLOListElement)
  private readonly plantilla = exigir('#orden-plantilla', HTMLSelectElement)
  private plantillas: PlantillaJson[] = []
  private pasos: PasoDePlantillaJson[] = []
  private inicial = ''
  private arrastrado: number | null = null

  constructor(pagina: PaginaCatalogo, alGuardar: () => void) {
    this.pagina = pagina
    this.alGuardar = alGuardar
    alCancelar(this.panel, () => void this.salir())
    this.panel.addEventListener('cancel', (evento) => {
      evento.preventDefault()
      void this.salir()
    })
    this.plantilla.addEventListener('change', () => {
      this.elegir(this.plantilla.value)
    })
    const guardar = exigir('#guardar-orden', HTMLButtonElement)
    exigir('#forma-orden', HTMLFormElement).addEventListener('submit', (evento) => {
      evento.preventDefault()
      void esperar(guardar, () => this.guardar(), 'Guardando...')
    })
    this.activarLista()
  }

  async abrir(): Promise<void> {
    this.plantillas = await obtener<PlantillaJson[]>(`${this.pagina.ruta}plantillas/`)
    ponerOpciones(
      this.plantilla,
      this.plantillas.map(({ clave, texto }) => ({ valor: clave, texto })),
    )
    this.elegir(this.plantillas[0]?.clave ?? '')
    this.panel.showModal()
    this.plantilla.focus()
  }

  private elegir(clave: string): void {
    const elegida = this.plantillas.find((plantilla) => plantilla.clave === clave)
    this.plantilla.value = clave
    this.pasos = [...(elegida?.pasos ?? [])]
    this.inicial = this.secuencia()
    exigir('#orden-suma', HTMLElement).textContent = elegida ? textoDeSuma(elegida) : 'No hay plantillas todavía.'
    this.pintar()
  }

  private secuencia(): string {
    return this.pasos.map(({ id }) => id).join(',')
  }

  private pintar(enfocar?: string): void {
    const nuevos = numeros(this.pasos)
    this.lista.replaceChildren(...this.pasos.map((paso, i) => this.renglon(paso, i, nuevos[i] ?? '')))
    if (enfocar !== undefined) buscar(enfocar, HTMLElement, this.lista)?.focus()
  }

  private renglon(paso: PasoDePlantillaJson, lugar: number, numero: string): HTMLLIElement {
    const nombre = `${numero} ${paso.descripcion}`
    const flecha = (dibujo: SVGSVGElement, texto: string, sentido: 1 | -1): HTMLButtonElement =>
      botonIcono(dibujo, `${texto} ${nombre}`, {
        'data-sentido': sentido,
        disabled: sentido === -1 ? lugar === 0 : lugar === this.pasos.length - 1,
      })
    return crear(
      'li',
      {
        class: `orden-paso${paso.subpaso ? ' orden-subpaso' : ''}${paso.activo ? '' : ' orden-inactivo'}`,
        draggable: 'true',
        'data-id': paso.id,
        'data-lugar': lugar,
      },
      crear('span', { class: 'orden-asa', 'aria-hidden': 'true' }, icono('grip-vertical')),
      crear('input', {
        class: 'entrada orden-lugar',
        type: 'number',
        min: 1,
        max: this.pasos.length,
        value: lugar + 1,
        'aria-label': `Lugar de ${nombre}`,
      }),
      crear('span', { class: 'orden-numero' }, numero),
      crear(
        'span',
        { class: 'orden-texto' },
        paso.descripcion,
        crear('small', { class: 'tenue' }, paso.activo ? `${paso.importancia} %` : 'Inactivo'),
      ),
      flecha(icono('arrow-up'), 'Subir', -1),
      flecha(icono('arrow-down'), 'Bajar', 1),
    )
  }

  private lugarDe(evento: Event): number | null {
    const lugar = origen(evento, '[data-lugar]')?.dataset['lugar']
    return lugar === undefined ? null : Number(lugar)
  }

  private activarLista(): void {
    this.lista.addEventListener('click', (evento) => {
      const sentido = Number(origen(evento, '[data-sentido]')?.dataset['sentido'] ?? 0)
      const lugar = this.lugarDe(evento)
      if (lugar === null || (sentido !== 1 && sentido !== -1)) return
      this.llevar(lugar, vecino(this.pasos, lugar, sentido), `[data-sentido="${String(sentido)}"]`)
    })
    this.lista.addEventListener('change', (evento) => {
      const lugar = this.lugarDe(evento)
      if (lugar === null || !(evento.target instanceof HTMLInputElement)) return
      const pedido = Number(evento.target.value)
      if (Number.isInteger(pedido) && pedido >= 1) this.llevar(lugar, pedido - 1, '.orden-lugar')
      else this.pintar()
    })
    this.lista.addEventListener('keydown', (evento) => {
      const sentido = { ArrowUp: -1, ArrowDown: 1 }[evento.key]
      const lugar = this.lugarDe(evento)
      if (!evento.altKey || sentido === undefined || lugar === null) return
      evento.preventDefault()
      this.llevar(lugar, vecino(this.pasos, lugar, sentido === 1 ? 1 : -1), '.orden-lugar')
    })
    this.activarArrastre()
  }

  private activarArrastre(): void {
    this.lista.addEventListener('dragstart', (evento) => {
      this.arrastrado = this.lugarDe(evento)
      origen(evento, '[data-lugar]')?.classList.add('orden-arrastrado')
    })
    this.lista.addEventListener('dragover', (evento) => {
      if (this.arrastrado !== null) evento.preventDefault()
    })
    this.lista.addEventListener('drop', (evento) => {
      const lugar = this.lugarDe(evento)
      if (this.arrastrado === null || lugar === null) return
      evento.preventDefault()
      this.llevar(this.arrastrado, lugar, '.orden-lugar')
    })
    this.lista.addEventListener('dragend', () => {
      this.arrastrado = null
      this.pintar()
    })
  }

  private llevar(desde: number, hasta: number, enfocar: string): void {
    const id = this.pasos[desde]?.id
    if (id === undefined) return
    this.pasos = mover(this.pasos, desde, hasta)
    this.pintar(`[data-id="${String(id)}"] ${enfocar}:not([disabled])`)
  }

  private async guardar(): Promise<void> {
    await enviar(`${this.pagina.ruta}ordenar/`, { plantilla: this.plantilla.value, ids: this.secuencia() })
    this.panel.close()
    this.alGuardar()
  }

  private async salir(): Promise<void> {
    const cambio = this.secuencia() !== this.inicial
    const salir =
      !cambio ||
      (await confirmar({
        titulo: 'Tienes cambios sin guardar',
        cuerpo: ['Si sales ahora los pasos quedan en el orden que tenían.'],
        aceptar: 'Salir sin guardar',
        cancelar: 'Seguir ordenando',
        destructivo: true,
      }))
    if (salir) this.panel.close()
  }
}
