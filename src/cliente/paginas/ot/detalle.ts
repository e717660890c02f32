/** Page of one OT: progress, steps, and what can be done with it. */
import { rutaListaOt, TIPO_OT, type PaginaDetalleOt, type ProgresoOt } from '../../../modulos/ot/ot.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { crearAnexo } from './_anexo.ts'
import { celdaPasos, celdaProgreso, celdaTiempo } from './_celdas.ts'
import { eliminarOt } from './_eliminar.ts'
import { cambiarEstatusOt } from './_estatus.ts'
import { FormularioOt } from './_formulario.ts'
import { crearPasos } from './_pasos.ts'

const ot = leerDatosPagina<PaginaDetalleOt>()

function mostrarAvance(progreso: ProgresoOt): void {
  const bloque = (titulo: string, barra: HTMLElement): HTMLElement => crear('div', {}, crear('h3', {}, titulo), barra)
  exigir('#avances', HTMLElement).replaceChildren(
    bloque('Total', celdaProgreso(progreso)),
    bloque('Tiempo', celdaTiempo(progreso)),
    bloque('Pasos', celdaPasos(progreso)),
  )
}

mostrarAvance(ot.progreso)
activarActividad()
crearPasos(exigir('#tabla-pasos', HTMLElement), { idOt: ot.id, puedeCambiar: ot.puede.pasos, alAvanzar: mostrarAvance })

const cajaAnexo = buscar('#anexo', HTMLElement)
if (cajaAnexo)
  crearAnexo(cajaAnexo, { id: ot.id, orden_trabajo: ot.orden_trabajo, esInicial: ot.id_tipo === TIPO_OT.INICIAL })

const boton = (id: string): HTMLButtonElement | null => buscar(`#${id}`, HTMLButtonElement)

const formulario = boton('boton-editar')
  ? new FormularioOt(ot.catalogos, ({ tipo_aviso, detalles }) => {
      recargarConAviso(tipo_aviso, detalles)
    })
  : null
boton('boton-editar')?.addEventListener('click', () => void formulario?.abrirEdicion(ot.id))

boton('boton-estatus')?.addEventListener('click', ({ currentTarget }) => {
  if (!(currentTarget instanceof HTMLElement)) return
  cambiarEstatusOt(
    currentTarget,
    { id: ot.id, orden_trabajo: ot.orden_trabajo, estatus_ot_id: ot.estatus.id },
    ({ tipo_aviso, detalles }) => {
      recargarConAviso(tipo_aviso, detalles)
    },
  )
})

boton('boton-eliminar')?.addEventListener('click', () => {
  void eliminarOt(ot).then((eliminada) => {
    if (eliminada) recargarConAviso('exito', `Se eliminó la OT ${ot.orden_trabajo}.`, rutaListaOt)
  })
})
