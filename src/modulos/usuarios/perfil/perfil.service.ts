/** What a person changes of their own account: name, e-mail and password. Groups and permissions are of others. */
import { NoEncontrado, SesionExpirada } from '../../../comun/errores.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { cifrarClave, verificarClave } from '../../../plataforma/cripto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarCambios, registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { cerrarSesionesDe } from '../../sesiones/index.ts'
import { actualizarCuenta, bloquearCuenta } from '../cuentas/cuentas.repo.ts'
import { anularEnlaces } from '../enlaces/enlaces.repo.ts'
import { cuentaAuditada, ENTIDAD_USUARIO } from '../usuarios.auditoria.ts'
import { faltasDeCuenta, motivoDeClaveDebil, rechazarFaltas } from '../usuarios.reglas.ts'
import { actualizarClave, bloquearClave, buscarPerfil } from '../usuarios.repo.ts'
import type { Perfil } from '../usuarios.tipos.ts'
import type { CuerpoDatos } from './perfil.schema.ts'

/** The person of the context as `/perfil/` shows them. */
export async function verPerfil(ctx: Contexto): Promise<Perfil> {
  const perfil = ctx.usuario ? await buscarPerfil(ctx.bd, ctx.usuario.id) : null
  if (!perfil) throw new NoEncontrado('No se encontró tu usuario.')
  return perfil
}

/**
 * Changes the own name and e-mail. The e-mail recovers the password, so changing it asks for the password: an open
 * session that somebody found is not enough. Links that went to the old address are void.
 * @throws DatosInvalidos with the fields (`clave_actual_datos`), Conflicto (e-mail taken).
 */
export async function cambiarMisDatos(ctx: Contexto, datos: CuerpoDatos): Promise<void> {
  const { usuario } = ctx
  if (!usuario) throw new SesionExpirada()
  await conTransaccion(ctx, async (tx) => {
    const antes = await bloquearCuenta(tx, usuario.id)
    if (!antes) throw new NoEncontrado('No se encontró tu usuario.')
    const despues = {
      ...antes,
      firstName: datos.first_name,
      lastName: datos.last_name,
      email: datos.email,
      version: antes.version + 1,
    }
    if (antes.email !== despues.email) {
      const { email } = faltasDeCuenta(despues)
      rechazarFaltas(email === undefined ? {} : { email })
      const { correcta } = await verificarClave((await bloquearClave(tx, usuario.id)) ?? '', datos.clave_actual)
      if (!correcta)
        rechazarFaltas({ clave_actual_datos: 'Para cambiar tu correo escribe tu contraseña actual, sin errores.' })
      await anularEnlaces(tx, usuario.id)
    }
    const cambios = await registrarCambios(tx, ENTIDAD_USUARIO, {
      registroId: usuario.id,
      antes: cuentaAuditada(antes),
      despues: cuentaAuditada(despues),
      detalle: `del usuario: ${usuario.username}`,
      version: despues.version,
    })
    if (cambios > 0) await actualizarCuenta(tx, despues)
  })
}

/**
 * Changes the own password. Every other session of the person and every link for it end in the same transaction.
 * @throws DatosInvalidos with the fields: wrong current password, weak, same as before, not equal to its repetition.
 */
export async function cambiarClave(
  ctx: Contexto,
  datos: { claveActual: string; clave: string; confirmacion: string },
  sesionActual: string,
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
  rechazarFaltas(campos)
  const cifrada = await cifrarClave(datos.clave)
  await conTransaccion(ctx, async (tx) => {
    const guardada = await bloquearClave(tx, usuario.id)
    const { correcta } = await verificarClave(guardada ?? '', datos.claveActual)
    if (!correcta) rechazarFaltas({ clave_actual: 'La contraseña actual no es correcta.' })
    await actualizarClave(tx, usuario.id, cifrada)
    await cerrarSesionesDe(tx, usuario.id, sesionActual)
    await anularEnlaces(tx, usuario.id)
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
