/** Personal tokens of the API: made and revoked by their person, stored as a hash, shown once (issue B §7). */
import { createHash, randomBytes } from 'node:crypto'
import { Conflicto, DatosInvalidos, NoEncontrado, SesionExpirada } from '../../comun/errores.ts'
import { tienePermiso, type Contexto, type CtxTx, type Usuario } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { TABLA_LOG, registrarEvento } from '../auditoria/index.ts'
import { cargarUsuario } from '../usuarios/index.ts'
import { alcancesPosibles, formarToken, pareceToken, permisosDeToken, prefijoDe } from './tokens.reglas.ts'
import * as repo from './tokens.repo.ts'
import { ALCANCES, DIAS_DE_VIDA, MAXIMO_POR_PERSONA, type Alcance, type TokenGuardado } from './tokens.tipos.ts'

const DIA_MS = 86_400_000

const huellaDe = (token: string): string => createHash('sha256').update(token).digest('hex')

function persona(ctx: Contexto): Usuario {
  if (!ctx.usuario) throw new SesionExpirada()
  return ctx.usuario
}

/** The tokens of the person, and what a new one of theirs may carry. */
export async function misTokens(ctx: Contexto): Promise<{ tokens: TokenGuardado[]; posibles: Alcance[] }> {
  return {
    tokens: await repo.listarTokens(ctx.bd, persona(ctx).id),
    posibles: alcancesPosibles(ALCANCES, (codigo) => tienePermiso(ctx, codigo)),
  }
}

/**
 * Makes a token.
 * @param datos.alcances permission codes among those that the person holds and the API reads; `dias` of DIAS_DE_VIDA.
 * @returns the whole token, which is never seen again, and its id.
 * @throws DatosInvalidos with the fields; Conflicto when the name is taken or there are too many.
 */
export async function crearToken(
  ctx: Contexto,
  datos: { nombre: string | null; alcances: readonly string[]; dias: number | null },
): Promise<{ id: number; token: string }> {
  const usuario = persona(ctx)
  const { nombre, alcances, dias } = validar(ctx, datos)
  const token = formarToken(randomBytes(32))
  const caducaEn = new Date(ctx.ahora.getTime() + dias * DIA_MS)
  return conTransaccion(ctx, async (tx) => {
    if ((await repo.contarVigentes(tx, usuario.id)) >= MAXIMO_POR_PERSONA)
      throw new Conflicto(`Ya tienes ${String(MAXIMO_POR_PERSONA)} tokens vigentes. Revoca alguno que no uses.`)
    const prefijo = prefijoDe(token)
    const id = await repo.insertarToken(tx, {
      usuarioId: usuario.id,
      nombre,
      prefijo,
      huella: huellaDe(token),
      alcances,
      caducaEn,
    })
    await anotar(tx, usuario, 'CREAR', 'Creó', `el token «${nombre}» (${prefijo}…) de: ${usuario.username}`, alcances)
    return { id, token }
  })
}

function validar(
  ctx: Contexto,
  { nombre, alcances, dias }: { nombre: string | null; alcances: readonly string[]; dias: number | null },
): { nombre: string; alcances: string[]; dias: number } {
  const campos: Record<string, string> = {}
  const posibles = new Set(
    alcancesPosibles(ALCANCES, (codigo) => tienePermiso(ctx, codigo)).map(({ codigo }) => codigo),
  )
  if (nombre === null) campos['nombre'] = 'Escribe un nombre para el token.'
  if (alcances.length === 0) campos['alcances'] = 'Elige al menos una cosa que el token pueda leer.'
  else if (!alcances.every((codigo) => posibles.has(codigo)))
    campos['alcances'] = 'Elige solo entre lo que tú puedes leer.'
  if (!(DIAS_DE_VIDA as readonly (number | null)[]).includes(dias))
    campos['dias'] = `La vigencia debe ser de ${DIAS_DE_VIDA.join(', ')} días.`
  const [primero] = Object.values(campos)
  if (primero !== undefined || nombre === null || dias === null)
    throw new DatosInvalidos(primero ?? 'Revisa los datos del token.', { campos })
  return { nombre, alcances: [...new Set(alcances)], dias }
}

/**
 * Revokes a token of the person, at once.
 * @throws NoEncontrado when it is not theirs; Conflicto when it was revoked already.
 */
export async function revocarToken(ctx: Contexto, id: number | null): Promise<void> {
  const usuario = persona(ctx)
  await conTransaccion(ctx, async (tx) => {
    const token = id === null ? null : await repo.bloquearToken(tx, usuario.id, id)
    if (!token) throw new NoEncontrado('Ese token no existe o no es tuyo.')
    if (token.revocadoEn !== null) throw new Conflicto('Ese token ya estaba revocado.')
    await repo.actualizarRevocado(tx, token.id)
    const detalle = `el token «${token.nombre}» (${token.prefijo}…) de: ${usuario.username}`
    await anotar(tx, usuario, 'ELIMINAR', 'Revocó', detalle, token.alcances)
  })
}

function anotar(
  tx: CtxTx,
  { id }: Usuario,
  evento: 'CREAR' | 'ELIMINAR',
  campo: string,
  detalle: string,
  alcances: readonly string[],
): Promise<void> {
  const valor = alcances.join(', ')
  return registrarEvento(tx, {
    tabla: TABLA_LOG.USUARIO,
    registroId: id,
    evento,
    campo,
    ...(evento === 'CREAR' ? { actual: valor } : { anterior: valor }),
    detalle,
  })
}

/** Who comes with a token and what they may do with it; null when it opens nothing (unknown, expired, revoked, inactive person). */
export async function portadorDe(
  ctx: Contexto,
  token: string,
): Promise<{ tokenId: number; usuario: Usuario; permisos: ReadonlySet<string> } | null> {
  if (!pareceToken(token)) return null
  const hallado = await repo.buscarPorHuella(ctx.bd, huellaDe(token), ctx.ahora)
  const cargado = hallado ? await cargarUsuario(ctx.bd, hallado.usuarioId) : null
  if (!hallado || !cargado) return null
  if (!hallado.usado) await conTransaccion(ctx, (tx) => repo.actualizarUso(tx, hallado.id))
  const { usuario, permisos } = cargado
  const tiene = (codigo: string): boolean => tienePermiso({ usuario, permisos, sistema: false }, codigo)
  // The token of a superuser carries what it was given, not everything.
  return {
    tokenId: hallado.id,
    usuario: { ...usuario, esSuperusuario: false },
    permisos: permisosDeToken(hallado.alcances, tiene),
  }
}
