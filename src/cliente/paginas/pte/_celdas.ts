/** Cells of the list of PTEs, which its detail page draws too (pte.md §8.2). */
import { tonoDeAvance } from '../../../comun/colores.ts'
import {
  ESTATUS_DE_PTE,
  rutaPte,
  type AvancePte,
  type FilaPte,
  type PuedePte,
} from '../../../modulos/pte/pte.contrato.ts'
import { insigniaDeEstatus, tonoDeEstatus } from '../../componentes/estatus.ts'
import { crearBarra } from '../../componentes/progreso.ts'
import { botonIcono, crear, icono } from '../../comun/dom.ts'

export function celdaFolio(fila: FilaPte): HTMLElement {
  return crear(
    'a',
    { href: rutaPte(fila.id), title: `${fila.oficio_pte}: ${fila.descripcion_trabajo}` },
    fila.oficio_pte,
  )
}

export function celdaExpandir({ oficio_pte: folio }: FilaPte): HTMLElement {
  const boton = botonIcono(icono('chevron-right'), 'Ver detalles', {
    'data-accion': 'expandir',
    'aria-expanded': 'false',
    'aria-label': `Ver detalles de ${folio}`,
    tabindex: -1,
  })
  boton.classList.add('expandir')
  return boton
}

export const textoProgreso = ({ progreso }: AvancePte): string => `${String(progreso)}%`

export function celdaProgreso(avance: AvancePte): HTMLElement {
  const { progreso, pasos_completados: completados, total_pasos: total } = avance
  return crearBarra({
    avance: progreso,
    tono: tonoDeAvance(progreso),
    descripcion: `${String(completados)}/${String(total)} pasos completados`,
    debajo: [crear('strong', {}, textoProgreso(avance)), `(${String(completados)}/${String(total)})`],
  })
}

/** Badge of the header; a button with the menu of statuses for who may change it. */
export function celdaEstatus(fila: FilaPte, puedeCambiar: boolean): HTMLElement {
  const tono = tonoDeEstatus(ESTATUS_DE_PTE, fila.estatus)
  return insigniaDeEstatus(fila.estatus_texto, tono, puedeCambiar ? 'Cambiar estatus' : null)
}

export function celdaAcciones(fila: FilaPte, puede: PuedePte): HTMLElement {
  const folio = fila.oficio_pte
  const boton = (dibujo: SVGSVGElement, accion: string, nombre: string, dicho = `${nombre} ${folio}`): HTMLElement =>
    botonIcono(dibujo, nombre, { 'data-accion': accion, 'aria-label': dicho })
  const crearOt =
    puede.crear_ot &&
    fila.puede_crear_ot &&
    boton(icono('clipboard-plus'), 'ot', 'Crear Orden de Trabajo', `Crear Orden de Trabajo de ${folio}`)
  if (crearOt) crearOt.classList.add('boton-destacado')
  return crear(
    'div',
    { class: 'acciones-fila' },
    puede.editar && boton(icono('pencil'), 'editar', 'Editar'),
    puede.eliminar
      ? boton(icono('trash'), 'eliminar', 'Eliminar')
      : botonIcono(icono('trash'), 'Sin permisos para eliminar', { 'aria-disabled': 'true' }),
    crearOt,
  )
}
