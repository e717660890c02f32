/** The header of the historical workbook and the reading of its rows (settled.md §1). */
import { limpiar } from '../../../comun/texto.ts'
import {
  claveTitulo,
  diceQue,
  lugar,
  problema,
  type ColumnasBuscadas,
} from '../../../plataforma/excel/encabezado.reglas.ts'
import type { Celda, FilaLeida } from '../../../plataforma/excel/leer.ts'
import * as comunes from '../../../plataforma/excel/valores.reglas.ts'
import { mostrar, type Lectura } from '../../../plataforma/excel/valores.reglas.ts'
import { LARGO_OT } from '../ot.tipos.ts'
import * as propias from './celdas.reglas.ts'
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

export { diceQue, lugar, problema }

const NOMBRES: readonly Columna[] = Object.keys(COLUMNAS) as Columna[]

/** What the header is found by. */
export const COLUMNAS_BUSCADAS: ColumnasBuscadas<Columna> = {
  porTitulo: new Map(NOMBRES.map((nombre) => [claveTitulo(nombre), nombre])),
  obligatorias: COLUMNAS_OBLIGATORIAS,
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
  folio: (celda) => comunes.leerFolio(celda, LARGO_OT.ordenTrabajo),
  texto: (celda) => comunes.leerTexto(celda, LARGO_OT.responsableCliente),
  parrafos: (celda) => comunes.leerParrafos(celda),
  tipo: propias.leerTipo,
  estatus_operativo: propias.leerEstatusOperativo,
  estatus_logico: propias.leerEstatusLogico,
  fecha: comunes.leerFecha,
  importe: (celda) => comunes.leerMonto(celda),
  plazo: (celda) => comunes.leerEntero(celda, { minimo: 0, error: 'y el plazo debe ser un número entero de días.' }),
  numero: (celda) =>
    comunes.leerEntero(celda, {
      minimo: 1,
      error: 'y el número de reprogramación debe ser un número entero desde 1.',
    }),
  id: comunes.leerId,
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
    hayAlgo ||= celda !== undefined && limpiar(mostrar(celda)) !== ''
    if (indice === undefined) {
      valores[columna] = null
      continue
    }
    const { valor, error, aviso } = leer(columna, celda, encabezado.es1904)
    valores[columna] = valor
    if (celda !== undefined && NOMBRABLES.includes(columna)) vistos[columna] = mostrar(celda)
    if (error !== undefined && error !== 'falta')
      errores.push(diceQue(encabezado, fila, columna, mostrar(celda), error))
    if (aviso !== undefined && aviso !== 'vacio')
      advertencias.push(diceQue(encabezado, fila, columna, mostrar(celda), aviso))
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
    const visto = mostrar({ tipo: 'fecha', fecha: termino, hora: null })
    const desde = mostrar({ tipo: 'fecha', fecha: inicio, hora: null })
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

/** Canonical text of a row: its hash recognises the row in the next file, whatever its order or its headers. */
export function contenidoDeFila(valores: ValoresFila): string {
  return JSON.stringify(NOMBRES.map((nombre) => valores[nombre]))
}
