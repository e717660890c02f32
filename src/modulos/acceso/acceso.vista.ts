import { instanteLocal } from '../../comun/fechas.ts'
import type { Perfil } from '../usuarios/index.ts'

/** `v.acceso` of views/acceso/login.ejs. */
export interface VistaLogin {
  /** Where to land afterwards, as it came: judged when it is used. */
  readonly next: string
  readonly username: string
}

/** `v.perfil` of views/usuarios/perfil.ejs. */
export interface VistaPerfil {
  readonly datos: readonly { readonly etiqueta: string; readonly valor: string }[]
  readonly errores: { readonly clave_actual: string; readonly clave: string; readonly clave_confirmacion: string }
}

export function vistaPerfil(perfil: Perfil, campos: Readonly<Record<string, string>> = {}): VistaPerfil {
  return {
    datos: [
      { etiqueta: 'Usuario', valor: perfil.username },
      { etiqueta: 'Nombre', valor: `${perfil.firstName} ${perfil.lastName}`.trim() },
      { etiqueta: 'Correo', valor: perfil.email },
      { etiqueta: 'Grupos', valor: perfil.grupos.join(', ') },
      { etiqueta: 'Último acceso', valor: perfil.ultimoAcceso ? instanteLocal(perfil.ultimoAcceso) : '' },
    ],
    errores: {
      clave_actual: campos['clave_actual'] ?? '',
      clave: campos['clave'] ?? '',
      clave_confirmacion: campos['clave_confirmacion'] ?? '',
    },
  }
}
