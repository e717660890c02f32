/** Something that the server tells only once (a token, a link): it is copied from a dialog and then it is gone. */
import { campoDeDialogo, confirmar } from '../comun/dialogo.ts'
import { crear } from '../comun/dom.ts'

/** Shows it, selected, with a button that copies it; ends when the dialog closes. */
export async function mostrarUnaVez(datos: {
  titulo: string
  texto: string
  rotulo: string
  valor: string
}): Promise<void> {
  const entrada = crear('input', { class: 'entrada', type: 'text', readonly: true, value: datos.valor })
  entrada.addEventListener('focus', () => {
    entrada.select()
  })
  const copiar = crear('button', { type: 'button', class: 'boton' }, 'Copiar')
  const estado = crear('p', { role: 'status', class: 'ayuda' })
  copiar.addEventListener('click', () => {
    entrada.select()
    // Without https the browser has no clipboard: the text stays selected.
    const portapapeles = (navigator as Partial<Navigator>).clipboard
    void (portapapeles ? portapapeles.writeText(datos.valor) : Promise.reject(new Error('no clipboard'))).then(
      () => {
        estado.textContent = 'Copiado.'
      },
      () => {
        estado.textContent = 'Cópialo con Ctrl+C: ya está seleccionado.'
      },
    )
  })
  await confirmar({
    titulo: datos.titulo,
    cuerpo: [crear('p', {}, datos.texto), campoDeDialogo(datos.rotulo, entrada).caja, crear('div', {}, copiar), estado],
    aceptar: 'Ya lo copié',
    cancelar: 'Cerrar',
    foco: entrada,
  })
}
