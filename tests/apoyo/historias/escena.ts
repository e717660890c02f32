/** The family of the histories: its annex, what is produced and signed at the beginning, and how the database tells it. */
import type pg from 'pg'
import { z } from 'zod'
import { filas } from '../../../src/plataforma/bd.ts'
import type { Contexto } from '../../../src/plataforma/contexto.ts'
import { sql, type Sql } from '../../../src/plataforma/sql.ts'
import { ESTATUS, fabricasProduccion, UNIDAD, type PartidaNueva } from '../produccion.ts'
import { fabricas, SEMILLA } from '../fabricas.ts'
import { Modelo, nombreDe, type Orden, type Tipo } from './modelo.ts'

export const SITIO = SEMILLA.embarcacion
export const ANIO = 2026
export const MES = 2
export const PRIMER_DIA = 10
export const ULTIMO_DIA = 15

const FICHAS: Readonly<Record<string, PartidaNueva>> = {
  '2.1': { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M },
  '3.5': { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: UNIDAD.TON },
  '4.7': { codigo: '4.7.', concepto: 'OPERARIO', anexo: 'C-4', unidad: UNIDAD.JORNADA },
  '5.1': { codigo: '5.1.', concepto: 'GRÚA DE CUBIERTA', anexo: 'C-5', unidad: UNIDAD.JORNADA },
}
/** A line of the workbook of an annex. */
export const partidaDe = (codigo: string, datos: { volumen: string; mn: string; usd: string }): PartidaNueva => ({
  ...(FICHAS[codigo] ?? { codigo }),
  ...datos,
})

/** Authorised at the beginning; 4.7 has no price. */
const PRIMER_ANEXO: Readonly<Record<string, { volumen: string; mn: string; usd: string }>> = {
  '2.1': { volumen: '100', mn: '1000.0125', usd: '50' },
  '3.5': { volumen: '20.5', mn: '2500.5', usd: '0' },
  '4.7': { volumen: '60', mn: '0', usd: '0' },
  '5.1': { volumen: '300', mn: '1125', usd: '0.3333' },
}
/** Produced at the beginning; `true` = its GPU is signed. */
const PRODUCIDO: readonly (readonly [string, number, Tipo, string, boolean])[] = [
  ['2.1', 12, 'TE', '35', true],
  ['2.1', 12, 'CMA', '10', true],
  ['2.1', 13, 'TE', '60', true],
  ['3.5', 11, 'TE', '3.25', true],
  ['3.5', 12, 'TE', '3.250001', false],
  ['4.7', 12, 'TE', '7', false],
  ['5.1', 11, 'TE', '3.333333', false],
  ['5.1', 12, 'TE', '12', false],
  ['5.1', 14, 'CMA', '0.000001', false],
]
const FIRMADOS = [11, 12]

export const millonesimas = (texto: string, lugares = 6): bigint => {
  const [entera = '0', fraccion = ''] = texto.split('.')
  return BigInt(entera + fraccion.padEnd(lugares, '0').slice(0, lugares))
}

/** The orders of the family in the database. */
export interface Familia {
  readonly inicial: number
  readonly reprogramacion: number
}

/** Makes the family once, with a reprogramación that has no annex yet. */
export async function sembrarFamilia(pool: pg.Pool): Promise<Familia> {
  const crea = fabricasProduccion(pool)
  const fechas = { fecha_inicio_programado: '2026-01-01', fecha_termino_programado: '2026-12-31' }
  const inicial = await fabricas(pool).ot({ estatus: 1, id_frente: 2, id_embarcacion: SITIO, ...fechas })
  const reprogramacion = await fabricas(pool).reprogramacion(inicial, {
    estatus: 1,
    num_reprogramacion: 1,
    id_frente: 2,
    id_embarcacion: SITIO,
    ...fechas,
  })
  const lineas = Object.entries(PRIMER_ANEXO).map(([codigo, datos]) => partidaDe(codigo, datos))
  const { partidas } = await crea.version(inicial, lineas, { fecha_carga: '2026-01-05T12:00:00Z' })
  const porCodigo = new Map(partidas.map((partida) => [partida.codigo.slice(0, -1), partida]))
  for (const [codigo, dia, tipo, volumen, firmado] of PRODUCIDO) {
    const partida = porCodigo.get(codigo)
    if (!partida) throw new Error(`No partida ${codigo}`)
    const gpu = firmado ? { gpuDe: ESTATUS.FIRMADO } : {}
    await crea.produccion(partida, { fecha: `2026-02-${String(dia)}`, volumen, sitio: SITIO, tipo, ...gpu })
  }
  await pool.query('UPDATE produccion SET es_excedente = true WHERE id_partida_anexo = $1 AND fecha_produccion = $2', [
    porCodigo.get('2.1')?.id,
    '2026-02-13',
  ])
  for (const dia of FIRMADOS) await crea.reporteDiario({ ot: inicial, fecha: `2026-02-${String(dia)}`, sitio: SITIO })
  return { inicial, reprogramacion }
}

/** The same, in the model. */
export function modeloInicial(): Modelo {
  const modelo = new Modelo()
  modelo.versiones.push({
    de: 'inicial' satisfies Orden,
    activa: true,
    partidas: new Map(
      Object.entries(PRIMER_ANEXO).map(([codigo, { volumen, mn, usd }]) => [
        codigo,
        { tope: millonesimas(volumen), mn: millonesimas(mn, 4), usd: millonesimas(usd, 4), arrastrado: false },
      ]),
    ),
  })
  for (const [codigo, dia, tipo, volumen, firmado] of PRODUCIDO)
    modelo.sembrarProduccion({ codigo, dia, tipo, volumen: millonesimas(volumen) }, firmado)
  for (const dia of FIRMADOS) modelo.dias.set(dia, 'FIRMADO')
  return modelo
}

/** What the database tells: the rows of `Modelo.filas`, and the ids behind their names. */
export interface Estado {
  readonly filas: string[]
  readonly ids: ReadonlyMap<string, number>
  /** Partida in force of each concept, for who captures. */
  readonly partidas: ReadonlyMap<string, number>
}

const consulta = (inicial: number, a: number, b: number): Sql => sql`WITH familia AS (SELECT ${inicial}::bigint AS id),
  producido AS (
    SELECT p.*, k.codigo || '/' || extract(day FROM p.fecha_produccion) || '/' || p.tipo_tiempo AS nombre, e.clave AS cobro
    FROM concepto_consolidado k JOIN produccion p ON p.id_concepto_consolidado = k.id JOIN cat_estatus e ON e.id = p.id_estatus_cobro
    WHERE k.id_ot = (SELECT id FROM familia)
  ), facts AS (
    SELECT 'producción ' || p.nombre || ' ' || p.volumen_produccion || ' estimado ' || p.volumen_estimado_acumulado || ' ' || p.cobro
        || CASE WHEN p.es_excedente THEN ' excedente' ELSE '' END
        || coalesce(' gpu ' || g.id_estatus || CASE WHEN g.archivo IS NULL THEN '' ELSE ' enlace' END || coalesce(' EST-' || gh.numero, ''), '')
        || ' a ' || a.precio_unitario_mn || ' ' || a.precio_unitario_usd AS fila, 'producción ' || p.nombre AS nombre, p.id
    FROM producido p JOIN partida_anexo_importada a ON a.id = p.id_partida_anexo LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id
      LEFT JOIN estimacion_detalle gd ON gd.id = g.id_estimacion_detalle LEFT JOIN estimacion_header gh ON gh.id = gd.id_estimacion_header
    UNION ALL
    SELECT 'día ' || extract(day FROM d.fecha) || CASE d.id_estatus WHEN 17 THEN ' FIRMADO' WHEN 20 THEN ' PROCESO' ELSE ' ?' END, NULL, NULL
    FROM reporte_mensual_header m JOIN reporte_diario_detalle d ON d.id_reporte_mensual = m.id WHERE m.id_ot = (SELECT id FROM familia)
    UNION ALL
    SELECT 'EST-' || h.numero || ' ' || e.clave || ' v' || h.version || ' envió ' || coalesce(CASE h.enviado_por WHEN ${a}::bigint THEN 'A' WHEN ${b}::bigint THEN 'B' END, 'nadie')
        || ' ' || h.total_volumen_producido || ' ' || h.total_volumen_estimado || ' ' || h.total_importe_mn || ' MN ' || h.total_importe_usd || ' USD ' || h.total_homologado,
      'EST-' || h.numero, h.id
    FROM estimacion_header h JOIN cat_estatus e ON e.id = h.id_estatus_cobro WHERE h.id_ot = (SELECT id FROM familia)
    UNION ALL
    SELECT 'línea EST-' || h.numero || ' ' || p.nombre || ' ' || d.volumen_actual || ' ' || d.volumen_estimado || ' a ' || d.precio_unitario_mn || ' '
        || d.precio_unitario_usd || CASE WHEN d.rechazada THEN ' rechazada' ELSE '' END || ' «' || d.comentario_ajuste || '»',
      'línea EST-' || h.numero || ' ' || p.nombre, d.id
    FROM estimacion_header h JOIN estimacion_detalle d ON d.id_estimacion_header = h.id JOIN producido p ON p.id = d.id_produccion
    WHERE h.id_ot = (SELECT id FROM familia)
    UNION ALL
    SELECT NULL, 'partida ' || k.codigo, c.id_partida FROM concepto_de_familia c JOIN concepto_consolidado k ON k.id = c.id_concepto
    WHERE c.id_ot = (SELECT id FROM familia)
  ) SELECT fila, nombre, id::int FROM facts`

const Fila = z.object({ fila: z.string().nullable(), nombre: z.string().nullable(), id: z.int().nullable() })

export async function leerEstado(
  bd: Contexto['bd'],
  { inicial }: Familia,
  { a, b }: { a: number; b: number },
): Promise<Estado> {
  const leidas = await filas(bd, consulta(inicial, a, b), Fila)
  const ids = new Map(leidas.flatMap(({ nombre, id }) => (nombre === null || id === null ? [] : [[nombre, id]])))
  return {
    filas: leidas.flatMap(({ fila }) => fila ?? []).sort(),
    ids,
    partidas: new Map(
      [...ids].flatMap(([nombre, id]) => (nombre.startsWith('partida ') ? [[nombre.slice(8), id]] : [])),
    ),
  }
}

/** The model learns the ids that the database gave. */
export function aprenderIds(modelo: Modelo, { ids }: Estado): void {
  for (const produccion of modelo.producciones) produccion.id = ids.get(`producción ${nombreDe(produccion)}`) ?? 0
  for (const una of modelo.estimaciones) {
    const folio = `EST-${String(una.numero)}`
    una.id = ids.get(folio) ?? 0
    for (const linea of una.lineas) linea.id = ids.get(`línea ${folio} ${nombreDe(linea.produccion)}`) ?? 0
  }
}
