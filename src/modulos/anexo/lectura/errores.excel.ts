/** The workbook that goes back with what is wrong in it and the bad cells painted (anexo-c.md §5.6). */
import type { Writable } from 'node:stream'
import { dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { limpiar } from '../../../comun/texto.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import {
  escribirHojas,
  type ColumnaExcel,
  type ContenidoDeLibro,
  type ValorExcel,
} from '../../../plataforma/excel/escribir.ts'
import { abrirLibro, type Celda, type FilaLeida, type LibroAbierto } from '../../../plataforma/excel/leer.ts'
import { mostrar } from '../../../plataforma/excel/valores.reglas.ts'
import { visto } from '../../../plataforma/excel/textos.reglas.ts'
import { LIMITES_ANEXO, type Lectura } from './lector.ts'
import { observaciones } from '../../../plataforma/excel/problemas.ts'

const ANCHO_OBSERVACIONES = 80
const ANCHO_MAXIMO = 30
/** Rejected rows whose contents decide the widths: they have to be known before the first row is written. */
const FILAS_PARA_ANCHOS = 200

/** The rejected rows of a workbook; plain data, because it crosses threads. */
export interface FilasRechazadas {
  readonly hoja: string
  readonly filaEncabezado: number
  /** Columns with a title, in their order. */
  readonly columnas: readonly { readonly indice: number; readonly titulo: string; readonly comoTexto: boolean }[]
  readonly filas: readonly {
    readonly fila: number
    readonly observaciones: string
    readonly columnas: readonly number[]
  }[]
  readonly advertencias: readonly Problema[]
}

/** What the error workbook takes from a reading. */
export function filasRechazadas({ leido, tabla, dias, problemas }: Lectura): FilasRechazadas {
  const fechas = new Map(dias.map(({ indice, titulo }) => [indice, titulo]))
  const codigo = tabla.encabezado.columnas.get('partida')?.indice
  const columnas = [...tabla.fila.celdas]
    .sort(([a], [b]) => a - b)
    .map(([indice, celda]) => ({
      indice,
      titulo: fechas.get(indice) ?? tituloDe(celda),
      comoTexto: indice === codigo,
    }))
  return {
    hoja: leido.hoja,
    filaEncabezado: leido.filaEncabezado,
    columnas: columnas.filter(({ titulo }) => titulo !== ''),
    filas: [...problemas.malas]
      .sort(([a], [b]) => a - b)
      .map(([fila, mala]) => ({ fila, observaciones: observaciones(mala), columnas: [...mala.columnas] })),
    advertencias: leido.advertencias,
  }
}

const tituloDe = (celda: Celda): string => (celda.tipo === 'fecha' ? aDdMmAaaa(celda.fecha) : limpiar(mostrar(celda)))

/** Writes it while the workbook is read again: no more rows are held than those of a piece of it. */
export async function escribirRechazadas(salida: Writable, ruta: string, rechazadas: FilasRechazadas): Promise<void> {
  const libro = await abrirLibro(ruta, LIMITES_ANEXO)
  try {
    const anchos = await medir(libro, rechazadas)
    const texto = (titulo: string, ancho: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
    const errores: ContenidoDeLibro = {
      hoja: 'Errores Importacion',
      columnas: [
        texto('OBSERVACIONES_SISTEMA', ANCHO_OBSERVACIONES),
        { titulo: 'FILA_EXCEL', tipo: 'entero', ancho: 12 },
        ...rechazadas.columnas.map(({ titulo, comoTexto }, i): ColumnaExcel => ({
          titulo,
          tipo: comoTexto ? 'texto' : 'libre',
          ancho: anchos[i],
        })),
      ],
      filas: renglones(libro, rechazadas),
    }
    await escribirHojas(salida, rechazadas.advertencias.length === 0 ? [errores] : [errores, avisos(rechazadas)])
  } finally {
    libro.cerrar()
  }
}

async function* malasDe(
  libro: LibroAbierto,
  { hoja: nombre, filas }: FilasRechazadas,
): AsyncGenerator<{ leida: FilaLeida; mala: FilasRechazadas['filas'][number] }> {
  const hoja = libro.hojas.find((una) => una.nombre === nombre)
  if (hoja === undefined) return
  const porNumero = new Map(filas.map((mala) => [mala.fila, mala]))
  for await (const tanda of libro.tandas(hoja)) {
    for (const leida of tanda) {
      const mala = porNumero.get(leida.numero)
      if (mala !== undefined) yield { leida, mala }
    }
  }
}

async function* renglones(libro: LibroAbierto, rechazadas: FilasRechazadas): AsyncGenerator<ValorExcel[]> {
  for await (const { leida, mala } of malasDe(libro, rechazadas)) {
    const marcadas = new Set(mala.columnas)
    const celdas = rechazadas.columnas.map(({ indice, comoTexto }): ValorExcel => {
      const celda = leida.celdas.get(indice)
      const valor = celda?.tipo === 'numero' && !comoTexto ? dinero(celda.texto) : visto(celda)
      return marcadas.has(indice) ? { marcada: valor } : valor
    })
    yield [mala.observaciones, mala.fila, ...celdas]
  }
}

/** The longest content plus two, thirty at most, as seen in the first rejected rows. */
async function medir(libro: LibroAbierto, rechazadas: FilasRechazadas): Promise<number[]> {
  const anchos = rechazadas.columnas.map(({ titulo }) => titulo.length)
  let vistas = 0
  for await (const { leida } of malasDe(libro, rechazadas)) {
    for (const [i, { indice }] of rechazadas.columnas.entries())
      anchos[i] = Math.max(anchos[i] ?? 0, visto(leida.celdas.get(indice)).length)
    vistas += 1
    if (vistas >= FILAS_PARA_ANCHOS) break
  }
  return anchos.map((largo) => Math.min(largo + 2, ANCHO_MAXIMO))
}

function avisos({ advertencias }: FilasRechazadas): ContenidoDeLibro {
  return {
    hoja: 'Advertencias',
    columnas: [
      { titulo: 'Hoja', tipo: 'texto', ancho: 18 },
      { titulo: 'Fila', tipo: 'entero', ancho: 8 },
      { titulo: 'Celda', tipo: 'texto', ancho: 10 },
      { titulo: 'Columna', tipo: 'texto', ancho: 18 },
      { titulo: 'Valor', tipo: 'texto', ancho: ANCHO_MAXIMO },
      { titulo: 'Qué revisar', tipo: 'texto', ancho: ANCHO_OBSERVACIONES },
    ],
    filas: advertencias.map(({ hoja, fila, celda, columna, valor, mensaje }) => [
      hoja,
      fila,
      celda,
      columna,
      valor,
      mensaje,
    ]),
  }
}

/** `Errores_Importacion_<folio>.xlsx`, with nothing in it that a file name may not have. */
export function nombreDeErrores(folio: string): string {
  return `Errores_Importacion_${folio.replace(/[^\p{L}\p{N}._-]/gu, '-')}.xlsx`
}
