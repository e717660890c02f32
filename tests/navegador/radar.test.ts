import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion } from '../apoyo/estimaciones.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)
const { ot } = await escenaDeEstimacion(app.conexion.pool)
await app.conexion.pool.query("UPDATE ot SET orden_trabajo = 'OT-900-26-075-DESMANTELAMIENTO-IXEL-2' WHERE id = $1", [
  ot,
])
await escenaDeEstimacion(app.conexion.pool)
const RADAR = '/operaciones/estimaciones/radar/'

it('each figure opens its rows, and a row leads to what has to be done', async () => {
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto('/operaciones/estimaciones/')
  await pagina.getByRole('link', { name: 'Radar de cobro' }).click()
  await pagina.getByRole('heading', { name: 'RADAR DE COBRO' }).waitFor()
  await pagina.getByText('Cuadra al centavo').waitFor()
  await pagina.getByLabel('Tabla por').selectOption('sitio')
  await pagina.getByLabel('Antigüedad').selectOption('0-30')
  await pagina.getByRole('button', { name: 'Ver', exact: true }).press('Enter')
  await pagina.getByRole('heading', { name: 'Por Sitio, en M.N.' }).waitFor()
  expect(new URL(pagina.url()).searchParams.get('antiguedad')).toBe('0-30')
  // Two families: 2 × 58,500.
  await pagina.getByRole('listitem').filter({ hasText: 'Se puede estimar hoy' }).getByText('$117,000.00').waitFor()
  await pagina.getByRole('link', { name: 'Estimable', exact: true }).focus()
  await pagina.keyboard.press('Enter')
  await pagina.getByRole('heading', { name: 'RADAR: ESTIMABLE' }).waitFor()
  await pagina.getByRole('heading', { name: '6 partes' }).waitFor()
  await pagina.getByText('$117,000.00').first().waitFor()
  await pagina.getByRole('link', { name: 'Ver el radar' }).click()
  await pagina.getByRole('link', { name: 'Sin evidencia', exact: true }).click()
  await pagina
    .getByRole('row', { name: /Su GPU no tiene enlace ni archivos/ })
    .first()
    .getByRole('link')
    .click()
  await pagina.waitForURL(/\/operaciones\/produccion\/gpu\/\d+\//)
})

it.each([
  ['escritorio', ESCRITORIO],
  ['teléfono', TELEFONO],
] as const)('fits and axe finds nothing (%s)', async (nombre, tamano) => {
  const pagina = await navegador.entrar('estimaciones', { tamano })
  for (const ruta of [
    RADAR,
    `${RADAR}?id_ot=${String(ot)}&por=antiguedad&moneda=homologado`,
    `${RADAR}?antiguedad=181-`,
    `${RADAR}partes/?apartado=excedente`,
    `${RADAR}partes/?apartado=cobrada`,
  ]) {
    await pagina.goto(ruta)
    await pagina.locator('h1').waitFor()
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra]).toEqual([ruta, 0])
    const cortados = await pagina.evaluate<number>(
      "[...document.querySelectorAll('.radar-tabla tbody th')].filter((celda) => celda.scrollWidth > celda.clientWidth).length",
    )
    expect([ruta, cortados]).toEqual([ruta, 0])
    expect([ruta, await violacionesDeAxe(pagina)]).toEqual([ruta, []])
    if (process.env['FOTOS'])
      await pagina.screenshot({
        path: `${process.env['FOTOS']}/${nombre}-${ruta.replace(/\W+/g, '_')}.png`,
        fullPage: true,
      })
  }
})
