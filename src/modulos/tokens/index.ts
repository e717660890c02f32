export { portadorDe } from './tokens.service.ts'
