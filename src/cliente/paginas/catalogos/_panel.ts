/** Panel of a row: its form, its state and who changed what. Its address is the one of the row. */
import {
  RUTA_HISTORIAL,
  type FilaHistorial,
  type HistorialDeRegistro,
} from '../../../modulos/auditoria/auditoria.contrato.ts'
import type {
  ConfirmacionPendiente,
  FichaCatalogo,
  PaginaCatalogo,
} from '../../../modulos/catalogos/catalogos.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { esperar } from '../../comun/dialogo.ts'
import { crear, exigir, todos } from '../../comun/dom.ts'
import { enviar, FalloDeServidor, obtener } from '../../comun/http.ts'
import { habilitar } from '../../comun/seleccion.ts'
import { avisar } from '../../comun/avisos.ts'

const NOTA_DEL_SISTEMA = 'Registro del sistema: solo se pueden cambiar su descripción y su comentario.'
const NOTA_INACTIVO = 'Este registro está inactivo: no se ofrece en los formularios.'

type Vigente = Pick<FichaCatalogo, 'version' | 'valores' | 'textos'>

export class PanelCatalogo {
  private pagina: PaginaCatalogo
  private readonly paginas: readonly PaginaCatalogo[]
  private readonly alGuardar: () => void
  private readonly dialogo: DialogoFormulario<Vigente>
  private readonly nota = exigir('#nota-registro', HTMLElement)
  private readonly guardar = exigir('#panel-guardar', HTMLButtonElement)
  private readonly reactivar = exigir('#panel-reactivar', HTMLButtonElement)
  private readonly lista = exigir('#historial-lista', HTMLOListElement)
  private readonly mas = exigir('#historial-mas', HTMLButtonElement)
  private id: number | null = null
  private historial: HistorialDeRegistro | null = null

  /** @param paginas the catalogues whose rows it opens; the dialog has the fields of all of them. */
  constructor(paginas: readonly [PaginaCatalogo, ...PaginaCatalogo[]], alGuardar: () => void) {
    this.paginas = paginas
    this.pagina = paginas[0]
    this.alGuardar = alGuardar
    this.dialogo = new DialogoFormulario<Vigente>({
      id: 'catalogo',
      tituloConflicto: 'Alguien más cambió este registro',
      valoresDe: ({ valores, version }) => ({ ...valores, version: String(version) }),
      llenar: (valores, textos) => {
        this.llenar(valores, textos)
      },
      guardar: (datos) => this.enviarFormulario(datos),
    })
    this.dialogo.caja.addEventListener('close', () => {
      this.dejarDireccion()
    })
    this.reactivar.addEventListener('click', () => void esperar(this.reactivar, () => this.enviarReactivacion()))
    this.mas.addEventListener('click', () => void esperar(this.mas, () => this.verMas()))
    window.addEventListener('popstate', () => {
      const pagina = paginas.find(({ ruta }) => idDeDireccion(ruta) !== null)
      const id = pagina ? idDeDireccion(pagina.ruta) : null
      if (pagina === undefined || id === null) this.dialogo.caja.close()
      else if (id !== this.id || !this.dialogo.caja.open) void this.abrir(id, false, pagina)
    })
  }

  /** Which catalogue the panel is about: the fields of the others are not there. */
  private usar(pagina: PaginaCatalogo): void {
    this.pagina = pagina
    const propios = new Set(pagina.campos.map(({ nombre }) => nombre))
    for (const { nombre } of this.paginas.flatMap(({ campos }) => campos)) {
      exigir(`[data-campo="${nombre}"]`, HTMLElement, this.dialogo.forma).hidden = !propios.has(nombre)
      if (!propios.has(nombre)) this.dialogo.formulario.control(nombre).disabled = true
    }
  }

  /** An empty form, or with what is known of the new row. */
  abrirNuevo(pagina: PaginaCatalogo = this.pagina, conocidos: Record<string, string> = {}): void {
    this.id = null
    this.usar(pagina)
    this.llenar({
      ...Object.fromEntries(this.pagina.campos.map(({ nombre, inicial }) => [nombre, inicial])),
      ...conocidos,
    })
    this.bloquear(false, false)
    this.nota.hidden = true
    this.mostrarHistorial(null)
    this.reactivar.hidden = true
    this.guardar.hidden = false
    this.dialogo.abrir(`Crear ${this.pagina.singular}`, `${this.pagina.slug}:nuevo`)
    this.enfocar()
  }

  /** The row as it is now; its address is the one of the page while the panel is open. */
  async abrir(id: number, empujar = true, pagina: PaginaCatalogo = this.pagina): Promise<void> {
    const ficha = await obtener<FichaCatalogo>(`${pagina.ruta}ficha/`, { id })
    this.usar(pagina)
    const { editar } = this.pagina.puede
    this.id = id
    this.llenar({ ...ficha.valores, version: String(ficha.version) }, ficha.textos)
    this.bloquear(!editar, ficha.protegido)
    this.nota.hidden = !ficha.protegido && ficha.activo
    this.nota.textContent = ficha.protegido ? NOTA_DEL_SISTEMA : NOTA_INACTIVO
    this.reactivar.hidden = ficha.activo || !editar
    this.guardar.hidden = !editar
    this.mostrarHistorial(ficha.historial)
    if (!this.dialogo.caja.open)
      this.dialogo.abrir(`${editar ? 'Editar' : 'Ver'} ${this.pagina.singular}`, `${this.pagina.slug}:${String(id)}`)
    if (empujar) history.pushState(history.state, '', `${this.pagina.ruta}${String(id)}/${location.search}`)
    if (editar) this.enfocar()
  }

  private enfocar(): void {
    this.dialogo.formulario.control(this.pagina.titular).focus()
  }

  private llenar(valores: Record<string, string>, textos: Record<string, string> = {}): void {
    const { formulario } = this.dialogo
    formulario.poner('version', valores['version'] ?? '')
    for (const { nombre, inicial, clase } of this.pagina.campos) {
      const valor = valores[nombre] ?? ''
      // A colour is never empty: the browser would show black.
      formulario.poner(nombre, valor === '' && clase === 'color' ? inicial : valor, textos[nombre])
    }
  }

  /** What cannot be changed is shown and not sent. */
  private bloquear(todo: boolean, protegido: boolean): void {
    for (const { nombre, fijo } of this.pagina.campos) {
      const control = this.dialogo.formulario.control(nombre)
      const bloqueado = todo || (protegido && fijo)
      if (control instanceof HTMLSelectElement) habilitar(control, !bloqueado)
      else control.disabled = bloqueado
    }
  }

  private async enviarFormulario(datos: URLSearchParams): Promise<void> {
    if (this.id !== null) datos.set('id', String(this.id))
    if (datos.get('version') === '') datos.delete('version')
    await enviar(`${this.pagina.ruta}${this.id === null ? 'crear' : 'editar'}/`, datos)
    this.dialogo.cerrar()
    this.alGuardar()
  }

  private async enviarReactivacion(): Promise<void> {
    await enviar(`${this.pagina.ruta}reactivar/`, { id: this.id })
    this.dialogo.cerrar()
    this.alGuardar()
  }

  /** Closed, the address is the one of the list again. */
  private dejarDireccion(): void {
    this.id = null
    if (idDeDireccion(this.pagina.ruta) === null) return
    history.replaceState(history.state, '', `${this.pagina.ruta}${location.search}`)
  }

  // ------------------------------------------------------------------------------------------------ activity

  private mostrarHistorial(historial: HistorialDeRegistro | null): void {
    this.historial = historial
    exigir('#historial', HTMLElement).hidden = historial === null
    this.lista.replaceChildren(...(historial?.filas ?? []).map(entrada))
    if (historial?.filas.length === 0)
      this.lista.replaceChildren(crear('li', { class: 'tenue' }, 'Registro base del sistema: nadie lo ha cambiado.'))
    this.mas.hidden = historial?.siguiente == null
  }

  private async verMas(): Promise<void> {
    if (this.historial?.siguiente == null) return
    const { tabla, registro, siguiente } = this.historial
    const pagina = await obtener<HistorialDeRegistro>(RUTA_HISTORIAL, { tabla, registro, antes: siguiente })
    const nuevas = pagina.filas.map(entrada)
    this.lista.append(...nuevas)
    this.historial = pagina
    this.mas.hidden = pagina.siguiente === null
    if (this.mas.hidden) nuevas[0]?.focus()
  }
}

/** Id of the row that the address names; null on the address of the list. */
function idDeDireccion(ruta: string): number | null {
  const resto = location.pathname.startsWith(ruta) ? location.pathname.slice(ruta.length).replace(/\/$/, '') : ''
  return /^\d+$/.test(resto) ? Number(resto) : null
}

/** «Modificó Descripción de A a B», who and when. */
function entrada(fila: FilaHistorial): HTMLLIElement {
  const cambio =
    fila.evento === 'MODIFICAR'
      ? crear(
          'span',
          {},
          'Modificó ',
          crear('strong', {}, fila.campo),
          ' de ',
          crear('q', {}, fila.anterior || '______'),
          ' a ',
          crear('q', {}, fila.actual || '______'),
        )
      : crear('span', {}, crear('strong', {}, fila.campo))
  return crear('li', { tabindex: -1 }, cambio, crear('small', { class: 'tenue' }, `${fila.usuario} · ${fila.fecha}`))
}

/** Deactivates after asking, and asks again with the count when something uses the row. */
export async function desactivar(
  pagina: PaginaCatalogo,
  id: number,
  preguntar: (cuerpo: string) => Promise<boolean>,
): Promise<boolean> {
  const ruta = `${pagina.ruta}eliminar/`
  if (!(await preguntar(pagina.pregunta))) return false
  try {
    const { tipo_aviso: tipo, detalles } = await enviar(ruta, { id }, { sinAviso: true })
    avisar(tipo, detalles)
    return true
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    const { detalles, tipo_aviso: tipo, requiere_confirmacion: pide } = error.envoltura as ConfirmacionPendiente
    if (pide !== true) {
      if (error.estado !== 401) avisar(tipo, detalles)
      return false
    }
    return (await preguntar(detalles)) && confirmada(ruta, id)
  }
}

async function confirmada(ruta: string, id: number): Promise<boolean> {
  try {
    await enviar(ruta, { id, confirmar: 1 })
    return true
  } catch (error) {
    if (error instanceof FalloDeServidor) return false
    throw error
  }
}

/** Cancels of a panel that has its own form. */
export function alCancelar(caja: HTMLElement, hacer: () => void): void {
  for (const boton of todos('[data-cerrar]', HTMLButtonElement, caja)) boton.addEventListener('click', hacer)
}
