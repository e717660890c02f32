import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearBorrador, escenaDeEstimacion } from '../apoyo/estimaciones.ts'
import { listaDe, serie } from '../apoyo/libro-volumenes.ts'
import { crearNavegador, desbordeHorizontal, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
const LIBRO = {
  name: 'volumenes-cliente.xlsx',
  mimeType: XLSX,
  buffer: listaDe(
    ['2.1.', 'C-2', null, null, null, 'TE', serie('2026-02-12'), 30],
    ['2.1.', 'C-2', null, null, null, 'CMA', serie('2026-02-12'), 10],
    ['2.1.', 'C-2', null, null, null, 'TE', serie('2026-02-13'), 20],
    ['9.9.', 'C-9', 'OTRA COSA', 'M', null, 'TE', serie('2026-02-12'), 7],
  ),
}

const borrador = async (): Promise<number> =>
  crearBorrador((await app.entrarComo('estimaciones')).agente, await escenaDeEstimacion(app.conexion.pool))

it('from the workbook of the client to the adjusted draft, with the keyboard', async () => {
  navegador.permitir(400)
  const id = await borrador()
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(`/operaciones/estimaciones/${String(id)}/`)
  await pagina.getByRole('link', { name: 'Comparar con el cliente' }).click()
  await pagina.getByText('Sin comparaciones.').waitFor()
  await pagina.getByRole('button', { name: 'Comparar', exact: true }).click()
  await pagina.getByText('Elige el libro de Excel del cliente.').waitFor()
  await pagina.getByLabel('Libro de Excel').setInputFiles({ ...LIBRO, buffer: Buffer.from('no') })
  await pagina.getByRole('button', { name: 'Comparar', exact: true }).click()
  await pagina.locator('#archivo-error').getByText('Elige un libro de Excel (.xlsx).').waitFor()
  await pagina.getByLabel('Libro de Excel').setInputFiles(LIBRO)
  await pagina.getByRole('button', { name: 'Comparar', exact: true }).click()
  await pagina.getByText('1 renglón igual y 3 diferencias.').first().waitFor()
  await pagina.getByRole('row', { name: /^Diferente 1 35 30/ }).waitFor()
  await pagina.getByRole('row', { name: /9\.9\. C-9 OTRA COSA A8 7/ }).waitFor()
  expect(await pagina.getByRole('checkbox', { name: /Elegir 2\.1\. del 13\/02\/2026/ }).isDisabled()).toBe(true)
  await pagina
    .getByRole('row', { name: /No se puede estimar\. Producido fuera del borrador: 20: es excedente\./ })
    .waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])

  await pagina.getByRole('checkbox', { name: 'Elegir 2.1. del 12/02/2026 TE' }).focus()
  await pagina.keyboard.press('Space')
  await pagina.getByText('1 diferencia elegida.').waitFor()
  await pagina.getByRole('checkbox', { name: 'Elegir todas las diferencias que se ven' }).check()
  await pagina.getByText('2 diferencias elegidas.').waitFor()
  await pagina.getByRole('button', { name: 'Ver el plan y aplicar' }).click()
  const plan = pagina.getByRole('dialog', { name: 'Aplicar 2 diferencias' })
  await plan.getByRole('row', { name: /^Importe M\.N\. 58,500\.00 40,000\.00$/ }).waitFor()
  await plan.getByRole('row', { name: /^Ajustar 5\.1\..*12 0$/ }).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await plan.getByRole('button', { name: 'Aplicar' }).click()
  await plan.getByText('Escribe el motivo (5 caracteres o más).').waitFor()
  await plan.getByLabel('Motivo (obligatorio)').fill('minuta 12')
  await plan.getByRole('button', { name: 'Aplicar' }).click()
  await pagina.getByText('2 líneas cambiadas.').waitFor()
  await pagina.getByText(/2 ajustadas; /).waitFor()
  await pagina
    .getByRole('link', { name: /^EST-1/ })
    .first()
    .click()
  await pagina.getByText('$ 40,000.00').first().waitFor()
})

it.each([
  ['escritorio', ESCRITORIO],
  ['teléfono', TELEFONO],
] as const)('fits and axe finds nothing (%s)', async (_, tamano) => {
  const id = await borrador()
  const pagina = await navegador.entrar('estimaciones', { tamano })
  await pagina.goto(`/operaciones/estimaciones/${String(id)}/comparar/`)
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
  await pagina.getByLabel('Libro de Excel').setInputFiles(LIBRO)
  await pagina.getByRole('button', { name: 'Comparar', exact: true }).click()
  await pagina.getByRole('heading', { name: 'Concepto por concepto y día por día' }).waitFor()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
})
