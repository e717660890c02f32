/**
 * Takes away exactly what the demo load created. What a person edited stays unless asked for; what something of a person
 * hangs from stays always. Both are told, and stay marked as demo data.
 */
import { z } from 'zod'
import type { Almacen } from '../../../src/plataforma/archivos.ts'
import { registrarEventos, TABLA_LOG } from '../../../src/modulos/auditoria/index.ts'
import { ejecutar, filas } from '../../../src/plataforma/bd.ts'
import { col } from '../../../src/plataforma/columnas.ts'
import type { Contexto, CtxTx } from '../../../src/plataforma/contexto.ts'
import { sql, type Sql } from '../../../src/plataforma/sql.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'

const Conservado = z.object({ tabla: z.string(), descripcion: z.string(), motivo: z.string() })

/** A demo row that stays, and why. */
export type Conservado = z.output<typeof Conservado>

/** What was taken away, by table, and what stays. */
export interface ResultadoDeLimpieza {
  readonly quitados: {
    readonly ots: number
    readonly ptes: number
    readonly sitios: number
    readonly responsables: number
    readonly usuarios: number
    /** Rows of production. */
    readonly producciones: number
    readonly estimaciones: number
    readonly tiposDeCambio: number
    /** Photos of evidence. */
    readonly fotos: number
  }
  readonly conservados: readonly Conservado[]
  /** Users who did something: the log keeps naming them, so they are only deactivated. */
  readonly desactivados: readonly string[]
}

/**
 * @param conEditados takes also the rows that somebody edited (they are still demo rows).
 * @param almacen where the photos of its evidence are.
 */
export async function limpiarDemo(
  ctx: Contexto,
  { conEditados, almacen }: { conEditados: boolean; almacen?: Almacen },
): Promise<ResultadoDeLimpieza> {
  const { claves, ...resultado } = await limpiarBase(ctx, conEditados)
  // After the rows: a file that nobody names is harmless, a row without its file is not.
  for (const clave of claves) await almacen?.borrar(clave)
  return resultado
}

function limpiarBase(ctx: Contexto, conEditados: boolean): Promise<ResultadoDeLimpieza & { claves: string[] }> {
  return conTransaccion(
    ctx,
    async (tx) => {
      await ejecutar(tx.bd, sql`LOCK TABLE dato_demo IN SHARE ROW EXCLUSIVE MODE`)
      // Nobody may hang something from a demo row between the check and the deletion.
      await ejecutar(
        tx.bd,
        sql`LOCK TABLE ot, pte_header, importacion_anexo, reporte_mensual_header, estimacion_header, tipo_cambio IN SHARE ROW EXCLUSIVE MODE`,
      )
      await elegirConservados(tx, conEditados)
      const estimaciones = await quitarEstimaciones(tx)
      const tiposDeCambio = await quitar(tx, 'tipo_cambio')
      await quitar(tx, 'deduccion_usual')
      const producciones = await quitarProduccion(tx)
      const { fotos, claves } = await quitarFotos(tx)
      // First the reprogramaciones and the orders, in one statement: their foreign key is checked at its end.
      const ots = await quitar(tx, 'ot')
      const ptes = await quitar(tx, 'pte_header')
      await quitar(tx, 'guardias')
      await quitar(tx, 'superintendente')
      const sitios = await quitar(tx, 'sitio')
      const responsables = await quitar(tx, 'responsable_proyecto')
      const { usuarios, desactivados } = await quitarUsuarios(tx)
      const conservados = await filas(
        tx.bd,
        sql`SELECT DISTINCT ON (tabla, id) tabla, descripcion, motivo FROM demo_conservado WHERE tabla NOT IN ('importacion_anexo', 'reporte_mensual_header', 'estimacion_header') ORDER BY tabla, id, orden`,
        Conservado,
      )
      await ejecutar(tx.bd, sql`DROP TABLE demo_conservado`)
      return {
        quitados: { ots, ptes, sitios, responsables, usuarios, producciones, estimaciones, tiposDeCambio, fotos },
        conservados,
        desactivados,
        claves,
      }
    },
    { tiempoMaximoMs: 60_000 },
  )
}

/** Fills the temporary table `demo_conservado` with every demo row that must stay and each of its reasons. */
async function elegirConservados({ bd }: CtxTx, conEditados: boolean): Promise<void> {
  await ejecutar(
    bd,
    sql`CREATE TEMPORARY TABLE demo_conservado (tabla text, id bigint, descripcion text, motivo text, orden int GENERATED ALWAYS AS IDENTITY) ON COMMIT DROP`,
  )
  const conservar = (tabla: string, motivo: string, condicion: Sql) =>
    ejecutar(
      bd,
      sql`INSERT INTO demo_conservado (tabla, id, descripcion, motivo)
        SELECT d.tabla, d.id_registro, d.descripcion, ${motivo} FROM dato_demo d WHERE d.tabla = ${tabla} AND (${condicion})`,
    )
  const demo = (tabla: string, id: Sql) =>
    sql`EXISTS (SELECT 1 FROM dato_demo x WHERE x.tabla = ${tabla} AND x.id_registro = ${id})`
  const conservado = (tabla: string, id: Sql) =>
    sql`EXISTS (SELECT 1 FROM demo_conservado c WHERE c.tabla = ${tabla} AND c.id = ${id})`

  if (!conEditados) {
    // What a person deleted (estatus 0) nobody misses.
    await conservar(
      'ot',
      'alguien la editó',
      sql`EXISTS (SELECT 1 FROM ot o WHERE o.id = d.id_registro AND o.estatus <> 0
        AND (o.version <> 1 OR EXISTS (SELECT 1 FROM ot_detalle p WHERE p.id_ot = o.id AND p.version <> 1)))`,
    )
    await conservar(
      'pte_header',
      'alguien la editó',
      sql`EXISTS (SELECT 1 FROM pte_header h WHERE h.id = d.id_registro AND h.estatus <> 0
        AND (h.version <> 1 OR EXISTS (SELECT 1 FROM pte_detalle p WHERE p.id_pte_header = h.id AND p.version <> 1)))`,
    )
    await conservar(
      'sitio',
      'alguien lo editó',
      sql`EXISTS (SELECT 1 FROM sitio s WHERE s.id = d.id_registro AND s.descripcion <> d.descripcion)`,
    )
    await conservar(
      'responsable_proyecto',
      'alguien lo editó',
      sql`EXISTS (SELECT 1 FROM responsable_proyecto r WHERE r.id = d.id_registro AND r.descripcion <> d.descripcion)`,
    )
    await conservar(
      'ot',
      'alguien cambió su producción',
      sql`EXISTS (SELECT 1 FROM reporte_mensual_header m WHERE m.id_ot = d.id_registro AND (m.version <> 1
        OR EXISTS (SELECT 1 FROM produccion p JOIN registro_generadores_pu g ON g.id_produccion = p.id WHERE p.id_reporte_mensual = m.id AND g.version <> 1)))`,
    )
    await conservar(
      'superintendente',
      'alguien lo editó',
      sql`EXISTS (SELECT 1 FROM superintendente s WHERE s.id = d.id_registro AND s.version <> 1)`,
    )
    await conservar(
      'ot',
      'alguien cambió sus estimaciones',
      sql`EXISTS (SELECT 1 FROM estimacion_header h LEFT JOIN dato_demo m ON m.tabla = 'estimacion_header' AND m.id_registro = h.id
        WHERE h.id_ot = d.id_registro AND (h.version IS DISTINCT FROM m.version OR EXISTS (SELECT 1 FROM estimacion_comparacion c WHERE c.id_estimacion = h.id)))`,
    )
    await conservar(
      'tipo_cambio',
      'alguien lo corrigió',
      sql`EXISTS (SELECT 1 FROM tipo_cambio t WHERE t.id = d.id_registro AND t.version <> 1)`,
    )
  }
  await conservar(
    'ot',
    'tiene un anexo importado',
    sql`EXISTS (SELECT 1 FROM importacion_anexo a WHERE a.id_ot = d.id_registro AND NOT ${demo('importacion_anexo', sql`a.id`)})`,
  )
  await conservar(
    'ot',
    'tiene producción de una persona',
    sql`EXISTS (SELECT 1 FROM reporte_mensual_header m WHERE m.id_ot = d.id_registro AND (NOT ${demo('reporte_mensual_header', sql`m.id`)}
      OR EXISTS (SELECT 1 FROM produccion p WHERE p.id_reporte_mensual = m.id AND NOT ${demo('user', sql`p.usuario_captura`)})))`,
  )
  await conservar(
    'ot',
    'tiene estimaciones de una persona',
    sql`EXISTS (SELECT 1 FROM estimacion_header h WHERE h.id_ot = d.id_registro AND (NOT ${demo('user', sql`h.creado_por`)}
      OR EXISTS (SELECT 1 FROM estimacion_comparacion c WHERE c.id_estimacion = h.id AND NOT ${demo('user', sql`c.creado_por`)})))`,
  )
  // The production of a family hangs from the annexes of all of it.
  await conservar(
    'ot',
    'su familia tiene producción que se conserva',
    sql`EXISTS (SELECT 1 FROM ot r JOIN demo_conservado c ON c.tabla = 'ot' AND c.id = r.ot_principal WHERE r.id = d.id_registro
      AND EXISTS (SELECT 1 FROM reporte_mensual_header m WHERE m.id_ot = r.ot_principal))`,
  )
  await conservar(
    'ot',
    'tiene reprogramaciones que se conservan',
    sql`EXISTS (SELECT 1 FROM ot r WHERE r.ot_principal = d.id_registro AND (NOT ${demo('ot', sql`r.id`)} OR ${conservado('ot', sql`r.id`)}))`,
  )
  const queda = sql`(NOT ${demo('ot', sql`o.id`)} OR ${conservado('ot', sql`o.id`)})`
  for (const [tabla, ot] of [
    ['importacion_anexo', sql`(SELECT i.id_ot FROM importacion_anexo i WHERE i.id = d.id_registro)`],
    ['reporte_mensual_header', sql`(SELECT m.id_ot FROM reporte_mensual_header m WHERE m.id = d.id_registro)`],
    ['estimacion_header', sql`(SELECT h.id_ot FROM estimacion_header h WHERE h.id = d.id_registro)`],
  ] as const)
    await conservar(tabla, 'es de una OT que se conserva', conservado('ot', ot))
  await conservar(
    'tipo_cambio',
    'lo usan estimaciones que se conservan',
    sql`EXISTS (SELECT 1 FROM estimacion_header h JOIN tipo_cambio t ON t.fecha = h.tipo_cambio_dia WHERE t.id = d.id_registro
      AND (NOT ${demo('ot', sql`h.id_ot`)} OR ${conservado('ot', sql`h.id_ot`)}))`,
  )
  await conservar(
    'superintendente',
    'tiene guardias de una persona',
    sql`EXISTS (SELECT 1 FROM guardias g WHERE d.id_registro IN (g.super_a, g.super_b) AND NOT ${demo('guardias', sql`g.id`)})`,
  )
  await conservar(
    'guardias',
    'sus superintendentes se conservan',
    sql`EXISTS (SELECT 1 FROM guardias g WHERE g.id = d.id_registro AND ${conservado('superintendente', sql`g.super_a`)} AND ${conservado('superintendente', sql`g.super_b`)})`,
  )
  await conservar(
    'pte_header',
    'tiene órdenes que se conservan',
    sql`EXISTS (SELECT 1 FROM ot o WHERE o.id_pte_header = d.id_registro AND ${queda})`,
  )
  await conservar(
    'sitio',
    'lo usan órdenes que se conservan',
    sql`EXISTS (SELECT 1 FROM ot o WHERE d.id_registro IN (o.id_embarcacion, o.id_plataforma, o.id_intercom, o.id_patio) AND ${queda})`,
  )
  await conservar(
    'sitio',
    'tiene superintendentes que se conservan',
    sql`EXISTS (SELECT 1 FROM superintendente s WHERE s.sitio_asignado = d.id_registro AND (NOT ${demo('superintendente', sql`s.id`)} OR ${conservado('superintendente', sql`s.id`)}))
      OR EXISTS (SELECT 1 FROM guardias g WHERE g.id_sitio = d.id_registro AND (NOT ${demo('guardias', sql`g.id`)} OR ${conservado('guardias', sql`g.id`)}))`,
  )
  await conservar(
    'responsable_proyecto',
    'lo usan registros que se conservan',
    sql`EXISTS (SELECT 1 FROM ot o WHERE o.id_responsable_proyecto = d.id_registro AND ${queda})
      OR EXISTS (SELECT 1 FROM pte_header h WHERE h.id_responsable_proyecto = d.id_registro
        AND (NOT ${demo('pte_header', sql`h.id`)} OR ${conservado('pte_header', sql`h.id`)}))`,
  )
}

const TABLAS = {
  ot: sql`ot`,
  pte_header: sql`pte_header`,
  sitio: sql`sitio`,
  responsable_proyecto: sql`responsable_proyecto`,
  importacion_anexo: sql`importacion_anexo`,
  reporte_mensual_header: sql`reporte_mensual_header`,
  guardias: sql`guardias`,
  superintendente: sql`superintendente`,
  tipo_cambio: sql`tipo_cambio`,
  deduccion_usual: sql`deduccion_usual`,
  estimacion_header: sql`estimacion_header`,
} as const

/** The demo rows of a table that need not stay. */
function quitablesDe(tabla: keyof typeof TABLAS): Sql {
  return sql`SELECT d.id_registro FROM dato_demo d WHERE d.tabla = ${tabla}
    AND NOT EXISTS (SELECT 1 FROM demo_conservado c WHERE c.tabla = d.tabla AND c.id = d.id_registro)`
}

/** Guards of the database that let nobody delete what was sent: off only here, and only until this transaction ends. */
const GUARDAS_DE_ESTIMACION = [
  ['estimacion_comparacion', 'estimacion_comparacion_no_se_borra'],
  ['estimacion_instantanea', 'estimacion_instantanea_congelada'],
  ['estimacion_prueba', 'estimacion_prueba_tras_borrar'],
  ['estimacion_prueba_resumen', 'estimacion_prueba_resumen_tras_borrar'],
  ['estimacion_deduccion', 'estimacion_deduccion_tras_borrar'],
  ['estimacion_detalle', 'estimacion_detalle_tras_borrar'],
  ['estimacion_header', 'estimacion_header_antes'],
] as const

/**
 * Estimations of the orders that go, before their production: with its lines gone nothing of it is billed. Turning a
 * trigger off takes the lock of its table, so nobody else writes without it, and it comes back with any failure.
 */
async function quitarEstimaciones(tx: CtxTx): Promise<number> {
  const guardas = async (accion: 'DISABLE' | 'ENABLE') => {
    for (const [tabla, guarda] of GUARDAS_DE_ESTIMACION)
      await ejecutar(tx.bd, sql([`ALTER TABLE ${tabla} ${accion} TRIGGER ${guarda}`]))
  }
  await guardas('DISABLE')
  const suyas = sql`SELECT h.id FROM estimacion_header h WHERE h.id_ot IN (${quitablesDe('ot')})`
  for (const borrar of [
    sql`DELETE FROM estimacion_comparacion x WHERE x.id_estimacion IN (${suyas})`,
    sql`DELETE FROM estimacion_instantanea x WHERE x.id_estimacion_header IN (${suyas})`,
    sql`DELETE FROM estimacion_prueba x WHERE x.id_estimacion_header IN (${suyas})`,
    sql`DELETE FROM estimacion_prueba_resumen x WHERE x.id_estimacion_header IN (${suyas})`,
    sql`DELETE FROM estimacion_deduccion x WHERE x.id_estimacion_header IN (${suyas})`,
    sql`DELETE FROM estimacion_detalle x WHERE x.id_estimacion_header IN (${suyas})`,
  ])
    await ejecutar(tx.bd, borrar)
  const cuantas = await ejecutar(tx.bd, sql`DELETE FROM estimacion_header h WHERE h.id_ot IN (${quitablesDe('ot')})`)
  await quitar(tx, 'estimacion_header')
  await guardas('ENABLE')
  return cuantas
}

/** Months, production and annexes of the orders that go, from what hangs to what holds. @returns rows of production */
async function quitarProduccion(tx: CtxTx): Promise<number> {
  const meses = quitablesDe('reporte_mensual_header')
  const suyas = sql`SELECT p.id FROM produccion p WHERE p.id_reporte_mensual IN (${meses})`
  // The database would not let signed days and closed months be emptied.
  await ejecutar(tx.bd, sql`SELECT set_config('sascop.reacomodo', 'on', true)`)
  const gpus = sql`SELECT g.id FROM registro_generadores_pu g WHERE g.id_produccion IN (${suyas})`
  await ejecutar(tx.bd, sql`DELETE FROM evidencia_gpu e WHERE e.id_gpu IN (${gpus})`)
  await ejecutar(tx.bd, sql`DELETE FROM registro_generadores_pu g WHERE g.id_produccion IN (${suyas})`)
  await ejecutar(tx.bd, sql`DELETE FROM reporte_diario_detalle r WHERE r.id_reporte_mensual IN (${meses})`)
  const cuantas = await ejecutar(tx.bd, sql`DELETE FROM produccion p WHERE p.id_reporte_mensual IN (${meses})`)
  await quitar(tx, 'reporte_mensual_header')
  await quitar(tx, 'importacion_anexo')
  await ejecutar(
    tx.bd,
    sql`DELETE FROM concepto_consolidado k WHERE k.id_ot IN (${quitablesDe('ot')})
      AND NOT EXISTS (SELECT 1 FROM partida_anexo_importada p WHERE p.id_concepto_consolidado = k.id)`,
  )
  return cuantas
}

/** Photos that no record uses any more: their rows and marks. @returns how many, and their keys in the store. */
async function quitarFotos({ bd }: CtxTx): Promise<{ fotos: number; claves: string[] }> {
  const quitados = await filas(
    bd,
    sql`WITH quitado AS (
        DELETE FROM archivo a USING dato_demo d WHERE d.tabla = 'archivo' AND d.id_registro = a.id
          AND NOT EXISTS (SELECT 1 FROM evidencia_gpu e WHERE e.id_archivo = a.id)
          AND NOT EXISTS (SELECT 1 FROM importacion_anexo i WHERE i.id_archivo = a.id)
          AND NOT EXISTS (SELECT 1 FROM estimacion_comparacion c WHERE c.id_archivo = a.id)
        RETURNING a.id, a.clave, a.clave_miniatura
      ), marca AS (DELETE FROM dato_demo d USING quitado q WHERE d.tabla = 'archivo' AND d.id_registro = q.id)
      SELECT clave, clave_miniatura FROM quitado`,
    z.object({ clave: z.string(), clave_miniatura: z.string().nullable() }),
  )
  return {
    fotos: quitados.length,
    claves: quitados.flatMap(({ clave, clave_miniatura }) =>
      clave_miniatura === null ? [clave] : [clave, clave_miniatura],
    ),
  }
}

/** Deletes the demo rows of a table that need not stay, and their mark. Steps go with their header (cascade). */
async function quitar({ bd }: CtxTx, tabla: keyof typeof TABLAS): Promise<number> {
  const quitables = quitablesDe(tabla)
  const cuantos = await ejecutar(bd, sql`DELETE FROM ${TABLAS[tabla]} t WHERE t.id IN (${quitables})`)
  await ejecutar(bd, sql`DELETE FROM dato_demo d WHERE d.tabla = ${tabla} AND d.id_registro IN (${quitables})`)
  return cuantos
}

async function quitarUsuarios(tx: CtxTx): Promise<{ usuarios: number; desactivados: string[] }> {
  const { bd } = tx
  const demo = sql`(SELECT d.id_registro FROM dato_demo d WHERE d.tabla = 'user')`
  const personas = await filas(
    bd,
    sql`SELECT u.id, u.username, u.is_active AS activo, EXISTS (SELECT 1 FROM registro_actividad a WHERE a.usuario_id = u.id)
        OR EXISTS (SELECT 1 FROM tarea t WHERE t.id_usuario = u.id)
        OR EXISTS (SELECT 1 FROM lote_importacion l WHERE u.id IN (l.id_usuario, l.deshecho_por))
        OR EXISTS (SELECT 1 FROM importacion_anexo i WHERE i.usuario_carga = u.id)
        OR EXISTS (SELECT 1 FROM archivo a WHERE a.id_usuario = u.id)
        OR EXISTS (SELECT 1 FROM reporte_mensual_header m WHERE m.cerrado_por = u.id)
        OR EXISTS (SELECT 1 FROM reporte_diario_detalle r WHERE r.firmado_por = u.id)
        OR EXISTS (SELECT 1 FROM produccion p WHERE u.id IN (p.usuario_captura, p.usuario_actualizacion))
        OR EXISTS (SELECT 1 FROM registro_generadores_pu g WHERE g.firmado_por = u.id)
        OR EXISTS (SELECT 1 FROM evidencia_gpu e WHERE u.id IN (e.id_usuario, e.retirada_por))
        OR EXISTS (SELECT 1 FROM guardias g WHERE g.id_usuario = u.id)
        OR EXISTS (SELECT 1 FROM estimacion_header h WHERE u.id IN (h.creado_por, h.actualizado_por, h.enviado_por, h.autorizado_por))
        OR EXISTS (SELECT 1 FROM estimacion_comparacion c WHERE u.id IN (c.creado_por, c.aplicado_por))
        OR EXISTS (SELECT 1 FROM tipo_cambio t WHERE t.capturado_por = u.id)
        OR EXISTS (SELECT 1 FROM parametro p WHERE p.actualizado_por = u.id) AS actuo
      FROM "user" u WHERE u.id IN ${demo} ORDER BY u.id`,
    z.object({ id: col.id, username: z.string(), activo: z.boolean(), actuo: z.boolean() }),
  )
  const quedan = personas.filter(({ actuo }) => actuo)
  const ids = quedan.map(({ id }) => id)
  await ejecutar(
    bd,
    sql`UPDATE "user" SET is_active = false, version = version + 1 WHERE id = ANY(${ids}::bigint[]) AND is_active`,
  )
  const usuarios = await ejecutar(bd, sql`DELETE FROM "user" WHERE id IN ${demo} AND id <> ALL(${ids}::bigint[])`)
  // While something stays, those who made it are still known to be of the demo: the next time it may go.
  await ejecutar(
    bd,
    sql`DELETE FROM dato_demo d WHERE d.tabla = 'user'
      AND NOT (d.id_registro = ANY(${ids}::bigint[]) AND EXISTS (SELECT 1 FROM demo_conservado))`,
  )
  const dichos = personas.filter(({ activo, actuo }) => activo || !actuo)
  await registrarEventos(
    tx,
    dichos.map(({ id, username, actuo }) => ({
      tabla: TABLA_LOG.USUARIO,
      registroId: id,
      evento: 'ELIMINAR' as const,
      campo: actuo ? 'Desactivó' : 'Eliminó',
      detalle: `el usuario de demostración: ${username}`,
    })),
  )
  return { usuarios, desactivados: quedan.filter(({ activo }) => activo).map(({ username }) => username) }
}
