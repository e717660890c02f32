/** Page of one account: what it is, what it may do and who changed what. */
import type { PaginaUsuario } from '../../../modulos/usuarios/usuarios.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, leerDatosPagina } from '../../comun/dom.ts'
import { FormularioUsuario } from './_formulario.ts'

const datos = leerDatosPagina<PaginaUsuario>()

activarActividad()

const formulario = datos.puede.cambiar
  ? new FormularioUsuario(datos, () => {
      recargarConAviso('exito', 'Usuario actualizado correctamente')
    })
  : null
buscar('#boton-editar', HTMLButtonElement)?.addEventListener('click', () => void formulario?.abrirEdicion(datos.id))
