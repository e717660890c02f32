/** What the sábana reads, in a number of queries that does not depend on its size. */
import { z } from 'zod'
import { filas, unaFila } from '../../../plataforma/bd.ts'
import { aMicras } from '../../../comun/volumenes.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { sql, type Sql } from '../../../plataforma/sql.ts'
import { ID_ESTATUS_MES } from '../carpetas/carpetas.tipos.ts'
import { CON_EVIDENCIA } from '../gpu/gpu.mantenimiento.repo.ts'
import { limitesDelMes } from '../vigencia/vigencia.reglas.ts'
import { aPrecio } from './importes.contrato.ts'
import { ESTIMACIONES_CON_ESTATUS } from './estimada.repo.ts'
import { type Carpeta, type ConceptoDelMes, type LugarDeCaptura } from './captura.tipos.ts'

type Conexion = CtxLectura['bd']

/** An OT and the initial one of its family. */
export interface OtDeCaptura {
  readonly id: number
  readonly estatus: number
  readonly idPrincipal: number
  readonly folio: string
}

/** An OT with its family, whatever its type or status. */
export function buscarOtDeCaptura(bd: Conexion, idOt: number): Promise<OtDeCaptura | null> {
  return unaFila(
    bd,
    sql`SELECT o.id, o.estatus, p.id AS "idPrincipal", p.orden_trabajo AS folio FROM ot o JOIN ot p ON p.id = coalesce(o.ot_principal, o.id)
      WHERE o.id = ${idOt}`,
    z.object({ id: col.id, estatus: col.entero, idPrincipal: col.id, folio: z.string() }),
  )
}

const Dias = z.array(z.int())

/** Folder of a month with the days signed at a site; null when there is none yet. */
export async function buscarCarpeta(bd: Conexion, lugar: LugarDeCaptura): Promise<Carpeta | null> {
  const fila = await unaFila(
    bd,
    sql`SELECT m.id, m.version, m.id_estatus = ${ID_ESTATUS_MES.ABIERTO} AS abierta, coalesce(m.archivo, '') AS archivo,
        (SELECT coalesce(json_agg(extract(day FROM d.fecha)::int ORDER BY d.fecha), '[]') FROM reporte_diario_detalle d
          WHERE d.id_reporte_mensual = m.id AND d.id_sitio = ${lugar.idSitio} AND d.bloqueado) AS "diasFirmados"
      FROM reporte_mensual_header m WHERE m.id_ot = ${lugar.idPrincipal} AND m.anio = ${lugar.anio} AND m.mes = ${lugar.mes}`,
    z.object({ id: col.id, version: col.entero, abierta: col.booleano, archivo: z.string(), diasFirmados: Dias }),
  )
  return fila
}

/** Name of the person who last wrote the production `x`; user `u`. */
export const AUTOR = sql`coalesce(nullif(trim(u.first_name || ' ' || u.last_name), ''), u.username, 'Sistema')`

const Produccion = z.tuple([
  z.int(),
  z.enum(['TE', 'CMA']),
  z.int(),
  z.string(),
  z.boolean(),
  z.int(),
  z.string().nullable(),
  z.int().nullable(),
  z.boolean(),
  z.int(),
  z.number(),
])

const FilaConcepto = z.object({
  idConcepto: col.id,
  idPartida: col.id,
  version: col.id,
  enVigor: col.booleano,
  codigo: z.string(),
  concepto: z.string(),
  anexo: z.string(),
  unidad: z.string(),
  claveAnexo: z.string(),
  claveCodigo: z.string(),
  claveConcepto: z.string(),
  tope: z.string(),
  puMn: z.string(),
  puUsd: z.string(),
  programa: z.string().nullable(),
  previo: z.string().nullable(),
  produccion: z.string().nullable(),
})

/** Names that the rows of production refer to by number. */
interface Nombres {
  readonly personas: ReadonlyMap<number, string>
  readonly cobros: ReadonlyMap<number, string>
}

async function nombresDelMes(bd: Conexion, idCarpeta: number | null): Promise<Nombres> {
  const leidos = await filas(
    bd,
    sql`SELECT 'persona' AS clase, u.id, ${AUTOR} AS texto FROM "user" u
        WHERE u.id IN (SELECT DISTINCT x.usuario_actualizacion FROM produccion x WHERE x.id_reporte_mensual = ${idCarpeta})
      UNION ALL SELECT 'cobro', e.id, e.clave FROM cat_estatus e WHERE e.nivel_afectacion = 3`,
    z.object({ clase: z.string(), id: col.id, texto: z.string() }),
  )
  const de = (clase: string) => new Map(leidos.filter((fila) => fila.clase === clase).map((f) => [f.id, f.texto]))
  return { personas: de('persona'), cobros: de('cobro') }
}

/** Production of the folder by concept, as JSON: one row per concept travels, whatever the days. */
function produccionDelMes(idCarpeta: number | null): Sql {
  return sql`SELECT x.id_concepto_consolidado AS id_concepto,
      json_agg(json_build_array(extract(day FROM x.fecha_produccion)::int, x.tipo_tiempo, x.id_sitio_produccion, x.volumen_produccion::text,
        x.es_excedente, x.id_estatus_cobro, ${ESTIMACIONES_CON_ESTATUS}, g.id_estatus, coalesce(${CON_EVIDENCIA}, false), coalesce(x.usuario_actualizacion, 0),
        floor(extract(epoch FROM x.fecha_actualizacion) * 1000)))::text AS filas
    FROM produccion x LEFT JOIN registro_generadores_pu g ON g.id_produccion = x.id
    WHERE x.id_reporte_mensual = ${idCarpeta}::bigint GROUP BY x.id_concepto_consolidado`
}

/** Every concept of a family with what it has in the month of a folder (null = there is none yet), in no particular order. */
export async function listarConceptosDelMes(
  bd: Conexion,
  lugar: Pick<LugarDeCaptura, 'idPrincipal' | 'mes' | 'anio'>,
  idCarpeta: number | null,
): Promise<ConceptoDelMes[]> {
  const { inicio } = limitesDelMes(lugar.mes, lugar.anio)
  const leidas = await filas(
    bd,
    sql`WITH mes AS (${produccionDelMes(idCarpeta)}),
      antes AS (
        SELECT x.id_concepto_consolidado AS id_concepto, sum(x.volumen_produccion)::text AS volumen
        FROM concepto_consolidado k JOIN produccion x ON x.id_concepto_consolidado = k.id
        WHERE k.id_ot = ${lugar.idPrincipal} AND x.fecha_produccion < ${inicio}::date GROUP BY x.id_concepto_consolidado
      )
      SELECT c.id_concepto AS "idConcepto", c.id_partida AS "idPartida", c.id_importacion AS version, c.en_vigor AS "enVigor",
        p.id_partida AS codigo, p.descripcion_concepto AS concepto, coalesce(nullif(p.anexo, ''), 'S/A') AS anexo, coalesce(u.clave, 'N/A') AS unidad,
        k.anexo AS "claveAnexo", k.codigo AS "claveCodigo", k.concepto AS "claveConcepto", c.tope::text, c.pu_mn::text AS "puMn",
        c.pu_usd::text AS "puUsd", g.volumenes::text AS programa, antes.volumen AS previo, mes.filas AS produccion
      FROM concepto_de_familia c JOIN concepto_consolidado k ON k.id = c.id_concepto JOIN partida_anexo_importada p ON p.id = c.id_partida
      LEFT JOIN unidad_medida u ON u.id = p.id_unidad_medida
      LEFT JOIN partida_proyectada g ON g.id_partida_anexo = c.id_partida AND g.mes = ${inicio}::date AND c.en_vigor
      LEFT JOIN mes ON mes.id_concepto = c.id_concepto LEFT JOIN antes ON antes.id_concepto = c.id_concepto
      WHERE c.id_ot = ${lugar.idPrincipal} LIMIT 50000`,
    FilaConcepto,
  )
  const nombres = await nombresDelMes(bd, idCarpeta)
  return leidas.map((fila) => concepto(fila, nombres))
}

function concepto(fila: z.output<typeof FilaConcepto>, nombres: Nombres): ConceptoDelMes {
  return {
    idConcepto: fila.idConcepto,
    idPartida: fila.idPartida,
    version: fila.version,
    enVigor: fila.enVigor,
    codigo: fila.codigo,
    concepto: fila.concepto,
    anexo: fila.anexo,
    unidad: fila.unidad,
    clave: { anexo: fila.claveAnexo, codigo: fila.claveCodigo, concepto: fila.claveConcepto },
    tope: aMicras(fila.tope),
    precios: { mn: aPrecio(fila.puMn), usd: aPrecio(fila.puUsd) },
    programa: fila.programa === null ? [] : fila.programa.slice(1, -1).split(',').map(aMicras),
    previo: aMicras(fila.previo),
    produccion: fila.produccion === null ? [] : producciones(fila.produccion, nombres),
  }
}

function producciones(json: string, { personas, cobros }: Nombres): ConceptoDelMes['produccion'] {
  return z
    .array(Produccion)
    .parse(JSON.parse(json))
    .map(([dia, tipo, sitio, volumen, excedente, cobro, estimada, gpu, conEvidencia, persona, instante]) => ({
      dia,
      tipo,
      sitio,
      micras: aMicras(volumen),
      excedente,
      cobro: cobros.get(cobro) ?? '',
      estimada,
      gpu,
      conEvidencia,
      usuario: personas.get(persona) ?? 'Sistema',
      fecha: new Date(instante),
    }))
}
