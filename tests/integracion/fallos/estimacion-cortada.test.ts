// Issue D §3: kill -9 between any two statements of a step of billing. A real server dies with several transactions stopped,
// each before one of its statements or just committed; afterwards each step is whole or was never taken, and asked for again
// it is taken once. `npm run muertes` stops before every statement of every step; the everyday run, before the COMMIT of each
// and in a few other places.
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { TRANSICIONES } from '../../../src/modulos/estimaciones/estimaciones.reglas.ts'
import type { EstatusEstimacion } from '../../../src/modulos/estimaciones/estimaciones.tipos.ts'
import { cambiarEstatus } from '../../../src/modulos/estimaciones/flujo.service.ts'
import { crearEstimacion } from '../../../src/modulos/estimaciones/estimaciones.service.ts'
import { CambiarEstatus, CrearEstimacion } from '../../../src/modulos/estimaciones/estimaciones.schema.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { CLAVE, crearPersonaConClave } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { abrirCortador, type Corte, type Parada } from '../../apoyo/cortador.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'
import { entrarPorFuera, hasta, lanzarServidor, type Cliente } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const [envia, autoriza] = [await app.ctxDe('superusuario'), await app.ctxDe('administrador')]
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-estimacion-cortada-'))
const cortador = await abrirCortador(app.url)
afterAll(async () => {
  await cortador.cerrar()
  rmSync(carpeta, { recursive: true, force: true })
})
await crearPersonaConClave(app, { username: 'eva', email: 'eva@example.com', grupos: ['administrador'] })

const TODAS = process.env['MUERTES'] === 'todas'
/** Transactions that one kill finds: as many as leave connections for the sessions. */
const A_LA_VEZ = 7
const LENTA_MS = 120_000
const BASE = '/operaciones/estimaciones'
const PERIODO = { fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15', fecha_estimacion: '2026-02-16' }
/** What every step that moves an estimation may need. */
const DATOS = {
  motivo: 'de la prueba',
  fecha_autorizacion: '2026-02-20',
  folio_factura: 'F-1',
  fecha_factura: '2026-02-21',
  fecha_cobro: '2026-02-22',
}

/** A request over a family of its own. */
interface Peticion {
  readonly ot: number
  readonly ruta: string
  readonly cuerpo: Record<string, unknown>
}
interface Paso {
  readonly nombre: string
  /** How the first statement of its transaction is known. */
  readonly primera: RegExp
  readonly preparar: () => Promise<Peticion>
}

interface EnCurso {
  readonly ot: number
  readonly id: number
  readonly version: number
}
/** How an estimation gets to each status from its draft; who sends is not who authorises. */
const CAMINO: Partial<Record<EstatusEstimacion, readonly EstatusEstimacion[]>> = {
  EN_ESTIMACION: [],
  ENVIADA: ['ENVIADA'],
  RECHAZADA: ['ENVIADA', 'RECHAZADA'],
  AUTORIZADA: ['ENVIADA', 'AUTORIZADA'],
  FACTURADA: ['ENVIADA', 'AUTORIZADA', 'FACTURADA'],
}
async function estimacionEn(estatus: EstatusEstimacion): Promise<EnCurso> {
  const { ot, a, b, e } = await escenaDeEstimacion(pool)
  const detalles = [a, b, e].map((id_produccion) => ({ id_produccion }))
  let { id, version } = await crearEstimacion(envia, CrearEstimacion.parse({ id_ot: ot, ...PERIODO, detalles }))
  for (const paso of CAMINO[estatus] ?? []) {
    const quien = paso === 'ENVIADA' ? envia : autoriza
    ;({ id, version } = await cambiarEstatus(quien, CambiarEstatus.parse({ id, version, estatus: paso, ...DATOS })))
  }
  return { ot, id, version }
}

const PASOS: readonly Paso[] = [
  {
    nombre: 'create',
    primera: /FROM parametro\b/,
    preparar: async () => {
      const { ot } = await escenaDeEstimacion(pool)
      return { ot, ruta: `${BASE}/crear/`, cuerpo: { id_ot: ot, ...PERIODO } }
    },
  },
  ...TRANSICIONES.map(({ de, a }) => ({
    nombre: `${de} → ${a}`,
    primera: /FROM estimacion_header\b/,
    preparar: async () => {
      const { ot, id, version } = await estimacionEn(de)
      return { ot, ruta: `${BASE}/cambiar_estatus/`, cuerpo: { id, version, estatus: a, ...DATOS } }
    },
  })),
  {
    nombre: 'reject a line',
    primera: /FROM estimacion_detalle\b/,
    preparar: async () => {
      const { ot, id, version } = await estimacionEn('ENVIADA')
      const { rows } = await pool.query<{ id: string }>(
        'SELECT min(id) AS id FROM estimacion_detalle WHERE id_estimacion_header = $1',
        [id],
      )
      const cuerpo = { id_detalle: Number(rows[0]?.id), version, comentario_ajuste: 'sin soporte' }
      return { ot, ruta: `${BASE}/rechazar_detalle/`, cuerpo }
    },
  },
]

/** Where the i-th step is stopped; after being committed it has nowhere else. */
function* paradas(i: number): Generator<Parada> {
  if (TODAS) for (let n = 1; ; n += 1) yield n
  yield 'COMMIT'
  if (i % 3 === 1) yield 'fin'
  if (i % 3 === 2) yield 3 + (i % 8)
}

/** Everything of a family that a step writes, its log too. */
async function foto(ot: number): Promise<string> {
  const { rows } = await pool.query<{ todo: string }>(
    `WITH h AS (SELECT * FROM estimacion_header WHERE id_ot = $1),
       p AS (SELECT p.* FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual WHERE m.id_ot = $1)
     SELECT json_build_object(
       'headers', (SELECT json_agg(h ORDER BY id) FROM h),
       'lines', (SELECT json_agg(d ORDER BY d.id) FROM estimacion_detalle d JOIN h ON h.id = d.id_estimacion_header),
       'proof', (SELECT json_agg(x ORDER BY h.id, x.orden) FROM estimacion_prueba x JOIN h ON h.id = x.id_estimacion_header),
       'summary', (SELECT json_agg(x ORDER BY h.id) FROM estimacion_prueba_resumen x JOIN h ON h.id = x.id_estimacion_header),
       'document', (SELECT json_agg(x ORDER BY h.id) FROM estimacion_instantanea x JOIN h ON h.id = x.id_estimacion_header),
       'production', (SELECT json_agg(p ORDER BY id) FROM p),
       'gpus', (SELECT json_agg(g ORDER BY g.id) FROM registro_generadores_pu g JOIN p ON p.id = g.id_produccion),
       'events', (SELECT json_agg(r ORDER BY r.id) FROM registro_actividad r JOIN h ON h.id = r.registro_id AND r.tabla_log = 25)
     )::text AS todo`,
    [ot],
  )
  return rows[0]?.todo ?? ''
}

async function sinTransacciones(): Promise<boolean> {
  const { rowCount } = await pool.query(
    `SELECT 1 FROM pg_stat_activity WHERE datname = current_database() AND pid <> pg_backend_pid() AND xact_start IS NOT NULL`,
  )
  return rowCount === 0
}

/** A server behind the door, with a person inside. */
async function arrancar(): Promise<{ eva: Cliente; matar: () => Promise<void> }> {
  const servidor = await lanzarServidor(cortador.url, carpeta)
  const eva = await entrarPorFuera(servidor.direccion, 'eva', CLAVE)
  return {
    eva,
    matar: async () => {
      servidor.senal('SIGKILL')
      await servidor.fin
      cortador.soltar()
      await hasta(sinTransacciones, 'the database notices that the server died', LENTA_MS)
    },
  }
}

/** A step that the death of the server finds before a statement, or after its commit. */
interface Muerte extends Peticion {
  readonly nombre: string
  readonly antes: string
  readonly corte: Corte
}
async function detener(eva: Cliente, { nombre, primera, preparar }: Paso, parada: Parada): Promise<Muerte> {
  const peticion = await preparar()
  const antes = await foto(peticion.ot)
  const respuesta = eva.enviarJson(peticion.ruta, peticion.cuerpo).then(({ estado, cuerpo }): never => {
    throw new Error(`${nombre} answered ${estado} before ${parada}: ${JSON.stringify(cuerpo)}`)
  })
  const corte = await Promise.race([cortador.armar(primera, parada), respuesta])
  return { ...peticion, nombre: `${nombre}, ${parada}`, antes, corte }
}

/** Nothing of what was stopped, everything of what was committed. */
async function comprobarMuertes(muertes: readonly Muerte[]): Promise<void> {
  for (const { ot, nombre, antes, corte } of muertes)
    expect([nombre, (await foto(ot)) === antes]).toEqual([nombre, corte === 'detenida'])
  expect((await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(({ correcto }) => !correcto)).toEqual([])
}

/** Asked for again, twice: taken once, counting the one that was before the server died. */
async function repetir(eva: Cliente, muertes: readonly Muerte[]): Promise<void> {
  for (const { ruta, cuerpo, nombre, corte } of muertes) {
    const estados = [(await eva.enviarJson(ruta, cuerpo)).estado, (await eva.enviarJson(ruta, cuerpo)).estado]
    expect([nombre, estados]).toEqual([nombre, corte === 'detenida' ? [200, 409] : [409, 409]])
  }
}

it(
  'kill -9 before any statement of a step: everything or nothing, and asked for again it is taken once',
  { timeout: 3_600_000 },
  async () => {
    const cuantas = new Map<string, number>()
    let [vivo, muertes]: [Awaited<ReturnType<typeof arrancar>>, Muerte[]] = [await arrancar(), []]
    const morir = async (): Promise<void> => {
      await vivo.matar()
      await comprobarMuertes(muertes)
      vivo = await arrancar()
      await repetir(vivo.eva, muertes)
      muertes = []
    }
    for (const [i, paso] of PASOS.entries()) {
      for (const parada of paradas(i)) {
        const muerte = await detener(vivo.eva, paso, parada)
        muertes.push(muerte)
        cuantas.set(paso.nombre, (cuantas.get(paso.nombre) ?? 0) + 1)
        if (muertes.length === A_LA_VEZ) await morir()
        if (muerte.corte === 'cometida') break
      }
    }
    if (muertes.length > 0) await morir()
    await comprobarMuertes([])
    if (TODAS) console.info([...cuantas].map(([nombre, veces]) => `${nombre}: ${veces}`).join('\n'))
    expect([...cuantas.values()].every((veces) => veces >= (TODAS ? 10 : 1))).toBe(true)
  },
)
