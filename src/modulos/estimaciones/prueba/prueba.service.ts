/** The proof of an estimation (issue D §2): live while it is a draft, kept when it is sent. */
import { conMiles, textoPlano } from '../../../comun/dinero.ts'
import { Conflicto } from '../../../comun/errores.ts'
import type { CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import { descuadradas, diferenciaDe } from './prueba.reglas.ts'
import * as repo from './prueba.repo.ts'
import type { FilaDePrueba, Prueba } from './prueba.tipos.ts'

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

/** `5.1. por -2.5`: which concept, and by how much. */
export function textoDeDescuadre(fila: FilaDePrueba): string {
  const diferencia = textoPlano(diferenciaDe(fila), 6).replace(/\.?0+$/, '')
  return `${fila.codigo} (anexo ${fila.anexo}) por ${conMiles(diferencia)} ${fila.unidad}`
}

/**
 * Keeps the proof of an estimation that has just been sent, or that lost a line while it was sent.
 * @throws Conflicto when some concept does not balance.
 */
export async function guardarPrueba(tx: CtxTx, id: number): Promise<void> {
  const mal = descuadradas(await pruebaDeHoy(tx, id))
  if (mal.length > 0)
    throw new Conflicto(
      `La prueba no cuadra: ${mal.slice(0, 5).map(textoDeDescuadre).join('; ')}${mal.length > 5 ? `; y ${String(mal.length - 5)} más` : ''}. Avisa a quien administra el sistema.`,
    )
  await repo.insertarPrueba(tx, id)
}
