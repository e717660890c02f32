import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion } from '../apoyo/estimaciones.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)
const escena = await escenaDeEstimacion(app.conexion.pool)

it('from production to collected: one person estimates and sends, another authorises', async () => {
  navegador.permitir(409)
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(escena.ot)}`)
  await pagina.getByLabel('Fecha desde (obligatorio)').fill('01/02/2026')
  await pagina.getByLabel('Fecha hasta (obligatorio)').fill('15/02/2026')
  await pagina.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  await pagina.getByText('3 líneas se pueden estimar de 5.').waitFor()
  const excedente = pagina.getByRole('row', { name: /Es excedente/ })
  expect(await excedente.getByRole('checkbox').isDisabled()).toBe(true)
  const volumen = pagina.getByLabel(/^Volumen estimado de 2\.1\. del 12\/02\/2026 TE/)
  await volumen.fill('30')
  await pagina.getByText('Escribe por qué se ajusta el volumen').waitFor()
  await pagina.getByLabel(/^Comentario de ajuste de 2\.1\. del 12\/02\/2026 TE/).fill('medición cliente')
  await pagina
    .getByText('3 líneas · 57 producido · 52 estimado · $ 53,500.00 M.N. · $ 2,000.00 USD · $ 91,829.60 homologado')
    .waitFor()
  await pagina.getByRole('button', { name: 'Crear borrador', exact: true }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  await pagina.getByText('$ 91,829.60').first().waitFor()
  const direccion = pagina.url()

  await pagina.getByRole('button', { name: 'Enviar', exact: true }).click()
  await pagina.getByRole('dialog', { name: 'Enviar EST-1' }).getByRole('button', { name: 'Enviar' }).click()
  await pagina.getByText('ENVIADA', { exact: true }).first().waitFor()
  await pagina.getByRole('button', { name: 'Autorizar', exact: true }).click()
  await pagina.getByRole('dialog', { name: 'Autorizar EST-1' }).getByRole('button', { name: 'Autorizar' }).click()
  await pagina.getByText('Quien envió la estimación no puede autorizarla.').first().waitFor()

  const otra = await navegador.entrar('administrador')
  await otra.goto(direccion)
  await otra.getByRole('button', { name: 'Autorizar', exact: true }).click()
  await otra.getByRole('dialog', { name: 'Autorizar EST-1' }).getByRole('button', { name: 'Autorizar' }).click()
  await otra.getByText('AUTORIZADA', { exact: true }).first().waitFor()

  await pagina.goto(direccion)
  await pagina.getByRole('button', { name: 'Facturar', exact: true }).click()
  const factura = pagina.getByRole('dialog', { name: 'Facturar EST-1' })
  await factura.getByLabel('Folio de la factura').fill('F-100')
  await factura.getByRole('button', { name: 'Facturar' }).click()
  await pagina.getByText('FACTURADA', { exact: true }).first().waitFor()
  await pagina.getByRole('button', { name: 'Registrar cobro', exact: true }).click()
  await pagina
    .getByRole('dialog', { name: /Registrar el cobro/ })
    .getByRole('button', { name: 'Registrar cobro' })
    .click()
  await pagina.getByText('COBRADA', { exact: true }).first().waitFor()

  await pagina.goto('/operaciones/estimaciones/')
  await pagina.getByRole('row', { name: /EST-1.*COBRADA/ }).waitFor()
  await pagina.getByText(/Suma sin canceladas: \$53,500\.00 M\.N\./).waitFor()
})

it('the box of a concept takes or leaves its rows, and what was written stays while it is closed (§7)', async () => {
  const otra = await escenaDeEstimacion(app.conexion.pool)
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(otra.ot)}`)
  await pagina.getByLabel('Fecha desde (obligatorio)').fill('01/02/2026')
  await pagina.getByLabel('Fecha hasta (obligatorio)').fill('15/02/2026')
  await pagina.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  await pagina.getByText('3 líneas · 57 producido · 57 estimado').waitFor()
  const todo = pagina.getByLabel('Incluir todo 2.1.')
  const volumen = pagina.getByLabel(/^Volumen estimado de 2\.1\. del 12\/02\/2026 TE/)
  await volumen.fill('30.5')
  await pagina.getByText('3 líneas · 57 producido · 52.5 estimado').waitFor()
  const abrir = pagina.getByRole('button', { name: 'Ver las líneas de C-2 · 2.1.' })
  await abrir.press('Enter')
  expect(await volumen.count()).toBe(0)
  await todo.press('Space')
  await pagina.getByText('1 línea · 12 producido · 12 estimado · $ 13,500.00 M.N. · $ 0.00 USD').waitFor()
  await todo.press('Space')
  await pagina.getByText('3 líneas · 57 producido · 52.5 estimado').waitFor()
  // Closed, it opens by itself to say what is missing.
  await pagina.getByRole('button', { name: 'Crear borrador', exact: true }).click()
  await pagina.getByText('Escribe por qué se ajusta el volumen').waitFor()
  expect(await volumen.inputValue()).toBe('30.5')
  const enfocado = await pagina.evaluate<string | null>('document.activeElement?.getAttribute("aria-label") ?? null')
  expect(enfocado).toMatch(/^Volumen estimado de 2\.1\. del 12\/02\/2026 TE/)
})

it('the grid says every digit of a unit price', async () => {
  const otra = await escenaDeEstimacion(app.conexion.pool)
  await app.conexion.pool.query(
    `UPDATE partida_anexo_importada SET precio_unitario_mn = 900.1234 WHERE id IN (SELECT id_partida_anexo FROM produccion WHERE id = $1)`,
    [otra.a],
  )
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(otra.ot)}`)
  await pagina.getByLabel('Fecha desde (obligatorio)').fill('01/02/2026')
  await pagina.getByLabel('Fecha hasta (obligatorio)').fill('15/02/2026')
  await pagina.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  const celda = pagina.getByRole('cell', { name: '900.1234' })
  await celda.first().waitFor()
  // The line of its concept and each of its rows.
  expect(await celda.count()).toBeGreaterThan(1)
})

async function ultima(): Promise<number> {
  const { rows } = await app.conexion.pool.query<{ id: string }>('SELECT max(id) AS id FROM estimacion_header')
  return Number(rows[0]?.id)
}

it('the page of an estimation is in tabs: with the keyboard, and the address keeps the one that is open', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`/operaciones/estimaciones/${String(await ultima())}/`)
  const pestana = (nombre: string) => pagina.getByRole('tab', { name: nombre })
  await pestana('Conceptos').focus()
  await pagina.keyboard.press('ArrowRight')
  await pagina.getByRole('table', { name: 'Detalle diario de la estimación' }).waitFor()
  expect(await pagina.getByRole('tabpanel').count()).toBe(1)
  // Its lines by concept, which no part of the page brought: a concept that is closed has none drawn.
  const panel = pagina.getByRole('tabpanel')
  const lineas = panel.locator('tbody > tr:not(.est-concepto)')
  const todas = await lineas.count()
  expect(todas).toBeGreaterThan(0)
  const concepto = panel.getByRole('button', { name: /^Ver las líneas de / }).first()
  expect(await concepto.getAttribute('aria-expanded')).toBe('true')
  await concepto.press('Enter')
  expect(await lineas.count()).toBeLessThan(todas)
  await concepto.press('Space')
  expect(await lineas.count()).toBe(todas)
  expect(await pagina.locator('#datos-pagina').textContent()).not.toContain('id_detalle')
  await pestana('Detalle diario').focus()
  await pagina.keyboard.press('ArrowRight')
  await pagina.getByRole('cell', { name: 'medición cliente' }).waitFor()
  expect(new URL(pagina.url()).searchParams.get('pestana')).toBe('ajustes')
  await pagina.reload()
  await pagina.getByRole('cell', { name: 'medición cliente' }).waitFor()
  expect(await pestana('Ajustes').getAttribute('aria-selected')).toBe('true')
  await pestana('Ajustes').focus()
  await pagina.keyboard.press('End')
  await pagina.getByRole('heading', { name: 'Actividad' }).waitFor()
  await pagina.keyboard.press('ArrowRight')
  expect(await pestana('Conceptos').getAttribute('aria-selected')).toBe('true')
  expect(new URL(pagina.url()).searchParams.has('pestana')).toBe(false)
  await pagina.goto(`/operaciones/estimaciones/${String(await ultima())}/?pestana=otra`)
  expect(await pestana('Conceptos').getAttribute('aria-selected')).toBe('true')
})

it('reading and authorising fit in a phone', async () => {
  const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
  const detalle = `/operaciones/estimaciones/${String(await ultima())}/`
  for (const ruta of [
    '/operaciones/estimaciones/',
    ...['conceptos', 'detalle-diario', 'ajustes', 'prueba', 'historial'].map(
      (pestana) => `${detalle}?pestana=${pestana}`,
    ),
    `/operaciones/estimaciones/nueva/?id_ot=${String(escena.ot)}`,
  ]) {
    await pagina.goto(ruta)
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra]).toEqual([ruta, 0])
  }
})

it.each([
  ['escritorio', ESCRITORIO],
  ['teléfono', TELEFONO],
] as const)('axe finds nothing (%s)', async (_, tamano) => {
  const otra = await escenaDeEstimacion(app.conexion.pool)
  const pagina = await navegador.entrar('superusuario', { tamano })
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(otra.ot)}`)
  await pagina.getByLabel('Fecha desde (obligatorio)').fill('01/02/2026')
  await pagina.getByLabel('Fecha hasta (obligatorio)').fill('15/02/2026')
  await pagina.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  await pagina.getByText('3 líneas se pueden estimar de 5.').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await pagina.getByRole('button', { name: 'Crear borrador', exact: true }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  for (const pestana of await pagina.getByRole('tab').all()) {
    await pestana.click()
    expect([await pestana.textContent(), await violacionesDeAxe(pagina)]).toEqual([await pestana.textContent(), []])
  }
  await pagina.goto('/operaciones/estimaciones/')
  await pagina.getByRole('row', { name: /EST-1/ }).first().waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
})
