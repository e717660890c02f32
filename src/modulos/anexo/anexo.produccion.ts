/** The side of production of a change of annex: the module above connects it when the program starts. */
import type { ProduccionDeLaFamilia } from './anexo.tipos.ts'

const SIN_PRODUCCION: ProduccionDeLaFamilia = {
  sinDestino: () => Promise.resolve([]),
  reacomodar: () => Promise.resolve({ recalculadas: 0, fusionadas: 0 }),
  resumen: () => Promise.resolve({ producciones: 0, conceptos: 0 }),
}

let conectada = SIN_PRODUCCION

/** Called once by the composition of the program (`src/conexiones.ts`). */
export function conectarProduccion(produccion: ProduccionDeLaFamilia): void {
  conectada = produccion
}

/** The production that is connected; a family has none while nothing is. */
export const produccionDeLaFamilia = (): ProduccionDeLaFamilia => conectada
