export type {
  ClaveDeConcepto,
  ConceptoConProduccion,
  ProduccionDeLaFamilia,
  Reacomodo,
  TrasladoDeConcepto,
} from './anexo.tipos.ts'
export { conectarProduccion } from './anexo.produccion.ts'
export {
  claveSinAnexo,
  huellaDeConcepto,
  normalizarAnexo,
  normalizarClave,
  normalizarCodigo,
  normalizarTexto,
  SIN_ANEXO,
} from './concepto.reglas.ts'
