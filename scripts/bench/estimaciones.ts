/** Billing: candidates of a family of 30,000 rows, an estimation of 5,000 lines through its whole life, its files and its pages. */
import { gunzipSync } from 'node:zlib'
import pg from 'pg'
import { llenarEstimaciones, type FamiliaEstimable } from './datos-estimaciones.ts'
import type { App, Entorno } from './entorno.ts'
import { percentil, redondo, sondear, type Cliente, type Renglon } from './medidas.ts'

const BASE = '/operaciones/estimaciones/'
const META_CANDIDATAS_MS = 300
const META_CREAR_MS = 1000
const LECTURAS = 30
const VUELTAS = 7

type Anotar = (medida: string, tiempos: readonly number[], meta?: number, consultas?: number) => void

export async function medirEstimaciones(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('estimaciones')
  const pool = new pg.Pool({ connectionString: url })
  decir('Estimaciones: llenando la base…')
  const familia = await llenarEstimaciones(pool)
  const app = await entorno.iniciarApp(url)
  const cliente = await app.entrar()
  const resultado: Record<string, { p50: number; p95: number }> = {}
  const renglones: Renglon[] = []
  const anotar: Anotar = (medida, tiempos, meta, consultas) => {
    const [p50, p95] = [redondo(percentil(tiempos, 50)), redondo(percentil(tiempos, 95))]
    resultado[medida] = { p50, p95 }
    decir(`  ${medida}: p50 ${String(p50)} ms, p95 ${String(p95)} ms`)
    renglones.push({
      parte: 'estimaciones',
      medida: consultas === undefined ? medida : `${medida} (${String(consultas)} consultas)`,
      valor: `p50 ${String(p50)} ms, p95 ${String(p95)} ms`,
      meta: meta === undefined ? '–' : `p95 < ${String(meta)} ms`,
      cumple: meta === undefined ? null : p95 < meta,
    })
  }
  await medirLecturas(app, cliente, familia, anotar, decir)
  await medirVida(app, cliente, familia, anotar)
  const id = await crear(cliente, familia, null).then(({ id: nueva }) => nueva)
  await medirPaginas(app, cliente, id, anotar)
  await medirArchivos(cliente, id, anotar)
  await app.detener()
  await pool.end()
  return { resultado, renglones }
}

const candidatas = ({ ot, desde }: FamiliaEstimable, hasta: string): string =>
  `${BASE}candidatas/?id_ot=${String(ot)}&fecha_desde=${desde}&fecha_hasta=${hasta}`

async function repetir(veces: number, hacer: () => Promise<number>): Promise<number[]> {
  // The first one finds everything cold, as nobody does twice.
  await hacer()
  const tiempos: number[] = []
  for (let i = 0; i < veces; i += 1) tiempos.push(await hacer())
  return tiempos
}

async function medirLecturas(
  app: App,
  cliente: Cliente,
  familia: FamiliaEstimable,
  anotar: Anotar,
  decir: (linea: string) => void,
): Promise<void> {
  const ruta = candidatas(familia, familia.hasta)
  const comprimida = { cabeceras: { 'Accept-Encoding': 'gzip' } }
  const { cuerpo } = await cliente.pedir(ruta, comprimida)
  const entero = gunzipSync(cuerpo)
  const { data } = JSON.parse(entero.toString('utf8')) as { data: unknown[] }
  decir(
    `Estimaciones: ${String(data.length)} candidatas, ${String(redondo(entero.length / 1e6))} MB, ${String(redondo(cuerpo.length / 1e6))} MB comprimidas`,
  )
  anotar(
    `candidatas, ${data.length.toLocaleString('es-MX')} filas, como un navegador (gzip)`,
    await repetir(LECTURAS, async () => (await cliente.pedir(ruta, comprimida)).ms),
    META_CANDIDATAS_MS,
    app.consultasDe(`${BASE}candidatas/`),
  )
  anotar(
    'candidatas, las mismas, sin comprimir',
    await repetir(LECTURAS, () => cliente.medir(ruta)),
    META_CANDIDATAS_MS,
  )
  anotar(
    'candidatas de un mes, 5,000 filas',
    await repetir(LECTURAS, () => cliente.medir(candidatas(familia, familia.hastaMes))),
  )
  anotar(
    'lista de 2,000 estimaciones',
    await repetir(LECTURAS, () => cliente.medir(`${BASE}datatable/?draw=1&start=0&length=50`)),
    undefined,
    app.consultasDe(`${BASE}datatable/`),
  )
}

interface Cambio {
  readonly id_nuevo?: number
  readonly version: number
}

export async function enviar(
  cliente: Cliente,
  ruta: string,
  cuerpo: Record<string, unknown>,
): Promise<{ ms: number; cambio: Cambio }> {
  const respuesta = await cliente.pedir(ruta, {
    metodo: 'POST',
    cuerpo: Buffer.from(JSON.stringify(cuerpo)),
    cabeceras: { 'Content-Type': 'application/json' },
  })
  const texto = respuesta.cuerpo.toString('utf8')
  if (respuesta.estado !== 200) throw new Error(`${ruta} respondió ${String(respuesta.estado)}: ${texto.slice(0, 300)}`)
  return { ms: respuesta.ms, cambio: JSON.parse(texto) as Cambio }
}

/** A draft of the month: with its lines, or in one click. */
export async function crear(
  cliente: Cliente,
  { ot, desde, hastaMes }: FamiliaEstimable,
  detalles: readonly unknown[] | null,
): Promise<{ ms: number; id: number; version: number }> {
  const { ms, cambio } = await enviar(cliente, `${BASE}crear/`, {
    id_ot: ot,
    fecha_desde: desde,
    fecha_hasta: hastaMes,
    fecha_estimacion: hastaMes,
    ...(detalles === null ? {} : { detalles }),
  })
  return { ms, id: cambio.id_nuevo ?? 0, version: cambio.version }
}

async function medirVida(app: App, cliente: Cliente, familia: FamiliaEstimable, anotar: Anotar): Promise<void> {
  const { cuerpo } = await cliente.pedir(candidatas(familia, familia.hastaMes))
  const { data } = JSON.parse(cuerpo.toString('utf8')) as {
    data: { id_produccion: number; saldo: string; estimable: boolean }[]
  }
  const detalles = data
    .filter(({ estimable }) => estimable)
    .map(({ id_produccion, saldo }) => ({ id_produccion, volumen_estimado: saldo, comentario_ajuste: '' }))
  const tiempos: Record<string, number[]> = {}
  const mas = (cual: string, ms: number): void => {
    ;(tiempos[cual] ??= []).push(ms)
  }

  for (let i = 0; i < VUELTAS; i += 1) {
    const unClic = await crear(cliente, familia, null)
    mas('crea en un clic', unClic.ms)
    const cancelada = await enviar(cliente, `${BASE}cambiar_estatus/`, {
      id: unClic.id,
      version: unClic.version,
      estatus: 'CANCELADA',
      motivo: 'bench de estimaciones',
    })
    mas('cancela el borrador', cancelada.ms)
    const elegida = await crear(cliente, familia, detalles)
    mas('crea con sus líneas', elegida.ms)
    const linea = await primeraLinea(cliente, elegida.id)
    const ajuste = await enviar(cliente, `${BASE}ajustar_detalle/`, {
      id_detalle: linea.id_detalle,
      version: elegida.version,
      volumen_estimado: '0.5',
      comentario_ajuste: 'bench de estimaciones',
    })
    mas('ajusta una línea', ajuste.ms)
    const precios = await enviar(cliente, `${BASE}actualizar_precios/`, {
      id: elegida.id,
      version: ajuste.cambio.version,
    })
    mas('actualiza precios', precios.ms)
    const enviada = await enviar(cliente, `${BASE}cambiar_estatus/`, {
      id: elegida.id,
      version: precios.cambio.version,
      estatus: 'ENVIADA',
    })
    mas('envía', enviada.ms)
    const rechazo = await enviar(cliente, `${BASE}rechazar_detalle/`, {
      id_detalle: linea.id_detalle,
      version: enviada.cambio.version,
      comentario_ajuste: 'bench de estimaciones',
    })
    mas('rechaza una línea', rechazo.ms)
    const fin = await enviar(cliente, `${BASE}cambiar_estatus/`, {
      id: elegida.id,
      version: rechazo.cambio.version,
      estatus: 'CANCELADA',
      motivo: 'bench de estimaciones',
    })
    mas('cancela la enviada', fin.ms)
  }
  for (const [cual, suyos] of Object.entries(tiempos))
    anotar(
      `${cual}, ${detalles.length.toLocaleString('es-MX')} líneas`,
      suyos.slice(1),
      cual.startsWith('crea') ? META_CREAR_MS : undefined,
      cual === 'crea con sus líneas' ? app.consultasDe(`${BASE}crear/`) : undefined,
    )
}

async function primeraLinea(cliente: Cliente, id: number): Promise<{ id_detalle: number }> {
  const { cuerpo } = await cliente.pedir(`${BASE}detalle/datatable/?id=${String(id)}&agrupado=0&length=1`)
  const { data } = JSON.parse(cuerpo.toString('utf8')) as { data: { id_detalle: number }[] }
  const [linea] = data
  if (!linea) throw new Error('La estimación no tiene líneas.')
  return linea
}

async function medirPaginas(app: App, cliente: Cliente, id: number, anotar: Anotar): Promise<void> {
  const comprimida = { cabeceras: { 'Accept-Encoding': 'gzip' } }
  const pagina = await repetir(LECTURAS, async () => (await cliente.pedir(`${BASE}${String(id)}/`, comprimida)).ms)
  anotar('página de una estimación de 5,000 líneas', pagina, undefined, app.consultasDe(`${BASE}:id/`))
  for (const agrupado of [0, 1])
    anotar(
      agrupado === 0 ? 'su detalle diario' : 'sus conceptos',
      await repetir(LECTURAS, () =>
        cliente.medir(`${BASE}detalle/datatable/?id=${String(id)}&agrupado=${String(agrupado)}&length=-1`),
      ),
    )
}

/** Files, and what somebody else waits meanwhile. */
async function medirArchivos(cliente: Cliente, id: number, anotar: Anotar): Promise<void> {
  const rutas = [BASE, `${BASE}datatable/?draw=1&start=0&length=25`]
  let hasta = performance.now() + 2000
  anotar('lo que esperan los demás, en calma', await sondear(cliente, rutas, () => performance.now() < hasta))
  for (const [nombre, ruta] of [
    ['Excel', `${BASE}exportar_excel/`],
    ['PDF', `${BASE}exportar_pdf/`],
  ] as const) {
    let sigue = true
    const demas = sondear(cliente, rutas, () => sigue)
    const tiempos = await repetir(5, () => cliente.medir(`${ruta}?id=${String(id)}`))
    sigue = false
    anotar(`${nombre} de 5,000 líneas`, tiempos)
    const esperas = await demas
    anotar(
      `lo que esperan los demás durante el ${nombre} (lo peor ${String(redondo(Math.max(...esperas)))} ms)`,
      esperas,
    )
    hasta = 0
  }
}
