/** Entry of the thread that reads and plans, so that the process that answers people never stops for a workbook. */
import { atenderEncargos } from '../../../plataforma/hilo.ts'
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'
import type { FotoCruda } from './foto.reglas.ts'
import { Preparacion, type OpcionesDePlan } from './preparar.ts'

/** What the thread is asked, one thing at a time. */
export type Encargo =
  | { readonly que: 'leer'; readonly ruta: string; readonly limites: LimitesLibro }
  | { readonly que: 'planear'; readonly foto: FotoCruda; readonly opciones: OpcionesDePlan }

const preparacion = new Preparacion()

atenderEncargos<Encargo>((encargo) =>
  encargo.que === 'leer'
    ? preparacion.leer(encargo.ruta, encargo.limites)
    : preparacion.planear(encargo.foto, encargo.opciones),
)
