import { z } from 'zod'
import { filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql } from '../../plataforma/sql.ts'
import { claveDeCobro } from './estimaciones.tipos.ts'

const FilaDetalle = z
  .object({
    id: col.id,
    id_produccion: col.id,
    fecha: col.fecha,
    sitio: z.string(),
    tipo_tiempo: z.string(),
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    actual: col.dinero,
    estimado: col.dinero,
    pu_mn: col.dinero,
    pu_usd: col.dinero,
    comentario: z.string(),
    rechazada: z.boolean(),
    saldo: col.dinero,
    excedente: z.boolean(),
    gpu: col.idN,
    enlace: z.string().nullable(),
    cobro: col.id.transform(claveDeCobro),
  })
  // Field by field: copying objects whole took longer than reading them.
  .transform((f) => ({
    id: f.id,
    idProduccion: f.id_produccion,
    fecha: f.fecha,
    sitio: f.sitio,
    tipoTiempo: f.tipo_tiempo,
    anexo: f.anexo,
    codigo: f.codigo,
    concepto: f.concepto,
    unidad: f.unidad,
    volumenActual: f.actual,
    volumenEstimado: f.estimado,
    puMn: f.pu_mn,
    puUsd: f.pu_usd,
    comentario: f.comentario,
    rechazada: f.rechazada,
    saldo: f.saldo,
    excedente: f.excedente,
    gpu: f.gpu,
    enlace: f.enlace,
    cobro: f.cobro,
  }))
/** A line of an estimation as it is shown and printed. */
export type DetalleLeido = z.output<typeof FilaDetalle>

/** Lines of an estimation in the order of the grid (produccion.md §5.4.5): annex, code, concept, day, site, kind of time. */
export function listarDetalle(bd: Bd | BdTx, idEstimacion: number): Promise<DetalleLeido[]> {
  return filas(
    bd,
    sql`SELECT d.id, d.id_produccion, p.fecha_produccion::text AS fecha, s.descripcion AS sitio, p.tipo_tiempo, d.anexo, d.codigo, d.concepto,
        d.unidad, d.volumen_actual::text AS actual, d.volumen_estimado::text AS estimado, d.precio_unitario_mn::text AS pu_mn,
        d.precio_unitario_usd::text AS pu_usd, d.comentario_ajuste AS comentario, d.rechazada,
        (p.volumen_produccion - p.volumen_estimado_acumulado)::text AS saldo, p.es_excedente AS excedente, g.id AS gpu, g.archivo AS enlace,
        CASE WHEN d.rechazada THEN 28 ELSE h.id_estatus_cobro END AS cobro
      FROM estimacion_detalle d JOIN estimacion_header h ON h.id = d.id_estimacion_header
      JOIN produccion p ON p.id = d.id_produccion JOIN sitio s ON s.id = p.id_sitio_produccion
      LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
      WHERE d.id_estimacion_header = ${idEstimacion}
      ORDER BY orden_natural(d.anexo), orden_natural(d.codigo), d.concepto, p.fecha_produccion, s.id, p.tipo_tiempo DESC, d.id`,
    FilaDetalle,
  )
}
