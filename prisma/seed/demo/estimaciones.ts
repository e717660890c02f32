/** What the demo company bills: the road of each estimation, its reasons and the exchange rates; no database, no clock. */
import { type FechaIso, fechaIso, sumarDias } from '../../../src/comun/fechas.ts'
import type { EstatusEstimacion } from '../../../src/modulos/estimaciones/estatus.tipos.ts'
import { crearAzar } from './azar.ts'

/** A deduction as a person writes it. */
export interface DeduccionDeDemo {
  readonly nombre: string
  readonly porcentaje: string | null
  readonly importeMn: string | null
}

/** How the estimation of a month ends, and what happens to it on the way. */
export interface Camino {
  readonly hasta: EstatusEstimacion
  /** Lines that the client recognises less of. */
  readonly ajustes?: number
  /** A line is taken out of what was sent. */
  readonly rechazaLinea?: boolean
  /** The client refuses it once; it goes back to draft and is sent again. */
  readonly devuelta?: boolean
  /** A first attempt is cancelled. */
  readonly rehecha?: boolean
  /** The first invoice was wrong. */
  readonly corrigeFactura?: boolean
  readonly deducciones?: readonly DeduccionDeDemo[]
}

const porcentaje = (nombre: string, cuanto: string): DeduccionDeDemo => ({
  nombre,
  porcentaje: cuanto,
  importeMn: null,
})

/** What Parámetros offers while writing deductions. */
export const DEDUCCIONES_USUALES = [
  { nombre: 'Amortización de anticipo', porcentaje: '30' },
  { nombre: 'Retención 5 al millar', porcentaje: '0.5' },
  { nombre: 'Fondo de garantía', porcentaje: '5' },
] as const

const RETENCION = porcentaje('Retención 5 al millar', '0.5')
const ANTICIPO = porcentaje('Amortización de anticipo', '30')
const PENA: DeduccionDeDemo = {
  nombre: 'Pena convencional por entrega tardía',
  porcentaje: null,
  importeMn: '18500.00',
}

/** One for each period to bill, oldest first; what is left nobody has billed yet. */
export const CAMINOS: readonly Camino[] = [
  { hasta: 'COBRADA' },
  { hasta: 'COBRADA', ajustes: 2 },
  { hasta: 'COBRADA', deducciones: [RETENCION] },
  { hasta: 'FACTURADA', ajustes: 1, deducciones: [ANTICIPO, RETENCION] },
  { hasta: 'COBRADA', rechazaLinea: true },
  { hasta: 'AUTORIZADA', ajustes: 3 },
  { hasta: 'FACTURADA', corrigeFactura: true },
  { hasta: 'CANCELADA' },
  { hasta: 'FACTURADA' },
  { hasta: 'ENVIADA', rehecha: true },
  { hasta: 'AUTORIZADA', rechazaLinea: true },
  { hasta: 'RECHAZADA', ajustes: 1 },
  { hasta: 'ENVIADA', ajustes: 2, deducciones: [PENA, RETENCION] },
  { hasta: 'AUTORIZADA', devuelta: true },
  { hasta: 'EN_ESTIMACION', ajustes: 2 },
  { hasta: 'ENVIADA' },
  { hasta: 'EN_ESTIMACION', deducciones: [RETENCION] },
  { hasta: 'ENVIADA', rechazaLinea: true },
  { hasta: 'EN_ESTIMACION' },
]

/** Why the client recognises less. */
export const MOTIVOS_DE_AJUSTE = [
  'Medición conjunta con la supervisión del cliente',
  'Un tramo quedó pendiente de recepción',
  'Se descuenta el tiempo en espera de la embarcación',
] as const

/** What else is written along the road. */
export const TEXTOS = {
  rechazoDeLinea: 'La supervisión no reconoce este volumen: falta la bitácora firmada del día',
  rechazo: 'El cliente pide separar los trabajos en condiciones de mal tiempo',
  cancelacion: 'Se repite con el periodo completo del mes',
  cancelacionSola: 'El cliente pidió presentarla junto con el mes siguiente',
  folioEquivocado: 'Folio equivocado: se cancela la factura y se emite otra',
  respuesta: 'Se atendió la observación del cliente: volumen conciliado',
} as const

/** The rate of a day and where it is published. */
export interface TasaDeDemo {
  readonly fecha: FechaIso
  readonly valor: string
}

const SEMILLA = 20_260_517
export const FUENTE_DE_TASAS = 'Diario Oficial de la Federación'

/** Published on working days: between `desde` and `hasta`, walking slowly around eighteen and a half pesos. */
export function tasasEntre(desde: FechaIso, hasta: FechaIso): TasaDeDemo[] {
  const azar = crearAzar(SEMILLA)
  const tasas: TasaDeDemo[] = []
  let valor = 184_812
  for (let dia = desde; dia <= hasta; dia = sumarDias(dia, 1)) {
    const diaDeLaSemana = new Date(`${dia}T12:00:00Z`).getUTCDay()
    if (diaDeLaSemana === 0 || diaDeLaSemana === 6) continue
    valor += azar.entero(-1_150, 1_150) + Math.round((185_000 - valor) / 20)
    tasas.push({ fecha: dia, valor: (valor / 10_000).toFixed(4) })
  }
  return tasas
}

/** The days of the road of an estimation: some after the end of its period, none after `hoy`. */
export function fechasDe(fin: FechaIso, hoy: FechaIso, turno: number): Readonly<Record<Paso, FechaIso>> {
  const tras = (dias: number): FechaIso => {
    const dia = sumarDias(fin, dias + (turno % 3))
    return dia > hoy ? hoy : dia
  }
  return {
    intento: tras(1),
    borrador: tras(2),
    envio: tras(3),
    rechazo: tras(5),
    reenvio: tras(6),
    autorizacion: tras(7),
    factura: tras(9),
    cobro: tras(18),
  }
}
export type Paso = 'intento' | 'borrador' | 'envio' | 'rechazo' | 'reenvio' | 'autorizacion' | 'factura' | 'cobro'

/** The days of an estimation. */
export interface Periodo {
  readonly desde: FechaIso
  readonly hasta: FechaIso
}

/** A month whole, or its two halves. */
export function periodosDe(mes: FechaIso, entero: boolean): Periodo[] {
  const desde = fechaIso(`${mes.slice(0, 7)}-01`)
  const hasta = sumarDias(fechaIso(`${sumarDias(desde, 31).slice(0, 7)}-01`), -1)
  const mitad = sumarDias(desde, 14)
  return entero
    ? [{ desde, hasta }]
    : [
        { desde, hasta: mitad },
        { desde: sumarDias(mitad, 1), hasta },
      ]
}
