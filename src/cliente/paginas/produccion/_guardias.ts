/** Guards of the site and month that the page looks at: asked once, painted by each grid. */
import type { BloqueGuardia } from '../../../modulos/produccion/guardias/guardias.contrato.ts'
import { obtenerGuardias } from '../../componentes/guardias.ts'
import { alSeleccionar, seleccion } from './_seleccion.ts'

let bloques: readonly BloqueGuardia[] = []
let pedidos = 0
const oyentes: ((bloques: readonly BloqueGuardia[]) => void)[] = []

/** Calls `pintar` now and whenever the guards are others. */
export function alCambiarGuardias(pintar: (bloques: readonly BloqueGuardia[]) => void): void {
  oyentes.push(pintar)
  pintar(bloques)
}

/** Asks for them again: another site or month, or a cycle that was just configured. */
export async function recargarGuardias(): Promise<void> {
  pedidos += 1
  const mio = pedidos
  const { sitio, mes, anio } = seleccion()
  const leidos = sitio === null ? [] : await obtenerGuardias(sitio, mes, anio)
  // Somebody chose another month meanwhile.
  if (mio !== pedidos) return
  bloques = leidos
  for (const pintar of oyentes) pintar(bloques)
}

alSeleccionar((suceso) => {
  if (suceso === 'mes') void recargarGuardias()
})
