/**
 * (b) The historical import of 16,000 rows into an empty database: rows per second, memory, and where the time goes; and
 * (c) one of 50,000 rows through its page, with somebody else at work.
 */
import { spawn } from 'node:child_process'
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import pg from 'pg'
import { z } from 'zod'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { PEQUENO } from './datos.ts'
import type { App, Entorno } from './entorno.ts'
import { LO_DE_LOS_DEMAS } from './exportacion.ts'
import { escribirHistorico } from './libro.ts'
import { type Cliente, percentil, redondo, type Renglon, sondear } from './medidas.ts'

const DIRECTA = { iniciales: 10_000, reprogramaciones: 6_000 }
const POR_PAGINA = { iniciales: 31_250, reprogramaciones: 18_750 }
const NORMAL_MS = 5_000
const ESPERA_MAXIMA_MS = 10 * 60_000

export interface ResultadoDeImportacion {
  readonly filas: number
  readonly filasPorSegundo: number
  readonly segundos: {
    readonly total: number
    readonly leer: number
    readonly revisar: number
    readonly escribir: number
  }
  readonly memoriaMb: number
  /** When each initial order also creates its PTE, with its fourteen steps. */
  readonly conPtesFilasPorSegundo: number
  readonly porPagina: {
    readonly filas: number
    readonly segundosAnalisis: number
    readonly segundosImportacion: number
    readonly memoriaMb: number
    readonly demas: {
      readonly normalP95: number
      readonly duranteP95: number
      readonly razon: number
      readonly muestras: number
    }
  }
}

const Medida = z.object({
  errores: z.number(),
  creadas: z.number(),
  ms: z.object({ total: z.number(), leer: z.number(), revisar: z.number(), escribir: z.number() }),
  memoriaMb: z.number(),
})

export async function medirImportacion(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDeImportacion; renglones: Renglon[] }> {
  const filas = DIRECTA.iniciales + DIRECTA.reprogramaciones
  decir(`Importación: ${String(filas)} filas en una base vacía…`)
  const libro = join(entorno.carpeta, 'historico.xlsx')
  await escribirHistorico(libro, DIRECTA.iniciales, DIRECTA.reprogramaciones)
  const base = await entorno.crearBase('importacion')
  await crearPtes(base, DIRECTA.iniciales)
  const medida = await importar(base, libro)
  if (medida.creadas !== filas)
    throw new Error(`Se crearon ${String(medida.creadas)} OT de ${String(filas)}; errores: ${String(medida.errores)}`)
  decir('Importación: las mismas filas, con las PTE por crear…')
  const conPtes = await importar(await entorno.crearBase('importacion_ptes'), libro)
  const s = (ms: number) => redondo(ms / 1000)
  const porPagina = await medirPorPagina(entorno, decir)
  const resultado = {
    filas,
    filasPorSegundo: Math.round(filas / (medida.ms.total / 1000)),
    segundos: {
      total: s(medida.ms.total),
      leer: s(medida.ms.leer),
      revisar: s(medida.ms.revisar),
      escribir: s(medida.ms.escribir),
    },
    memoriaMb: redondo(medida.memoriaMb),
    conPtesFilasPorSegundo: Math.round(filas / (conPtes.ms.total / 1000)),
    porPagina,
  }
  return { resultado, renglones: resumir(resultado) }
}

/** The PTEs that the workbook names: an empty database has the catalogues and the proposals, and no order. */
async function crearPtes(urlBase: string, cuantas: number): Promise<void> {
  const cliente = new pg.Client(urlBase)
  await cliente.connect()
  try {
    await cliente.query(
      `INSERT INTO pte_header (id_tipo, oficio_pte, descripcion_trabajo, plazo_dias, id_responsable_proyecto, estatus, prioridad, id_cliente)
       SELECT 12, 'BME-3801-' || n || '-' || (2019 + n % 7), 'PROPUESTA', 20, 3, 3, 2, 1 FROM generate_series(1, $1::int) n`,
      [cuantas],
    )
  } finally {
    await cliente.end()
  }
}

function importar(urlBase: string, libro: string): Promise<z.output<typeof Medida>> {
  return new Promise((cumplir, fallar) => {
    const hijo = spawn(process.execPath, [join(RAIZ, 'dist/scripts/bench/importar.js'), urlBase, libro], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let salida = ''
    hijo.stdout.on('data', (trozo: Buffer) => {
      salida += trozo.toString('utf8')
    })
    hijo.once('exit', (codigo) => {
      if (codigo === 0) cumplir(Medida.parse(JSON.parse(salida)))
      else fallar(new Error(`La importación terminó con ${String(codigo)}.`))
    })
  })
}

// ------------------------------------------------------------------------------------------------ through the page

async function medirPorPagina(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<ResultadoDeImportacion['porPagina']> {
  const filas = POR_PAGINA.iniciales + POR_PAGINA.reprogramaciones
  decir(`Importación: ${String(filas)} filas por la página, con otra persona trabajando…`)
  const libro = join(entorno.carpeta, 'grande.xlsx')
  await escribirHistorico(libro, POR_PAGINA.iniciales, POR_PAGINA.reprogramaciones)
  // The other person works with the orders of before, none of which is in the workbook.
  const app = await entorno.iniciarApp(await entorno.crearBase('importacion_pagina', PEQUENO))
  const [quien, otra] = [await app.entrar(), await app.entrar()]
  const rutas = LO_DE_LOS_DEMAS.map((ruta) => ruta.replace('id=1000', 'id=100'))
  for (let i = 0; i < 50; i += 1) for (const ruta of rutas) await otra.medir(ruta)
  const limite = performance.now() + NORMAL_MS
  const normal = await sondear(otra, rutas, () => performance.now() < limite)
  app.olvidarPico()
  let seguir = true
  const durante = sondear(otra, rutas, () => seguir)
  const { segundosAnalisis, segundosImportacion } = await importarPorPagina(app, quien, libro).finally(() => {
    seguir = false
  })
  const tiempos = await durante
  const { pico } = app.memoria()
  await app.detener()
  const [normalP95, duranteP95] = [percentil(normal, 95), percentil(tiempos, 95)]
  return {
    filas,
    segundosAnalisis,
    segundosImportacion,
    memoriaMb: redondo(pico),
    demas: {
      normalP95: redondo(normalP95),
      duranteP95: redondo(duranteP95),
      razon: redondo(duranteP95 / normalP95),
      muestras: tiempos.length,
    },
  }
}

async function importarPorPagina(
  app: App,
  quien: Cliente,
  libro: string,
): Promise<{ segundosAnalisis: number; segundosImportacion: number }> {
  const { cuerpo, tipo } = formulario({ crear_ptes: '1', asincrono: '1' }, readFileSync(libro), 'historico.xlsx')
  const analizar = await empezar(quien, '/operaciones/ot/importar/analizar/', cuerpo, tipo)
  const segundosAnalisis = await terminar(quien, analizar)
  const confirmar = await empezar(
    quien,
    '/operaciones/ot/importar/confirmar/',
    Buffer.from(JSON.stringify({ tarea: analizar, asincrono: '1' })),
    'application/json',
  )
  return { segundosAnalisis, segundosImportacion: await terminar(quien, confirmar) }
}

/** A form with its workbook, as a browser sends it. */
export function formulario(
  campos: Readonly<Record<string, string>>,
  libro: Buffer,
  nombre: string,
): { cuerpo: Buffer; tipo: string } {
  const limite = 'limite-del-bench'
  const parte = (cabecera: string, contenido: string | Buffer): (string | Buffer)[] => [
    `--${limite}\r\nContent-Disposition: form-data; ${cabecera}\r\n\r\n`,
    contenido,
    '\r\n',
  ]
  const trozos = [
    ...Object.entries(campos).flatMap(([campo, valor]) => parte(`name="${campo}"`, valor)),
    ...parte(
      `name="archivo"; filename="${nombre}"\r\nContent-Type: application/vnd.openxmlformats-officedocument.spreadsheetml.sheet`,
      libro,
    ),
    `--${limite}--\r\n`,
  ]
  return {
    cuerpo: Buffer.concat(trozos.map((trozo) => (typeof trozo === 'string' ? Buffer.from(trozo) : trozo))),
    tipo: `multipart/form-data; boundary=${limite}`,
  }
}

/** Starts work and gives its task. */
export async function empezar(quien: Cliente, ruta: string, cuerpo: Buffer, tipo: string): Promise<number> {
  const respuesta = await quien.pedir(ruta, {
    metodo: 'POST',
    cuerpo,
    cabeceras: { 'Content-Type': tipo, 'X-Requested-With': 'XMLHttpRequest' },
  })
  if (respuesta.estado >= 300)
    throw new Error(`${ruta} respondió ${String(respuesta.estado)}: ${respuesta.cuerpo.toString('utf8').slice(0, 300)}`)
  return z.object({ tarea: z.number() }).parse(JSON.parse(respuesta.cuerpo.toString('utf8'))).tarea
}

const Estado = z.object({ estado: z.string(), mensaje: z.string() })

/** Follows a task until it ends well. @returns seconds. */
export async function terminar(quien: Cliente, tarea: number): Promise<number> {
  const inicio = performance.now()
  while (performance.now() - inicio < ESPERA_MAXIMA_MS) {
    const { cuerpo } = await quien.pedir(`/operaciones/tareas/${String(tarea)}/estado/`)
    const { estado, mensaje } = Estado.parse(JSON.parse(cuerpo.toString('utf8')))
    if (estado === 'fallida') throw new Error(`La tarea ${String(tarea)} falló: ${mensaje}`)
    if (estado === 'terminada') return redondo((performance.now() - inicio) / 1000)
    await esperar(200)
  }
  throw new Error(`La tarea ${String(tarea)} no terminó.`)
}

function resumir({
  filas,
  filasPorSegundo,
  segundos,
  memoriaMb,
  conPtesFilasPorSegundo,
  porPagina,
}: ResultadoDeImportacion): Renglon[] {
  const { demas } = porPagina
  const parte = 'importacion'
  return [
    {
      parte,
      medida: `${String(filas)} filas en una base vacía`,
      valor: `${String(filasPorSegundo)} filas/s (leer ${String(segundos.leer)} s, revisar ${String(segundos.revisar)} s, escribir ${String(segundos.escribir)} s)`,
      meta: '≥ 4000 filas/s',
      cumple: filasPorSegundo >= 4000,
    },
    {
      parte,
      medida: 'memoria máxima del proceso',
      valor: `${String(memoriaMb)} MB`,
      meta: '< 400 MB',
      cumple: memoriaMb < 400,
    },
    {
      parte,
      medida: 'las mismas, creando 10000 PTE y sus pasos',
      valor: `${String(conPtesFilasPorSegundo)} filas/s`,
      meta: '–',
      cumple: null,
    },
    {
      parte,
      medida: `${String(porPagina.filas)} filas por la página`,
      valor: `análisis ${String(porPagina.segundosAnalisis)} s, importación ${String(porPagina.segundosImportacion)} s, memoria ${String(porPagina.memoriaMb)} MB`,
      meta: '–',
      cumple: null,
    },
    {
      parte,
      medida: 'p95 de los demás mientras tanto',
      valor: `${String(demas.duranteP95)} / ${String(demas.normalP95)} ms = ${String(demas.razon)}×`,
      meta: '< 2×',
      cumple: demas.razon < 2,
    },
  ]
}
