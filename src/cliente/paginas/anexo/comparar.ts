/** Two versions of the Anexo C of an OT, side by side. */
import type { PaginaComparar } from '../../../modulos/anexo/anexo.contrato.ts'
import { crearDetalle, pestanasDeCambios, tablaDeTotales } from '../../componentes/cambios-anexo.ts'
import { crear, exigir, leerDatosPagina } from '../../comun/dom.ts'
import { plural } from '../../../comun/texto.ts'

const { antes, despues, comparacion } = leerDatosPagina<PaginaComparar>()

if (antes !== null && despues !== null && comparacion !== null) {
  const nombre = ({ numero, fecha }: { numero: number; fecha: string }): string =>
    `Versión ${String(numero)} · ${fecha}`
  exigir('#totales', HTMLElement).replaceChildren(
    tablaDeTotales(comparacion.totales, comparacion.programa, [nombre(antes), nombre(despues)]),
  )
  exigir('#cambios', HTMLElement).replaceChildren(
    crear('p', {}, `${plural(comparacion.sin_cambio, 'partida sin cambio', 'partidas sin cambio')}.`),
    crearDetalle('Qué cambia', pestanasDeCambios(comparacion), 'Las dos versiones tienen las mismas partidas.'),
  )
}
