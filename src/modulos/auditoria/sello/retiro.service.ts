/** Retention: a month older than what must be kept leaves the database for a file, with its seals; never by itself. */
import { createWriteStream, mkdirSync, renameSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGzip } from 'node:zlib'
import { Conflicto } from '../../../comun/errores.ts'
import { aDdMmAaaa, fechaIso, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { mesDe, mesSiguiente } from '../actividad/actividad.reglas.ts'
import { registrarEvento } from '../auditoria.service.ts'
import { TABLA_LOG } from '../auditoria.tipos.ts'
import { hashDeRetiro } from './sello.calculo.ts'
import * as repo from './sello.repo.ts'
import type { Custodia, Sello } from './sello.tipos.ts'
import { buscarAlteraciones } from './verificacion.service.ts'

const TIEMPO_MAXIMO_MS = 60 * 60_000

/** First day that must still be kept: months that end before it may go. */
export function limiteDeRetencion(hoy: FechaIso, anios: number): FechaIso {
  return fechaIso(`${String(Number(hoy.slice(0, 4)) - anios).padStart(4, '0')}-${hoy.slice(5, 7)}-01`)
}

/** Months that may be retired today, oldest first. */
export function verRetirables(ctx: Contexto, anios: number): Promise<{ mes: FechaIso; filas: number }[]> {
  return repo.listarMesesRetirables(ctx.bd, limiteDeRetencion(ctx.hoy, anios))
}

/**
 * Writes those months to files, one per month, and takes them out of the database; each leaves its row in the log.
 * @returns the files
 * @throws Conflicto when the log is not as it was sealed: what was touched must be looked at before it goes
 */
export async function retirarMeses(
  ctx: Contexto,
  custodia: Custodia,
  { anios, archivos }: { anios: number; archivos: string },
): Promise<{ mes: FechaIso; filas: number; archivo: string }[]> {
  const meses = await verRetirables(ctx, anios)
  if (meses.length === 0) return []
  const [alterada] = await buscarAlteraciones(ctx, custodia)
  if (alterada !== undefined)
    throw new Conflicto(`No se retiró nada: ${alterada}. Revísalo con «npm run verificar» antes de retirar meses.`)
  const retirados = []
  for (const { mes, filas } of meses) {
    const sellos = await sellosDelMes(ctx, mes)
    const archivo = await archivar(ctx, archivos, mes, sellos)
    await conTransaccion(
      ctx,
      async (tx) => {
        await repo.tomarTurno(tx)
        const dias = sellos.map((sello) => ({
          dia: sello.dia,
          hashRetiro: hashDeRetiro(custodia.clave, sello, ctx.ahora),
        }))
        await repo.retirarMes(tx, mes, dias)
        await registrarEvento(tx, {
          tabla: TABLA_LOG.REGISTRO_ACTIVIDAD,
          registroId: null,
          evento: 'ELIMINAR',
          campo: 'Eliminó',
          detalle: `del registro de actividad el mes ${aDdMmAaaa(mes).slice(3)} (${plural(filas, 'fila', 'filas')}), archivado en ${archivo}`,
        })
      },
      { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
    )
    retirados.push({ mes, filas, archivo })
  }
  return retirados
}

async function sellosDelMes(ctx: Contexto, mes: FechaIso): Promise<Sello[]> {
  const sellos: Sello[] = []
  let sello = await repo.buscarSelloDesde(ctx.bd, mes)
  while (sello && mesDe(sello.dia) === mes) {
    sellos.push(sello)
    sello = await repo.buscarSelloDesde(ctx.bd, sumarDias(sello.dia, 1))
  }
  return sellos
}

/** One JSON line per row and, after them, one per seal: the same chain can be checked from the file. */
async function archivar(ctx: Contexto, carpeta: string, mes: FechaIso, sellos: readonly Sello[]): Promise<string> {
  mkdirSync(carpeta, { recursive: true, mode: 0o700 })
  const nombre = `registro-de-actividad-${mes.slice(0, 7)}.jsonl.gz`
  const provisional = join(carpeta, `${nombre}.parte`)
  async function* lineas(): AsyncGenerator<string> {
    for await (const trozo of repo.leerFilas(ctx.bd, { desde: mes, hasta: mesSiguiente(mes) }))
      yield trozo.map(({ texto }) => `${texto}\n`).join('')
    for (const { huellas, ...sello } of sellos)
      yield `${JSON.stringify({ sello: { ...sello, huellas: huellas?.toString('base64') } })}\n`
  }
  try {
    await pipeline(Readable.from(lineas()), createGzip(), createWriteStream(provisional, { mode: 0o600 }))
    renameSync(provisional, join(carpeta, nombre))
  } catch (error) {
    rmSync(provisional, { force: true })
    throw error
  }
  return nombre
}
