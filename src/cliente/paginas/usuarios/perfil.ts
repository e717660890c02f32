/** Change of password: what can be told without the server is told at the field. */
import { exigir, todos } from '../../comun/dom.ts'

const forma = exigir('#forma-clave', HTMLFormElement)

function falta(entrada: HTMLInputElement): string {
  if (entrada.value === '') return 'Escribe esta contraseña.'
  if (entrada.name === 'clave' && entrada.value.length < 8) return 'Usa al menos 8 caracteres.'
  const nueva = exigir('[name="clave"]', HTMLInputElement, forma)
  if (entrada.name === 'clave_confirmacion' && entrada.value !== nueva.value)
    return 'No coincide con la contraseña nueva.'
  return ''
}

forma.addEventListener('submit', (evento) => {
  const entradas = todos('input[type="password"]', HTMLInputElement, forma)
  for (const entrada of entradas) {
    const mensaje = falta(entrada)
    exigir('.error-campo', HTMLElement, entrada.parentElement ?? forma).textContent = mensaje
    entrada.setAttribute('aria-invalid', String(mensaje !== ''))
  }
  const primera = entradas.find((entrada) => falta(entrada) !== '')
  if (!primera) return
  evento.preventDefault()
  primera.focus()
})

todos('[aria-invalid="true"]', HTMLInputElement, forma)[0]?.focus()
