import { DatosInvalidos } from '../../comun/errores.ts'
import { limpiar } from '../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../plataforma/contexto.ts'
import { cifrarClave } from '../../plataforma/cripto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { TABLA_LOG, registrarEvento } from '../auditoria/index.ts'
import { validarUsuarioNuevo } from './usuarios.reglas.ts'
import {
  actualizarUltimoAcceso,
  bloquearPrimerUsuario,
  existeAlguien,
  insertarUsuario,
  listarGrupos,
  listarNombresDeGrupos,
} from './usuarios.repo.ts'
import type { DatosDeUsuario } from './usuarios.tipos.ts'

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
  return conTransaccion(ctx, (tx) => insertarAuditado(tx, datos, cifrada))
}

/** The row of a new person with its groups, and its row of the log. @throws DatosInvalidos when a group does not exist. */
export async function insertarAuditado(
  ctx: CtxTx,
  datos: Omit<DatosDeUsuario, 'clave'>,
  cifrada: string,
): Promise<number> {
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
    detalle: `el usuario: ${datos.username}${datos.activo === false ? ' (inactivo)' : ''}`,
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
    await insertarAuditado(tx, admin, cifrada)
    return true
  })
}

/** Leaves note of a login: its instant, and a hash of today when the stored one was old. */
export function anotarAcceso(ctx: CtxTx, usuarioId: number, cifrada: string | null): Promise<void> {
  return actualizarUltimoAcceso(ctx, usuarioId, cifrada)
}
