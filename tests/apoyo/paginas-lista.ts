import type { Download, Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'

/** A form in a dialog, with its summary of errors. */
export class DialogoDeFormulario {
  readonly pagina: Page
  readonly caja: Locator
  readonly resumen: Locator
  private readonly guardarCon: string

  constructor(pagina: Page, titulo: RegExp, guardarCon: string) {
    this.pagina = pagina
    this.caja = pagina.getByRole('dialog', { name: titulo })
    this.resumen = this.caja.getByText(/^Revisa est/)
    this.guardarCon = guardarCon
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

  /** Chooses in a list of the browser by its words. */
  async escoger(nombre: string, texto: string): Promise<void> {
    await this.lista(nombre).selectOption({ label: texto })
  }

  async guardar(): Promise<void> {
    await this.caja.getByRole('button', { name: this.guardarCon }).click()
  }

  async cancelar(): Promise<void> {
    await this.caja.getByRole('button', { name: 'Cancelar' }).click()
  }
}

/** A list with its tools, and its form. */
export class PaginaDeLista extends Marco {
  readonly tabla: Locator
  readonly buscador: Locator
  readonly fichas: Locator
  readonly cuenta: Locator
  readonly dialogo: DialogoDeFormulario
  private readonly ruta: string

  constructor(pagina: Page, partes: { ruta: string; tabla: string; buscador: string; dialogo: DialogoDeFormulario }) {
    super(pagina)
    this.ruta = partes.ruta
    this.tabla = pagina.getByRole('table', { name: partes.tabla, exact: true })
    this.buscador = pagina.getByRole('searchbox', { name: partes.buscador })
    this.fichas = pagina.getByRole('group', { name: 'Filtros aplicados' })
    this.cuenta = pagina.getByRole('status').filter({ hasText: /^(?:Mostrando|\d+ )/ })
    this.dialogo = partes.dialogo
  }

  /** Opens and waits for its rows. */
  async abrir(busqueda = ''): Promise<void> {
    await this.pagina.goto(`${this.ruta}${busqueda}`)
    await this.lista()
  }

  /** The table has what it asked for. */
  async lista(): Promise<void> {
    await this.pagina.locator('[data-lista] table[aria-busy="false"]').first().waitFor()
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
      .getByRole('button', { name: `Editar ${folio}`, exact: true })
      .click()
    await this.dialogo.caja.waitFor()
  }

  async eliminar(folio: string): Promise<Locator> {
    await this.fila(folio)
      .getByRole('button', { name: `Eliminar ${folio}`, exact: true })
      .click()
    return this.pagina.getByRole('dialog', { name: 'Confirmación' })
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

/** The table of steps that a row opens, or that the page of a record has. */
export class TablaDePasos {
  readonly pagina: Page
  readonly tabla: Locator

  constructor(pagina: Page, nombre: string) {
    this.pagina = pagina
    this.tabla = pagina.getByRole('table', { name: nombre, exact: true })
  }

  fecha(cual: 'Fecha inicio' | 'Fecha término' | 'Fecha entrega', paso: string): Locator {
    return this.tabla.getByRole('textbox', { name: `${cual} del paso ${paso}`, exact: true })
  }

  estatus(paso: string): Locator {
    return this.tabla.getByRole('button', { name: new RegExp(`Cambiar estatus del paso ${paso.replace('.', '\\.')}$`) })
  }

  /** Menu of the badge, then the question. */
  async pedirEstatus(paso: string, estatus: string): Promise<Locator> {
    await this.estatus(paso).click()
    await this.pagina.getByRole('menuitemradio', { name: estatus, exact: true }).click()
    return this.pagina.getByRole('dialog', { name: 'Confirmación' })
  }

  /** The question answered with yes. */
  async cambiarEstatus(paso: string, estatus: string): Promise<void> {
    const pregunta = await this.pedirEstatus(paso, estatus)
    await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
    await pregunta.waitFor({ state: 'detached' })
  }

  async ponerEnlace(paso: string, enlace: string): Promise<void> {
    await this.tabla.getByRole('button', { name: `Subir archivo del paso ${paso}`, exact: true }).click()
    const dialogo = this.pagina.getByRole('dialog', { name: 'Subir archivo' })
    await dialogo.getByRole('textbox', { name: 'Enlace del archivo' }).fill(enlace)
    await dialogo.getByRole('button', { name: 'Guardar' }).click()
    await dialogo.waitFor({ state: 'hidden' })
  }
}
