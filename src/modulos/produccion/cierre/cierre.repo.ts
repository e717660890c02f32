import { z } from 'zod'
import { ejecutar, filas, unaFila } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { instanteLocal } from '../../../comun/fechas.ts'
import type { CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import { ID_ESTATUS_MES } from '../carpetas/carpetas.tipos.ts'
import { estatusDiario } from '../diario/diario.repo.ts'
import { ID_ESTATUS_DIARIO, type EstatusMes } from '../diario/diario.tipos.ts'
import { ES_DE_GPU } from '../gpu/gpu.mantenimiento.repo.ts'
import type { DiaProducido, GpuSinFirmar } from './cierre.reglas.ts'

type Conexion = CtxLectura['bd']

/** Initial OT of the family of a live OT; null when it does not exist or is deleted. */
export function buscarFamilia(bd: Conexion, idOt: number): Promise<{ id: number; folio: string } | null> {
  return unaFila(
    bd,
    sql`SELECT p.id, p.orden_trabajo AS folio FROM ot o JOIN ot p ON p.id = coalesce(o.ot_principal, o.id)
      WHERE o.id = ${idOt} AND o.estatus = 1 AND p.estatus = 1 AND p.id_tipo = 4`,
    z.object({ id: col.id, folio: z.string() }),
  )
}

/** What a month lacks is told one by one up to here: nobody reads more at once. */
export const MAXIMO_FALTANTES = 500

/** Days of a folder with production whose report is not FIRMADO, by date and site. */
export function listarDiasSinFirmar(bd: Conexion, idCarpeta: number): Promise<DiaProducido[]> {
  return filas(
    bd,
    sql`SELECT p.id_sitio_produccion AS "idSitio", s.descripcion AS sitio, p.fecha_produccion AS fecha, d.id_estatus AS estatus
      FROM (SELECT DISTINCT id_sitio_produccion, fecha_produccion FROM produccion WHERE id_reporte_mensual = ${idCarpeta}) p
      JOIN sitio s ON s.id = p.id_sitio_produccion
      LEFT JOIN reporte_diario_detalle d ON d.id_reporte_mensual = ${idCarpeta} AND d.fecha = p.fecha_produccion AND d.id_sitio = p.id_sitio_produccion
      WHERE d.id_estatus IS DISTINCT FROM ${ID_ESTATUS_DIARIO.FIRMADO} ORDER BY p.fecha_produccion, p.id_sitio_produccion LIMIT ${MAXIMO_FALTANTES}`,
    z.object({ idSitio: col.id, sitio: z.string(), fecha: col.fecha, estatus: estatusDiario.nullable() }),
  )
}

/** GPUs of a folder that are not FIRMADO, by date and site; one that has no record yet reads as PENDIENTE (§5.8.2). */
export function listarGpusSinFirmar(bd: Conexion, idCarpeta: number): Promise<GpuSinFirmar[]> {
  return filas(
    bd,
    sql`SELECT p.id_sitio_produccion AS "idSitio", s.descripcion AS sitio, p.fecha_produccion AS fecha, pa.id_partida AS codigo,
        coalesce(g.id_estatus, ${ID_ESTATUS_DIARIO.PENDIENTE}) AS estatus
      FROM produccion p JOIN concepto_consolidado k ON k.id = p.id_concepto_consolidado JOIN partida_anexo_importada pa ON pa.id = p.id_partida_anexo
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
      JOIN sitio s ON s.id = p.id_sitio_produccion
      WHERE p.id_reporte_mensual = ${idCarpeta} AND (g.id IS NOT NULL OR ${ES_DE_GPU})
        AND g.id_estatus IS DISTINCT FROM ${ID_ESTATUS_DIARIO.FIRMADO}
      ORDER BY p.fecha_produccion, p.id_sitio_produccion, pa.id_partida, p.id LIMIT ${MAXIMO_FALTANTES}`,
    z.object({ idSitio: col.id, sitio: z.string(), fecha: col.fecha, codigo: z.string(), estatus: estatusDiario }),
  )
}

const FilaResumen = z.object({
  dias: col.entero,
  gpus: col.entero,
  cerro: z.string(),
  fechaCierre: col.instanteN.transform((instante) => (instante === null ? '' : instanteLocal(instante))),
})

/** How much a folder holds, and who closed it. */
export function buscarResumen(bd: Conexion, idCarpeta: number): Promise<z.output<typeof FilaResumen> | null> {
  return unaFila(
    bd,
    sql`SELECT count(DISTINCT (p.id_sitio_produccion, p.fecha_produccion)) AS dias, count(g.id) AS gpus,
        coalesce(nullif(btrim(u.first_name || ' ' || u.last_name), ''), u.username, '') AS cerro, h.fecha_cierre AS "fechaCierre"
      FROM reporte_mensual_header h LEFT JOIN "user" u ON u.id = h.cerrado_por LEFT JOIN produccion p ON p.id_reporte_mensual = h.id
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id WHERE h.id = ${idCarpeta} GROUP BY h.id, u.id`,
    FilaResumen,
  )
}

/** Estimations that left the draft with production of a folder («EST-1, EST-3»), or null (§5.9). */
export async function estimacionesDelMes(bd: Conexion, idCarpeta: number): Promise<string | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT string_agg(DISTINCT 'EST-' || h.numero, ', ') AS cuales FROM produccion p JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
      JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro NOT IN (24, 29)
      WHERE p.id_reporte_mensual = ${idCarpeta}`,
    z.object({ cuales: col.textoN }),
  )
  return fila?.cuales ?? null
}

/** Moves a folder; who closed it and when stays while it is not open again. */
export async function guardarEstatus(ctx: CtxTx, idCarpeta: number, estatus: EstatusMes): Promise<void> {
  const abierto = estatus === 'ABIERTO'
  await ejecutar(
    ctx.bd,
    sql`UPDATE reporte_mensual_header SET id_estatus = ${ID_ESTATUS_MES[estatus]}, version = version + 1, fecha_actualizacion = ${ctx.ahora},
        cerrado_por = CASE WHEN ${abierto} THEN NULL WHEN id_estatus = ${ID_ESTATUS_MES.ABIERTO} THEN ${ctx.usuario?.id ?? null}::bigint ELSE cerrado_por END,
        fecha_cierre = CASE WHEN ${abierto} THEN NULL WHEN id_estatus = ${ID_ESTATUS_MES.ABIERTO} THEN ${ctx.ahora}::timestamptz ELSE fecha_cierre END
      WHERE id = ${idCarpeta}`,
  )
}

/** Link of the evidence of a month; null takes it away. */
export async function guardarEnlace(ctx: CtxTx, idCarpeta: number, archivo: string | null): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE reporte_mensual_header SET archivo = ${archivo}::text, fecha_actualizacion = ${ctx.ahora} WHERE id = ${idCarpeta}`,
  )
}
