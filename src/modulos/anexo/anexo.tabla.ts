import { z } from 'zod'
import { textoPlano, type Dinero } from '../../comun/dinero.ts'
import { id } from '../../comun/entrada.ts'
import { limpiar } from '../../comun/texto.ts'
import { col } from '../../plataforma/columnas.ts'
import { contiene, sql } from '../../plataforma/sql.ts'
import type { DefTabla } from '../../plataforma/tabla.ts'
import { importeDePartida, totalesDeAnexo } from './anexo.reglas.ts'

/** Without OT the table is empty: no OT has id 0. */
const FiltrosAnexo = z.object({
  ot_id: id('La OT')
    .optional()
    .transform((valor) => valor ?? 0),
})
export type FiltrosAnexo = z.output<typeof FiltrosAnexo>

/** `1.2` before `1.10`: runs of digits weigh as numbers, the rest as text. */
const PARTIDA_NATURAL = sql`(SELECT string_agg(CASE WHEN r.m[1] IS NULL THEN texto_clave(r.m[2]) ELSE lpad(r.m[1], 50, '0') END, '' ORDER BY r.n)
  FROM regexp_matches(o.id_partida, '([0-9]+)|([^0-9]+)', 'g') WITH ORDINALITY AS r(m, n))`

const Fila = z.object({
  id_partida: z.string(),
  descripcion: z.string(),
  unidad: z.string().nullable(),
  volumen: col.dinero,
  mn: col.dinero,
  usd: col.dinero,
})

const Sumas = z.tuple([col.dinero, col.dinero])

/** Partidas of the active import of an OT (ot.md §6.16, anexo-c.md §7), at an exchange rate. */
export function tablaDePartidas(tipoCambio: Dinero): DefTabla<FiltrosAnexo> {
  const tasa = sql`${tipoCambio.toFixed()}::numeric`
  return {
    nombre: 'partidas_anexo',
    columnas: [
      { clave: 'orden_fila', titulo: 'Orden', tipo: 'entero', orden: { expresion: sql`o.orden_fila`, sinNulos: true } },
      { clave: 'codigo_concepto', titulo: 'Partida', tipo: 'texto', orden: { expresion: PARTIDA_NATURAL } },
      {
        clave: 'descripcion',
        titulo: 'Descripción',
        tipo: 'texto',
        orden: { expresion: sql`texto_clave(o.descripcion_concepto)` },
      },
      {
        clave: 'unidad',
        titulo: 'Unidad',
        tipo: 'texto',
        orden: { expresion: sql`(SELECT texto_clave(u.clave) FROM unidad_medida u WHERE u.id = o.id_unidad_medida)` },
      },
      { clave: 'cantidad', titulo: 'Cantidad', tipo: 'decimal', orden: { expresion: sql`o.volumen_proyectado` } },
      { clave: 'precio_unitario_mn', titulo: 'MXN', tipo: 'dinero', orden: { expresion: sql`o.precio_unitario_mn` } },
      { clave: 'precio_unitario_usd', titulo: 'USD', tipo: 'dinero', orden: { expresion: sql`o.precio_unitario_usd` } },
      {
        clave: 'importe',
        titulo: 'Importe homologado',
        tipo: 'dinero',
        orden: { expresion: sql`o.volumen_proyectado * (o.precio_unitario_mn + o.precio_unitario_usd * ${tasa})` },
      },
    ],
    indices: {
      0: 'codigo_concepto',
      1: 'descripcion',
      2: 'unidad',
      3: 'cantidad',
      4: 'precio_unitario_mn',
      5: 'precio_unitario_usd',
      6: 'importe',
    },
    filtros: FiltrosAnexo,
    desde: sql`partida_anexo_importada o JOIN importacion_anexo i ON i.id = o.id_importacion_anexo`,
    desdeFila: sql`partida_anexo_importada o`,
    alcance: ({ ot_id: idOt }) => sql`i.id_ot = ${idOt} AND i.es_activo`,
    condiciones: (_filtros, busqueda) => {
      const texto = limpiar(busqueda)
      if (texto === '') return []
      return [sql`(o.id_partida ILIKE ${contiene(texto)} OR o.descripcion_concepto ILIKE ${contiene(texto)})`]
    },
    seleccion: () => sql`o.id_partida, o.descripcion_concepto AS descripcion,
      (SELECT u.clave FROM unidad_medida u WHERE u.id = o.id_unidad_medida) AS unidad,
      o.volumen_proyectado::text AS volumen, o.precio_unitario_mn::text AS mn, o.precio_unitario_usd::text AS usd`,
    fila: Fila,
    presentar: (_ctx, fila: z.output<typeof Fila>) => ({
      codigo_concepto: fila.id_partida,
      descripcion: fila.descripcion,
      unidad: fila.unidad ?? 'N/A',
      cantidad: textoPlano(fila.volumen, 6),
      precio_unitario_mn: textoPlano(fila.mn, 4),
      precio_unitario_usd: textoPlano(fila.usd, 4),
      importe: textoPlano(importeDePartida(fila, tipoCambio)),
    }),
    ordenInicial: () => ({ columna: 'orden_fila', descendente: false }),
    sumas: {
      agregados: sql`json_build_array(coalesce(sum(o.volumen_proyectado * o.precio_unitario_mn), 0)::text,
        coalesce(sum(o.volumen_proyectado * o.precio_unitario_usd), 0)::text)`,
      presentar: (agregados) => {
        const [mn, usd] = Sumas.parse(agregados)
        return totalesDeAnexo(mn, usd, tipoCambio)
      },
    },
    sello: null,
  }
}
