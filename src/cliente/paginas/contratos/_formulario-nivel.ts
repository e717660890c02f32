/** Dialog of a contract, an annex or a sub-annex: creates and edits (catalogos.md §7). */
import { conMiles, dinero, leerImporte, redondear } from '../../../comun/dinero.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  rutasDeNivel,
  type DatosNivel,
  type FormularioNivel,
} from '../../../modulos/contratos/niveles/niveles.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { buscar, exigir, todos } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { habilitar } from '../../comun/seleccion.ts'

type Valores = Record<string, string>

/** A value of the server as a control takes it. */
const textoDe = (valor: unknown): string =>
  typeof valor === 'string' || typeof valor === 'number' ? String(valor) : ''

/** Answer of a creation. */
export interface Guardado extends Envoltura {
  id: number
}

export class DialogoNivel {
  private readonly def: FormularioNivel
  private readonly dialogo: DialogoFormulario<DatosNivel>
  private readonly alGuardar: (respuesta: Guardado, nuevo: boolean) => void
  private id: number | null = null

  private constructor(def: FormularioNivel, alGuardar: (respuesta: Guardado, nuevo: boolean) => void) {
    this.def = def
    this.alGuardar = alGuardar
    this.dialogo = new DialogoFormulario<DatosNivel>({
      id: def.nivel,
      tituloConflicto: `Alguien más cambió este ${def.nombre}`,
      valoresDe: (datos) => this.valoresDe(datos),
      llenar: (valores, textos) => {
        this.poner(valores, textos)
      },
      validar: () => this.validar(),
      guardar: (datos) => this.guardar(datos),
    })
    if (def.nivel === 'sub_anexos')
      this.dialogo.forma.addEventListener('input', () => {
        this.mostrarImportes()
      })
  }

  /** Null when the page has no form, because the person may not write. */
  static enPagina(
    def: FormularioNivel | undefined,
    alGuardar: (respuesta: Guardado, nuevo: boolean) => void,
  ): DialogoNivel | null {
    return def && buscar(`#dialogo-${def.nivel}`, HTMLDialogElement) ? new DialogoNivel(def, alGuardar) : null
  }

  /** `enPadre`: the record where the new one goes, when the list is filtered by it. */
  abrirNuevo(enPadre = ''): void {
    const { campos, padre, nombre } = this.def
    this.id = null
    const tipo = campos.some((campo) => campo.nombre === 'tipo') ? { tipo: 'FINANCIERO' } : {}
    const dueno = this.def.enPadre === '' ? enPadre : this.def.enPadre
    this.limpiarArchivo('')
    this.poner({ ...tipo, ...(padre === '' ? {} : { [padre]: dueno }), version: '' })
    this.fijarPadre(this.def.enPadre !== '')
    this.dialogo.abrir(`Nuevo ${nombre}`, `nuevo-${dueno}`)
    this.enfocar()
  }

  async abrirEdicion(id: number): Promise<void> {
    const datos = await obtener<DatosNivel>(rutasDeNivel(this.def.nivel).obtener, { id })
    this.id = id
    this.limpiarArchivo(textoDe(datos['archivo']))
    this.poner(this.valoresDe(datos), datos.textos)
    this.fijarPadre(true)
    const titular = this.def.campos.find(({ nombre }) => ['numero_contrato', 'clave', 'clave_anexo'].includes(nombre))
    this.dialogo.abrir(`Editar ${this.def.nombre} ${textoDe(datos[titular?.nombre ?? ''])}`, String(id))
    this.enfocar()
  }

  /** The first field that may be written. */
  private enfocar(): void {
    const { padre, campos } = this.def
    const fijo = padre !== '' && this.dialogo.formulario.seleccion(padre).disabled
    const primero = campos.find(({ nombre }) => nombre !== padre || !fijo)
    if (!primero) return
    const caja = exigir(`[data-campo="${primero.nombre}"]`, HTMLElement, this.dialogo.forma)
    exigir('input:not([type="hidden"]), .entrada', HTMLElement, caja).focus()
  }

  private valoresDe(datos: DatosNivel): Valores {
    const propios = this.def.campos
      .filter(({ clase }) => clase !== 'archivo')
      .map(({ nombre }): [string, string] => [nombre, textoDe(datos[nombre])])
    return { ...Object.fromEntries(propios), version: String(datos.version) }
  }

  private poner(valores: Valores, textos: Valores = {}): void {
    const f = this.dialogo.formulario
    for (const nombre of Object.keys(f.valores())) {
      const valor = valores[nombre] ?? ''
      f.poner(nombre, valor, valor === '' ? undefined : textos[nombre])
    }
    this.mostrarImportes()
  }

  /** A record stays where it was created: its parent is seen, not sent. */
  private fijarPadre(fijo: boolean): void {
    const { padre } = this.def
    if (padre === '') return
    habilitar(this.dialogo.formulario.seleccion(padre), !fijo)
  }

  private limpiarArchivo(guardado: string): void {
    const caja = buscar('[data-archivo-guardado]', HTMLElement, this.dialogo.forma)
    if (!caja) return
    for (const entrada of todos('input[type="file"]', HTMLInputElement, this.dialogo.forma)) entrada.value = ''
    caja.hidden = guardado === ''
    exigir('[data-archivo-nombre]', HTMLElement, caja).textContent = guardado
  }

  private validar(): Valores {
    const f = this.dialogo.formulario
    const { fecha_inicio: inicio = '', fecha_termino: termino = '' } = f.valores()
    if (inicio === '' || termino === '' || termino >= inicio) return {}
    return { fecha_termino: 'La fecha de término no puede ser anterior a la de inicio.' }
  }

  /** Quantity by price, while it is typed. */
  private mostrarImportes(): void {
    const { forma, formulario: f } = this.dialogo
    for (const salida of todos('[data-importe]', HTMLOutputElement, forma)) {
      const cantidad = leerImporte(f.valor('cantidad') || '0')
      const precio = leerImporte(f.valor(salida.dataset['importe'] ?? '') || '0')
      salida.value =
        cantidad && precio ? `$ ${conMiles(redondear(dinero(cantidad).times(dinero(precio)), 2).toFixed(2))}` : '—'
    }
  }

  private async guardar(datos: URLSearchParams): Promise<void> {
    const ruta = rutasDeNivel(this.def.nivel)
    const nuevo = this.id === null
    const cuerpo = new FormData()
    for (const [nombre, valor] of datos) if (!(nuevo && nombre === 'version')) cuerpo.set(nombre, valor)
    const { padre, enPadre } = this.def
    if (nuevo && padre !== '' && enPadre !== '') cuerpo.set(padre, enPadre)
    if (this.id !== null) cuerpo.set('id', String(this.id))
    for (const [nombre, archivo] of Object.entries(this.dialogo.formulario.archivos())) cuerpo.set(nombre, archivo)
    const respuesta = await enviar<Guardado>(nuevo ? ruta.crear : ruta.editar, cuerpo)
    this.limpiarArchivo('')
    this.dialogo.cerrar()
    this.alGuardar(respuesta, nuevo)
  }
}
