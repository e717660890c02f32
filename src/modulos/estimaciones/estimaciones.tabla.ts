import { z } from 'zod'
import { dia, id } from '../../comun/entrada.ts'
import { limpiar } from '../../comun/texto.ts'
import { contiene, sql } from '../../plataforma/sql.ts'
import { igualdades, type ColumnaTabla, type DefTabla } from '../../plataforma/tabla.ts'
import { claveDeCobro, TEXTO_ESTATUS } from './estimaciones.tipos.ts'

const FiltrosEstimaciones = z.object({
  id_ot: id('La OT').optional(),
  id_cliente: id('El cliente').optional(),
  id_estatus_cobro: id('El estatus').optional(),
  desde: dia('La fecha desde').optional(),
  hasta: dia('La fecha hasta').optional(),
  buscar: z.string().optional(),
})
export type FiltrosEstimaciones = z.output<typeof FiltrosEstimaciones>

/** After its deductions, at the rate of the estimation. */
const NETO = sql`round(o.total_importe_mn - o.total_deduccion_mn + (o.total_importe_usd - o.total_deduccion_usd) * o.tipo_cambio, 2)`

const COLUMNAS: readonly ColumnaTabla[] = [
  { clave: 'id', titulo: 'ID', tipo: 'entero', exporta: false, orden: { expresion: sql`o.id`, sinNulos: true } },
  { clave: 'numero', titulo: 'No.', tipo: 'entero', orden: { expresion: sql`o.numero` } },
  { clave: 'ot', titulo: 'OT', tipo: 'texto', orden: { expresion: sql`orden_natural(t.orden_trabajo)` } },
  { clave: 'descripcion', titulo: 'Descripción', tipo: 'texto' },
  {
    clave: 'cliente',
    titulo: 'Cliente',
    tipo: 'texto',
    orden: { expresion: sql`(SELECT texto_clave(c.descripcion) FROM cliente c WHERE c.id = t.id_cliente)` },
  },
  { clave: 'fecha_desde', titulo: 'Desde', tipo: 'fecha', orden: { expresion: sql`o.fecha_desde` } },
  { clave: 'fecha_hasta', titulo: 'Hasta', tipo: 'fecha', orden: { expresion: sql`o.fecha_hasta` } },
  { clave: 'fecha_estimacion', titulo: 'Fecha', tipo: 'fecha', orden: { expresion: sql`o.fecha_estimacion` } },
  {
    clave: 'estatus',
    titulo: 'Estatus',
    tipo: 'texto',
    orden: { expresion: sql`avance_de_cobro(o.id_estatus_cobro)` },
  },
  {
    clave: 'total_volumen_estimado',
    titulo: 'Vol. estimado',
    tipo: 'decimal',
    orden: { expresion: sql`o.total_volumen_estimado` },
  },
  { clave: 'total_importe_mn', titulo: 'Importe M.N.', tipo: 'dinero', orden: { expresion: sql`o.total_importe_mn` } },
  { clave: 'total_importe_usd', titulo: 'Importe USD', tipo: 'dinero', orden: { expresion: sql`o.total_importe_usd` } },
  { clave: 'total_homologado', titulo: 'Homologado', tipo: 'dinero', orden: { expresion: sql`o.total_homologado` } },
  { clave: 'tipo_cambio', titulo: 'Tipo de cambio', tipo: 'decimal', orden: { expresion: sql`o.tipo_cambio` } },
  { clave: 'tipo_cambio_fuente', titulo: 'Origen del tipo de cambio', tipo: 'texto' },
  { clave: 'neto_homologado', titulo: 'Neto homologado', tipo: 'dinero', orden: { expresion: NETO } },
]

const Fila = z.object({
  id: z.number(),
  id_ot: z.number(),
  numero: z.number(),
  ot: z.string(),
  descripcion: z.string(),
  cliente: z.string().nullable(),
  fecha_estimacion: z.string(),
  fecha_desde: z.string(),
  fecha_hasta: z.string(),
  estatus_id: z.number(),
  total_volumen_estimado: z.string(),
  total_importe_mn: z.string(),
  total_importe_usd: z.string(),
  total_homologado: z.string(),
  tipo_cambio: z.string(),
  tipo_cambio_fuente: z.string(),
  neto_homologado: z.string(),
  version: z.number(),
})

const Sumas = z.array(z.string()).length(4)

/** Estimations (estimaciones.md §6): the totals are those of the filtered set; what is cancelled bills nothing. */
export const TABLA_ESTIMACIONES: DefTabla<FiltrosEstimaciones> = {
  nombre: 'estimaciones',
  columnas: COLUMNAS,
  indices: { 0: 'numero', 1: 'ot', 3: 'fecha_estimacion', 4: 'estatus', 5: 'total_volumen_estimado' },
  filtros: FiltrosEstimaciones,
  desde: sql`estimacion_header o JOIN ot t ON t.id = o.id_ot`,
  desdeFila: sql`estimacion_header o JOIN ot t ON t.id = o.id_ot`,
  alcance: () => sql`TRUE`,
  condiciones: (filtros, busqueda) => {
    const texto = limpiar(`${filtros.buscar ?? ''} ${busqueda}`)
    const numero = /^(?:EST-)?(\d{1,9})$/i.exec(texto)?.[1]
    return [
      ...igualdades([
        [sql`t.id_cliente`, filtros.id_cliente],
        [sql`o.id_estatus_cobro`, filtros.id_estatus_cobro],
      ]),
      // Any order of the family finds its estimations.
      ...(filtros.id_ot == null
        ? []
        : [sql`o.id_ot = (SELECT coalesce(f.ot_principal, f.id) FROM ot f WHERE f.id = ${filtros.id_ot})`]),
      ...(filtros.desde == null ? [] : [sql`o.fecha_hasta >= ${filtros.desde}::date`]),
      ...(filtros.hasta == null ? [] : [sql`o.fecha_desde <= ${filtros.hasta}::date`]),
      ...(texto === ''
        ? []
        : [
            sql`(t.orden_trabajo ILIKE ${contiene(texto)} OR t.descripcion_trabajo ILIKE ${contiene(texto)}
              OR o.folio_factura ILIKE ${contiene(texto)} OR o.numero = ${numero === undefined ? null : Number(numero)}::int)`,
          ]),
    ]
  },
  seleccion: () => sql`o.id, o.id_ot, o.numero, t.orden_trabajo AS ot, t.descripcion_trabajo AS descripcion,
      (SELECT c.descripcion FROM cliente c WHERE c.id = t.id_cliente) AS cliente, o.fecha_estimacion::text AS fecha_estimacion,
      o.fecha_desde::text AS fecha_desde, o.fecha_hasta::text AS fecha_hasta, o.id_estatus_cobro AS estatus_id,
      o.total_volumen_estimado::text AS total_volumen_estimado, o.total_importe_mn::text AS total_importe_mn,
      o.total_importe_usd::text AS total_importe_usd, o.total_homologado::text AS total_homologado,
      o.tipo_cambio::text AS tipo_cambio, o.tipo_cambio_fuente, ${NETO}::text AS neto_homologado, o.version`,
  fila: Fila,
  presentar: (_ctx, fila: z.output<typeof Fila>) => {
    const clave = claveDeCobro(fila.estatus_id)
    return { ...fila, clave_estatus: clave, estatus: TEXTO_ESTATUS[clave] }
  },
  ordenInicial: () => ({ columna: 'id', descendente: true }),
  sumas: {
    agregados: sql`json_build_array(coalesce(sum(o.total_volumen_estimado) FILTER (WHERE o.id_estatus_cobro <> 29), 0.000000)::text,
      coalesce(sum(o.total_importe_mn) FILTER (WHERE o.id_estatus_cobro <> 29), 0.00)::text,
      coalesce(sum(o.total_importe_usd) FILTER (WHERE o.id_estatus_cobro <> 29), 0.00)::text,
      coalesce(sum(o.total_homologado) FILTER (WHERE o.id_estatus_cobro <> 29), 0.00)::text)`,
    presentar: (agregados) => {
      const [volumen = '', mn = '', usd = '', homologado = ''] = Sumas.parse(agregados)
      return {
        total_volumen_estimado: volumen,
        total_importe_mn: mn,
        total_importe_usd: usd,
        total_homologado: homologado,
      }
    },
  },
  sello: null,
}
