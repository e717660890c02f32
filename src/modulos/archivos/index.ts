export { DISTANCIA_DE_PARECIDO, nombreDeArchivo } from './archivos.reglas.ts'
export { abrirArchivo, descargaDe, guardarArchivo, miniaturaDe, miniaturasDe } from './archivos.service.ts'
export type { Archivo, Deposito, DepositoDeLectura, Descarga } from './archivos.tipos.ts'
