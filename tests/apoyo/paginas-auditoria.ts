import type { Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'

/** «REGISTRO DE ACTIVIDAD». */
export class PaginaActividad extends Marco {
  readonly tabla: Locator
  readonly fichas: Locator
  readonly panel: Locator

  constructor(pagina: Page) {
    super(pagina)
    this.tabla = pagina.getByRole('table', { name: 'Registro de actividad' })
    this.fichas = pagina.getByRole('group', { name: 'Filtros aplicados' })
    this.panel = pagina.getByRole('dialog', { name: 'Filtros' })
  }

  async abrir(busqueda = ''): Promise<void> {
    await this.pagina.goto(`/operaciones/registro_actividad/${busqueda}`)
    await this.lista()
  }

  async lista(): Promise<void> {
    await this.pagina.locator('#tabla-actividad table[aria-busy="false"]').waitFor()
  }

  fila(texto: string): Locator {
    return this.tabla.getByRole('row').filter({ hasText: texto })
  }

  async abrirFiltros(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
  }

  async aplicar(): Promise<void> {
    await this.panel.getByRole('button', { name: 'Aplicar Filtros' }).click()
    await this.lista()
  }
}
