import { type DestinationStream, type Logger, pino, stdTimeFunctions } from 'pino'
import { rastro } from './rastro.ts'

export type Bitacora = Logger

/**
 * Structured log: one line of JSON per event to standard output, with the id of the request it belongs to. On a
 * terminal outside production, one readable line instead.
 */
export function crearBitacora(opciones: { nivel: string; legible: boolean; destino?: DestinationStream }): Bitacora {
  const { nivel, legible, destino = process.stdout } = opciones
  return pino(
    {
      level: nivel,
      base: null,
      timestamp: stdTimeFunctions.isoTime,
      formatters: { level: (nombre) => ({ level: nombre }) },
      // Lines written below a request carry its id without anybody passing it down.
      mixin: (datos: object) => {
        const actual = rastro.getStore()
        return actual && !('solicitudId' in datos) ? { solicitudId: actual.solicitudId } : {}
      },
      redact: { paths: ['password', 'clave', '*.password', '*.clave'], remove: true },
    },
    legible ? { write: (linea: string) => destino.write(paraPersona(linea)) } : destino,
  )
}

/** `12:03:44 info  solicitud  metodo=GET ruta=/ …`; the stack of an error below. */
function paraPersona(linea: string): string {
  const { level, time, msg, err, ...resto } = JSON.parse(linea) as Record<string, unknown>
  const datos = Object.entries(resto).map(
    ([clave, valor]) => `${clave}=${typeof valor === 'string' ? valor : JSON.stringify(valor)}`,
  )
  const { stack } = (err ?? {}) as { stack?: string }
  const texto = [
    String(time).slice(11, 19),
    String(level).padEnd(5),
    typeof msg === 'string' ? msg : '',
    ...datos,
  ].join(' ')
  return `${texto}\n${stack === undefined ? '' : `${stack}\n`}`
}
