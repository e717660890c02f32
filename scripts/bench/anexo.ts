/** (i) An Anexo C of 20,000 partidas with 365 days of programme each, read in its thread and checked row by row. */
import { spawn } from 'node:child_process'
import { join } from 'node:path'
import { z } from 'zod'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { aplicarAnexo, type AplicacionDeAnexo } from './aplicar-anexo.ts'
import type { Entorno } from './entorno.ts'
import { ANEXO_GRANDE, escribirAnexo } from './libro-anexo.ts'
import { redondo, type Renglon } from './medidas.ts'

const META_SEGUNDOS = 30
const META_MB = 500

const Medida = z.object({
  partidas: z.number(),
  dias: z.number(),
  problemas: z.number(),
  ms: z.number(),
  memoriaMb: z.number(),
})

export interface ResultadoDeAnexo {
  readonly partidas: number
  readonly dias: number
  readonly segundosLeer: number
  readonly memoriaMb: number
  /** Loaded whole over HTTP, reading included. */
  readonly aplicado: AplicacionDeAnexo
}

export async function medirAnexo(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDeAnexo; renglones: Renglon[] }> {
  const { partidas, dias } = ANEXO_GRANDE
  decir(`Anexo C: libro de ${String(partidas)} partidas por ${String(dias)} días…`)
  const libro = join(entorno.carpeta, 'anexo.xlsx')
  await escribirAnexo(libro, ANEXO_GRANDE)
  decir('Anexo C: lectura…')
  const medida = await leer(libro)
  if (medida.partidas !== partidas || medida.dias !== partidas * dias || medida.problemas > 0)
    throw new Error(`El libro no se leyó entero: ${JSON.stringify(medida)}`)
  decir('Anexo C: lectura y aplicación por HTTP…')
  const aplicado = await aplicarAnexo(entorno, libro)
  if (aplicado.dias !== partidas * dias) throw new Error(`Se guardaron ${String(aplicado.dias)} días.`)
  const resultado = {
    partidas: medida.partidas,
    dias: medida.dias,
    segundosLeer: redondo(medida.ms / 1000),
    memoriaMb: redondo(medida.memoriaMb),
    aplicado,
  }
  return { resultado, renglones: resumir(resultado) }
}

function leer(libro: string): Promise<z.output<typeof Medida>> {
  return new Promise((cumplir, fallar) => {
    const hijo = spawn(process.execPath, [join(RAIZ, 'dist/scripts/bench/leer-anexo.js'), libro], {
      stdio: ['ignore', 'pipe', 'inherit'],
    })
    let salida = ''
    hijo.stdout.on('data', (trozo: Buffer) => {
      salida += trozo.toString('utf8')
    })
    hijo.once('exit', (codigo) => {
      if (codigo === 0) cumplir(Medida.parse(JSON.parse(salida)))
      else fallar(new Error(`La lectura terminó con ${String(codigo)}.`))
    })
  })
}

function resumir({ segundosLeer, memoriaMb, aplicado }: ResultadoDeAnexo): Renglon[] {
  return [
    {
      parte: 'anexo',
      medida: '20,000 partidas × 365 días, lectura',
      valor: `${String(segundosLeer)} s`,
      meta: `< ${String(META_SEGUNDOS)} s con su aplicación`,
      cumple: segundosLeer < META_SEGUNDOS,
    },
    {
      parte: 'anexo',
      medida: 'memoria máxima de la lectura',
      valor: `${String(memoriaMb)} MB`,
      meta: `< ${String(META_MB)} MB`,
      cumple: memoriaMb < META_MB,
    },
    {
      parte: 'anexo',
      medida: 'cargado por HTTP: leído, comparado y guardado',
      valor: `${String(aplicado.segundos)} s`,
      meta: `< ${String(META_SEGUNDOS)} s`,
      cumple: aplicado.segundos < META_SEGUNDOS,
    },
    {
      parte: 'anexo',
      medida: 'memoria máxima del servidor mientras lo carga',
      valor: `${String(redondo(aplicado.memoriaMb))} MB`,
      meta: `< ${String(META_MB)} MB`,
      cumple: aplicado.memoriaMb < META_MB,
    },
  ]
}
