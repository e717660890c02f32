import { DatosInvalidos, NoEncontrado, SesionExpirada } from '../../comun/errores.ts'
import { limpiar } from '../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { cifrarClave, verificarClave } from '../../plataforma/cripto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { TABLA_LOG, registrarEvento } from '../auditoria/index.ts'
import { motivoDeClaveDebil, validarUsuarioNuevo } from './usuarios.reglas.ts'
import {
  actualizarClave,
  actualizarUltimoAcceso,
  bloquearClave,
  bloquearPrimerUsuario,
  buscarPerfil,
  existeAlguien,
  insertarUsuario,
  listarGrupos,
  listarNombresDeGrupos,
} from './usuarios.repo.ts'
import type { DatosDeUsuario, Perfil } from './usuarios.tipos.ts'

/**
 * Creates a person with their groups, audited.
 * @returns the id.
 * @throws DatosInvalidos (wrong fields, unknown group, weak password), Conflicto (name or e-mail taken).
 */
export function crearUsuario(ctx: Contexto, datos: DatosDeUsuario): Promise<number> {
  return crear(ctx, datos, { claveDelInstalador: false })
}

async function crear(
  ctx: Contexto,
  crudos: DatosDeUsuario,
  opciones: { claveDelInstalador: boolean },
): Promise<number> {
  const datos = {
    ...crudos,
    username: limpiar(crudos.username),
    email: limpiar(crudos.email),
    firstName: limpiar(crudos.firstName ?? ''),
    lastName: limpiar(crudos.lastName ?? ''),
  }
  validarUsuarioNuevo(datos, opciones)
  const cifrada = await cifrarClave(datos.clave)
  return conTransaccion(ctx, async (tx) => insertar(tx, datos, cifrada))
}

async function insertar(ctx: CtxTx, datos: DatosDeUsuario, cifrada: string): Promise<number> {
  const grupos = await listarGrupos(ctx.bd, datos.grupos)
  const desconocidos = datos.grupos.filter((nombre) => !grupos.some((grupo) => grupo.nombre === nombre))
  if (desconocidos.length > 0) {
    const existentes = await listarNombresDeGrupos(ctx.bd)
    const detalles = `No existe el grupo «${desconocidos.join('», «')}». Los que hay: ${existentes.join(', ')}.`
    throw new DatosInvalidos(detalles, { campos: { grupos: detalles } })
  }
  const id = await insertarUsuario(
    ctx,
    datos,
    cifrada,
    grupos.map((grupo) => grupo.id),
  )
  const rol = datos.esSuperusuario ? 'superusuario' : datos.grupos.join(', ')
  await registrarEvento(ctx, {
    tabla: TABLA_LOG.USUARIO,
    registroId: id,
    evento: 'CREAR',
    campo: 'Creó',
    actual: rol,
    detalle: `el usuario: ${datos.username}`,
  })
  return id
}

/**
 * The first superuser, only when there is nobody at all (core.md §2.3).
 * @param opciones.exigirClaveFuerte false outside production: the installer answers for what is in the environment.
 * @returns whether it was created.
 */
export async function crearPrimerAdministrador(
  ctx: Contexto,
  datos: { username: string; clave: string; email: string },
  opciones: { exigirClaveFuerte: boolean },
): Promise<boolean> {
  if (await existeAlguien(ctx.bd)) return false
  const admin = { ...datos, grupos: [], esSuperusuario: true }
  validarUsuarioNuevo(admin, { claveDelInstalador: !opciones.exigirClaveFuerte })
  const cifrada = await cifrarClave(datos.clave)
  return conTransaccion(ctx, async (tx) => {
    await bloquearPrimerUsuario(tx)
    if (await existeAlguien(tx.bd)) return false
    await insertar(tx, admin, cifrada)
    return true
  })
}

/** The person of the context as `/perfil/` shows them. */
export async function verPerfil(ctx: Contexto): Promise<Perfil> {
  const perfil = ctx.usuario ? await buscarPerfil(ctx.bd, ctx.usuario.id) : null
  if (!perfil) throw new NoEncontrado('No se encontró tu usuario.')
  return perfil
}

/**
 * Changes the own password. Every other session of the person ends in the same transaction (`alCambiar`, given by the
 * module that owns the sessions).
 * @throws DatosInvalidos with the fields: wrong current password, weak, same as before, not equal to its repetition.
 */
export async function cambiarClave(
  ctx: Contexto,
  datos: { claveActual: string; clave: string; confirmacion: string },
  alCambiar: (ctx: CtxTx, usuarioId: number) => Promise<void>,
): Promise<void> {
  const { usuario } = ctx
  if (!usuario) throw new SesionExpirada()
  const perfil = await verPerfil(ctx)
  const debil = motivoDeClaveDebil(datos.clave, perfil)
  const campos: Record<string, string> = {}
  if (datos.claveActual === '') campos['clave_actual'] = 'Escribe tu contraseña actual.'
  if (debil !== null) campos['clave'] = debil
  else if (datos.clave === datos.claveActual) campos['clave'] = 'La contraseña nueva es igual a la actual.'
  if (datos.clave !== datos.confirmacion) campos['clave_confirmacion'] = 'Las dos contraseñas nuevas no coinciden.'
  rechazar(campos)
  const cifrada = await cifrarClave(datos.clave)
  await conTransaccion(ctx, async (tx) => {
    const guardada = await bloquearClave(tx, usuario.id)
    const { correcta } = await verificarClave(guardada ?? '', datos.claveActual)
    if (!correcta) rechazar({ clave_actual: 'La contraseña actual no es correcta.' })
    await actualizarClave(tx, usuario.id, cifrada)
    await alCambiar(tx, usuario.id)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.USUARIO,
      registroId: usuario.id,
      evento: 'MODIFICAR',
      campo: 'Contraseña',
      campoClave: 'password',
      detalle: `del usuario: ${usuario.username}`,
    })
  })
}

function rechazar(campos: Record<string, string>): void {
  const [primero] = Object.values(campos)
  if (primero !== undefined) throw new DatosInvalidos(primero, { campos })
}

/** Leaves note of a login: its instant, and a hash of today when the stored one was old. */
export function anotarAcceso(ctx: CtxTx, usuarioId: number, cifrada: string | null): Promise<void> {
  return actualizarUltimoAcceso(ctx, usuarioId, cifrada)
}
