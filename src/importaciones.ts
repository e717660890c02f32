import { CLASES_DE_CATALOGO } from './modulos/catalogos/importacion/importacion.clase.ts'
import { CLASE_PRECIOS } from './modulos/contratos/importacion/precios.clase.ts'
import { CLASE_TASAS } from './modulos/estimaciones/tasas/tasas.importacion.clase.ts'
import type { ClaseImportacion } from './modulos/importacion/index.ts'
import { CLASE_OT } from './modulos/ot/importacion/importacion.clase.ts'
import { CLASE_PTE } from './modulos/pte/importacion/pte.importacion.clase.ts'

/** Every class of import: the background work and `deshacer-importacion` find theirs here. */
export const CLASES_DE_IMPORTACION: readonly ClaseImportacion[] = [
  CLASE_OT,
  CLASE_PTE,
  ...CLASES_DE_CATALOGO,
  CLASE_PRECIOS,
  CLASE_TASAS,
]
