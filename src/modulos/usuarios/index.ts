export {
  buscarPrimerSuperusuario,
  buscarUsuarioPorNombre,
  cargarUsuario,
  listarCuentasDeAcceso,
} from './usuarios.repo.ts'
export type { UsuarioConPermisos } from './usuarios.repo.ts'
export { anotarAcceso, crearPrimerAdministrador, crearUsuario } from './usuarios.service.ts'
export type { CuentaDeAcceso, DatosDeUsuario } from './usuarios.tipos.ts'
