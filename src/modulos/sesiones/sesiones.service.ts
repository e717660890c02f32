import { createHash } from 'node:crypto'
import { NoEncontrado, SesionExpirada } from '../../comun/errores.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx, Usuario } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import { describirNavegador } from './sesiones.reglas.ts'
import { borrarSesiones, borrarSesionesExcepto, listarSesiones } from './sesiones.repo.ts'
import type { SesionAbierta, Vigencia } from './sesiones.tipos.ts'

const claveDe = (sid: string): string => createHash('sha256').update(sid).digest('hex').slice(0, 32)

/** Open sessions of the person of the context; those whose time is over are not shown. */
export async function misSesiones(ctx: CtxLectura, actual: string, vigencia: Vigencia): Promise<SesionAbierta[]> {
  const abiertas = await listarSesiones(ctx.bd, quien(ctx).id)
  return abiertas
    .filter(
      ({ sid, inicio, ultima }) =>
        sid === actual || (ultima >= vigencia.actividadDesde && inicio >= vigencia.inicioDesde),
    )
    .map(({ sid, agente, ip, inicio, ultima }) => ({
      clave: claveDe(sid),
      esActual: sid === actual,
      agente,
      ip,
      inicio,
      ultimaActividad: ultima,
    }))
    .sort((a, b) => Number(b.esActual) - Number(a.esActual))
}

/**
 * Ends one session of the own ones.
 * @throws NoEncontrado when it is over, or it is nobody's or somebody else's.
 */
export async function cerrarUnaSesion(ctx: Contexto, clave: string): Promise<void> {
  const usuario = quien(ctx)
  await conTransaccion(ctx, async (tx) => {
    const elegida = (await listarSesiones(tx.bd, usuario.id)).find(({ sid }) => claveDe(sid) === clave)
    if (!elegida || (await borrarSesiones(tx, usuario.id, [elegida.sid])) === 0)
      throw new NoEncontrado('Esa sesión ya no está abierta. Actualiza la página.')
    await anotar(tx, usuario, `sesión abierta en ${describirNavegador(elegida.agente)}: ${usuario.username}`)
  })
}

/** Ends every own session but this one; returns how many. */
export function cerrarMisOtrasSesiones(ctx: Contexto, actual: string): Promise<number> {
  const usuario = quien(ctx)
  return conTransaccion(ctx, async (tx) => {
    const cuantas = await borrarSesionesExcepto(tx, usuario.id, actual)
    await anotar(tx, usuario, `${plural(cuantas, 'otra sesión', 'otras sesiones')}: ${usuario.username}`)
    return cuantas
  })
}

/** Ends the sessions of a person in the transaction of what causes it, which writes it in the log. */
export async function cerrarSesionesDe(ctx: CtxTx, usuarioId: number, excepto: string | null = null): Promise<number> {
  return borrarSesionesExcepto(ctx, usuarioId, excepto)
}

function quien({ usuario }: Pick<CtxLectura, 'usuario'>): Usuario {
  if (!usuario) throw new SesionExpirada()
  return usuario
}

function anotar(ctx: CtxTx, { id }: Usuario, detalle: string): Promise<void> {
  return registrarEvento(ctx, {
    tabla: TABLA_LOG.SESION,
    registroId: id,
    evento: 'CERRAR SESION',
    campo: 'Cerró',
    detalle,
  })
}
