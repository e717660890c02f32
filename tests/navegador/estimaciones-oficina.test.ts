/** Billing as an office does it: what is wrong is said where it is written, nothing goes out changed and nothing typed is lost. */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion } from '../apoyo/estimaciones.ts'
import { crearNavegador } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)

/** A draft with everything that may be billed of a new family; its address. */
async function borrador(pagina: Page, todo = true): Promise<string> {
  const { ot } = await escenaDeEstimacion(app.conexion.pool)
  await pagina.goto(
    `/operaciones/estimaciones/nueva/?id_ot=${String(ot)}&fecha_desde=2026-02-01&fecha_hasta=2026-02-15`,
  )
  await pagina
    .getByRole('button', { name: todo ? 'Crear borrador con todo lo estimable' : 'Ver qué se puede estimar' })
    .click()
  if (todo) await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  return new URL(pagina.url()).pathname
}

async function enviar(pagina: Page): Promise<void> {
  await pagina.getByRole('button', { name: 'Enviar', exact: true }).click()
  await pagina.getByRole('dialog').getByRole('button', { name: 'Enviar' }).click()
  await pagina.getByText('ENVIADA', { exact: true }).first().waitFor()
}

it('a day that does not exist never goes out as today: the dialog says so at the field', async () => {
  const eva = await navegador.entrar('estimaciones')
  const direccion = await borrador(eva)
  await enviar(eva)
  const rebeca = await navegador.entrar('administrador')
  await rebeca.goto(direccion)
  await rebeca.getByRole('button', { name: 'Autorizar', exact: true }).click()
  const dialogo = rebeca.getByRole('dialog', { name: 'Autorizar EST-1' })
  const fecha = dialogo.getByRole('textbox', { name: 'Fecha de autorización', exact: true })
  await fecha.fill('31/02/2026')
  await dialogo.getByRole('button', { name: 'Autorizar' }).click()
  await dialogo.getByText('Escribe la fecha como DD/MM/AAAA').waitFor()
  expect(await fecha.getAttribute('aria-invalid')).toBe('true')
  const { rows } = await app.conexion.pool.query<{ id_estatus_cobro: string }>(
    'SELECT id_estatus_cobro::text FROM estimacion_header WHERE id = $1',
    [/(\d+)/.exec(direccion)?.[1]],
  )
  expect(rows[0]?.id_estatus_cobro).toBe('25')
  await fecha.fill('19/02/2026')
  await dialogo.getByRole('button', { name: 'Autorizar' }).click()
  await rebeca.getByText('AUTORIZADA', { exact: true }).first().waitFor()
  await rebeca
    .getByText(/19\/02\/2026/)
    .first()
    .waitFor()
})

it('cancelling: the reason has the focus, leaving is «Volver», and without a reason it is said at the field', async () => {
  navegador.permitir(400)
  const eva = await navegador.entrar('superusuario')
  await borrador(eva)
  await eva.getByRole('button', { name: 'Cancelar estimación' }).click()
  const dialogo = eva.getByRole('dialog', { name: 'Cancelar EST-1' })
  expect(await eva.evaluate<string>('document.activeElement.tagName')).toBe('TEXTAREA')
  expect(await dialogo.getByRole('button').allTextContents()).toEqual(['Volver', 'Cancelar estimación'])
  await dialogo.getByRole('button', { name: 'Cancelar estimación' }).click()
  await dialogo.getByText('Escribe el motivo.').waitFor()
  expect(await dialogo.getByLabel('Motivo').getAttribute('aria-invalid')).toBe('true')
})

it('two tabs on one draft: what the other one saved is seen, and what was typed here is not lost', async () => {
  navegador.permitir(400, 409)
  const una = await navegador.entrar('estimaciones')
  const direccion = await borrador(una)
  const otra = await navegador.entrar('estimaciones')
  await otra.goto(direccion)
  await una.getByRole('tab', { name: 'Detalle diario' }).click()
  await una.getByRole('button', { name: 'Ajustar 2.1. del 12/02/2026' }).first().click()
  const dialogo = una.getByRole('dialog', { name: 'Ajustar 2.1. del 12/02/2026' })
  const volumen = dialogo.getByLabel('Volumen estimado')
  await volumen.fill('36')
  await dialogo.getByRole('button', { name: 'Guardar' }).click()
  await dialogo.getByText('El volumen estimado va de 0 a 35, que es el saldo.').waitFor()
  await volumen.fill('30')
  await dialogo.getByLabel('Comentario de ajuste').fill('medición cliente')

  await otra.getByRole('button', { name: 'Editar datos' }).click()
  await otra.getByRole('dialog').getByLabel('Comentario').fill('de la otra pestaña')
  await otra.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await otra.getByText('de la otra pestaña').first().waitFor()

  await dialogo.getByRole('button', { name: 'Guardar' }).click()
  const conflicto = una.getByRole('dialog', { name: 'Alguien más cambió esta estimación' })
  await conflicto.getByRole('cell', { name: 'de la otra pestaña' }).waitFor()
  await conflicto.getByRole('button', { name: 'Guardar lo que escribí' }).click()
  await una.getByText('$ 91,829.60').first().waitFor()
  await una.getByText('de la otra pestaña').first().waitFor()

  // A step is not taken over what nobody saw.
  await otra.getByRole('button', { name: 'Enviar', exact: true }).click()
  await otra.getByRole('dialog', { name: 'Enviar EST-1' }).getByRole('button', { name: 'Enviar' }).click()
  await otra
    .getByRole('dialog', { name: 'Alguien más cambió esta estimación' })
    .getByRole('button', { name: 'Ver cómo quedó' })
    .click()
  await otra.getByText('$ 91,829.60').first().waitFor()
  await otra.getByText('EN ESTIMACION', { exact: true }).first().waitFor()
})

it('what is written in the grid stays while the reason of another row is opened, and coming back finds the period', async () => {
  const eva = await navegador.entrar('estimaciones')
  await borrador(eva, false)
  const volumen = eva.getByLabel(/^Volumen estimado de 2\.1\. del 12\/02\/2026 TE/)
  await volumen.fill('30')
  const [aparte] = await Promise.all([
    eva.context().waitForEvent('page'),
    eva.getByRole('link', { name: 'Falta firmar su GPU' }).first().click(),
  ])
  await aparte.getByRole('heading', { name: /^GPU/ }).waitFor()
  expect(await volumen.inputValue()).toBe('30')
  expect(new URL(eva.url()).search).toMatch(/fecha_desde=2026-02-01&fecha_hasta=2026-02-15$/)
})

it('choosing the OT brings its period and takes away that it was missing', async () => {
  const { ot } = await escenaDeEstimacion(app.conexion.pool)
  const { rows } = await app.conexion.pool.query<{ orden_trabajo: string }>(
    'SELECT orden_trabajo FROM ot WHERE id = $1',
    [ot],
  )
  const eva = await navegador.entrar('estimaciones')
  await eva.goto('/operaciones/estimaciones/nueva/')
  await eva.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  const falta = eva.locator('.error-campo').getByText('Falta Fecha desde.')
  await falta.waitFor()
  await eva.getByRole('combobox', { name: /^OT/ }).fill(rows[0]?.orden_trabajo ?? '')
  await eva.getByRole('option', { name: rows[0]?.orden_trabajo ?? '' }).click()
  await expect.poll(() => eva.getByLabel('Fecha desde (obligatorio)').inputValue()).toBe('01/02/2026')
  expect(await falta.count()).toBe(0)
})

it('at 1366 px the list shows its three amounts and the grid its comment, without going sideways', async () => {
  const eva = await navegador.entrar('superusuario')
  await borrador(eva, false)
  await eva.getByText('3 líneas se pueden estimar de 5.').waitFor()
  const sobra = `[...document.querySelectorAll('.tabla-rollo, #tabla-candidatas')].map((caja) => {
    const rollo = caja.closest('.desplazable') ?? caja
    return rollo.scrollWidth - rollo.clientWidth
  })`
  expect(await eva.evaluate<number[]>(sobra)).toEqual([0])
  await borrador(eva)
  await app.conexion.pool.query(
    `UPDATE ot SET orden_trabajo = 'OT-900-26-073-TENDIDO-NICTÉ-A' || id WHERE id = (SELECT max(id_ot) FROM estimacion_header)`,
  )
  await eva.goto('/operaciones/estimaciones/')
  await eva.getByRole('row', { name: /EST-1/ }).first().waitFor()
  expect(await eva.evaluate<number[]>(sobra)).toEqual([0])
})

it('the session ends while the grid is being filled: entering again gives back what was written', async () => {
  navegador.permitir(401)
  const eva = await navegador.entrar('estimaciones')
  await borrador(eva, false)
  const volumen = eva.getByLabel(/^Volumen estimado de 2\.1\. del 12\/02\/2026 TE/)
  const comentario = eva.getByLabel(/^Comentario de ajuste de 2\.1\. del 12\/02\/2026 TE/)
  await volumen.fill('treinta')
  expect(await volumen.getAttribute('aria-invalid')).toBe('true')
  // What can never be billed is in no total.
  await volumen.fill('9999')
  await eva.getByText('2 líneas · 22 producido · 22 estimado').waitFor()
  await volumen.fill('30')
  await comentario.fill('medición <b>cliente</b> 😀')
  const galletas = await eva.context().cookies()
  await eva.context().clearCookies()
  await eva.getByRole('button', { name: 'Crear borrador', exact: true }).click()
  await eva.waitForURL(/accounts\/login/)
  await eva.context().addCookies(galletas)
  await eva.goto(new URL(eva.url()).searchParams.get('next') ?? '')
  await eva.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  await eva.getByText('Quedó sin guardar lo que cambiaste en 1 línea').waitFor()
  await eva.getByRole('button', { name: 'Recuperar' }).click()
  expect([await volumen.inputValue(), await comentario.inputValue()]).toEqual(['30', 'medición <b>cliente</b> 😀'])
  await eva.getByText('3 líneas · 57 producido · 52 estimado').waitFor()
  await eva.getByRole('button', { name: 'Crear borrador', exact: true }).click()
  await eva.getByRole('heading', { name: 'EST-1' }).waitFor()
  await eva.getByText('$ 91,829.60').first().waitFor()
})

it('a deduction that is no number is marked, with the focus in it', async () => {
  const eva = await navegador.entrar('estimaciones')
  await borrador(eva)
  await eva.getByRole('tab', { name: 'Deducciones' }).click()
  await eva.getByRole('button', { name: 'Agregar deducción' }).click()
  await eva.getByLabel('Deducción, renglón 1').fill('Anticipo')
  const porcentaje = eva.getByLabel('Porcentaje, renglón 1')
  await porcentaje.fill('10,5')
  await eva.getByRole('button', { name: 'Guardar deducciones' }).click()
  await eva.getByText(/^Revisa las cifras/).waitFor()
  expect(await porcentaje.getAttribute('aria-invalid')).toBe('true')
  expect(await eva.evaluate<string>('document.activeElement.getAttribute("aria-label")')).toBe('Porcentaje, renglón 1')
})
