/** Day by day of the monthly report: bands of days wide enough for the longest volume, with the guards above them. Pure. */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { textoSobre } from '../../../comun/colores.ts'
import { diasDelMes, diasEntre, fechaDePartes, fechaIso } from '../../../comun/fechas.ts'
import type { FilaDeSabana } from '../captura/captura.contrato.ts'
import { ANCHO_HORIZONTAL, cifraCorta } from '../../../plataforma/pdf/piezas.ts'
import { celdaDe, conMovimiento, diasHasta } from './reportes.reglas.ts'
import type { SeccionMensual } from './reportes.tipos.ts'

const CODIGO = 62
const TIPO = 26
/** Padding and line of a cell, both sides. */
const MARGEN_DE_CELDA = 3.3
const ANCHO_DE_LETRA = 3.25
const LUNES = fechaIso('2024-01-01')
const LETRAS = ['L', 'M', 'M', 'J', 'V', 'S', 'D'] as const

const CLASES = [
  ['TE', 'te_dia'],
  ['CMA', 'cma_dia'],
  ['Prog.', 'programado'],
] as const

/** Tables of the days, with their title and what their marks mean. */
export function detalleDiario(seccion: SeccionMensual, anio: number, mes: number): Content[] {
  const filas = seccion.sabana.partidas.filter(conMovimiento)
  if (filas.length === 0) return []
  return [
    { text: 'Volumen por día', style: 'seccion', pageBreak: 'before' },
    {
      text: 'Sin ceros al final de los decimales. F: día firmado. Fondo gris: fuera de vigencia. En rojo: excedente del volumen autorizado.',
      style: 'nota',
      margin: [0, 0, 0, 4],
    },
    ...bandas(filas, diasDelMes(anio, mes)).map((dias): Content => tablaDeDias(seccion, filas, dias, anio, mes)),
  ]
}

/** Days of each table: as many as fit with the longest number that any of them has. */
function bandas(filas: readonly FilaDeSabana[], ultimo: number): number[][] {
  const largo = filas.reduce((mayor, fila) => {
    const deLaFila = diasHasta(ultimo).flatMap((dia) =>
      CLASES.map(([, campo]) => cifraCorta(celdaDe(fila, dia)?.[campo] ?? '').length),
    )
    return Math.max(mayor, ...deLaFila)
  }, 6)
  const ancho = largo * ANCHO_DE_LETRA + MARGEN_DE_CELDA
  const caben = Math.max(5, Math.floor((ANCHO_HORIZONTAL - CODIGO - TIPO - 2 * MARGEN_DE_CELDA) / ancho))
  const cuantas = Math.ceil(ultimo / Math.min(caben, 16))
  const porBanda = Math.ceil(ultimo / cuantas)
  return Array.from({ length: cuantas }, (_, i) => diasHasta(ultimo).slice(i * porBanda, (i + 1) * porBanda))
}

function tablaDeDias(
  seccion: SeccionMensual,
  filas: readonly FilaDeSabana[],
  dias: readonly number[],
  anio: number,
  mes: number,
): Content {
  const firmados = new Set(seccion.sabana.dias_firmados)
  const fuera = new Set(seccion.sabana.dias_fuera_vigencia)
  const guardias = filaDeGuardias(seccion, dias)
  const cabeza: TableCell[] = [
    { text: 'Partida', style: ['cabeza', 'chica'] },
    { text: 'Tipo', style: ['cabeza', 'chica'] },
    ...dias.map((dia): TableCell => ({
      text: `${String(dia)} ${letraDe(anio, mes, dia)}${firmados.has(dia) ? ' F' : ''}`,
      style: ['cabeza', 'chica'],
      alignment: 'center',
    })),
  ]
  const cuerpo = filas.flatMap((fila) => filasDe(fila, dias, fuera))
  const encabezado = guardias === null ? [cabeza] : [guardias, cabeza]
  const libre = ANCHO_HORIZONTAL - CODIGO - TIPO - (dias.length + 2) * MARGEN_DE_CELDA - 0.3
  return {
    margin: [0, 0, 0, 8],
    layout: 'rejilla',
    table: {
      headerRows: encabezado.length,
      dontBreakRows: true,
      keepWithHeaderRows: 1,
      widths: [CODIGO, TIPO, ...dias.map(() => libre / dias.length)],
      body: [...encabezado, ...(cuerpo.length === 0 ? [sinMovimiento(dias.length)] : cuerpo)],
    },
  }
}

const sinMovimiento = (dias: number): TableCell[] => [
  { text: 'Sin producción ni programa en estos días.', style: 'nota', colSpan: dias + 2 },
  ...Array.from({ length: dias + 1 }, (): TableCell => ({})),
]

function letraDe(anio: number, mes: number, dia: number): string {
  const fecha = fechaDePartes(anio, mes, dia)
  return fecha === null ? '' : (LETRAS[((diasEntre(LUNES, fecha) % 7) + 7) % 7] ?? '')
}

/** Strip of each guard over its days, with its name; null without cycle. */
function filaDeGuardias({ guardias }: SeccionMensual, dias: readonly number[]): TableCell[] | null {
  const [primero = 1] = dias
  const ultimo = dias.at(-1) ?? primero
  const suyas = guardias.filter(({ inicio, fin }) => inicio <= ultimo && fin >= primero)
  if (suyas.length === 0) return null
  const rotulo: TableCell[] = [{ text: 'Guardia', style: ['cabeza', 'chica'], colSpan: 2 }, {}]
  return suyas.reduce((fila, { superintendente: { nombre, color }, inicio, fin }) => {
    const cuantos = Math.min(fin, ultimo) - Math.max(inicio, primero) + 1
    const celda: TableCell = {
      text: nombre,
      style: 'chica',
      fillColor: color,
      color: textoSobre(color),
      colSpan: cuantos,
      noWrap: false,
    }
    return [...fila, celda, ...Array.from({ length: cuantos - 1 }, (): TableCell => ({}))]
  }, rotulo)
}

/** A line per type of time with something in these days, and one of the programme. */
function filasDe(fila: FilaDeSabana, dias: readonly number[], fuera: ReadonlySet<number>): TableCell[][] {
  const estilo = fila.es_subtitulo ? ['chica', 'subtotal'] : ['chica']
  const rotulo = fila.es_subtitulo ? `Total ${fila.anexo}` : fila.codigo
  const lineas = CLASES.filter(([, campo]) => dias.some((dia) => cifraCorta(celdaDe(fila, dia)?.[campo] ?? '') !== ''))
  return lineas.map(([tipo, campo], i) => [
    { text: i === 0 ? rotulo : '', style: estilo, fontSize: 5.6, bold: true },
    { text: tipo, style: estilo, fontSize: 5.6 },
    ...dias.map((dia): TableCell => {
      const celda = celdaDe(fila, dia)
      const rojo = celda?.es_excedente === true && campo !== 'programado' && cifraCorta(celda[campo]) !== ''
      return {
        text: cifraCorta(celda?.[campo] ?? ''),
        style: estilo,
        fontSize: 5.6,
        alignment: 'right',
        ...(rojo ? { color: '#b23509', bold: true } : campo === 'programado' ? { color: '#565c66' } : {}),
        ...(fuera.has(dia) ? { fillColor: '#eceef1' } : {}),
      }
    }),
  ])
}
