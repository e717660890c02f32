/** What a browser asks of the pages of an import, whatever its class. */
import ExcelJS from 'exceljs'
import type supertest from 'supertest'
import { expect } from 'vitest'
import {
  rutaDeLote,
  rutasDeImportar,
  type PaginaDeLista,
  type RespuestaDeTarea,
  type ResultadoAnalisis,
  type ResultadoDeshacer,
  type ResultadoImportacion,
} from '../../src/modulos/importacion/importacion.contrato.ts'
import type { Agente } from './agente.ts'

/** The import of that address, as somebody does it. */
export function importadorDe(de: Agente, base: string) {
  const rutas = rutasDeImportar(base)
  const analizar = (libro: Buffer, opciones: Record<string, string> = {}, nombre = 'libro.xlsx') => {
    const peticion = de.post<RespuestaDeTarea<ResultadoAnalisis>>(rutas.ANALIZAR)
    for (const [clave, valor] of Object.entries(opciones)) void peticion.field(clave, valor)
    return peticion.attach('archivo', libro, nombre)
  }
  const analisis = async (libro: Buffer, opciones: Record<string, string> = {}) => {
    const { status, body } = await analizar(libro, opciones)
    expect([status, body.detalles, body.resultado === undefined]).toEqual([200, body.detalles, false])
    if (body.resultado === undefined) throw new Error(body.detalles)
    return { tarea: body.tarea, ...body.resultado }
  }
  const confirmar = (tarea: number) => de.post<RespuestaDeTarea<ResultadoImportacion>>(rutas.CONFIRMAR).send({ tarea })
  return {
    rutas,
    analizar,
    analisis,
    confirmar,
    /** Analyses and confirms; answers the result and its sentence. */
    importar: async (libro: Buffer, opciones: Record<string, string> = {}) => {
      const { body } = await confirmar((await analisis(libro, opciones)).tarea)
      if (body.resultado === undefined) throw new Error(body.detalles)
      return { ...body.resultado, detalles: body.detalles }
    },
    deshacer: (lote: number) => de.post<RespuestaDeTarea<ResultadoDeshacer>>(rutas.DESHACER).send({ lote }),
    lista: async (tarea: number, lista: string) =>
      (await de.get<PaginaDeLista>(rutas.LISTA).query({ tarea, lista })).body.filas,
    listaDeLote: async (lote: number, lista: string) =>
      (await de.get<PaginaDeLista>(`${rutaDeLote(base, lote)}lista/`).query({ lista })).body.filas,
    bajar: async (ruta: string, consulta: Record<string, number> = {}): Promise<Buffer> => {
      const { status, body } = await de.get<Buffer>(ruta).query(consulta).buffer(true).parse(bytes)
      expect(status).toBe(200)
      return body
    },
  }
}

const bytes = (res: supertest.Response, listo: (error: Error | null, cuerpo: Buffer) => void): void => {
  const trozos: Buffer[] = []
  res.on('data', (trozo: Buffer) => trozos.push(trozo))
  res.on('end', () => {
    listo(null, Buffer.concat(trozos))
  })
}

/** Texts of every sheet of a workbook, row by row. */
export async function textosDeLibro(contenido: Buffer): Promise<Record<string, string[][]>> {
  const libro = new ExcelJS.Workbook()
  await libro.xlsx.load(contenido as never)
  return Object.fromEntries(
    libro.worksheets.map((hoja) => {
      const filas: string[][] = []
      hoja.eachRow((fila) => {
        const celdas: string[] = []
        fila.eachCell({ includeEmpty: true }, ({ text }) => celdas.push(text))
        filas.push(celdas)
      })
      return [hoja.name, filas]
    }),
  )
}
