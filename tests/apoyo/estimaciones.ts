import type pg from 'pg'
import type supertest from 'supertest'
import { ESTATUS, fabricasProduccion, PARTIDAS_COMUNES, type PartidaGuardada } from './produccion.ts'
import { fabricas, SEMILLA } from './fabricas.ts'

/** The production of estimaciones.md §11, in a family of its own. */
export interface Escena {
  readonly ot: number
  readonly P1: PartidaGuardada
  readonly P2: PartidaGuardada
  readonly P3: PartidaGuardada
  /** Ids of production: a, b, e estimable; c excedente; d with its GPU in PROCESO. */
  readonly a: number
  readonly b: number
  readonly c: number
  readonly d: number
  readonly e: number
}

/** Makes another family with the data of the examples, every time it is called. */
export async function escenaDeEstimacion(pool: pg.Pool): Promise<Escena> {
  const crea = fabricasProduccion(pool)
  const ot = await fabricas(pool).ot({
    estatus: 1,
    id_frente: 2,
    id_embarcacion: SEMILLA.embarcacion,
    requiere_patio: true,
    id_patio: SEMILLA.patio,
    fecha_inicio_programado: '2026-01-01',
    fecha_termino_programado: '2026-12-31',
    fecha_inicio_patio: '2026-01-01',
    fecha_fin_patio: '2026-12-31',
  })
  const { partidas } = await crea.version(ot, PARTIDAS_COMUNES)
  const [P1, P2, P3] = partidas
  if (!P1 || !P2 || !P3) throw new Error('The annex has three partidas')
  const firmado = { gpuDe: ESTATUS.FIRMADO }
  const barco = SEMILLA.embarcacion
  const a = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: barco, ...firmado })
  const b = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', sitio: barco, tipo: 'CMA', ...firmado })
  const c = await crea.produccion(P1, {
    fecha: '2026-02-13',
    volumen: '20',
    sitio: barco,
    es_excedente: true,
    ...firmado,
  })
  const d = await crea.produccion(P2, { fecha: '2026-02-12', volumen: '3.25', sitio: SEMILLA.patio })
  const e = await crea.produccion(P3, { fecha: '2026-02-12', volumen: '12', sitio: barco })
  await crea.reporteDiario({ ot, fecha: '2026-02-12', sitio: barco })
  return { ot, P1, P2, P3, a, b, c, d, e }
}

/** A draft of example 2 dated the 16th, by HTTP. @returns its id. */
export async function crearBorrador(
  agente: ReturnType<typeof supertest.agent>,
  { ot, a, b, e }: Escena,
): Promise<number> {
  const { body } = await agente.post('/operaciones/estimaciones/crear/').send({
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [a, b, e].map((id_produccion) => ({ id_produccion })),
  })
  return (body as { id_nuevo: number }).id_nuevo
}

/** The same. @returns where its page is. */
export async function paginaDeBorrador(agente: ReturnType<typeof supertest.agent>, escena: Escena): Promise<string> {
  return `/operaciones/estimaciones/${String(await crearBorrador(agente, escena))}/`
}

/**
 * Puts some production in a live estimation of its family, as the service would; `enviada` takes it out of the draft.
 * @returns its name and how to free what it holds.
 */
export async function estimarDePrueba(
  pool: pg.Pool,
  idOt: number,
  producciones: readonly number[],
  { enviada = false }: { enviada?: boolean } = {},
): Promise<{ nombre: string; liberar: () => Promise<void> }> {
  const { rows } = await pool.query<{ id: string; numero: number }>(
    `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
     SELECT $1, coalesce(max(numero), 0) + 1, '2026-12-31', '2026-01-01', '2026-12-31', 19.1648, 'prueba' FROM estimacion_header WHERE id_ot = $1
     RETURNING id, numero`,
    [idOt],
  )
  const id = rows[0]?.id
  await pool.query(
    `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn, precio_unitario_usd,
       anexo, codigo, concepto, unidad)
     SELECT $1, p.id, p.volumen_produccion, p.volumen_produccion, 0, 0, 'C-5', 'X', 'X', 'M' FROM produccion p WHERE p.id = ANY ($2::bigint[])`,
    [id, producciones],
  )
  if (enviada)
    await pool.query('UPDATE estimacion_header SET id_estatus_cobro = 25, fecha_envio = now() WHERE id = $1', [id])
  return {
    nombre: `EST-${String(rows[0]?.numero)}`,
    liberar: async () => {
      if (enviada)
        await pool.query("UPDATE estimacion_header SET id_estatus_cobro = 29, motivo = 'prueba' WHERE id = $1", [id])
      else await pool.query('DELETE FROM estimacion_detalle WHERE id_estimacion_header = $1', [id])
    },
  }
}
