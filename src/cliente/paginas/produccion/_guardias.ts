/** Guards of the site and month that the page looks at: asked once, painted over the days of every grid (produccion.md §7.5). */
import type { BloqueGuardia } from '../../../modulos/produccion/guardias/guardias.contrato.ts'
import type { Banda } from '../../componentes/captura/vista.ts'
import { obtenerGuardias } from '../../componentes/guardias.ts'
import { alSeleccionar, seleccion } from './_seleccion.ts'

/** A grid of days. */
interface Rejilla {
  ponerBandas: (bandas: readonly Banda[]) => void
}

let bandas: readonly Banda[] = []
let pedidos = 0
const rejillas: Rejilla[] = []

/** Paints the strips now and whenever the guards are others. */
export function pintarGuardiasEn(rejilla: Rejilla): void {
  rejillas.push(rejilla)
  rejilla.ponerBandas(bandas)
}

/** Asks for them again: another site or month, or a cycle that was just configured. */
export async function recargarGuardias(): Promise<void> {
  pedidos += 1
  const mio = pedidos
  const { sitio, mes, anio } = seleccion()
  const bloques = sitio === null ? [] : await obtenerGuardias(sitio, mes, anio)
  // Somebody chose another month meanwhile.
  if (mio !== pedidos) return
  bandas = bloques.map(bandaDe)
  for (const rejilla of rejillas) rejilla.ponerBandas(bandas)
}

const bandaDe = ({ nombre, color, inicio, fin }: BloqueGuardia): Banda => ({
  desde: `dia${String(inicio)}`,
  hasta: `dia${String(fin)}`,
  texto: nombre,
  color,
})

alSeleccionar((suceso) => {
  if (suceso === 'mes') void recargarGuardias()
})
