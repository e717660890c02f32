/** Radar de cobro (issue D §2, decision 0035): where every produced peso is. */
import type { Dinero } from '../../../comun/dinero.ts'
import type { FechaIso } from '../../../comun/fechas.ts'

/** The places of a produced peso, in the order in which it moves towards being paid. */
export const APARTADOS = {
  sin_evidencia: { texto: 'Sin evidencia', ayuda: 'El GPU no tiene enlace ni archivos, o el día no tiene reporte' },
  evidencia_sin_firma: {
    texto: 'Evidencia sin firma',
    ayuda: 'Ya hay evidencia; falta firmar el GPU o el día, o cerrar el mes si así se exige',
  },
  excedente: { texto: 'Excedente', ayuda: 'Producido por encima de lo autorizado' },
  sin_precio: { texto: 'Sin precio', ayuda: 'Sus dos precios unitarios son cero, por eso vale $0.00' },
  estimable: { texto: 'Estimable', ayuda: 'Se puede estimar hoy' },
  en_borrador: { texto: 'En borrador', ayuda: 'En una estimación que no se ha enviado, o que se rechazó' },
  enviada: { texto: 'Enviada', ayuda: 'En una estimación que espera autorización' },
  autorizada: { texto: 'Autorizada', ayuda: 'En una estimación que espera factura' },
  facturada: { texto: 'Facturada', ayuda: 'En una estimación que espera cobro' },
  cobrada: { texto: 'Cobrada', ayuda: 'En una estimación cobrada' },
} as const
export type Apartado = keyof typeof APARTADOS
export const CLAVES_APARTADO = Object.keys(APARTADOS) as readonly Apartado[]

/** Days since the production day, both ends included. */
export const BANDAS = {
  '0-30': { texto: '0 a 30 días', desde: 0, hasta: 30 },
  '31-60': { texto: '31 a 60 días', desde: 31, hasta: 60 },
  '61-90': { texto: '61 a 90 días', desde: 61, hasta: 90 },
  '91-180': { texto: '91 a 180 días', desde: 91, hasta: 180 },
  '181-': { texto: 'Más de 180 días', desde: 181, hasta: null },
} as const
export type Banda = keyof typeof BANDAS
export const CLAVES_BANDA = Object.keys(BANDAS) as readonly Banda[]

/** What the table has a row for. */
export const AGRUPACIONES = { ot: 'OT', cliente: 'Cliente', sitio: 'Sitio', antiguedad: 'Antigüedad' } as const
export type Agrupacion = keyof typeof AGRUPACIONES

/** What the table is in: the two currencies never added, or added with a rate that is named. */
export const MONEDAS = { mn: 'M.N.', usd: 'USD', homologado: 'Homologado' } as const
export type Moneda = keyof typeof MONEDAS

/** Which part of the production is looked at. */
export interface FiltrosRadar {
  readonly idOt: number | null
  /** 0 = orders without client. */
  readonly idCliente: number | null
  readonly idSitio: number | null
  readonly antiguedad: Banda | null
}

/** Amounts of each currency, never added, and how many pieces of production they come from. */
export interface Cifra {
  readonly piezas: number
  readonly mn: Dinero
  readonly usd: Dinero
}

/** A row of the table: one OT, client, site or band. */
export interface GrupoRadar {
  /** Id, or name of the band; 0 = orders without client. */
  readonly clave: string
  readonly texto: string
  readonly total: Cifra
  readonly apartados: Readonly<Record<Apartado, Cifra>>
}

/** What the documents say of a status, against what the radar says (rounded by concept, not by row). */
export interface Conciliacion {
  readonly apartado: Apartado
  readonly radar: Cifra
  readonly documentos: Cifra
}

/** Everything that the page of the radar shows, of one instant. */
export interface Radar {
  readonly total: Cifra
  readonly apartados: Readonly<Record<Apartado, Cifra>>
  /** Part of «en borrador» whose estimation was rejected. */
  readonly rechazadas: Cifra
  readonly grupos: readonly GrupoRadar[]
  readonly totalGrupos: number
  /** Value of the production by itself: at the prices in force, and what the frozen prices add. */
  readonly control: { readonly capturas: number; readonly vigente: Cifra; readonly diferencia: Cifra }
  /** Null when a filter splits estimations (site, age). */
  readonly conciliacion: readonly Conciliacion[] | null
}

/** A piece of production: what is left of it, or what one line bills. */
export interface PiezaRadar {
  readonly idProduccion: number
  readonly idOt: number
  readonly ot: string
  readonly fecha: FechaIso
  readonly idSitio: number
  readonly sitio: string
  readonly tipoTiempo: string
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly volumen: Dinero
  readonly puMn: Dinero
  readonly puUsd: Dinero
  readonly mn: Dinero
  readonly usd: Dinero
  readonly estado: number
  readonly mesCerrado: boolean
  readonly apartado: Apartado
  readonly idGpu: number | null
  readonly idEstimacion: number | null
  readonly numero: number | null
}
