import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { datosComunes, fabricasProduccion } from '../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-16T18:00:00.000Z' })
const navegador = crearNavegador(app)
const { pool } = app.conexion
const { P1 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)
const FEBRERO = '/operaciones/produccion/?sitio=1&mes=2&anio=2026'

const guardados = async () => {
  const { rows } = await pool.query<{ dia: number; id_estatus: string }>(
    `SELECT extract(day FROM fecha)::int AS dia, id_estatus FROM reporte_diario_detalle WHERE id_sitio = 1 ORDER BY 1`,
  )
  return rows.map(({ dia, id_estatus: estatus }) => [dia, Number(estatus)])
}

it('days are marked with letters, filled, saved and undone with the keyboard', async () => {
  await crea.produccion(P1, { fecha: '2026-02-12', volumen: '5' })
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(FEBRERO)
  const rejilla = pagina.getByRole('grid', { name: 'Estatus de los reportes diarios por OT y día' })
  await rejilla.getByRole('gridcell', { name: 'OT-101' }).first().waitFor()
  // `?` tells the keys of the grid from the first tab too.
  await pagina.getByRole('heading', { level: 1 }).click()
  await pagina.keyboard.press('?')
  await pagina.getByRole('dialog', { name: 'Teclas de esta página' }).getByText('F2 o doble clic').waitFor()
  await pagina.keyboard.press('Escape')
  // A click in the row chooses its OT, also for the other tabs.
  await rejilla.getByText('con producción').click()
  await pagina.getByRole('region', { name: 'OT elegida' }).getByText('OT-101').waitFor()
  expect(new URL(pagina.url()).searchParams.get('ot')).toBe('101')
  await pagina.keyboard.press('f')
  await pagina.keyboard.press('ArrowRight')
  await pagina.keyboard.press('p')
  await pagina.getByText('2 días sin guardar').waitFor()
  await pagina.keyboard.press('Control+z')
  await pagina.getByText('1 día sin guardar').waitFor()
  await pagina.keyboard.press('Control+y')
  await pagina.keyboard.press('Control+s')
  await pagina.getByText('Reportes diarios guardados: 2 días nuevos.').waitFor()
  expect(await guardados()).toEqual([
    [12, 17],
    [13, 19],
  ])
  // Only what others change is marked as such.
  expect(await pagina.getByText('Otra persona la cambió').count()).toBe(0)
  expect(await violacionesDeAxe(pagina)).toEqual([])
})

it('many days at once, told before; what is not saved comes back after the page was closed', async () => {
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(FEBRERO)
  await pagina.getByRole('button', { name: 'Marcar varios días' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Marcar varios días' })
  await dialogo.getByLabel('Estatus').selectOption('FIRMADO')
  await dialogo.getByLabel('Al día').selectOption('15')
  await dialogo.getByText('4 días en 1 OT quedarán en FIRMADO.').waitFor()
  await dialogo.getByText('No cambian: 1 ya estaba, 10 fuera de vigencia.').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await dialogo.getByRole('button', { name: 'Marcar', exact: true }).click()
  await pagina.getByText('4 días sin guardar').waitFor()
  pagina.on('dialog', (salida) => void salida.accept())
  await pagina.goto('/operaciones/')
  await pagina.goto(FEBRERO)
  await pagina.getByText(/Quedaron sin guardar los estatus de 4 días/).waitFor()
  await pagina.getByRole('button', { name: 'Recuperar' }).click()
  await pagina.getByRole('button', { name: 'Guardar estatus' }).click()
  await pagina.getByText('Reportes diarios guardados: 3 días nuevos, 1 actualizado.').waitFor()
  expect((await guardados()).map(([, estatus]) => estatus)).toEqual([17, 17, 17, 17, 17])
})

it('two people on one day: both values are shown and one is chosen; opening a signed day asks why', async () => {
  navegador.permitir(409)
  const ana = await navegador.entrar('operaciones')
  const beto = await navegador.entrar('administrador')
  const celda = async (pagina: typeof ana, dia: number, tecla: string) => {
    await pagina.goto(FEBRERO)
    const rejilla = pagina.getByRole('grid')
    await rejilla.getByRole('gridcell', { name: 'OT-101' }).first().waitFor()
    await rejilla.focus()
    await pagina.keyboard.press('Control+Home')
    for (let i = 1; i < dia; i += 1) await pagina.keyboard.press('ArrowRight')
    await pagina.keyboard.press(tecla)
    await pagina.getByText('1 día sin guardar').waitFor()
  }
  await celda(ana, 20, 'p')
  await celda(beto, 20, 'f')
  await ana.getByRole('button', { name: 'Guardar estatus' }).click()
  await ana.getByText('Reportes diarios guardados: 1 día nuevo.').waitFor()
  await beto.getByRole('button', { name: 'Guardar estatus' }).click()
  const conflicto = beto.getByRole('dialog', { name: 'Alguien más cambió estas celdas' })
  await conflicto.getByText('OT-101 · día 20').waitFor()
  await conflicto.getByRole('radio', { name: /lo que escribí, FIRMADO/ }).check()
  await conflicto.getByRole('button', { name: 'Guardar lo elegido' }).click()
  await beto.getByText('Reportes diarios guardados: 1 actualizado.').waitFor()

  await celda(beto, 20, 'Delete')
  await beto.getByRole('button', { name: 'Guardar estatus' }).click()
  const motivo = beto.getByRole('dialog', { name: 'Abrir días firmados' })
  await motivo.getByRole('button', { name: 'Abrir y guardar' }).click()
  await motivo.getByText('Escribe por qué se abren los días firmados.').waitFor()
  await motivo.getByLabel('Por qué se abren').fill('Se firmó el día equivocado')
  await motivo.getByRole('button', { name: 'Abrir y guardar' }).click()
  await beto.getByText('Reportes diarios guardados: 1 sin estatus.').waitFor()
  expect((await guardados()).map(([dia]) => dia)).not.toContain(20)
})

it('the month is closed from its list of what is missing', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`${FEBRERO}&ot=101`)
  await pagina.getByRole('button', { name: 'Cierre del mes' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Cierre de Febrero de 2026 de OT-101' })
  await dialogo.getByText('12/02/2026, EMBARCACION-UNO: el GPU de la partida 2.1. está en PROCESO.').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await dialogo.getByRole('button', { name: 'Cerrar mes con pendientes' }).click()
  await dialogo.getByText('Escribe por qué se cierra el mes con pendientes.').waitFor()
  await dialogo.getByLabel(/Por qué se cierra/).fill('El cliente firma después')
  await dialogo.getByRole('button', { name: 'Cerrar mes con pendientes' }).click()
  const barra = pagina.getByRole('region', { name: 'OT elegida' })
  await barra.getByText('CERRADO').waitFor()
  await barra.getByRole('button', { name: 'Subir archivo' }).click()
  await pagina.getByLabel('Enlace del archivo').fill('https://drive.example/febrero')
  await pagina.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await barra.getByRole('link', { name: 'Abrir evidencia' }).waitFor()
  await barra.getByRole('button', { name: 'Marcar firmado' }).click()
  await pagina.getByRole('dialog').getByRole('button', { name: 'Marcar firmado' }).click()
  await barra.getByText('FIRMADO').waitFor()
  for (const [estado, despues] of [
    ['FIRMADO', 'CERRADO'],
    ['CERRADO', 'ABIERTO'],
  ] as const) {
    await barra.getByText(estado).waitFor()
    await barra.getByRole('button', { name: 'Reabrir' }).click()
    await pagina.getByLabel('Por qué se reabre').fill('Faltó una partida')
    await pagina.getByRole('dialog').getByRole('button', { name: 'Reabrir' }).click()
    await barra.getByText(despues).waitFor()
  }
})

it('on a phone one day is marked OT by OT, and nothing overflows', async () => {
  const pagina = await navegador.entrar('operaciones', { tamano: TELEFONO })
  await pagina.goto(FEBRERO)
  // Today, 16 February in Mexico City.
  expect(await pagina.getByLabel('Día', { exact: true }).inputValue()).toBe('16')
  const caja = await pagina.getByLabel('Estatus de OT-101').boundingBox()
  expect((caja?.x ?? 0) + (caja?.width ?? TELEFONO.width)).toBeLessThanOrEqual(TELEFONO.width)
  await pagina.getByLabel('Estatus de OT-101').selectOption('PROCESO')
  await pagina.getByRole('button', { name: 'Guardar estatus' }).click()
  await pagina.getByText('Reportes diarios guardados: 1 día nuevo.').waitFor()
  expect(await guardados()).toContainEqual([16, 20])
  await pagina.getByRole('button', { name: 'Comentar el día 16 de OT-101' }).click()
  await pagina.getByLabel('Comentario', { exact: true }).fill('Mal tiempo')
  await pagina.getByRole('dialog').getByRole('button', { name: 'Guardar' }).click()
  await pagina.getByRole('cell', { name: /Mal tiempo/ }).waitFor()
  for (const dia of ['16', '3', 'mes']) {
    await pagina.getByLabel('Día', { exact: true }).selectOption(dia)
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([dia, sobra, await violacionesDeAxe(pagina)]).toEqual([dia, 0, []])
  }
})

it('leaving the month with days that are not saved asks first', async () => {
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(FEBRERO)
  await pagina.getByRole('button', { name: 'Ver como tabla' }).click()
  await pagina.getByLabel('Estatus de OT-101').selectOption('PENDIENTE')
  await pagina.getByLabel('Mes', { exact: true }).selectOption('3')
  const pregunta = pagina.getByRole('dialog', { name: 'Tienes cambios sin guardar' })
  await pregunta.getByText('los estatus de 1 día').waitFor()
  await pregunta.getByRole('button', { name: 'Seguir editando' }).click()
  // The dialog closes first, and then the month goes back.
  await expect.poll(() => pagina.getByLabel('Mes', { exact: true }).inputValue()).toBe('2')
  await pagina.getByLabel('Mes', { exact: true }).selectOption('3')
  await pregunta.getByRole('button', { name: 'Continuar sin guardar' }).click()
  await pagina.waitForURL(/mes=3/)
  await pagina.getByText('1 día sin guardar').waitFor({ state: 'hidden' })
})
