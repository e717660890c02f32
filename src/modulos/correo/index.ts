export { encolarCorreo } from './correo.service.ts'
