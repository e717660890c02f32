/** One-time links with which a person chooses a password: never a temporary password (settled.md §5). */
import { createHash, randomBytes } from 'node:crypto'
import { instanteLocal } from '../../../comun/fechas.ts'
import { Conflicto } from '../../../comun/errores.ts'
import { encolar } from '../../../plataforma/cola.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import { cifrarClave } from '../../../plataforma/cripto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { encolarCorreo } from '../../correo/index.ts'
import { cerrarSesionesDe } from '../../sesiones/index.ts'
import { buscarCuenta } from '../cuentas/cuentas.repo.ts'
import { faltasDeClave, rechazarFaltas } from '../usuarios.reglas.ts'
import { actualizarClave, cargarUsuario } from '../usuarios.repo.ts'
import type { Cuenta, EnvioDeEnlace } from '../usuarios.tipos.ts'
import {
  anularEnlaces,
  buscarEnlaceVivo,
  buscarPorCorreo,
  contarOlvidos,
  gastarEnlace,
  insertarEnlace,
  type MotivoDeEnlace,
} from './enlaces.repo.ts'
import { RECUPERAR_CLAVE } from './enlaces.tipos.ts'

const HORA_MS = 60 * 60_000
/** How long each kind opens: who forgot is waiting for it; who was just hired may begin after a weekend. */
const DURACION_MS: Readonly<Record<MotivoDeEnlace, number>> = {
  olvido: HORA_MS / 2,
  restablecer: 24 * HORA_MS,
  alta: 72 * HORA_MS,
}
const ASUNTO: Readonly<Record<MotivoDeEnlace, string>> = {
  olvido: 'Recupera tu acceso a SASCOP',
  restablecer: 'Elige una contraseña nueva para SASCOP',
  alta: 'Tu cuenta de SASCOP: elige tu contraseña',
}
/** Links of one person asked from the login in one hour; the rest are ignored without saying so. */
const OLVIDOS_POR_HORA = 3

/** A link just made. */
export interface EnlaceCreado {
  /** The address, only when no mail takes it to the person: it is shown once to who asked for it. */
  readonly enlace: string | null
  readonly vence: Date
  /** Address it was sent to; null when nobody was written to. */
  readonly enviadoA: string | null
}

const huellaDe = (token: string): string => createHash('sha256').update(token).digest('hex')

/** Makes the only live link of a person, audited, and queues its mail, all in the transaction of the action. */
export async function crearEnlace(
  ctx: CtxTx,
  cuenta: Pick<Cuenta, 'id' | 'username' | 'firstName' | 'lastName' | 'email'>,
  motivo: MotivoDeEnlace,
  { dominio, hayServidor }: EnvioDeEnlace,
): Promise<EnlaceCreado> {
  const token = randomBytes(32).toString('base64url')
  const vence = new Date(ctx.ahora.getTime() + DURACION_MS[motivo])
  await anularEnlaces(ctx, cuenta.id)
  await insertarEnlace(ctx, { usuarioId: cuenta.id, huella: huellaDe(token), motivo, vence })
  const enlace = `${dominio}/accounts/clave/${token}/`
  const nombre = `${cuenta.firstName} ${cuenta.lastName}`.trim() || cuenta.username
  const correo = await encolarCorreo(ctx, {
    plantilla: 'enlace-clave',
    asunto: ASUNTO[motivo],
    contexto: { nombre, username: cuenta.username, motivo, enlace, vence: instanteLocal(vence).slice(0, 16) },
    destinatarios: [cuenta.email],
  })
  await registrarEvento(ctx, {
    tabla: TABLA_LOG.USUARIO,
    registroId: cuenta.id,
    evento: 'CREAR',
    campo: 'Creó',
    detalle: `un enlace de un solo uso para la contraseña del usuario: ${cuenta.username}`,
  })
  return {
    enlace: hayServidor && correo !== null ? null : enlace,
    vence,
    enviadoA: correo === null ? null : cuenta.email,
  }
}

/** Whether a token opens now. Unknown, used, voided, late or of an inactive account are all the same «no». */
export async function enlaceSirve(ctx: Contexto, token: string): Promise<boolean> {
  return (await buscarEnlaceVivo(ctx.bd, huellaDe(token), ctx.ahora)) !== null
}

/**
 * Stores the password that the person of the link chose, spends the link and ends every session of theirs.
 * @throws Conflicto when the link does not open; DatosInvalidos with the fields.
 */
export async function usarEnlace(
  ctx: Contexto,
  token: string,
  datos: { clave: string; confirmacion: string },
): Promise<void> {
  const enlace = await buscarEnlaceVivo(ctx.bd, huellaDe(token), ctx.ahora)
  const cuenta = enlace && (await buscarCuenta(ctx.bd, enlace.usuarioId))
  const cargado = enlace && (await cargarUsuario(ctx.bd, enlace.usuarioId))
  if (!cuenta || !cargado) throw enlaceGastado()
  rechazarFaltas(faltasDeClave(datos.clave, datos.confirmacion, cuenta))
  const cifrada = await cifrarClave(datos.clave)
  // It is the person of the link who acts, whoever is logged in on that browser.
  await conTransaccion({ ...ctx, ...cargado }, async (tx) => {
    if (!(await gastarEnlace(tx, enlace.id))) throw enlaceGastado()
    await actualizarClave(tx, cuenta.id, cifrada)
    await cerrarSesionesDe(tx, cuenta.id)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.USUARIO,
      registroId: cuenta.id,
      evento: 'MODIFICAR',
      campo: 'Contraseña',
      campoClave: 'password',
      detalle: `del usuario: ${cuenta.username}, con un enlace de un solo uso`,
    })
  })
}

function enlaceGastado(): Conflicto {
  return new Conflicto('El enlace ya no sirve. Pide uno nuevo.')
}

/**
 * Queues the search of who forgot: the answer takes the same whether the account exists or not (core.md §3).
 */
export function pedirRecuperacion(ctx: Contexto, correo: string, envio: EnvioDeEnlace): Promise<void> {
  return conTransaccion(ctx, (tx) => encolar(tx, RECUPERAR_CLAVE, { correo, ...envio }))
}

/** The work behind `pedirRecuperacion`: a link for the only active account with that e-mail, if there is one. */
export async function recuperarClave(ctx: Contexto, correo: string, envio: EnvioDeEnlace): Promise<void> {
  const id = await buscarPorCorreo(ctx.bd, correo)
  const cuenta = id === null ? null : await buscarCuenta(ctx.bd, id)
  if (!cuenta) return
  const haceUnaHora = new Date(ctx.ahora.getTime() - HORA_MS)
  if ((await contarOlvidos(ctx.bd, cuenta.id, haceUnaHora)) >= OLVIDOS_POR_HORA) return
  await conTransaccion(ctx, (tx) => crearEnlace(tx, cuenta, 'olvido', envio))
}
