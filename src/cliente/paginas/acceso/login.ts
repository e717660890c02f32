/** Login: empty fields are told before asking the server; a page left open too long gets its token by reloading. */
import { avisar } from '../../comun/avisos.ts'
import { exigir } from '../../comun/dom.ts'

const forma = exigir('#forma-acceso', HTMLFormElement)
const usuario = exigir('#campo-username', HTMLInputElement)
const clave = exigir('#campo-password', HTMLInputElement)
const boton = exigir('button[type="submit"]', HTMLButtonElement, forma)

;(usuario.value === '' ? usuario : clave).focus()

forma.addEventListener('submit', (evento) => {
  const vacio = [usuario, clave].find(({ value }) => value.trim() === '')
  if (vacio) {
    evento.preventDefault()
    avisar('advertencia', 'Campos incompletos. Por favor, ingrese sus datos correctamente.')
    vacio.setAttribute('aria-invalid', 'true')
    vacio.focus()
    return
  }
  boton.setAttribute('aria-busy', 'true')
})

// Coming back with the browser's button finds the page as it was left: the button must work again.
window.addEventListener('pageshow', () => {
  boton.removeAttribute('aria-busy')
})
