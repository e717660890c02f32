/** Kinds of cells: volumes of six decimals and choices of a list. A page may bring its own. */
import { conMiles } from '../../../comun/dinero.ts'
import { sinAcentos } from '../../../comun/texto.ts'
import { aMicras, leerVolumen, textoVolumen } from '../../../comun/volumenes.ts'
import type { ClaseCelda, OpcionCelda } from './tipos.ts'

/** 0 and empty are the same value (settled §7): both are the empty cell. */
export const VOLUMEN: ClaseCelda = {
  leer: (texto) => {
    const leido = leerVolumen(texto)
    if ('motivo' in leido) return leido
    return { valor: leido.micras === 0n ? '' : textoVolumen(leido.micras) }
  },
  texto: (valor) => valor,
  mostrar: (valor) => conMiles(valor),
  micras: aMicras,
}

/** Canonical volume of a decimal of the server: '12.500000' → '12.5'; nothing and 0 → ''. */
export function volumenDe(plano: string | number | null | undefined): string {
  const micras = aMicras(plano ?? null)
  return micras === 0n ? '' : textoVolumen(micras)
}

/** A list: it reads the texts of its options, whatever their case and accents, and blank. */
export function lista(opciones: readonly OpcionCelda[]): ClaseCelda {
  const llano = (texto: string): string => sinAcentos(texto).trim().replace(/\s+/g, ' ').toUpperCase()
  const porTexto = new Map(opciones.map((opcion) => [llano(opcion.texto), opcion.valor]))
  const textos = new Map(opciones.map(({ valor, texto }) => [valor, texto]))
  const nombres = opciones.map(({ texto }) => texto).join(', ')
  return {
    leer: (texto) => {
      if (texto.trim() === '') return { valor: '' }
      const valor = porTexto.get(llano(texto))
      return valor === undefined ? { motivo: `«${texto.trim()}» no es una opción: ${nombres} o vacío.` } : { valor }
    },
    texto: (valor) => textos.get(valor) ?? '',
    mostrar: (valor) => textos.get(valor) ?? '',
    opciones,
  }
}

/** First option that begins with what was typed so far: «F» FIRMADO, «FA» FALTA FIRMA PEMEX. */
export function opcionPorInicial(opciones: readonly OpcionCelda[], escrito: string): OpcionCelda | null {
  const inicio = sinAcentos(escrito).toUpperCase()
  return opciones.find(({ texto }) => sinAcentos(texto).toUpperCase().startsWith(inicio)) ?? null
}
