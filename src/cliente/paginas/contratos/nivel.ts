/** Page of a contract, an annex or a sub-annex: its data, its parts and what can be done with it. */
import { rutaDeRegistro, type PaginaNivel } from '../../../modulos/contratos/niveles/niveles.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, leerDatosPagina } from '../../comun/dom.ts'
import { desactivarNivel, reactivarNivel } from './_baja-nivel.ts'
import { DialogoNivel } from './_formulario-nivel.ts'

const { id, nivel, nombre, clave, partes, formularios } = leerDatosPagina<PaginaNivel>()

activarActividad()

const boton = (suyo: string): HTMLButtonElement | null => buscar(`#${suyo}`, HTMLButtonElement)

const propio = DialogoNivel.enPagina(
  formularios.find((formulario) => formulario.nivel === nivel),
  ({ tipo_aviso, detalles }) => {
    recargarConAviso(tipo_aviso, detalles)
  },
)
boton('boton-editar')?.addEventListener('click', () => void propio?.abrirEdicion(id))

const deParte = DialogoNivel.enPagina(
  formularios.find((formulario) => formulario.nivel === partes?.nivel),
  ({ tipo_aviso, detalles, id: nuevo }) => {
    recargarConAviso(tipo_aviso, detalles, location.href, {
      texto: 'Abrir',
      ruta: rutaDeRegistro(partes?.nivel ?? nivel, nuevo),
    })
  },
)
boton('boton-crear-parte')?.addEventListener('click', () => {
  deParte?.abrirNuevo()
})

boton('boton-eliminar')?.addEventListener('click', () => {
  void desactivarNivel(nivel, id, clave).then((hecho) => {
    if (hecho) recargarConAviso('exito', `Se desactivó el ${nombre} ${clave}.`)
  })
})
boton('boton-reactivar')?.addEventListener('click', () => {
  void reactivarNivel(nivel, id).then((hecho) => {
    if (hecho) recargarConAviso('exito', `Se reactivó el ${nombre} ${clave}.`)
  })
})
