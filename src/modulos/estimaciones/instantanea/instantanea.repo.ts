/** SQL of `estimacion_instantanea`. Its trigger refuses whatever would change what was sent. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import { ContenidoDeInstantanea, Pasos, type Contenido, type PasoImpreso } from './instantanea.schema.ts'

/** What is stored of an estimation. */
export interface Instantanea {
  readonly contenido: Contenido
  readonly pasos: readonly PasoImpreso[]
  /** Its fingerprint is that of what is stored. */
  readonly integra: boolean
}

const Fila = z.object({ contenido: ContenidoDeInstantanea, pasos: Pasos, integra: z.boolean() })

export function buscarInstantanea(bd: Bd | BdTx, idEstimacion: number): Promise<Instantanea | null> {
  return unaFila(
    bd,
    sql`SELECT contenido, pasos, sha256 = huella_de_instantanea(contenido, pasos) AS integra
      FROM estimacion_instantanea WHERE id_estimacion_header = ${idEstimacion}`,
    Fila,
  )
}

export async function hayInstantanea(bd: Bd | BdTx, idEstimacion: number): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT EXISTS (SELECT 1 FROM estimacion_instantanea WHERE id_estimacion_header = ${idEstimacion}) AS hay`,
    z.object({ hay: z.boolean() }),
  )
  return fila?.hay === true
}

/** Decimals travel as text with the digits they have, days and instants as ISO. */
const texto = (valor: unknown): string => JSON.stringify(valor)

export async function insertarInstantanea(
  ctx: CtxTx,
  idEstimacion: number,
  contenido: Contenido,
  pasos: readonly PasoImpreso[],
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`WITH n AS MATERIALIZED (SELECT ${texto(contenido)}::jsonb AS contenido, ${texto(pasos)}::jsonb AS pasos)
      INSERT INTO estimacion_instantanea (id_estimacion_header, contenido, pasos, sha256)
      SELECT ${idEstimacion}, n.contenido, n.pasos, huella_de_instantanea(n.contenido, n.pasos) FROM n`,
  )
}

export async function agregarPaso(ctx: CtxTx, idEstimacion: number, paso: PasoImpreso): Promise<void> {
  const nuevo = texto([paso])
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_instantanea SET pasos = pasos || ${nuevo}::jsonb, sha256 = huella_de_instantanea(contenido, pasos || ${nuevo}::jsonb)
      WHERE id_estimacion_header = ${idEstimacion}`,
  )
}

/** A line taken out of a sent estimation: the rest stays as it was sent. */
export async function rechazarLineaImpresa(
  ctx: CtxTx,
  idEstimacion: number,
  linea: { id: number; comentario: string },
): Promise<void> {
  const rechazo = texto({ rechazada: true, comentario: linea.comentario })
  await ejecutar(
    ctx.bd,
    // Materialised: what is written into the megabytes of a snapshot is made once, and read twice.
    sql`WITH suya AS MATERIALIZED (
        SELECT id_estimacion_header AS id, contenido, pasos FROM estimacion_instantanea WHERE id_estimacion_header = ${idEstimacion}
      ), nueva AS MATERIALIZED (
        SELECT s.id, jsonb_set(s.contenido, ARRAY['lineas', (l.orden - 1)::text], l.linea || ${rechazo}::jsonb) AS contenido, s.pasos
        FROM suya s CROSS JOIN LATERAL jsonb_array_elements(s.contenido -> 'lineas') WITH ORDINALITY AS l(linea, orden)
        WHERE (l.linea ->> 'id')::bigint = ${linea.id}
      )
      UPDATE estimacion_instantanea i SET contenido = n.contenido, sha256 = huella_de_instantanea(n.contenido, n.pasos)
      FROM nueva n WHERE i.id_estimacion_header = n.id`,
  )
}

/** Seals what a step left of the header, the deductions and the proof; a draft has no seal. */
export async function sellarEstimacion(ctx: CtxTx, idEstimacion: number): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_instantanea SET sello = huella_de_estimacion(id_estimacion_header) WHERE id_estimacion_header = ${idEstimacion}`,
  )
}

export async function borrarInstantanea(ctx: CtxTx, idEstimacion: number): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM estimacion_instantanea WHERE id_estimacion_header = ${idEstimacion}`)
}

/** Estimations out of the draft that have none: those sent by a version of the program before this one. */
const SIN_INSTANTANEA = sql`h.id_estatus_cobro <> 24
  AND NOT EXISTS (SELECT 1 FROM estimacion_instantanea i WHERE i.id_estimacion_header = h.id)`

export async function listarSinInstantanea(bd: Bd | BdTx, cuantas: number): Promise<number[]> {
  const leidas = await filas(
    bd,
    sql`SELECT h.id FROM estimacion_header h WHERE ${SIN_INSTANTANEA} ORDER BY h.id LIMIT ${cuantas}`,
    z.object({ id: col.id }),
  )
  return leidas.map(({ id }) => id)
}

/** Each snapshot that is missing, was touched, or says of its lines other than what they are. */
export const INSTANTANEAS_ROTAS: Sql = sql`SELECT 'EST-' || h.numero || ' de la OT ' || h.id_ot || ': ' || f.falla AS caso
  FROM estimacion_header h CROSS JOIN LATERAL (
    SELECT 'no tiene instantánea' AS falla WHERE ${SIN_INSTANTANEA}
    UNION ALL
    SELECT 'es un borrador y tiene instantánea' FROM estimacion_instantanea i WHERE i.id_estimacion_header = h.id AND h.id_estatus_cobro = 24
    UNION ALL
    SELECT 'su instantánea no es la que se guardó' FROM estimacion_instantanea i
    WHERE i.id_estimacion_header = h.id AND i.sha256 <> huella_de_instantanea(i.contenido, i.pasos)
    UNION ALL
    (SELECT 'la línea ' || coalesce(d.id, l.id) || ' no es la de su instantánea'
      FROM (SELECT r.* FROM estimacion_instantanea i CROSS JOIN LATERAL jsonb_to_recordset(i.contenido -> 'lineas') AS r(id bigint,
          "idProduccion" bigint, anexo text, codigo text, concepto text, unidad text, "volumenActual" numeric, "volumenEstimado" numeric,
          "puMn" numeric, "puUsd" numeric, comentario text, rechazada boolean) WHERE i.id_estimacion_header = h.id) l
        FULL JOIN (SELECT * FROM estimacion_detalle WHERE id_estimacion_header = h.id) d ON d.id = l.id
      WHERE EXISTS (SELECT 1 FROM estimacion_instantanea suya WHERE suya.id_estimacion_header = h.id)
        AND (d.id_produccion, d.anexo, d.codigo, d.concepto, d.unidad, d.volumen_actual, d.volumen_estimado, d.precio_unitario_mn,
          d.precio_unitario_usd, d.comentario_ajuste, d.rechazada)
        IS DISTINCT FROM (l."idProduccion", l.anexo, l.codigo, l.concepto, l.unidad, l."volumenActual", l."volumenEstimado", l."puMn",
          l."puUsd", l.comentario, l.rechazada)
      ORDER BY 1 LIMIT 1)
  ) f ORDER BY h.id`

const Usada = z.object({ numero: col.entero, idOt: col.id, gpu: col.id, nombre: z.string(), clave: z.string() })
/** A thumbnail that a frozen estimation prints. */
export type MiniaturaUsada = z.output<typeof Usada>

/** The thumbnails that the snapshots of a page of estimations print. */
export function listarMiniaturas(bd: Bd | BdTx, idsEstimacion: readonly number[]): Promise<MiniaturaUsada[]> {
  return filas(
    bd,
    sql`SELECT h.numero, h.id_ot AS "idOt", (g.gpu ->> 'id')::bigint AS gpu, e.evidencia ->> 'nombre' AS nombre, e.evidencia ->> 'miniatura' AS clave
      FROM estimacion_instantanea i JOIN estimacion_header h ON h.id = i.id_estimacion_header
        CROSS JOIN LATERAL jsonb_array_elements(i.contenido -> 'gpus') WITH ORDINALITY AS g(gpu, orden)
        CROSS JOIN LATERAL jsonb_array_elements(g.gpu -> 'evidencias') WITH ORDINALITY AS e(evidencia, orden)
      WHERE i.id_estimacion_header = ANY (${[...idsEstimacion]}::bigint[]) AND e.evidencia ->> 'miniatura' IS NOT NULL
      ORDER BY h.id, g.orden, e.orden`,
    Usada,
  )
}

/** Estimations with a snapshot, a page at a time in order of id. */
export async function listarConInstantanea(bd: Bd | BdTx, despuesDe: number, cuantas: number): Promise<number[]> {
  const leidas = await filas(
    bd,
    sql`SELECT id_estimacion_header AS id FROM estimacion_instantanea WHERE id_estimacion_header > ${despuesDe}
      ORDER BY id_estimacion_header LIMIT ${cuantas}`,
    z.object({ id: col.id }),
  )
  return leidas.map(({ id }) => id)
}
