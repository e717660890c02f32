import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { datosComunes, fabricasProduccion } from '../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const navegador = crearNavegador(app)
const crea = fabricasProduccion(app.conexion.pool)
const { P1, P3 } = await datosComunes(app.conexion.pool)
await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1 })
await crea.produccion(P3, { fecha: '2026-02-13', volumen: '12.123456', sitio: 1 })
await crea.programa(P3.id, { '2026-02-12': '10', '2026-02-20': '5' })
const PAGINA = '/operaciones/produccion/reportes/'

it('from the page of production, the monthly report in PDF of what is on screen', async () => {
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto('/operaciones/produccion/?sitio=1&mes=2&anio=2026&ot=101')
  await pagina.getByText('Vigencia 11/02/2026').first().waitFor()
  await pagina.getByRole('button', { name: 'Reporte mensual' }).click()
  const [descarga] = await Promise.all([
    pagina.waitForEvent('download'),
    pagina.getByRole('menuitemradio', { name: 'De la OT en este frente, en PDF' }).click(),
  ])
  expect(descarga.suggestedFilename()).toBe('Reporte-Produccion-OT-101-2026-02.pdf')
  expect(
    readFileSync(await descarga.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
})

it('from an OT, what was programmed against what was produced: chart, table, one partida', async () => {
  const pagina = await navegador.entrar('consulta')
  await pagina.goto('/operaciones/ot/101/')
  await pagina.getByRole('link', { name: 'Reportes de producción' }).click()
  await pagina.locator('#grafica-programa svg').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await pagina.getByRole('link', { name: '5.1.' }).click()
  await pagina.getByText('Partida 5.1., en JOR').waitFor()
  expect(await pagina.getByRole('cell', { name: '12.123456' }).count()).toBeGreaterThan(0)
})

it('fits in a phone', async () => {
  const pagina = await navegador.entrar('consulta', { tamano: TELEFONO })
  for (const ruta of [PAGINA, `${PAGINA}?id_ot=101&mes=2&anio=2026&id_sitio=1`]) {
    await pagina.goto(ruta)
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra, await violacionesDeAxe(pagina)]).toEqual([ruta, 0, []])
  }
})
