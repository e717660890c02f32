/** Capture of production: opening and saving a month, the grids of the days and of the GPUs, and a whole family again. */
import pg from 'pg'
import {
  recalcularExcedentes,
  RUTA_GPUS,
  RUTA_GUARDAR_PRODUCCION,
  RUTA_OTS_POR_SITIO,
  RUTA_PARTIDAS_PRODUCCION,
  type GuardarProduccion,
  type Sabana,
} from '../../src/modulos/produccion/index.ts'
import { conectar } from '../../src/plataforma/bd.ts'
import { llenarProduccion } from './datos-produccion.ts'
import type { App, Entorno } from './entorno.ts'
import { type Cliente, percentil, redondo, type Renglon } from './medidas.ts'

const LECTURAS = 60
const GUARDADOS = 20
const META_ABRIR_MS = 200
const META_GUARDAR_MS = 500
const SITIO = 1
const MARZO = { mes: 3, anio: 2026 } as const
const DIAS = 31

interface Medida {
  readonly p50: number
  readonly p95: number
}

export async function medirProduccion(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('produccion')
  const pool = new pg.Pool({ connectionString: url })
  decir('Producción: llenando la base…')
  const familias = await llenarProduccion(pool)
  const { rows } = await pool.query<{ filas: string }>('SELECT count(*) AS filas FROM produccion')
  const filas = Number(rows[0]?.filas)
  const app = await entorno.iniciarApp(url)
  const cliente = await app.entrar()
  const resultado: Record<string, Medida> = {}
  const renglones: Renglon[] = []
  const anotar = (medida: string, tiempos: readonly number[], meta: number | null, consultas?: number) => {
    const [p50, p95] = [redondo(percentil(tiempos, 50)), redondo(percentil(tiempos, 95))]
    resultado[medida] = { p50, p95 }
    decir(`  ${medida}: p50 ${String(p50)} ms, p95 ${String(p95)} ms`)
    renglones.push({
      parte: 'produccion',
      medida: consultas === undefined ? medida : `${medida} (${String(consultas)} consultas)`,
      valor: `p50 ${String(p50)} ms, p95 ${String(p95)} ms`,
      meta: meta === null ? '–' : `p95 < ${String(meta)} ms`,
      cumple: meta === null ? null : p95 < meta,
    })
  }
  const abrir = (ot: number) =>
    `${RUTA_PARTIDAS_PRODUCCION}?id_ot=${String(ot)}&mes=3&anio=2026&tipo_tiempo=TE&id_sitio=${String(SITIO)}`
  const leer = async (medida: string, ruta: string, meta: number | null) => {
    const tiempos = await repetir(LECTURAS, () => cliente.medir(ruta))
    anotar(medida, tiempos, meta, app.consultasDe(ruta.split('?')[0] ?? ruta))
  }

  decir(`Producción sobre ${filas.toLocaleString('es-MX')} capturas…`)
  const bloque = await medirBloques(app, cliente, familias.mediana, abrir)
  anotar('guarda 50 × 31 celdas nuevas o que se quitan', bloque.nuevas, META_GUARDAR_MS)
  anotar('guarda 50 × 31 celdas que cambian', bloque.cambian, META_GUARDAR_MS, app.consultasDe(RUTA_GUARDAR_PRODUCCION))
  await leer('abre 50 × 31, todo con volumen', abrir(familias.mediana), META_ABRIR_MS)
  await leer('abre 500 × 31', abrir(familias.grande), null)
  const grande = await medirBloques(app, cliente, familias.grande, abrir, 3)
  anotar('guarda 500 × 31 celdas que cambian', grande.cambian, null)
  await leer('abre 200 × 31 de una familia con 30,000 capturas', abrir(familias.cargada), null)
  const una = await medirCelda(cliente, familias.cargada, abrir(familias.cargada))
  anotar('guarda una celda en esa familia', una, META_GUARDAR_MS)
  anotar('recalcula los excedentes de toda esa familia', await medirRecalculo(url, pool, familias.cargada), null)
  await leer(
    'rejilla de reportes diarios, sitio con 60 OT',
    `${RUTA_OTS_POR_SITIO}?id_sitio=${String(SITIO)}&mes=3&anio=2026`,
    null,
  )
  await leer(
    'rejilla de GPU, 2,000 GPU en el mes',
    `${RUTA_GPUS}?id_ot=${String(familias.cargada)}&mes=3&anio=2026&id_sitio=${String(SITIO)}`,
    null,
  )
  await app.detener()
  await pool.end()
  return { resultado: { filas, medidas: resultado }, renglones }
}

async function repetir(veces: number, hacer: () => Promise<number>): Promise<number[]> {
  // The first one finds everything cold, as nobody does twice.
  await hacer()
  const tiempos: number[] = []
  for (let i = 0; i < veces; i += 1) tiempos.push(await hacer())
  return tiempos
}

/** Fills a month, changes every cell of it and empties it again, as somebody who pastes whole blocks. */
async function medirBloques(
  app: App,
  cliente: Cliente,
  ot: number,
  abrir: (ot: number) => string,
  veces = GUARDADOS,
): Promise<{ nuevas: number[]; cambian: number[] }> {
  const nuevas: number[] = []
  const cambian: number[] = []
  for (let i = 0; i <= veces; i += 1) {
    const antes = await leerSabana(cliente, abrir(ot))
    const vacia = i % 3 === 0
    const valor = i % 3 === 2 ? '' : `${String(1 + (i % 7))}.654321`
    const ms = await guardar(cliente, ot, antes, () => valor)
    if (i > 0) (vacia || valor === '' ? nuevas : cambian).push(ms)
  }
  // It stays full for what is measured next.
  await guardar(cliente, ot, await leerSabana(cliente, abrir(ot)), () => '2.5')
  return { nuevas, cambian }
}

async function medirCelda(cliente: Cliente, ot: number, ruta: string): Promise<number[]> {
  let i = 0
  return repetir(LECTURAS, async () => {
    const sabana = await leerSabana(cliente, ruta)
    i += 1
    return guardar(cliente, ot, sabana, (fila, dia) => (fila === 7 && dia === 5 ? `${String(i)}.5` : null))
  })
}

async function leerSabana(cliente: Cliente, ruta: string): Promise<Sabana> {
  const { estado, cuerpo } = await cliente.pedir(ruta)
  if (estado !== 200) throw new Error(`${ruta} respondió ${String(estado)}`)
  return JSON.parse(cuerpo.toString('utf8')) as Sabana
}

/** Sends what changes of a month that was just read, as the page does. @returns milliseconds */
async function guardar(
  cliente: Cliente,
  ot: number,
  { partidas, version }: Sabana,
  valorDe: (fila: number, dia: number) => string | null,
): Promise<number> {
  const filas = partidas.flatMap((fila) => (fila.es_subtitulo ? [] : [fila]))
  const cambios = filas.flatMap((fila, i) =>
    Array.from({ length: DIAS }, (_, d) => d + 1).flatMap((dia) => {
      const valor = valorDe(i, dia)
      if (valor === null) return []
      const celda = fila[`dia${String(dia)}` as 'dia1']
      return [{ id_partida_imp: fila.id_partida_imp, dia, valor, valor_anterior: celda?.valor ?? '' }]
    }),
  )
  const pedido: GuardarProduccion = { id_ot: ot, ...MARZO, id_sitio: SITIO, tipo_tiempo: 'TE', version, cambios }
  const { estado, ms, cuerpo } = await cliente.pedir(RUTA_GUARDAR_PRODUCCION, {
    metodo: 'POST',
    cuerpo: Buffer.from(JSON.stringify(pedido)),
    cabeceras: { 'Content-Type': 'application/json' },
  })
  if (estado !== 200) throw new Error(`Guardar respondió ${String(estado)}: ${cuerpo.toString('utf8').slice(0, 300)}`)
  return ms
}

/** The worst of a new annex: every flag of a family of 30,000 rows changes and changes back. */
async function medirRecalculo(url: string, pool: pg.Pool, ot: number): Promise<number[]> {
  const conexion = conectar(url, { alFallar: () => undefined })
  try {
    const tiempos: number[] = []
    for (const tope of [0, 1_000_000, 0, 1_000_000, 0, 2000]) {
      await pool.query(
        'UPDATE partida_anexo_importada p SET volumen_proyectado = $2 FROM importacion_anexo i WHERE i.id = p.id_importacion_anexo AND i.id_ot = $1',
        [ot, tope],
      )
      const inicio = performance.now()
      await conexion.bd.$transaction((bd) => recalcularExcedentes(bd, [ot]), { timeout: 60_000 })
      tiempos.push(performance.now() - inicio)
    }
    return tiempos
  } finally {
    await conexion.cerrar()
  }
}
