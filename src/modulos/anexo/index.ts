export type { ConceptoConProduccion, ProduccionDeLaFamilia, Reacomodo, TrasladoDeConcepto } from './anexo.tipos.ts'
export { conectarProduccion } from './anexo.produccion.ts'
export {
  anexoNormal,
  claveDeConcepto,
  claveSinAnexo,
  codigoNormal,
  huellaDeClave,
  SIN_ANEXO,
  textoNormal,
  type ClaveDeConcepto,
} from './clave.reglas.ts'
export { mudarConceptos, vincularConcepto } from './vinculo/vinculo.service.ts'
