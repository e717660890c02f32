import type { DatosUsuario } from '../usuarios.contrato.ts'
import type { Cuenta } from '../usuarios.tipos.ts'

/** An account as its form receives it: never anything of the password. */
export function datosDeCuenta(cuenta: Cuenta): DatosUsuario {
  return {
    id: cuenta.id,
    username: cuenta.username,
    first_name: cuenta.firstName,
    last_name: cuenta.lastName,
    email: cuenta.email,
    is_active: cuenta.activo,
    is_superuser: cuenta.esSuperusuario,
    grupos: cuenta.grupos,
    permisos: cuenta.permisos,
    last_login: cuenta.ultimoAcceso?.toISOString() ?? null,
    date_joined: cuenta.alta.toISOString(),
    version: cuenta.version,
    textos: {},
  }
}
