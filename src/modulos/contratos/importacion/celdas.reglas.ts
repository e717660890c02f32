/** How the cells of the workbooks of prices are read (catalogos.md §10.1); what is not here is of `valores.reglas.ts`. */
import { conMiles, dinero, leerImporte, redondear, textoPlano } from '../../../comun/dinero.ts'
import { limpiar, sinAcentos } from '../../../comun/texto.ts'
import { numeroVisto } from '../../../plataforma/excel/formato.reglas.ts'
import type { Celda } from '../../../plataforma/excel/leer.ts'
import { mostrar, vacia, type Lectura } from '../../../plataforma/excel/valores.reglas.ts'
import type { EstatusPue } from './precios.tipos.ts'

/** Something that could not be read: not an error of the row, but not a value either. */
export type LecturaConDuda<T> = Lectura<T> & { readonly ilegible?: true }

/** A code is the text that its cell shows: 2.1 shown as 2.10 is 2.10 (settled.md §6). */
export function leerCodigo(celda: Celda | undefined, largo: number): Lectura<string> {
  if (celda === undefined || vacia(celda)) return { valor: null }
  switch (celda.tipo) {
    case 'fecha':
      return { valor: null, error: 'y es una fecha, no un código. Escríbelo como texto.' }
    case 'booleano':
    case 'error':
      return { valor: null, error: 'y no es un código.' }
    default: {
      const visto = limpiar(textoDeCodigo(celda))
      return visto.length <= largo ? { valor: visto } : { valor: null, error: `y pasa de ${String(largo)} caracteres.` }
    }
  }
}

/** What a cell shows, a number with its format. */
export const textoVisto = (celda: Celda | undefined): string =>
  celda?.tipo === 'numero' ? textoDeCodigo(celda) : mostrar(celda)

/** What a number or a text shows. */
function textoDeCodigo(celda: Extract<Celda, { tipo: 'numero' | 'texto' }>): string {
  return celda.tipo === 'texto' ? celda.texto : (numeroVisto(celda.texto, celda.formato ?? '') ?? celda.texto)
}

const GUIONES = /[\u2010-\u2015\u2212]/g

/** An annex as it is written, and the key of its sub-annex. */
export interface AnexoLeido {
  readonly clave: string | null
  /** Whether both are the same but for case, blanks and dashes; if not, somebody should know. */
  readonly obvio: boolean
}

/**
 * Key of an annex, whatever way it is written (produccion.md §5.4.2): `Anexo C-007.`, `C7` and `C-7` are C-7;
 * `C3-EXT` and `3C-EXT` are C3EXT; suffixes stay (C-4-1).
 */
export function normalizarAnexo(escrito: string): AnexoLeido {
  const limpio = limpiar(escrito)
    .toUpperCase()
    .replace(GUIONES, '-')
    .replace(/\s*-\s*/g, '-')
  if (/^(?:-*|S\/A|N\/A)$/.test(limpio)) return { clave: null, obvio: true }
  const desnudo = limpio.replace(/^ANEXO\s+(?=\S)/, '').replace(/\.+$/, '')
  const clave = claveDeExtension(desnudo) ?? claveNumerada(desnudo) ?? desnudo
  return { clave: clave === '' ? null : clave, obvio: clave === limpio }
}

function claveDeExtension(desnudo: string): string | null {
  const partes = /^(?:C[- ]?0*(\d+)|0*(\d+)[- ]?C)[- ]?EXT$/.exec(desnudo)
  return partes === null ? null : `C${partes[1] ?? partes[2] ?? ''}EXT`
}

function claveNumerada(desnudo: string): string | null {
  const partes = /^C[- ]?0*(\d+)((?:-\d+)*)$/.exec(desnudo)
  return partes === null ? null : `C-${partes[1] ?? ''}${(partes[2] ?? '').replace(/-0+(?=\d)/g, '-')}`
}

/**
 * A price or a quantity: empty and `-` are 0; a text that is no amount is not readable (and is told); below zero it is
 * refused.
 */
export function leerCifra(
  celda: Celda | undefined,
  { enteros, decimales }: { readonly enteros: number; readonly decimales: number },
): LecturaConDuda<string> {
  if (celda === undefined || vacia(celda)) return { valor: textoPlano(dinero(0), decimales) }
  const escrito = limpiar(mostrar(celda)).replace(GUIONES, '-')
  if (celda.tipo !== 'numero' && celda.tipo !== 'texto') return ilegible()
  if (/^\$?\s*-\s*$/.test(escrito)) return { valor: textoPlano(dinero(0), decimales) }
  const exacto = celda.tipo === 'numero' ? dinero(celda.texto) : leerImporte(escrito)
  if (exacto?.isNegative() === true || (exacto === null && esNegativa(escrito))) {
    return { valor: null, error: 'y no puede ser menor que cero.' }
  }
  if (exacto === null) return ilegible()
  const valor = redondear(exacto, decimales)
  if (valor.toFixed(0).length > enteros) return { valor: null, error: 'y es una cantidad demasiado grande.' }
  const plano = textoPlano(valor, decimales)
  if (exacto.equals(valor)) return { valor: plano }
  const media = dinero('0.5').times(dinero(10).pow(-decimales))
  return exacto.minus(valor).abs().lessThan(media.div(1000))
    ? { valor: plano }
    : { valor: plano, aviso: `y tiene más de dos decimales; se redondea a ${conMiles(plano)}.` }
}

const ilegible = (): LecturaConDuda<string> => ({ valor: null, ilegible: true })

/** '-5', '$ -5', '(5)'. */
function esNegativa(escrito: string): boolean {
  const positivo = escrito.replace(/^(\$?)\s*-\s*(?=\S)/, '$1').replace(/^\((.*)\)$/, '$1')
  return positivo !== escrito && leerImporte(positivo) !== null
}

const ESTATUS: Readonly<Record<string, EstatusPue>> = {
  'EN ELABORACION': 'EN ELABORACION',
  AUTORIZADO: 'AUTORIZADO',
  AUTORIZADA: 'AUTORIZADO',
  CANCELADA: 'CANCELADA',
  CANCELADO: 'CANCELADA',
}

/** Status of a PUE, whatever its case and accents. */
export function leerEstatusPue(celda: Celda | undefined): LecturaConDuda<EstatusPue> {
  if (vacia(celda)) return { valor: null }
  const estatus = ESTATUS[sinAcentos(limpiar(mostrar(celda))).toUpperCase()]
  return estatus === undefined ? { valor: null, ilegible: true } : { valor: estatus }
}
