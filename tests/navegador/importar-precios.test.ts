/** Load of the contract (issue B §8): from the workbook to a price that says where it comes from, and back. */
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { PaginaImportarPrecios, PaginaLote } from '../apoyo/paginas-importacion.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { concepto, HAY_REALES, hojaDeContrato, libroDeContrato, libroDePrecios, libroReal } from '../apoyo/precios.ts'

const app = await crearAppDePruebas({ cola: true })
const navegador = crearNavegador(app)
const CONTRATO = 'CONTRATO POR DEFINIR · Anexo C (Lista de precios)'

const contar = async (): Promise<number> => {
  const { rows } = await app.conexion.pool.query<{ n: number }>(
    'SELECT count(*)::int AS n FROM contrato_concepto_maestro',
  )
  return rows[0]?.n ?? -1
}

it('the contract is loaded, a price is found with its history, and the batch is undone', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/')
  const importar = new PaginaImportarPrecios(pagina)
  await importar.abrir()
  await pagina.getByRole('heading', { level: 1, name: 'IMPORTAR PRECIOS' }).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])

  // The real workbook when it is there; else one of ours.
  const propio = libroDePrecios(
    hojaDeContrato([concepto({ PARTIDA: 2, CONCEPTO: 'Suministro', UNIDAD: null }), concepto()]),
  )
  const archivo = HAY_REALES ? libroReal('ANEXO_C_CONTRATO') : { name: 'ANEXO_C_CONTRATO.xlsx', buffer: propio }
  const cuantos = HAY_REALES ? 1464 : 1
  await importar.analizarPrecios(archivo, { contrato: CONTRATO, crear: true })
  const nuevos = HAY_REALES ? '1,464 conceptos nuevos' : '1 concepto nuevo'
  await importar.analisis.getByText(nuevos, { exact: false }).first().waitFor()
  await importar.analisis.getByRole('tab', { name: /^Conceptos nuevos/ }).click()
  await importar.analisis.getByText('2.1.', { exact: true }).first().waitFor()
  expect([await contar(), await violacionesDeAxe(pagina)]).toEqual([0, []])

  await importar.importar()
  await importar.resultado.getByRole('link', { name: 'Ver el lote' }).click()
  await pagina.getByRole('heading', { level: 1, name: /^LOTE \d+/ }).waitFor()
  const lote = pagina.url()
  expect([await contar(), await violacionesDeAxe(pagina)]).toEqual([cuantos, []])

  await pagina.getByRole('tab', { name: /^Conceptos creados/ }).click()
  await pagina.getByRole('link', { name: '2.1.', exact: true }).first().click()
  await pagina.getByText('ANEXO_C_CONTRATO.xlsx', { exact: false }).first().waitFor()
  await pagina
    .getByText(HAY_REALES ? 'Anexo C-2-CR' : 'Anexo C-2', { exact: false })
    .first()
    .waitFor()

  await pagina.goto(lote)
  await new PaginaLote(pagina).deshacer()
  await pagina.getByRole('region', { name: 'Este lote se deshizo' }).waitFor()
  expect(await contar()).toBe(0)
})

it('one price list is chosen already; with two, nothing chosen is said at the choice and not at the file', async () => {
  const pagina = await navegador.entrar('administrador')
  const importar = new PaginaImportarPrecios(pagina)
  await importar.abrir()
  const lista = pagina.getByRole('combobox', { name: 'Contrato y lista de precios' })
  expect(await lista.locator('option:checked').textContent()).toBe(CONTRATO)
  await app.conexion.pool.query(
    `INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, tipo) SELECT id, 'D', 'Otra lista', 'FINANCIERO' FROM contrato`,
  )
  await importar.abrir()
  expect(await lista.inputValue()).toBe('')
  await pagina
    .locator('input[type=file]')
    .setInputFiles({ name: 'PRECIOS.xlsx', mimeType: '', buffer: libroDeContrato(concepto()) })
  await pagina.getByRole('button', { name: 'Analizar archivo' }).click()
  await pagina.locator('#opcion-contrato-error').getByText('Elige el contrato').waitFor()
  expect([await pagina.locator('#archivo-error').textContent(), await violacionesDeAxe(pagina)]).toEqual(['', []])
  await pagina.locator('#opcion-contrato:focus').waitFor()
  await app.conexion.pool.query(`DELETE FROM contrato_anexo_maestro WHERE clave = 'D'`)
})

it('on a phone: what is rejected names its sheet and its cell, and nothing overflows', async () => {
  const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
  const importar = new PaginaImportarPrecios(pagina)
  await importar.abrir()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
  const buffer = libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' }))
  await importar.analizarPrecios({ name: 'PRECIOS.xlsx', buffer }, { crear: false })
  await importar.analisis.getByText('1 concepto nuevo', { exact: false }).first().waitFor()
  await importar.analisis.getByRole('tab', { name: /^Rechazadas/ }).click()
  await importar.analisis.getByText('y no es la clave de una unidad', { exact: false }).waitFor()
  await importar.analisis.getByText('D3', { exact: true }).waitFor()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
})
