export {
  alCambiarFamilia,
  avisarCambioDeFamilia,
  bloquearFamilia,
  bloquearFamilias,
  type CambioDeFamilia,
  type Mudanza,
} from './familia/familia.service.ts'
export { avanceOt } from './ot.progreso.reglas.ts'
export { textoEstatusOt } from './ot.reglas.ts'
export { ESTATUS_LOGICO, ESTATUS_OPERATIVOS, ESTATUS_OT, POR_DEFINIR, TEXTO_TIPO_OT, TIPO_OT } from './ot.tipos.ts'
