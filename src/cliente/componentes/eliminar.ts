/** Deletion of a record: the dialog names it and says what hangs from it; the safe button has the focus (experience.md §4). */
import { confirmar } from '../comun/dialogo.ts'
import { crear } from '../comun/dom.ts'
import { enviar, FalloDeServidor } from '../comun/http.ts'

export interface Eliminacion {
  /** 'la OT' */
  que: string
  nombre: string
  /** What stays behind, or null when nothing does. */
  consecuencia: string | null
  ruta: string
  id: number
}

/** Asks and deletes; true when it is gone. */
export async function eliminar({ que, nombre, consecuencia, ruta, id }: Eliminacion): Promise<boolean> {
  const seguro = await confirmar({
    titulo: 'Confirmación',
    cuerpo: [
      crear('p', {}, `¿Eliminar ${que} `, crear('strong', {}, nombre), '?'),
      ...(consecuencia === null ? [] : [crear('p', {}, consecuencia)]),
    ],
    destructivo: true,
  })
  if (!seguro) return false
  try {
    await enviar(ruta, { id })
    return true
  } catch (error) {
    if (error instanceof FalloDeServidor) return false
    throw error
  }
}
