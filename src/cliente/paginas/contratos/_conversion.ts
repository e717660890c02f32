/** Dialog «Seleccionar PUE's para autorizar» (catalogos.md §6.3): choose, then write the code each one will have. */
import { plural } from '../../../comun/texto.ts'
import {
  RUTA_CONCEPTO,
  type Conversion,
  type ConversionRechazada,
  type FilaPue,
  type RespuestaPues,
} from '../../../modulos/contratos/contratos.contrato.ts'
import { crearListaPaginada } from '../../componentes/lista-paginada.ts'
import { avisar } from '../../comun/avisos.ts'
import { activarDinero, importeParaEnviar } from '../../comun/campo-dinero.ts'
import { confirmar, esperar } from '../../comun/dialogo.ts'
import { botonIcono, buscar, crear, exigir, icono, idUnico, todos } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'

const POR_PAGINA = 10
const SIN_ELEGIR = 'Debe seleccionar al menos un concepto para continuar.'
const INCOMPLETO = 'Por favor complete Partida y Anexo para todos los registros.'

/** Fields of a row of the second step. */
type Campo = 'nueva_partida' | 'nuevo_anexo' | 'precio_mn' | 'precio_usd'

export class DialogoConversion {
  private readonly caja = exigir('#dialogo-conversion', HTMLDialogElement)
  private readonly buscador = exigir('#buscar-pue', HTMLInputElement)
  private readonly siguiente = exigir('#conversion-siguiente', HTMLButtonElement)
  private readonly atras = exigir('#conversion-atras', HTMLButtonElement)
  private readonly cuenta = exigir('#conversion-cuenta', HTMLElement)
  private readonly error = exigir('#conversion-error', HTMLElement)
  private readonly cuerpo = exigir('#filas-conversion', HTMLTableSectionElement)
  private readonly elegidos = new Map<number, FilaPue>()
  private readonly alConvertir: () => void
  private paso: 1 | 2 = 1

  constructor(alConvertir: () => void) {
    this.alConvertir = alConvertir
    exigir('#forma-buscar-pue', HTMLFormElement).addEventListener('submit', (evento) => {
      evento.preventDefault()
      void this.listar()
    })
    this.buscador.addEventListener('search', () => {
      if (this.buscador.value === '') void this.listar()
    })
    for (const boton of todos('[data-cerrar]', HTMLButtonElement, this.caja))
      boton.addEventListener('click', () => void this.salir())
    this.caja.addEventListener('cancel', (evento) => {
      evento.preventDefault()
      void this.salir()
    })
    this.atras.addEventListener('click', () => {
      this.mostrar(1)
      void this.listar()
      this.buscador.focus()
    })
    this.siguiente.addEventListener('click', () => void this.avanzar())
    // Enter in a field of the second step saves, as in every form.
    this.cuerpo.addEventListener('keydown', (evento) => {
      if (evento.key !== 'Enter' || !(evento.target instanceof HTMLInputElement)) return
      evento.preventDefault()
      void this.avanzar()
    })
  }

  abrir(): void {
    this.elegidos.clear()
    this.cuerpo.replaceChildren()
    this.buscador.value = ''
    this.mostrar(1)
    this.caja.showModal()
    this.buscador.focus()
    void this.listar()
  }

  private async salir(): Promise<void> {
    const seguro =
      this.elegidos.size === 0 ||
      (await confirmar({
        titulo: 'Conversión sin guardar',
        cuerpo: [
          `Elegiste ${plural(this.elegidos.size, 'concepto', 'conceptos')}. Si cierras ahora no se convierte ninguno.`,
        ],
        aceptar: 'Cerrar sin guardar',
        cancelar: 'Seguir',
        destructivo: true,
      }))
    if (seguro) this.caja.close()
  }

  private mostrar(paso: 1 | 2): void {
    this.paso = paso
    exigir('#conversion-elegir', HTMLElement, this.caja).hidden = paso !== 1
    exigir('#conversion-capturar', HTMLElement, this.caja).hidden = paso !== 2
    this.atras.hidden = paso === 1
    this.error.hidden = true
    this.contar()
  }

  private contar(): void {
    const n = this.elegidos.size
    this.cuenta.textContent = n === 1 ? '1 seleccionado' : `${String(n)} seleccionados`
    this.siguiente.textContent = this.paso === 1 ? 'Siguiente' : `Guardar Conversión (${String(n)})`
  }

  // ------------------------------------------------------------------------------------------------- step 1

  private async listar(): Promise<void> {
    const texto = this.buscador.value.trim()
    const pedir = (inicio: number): Promise<RespuestaPues> =>
      obtener<RespuestaPues>(RUTA_CONCEPTO.pues, { start: inicio, length: POR_PAGINA, 'search[value]': texto })
    const lugar = exigir('#lista-pues', HTMLElement, this.caja)
    try {
      let primera: RespuestaPues | null = await pedir(0)
      if (primera.recordsFiltered === 0) {
        const vacio = texto === '' ? 'No hay PUE por autorizar.' : 'Ningún PUE cumple con esa búsqueda.'
        lugar.replaceChildren(crear('p', { class: 'tabla-vacia', role: 'status' }, vacio))
        return
      }
      const lista = crearListaPaginada<FilaPue>({
        nombre: "PUE's disponibles",
        total: primera.recordsFiltered,
        porPagina: POR_PAGINA,
        columnas: [
          { titulo: 'Partida', celda: (pue) => this.casilla(pue) },
          {
            titulo: 'Descripción',
            celda: (pue) => crear('span', { title: pue.descripcion }, pue.descripcion),
            clase: 'texto-recortado',
          },
          { titulo: 'Unidad', celda: (pue) => pue.unidad_medida },
        ],
        pedir: async (inicio) => {
          const { data } = primera !== null && inicio === 0 ? primera : await pedir(inicio)
          primera = null
          return data
        },
      })
      lugar.replaceChildren(lista)
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
    }
  }

  private casilla(pue: FilaPue): HTMLElement {
    const casilla = crear('input', { type: 'checkbox', checked: this.elegidos.has(pue.id) })
    casilla.addEventListener('change', () => {
      if (casilla.checked) this.elegidos.set(pue.id, pue)
      else this.elegidos.delete(pue.id)
      this.contar()
    })
    return crear('label', { class: 'casilla-fila' }, casilla, pue.partida_extraordinaria)
  }

  // ------------------------------------------------------------------------------------------------- step 2

  private async avanzar(): Promise<void> {
    if (this.elegidos.size === 0) {
      avisar('advertencia', SIN_ELEGIR)
      return
    }
    if (this.paso === 2) {
      await esperar(this.siguiente, () => this.guardar(), 'Guardando...')
      this.contar()
      return
    }
    this.pintarFilas()
    this.mostrar(2)
    this.cuerpo.querySelector('input')?.focus()
  }

  /** Rows of what is chosen; what was typed for those that stay is kept. */
  private pintarFilas(): void {
    const anteriores = new Map(
      todos('tr', HTMLTableRowElement, this.cuerpo).map((tr) => [Number(tr.dataset['pue']), tr]),
    )
    this.cuerpo.replaceChildren(...[...this.elegidos.values()].map((pue) => anteriores.get(pue.id) ?? this.fila(pue)))
  }

  private fila(pue: FilaPue): HTMLTableRowElement {
    const clave = pue.partida_extraordinaria
    const entrada = (campo: Campo, nombre: string, valor: string, marcador: string): HTMLInputElement => {
      const dinero = campo === 'precio_mn' || campo === 'precio_usd'
      const control = crear('input', {
        class: 'entrada',
        'data-campo-fila': campo,
        'aria-label': `${nombre} de ${clave}`,
        placeholder: marcador,
        autocomplete: 'off',
        maxlength: 50,
        ...(dinero ? { inputmode: 'decimal' } : { required: true }),
      })
      control.value = valor
      if (dinero) activarDinero(control)
      return control
    }
    const quitar = botonIcono(icono('x-lg'), 'Quitar', { 'aria-label': `Quitar ${clave}` })
    const tr = crear(
      'tr',
      { 'data-pue': pue.id },
      crear('th', { scope: 'row' }, clave),
      crear('td', { class: 'texto-recortado', 'data-titulo': 'Descripción', title: pue.descripcion }, pue.descripcion),
      crear('td', { 'data-titulo': 'Unidad' }, pue.unidad_medida),
      crear('td', { 'data-titulo': 'Nueva Partida' }, entrada('nueva_partida', 'Nueva Partida', '', '2.1')),
      crear('td', { 'data-titulo': 'Nuevo Anexo' }, entrada('nuevo_anexo', 'Nuevo Anexo', '', 'C-2')),
      crear('td', { 'data-titulo': 'Precio MN' }, entrada('precio_mn', 'Precio MN', pue.precio_mn, '')),
      crear('td', { 'data-titulo': 'Precio USD' }, entrada('precio_usd', 'Precio USD', pue.precio_usd, '')),
      crear('td', {}, quitar, crear('p', { class: 'error-campo', id: idUnico('error-fila') })),
    )
    quitar.addEventListener('click', () => {
      this.elegidos.delete(pue.id)
      tr.remove()
      this.contar()
      if (this.elegidos.size === 0) this.atras.click()
      else this.cuerpo.querySelector('input')?.focus()
    })
    return tr
  }

  private entradaDe(tr: HTMLTableRowElement, campo: Campo): HTMLInputElement {
    return exigir(`[data-campo-fila="${campo}"]`, HTMLInputElement, tr)
  }

  private async guardar(): Promise<void> {
    const filas = todos('tr', HTMLTableRowElement, this.cuerpo)
    for (const tr of filas) this.marcar(tr, '')
    const entradas = filas.flatMap((tr) => [this.entradaDe(tr, 'nueva_partida'), this.entradaDe(tr, 'nuevo_anexo')])
    for (const entrada of entradas) entrada.setAttribute('aria-invalid', String(entrada.value.trim() === ''))
    const faltante = entradas.find((entrada) => entrada.value.trim() === '')
    if (faltante) {
      this.decir(INCOMPLETO)
      faltante.focus()
      return
    }
    const conversiones = filas.map((tr): Conversion => ({
      id_pue: Number(tr.dataset['pue']),
      nueva_partida: this.entradaDe(tr, 'nueva_partida').value,
      nuevo_anexo: this.entradaDe(tr, 'nuevo_anexo').value,
      precio_mn: importeParaEnviar(this.entradaDe(tr, 'precio_mn').value),
      precio_usd: importeParaEnviar(this.entradaDe(tr, 'precio_usd').value),
    }))
    const anexo = buscar('#conversion-anexo', HTMLSelectElement)?.value
    try {
      await enviar(RUTA_CONCEPTO.convertirVarios, { conversiones: JSON.stringify(conversiones), anexo_maestro: anexo })
      this.elegidos.clear()
      this.caja.close()
      this.alConvertir()
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
      this.mostrarRechazos(error.envoltura as ConversionRechazada)
    }
  }

  private mostrarRechazos({ errores, detalles }: ConversionRechazada): void {
    this.decir(detalles)
    const filas = new Map(todos('tr', HTMLTableRowElement, this.cuerpo).map((tr) => [Number(tr.dataset['pue']), tr]))
    // A refusal of the whole list (no price list) names no row.
    for (const { id_pue: id, mensaje } of (errores as ConversionRechazada['errores'] | undefined) ?? []) {
      const tr = id === null ? undefined : filas.get(id)
      if (tr) this.marcar(tr, mensaje)
    }
    this.error.focus()
  }

  private decir(texto: string): void {
    this.error.textContent = texto
    this.error.hidden = false
  }

  private marcar(tr: HTMLTableRowElement, mensaje: string): void {
    const error = exigir('.error-campo', HTMLElement, tr)
    error.textContent = mensaje
    const partida = this.entradaDe(tr, 'nueva_partida')
    if (mensaje === '') partida.removeAttribute('aria-describedby')
    else partida.setAttribute('aria-describedby', error.id)
  }
}
