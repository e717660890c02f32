/** Modal to create or edit a group. */
import { RUTA_GRUPOS, type DatosGrupo, type RespuestaGrupo } from '../../../modulos/usuarios/usuarios.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { contarAreas, marcados, PREFIJO_PERMISO, reunir } from './_permisos.ts'

const valoresDe = (datos: DatosGrupo): Record<string, string> => ({
  version: String(datos.version),
  name: datos.name,
  ...marcados(PREFIJO_PERMISO, datos.permisos),
})

export class FormularioGrupo {
  private readonly dialogo: DialogoFormulario<DatosGrupo>
  private idGrupo: number | null = null

  constructor(alGuardar: () => void) {
    this.dialogo = new DialogoFormulario<DatosGrupo>({
      id: 'grupo',
      tituloConflicto: 'Alguien más cambió este grupo',
      valoresDe,
      llenar: (valores) => {
        this.llenar(valores)
      },
      guardar: async (datos) => {
        reunir(datos, PREFIJO_PERMISO, 'permisos')
        if (this.idGrupo === null) datos.delete('version')
        else datos.set('id', String(this.idGrupo))
        await enviar(`${RUTA_GRUPOS}${this.idGrupo === null ? 'crear' : 'editar'}/`, datos)
        this.dialogo.cerrar()
        alGuardar()
      },
    })
    this.dialogo.forma.addEventListener('change', () => {
      contarAreas(this.dialogo.forma, false)
    })
  }

  /** Empty, or with the group as it is now. */
  async abrir(id: number | null): Promise<void> {
    const datos = id === null ? null : (await obtener<RespuestaGrupo>(`${RUTA_GRUPOS}obtener/`, { id })).datos
    this.idGrupo = id
    this.llenar(datos ? valoresDe(datos) : {})
    const nombre = this.dialogo.formulario.control('name')
    // A group of the system keeps its name; read-only is still read and sent as it is.
    if (nombre instanceof HTMLInputElement) nombre.readOnly = datos?.es_base ?? false
    contarAreas(this.dialogo.forma, true)
    this.dialogo.abrir(datos ? `Editar grupo ${datos.name}` : 'Crear grupo', id === null ? '' : String(id))
    nombre.focus()
  }

  private llenar(valores: Record<string, string>): void {
    const { formulario } = this.dialogo
    for (const nombre of Object.keys(formulario.valores())) formulario.poner(nombre, valores[nombre] ?? '')
  }
}
