export { DISTANCIA_DE_PARECIDO, nombreDeArchivo } from './archivos.reglas.ts'
export { abrirArchivo, descargaDe, guardarArchivo, leerMiniaturas, miniaturaDe } from './archivos.service.ts'
export type { Archivo, Deposito, DepositoDeLectura, Descarga } from './archivos.tipos.ts'
