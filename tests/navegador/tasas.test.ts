// Exchange rates by date, the rate of a draft, its deductions and the settings, as people use them.
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion, paginaDeBorrador } from '../apoyo/estimaciones.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)
const { pool } = app.conexion

/** A draft of a family of its own; where its page is. */
const borrador = async (): Promise<string> =>
  paginaDeBorrador((await app.entrarComo('estimaciones')).agente, await escenaDeEstimacion(pool))

it('a day is captured and corrected; the draft says so and takes the rate again', async () => {
  navegador.permitir(400)
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto('/operaciones/tipos-cambio/')
  await pagina.getByText('Todavía no hay tipos de cambio.').waitFor()
  await pagina.getByRole('button', { name: 'Capturar día' }).click()
  const captura = pagina.getByRole('dialog', { name: 'Capturar tipo de cambio' })
  await captura.getByLabel('Fecha (obligatorio)').fill('12/02/2026')
  await captura.getByLabel('Pesos por dólar (obligatorio)').fill('17.2345')
  await captura.getByRole('button', { name: 'Guardar' }).click()
  await pagina.getByRole('row', { name: /12\/02\/2026.*17\.2345.*Diario Oficial.*8 días sin captura/ }).waitFor()

  const direccion = await borrador()
  await pagina.goto('/operaciones/tipos-cambio/')
  await pagina.getByRole('button', { name: 'Corregir el del 12/02/2026' }).click()
  const correccion = pagina.getByRole('dialog', { name: 'Corregir el tipo de cambio del 12/02/2026' })
  await correccion.getByLabel('Pesos por dólar (obligatorio)').fill('17.5')
  await correccion.getByLabel(/Motivo de la corrección/).fill('fe de erratas')
  await correccion.getByRole('button', { name: 'Guardar' }).click()
  await pagina.getByRole('row', { name: /12\/02\/2026.*17\.5000/ }).waitFor()

  await pagina.goto(direccion)
  await pagina.getByText('El tipo de cambio de su fecha es ahora 17.5000').waitFor()
  await pagina.getByRole('button', { name: 'Tomar el de su fecha' }).click()
  await pagina.getByRole('button', { name: 'Tomar el de su fecha' }).waitFor({ state: 'detached' })
  await pagina
    .getByText(/17\.5000 \(Diario Oficial del 12\/02\/2026, capturó /)
    .first()
    .waitFor()

  await pagina.getByRole('button', { name: 'Editar datos' }).click()
  const edicion = pagina.getByRole('dialog', { name: /^Editar EST-/ })
  await edicion.getByText('Vacío: 17.5000, Diario Oficial del 12/02/2026.').waitFor()
  await edicion.getByLabel('Fecha de estimación', { exact: true }).fill('15/02/2026')
  await edicion.getByLabel('Tipo de cambio').fill('18')
  await edicion.getByRole('button', { name: 'Guardar' }).click()
  await pagina
    .getByText(/18\.0000 \(capturado por /)
    .first()
    .waitFor()
})

it('the page of a new estimation says the rate of the date that is written', async () => {
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto('/operaciones/estimaciones/nueva/')
  await pagina.getByText('Vacío: 17.5000, Diario Oficial del 12/02/2026.').waitFor()
  const fecha = pagina.getByLabel('Fecha de estimación (obligatorio)')
  await fecha.fill('10/02/2026')
  await fecha.blur()
  await pagina.getByText('Vacío: 19.1648, parámetro del sistema.').waitFor()
})

it('settings and usual deductions; in a draft they are chosen, with their net while typing, by keyboard alone', async () => {
  const jefe = await navegador.entrar('administrador')
  await jefe.goto('/administracion/parametros/')
  navegador.permitir(400)
  await jefe.getByRole('textbox', { name: 'Días que puede abarcar el periodo de una estimación' }).fill('0')
  await jefe.keyboard.press('Enter')
  await jefe.getByText('Escribe un número entero de 1 a 3,660.').first().waitFor()
  await jefe.getByRole('button', { name: 'Agregar deducción' }).click()
  await jefe.keyboard.type('Anticipo')
  await jefe.keyboard.press('Tab')
  await jefe.keyboard.type('30')
  await jefe.getByRole('button', { name: 'Guardar deducciones' }).click()
  await jefe.getByText('Deducciones usuales guardadas.').waitFor()
  expect(await violacionesDeAxe(jefe)).toEqual([])

  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(await borrador())
  await pagina.getByRole('tab', { name: 'Deducciones' }).click()
  await pagina.getByText('Sin deducciones.').waitFor()
  await pagina.getByRole('button', { name: 'Agregar deducción' }).press('Enter')
  await pagina.keyboard.type('Anticipo')
  const neto = pagina.getByRole('row', { name: /^Neto/ })
  // 58,500.00 and 2,250.00 at 17.5, less 30 %
  await neto.getByText('$ 40,950.00').waitFor()
  expect(await neto.innerText()).toMatch(/\$ 40,950\.00\s+\$ 1,575\.00\s+\$ 68,512\.50/)
  await pagina.getByRole('button', { name: 'Agregar deducción' }).press('Enter')
  await pagina.keyboard.type('Pena')
  await pagina.getByLabel('Cómo se calcula, renglón 2').selectOption('importe')
  await pagina.getByLabel('Importe M.N., renglón 2').fill('50000')
  await pagina.getByRole('button', { name: 'Guardar deducciones' }).click()
  await pagina.getByText('Las deducciones en M.N. pasan del importe de la estimación').waitFor()
  await pagina.getByLabel('Importe M.N., renglón 2').fill('950')
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await pagina.getByRole('button', { name: 'Guardar deducciones' }).click()
  await pagina.getByText('Deducciones guardadas.').waitFor()
  await neto.getByText('$ 40,000.00').waitFor()
  await pagina.getByRole('button', { name: 'Enviar', exact: true }).click()
  await pagina
    .getByRole('dialog', { name: /^Enviar/ })
    .getByRole('button', { name: 'Enviar' })
    .click()
  await pagina.getByText('ENVIADA', { exact: true }).first().waitFor()
  await pagina.getByRole('row', { name: /^Anticipo 30 %/ }).waitFor()
  expect(await pagina.getByRole('button', { name: 'Agregar deducción' }).count()).toBe(0)
})

it.each([
  ['escritorio', ESCRITORIO],
  ['teléfono', TELEFONO],
] as const)('nothing sticks out and axe finds nothing (%s)', async (_, tamano) => {
  const pagina = await navegador.entrar('superusuario', { tamano })
  const direccion = await borrador()
  for (const ruta of [
    '/operaciones/tipos-cambio/',
    '/operaciones/tipos-cambio/importar/',
    '/administracion/parametros/',
    `${direccion}?pestana=deducciones`,
  ]) {
    await pagina.goto(ruta)
    await pagina.getByRole('heading', { level: 1 }).waitFor()
    const agregar = pagina.getByRole('button', { name: 'Agregar deducción' })
    if ((await agregar.count()) > 0) await agregar.click()
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra, await violacionesDeAxe(pagina)]).toEqual([ruta, 0, []])
    await pagina.screenshot({ path: `/tmp/datos-tasas-${_}-${ruta.replaceAll(/\W/g, '_')}.png`, fullPage: true })
  }
})
