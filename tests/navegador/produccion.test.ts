import type { Page } from 'playwright-core'
import { beforeEach, describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { datosComunes, fabricasProduccion } from '../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const { P1 } = await datosComunes(app.conexion.pool)
const crea = fabricasProduccion(app.conexion.pool)
const navegador = crearNavegador(app)

const FEBRERO = '/operaciones/produccion/?sitio=1&mes=2&anio=2026&ot=101&pestana=produccion'

/** The tab of production as a person uses it: by names of cells and by keys. */
class Rejilla {
  readonly pagina: Page
  constructor(pagina: Page) {
    this.pagina = pagina
  }

  get caja() {
    return this.pagina.getByRole('grid', { name: 'Volúmenes del mes por partida y día' })
  }

  get avisos() {
    return this.pagina.locator('#avisos')
  }

  get problemas() {
    return this.pagina.locator('.captura-problemas')
  }

  async abrir(ruta = FEBRERO): Promise<this> {
    await this.pagina.goto(ruta)
    await this.caja.getByRole('rowheader', { name: '2.1.' }).waitFor()
    return this
  }

  celda(codigo: string, dia: number) {
    return this.caja
      .getByRole('row')
      .filter({ has: this.pagina.getByRole('rowheader', { name: codigo, exact: true }) })
      .locator(`[aria-colindex="${String(dia + 5)}"]`)
  }

  async texto(codigo: string, dia: number): Promise<string> {
    return (await this.celda(codigo, dia).locator('.captura-valor').textContent()) ?? ''
  }

  /** Column by its title: «Acumulado Mes». */
  columna(codigo: string, numero: number) {
    return this.celda(codigo, numero - 5).locator('.captura-valor')
  }

  async ir(codigo: string, dia: number): Promise<void> {
    await this.celda(codigo, dia).click()
  }

  async teclas(...teclas: string[]): Promise<void> {
    for (const tecla of teclas) await this.pagina.keyboard.press(tecla)
  }

  async pegar(texto: string): Promise<void> {
    await this.pagina.evaluate((bloque) => {
      const datos = new DataTransfer()
      datos.setData('text/plain', bloque)
      document
        .querySelector('[role=grid]')
        ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: datos, bubbles: true, cancelable: true }))
    }, texto)
  }

  async guardar(): Promise<void> {
    await this.pagina.getByRole('button', { name: /^Guardar (TE|CMA)$/ }).click()
  }

  get sinGuardar() {
    return this.pagina.locator('.captura-barra .insignia')
  }
}

async function entrar(quien: 'operaciones' | 'administrador' = 'operaciones'): Promise<Rejilla> {
  return new Rejilla(await navegador.entrar(quien))
}

/** Nothing produced, nothing signed, no folder: each test tells its own month. */
beforeEach(async () => {
  await app.conexion.pool.query(
    'TRUNCATE produccion, reporte_diario_detalle, reporte_mensual_header, registro_generadores_pu RESTART IDENTITY CASCADE',
  )
})

const guardadas = async (): Promise<string[]> =>
  (await crea.leerProduccion(101)).map(({ codigo, fecha, tipo, sitio, volumen }) =>
    [codigo, fecha, tipo, sitio, volumen].join(' '),
  )

describe('the month typed as in a spreadsheet', () => {
  it('keyboard only: typing replaces, Tab and Enter go on, F2 corrects, Esc leaves, Ctrl+Z undoes, and it is saved', async () => {
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pagina.keyboard.type('1,234.5')
    await rejilla.teclas('Tab')
    await rejilla.pagina.keyboard.type('3')
    await rejilla.teclas('Enter')
    // Back to the column where the Tabs began, over the title of the annex.
    await rejilla.pagina.keyboard.type('7')
    await rejilla.teclas('ArrowUp', 'F2')
    await rejilla.pagina.keyboard.type('99')
    await rejilla.teclas('Escape')
    expect([await rejilla.texto('2.1.', 12), await rejilla.texto('2.1.', 13), await rejilla.texto('3.5.', 12)]).toEqual(
      ['1,234.5', '3', '7'],
    )
    await rejilla.ir('3.5.', 12)
    await rejilla.teclas('Delete', 'Control+z', 'Control+z', 'Control+y')
    expect(await rejilla.texto('3.5.', 12)).toBe('7')
    await rejilla.ir('2.1.', 12)
    await rejilla.teclas('F2', 'Backspace', 'Enter', 'Control+s')
    await rejilla.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect(await guardadas()).toEqual([
      '2.1 2026-02-12 TE 1 1234.000000',
      '2.1 2026-02-13 TE 1 3.000000',
      '3.5 2026-02-12 TE 1 7.000000',
    ])
    await rejilla.sinGuardar.waitFor({ state: 'hidden' })
  })

  it('a block of Excel with decimal commas goes in; totals, amounts and cards follow without the server', async () => {
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '20', sitio: 1 })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', sitio: 1, tipo: 'CMA' })
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pegar('30,5\t2\r\n\t\r\n0,000001\t\r\n')
    expect([await rejilla.texto('2.1.', 12), await rejilla.texto('3.5.', 12)]).toEqual(['30.5', '0.000001'])
    // P20: the hidden type counts too.
    expect(await rejilla.columna('2.1.', 37).textContent()).toBe('42.500000')
    expect(await rejilla.columna('2.1.', 38).textContent()).toBe('42,500.00')
    expect(await rejilla.pagina.locator('[data-total="mes-mn"]').textContent()).toBe('$ 42,500.00')
    await rejilla.pagina.getByText('Suma 32.500001 · Promedio 10.833334 · 3 llenas de 4').waitFor()
    await rejilla.guardar()
    await rejilla.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect(await guardadas()).toEqual([
      '2.1 2026-02-12 TE 1 30.500000',
      '2.1 2026-02-12 CMA 1 10.000000',
      '2.1 2026-02-13 TE 1 2.000000',
      '3.5 2026-02-12 TE 1 0.000001',
    ])
  })

  it('commas that nothing explains are asked about once', async () => {
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pegar('1,234\t5')
    const pregunta = rejilla.pagina.getByRole('dialog', { name: '¿Qué son las comas de lo que pegas?' })
    await pregunta.getByLabel('«1,234» es').selectOption({ label: '1.234 (la coma es decimal)' })
    await pregunta.getByRole('button', { name: 'Pegar' }).click()
    await rejilla.celda('2.1.', 12).getByText('1.234').waitFor()
    expect(await rejilla.texto('2.1.', 13)).toBe('5')
  })

  it('what cannot be read stays in red and blocks saving; the list leads to the cell', async () => {
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('3.5.', 15)
    await rejilla.pagina.keyboard.type('-3')
    await rejilla.teclas('Enter')
    expect(await rejilla.celda('3.5.', 15).getAttribute('aria-invalid')).toBe('true')
    await rejilla.guardar()
    await rejilla.problemas.getByText('es negativo: escribe 0 o más.').waitFor()
    await rejilla.problemas.getByRole('button', { name: '3.5. · día 15' }).click()
    await rejilla.pagina.keyboard.type('3')
    await rejilla.teclas('Enter')
    await rejilla.guardar()
    await rejilla.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect(await guardadas()).toEqual(['3.5 2026-02-15 TE 1 3.000000'])
  })

  it('signed days and days outside the window are locked and say why; a pasted block passes over them', async () => {
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-13', sitio: 1, estatus: 17 })
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 13)
    await rejilla.pagina.keyboard.type('5')
    await rejilla.pagina.locator('.captura-descripcion').getByText('El día está firmado en este frente').waitFor()
    expect(await rejilla.celda('2.1.', 13).getAttribute('aria-readonly')).toBe('true')
    await rejilla.ir('2.1.', 10)
    await rejilla.pagina.locator('.captura-descripcion').getByText('fuera de la vigencia').waitFor()
    await rejilla.pegar('1\t2\t3\t4')
    await rejilla.avisos.getByText('2 celdas no se cambiaron').waitFor()
    expect([await rejilla.texto('2.1.', 11), await rejilla.texto('2.1.', 12), await rejilla.texto('2.1.', 13)]).toEqual(
      ['2', '3', ''],
    )
  })

  it('excedente is seen while typing and announced when it is saved', async () => {
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pagina.keyboard.type('100')
    await rejilla.teclas('Tab')
    expect(await rejilla.columna('2.1.', 40).textContent()).toBe('AUTORIZADO')
    await rejilla.pagina.keyboard.type('0.000001')
    await rejilla.teclas('Tab')
    expect(await rejilla.columna('2.1.', 40).textContent()).toBe('EXCEDENTE')
    expect(await rejilla.celda('2.1.', 13).getAttribute('class')).toContain('excedente')
    expect(await rejilla.celda('2.1.', 12).getAttribute('class')).not.toContain('excedente')
    await rejilla.guardar()
    await rejilla.pagina.getByText('¡ALERTA DE EXCEDENTE!').waitFor()
    await rejilla.pagina.getByText('1 celda: 2.1. (día 13).').waitFor()
  })

  it('two people in the same cell: both values, who and when; one is chosen and nothing else is lost', async () => {
    navegador.permitir(409)
    const [una, otra] = [await (await entrar()).abrir(), await (await entrar('administrador')).abrir()]
    await una.ir('2.1.', 12)
    await una.pagina.keyboard.type('36')
    await una.teclas('Enter')
    await otra.ir('2.1.', 12)
    await otra.pegar('40\t8')
    await una.guardar()
    await una.avisos.getByText('Producción TE guardada correctamente').waitFor()
    await otra.guardar()
    const dialogo = otra.pagina.getByRole('dialog', { name: 'Alguien más cambió estas celdas' })
    await dialogo.getByRole('row', { name: /2\.1\. · día 12.*40.*36.*operaciones/ }).waitFor()
    await dialogo.getByRole('button', { name: 'Todo lo que escribí' }).click()
    await dialogo.getByRole('button', { name: 'Guardar lo elegido' }).click()
    await otra.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect(await guardadas()).toEqual(['2.1 2026-02-12 TE 1 40.000000', '2.1 2026-02-13 TE 1 8.000000'])
    // The first one, on saving something else, sees what the other left.
    await una.ir('3.5.', 12)
    await una.pagina.keyboard.type('1')
    await una.teclas('Enter')
    await una.guardar()
    await una.celda('2.1.', 12).getByText('40').waitFor()
    expect(await una.celda('2.1.', 12).getAttribute('class')).toContain('ajena')
  })

  it('a session that ends with unsaved cells: they are there after logging in again', async () => {
    navegador.permitir(401)
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pegar(Array.from({ length: 5 }, () => Array.from({ length: 17 }, () => '1.5').join('\t')).join('\n'))
    const antes = (await rejilla.sinGuardar.textContent()) ?? ''
    expect(antes).toContain('51 celdas')
    await rejilla.pagina.context().clearCookies()
    await rejilla.guardar()
    await rejilla.pagina.waitForURL(/accounts\/login/)
    const { galleta } = await app.entrarComo('operaciones')
    await rejilla.pagina.context().addCookies([{ name: 'sascop_sesion', value: galleta, url: app.direccion }])
    await rejilla.abrir()
    await rejilla.avisos.getByText(/Recuperamos 51 celdas sin guardar/).waitFor()
    expect([await rejilla.sinGuardar.textContent(), await rejilla.texto('5.1.', 28)]).toEqual([antes, '1.5'])
    await rejilla.guardar()
    await rejilla.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect((await guardadas()).length).toBe(51)
  })

  it('cells recovered over what somebody changed meanwhile are asked about', async () => {
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.pagina.keyboard.type('9')
    await rejilla.teclas('Enter')
    await rejilla.pagina.goto('/perfil/')
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '4', sitio: 1 })
    await rejilla.abrir()
    const dialogo = rejilla.pagina.getByRole('dialog', { name: 'Alguien más cambió estas celdas' })
    await dialogo.getByRole('row', { name: /2\.1\. · día 12/ }).waitFor()
    await dialogo.getByRole('button', { name: 'Guardar lo elegido' }).click()
    await rejilla.celda('2.1.', 12).getByText('4', { exact: true }).waitFor()
    await rejilla.sinGuardar.waitFor({ state: 'hidden' })
  })

  it('all the orders of a site are one grid, and each is saved as its own', async () => {
    await app.conexion.pool.query("UPDATE ot SET fecha_inicio_programado = '2026-02-15' WHERE id = 103")
    const rejilla = await entrar()
    await rejilla.pagina.goto('/operaciones/produccion/?sitio=2&mes=2&anio=2026&pestana=produccion')
    await rejilla.pagina.getByRole('button', { name: 'Todas las OTs del frente' }).click()
    await rejilla.caja.getByRole('rowheader', { name: 'OT-103' }).waitFor()
    const filas = rejilla.caja.getByRole('row').filter({ has: rejilla.pagina.getByRole('rowheader', { name: '2.1.' }) })
    await filas.nth(0).locator('[aria-colindex="21"]').click()
    await rejilla.pagina.keyboard.type('2')
    await rejilla.teclas('Enter')
    await filas.nth(1).locator('[aria-colindex="21"]').click()
    await rejilla.pagina.keyboard.type('3')
    await rejilla.teclas('Enter')
    await rejilla.guardar()
    await rejilla.avisos.getByText('Producción TE guardada en 2 OTs').waitFor()
    expect([await guardadas(), (await crea.leerProduccion(103)).map(({ volumen }) => volumen)]).toEqual([
      ['2.1 2026-02-16 TE 2 2.000000'],
      ['3.000000'],
    ])
    await app.conexion.pool.query("UPDATE ot SET fecha_inicio_programado = '2026-03-01' WHERE id = 103")
  })

  it('every number leads to its rows: a cell, and the accumulated of every site', async () => {
    await crea.produccion(P1, { fecha: '2026-01-30', volumen: '40', sitio: 2 })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1 })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10.000001', sitio: 1, tipo: 'CMA' })
    const rejilla = await (await entrar()).abrir()
    await rejilla.ir('2.1.', 12)
    await rejilla.teclas('Control+Enter')
    const dialogo = rejilla.pagina.getByRole('dialog', { name: '2.1., día 12' })
    await dialogo.getByText('2 registros, volumen 45.000001.').waitFor()
    await dialogo.getByRole('row', { name: /12\/02\/2026 2\.1 \(C-2\) CMA EMBARCACION-UNO 10\.000001/ }).waitFor()
    await dialogo.getByRole('button', { name: 'Cerrar' }).click()
    await rejilla.pagina.getByRole('button', { name: 'Prod. general acumulada' }).click()
    await rejilla.pagina.getByText('3 registros, volumen 85.000001.').waitFor()
    await rejilla.pagina.getByRole('link', { name: '30/01/2026' }).click()
    await rejilla.caja.getByRole('rowheader', { name: '2.1.' }).waitFor()
    expect(rejilla.pagina.url()).toContain('sitio=2&mes=1&anio=2026')
  })

  it('as a table: on a phone, by fields, without overflow; axe finds nothing in either', async () => {
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1 })
    const rejilla = await (await entrar()).abrir()
    expect(await violacionesDeAxe(rejilla.pagina)).toEqual([])
    const telefono = new Rejilla(await navegador.entrar('operaciones', { tamano: TELEFONO }))
    await telefono.pagina.goto(FEBRERO)
    await telefono.pagina.getByLabel('Día', { exact: true }).selectOption('12')
    const campo = telefono.pagina.getByRole('textbox', { name: '3.5., día 12' })
    const caja = await campo.boundingBox()
    // The field is in sight, not to the right of the table.
    expect((caja?.x ?? 0) + (caja?.width ?? TELEFONO.width)).toBeLessThanOrEqual(TELEFONO.width)
    await campo.fill('4')
    await telefono.pagina.getByRole('textbox', { name: '3.5., día 12' }).press('Tab')
    expect(await desbordeHorizontal(telefono.pagina)).toBe(0)
    expect(await violacionesDeAxe(telefono.pagina)).toEqual([])
    await telefono.guardar()
    await telefono.avisos.getByText('Producción TE guardada correctamente').waitFor()
    expect(await guardadas()).toEqual(['2.1 2026-02-12 TE 1 35.000000', '3.5 2026-02-12 TE 1 4.000000'])
  })
})
