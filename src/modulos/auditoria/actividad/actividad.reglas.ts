/** The sentence of a row (core.md §9.5), what a typed text means, and which pieces of a log kept by months a page takes. */
import { fechaDePartes, sumarDias, type FechaIso } from '../../../comun/fechas.ts'

/** What the sentence is built from. */
export interface PartesDeOracion {
  readonly evento: string
  readonly campo: string
  readonly valor_anterior: string
  readonly valor_actual: string
  readonly detalle: string
}

/** How an empty value is read in a sentence. */
const VACIO = '______'

/** The sentence of §9.5, plain text. */
export function oracion({
  evento,
  campo,
  valor_anterior: anterior,
  valor_actual: actual,
  detalle,
}: PartesDeOracion): string {
  const unir = (...partes: string[]): string => partes.filter((parte) => parte !== '').join(' ')
  switch (evento) {
    case 'CREAR':
      return unir('Creó', detalle, actual)
    case 'REGISTRAR':
      return unir('Registró', detalle)
    case 'MODIFICAR':
      return unir('Modificó el campo', campo, 'de', anterior || VACIO, 'a', actual || VACIO, detalle)
    case 'ACTUALIZAR':
      return unir('Actualizó', detalle)
    case 'ELIMINAR':
      return unir('Eliminó', detalle, anterior)
    case 'IMPORTAR':
      return unir('Importó', detalle)
    case 'EXPORTAR':
      return unir('Exportó', detalle)
    case 'ENVIAR':
      return unir('Envió', detalle)
    case 'REACTIVAR':
      return unir('Reactivó', detalle)
    case 'INICIAR SESION':
    case 'CERRAR SESION':
      return unir(campo, detalle)
    default:
      return ' - '
  }
}

/** Local instants `YYYY-MM-DD HH:MM:SS`, the end not included. */
export interface Intervalo {
  readonly desde: string
  readonly hasta: string
}

const FECHA_TECLEADA = /^(\d{1,2})\/(\d{1,2})\/(\d{4})(?: (\d{1,2})(?::(\d{2})(?::(\d{2}))?)?)?$/
const MES_TECLEADO = /^(\d{1,2})\/(\d{4})$/

/** The calendar ends with it: no day, and no row, comes after. */
const ULTIMO_MES = '9999-12'

/** The day after, where an interval that includes `dia` ends; null when the calendar has none. */
export function finDeDia(dia: FechaIso): FechaIso | null {
  return dia === `${ULTIMO_MES}-31` ? null : sumarDias(dia, 1)
}

/** The local day (or hour, minute, second, month) that a text types as `DD/MM/YYYY …` or `MM/YYYY`; null when it is not a date. */
export function intervaloTecleado(texto: string): Intervalo | null {
  const mes = MES_TECLEADO.exec(texto)
  if (mes) {
    const primero = fechaDePartes(Number(mes[2]), Number(mes[1]), 1)
    if (primero === null || primero.startsWith(ULTIMO_MES)) return null
    return { desde: `${primero} 00:00:00`, hasta: `${mesSiguiente(primero)} 00:00:00` }
  }
  const partes = FECHA_TECLEADA.exec(texto)
  if (!partes) return null
  const [, dia, numeroMes, anio, hora, minuto, segundo] = partes
  const fecha = fechaDePartes(Number(anio), Number(numeroMes), Number(dia))
  if (fecha === null || fecha.startsWith(ULTIMO_MES)) return null
  if (Number(hora ?? 0) > 23 || Number(minuto ?? 0) > 59 || Number(segundo ?? 0) > 59) return null
  const dos = (n: number): string => String(n).padStart(2, '0')
  if (hora === undefined) return { desde: `${fecha} 00:00:00`, hasta: `${sumarDias(fecha, 1)} 00:00:00` }
  const inicio = Number(hora) * 3600 + Number(minuto ?? 0) * 60 + Number(segundo ?? 0)
  const fin = inicio + (minuto === undefined ? 3600 : segundo === undefined ? 60 : 1)
  const reloj = (s: number): string => `${dos(Math.floor(s / 3600))}:${dos(Math.floor(s / 60) % 60)}:${dos(s % 60)}`
  return {
    desde: `${fecha} ${reloj(inicio)}`,
    hasta: fin === 86_400 ? `${sumarDias(fecha, 1)} 00:00:00` : `${fecha} ${reloj(fin)}`,
  }
}

/** First day of the month of a day. */
export const mesDe = (dia: FechaIso): FechaIso => `${dia.slice(0, 8)}01` as FechaIso

/** First day of the month after. */
export const mesSiguiente = (dia: FechaIso): FechaIso => mesDe(sumarDias(mesDe(dia), 32))

/** Days `[desde, hasta)`; null = without end on that side. */
export interface Tramo {
  readonly desde: FechaIso | null
  readonly hasta: FechaIso | null
}

/** How the rows of some days are counted: whole closed months by their counts, the rest row by row. */
export interface PlanDeConteo {
  /** First days of the first and last months that have counts; null when none is whole inside. */
  readonly meses: { readonly primero: FechaIso | null; readonly ultimo: FechaIso } | null
  readonly directos: readonly Tramo[]
}

/**
 * @param abierto first day without counts (the first of a month), null when no month is closed
 */
export function planDeConteo({ desde, hasta }: Tramo, abierto: FechaIso | null): PlanDeConteo {
  if (abierto === null || (desde !== null && desde >= abierto)) return { meses: null, directos: [{ desde, hasta }] }
  const primero = desde === null ? null : desde === mesDe(desde) ? desde : mesSiguiente(desde)
  const limite = hasta !== null && hasta < abierto ? mesDe(hasta) : abierto
  if (primero !== null && primero >= limite && limite !== abierto) return { meses: null, directos: [{ desde, hasta }] }
  const directos: Tramo[] = []
  if (hasta === null || hasta > abierto) directos.push({ desde: abierto, hasta })
  else if (hasta > limite) directos.push({ desde: limite, hasta })
  if (desde !== null && primero !== null && desde < primero)
    directos.push({ desde, hasta: hasta !== null && hasta < primero ? hasta : primero })
  const ultimo = mesDe(sumarDias(limite, -1))
  return { meses: primero !== null && primero > ultimo ? null : { primero, ultimo }, directos }
}

/** Rows of one group (all of them when the order is by date) in some days. */
export interface Celda {
  readonly grupo: string
  readonly tramo: Tramo
  readonly filas: number
}

/** What a page reads: from the days of one group, skipping some, so many. */
export interface Segmento {
  readonly grupo: string
  readonly tramo: Tramo
  readonly saltar: number
  readonly tomar: number
}

/** The segments of the page, from the cells in the order in which they are shown (`descendente`: newest days first). */
export function segmentosDePagina(
  celdas: readonly Celda[],
  { inicio, limite, descendente }: { inicio: number; limite: number; descendente: boolean },
): Segmento[] {
  const segmentos: Segmento[] = []
  let antes = 0
  for (const { grupo, tramo, filas } of celdas) {
    const saltar = Math.max(inicio - antes, 0)
    const tomar = Math.min(filas, inicio + limite - antes) - saltar
    antes += filas
    if (tomar <= 0) continue
    const ultimo = segmentos.at(-1)
    if (ultimo?.grupo !== grupo) segmentos.push({ grupo, tramo, saltar, tomar })
    else
      segmentos[segmentos.length - 1] = {
        ...ultimo,
        tramo: descendente
          ? { desde: tramo.desde, hasta: ultimo.tramo.hasta }
          : { desde: ultimo.tramo.desde, hasta: tramo.hasta },
        tomar: ultimo.tomar + tomar,
      }
  }
  return segmentos
}
