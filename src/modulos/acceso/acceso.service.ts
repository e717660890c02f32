import { recortar } from '../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { cifrarClave, verificarClave, verificarEnVano } from '../../plataforma/cripto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { TABLA_LOG, registrarEvento } from '../auditoria/index.ts'
import { anotarAcceso, cargarUsuario, listarCuentasDeAcceso, type CuentaDeAcceso } from '../usuarios/index.ts'
import {
  actualizarIntentoExitoso,
  bloquearIntentos,
  borrarIntentosAntiguos,
  estaBloqueado,
  insertarIntento,
} from './acceso.repo.ts'
import { BLOQUEO, type ResultadoDeAcceso } from './acceso.tipos.ts'

/**
 * Judges a user name (or e-mail) and a password (core.md §3): user name exactly, then e-mail whatever its case when only
 * one active person has it; lockout by account and by address; the same time and the same sentence whichever part was
 * wrong; everything audited, never the password.
 */
export async function iniciarSesion(ctx: Contexto, escrito: string, clave: string): Promise<ResultadoDeAcceso> {
  const cuentas = await listarCuentasDeAcceso(ctx.bd, escrito)
  // By the person it means, so that guessing by name and by e-mail is one series.
  const cuenta = (cuentas[0]?.username ?? escrito).toLowerCase()
  const direccion = ctx.ip ?? ''
  const intento = await conTransaccion(ctx, async (tx) => {
    await bloquearIntentos(tx, cuenta, direccion)
    const { ventanaMs } = BLOQUEO
    const bloqueado =
      (await estaBloqueado(tx, { cuenta }, { maximo: BLOQUEO.porCuenta, ventanaMs })) ||
      (await estaBloqueado(tx, { direccion }, { maximo: BLOQUEO.porDireccion, ventanaMs }))
    // A refused attempt is not one more failure: otherwise an insistent page would never be let in again.
    return bloqueado ? null : insertarIntento(tx, cuenta, direccion)
  })
  if (intento === null) return { clase: 'bloqueado' }
  const hallada = await buscarCoincidencia(cuentas, clave)
  const cargado = hallada ? await cargarUsuario(ctx.bd, hallada.id) : null
  if (!hallada || !cargado) {
    await conTransaccion(ctx, (tx) => registrarAcceso(tx, 0, 'Falló', `con el usuario: ${recortar(escrito, 150)}`))
    return { clase: 'incorrecto' }
  }
  const renovada = hallada.renovar ? await cifrarClave(clave) : null
  await conTransaccion({ ...ctx, ...cargado }, async (tx) => {
    await actualizarIntentoExitoso(tx, intento)
    await borrarIntentosAntiguos(tx)
    await anotarAcceso(tx, hallada.id, renovada)
    await registrarAcceso(tx, hallada.id, 'Inició', `sesión: ${cargado.usuario.username}`)
  })
  return { clase: 'correcto', usuarioId: hallada.id }
}

async function buscarCoincidencia(
  cuentas: readonly CuentaDeAcceso[],
  clave: string,
): Promise<{ id: number; renovar: boolean } | null> {
  if (cuentas.length === 0) await verificarEnVano(clave)
  for (const { id, clave: guardada } of cuentas) {
    const { correcta, renovar } = await verificarClave(guardada, clave)
    if (correcta) return { id, renovar }
  }
  return null
}

function registrarAcceso(ctx: CtxTx, usuarioId: number, resultado: 'Falló' | 'Inició', detalle: string): Promise<void> {
  return registrarEvento(ctx, {
    tabla: TABLA_LOG.SESION,
    registroId: usuarioId,
    evento: 'INICIAR SESION',
    campo: resultado,
    detalle,
  })
}

/** Leaves note that a person went out by their own will. */
export async function cerrarSesion(ctx: Contexto): Promise<void> {
  const { usuario } = ctx
  if (!usuario) return
  await conTransaccion(ctx, (tx) => registrarSalida(tx, usuario.id, 'Cerró', `sesión: ${usuario.username}`))
}

/** Leaves note that a session ended for lack of activity or for its age, under the name of its person. */
export async function registrarExpiracion(ctx: Contexto, usuarioId: number): Promise<void> {
  const cargado = await cargarUsuario(ctx.bd, usuarioId)
  const deQuien = cargado ? { ...ctx, ...cargado } : ctx
  await conTransaccion(deQuien, (tx) =>
    registrarSalida(tx, usuarioId, 'Expiró', `sesión: ${cargado?.usuario.username ?? 'usuario inactivo'}`),
  )
}

function registrarSalida(ctx: CtxTx, usuarioId: number, resultado: 'Cerró' | 'Expiró', detalle: string): Promise<void> {
  return registrarEvento(ctx, {
    tabla: TABLA_LOG.SESION,
    registroId: usuarioId,
    evento: 'CERRAR SESION',
    campo: resultado,
    detalle,
  })
}
