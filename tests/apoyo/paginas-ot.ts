import type { Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'
import { DialogoDeFormulario, PaginaDeLista, TablaDePasos } from './paginas-lista.ts'

/** Dialog that creates a reprogramación or edits an OT. */
const dialogoOt = (pagina: Page): DialogoDeFormulario =>
  new DialogoDeFormulario(pagina, /Editar OT|Crear reprogramación/, 'Guardar OT')

/** «ORDEN DE TRABAJO»: the list. */
export class PaginaListaOt extends PaginaDeLista {
  constructor(pagina: Page) {
    super(pagina, {
      ruta: '/operaciones/ot/',
      tabla: 'Órdenes de trabajo',
      buscador: 'Buscar por folio de OT o de PTE',
      dialogo: dialogoOt(pagina),
    })
  }

  /** Opens the row; its expansion is a tab list named after the OT. */
  async expandir(folio: string): Promise<Expansion> {
    await this.fila(folio)
      .getByRole('button', { name: `Ver detalles de ${folio}` })
      .click()
    return new Expansion(this.pagina, folio)
  }

  /** Menu of the badge, then the question. */
  async pedirEstatus(folio: string, estatus: string): Promise<Locator> {
    await this.fila(folio)
      .getByRole('button', { name: /Cambiar estatus$/ })
      .click()
    await this.pagina.getByRole('menuitemradio', { name: estatus }).click()
    return this.pagina.getByRole('dialog', { name: 'Confirmar Cambio de Estatus' })
  }

  async crearReprogramacion(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Crear reprogramación' }).click()
    await this.dialogo.caja.waitFor()
  }
}

/** What a row opens: steps and reprogramaciones. */
export class Expansion {
  readonly pagina: Page
  readonly pasos: TablaDePasos
  private readonly folio: string

  constructor(pagina: Page, folio: string) {
    this.pagina = pagina
    this.folio = folio
    this.pasos = new TablaDePasos(pagina, 'Pasos')
  }

  async elegirPestana(nombre: string): Promise<void> {
    await this.pagina
      .getByRole('tablist', { name: `Detalles de ${this.folio}` })
      .getByRole('tab', { name: nombre })
      .click()
  }

  get reprogramaciones(): Locator {
    return this.pagina.getByRole('table', { name: `Reprogramaciones de ${this.folio}` })
  }
}

/** One OT at its own address. */
export class PaginaDetalleOt extends Marco {
  readonly dialogo: DialogoDeFormulario

  constructor(pagina: Page) {
    super(pagina)
    this.dialogo = dialogoOt(pagina)
  }

  async abrir(id: number): Promise<void> {
    await this.pagina.goto(`/operaciones/ot/${id}/`)
  }

  async editar(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Editar', exact: true }).click()
    await this.dialogo.caja.waitFor()
  }

  seccion(titulo: string): Locator {
    return this.pagina.getByRole('region', { name: titulo })
  }
}

/** Lineage of an OT. */
export class PaginaLinaje extends Marco {
  async abrir(id: number): Promise<void> {
    await this.pagina.goto(`/operaciones/ot/${id}/linaje/`)
  }

  get versiones(): Locator {
    return this.pagina.getByRole('region', { name: 'Versiones y diferencias' })
  }

  async comparar(a: string, b: string): Promise<Locator> {
    await this.pagina.getByRole('combobox', { name: 'Versión A' }).selectOption({ label: a })
    await this.pagina.getByRole('combobox', { name: 'Versión B' }).selectOption({ label: b })
    await this.pagina.getByRole('button', { name: 'Comparar' }).click()
    return this.pagina.getByRole('region', { name: 'Comparar dos versiones' })
  }
}
