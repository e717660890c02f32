import { rutasDeImportacion } from '../../importacion/index.ts'
import { CLASE_PRECIOS } from './precios.clase.ts'

/** Page, batches and commands of the load of prices. */
export const rutasPrecios = rutasDeImportacion(CLASE_PRECIOS)
