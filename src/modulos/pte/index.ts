export { bloquearPteViva } from './pte.service.ts'
export type { Pte } from './pte.repo.ts'
export { borrarPtesImportadas, crearPtesImportadas } from './pte.importacion.service.ts'
export { ESTATUS_DE_PTE, ESTATUS_PTE } from './pte.tipos.ts'
