/** Deletion of an OT: the dialog names it and says what hangs from it (ot.md §7.8). */
import { plural } from '../../../comun/texto.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'

/** Asks and deletes; true when it is gone. */
export async function eliminarOt(ot: {
  id: number
  orden_trabajo: string
  count_reprogramaciones: number
}): Promise<boolean> {
  const n = ot.count_reprogramaciones
  const seguro = await confirmar({
    titulo: 'Confirmación',
    cuerpo: [
      crear('p', {}, '¿Eliminar la OT ', crear('strong', {}, ot.orden_trabajo), '?'),
      ...(n === 0
        ? []
        : [
            crear(
              'p',
              {},
              `Tiene ${plural(n, 'reprogramación; seguirá existiendo', 'reprogramaciones; seguirán existiendo')}.`,
            ),
          ]),
    ],
    destructivo: true,
  })
  if (!seguro) return false
  try {
    await enviar('/operaciones/ot/eliminar/', { id: ot.id })
    return true
  } catch (error) {
    if (error instanceof FalloDeServidor) return false
    throw error
  }
}
