/** Texts of the cells of an annex and of a workbook of volumes (anexo-c.md §4.1 and §4.4). Pure. */
import { numeroVisto } from './formato.reglas.ts'
import type { Celda } from './leer.ts'
import { mostrar } from './valores.reglas.ts'
import { textoNormal } from '../../comun/texto.ts'

/** «limpio»: upper case, one line, single spaces; what other programs write for nothing is nothing. */
export function limpio(celda: Celda | undefined): string {
  const texto = textoNormal(mostrar(celda))
  return texto === 'NAN' || texto === 'NONE' ? '' : texto
}

/** A cell as it is seen: a number with its format (2.1 shown 2.10 is 2.10). */
export function visto(celda: Celda | undefined): string {
  if (celda?.tipo === 'numero' && celda.formato !== undefined) {
    return numeroVisto(celda.texto, celda.formato) ?? celda.texto
  }
  return mostrar(celda)
}

/** A code is the text that the cell shows, never a number. */
export function codigoVisto(celda: Celda | undefined): string {
  const texto = textoNormal(visto(celda))
  return texto === 'NAN' || texto === 'NONE' ? '' : texto
}
