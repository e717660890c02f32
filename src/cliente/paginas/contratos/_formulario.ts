/** Dialog of a concept: creates a PUE, edits a PUE or an ordinary concept (catalogos.md §6.1). */
import type { Envoltura } from '../../../comun/envoltura.ts'
import { leerImporte } from '../../../comun/dinero.ts'
import { RUTA_CONCEPTO, type DatosConcepto, type ModoConceptos } from '../../../modulos/contratos/contratos.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { buscar } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'

type Valores = Record<string, string>

const OBLIGATORIOS: Readonly<Valores> = {
  id_partida: 'La Partida es obligatoria',
  unidad_medida: 'La Unidad es obligatoria',
  descripcion: 'La descripción es obligatoria',
}
const CANTIDAD = 'La cantidad es obligatoria y debe ser mayor a 0'

export class FormularioConcepto {
  private readonly dialogo: DialogoFormulario<DatosConcepto>
  private readonly modo: ModoConceptos
  private readonly alGuardar: (respuesta: Envoltura) => void
  private id: number | null = null
  /** What an import brought without quantity may stay so. */
  private cantidadGuardada = ''

  private constructor(modo: ModoConceptos, alGuardar: (respuesta: Envoltura) => void) {
    this.modo = modo
    this.alGuardar = alGuardar
    this.dialogo = new DialogoFormulario<DatosConcepto>({
      id: 'concepto',
      tituloConflicto: 'Alguien más cambió este concepto',
      valoresDe,
      llenar: (valores, textos) => {
        this.poner(valores, textos)
      },
      validar: () => this.validar(),
      guardar: (datos) => this.guardar(datos),
    })
  }

  /** Null when the page has no form, because the person may not write. */
  static enPagina(modo: ModoConceptos, alGuardar: (respuesta: Envoltura) => void): FormularioConcepto | null {
    return buscar('#dialogo-concepto', HTMLDialogElement) ? new FormularioConcepto(modo, alGuardar) : null
  }

  abrirNuevo(): void {
    this.id = null
    this.llenar({ cantidad: '', version: '' })
    this.dialogo.abrir('Crear concepto extraordinario', 'nuevo')
    this.dialogo.formulario.control('id_partida').focus()
  }

  async abrirEdicion(id: number): Promise<void> {
    const datos = await obtener<DatosConcepto>(RUTA_CONCEPTO.obtener, { id })
    this.id = id
    this.llenar(valoresDe(datos), datos.textos)
    this.dialogo.abrir(
      this.modo === 'ordinarios' ? `Editar ${datos.id_partida} (${datos.anexo})` : `Editar ${datos.id_partida}`,
      String(id),
    )
    this.dialogo.formulario.control('id_partida').focus()
  }

  private poner(valores: Valores, textos: Valores = {}): void {
    const f = this.dialogo.formulario
    for (const nombre of Object.keys(f.valores())) {
      const valor = valores[nombre] ?? ''
      f.poner(nombre, valor, valor === '' ? undefined : textos[nombre])
    }
  }

  private llenar(valores: Valores, textos: Valores = {}): void {
    this.poner(valores, textos)
    this.cantidadGuardada = valores['cantidad'] ?? ''
  }

  private validar(): Valores {
    const f = this.dialogo.formulario
    const faltas = Object.fromEntries(Object.entries(OBLIGATORIOS).filter(([nombre]) => f.valor(nombre) === ''))
    const cantidad = f.valor('cantidad')
    const sinTocar = this.id !== null && cantidad === this.cantidadGuardada
    const leida = leerImporte(cantidad)
    return sinTocar || leida?.gt(0) ? faltas : { ...faltas, cantidad: CANTIDAD }
  }

  private async guardar(datos: URLSearchParams): Promise<void> {
    if (this.id === null) datos.delete('version')
    else datos.set('id', String(this.id))
    const respuesta = await enviar(this.id === null ? RUTA_CONCEPTO.crear : RUTA_CONCEPTO.editar, datos)
    this.dialogo.cerrar()
    this.alGuardar(respuesta)
  }
}

function valoresDe(datos: DatosConcepto): Valores {
  return {
    id_partida: datos.id_partida,
    descripcion: datos.descripcion_concepto,
    unidad_medida: String(datos.unidad_medida_id),
    cantidad: datos.cantidad_referencia,
    precio_unitario_mn: datos.precio_unitario_mn,
    precio_unitario_usd: datos.precio_unitario_usd,
    pte_origen: datos.pte_origen,
    ot_origen: datos.ot_origen,
    comentario: datos.comentario,
    version: String(datos.version),
  }
}
