export { tomarFaltantes } from './instantanea/instantanea.service.ts'
