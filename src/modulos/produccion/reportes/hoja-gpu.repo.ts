/** A GPU with what its sheet says around it. */
import { z } from 'zod'
import { filas, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import type { EvidenciaDeHoja, HojaDeGpu } from './hoja-gpu.tipos.ts'

const nombreDe = (u: Sql): Sql =>
  sql`coalesce(nullif(btrim(concat_ws(' ', ${u}.first_name, ${u}.last_name)), ''), ${u}.username)`

const FilaGpu = z
  .object({
    id: col.id,
    idProduccion: col.id,
    folio: z.string(),
    descripcion: z.string(),
    cliente: z.string(),
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    sitio: z.string(),
    fecha: col.fecha,
    tipo: z.string(),
    volumen: z.string(),
    excedente: z.boolean(),
    estatus: z.string(),
    enlace: z.string().nullable(),
    nota: z.string(),
    comentario: z.string(),
    firmo: z.string().nullable(),
    fechaFirma: col.instanteN,
  })
  .transform(({ firmo, fechaFirma, ...gpu }): HojaDeGpu => ({
    ...gpu,
    firma: fechaFirma === null ? null : { usuario: firmo ?? 'Sistema', fecha: fechaFirma },
  }))

function leerHojas(bd: Bd | BdTx, condicion: Sql): Promise<HojaDeGpu[]> {
  return filas(
    bd,
    sql`SELECT g.id, g.id_produccion AS "idProduccion", o.orden_trabajo AS folio, o.descripcion_trabajo AS descripcion, coalesce(c.descripcion, '') AS cliente,
        coalesce(nullif(p.anexo, ''), 'S/A') AS anexo, p.id_partida AS codigo, p.descripcion_concepto AS concepto, coalesce(u.clave, 'N/A') AS unidad,
        s.descripcion AS sitio, x.fecha_produccion AS fecha, x.tipo_tiempo AS tipo, x.volumen_produccion::text AS volumen, x.es_excedente AS excedente,
        e.descripcion AS estatus, g.archivo AS enlace, g.nota_bloqueo AS nota, x.comentario, ${nombreDe(sql`f`)} AS firmo, g.fecha_firma AS "fechaFirma"
      FROM registro_generadores_pu g
        JOIN produccion x ON x.id = g.id_produccion
        JOIN reporte_mensual_header m ON m.id = x.id_reporte_mensual
        JOIN ot o ON o.id = m.id_ot
        LEFT JOIN cliente c ON c.id = o.id_cliente
        JOIN partida_anexo_importada p ON p.id = x.id_partida_anexo
        LEFT JOIN unidad_medida u ON u.id = p.id_unidad_medida
        JOIN sitio s ON s.id = x.id_sitio_produccion
        JOIN cat_estatus e ON e.id = g.id_estatus
        LEFT JOIN "user" f ON f.id = g.firmado_por
      WHERE ${condicion} ORDER BY g.id`,
    FilaGpu,
  )
}

export async function buscarHojaDeGpu(bd: Bd | BdTx, id: number): Promise<HojaDeGpu | null> {
  const [hoja] = await leerHojas(bd, sql`g.id = ${id}`)
  return hoja ?? null
}

/** Those of some production rows. */
export function listarHojasDeGpu(bd: Bd | BdTx, producciones: readonly number[]): Promise<HojaDeGpu[]> {
  return leerHojas(bd, sql`g.id_produccion = ANY (${[...producciones]}::bigint[])`)
}

/** Evidence of some GPUs that stands, in the order it came. */
export function listarEvidenciasDeHoja(bd: Bd | BdTx, gpus: readonly number[]): Promise<EvidenciaDeHoja[]> {
  return filas(
    bd,
    sql`SELECT e.id, e.id_gpu AS "idGpu", e.id_archivo AS "idArchivo", e.nombre, a.clase, e.comentario,
        coalesce(${nombreDe(sql`u`)}, 'Sistema') AS usuario, e.fecha, a.sha256, a.clave_miniatura AS miniatura
      FROM evidencia_gpu e JOIN archivo a ON a.id = e.id_archivo LEFT JOIN "user" u ON u.id = e.id_usuario
      WHERE e.id_gpu = ANY (${[...gpus]}::bigint[]) AND e.fecha_retiro IS NULL ORDER BY e.id`,
    z.object({
      id: col.id,
      idGpu: col.id,
      idArchivo: col.id,
      nombre: z.string(),
      clase: z.string(),
      comentario: z.string(),
      usuario: z.string(),
      fecha: col.instante,
      sha256: z.string(),
      miniatura: z.string().nullable(),
    }),
  )
}
