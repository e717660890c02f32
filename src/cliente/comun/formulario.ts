/**
 * A form of a page or of a dialog: messages at the field and summed up at the top with links, focus on the first, draft
 * that survives, dates and money alive, and what is sent (absent and empty are different: disabled fields are absent).
 */
import { leerImporte } from '../../comun/dinero.ts'
import { borrarBorrador, guardarBorrador, leerBorrador } from './borradores.ts'
import { activarDinero, importeParaEnviar, MENSAJE_IMPORTE, ponerDinero } from './campo-dinero.ts'
import { activarFecha, MENSAJE_FECHA, ponerFecha } from './campo-fecha.ts'
import { confirmar, esperar } from './dialogo.ts'
import { crear, exigir, idUnico, todos } from './dom.ts'
import { FalloDeServidor } from './http.ts'
import { focoDe, hacerBuscable, ponerSeleccion } from './seleccion.ts'

type Control = HTMLInputElement | HTMLSelectElement | HTMLTextAreaElement

export interface OpcionesFormulario {
  /** Name of the draft; without it nothing is remembered. */
  nombre?: string
  /** Checks across fields; field name -> message. */
  validar?: () => Record<string, string>
  /** Saves. A `FalloDeServidor` with `campos` marks them; its notice has already been shown. */
  alEnviar: (datos: URLSearchParams) => Promise<void>
  /** A refusal that the form does not know (a conflict of versions). */
  alFallar?: (fallo: FalloDeServidor) => void | Promise<void>
  /** Text of the button while saving. */
  guardando?: string
}

export class Formulario {
  readonly forma: HTMLFormElement
  private readonly opciones: OpcionesFormulario
  private registro = ''
  private inicial = ''
  private espera = 0
  private readonly resumen: HTMLElement

  constructor(forma: HTMLFormElement, opciones: OpcionesFormulario) {
    this.forma = forma
    this.opciones = opciones
    this.resumen = crear('div', { class: 'resumen-errores', role: 'alert', tabindex: -1, hidden: true })
    exigir('[data-errores], .dialogo-cuerpo, .formulario', HTMLElement, forma.parentElement ?? forma).prepend(
      this.resumen,
    )
    for (const caja of todos('[data-fecha]', HTMLElement, forma)) activarFecha(caja)
    for (const entrada of todos('[data-dinero]', HTMLInputElement, forma)) activarDinero(entrada)
    for (const select of todos('select[data-buscable]', HTMLSelectElement, forma)) hacerBuscable(select)
    forma.noValidate = true
    forma.addEventListener('submit', (evento) => {
      evento.preventDefault()
      void this.enviar(evento.submitter instanceof HTMLButtonElement ? evento.submitter : null)
    })
    forma.addEventListener('input', () => {
      this.recordar()
    })
    forma.addEventListener('change', (evento) => {
      if (evento.target instanceof HTMLElement) this.limpiarError(evento.target)
      this.recordar()
    })
  }

  /** The values that are there now are the saved ones; `registro` names the draft ('' for a new record). */
  empezar(registro: string): void {
    window.clearTimeout(this.espera)
    this.registro = registro
    this.limpiarErrores()
    this.inicial = JSON.stringify(this.valores())
  }

  get estaSucio(): boolean {
    return JSON.stringify(this.valores()) !== this.inicial || Object.keys(this.archivos()).length > 0
  }

  /** Files that were chosen, by the name of their control: neither a value nor part of a draft. */
  archivos(): Record<string, File> {
    return Object.fromEntries(
      todos('input[type="file"]', HTMLInputElement, this.forma).flatMap(({ name, files }) =>
        files?.[0] ? [[name, files[0]]] : [],
      ),
    )
  }

  /** Draft of this record, when it says something else than the form. */
  get borrador(): { valores: Record<string, string>; cuando: string } | null {
    const { nombre } = this.opciones
    if (nombre === undefined) return null
    const guardado = leerBorrador(nombre, this.registro)
    return guardado && JSON.stringify(guardado.valores) !== JSON.stringify(this.valores()) ? guardado : null
  }

  olvidarBorrador(): void {
    window.clearTimeout(this.espera)
    if (this.opciones.nombre !== undefined) borrarBorrador(this.opciones.nombre, this.registro)
  }

  /** True when the form may be left: nothing changed, or the person agrees to lose it. */
  async puedeSalir(): Promise<boolean> {
    if (!this.estaSucio) return true
    const salir = await confirmar({
      titulo: 'Tienes cambios sin guardar',
      cuerpo: ['Si sales ahora se pierde lo que escribiste en este formulario.'],
      aceptar: 'Salir sin guardar',
      cancelar: 'Seguir editando',
      destructivo: true,
    })
    if (salir) this.olvidarBorrador()
    return salir
  }

  control(nombre: string): Control {
    const control = this.forma.elements.namedItem(nombre)
    if (esControl(control)) return control
    throw new Error(`El formulario no tiene ${nombre}`)
  }

  seleccion(nombre: string): HTMLSelectElement {
    const control = this.control(nombre)
    if (control instanceof HTMLSelectElement) return control
    throw new Error(`${nombre} no es una lista`)
  }

  valor(nombre: string): string {
    return this.control(nombre).value.trim()
  }

  /** Sets a value of the server or of a draft as its control shows it; what was said of the former one goes. */
  poner(nombre: string, valor: string, texto?: string): void {
    const control = this.control(nombre)
    if (control instanceof HTMLSelectElement) ponerSeleccion(control, valor, texto)
    else if (control instanceof HTMLInputElement && control.type === 'date') ponerFecha(control, valor)
    else if (control instanceof HTMLInputElement && control.type === 'checkbox') control.checked = valor === 'on'
    else if (control instanceof HTMLInputElement && control.dataset['dinero'] !== undefined) ponerDinero(control, valor)
    else control.value = valor
    this.limpiarError(control)
  }

  /** Field name -> value as it would be sent; an unchecked switch is ''. Texts of unfinished dates are kept too. */
  valores(): Record<string, string> {
    const valores: Record<string, string> = {}
    for (const control of this.controles()) {
      valores[control.name] = valorDe(control)
    }
    return valores
  }

  private controles(): Control[] {
    return [...this.forma.elements].filter(
      (control) =>
        esControl(control) && control.type !== 'file' && control.name !== '' && control.name !== 'csrfmiddlewaretoken',
    ) as Control[]
  }

  private datos(): URLSearchParams {
    const datos = new URLSearchParams()
    for (const control of this.controles()) {
      const valor = valorDe(control)
      const apagado = control instanceof HTMLInputElement && control.type === 'checkbox' && valor === ''
      if (!control.disabled && !apagado) datos.set(control.name, valor)
    }
    return datos
  }

  private recordar(): void {
    const { nombre } = this.opciones
    if (nombre === undefined) return
    window.clearTimeout(this.espera)
    this.espera = window.setTimeout(() => {
      if (this.estaSucio) guardarBorrador(nombre, this.registro, this.valores())
      else borrarBorrador(nombre, this.registro)
    }, 400)
  }

  private async enviar(boton: HTMLButtonElement | null): Promise<void> {
    const faltas = { ...this.faltasPropias(), ...this.opciones.validar?.() }
    this.mostrarErrores(faltas)
    if (Object.keys(faltas).length > 0) return
    const trabajo = async (): Promise<void> => {
      try {
        await this.opciones.alEnviar(this.datos())
        this.inicial = JSON.stringify(this.valores())
        this.olvidarBorrador()
      } catch (error) {
        if (!(error instanceof FalloDeServidor)) throw error
        if (error.envoltura.campos) this.mostrarErrores(error.envoltura.campos)
        await this.opciones.alFallar?.(error)
      }
    }
    if (boton) await esperar(boton, trabajo, this.opciones.guardando)
    else await trabajo()
  }

  /** Required, dates, amounts and integers: what each control can say by itself. */
  private faltasPropias(): Record<string, string> {
    const faltas: Record<string, string> = {}
    for (const control of this.controles()) {
      if (control.disabled || control.closest('[hidden]')) continue
      const mensaje = faltaDe(control, this.etiqueta(control))
      if (mensaje !== null) faltas[control.name] = mensaje
    }
    return faltas
  }

  private etiqueta(control: Control): string {
    const caja = control.closest('[data-campo]')
    const rotulo = caja?.querySelector('label')
    return (rotulo?.firstChild?.textContent ?? control.name).trim()
  }

  limpiarErrores(): void {
    this.mostrarErrores({})
  }

  private limpiarError(control: HTMLElement): void {
    const caja = control.closest('[data-campo]')
    if (!caja) return
    caja.classList.remove('campo-invalido')
    for (const error of todos('.error-campo', HTMLElement, caja)) error.textContent = ''
    for (const entrada of todos('[aria-invalid="true"]', HTMLElement, caja)) {
      if (!(entrada instanceof HTMLInputElement && entrada.validity.customError))
        entrada.removeAttribute('aria-invalid')
    }
  }

  /** Marks the fields, sums them up at the top and moves the focus to the first. */
  mostrarErrores(campos: Record<string, string>): void {
    for (const caja of todos('[data-campo]', HTMLElement, this.forma)) this.limpiarError(caja)
    const cajas = todos('[data-campo]', HTMLElement, this.forma)
    // In the order of the form, so that the first of the list is the first of the screen.
    const orden = (nombre: string): number => {
      const lugar = cajas.findIndex((caja) => caja.dataset['campo'] === nombre)
      return lugar === -1 ? cajas.length : lugar
    }
    const faltas = Object.entries(campos).sort(([a], [b]) => orden(a) - orden(b))
    this.resumen.hidden = faltas.length === 0
    const lineas = faltas.map(([nombre, mensaje]) => this.marcar(nombre, mensaje))
    const titulo = faltas.length === 1 ? 'Revisa este dato:' : `Revisa estos ${String(faltas.length)} datos:`
    this.resumen.replaceChildren(crear('p', { class: 'aviso-titulo' }, titulo), crear('ul', {}, ...lineas))
    if (faltas.length === 0) return
    const [primera] = faltas
    const entrada = primera ? this.entradaDe(primera[0]) : null
    if (entrada) entrada.focus()
    else this.resumen.focus()
  }

  private entradaDe(nombre: string): HTMLElement | null {
    const caja = this.forma.querySelector(`[data-campo="${CSS.escape(nombre)}"]`)
    if (!caja || caja.closest('[hidden]')) return null
    const select = caja.querySelector('select')
    if (select) return focoDe(select)
    const entrada = caja.querySelector('.entrada, input, textarea')
    return entrada instanceof HTMLElement ? entrada : null
  }

  private marcar(nombre: string, mensaje: string): HTMLLIElement {
    const entrada = this.entradaDe(nombre)
    const caja = entrada?.closest('[data-campo]')
    if (!entrada || !caja) return crear('li', {}, mensaje)
    caja.classList.add('campo-invalido')
    entrada.setAttribute('aria-invalid', 'true')
    const error = caja.querySelector('.error-campo')
    if (error) error.textContent = mensaje
    if (entrada.id === '') entrada.id = idUnico('entrada')
    const enlace = crear('a', { href: `#${entrada.id}` }, mensaje)
    enlace.addEventListener('click', (evento) => {
      evento.preventDefault()
      entrada.focus()
    })
    return crear('li', {}, enlace)
  }
}

function esControl(elemento: unknown): elemento is Control {
  return (
    elemento instanceof HTMLInputElement ||
    elemento instanceof HTMLSelectElement ||
    elemento instanceof HTMLTextAreaElement
  )
}

function valorDe(control: Control): string {
  if (control instanceof HTMLInputElement && control.type === 'checkbox') return control.checked ? 'on' : ''
  if (control instanceof HTMLInputElement && control.dataset['dinero'] !== undefined)
    return importeParaEnviar(control.value)
  return control.value.trim()
}

/** The sentence that the field carries, or the common one; null when it may be empty. */
const mensajeDeFalta = (propio: string | undefined, etiqueta: string): string | null =>
  propio === undefined ? null : propio || `Falta ${etiqueta}.`

function faltaDe(control: Control, etiqueta: string): string | null {
  const caja = control.closest('[data-campo]')
  const valor = control.value.trim()
  if (control instanceof HTMLInputElement && control.type === 'date') {
    const texto = caja?.querySelector('.fecha-texto')
    if (!(texto instanceof HTMLInputElement)) return null
    if (texto.validity.customError) return `${etiqueta}: ${MENSAJE_FECHA}`
    return valor === '' ? mensajeDeFalta(texto.dataset['obligatorio'], etiqueta) : null
  }
  if (valor === '') return mensajeDeFalta(control.dataset['obligatorio'], etiqueta)
  if (control.dataset['dinero'] !== undefined && leerImporte(valor) === null) return `${etiqueta}: ${MENSAJE_IMPORTE}`
  if (control.dataset['decimal'] !== undefined && !(/^\d+(?:\.\d{1,2})?$/.test(valor) && Number(valor) > 0))
    return `${etiqueta}: escribe un número mayor que 0, con dos decimales como máximo.`
  if (control.dataset['entero'] !== undefined) {
    const minimo = Number(control.dataset['minimo'] ?? 0)
    if (!/^\d+$/.test(valor) || Number(valor) < minimo)
      return `${etiqueta}: escribe un número entero desde ${String(minimo)}.`
  }
  return null
}
