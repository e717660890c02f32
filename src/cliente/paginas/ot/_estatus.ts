/** Change of the operative status of an OT and of the status of a step: menu, question, answer (ot.md §7.4, §7.5). */
import {
  ESTATUS_DE_PASO,
  ESTATUS_OPERATIVOS,
  ESTATUS_TERMINADA,
  PASO_COMPLETADO,
  type EstatusMostrado,
  type FilaPaso,
  type RespuestaEstatusOt,
  type RespuestaPaso,
} from '../../../modulos/ot/ot.contrato.ts'
import { punto } from '../../componentes/insignia.ts'
import { crearFecha, MENSAJE_FECHA } from '../../comun/campo-fecha.ts'
import { campoDeDialogo, preguntar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { hoy } from '../../comun/hoy.ts'
import { enviar } from '../../comun/http.ts'
import { abrirMenu } from '../../comun/menu-flotante.ts'

/** Menu under the badge. The current status may be chosen too: that is how its date or comment is corrected (ot.md §5.8). */
function menuDeEstatus(
  boton: HTMLElement,
  lista: readonly EstatusMostrado[],
  actual: number,
  elegir: (estatus: EstatusMostrado) => void,
): void {
  abrirMenu(
    boton,
    'Nuevo estatus',
    lista.map((estatus) => ({
      texto: estatus.texto,
      marca: punto(estatus.tono),
      actual: estatus.id === actual,
      hacer: () => elegir(estatus),
    })),
  )
}

interface Pregunta<T> {
  titulo: string
  texto: string
  estatus: string
  sobre: string
  pideFecha: boolean
  mandar: (datos: { comentario: string; fecha_entrega?: string }) => Promise<T>
}

/** The question, with the day when the new status asks for one (today by default, required). */
async function preguntarEstatus<T>(pregunta: Pregunta<T>): Promise<T | null> {
  const comentario = crear('textarea', { class: 'entrada', rows: 2, maxlength: 5000 })
  const fecha = crearFecha({ nombre: 'fecha_entrega', etiqueta: 'Fecha de entrega', valor: hoy() })
  const campoFecha = campoDeDialogo('Fecha de entrega:', fecha.caja, { entrada: fecha.texto })
  fecha.texto.removeAttribute('aria-label')
  const campoComentario = campoDeDialogo('Comentario:', comentario)
  return preguntar<T>({
    titulo: pregunta.titulo,
    cuerpo: [
      crear(
        'p',
        {},
        pregunta.texto,
        ' ',
        crear('strong', {}, pregunta.sobre),
        ' a ',
        crear('strong', {}, pregunta.estatus),
        '?',
      ),
      ...(pregunta.pideFecha ? [campoFecha.caja] : []),
      campoComentario.caja,
    ],
    alAceptar: async () => {
      if (pregunta.pideFecha && (fecha.nativa.value === '' || fecha.texto.validity.customError)) {
        campoFecha.error.textContent = fecha.texto.value === '' ? 'Falta la fecha de entrega.' : MENSAJE_FECHA
        fecha.texto.focus()
        return null
      }
      return pregunta.mandar({
        comentario: comentario.value.trim(),
        ...(pregunta.pideFecha ? { fecha_entrega: fecha.nativa.value } : {}),
      })
    },
  })
}

/** Menu and question for an OT; `alCambiar` receives the answer of the server. */
export function cambiarEstatusOt(
  boton: HTMLElement,
  ot: { id: number; orden_trabajo: string; estatus_ot_id: number },
  alCambiar: (respuesta: RespuestaEstatusOt) => void,
): void {
  menuDeEstatus(boton, ESTATUS_OPERATIVOS, ot.estatus_ot_id, (estatus) => {
    void preguntarEstatus<RespuestaEstatusOt>({
      titulo: 'Confirmar Cambio de Estatus',
      texto: '¿Cambiar el estatus de la OT',
      sobre: ot.orden_trabajo,
      estatus: estatus.texto,
      pideFecha: estatus.id === ESTATUS_TERMINADA,
      mandar: (datos) =>
        enviar<RespuestaEstatusOt>('/operaciones/ot/cambiar_estatus_ot/', {
          ot_id: ot.id,
          nuevo_estatus_id: estatus.id,
          ...datos,
        }),
    }).then((respuesta) => {
      if (respuesta) alCambiar(respuesta)
    })
  })
}

/** Menu and question for a step. */
export function cambiarEstatusPaso(
  boton: HTMLElement,
  paso: FilaPaso,
  alCambiar: (respuesta: RespuestaPaso) => void,
): void {
  menuDeEstatus(boton, ESTATUS_DE_PASO, paso.estatus_paso, (estatus) => {
    void preguntarEstatus<RespuestaPaso>({
      titulo: 'Confirmación',
      texto: '¿Cambiar el estatus del paso',
      sobre: `${paso.orden} ${paso.desc_paso}`,
      estatus: estatus.texto,
      pideFecha: estatus.id === PASO_COMPLETADO,
      mandar: (datos) =>
        enviar<RespuestaPaso>('/operaciones/ot/cambiar_estatus_paso/', {
          paso_id: paso.id,
          nuevo_estatus: estatus.id,
          ...datos,
        }),
    }).then((respuesta) => {
      if (respuesta) alCambiar(respuesta)
    })
  })
}
