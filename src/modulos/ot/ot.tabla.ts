import { z } from 'zod'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { limpiar } from '../../comun/texto.ts'
import { col } from '../../plataforma/columnas.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { contiene, sql, type Sql } from '../../plataforma/sql.ts'
import { alguna, igualdades, type ColumnaTabla, type DefTabla } from '../../plataforma/tabla.ts'
import type { FilaOt } from './ot.contrato.ts'
import { avanceOt } from './ot.progreso.reglas.ts'
import { reprogramacionesDe, textoEstatusOt, textoEstatusTabla } from './ot.reglas.ts'
import { FiltrosOt } from './ot.schema.ts'
import { TIPO_OT } from './ot.tipos.ts'

/** Live rows, said exactly as the partial indexes of the list say it. */
const VIVAS = sql`o.estatus IN (-1, 1)`

/**
 * `progreso_final` of ot.progreso.reglas.ts for the database, only to sort by it: the number on screen comes from the
 * rules, and a test compares both. Integer division floors, because nothing here is negative.
 */
function progresoFinal(ctx: CtxLectura): Sql {
  const [inicio, fin, hoy] = [sql`o.fecha_inicio_programado`, sql`o.fecha_termino_programado`, sql`${ctx.hoy}::date`]
  const tiempo = sql`CASE WHEN ${inicio} IS NULL OR ${fin} IS NULL OR ${fin} < ${inicio} OR ${hoy} < ${inicio} THEN 0
    WHEN ${hoy} > ${fin} THEN 100 ELSE 100 * (${hoy} - ${inicio}) / (${fin} - ${inicio} + 1) END`
  const pasos = sql`coalesce((SELECT 100 * count(*) FILTER (WHERE d.estatus_paso = 3) / nullif(count(*), 0) FROM ot_detalle d WHERE d.id_ot = o.id), 0)`
  return sql`(7 * (${tiempo}) + 3 * ${pasos}) / 10`
}

const calculado = (expresion: Sql) => ({ calculado: () => expresion })

/** Main site of an OT by its front (ot.md §3.5). */
const SITIO_PRINCIPAL = sql`CASE o.id_frente WHEN 1 THEN o.id_patio WHEN 2 THEN o.id_embarcacion WHEN 4 THEN o.id_plataforma
  ELSE coalesce(o.id_embarcacion, o.id_plataforma, o.id_intercom, o.id_patio) END`

const nombre = (tabla: Sql, id: Sql): Sql => sql`(SELECT texto_clave(c.descripcion) FROM ${tabla} c WHERE c.id = ${id})`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true }, exporta: true },
  {
    clave: 'orden_trabajo',
    titulo: 'Folio OT',
    tipo: 'texto',
    orden: { expresion: sql`texto_clave(o.orden_trabajo)`, sinNulos: true },
  },
  { clave: 'descripcion_tipo', titulo: 'Tipo', tipo: 'texto' },
  {
    clave: 'num_reprogramacion',
    titulo: 'No. de reprogramación',
    tipo: 'entero',
    orden: calculado(sql`o.num_reprogramacion`),
  },
  { clave: 'oficio_ot', titulo: 'Oficio OT', tipo: 'texto', orden: calculado(sql`texto_clave(o.oficio_ot)`) },
  {
    clave: 'pte_padre',
    titulo: 'PTE proveniente',
    tipo: 'texto',
    orden: calculado(sql`(SELECT texto_clave(p.oficio_pte) FROM pte_header p WHERE p.id = o.id_pte_header)`),
  },
  { clave: 'descripcion_trabajo', titulo: 'Descripción del Trabajo', tipo: 'texto' },
  { clave: 'cliente', titulo: 'Cliente', tipo: 'texto', orden: calculado(nombre(sql`cliente`, sql`o.id_cliente`)) },
  {
    clave: 'responsable_proyecto_texto',
    titulo: 'Responsable del Proyecto',
    tipo: 'texto',
    orden: calculado(nombre(sql`responsable_proyecto`, sql`o.id_responsable_proyecto`)),
  },
  {
    clave: 'responsable_cliente',
    titulo: 'Responsable del cliente',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(o.responsable_cliente)`),
  },
  { clave: 'frente', titulo: 'Frente', tipo: 'texto', orden: calculado(nombre(sql`frente`, sql`o.id_frente`)) },
  { clave: 'sitio', titulo: 'Sitio', tipo: 'texto', orden: calculado(nombre(sql`sitio`, SITIO_PRINCIPAL)) },
  {
    clave: 'fecha_inicio_programada',
    titulo: 'Fecha de inicio programado',
    tipo: 'fecha',
    orden: calculado(sql`o.fecha_inicio_programado`),
  },
  {
    clave: 'fecha_termino_programada',
    titulo: 'Fecha de término programado',
    tipo: 'fecha',
    orden: calculado(sql`o.fecha_termino_programado`),
  },
  {
    clave: 'fecha_inicio_real',
    titulo: 'Fecha de inicio real',
    tipo: 'fecha',
    orden: { expresion: sql`o.fecha_inicio_real` },
  },
  {
    clave: 'fecha_termino_real',
    titulo: 'Fecha término real',
    tipo: 'fecha',
    orden: { expresion: sql`o.fecha_termino_real` },
  },
  { clave: 'plazo_dias', titulo: 'Plazo (días)', tipo: 'entero', orden: calculado(sql`o.plazo_dias`) },
  { clave: 'progreso_final', titulo: 'Progreso', tipo: 'porcentaje', orden: { calculado: progresoFinal } },
  { clave: 'progreso_tiempo', titulo: 'Progreso Tiempo', tipo: 'porcentaje' },
  { clave: 'progreso_pasos', titulo: 'Progreso Pasos', tipo: 'porcentaje' },
  { clave: 'estatus_ot_texto', titulo: 'Estatus', tipo: 'texto' },
  { clave: 'monto_mxn', titulo: 'Monto MXN', tipo: 'dinero', orden: calculado(sql`coalesce(o.monto_mxn, 0)`) },
  { clave: 'monto_usd', titulo: 'Monto USD', tipo: 'dinero', orden: calculado(sql`coalesce(o.monto_usd, 0)`) },
  { clave: 'count_reprogramaciones', titulo: 'Reprogramaciones', tipo: 'entero' },
  { clave: 'comentario', titulo: 'Comentario', tipo: 'texto' },
]

const Fila = z.object({
  id: z.number(),
  id_tipo_id: z.number(),
  descripcion_tipo: z.string(),
  id_frente: z.number().nullable(),
  id_embarcacion: z.number().nullable(),
  id_plataforma: z.number().nullable(),
  id_intercom: z.number().nullable(),
  id_patio: z.number().nullable(),
  id_cliente_id: z.number().nullable(),
  estatus: z.number(),
  estatus_ot_id: z.number(),
  estatus_ot: z.string().nullable(),
  responsable_proyecto: z.number().nullable(),
  responsable_proyecto_texto: z.string().nullable(),
  responsable_cliente: z.string(),
  cliente: z.string().nullable(),
  frente: z.string().nullable(),
  sitio: z.string().nullable(),
  id_pte_id: z.number().nullable(),
  pte_padre: z.string().nullable(),
  oficio_ot: z.string(),
  orden_trabajo: z.string(),
  descripcion_trabajo: z.string(),
  comentario: z.string(),
  inicio: col.fechaN,
  termino: col.fechaN,
  inicio_real: col.fechaN,
  termino_real: col.fechaN,
  ot_principal: z.number().nullable(),
  num_reprogramacion: z.number().nullable(),
  plazo_dias: z.number().nullable(),
  monto_mxn: z.string(),
  monto_usd: z.string(),
  version: z.number(),
  pasos: z.tuple([z.number(), z.number()]),
  reprogramaciones: z.number(),
})

const Sumas = z.object({ monto_mxn: z.string(), monto_usd: z.string() })

/**
 * The OT table (ot.md §6.2). Plain sorts follow an index of the migration; those by something of another table, or
 * without index, are computed once and kept while nothing changes.
 */
export const TABLA_OT: DefTabla<FiltrosOt> = {
  nombre: 'ot',
  columnas: COLUMNAS,
  indices: {
    1: 'id',
    2: 'orden_trabajo',
    3: 'pte_padre',
    4: 'fecha_inicio_real',
    5: 'fecha_termino_real',
    6: 'progreso_final',
  },
  filtros: FiltrosOt,
  desde: sql`ot o`,
  // Everything the row shows is looked up by id inside the select list: a join of eleven tables would be beyond what the
  // planner reorders, and it would join 80,000 rows to cut ten.
  desdeFila: sql`ot o`,
  alcance: ({ tipo, ot_principal: principal }) => {
    const deTipo = tipo === null ? sql`o.id_tipo IN (4, 5)` : sql`o.id_tipo = ${tipo}`
    const familia = principal == null ? sql`` : sql` AND o.ot_principal = ${principal}`
    return sql`${VIVAS} AND ${deTipo}${familia}`
  },
  condiciones: (filtros, busqueda) => [
    ...igualdades([
      [sql`o.id_estatus_ot`, filtros.estatus],
      [sql`o.id_responsable_proyecto`, filtros.responsable_proyecto],
      [sql`o.id_cliente`, filtros.id_cliente],
      [sql`o.anio`, filtros.anio],
    ]),
    ...(filtros.sitio == null
      ? []
      : [
          alguna(
            [sql`o.id_embarcacion`, sql`o.id_plataforma`, sql`o.id_intercom`, sql`o.id_patio`].map(
              (columna) => sql`${columna} = ${filtros.sitio}`,
            ),
          ),
        ]),
    ...(filtros.filtro ? [porFolioOPte(contiene(filtros.filtro))] : []),
    ...(limpiar(busqueda) === '' ? [] : [porOficioOFolio(contiene(limpiar(busqueda)))]),
  ],
  seleccion:
    () => sql`o.id, o.id_tipo AS id_tipo_id, (SELECT t.descripcion FROM tipo t WHERE t.id = o.id_tipo) AS descripcion_tipo,
    o.id_frente, o.id_embarcacion, o.id_plataforma, o.id_intercom, o.id_patio, o.id_cliente AS id_cliente_id, o.estatus,
    o.id_estatus_ot AS estatus_ot_id, (SELECT e.descripcion FROM cat_estatus e WHERE e.id = o.id_estatus_ot) AS estatus_ot,
    o.id_responsable_proyecto AS responsable_proyecto,
    (SELECT r.descripcion FROM responsable_proyecto r WHERE r.id = o.id_responsable_proyecto) AS responsable_proyecto_texto,
    o.responsable_cliente, (SELECT c.descripcion FROM cliente c WHERE c.id = o.id_cliente) AS cliente,
    (SELECT f.descripcion FROM frente f WHERE f.id = o.id_frente) AS frente,
    (SELECT s.descripcion FROM sitio s WHERE s.id = ${SITIO_PRINCIPAL}) AS sitio,
    o.id_pte_header AS id_pte_id, (SELECT p.oficio_pte FROM pte_header p WHERE p.id = o.id_pte_header) AS pte_padre,
    o.oficio_ot, o.orden_trabajo, o.descripcion_trabajo, o.comentario,
    o.fecha_inicio_programado AS inicio, o.fecha_termino_programado AS termino, o.fecha_inicio_real AS inicio_real,
    o.fecha_termino_real AS termino_real, o.ot_principal, o.num_reprogramacion, o.plazo_dias,
    coalesce(o.monto_mxn, 0)::text AS monto_mxn, coalesce(o.monto_usd, 0)::text AS monto_usd, o.version,
    (SELECT json_build_array(count(*), count(*) FILTER (WHERE d.estatus_paso = 3)) FROM ot_detalle d WHERE d.id_ot = o.id) AS pasos,
    (SELECT count(*) FROM ot r WHERE r.ot_principal = o.id AND r.id_tipo = 5 AND r.estatus IN (-1, 1)) AS reprogramaciones`,
  fila: Fila,
  presentar: (ctx, fila: z.output<typeof Fila>): FilaOt & Record<string, unknown> => presentarOt(ctx, fila),
  ordenInicial: ({ ot_principal: principal }) =>
    principal == null ? { columna: 'id', descendente: true } : { columna: 'num_reprogramacion', descendente: false },
  // A PTE folio that thousands of orders share would be looked for again on every page.
  conjuntoCalculado: ({ filtro }) => Boolean(filtro),
  sumas: {
    agregados: sql`json_build_object('monto_mxn', coalesce(sum(o.monto_mxn), 0)::numeric(40, 2)::text,
      'monto_usd', coalesce(sum(o.monto_usd), 0)::numeric(40, 2)::text)`,
    presentar: (agregados) => Sumas.parse(agregados),
  },
  sello: sql`cambios_ot`,
}

/** As two searches by trigrams, because no index covers a condition on two tables. */
function porFolioOPte(patron: string): Sql {
  return alguna([
    sql`o.orden_trabajo ILIKE ${patron}`,
    sql`o.id_pte_header = ANY(ARRAY(SELECT p.id FROM pte_header p WHERE p.oficio_pte ILIKE ${patron}))`,
  ])
}

function porOficioOFolio(patron: string): Sql {
  // `busqueda` holds both, in lower case and apart by a line break, which no pattern contains. The index has the default collation.
  return sql`o.busqueda LIKE lower(${patron}::text COLLATE "pg_c_utf8") COLLATE "default"`
}

function presentarOt(ctx: CtxLectura, fila: z.output<typeof Fila>): FilaOt & Record<string, unknown> {
  const [total, completados] = fila.pasos
  const programa = {
    fechaInicioProgramado: fila.inicio,
    fechaTerminoProgramado: fila.termino,
    fechaInicioReal: fila.inicio_real,
  }
  return {
    id: fila.id,
    id_tipo_id: fila.id_tipo_id,
    descripcion_tipo: fila.descripcion_tipo,
    id_frente: fila.id_frente,
    id_embarcacion: fila.id_embarcacion,
    id_plataforma: fila.id_plataforma,
    id_intercom: fila.id_intercom,
    id_patio: fila.id_patio,
    id_cliente_id: fila.id_cliente_id,
    cliente: fila.cliente ?? '',
    frente: fila.frente ?? '',
    sitio: fila.sitio ?? '',
    estatus: textoEstatusTabla(fila.estatus, fila.estatus_ot),
    estatus_numero: fila.estatus,
    estatus_ot_id: fila.estatus_ot_id,
    estatus_ot_texto: textoEstatusOt(fila.estatus, fila.estatus_ot),
    responsable_proyecto: fila.responsable_proyecto ?? '',
    responsable_proyecto_texto: fila.responsable_proyecto_texto ?? '',
    responsable_cliente: fila.responsable_cliente,
    id_pte_id: fila.id_pte_id,
    pte_padre: fila.pte_padre ?? '',
    oficio_ot: fila.oficio_ot,
    orden_trabajo: fila.orden_trabajo,
    descripcion_trabajo: fila.descripcion_trabajo,
    comentario: fila.comentario,
    fecha_inicio_programada: aDdMmAaaa(fila.inicio),
    fecha_termino_programada: aDdMmAaaa(fila.termino),
    fecha_inicio_real: aDdMmAaaa(fila.inicio_real),
    fecha_termino_real: aDdMmAaaa(fila.termino_real),
    ot_principal: fila.ot_principal,
    num_reprogramacion: fila.num_reprogramacion,
    plazo_dias: fila.plazo_dias,
    monto_mxn: fila.monto_mxn,
    monto_usd: fila.monto_usd,
    version: fila.version,
    ...avanceOt(programa, { total, completados }, ctx.hoy),
    ...reprogramacionesDe(fila.id_tipo_id, fila.reprogramaciones),
  }
}

/** Whether a filter narrows to one kind of order, for the name of the export. */
export function nombreDeConjunto({ tipo }: Pick<FiltrosOt, 'tipo'>): string {
  if (tipo === TIPO_OT.INICIAL) return 'iniciales'
  return tipo === TIPO_OT.REPROGRAMACION ? 'reprogramaciones' : 'todas'
}
