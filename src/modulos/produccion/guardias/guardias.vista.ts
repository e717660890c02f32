import { textoSobre } from '../../../comun/colores.ts'
import {
  aDdMmAaaa,
  anioDe,
  diasDelMes,
  diasEntre,
  fechaDePartes,
  fechaIso,
  instanteLocal,
  type FechaIso,
} from '../../../comun/fechas.ts'
import { MESES, nombreDelMes } from '../produccion.contrato.ts'
import { RUTA_GUARDIAS, type PaginaGuardias } from './guardias.contrato.ts'
import { bloquesDelMes, cicloDelDia, relevosDelMes } from './guardias.reglas.ts'
import type { BloqueDeGuardia, CicloGuardado } from './guardias.tipos.ts'

const LETRAS = ['L', 'M', 'M', 'J', 'V', 'S', 'D'] as const
const NOMBRES = ['lunes', 'martes', 'miércoles', 'jueves', 'viernes', 'sábado', 'domingo'] as const
/** A Monday. */
const LUNES = fechaIso('2024-01-01')

/** What the calendar is asked for. */
export interface PedidoDeCalendario {
  readonly idSitio: number | null
  readonly anio: number
  readonly mes: number
}

interface Franja {
  readonly nombre: string
  /** `#rrggbb` of the person and the ink that reads on it. */
  readonly color: string
  readonly tinta: string
  readonly inicio: number
  readonly fin: number
  /** '5–18', or '1' for a single day. */
  readonly dias: string
}

interface DiaDeSemana {
  /** Null before the first day of the month and after the last. */
  readonly numero: number | null
  readonly nombre: string
  readonly color: string
  readonly tinta: string
  readonly hoy: boolean
  readonly relevo: boolean
}

/** `v.datos` of views/produccion/guardias.ejs. */
export interface CalendarioDeGuardias extends PaginaGuardias {
  readonly nombreSitio: string | null
  readonly sitios: readonly { readonly valor: number; readonly texto: string }[]
  readonly meses: readonly { readonly valor: number; readonly texto: string }[]
  readonly anios: readonly { readonly valor: number; readonly texto: string }[]
  readonly mes: number
  readonly anio: number
  readonly titulo: string
  readonly anterior: string | null
  readonly siguiente: string | null
  readonly dias: readonly {
    readonly numero: number
    readonly letra: string
    readonly descanso: boolean
    readonly hoy: boolean
  }[]
  readonly filas: readonly { readonly sitio: string; readonly ruta: string; readonly franjas: readonly Franja[] }[]
  /** Weeks of the month, for one site with cycle; empty for all of them. */
  readonly semanas: readonly (readonly DiaDeSemana[])[]
  readonly nombresDeDia: readonly string[]
  readonly relevos: readonly {
    readonly fecha: string
    readonly dia: string
    readonly sitio: string
    readonly sale: string
    readonly entra: string
  }[]
  readonly historial: readonly {
    readonly desde: string
    readonly a: string
    readonly b: string
    readonly inicioA: string
    readonly dias: number
    readonly quien: string
    readonly cuando: string
    readonly enVigor: boolean
  }[]
}

/** 0 = Monday. */
const diaDeSemana = (fecha: FechaIso): number => ((diasEntre(LUNES, fecha) % 7) + 7) % 7

function ruta(idSitio: number | null, mes: number, anio: number): string {
  const consulta = new URLSearchParams({ mes: String(mes), anio: String(anio) })
  if (idSitio !== null) consulta.set('id_sitio', String(idSitio))
  return `${RUTA_GUARDIAS}?${consulta.toString()}`
}

function franja({ superintendente: { nombre, color }, inicio, fin }: BloqueDeGuardia): Franja {
  return {
    nombre,
    color,
    tinta: textoSobre(color),
    inicio,
    fin,
    dias: inicio === fin ? String(inicio) : `${String(inicio)}–${String(fin)}`,
  }
}

function semanasDe(
  franjas: readonly Franja[],
  primero: FechaIso,
  hoy: FechaIso,
  relevos: ReadonlySet<number>,
): DiaDeSemana[][] {
  const vacio: DiaDeSemana = { numero: null, nombre: '', color: '', tinta: '', hoy: false, relevo: false }
  const celdas: DiaDeSemana[] = Array.from({ length: diaDeSemana(primero) }, () => vacio)
  for (const { nombre, color, tinta, inicio, fin } of franjas)
    for (let numero = inicio; numero <= fin; numero += 1)
      celdas.push({
        numero,
        nombre,
        color,
        tinta,
        hoy: diasEntre(primero, hoy) === numero - 1,
        relevo: relevos.has(numero),
      })
  while (celdas.length % 7 !== 0) celdas.push(vacio)
  return Array.from({ length: celdas.length / 7 }, (_, i) => celdas.slice(i * 7, i * 7 + 7))
}

function agruparPorSitio(ciclos: readonly CicloGuardado[]): Map<number, CicloGuardado[]> {
  const grupos = new Map<number, CicloGuardado[]>()
  for (const ciclo of ciclos) grupos.set(ciclo.idSitio, [...(grupos.get(ciclo.idSitio) ?? []), ciclo])
  return grupos
}

/** The month of one site or of all that have a cycle. */
export function vistaDeGuardias(
  { sitios, ciclos }: { sitios: readonly { id: number; descripcion: string }[]; ciclos: readonly CicloGuardado[] },
  { idSitio, anio, mes }: PedidoDeCalendario,
  hoy: FechaIso,
  configurar: boolean,
): CalendarioDeGuardias {
  const primero = fechaDePartes(anio, mes, 1) ?? hoy
  const porSitio = agruparPorSitio(ciclos)
  const filas = [...porSitio].map(([id, suyos]) => ({
    sitio: suyos[0]?.sitio ?? '',
    ruta: ruta(id, mes, anio),
    franjas: bloquesDelMes(suyos, anio, mes).map(franja),
  }))
  const relevos = [...porSitio.values()]
    .flatMap((suyos) => relevosDelMes(suyos, anio, mes).map((relevo) => ({ ...relevo, sitio: suyos[0]?.sitio ?? '' })))
    .sort((a, b) => (a.fecha < b.fecha ? -1 : a.fecha > b.fecha ? 1 : 0))
  const deUno = idSitio === null ? undefined : filas[0]
  const elegido = sitios.find(({ id }) => id === idSitio)
  return {
    sitio: idSitio,
    configurar,
    nombreSitio: deUno?.sitio ?? elegido?.descripcion ?? null,
    sitios: sitios.map(({ id, descripcion }) => ({ valor: id, texto: descripcion })),
    meses: MESES.map((texto, i) => ({ valor: i + 1, texto })),
    anios: aniosDe(anioDe(hoy), anio),
    mes,
    anio,
    titulo: nombreDelMes(mes, anio),
    ...vecinos(idSitio, anio, mes),
    dias: Array.from({ length: diasDelMes(anio, mes) }, (_, i) => {
      const semana = (diaDeSemana(primero) + i) % 7
      return { numero: i + 1, letra: LETRAS[semana] ?? '', descanso: semana > 4, hoy: diasEntre(primero, hoy) === i }
    }),
    filas,
    semanas: deUno
      ? semanasDe(deUno.franjas, primero, hoy, new Set(relevos.map(({ fecha }) => Number(fecha.slice(8)))))
      : [],
    nombresDeDia: NOMBRES,
    relevos: relevos.map(({ fecha, sitio, sale, entra }) => ({
      fecha: aDdMmAaaa(fecha),
      dia: NOMBRES[diaDeSemana(fecha)] ?? '',
      sitio,
      sale: sale.nombre,
      entra: entra.nombre,
    })),
    historial: idSitio === null ? [] : historialDe(ciclos, hoy),
  }
}

function vecinos(
  idSitio: number | null,
  anio: number,
  mes: number,
): { anterior: string | null; siguiente: string | null } {
  const enEpoca = (otro: number): boolean => otro >= 2000 && otro <= 2100
  const [anioAntes, mesAntes] = mes === 1 ? [anio - 1, 12] : [anio, mes - 1]
  const [anioDespues, mesDespues] = mes === 12 ? [anio + 1, 1] : [anio, mes + 1]
  return {
    anterior: enEpoca(anioAntes) ? ruta(idSitio, mesAntes, anioAntes) : null,
    siguiente: enEpoca(anioDespues) ? ruta(idSitio, mesDespues, anioDespues) : null,
  }
}

function aniosDe(actual: number, pedido: number): { valor: number; texto: string }[] {
  const anios = new Set([actual - 2, actual - 1, actual, actual + 1, pedido])
  return [...anios].sort((a, b) => a - b).map((valor) => ({ valor, texto: String(valor) }))
}

function historialDe(ciclos: readonly CicloGuardado[], hoy: FechaIso): CalendarioDeGuardias['historial'] {
  const enVigor = cicloDelDia(ciclos, hoy)
  return ciclos.map((ciclo) => ({
    desde: aDdMmAaaa(ciclo.vigenteDesde),
    a: ciclo.a.nombre,
    b: ciclo.b.nombre,
    inicioA: aDdMmAaaa(ciclo.inicioA),
    dias: ciclo.dias,
    quien: ciclo.usuario ?? 'Sistema',
    cuando: instanteLocal(ciclo.fecha).slice(0, 16),
    enVigor: ciclo === enVigor,
  }))
}
