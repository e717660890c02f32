/** The month of an office worker from end to end, by the names and the keys they use (issue C §5). */
import type { Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { libroDeAnexo, sembrarCatalogo, X, Y } from '../apoyo/carga-anexo.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaListaOt } from '../apoyo/paginas-ot.ts'
import { crearNavegador } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true, reloj: '2026-02-16T18:00:00.000Z' })
const { pool } = app.conexion
await sembrarCatalogo(pool)
await pool.query("UPDATE sitio SET descripcion = 'EMBARCACION-UNO', id_frente = 6, activo = true WHERE id = 1")
const OT = await fabricas(pool).ot({
  orden_trabajo: 'OT-MES',
  estatus: 1,
  id_estatus_ot: 8,
  id_frente: 2,
  id_embarcacion: 1,
  fecha_inicio_programado: '2026-02-10',
  fecha_termino_programado: '2026-02-20',
})
const navegador = crearNavegador(app)
const pestana = (nombre: string) =>
  `/operaciones/produccion/?sitio=1&mes=2&anio=2026&ot=${String(OT)}&pestana=${nombre}`

const filas = async (consulta: string): Promise<string[]> => {
  const { rows } = await pool.query<Record<string, unknown>>(consulta)
  return rows.map((fila) => Object.values(fila).map(String).join(' '))
}

/** A block of cells as Excel leaves it in the clipboard. */
const pegar = async (pagina: Page, bloque: string): Promise<void> => {
  await pagina.evaluate((texto) => {
    const datos = new DataTransfer()
    datos.setData('text/plain', texto)
    document.activeElement
      ?.closest('[role=grid]')
      ?.dispatchEvent(new ClipboardEvent('paste', { clipboardData: datos, bubbles: true, cancelable: true }))
  }, bloque)
}

const celda = (pagina: Page, codigo: string, dia: number) =>
  pagina
    .getByRole('grid', { name: 'Volúmenes del mes por partida y día' })
    .getByRole('row')
    .filter({ has: pagina.getByRole('rowheader', { name: codigo, exact: true }) })
    .locator(`[aria-colindex="${String(dia + 5)}"]`)

/** Letters typed over the days of the OT, one after another, and saved. */
const marcar = async (pagina: Page, desde: number, letras: readonly string[]): Promise<void> => {
  const dias = pagina.getByRole('grid', { name: 'Estatus de los reportes diarios por OT y día' })
  await dias.getByRole('gridcell', { name: 'OT-MES' }).first().waitFor()
  await dias.focus()
  await pagina.keyboard.press('Control+Home')
  for (let dia = 1; dia < desde; dia += 1) await pagina.keyboard.press('ArrowRight')
  for (const letra of letras) {
    await pagina.keyboard.press(letra)
    await pagina.keyboard.press('ArrowRight')
  }
  await pagina.keyboard.press('Control+s')
}

it('import annex → mark days → paste a block → sign → close the month → reopen it', async () => {
  const pagina = await navegador.entrar('administrador')

  // The annex comes in from the list of OTs.
  const lista = new PaginaListaOt(pagina)
  await lista.abrir()
  await lista.expandir('OT-MES')
  await pagina.getByRole('tab', { name: 'Importacion anexo C inicial' }).click()
  await pagina.getByRole('button', { name: 'Importar Anexo C inicial' }).click()
  const carga = pagina.getByRole('dialog', { name: 'Importar Anexo C · OT-MES' })
  await carga.getByLabel('Seleccione el archivo Excel (.xlsx)').setInputFiles({
    name: 'ANEXO.xlsx',
    mimeType: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet',
    buffer: libroDeAnexo([X, Y]),
  })
  await carga.getByRole('button', { name: 'Analizar' }).click()
  await carga.getByText('Todavía no se ha guardado nada').waitFor()
  await carga.getByRole('button', { name: 'Importar' }).click()
  await pagina.getByText('Se registraron 2 partidas del Anexo C.').first().waitFor()

  // Days are marked by their letters: the OT is there, with its vessel and its window.
  await pagina.goto(pestana('diarios'))
  await marcar(pagina, 10, ['p', 'p', 'p'])
  await pagina.getByText('Reportes diarios guardados: 3 días nuevos.').waitFor()

  // A block of Excel over those days; 20.5 tons authorised, so the third day of the second one goes over it.
  await pagina.getByRole('tab', { name: 'Producción' }).click()
  await celda(pagina, '2.1.', 10).click()
  await pegar(pagina, '1.200,5\t2\t\r\n')
  await celda(pagina, '3.5.', 10).click()
  await pegar(pagina, '20\t0.5\t0.000001\r\n')
  await pagina.keyboard.press('Control+s')
  await pagina.getByText('¡ALERTA DE EXCEDENTE!').waitFor()
  await pagina.getByText('1 celda: 3.5. (día 12).').waitFor()
  expect(
    await filas(
      `SELECT c.codigo, extract(day FROM p.fecha_produccion), p.volumen_produccion, p.es_excedente FROM produccion p
       JOIN concepto_consolidado c ON c.id = p.id_concepto_consolidado ORDER BY 1, 2`,
    ),
  ).toEqual([
    '2.1 10 1200.500000 false',
    '2.1 11 2.000000 false',
    '3.5 10 20.000000 false',
    '3.5 11 0.500000 false',
    '3.5 12 0.000001 true',
  ])

  // The days are signed: their cells are locked and say so.
  await pagina.getByRole('tab', { name: 'Reportes Diarios' }).click()
  await marcar(pagina, 10, ['f', 'f', 'f'])
  await pagina.getByText('Reportes diarios guardados: 3 actualizados.').waitFor()
  await pagina.getByRole('tab', { name: 'Producción' }).click()
  await celda(pagina, '2.1.', 12).click()
  await pagina.keyboard.type('5')
  await pagina.locator('.captura-descripcion').getByText('El día está firmado en este frente').waitFor()

  // The month is closed with its list in sight, and opened again with a reason.
  await pagina.getByRole('tab', { name: 'Reportes Diarios' }).click()
  const barra = pagina.getByRole('region', { name: 'OT elegida' })
  await barra.getByRole('button', { name: 'Cierre del mes' }).click()
  const cierre = pagina.getByRole('dialog', { name: 'Cierre de Febrero de 2026 de OT-MES' })
  await cierre.getByText('12/02/2026, EMBARCACION-UNO: el GPU de la partida 3.5. está en').waitFor()
  await cierre.getByLabel(/Por qué se cierra/).fill('El cliente firma los GPU después')
  await cierre.getByRole('button', { name: 'Cerrar mes con pendientes' }).click()
  await barra.getByText('CERRADO').waitFor()
  await pagina.getByRole('tab', { name: 'Producción' }).click()
  await celda(pagina, '2.1.', 14).click()
  await pagina
    .locator('.captura-descripcion')
    .getByText(/mes está cerrado/i)
    .waitFor()
  await pagina.getByRole('tab', { name: 'Reportes Diarios' }).click()
  await barra.getByRole('button', { name: 'Reabrir' }).click()
  await pagina.getByLabel('Por qué se reabre').fill('Faltó una partida')
  await pagina.getByRole('dialog').getByRole('button', { name: 'Reabrir' }).click()
  await barra.getByText('ABIERTO').waitFor()
  await pagina.getByRole('tab', { name: 'Producción' }).click()
  await pagina
    .locator('.captura-descripcion')
    .getByText(/mes está cerrado/i)
    .waitFor({ state: 'hidden' })
  await celda(pagina, '2.1.', 14).and(pagina.locator(':not([aria-readonly="true"])')).click()
  await pagina.keyboard.type('5')
  await pagina.keyboard.press('Control+s')
  await pagina.getByText('Producción TE guardada correctamente').waitFor()
  expect(app.errores).toEqual([])
})

it('a day signed while somebody types in it: what was typed stays in sight, and it is told why', async () => {
  navegador.permitir(400, 409)
  const ana = await navegador.entrar('operaciones')
  const beto = await navegador.entrar('administrador')
  await ana.goto(pestana('produccion'))
  await celda(ana, '2.1.', 15).click()
  await ana.keyboard.type('7')
  await ana.keyboard.press('Enter')
  await beto.goto(pestana('diarios'))
  await marcar(beto, 15, ['f'])
  await beto.getByText('Reportes diarios guardados: 1 día nuevo.').waitFor()
  await ana.keyboard.press('Control+s')
  await ana
    .getByText(/firmado/)
    .first()
    .waitFor()
  expect(await celda(ana, '2.1.', 15).locator('.captura-valor').textContent()).toBe('7')
  expect(await filas("SELECT volumen_produccion FROM produccion WHERE fecha_produccion = '2026-02-15'")).toEqual([])
})
