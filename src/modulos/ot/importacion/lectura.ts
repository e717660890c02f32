/** A workbook being read and planned outside the main thread. */
import { Worker } from 'node:worker_threads'
import { DatosInvalidos } from '../../../comun/errores.ts'
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import type { FotoCruda } from './foto.reglas.ts'
import { Preparacion, type LibroLeido, type OpcionesDePlan, type PlanEmpacado } from './preparar.ts'
import type { Encargo, Respuesta } from './importacion.trabajador.ts'

/** Memory of the thread: a workbook that needs more ends it and is refused, and the process goes on. */
const MEGAS_DEL_HILO = 1024

/** Close it always. */
export interface Lectura {
  readonly libro: LibroLeido
  planear(foto: FotoCruda, opciones: OpcionesDePlan): Promise<PlanEmpacado>
  cerrar(): Promise<void>
}

/**
 * Reads a workbook in a thread of its own; in this one when the sources run without compiling (tests), where a thread
 * could not load them.
 * @throws DatosInvalidos as `leerLibroDeOts`.
 */
export function abrirLectura(ruta: string, limites: LimitesLibro): Promise<Lectura> {
  return import.meta.url.endsWith('.ts') ? enEsteHilo(ruta, limites) : enOtroHilo(ruta, limites)
}

async function enEsteHilo(ruta: string, limites: LimitesLibro): Promise<Lectura> {
  const preparacion = new Preparacion()
  const libro = await preparacion.leer(ruta, limites)
  return {
    libro,
    planear: (foto, opciones) => Promise.resolve(preparacion.planear(foto, opciones)),
    cerrar: () => Promise.resolve(),
  }
}

async function enOtroHilo(ruta: string, limites: LimitesLibro): Promise<Lectura> {
  const hilo = new Worker(new URL('./importacion.trabajador.js', import.meta.url), {
    resourceLimits: { maxOldGenerationSizeMb: MEGAS_DEL_HILO, maxYoungGenerationSizeMb: 12 },
  })
  const cerrar = async (): Promise<void> => {
    await hilo.terminate()
  }
  try {
    const libro = (await pedir(hilo, { que: 'leer', ruta, limites })) as LibroLeido
    return {
      libro,
      planear: async (foto, { crearPtes, todoONada }) =>
        (await pedir(hilo, { que: 'planear', foto, opciones: { crearPtes, todoONada } })) as PlanEmpacado,
      cerrar,
    }
  } catch (error) {
    await cerrar()
    throw error
  }
}

function pedir(hilo: Worker, encargo: Encargo): Promise<LibroLeido | PlanEmpacado> {
  return new Promise((listo, fallo) => {
    const alFallar = (error: NodeJS.ErrnoException): void => {
      fallo(
        error.code === 'ERR_WORKER_OUT_OF_MEMORY'
          ? new DatosInvalidos('El libro necesita demasiada memoria para leerse. Divídelo en varios libros.')
          : error,
      )
    }
    hilo.once('error', alFallar)
    hilo.once('message', (respuesta: Respuesta) => {
      hilo.off('error', alFallar)
      if ('listo' in respuesta) listo(respuesta.listo)
      else fallo('rechazo' in respuesta ? new DatosInvalidos(respuesta.rechazo) : new Error(respuesta.falla))
    })
    hilo.postMessage(encargo)
  })
}
