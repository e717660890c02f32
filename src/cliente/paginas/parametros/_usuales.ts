/** The deductions that are offered: a row each, saved all together. */
import {
  RUTA_PARAMETROS,
  type DeduccionUsual,
  type PaginaParametros,
} from '../../../modulos/parametros/parametros.contrato.ts'
import { esperar } from '../../comun/dialogo.ts'
import { botonIcono, crear, exigir, icono, leerDatosPagina } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'

/** Draws the list in its form, ready to be changed. */
export function activarUsuales(): void {
  const forma = exigir('#forma-usuales', HTMLFormElement)
  const lista = crear('ul', { class: 'renglones-lista' })
  const vacia = crear('p', { class: 'tenue' }, 'Sin deducciones usuales.')
  const guardar = crear('button', { type: 'submit', class: 'boton boton-primario' }, 'Guardar deducciones')
  const agregar = crear('button', { type: 'button', class: 'boton' }, icono('plus-lg'), 'Agregar deducción')
  const error = crear('p', { class: 'error-campo', role: 'alert' })

  const revisar = (): void => {
    vacia.hidden = lista.children.length > 0
    for (const [i, renglon] of [...lista.children].entries()) {
      const numero = String(i + 1)
      exigir('[name="nombre"]', HTMLInputElement, renglon).setAttribute('aria-label', `Nombre, renglón ${numero}`)
      exigir('[name="porcentaje"]', HTMLInputElement, renglon).setAttribute(
        'aria-label',
        `Porcentaje, renglón ${numero}`,
      )
      exigir('button', HTMLButtonElement, renglon).setAttribute('aria-label', `Quitar el renglón ${numero}`)
    }
  }
  const poner = ({ nombre, porcentaje }: DeduccionUsual): HTMLElement => {
    const quitar = botonIcono(icono('trash'), 'Quitar')
    const renglon = crear(
      'li',
      { class: 'renglon' },
      crear('input', { class: 'entrada', name: 'nombre', value: nombre, maxlength: '100', placeholder: 'Nombre' }),
      crear('input', { class: 'entrada numero', name: 'porcentaje', value: porcentaje, inputmode: 'decimal' }),
      crear('span', { 'aria-hidden': 'true' }, '%'),
      quitar,
    )
    quitar.addEventListener('click', () => {
      renglon.remove()
      revisar()
      agregar.focus()
    })
    lista.append(renglon)
    return renglon
  }
  for (const deduccion of leerDatosPagina<PaginaParametros>().deducciones) poner(deduccion)
  agregar.addEventListener('click', () => {
    const renglon = poner({ nombre: '', porcentaje: '' })
    revisar()
    exigir('[name="nombre"]', HTMLInputElement, renglon).focus()
  })
  forma.addEventListener('submit', (evento) => {
    evento.preventDefault()
    const valor = (nombre: string, renglon: Element): string =>
      exigir(`[name="${nombre}"]`, HTMLInputElement, renglon).value
    const deducciones = [...lista.children].map((renglon) => ({
      nombre: valor('nombre', renglon),
      porcentaje: valor('porcentaje', renglon),
    }))
    void esperar(guardar, async () => {
      error.textContent = ''
      try {
        await enviarJson(RUTA_PARAMETROS.DEDUCCIONES, { deducciones })
      } catch (fallo) {
        if (!(fallo instanceof FalloDeServidor)) throw fallo
        error.textContent = fallo.envoltura.detalles
      }
    })
  })
  forma.append(vacia, lista, error, crear('div', { class: 'titulo-acciones' }, agregar, guardar))
  revisar()
}
