import { tienePermiso, type CtxLectura } from '../../plataforma/contexto.ts'
import { listarDetalle, type DetalleLeido } from './consultas.repo.ts'
import { transicionesPosibles } from './estimaciones.reglas.ts'
import { agruparPorConcepto, type ConceptoEstimado } from './importes.contrato.ts'
import { deduccionesConNeto, type DeduccionesConNeto } from './deducciones/deducciones.service.ts'
import { obtenerEstimacion } from './cambios.service.ts'
import type { Estimacion, EstatusEstimacion } from './estimaciones.tipos.ts'

/** A header with where it may go for this person. @throws NoEncontrado. */
export async function verEstimacion(
  ctx: CtxLectura,
  id: number | null | undefined,
): Promise<{ estimacion: Estimacion; transiciones: EstatusEstimacion[]; deducciones: DeduccionesConNeto }> {
  const estimacion = await obtenerEstimacion(ctx, id)
  const transiciones = transicionesPosibles(estimacion.estatus, (permiso) => tienePermiso(ctx, permiso))
  return { estimacion, transiciones, deducciones: await deduccionesConNeto(ctx, estimacion) }
}

/** Every line of an estimation, and its live ones by concept. @throws NoEncontrado. */
export async function verDetalle(
  ctx: CtxLectura,
  id: number | null | undefined,
): Promise<{ estimacion: Estimacion; detalle: DetalleLeido[]; conceptos: ConceptoEstimado[] }> {
  const estimacion = await obtenerEstimacion(ctx, id)
  const detalle = await listarDetalle(ctx.bd, estimacion.id)
  return { estimacion, detalle, conceptos: agruparPorConcepto(detalle.filter(({ rechazada }) => !rechazada)) }
}
