/**
 * The sprite becomes part of the page. Chromium sometimes leaves <use> of another file undrawn when that file comes from its
 * cache (seen in a third of the loads), so what the views wrote as `file#name` is changed to `#name` as soon as the sprite
 * is here; what scripts draw is `#name` from the beginning.
 */
import { todos } from './dom.ts'

export async function incorporarIconos(): Promise<void> {
  const ruta = document.body.dataset['iconos'] ?? ''
  const respuesta = await fetch(ruta)
  if (!respuesta.ok) return
  const dibujos = new DOMParser().parseFromString(await respuesta.text(), 'image/svg+xml').documentElement
  dibujos.setAttribute('hidden', '')
  dibujos.setAttribute('aria-hidden', 'true')
  document.body.prepend(document.importNode(dibujos, true))
  for (const uso of todos('use', SVGUseElement)) {
    const [archivo, nombre] = (uso.getAttribute('href') ?? '').split('#')
    if (archivo === ruta && nombre !== undefined) uso.setAttribute('href', `#${nombre}`)
  }
}
