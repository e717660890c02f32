/** The proof of an estimation (issue D §2, decision 0034): live while it is a draft, kept when it is sent. */
import { Conflicto } from '../../../comun/errores.ts'
import type { CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import * as repo from './prueba.repo.ts'
import type { Prueba } from './prueba.tipos.ts'
import { avisoDeDescuadre } from './prueba.vista.ts'

const pruebaDeHoy = async ({ bd }: CtxLectura, id: number): Promise<Prueba> => ({
  filas: await repo.listarPruebaDeHoy(bd, id),
  sinProduccion: await repo.contarSinProduccion(bd, id),
})

/** The proof of an estimation: that of now for a draft, that of its sending otherwise; null when none was kept. */
export async function pruebaDe(ctx: CtxLectura, { id, estatus }: Estimacion): Promise<Prueba | null> {
  if (estatus === 'EN_ESTIMACION') return pruebaDeHoy(ctx, id)
  const sinProduccion = await repo.buscarSinProduccionGuardado(ctx.bd, id)
  return sinProduccion && { filas: await repo.listarPruebaGuardada(ctx.bd, id), sinProduccion }
}

/**
 * Keeps the proof of an estimation that has just been sent, or that lost a line while it was sent.
 * @throws Conflicto when some concept does not balance.
 */
export async function guardarPrueba(tx: CtxTx, id: number): Promise<void> {
  const prueba = await pruebaDeHoy(tx, id)
  const aviso = avisoDeDescuadre(prueba)
  if (aviso !== null)
    throw new Conflicto(`${aviso} Así no se puede enviar ni quitar una línea: avisa a quien administra el sistema.`)
  await repo.insertarPrueba(tx, id, prueba)
}
