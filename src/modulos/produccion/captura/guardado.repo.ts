/** What a save reads under the lock of the family and writes, set by set: a constant number of statements. */
import { z } from 'zod'
import { aMicras, textoFijo } from '../../../comun/volumenes.ts'
import { ejecutar, filas, unaFila, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import { ESTIMACIONES, HISTORIAL } from './estimada.repo.ts'
import { CON_EVIDENCIA } from '../gpu/gpu.mantenimiento.repo.ts'
import { type CambioDeProduccion, type CeldaGuardada, type LugarDeCaptura, type TipoTiempo } from './captura.tipos.ts'
import type { PartidaEnviada } from './celdas.reglas.ts'
import { AUTOR } from './sabana.repo.ts'

/** What the partidas of any version of the annexes of a family stand for today; those of other families are not found. */
export function listarPartidasEnviadas(
  bd: BdTx,
  idPrincipal: number,
  ids: readonly number[],
): Promise<PartidaEnviada[]> {
  return filas(
    bd,
    sql`SELECT p.id AS "idEnviada", c.id_concepto AS "idConcepto", c.id_partida AS "idPartida", q.id_partida AS codigo
      FROM partida_anexo_importada p
      JOIN concepto_de_familia c ON c.id_ot = ${idPrincipal} AND c.id_concepto = p.id_concepto_consolidado
      JOIN partida_anexo_importada q ON q.id = c.id_partida
      WHERE p.id IN (SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(ids)}::jsonb) v)`,
    z.object({ idEnviada: col.id, idConcepto: col.id, idPartida: col.id, codigo: z.string() }),
  )
}

const Guardada = z.tuple([
  z.int(),
  z.int(),
  z.string(),
  z.string().nullable(),
  z.string().nullable(),
  z.int().nullable(),
  z.boolean(),
  z.string(),
  z.number(),
])

/** Production stored of some concepts in a folder, at a site and of a type. */
export async function listarGuardadas(
  bd: BdTx,
  idCarpeta: number,
  donde: { idSitio: number; tipo: TipoTiempo; conceptos: readonly number[] },
): Promise<CeldaGuardada[]> {
  const leidas = await filas(
    bd,
    sql`SELECT x.id_concepto_consolidado AS "idConcepto", json_agg(json_build_array(x.id, extract(day FROM x.fecha_produccion)::int,
        x.volumen_produccion::text, ${ESTIMACIONES}, ${HISTORIAL}, g.id_estatus, coalesce(${CON_EVIDENCIA}, false), ${AUTOR},
        floor(extract(epoch FROM x.fecha_actualizacion) * 1000)))::text AS celdas
      FROM produccion x LEFT JOIN registro_generadores_pu g ON g.id_produccion = x.id LEFT JOIN "user" u ON u.id = x.usuario_actualizacion
      WHERE x.id_reporte_mensual = ${idCarpeta} AND x.id_sitio_produccion = ${donde.idSitio} AND x.tipo_tiempo = ${donde.tipo}
        AND x.id_concepto_consolidado IN (SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(donde.conceptos)}::jsonb) v)
      GROUP BY x.id_concepto_consolidado`,
    z.object({ idConcepto: col.id, celdas: z.string() }),
  )
  return leidas.flatMap(({ idConcepto, celdas }) =>
    z
      .array(Guardada)
      .parse(JSON.parse(celdas))
      .map(([id, dia, volumen, estimada, historial, gpu, conEvidencia, usuario, instante]) => ({
        id,
        idConcepto,
        dia,
        micras: aMicras(volumen),
        estimada,
        historial,
        gpu,
        conEvidencia,
        usuario,
        fecha: new Date(instante),
      })),
  )
}

/** The folder of a month, made when it is the first thing stored in it, with its version one more. */
export async function tocarCarpeta(
  tx: CtxTx,
  { idPrincipal, anio, mes }: Omit<LugarDeCaptura, 'idSitio'>,
): Promise<{ id: number; version: number }> {
  const fila = await unaFila(
    tx.bd,
    sql`INSERT INTO reporte_mensual_header (id_ot, anio, mes, version, fecha_creacion, fecha_actualizacion)
      VALUES (${idPrincipal}, ${anio}, ${mes}, 1, ${tx.ahora}, ${tx.ahora})
      ON CONFLICT (id_ot, anio, mes) DO UPDATE SET version = reporte_mensual_header.version + 1, fecha_actualizacion = excluded.fecha_actualizacion
      RETURNING id, version`,
    z.object({ id: col.id, version: col.entero }),
  )
  if (!fila) throw new Error('La carpeta del mes no devolvió su id')
  return fila
}

/** Where the changes of a save go. */
export interface DestinoDeCambios {
  readonly idCarpeta: number
  readonly idSitio: number
  readonly tipo: TipoTiempo
}

/** Writes the changes of a save: removals, new volumes, new rows. */
export async function escribirCambios(
  tx: CtxTx,
  destino: DestinoDeCambios,
  cambios: readonly CambioDeProduccion[],
): Promise<void> {
  const quitar = cambios.filter(({ despues }) => despues === 0n).map(({ id }) => id)
  if (quitar.length > 0)
    await ejecutar(
      tx.bd,
      sql`DELETE FROM produccion WHERE id IN (SELECT v::bigint FROM jsonb_array_elements_text(${JSON.stringify(quitar)}::jsonb) v)`,
    )
  const poner = cambios
    .filter(({ despues }) => despues > 0n)
    .map((cambio) => ({
      id: cambio.id,
      concepto: cambio.idConcepto,
      partida: cambio.idPartida,
      fecha: cambio.fecha,
      volumen: textoFijo(cambio.despues),
    }))
  if (poner.length === 0) return
  const usuario = sql`${tx.usuario?.id ?? null}::bigint`
  const dato = sql`jsonb_to_recordset(${JSON.stringify(poner)}::jsonb) AS c(id bigint, concepto bigint, partida bigint, fecha date, volumen numeric)`
  await ejecutar(
    tx.bd,
    sql`UPDATE produccion x SET volumen_produccion = c.volumen, usuario_actualizacion = ${usuario}, fecha_actualizacion = ${tx.ahora}
      FROM ${dato} WHERE x.id = c.id`,
  )
  await ejecutar(
    tx.bd,
    sql`INSERT INTO produccion (id_partida_anexo, id_concepto_consolidado, id_reporte_mensual, fecha_produccion, volumen_produccion, tipo_tiempo,
        id_sitio_produccion, usuario_captura, fecha_captura, usuario_actualizacion, fecha_actualizacion)
      SELECT c.partida, c.concepto, ${destino.idCarpeta}, c.fecha, c.volumen, ${destino.tipo}, ${destino.idSitio}, ${usuario}, ${tx.ahora},
        ${usuario}, ${tx.ahora}
      FROM ${dato} WHERE c.id IS NULL`,
  )
}
