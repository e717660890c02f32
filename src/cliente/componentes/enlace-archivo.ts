/** Link to the deliverable of a step: its two icons and the dialog that asks for it (pte.md §8.2.6). */
import { recortar } from '../../comun/texto.ts'
import { leerEnlace, MENSAJE_ENLACE } from '../../comun/url.ts'
import { campoDeDialogo, preguntar } from '../comun/dialogo.ts'
import { botonIcono, crear, icono } from '../comun/dom.ts'

const TEXTO_VISIBLE_DEL_ENLACE = 30

interface PasoConEnlace {
  orden: string
  desc_paso: string
  archivo: string | null
}

/** Upload or change (the row listens to `data-accion="archivo"`), and the eye that opens it in another tab. */
export function celdaArchivo({ orden, archivo }: PasoConEnlace, puedeCambiar: boolean): HTMLElement {
  const enlace = archivo ?? ''
  const accion = enlace === '' ? 'Subir archivo' : 'Cambiar archivo'
  const dibujo = enlace === '' ? icono('upload') : icono('arrow-repeat')
  return crear(
    'div',
    { class: 'acciones-fila' },
    puedeCambiar &&
      botonIcono(dibujo, accion, { 'data-accion': 'archivo', 'aria-label': `${accion} del paso ${orden}` }),
    enlace !== '' && abrirEnlace(enlace),
  )
}

function abrirEnlace(enlace: string): HTMLElement {
  const corto = recortar(enlace, TEXTO_VISIBLE_DEL_ENLACE)
  return crear(
    'a',
    {
      class: 'boton boton-icono',
      href: enlace,
      target: '_blank',
      rel: 'noopener noreferrer',
      title: `Abrir: ${corto}`,
      'aria-label': `Abrir: ${corto} (en otra pestaña)`,
    },
    icono('eye'),
  )
}

/** Asks for the link and sends it; what was stored, or undefined when the person gave up. Empty takes the link away. */
export async function pedirEnlace(
  paso: PasoConEnlace,
  mandar: (archivo: string) => Promise<unknown>,
): Promise<string | null | undefined> {
  const entrada = crear('input', {
    class: 'entrada',
    type: 'url',
    placeholder: 'Pega el enlace aquí...',
    autocomplete: 'off',
    value: paso.archivo ?? '',
  })
  const { caja, error } = campoDeDialogo('Enlace del archivo', entrada)
  const respuesta = await preguntar<{ archivo: string | null }>({
    titulo: 'Subir archivo',
    cuerpo: [crear('p', { class: 'tenue' }, `Paso ${paso.orden}: ${paso.desc_paso}`), caja],
    aceptar: 'Guardar',
    foco: entrada,
    alAceptar: async () => {
      const escrito = entrada.value.trim()
      const borra = escrito === '' && (paso.archivo ?? '') !== ''
      const archivo = leerEnlace(escrito)
      if (!borra && archivo === null) {
        error.textContent = escrito === '' ? 'Pega el enlace del archivo.' : MENSAJE_ENLACE
        entrada.setAttribute('aria-invalid', 'true')
        entrada.focus()
        return null
      }
      await mandar(escrito)
      return { archivo }
    },
  })
  return respuesta?.archivo
}
