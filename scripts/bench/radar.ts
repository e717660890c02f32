/** Radar de cobro over a million rows of production: reading it, opening a figure, after a change, and keeping it. */
import pg from 'pg'
import { llenarRadar } from './datos-radar.ts'
import type { Entorno } from './entorno.ts'
import { percentil, redondo, type Renglon } from './medidas.ts'

const LECTURAS = 40
const META_MS = 1000
const RUTA = '/operaciones/estimaciones/radar/'

export async function medirRadar(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('radar')
  const pool = new pg.Pool({ connectionString: url })
  decir('Radar: llenando la base…')
  const { filas, familia } = await llenarRadar(pool)
  const renglones: Renglon[] = []
  const resultado: Record<string, unknown> = { filas }
  const anotar = (medida: string, tiempos: readonly number[], meta: number | null) => {
    const [p50, p95] = [redondo(percentil(tiempos, 50)), redondo(percentil(tiempos, 95))]
    resultado[medida] = { p50, p95 }
    decir(`  ${medida}: p50 ${String(p50)} ms, p95 ${String(p95)} ms`)
    renglones.push({
      parte: 'radar',
      medida,
      valor: `p50 ${String(p50)} ms, p95 ${String(p95)} ms`,
      meta: meta === null ? '–' : `p95 < ${String(meta)} ms`,
      cumple: meta === null ? null : p95 < meta,
    })
  }
  decir(`Radar sobre ${filas.toLocaleString('es-MX')} capturas…`)
  anotar('calcular todo lo conservado desde cero', [await conservar(pool)], null)
  const app = await entorno.iniciarApp(url)
  const cliente = await app.entrar()
  const leer = async (medida: string, ruta: (i: number) => string, antes?: () => Promise<unknown>) => {
    await cliente.medir(ruta(0))
    const tiempos: number[] = []
    for (let i = 0; i < LECTURAS; i += 1) {
      await antes?.()
      tiempos.push(await cliente.medir(ruta(i)))
    }
    anotar(`${medida} (${String(app.consultasDe(ruta(0).split('?')[0] ?? ''))} consultas)`, tiempos, META_MS)
  }
  await leer('radar por OT', (i) => `${RUTA}?pagina=${String(1 + (i % 4))}`)
  await leer(
    'radar por cliente, sitio o antigüedad',
    (i) => `${RUTA}?por=${['cliente', 'sitio', 'antiguedad'][i % 3] ?? ''}`,
  )
  await leer('radar de una OT', (i) => `${RUTA}?id_ot=${String(1 + i)}`)
  await leer(
    'lo que abre una cifra de todas las OT',
    (i) => `${RUTA}partes/?apartado=estimable&pagina=${String(1 + i * 97)}`,
  )
  await leer('lo que abre una cifra de una OT', (i) => `${RUTA}partes/?apartado=cobrada&id_ot=${String(1 + i)}`)
  const cambiar = () =>
    pool.query(
      `UPDATE produccion SET comentario = comentario || '.' WHERE id IN (SELECT p.id FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
         WHERE m.id_ot = $1 AND m.mes = 5 AND p.volumen_estimado_acumulado = 0 LIMIT 1)`,
      [familia],
    )
  await leer('radar por OT justo después de un cambio', () => RUTA, cambiar)
  await app.detener()
  await pool.end()
  return { resultado, renglones }
}

/** Everything from nothing, as after a restore. @returns milliseconds */
async function conservar(pool: pg.Pool): Promise<number> {
  const inicio = performance.now()
  for (;;) {
    const { rows } = await pool.query<{ n: number }>('SELECT radar_refrescar(100) AS n')
    if (rows[0]?.n === 0) break
  }
  const ms = performance.now() - inicio
  await pool.query('VACUUM (ANALYZE) radar_cobro, radar_valor, radar_cambio')
  return ms
}
