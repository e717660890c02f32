export {
  RUTA_GUARDAR_PRODUCCION,
  RUTA_PARTIDAS_PRODUCCION,
  type GuardarProduccion,
  type Sabana,
} from './captura/captura.contrato.ts'
export { cifrasDeProduccion } from './captura/cifras.repo.ts'
export { recalcularExcedentes } from './captura/excedentes.repo.ts'
export { RUTA_OTS_POR_SITIO } from './diario/diario.contrato.ts'
export { rutaDeGpu, RUTA_GPUS } from './gpu/gpu.contrato.ts'
export { enlaceProduccion } from './produccion.contrato.ts'
export { alCambiarFamilias, PRODUCCION_DE_LA_FAMILIA } from './reacomodo/reacomodo.service.ts'
export { fotosDeEvidencia, fraseDeFirma, imagenesDeEvidencia } from './reportes/evidencia.pdf.ts'
export type { EvidenciaImpresa, Miniaturas } from './reportes/evidencia.pdf.ts'
export { gpusConEvidencia } from './reportes/hoja-gpu.service.ts'
