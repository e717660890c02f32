/** The proof of an estimation as its page and its files say it. */
import { dinero, entreParentesis, textoDinero, textoVolumen } from '../../../comun/dinero.ts'
import { plural } from '../../../comun/texto.ts'
import { cuadra, descuadradas, diferenciaDe, importesDeTodo } from './prueba.reglas.ts'
import type { FilaDePrueba, Prueba, SinProduccion } from './prueba.tipos.ts'

/** The identity, in words. */
export const IDENTIDAD = 'Contratado = estimado antes + esta estimación + por estimar + excedente'

/** What each figure is. */
export const EXPLICACION =
  'Por estimar es lo producido que ninguna estimación hasta esta ha cobrado, más lo contratado que falta por producir. El excedente es lo producido por encima de lo contratado: va entre paréntesis porque se resta.'

/** The figures, in the order of the identity. */
export const FIGURAS = [
  ['contratado', 'Contratado'],
  ['estimadoAntes', 'Estimado antes'],
  ['estimado', 'Esta estimación'],
  ['porEstimar', 'Por estimar'],
  ['excedente', 'Excedente'],
] as const

/** Which concept does not balance, and by how much: `5.1. (anexo C-5) por 2.5 JORNADA`. */
export function textoDeDescuadre(fila: FilaDePrueba): string {
  return `${fila.codigo} (anexo ${fila.anexo}) por ${textoVolumen(diferenciaDe(fila))} ${fila.unidad}`
}

/** What does not balance, in a sentence; null when everything does. */
export function avisoDeDescuadre(prueba: Prueba): string | null {
  const mal = descuadradas(prueba)
  if (mal.length === 0) return null
  const primeras = mal.slice(0, 5).map(textoDeDescuadre).join('; ')
  return `La prueba no cuadra en ${primeras}${mal.length > 5 ? `; y en ${String(mal.length - 5)} más` : ''}.`
}

/** What is contracted and not produced, which no row says; null when there is none. */
export function textoSinProduccion({ conceptos, contratadoMn, contratadoUsd }: SinProduccion): string | null {
  if (conceptos === 0) return null
  const cuantos = plural(
    conceptos,
    'concepto contratado todavía no tiene producción',
    'conceptos contratados todavía no tienen producción',
  )
  return `${cuantos}: ${textoDinero(contratadoMn)} M.N. y ${textoDinero(contratadoUsd)} USD por estimar.`
}

const volumen = (fila: FilaDePrueba, figura: (typeof FIGURAS)[number][0]): string =>
  entreParentesis(textoVolumen(dinero(fila[figura])))

/** What the tab shows. */
export function verPrueba(prueba: Prueba) {
  const monedas = [
    ['M.N.', importesDeTodo(prueba, 'mn')],
    ['USD', importesDeTodo(prueba, 'usd')],
  ] as const
  return {
    identidad: IDENTIDAD,
    explicacion: EXPLICACION,
    titulos: FIGURAS.map(([, titulo]) => titulo),
    aviso: avisoDeDescuadre(prueba),
    conceptos: prueba.filas.length,
    filas: prueba.filas.map((fila) => ({
      anexo: fila.anexo,
      codigo: fila.codigo,
      concepto: fila.concepto,
      unidad: fila.unidad,
      esta: fila.estimado.gt(0),
      figuras: FIGURAS.map(([figura]) => volumen(fila, figura)),
      cuadra: cuadra(fila),
      diferencia: textoVolumen(diferenciaDe(fila)),
    })),
    importes: monedas.map(([moneda, importes]) => ({
      moneda,
      figuras: FIGURAS.map(([figura]) => entreParentesis(textoDinero(importes[figura]))),
    })),
    sinProduccion: textoSinProduccion(prueba.sinProduccion),
  }
}
