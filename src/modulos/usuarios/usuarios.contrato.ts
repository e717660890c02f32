/** What the pages of people, groups and permissions and the server say to each other. */
import type { CampoFicha, Insignia } from '../../comun/contrato.ts'
import type { Envoltura } from '../../comun/envoltura.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'

export const RUTA_USUARIOS = '/administracion/usuarios/'
export const RUTA_GRUPOS = '/administracion/grupos/'

/** Name of their saved views. */
export const VISTAS_DE_USUARIOS = 'usuarios'
export const VISTAS_DE_GRUPOS = 'grupos'

/** A row of `usuarios/datatable/`. */
export interface FilaUsuario {
  readonly id: number
  readonly username: string
  readonly nombre: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly grupos: readonly string[]
  readonly grupos_texto: string
  readonly is_active: boolean
  readonly is_superuser: boolean
  readonly estado: string
  readonly tipo: string
  /** How many permissions it has besides those of its groups. */
  readonly permisos_propios: number
  readonly last_login: string | null
  readonly ultimo_acceso: string
  readonly alta: string
  readonly version: number
}

/** `datos` of `usuarios/obtener/`. */
export interface DatosUsuario {
  readonly id: number
  readonly username: string
  readonly first_name: string
  readonly last_name: string
  readonly email: string
  readonly is_active: boolean
  readonly is_superuser: boolean
  readonly grupos: readonly string[]
  /** Codes granted to the person alone. */
  readonly permisos: readonly string[]
  readonly last_login: string | null
  readonly date_joined: string
  readonly version: number
  /** Texts of choices that are not among the options: none here. */
  readonly textos: Record<string, string>
}

export interface RespuestaUsuario extends Envoltura {
  readonly datos: DatosUsuario
}

/** Answer of `usuarios/crear/` without password and of `restablecer_clave/`. */
export interface RespuestaEnlace extends Envoltura {
  readonly registro_id: number
  /** Null when the mail takes it; otherwise it is shown once. */
  readonly enlace: string | null
  readonly vence: string
}

/** A row of `grupos/datatable/`. */
export interface FilaGrupo {
  readonly id: number
  readonly name: string
  readonly activo: boolean
  readonly estado: string
  /** Comes with the system: it keeps its name. */
  readonly es_base: boolean
  readonly personas: number
  readonly permisos: number
  readonly version: number
}

/** `datos` of `grupos/obtener/`. */
export interface DatosGrupo {
  readonly id: number
  readonly name: string
  readonly activo: boolean
  readonly es_base: boolean
  readonly permisos: readonly string[]
  readonly personas: number
  readonly version: number
  readonly textos: Record<string, string>
}

export interface RespuestaGrupo extends Envoltura {
  readonly datos: DatosGrupo
}

/** A permission as a form or the matrix offers it. */
export interface OpcionDePermiso {
  readonly codigo: string
  readonly etiqueta: string
}

/** Permissions of one part of the system. */
export interface AreaDePermisos {
  readonly area: string
  readonly permisos: readonly OpcionDePermiso[]
}

/** Data of the page of people. */
export interface PaginaUsuarios {
  readonly puede: { readonly cambiar: boolean; readonly nombrarSuperusuarios: boolean }
  readonly propio: number
  /** Active groups. */
  readonly grupos: readonly string[]
  readonly areas: readonly AreaDePermisos[]
  readonly hayServidorDeCorreo: boolean
  /** What happened to messages that did not leave; '' when all of them did. */
  readonly avisoDeCorreo: string
}

/** Data of the page of groups. */
export interface PaginaGrupos {
  readonly puede: { readonly cambiar: boolean }
  readonly areas: readonly AreaDePermisos[]
}

/** What the page of an account and that of a group share. */
export interface PaginaDeRegistro {
  readonly id: number
  readonly titulo: string
  readonly insignia: Insignia
  readonly ficha: readonly { readonly titulo: string; readonly campos: readonly CampoFicha[] }[]
  readonly permisos: {
    /** Said instead of a list: a superuser may do everything. */
    readonly nota: string
    readonly areas: readonly { readonly area: string; readonly permisos: readonly string[] }[]
  }
  readonly actividad: HistorialDeRegistro
}

/** `v.datos` of views/usuarios/usuario.ejs. */
export interface PaginaUsuario extends PaginaUsuarios, PaginaDeRegistro {
  /** The log of what the person did; '' without its permission. */
  readonly rutaActividad: string
}

/** `v.datos` of views/usuarios/grupo.ejs. */
export interface PaginaGrupo extends PaginaGrupos, PaginaDeRegistro {}
