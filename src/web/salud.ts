import type { RequestHandler } from 'express'
import type { Conexion } from '../plataforma/bd.ts'

/** `/salud` (contract.md §3): 200 while the database answers, 503 while it does not, and back by itself. */
export function salud(conexion: Conexion, version: string): RequestHandler {
  return async (_req, res) => {
    const viva = await conexion.pool.query('SELECT 1').then(
      () => true,
      () => false,
    )
    res
      .status(viva ? 200 : 503)
      .setHeader('Cache-Control', 'no-store')
      .json({ estado: viva ? 'ok' : 'degradado', base_datos: viva ? 'ok' : 'sin conexión', version })
  }
}
