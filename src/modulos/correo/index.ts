export { avisoDeFallos, encolarCorreo } from './correo.service.ts'
