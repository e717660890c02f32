/** Administration of people: who may touch whom, what they may give, and the log of it all (core.md §2.3). */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { cifrarClave } from '../../../plataforma/cripto.ts'
import {
  exportarTabla,
  elegirColumnas,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  conflictoDeVersion,
  registrarCambios,
  registrarEvento,
  registrarExportacion,
  registrarEventos,
  TABLA_LOG,
} from '../../auditoria/index.ts'
import { cerrarSesionesDe } from '../../sesiones/index.ts'
import { anularEnlaces } from '../enlaces/enlaces.repo.ts'
import { crearEnlace, type EnlaceCreado } from '../enlaces/enlaces.service.ts'
import { listarPermisosDeGrupos, reemplazarPermisosDeUsuario } from '../permisos/permisos.repo.ts'
import {
  exigirPuedeDar,
  exigirPuedeTocar,
  exigirQueNoSeaPropia,
  exigirSuperusuario,
} from '../permisos/permisos.reglas.ts'
import { etiquetasDePermisos, exigirPermisosConocidos } from '../permisos/permisos.service.ts'
import { cuentaAuditada, ENTIDAD_USUARIO, eventosDePermisos } from '../usuarios.auditoria.ts'
import { faltasDeClave, faltasDeCuenta, rechazarFaltas } from '../usuarios.reglas.ts'
import { listarGrupos } from '../usuarios.repo.ts'
import { insertarAuditado } from '../usuarios.service.ts'
import { SIN_CLAVE, type Cuenta, type EnvioDeEnlace } from '../usuarios.tipos.ts'
import { actualizarCuenta, bloquearCuenta, buscarCuenta, reemplazarGrupos } from './cuentas.repo.ts'
import type { CrearUsuario, EditarUsuario, FiltrosDeUsuarios } from './cuentas.schema.ts'
import { TABLA_USUARIOS } from './cuentas.tabla.ts'
import { datosDeCuenta } from './cuentas.vista.ts'

/** @throws NoEncontrado */
export async function verCuenta(ctx: CtxLectura, id: number | null | undefined): Promise<Cuenta> {
  return exigir(id == null ? null : await buscarCuenta(ctx.bd, id))
}

function exigir(cuenta: Cuenta | null): Cuenta {
  if (!cuenta) throw new NoEncontrado('Usuario no encontrado')
  return cuenta
}

async function bloquear(ctx: CtxTx, id: number | null | undefined): Promise<Cuenta> {
  const cuenta = exigir(id == null ? null : await bloquearCuenta(ctx, id))
  exigirPuedeTocar(ctx, cuenta)
  return cuenta
}

/**
 * A new account. Without a password, a one-time link is made for the person to choose it, unless it is born inactive.
 * @throws DatosInvalidos, Conflicto (name or e-mail taken), SinPermiso (what it would be able to do is more than the
 *   creator can).
 */
export async function crearCuenta(
  ctx: Contexto,
  datos: CrearUsuario,
  envio: EnvioDeEnlace,
): Promise<{ id: number; enlace: EnlaceCreado | null }> {
  const nueva = {
    username: datos.username ?? '',
    firstName: datos.first_name ?? '',
    lastName: datos.last_name ?? '',
    email: datos.email ?? '',
    grupos: datos.grupos ?? [],
    esSuperusuario: datos.is_superuser ?? false,
    activo: datos.is_active ?? true,
  }
  const permisos = datos.permisos ?? []
  const conClave = datos.clave !== '' || datos.clave_confirmacion !== ''
  rechazarFaltas({
    ...faltasDeCuenta(nueva),
    ...(conClave ? faltasDeClave(datos.clave, datos.clave_confirmacion, nueva) : {}),
  })
  if (nueva.esSuperusuario) exigirSuperusuario(ctx)
  const cifrada = conClave ? await cifrarClave(datos.clave) : SIN_CLAVE
  return conTransaccion(ctx, async (tx) => {
    const etiquetas = await etiquetasDePermisos(tx)
    exigirPermisosConocidos(permisos, etiquetas)
    exigirPuedeDar(tx, [...permisos, ...(await listarPermisosDeGrupos(tx.bd, nueva.grupos))], etiquetas)
    const id = await insertarAuditado(tx, nueva, cifrada)
    await reemplazarPermisosDeUsuario(tx, id, permisos)
    const registro = { tabla: TABLA_LOG.USUARIO, id, detalle: `del usuario: ${nueva.username}`, version: 1 }
    await registrarEventos(tx, eventosDePermisos(registro, [], permisos, etiquetas))
    const sinEnlace = conClave || !nueva.activo
    return { id, enlace: sinEnlace ? null : await crearEnlace(tx, { id, ...nueva }, 'alta', envio) }
  })
}

/**
 * Changes an account: what is absent stays. Deactivating it ends its sessions; another e-mail voids the links that went
 * to the old one.
 * @throws DatosInvalidos, NoEncontrado, Conflicto (version, own permissions, last superuser), SinPermiso.
 */
export function editarCuenta(ctx: Contexto, datos: EditarUsuario): Promise<{ id: number; version: number }> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, datos.id)
    if (datos.version != null && datos.version !== antes.version)
      throw await conflictoConDatos(tx, antes, datos.version)
    const despues = editada(antes, datos)
    rechazarFaltas(faltasDeLoCambiado(antes, despues))
    const etiquetas = await etiquetasDePermisos(tx)
    await exigirCambioPermitido(tx, antes, despues, etiquetas)
    return { id: antes.id, version: await guardar(tx, antes, despues, etiquetas) }
  })
}

async function conflictoConDatos(ctx: CtxTx, actual: Cuenta, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(ctx, TABLA_LOG.USUARIO, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: datosDeCuenta(actual) },
  })
}

function editada(antes: Cuenta, datos: EditarUsuario): Cuenta {
  return {
    ...antes,
    username: datos.username === undefined ? antes.username : (datos.username ?? ''),
    firstName: datos.first_name === undefined ? antes.firstName : (datos.first_name ?? ''),
    lastName: datos.last_name === undefined ? antes.lastName : (datos.last_name ?? ''),
    email: datos.email === undefined ? antes.email : (datos.email ?? ''),
    activo: datos.is_active ?? antes.activo,
    esSuperusuario: datos.is_superuser ?? antes.esSuperusuario,
    grupos: datos.grupos ?? antes.grupos,
    permisos: datos.permisos ?? antes.permisos,
  }
}

/** What was stored before these rules (an account without e-mail) is only judged when it is touched. */
function faltasDeLoCambiado(antes: Cuenta, despues: Cuenta): Record<string, string> {
  return Object.fromEntries(
    Object.entries(faltasDeCuenta(despues)).filter(
      ([campo]) => antes[campo as 'username' | 'email'] !== despues[campo as 'username' | 'email'],
    ),
  )
}

const nuevos = (antes: readonly string[], despues: readonly string[]): string[] =>
  despues.filter((valor) => !antes.includes(valor))

const distintos = (a: readonly string[], b: readonly string[]): boolean =>
  nuevos(a, b).length > 0 || nuevos(b, a).length > 0

async function exigirCambioPermitido(
  ctx: CtxTx,
  antes: Cuenta,
  despues: Cuenta,
  etiquetas: ReadonlyMap<string, string>,
): Promise<void> {
  const cambiaSuper = antes.esSuperusuario !== despues.esSuperusuario
  if (cambiaSuper || distintos(antes.grupos, despues.grupos) || distintos(antes.permisos, despues.permisos))
    exigirQueNoSeaPropia(ctx, antes, 'permisos')
  if (antes.activo !== despues.activo) exigirQueNoSeaPropia(ctx, antes, 'activo')
  if (antes.email !== despues.email) exigirQueNoSeaPropia(ctx, antes, 'email')
  if (cambiaSuper) exigirSuperusuario(ctx)
  const gruposNuevos = nuevos(antes.grupos, despues.grupos)
  await exigirGruposActivos(ctx, gruposNuevos)
  const permisosNuevos = nuevos(antes.permisos, despues.permisos)
  exigirPermisosConocidos(permisosNuevos, etiquetas)
  exigirPuedeDar(ctx, [...permisosNuevos, ...(await listarPermisosDeGrupos(ctx.bd, gruposNuevos))], etiquetas)
}

async function exigirGruposActivos(ctx: CtxTx, nombres: readonly string[]): Promise<void> {
  const activos = new Set((await listarGrupos(ctx.bd, nombres)).map(({ nombre }) => nombre))
  const faltantes = nombres.filter((nombre) => !activos.has(nombre))
  if (faltantes.length === 0) return
  const detalles = `No existe un grupo activo «${faltantes.join('», «')}». Actualiza la página.`
  throw new DatosInvalidos(detalles, { campos: { grupos: detalles } })
}

/** Audit and update together; nothing changed writes nothing. @returns the version it has now. */
async function guardar(
  ctx: CtxTx,
  antes: Cuenta,
  cambiada: Cuenta,
  etiquetas: ReadonlyMap<string, string>,
): Promise<number> {
  const despues = { ...cambiada, version: antes.version + 1 }
  const registro = {
    tabla: TABLA_LOG.USUARIO,
    id: antes.id,
    detalle: `del usuario: ${despues.username}`,
    version: despues.version,
  }
  const eventos = eventosDePermisos(registro, antes.permisos, despues.permisos, etiquetas)
  const campos = await registrarCambios(ctx, ENTIDAD_USUARIO, {
    registroId: antes.id,
    antes: cuentaAuditada(antes),
    despues: cuentaAuditada(despues),
    detalle: registro.detalle,
    version: despues.version,
  })
  if (campos + eventos.length === 0 && antes.activo === despues.activo) return antes.version
  await registrarEventos(ctx, eventos)
  await actualizarCuenta(ctx, despues)
  await reemplazarGrupos(ctx, antes.id, despues.grupos)
  await reemplazarPermisosDeUsuario(ctx, antes.id, despues.permisos)
  if (antes.email !== despues.email || !despues.activo) await anularEnlaces(ctx, antes.id)
  if (antes.activo !== despues.activo) await anotarActividad(ctx, despues)
  return despues.version
}

/** Deactivation ends the sessions at once; both leave their row. */
async function anotarActividad(ctx: CtxTx, { id, username, activo, version }: Cuenta): Promise<void> {
  const cerradas = activo ? 0 : await cerrarSesionesDe(ctx, id)
  const coda = cerradas === 0 ? '' : ` (${plural(cerradas, 'sesión cerrada', 'sesiones cerradas')})`
  await registrarEvento(ctx, {
    tabla: TABLA_LOG.USUARIO,
    registroId: id,
    evento: activo ? 'REACTIVAR' : 'ELIMINAR',
    campo: activo ? 'Reactivó' : 'Desactivó',
    detalle: `el usuario: ${username}${coda}`,
    version,
  })
}

/**
 * Deactivates or reactivates an account.
 * @throws Conflicto when it already was so, it is the own one, or it is the last superuser (said by the database).
 */
export function activarCuenta(ctx: Contexto, id: number | null | undefined, activo: boolean): Promise<Cuenta> {
  return conTransaccion(ctx, async (tx) => {
    const antes = await bloquear(tx, id)
    if (antes.activo === activo) throw new Conflicto(`La cuenta ya estaba ${activo ? 'activa' : 'desactivada'}.`)
    exigirQueNoSeaPropia(tx, antes, 'activo')
    const despues = { ...antes, activo }
    await guardar(tx, antes, despues, new Map())
    return despues
  })
}

/**
 * A one-time link for the person to choose another password. The one they have still works until then.
 * @throws Conflicto when the account is inactive or the own one.
 */
export function restablecerClave(
  ctx: Contexto,
  id: number | null | undefined,
  envio: EnvioDeEnlace,
): Promise<EnlaceCreado & { username: string; id: number }> {
  return conTransaccion(ctx, async (tx) => {
    const cuenta = await bloquear(tx, id)
    exigirQueNoSeaPropia(tx, cuenta, 'clave')
    if (!cuenta.activo)
      throw new Conflicto('La cuenta está desactivada. Reactívala antes de restablecer su contraseña.')
    const enlace = await crearEnlace(tx, cuenta, 'restablecer', envio)
    return { ...enlace, username: cuenta.username, id: cuenta.id }
  })
}

/** The filtered set of the table as a file, logged before the first byte leaves. */
export async function exportarCuentas(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosDeUsuarios>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_USUARIOS, claves)
  const ids = await idsDeTabla(ctx, TABLA_USUARIOS, peticion)
  const archivo = exportarTabla(ctx, TABLA_USUARIOS, ids, {
    formato,
    nombre: `usuarios-${ctx.hoy}`,
    hoja: 'Usuarios',
    columnas,
  })
  await registrarExportacion(ctx, {
    tabla: TABLA_LOG.USUARIO,
    registroId: null,
    detalle: `${plural(ids.length, 'usuario', 'usuarios')} en ${archivo.nombre}`,
  })
  return archivo
}
