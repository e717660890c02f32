/** Buttons of the rows of people and of groups: each does its work and the list is read again; a refusal was already told. */
import type { Tabla } from '../../componentes/tabla.ts'
import { origen } from '../../comun/dom.ts'
import { FalloDeServidor } from '../../comun/http.ts'

/** @param acciones by the `data-accion` of the button */
export function activarAcciones<F extends { id: number }>(
  tabla: Pick<Tabla<F>, 'elemento' | 'filaDe' | 'recargar'>,
  acciones: Readonly<Record<string, (fila: F) => Promise<unknown>>>,
): void {
  tabla.elemento.addEventListener('click', (evento) => {
    const boton = origen(evento, '[data-accion]')
    const fila = boton && tabla.filaDe(boton)
    const accion = acciones[boton?.dataset['accion'] ?? '']
    if (!fila || !accion) return
    accion(fila).then(
      () => {
        tabla.recargar()
      },
      (error: unknown) => {
        if (!(error instanceof FalloDeServidor)) throw error
      },
    )
  })
}
