import type { Download, Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'

/** Dialog that creates a reprogramación or edits an OT. */
export class DialogoOt {
  readonly pagina: Page
  readonly caja: Locator
  readonly resumen: Locator

  constructor(pagina: Page) {
    this.pagina = pagina
    this.caja = pagina.getByRole('dialog', { name: /Editar OT|Crear reprogramación/ })
    this.resumen = this.caja.getByText(/^Revisa est/)
  }

  /** By its label, without the word that says that it is mandatory. */
  campo(nombre: string): Locator {
    const literal = nombre.replace(/[()]/g, '\\$&')
    return this.caja.getByRole('textbox', { name: new RegExp(`^${literal}(?: \\(obligatorio\\))?$`) })
  }

  /** A date is a text that understands what people type; leaving it makes it a day. */
  async ponerFecha(nombre: string, valor: string): Promise<void> {
    await this.campo(nombre).fill(valor)
    await this.campo(nombre).blur()
  }

  lista(nombre: string): Locator {
    return this.caja.getByRole('combobox', { name: nombre })
  }

  /** Types in a searchable list and takes what it offers. */
  async elegir(nombre: string, texto: string): Promise<void> {
    await this.lista(nombre).fill(texto)
    await this.caja.getByRole('option', { name: texto }).first().click()
  }

  async guardar(): Promise<void> {
    await this.caja.getByRole('button', { name: 'Guardar OT' }).click()
  }

  async cancelar(): Promise<void> {
    await this.caja.getByRole('button', { name: 'Cancelar' }).click()
  }
}

/** «ORDEN DE TRABAJO»: the list. */
export class PaginaListaOt extends Marco {
  readonly tabla: Locator
  readonly buscador: Locator
  readonly fichas: Locator
  readonly cuenta: Locator
  readonly dialogo: DialogoOt

  constructor(pagina: Page) {
    super(pagina)
    this.tabla = pagina.getByRole('table', { name: 'Órdenes de trabajo' })
    this.buscador = pagina.getByRole('searchbox', { name: 'Buscar por folio de OT o de PTE' })
    this.fichas = pagina.getByRole('group', { name: 'Filtros aplicados' })
    this.cuenta = pagina.getByRole('status').filter({ hasText: /^(?:Mostrando|\d+ registro)/ })
    this.dialogo = new DialogoOt(pagina)
  }

  /** Opens and waits for its rows. */
  async abrir(busqueda = ''): Promise<void> {
    await this.pagina.goto(`/operaciones/ot/${busqueda}`)
    await this.lista()
  }

  /** The table has what it asked for. */
  async lista(): Promise<void> {
    await this.pagina.locator('#tabla-ot table[aria-busy="false"]').waitFor()
  }

  fila(folio: string): Locator {
    return this.tabla.getByRole('row').filter({ has: this.pagina.getByRole('link', { name: folio, exact: true }) })
  }

  async buscar(texto: string): Promise<void> {
    await this.buscador.fill(texto)
    await this.buscador.press('Enter')
  }

  /** Opens the panel, chooses by the words of each list, applies. */
  async filtrar(elegidos: Readonly<Record<string, string>>): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
    const panel = this.pagina.getByRole('dialog', { name: 'Filtros' })
    for (const [nombre, opcion] of Object.entries(elegidos)) {
      await panel.getByRole('combobox', { name: nombre }).selectOption({ label: opcion })
    }
    await panel.getByRole('button', { name: 'Aplicar Filtros' }).click()
  }

  async quitarFiltro(texto: string): Promise<void> {
    await this.fichas.getByRole('button', { name: `Quitar filtro ${texto}` }).click()
  }

  async editar(folio: string): Promise<void> {
    await this.fila(folio)
      .getByRole('button', { name: `Editar ${folio}` })
      .click()
    await this.dialogo.caja.waitFor()
  }

  /** Opens the row; its expansion is a tab list named after the OT. */
  async expandir(folio: string): Promise<Expansion> {
    await this.fila(folio)
      .getByRole('button', { name: `Ver detalles de ${folio}` })
      .click()
    return new Expansion(this.pagina, folio)
  }

  async eliminar(folio: string): Promise<Locator> {
    await this.fila(folio)
      .getByRole('button', { name: `Eliminar ${folio}` })
      .click()
    return this.pagina.getByRole('dialog', { name: 'Confirmación' })
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

  async mostrarColumna(nombre: string): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Columnas' }).click()
    await this.pagina.getByRole('checkbox', { name: nombre, exact: true }).check()
    await this.pagina.keyboard.press('Escape')
  }

  async guardarVista(nombre: string): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Vistas', exact: true }).click()
    await this.pagina.getByRole('button', { name: 'Guardar esta vista…' }).click()
    const dialogo = this.pagina.getByRole('dialog', { name: 'Guardar vista' })
    await dialogo.getByRole('textbox', { name: 'Nombre de la vista' }).fill(nombre)
    await dialogo.getByRole('button', { name: 'Guardar' }).click()
    await dialogo.waitFor({ state: 'hidden' })
  }

  async abrirVista(nombre: string): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Vistas', exact: true }).click()
    await this.pagina.getByRole('link', { name: nombre }).click()
  }

  async exportar(opcion: 'Excel, todo lo filtrado' | 'CSV, todo lo filtrado'): Promise<Download> {
    await this.pagina.getByRole('button', { name: 'Exportar' }).click()
    const [descarga] = await Promise.all([
      this.pagina.waitForEvent('download'),
      this.pagina.getByRole('link', { name: opcion }).click(),
    ])
    return descarga
  }
}

/** What a row opens: steps and reprogramaciones. */
export class Expansion {
  readonly pagina: Page
  readonly pasos: Locator

  constructor(pagina: Page, folio: string) {
    this.pagina = pagina
    this.folio = folio
    this.pasos = pagina.getByRole('table', { name: 'Pasos' })
  }

  private readonly folio: string

  async elegirPestana(nombre: string): Promise<void> {
    await this.pagina
      .getByRole('tablist', { name: `Detalles de ${this.folio}` })
      .getByRole('tab', { name: nombre })
      .click()
  }

  get reprogramaciones(): Locator {
    return this.pagina.getByRole('table', { name: `Reprogramaciones de ${this.folio}` })
  }

  fecha(cual: 'Fecha inicio' | 'Fecha término', paso: string): Locator {
    return this.pasos.getByRole('textbox', { name: `${cual} del paso ${paso}`, exact: true })
  }

  async pedirEstatus(paso: string, estatus: string): Promise<Locator> {
    await this.pasos.getByRole('button', { name: new RegExp(`Cambiar estatus del paso ${paso}$`) }).click()
    await this.pagina.getByRole('menuitemradio', { name: estatus }).click()
    return this.pagina.getByRole('dialog', { name: 'Confirmación' })
  }

  async ponerEnlace(paso: string, enlace: string): Promise<void> {
    await this.pasos.getByRole('button', { name: `Subir archivo del paso ${paso}` }).click()
    const dialogo = this.pagina.getByRole('dialog', { name: 'Subir archivo' })
    await dialogo.getByRole('textbox', { name: 'Enlace del archivo' }).fill(enlace)
    await dialogo.getByRole('button', { name: 'Guardar' }).click()
    await dialogo.waitFor({ state: 'hidden' })
  }
}

/** One OT at its own address. */
export class PaginaDetalleOt extends Marco {
  readonly dialogo: DialogoOt

  constructor(pagina: Page) {
    super(pagina)
    this.dialogo = new DialogoOt(pagina)
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
