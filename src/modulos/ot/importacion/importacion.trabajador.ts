/** Entry of the thread that reads and plans, so that the process that answers people never stops for a workbook. */
import { setPriority } from 'node:os'
import { parentPort } from 'node:worker_threads'
import { ErrorDeDominio } from '../../../comun/errores.ts'
import type { FotoCruda } from './foto.reglas.ts'
import { Preparacion, type LibroLeido, type OpcionesDePlan, type PlanEmpacado } from './preparar.ts'
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'

/** What the thread is asked, one thing at a time. */
export type Encargo =
  | { readonly que: 'leer'; readonly ruta: string; readonly limites: LimitesLibro }
  | { readonly que: 'planear'; readonly foto: FotoCruda; readonly opciones: OpcionesDePlan }

/** What it answers: the result, a refusal for the person, or a fault of ours. */
export type Respuesta =
  { readonly listo: LibroLeido | PlanEmpacado } | { readonly rechazo: string } | { readonly falla: string }

// People first: with both processors busy this thread gets the smaller part. Only Linux knows the priority of a thread;
// elsewhere it would be that of the whole process.
if (process.platform === 'linux') setPriority(5)

const preparacion = new Preparacion()

parentPort?.on('message', (encargo: Encargo) => {
  void atender(encargo).then((respuesta) => parentPort?.postMessage(respuesta))
})

async function atender(encargo: Encargo): Promise<Respuesta> {
  try {
    const listo =
      encargo.que === 'leer'
        ? await preparacion.leer(encargo.ruta, encargo.limites)
        : preparacion.planear(encargo.foto, encargo.opciones)
    return { listo }
  } catch (error) {
    if (error instanceof ErrorDeDominio) return { rechazo: error.detalles }
    return { falla: error instanceof Error ? (error.stack ?? error.message) : String(error) }
  }
}
