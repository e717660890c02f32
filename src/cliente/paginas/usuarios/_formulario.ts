/** Modal to create or edit a user. */
import {
  RUTA_USUARIOS as RUTA,
  type DatosUsuario,
  type PaginaUsuarios,
  type RespuestaEnlace,
  type RespuestaUsuario,
} from '../../../modulos/usuarios/usuarios.contrato.ts'
import { DialogoFormulario } from '../../componentes/dialogo-formulario.ts'
import { mostrarUnaVez } from '../../componentes/mostrar-una-vez.ts'
import { exigir, todos } from '../../comun/dom.ts'
import { enviar, obtener } from '../../comun/http.ts'
import { contarAreas, marcados, ofrecerTambien, PREFIJO_GRUPO, PREFIJO_PERMISO, reunir } from './_permisos.ts'

/** The link, when no mail takes it to the person. */
export async function mostrarEnlace({ enlace, vence }: Pick<RespuestaEnlace, 'enlace' | 'vence'>): Promise<void> {
  if (enlace === null) return
  await mostrarUnaVez({
    titulo: 'Enlace para la contraseña',
    texto: `Entrégalo a la persona: sirve una sola vez y hasta el ${vence}. No se vuelve a mostrar.`,
    rotulo: 'Enlace',
    valor: enlace,
  })
}

export class FormularioUsuario {
  private readonly dialogo: DialogoFormulario<DatosUsuario>
  private readonly pagina: PaginaUsuarios
  private readonly alGuardar: () => void
  private idUsuario: number | null = null

  constructor(pagina: PaginaUsuarios, alGuardar: () => void) {
    this.pagina = pagina
    this.alGuardar = alGuardar
    this.dialogo = new DialogoFormulario<DatosUsuario>({
      id: 'usuario',
      tituloConflicto: 'Alguien más cambió esta cuenta',
      valoresDe,
      llenar: (valores) => {
        this.llenar(valores)
      },
      guardar: (datos) => this.guardar(datos),
    })
    this.dialogo.forma.addEventListener('change', () => {
      contarAreas(this.dialogo.forma, false)
    })
  }

  abrirNuevo(): void {
    this.preparar(null)
    this.llenar({})
    contarAreas(this.dialogo.forma, true)
    this.dialogo.abrir('Crear usuario', '')
    this.dialogo.formulario.control('username').focus()
  }

  async abrirEdicion(id: number): Promise<void> {
    const { datos } = await obtener<RespuestaUsuario>(`${RUTA}obtener/`, { id })
    this.preparar(datos)
    this.llenar(valoresDe(datos))
    contarAreas(this.dialogo.forma, true)
    this.dialogo.abrir(`Editar usuario ${datos.username}`, String(id))
    this.dialogo.formulario.control('username').focus()
  }

  private preparar(datos: DatosUsuario | null): void {
    this.idUsuario = datos?.id ?? null
    const { forma } = this.dialogo
    ofrecerTambien(exigir('#casillas-grupos', HTMLElement, forma), datos?.grupos ?? [])
    const alta = exigir('[data-solo-alta]', HTMLFieldSetElement, forma)
    alta.hidden = datos !== null
    for (const entrada of todos('input', HTMLInputElement, alta)) entrada.disabled = datos !== null
    const propia = datos?.id === this.pagina.propio
    exigir('#nota-propia', HTMLElement, forma).hidden = !propia
    exigir('[name=email]', HTMLInputElement, forma).readOnly = propia
    for (const grupo of todos('[data-de-otros]', HTMLElement, forma)) {
      for (const casilla of todos('input', HTMLInputElement, grupo)) casilla.disabled = propia
    }
  }

  private llenar(valores: Record<string, string>): void {
    const { formulario } = this.dialogo
    for (const nombre of Object.keys(formulario.valores())) formulario.poner(nombre, valores[nombre] ?? '')
  }

  private async guardar(datos: URLSearchParams): Promise<void> {
    const propia = this.idUsuario === this.pagina.propio
    if (!propia) {
      reunir(datos, PREFIJO_GRUPO, 'grupos')
      reunir(datos, PREFIJO_PERMISO, 'permisos')
      if (this.pagina.puede.nombrarSuperusuarios) datos.set('is_superuser', datos.has('is_superuser') ? '1' : '0')
    }
    if (this.idUsuario === null) {
      datos.delete('version')
      const respuesta = await enviar<RespuestaEnlace>(`${RUTA}crear/`, datos)
      this.dialogo.cerrar()
      this.alGuardar()
      if (datos.get('clave') === '') await mostrarEnlace(respuesta)
      return
    }
    datos.set('id', String(this.idUsuario))
    await enviar(`${RUTA}editar/`, datos)
    this.dialogo.cerrar()
    this.alGuardar()
  }
}

function valoresDe(datos: DatosUsuario): Record<string, string> {
  return {
    version: String(datos.version),
    username: datos.username,
    first_name: datos.first_name,
    last_name: datos.last_name,
    email: datos.email,
    is_superuser: datos.is_superuser ? 'on' : '',
    ...marcados(PREFIJO_GRUPO, datos.grupos),
    ...marcados(PREFIJO_PERMISO, datos.permisos),
  }
}
