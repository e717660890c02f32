import { rutasGuardias } from './guardias/guardias.routes.ts'
import { rutasVigencia } from './vigencia/vigencia.routes.ts'

/** Addresses of production (produccion.md §6); each capability has its own file. */
export const rutasProduccion = [...rutasVigencia, ...rutasGuardias]
