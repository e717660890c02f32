import { instanteLocal } from '../../../comun/fechas.ts'
import { describirNavegador, type SesionAbierta } from '../../sesiones/index.ts'
import type { Perfil } from '../usuarios.tipos.ts'

const CAMPOS = [
  'first_name',
  'last_name',
  'email',
  'clave_actual_datos',
  'clave_actual',
  'clave',
  'clave_confirmacion',
] as const
type Campo = (typeof CAMPOS)[number]

/** `v.perfil` of views/usuarios/perfil.ejs. */
export interface VistaPerfil {
  readonly datos: readonly { readonly etiqueta: string; readonly valor: string }[]
  readonly valores: { readonly first_name: string; readonly last_name: string; readonly email: string }
  readonly errores: Readonly<Record<Campo, string>>
}

/** @param escrito what the person had typed, when it was refused. */
export function vistaPerfil(
  perfil: Perfil,
  campos: Readonly<Record<string, string>> = {},
  escrito: Partial<VistaPerfil['valores']> = {},
): VistaPerfil {
  return {
    datos: [
      { etiqueta: 'Usuario', valor: perfil.username },
      { etiqueta: 'Nombre', valor: `${perfil.firstName} ${perfil.lastName}`.trim() },
      { etiqueta: 'Correo', valor: perfil.email },
      { etiqueta: 'Grupos', valor: perfil.grupos.join(', ') },
      { etiqueta: 'Último acceso', valor: perfil.ultimoAcceso ? instanteLocal(perfil.ultimoAcceso) : '' },
    ],
    valores: { first_name: perfil.firstName, last_name: perfil.lastName, email: perfil.email, ...escrito },
    errores: Object.fromEntries(CAMPOS.map((campo) => [campo, campos[campo] ?? ''])) as Record<Campo, string>,
  }
}

/** `v.sesiones` of views/usuarios/sesiones.ejs. */
export interface VistaSesion {
  readonly clave: string
  readonly esActual: boolean
  readonly navegador: string
  readonly ip: string
  readonly inicio: string
  readonly ultima: string
}

export const vistaSesion = ({ clave, esActual, agente, ip, inicio, ultimaActividad }: SesionAbierta): VistaSesion => ({
  clave,
  esActual,
  navegador: describirNavegador(agente),
  ip: ip ?? '',
  inicio: instanteLocal(inicio).slice(0, 16),
  ultima: instanteLocal(ultimaActividad).slice(0, 16),
})
