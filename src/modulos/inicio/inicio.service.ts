import { tienePermiso, type Contexto } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { actividadReciente } from '../auditoria/index.ts'
import type { PaginaInicio, TarjetaDeModulo } from './inicio.contrato.ts'
import { MODULOS } from './inicio.modulos.ts'
import * as repo from './inicio.repo.ts'
import { tarjetaDe, vistaInicio } from './inicio.vista.ts'

const ACTIVIDAD_RECIENTE = 4

/** What the person may see of the state of the company, in a number of queries that does not depend on its size (core.md §7). */
export async function verInicio(ctx: Contexto): Promise<PaginaInicio> {
  const ve = {
    pte: tienePermiso(ctx, 'operaciones.view_pteheader'),
    ot: tienePermiso(ctx, 'operaciones.view_ote'),
    concepto: tienePermiso(ctx, 'operaciones.view_conceptomaestro'),
    actividad: tienePermiso(ctx, 'operaciones.view_registroactividad'),
  }
  const [ptes, ots, conTermino, vencidas, tocados, actividad] = await Promise.all([
    ve.pte ? repo.contarPtes(ctx) : null,
    ve.ot ? repo.contarOts(ctx) : null,
    ve.ot ? repo.listarConTermino(ctx) : [],
    ve.pte || ve.ot ? repo.buscarVencidas(ctx, ve) : null,
    ctx.usuario ? repo.listarTocados(ctx, ctx.usuario.id) : [],
    ve.actividad ? actividadReciente(ctx, ACTIVIDAD_RECIENTE) : null,
  ])
  return vistaInicio(
    { ptes, ots, conTermino, vencidas, tocados: tocados.filter(({ clase }) => ve[clase]), actividad },
    ctx.hoy,
  )
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
