export { consultaDeConceptos } from './busqueda.repo.ts'
export { palabrasDe } from './conceptos.reglas.ts'
