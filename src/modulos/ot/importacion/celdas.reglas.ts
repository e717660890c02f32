/** Cells that only the historical workbook of OTs has; the rest are of `plataforma/excel/valores.reglas.ts`. */
import type { Celda } from '../../../plataforma/excel/leer.ts'
import { entero, vacia, type Lectura } from '../../../plataforma/excel/valores.reglas.ts'
import { TIPO_OT, type TipoOt } from '../ot.tipos.ts'

export function leerTipo(celda: Celda | undefined): Lectura<TipoOt> {
  const valor = entero(celda)
  if (valor === TIPO_OT.INICIAL || valor === TIPO_OT.REPROGRAMACION) return { valor }
  return { valor: null, error: vacia(celda) ? 'falta' : 'y el tipo debe ser 4 (inicial) o 5 (reprogramación).' }
}

/** -1, 0 or 1; a boolean is not one of them. */
export function leerEstatusLogico(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null }
  const valor = entero(celda)
  if (valor === -1 || valor === 0 || valor === 1) return { valor }
  return { valor: null, error: 'y el estatus debe ser -1 (por definir), 0 (eliminada) o 1 (activa).' }
}

/** An unknown status is ASIGNADA with a warning; whether the number exists is for whoever has the catalogue. */
export function leerEstatusOperativo(celda: Celda | undefined): Lectura<number> {
  if (vacia(celda)) return { valor: null, aviso: 'vacio' }
  const valor = entero(celda)
  return valor === undefined ? { valor: null, aviso: AVISO_ESTATUS } : { valor }
}

export const AVISO_ESTATUS = 'y no es un estatus de OT; se importó como ASIGNADA.'
