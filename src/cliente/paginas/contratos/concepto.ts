/** Page of one concept: where it comes from, the history of its price and what can be done with it. */
import { RUTA_CONCEPTO, type PaginaConcepto } from '../../../modulos/contratos/contratos.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, leerDatosPagina } from '../../comun/dom.ts'
import { desactivarConcepto, reactivarConcepto } from './_baja.ts'
import { FormularioConcepto } from './_formulario.ts'

const concepto = leerDatosPagina<PaginaConcepto>()

activarActividad()

const boton = (id: string): HTMLButtonElement | null => buscar(`#${id}`, HTMLButtonElement)

const formulario = FormularioConcepto.enPagina(concepto.modo, ({ tipo_aviso, detalles }) => {
  recargarConAviso(tipo_aviso, detalles)
})
boton('boton-editar')?.addEventListener('click', () => void formulario?.abrirEdicion(concepto.id))

boton('boton-eliminar')?.addEventListener('click', () => {
  void desactivarConcepto(concepto.id, concepto.partida).then((hecho) => {
    if (hecho) recargarConAviso('exito', `Se desactivó el concepto ${concepto.partida}.`, RUTA_CONCEPTO[concepto.modo])
  })
})

boton('boton-reactivar')?.addEventListener('click', () => {
  void reactivarConcepto(concepto.id).then((hecho) => {
    if (hecho) recargarConAviso('exito', `Se reactivó el concepto ${concepto.partida}.`)
  })
})
