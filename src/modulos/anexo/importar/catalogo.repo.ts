/** What a workbook is checked against: only the columns that its reading compares (A15). */
import { z } from 'zod'
import { filas, unaFila } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { CatalogoDeAnexo, ConceptoDeCatalogo } from '../lectura/lectura.tipos.ts'

const Unidad = z.object({ id: col.id, clave: z.string(), descripcion: z.string() })

const Concepto = z
  .object({
    id: col.id,
    ordinaria: col.textoN,
    extraordinaria: col.textoN,
    descripcion: z.string(),
    id_unidad: col.id,
    mn: z.string(),
    usd: z.string(),
    anexo: col.textoN,
  })
  .transform(({ id_unidad, mn, usd, ...resto }): ConceptoDeCatalogo => ({
    ...resto,
    idUnidad: id_unidad,
    precioMn: mn,
    precioUsd: usd,
  }))

const Vigencia = z.object({ inicio: col.fechaN, termino: col.fechaN })

/** Active units and concepts of today, and the days of a family. */
export async function leerCatalogo(bd: CtxLectura['bd'], idPrincipal: number): Promise<CatalogoDeAnexo> {
  const unidades = await filas(
    bd,
    sql`SELECT id, clave, descripcion FROM unidad_medida WHERE activo ORDER BY id`,
    Unidad,
  )
  const conceptos = await filas(
    bd,
    sql`SELECT c.id, c.partida_ordinaria AS ordinaria, c.partida_extraordinaria AS extraordinaria, c.descripcion,
        c.id_unidad_medida AS id_unidad, c.precio_unitario_mn::text AS mn, c.precio_unitario_usd::text AS usd, s.clave_anexo AS anexo
      FROM contrato_concepto_maestro c LEFT JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo
      WHERE c.activo ORDER BY c.id`,
    Concepto,
  )
  // Windows of produccion.md §5.2, the principal one and that of the patio together.
  const vigencia = await unaFila(
    bd,
    sql`SELECT least(min(coalesce(o.fecha_inicio_real, o.fecha_inicio_programado)) FILTER (WHERE o.id = ${idPrincipal}),
          min(o.fecha_inicio_patio) FILTER (WHERE o.id = ${idPrincipal} AND o.requiere_patio)) AS inicio,
        greatest(max(coalesce(o.fecha_termino_real, o.fecha_termino_programado)), max(o.fecha_fin_patio) FILTER (WHERE o.requiere_patio)) AS termino
      FROM ot o WHERE o.id = ${idPrincipal} OR (o.ot_principal = ${idPrincipal} AND o.id_tipo = 5 AND o.estatus = 1)`,
    Vigencia,
  )
  return { unidades, conceptos, vigencia: vigencia ?? { inicio: null, termino: null } }
}
