/** Evidence of GPUs: files with who brought them, and where the same photo was used before. */
import { z } from 'zod'
import { ejecutar, filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import { DISTANCIA_DE_PARECIDO } from '../../archivos/index.ts'

const FilaEvidencia = z.object({
  id: col.id,
  idGpu: col.id,
  idProduccion: col.id,
  idArchivo: col.id,
  nombre: col.texto,
  clase: col.texto,
  sha256: col.texto,
  bytes: col.id,
  ancho: col.enteroN,
  alto: col.enteroN,
  conMiniatura: col.booleano,
  comentario: col.texto,
  usuario: col.texto,
  fecha: col.instante,
  retiradaPor: col.texto,
  fechaRetiro: col.instanteN,
  motivoRetiro: col.textoN,
})
export type EvidenciaGuardada = z.output<typeof FilaEvidencia>

const nombreDe = (tabla: Sql): Sql =>
  sql`coalesce(nullif(trim(${tabla}.first_name || ' ' || ${tabla}.last_name), ''), ${tabla}.username, 'Sistema')`

function leer(bd: Bd | BdTx, condicion: Sql): Promise<EvidenciaGuardada[]> {
  return filas(
    bd,
    sql`SELECT e.id, e.id_gpu AS "idGpu", g.id_produccion AS "idProduccion", e.id_archivo AS "idArchivo", e.nombre, a.clase, a.sha256, a.bytes, a.ancho, a.alto,
        a.clave_miniatura IS NOT NULL AS "conMiniatura", e.comentario, ${nombreDe(sql`u`)} AS usuario, e.fecha, ${nombreDe(sql`r`)} AS "retiradaPor",
        e.fecha_retiro AS "fechaRetiro", e.motivo_retiro AS "motivoRetiro"
      FROM evidencia_gpu e JOIN registro_generadores_pu g ON g.id = e.id_gpu JOIN archivo a ON a.id = e.id_archivo
        LEFT JOIN "user" u ON u.id = e.id_usuario LEFT JOIN "user" r ON r.id = e.retirada_por
      WHERE ${condicion} ORDER BY e.fecha_retiro IS NOT NULL, e.id LIMIT 1000`,
    FilaEvidencia,
  )
}

/** Of the GPU of a production, those taken away last. */
export function listarEvidencias(bd: Bd | BdTx, idProduccion: number): Promise<EvidenciaGuardada[]> {
  return leer(bd, sql`g.id_produccion = ${idProduccion}`)
}

export async function buscarEvidencia(bd: Bd | BdTx, id: number): Promise<EvidenciaGuardada | null> {
  const [hallada] = await leer(bd, sql`e.id = ${id}`)
  return hallada ?? null
}

/** A file that becomes evidence. */
export interface EvidenciaNueva {
  readonly idArchivo: number
  readonly nombre: string
}

/** @returns their ids, in the order given. */
export async function insertarEvidencias(
  bd: BdTx,
  idGpu: number,
  nuevas: readonly EvidenciaNueva[],
  { comentario, idUsuario, ahora }: { comentario: string; idUsuario: number | null; ahora: Date },
): Promise<number[]> {
  const insertadas = await filas(
    bd,
    sql`INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre, comentario, id_usuario, fecha)
      SELECT ${idGpu}, n."idArchivo", n.nombre, ${comentario}, ${idUsuario}::bigint, ${ahora}
      FROM ROWS FROM (jsonb_to_recordset(${JSON.stringify(nuevas)}::jsonb) AS ("idArchivo" bigint, nombre text)) WITH ORDINALITY AS n("idArchivo", nombre, orden)
      ORDER BY n.orden RETURNING id`,
    z.object({ id: col.id }),
  )
  return insertadas.map(({ id }) => id)
}

/** It stays, marked. */
export async function marcarRetirada(
  bd: BdTx,
  id: number,
  { motivo, idUsuario, ahora }: { motivo: string; idUsuario: number | null; ahora: Date },
): Promise<void> {
  await ejecutar(
    bd,
    sql`UPDATE evidencia_gpu SET retirada_por = ${idUsuario}::bigint, fecha_retiro = ${ahora}, motivo_retiro = ${motivo} WHERE id = ${id}`,
  )
}

const FilaUso = z.object({
  idEvidencia: col.id,
  idGpu: col.id,
  exacta: col.booleano,
  ot: col.texto,
  codigo: col.texto,
  fecha: col.fecha,
  tipo: col.texto,
  sitio: col.texto,
  retirada: col.booleano,
})
export type UsoEncontrado = z.output<typeof FilaUso>

/** Uses listed for each photo: more tell nothing new. */
const USOS_POR_FOTO = 5

/**
 * Where else those files are evidence: the very same (by its content) or one that looks like it (fingerprints within
 * `DISTANCIA_DE_PARECIDO` bits). One query for all of them, the exact ones first.
 */
export function listarUsos(bd: Bd | BdTx, evidencias: readonly number[]): Promise<UsoEncontrado[]> {
  return filas(
    bd,
    sql`SELECT m.id AS "idEvidencia", x.id_gpu AS "idGpu", x.exacta, o.orden_trabajo AS ot, pa.id_partida AS codigo, p.fecha_produccion AS fecha,
        p.tipo_tiempo AS tipo, s.descripcion AS sitio, x.fecha_retiro IS NOT NULL AS retirada
      FROM evidencia_gpu m JOIN archivo am ON am.id = m.id_archivo
      CROSS JOIN LATERAL (
        SELECT e.id, e.id_gpu, e.fecha_retiro, e.id_archivo = m.id_archivo AS exacta
        FROM archivo a JOIN evidencia_gpu e ON e.id_archivo = a.id
        WHERE (a.id = m.id_archivo OR bit_count(a.huella_perceptual # am.huella_perceptual) <= ${DISTANCIA_DE_PARECIDO}) AND e.id <> m.id
        ORDER BY a.id <> m.id_archivo, bit_count(a.huella_perceptual # am.huella_perceptual), e.id LIMIT ${USOS_POR_FOTO}
      ) x
      JOIN registro_generadores_pu g ON g.id = x.id_gpu JOIN produccion p ON p.id = g.id_produccion
      JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado JOIN ot o ON o.id = k.id_ot
      JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo JOIN sitio s ON s.id = p.id_sitio_produccion
      WHERE m.id = ANY (${[...evidencias]}::bigint[]) AND m.fecha_retiro IS NULL
      ORDER BY m.id, NOT x.exacta, x.id`,
    FilaUso,
  )
}
