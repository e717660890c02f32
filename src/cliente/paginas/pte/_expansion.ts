/** What a row of the list opens, and what its buttons do (pte.md §8.2.2). Several may be open, each with its own tables (D-PTE-34). */
import type { FilaPte, RespuestaPasoPte } from '../../../modulos/pte/pte.contrato.ts'
import type { TablaDeFilas } from '../../componentes/tabla.ts'
import { crear, origen } from '../../comun/dom.ts'
import { cambiarEstatusPte } from './_estatus.ts'
import { crearPasosPte } from './_pasos.ts'

/** What the page does with a PTE. */
export interface AccionesPte {
  puedeCambiarPasos: boolean
  editar: (id: number) => void
  eliminar: (fila: FilaPte) => void
  crearOt: (fila: FilaPte) => void
}

/** Clicks of the list, resolved by the row that was clicked. */
export function activarFilas(tabla: TablaDeFilas<FilaPte>, acciones: AccionesPte): void {
  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion]')
    if (boton?.closest('table') !== tabla.elemento) return
    const fila = tabla.filaDe(boton)
    if (!fila) return
    const accion = boton.dataset['accion']
    if (accion === 'expandir') tabla.alternarDetalle(boton, () => crearExpansion(tabla, fila, acciones))
    else if (accion === 'editar') acciones.editar(fila.id)
    else if (accion === 'eliminar') acciones.eliminar(fila)
    else if (accion === 'ot') acciones.crearOt(fila)
    else if (accion === 'estatus') {
      cambiarEstatusPte(boton, fila, ({ estatus, estatus_texto, fecha_entrega }) => {
        tabla.repintar(fila.id, { estatus, estatus_texto, fecha_entrega })
      })
    }
  })
}

function crearExpansion(tabla: TablaDeFilas<FilaPte>, fila: FilaPte, acciones: AccionesPte): HTMLElement {
  const lugar = crear('div')
  crearPasosPte(lugar, {
    idPte: fila.id,
    folio: fila.oficio_pte,
    puedeCambiar: acciones.puedeCambiarPasos,
    porPagina: 10,
    abiertos: false,
    alAvanzar: (respuesta) => {
      tabla.repintar(fila.id, avanceDe(respuesta))
    },
  })
  return crear(
    'div',
    { class: 'detalle-caja detalle-entera' },
    crear('h2', {}, 'Detalles de la PTE - Pasos del proceso'),
    lugar,
  )
}

function avanceDe(respuesta: RespuestaPasoPte): Partial<FilaPte> {
  const { progreso, pasos_completados, total_pasos, puede_crear_ot } = respuesta
  return { progreso, pasos_completados, total_pasos, puede_crear_ot }
}
