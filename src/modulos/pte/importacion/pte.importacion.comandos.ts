/** What the command `importar-pte` calls. */
export { CLASE_PTE } from './pte.importacion.clase.ts'
