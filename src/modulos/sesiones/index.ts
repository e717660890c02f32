export { actualizarSesion } from './sesiones.repo.ts'
export { describirNavegador } from './sesiones.reglas.ts'
export { cerrarMisOtrasSesiones, cerrarSesionesDe, cerrarUnaSesion, misSesiones } from './sesiones.service.ts'
export type { SesionAbierta } from './sesiones.tipos.ts'
