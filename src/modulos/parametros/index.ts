export { deduccionesUsuales } from './deducciones.service.ts'
export { leerParametros } from './parametros.service.ts'
export type { Parametros } from './parametros.tipos.ts'
