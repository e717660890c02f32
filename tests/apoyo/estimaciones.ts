import type pg from 'pg'
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
