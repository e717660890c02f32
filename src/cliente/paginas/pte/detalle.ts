/** Page of one PTE: progress, steps with their substeps, and what can be done with it. */
import { rutaListaPte, type AvancePte, type PaginaDetallePte } from '../../../modulos/pte/pte.contrato.ts'
import { activarActividad } from '../../componentes/actividad.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { celdaProgreso } from './_celdas.ts'
import { crearOtDesdePte, enlaceAOt } from './_crear-ot.ts'
import { eliminarPte } from './_eliminar.ts'
import { cambiarEstatusPte } from './_estatus.ts'
import { FormularioPte } from './_formulario.ts'
import { crearPasosPte } from './_pasos.ts'

const pte = leerDatosPagina<PaginaDetallePte>()
const boton = (id: string): HTMLButtonElement | null => buscar(`#${id}`, HTMLButtonElement)

function mostrarAvance(avance: AvancePte): void {
  exigir('#avance', HTMLElement).replaceChildren(celdaProgreso(avance))
}

/** The action appears with the last step that was missing, and goes away if one is opened again. */
function mostrarCreacion(puedeCrearse: boolean): void {
  const crearOt = boton('boton-crear-ot')
  if (crearOt) crearOt.hidden = !puedeCrearse
  const nota = buscar('#nota-ot', HTMLElement)
  if (nota) nota.hidden = puedeCrearse
}

mostrarAvance(pte.progreso)
crearPasosPte(exigir('#tabla-pasos', HTMLElement), {
  idPte: pte.id,
  folio: pte.oficio_pte,
  puedeCambiar: pte.puede.pasos,
  porPagina: null,
  abiertos: true,
  alAvanzar: (respuesta) => {
    mostrarAvance(respuesta)
    mostrarCreacion(respuesta.puede_crear_ot)
  },
})
activarActividad()

const formulario = boton('boton-editar')
  ? new FormularioPte(pte.catalogos, ({ tipo_aviso, detalles }) => {
      recargarConAviso(tipo_aviso, detalles)
    })
  : null
boton('boton-editar')?.addEventListener('click', () => void formulario?.abrirEdicion(pte.id))

boton('boton-estatus')?.addEventListener('click', ({ currentTarget }) => {
  if (!(currentTarget instanceof HTMLElement)) return
  cambiarEstatusPte(currentTarget, { ...pte, estatus: pte.estatus.id }, ({ tipo_aviso, detalles }) => {
    recargarConAviso(tipo_aviso, detalles)
  })
})

boton('boton-eliminar')?.addEventListener('click', () => {
  void eliminarPte(pte).then((eliminada) => {
    if (eliminada) recargarConAviso('exito', `Se eliminó la PTE ${pte.oficio_pte}.`, rutaListaPte)
  })
})

boton('boton-crear-ot')?.addEventListener('click', () => {
  void crearOtDesdePte(pte).then((creada) => {
    if (creada) recargarConAviso(creada.tipo_aviso, creada.detalles, location.href, enlaceAOt(creada))
  })
})
