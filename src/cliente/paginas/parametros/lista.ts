/** Settings: each box is saved when it changes, and goes back when the server refuses. */
import { RUTA_PARAMETROS } from '../../../modulos/parametros/parametros.contrato.ts'
import { todos } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'

for (const casilla of todos('input[data-clave]', HTMLInputElement))
  casilla.addEventListener('change', () => {
    void enviar(RUTA_PARAMETROS.CAMBIAR, { clave: casilla.dataset['clave'] ?? '', valor: casilla.checked }).catch(
      (error: unknown) => {
        casilla.checked = !casilla.checked
        if (!(error instanceof FalloDeServidor)) throw error
      },
    )
  })
