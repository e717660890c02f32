/** Change of the header status of a PTE (pte.md §8.2.1). */
import {
  ESTATUS_DE_PTE,
  ESTATUS_ENTREGADA,
  RUTA_PTE,
  type RespuestaEstatusPte,
} from '../../../modulos/pte/pte.contrato.ts'
import { cambiarEstatus } from '../../componentes/estatus.ts'
import { enviar } from '../../comun/http.ts'

/** Menu and question; `alCambiar` receives the answer of the server. */
export function cambiarEstatusPte(
  boton: HTMLElement,
  pte: { id: number; oficio_pte: string; estatus: number },
  alCambiar: (respuesta: RespuestaEstatusPte) => void,
): void {
  cambiarEstatus<RespuestaEstatusPte>(boton, {
    lista: ESTATUS_DE_PTE,
    actual: pte.estatus,
    titulo: 'Confirmación',
    texto: '¿Cambiar el estatus de la PTE',
    sobre: pte.oficio_pte,
    conFecha: ESTATUS_ENTREGADA,
    mandar: (estatus, datos) => enviar(RUTA_PTE.cambiarEstatus, { pte_id: pte.id, nuevo_estatus: estatus, ...datos }),
    alCambiar,
  })
}
