/** Work that goes on in the server: follows a task until it ends, without extending the session. */
import type { EstadoDeTarea } from '../../modulos/tareas/tareas.contrato.ts'
import { FalloDeServidor, obtener } from './http.ts'

const CADA_MS = 700
/** Without network the work goes on all the same: it is asked again, less often. */
const SIN_RED_CADA_MS = 3000

/**
 * Asks now and then how a task goes. Losing the network does not end it: `alAvanzar` gets null meanwhile.
 * @returns its last state, `terminada` or `fallida`.
 * @throws FalloDeServidor when the task cannot be seen any more.
 */
export async function seguirTarea(
  id: number,
  alAvanzar: (estado: EstadoDeTarea | null) => void,
): Promise<EstadoDeTarea> {
  for (;;) {
    try {
      const estado = await obtener<EstadoDeTarea>(
        `/operaciones/tareas/${String(id)}/estado/`,
        {},
        { deFondo: true, sinAviso: true },
      )
      alAvanzar(estado)
      if (estado.estado === 'terminada' || estado.estado === 'fallida') return estado
      await dormir(CADA_MS)
    } catch (error) {
      if (!(error instanceof FalloDeServidor) || (error.estado !== 0 && error.estado !== 503)) throw error
      alAvanzar(null)
      await dormir(SIN_RED_CADA_MS)
    }
  }
}

const dormir = (ms: number): Promise<void> =>
  new Promise((listo) => {
    window.setTimeout(listo, ms)
  })
