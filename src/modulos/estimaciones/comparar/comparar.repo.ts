import { z } from 'zod'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, VACIO } from '../../../plataforma/sql.ts'
import { persona } from '../estimaciones.repo.ts'
import type { Resultado } from './comparar.contrato.ts'
import type { ConceptoConUnidad } from './emparejar.calculo.ts'
import type { LecturaDeVolumenes } from './lectura/lectura.tipos.ts'

/** What is kept of a workbook: what was read, and the site that it is about when the person said one. */
export interface LecturaGuardada extends LecturaDeVolumenes {
  readonly soloSitio: string | null
}

const FilaConcepto = z
  .object({
    anexo: z.string(),
    codigo: z.string(),
    concepto: z.string(),
    unidad: z.string(),
    unidad_larga: z.string(),
  })
  .transform(({ unidad_larga, ...resto }): ConceptoConUnidad => ({ ...resto, unidadLarga: unidad_larga }))

/** Concepts of the annexes in force of a family, in the order of the grid. */
export function listarConceptos(bd: Bd | BdTx, idOt: number): Promise<ConceptoConUnidad[]> {
  return filas(
    bd,
    sql`SELECT coalesce(pa.anexo, 'S/A') AS anexo, pa.id_partida AS codigo, pa.descripcion_concepto AS concepto,
        coalesce(u.clave, 'N/A') AS unidad, coalesce(max(u.descripcion), '') AS unidad_larga
      FROM ot o JOIN importacion_anexo i ON i.id_ot = o.id AND i.es_activo
      JOIN partida_anexo_importada pa ON pa.id_importacion_anexo = i.id
      LEFT JOIN unidad_medida u ON u.id = pa.id_unidad_medida
      WHERE (o.id = ${idOt} OR o.ot_principal = ${idOt}) AND o.estatus <> 0
      GROUP BY 1, 2, 3, 4 ORDER BY orden_natural(coalesce(pa.anexo, 'S/A')), orden_natural(pa.id_partida), 3, 4`,
    FilaConcepto,
  )
}

/** Folios of a family. */
export async function listarFolios(bd: Bd | BdTx, idOt: number): Promise<string[]> {
  const leidas = await filas(
    bd,
    sql`SELECT orden_trabajo AS folio FROM ot WHERE (id = ${idOt} OR ot_principal = ${idOt}) AND estatus <> 0 ORDER BY id`,
    z.object({ folio: z.string() }),
  )
  return leidas.map(({ folio }) => folio)
}

/** Sites with production of a family in a period. */
export async function listarSitios(bd: Bd | BdTx, idOt: number, desde: string, hasta: string): Promise<string[]> {
  const leidas = await filas(
    bd,
    sql`SELECT DISTINCT s.descripcion AS sitio FROM reporte_mensual_header m JOIN produccion p ON p.id_reporte_mensual = m.id
      JOIN sitio s ON s.id = p.id_sitio_produccion
      WHERE m.id_ot = ${idOt} AND p.fecha_produccion BETWEEN ${desde}::date AND ${hasta}::date ORDER BY 1`,
    z.object({ sitio: z.string() }),
  )
  return leidas.map(({ sitio }) => sitio)
}

// ------------------------------------------------------------------------------------------------- comparisons

export interface ComparacionNueva {
  readonly idEstimacion: number
  readonly idArchivo: number
  readonly nombre: string
  readonly lectura: LecturaGuardada
}

/** Keeps a comparison with its counts. */
export async function insertarComparacion(
  ctx: CtxTx,
  { idEstimacion, idArchivo, nombre, lectura }: ComparacionNueva,
  cuentas: Readonly<Record<Resultado, number>> & { readonly sinConcepto: number },
): Promise<number> {
  const alta = await unaFila(
    ctx.bd,
    sql`INSERT INTO estimacion_comparacion (id_estimacion, id_archivo, nombre, creado_por, fecha_creacion, lectura, iguales, diferentes,
        faltan_archivo, faltan_estimacion, sin_concepto)
      VALUES (${idEstimacion}, ${idArchivo}, ${nombre}, ${ctx.usuario?.id ?? null}, ${ctx.ahora}, ${JSON.stringify(lectura)}::jsonb,
        ${cuentas.igual}, ${cuentas.diferente}, ${cuentas.falta_archivo}, ${cuentas.falta_estimacion}, ${cuentas.sinConcepto})
      RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!alta) throw new Error('The comparison was not inserted')
  return alta.id
}

const FilaComparacion = z
  .object({
    id: col.id,
    id_estimacion: col.id,
    id_archivo: col.id,
    nombre: z.string(),
    lectura: z.custom<LecturaGuardada>(),
    elecciones: z.custom<Record<string, string>>(),
  })
  .transform(({ id_estimacion, id_archivo, ...resto }) => ({
    ...resto,
    idEstimacion: id_estimacion,
    idArchivo: id_archivo,
  }))
export type ComparacionLeida = z.output<typeof FilaComparacion>

/** A comparison with what was read of its workbook, or null; `bloquear` holds it until the transaction ends. */
export function buscarComparacion(bd: Bd | BdTx, id: number, bloquear = false): Promise<ComparacionLeida | null> {
  return unaFila(
    bd,
    sql`SELECT id, id_estimacion, id_archivo, nombre, lectura, elecciones FROM estimacion_comparacion WHERE id = ${id}
      ${bloquear ? sql`FOR UPDATE` : VACIO}`,
    FilaComparacion,
  )
}

const FilaLista = z.object({
  id: col.id,
  nombre: z.string(),
  fecha: col.instante,
  usuario: z.string().nullable(),
  iguales: col.entero,
  diferentes: col.entero,
  faltan_archivo: col.entero,
  faltan_estimacion: col.entero,
  sin_concepto: col.entero,
  aplico: z.string().nullable(),
  fecha_aplicacion: col.instanteN,
  ajustadas: col.entero,
  agregadas: col.entero,
  quitadas: col.entero,
})
export type ComparacionDeLista = z.output<typeof FilaLista>

/** Comparisons of an estimation, the newest first. */
export function listarComparaciones(bd: Bd | BdTx, idEstimacion: number): Promise<ComparacionDeLista[]> {
  return filas(
    bd,
    sql`SELECT c.id, c.nombre, c.fecha_creacion AS fecha, ${persona(sql`u`)} AS usuario,
        c.iguales, c.diferentes, c.faltan_archivo, c.faltan_estimacion, c.sin_concepto,
        ${persona(sql`a`)} AS aplico, c.fecha_aplicacion,
        c.ajustadas, c.agregadas, c.quitadas
      FROM estimacion_comparacion c LEFT JOIN "user" u ON u.id = c.creado_por LEFT JOIN "user" a ON a.id = c.aplicado_por
      WHERE c.id_estimacion = ${idEstimacion} ORDER BY c.id DESC LIMIT 100`,
    FilaLista,
  )
}

/** Whether an estimation has comparisons. */
export async function tieneComparaciones(bd: Bd | BdTx, idEstimacion: number): Promise<boolean> {
  const fila = await unaFila(
    bd,
    sql`SELECT EXISTS (SELECT 1 FROM estimacion_comparacion WHERE id_estimacion = ${idEstimacion}) AS hay`,
    z.object({ hay: z.boolean() }),
  )
  return fila?.hay === true
}

/** What was decided of the ambiguous groups. */
export async function actualizarElecciones(
  ctx: CtxTx,
  id: number,
  elecciones: Readonly<Record<string, string>>,
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_comparacion SET elecciones = ${JSON.stringify(elecciones)}::jsonb WHERE id = ${id}`,
  )
}

/** What was applied of a comparison, added to what was applied before. */
export async function anotarAplicacion(
  ctx: CtxTx,
  id: number,
  {
    motivo,
    ajustadas,
    agregadas,
    quitadas,
  }: { motivo: string } & Record<'ajustadas' | 'agregadas' | 'quitadas', number>,
): Promise<void> {
  await ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_comparacion SET aplicado_por = ${ctx.usuario?.id ?? null}, fecha_aplicacion = ${ctx.ahora}, motivo = ${motivo},
      ajustadas = ajustadas + ${ajustadas}, agregadas = agregadas + ${agregadas}, quitadas = quitadas + ${quitadas} WHERE id = ${id}`,
  )
}

/** Volumes of several lines of an estimation in one statement, all with the same comment. */
export function actualizarVolumenes(
  ctx: CtxTx,
  idEstimacion: number,
  cambios: readonly { readonly linea: number; readonly volumen: string }[],
  comentario: string,
): Promise<number> {
  const datos = cambios.map(({ linea, volumen }) => ({ l: linea, v: volumen }))
  return ejecutar(
    ctx.bd,
    sql`UPDATE estimacion_detalle d SET volumen_estimado = x.v, volumen_actual = p.volumen_produccion, comentario_ajuste = ${comentario}
      FROM jsonb_to_recordset(${JSON.stringify(datos)}::jsonb) AS x(l bigint, v numeric), produccion p
      WHERE d.id = x.l AND p.id = d.id_produccion AND d.id_estimacion_header = ${idEstimacion}`,
  )
}
