export { cifrasDeProduccion } from './captura/cifras.repo.ts'
export { alCambiarFamilias, PRODUCCION_DE_LA_FAMILIA } from './reacomodo/reacomodo.service.ts'
