/** What `importar-conceptos` needs of the load of prices. */
export { CLASE_PRECIOS } from './precios.clase.ts'
