import type { Locator, Page } from 'playwright-core'
import { Marco } from './paginas-acceso.ts'

/** Page of any import: file, analysis, result, history. */
export class PaginaImportar extends Marco {
  readonly analisis: Locator
  readonly resultado: Locator
  readonly historial: Locator

  readonly ruta: string

  constructor(pagina: Page, ruta = '/operaciones/ot/importar/') {
    super(pagina)
    this.ruta = ruta
    this.analisis = pagina.getByRole('region', { name: /^Análisis de / })
    this.resultado = pagina.getByRole('region', { name: /^(?:Lote \d+|Nada que importar)$/ })
    this.historial = pagina.getByRole('region', { name: 'Importaciones anteriores' })
  }

  async abrir(): Promise<void> {
    await this.pagina.goto(this.ruta)
  }

  async analizar(archivo: { name: string; buffer: Buffer } | string, crearPtes?: boolean): Promise<void> {
    await this.elegir(archivo)
    if (crearPtes !== undefined)
      await this.pagina.getByRole('checkbox', { name: 'Crear las PTE que falten' }).first().setChecked(crearPtes)
    await this.pagina.getByRole('button', { name: 'Analizar archivo' }).click()
  }

  protected async elegir(archivo: { name: string; buffer: Buffer } | string): Promise<void> {
    const libro =
      typeof archivo === 'string'
        ? archivo
        : { ...archivo, mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' }
    await this.pagina.getByLabel('Elegir archivo').setInputFiles(libro)
  }

  async importar(): Promise<void> {
    await this.analisis.getByRole('button', { name: 'Importar', exact: true }).click()
    const pregunta = this.pagina.getByRole('dialog', { name: /^Importar / })
    await pregunta.getByRole('button', { name: 'Importar' }).click()
  }
}

/** «IMPORTAR PRECIOS». */
export class PaginaImportarPrecios extends PaginaImportar {
  constructor(pagina: Page) {
    super(pagina, '/operaciones/catalogos/conceptos/importar/')
  }

  /** @param contrato as the selector shows it; without it, none is chosen. */
  async analizarPrecios(
    archivo: { name: string; buffer: Buffer } | string,
    { contrato, crear }: { contrato?: string; crear: boolean },
  ): Promise<void> {
    await this.elegir(archivo)
    if (contrato !== undefined)
      await this.pagina.getByRole('combobox', { name: 'Contrato y lista de precios' }).selectOption({ label: contrato })
    await this.pagina.getByRole('checkbox', { name: 'Crear los anexos que falten' }).first().setChecked(crear)
    await this.pagina.getByRole('button', { name: 'Analizar archivo' }).click()
  }
}

/** One batch of the history. */
export class PaginaLote extends Marco {
  async deshacer(): Promise<void> {
    await this.pagina.getByRole('button', { name: 'Deshacer importación' }).click()
    const pregunta = this.pagina.getByRole('dialog')
    await pregunta.getByRole('button', { name: /^Deshacer|^Sí/ }).click()
  }
}
