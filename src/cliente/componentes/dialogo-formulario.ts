/**
 * A form in a dialog of the page: opens empty or with a record, offers the draft that was left, asks before losing what was typed, and
 * when somebody saved first (409 `VERSION`) shows who and what and joins both: what this person typed stays, what they did not touch
 * follows. The view draws `#dialogo-ID`, `#forma-ID`, `#titulo-ID` and `componentes/nota-borrador`.
 */
import type { Envoltura } from '../../comun/envoltura.ts'
import { confirmar } from '../comun/dialogo.ts'
import { crear, exigir, todos } from '../comun/dom.ts'
import { Formulario } from '../comun/formulario.ts'
import type { FalloDeServidor } from '../comun/http.ts'
import { tablaDeCambios, type CambioAjeno } from './cambios-ajenos.ts'

type Valores = Record<string, string>

/** 409 with `codigo: 'VERSION'`, whatever the record is. */
interface Conflicto<D> extends Envoltura {
  cambios: readonly CambioAjeno[]
  datos: D
}

export interface OpcionesDialogo<D extends { version: number; textos: Valores }> {
  /** 'ot': of `#dialogo-ot`, and of the drafts. */
  id: string
  /** Title of the conflict: 'Alguien más cambió esta OT'. */
  tituloConflicto: string
  /** Values of the server by the names of the form. */
  valoresDe: (datos: D) => Valores
  /** Fills every control; what is not given is emptied. `textos`: of the choices that may not be among the options. */
  llenar: (valores: Valores, textos?: Valores) => void
  validar?: () => Valores
  guardar: (datos: URLSearchParams) => Promise<void>
  /** Texts of the choices of a draft, for the lists that are asked to the server. */
  textosDeBorrador?: (valores: Valores) => Promise<Valores>
}

export class DialogoFormulario<D extends { version: number; textos: Valores }> {
  readonly caja: HTMLDialogElement
  readonly forma: HTMLFormElement
  readonly formulario: Formulario
  private readonly opciones: OpcionesDialogo<D>
  /** Values of the server when the form was opened: what the person did not touch can follow a change of somebody else. */
  private delServidor: Valores = {}
  private ofrecido: Valores | null = null

  constructor(opciones: OpcionesDialogo<D>) {
    this.opciones = opciones
    this.caja = exigir(`#dialogo-${opciones.id}`, HTMLDialogElement)
    this.forma = exigir(`#forma-${opciones.id}`, HTMLFormElement)
    this.formulario = new Formulario(this.forma, {
      nombre: opciones.id,
      guardando: 'Guardando...',
      validar: () => opciones.validar?.() ?? {},
      alEnviar: (datos) => opciones.guardar(datos),
      alFallar: (fallo) => this.resolverConflicto(fallo),
    })
    for (const boton of todos('[data-cancelar]', HTMLButtonElement, this.caja)) {
      boton.addEventListener('click', () => void this.salir())
    }
    this.caja.addEventListener('cancel', (evento) => {
      evento.preventDefault()
      void this.salir()
    })
    exigir('[data-recuperar-borrador]', HTMLButtonElement, this.caja).addEventListener('click', () => {
      void this.recuperarBorrador()
    })
    exigir('[data-descartar-borrador]', HTMLButtonElement, this.caja).addEventListener('click', () => {
      this.formulario.olvidarBorrador()
      this.ofrecerBorrador()
    })
  }

  /** Shows the form, already filled; `registro` names its draft. */
  abrir(titulo: string, registro: string): void {
    exigir(`#titulo-${this.opciones.id}`, HTMLElement).textContent = titulo
    this.delServidor = this.formulario.valores()
    this.formulario.empezar(registro)
    this.ofrecerBorrador()
    exigir('.dialogo-cuerpo', HTMLElement, this.caja).scrollTop = 0
    this.caja.showModal()
  }

  cerrar(): void {
    this.caja.close()
  }

  private async salir(): Promise<void> {
    if (await this.formulario.puedeSalir()) this.cerrar()
  }

  private ofrecerBorrador(): void {
    const { borrador } = this.formulario
    // Kept here: writing on without answering replaces the stored one.
    this.ofrecido = borrador?.valores ?? null
    exigir('[data-nota-borrador]', HTMLElement, this.caja).hidden = borrador === null
    if (!borrador) return
    exigir('[data-texto-borrador]', HTMLElement, this.caja).textContent =
      `Quedó sin guardar lo que escribiste el ${borrador.cuando}.`
  }

  private async recuperarBorrador(): Promise<void> {
    if (!this.ofrecido) return
    const { version: _vieja, ...valores } = this.ofrecido
    const textos = (await this.opciones.textosDeBorrador?.(valores)) ?? {}
    this.opciones.llenar({ ...valores, version: this.formulario.valor('version') }, textos)
    exigir('[data-nota-borrador]', HTMLElement, this.caja).hidden = true
  }

  private async resolverConflicto(fallo: FalloDeServidor): Promise<void> {
    if (fallo.estado !== 409 || fallo.envoltura.codigo !== 'VERSION') return
    const { cambios, datos } = fallo.envoltura as Conflicto<D>
    const ahora = this.opciones.valoresDe(datos)
    const escrito = this.formulario.valores()
    const unidos: Valores = { ...escrito, version: String(datos.version) }
    for (const [nombre, valor] of Object.entries(ahora)) {
      if (escrito[nombre] === this.delServidor[nombre]) unidos[nombre] = valor
    }
    const textos = Object.entries(datos.textos).filter(([nombre]) => unidos[nombre] === ahora[nombre])
    this.opciones.llenar(unidos, Object.fromEntries(textos))
    const encima = await confirmar({
      titulo: this.opciones.tituloConflicto,
      cuerpo: [
        crear(
          'p',
          {},
          'Mientras editabas se guardaron estos cambios. Lo que escribiste sigue en el formulario; lo que no tocaste ya muestra los datos nuevos.',
        ),
        tablaDeCambios(cambios),
      ],
      aceptar: 'Guardar lo que escribí',
      cancelar: 'Revisar antes de guardar',
      destructivo: true,
    })
    this.delServidor = { ...ahora }
    if (encima) {
      // After this submission ends: its button is still busy.
      window.setTimeout(() => {
        this.forma.requestSubmit()
      })
    }
  }
}
