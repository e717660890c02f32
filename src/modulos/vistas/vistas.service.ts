import { Conflicto, NoEncontrado, SesionExpirada } from '../../comun/errores.ts'
import type { Contexto } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { borrarVista, insertarVista, listarVistas } from './vistas.repo.ts'
import { MAXIMO_VISTAS, type VistaGuardada } from './vistas.tipos.ts'

function quien(ctx: Contexto): number {
  if (!ctx.usuario) throw new SesionExpirada()
  return ctx.usuario.id
}

/** The views that the person keeps of a table, by name. */
export function verVistas(ctx: Contexto, tabla: string): Promise<VistaGuardada[]> {
  return listarVistas(ctx.bd, quien(ctx), tabla)
}

/**
 * Keeps a view under a name; returns its id.
 * @throws Conflicto when the person has one with that name, or too many.
 */
export async function guardarVista(
  ctx: Contexto,
  datos: { tabla: string; nombre: string; estado: string },
): Promise<number> {
  const usuarioId = quien(ctx)
  const guardadas = await listarVistas(ctx.bd, usuarioId, datos.tabla)
  if (guardadas.length >= MAXIMO_VISTAS)
    throw new Conflicto(`Ya tienes ${MAXIMO_VISTAS} vistas guardadas. Elimina alguna para guardar otra.`)
  return conTransaccion(ctx, (tx) => insertarVista(tx, usuarioId, datos))
}

/** @throws NoEncontrado when it does not exist or is somebody else's. */
export async function eliminarVista(ctx: Contexto, id: number): Promise<void> {
  const usuarioId = quien(ctx)
  const borrada = await conTransaccion(ctx, (tx) => borrarVista(tx, usuarioId, id))
  if (!borrada) throw new NoEncontrado('La vista ya no existe.')
}
