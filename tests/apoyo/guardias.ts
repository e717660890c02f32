import type pg from 'pg'

let creados = 0

/** A superintendent of a site, active unless told, with a name of its own; returns its id. */
export async function crearSuperintendente(
  pool: pg.Pool,
  idSitio: number,
  { nombre, color = '#3498db', activo = true }: { nombre?: string; color?: string; activo?: boolean } = {},
): Promise<number> {
  creados += 1
  const { rows } = await pool.query<{ id: string }>(
    'INSERT INTO superintendente (nombre, sitio_asignado, color, activo) VALUES ($1, $2, $3, $4) RETURNING id',
    [nombre ?? `Superintendente ${String(creados)}`, idSitio, color, activo],
  )
  return Number(rows[0]?.id)
}
