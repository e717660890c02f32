/** Settings: each box is saved when it changes, and goes back when the server refuses; a figure has its button. */
import { RUTA_PARAMETROS, type PaginaParametros } from '../../../modulos/parametros/parametros.contrato.ts'
import { esperar } from '../../comun/dialogo.ts'
import { exigir, leerDatosPagina, todos } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'
import { activarUsuales } from './_usuales.ts'

for (const casilla of todos('input[data-clave]', HTMLInputElement))
  casilla.addEventListener('change', () => {
    void enviar(RUTA_PARAMETROS.CAMBIAR, { clave: casilla.dataset['clave'] ?? '', valor: casilla.checked }).catch(
      (error: unknown) => {
        casilla.checked = !casilla.checked
        if (!(error instanceof FalloDeServidor)) throw error
      },
    )
  })

const { filas } = leerDatosPagina<PaginaParametros>()
for (const forma of todos('form[data-cifra]', HTMLFormElement)) {
  const clave = forma.dataset['cifra'] ?? ''
  const control = exigir('input', HTMLInputElement, forma)
  const error = exigir('.error-campo', HTMLElement, forma)
  const guardar = exigir('button', HTMLButtonElement, forma)
  forma.addEventListener('submit', (evento) => {
    evento.preventDefault()
    void esperar(guardar, async () => {
      error.textContent = ''
      control.removeAttribute('aria-invalid')
      try {
        await enviar(RUTA_PARAMETROS.CAMBIAR, { clave, valor: control.value })
        // Empty is the default: the box says which one it is now.
        if (control.value.trim() === '') control.value = filas.find((fila) => fila.clave === clave)?.defecto ?? ''
      } catch (fallo) {
        if (!(fallo instanceof FalloDeServidor)) throw fallo
        error.textContent = fallo.envoltura.detalles
        control.setAttribute('aria-invalid', 'true')
        control.focus()
      }
    })
  })
}
activarUsuales()
