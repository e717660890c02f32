/** Change of the operative status of an OT (ot.md §7.4). */
import { ESTATUS_OPERATIVOS, ESTATUS_TERMINADA, type RespuestaEstatusOt } from '../../../modulos/ot/ot.contrato.ts'
import { cambiarEstatus } from '../../componentes/estatus.ts'
import { enviar } from '../../comun/http.ts'

/** Menu and question for an OT; `alCambiar` receives the answer of the server. */
export function cambiarEstatusOt(
  boton: HTMLElement,
  ot: { id: number; orden_trabajo: string; estatus_ot_id: number },
  alCambiar: (respuesta: RespuestaEstatusOt) => void,
): void {
  cambiarEstatus<RespuestaEstatusOt>(boton, {
    lista: ESTATUS_OPERATIVOS,
    actual: ot.estatus_ot_id,
    titulo: 'Confirmar Cambio de Estatus',
    texto: '¿Cambiar el estatus de la OT',
    sobre: ot.orden_trabajo,
    conFecha: ESTATUS_TERMINADA,
    mandar: (estatus, datos) =>
      enviar('/operaciones/ot/cambiar_estatus_ot/', { ot_id: ot.id, nuevo_estatus_id: estatus, ...datos }),
    alCambiar,
  })
}
