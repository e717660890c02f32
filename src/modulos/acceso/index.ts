export { registrarExpiracion } from './acceso.service.ts'
