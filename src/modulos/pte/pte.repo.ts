import { z } from 'zod'
import { textoPlano } from '../../comun/dinero.ts'
import { ejecutar, filas, unaFila, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { sql, unir, type Sql } from '../../plataforma/sql.ts'
import type { TextosDePte } from './pte.auditoria.ts'
import type { Pte, ValoresPte } from './pte.tipos.ts'

type Conexion = CtxLectura['bd']

const FilaPte = z.object({
  id: col.id,
  version: col.entero,
  idTipo: col.id,
  oficioPte: col.texto,
  oficioSolicitud: col.texto,
  descripcionTrabajo: col.texto,
  fechaSolicitud: col.fechaN,
  fechaEntrega: col.fechaN,
  plazoDias: col.dineroN,
  idOrdenTrabajo: col.textoN,
  idResponsableProyecto: col.idN,
  totalHomologado: col.dinero,
  estatus: col.entero,
  prioridad: col.enteroN,
  idCliente: col.idN,
  comentario: col.textoN,
})

const COLUMNAS = sql`p.id, p.version, p.id_tipo AS "idTipo", p.oficio_pte AS "oficioPte", p.oficio_solicitud AS "oficioSolicitud",
  p.descripcion_trabajo AS "descripcionTrabajo", p.fecha_solicitud AS "fechaSolicitud", p.fecha_entrega AS "fechaEntrega",
  p.plazo_dias AS "plazoDias", p.id_orden_trabajo AS "idOrdenTrabajo", p.id_responsable_proyecto AS "idResponsableProyecto",
  p.total_homologado AS "totalHomologado", p.estatus, p.prioridad, p.id_cliente AS "idCliente", p.comentario`

/** A PTE by id, deleted or not. */
export function buscarPte(bd: Conexion, id: number): Promise<Pte | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS} FROM pte_header p WHERE p.id = ${id}`, FilaPte)
}

/** A PTE with a lock, deleted or not. Its steps are changed only by who holds it, so that a parent sees all its substeps. */
export function bloquearPte(bd: BdTx, id: number): Promise<Pte | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS} FROM pte_header p WHERE p.id = ${id} FOR UPDATE`, FilaPte)
}

function asignaciones(pte: ValoresPte): readonly (readonly [columna: Sql, valor: Sql])[] {
  return [
    [sql`id_tipo`, sql`${pte.idTipo}::bigint`],
    [sql`oficio_pte`, sql`${pte.oficioPte}::text`],
    [sql`oficio_solicitud`, sql`${pte.oficioSolicitud}::text`],
    [sql`descripcion_trabajo`, sql`${pte.descripcionTrabajo}::text`],
    [sql`fecha_solicitud`, sql`${pte.fechaSolicitud}::date`],
    [sql`fecha_entrega`, sql`${pte.fechaEntrega}::date`],
    [sql`plazo_dias`, sql`${pte.plazoDias === null ? null : textoPlano(pte.plazoDias)}::numeric`],
    [sql`id_orden_trabajo`, sql`${pte.idOrdenTrabajo}::text`],
    [sql`id_responsable_proyecto`, sql`${pte.idResponsableProyecto}::bigint`],
    [sql`total_homologado`, sql`${textoPlano(pte.totalHomologado)}::numeric`],
    [sql`estatus`, sql`${pte.estatus}::int`],
    [sql`prioridad`, sql`${pte.prioridad}::int`],
    [sql`id_cliente`, sql`${pte.idCliente}::bigint`],
    [sql`comentario`, sql`${pte.comentario}::text`],
  ]
}

/** Stores a new PTE; its version is 1. */
export async function insertarPte(bd: BdTx, pte: ValoresPte): Promise<number> {
  const pares = asignaciones(pte)
  const fila = await unaFila(
    bd,
    sql`INSERT INTO pte_header (${unir(pares.map(([columna]) => columna))}) VALUES (${unir(pares.map(([, valor]) => valor))}) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('La inserción de la PTE no devolvió su id')
  return fila.id
}

/** Stores every value of a PTE and raises its version. */
export async function actualizarPte(bd: BdTx, pte: Pte): Promise<void> {
  const pares = asignaciones(pte).map(([columna, valor]) => sql`${columna} = ${valor}`)
  await ejecutar(bd, sql`UPDATE pte_header SET ${unir(pares)}, version = version + 1 WHERE id = ${pte.id}`)
}

const Textos = z.object({ clase: z.string(), id: col.id, texto: z.string() })

/** Names of everything some PTEs refer to, in one query. */
export async function listarTextos(bd: Conexion, ptes: readonly Pte[]): Promise<TextosDePte> {
  const lista = (ids: (number | null)[]) => sql`${[...new Set(ids.filter((id) => id !== null))]}::bigint[]`
  const textos = await filas(
    bd,
    sql`SELECT 'responsables' AS clase, id, descripcion AS texto FROM responsable_proyecto WHERE id = ANY(${lista(ptes.map((pte) => pte.idResponsableProyecto))})
      UNION ALL SELECT 'clientes', id, descripcion FROM cliente WHERE id = ANY(${lista(ptes.map((pte) => pte.idCliente))})
      UNION ALL SELECT 'tipos', id, descripcion FROM tipo WHERE id = ANY(${lista(ptes.map((pte) => pte.idTipo))})`,
    Textos,
  )
  const de = (clase: string) =>
    new Map(textos.filter((fila) => fila.clase === clase).map(({ id, texto }) => [id, texto]))
  return { responsables: de('responsables'), clientes: de('clientes'), tipos: de('tipos') }
}

/** Years of the folios of the live PTEs, newest first (§8.2.10). */
export async function listarAnios(bd: Conexion): Promise<number[]> {
  const anios = await filas(
    bd,
    sql`SELECT DISTINCT anio FROM pte_header WHERE estatus > 0 AND anio IS NOT NULL ORDER BY anio DESC LIMIT 200`,
    z.object({ anio: col.entero }),
  )
  return anios.map(({ anio }) => anio)
}

const FilaOt = z.object({
  id: col.id,
  principal: col.idN,
  numero: col.enteroN,
  id_tipo: col.entero,
  estatus: col.entero,
  id_estatus_ot: col.entero,
  orden_trabajo: col.texto,
  oficio_ot: col.texto,
  inicio: col.fechaN,
  termino: col.fechaN,
  propia: col.booleano,
})

/** A live order of a family that the PTE has to do with. */
export type OtDeFamilia = z.output<typeof FilaOt>

/** Live orders born from a PTE and everybody of their families, each family from its initial order on. */
export function listarFamilias(bd: Conexion, idPte: number): Promise<OtDeFamilia[]> {
  return filas(
    bd,
    sql`WITH familias AS (SELECT DISTINCT coalesce(ot_principal, id) AS id FROM ot WHERE id_pte_header = ${idPte} AND estatus IN (-1, 1))
      SELECT o.id, o.ot_principal AS principal, o.num_reprogramacion AS numero, o.id_tipo, o.estatus, o.id_estatus_ot, o.orden_trabajo, o.oficio_ot,
        o.fecha_inicio_programado AS inicio, o.fecha_termino_programado AS termino, coalesce(o.id_pte_header = ${idPte}, false) AS propia
      FROM familias f JOIN ot o ON (o.id = f.id OR (o.ot_principal = f.id AND o.id_tipo = 5)) AND o.estatus IN (-1, 1)
      ORDER BY f.id, o.id_tipo, o.num_reprogramacion NULLS LAST, o.id LIMIT 2000`,
    FilaOt,
  )
}

/** Whether a PTE has a live order (R-PTE-13.3). */
export async function tieneOtViva(bd: Conexion, idPte: number): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT EXISTS (SELECT 1 FROM ot WHERE id_pte_header = ${idPte} AND estatus IN (-1, 1)) AS hay`,
    z.object({ hay: col.booleano }),
  )
  return fila?.hay === true
}

/** Live PTEs without any step, by id, after one: for the command that mends them. */
export async function listarSinPasos(bd: Conexion, despuesDe: number, cuantas: number): Promise<number[]> {
  const ids = await filas(
    bd,
    sql`SELECT p.id FROM pte_header p WHERE p.estatus > 0 AND p.id > ${despuesDe}
      AND NOT EXISTS (SELECT 1 FROM pte_detalle d WHERE d.id_pte_header = p.id) ORDER BY p.id LIMIT ${cuantas}`,
    z.object({ id: col.id }),
  )
  return ids.map(({ id }) => id)
}

/** Type of a client: 15 CONTRATO, 16 INTERCOM. */
export async function buscarTipoDeCliente(bd: Conexion, idCliente: number): Promise<number | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT id_tipo AS tipo FROM cliente WHERE id = ${idCliente}`,
    z.object({ tipo: col.entero }),
  )
  return fila?.tipo ?? null
}
