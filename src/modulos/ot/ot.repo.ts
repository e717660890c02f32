import { z } from 'zod'
import { DINERO_CERO } from '../../comun/dinero.ts'
import { ejecutar, filas, unaFila, type BdTx } from '../../plataforma/bd.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { contiene, sql, todas, unir, type Sql } from '../../plataforma/sql.ts'
import type { PasoNuevo } from './pasos/pasos.reglas.ts'
import { MOTIVOS_REPROGRAMACION, TIPO_OT, type MotivoReprogramacion, type Ot, type ValoresOt } from './ot.tipos.ts'
import type { TextosDeReferencias } from './ot.auditoria.ts'

type Conexion = CtxLectura['bd']

const CLAVES_MOTIVO = MOTIVOS_REPROGRAMACION.map(({ clave }) => clave)
const dineroOCero = col.dineroN.transform((valor) => valor ?? DINERO_CERO)

const FilaOt = z.object({
  id: col.id,
  version: col.entero,
  idTipo: col.entero.pipe(z.union([z.literal(TIPO_OT.INICIAL), z.literal(TIPO_OT.REPROGRAMACION)])),
  idPteHeader: col.idN,
  ordenTrabajo: col.texto,
  oficioOt: col.texto,
  descripcionTrabajo: col.texto,
  comentario: col.texto,
  idResponsableProyecto: col.id,
  responsableCliente: col.texto,
  idCliente: col.idN,
  idEstatusOt: col.id,
  estatus: col.entero,
  otPrincipal: col.idN,
  numReprogramacion: col.enteroN,
  motivoReprogramacion: z.enum(CLAVES_MOTIVO as [MotivoReprogramacion, ...MotivoReprogramacion[]]).nullable(),
  comentarioReprogramacion: col.textoN,
  montoMxn: dineroOCero,
  montoUsd: dineroOCero,
  idFrente: col.idN,
  idEmbarcacion: col.idN,
  idPlataforma: col.idN,
  idIntercom: col.idN,
  idPatio: col.idN,
  requierePatio: col.booleano,
  fechaInicioPatio: col.fechaN,
  fechaFinPatio: col.fechaN,
  fechaInicioProgramado: col.fechaN,
  fechaTerminoProgramado: col.fechaN,
  fechaInicioReal: col.fechaN,
  fechaTerminoReal: col.fechaN,
  plazoDias: col.enteroN,
})

const COLUMNAS = sql`o.id, o.version, o.id_tipo AS "idTipo", o.id_pte_header AS "idPteHeader", o.orden_trabajo AS "ordenTrabajo",
  o.oficio_ot AS "oficioOt", o.descripcion_trabajo AS "descripcionTrabajo", o.comentario,
  o.id_responsable_proyecto AS "idResponsableProyecto", o.responsable_cliente AS "responsableCliente", o.id_cliente AS "idCliente",
  o.id_estatus_ot AS "idEstatusOt", o.estatus, o.ot_principal AS "otPrincipal", o.num_reprogramacion AS "numReprogramacion",
  o.motivo_reprogramacion AS "motivoReprogramacion", o.comentario_reprogramacion AS "comentarioReprogramacion",
  o.monto_mxn AS "montoMxn", o.monto_usd AS "montoUsd", o.id_frente AS "idFrente", o.id_embarcacion AS "idEmbarcacion",
  o.id_plataforma AS "idPlataforma", o.id_intercom AS "idIntercom", o.id_patio AS "idPatio", o.requiere_patio AS "requierePatio",
  o.fecha_inicio_patio AS "fechaInicioPatio", o.fecha_fin_patio AS "fechaFinPatio",
  o.fecha_inicio_programado AS "fechaInicioProgramado", o.fecha_termino_programado AS "fechaTerminoProgramado",
  o.fecha_inicio_real AS "fechaInicioReal", o.fecha_termino_real AS "fechaTerminoReal", o.plazo_dias AS "plazoDias"`

/** An OT by id, deleted or not. */
export function buscarOt(bd: Conexion, id: number): Promise<Ot | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS} FROM ot o WHERE o.id = ${id}`, FilaOt)
}

/** An OT with a lock, deleted or not. A family is locked from its principal down. */
export function bloquearOt(bd: BdTx, id: number): Promise<Ot | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS} FROM ot o WHERE o.id = ${id} FOR UPDATE`, FilaOt)
}

/** Holds an OT as it is while one of its steps changes; several people may move different steps at once. */
export function bloquearOtCompartida(bd: BdTx, id: number): Promise<Ot | null> {
  return unaFila(bd, sql`SELECT ${COLUMNAS} FROM ot o WHERE o.id = ${id} FOR SHARE`, FilaOt)
}

/** Whether another live initial order has that folio (R-OT-07). */
export async function existeFolio(bd: Conexion, folio: string, excepto: number | null): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT o.id FROM ot o WHERE folio_clave(o.orden_trabajo) = folio_clave(${folio}) AND o.id_tipo = 4 AND o.estatus <> 0
      AND o.id IS DISTINCT FROM ${excepto}::bigint LIMIT 1`,
    z.object({ id: col.id }),
  )
  return fila !== null
}

/** Whether another live reprogramación of the family has that number (R-OT-11). */
export async function existeNumero(
  bd: Conexion,
  principal: number,
  numero: number,
  excepto: number | null,
): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT o.id FROM ot o WHERE o.ot_principal = ${principal} AND o.num_reprogramacion = ${numero} AND o.id_tipo = 5
      AND o.estatus <> 0 AND o.id IS DISTINCT FROM ${excepto}::bigint LIMIT 1`,
    z.object({ id: col.id }),
  )
  return fila !== null
}

/** Number of reprogramaciones of an order and the highest of their numbers, deleted ones included (R-OT-12). */
export async function contarNumeros(bd: BdTx, principal: number): Promise<{ cuenta: number; maximo: number | null }> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS cuenta, max(num_reprogramacion) AS maximo FROM ot WHERE ot_principal = ${principal} AND id_tipo = 5`,
    z.object({ cuenta: col.entero, maximo: col.enteroN }),
  )
  return fila ?? { cuenta: 0, maximo: null }
}

/** Live reprogramaciones of an order (ot.md §2.1). */
export async function contarReprogramaciones(bd: Conexion, principal: number): Promise<number> {
  const fila = await unaFila(
    bd,
    sql`SELECT count(*) AS n FROM ot WHERE ot_principal = ${principal} AND id_tipo = 5 AND estatus IN (-1, 1)`,
    z.object({ n: col.entero }),
  )
  return fila?.n ?? 0
}

/** Whether a PTE has a live order already (R-OT-06). */
export async function existeOtDePte(bd: Conexion, idPte: number): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT id FROM ot WHERE id_pte_header = ${idPte} AND estatus <> 0 LIMIT 1`,
    z.object({ id: col.id }),
  )
  return fila !== null
}

/** Column and value of everything a form stores, in the order of the INSERT. */
function asignaciones(ot: ValoresOt): readonly (readonly [columna: Sql, valor: Sql])[] {
  return [
    [sql`id_tipo`, sql`${ot.idTipo}::bigint`],
    [sql`id_pte_header`, sql`${ot.idPteHeader}::bigint`],
    [sql`orden_trabajo`, sql`${ot.ordenTrabajo}::text`],
    [sql`oficio_ot`, sql`${ot.oficioOt}::text`],
    [sql`descripcion_trabajo`, sql`${ot.descripcionTrabajo}::text`],
    [sql`comentario`, sql`${ot.comentario}::text`],
    [sql`id_responsable_proyecto`, sql`${ot.idResponsableProyecto}::bigint`],
    [sql`responsable_cliente`, sql`${ot.responsableCliente}::text`],
    [sql`id_cliente`, sql`${ot.idCliente}::bigint`],
    [sql`id_estatus_ot`, sql`${ot.idEstatusOt}::bigint`],
    [sql`estatus`, sql`${ot.estatus}::int`],
    [sql`ot_principal`, sql`${ot.otPrincipal}::bigint`],
    [sql`num_reprogramacion`, sql`${ot.numReprogramacion}::int`],
    [sql`motivo_reprogramacion`, sql`${ot.motivoReprogramacion}::text`],
    [sql`comentario_reprogramacion`, sql`${ot.comentarioReprogramacion}::text`],
    [sql`monto_mxn`, sql`${ot.montoMxn.toFixed(2)}::numeric`],
    [sql`monto_usd`, sql`${ot.montoUsd.toFixed(2)}::numeric`],
    [sql`id_frente`, sql`${ot.idFrente}::bigint`],
    [sql`id_embarcacion`, sql`${ot.idEmbarcacion}::bigint`],
    [sql`id_plataforma`, sql`${ot.idPlataforma}::bigint`],
    [sql`id_intercom`, sql`${ot.idIntercom}::bigint`],
    [sql`id_patio`, sql`${ot.idPatio}::bigint`],
    [sql`requiere_patio`, sql`${ot.requierePatio}::boolean`],
    [sql`fecha_inicio_patio`, sql`${ot.fechaInicioPatio}::date`],
    [sql`fecha_fin_patio`, sql`${ot.fechaFinPatio}::date`],
    [sql`fecha_inicio_programado`, sql`${ot.fechaInicioProgramado}::date`],
    [sql`fecha_termino_programado`, sql`${ot.fechaTerminoProgramado}::date`],
    [sql`fecha_inicio_real`, sql`${ot.fechaInicioReal}::date`],
    [sql`fecha_termino_real`, sql`${ot.fechaTerminoReal}::date`],
    [sql`plazo_dias`, sql`${ot.plazoDias}::int`],
  ]
}

/** Stores a new OT; its version is 1. */
export async function insertarOt(bd: BdTx, ot: ValoresOt): Promise<number> {
  const pares = asignaciones(ot)
  const fila = await unaFila(
    bd,
    sql`INSERT INTO ot (${unir(pares.map(([columna]) => columna))}) VALUES (${unir(pares.map(([, valor]) => valor))}) RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('La inserción de la OT no devolvió su id')
  return fila.id
}

/** Stores every value of an OT and raises its version. */
export async function actualizarOt(bd: BdTx, ot: Ot): Promise<void> {
  const pares = asignaciones(ot).map(([columna, valor]) => sql`${columna} = ${valor}`)
  await ejecutar(bd, sql`UPDATE ot SET ${unir(pares)}, version = version + 1 WHERE id = ${ot.id}`)
}

/** Steps of a new OT, in the order given. */
export async function insertarPasos(bd: BdTx, idOt: number, pasos: readonly PasoNuevo[]): Promise<void> {
  if (pasos.length === 0) return
  const datos = pasos.map((paso) => ({
    id_paso: paso.idPaso,
    estatus_paso: paso.estatusPaso,
    fecha_inicio: paso.fechaInicio,
    fecha_termino: paso.fechaTermino,
    fecha_entrega: paso.fechaEntrega,
    archivo: paso.archivo,
  }))
  await ejecutar(
    bd,
    sql`INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso, fecha_inicio, fecha_termino, fecha_entrega, archivo, comentario)
      SELECT ${idOt}::bigint, p.id_paso, p.estatus_paso, p.fecha_inicio, p.fecha_termino, p.fecha_entrega, p.archivo, ''
      FROM jsonb_to_recordset(${JSON.stringify(datos)}::jsonb) AS p(id_paso bigint, estatus_paso bigint, fecha_inicio date,
        fecha_termino date, fecha_entrega date, archivo text) ORDER BY p.id_paso`,
  )
}

const Textos = z.object({ clase: z.string(), id: col.id, texto: z.string() })

/** Names of everything some OTs refer to, in one query: for the log, the page of an OT and the lineage. */
export async function listarTextos(bd: Conexion, ots: readonly Ot[]): Promise<TextosDeReferencias> {
  const lista = (ids: (number | null)[]) => sql`${[...new Set(ids.filter((id) => id !== null))]}::bigint[]`
  const textos = await filas(
    bd,
    sql`SELECT 'responsables' AS clase, id, descripcion AS texto FROM responsable_proyecto WHERE id = ANY(${lista(ots.map((ot) => ot.idResponsableProyecto))})
      UNION ALL SELECT 'clientes', id, descripcion FROM cliente WHERE id = ANY(${lista(ots.map((ot) => ot.idCliente))})
      UNION ALL SELECT 'frentes', id, descripcion FROM frente WHERE id = ANY(${lista(ots.map((ot) => ot.idFrente))})
      UNION ALL SELECT 'sitios', id, descripcion FROM sitio WHERE id = ANY(${lista(ots.flatMap((ot) => [ot.idEmbarcacion, ot.idPlataforma, ot.idIntercom, ot.idPatio]))})
      UNION ALL SELECT 'ots', id, orden_trabajo FROM ot WHERE id = ANY(${lista(ots.map((ot) => ot.otPrincipal))})`,
    Textos,
  )
  const de = (clase: string) =>
    new Map(textos.filter((fila) => fila.clase === clase).map(({ id, texto }) => [id, texto]))
  return {
    responsables: de('responsables'),
    clientes: de('clientes'),
    frentes: de('frentes'),
    sitios: de('sitios'),
    ots: de('ots'),
  }
}

/** Folio of the PTE of an OT; '' without it. */
export async function buscarFolioPte(bd: Conexion, idPte: number | null): Promise<string> {
  if (idPte === null) return ''
  const fila = await unaFila(
    bd,
    sql`SELECT oficio_pte AS folio FROM pte_header WHERE id = ${idPte}`,
    z.object({ folio: col.texto }),
  )
  return fila?.folio ?? ''
}

const FilaInicial = z.object({
  id: col.id,
  orden_trabajo: col.texto,
  descripcion_trabajo: col.texto,
  oficio_ot: col.texto,
})

/** Live initial orders, newest first (ot.md §6.4); with `busqueda` the first fifty that contain it. */
export function listarIniciales(
  bd: Conexion,
  excepto: number | null,
  busqueda: string | null,
): Promise<z.output<typeof FilaInicial>[]> {
  const condiciones = [sql`o.id_tipo = 4`, sql`o.estatus IN (-1, 1)`]
  if (excepto !== null) condiciones.push(sql`o.id <> ${excepto}`)
  if (busqueda !== null)
    condiciones.push(sql`(o.orden_trabajo ILIKE ${contiene(busqueda)} OR o.oficio_ot ILIKE ${contiene(busqueda)})`)
  return filas(
    bd,
    sql`SELECT o.id, o.orden_trabajo, o.descripcion_trabajo, o.oficio_ot FROM ot o WHERE ${todas(condiciones)} ORDER BY o.id DESC LIMIT ${busqueda === null ? null : 50}`,
    FilaInicial,
  )
}

/** Years of the live orders, newest first (ot.md §7.7). */
export async function listarAnios(bd: Conexion): Promise<number[]> {
  const anios = await filas(
    bd,
    sql`SELECT DISTINCT anio FROM ot WHERE estatus IN (-1, 1) AND anio IS NOT NULL ORDER BY anio DESC LIMIT 200`,
    z.object({ anio: col.entero }),
  )
  return anios.map(({ anio }) => anio)
}

/** Live members of a family: its initial order and its reprogramaciones. */
export function listarFamilia(bd: Conexion, principal: number): Promise<Ot[]> {
  return filas(
    bd,
    sql`SELECT ${COLUMNAS} FROM ot o WHERE (o.id = ${principal} OR (o.ot_principal = ${principal} AND o.id_tipo = 5)) AND o.estatus IN (-1, 1)
      ORDER BY o.id LIMIT 2000`,
    FilaOt,
  )
}

/** Live members of the next families with reprogramaciones, by the id of their principal: to walk all of them. */
export function listarFamiliasDesde(bd: Conexion, despuesDe: number, cuantas: number): Promise<Ot[]> {
  return filas(
    bd,
    sql`WITH familias AS (SELECT DISTINCT ot_principal AS id FROM ot WHERE estatus IN (-1, 1) AND id_tipo = 5 AND ot_principal > ${despuesDe}
        ORDER BY ot_principal LIMIT ${cuantas})
      SELECT ${COLUMNAS} FROM familias f JOIN ot o ON (o.id = f.id OR (o.ot_principal = f.id AND o.id_tipo = 5)) AND o.estatus IN (-1, 1)
      ORDER BY f.id, o.id`,
    FilaOt,
  )
}
