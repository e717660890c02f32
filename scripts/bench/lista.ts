/**
 * (a) The OT table at 80,000 orders against 1,000: p95 of every sort, filter and search, number of queries, and how many
 * requests per second it answers beside a server that does nothing but run the same SQL.
 */
import { spawn } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { randomUUID } from 'node:crypto'
import { createInterface } from 'node:readline'
import autocannon from 'autocannon'
import { fechaIso } from '../../src/comun/fechas.ts'
import { rutasOt } from '../../src/modulos/ot/ot.routes.ts'
import { conectar } from '../../src/plataforma/bd.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import type { Entrada } from '../../src/web/rutas.ts'
import { type Caso, fijo, type MedidaDeLista, medirCaso, META, VECES } from './casos.ts'
import { GRANDE, PEQUENO } from './datos.ts'
import type { App, Entorno } from './entorno.ts'
import { type Cliente, percentil, redondo, type Renglon } from './medidas.ts'

const RUTA = '/operaciones/ot/datatable/'
const SEGUNDOS_DE_CARGA = 6

/** Columns that the page lets sort by. */
const ORDENABLES = [
  ...[
    'id',
    'orden_trabajo',
    'oficio_ot',
    'pte_padre',
    'cliente',
    'responsable_proyecto_texto',
    'responsable_cliente',
    'frente',
    'sitio',
  ],
  ...[
    'fecha_inicio_programada',
    'fecha_termino_programada',
    'fecha_inicio_real',
    'fecha_termino_real',
    'plazo_dias',
    'progreso_final',
  ],
  ...['monto_mxn', 'monto_usd', 'num_reprogramacion'],
]

/** Every pair of these characters, which folios and letters have. */
const LETRAS = '0 1 2 3 4 5 6 7 8 9 - A C E P'.split(' ')
const PARES = LETRAS.flatMap((a) => LETRAS.map((b) => a + b))
const seis = (i: number) => String(1 + ((i * 7) % 600)).padStart(6, '0')

const CASOS: readonly Caso[] = [
  ...ORDENABLES.flatMap((columna) =>
    ['asc', 'desc'].map((sentido) =>
      fijo(`orden ${columna} ${sentido}`, {
        'order[0][column]': '1',
        'columns[1][data]': columna,
        'order[0][dir]': sentido,
      }),
    ),
  ),
  fijo('página 50', { start: '490' }),
  fijo('100 filas', { length: '100' }),
  fijo('tipo: reprogramaciones', { tipo: '5' }),
  fijo('tipo: ambos', { tipo: '' }),
  fijo('estatus', { estatus: '8' }),
  fijo('responsable', { responsable_proyecto: '3' }),
  fijo('cliente', { id_cliente: '2' }),
  fijo('sitio (embarcación)', { sitio: '1' }),
  fijo('sitio (plataforma)', { sitio: '9' }),
  fijo('año', { anio: '2023' }),
  fijo('estatus + año + cliente', { estatus: '10', anio: '2023', id_cliente: '1' }),
  fijo('búsqueda', { 'search[value]': '-000123' }),
  fijo('búsqueda amplia', { 'search[value]': 'GRZ-801-21' }),
  fijo('folio OT o PTE', { filtro: '000123' }),
  fijo('folio OT o PTE, amplio', { filtro: '-2021' }),
  {
    nombre: 'búsqueda de un folio, cada vez otro',
    clase: 'selectivo',
    consulta: (i) => ({ 'search[value]': `-${seis(i)}` }),
  },
  {
    nombre: 'búsqueda de un oficio, cada vez otro',
    clase: 'selectivo',
    consulta: (i) => ({ 'search[value]': `801-${String(1 + ((i * 7) % 600))}-` }),
  },
  {
    nombre: 'búsqueda sin resultado, cada vez otra',
    clase: 'selectivo',
    consulta: (i) => ({ 'search[value]': `zzq${String(i)}` }),
  },
  { nombre: 'folio OT o PTE, cada vez otro', clase: 'selectivo', consulta: (i) => ({ filtro: `-${seis(i)}` }) },
  {
    nombre: 'búsqueda de tres letras, cada vez otras',
    clase: 'amplio',
    consulta: (i) => ({ 'search[value]': String(100 + i * 3) }),
  },
  {
    nombre: 'búsqueda de dos letras, cada vez otras',
    clase: 'amplio',
    consulta: (i) => ({ 'search[value]': PARES[i % PARES.length] ?? '' }),
  },
]

export interface ResultadoDeLista {
  readonly casos: readonly MedidaDeLista[]
  readonly consultas: number
  readonly trasUnCambioMs: number
  readonly porSegundo: { readonly app: number; readonly desnudo: number; readonly razon: number }
}

export async function medirLista(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDeLista; renglones: Renglon[] }> {
  decir('Lista: cargando 1,000 y 80,000 órdenes…')
  const chica = await entorno.crearBase('lista_chica', PEQUENO)
  const grande = await entorno.crearBase('lista_grande', GRANDE)
  const [appChica, appGrande] = [await entorno.iniciarApp(chica), await entorno.iniciarApp(grande)]
  const [uno, otro] = [await appChica.entrar(), await appGrande.entrar()]
  await calentar(uno, otro)
  decir(`Lista: ${String(CASOS.length)} casos, ${String(VECES)} veces cada uno, alternando entre las dos bases…`)
  const casos: MedidaDeLista[] = []
  for (const caso of CASOS) casos.push(await medirCaso(caso, uno, otro, direccion))
  const trasUnCambioMs = await medirTrasUnCambio(otro, grande)
  decir('Lista: solicitudes por segundo contra el servidor desnudo…')
  await appChica.detener()
  const porSegundo = await compararConDesnudo(entorno, appGrande, otro, grande)
  const resultado = { casos, consultas: appGrande.consultasDe(RUTA), trasUnCambioMs, porSegundo }
  await appGrande.detener()
  return { resultado, renglones: resumir(resultado) }
}

function direccion(consulta: Record<string, string>): string {
  return `${RUTA}?${new URLSearchParams({ draw: '1', start: '0', length: '10', tipo: '4', ...consulta }).toString()}`
}

async function calentar(...clientes: Cliente[]): Promise<void> {
  for (const cliente of clientes)
    for (let i = 0; i < 150; i += 1) await cliente.medir(direccion({ start: String(i * 10) }))
}

/** The first page after somebody saves something: everything is counted again. Median of five. */
async function medirTrasUnCambio(cliente: Cliente, url: string): Promise<number> {
  const conexion = conectar(url, { alFallar: () => undefined })
  const tiempos: number[] = []
  for (let i = 0; i < 5; i += 1) {
    await conexion.pool.query('UPDATE ot SET comentario = comentario WHERE id = (SELECT max(id) FROM ot)')
    tiempos.push(await cliente.medir(direccion({})))
  }
  await conexion.cerrar()
  return redondo(percentil(tiempos, 50))
}

async function compararConDesnudo(
  entorno: Entorno,
  app: App,
  cliente: Cliente,
  url: string,
): Promise<ResultadoDeLista['porSegundo']> {
  const ruta = direccion({ length: '25' })
  const { cuerpo } = await cliente.pedir(ruta)
  const encargo = join(entorno.carpeta, 'desnudo.json')
  writeFileSync(
    encargo,
    JSON.stringify({ urlBase: url, consultas: await consultasDeLaTabla(url), cuerpo: cuerpo.toString('utf8') }),
  )
  const hijo = spawn(process.execPath, [join(RAIZ, 'dist/scripts/bench/desnudo.js'), encargo], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  try {
    const puerto = await new Promise<string>((listo) => createInterface({ input: hijo.stdout }).once('line', listo))
    const rondas = { app: [] as number[], desnudo: [] as number[] }
    // By turns, because the machine is not equally busy all the time.
    for (let ronda = 0; ronda < 3; ronda += 1) {
      rondas.desnudo.push(await cargar(`http://127.0.0.1:${puerto}/`, {}))
      rondas.app.push(await cargar(new URL(ruta, app.base).href, cliente.cabeceras))
    }
    const [a, d] = [percentil(rondas.app, 50), percentil(rondas.desnudo, 50)]
    return { app: redondo(a), desnudo: redondo(d), razon: Math.round((a / d) * 100) / 100 }
  } finally {
    hijo.kill()
  }
}

async function cargar(url: string, headers: Record<string, string>): Promise<number> {
  const { requests, non2xx, errors } = await autocannon({
    url,
    headers,
    connections: 10,
    duration: SEGUNDOS_DE_CARGA / 2,
  })
  if (non2xx + errors > 0)
    throw new Error(`${url}: ${String(non2xx)} respuestas que no son 200 y ${String(errors)} errores`)
  return requests.average
}

/** The statements that the table sends when it has its counts kept, as they reach PostgreSQL. */
async function consultasDeLaTabla(url: string): Promise<{ text: string; values: unknown[] }[]> {
  const conexion = conectar(url, { alFallar: () => undefined, maximo: 1 })
  const vistas: { text: string; values: unknown[] }[] = []
  const sesion = await conexion.pool.connect()
  const original = sesion.query.bind(sesion) as (...args: unknown[]) => unknown
  Object.assign(sesion, {
    query: (...args: unknown[]) => {
      const [consulta, valores] = args as [{ text?: string; values?: unknown[] } | string, unknown[] | undefined]
      vistas.push(
        typeof consulta === 'string'
          ? { text: consulta, values: valores ?? [] }
          : { text: consulta.text ?? '', values: valores ?? consulta.values ?? [] },
      )
      return original(...args)
    },
  })
  sesion.release()
  try {
    const ruta = rutasOt.find((candidata) => candidata.ruta === RUTA)
    if (!ruta) throw new Error(`No existe la ruta ${RUTA}`)
    const ahora = new Date()
    const ctx = {
      usuario: null,
      sistema: true,
      permisos: new Set<string>(),
      solicitudId: 'bench',
      transaccion: randomUUID(),
      ip: null,
      agente: null,
      ahora,
      hoy: fechaIso(ahora.toISOString().slice(0, 10)),
      bd: conexion.bd,
    }
    const consulta = Object.fromEntries(new URL(direccion({ length: '25' }), 'http://x').searchParams)
    const pedir = () => ruta.manejar({ ctx, consulta } as unknown as Entrada<never, never, never>)
    await pedir()
    vistas.length = 0
    await pedir()
    return [...vistas]
  } finally {
    await conexion.cerrar()
  }
}

function resumir({ casos, consultas, trasUnCambioMs, porSegundo }: ResultadoDeLista): Renglon[] {
  const peor = (clase: Caso['clase']) =>
    casos.filter((caso) => caso.clase === clase).reduce((a, b) => (a.razon > b.razon ? a : b))
  const medianaDe = (clase: Caso['clase']) =>
    percentil(
      casos.filter((caso) => caso.clase === clase).map(({ razon }) => razon),
      50,
    )
  const razones = (clase: Caso['clase'], medida: string): Renglon => {
    const { nombre, razon, chico, grande } = peor(clase)
    return {
      parte: 'lista',
      medida,
      valor: `mediana ${String(medianaDe(clase))}×; peor ${String(razon)}× (${nombre}: ${String(grande.p95)} / ${String(chico.p95)} ms)`,
      meta: '≤ 1.5×',
      cumple: razon <= META,
    }
  }
  return [
    razones('fijo', 'p95 80,000 / 1,000: órdenes, filtros, búsquedas'),
    razones('selectivo', 'p95 80,000 / 1,000: texto nuevo, pocas filas'),
    razones('amplio', 'p95 80,000 / 1,000: texto nuevo, miles de filas'),
    {
      parte: 'lista',
      medida: 'consultas por solicitud',
      valor: String(consultas),
      meta: '≤ 4',
      cumple: consultas <= 4,
    },
    {
      parte: 'lista',
      medida: 'primera página tras un cambio (80,000)',
      valor: `${String(trasUnCambioMs)} ms`,
      meta: '–',
      cumple: null,
    },
    {
      parte: 'lista',
      medida: 'solicitudes/s contra node:http + pg',
      valor: `${String(porSegundo.app)} / ${String(porSegundo.desnudo)} = ${String(porSegundo.razon)}×`,
      meta: '≥ 0.4×',
      cumple: porSegundo.razon >= 0.4,
    },
  ]
}
