/** In which place of the radar each piece is (decision 0035). The rule of what may be billed is that of the candidates. */
import { DINERO_CERO, dinero } from '../../../comun/dinero.ts'
import { sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import { motivosDe, type Exigencias, type Juzgable } from '../estimaciones.reglas.ts'
import { claveDeCobro, MOTIVOS, TEXTO_ESTATUS, type ClaveCobro } from '../estimaciones.tipos.ts'
import { BANDAS, type Apartado, type Banda, type Cifra, type PiezaRadar } from './radar.tipos.ts'

const DE_LINEA: Readonly<Partial<Record<ClaveCobro, Apartado>>> = {
  EN_ESTIMACION: 'en_borrador',
  RECHAZADA: 'en_borrador',
  ENVIADA: 'enviada',
  AUTORIZADA: 'autorizada',
  FACTURADA: 'facturada',
  COBRADA: 'cobrada',
}

/** States from here on are of what is left; below, the status of the estimation of a line. */
const SALDO = 100

/** What a state of what is left says (SQL function `radar_estado`). */
interface EstadoDeSaldo {
  readonly excedente: boolean
  readonly sinPrecio: boolean
  readonly llevaGpu: boolean
  readonly firmado: boolean
  readonly conEvidencia: boolean
}

function leerEstado(estado: number): EstadoDeSaldo {
  const resto = estado - SALDO
  const evidencia = resto % 20
  return {
    excedente: resto >= 40,
    sinPrecio: resto % 40 >= 20,
    llevaGpu: evidencia < 10,
    firmado: evidencia % 10 === 2,
    conEvidencia: evidencia % 10 >= 1,
  }
}

function comoCandidata(e: EstadoDeSaldo, mesCerrado: boolean): Juzgable {
  const precio = e.sinPrecio ? DINERO_CERO : dinero(1)
  const { excedente, llevaGpu, firmado } = e
  return {
    saldo: dinero(1),
    excedente,
    llevaGpu,
    gpuFirmado: firmado,
    diaFirmado: firmado,
    mesCerrado,
    puMn: precio,
    puUsd: precio,
  }
}

/** The place of a state: the first reason that applies decides, excedente and price before evidence. */
export function apartadoDe(estado: number, mesCerrado: boolean, exige: Exigencias): Apartado {
  if (estado < SALDO) {
    const apartado = DE_LINEA[claveDeCobro(estado)]
    if (apartado === undefined) throw new Error(`No live line has the status ${String(estado)}`)
    return apartado
  }
  const leido = leerEstado(estado)
  const motivos = motivosDe(comoCandidata(leido, mesCerrado), exige)
  if (motivos.length === 0) return 'estimable'
  if (motivos.includes('EXCEDENTE')) return 'excedente'
  if (motivos.includes('SIN_PRECIO')) return 'sin_precio'
  const faltaFirma = motivos.includes('GPU_PENDIENTE') || motivos.includes('DIA_SIN_FIRMA')
  return faltaFirma && !leido.conEvidencia ? 'sin_evidencia' : 'evidencia_sin_firma'
}

/** Place of every state there may be, for the queries: what the settings demand reaches the database only through it. */
export function mapaDeApartados(exige: Exigencias): { e: number; c: boolean; a: Apartado }[] {
  const estados = [13, 24, 25, 26, 27, 28]
  for (const extra of [0, 20, 40, 60]) for (const ev of [0, 1, 2, 10, 11, 12]) estados.push(SALDO + extra + ev)
  return estados.flatMap((e) => [true, false].map((c) => ({ e, c, a: apartadoDe(e, c, exige) })))
}

/** Why a piece is where it is, in words. */
export function razonDe(pieza: Pick<PiezaRadar, 'estado' | 'mesCerrado' | 'numero'>, exige: Exigencias): string {
  if (pieza.estado < SALDO)
    return `EST-${String(pieza.numero)}, ${TEXTO_ESTATUS[claveDeCobro(pieza.estado)].toLowerCase()}`
  const leido = leerEstado(pieza.estado)
  const motivos = motivosDe(comoCandidata(leido, pieza.mesCerrado), exige)
  const textos = motivos.map((motivo) => {
    if (leido.conEvidencia) return MOTIVOS[motivo]
    if (motivo === 'GPU_PENDIENTE') return 'Su GPU no tiene enlace ni archivos'
    return motivo === 'DIA_SIN_FIRMA' ? 'El día no tiene reporte' : MOTIVOS[motivo]
  })
  return textos.length === 0 ? 'Se puede estimar' : textos.join('; ')
}

/** Days of production of a band seen from a day; what is dated after it counts as of today. */
export function diasDeBanda(banda: Banda, hoy: FechaIso): { desde: FechaIso | null; hasta: FechaIso | null } {
  const { desde, hasta } = BANDAS[banda]
  return { desde: hasta === null ? null : sumarDias(hoy, -hasta), hasta: desde === 0 ? null : sumarDias(hoy, -desde) }
}

/** Whether two figures are the same to the cent. */
export const mismoImporte = (a: Cifra, b: Cifra): boolean => a.mn.equals(b.mn) && a.usd.equals(b.usd)
