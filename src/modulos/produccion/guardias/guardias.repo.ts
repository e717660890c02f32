import { z } from 'zod'
import type { FechaIso } from '../../../comun/fechas.ts'
import { ejecutar, filas, unaFila, type Bd, type BdTx } from '../../../plataforma/bd.ts'
import { col } from '../../../plataforma/columnas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import { sql, VACIO } from '../../../plataforma/sql.ts'
import type { Ciclo, CicloGuardado } from './guardias.tipos.ts'

const FilaCiclo = z
  .object({
    id: col.id,
    id_sitio: col.id,
    sitio: col.texto,
    super_a: col.id,
    nombre_a: col.texto,
    color_a: col.texto,
    super_b: col.id,
    nombre_b: col.texto,
    color_b: col.texto,
    fecha_inicio_super_a: col.fecha,
    dias_ciclo: col.entero,
    vigente_desde: col.fecha,
    usuario: col.textoN,
    fecha: col.instante,
  })
  .transform((fila): CicloGuardado => ({
    id: fila.id,
    idSitio: fila.id_sitio,
    sitio: fila.sitio,
    a: { id: fila.super_a, nombre: fila.nombre_a, color: fila.color_a },
    b: { id: fila.super_b, nombre: fila.nombre_b, color: fila.color_b },
    inicioA: fila.fecha_inicio_super_a,
    dias: fila.dias_ciclo,
    vigenteDesde: fila.vigente_desde,
    usuario: fila.usuario,
    fecha: fila.fecha,
  }))

/** Configurations of a site, or of every site with one; newest first inside each. */
export function listarCiclos(bd: Bd | BdTx, idSitio: number | null): Promise<CicloGuardado[]> {
  const deSitio = idSitio === null ? VACIO : sql`WHERE g.id_sitio = ${idSitio}`
  return filas(
    bd,
    sql`SELECT g.id, g.id_sitio, s.descripcion AS sitio, g.super_a, a.nombre AS nombre_a, a.color AS color_a,
        g.super_b, b.nombre AS nombre_b, b.color AS color_b, g.fecha_inicio_super_a, g.dias_ciclo, g.vigente_desde,
        coalesce(nullif(btrim(concat_ws(' ', u.first_name, u.last_name)), ''), u.username) AS usuario, g.fecha
      FROM guardias g
        JOIN sitio s ON s.id = g.id_sitio
        JOIN superintendente a ON a.id = g.super_a
        JOIN superintendente b ON b.id = g.super_b
        LEFT JOIN "user" u ON u.id = g.id_usuario
      ${deSitio}
      ORDER BY texto_clave(s.descripcion), g.id_sitio, g.vigente_desde DESC LIMIT 5000`,
    FilaCiclo,
  )
}

/** Two changes of the guards of a site go one after the other. */
export async function bloquearSitio(ctx: CtxTx, idSitio: number): Promise<void> {
  await ejecutar(ctx.bd, sql`SELECT 1 FROM sitio WHERE id = ${idSitio} FOR NO KEY UPDATE`)
}

/** Stores a configuration from its day on; returns its id. */
export async function insertarCiclo(ctx: CtxTx, idSitio: number, ciclo: Ciclo): Promise<number> {
  const fila = await unaFila(
    ctx.bd,
    sql`INSERT INTO guardias (id_sitio, super_a, super_b, fecha_inicio_super_a, dias_ciclo, vigente_desde, id_usuario, fecha)
      VALUES (${idSitio}, ${ciclo.a.id}, ${ciclo.b.id}, ${ciclo.inicioA}::date, ${ciclo.dias}, ${ciclo.vigenteDesde}::date, ${ctx.usuario?.id ?? null}, ${ctx.ahora})
      RETURNING id`,
    z.object({ id: col.id }),
  )
  if (!fila) throw new Error('The insert of the guard cycle returned no id')
  return fila.id
}

/** Takes away the configurations that one from that day on replaces. */
export async function borrarCiclosDesde(ctx: CtxTx, idSitio: number, dia: FechaIso): Promise<void> {
  await ejecutar(ctx.bd, sql`DELETE FROM guardias WHERE id_sitio = ${idSitio} AND vigente_desde >= ${dia}::date`)
}
