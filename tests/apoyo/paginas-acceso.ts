import type { Locator, Page } from 'playwright-core'

/** Login. */
export class PaginaAcceso {
  readonly pagina: Page
  readonly usuario: Locator
  readonly clave: Locator

  constructor(pagina: Page) {
    this.pagina = pagina
    this.usuario = pagina.getByRole('textbox', { name: 'Usuario o correo' })
    this.clave = pagina.getByRole('textbox', { name: 'Contraseña' })
  }

  async abrir(): Promise<void> {
    await this.pagina.goto('/accounts/login/')
  }

  async entrar(usuario: string, clave: string): Promise<void> {
    await this.usuario.fill(usuario)
    await this.clave.fill(clave)
    await this.pagina.getByRole('button', { name: 'INICIAR SESIÓN' }).click()
  }
}

/** What every page of a logged-in person has around it. */
export class Marco {
  readonly pagina: Page
  readonly avisos: Locator
  readonly menu: Locator

  constructor(pagina: Page) {
    this.pagina = pagina
    this.avisos = pagina.getByRole('region', { name: 'Avisos' })
    this.menu = pagina.getByRole('navigation', { name: 'Menú principal' })
  }

  async salir(): Promise<void> {
    await this.pagina.getByRole('button', { name: /^Menú de / }).click()
    await this.pagina.getByRole('button', { name: 'Cerrar sesión' }).click()
  }

  aviso(texto: string | RegExp): Locator {
    return this.avisos.getByText(texto)
  }
}
