import { tienePermiso, type Contexto } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { actividadReciente } from '../auditoria/index.ts'
import type { PaginaInicio, TarjetaDeModulo } from './inicio.contrato.ts'
import { MODULOS } from './inicio.modulos.ts'
import * as repo from './inicio.repo.ts'
import { tarjetaDe, vistaInicio, vistaPendientes } from './inicio.vista.ts'

const ACTIVIDAD_RECIENTE = 4

/** What of the start pages the person may see. */
function vistosPor(ctx: Contexto): { pte: boolean; ot: boolean; concepto: boolean; actividad: boolean } {
  return {
    pte: tienePermiso(ctx, 'operaciones.view_pteheader'),
    ot: tienePermiso(ctx, 'operaciones.view_ote'),
    concepto: tienePermiso(ctx, 'operaciones.view_conceptomaestro'),
    actividad: tienePermiso(ctx, 'operaciones.view_registroactividad'),
  }
}

/** What waits for somebody and what this person touched last: the part that both start pages show. */
export async function verPendientes(ctx: Contexto): Promise<Pick<PaginaInicio, 'pelota' | 'tocados'>> {
  const ve = vistosPor(ctx)
  const [vencidas, tocados] = await Promise.all([
    ve.pte || ve.ot ? repo.buscarVencidas(ctx, ve) : null,
    ctx.usuario ? repo.listarTocados(ctx, ctx.usuario.id) : [],
  ])
  return vistaPendientes(
    vencidas,
    tocados.filter(({ clase }) => ve[clase]),
    ctx.hoy,
  )
}

/** What the person may see of the state of the company, in a number of queries that does not depend on its size (core.md §7). */
export async function verInicio(ctx: Contexto): Promise<PaginaInicio> {
  const ve = vistosPor(ctx)
  const [ptes, ots, conTermino, pendientes, actividad] = await Promise.all([
    ve.pte ? repo.contarPtes(ctx) : null,
    ve.ot ? repo.contarOts(ctx) : null,
    ve.ot ? repo.listarConTermino(ctx) : [],
    verPendientes(ctx),
    ve.actividad ? actividadReciente(ctx, ACTIVIDAD_RECIENTE) : null,
  ])
  return { ...vistaInicio({ ptes, ots, conTermino, actividad }, ctx.hoy), ...pendientes }
}

/**
 * The modules of the first page: active, with an address, and of which the person may see at least something
 * (core.md §6).
 */
export async function modulosVisibles(ctx: Contexto): Promise<TarjetaDeModulo[]> {
  const modulos = await repo.listarModulos(ctx)
  const veAlgo = (app: string): boolean =>
    ctx.usuario?.esSuperusuario === true || [...ctx.permisos].some((codigo) => codigo.startsWith(`${app}.view_`))
  return modulos.filter(({ app_name }) => veAlgo(app_name)).map(tarjetaDe)
}

/** Registers the modules that are missing; those that exist are never changed (core.md §16.18). */
export async function inicializarModulos(ctx: Contexto): Promise<{ app_name: string; nuevo: boolean }[]> {
  const nuevos = await conTransaccion(ctx, (tx) => repo.insertarModulosFaltantes(tx, MODULOS))
  return MODULOS.map(({ app_name }) => ({ app_name, nuevo: nuevos.has(app_name) }))
}
