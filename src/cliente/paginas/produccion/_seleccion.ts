/**
 * What the page of production is looking at (site, month, year, OT, tab), in one place that its tabs read and listen to. The state lives in
 * the address, so that a link opens the same view. Whoever holds unsaved changes says so here, and is asked about before they would be lost.
 */
import { fechaDePartes } from '../../../comun/fechas.ts'
import {
  RUTA_OTS_POR_SITIO,
  type OtDelMes,
  type RespuestaOtsDelMes,
} from '../../../modulos/produccion/diario/diario.contrato.ts'
import {
  PESTANAS_PRODUCCION,
  type PaginaProduccion,
  type PestanaProduccion,
} from '../../../modulos/produccion/produccion.contrato.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { FalloDeServidor, obtener } from '../../comun/http.ts'

export interface Seleccion {
  /** Null until a site is chosen. */
  readonly sitio: number | null
  readonly mes: number
  readonly anio: number
  readonly ot: number | null
  readonly pestana: PestanaProduccion
}

/**
 * What happened: `mes` (another site, month or year, or «Actualizar»: the OTs are being asked for and no OT is chosen), `ots` (they arrived),
 * `ot` (another OT, or none), `pestana` (another tab is shown).
 */
export type Suceso = 'mes' | 'ots' | 'ot' | 'pestana'

/** Somebody with changes that are not saved. */
export interface Pendientes {
  /** What the person reads: «los estatus de 12 días». */
  readonly describir: () => string
  readonly hay: () => boolean
  /** The person agreed to lose them. */
  readonly descartar: () => void
  /** `mes`: they are of the whole month and survive a change of OT. `ot`: of the chosen OT. */
  readonly alcance: 'mes' | 'ot'
}

/** A cell that a link asked for, and the closing of the month. */
export interface LugarPedido {
  readonly dia: number | null
  readonly partida: number | null
  readonly tipo: 'TE' | 'CMA' | null
  readonly cierre: boolean
}

type Oyente = (suceso: Suceso, seleccion: Seleccion) => void

const oyentes: Oyente[] = []
const fuentes: Pendientes[] = []
let actual: Seleccion = { sitio: null, mes: 1, anio: 2000, ot: null, pestana: 'diarios' }
let ots: readonly OtDelMes[] = []
let pedido: LugarPedido | null = null
/** Requests in the air: only the answer of the last one counts. */
let pedidos = 0

export const seleccion = (): Seleccion => actual

/** OTs of the site and month, with the statuses of their days. */
export const otsDelMes = (): readonly OtDelMes[] => ots

export const otElegida = (): OtDelMes | null => ots.find(({ id_ot: id }) => id === actual.ot) ?? null

/** The cell that the link asked for, until `tomarLugarPedido`. */
export const lugarPedido = (): LugarPedido | null => pedido

/** Whoever takes the person there takes it from the address too: it is done once. */
export function tomarLugarPedido(): void {
  pedido = null
  const direccion = new URL(location.href)
  for (const clave of ['dia', 'partida', 'tipo', 'cierre']) direccion.searchParams.delete(clave)
  history.replaceState(history.state, '', direccion)
}

/** Days of the month that is looked at. */
export function diasDelMesElegido(): number {
  for (const ultimo of [31, 30, 29]) if (fechaDePartes(actual.anio, actual.mes, ultimo)) return ultimo
  return 28
}

/** Calls `oyente` after each thing that happens to the selection. */
export function alSeleccionar(oyente: Oyente): void {
  oyentes.push(oyente)
}

export function vigilarPendientes(fuente: Pendientes): void {
  fuentes.push(fuente)
}

/** True when nothing would be lost, or the person agrees to lose it. */
export async function puedeSalir(alcance: Pendientes['alcance']): Promise<boolean> {
  const perdidas = fuentes.filter((fuente) => fuente.hay() && (alcance === 'mes' || fuente.alcance === 'ot'))
  if (perdidas.length === 0) return true
  const salir = await confirmar({
    titulo: 'Tienes cambios sin guardar',
    cuerpo: [`Si continúas se pierden ${perdidas.map((fuente) => fuente.describir()).join(' y ')}.`],
    aceptar: 'Continuar sin guardar',
    cancelar: 'Seguir editando',
    destructivo: true,
  })
  if (salir) for (const fuente of perdidas) fuente.descartar()
  return salir
}

/** Another site, month or year. False when the person preferred to keep the unsaved changes. */
export async function elegirMes(cambio: Partial<Pick<Seleccion, 'sitio' | 'mes' | 'anio'>>): Promise<boolean> {
  if (!(await puedeSalir('mes'))) return false
  actual = { ...actual, ...cambio, ot: null }
  await cargarMes(null)
  return true
}

/** «Actualizar»: everything again from the server. */
export const actualizar = (): Promise<boolean> => elegirMes({})

/** The OT that the other tabs show. */
export async function elegirOt(ot: number | null): Promise<boolean> {
  if (ot === actual.ot) return true
  if (!(await puedeSalir('ot'))) return false
  actual = { ...actual, ot }
  avisarA('ot')
  return true
}

export function elegirPestana(pestana: PestanaProduccion): void {
  if (pestana === actual.pestana) return
  actual = { ...actual, pestana }
  avisarA('pestana')
}

/** Asks for the OTs again after a save, without losing the chosen one nor what others have unsaved. */
export async function recargarOts(): Promise<void> {
  await pedirOts()
  avisarA('ots')
}

/** State of the address, with the month of today where it says nothing; `sitios` are those that may be chosen. */
export async function empezarSeleccion(datos: PaginaProduccion, sitios: readonly number[]): Promise<void> {
  const consulta = new URLSearchParams(location.search)
  const entero = (nombre: string): number | null => {
    const numero = Number(consulta.get(nombre) ?? '')
    return Number.isInteger(numero) && numero > 0 ? numero : null
  }
  const [mes, anio, sitio] = [entero('mes'), entero('anio'), entero('sitio')]
  const pestana = PESTANAS_PRODUCCION.find((clave) => clave === consulta.get('pestana'))
  actual = {
    sitio: sitio !== null && sitios.includes(sitio) ? sitio : sitios.length === 1 ? (sitios[0] ?? null) : null,
    mes: mes !== null && mes <= 12 ? mes : datos.mes,
    anio: anio !== null && anio >= 2000 && anio <= 2100 ? anio : datos.anio,
    ot: null,
    pestana: pestana ?? 'diarios',
  }
  const tipo = consulta.get('tipo')
  pedido = {
    dia: entero('dia'),
    partida: entero('partida'),
    tipo: tipo === 'TE' || tipo === 'CMA' ? tipo : null,
    cierre: consulta.get('cierre') === '1',
  }
  window.addEventListener('beforeunload', (evento) => {
    if (fuentes.some((fuente) => fuente.hay())) evento.preventDefault()
  })
  await cargarMes(entero('ot'))
}

async function cargarMes(ot: number | null): Promise<void> {
  ots = []
  avisarA('mes')
  await pedirOts()
  avisarA('ots')
  if (ot === null || !ots.some(({ id_ot: id }) => id === ot)) return
  actual = { ...actual, ot }
  avisarA('ot')
}

async function pedirOts(): Promise<void> {
  pedidos += 1
  const mio = pedidos
  const { sitio, mes, anio } = actual
  if (sitio === null) {
    ots = []
    return
  }
  try {
    const { reportes_diarios: leidas } = await obtener<RespuestaOtsDelMes>(RUTA_OTS_POR_SITIO, {
      id_sitio: sitio,
      mes,
      anio,
    })
    if (mio === pedidos) ots = leidas
  } catch (error) {
    // Its notice is on screen, and «Actualizar» asks again.
    if (!(error instanceof FalloDeServidor)) throw error
  }
}

function avisarA(suceso: Suceso): void {
  const { sitio, mes, anio, ot, pestana } = actual
  const direccion = new URL(location.href)
  const propios = { sitio, mes, anio, ot, pestana: pestana === 'diarios' ? null : pestana }
  for (const [clave, valor] of Object.entries(propios)) {
    if (valor === null) direccion.searchParams.delete(clave)
    else direccion.searchParams.set(clave, String(valor))
  }
  // A link that asked for an OT keeps it in its address until the OTs arrive.
  if (suceso !== 'mes') history.replaceState(history.state, '', direccion)
  for (const oyente of oyentes) oyente(suceso, actual)
}
