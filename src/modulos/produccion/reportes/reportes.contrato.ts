/** What the reports and the browser agree on (produccion.md §6.16, issue C §3). */
import type { SerieDeAvance } from './grafica.contrato.ts'

const BASE = '/operaciones/produccion/'
export const RUTA_REPORTES = `${BASE}reportes/`
export const RUTA_EXPORTAR_SABANA = `${BASE}exportar_sabana/`
/** The grid of the tab GPU's in Excel (§7.6). */
export const RUTA_EXPORTAR_GPUS = `${BASE}exportar_gpus/`
export const RUTA_REPORTE_MENSUAL = `${BASE}reporte_mensual/`
export const RUTA_REPORTE_PROGRAMA = `${BASE}reporte_programa/`
export const PATRON_HOJA_GPU = `${BASE}gpu/:id/hoja/`

/** Sheet of a GPU in PDF. */
export const rutaDeHojaGpu = (id: number): string => PATRON_HOJA_GPU.replace(':id', String(id))

/** What a report is about; what is null is left out of its address. */
export interface AsuntoDeReporte {
  readonly id_ot?: number | null
  readonly id_sitio?: number | null
  readonly mes: number
  readonly anio: number
}

/** Address of a report with its parameters. */
export function rutaDeReporte(ruta: string, asunto: AsuntoDeReporte, extra: Record<string, string> = {}): string {
  const consulta = new URLSearchParams()
  const parametros: Record<string, string | number | null | undefined> = { ...asunto, ...extra }
  for (const [clave, valor] of Object.entries(parametros))
    if (valor !== null && valor !== undefined) consulta.set(clave, String(valor))
  return `${ruta}?${consulta.toString()}`
}

/** A report that can be asked for, as the menu «Reporte mensual» offers it. */
export interface OpcionDeReporte {
  readonly texto: string
  readonly ruta: string
}

/** What the menu offers for an OT and a site of a month; without one of them, what only needs the other. */
export function opcionesDeReporte({ id_ot, id_sitio, mes, anio }: AsuntoDeReporte): OpcionDeReporte[] {
  const de = (asunto: AsuntoDeReporte, ruta: string, formato: string): string =>
    rutaDeReporte(ruta, asunto, { formato })
  const opciones: OpcionDeReporte[] = []
  if (id_ot != null && id_sitio != null) {
    const asunto = { id_ot, id_sitio, mes, anio }
    opciones.push(
      { texto: 'De la OT en este frente, en PDF', ruta: de(asunto, RUTA_REPORTE_MENSUAL, 'pdf') },
      { texto: 'De la OT en este frente, en Excel', ruta: de(asunto, RUTA_REPORTE_MENSUAL, 'xlsx') },
      { texto: 'Sábana de la OT en este frente, en Excel', ruta: de(asunto, RUTA_EXPORTAR_SABANA, 'xlsx') },
      { texto: 'Sábana de la OT en este frente, en CSV', ruta: de(asunto, RUTA_EXPORTAR_SABANA, 'csv') },
    )
  }
  if (id_ot != null)
    opciones.push(
      { texto: 'De la OT en todos sus frentes, en PDF', ruta: de({ id_ot, mes, anio }, RUTA_REPORTE_MENSUAL, 'pdf') },
      {
        texto: 'De la OT en todos sus frentes, en Excel',
        ruta: de({ id_ot, mes, anio }, RUTA_REPORTE_MENSUAL, 'xlsx'),
      },
    )
  if (id_sitio != null)
    opciones.push(
      { texto: 'Del frente con todas sus OT, en PDF', ruta: de({ id_sitio, mes, anio }, RUTA_REPORTE_MENSUAL, 'pdf') },
      {
        texto: 'Del frente con todas sus OT, en Excel',
        ruta: de({ id_sitio, mes, anio }, RUTA_REPORTE_MENSUAL, 'xlsx'),
      },
    )
  return opciones
}

/** Own data of the page of reports. */
export interface PaginaReportes {
  /** Null while no OT was chosen, or it has nothing to compare. */
  readonly serie: SerieDeAvance | null
}
