/** The table of a workbook of volumes: a list with its dates, or a sábana with a column per day. Pure. */
import { fechaDePartes, type FechaIso } from '../../../../comun/fechas.ts'
import { limpiar } from '../../../../comun/texto.ts'
import { leerDia, pareceDia } from '../../../../plataforma/excel/dias.reglas.ts'
import {
  claveTitulo,
  leerComoEncabezado,
  type CandidataEncabezado,
} from '../../../../plataforma/excel/encabezado.reglas.ts'
import type { AreaCombinada, Celda, FilaLeida } from '../../../../plataforma/excel/leer.ts'
import { limpio } from '../../../../plataforma/excel/textos.reglas.ts'
import { mostrar } from '../../../../plataforma/excel/valores.reglas.ts'
import type { ColumnaDeVolumenes, TipoDeTiempo } from './lectura.tipos.ts'

const TITULOS: Readonly<Record<ColumnaDeVolumenes, readonly string[]>> = {
  ot: ['OT', 'Orden de trabajo', 'Folio OT'],
  anexo: ['Anexo'],
  codigo: ['Partida', 'Código', 'Clave', 'No. Partida', 'Número de partida', 'Código de partida', 'ID partida'],
  concepto: ['Concepto', 'Descripción', 'Descripción del concepto', 'Descripción concepto'],
  unidad: ['Unidad', 'U.M.', 'UM', 'Unidad de medida'],
  sitio: ['Sitio', 'Frente', 'Sitio o frente'],
  tipo: ['Tipo', 'Tipo de tiempo', 'TE/CMA', 'TE / CMA'],
  fecha: ['Fecha', 'Día', 'Fecha de producción'],
  volumen: ['Volumen', 'Cantidad', 'Estimado', 'Volumen estimado', 'Volumen cliente', 'Vol.', 'Vol. estimado'],
}
const POR_TITULO = new Map(
  (Object.keys(TITULOS) as ColumnaDeVolumenes[]).flatMap((columna) =>
    TITULOS[columna].map((titulo) => [claveTitulo(titulo), columna] as const),
  ),
)

/** What a title of a column of days says: a whole day, or a day of a month that it does not name. */
interface TituloDeDia {
  readonly fecha: FechaIso | null
  readonly dia: number | null
  readonly tipo: TipoDeTiempo | null
}

export interface ColumnaDeDia extends TituloDeDia {
  readonly indice: number
  readonly titulo: string
}

/** A row read as if it were the header of either layout. */
export interface TablaPosible {
  readonly candidata: CandidataEncabezado<ColumnaDeVolumenes>
  readonly dias: readonly ColumnaDeDia[]
  /** Headers that somebody meant as a day and are none. */
  readonly dudosos: readonly { readonly indice: number; readonly titulo: string }[]
  readonly disposicion: 'lista' | 'sabana' | null
}

/** Reads a row as header: dates and volumes in columns make a list; without them, columns of days make a sábana. */
export function leerTabla(fila: FilaLeida, es1904: boolean): TablaPosible {
  const candidata = leerComoEncabezado(fila, POR_TITULO)
  const codigo = candidata.columnas.get('codigo')?.indice
  if (codigo === undefined) return { candidata, dias: [], dudosos: [], disposicion: null }
  if (candidata.columnas.has('fecha') && candidata.columnas.has('volumen'))
    return { candidata, dias: [], dudosos: [], disposicion: 'lista' }
  const tomadas = new Set([...candidata.columnas.values()].map(({ indice }) => indice))
  const dias: ColumnaDeDia[] = []
  const dudosos: { indice: number; titulo: string }[] = []
  for (const [indice, celda] of [...fila.celdas].sort(([a], [b]) => a - b)) {
    if (tomadas.has(indice)) continue
    const titulo = limpiar(mostrar(celda))
    const dia = diaDeTitulo(celda, es1904, indice > codigo)
    if (dia !== null) dias.push({ ...dia, indice, titulo })
    else if (pareceDia(celda)) dudosos.push({ indice, titulo })
  }
  return { candidata, dias, dudosos, disposicion: dias.length > 0 ? 'sabana' : null }
}

function diaDeTitulo(celda: Celda, es1904: boolean, aLaDerecha: boolean): TituloDeDia | null {
  const texto = limpio(celda)
  const partes = celda.tipo === 'texto' ? /^(.+?) ?[-(/]? ?\b(TE|CMA)\)?$/.exec(texto) : null
  const tipo = (partes?.[2] as TipoDeTiempo | undefined) ?? null
  const base = partes?.[1] ?? texto
  const suelto = /^(?:D[IÍ]A )?0?([1-9]|[12]\d|3[01])(?:\.0+)?$/.exec(base)
  if (suelto !== null && aLaDerecha) return { fecha: null, dia: Number(suelto[1]), tipo }
  const fecha = leerDia(partes === null ? celda : { tipo: 'texto', texto: base }, es1904, aLaDerecha)
  return fecha === null ? null : { fecha, dia: null, tipo }
}

/**
 * Columns of days of a header of two rows: the day stands over several merged columns, and below each one its kind of
 * time. With no row of kinds, what the merged cell does not show is nobody's.
 */
export function conCombinadas(
  { candidata, dias }: TablaPosible,
  siguiente: FilaLeida | null,
  areas: readonly AreaCombinada[],
): { readonly dias: readonly ColumnaDeDia[]; readonly filaTipos: number | null } {
  const tomadas = new Set([...candidata.columnas.values()].map(({ indice }) => indice))
  const tipos = new Map<number, TipoDeTiempo>()
  for (const [indice, celda] of siguiente?.celdas ?? []) {
    const texto = limpio(celda)
    // A row with its code, its kind or its volumes is already one of the table.
    if (tomadas.has(indice) || (texto !== 'TE' && texto !== 'CMA')) return { dias, filaTipos: null }
    tipos.set(indice, texto)
  }
  if (siguiente === null || tipos.size === 0) return { dias, filaTipos: null }
  const extendidas = dias.flatMap((dia) => {
    const area = areas.find(
      ({ filaInicial, filaFinal, columnaInicial }) =>
        filaInicial <= candidata.fila && candidata.fila <= filaFinal && columnaInicial === dia.indice,
    )
    const hasta = Math.max(area?.columnaFinal ?? dia.indice, ultimaConTipo(dia, dias, tipos))
    return Array.from({ length: hasta - dia.indice + 1 }, (_, i): ColumnaDeDia => {
      const indice = dia.indice + i
      return { ...dia, indice, tipo: tipos.get(indice) ?? dia.tipo }
    })
  })
  return { dias: extendidas, filaTipos: siguiente.numero }
}

/** Not everybody merges: a kind of time under no day belongs to the day at its left. */
function ultimaConTipo(
  { indice }: ColumnaDeDia,
  dias: readonly ColumnaDeDia[],
  tipos: ReadonlyMap<number, TipoDeTiempo>,
): number {
  const ocupadas = new Set(dias.map((dia) => dia.indice))
  let ultima = indice
  while (tipos.has(ultima + 1) && !ocupadas.has(ultima + 1)) ultima += 1
  return ultima
}

/** The day of a column, or null for one that its month has not. */
export function fechaDe({ fecha, dia }: ColumnaDeDia, mes: string): FechaIso | null {
  if (fecha !== null) return fecha
  const [anio, numero] = mes.split('-')
  return fechaDePartes(Number(anio), Number(numero), dia ?? 0)
}
