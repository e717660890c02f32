import { z } from 'zod'
import { dia } from '../../../comun/entrada.ts'
import { instanteLocal } from '../../../comun/fechas.ts'
import { limpiar } from '../../../comun/texto.ts'
import { contiene, sql } from '../../../plataforma/sql.ts'
import type { ColumnaTabla, DefTabla } from '../../../plataforma/tabla.ts'
import { persona } from '../estimaciones.repo.ts'

const FiltrosTasas = z.object({
  desde: dia('La fecha desde').optional(),
  hasta: dia('La fecha hasta').optional(),
  buscar: z.string().optional(),
})
export type FiltrosTasas = z.output<typeof FiltrosTasas>

const PERSONA = sql`(SELECT ${persona(sql`u`)} FROM "user" u WHERE u.id = o.capturado_por)`
const USOS = sql`(SELECT count(*) FROM estimacion_header h WHERE h.tipo_cambio_dia = o.fecha AND h.id_estatus_cobro <> 29)`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', exporta: false, orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'fecha', titulo: 'Fecha', tipo: 'fecha', orden: { expresion: sql`o.fecha`, sinNulos: true } },
  { clave: 'valor', titulo: 'Tipo de cambio', tipo: 'decimal', orden: { expresion: sql`o.valor`, sinNulos: true } },
  { clave: 'fuente', titulo: 'Fuente', tipo: 'texto', orden: { expresion: sql`texto_clave(o.fuente)` } },
  { clave: 'vale_hasta', titulo: 'Vale hasta', tipo: 'fecha' },
  { clave: 'capturado_por', titulo: 'Capturó', tipo: 'texto' },
  { clave: 'fecha_captura', titulo: 'Capturado el', tipo: 'texto', orden: { expresion: sql`o.fecha_captura` } },
  { clave: 'estimaciones', titulo: 'Estimaciones', tipo: 'entero', orden: { expresion: USOS } },
]

const Fila = z.object({
  id: z.number(),
  fecha: z.string(),
  valor: z.string(),
  fuente: z.string(),
  siguiente: z.string().nullable(),
  capturado_por: z.string().nullable(),
  fecha_captura: z.coerce.date(),
  estimaciones: z.number(),
})

/** Pesos per dollar by day: a day without a rate takes the last one before it, which each row says up to when (`vale_hasta`). */
export const TABLA_TASAS: DefTabla<FiltrosTasas> = {
  nombre: 'tipos_cambio',
  columnas: COLUMNAS,
  indices: { 0: 'fecha', 1: 'valor', 2: 'fuente' },
  filtros: FiltrosTasas,
  desde: sql`tipo_cambio o`,
  desdeFila: sql`tipo_cambio o`,
  alcance: () => sql`TRUE`,
  condiciones: (filtros, busqueda) => {
    const texto = limpiar(`${filtros.buscar ?? ''} ${busqueda}`)
    return [
      ...(filtros.desde == null ? [] : [sql`o.fecha >= ${filtros.desde}::date`]),
      ...(filtros.hasta == null ? [] : [sql`o.fecha <= ${filtros.hasta}::date`]),
      ...(texto === ''
        ? []
        : [
            sql`(o.fuente ILIKE ${contiene(texto)} OR to_char(o.fecha, 'DD/MM/YYYY') LIKE ${contiene(texto)} OR o.valor::text LIKE ${contiene(texto)})`,
          ]),
    ]
  },
  seleccion: () => sql`o.id, o.fecha::text AS fecha, o.valor::text AS valor, o.fuente,
    (SELECT (min(n.fecha) - 1)::text FROM tipo_cambio n WHERE n.fecha > o.fecha) AS siguiente,
    ${PERSONA} AS capturado_por, o.fecha_captura, ${USOS} AS estimaciones`,
  fila: Fila,
  presentar: (ctx, { siguiente, ...fila }: z.output<typeof Fila>) => ({
    ...fila,
    vale_hasta: siguiente ?? (fila.fecha > ctx.hoy ? fila.fecha : ctx.hoy),
    capturado_por: fila.capturado_por ?? 'Sistema',
    fecha_captura: instanteLocal(fila.fecha_captura),
  }),
  ordenInicial: () => ({ columna: 'fecha', descendente: true }),
  sello: null,
}
