/** Change of a status, of whatever has one: menu under the badge, question, answer (ot.md §7.4, pte.md §8.2.1 and §8.2.4). */
import type { Tono } from '../../comun/colores.ts'
import { crearFecha, MENSAJE_FECHA } from '../comun/campo-fecha.ts'
import { campoDeDialogo, preguntar } from '../comun/dialogo.ts'
import { crear } from '../comun/dom.ts'
import { hoy } from '../comun/hoy.ts'
import { abrirMenu } from '../comun/menu-flotante.ts'
import { crearInsignia, crearInsigniaBoton, punto } from './insignia.ts'

export interface EstatusElegible {
  readonly id: number
  readonly texto: string
  readonly tono: Tono
}

/** What the person answered, as the commands take it; without the day when the status asks for none. */
export interface DatosDeEstatus {
  comentario: string
  fecha_entrega?: string
}

export interface CambioDeEstatus<T> {
  lista: readonly EstatusElegible[]
  actual: number
  titulo: string
  /** '¿Cambiar el estatus de la OT', completed with `sobre` and the new status. */
  texto: string
  sobre: string
  /** The status that asks for the day of delivery (today by default, required). */
  conFecha: number
  mandar: (estatus: number, datos: DatosDeEstatus) => Promise<T>
  alCambiar: (respuesta: T) => void
}

export const tonoDeEstatus = (lista: readonly EstatusElegible[], id: number): Tono | 'desconocido' =>
  lista.find((estatus) => estatus.id === id)?.tono ?? 'desconocido'

/** The badge; with `accion`, a button that opens the menu (its row listens to `data-accion="estatus"`). */
export function insigniaDeEstatus(texto: string, tono: Tono | 'desconocido', accion: string | null): HTMLElement {
  if (accion === null) return crearInsignia(texto, tono)
  const boton = crearInsigniaBoton(texto, tono, accion)
  boton.dataset['accion'] = 'estatus'
  return boton
}

/** Menu and question. The current status may be chosen too: that is how its date or comment is corrected (ot.md §5.8). */
export function cambiarEstatus<T>(boton: HTMLElement, cambio: CambioDeEstatus<T>): void {
  abrirMenu(
    boton,
    'Nuevo estatus',
    cambio.lista.map((estatus) => ({
      texto: estatus.texto,
      marca: punto(estatus.tono),
      actual: estatus.id === cambio.actual,
      hacer: () => {
        void preguntarEstatus(cambio, estatus).then((respuesta) => {
          if (respuesta !== null) cambio.alCambiar(respuesta)
        })
      },
    })),
  )
}

async function preguntarEstatus<T>(cambio: CambioDeEstatus<T>, estatus: EstatusElegible): Promise<T | null> {
  const pideFecha = estatus.id === cambio.conFecha
  const comentario = crear('textarea', { class: 'entrada', rows: 2, maxlength: 5000 })
  const fecha = crearFecha({ nombre: 'fecha_entrega', etiqueta: 'Fecha de entrega', valor: hoy() })
  const campoFecha = campoDeDialogo('Fecha de entrega:', fecha.caja, { entrada: fecha.texto })
  fecha.texto.removeAttribute('aria-label')
  const campoComentario = campoDeDialogo('Comentario:', comentario)
  return preguntar<T>({
    titulo: cambio.titulo,
    cuerpo: [
      crear(
        'p',
        {},
        cambio.texto,
        ' ',
        crear('strong', {}, cambio.sobre),
        ' a ',
        crear('strong', {}, estatus.texto),
        '?',
      ),
      ...(pideFecha ? [campoFecha.caja] : []),
      campoComentario.caja,
    ],
    alAceptar: async () => {
      if (pideFecha && (fecha.nativa.value === '' || fecha.texto.validity.customError)) {
        campoFecha.error.textContent = fecha.texto.value === '' ? 'Falta la fecha de entrega.' : MENSAJE_FECHA
        fecha.texto.focus()
        return null
      }
      return cambio.mandar(estatus.id, {
        comentario: comentario.value.trim(),
        ...(pideFecha ? { fecha_entrega: fecha.nativa.value } : {}),
      })
    },
  })
}
