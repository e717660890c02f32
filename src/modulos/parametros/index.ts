export { leerParametros } from './parametros.service.ts'
export type { Parametros } from './parametros.tipos.ts'
