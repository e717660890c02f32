/** Search of concepts by words (issue B §3): first 20 by code, over a hundred thousand concepts. */
import { z } from 'zod'
import { filas, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql, todas, type Sql } from '../../plataforma/sql.ts'
import { palabrasDe } from './conceptos.reglas.ts'
import { contienePalabra } from './conceptos.tabla.ts'

/** Results of a search. */
export const MAXIMO_HALLADOS = 20

/** Matches that are read and sorted. Fewer than these are all there are, and the first twenty of them are exact. */
const MAXIMO_POR_ORDENAR = 1_000

/**
 * Concepts of each type that are walked in the order of their codes when there are more matches than that: a search of
 * common words finds its first twenty there. Only when it does not, the twenty are the first of those that were read.
 */
const PASEO = 1_500

const FilaHallada = z.object({
  id: col.id,
  partida: col.texto,
  descripcion: col.texto,
  anexo: col.textoN,
  unidad: col.texto,
  precioMn: col.dinero,
  precioUsd: col.dinero,
})

/** An active concept that a search found. */
export type ConceptoBuscado = z.output<typeof FilaHallada>

/** Active concepts, ordinary or not, with every word in their codes or texts, by code (produccion.md §6.7). */
export function buscarConceptos(bd: Bd | BdTx, texto: string): Promise<ConceptoBuscado[]> {
  const palabras = palabrasDe(texto)
  if (palabras.length === 0) return Promise.resolve([])
  return filas(bd, consultaDeConceptos(palabras), FilaHallada)
}

/** The query of a search; scripts/bench measures it as it is. */
export function consultaDeConceptos(palabras: readonly string[]): Sql {
  const conIndice = todas(palabras.map((palabra) => contienePalabra(sql`c.busqueda`, palabra)))
  const alPasar = todas(palabras.map((palabra) => sql`strpos(c.busqueda, texto_busqueda(${palabra}::text)) > 0`))
  const enOrden = (tipo: number): Sql =>
    sql`(SELECT c.id, c.partida_orden, c.busqueda FROM contrato_concepto_maestro c WHERE c.activo AND c.id_tipo_partida = ${tipo}
      ORDER BY c.partida_orden, c.id LIMIT ${PASEO})`
  return sql`WITH halladas AS MATERIALIZED (
      SELECT c.id, c.partida_orden FROM contrato_concepto_maestro c WHERE c.activo AND ${conIndice} LIMIT ${MAXIMO_POR_ORDENAR}),
    primeras AS (
      SELECT id, partida_orden FROM halladas
      UNION
      SELECT c.id, c.partida_orden FROM (${enOrden(6)} UNION ALL ${enOrden(7)}) c
        WHERE ${alPasar} AND (SELECT count(*) FROM halladas) = ${MAXIMO_POR_ORDENAR}
      ORDER BY partida_orden, id LIMIT ${MAXIMO_HALLADOS})
    SELECT c.id, coalesce(CASE c.id_tipo_partida WHEN 6 THEN c.partida_ordinaria END, c.partida_extraordinaria, '') AS partida, c.descripcion,
      s.clave_anexo AS anexo, u.clave AS unidad, c.precio_unitario_mn::text AS "precioMn", c.precio_unitario_usd::text AS "precioUsd"
    FROM primeras p JOIN contrato_concepto_maestro c ON c.id = p.id JOIN unidad_medida u ON u.id = c.id_unidad_medida
      LEFT JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo
    ORDER BY p.partida_orden, p.id`
}
