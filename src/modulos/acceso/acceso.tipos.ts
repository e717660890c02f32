/** Lockout of core.md §3: so many failures inside the window refuse for as long as the window lasts. */
export const BLOQUEO = { porCuenta: 5, porDireccion: 20, ventanaMs: 15 * 60_000 } as const

/** Texts of the login, verbatim from core.md §3-5. */
export const MENSAJE = {
  incorrecto: 'Usuario/email o contraseña incorrectos.',
  bloqueado: 'Demasiados intentos. Intenta más tarde.',
  incompleto: 'Campos incompletos. Por favor, ingrese sus datos correctamente.',
  expirada: 'La sesión ha expirado por inactividad. Por favor, ingresa tus datos nuevamente.',
  salida: 'Sesión cerrada correctamente.',
} as const

/** How a login ended. */
export type ResultadoDeAcceso =
  | { readonly clase: 'correcto'; readonly usuarioId: number }
  | { readonly clase: 'incorrecto' | 'bloqueado' | 'incompleto' }
