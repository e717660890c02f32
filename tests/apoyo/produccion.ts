/**
 * Rows of annexes and production made per test by SQL, with the least each table demands (see `fabricas.ts`):
 *
 *   const { P1, P2, P3 } = await datosComunes(app.conexion.pool)      // sites 1-4, OTs 101-105 of produccion.md §10
 *   const crea = fabricasProduccion(app.conexion.pool)
 *   await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1 })       // TE; folder and GPU by themselves
 *   await crea.reporteDiario({ ot: 101, fecha: '2026-02-13', sitio: 1, estatus: 17 })
 *   const { partidas: [soldador] } = await crea.version(101, [{ codigo: '4.7.', concepto: 'SOLDADOR', volumen: '10' }])
 *
 * Nothing here recomputes: flags of excedente, signatures and versions are what the test gives (the defaults are those
 * of a quiet month). Volumes and prices are texts, days are 'YYYY-MM-DD'.
 */
import type pg from 'pg'
import { claveDeConcepto, huellaDeClave } from '../../src/modulos/anexo/index.ts'
import { fabricas } from './fabricas.ts'

/** Units of the seeded catalogue that the tests lean on. */
export const UNIDAD = { PIEZA: 1, DIA: 5, JORNADA: 10, M: 11, SERVICIO: 14, TON: 15 } as const

/** A line of an annex. `concepto` and `anexo` are given as they would be stored; the key takes them normalised. */
export interface PartidaNueva {
  readonly codigo: string
  readonly concepto?: string
  readonly anexo?: string | null
  readonly unidad?: number
  readonly volumen?: string
  readonly mn?: string
  readonly usd?: string
  /** Programme: volume by day. */
  readonly programa?: Readonly<Record<string, string>>
  readonly origen?: 'archivo' | 'vinculada' | 'arrastrada'
  readonly maestro?: number | null
}

/** A stored partida. */
export interface PartidaGuardada {
  readonly id: number
  readonly concepto: number
  /** Initial OT of its family. */
  readonly familia: number
  readonly codigo: string
  /** Annex of its concept, normalised. */
  readonly anexo: string
}

/** A stored version of an annex. */
export interface VersionGuardada {
  readonly id: number
  readonly partidas: readonly PartidaGuardada[]
}

/** P1, P2 and P3 of OT 101; OT 103 has the same three, which in another family are other concepts. */
export interface DatosComunes {
  readonly P1: PartidaGuardada
  readonly P2: PartidaGuardada
  readonly P3: PartidaGuardada
  /** The active versions of the annexes of 101 and 103. */
  readonly anexo101: VersionGuardada
  readonly anexo103: VersionGuardada
}

/** A stored row of production. */
export interface ProduccionLeida {
  readonly id: number
  readonly codigo: string
  readonly fecha: string
  readonly tipo: string
  readonly sitio: number
  readonly volumen: string
  readonly excedente: boolean
  /** Status of its GPU. */
  readonly gpu: number | null
}

/** Statuses by the name people read (produccion.md §3.1). */
export const ESTATUS = {
  FIRMADO: 17,
  FALTA_FIRMA: 18,
  PENDIENTE: 19,
  PROCESO: 20,
  MES_ABIERTO: 21,
  MES_CERRADO: 22,
  MES_FIRMADO: 23,
} as const

/** P1, P2 and P3 as produccion.md §10 gives them. */
export const PARTIDAS_COMUNES: readonly [PartidaNueva, PartidaNueva, PartidaNueva] = [
  { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M, volumen: '100', mn: '1000', usd: '50' },
  { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: UNIDAD.TON, volumen: '20.5', mn: '2500.50' },
  { codigo: '5.1.', concepto: 'GRÚA DE CUBIERTA', anexo: 'C-5', unidad: UNIDAD.JORNADA, volumen: '300', mn: '1125' },
]

const SITIOS_COMUNES = [
  { id: 1, descripcion: 'EMBARCACION-UNO', id_frente: 6 },
  { id: 2, descripcion: 'PATIO-DOS', id_frente: 3 },
  { id: 3, descripcion: 'PLATAFORMA-TRES', id_frente: 7 },
  { id: 4, descripcion: 'INTERCOM-CUATRO', id_frente: 5 },
] as const

/** The common data of produccion.md §10; once per database. Ids that the tests make afterwards begin at 1000. */
export async function datosComunes(pool: pg.Pool): Promise<DatosComunes> {
  const crea = fabricas(pool)
  for (const { id, descripcion, id_frente } of SITIOS_COMUNES)
    await pool.query('UPDATE sitio SET descripcion = $2, id_frente = $3, activo = true WHERE id = $1', [
      id,
      descripcion,
      id_frente,
    ])
  await pool.query("SELECT setval(pg_get_serial_sequence('ot', 'id'), 1000, false)")
  await crea.ot({
    id: 101,
    orden_trabajo: 'OT-101',
    estatus: 1,
    id_estatus_ot: 8,
    id_frente: 2,
    id_embarcacion: 1,
    id_plataforma: 3,
    id_patio: 2,
    requiere_patio: true,
    fecha_inicio_patio: '2026-01-15',
    fecha_fin_patio: '2026-02-10',
    fecha_inicio_programado: '2026-02-05',
    fecha_inicio_real: '2026-02-11',
    fecha_termino_programado: '2026-03-20',
  })
  await crea.reprogramacion(101, {
    id: 102,
    orden_trabajo: 'OT-101',
    estatus: 1,
    id_estatus_ot: 8,
    num_reprogramacion: 1,
    id_frente: 2,
    fecha_termino_programado: '2026-04-10',
    fecha_fin_patio: '2026-02-20',
  })
  await crea.ot({
    id: 103,
    orden_trabajo: 'OT-103',
    estatus: 1,
    id_frente: 1,
    id_patio: 2,
    fecha_inicio_programado: '2026-03-01',
    fecha_termino_programado: '2026-03-31',
  })
  const febrero = { fecha_inicio_programado: '2026-02-01', fecha_termino_programado: '2026-02-28' }
  await crea.ot({ id: 104, orden_trabajo: 'OT-104', estatus: 0, id_frente: 4, id_plataforma: 3, ...febrero })
  await crea.ot({ id: 105, orden_trabajo: 'OT-105', estatus: 1, id_frente: 2, id_embarcacion: 1, ...febrero })
  const anexos = fabricasProduccion(pool)
  const anexo101 = await anexos.version(101, PARTIDAS_COMUNES)
  const anexo103 = await anexos.version(103, PARTIDAS_COMUNES)
  const [P1, P2, P3] = anexo101.partidas
  if (P1 === undefined || P2 === undefined || P3 === undefined) throw new Error('The annex of 101 has three partidas')
  return { P1, P2, P3, anexo101, anexo103 }
}

/** Makers of rows of annexes and production. */
export function fabricasProduccion(pool: Pick<pg.Pool, 'query'>) {
  const insertar = async (tabla: string, columnas: Record<string, unknown>): Promise<number> => {
    const nombres = Object.keys(columnas)
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO ${tabla} (${nombres.join(', ')}) VALUES (${nombres.map((_, i) => `$${i + 1}`).join(', ')}) RETURNING id`,
      Object.values(columnas),
    )
    return Number(rows[0]?.id)
  }
  const familiaDe = async (idOt: number): Promise<number> => {
    const { rows } = await pool.query<{ id: string }>('SELECT coalesce(ot_principal, id) AS id FROM ot WHERE id = $1', [
      idOt,
    ])
    return Number(rows[0]?.id)
  }

  /** The concept K of a family (produccion.md §5.4), made when it is not there. */
  const concepto = async (
    familia: number,
    { codigo, concepto: texto = `CONCEPTO ${codigo}`, anexo = 'C-5', unidad = UNIDAD.M }: PartidaNueva,
  ): Promise<{ id: number; anexo: string }> => {
    const clave = claveDeConcepto({ anexo, codigo, descripcion: texto, idUnidad: unidad })
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella) VALUES ($1, $2, $3, $4, $5, $6)
       ON CONFLICT (id_ot, huella) DO UPDATE SET huella = excluded.huella RETURNING id`,
      [familia, clave.anexo, clave.codigo, clave.concepto, unidad, huellaDeClave(clave)],
    )
    return { id: Number(rows[0]?.id), anexo: clave.anexo }
  }

  const programa = async (idPartida: number, dias: Readonly<Record<string, string>>): Promise<void> => {
    await pool.query(
      `INSERT INTO partida_proyectada (id_partida_anexo, mes, volumenes)
       SELECT $1, m.mes, array_agg(coalesce(d.volumen, 0) ORDER BY x.dia)
       FROM (SELECT DISTINCT date_trunc('month', k::date)::date AS mes FROM jsonb_object_keys($2::jsonb) k) m
       CROSS JOIN LATERAL generate_series(m.mes, m.mes + interval '1 month - 1 day', interval '1 day') AS x(dia)
       LEFT JOIN (SELECT key::date AS dia, value::numeric AS volumen FROM jsonb_each_text($2::jsonb)) d ON d.dia = x.dia::date
       GROUP BY m.mes ON CONFLICT (id_partida_anexo, mes) DO UPDATE SET volumenes = excluded.volumenes`,
      [idPartida, JSON.stringify(dias)],
    )
  }

  /** A line added to a version; `orden_fila` is its place. */
  const partida = async (idVersion: number, nueva: PartidaNueva, orden = 1): Promise<PartidaGuardada> => {
    const { rows } = await pool.query<{ id_ot: string }>('SELECT id_ot FROM importacion_anexo WHERE id = $1', [
      idVersion,
    ])
    const familia = await familiaDe(Number(rows[0]?.id_ot))
    const K = await concepto(familia, nueva)
    const id = await insertar('partida_anexo_importada', {
      id_importacion_anexo: idVersion,
      id_concepto_consolidado: K.id,
      id_concepto_maestro: nueva.maestro ?? null,
      origen: nueva.origen ?? 'archivo',
      id_partida: nueva.codigo,
      descripcion_concepto: nueva.concepto ?? `CONCEPTO ${nueva.codigo}`,
      anexo: nueva.anexo === undefined ? 'C-5' : nueva.anexo,
      id_unidad_medida: nueva.unidad ?? UNIDAD.M,
      volumen_proyectado: nueva.volumen ?? '0',
      precio_unitario_mn: nueva.mn ?? '0',
      precio_unitario_usd: nueva.usd ?? '0',
      orden_fila: orden,
    })
    if (nueva.programa) await programa(id, nueva.programa)
    return { id, concepto: K.id, familia, codigo: nueva.codigo, anexo: K.anexo }
  }

  /** Folder of a month of a family, with what the test gives; made when it is not there. */
  const carpeta = async (idOt: number, dia: string, columnas: Record<string, unknown> = {}): Promise<number> => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO reporte_mensual_header (id_ot, anio, mes) VALUES ($1, $2, $3)
       ON CONFLICT (id_ot, anio, mes) DO UPDATE SET mes = excluded.mes RETURNING id`,
      [await familiaDe(idOt), Number(dia.slice(0, 4)), Number(dia.slice(5, 7))],
    )
    const id = Number(rows[0]?.id)
    const nombres = Object.keys(columnas)
    if (nombres.length > 0)
      await pool.query(
        `UPDATE reporte_mensual_header SET ${nombres.map((nombre, i) => `${nombre} = $${i + 2}`).join(', ')} WHERE id = $1`,
        [id, ...Object.values(columnas)],
      )
    return id
  }

  /** GPU of a production. */
  const gpu = (idProduccion: number, columnas: Record<string, unknown> = {}): Promise<number> =>
    insertar('registro_generadores_pu', { id_produccion: idProduccion, id_estatus: ESTATUS.PROCESO, ...columnas })

  return {
    concepto,
    partida,
    /** Programme of a partida: volume by day; the whole of each month named is replaced. */
    programa,
    carpeta,
    gpu,
    /**
     * A version of the annex of an OT, active unless told; the one that was active stops being so. `columnas` are those
     * of `importacion_anexo`.
     */
    version: async (
      idOt: number,
      partidas: readonly PartidaNueva[],
      columnas: Record<string, unknown> = {},
    ): Promise<VersionGuardada> => {
      if (columnas['es_activo'] !== false)
        await pool.query('UPDATE importacion_anexo SET es_activo = false WHERE id_ot = $1 AND es_activo', [idOt])
      const { rows } = await pool.query<{ numero: number }>(
        'SELECT coalesce(max(numero), 0) + 1 AS numero FROM importacion_anexo WHERE id_ot = $1',
        [idOt],
      )
      const id = await insertar('importacion_anexo', {
        id_ot: idOt,
        numero: rows[0]?.numero ?? 1,
        archivo_excel: 'ANEXO C.xlsx',
        total_registros: partidas.length,
        ...columnas,
      })
      const guardadas: PartidaGuardada[] = []
      for (const [i, nueva] of partidas.entries()) guardadas.push(await partida(id, nueva, i + 1))
      return { id, partidas: guardadas }
    },
    /**
     * Volume of a partida on a day, with its folder and, in the annexes that have one, its GPU in PROCESO.
     * @param gpuDe status of that GPU, or null for none; `columnas` those of `produccion`
     */
    produccion: async (
      de: PartidaGuardada,
      {
        fecha,
        volumen,
        sitio = 1,
        tipo = 'TE',
        gpuDe = /^C(-2|-3|2EXT|3EXT)$/.test(de.anexo) ? ESTATUS.PROCESO : null,
        ...columnas
      }: {
        fecha: string
        volumen: string
        sitio?: number
        tipo?: 'TE' | 'CMA'
        gpuDe?: number | null
      } & Record<string, unknown>,
    ): Promise<number> => {
      const id = await insertar('produccion', {
        id_partida_anexo: de.id,
        id_concepto_consolidado: de.concepto,
        id_reporte_mensual: await carpeta(de.familia, fecha),
        fecha_produccion: fecha,
        volumen_produccion: volumen,
        tipo_tiempo: tipo,
        id_sitio_produccion: sitio,
        ...columnas,
      })
      if (gpuDe !== null) await gpu(id, { id_estatus: gpuDe })
      return id
    },
    /** Status of a day; FIRMADO comes blocked with a fingerprint of zeros: the service computes the real one. */
    reporteDiario: async ({
      ot,
      fecha,
      sitio = 1,
      estatus = ESTATUS.FIRMADO,
      ...columnas
    }: { ot: number; fecha: string; sitio?: number; estatus?: number } & Record<string, unknown>): Promise<number> => {
      return insertar('reporte_diario_detalle', {
        id_reporte_mensual: await carpeta(ot, fecha),
        fecha,
        id_sitio: sitio,
        id_estatus: estatus,
        ...(estatus === ESTATUS.FIRMADO
          ? { bloqueado: true, fecha_firma: '2026-06-01T12:00:00Z', huella_firma: '0'.repeat(64) }
          : {}),
        ...columnas,
      })
    },
    superintendente: (nombre: string, sitio: number, columnas: Record<string, unknown> = {}): Promise<number> =>
      insertar('superintendente', { nombre, sitio_asignado: sitio, ...columnas }),
    /** Cycle of guards of a site; A begins that day. */
    ciclo: (
      sitio: number,
      [superA, superB]: readonly [number, number],
      inicio: string,
      columnas: Record<string, unknown> = {},
    ): Promise<number> =>
      insertar('guardias', {
        id_sitio: sitio,
        super_a: superA,
        super_b: superB,
        fecha_inicio_super_a: inicio,
        vigente_desde: inicio,
        ...columnas,
      }),
    /** Production of a family as text, in the order of the algorithm of excedentes. */
    leerProduccion: async (familia: number): Promise<ProduccionLeida[]> => {
      const { rows } = await pool.query<{ fila: ProduccionLeida }>(
        `SELECT json_build_object('id', p.id, 'codigo', k.codigo, 'fecha', p.fecha_produccion, 'tipo', p.tipo_tiempo, 'sitio', p.id_sitio_produccion,
            'volumen', p.volumen_produccion::text, 'excedente', p.es_excedente, 'gpu', g.id_estatus) AS fila
         FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
         WHERE k.id_ot = $1 ORDER BY k.codigo, k.id, p.fecha_produccion, p.tipo_tiempo DESC, p.id_sitio_produccion, p.id`,
        [familia],
      )
      return rows.map(({ fila }) => fila)
    },
  }
}
