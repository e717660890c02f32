/** Red notice of produccion.md §7.7: the save went in, and something is above the authorised volume. */
import { plural } from '../../../comun/texto.ts'
import { botonIcono, crear, icono } from '../../comun/dom.ts'

export function avisarExcedente(excedentes: readonly { codigo: string; dia: number }[]): void {
  document.querySelector('.alerta-excedente')?.remove()
  const cerrar = botonIcono(icono('x-lg'), 'Cerrar aviso')
  const cuales = excedentes.slice(0, 4).map(({ codigo, dia }) => `${codigo} (día ${String(dia)})`)
  const resto = excedentes.length - cuales.length
  const aviso = crear(
    'div',
    { class: 'alerta-excedente', role: 'alert' },
    icono('exclamation-triangle-fill'),
    crear(
      'div',
      {},
      crear('p', { class: 'aviso-titulo' }, '¡ALERTA DE EXCEDENTE!'),
      crear('p', {}, 'El volumen rebasa lo autorizado y el GPU queda bloqueado.'),
      crear(
        'p',
        {},
        `${plural(excedentes.length, 'celda', 'celdas')}: ${cuales.join(', ')}${resto > 0 ? ` y ${String(resto)} más` : ''}.`,
      ),
    ),
    cerrar,
  )
  cerrar.addEventListener('click', () => {
    aviso.remove()
  })
  document.body.append(aviso)
}
