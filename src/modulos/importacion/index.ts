export type { DefColumna, DefColumnas, FilaDeLibro, FormatoDeLibro, HojaLeida, ValoresDe } from './columnas.tipos.ts'
export { TURNO_HISTORICO } from './importacion.clase.ts'
export type {
  AlAvanzar,
  ArchivoDeImportacion,
  ClaseImportacion,
  LecturaDeClase,
  OpcionDeClase,
  PlanDeClase,
} from './importacion.clase.ts'
export { LISTA_ADVERTENCIAS, LISTA_RECHAZADAS } from './importacion.listas.ts'
export type { FilaDeLista, ListaDeImportacion } from './importacion.contrato.ts'
export { rutasDeImportacion } from './importacion.routes.ts'
export { analizar, aplicar, deshacerLote, exigirSinDependencias } from './importacion.service.ts'
export { anotarCambios, anotarCreados, reconocerVersiones } from './lote.service.ts'
export { contarCambios, listarCambiosDe, listarPosteriores } from './lote.repo.ts'
export type { CambioDeLote, CambioGuardado } from './lote.repo.ts'
export { crearClase } from './motor.ts'
export type {
  Contenido,
  DefImportacion,
  Foto,
  InformeDeMotor,
  Juicio,
  Propuesta,
  Registro,
  RegistroNuevo,
  ResumenDeMotor,
  Valor,
} from './motor.tipos.ts'
export type { CambioDeCampo, Conteo, InformeBase, ResumenDeshacerBase, Sustantivo } from './importacion.tipos.ts'
