/** Deletion of an OT (ot.md §7.8). */
import { plural } from '../../../comun/texto.ts'
import { eliminar } from '../../componentes/eliminar.ts'

/** Asks and deletes; true when it is gone. */
export function eliminarOt(ot: {
  id: number
  orden_trabajo: string
  count_reprogramaciones: number
}): Promise<boolean> {
  const n = ot.count_reprogramaciones
  return eliminar({
    que: 'la OT',
    nombre: ot.orden_trabajo,
    consecuencia:
      n === 0
        ? null
        : `Tiene ${plural(n, 'reprogramación; seguirá existiendo', 'reprogramaciones; seguirán existiendo')}.`,
    ruta: '/operaciones/ot/eliminar/',
    id: ot.id,
  })
}
