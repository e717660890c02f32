/** Entry of the thread that reads the workbook of an Anexo C, so that the process that answers people never stops for one. */
import { atenderEncargos } from '../../../plataforma/hilo.ts'
import { atenderLectura, type EncargoDeLectura } from './encargos.ts'

atenderEncargos<EncargoDeLectura>(atenderLectura)
