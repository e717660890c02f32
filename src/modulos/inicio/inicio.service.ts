import { tienePermiso, type Contexto } from '../../plataforma/contexto.ts'
import type { PaginaInicio } from './inicio.contrato.ts'
import { contarOts, listarConTermino } from './inicio.repo.ts'
import { vistaInicio } from './inicio.vista.ts'

/** What the person may see of the state of the company, in two queries whatever its size (core.md §7). */
export async function verInicio(ctx: Contexto): Promise<PaginaInicio> {
  if (!tienePermiso(ctx, 'operaciones.view_ote')) return { ot: null }
  const [conteos, conTermino] = await Promise.all([contarOts(ctx), listarConTermino(ctx)])
  return vistaInicio(conteos, conTermino, ctx.hoy)
}
