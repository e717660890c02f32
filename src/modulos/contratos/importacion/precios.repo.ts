/** What the loader of prices reads of other tables and of its batches; what it writes goes through the repos of the module. */
import { z } from 'zod'
import { filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import { sql } from '../../../plataforma/sql.ts'
import type { CambioDeCampo } from '../../importacion/index.ts'

const FilaUnidad = z.object({ id: col.id, clave: col.texto, activo: col.booleano })

/** Units, active or not. */
export function listarUnidades(bd: Bd | BdTx): Promise<z.output<typeof FilaUnidad>[]> {
  return filas(bd, sql`SELECT id, clave, activo FROM unidad_medida ORDER BY id LIMIT 10000`, FilaUnidad)
}

const FilaNombre = z.object({ id: col.id, nombre: col.texto })

/** Sites, active or not: products are history. */
export function listarSitios(bd: Bd | BdTx): Promise<z.output<typeof FilaNombre>[]> {
  return filas(bd, sql`SELECT id, descripcion AS nombre FROM sitio ORDER BY id LIMIT 10000`, FilaNombre)
}

const FilaId = z.object({ id: col.id })

/** Concepts that somebody deactivated, of those sub-annexes or with one of those extraordinary partidas. */
export async function listarDesactivados(
  bd: Bd | BdTx,
  subAnexos: readonly number[],
  extraordinarias: readonly string[],
): Promise<number[]> {
  const halladas = await filas(
    bd,
    sql`SELECT c.id FROM contrato_concepto_maestro c WHERE NOT c.activo AND (c.id_sub_anexo = ANY(${[...subAnexos]}::bigint[])
      OR folio_clave(c.partida_extraordinaria) IN (SELECT folio_clave(p) FROM jsonb_array_elements_text(${JSON.stringify(extraordinarias)}::jsonb) p))
      ORDER BY c.id`,
    FilaId,
  )
  return halladas.map(({ id }) => id)
}

const FilaHuella = z.object({ id: col.id, huella: col.texto })

/** The hash of the row that each concept of those was last loaded from, in batches that still count. */
export function listarHuellas(bd: Bd | BdTx, ids: readonly number[]): Promise<z.output<typeof FilaHuella>[]> {
  return filas(
    bd,
    sql`SELECT DISTINCT ON (c.id_registro) c.id_registro AS id, c.huella FROM lote_cambio c
      JOIN lote_importacion l ON l.id = c.id_lote AND (l.estado = 'aplicado' OR c.accion = 'creado')
      WHERE c.tabla = 'contrato_concepto_maestro' AND c.id_registro = ANY(${[...ids]}::bigint[]) AND c.huella IS NOT NULL
      ORDER BY c.id_registro, c.id DESC`,
    FilaHuella,
  )
}

const FilaFolio = z.object({ folio: col.texto, id: col.id })

/** The PTE of each folio, among those that live. @param folios as written. */
export function buscarPtes(bd: Bd | BdTx, folios: readonly string[]): Promise<z.output<typeof FilaFolio>[]> {
  return filas(
    bd,
    sql`SELECT f.folio, min(p.id) AS id FROM jsonb_array_elements_text(${JSON.stringify(folios)}::jsonb) f(folio)
      JOIN pte_header p ON folio_clave(p.oficio_pte) = folio_clave(f.folio) AND p.estatus <> 0 GROUP BY f.folio`,
    FilaFolio,
  )
}

/** The initial order of each folio, among those that live. */
export function buscarOts(bd: Bd | BdTx, folios: readonly string[]): Promise<z.output<typeof FilaFolio>[]> {
  return filas(
    bd,
    sql`SELECT f.folio, min(o.id) AS id FROM jsonb_array_elements_text(${JSON.stringify(folios)}::jsonb) f(folio)
      JOIN ot o ON folio_clave(o.orden_trabajo) = folio_clave(f.folio) AND o.id_tipo = 4 AND o.estatus <> 0 GROUP BY f.folio`,
    FilaFolio,
  )
}

/** The first active client of contracts (type 15): the one of a contract that the loader creates. */
export function buscarClienteDeContratos(bd: Bd | BdTx): Promise<z.output<typeof FilaNombre> | null> {
  return unaFila(
    bd,
    sql`SELECT id, descripcion AS nombre FROM cliente WHERE activo AND id_tipo = 15 ORDER BY id LIMIT 1`,
    FilaNombre,
  )
}

/** Name of the file of a batch. */
export async function archivoDeLote(bd: BdTx, lote: number): Promise<string> {
  const fila = await unaFila(
    bd,
    sql`SELECT archivo FROM lote_importacion WHERE id = ${lote}`,
    z.object({ archivo: col.texto }),
  )
  return fila?.archivo ?? ''
}

// ---------------------------------------------------------------------------------------------------------- batches

const FilaCreado = z.object({
  /** Of a concept that exists. */
  id: col.idN,
  nombre: col.texto,
  hoja: col.textoN,
  fila: col.enteroN,
  anexo: col.textoN,
  unidad: col.textoN,
  mn: col.textoN,
  usd: col.textoN,
  descripcion: col.textoN,
})
/** A concept or a product that a batch created, as it is now; what is not there any more keeps its name. */
export type CreadoPorLote = z.output<typeof FilaCreado>

export function listarCreados(bd: Bd | BdTx, lote: number, inicio: number, largo: number): Promise<CreadoPorLote[]> {
  return filas(
    bd,
    sql`SELECT c.id, coalesce(l.nombre, '') AS nombre, l.hoja, l.fila, coalesce(s.clave_anexo, p.anexo) AS anexo, u.clave AS unidad,
        coalesce(c.precio_unitario_mn, p.precio_unitario_mn)::text AS mn, coalesce(c.precio_unitario_usd, p.precio_unitario_usd)::text AS usd,
        coalesce(c.descripcion, p.descripcion_concepto) AS descripcion
      FROM lote_cambio l
      LEFT JOIN contrato_concepto_maestro c ON l.tabla = 'contrato_concepto_maestro' AND c.id = l.id_registro
      LEFT JOIN producto p ON l.tabla = 'producto' AND p.id = l.id_registro
      LEFT JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo
      LEFT JOIN unidad_medida u ON u.id = coalesce(c.id_unidad_medida, p.id_unidad_medida)
      WHERE l.id_lote = ${lote} AND l.tabla IN ('contrato_concepto_maestro', 'producto') AND l.accion = 'creado'
      ORDER BY l.id LIMIT ${largo} OFFSET ${inicio}`,
    FilaCreado,
  )
}

const FilaNombrada = z.object({ nombre: col.texto, hoja: col.textoN, fila: col.enteroN })

/** Records of a table that a batch created, by their name. */
export function listarNombres(
  bd: Bd | BdTx,
  lote: number,
  tablas: readonly string[],
  inicio: number,
  largo: number,
): Promise<z.output<typeof FilaNombrada>[]> {
  return filas(
    bd,
    sql`SELECT coalesce(nombre, '') AS nombre, hoja, fila FROM lote_cambio
      WHERE id_lote = ${lote} AND tabla = ANY(${[...tablas]}::text[]) AND accion = 'creado' ORDER BY id LIMIT ${largo} OFFSET ${inicio}`,
    FilaNombrada,
  )
}

const FilaCampo = z.object({
  /** Of a concept that exists. */
  id: col.idN,
  nombre: col.texto,
  hoja: col.textoN,
  fila: col.enteroN,
  cambio: z.custom<CambioDeCampo>(),
})

/** Fields that a batch changed, as people read them. */
export function listarCampos(
  bd: Bd | BdTx,
  lote: number,
  inicio: number,
  largo: number,
): Promise<z.output<typeof FilaCampo>[]> {
  return filas(
    bd,
    sql`SELECT m.id, coalesce(c.nombre, '') AS nombre, c.hoja, c.fila, x AS cambio
      FROM lote_cambio c LEFT JOIN contrato_concepto_maestro m ON c.tabla = 'contrato_concepto_maestro' AND m.id = c.id_registro,
        jsonb_array_elements(c.cambios) WITH ORDINALITY e(x, i)
      WHERE c.id_lote = ${lote} AND c.accion = 'actualizado' ORDER BY c.id, e.i LIMIT ${largo} OFFSET ${inicio}`,
    FilaCampo,
  )
}
