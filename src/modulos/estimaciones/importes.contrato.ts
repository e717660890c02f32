/** Amounts and adjustments of billing (estimaciones.md §4, §5.2): the same functions for the server and for the page while typing. */
import { redondear, sumar, textoVolumen, type Dinero } from '../../comun/dinero.ts'
import { LARGO_MINIMO_COMENTARIO, type Totales } from './estimaciones.tipos.ts'

/** Volume × price, rounded half up to cents: the amount of a concept, and of a row on screen (§4). */
export function importeDe(volumen: Dinero, precio: Dinero): Dinero {
  return redondear(volumen.times(precio), 2)
}

/** A price in whole ten-thousandths, all the decimals it may have. */
export function precioEntero(precio: Dinero): bigint {
  return BigInt(redondear(precio.times(10_000), 0).toFixed(0))
}

/** `importeDe` in whole numbers, for thousands of rows: micro-units × ten-thousandths, half up to cents. */
export function centavosDe(micras: bigint, precio: bigint): bigint {
  return (micras * precio + 50_000_000n) / 100_000_000n
}

/** A line as the totals see it. */
export interface LineaSumable {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumenActual: Dinero
  readonly volumenEstimado: Dinero
  readonly puMn: Dinero
  readonly puUsd: Dinero
}

/** Lines of one concept at the same prices. */
export interface ConceptoEstimado {
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumenEstimado: Dinero
  readonly puMn: Dinero
  readonly puUsd: Dinero
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
}

/** Concepts in the order in which their lines come (§4: same K and same prices). */
export function agruparPorConcepto(lineas: readonly LineaSumable[]): ConceptoEstimado[] {
  const grupos = new Map<string, LineaSumable[]>()
  for (const linea of lineas) {
    const { anexo, codigo, concepto, unidad, puMn, puUsd } = linea
    const clave = JSON.stringify([anexo, codigo, concepto, unidad, puMn.toFixed(), puUsd.toFixed()])
    const grupo = grupos.get(clave)
    if (grupo) grupo.push(linea)
    else grupos.set(clave, [linea])
  }
  return [...grupos.values()].flatMap((grupo) => {
    const [primera] = grupo
    if (!primera) return []
    const { anexo, codigo, concepto, unidad, puMn, puUsd } = primera
    const volumenEstimado = sumar(grupo.map((linea) => linea.volumenEstimado))
    return [
      {
        anexo,
        codigo,
        concepto,
        unidad,
        volumenEstimado,
        puMn,
        puUsd,
        importeMn: importeDe(volumenEstimado, puMn),
        importeUsd: importeDe(volumenEstimado, puUsd),
      },
    ]
  })
}

/** Concepts of an annex, one after another, with what they add up to. */
export interface AnexoEstimado {
  readonly anexo: string
  readonly conceptos: readonly ConceptoEstimado[]
  readonly importeMn: Dinero
  readonly importeUsd: Dinero
}

/** Concepts by annex with their subtotals, as the printed document has them (§8). */
export function porAnexo(conceptos: readonly ConceptoEstimado[]): AnexoEstimado[] {
  return [...new Set(conceptos.map(({ anexo }) => anexo))].map((anexo) => {
    const suyos = conceptos.filter((concepto) => concepto.anexo === anexo)
    return {
      anexo,
      conceptos: suyos,
      importeMn: sumar(suyos.map(({ importeMn }) => importeMn)),
      importeUsd: sumar(suyos.map(({ importeUsd }) => importeUsd)),
    }
  })
}

/** Totals of some live lines at a rate (§4): rounded per concept, then added. */
export function totalesDe(lineas: readonly LineaSumable[], tipoCambio: Dinero): Totales {
  const conceptos = agruparPorConcepto(lineas)
  const importeMn = sumar(conceptos.map((concepto) => concepto.importeMn))
  const importeUsd = sumar(conceptos.map((concepto) => concepto.importeUsd))
  return {
    volumenProducido: sumar(lineas.map((linea) => linea.volumenActual)),
    volumenEstimado: sumar(lineas.map((linea) => linea.volumenEstimado)),
    importeMn,
    importeUsd,
    homologado: redondear(importeMn.plus(importeUsd.times(tipoCambio)), 2),
  }
}

/** A line that does not bill what was produced, or was rejected: those of «Ajustes» (§7, §8). */
export function esAjuste(linea: {
  readonly rechazada: boolean
  readonly volumenActual: Dinero
  readonly volumenEstimado: Dinero
}): boolean {
  return linea.rechazada || !linea.volumenActual.equals(linea.volumenEstimado)
}

/**
 * What is wrong with the volume of a line, or null (§5.2).
 * @param saldo what this line may bill at most.
 */
export function faltaDelAjuste(volumen: Dinero, saldo: Dinero, comentario: string): readonly [string, string] | null {
  if (volumen.isNegative() || volumen.gt(saldo))
    return ['volumen_estimado', `El volumen estimado va de 0 a ${textoVolumen(saldo)}, que es el saldo.`]
  if (!volumen.equals(saldo) && comentario.trim().length < LARGO_MINIMO_COMENTARIO)
    return [
      'comentario_ajuste',
      `Escribe por qué se ajusta el volumen (${String(LARGO_MINIMO_COMENTARIO)} caracteres o más).`,
    ]
  return null
}
