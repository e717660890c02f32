import { rutasCuentas } from './cuentas/cuentas.routes.ts'
import { rutasEnlaces } from './enlaces/enlaces.routes.ts'
import { rutasGrupos } from './grupos/grupos.routes.ts'
import { rutasPerfil } from './perfil/perfil.routes.ts'

/** People: their administration, one-time links, own profile. */
export const rutasUsuarios = [...rutasCuentas, ...rutasGrupos, ...rutasEnlaces, ...rutasPerfil]
