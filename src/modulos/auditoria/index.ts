export { actividadReciente } from './actividad/actividad.service.ts'
export { diferencias } from './auditoria.reglas.ts'
export {
  conflictoDeVersion,
  historialDe,
  registrarCambios,
  registrarEvento,
  registrarEventos,
  registrarExportacion,
  ultimosCambiosDe,
} from './auditoria.service.ts'
export { TABLA_LOG } from './auditoria.tipos.ts'
export type { EntidadAuditada, EventoAuditado, Referencia, TablaLog, ValorAuditado } from './auditoria.tipos.ts'
export type { HistorialDeRegistro } from './auditoria.contrato.ts'
export { custodiaDe } from './sello/sello.calculo.ts'
export { retirarMeses, verRetirables } from './sello/retiro.service.ts'
export { mantenerAuditoria } from './sello/sello.service.ts'
