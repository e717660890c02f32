/** Deactivation and reactivation of a concept. */
import { RUTA_CONCEPTO } from '../../../modulos/contratos/contratos.contrato.ts'
import { darDeBaja, enviado } from '../../componentes/baja.ts'
import { crear } from '../../comun/dom.ts'

/** Asks and deactivates; asks again when OTs use it. True when it is done. */
export function desactivarConcepto(id: number, partida: string): Promise<boolean> {
  return darDeBaja({
    ruta: RUTA_CONCEPTO.eliminar,
    id,
    cuerpo: [
      crear('p', {}, '¿Desactivar el concepto ', crear('strong', {}, partida), '?'),
      crear('p', {}, 'Deja de ofrecerse en las listas. Puedes reactivarlo después.'),
    ],
    enUso: 'El concepto está en uso',
  })
}

/** True when it came back. */
export function reactivarConcepto(id: number): Promise<boolean> {
  return enviado(RUTA_CONCEPTO.reactivar, { id })
}
