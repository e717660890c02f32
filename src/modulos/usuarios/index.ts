export {
  buscarPrimerSuperusuario,
  buscarUsuarioPorNombre,
  cargarUsuario,
  listarCuentasDeAcceso,
} from './usuarios.repo.ts'
export type { UsuarioConPermisos } from './usuarios.repo.ts'
export { anotarAcceso, cambiarClave, crearPrimerAdministrador, crearUsuario, verPerfil } from './usuarios.service.ts'
export type { CuentaDeAcceso, DatosDeUsuario, Perfil } from './usuarios.tipos.ts'
