/** Calendar of the guards: the dialog of the cycle, and print. */
import type { PaginaGuardias } from '../../../modulos/produccion/guardias/guardias.contrato.ts'
import { configurarCicloDeGuardia } from '../../componentes/guardias.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { buscar, exigir, leerDatosPagina } from '../../comun/dom.ts'

const { sitio } = leerDatosPagina<PaginaGuardias>()

exigir('#boton-imprimir', HTMLButtonElement).addEventListener('click', () => {
  window.print()
})

buscar('#boton-ciclo', HTMLButtonElement)?.addEventListener('click', () => {
  void configurarCicloDeGuardia(sitio).then((detalles) => {
    if (detalles !== null) recargarConAviso('exito', detalles)
  })
})
