/** Entry of the thread that draws documents, so that the process that answers people never stops for one. */
import { atenderEncargos } from '../hilo.ts'
import { dibujar } from './pdf.dibujo.ts'
import type { DocumentoPdf } from './pdf.tipos.ts'

atenderEncargos<DocumentoPdf>(dibujar)
