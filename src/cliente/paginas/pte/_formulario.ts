/** Modal to create or edit a PTE (pte.md §8.2.7). */
import type { Envoltura } from '../../../comun/envoltura.ts'
import {
  PRIORIDADES,
  RUTA_PTE,
  rutaPte,
  type CatalogosPte,
  type DatosPte,
  type RespuestaCrearPte,
  type RespuestaDatosPte,
} from '../../../modulos/pte/pte.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { exigir } from '../../comun/dom.ts'
import type { Formulario } from '../../comun/formulario.ts'
import { hoy } from '../../comun/hoy.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { ponerOpciones } from '../../comun/seleccion.ts'

export class FormularioPte {
  private readonly dialogo: DialogoFormulario<DatosPte>
  private readonly formulario: Formulario
  private readonly catalogos: CatalogosPte
  private idPte: number | null = null
  /** Client that the PTE has in the server, '' for a new one. */
  private clienteGuardado = ''

  constructor(catalogos: CatalogosPte, alGuardar: (respuesta: Envoltura) => void) {
    this.catalogos = catalogos
    this.dialogo = new DialogoFormulario<DatosPte>({
      id: 'pte',
      tituloConflicto: 'Alguien más cambió esta PTE',
      valoresDe,
      llenar: (valores, textos) => {
        this.llenar(valores, textos)
      },
      guardar: async (datos) => {
        const respuesta = await this.guardar(datos)
        this.dialogo.cerrar()
        alGuardar(respuesta)
      },
    })
    this.formulario = this.dialogo.formulario
    ponerOpciones(
      this.formulario.seleccion('id_prioridad'),
      PRIORIDADES.map(({ id, texto }) => ({ valor: String(id), texto })),
    )
    this.formulario.control('id_cliente').addEventListener('change', () => {
      this.avisarDePasos()
    })
  }

  abrirNueva(): void {
    this.idPte = null
    this.clienteGuardado = ''
    this.llenar({ fecha_solicitud: hoy(), total_homologado: '0.00' })
    this.abrir('Crear Nueva PTE', 'nueva')
  }

  /** The PTE as it is now. */
  async abrirEdicion(id: number): Promise<void> {
    const { datos } = await obtener<RespuestaDatosPte>(RUTA_PTE.obtenerDatos, { id })
    this.idPte = id
    const valores = valoresDe(datos)
    this.clienteGuardado = valores['id_cliente'] ?? ''
    this.llenar(valores, datos.textos)
    this.abrir('Editar PTE', String(id))
  }

  private abrir(titulo: string, registro: string): void {
    // The related OT is written by the creation of the OT: it is only read here.
    exigir('[data-solo-edicion]', HTMLElement, this.dialogo.forma).hidden = this.idPte === null
    this.formulario.control('oficio_ot').disabled = this.idPte === null
    this.dialogo.abrir(titulo, registro)
    this.formulario.control('descripcion_trabajo').focus()
  }

  private llenar(valores: Record<string, string>, textos: Record<string, string> = {}): void {
    for (const nombre of Object.keys(this.formulario.valores())) {
      const valor = valores[nombre] ?? ''
      this.formulario.poner(nombre, valor, valor === '' ? undefined : textos[nombre])
    }
    this.avisarDePasos()
  }

  /** A client of another type has other steps (R-PTE-09). */
  private avisarDePasos(): void {
    const tipoDe = (id: string): number | undefined =>
      this.catalogos.clientes.find((cliente) => String(cliente.id) === id)?.id_tipo
    const [antes, ahora] = [tipoDe(this.clienteGuardado), tipoDe(this.formulario.valor('id_cliente'))]
    exigir('#nota-cliente', HTMLElement).hidden = antes === undefined || ahora === undefined || antes === ahora
  }

  private guardar(datos: URLSearchParams): Promise<Envoltura> {
    if (datos.get('version') === '') datos.delete('version')
    if (this.idPte !== null) {
      datos.set('id', String(this.idPte))
      return enviar(RUTA_PTE.editar, datos)
    }
    const folio = this.formulario.valor('oficio_pte')
    return enviar<RespuestaCrearPte>(RUTA_PTE.crear, datos, {
      enlace: ({ id }) => ({ texto: folio === '' ? 'Abrir la PTE' : `Abrir ${folio}`, ruta: rutaPte(id) }),
    })
  }
}

/** Values of the server by the names of the form. */
function valoresDe(pte: DatosPte): Record<string, string> {
  const texto = (valor: number | null): string => (valor === null ? '' : String(valor))
  return {
    version: String(pte.version),
    descripcion_trabajo: pte.descripcion_trabajo,
    id_cliente: texto(pte.id_cliente),
    oficio_pte: pte.oficio_pte,
    responsable_proyecto: texto(pte.id_responsable_proyecto),
    id_tipo: String(pte.id_tipo),
    id_prioridad: texto(pte.id_prioridad),
    oficio_solicitud: pte.oficio_solicitud,
    fecha_solicitud: pte.fecha_solicitud,
    fecha_entrega: pte.fecha_entrega,
    plazo_dias: texto(pte.plazo_dias),
    total_homologado: pte.total_homologado,
    comentario_general: pte.comentario,
    oficio_ot: pte.id_orden_trabajo,
  }
}
