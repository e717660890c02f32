/** Breadcrumbs of the OT pages. */
import { rutaListaOt } from './ot.contrato.ts'

export const MIGA_INICIO = { texto: 'Inicio', ruta: '/operaciones/' }
export const MIGA_LISTA = { texto: 'Orden de Trabajo', ruta: rutaListaOt }
