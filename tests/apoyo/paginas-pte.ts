import type { Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'
import { DialogoDeFormulario, PaginaDeLista, TablaDePasos } from './paginas-lista.ts'

const dialogoPte = (pagina: Page): DialogoDeFormulario =>
  new DialogoDeFormulario(pagina, /Editar PTE|Crear Nueva PTE/, 'Guardar PTE')

/** «PROPUESTA TECNICA ECONOMICA»: the list. */
export class PaginaListaPte extends PaginaDeLista {
  constructor(pagina: Page) {
    super(pagina, {
      ruta: '/operaciones/pte/',
      tabla: 'Propuestas técnico económicas',
      buscador: 'Buscar por folio, oficio de solicitud o descripción',
      dialogo: dialogoPte(pagina),
    })
  }

  async crear(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Crear nuevo' }).click()
    await this.dialogo.caja.waitFor()
  }

  /** Opens the row: its steps, and the substeps of its parent once that is opened too. */
  async expandir(folio: string): Promise<PasosDePte> {
    await this.fila(folio)
      .getByRole('button', { name: `Ver detalles de ${folio}`, exact: true })
      .click()
    return new PasosDePte(this.pagina, folio)
  }

  async pedirEstatus(folio: string, estatus: string): Promise<Locator> {
    await this.fila(folio)
      .getByRole('button', { name: /Cambiar estatus$/ })
      .click()
    await this.pagina.getByRole('menuitemradio', { name: estatus }).click()
    return this.pagina.getByRole('dialog', { name: 'Confirmación' })
  }

  async crearOt(folio: string): Promise<Locator> {
    await this.fila(folio)
      .getByRole('button', { name: `Crear Orden de Trabajo de ${folio}`, exact: true })
      .click()
    return this.pagina.getByRole('dialog', { name: 'Crear Orden de Trabajo' })
  }
}

/** Steps and substeps of one PTE, of which several may be on the page. */
export class PasosDePte extends TablaDePasos {
  readonly subpasos: TablaDePasos

  constructor(pagina: Page, folio: string) {
    super(pagina, `Pasos de ${folio}`)
    this.subpasos = new TablaDePasos(pagina, `Subpasos de ${folio}`)
  }

  fila(paso: string): Locator {
    return this.tabla.getByRole('row').filter({ has: this.pagina.getByRole('cell', { name: paso, exact: true }) })
  }

  async abrirSubpasos(paso: string): Promise<void> {
    await this.tabla.getByRole('button', { name: `Ver subpasos del paso ${paso}` }).click()
    await this.subpasos.tabla.getByRole('row').nth(1).waitFor()
  }
}

/** One PTE at its own address. */
export class PaginaDetallePte extends Marco {
  readonly dialogo: DialogoDeFormulario

  constructor(pagina: Page) {
    super(pagina)
    this.dialogo = dialogoPte(pagina)
  }

  async abrir(id: number): Promise<void> {
    await this.pagina.goto(`/operaciones/pte/${id}/`)
  }

  pasos(folio: string): PasosDePte {
    return new PasosDePte(this.pagina, folio)
  }

  seccion(titulo: string): Locator {
    return this.pagina.getByRole('region', { name: titulo })
  }
}
