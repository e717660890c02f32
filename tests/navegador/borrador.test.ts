// The draft in one click: from the OT to what did not enter, to the place that must be mended, and back.
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion } from '../apoyo/estimaciones.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const navegador = crearNavegador(app)
const escena = await escenaDeEstimacion(app.conexion.pool)

it('from the OT to a draft with everything, and what was mended enters with one click', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`/operaciones/ot/${String(escena.ot)}/`)
  await pagina.getByRole('link', { name: 'Nueva estimación' }).click()
  // The last month with something to bill is already written.
  await pagina.getByRole('heading', { name: 'Nueva estimación' }).waitFor()
  await expect.poll(() => pagina.getByLabel('Fecha desde (obligatorio)').inputValue()).toBe('01/02/2026')
  expect(await pagina.getByLabel('Fecha hasta (obligatorio)').inputValue()).toBe('28/02/2026')
  await pagina.getByRole('button', { name: 'Crear borrador con todo lo estimable' }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  const direccion = pagina.url().split('?')[0] ?? ''

  const pestana = pagina.getByRole('tab', { name: 'Lo que no entró (2)' })
  await pestana.click()
  await pagina.getByText('Falta firmar su GPU', { exact: true }).first().click()
  await pagina.getByRole('link', { name: 'Falta firmar su GPU' }).click()
  await pagina.getByRole('heading', { name: /^GPU 3\.5\./ }).waitFor()
  await pagina.getByRole('button', { name: 'Actualizar GPU' }).click()
  const dialogo = pagina.getByRole('dialog', { name: /^Actualizar GPU/ })
  await dialogo.getByLabel('Estatus').selectOption('FIRMADO')
  await dialogo.getByLabel('Enlace de Evidencia').fill('https://archivos.example.com/gpu/1')
  await dialogo.getByRole('button', { name: 'Guardar Cambios' }).click()
  await pagina.getByText('FIRMADO', { exact: true }).first().waitFor()

  await pagina.goto(`${direccion}?pestana=fuera`)
  await pagina.getByText('Ya se puede estimar', { exact: true }).waitFor()
  await pagina.getByRole('button', { name: 'Agregar lo que ya se puede' }).click()
  await pagina.getByText('1 línea agregada.').waitFor()
  await pagina.getByRole('tab', { name: 'Lo que no entró (1)' }).waitFor()
  // The GPU says who bills it.
  const { rows } = await app.conexion.pool.query<{ id: string }>(
    'SELECT id FROM registro_generadores_pu WHERE id_produccion = $1',
    [escena.d],
  )
  await pagina.goto(`/operaciones/produccion/gpu/${rows[0]?.id ?? ''}/`)
  await pagina.getByRole('link', { name: 'EST-1 (EN ESTIMACION)' }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
})

it('each reason opens its place: the cell, the day, the closing, the price', async () => {
  const pagina = await navegador.entrar('administrador')
  const ir = (produccion: number, motivo: string) =>
    pagina.goto(`/operaciones/estimaciones/corregir/?id_produccion=${String(produccion)}&motivo=${motivo}`)
  await ir(escena.c, 'EXCEDENTE')
  await pagina.getByRole('grid', { name: 'Volúmenes del mes por partida y día' }).waitFor()
  await expect.poll(() => pagina.locator('.captura-descripcion').first().textContent()).toContain('2.1., día 13')
  await ir(escena.e, 'DIA_SIN_FIRMA')
  await pagina.getByRole('grid', { name: 'Estatus de los reportes diarios por OT y día' }).waitFor()
  await expect.poll(() => pagina.evaluate('document.activeElement?.getAttribute("role")')).toBe('grid')
  await ir(escena.e, 'MES_ABIERTO')
  await pagina.getByRole('dialog', { name: /^Cierre de febrero/i }).waitFor()
  await ir(escena.e, 'SIN_PRECIO')
  await expect.poll(() => pagina.evaluate('document.activeElement?.value')).toBe('5.1.')
})

it('a billed cell of the month carries a coin and says by whom', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`/operaciones/estimaciones/corregir/?id_produccion=${String(escena.a)}&motivo=EXCEDENTE`)
  await pagina.getByRole('grid', { name: 'Volúmenes del mes por partida y día' }).waitFor()
  await expect.poll(() => pagina.locator('[role="gridcell"] use[href$="#coin"]').count()).toBeGreaterThan(0)
  await expect
    .poll(() => pagina.locator('.captura-descripcion').first().textContent())
    .toContain('ya está en EST-1 (EN ESTIMACION)')
  if (process.env['FOTOS']) await pagina.screenshot({ path: '/tmp/fotos-borrador-moneda.png' })
})

it.each([
  ['escritorio', ESCRITORIO],
  ['teléfono', TELEFONO],
] as const)('axe finds nothing in what did not enter, and it fits (%s)', async (_, tamano) => {
  const otra = await escenaDeEstimacion(app.conexion.pool)
  const pagina = await navegador.entrar('administrador', { tamano })
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(otra.ot)}`)
  await pagina.getByRole('button', { name: 'Crear borrador con todo lo estimable' }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  await pagina.getByRole('tab', { name: 'Lo que no entró (2)' }).click()
  await pagina.getByText('Es excedente', { exact: true }).first().click()
  await pagina.getByRole('link', { name: 'Es excedente' }).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  expect(await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')).toBe(0)
  if (process.env['FOTOS'])
    await pagina.screenshot({ path: `/tmp/fotos-borrador-${String(tamano.width)}.png`, fullPage: true })
})

it('the list: by OT, its documents at hand, and cancelling asks why', async () => {
  const otra = await escenaDeEstimacion(app.conexion.pool)
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(otra.ot)}`)
  await pagina.getByRole('button', { name: 'Crear borrador con todo lo estimable' }).click()
  await pagina.getByRole('heading', { name: 'EST-1' }).waitFor()
  const { rows } = await app.conexion.pool.query<{ folio: string }>(
    'SELECT orden_trabajo AS folio FROM ot WHERE id = $1',
    [otra.ot],
  )
  const folio = rows[0]?.folio ?? ''
  await pagina.goto('/operaciones/estimaciones/')
  await pagina.getByRole('row', { name: new RegExp(`EST-1 ${folio}`) }).waitFor()
  await pagina.getByRole('button', { name: /^Filtros/ }).click()
  const panel = pagina.getByRole('dialog', { name: 'Filtros' })
  await panel.getByRole('combobox', { name: 'OT' }).fill(folio)
  await pagina.getByRole('option', { name: folio }).click()
  await panel.getByRole('button', { name: 'Aplicar' }).click()
  await pagina.getByText(`OT: ${folio}`).first().waitFor()
  const filas = pagina.getByRole('row', { name: /EST-/ })
  await expect.poll(() => filas.count()).toBe(1)
  await pagina.getByText(/\$58,500\.00 M\.N\. .* 57 de volumen/).waitFor()
  const descarga = pagina.waitForEvent('download')
  await pagina.getByRole('link', { name: `Descargar PDF EST-1 de ${folio}` }).click()
  expect((await descarga).suggestedFilename()).toBe(`Estimacion_1_${folio}.pdf`)
  expect(await violacionesDeAxe(pagina)).toEqual([])
  if (process.env['FOTOS']) await pagina.screenshot({ path: '/tmp/fotos-borrador-lista.png' })

  await pagina.getByRole('button', { name: `Cancelar EST-1 de ${folio}` }).click()
  const dialogo = pagina.getByRole('dialog', { name: `Cancelar EST-1 de ${folio}` })
  await dialogo.getByRole('button', { name: 'Cancelar estimación' }).click()
  await dialogo.getByText('Escribe el motivo.').waitFor()
  await dialogo.getByLabel('Motivo').fill('duplicada')
  await dialogo.getByRole('button', { name: 'Cancelar estimación' }).click()
  await pagina.getByRole('row', { name: /EST-1 .*CANCELADA/ }).waitFor()
  await pagina.getByText(/\$0\.00 M\.N\./).waitFor()
  expect(await pagina.getByRole('button', { name: /^Cancelar EST-1/ }).count()).toBe(0)
  // From a list of one OT the new one is of that OT.
  await pagina.getByRole('button', { name: 'Nueva estimación' }).click()
  await pagina.waitForURL(new RegExp(`nueva/\\?id_ot=${String(otra.ot)}$`))
})
