/** Contracts, annexes, sub-annexes and headings: the only place that writes them. */
import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import { sql, VACIO, type Sql } from '../../plataforma/sql.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import type { AnexoContrato, Contrato, Seccion, SubAnexo } from './contratos.tipos.ts'

const FilaContrato = z.object({
  id: col.id,
  numeroContrato: col.texto,
  descripcion: col.texto,
  idCliente: col.id,
  fechaInicio: col.fecha,
  fechaTermino: col.fecha,
  montoMn: col.dinero,
  montoUsd: col.dinero,
  activo: col.booleano,
  version: col.entero,
})

const CONTRATO = sql`c.id, c.numero_contrato AS "numeroContrato", c.descripcion, c.id_cliente AS "idCliente",
  c.fecha_inicio AS "fechaInicio", c.fecha_termino AS "fechaTermino", c.monto_mn::text AS "montoMn", c.monto_usd::text AS "montoUsd", c.activo, c.version`

/** A contract by its number, whatever its case or blanks, active or not. */
export function buscarContratoPorNumero(bd: Bd | BdTx, numero: string): Promise<Contrato | null> {
  return unaFila(
    bd,
    sql`SELECT ${CONTRATO} FROM contrato c WHERE folio_clave(c.numero_contrato) = folio_clave(${numero})`,
    FilaContrato,
  )
}

/** @returns the id. */
export async function insertarContrato(bd: BdTx, contrato: Omit<Contrato, 'id' | 'version'>): Promise<number> {
  return idDe(
    await unaFila(
      bd,
      sql`INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino, monto_mn, monto_usd, activo)
        VALUES (${contrato.numeroContrato}, ${contrato.descripcion}, ${contrato.idCliente}, ${contrato.fechaInicio}::date, ${contrato.fechaTermino}::date,
          ${contrato.montoMn.toFixed()}::numeric, ${contrato.montoUsd.toFixed()}::numeric, ${contrato.activo}) RETURNING id`,
      FilaId,
    ),
  )
}

const FilaId = z.object({ id: col.id })

function idDe(fila: { id: number } | null): number {
  if (fila === null) throw new Error('INSERT … RETURNING returned nothing')
  return fila.id
}

// -------------------------------------------------------------------------------------------------------- annexes

const FilaAnexo = z.object({
  id: col.id,
  idContrato: col.id,
  clave: col.texto,
  descripcion: col.texto,
  tipo: z.enum(['TECNICO', 'FINANCIERO', 'LEGAL']),
  activo: col.booleano,
})

const ANEXO = sql`a.id, a.id_contrato AS "idContrato", a.clave, a.descripcion, a.tipo, a.activo`

/** Annexes of a contract, active or not, by id. */
export function listarAnexos(bd: Bd | BdTx, idContrato: number): Promise<AnexoContrato[]> {
  return filas(
    bd,
    sql`SELECT ${ANEXO} FROM contrato_anexo_maestro a WHERE a.id_contrato = ${idContrato} ORDER BY a.id LIMIT 1000`,
    FilaAnexo,
  )
}

/** @returns the id. */
export async function insertarAnexo(bd: BdTx, anexo: Omit<AnexoContrato, 'id'>): Promise<number> {
  return idDe(
    await unaFila(
      bd,
      sql`INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, tipo, activo)
        VALUES (${anexo.idContrato}, ${anexo.clave}, ${anexo.descripcion}, ${anexo.tipo}, ${anexo.activo}) RETURNING id`,
      FilaId,
    ),
  )
}

const FilaAnexoFinanciero = FilaAnexo.extend({ contrato: col.texto, vigente: col.booleano })
export type AnexoFinanciero = z.output<typeof FilaAnexoFinanciero>

/**
 * Active price lists of active contracts: first those of the contracts in force that day, the contract that began last
 * before the others.
 */
export function listarAnexosFinancieros(bd: Bd | BdTx, hoy: FechaIso): Promise<AnexoFinanciero[]> {
  return filas(
    bd,
    sql`SELECT ${ANEXO}, c.numero_contrato AS contrato, ${hoy}::date BETWEEN c.fecha_inicio AND c.fecha_termino AS vigente
      FROM contrato_anexo_maestro a JOIN contrato c ON c.id = a.id_contrato
      WHERE a.activo AND c.activo AND a.tipo = 'FINANCIERO'
      ORDER BY vigente DESC, c.fecha_inicio DESC, c.id DESC, a.id LIMIT 1000`,
    FilaAnexoFinanciero,
  )
}

/** Keeps an annex until the end of the transaction: who adds sub-annexes or concepts to it goes one at a time. */
export async function bloquearAnexo(bd: BdTx, id: number): Promise<void> {
  await ejecutar(bd, sql`SELECT 1 FROM contrato_anexo_maestro WHERE id = ${id} FOR UPDATE`)
}

// ---------------------------------------------------------------------------------------------------- sub-annexes

const FilaSubAnexo = z.object({
  id: col.id,
  idAnexoMaestro: col.id,
  claveAnexo: col.texto,
  descripcion: col.texto,
  activo: col.booleano,
})

const SUB_ANEXO = sql`s.id, s.id_anexo_maestro AS "idAnexoMaestro", s.clave_anexo AS "claveAnexo", s.descripcion, s.activo`

/** Sub-annexes of a contract, active or not, in their natural order. */
export function listarSubAnexosDeContrato(bd: Bd | BdTx, idContrato: number): Promise<SubAnexo[]> {
  return filas(
    bd,
    sql`SELECT ${SUB_ANEXO} FROM contrato_sub_anexo s JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro
      WHERE a.id_contrato = ${idContrato} ORDER BY s.clave_orden, s.id LIMIT 10000`,
    FilaSubAnexo,
  )
}

/** Sub-annexes of some annexes with one of those keys (upper case), active or not. */
export function listarSubAnexosPorClave(
  bd: Bd | BdTx,
  anexos: readonly number[],
  claves: readonly string[],
  bloquear = false,
): Promise<SubAnexo[]> {
  const cerrojo: Sql = bloquear ? sql`FOR NO KEY UPDATE` : VACIO
  return filas(
    bd,
    sql`SELECT ${SUB_ANEXO} FROM contrato_sub_anexo s
      WHERE s.id_anexo_maestro = ANY(${[...anexos]}::bigint[]) AND s.clave_anexo = ANY(${[...claves]}::text[]) ORDER BY s.id ${cerrojo}`,
    FilaSubAnexo,
  )
}

/** Where a sub-annex hangs from. */
const FilaLinaje = z.object({
  id: col.id,
  claveAnexo: col.texto,
  descripcion: col.texto,
  idAnexo: col.id,
  anexo: col.texto,
  idContrato: col.id,
  contrato: col.texto,
})

/** Sub-annexes by id, with the annex and the contract they hang from. */
export function listarSubAnexosPorId(bd: Bd | BdTx, ids: readonly number[]): Promise<z.output<typeof FilaLinaje>[]> {
  return filas(
    bd,
    sql`SELECT s.id, s.clave_anexo AS "claveAnexo", s.descripcion, a.id AS "idAnexo", a.clave AS anexo, c.id AS "idContrato", c.numero_contrato AS contrato
      FROM contrato_sub_anexo s JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro JOIN contrato c ON c.id = a.id_contrato
      WHERE s.id = ANY(${[...ids]}::bigint[])`,
    FilaLinaje,
  )
}

/** Every sub-annex, active or not, with the annex and the contract it hangs from, by contract and in its natural order. */
export function listarLinajes(bd: Bd | BdTx): Promise<z.output<typeof FilaLinaje>[]> {
  return filas(
    bd,
    sql`SELECT s.id, s.clave_anexo AS "claveAnexo", s.descripcion, a.id AS "idAnexo", a.clave AS anexo, c.id AS "idContrato", c.numero_contrato AS contrato
      FROM contrato_sub_anexo s JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro JOIN contrato c ON c.id = a.id_contrato
      ORDER BY c.id, a.id, s.clave_orden, s.id LIMIT 5000`,
    FilaLinaje,
  )
}

/** A heading by id. */
export function buscarSeccion(bd: Bd | BdTx, id: number): Promise<Seccion | null> {
  return unaFila(
    bd,
    sql`SELECT e.id, e.id_sub_anexo AS "idSubAnexo", e.partida, e.descripcion, e.orden FROM contrato_seccion e WHERE e.id = ${id}`,
    FilaSeccion,
  )
}

/** Inserts sub-annexes without unit nor amounts. @returns their ids, in the same order. */
export async function insertarSubAnexos(bd: BdTx, nuevos: readonly Omit<SubAnexo, 'id'>[]): Promise<number[]> {
  if (nuevos.length === 0) return []
  const ids = await reservarIds(bd, sql`'contrato_sub_anexo'`, nuevos.length)
  const datos = nuevos.map((sub, n) => ({ ...sub, id: ids[n] }))
  await ejecutar(
    bd,
    sql`INSERT INTO contrato_sub_anexo (id, id_anexo_maestro, clave_anexo, descripcion, activo)
      SELECT r.id, r."idAnexoMaestro", r."claveAnexo", r.descripcion, r.activo
      FROM jsonb_to_recordset(${JSON.stringify(datos)}::jsonb) AS r(id bigint, "idAnexoMaestro" bigint, "claveAnexo" text, descripcion text, activo boolean)`,
  )
  return ids
}

/** Deletes sub-annexes that nothing hangs from (undo of the import that created them); the rest stay. @returns those deleted. */
export async function eliminarSubAnexosVacios(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borrados = await filas(
    bd,
    sql`DELETE FROM contrato_sub_anexo s WHERE s.id = ANY(${[...ids]}::bigint[])
      AND NOT EXISTS (SELECT 1 FROM contrato_concepto_maestro c WHERE c.id_sub_anexo = s.id)
      AND NOT EXISTS (SELECT 1 FROM contrato_seccion e WHERE e.id_sub_anexo = s.id) RETURNING s.id`,
    FilaId,
  )
  return borrados.map(({ id }) => id)
}

/** Deletes annexes without sub-annexes nor file. @returns those deleted. */
export async function eliminarAnexosVacios(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borrados = await filas(
    bd,
    sql`DELETE FROM contrato_anexo_maestro a WHERE a.id = ANY(${[...ids]}::bigint[])
      AND a.archivo IS NULL AND NOT EXISTS (SELECT 1 FROM contrato_sub_anexo s WHERE s.id_anexo_maestro = a.id) RETURNING a.id`,
    FilaId,
  )
  return borrados.map(({ id }) => id)
}

/** Deletes contracts without annexes. @returns those deleted. */
export async function eliminarContratosVacios(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borrados = await filas(
    bd,
    sql`DELETE FROM contrato c WHERE c.id = ANY(${[...ids]}::bigint[])
      AND NOT EXISTS (SELECT 1 FROM contrato_anexo_maestro a WHERE a.id_contrato = c.id) RETURNING c.id`,
    FilaId,
  )
  return borrados.map(({ id }) => id)
}

// ------------------------------------------------------------------------------------------------------- headings

const FilaSeccion = z.object({
  id: col.id,
  idSubAnexo: col.id,
  partida: col.textoN,
  descripcion: col.texto,
  orden: col.entero,
})

/** Headings of the sub-annexes of a contract, in the order of the sheets. */
export function listarSeccionesDeContrato(bd: Bd | BdTx, idContrato: number): Promise<Seccion[]> {
  return filas(
    bd,
    sql`SELECT e.id, e.id_sub_anexo AS "idSubAnexo", e.partida, e.descripcion, e.orden
      FROM contrato_seccion e JOIN contrato_sub_anexo s ON s.id = e.id_sub_anexo JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro
      WHERE a.id_contrato = ${idContrato} ORDER BY s.clave_orden, e.orden, e.id LIMIT 50000`,
    FilaSeccion,
  )
}

const SECCION_JSON = sql`(id bigint, "idSubAnexo" bigint, partida text, descripcion text, orden int)`

/** @returns the ids, in the same order. */
export async function insertarSecciones(bd: BdTx, nuevas: readonly Omit<Seccion, 'id'>[]): Promise<number[]> {
  if (nuevas.length === 0) return []
  const ids = await reservarIds(bd, sql`'contrato_seccion'`, nuevas.length)
  await ejecutar(
    bd,
    sql`INSERT INTO contrato_seccion (id, id_sub_anexo, partida, descripcion, orden)
      SELECT r.id, r."idSubAnexo", r.partida, r.descripcion, r.orden
      FROM jsonb_to_recordset(${JSON.stringify(nuevas.map((seccion, n) => ({ ...seccion, id: ids[n] })))}::jsonb) AS r${SECCION_JSON}`,
  )
  return ids
}

/** Deletes headings that no concept is under; the rest stay. @returns those deleted. */
export async function eliminarSeccionesVacias(bd: BdTx, ids: readonly number[]): Promise<number[]> {
  const borradas = await filas(
    bd,
    sql`DELETE FROM contrato_seccion e WHERE e.id = ANY(${[...ids]}::bigint[])
      AND NOT EXISTS (SELECT 1 FROM contrato_concepto_maestro c WHERE c.id_seccion = e.id) RETURNING e.id`,
    FilaId,
  )
  return borradas.map(({ id }) => id)
}

/** Ids that the next rows of a table will have: known before inserting, so that what refers to them can be prepared. */
export async function reservarIds(bd: BdTx, tabla: Sql, cuantos: number): Promise<number[]> {
  const nuevos = await filas(
    bd,
    sql`SELECT nextval(pg_get_serial_sequence(${tabla}, 'id')) AS id FROM generate_series(1, ${cuantos}::int)`,
    FilaId,
  )
  return nuevos.map(({ id }) => id)
}
