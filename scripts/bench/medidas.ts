import { Agent, request } from 'node:http'

/** p-th percentile (0 to 100) of some times. */
export function percentil(tiempos: readonly number[], p: number): number {
  const ordenados = [...tiempos].sort((a, b) => a - b)
  return ordenados[Math.min(ordenados.length - 1, Math.floor((ordenados.length * p) / 100))] ?? Number.NaN
}

/** One decimal, or none from a hundred on. */
export function redondo(n: number): number {
  return Math.abs(n) >= 100 ? Math.round(n) : Math.round(n * 10) / 10
}

/** What came back of a request, and how long it took from the first byte out to the last byte in. */
export interface Respuesta {
  readonly estado: number
  readonly cabeceras: NodeJS.Dict<string | string[]>
  readonly cuerpo: Buffer
  readonly ms: number
}

/** One person's browser: keeps its connections and sends its session. */
export class Cliente {
  readonly base: string
  readonly cabeceras: Record<string, string>
  readonly #agente = new Agent({ keepAlive: true, maxSockets: 20 })

  constructor(base: string, cabeceras: Record<string, string>) {
    this.base = base
    this.cabeceras = cabeceras
  }

  pedir(
    ruta: string,
    opciones: { metodo?: string; cuerpo?: Buffer; cabeceras?: Record<string, string> } = {},
  ): Promise<Respuesta> {
    const inicio = performance.now()
    return new Promise((cumplir, fallar) => {
      const solicitud = request(
        new URL(ruta, this.base),
        {
          agent: this.#agente,
          method: opciones.metodo ?? 'GET',
          headers: {
            ...this.cabeceras,
            ...opciones.cabeceras,
            ...(opciones.cuerpo ? { 'Content-Length': opciones.cuerpo.length } : {}),
          },
        },
        (respuesta) => {
          const trozos: Buffer[] = []
          respuesta.on('data', (trozo: Buffer) => trozos.push(trozo))
          respuesta.on('error', fallar)
          respuesta.on('end', () => {
            cumplir({
              estado: respuesta.statusCode ?? 0,
              cabeceras: respuesta.headers,
              cuerpo: Buffer.concat(trozos),
              ms: performance.now() - inicio,
            })
          })
        },
      )
      solicitud.on('error', fallar)
      solicitud.end(opciones.cuerpo)
    })
  }

  /** Like `pedir`, but an answer other than 200 stops the bench: a fast error is no measure. */
  async medir(ruta: string): Promise<number> {
    const { estado, ms, cuerpo } = await this.pedir(ruta)
    if (estado !== 200) throw new Error(`${ruta} respondió ${String(estado)}: ${cuerpo.toString('utf8').slice(0, 300)}`)
    return ms
  }

  cerrar(): void {
    this.#agente.destroy()
  }
}

/** Requests one after another until told to stop; what they took is the normal time, or the time under load. */
export async function sondear(
  cliente: Cliente,
  rutas: readonly string[],
  mientras: () => boolean,
  pausaMs = 20,
): Promise<number[]> {
  const tiempos: number[] = []
  for (let i = 0; mientras(); i += 1) {
    tiempos.push(await cliente.medir(rutas[i % rutas.length] ?? '/'))
    await new Promise((listo) => setTimeout(listo, pausaMs))
  }
  return tiempos
}

/** A line of the final table: what was measured, what the goal was, and whether it was reached. */
export interface Renglon {
  readonly parte: string
  readonly medida: string
  readonly valor: string
  readonly meta: string
  readonly cumple: boolean | null
}

/** Aligned text, widths by content. */
export function tablaDeTexto(filas: readonly (readonly string[])[]): string {
  const anchos = (filas[0] ?? []).map((_, i) => Math.max(...filas.map((fila) => (fila[i] ?? '').length)))
  return filas
    .map((fila) =>
      fila
        .map((celda, i) => celda.padEnd(anchos[i] ?? 0))
        .join('  ')
        .trimEnd(),
    )
    .join('\n')
}
