/** (d) Bytes that travel for the first page after login: the page and every script, style and image it names, compressed. */
import { gunzipSync } from 'node:zlib'
import type { Entorno } from './entorno.ts'
import { type Cliente, redondo, type Renglon } from './medidas.ts'

export interface ResultadoDePagina {
  readonly paginas: readonly {
    readonly ruta: string
    readonly kilobytes: number
    readonly recursos: readonly { readonly ruta: string; readonly kilobytes: number }[]
  }[]
}

/** Where a login leads, and where people spend the day. */
const PAGINAS = ['/operaciones/', '/operaciones/ot/']
const META_KB = 400

export async function medirPagina(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDePagina; renglones: Renglon[] }> {
  decir('Página: bytes de la primera visita…')
  const app = await entorno.iniciarApp(await entorno.crearBase('pagina'))
  const cliente = await app.entrar()
  const paginas: ResultadoDePagina['paginas'][number][] = []
  for (const ruta of PAGINAS) paginas.push(await visitar(cliente, ruta))
  await app.detener()
  const renglones = paginas.map(({ ruta, kilobytes }) => ({
    parte: 'pagina',
    medida: `primera visita a ${ruta}, sin nada guardado`,
    valor: `${String(kilobytes)} kB`,
    meta: `< ${String(META_KB)} kB`,
    cumple: kilobytes < META_KB,
  }))
  return { resultado: { paginas }, renglones }
}

async function visitar(cliente: Cliente, ruta: string): Promise<ResultadoDePagina['paginas'][number]> {
  const html = await pedirComprimido(cliente, ruta)
  const referidas = [...html.texto.matchAll(/(?:src|href)="(\/[^"#?]+\.[a-z0-9]+)(?:[?#][^"]*)?"/g)].map(
    ([, hallada = '']) => hallada,
  )
  const recursos = [{ ruta, kilobytes: html.kilobytes }]
  const pendientes = [...new Set(referidas)]
  const vistos = new Set(pendientes)
  // What is found on the way joins the list and is visited too.
  for (const actual of pendientes) {
    const { kilobytes, texto } = await pedirComprimido(cliente, actual)
    recursos.push({ ruta: actual, kilobytes })
    // What a style or a script brings by itself: fonts, images, chunks of the build.
    const internas = /\.(css|js)$/.test(actual)
      ? [...texto.matchAll(/(?:url\(["']?|from\s*["']|import\s*["'])([^"')]+\.(?:woff2?|svg|png|css|js))/g)]
      : []
    for (const [, interna = ''] of internas) {
      const completa = new URL(interna, `http://x${actual}`).pathname
      if (interna.startsWith('data:') || vistos.has(completa)) continue
      vistos.add(completa)
      pendientes.push(completa)
    }
  }
  return { ruta, kilobytes: redondo(recursos.reduce((suma, recurso) => suma + recurso.kilobytes, 0)), recursos }
}

async function pedirComprimido(cliente: Cliente, ruta: string): Promise<{ kilobytes: number; texto: string }> {
  const { estado, cuerpo, cabeceras } = await cliente.pedir(ruta, {
    cabeceras: { 'Accept-Encoding': 'gzip', Accept: 'text/html,*/*' },
  })
  if (estado !== 200) throw new Error(`${ruta} respondió ${String(estado)}`)
  const texto = (cabeceras['content-encoding'] === 'gzip' ? gunzipSync(cuerpo) : cuerpo).toString('utf8')
  return { kilobytes: redondo((cuerpo.length + JSON.stringify(cabeceras).length) / 1024), texto }
}
