export { inicializarModulos } from './inicio.service.ts'
