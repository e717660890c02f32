import type { DescripcionCatalogo } from '../motor/motor.tipos.ts'
import { NIVELES_DE_CATEGORIAS } from './categorias.ts'
import { ESTATUS, FRENTES, TIPOS } from './clasificadores.ts'
import { CLIENTES, RESPONSABLES, SITIOS, SUPERINTENDENTES, UNIDADES } from './operacion.ts'
import { PASOS, PASOS_OT } from './pasos.ts'

/** Every catalogue of the engine, in the order of the menu. */
export const CATALOGOS: readonly DescripcionCatalogo[] = [
  TIPOS,
  ESTATUS,
  FRENTES,
  SITIOS,
  UNIDADES,
  RESPONSABLES,
  CLIENTES,
  PASOS,
  PASOS_OT,
  SUPERINTENDENTES,
  ...NIVELES_DE_CATEGORIAS,
]
