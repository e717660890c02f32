/**
 * A real Chromium over the application of a test file. Every page is watched: a console error, a message of the content
 * policy, an exception or a request to another host fails the test in which it happened.
 *
 *   const app = await crearAppDePruebas()
 *   const navegador = crearNavegador(app)
 *   const pagina = await navegador.entrar('operaciones')     // a session already there, 1366×768
 *   navegador.permitir(409)                                  // this test provokes that answer: Chromium logs it as an error
 *
 * A test that fails leaves its screens in .cache/navegador/.
 */
import { mkdirSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { join } from 'node:path'
import type { Browser, BrowserContext, Page } from 'playwright-core'
import { afterAll, afterEach, beforeAll, expect } from 'vitest'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import type { AppDePruebas, Quien } from './app.ts'
import { lanzarChromium } from './chromium.ts'

export const ESCRITORIO = { width: 1366, height: 768 } as const
export const TELEFONO = { width: 390, height: 844 } as const

export interface OpcionesDePagina {
  readonly tamano?: { readonly width: number; readonly height: number }
  /** Runs in each page before its own scripts. */
  readonly guionInicial?: string
}

export interface Navegador {
  /** A browser window of its own, without a session. */
  abrir(opciones?: OpcionesDePagina): Promise<Page>
  /** The same with the session of that person. */
  entrar(quien: Quien, opciones?: OpcionesDePagina): Promise<Page>
  /** Answers with these statuses are what the test is about. */
  permitir(...estados: number[]): void
}

/** One Chromium per test file; it closes by itself. */
export function crearNavegador(app: AppDePruebas): Navegador {
  let chromium: Browser | null = null
  let contextos: BrowserContext[] = []
  let incidentes: string[] = []
  let permitidos = new Set<number>()

  beforeAll(async () => {
    chromium = await lanzarChromium()
  })
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await retratar(contextos, task.name)
    await Promise.all(contextos.map((contexto) => contexto.close()))
    const deEsteTest = incidentes
    contextos = []
    incidentes = []
    permitidos = new Set()
    expect(deEsteTest).toEqual([])
  })
  afterAll(() => chromium?.close())

  const abrir = async (opciones: OpcionesDePagina): Promise<Page> => {
    if (chromium === null) throw new Error('Chromium is opened before the tests: call this inside one')
    const contexto = await chromium.newContext({
      viewport: opciones.tamano ?? ESCRITORIO,
      locale: 'es-MX',
      timezoneId: 'America/Mexico_City',
      baseURL: app.direccion,
      reducedMotion: 'reduce',
      acceptDownloads: true,
    })
    contexto.setDefaultTimeout(10_000)
    contextos.push(contexto)
    if (opciones.guionInicial !== undefined) await contexto.addInitScript(opciones.guionInicial)
    contexto.on('console', (mensaje) => {
      const esperado = /status of (\d{3})/.exec(mensaje.text())?.[1]
      if (mensaje.type() !== 'error' || (esperado !== undefined && permitidos.has(Number(esperado)))) return
      incidentes.push(`${mensaje.page()?.url() ?? ''} consola: ${mensaje.text()} (${mensaje.location().url})`)
    })
    contexto.on('weberror', (fallo) => incidentes.push(`excepción: ${fallo.error().stack ?? fallo.error().message}`))
    contexto.on('request', (peticion) => {
      const url = peticion.url()
      if (!url.startsWith(`${app.direccion}/`) && !/^(?:data|blob):/.test(url)) incidentes.push(`otro servidor: ${url}`)
    })
    return contexto.newPage()
  }

  return {
    abrir: (opciones = {}) => abrir(opciones),
    async entrar(quien, opciones = {}) {
      const pagina = await abrir(opciones)
      const { galleta } = await app.entrarComo(quien)
      await pagina.context().addCookies([{ name: 'sascop_sesion', value: galleta, url: app.direccion }])
      return pagina
    },
    permitir: (...estados) => {
      for (const estado of estados) permitidos.add(estado)
    },
  }
}

async function retratar(contextos: readonly BrowserContext[], prueba: string): Promise<void> {
  const carpeta = join(RAIZ, '.cache/navegador')
  mkdirSync(carpeta, { recursive: true })
  const nombre = prueba.replace(/[^\p{L}\d]+/gu, '-').slice(0, 80)
  const paginas = contextos.flatMap((contexto) => contexto.pages())
  await Promise.all(
    paginas.map((pagina, i) => pagina.screenshot({ path: join(carpeta, `${nombre}-${i + 1}.png`) }).catch(() => null)),
  )
}

let guionDeAxe: string | null = null

/** What axe finds wrong on the page as it is now: rule and where, one per line. */
export async function violacionesDeAxe(pagina: Page): Promise<string[]> {
  guionDeAxe ??= readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8')
  await pagina.evaluate(guionDeAxe)
  return pagina.evaluate<string[]>(`axe.run({ resultTypes: ['violations'] }).then(({ violations }) =>
    violations.flatMap(({ id, nodes }) => nodes.map((nodo) => id + ': ' + nodo.target.join(' ') + ' ' + nodo.html.slice(0, 160))))`)
}

/** How many pixels of the page are beyond its width. */
export function desbordeHorizontal(pagina: Page): Promise<number> {
  return pagina.evaluate<number>('document.documentElement.scrollWidth - document.documentElement.clientWidth')
}
