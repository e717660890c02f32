/** From a file to interpreted rows: the slow half of an import, which runs in its own thread (`hilo.ts`). No database. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { buscarEncabezado, exigirColumnas, type HojaCandidata } from '../../../plataforma/excel/encabezado.ts'
import { avisarCombinadas } from '../../../plataforma/excel/encabezado.reglas.ts'
import type { ColumnaExcel, ContenidoDeLibro } from '../../../plataforma/excel/escribir.ts'
import {
  abrirLibro,
  LIMITES_LIBRO,
  type HojaDeLibro,
  type LibroAbierto,
  type LimitesLibro,
} from '../../../plataforma/excel/leer.ts'
import { mostrar } from '../../../plataforma/excel/valores.reglas.ts'
import { COLUMNAS_BUSCADAS, columnasQueExigenLasFilas, contenidoDeFila, interpretarFila } from './filas.reglas.ts'
import type { Columna, Encabezado, Problema } from './importacion.tipos.ts'
import type { FilaConHuella } from './planear.reglas.ts'

/** A workbook read whole: where its columns are and what each row says. */
export interface LibroInterpretado {
  readonly sha256: string
  readonly encabezado: Encabezado
  readonly filas: readonly FilaConHuella[]
  /** Of the workbook and not of a row. */
  readonly advertencias: readonly Problema[]
}

/**
 * Reads the workbook: its first sheet with the columns (visible ones before hidden ones), its header, its rows.
 * @throws DatosInvalidos when it cannot be read, has not the columns or has no rows.
 */
export async function leerLibroDeOts(
  archivo: string | Buffer,
  limites: LimitesLibro = LIMITES_LIBRO,
): Promise<LibroInterpretado> {
  const libro = await abrirLibro(archivo, limites)
  try {
    const { hoja, candidata } = await hallarEncabezado(libro)
    const encabezado: Encabezado = {
      hoja: hoja.nombre,
      fila: candidata.fila,
      columnas: candidata.columnas,
      es1904: libro.es1904,
    }
    const filas: FilaConHuella[] = []
    const areas = await libro.leerFilas(hoja, (leida) => {
      if (leida.numero <= encabezado.fila) return undefined
      const fila = interpretarFila(encabezado, leida)
      if (fila !== null) filas.push({ ...fila, huella: sha256DeTexto(contenidoDeFila(fila.valores)) })
      return undefined
    })
    if (filas.length === 0)
      throw new DatosInvalidos(`La hoja «${hoja.nombre}» no tiene filas debajo de los encabezados.`)
    exigirColumnas(hoja, candidata, columnasQueExigenLasFilas(encabezado, filas))
    avisarCombinadas(encabezado, areas, filas)
    return {
      sha256: await sha256DeArchivo(archivo),
      encabezado,
      filas,
      advertencias: avisosDelLibro(encabezado, hoja, filas),
    }
  } finally {
    libro.cerrar()
  }
}

/**
 * The rows with errors, as a sheet: number of the row, its cells as they are seen under the headers of the workbook,
 * and what to mend in it.
 */
export async function leerRechazadas(ruta: string, errores: readonly Problema[]): Promise<ContenidoDeLibro> {
  const porFila = new Map<number, string[]>()
  for (const { fila, mensaje } of errores) porFila.set(fila, [...(porFila.get(fila) ?? []), mensaje])
  const libro = await abrirLibro(ruta)
  try {
    const { hoja, candidata } = await hallarEncabezado(libro)
    const columnas = [...candidata.columnas.values()].sort((a, b) => a.indice - b.indice)
    const filas: string[][] = []
    await libro.leerFilas(hoja, ({ numero, celdas }) => {
      const motivos = porFila.get(numero)
      if (motivos === undefined || numero <= candidata.fila) return undefined
      filas.push([String(numero), ...columnas.map(({ indice }) => mostrar(celdas.get(indice))), motivos.join(' ')])
      return undefined
    })
    const texto = (titulo: string, ancho?: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
    return {
      hoja: 'Rechazadas',
      columnas: [
        { titulo: 'Fila', tipo: 'entero', ancho: 8 },
        ...columnas.map(({ titulo }) => texto(titulo)),
        texto('Qué corregir', 80),
      ],
      filas,
    }
  } finally {
    libro.cerrar()
  }
}

const EJEMPLO = 'orden_trabajo, oficio_ot, descripcion_trabajo, id_tipo_id e id_estatus_ot_id'

const hallarEncabezado = (libro: LibroAbierto): Promise<HojaCandidata<Columna>> =>
  buscarEncabezado(libro, COLUMNAS_BUSCADAS, EJEMPLO)

/** Columns whose absence gives a value to every initial order: said once, not in each row. */
function avisosDelLibro(encabezado: Encabezado, hoja: HojaDeLibro, filas: readonly FilaConHuella[]): Problema[] {
  const avisos: Problema[] = []
  const avisar = (columna: string, mensaje: string): void => {
    avisos.push({ hoja: hoja.nombre, fila: encabezado.fila, columna, celda: '', valor: '', mensaje })
  }
  if (hoja.oculta) avisar('', `Las columnas están en la hoja «${hoja.nombre}», que está oculta.`)
  if (!filas.some(({ valores }) => valores.id_tipo_id === 4)) return avisos
  if (!encabezado.columnas.has('responsable_cliente')) {
    avisar('responsable_cliente', 'No hay columna responsable_cliente; las OT iniciales nuevas quedan con POR DEFINIR.')
  }
  if (!encabezado.columnas.has('id_cliente_id')) {
    avisar('id_cliente_id', 'No hay columna id_cliente_id; las OT iniciales nuevas quedan sin cliente.')
  }
  return avisos
}

const sha256DeTexto = (texto: string): string => createHash('sha256').update(texto).digest('hex')

async function sha256DeArchivo(archivo: string | Buffer): Promise<string> {
  const hash = createHash('sha256')
  if (typeof archivo !== 'string') return hash.update(archivo).digest('hex')
  for await (const trozo of createReadStream(archivo)) hash.update(trozo as Buffer)
  return hash.digest('hex')
}
