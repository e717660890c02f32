/** What must always be true of contracts and prices; `npm run verificar` and the tests run the same list. */
import type { Almacen } from '../../plataforma/archivos.ts'
import { porConsulta, type Invariante } from '../../plataforma/invariantes.ts'
import { sql } from '../../plataforma/sql.ts'
import { listarArchivos } from './niveles/niveles.repo.ts'

const CONCEPTO = sql`'concepto ' || c.id || ' (' || coalesce(CASE c.id_tipo_partida WHEN 6 THEN c.partida_ordinaria END, c.partida_extraordinaria, '') || ')'`

export const INVARIANTES_CONTRATOS: readonly Invariante[] = [
  porConsulta(
    'contrato_precio_vigente',
    'El último precio de la historia de cada concepto es su precio de hoy',
    sql`SELECT ${CONCEPTO} AS caso FROM contrato_concepto_maestro c
      LEFT JOIN LATERAL (SELECT p.precio_mn, p.precio_usd, p.cantidad FROM contrato_concepto_precio p WHERE p.id_concepto = c.id ORDER BY p.numero DESC LIMIT 1) u ON TRUE
      WHERE (u.precio_mn, u.precio_usd, u.cantidad) IS DISTINCT FROM (c.precio_unitario_mn, c.precio_unitario_usd, c.cantidad) ORDER BY c.id`,
  ),
  porConsulta(
    'contrato_precio_continuo',
    'La historia de cada precio va del 1 al último sin huecos y sin repetir el mismo precio',
    sql`SELECT 'concepto ' || s.id_concepto || ', precio ' || s.numero AS caso FROM (
        SELECT p.id_concepto, p.numero, lag(p.numero) OVER w AS anterior,
          (p.precio_mn, p.precio_usd, p.cantidad) IS NOT DISTINCT FROM (lag(p.precio_mn) OVER w, lag(p.precio_usd) OVER w, lag(p.cantidad) OVER w) AS igual
        FROM contrato_concepto_precio p WINDOW w AS (PARTITION BY p.id_concepto ORDER BY p.numero)) s
      WHERE s.numero <> coalesce(s.anterior, 0) + 1 OR s.igual ORDER BY s.id_concepto, s.numero`,
  ),
  porConsulta(
    'contrato_importes',
    'El importe de cada sub-anexo es su cantidad por su precio unitario',
    sql`SELECT 'sub-anexo ' || s.clave_anexo || ' (' || s.id || ')' AS caso FROM contrato_sub_anexo s
      WHERE s.importe_mn IS DISTINCT FROM round(s.cantidad * s.precio_unitario_mn, 2)
        OR s.importe_usd IS DISTINCT FROM round(s.cantidad * s.precio_unitario_usd, 2) ORDER BY s.id`,
  ),
  porConsulta(
    'contrato_concepto_codigos',
    'Ningún código de concepto activo se repite donde no puede',
    sql`SELECT min(c.partida_ordinaria) || ' en el sub-anexo ' || c.id_sub_anexo || ' (' || count(*) || ' veces)' AS caso FROM contrato_concepto_maestro c
      WHERE c.activo AND c.id_tipo_partida = 6
      GROUP BY c.id_sub_anexo, folio_clave(c.partida_ordinaria), folio_clave(c.descripcion), c.id_unidad_medida HAVING count(*) > 1
      UNION ALL
      SELECT min(c.partida_extraordinaria) || ' (' || count(*) || ' veces)' FROM contrato_concepto_maestro c
      WHERE c.activo AND c.id_tipo_partida = 7 AND folio_clave(c.partida_extraordinaria) <> 'na'
      GROUP BY folio_clave(c.partida_extraordinaria) HAVING count(*) > 1`,
  ),
  porConsulta(
    'contrato_concepto_completo',
    'Cada concepto ordinario tiene partida y sub-anexo; cada extraordinario, su clave',
    sql`SELECT ${CONCEPTO} AS caso FROM contrato_concepto_maestro c
      WHERE (c.id_tipo_partida = 6 AND (c.id_sub_anexo IS NULL OR c.partida_ordinaria IS NULL))
        OR (c.id_tipo_partida = 7 AND c.partida_extraordinaria IS NULL) ORDER BY c.id`,
  ),
  porConsulta(
    'contrato_secciones',
    'Cada concepto está bajo una sección de su propio sub-anexo',
    sql`SELECT ${CONCEPTO} AS caso FROM contrato_concepto_maestro c JOIN contrato_seccion e ON e.id = c.id_seccion
      WHERE e.id_sub_anexo IS DISTINCT FROM c.id_sub_anexo ORDER BY c.id`,
  ),
]

/** The files that annexes name are in the store. */
export function invarianteDeArchivos(almacen: Almacen): Invariante {
  return {
    clave: 'contrato_archivos',
    promesa: 'El archivo de cada anexo está en el almacén',
    buscarFallas: async (ctx) => {
      const archivos = await listarArchivos(ctx.bd)
      const estan = await Promise.all(archivos.map(({ archivo }) => almacen.existe(archivo)))
      return archivos.filter((_, n) => estan[n] === false).map(({ id, clave }) => `anexo ${clave} (${String(id)})`)
    },
  }
}
