/** Entry of the thread that reads workbooks, so that the process that answers people never stops for one. */
import type { LimitesLibro } from '../../plataforma/excel/leer.ts'
import { atenderEncargos } from '../../plataforma/hilo.ts'
import type { FormatoDeLibro } from './columnas.tipos.ts'
import { leerLibro } from './lector.ts'

/** What the thread is asked. */
export interface Encargo {
  readonly ruta: string
  readonly formatos: readonly FormatoDeLibro[]
  readonly limites: LimitesLibro
}

atenderEncargos<Encargo>(({ ruta, formatos, limites }) => leerLibro(ruta, formatos, limites))
