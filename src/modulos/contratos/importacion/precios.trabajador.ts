/** Entry of the thread that reads workbooks of prices. */
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import { atenderEncargos } from '../../../plataforma/hilo.ts'
import { leerLibroDePrecios } from './precios.excel.ts'

export interface Encargo {
  readonly ruta: string
  readonly limites: LimitesLibro
}

atenderEncargos<Encargo>(({ ruta, limites }) => leerLibroDePrecios(ruta, limites))
