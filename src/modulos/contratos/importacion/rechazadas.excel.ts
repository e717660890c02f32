/** The rows that a load rejected, as a workbook that can be mended and loaded again. */
import type { ContenidoDeLibro } from '../../../plataforma/excel/escribir.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import { abrirLibro, type Celda } from '../../../plataforma/excel/leer.ts'
import { mostrar } from '../../../plataforma/excel/valores.reglas.ts'
import { textoVisto } from './celdas.reglas.ts'

/**
 * Each row with its sheet and number, its cells as they are seen under the titles of its workbook, and what to mend.
 * Sheets with other titles share the columns whose title is the same.
 */
export async function leerRechazadas(ruta: string, errores: readonly Problema[]): Promise<ContenidoDeLibro> {
  const porFila = new Map<string, string[]>()
  for (const { hoja, fila, mensaje } of errores) {
    const clave = claveDe(hoja, fila)
    porFila.set(clave, [...(porFila.get(clave) ?? []), mensaje])
  }
  const conErrores = new Set(errores.map(({ hoja }) => hoja))
  const titulos: string[] = []
  const filas: { hoja: string; fila: number; celdas: Map<string, string>; motivos: string }[] = []
  const libro = await abrirLibro(ruta)
  try {
    for (const hoja of libro.hojas.filter(({ nombre }) => conErrores.has(nombre))) {
      const primera = Math.min(...errores.filter((error) => error.hoja === hoja.nombre).map(({ fila }) => fila))
      let encabezado = new Map<number, string>()
      await libro.leerFilas(hoja, ({ numero, celdas }) => {
        // The header is the last row above the first rejected one that names CONCEPTO, or the columns of products.
        if (numero < primera && esEncabezado(celdas)) {
          encabezado = new Map([...celdas].map(([columna, celda]) => [columna, mostrar(celda).trim()]))
          for (const titulo of encabezado.values()) if (!titulos.includes(titulo)) titulos.push(titulo)
        }
        const motivos = porFila.get(claveDe(hoja.nombre, numero))
        if (motivos === undefined) return undefined
        const propias = new Map([...encabezado].map(([columna, titulo]) => [titulo, textoVisto(celdas.get(columna))]))
        filas.push({ hoja: hoja.nombre, fila: numero, celdas: propias, motivos: motivos.join(' ') })
        return undefined
      })
    }
  } finally {
    libro.cerrar()
  }
  return {
    hoja: 'Rechazadas',
    columnas: [
      { titulo: 'Hoja', tipo: 'texto', ancho: 18 },
      { titulo: 'Fila', tipo: 'entero', ancho: 8 },
      ...titulos.map((titulo) => ({ titulo, tipo: 'texto' as const })),
      { titulo: 'Qué corregir', tipo: 'texto', ancho: 80 },
    ],
    filas: filas.map(({ hoja, fila, celdas, motivos }) => [
      hoja,
      fila,
      ...titulos.map((titulo) => celdas.get(titulo) ?? ''),
      motivos,
    ]),
  }
}

const claveDe = (hoja: string, fila: number): string => JSON.stringify([hoja, fila])

function esEncabezado(celdas: ReadonlyMap<number, Celda>): boolean {
  return [...celdas.values()].some((celda) => /^\s*(?:concepto|descripcion_concepto)\s*$/i.test(mostrar(celda)))
}
