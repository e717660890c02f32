import { z } from 'zod'
import { aDdMmAaaa } from '../../comun/fechas.ts'
import { limpiar } from '../../comun/texto.ts'
import { col } from '../../plataforma/columnas.ts'
import { contiene, sql, type Sql } from '../../plataforma/sql.ts'
import { igualdades, type ColumnaTabla, type DefTabla } from '../../plataforma/tabla.ts'
import { avancePte, pasosTerminados } from './pasos/pasos.reglas.ts'
import type { FilaPte } from './pte.contrato.ts'
import { estatusMostrado, textoPrioridad } from './pte.reglas.ts'
import { FiltrosPte } from './pte.schema.ts'
import { ESTATUS_PTE } from './pte.tipos.ts'

/**
 * `progreso` of pasos.reglas.ts for the database, only to sort by it: the number on screen comes from the rules, and a
 * test compares both. Integer division floors, because nothing here is negative.
 */
const PROGRESO = sql`coalesce((SELECT least((200 * count(*) FILTER (WHERE d.estatus_paso IN (3, 14)) + count(*)) / nullif(2 * count(*), 0),
    CASE WHEN bool_and(d.estatus_paso IN (3, 14)) THEN 100 ELSE 99 END) FROM pte_detalle d WHERE d.id_pte_header = o.id), 0)`

const calculado = (expresion: Sql) => ({ calculado: () => expresion })

const nombre = (tabla: Sql, id: Sql): Sql => sql`(SELECT texto_clave(c.descripcion) FROM ${tabla} c WHERE c.id = ${id})`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'descripcion_tipo', titulo: 'Tipo', tipo: 'texto', orden: calculado(nombre(sql`tipo`, sql`o.id_tipo`)) },
  {
    clave: 'oficio_pte',
    titulo: 'Folio PTE',
    tipo: 'texto',
    orden: { expresion: sql`texto_clave(o.oficio_pte)`, sinNulos: true },
  },
  {
    clave: 'oficio_solicitud',
    titulo: 'Oficio solicitud',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(o.oficio_solicitud)`),
  },
  {
    clave: 'descripcion_trabajo',
    titulo: 'Descripción de trabajo',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(left(o.descripcion_trabajo, 200))`),
  },
  { clave: 'cliente', titulo: 'Cliente', tipo: 'texto', orden: calculado(nombre(sql`cliente`, sql`o.id_cliente`)) },
  {
    clave: 'responsable_proyecto_texto',
    titulo: 'Responsable del Proyecto',
    tipo: 'texto',
    orden: calculado(nombre(sql`responsable_proyecto`, sql`o.id_responsable_proyecto`)),
  },
  { clave: 'prioridad_texto', titulo: 'Prioridad', tipo: 'texto', orden: calculado(sql`o.prioridad`) },
  {
    clave: 'fecha_solicitud',
    titulo: 'Fecha de Solicitud',
    tipo: 'fecha',
    orden: calculado(sql`o.fecha_solicitud`),
  },
  { clave: 'fecha_entrega', titulo: 'Fecha entrega', tipo: 'fecha', orden: { expresion: sql`o.fecha_entrega` } },
  { clave: 'plazo_dias', titulo: 'Plazo en Días', tipo: 'decimal', orden: calculado(sql`o.plazo_dias`) },
  { clave: 'estatus_texto', titulo: 'Estatus', tipo: 'texto' },
  { clave: 'progreso', titulo: 'Progreso', tipo: 'porcentaje', orden: calculado(PROGRESO) },
  { clave: 'pasos_completados', titulo: 'Pasos completados', tipo: 'entero' },
  { clave: 'total_pasos', titulo: 'Total de pasos', tipo: 'entero' },
  {
    clave: 'total_homologado',
    titulo: 'Total homologado',
    tipo: 'dinero',
    orden: calculado(sql`o.total_homologado`),
  },
  {
    clave: 'id_orden_trabajo',
    titulo: 'OT relacionada',
    tipo: 'texto',
    orden: calculado(sql`texto_clave(coalesce(o.id_orden_trabajo, ''))`),
  },
  { clave: 'comentario', titulo: 'Comentario', tipo: 'texto' },
]

const Fila = z.object({
  id: z.number(),
  id_tipo_id: z.number(),
  descripcion_tipo: z.string().nullable(),
  oficio_pte: z.string(),
  oficio_solicitud: z.string(),
  descripcion_trabajo: z.string(),
  estatus: z.number(),
  fecha_solicitud: col.fechaN,
  fecha_entrega: col.fechaN,
  responsable_proyecto: z.number().nullable(),
  responsable_proyecto_texto: z.string().nullable(),
  plazo_dias: z.number().nullable(),
  id_cliente_id: z.number().nullable(),
  tipo_cliente: z.number().nullable(),
  cliente: z.string().nullable(),
  prioridad: z.number().nullable(),
  total_homologado: z.string(),
  id_orden_trabajo: z.string().nullable(),
  comentario: z.string().nullable(),
  pasos: z.array(z.tuple([z.number(), z.string(), z.number(), z.number()])).nullable(),
  ots_vivas: z.array(z.string()),
})

const Sumas = z.object({ total_homologado: z.string() })

/** The PTE table (pte.md §7.3). */
export const TABLA_PTE: DefTabla<FiltrosPte> = {
  nombre: 'pte',
  columnas: COLUMNAS,
  indices: {
    1: 'id',
    2: 'descripcion_tipo',
    3: 'oficio_pte',
    4: 'oficio_solicitud',
    5: 'descripcion_trabajo',
    6: 'fecha_entrega',
    8: 'progreso',
  },
  filtros: FiltrosPte,
  desde: sql`pte_header o`,
  // As in the OT table: names by id in the select list cost ten rows, a join would cost all of them.
  desdeFila: sql`pte_header o`,
  alcance: () => sql`o.estatus > 0`,
  condiciones: (filtros, busqueda) => [
    ...igualdades([
      [sql`o.id_responsable_proyecto`, filtros.responsable_proyecto],
      [sql`o.id_cliente`, filtros.cliente],
      [sql`o.anio`, filtros.anio],
    ]),
    ...(filtros.estatus == null ? [] : [conEstatus(filtros.estatus)]),
    ...(filtros.tipos.length === 0 ? [] : [sql`o.id_tipo = ANY(${filtros.tipos}::bigint[])`]),
    ...(filtros.filtro ? [enLosTresTextos(contiene(filtros.filtro))] : []),
    ...(limpiar(busqueda) === '' ? [] : [porTrabajoFolioOResponsable(contiene(limpiar(busqueda)))]),
  ],
  seleccion:
    () => sql`o.id, o.id_tipo AS id_tipo_id, (SELECT t.descripcion FROM tipo t WHERE t.id = o.id_tipo) AS descripcion_tipo,
    o.oficio_pte, o.oficio_solicitud, o.descripcion_trabajo, o.estatus, o.fecha_solicitud, o.fecha_entrega,
    o.id_responsable_proyecto AS responsable_proyecto,
    (SELECT r.descripcion FROM responsable_proyecto r WHERE r.id = o.id_responsable_proyecto) AS responsable_proyecto_texto,
    o.plazo_dias::float8 AS plazo_dias, o.id_cliente AS id_cliente_id, (SELECT c.id_tipo FROM cliente c WHERE c.id = o.id_cliente) AS tipo_cliente,
    (SELECT c.descripcion FROM cliente c WHERE c.id = o.id_cliente) AS cliente, o.prioridad, o.total_homologado::text AS total_homologado,
    o.id_orden_trabajo, o.comentario,
    (SELECT json_agg(json_build_array(d.id, s.orden, s.tipo, d.estatus_paso)) FROM pte_detalle d JOIN paso s ON s.id = d.id_paso
      WHERE d.id_pte_header = o.id) AS pasos,
    (SELECT coalesce(json_agg(v.orden_trabajo ORDER BY v.id), '[]') FROM ot v WHERE v.id_pte_header = o.id AND v.estatus IN (-1, 1)) AS ots_vivas`,
  fila: Fila,
  presentar: (_ctx, fila: z.output<typeof Fila>): FilaPte & Record<string, unknown> => presentarPte(fila),
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  sumas: {
    agregados: sql`json_build_object('total_homologado', coalesce(sum(o.total_homologado), 0)::numeric(40, 2)::text)`,
    presentar: (agregados) => Sumas.parse(agregados),
  },
  sello: sql`cambios_pte`,
}

/** 15 also finds the legacy 9 (P-23). */
function conEstatus(estatus: number): Sql {
  return estatus === ESTATUS_PTE.SUSPENDIDA
    ? sql`o.estatus IN (${ESTATUS_PTE.SUSPENDIDA}, ${ESTATUS_PTE.SUSPENDIDA_ANTERIOR})`
    : sql`o.estatus = ${estatus}`
}

/** `filtro`: folio, letter or description. `busqueda` holds the three in lower case, apart by a line break, which no pattern contains. */
function enLosTresTextos(patron: string): Sql {
  return sql`o.busqueda LIKE lower(${patron}::text COLLATE "pg_c_utf8") COLLATE "default"`
}

/** `search[value]` does not look into the letter: what the index finds by it is left out again. */
function porTrabajoFolioOResponsable(patron: string): Sql {
  return sql`((${enLosTresTextos(patron)} AND (o.descripcion_trabajo ILIKE ${patron} OR o.oficio_pte ILIKE ${patron}))
    OR o.id_responsable_proyecto = ANY(ARRAY(SELECT r.id FROM responsable_proyecto r WHERE r.descripcion ILIKE ${patron})))`
}

function presentarPte(fila: z.output<typeof Fila>): FilaPte & Record<string, unknown> {
  const pasos = (fila.pasos ?? []).map(([id, orden, tipo, estatusPaso]) => ({ id, orden, tipo, estatusPaso }))
  const estatus = estatusMostrado(fila.estatus)
  return {
    id: fila.id,
    id_tipo_id: fila.id_tipo_id,
    descripcion_tipo: fila.descripcion_tipo ?? '',
    oficio_pte: fila.oficio_pte,
    oficio_solicitud: fila.oficio_solicitud,
    descripcion_trabajo: fila.descripcion_trabajo,
    estatus: estatus.id,
    estatus_texto: estatus.texto,
    fecha_solicitud: fila.fecha_solicitud,
    fecha_entrega: aDdMmAaaa(fila.fecha_entrega),
    responsable_proyecto: fila.responsable_proyecto ?? '',
    plazo_dias: fila.plazo_dias ?? 0,
    ...avancePte(pasos),
    id_cliente_id: fila.id_cliente_id,
    tipo_cliente: fila.tipo_cliente,
    puede_crear_ot: pasosTerminados(pasos) && fila.ots_vivas.length === 0,
    cliente: fila.cliente ?? '',
    responsable_proyecto_texto: fila.responsable_proyecto_texto ?? '',
    prioridad: fila.prioridad,
    prioridad_texto: textoPrioridad(fila.prioridad),
    total_homologado: fila.total_homologado,
    id_orden_trabajo: fila.id_orden_trabajo ?? '',
    comentario: fila.comentario ?? '',
    ots_vivas: fila.ots_vivas,
  }
}
