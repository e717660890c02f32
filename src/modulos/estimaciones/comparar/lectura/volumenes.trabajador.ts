/** Entry of the thread that reads the workbook of the client, so that the process that answers people never stops for one. */
import { atenderEncargos } from '../../../../plataforma/hilo.ts'
import { leerLibroDeVolumenes } from './lector.ts'
import type { EncargoDeVolumenes } from './lectura.tipos.ts'

atenderEncargos<EncargoDeVolumenes>(leerLibroDeVolumenes)
