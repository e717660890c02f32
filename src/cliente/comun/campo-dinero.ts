/** Money: thousands on leaving the field, what was typed while in it. */
import { conMiles, leerImporte, textoPlano } from '../../comun/dinero.ts'

export const MENSAJE_IMPORTE = 'Escribe un importe con punto decimal, por ejemplo 1,234.50.'

/** Shows the amount with its thousands when the field is left; anything else stays as typed and is marked. */
export function activarDinero(entrada: HTMLInputElement): void {
  const alSalir = (): void => {
    const escrito = entrada.value.trim()
    if (escrito === '') {
      entrada.setCustomValidity('')
      entrada.removeAttribute('aria-invalid')
      return
    }
    const importe = leerImporte(escrito)
    entrada.setCustomValidity(importe === null ? MENSAJE_IMPORTE : '')
    entrada.setAttribute('aria-invalid', importe === null ? 'true' : 'false')
    if (importe !== null) entrada.value = conMiles(textoPlano(importe))
  }
  entrada.addEventListener('focus', () => {
    const importe = leerImporte(entrada.value)
    if (importe === null) return
    entrada.value = textoPlano(importe)
    // Changing the text loses the selection that Tab had made.
    entrada.select()
  })
  entrada.addEventListener('blur', alSalir)
  alSalir()
}

/** Sets an amount of the server ('1234.50') as it is shown. */
export function ponerDinero(entrada: HTMLInputElement, valor: string): void {
  const importe = leerImporte(valor)
  entrada.value = importe === null ? valor : conMiles(textoPlano(importe))
  entrada.setCustomValidity('')
  entrada.removeAttribute('aria-invalid')
}

/** What is sent: the plain amount, or the text as it is for the server to judge. */
export function importeParaEnviar(texto: string): string {
  const importe = leerImporte(texto)
  return importe === null ? texto.trim() : textoPlano(importe)
}
