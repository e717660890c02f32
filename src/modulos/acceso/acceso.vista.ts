/** `v.acceso` of views/acceso/login.ejs. */
export interface VistaLogin {
  /** Where to land afterwards, as it came: judged when it is used. */
  readonly next: string
  readonly username: string
  /** Whether a forgotten password can be recovered from here: mail has to leave. */
  readonly puedeRecuperar: boolean
}
