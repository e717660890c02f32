/** Finding the header of the historical workbook and reading its rows (settled.md §1). */
import { limpiar, sinAcentos } from '../../../comun/texto.ts'
import { direccion } from '../../../plataforma/excel/celda.reglas.ts'
import type { AreaCombinada, Celda, FilaLeida } from '../../../plataforma/excel/leer.ts'
import * as celdas from './celdas.reglas.ts'
import type { Lectura } from './celdas.reglas.ts'
import {
  COLUMNAS,
  COLUMNAS_OBLIGATORIAS,
  type ClaseColumna,
  type Columna,
  type Encabezado,
  type FilaInterpretada,
  type Problema,
  type ValoresFila,
} from './importacion.tipos.ts'

/** Rows among which the header is looked for. */
export const FILAS_DE_BUSQUEDA = 50

const NOMBRES: readonly Columna[] = Object.keys(COLUMNAS) as Columna[]
/** Headers are compared without accents, case, spaces nor underscores. */
const claveTitulo = (titulo: string): string =>
  sinAcentos(limpiar(titulo))
    .toLowerCase()
    .replace(/[\s_.-]/g, '')
const POR_TITULO: ReadonlyMap<string, Columna> = new Map(NOMBRES.map((nombre) => [claveTitulo(nombre), nombre]))

/** What a row would be as header: the columns it names, those it names twice, and every title it has. */
export interface CandidataEncabezado {
  readonly fila: number
  readonly columnas: Map<Columna, { indice: number; titulo: string }>
  readonly repetidas: readonly string[]
  readonly titulos: readonly string[]
}

/** Reads a row as if it were the header. */
export function comoEncabezado({ numero, celdas: contenido }: FilaLeida): CandidataEncabezado {
  const columnas = new Map<Columna, { indice: number; titulo: string }>()
  const repetidas: string[] = []
  const titulos: string[] = []
  for (const [indice, celda] of contenido) {
    const titulo = limpiar(celdas.mostrar(celda))
    const columna = POR_TITULO.get(claveTitulo(titulo))
    if (titulo !== '') titulos.push(titulo)
    if (columna === undefined) continue
    const previa = columnas.get(columna)
    if (previa === undefined) columnas.set(columna, { indice, titulo })
    else repetidas.push(`«${titulo}» (${direccion(numero, previa.indice)} y ${direccion(numero, indice)})`)
  }
  return { fila: numero, columnas, repetidas, titulos }
}

/** Columns that must exist and are not in that row. */
export function columnasQueFaltan(candidata: CandidataEncabezado): Columna[] {
  return COLUMNAS_OBLIGATORIAS.filter((columna) => !candidata.columnas.has(columna))
}

/** What is missing in columns once the rows are known: the folio of the PTE for type 4, the principal for type 5. */
export function columnasQueExigenLasFilas(encabezado: Encabezado, filas: readonly FilaInterpretada[]): Columna[] {
  const hay = (tipo: number, columna: Columna): boolean =>
    !encabezado.columnas.has(columna) && filas.some(({ valores }) => valores.id_tipo_id === tipo)
  const faltan: Columna[] = []
  if (hay(4, 'id_pte_header_id')) faltan.push('id_pte_header_id')
  if (hay(5, 'ot_principal')) faltan.push('ot_principal')
  return faltan
}

/** A problem of a cell: «En F9 dice "…" …», or `completo` when the sentence is another. */
export function problema(
  encabezado: Encabezado,
  fila: number,
  columna: Columna,
  valor: string,
  mensaje: string,
): Problema {
  const donde = encabezado.columnas.get(columna)
  return {
    hoja: encabezado.hoja,
    fila,
    columna: donde?.titulo ?? columna,
    celda: donde === undefined ? '' : direccion(fila, donde.indice),
    valor,
    mensaje,
  }
}

/** Address of a cell for a sentence; the row when the workbook has no such column. */
export function lugar(encabezado: Encabezado, fila: number, columna: Columna): string {
  const donde = encabezado.columnas.get(columna)
  return donde === undefined ? `la fila ${String(fila)}` : direccion(fila, donde.indice)
}

/** «En F9 dice "x" y…» */
export function diceQue(
  encabezado: Encabezado,
  fila: number,
  columna: Columna,
  valor: string,
  resto: string,
): Problema {
  const corto = valor.length > 120 ? `${valor.slice(0, 119)}…` : valor
  return problema(encabezado, fila, columna, valor, `En ${lugar(encabezado, fila, columna)} dice "${corto}" ${resto}`)
}

/** Columns whose text a later check may have to name. */
const NOMBRABLES: readonly Columna[] = [
  'id_estatus_ot_id',
  'id_responsable_proyecto_id',
  'id_cliente_id',
  'id_frente',
  'id_embarcacion',
  'id_plataforma',
  'id_intercom',
  'id_patio',
]

type Lector = (celda: Celda | undefined, es1904: boolean) => Lectura<unknown>

const LECTORES: Readonly<Record<ClaseColumna, Lector>> = {
  folio: celdas.leerFolio,
  texto: celdas.leerTexto,
  parrafos: celdas.leerParrafos,
  tipo: celdas.leerTipo,
  estatus_operativo: celdas.leerEstatusOperativo,
  estatus_logico: celdas.leerEstatusLogico,
  fecha: celdas.leerFecha,
  importe: celdas.leerMonto,
  plazo: celdas.leerPlazo,
  numero: celdas.leerNumero,
  id: celdas.leerId,
}

/**
 * Cleaned values of a row and everything wrong or odd in its cells; null when none of the columns that are read has
 * anything (a blank row).
 */
export function interpretarFila(
  encabezado: Encabezado,
  { numero: fila, celdas: contenido }: FilaLeida,
): FilaInterpretada | null {
  const errores: Problema[] = []
  const advertencias: Problema[] = []
  const valores: Record<string, unknown> = {}
  const vistos: Partial<Record<Columna, string>> = {}
  let hayAlgo = false
  for (const columna of NOMBRES) {
    const indice = encabezado.columnas.get(columna)?.indice
    const celda = indice === undefined ? undefined : contenido.get(indice)
    hayAlgo ||= celda !== undefined && limpiar(celdas.mostrar(celda)) !== ''
    if (indice === undefined) {
      valores[columna] = null
      continue
    }
    const { valor, error, aviso } = leer(columna, celda, encabezado.es1904)
    valores[columna] = valor
    if (celda !== undefined && NOMBRABLES.includes(columna)) vistos[columna] = celdas.mostrar(celda)
    if (error !== undefined && error !== 'falta')
      errores.push(diceQue(encabezado, fila, columna, celdas.mostrar(celda), error))
    if (aviso !== undefined && aviso !== 'vacio')
      advertencias.push(diceQue(encabezado, fila, columna, celdas.mostrar(celda), aviso))
  }
  if (!hayAlgo) return null
  const fruto = valores as unknown as ValoresFila
  exigirPresentes(encabezado, fila, fruto, errores)
  avisarVacios(encabezado, fila, fruto, vistos, advertencias)
  avisarFechas(encabezado, fila, fruto, advertencias)
  return { fila, valores: fruto, vistos, errores, advertencias }
}

function leer(columna: Columna, celda: Celda | undefined, es1904: boolean): Lectura<unknown> {
  if (celda?.tipo === 'error') return { valor: null, error: 'y es un error de Excel. Corrige la celda.' }
  return LECTORES[COLUMNAS[columna]](celda, es1904)
}

const NOMBRE_DE: Partial<Record<Columna, string>> = {
  orden_trabajo: 'el folio de la OT',
  id_tipo_id: 'el tipo (4 inicial o 5 reprogramación)',
  descripcion_trabajo: 'la descripción del trabajo',
  id_pte_header_id: 'el folio de la PTE',
  id_responsable_proyecto_id: 'el responsable del proyecto',
  ot_principal: 'el folio de la OT inicial',
}

/** Values a row must have; one whose cell was already refused is not said twice. */
function exigirPresentes(encabezado: Encabezado, fila: number, valores: ValoresFila, errores: Problema[]): void {
  const siempre: Columna[] = ['orden_trabajo', 'id_tipo_id']
  const porTipo: Columna[] =
    valores.id_tipo_id === 4
      ? ['descripcion_trabajo', 'id_pte_header_id', 'id_responsable_proyecto_id']
      : valores.id_tipo_id === 5
        ? ['ot_principal']
        : []
  for (const columna of [...siempre, ...porTipo]) {
    const titulo = encabezado.columnas.get(columna)?.titulo ?? columna
    if (valores[columna] !== null || errores.some((error) => error.columna === titulo)) continue
    const mensaje = `En ${lugar(encabezado, fila, columna)} falta ${NOMBRE_DE[columna] ?? titulo}.`
    errores.push(problema(encabezado, fila, columna, '', mensaje))
  }
}

/** What is empty and takes a value that somebody should know of. */
function avisarVacios(
  encabezado: Encabezado,
  fila: number,
  valores: ValoresFila,
  vistos: Readonly<Partial<Record<Columna, string>>>,
  advertencias: Problema[],
): void {
  const avisar = (columna: Columna, mensaje: string): void => {
    if (!encabezado.columnas.has(columna)) return
    advertencias.push(
      problema(encabezado, fila, columna, '', `${lugar(encabezado, fila, columna)} está vacía; ${mensaje}`),
    )
  }
  if (valores.id_estatus_ot_id === null && vistos.id_estatus_ot_id === undefined) {
    avisar('id_estatus_ot_id', 'el estatus se importó como ASIGNADA.')
  }
  if (valores.id_tipo_id !== 4) return
  if (valores.responsable_cliente === null)
    avisar('responsable_cliente', 'el responsable del cliente se importó como POR DEFINIR.')
  if (valores.id_cliente_id === null) avisar('id_cliente_id', 'la OT se importó sin cliente.')
}

/** An end before its start is history: stored as it stands, and said. */
function avisarFechas(encabezado: Encabezado, fila: number, valores: ValoresFila, advertencias: Problema[]): void {
  const pares = [
    ['fecha_inicio_programado', 'fecha_termino_programado', 'programado'],
    ['fecha_inicio_real', 'fecha_termino_real', 'real'],
  ] as const
  for (const [columnaInicio, columnaTermino, cual] of pares) {
    const inicio = valores[columnaInicio]
    const termino = valores[columnaTermino]
    if (inicio === null || termino === null || termino >= inicio) continue
    const visto = celdas.mostrar({ tipo: 'fecha', fecha: termino, hora: null })
    const desde = celdas.mostrar({ tipo: 'fecha', fecha: inicio, hora: null })
    advertencias.push(
      diceQue(
        encabezado,
        fila,
        columnaTermino,
        visto,
        `y es anterior al inicio ${cual} (${desde}). Se importa como está.`,
      ),
    )
  }
}

/** Cells inside a merged area, below its first one, that were read as empty although the area shows a value. */
export function avisarCombinadas(
  encabezado: Encabezado,
  areas: readonly AreaCombinada[],
  filas: readonly FilaInterpretada[],
): void {
  const porFila = new Map(filas.map((fila) => [fila.fila, fila]))
  const ultima = filas.at(-1)?.fila ?? 0
  for (const area of areas) {
    for (const [columna, { indice }] of encabezado.columnas) {
      if (indice < area.columnaInicial || indice > area.columnaFinal) continue
      const desde = indice === area.columnaInicial ? area.filaInicial + 1 : area.filaInicial
      for (let fila = Math.max(desde, encabezado.fila + 1); fila <= Math.min(area.filaFinal, ultima); fila += 1) {
        const duenia = direccion(area.filaInicial, area.columnaInicial)
        const aqui = lugar(encabezado, fila, columna)
        const mensaje = `${aqui} está combinada con ${duenia} y se leyó vacía. Separa las celdas y escribe el valor en cada fila.`
        porFila.get(fila)?.advertencias.push(problema(encabezado, fila, columna, '', mensaje))
      }
    }
  }
}

/** Canonical text of a row: its hash recognises the row in the next file, whatever its order or its headers. */
export function contenidoDeFila(valores: ValoresFila): string {
  return JSON.stringify(NOMBRES.map((nombre) => valores[nombre]))
}
