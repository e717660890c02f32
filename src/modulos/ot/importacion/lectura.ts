/** A workbook being read and planned outside the main thread. */
import { abrirHilo } from '../../../plataforma/hilo.ts'
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import type { FotoCruda } from './foto.reglas.ts'
import { Preparacion, type LibroLeido, type OpcionesDePlan, type PlanEmpacado } from './preparar.ts'
import type { Encargo } from './importacion.trabajador.ts'

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
  const hilo = abrirHilo<Encargo>(
    new URL('./importacion.trabajador.js', import.meta.url),
    'El libro necesita demasiada memoria para leerse. Divídelo en varios libros.',
  )
  try {
    const libro = (await hilo.pedir({ que: 'leer', ruta, limites })) as LibroLeido
    return {
      libro,
      planear: async (foto, { crearPtes, todoONada }) =>
        (await hilo.pedir({ que: 'planear', foto, opciones: { crearPtes, todoONada } })) as PlanEmpacado,
      cerrar: () => hilo.cerrar(),
    }
  } catch (error) {
    await hilo.cerrar()
    throw error
  }
}
