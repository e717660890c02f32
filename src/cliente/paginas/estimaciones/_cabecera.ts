/** Dates, rate and comment of a draft, and the rate of its date taken again when the table changed (§5.8, issue D §2). */
import { RUTA_ESTIMACION, type PaginaEstimacion } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { crearFecha } from '../../comun/campo-fecha.ts'
import { campoDeDialogo, esperar, preguntar } from '../../comun/dialogo.ts'
import { buscar, crear } from '../../comun/dom.ts'
import { ayudaDeTasa, seguirTasa } from './_tasa.ts'

type Cambiar = (ruta: string, cuerpo: Record<string, unknown>) => Promise<true | null>

/** Puts the button of the edition among the actions, and makes the one of the notice work. */
export function activarCabecera(datos: PaginaEstimacion, acciones: HTMLElement, cambiar: Cambiar): void {
  const tomar = buscar('#tomar-tasa', HTMLButtonElement)
  tomar?.addEventListener('click', () => {
    void esperar(tomar, async () => {
      await cambiar(RUTA_ESTIMACION.EDITAR, { tipo_cambio: '' })
    })
  })
  if (!datos.puede.editar) return
  const editar = crear('button', { type: 'button', class: 'boton' }, 'Editar datos')
  editar.addEventListener('click', () => {
    abrir(datos, cambiar)
  })
  acciones.prepend(editar)
}

function abrir({ folio, cabecera }: PaginaEstimacion, cambiar: Cambiar): void {
  const dia = (nombre: 'fecha_desde' | 'fecha_hasta' | 'fecha_estimacion', etiqueta: string) => {
    const { caja, texto, nativa } = crearFecha({ nombre, etiqueta, valor: cabecera[nombre] })
    return { nativa, caja: campoDeDialogo(etiqueta, caja, { entrada: texto }).caja }
  }
  const desde = dia('fecha_desde', 'Fecha desde')
  const hasta = dia('fecha_hasta', 'Fecha hasta')
  const fecha = dia('fecha_estimacion', 'Fecha de estimación')
  const tasa = crear('input', { class: 'entrada', inputmode: 'decimal', value: cabecera.tasa_escrita })
  const campoTasa = campoDeDialogo('Tipo de cambio', tasa, { ayuda: ayudaDeTasa(cabecera.tasa_de_su_fecha) })
  const comentario = crear('textarea', { class: 'entrada', rows: '3' }, cabecera.comentario)
  seguirTasa(fecha.nativa, (nueva) => {
    const ayuda = buscar('.ayuda', HTMLElement, campoTasa.caja)
    if (ayuda) ayuda.textContent = ayudaDeTasa(nueva)
  })
  void preguntar({
    titulo: `Editar ${folio}`,
    cuerpo: [desde.caja, hasta.caja, fecha.caja, campoTasa.caja, campoDeDialogo('Comentario', comentario).caja],
    aceptar: 'Guardar',
    alAceptar: () =>
      cambiar(RUTA_ESTIMACION.EDITAR, {
        fecha_desde: desde.nativa.value,
        fecha_hasta: hasta.nativa.value,
        fecha_estimacion: fecha.nativa.value,
        tipo_cambio: tasa.value,
        comentario: comentario.value,
      }),
  })
}
