import type { Locator, Page } from 'playwright-core'

/** `/administracion/usuarios/`. */
export class PaginaUsuarios {
  readonly pagina: Page
  readonly dialogo: Locator

  constructor(pagina: Page) {
    this.pagina = pagina
    this.dialogo = pagina.getByRole('dialog')
  }

  async abrir(): Promise<void> {
    await this.pagina.goto('/administracion/usuarios/')
  }

  fila(username: string): Locator {
    return this.pagina.getByRole('row').filter({ hasText: username })
  }

  accion(nombre: string, username: string): Locator {
    return this.pagina.getByRole('button', { name: `${nombre}: ${username}`, exact: true })
  }
}

/** `/administracion/permisos/`. */
export class PaginaPermisos {
  readonly pagina: Page

  constructor(pagina: Page) {
    this.pagina = pagina
  }

  async abrir(): Promise<void> {
    await this.pagina.goto('/administracion/permisos/')
  }

  casilla(permiso: string, grupo: string): Locator {
    return this.pagina.getByRole('checkbox', { name: `${permiso}: ${grupo}`, exact: true })
  }
}
