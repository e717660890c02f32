export { bloquearPteViva } from './pte.service.ts'
export type { Pte } from './pte.repo.ts'
export { borrarPtesImportadas, crearPtesImportadas } from './pte.importacion.service.ts'
