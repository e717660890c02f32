/** Dates, rate and comment of a draft, and the rate of its date taken again when the table changed (§5.8, issue D §2). */
import { RUTA_ESTIMACION, type PaginaEstimacion } from '../../../modulos/estimaciones/estimaciones.contrato.ts'
import { campoDeEntrada, campoDeFecha, valoresDe } from '../../comun/campos-dialogo.ts'
import { esperar, preguntar } from '../../comun/dialogo.ts'
import { buscar, crear, exigir } from '../../comun/dom.ts'
import type { Cambiar } from './_cambiar.ts'
import { ayudaDeTasa, seguirTasa } from './_tasa.ts'

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
  const tasa = crear('input', { class: 'entrada', inputmode: 'decimal', value: cabecera.tasa_escrita })
  const campos = {
    fecha_desde: campoDeFecha('fecha_desde', 'Fecha desde', cabecera.fecha_desde),
    fecha_hasta: campoDeFecha('fecha_hasta', 'Fecha hasta', cabecera.fecha_hasta),
    fecha_estimacion: campoDeFecha('fecha_estimacion', 'Fecha de estimación', cabecera.fecha_estimacion),
    tipo_cambio: campoDeEntrada('Tipo de cambio', tasa, ayudaDeTasa(cabecera.tasa_de_su_fecha)),
    comentario: campoDeEntrada('Comentario', crear('textarea', { class: 'entrada', rows: '3' }, cabecera.comentario)),
  }
  const antes = valoresDe(campos)
  seguirTasa(exigir('.fecha-nativa', HTMLInputElement, campos.fecha_estimacion.caja), (nueva) => {
    const ayuda = buscar('.ayuda', HTMLElement, campos.tipo_cambio.caja)
    if (ayuda) ayuda.textContent = ayudaDeTasa(nueva)
  })
  void preguntar({
    titulo: `Editar ${folio}`,
    cuerpo: Object.values(campos).map(({ caja }) => caja),
    aceptar: 'Guardar',
    foco: campos.fecha_desde.entrada,
    alAceptar: () => cambiar(RUTA_ESTIMACION.EDITAR, loQueCambia(antes, valoresDe(campos)), { campos, escrito: true }),
  })
}

/** Only what was touched, so that what somebody else saved meanwhile stays; another date takes its own rate. */
function loQueCambia(antes: Record<string, string>, ahora: Record<string, string>): Record<string, string> {
  const tocados = Object.entries(ahora).filter(([nombre, valor]) => valor !== antes[nombre])
  const cambia = Object.fromEntries(tocados)
  return 'fecha_estimacion' in cambia ? { tipo_cambio: ahora['tipo_cambio'] ?? '', ...cambia } : cambia
}
