/** Page of one group: what it gives and who changed what. */
import type { PaginaGrupo } from '../../../modulos/usuarios/usuarios.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, leerDatosPagina } from '../../comun/dom.ts'
import { FormularioGrupo } from './_formulario-grupo.ts'

const datos = leerDatosPagina<PaginaGrupo>()

activarActividad()

const formulario = datos.puede.cambiar
  ? new FormularioGrupo(() => {
      recargarConAviso('exito', 'Grupo actualizado correctamente')
    })
  : null
buscar('#boton-editar', HTMLButtonElement)?.addEventListener('click', () => void formulario?.abrir(datos.id))
