import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { foto } from '../apoyo/fotos.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { datosComunes, fabricasProduccion } from '../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const navegador = crearNavegador(app)
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { P1 } = await datosComunes(pool)
await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', gpuDe: 17 })
await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', tipo: 'CMA' })
await crea.produccion(P1, { fecha: '2026-02-13', volumen: '20', es_excedente: true })
await crea.produccion(P1, { fecha: '2026-02-14', volumen: '1' })
const movil = await crea.produccion(P1, { fecha: '2026-02-15', volumen: '2' })
const PESTANA = '/operaciones/produccion/?sitio=1&mes=2&anio=2026&ot=101&pestana=gpu'
const FOTO = { name: 'cubierta.jpg', mimeType: 'image/jpeg', buffer: await foto(51) }

it('a GPU is updated from its cell: records first, evidence uploaded, signed', async () => {
  navegador.permitir(400)
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(PESTANA)
  const celda = pagina.locator('.captura-cuerpo [data-c="15"]')
  await pagina.getByRole('grid', { name: 'GPU del mes' }).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await celda.click()
  const dialogo = pagina.getByRole('dialog', { name: /^Actualizar GPU: 2\.1\. – TUBO DE ACERO/ })
  await dialogo.getByRole('radio', { name: /^CMA/ }).check()
  await dialogo.getByLabel('Estatus').selectOption('FIRMADO')
  await dialogo.getByRole('button', { name: 'Guardar Cambios' }).click()
  await pagina.getByText('Para firmar el GPU agrega el enlace de su evidencia o sube un archivo.').first().waitFor()
  await dialogo.getByLabel('Agregar fotos o PDF').setInputFiles(FOTO)
  await dialogo.getByRole('link', { name: 'cubierta.jpg', exact: true }).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await dialogo.getByRole('button', { name: 'Guardar Cambios' }).click()
  await dialogo.waitFor({ state: 'detached' })
  await pagina.locator('.captura-cuerpo [data-c="15"].gpu-firmado').waitFor()
})

it('many change at once, after being told what would happen', async () => {
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(PESTANA)
  const dia = (n: number) => pagina.locator(`.captura-cuerpo [data-c="${String(n + 3)}"]`)
  await dia(16).click()
  await pagina.keyboard.press('Shift+ArrowLeft')
  await pagina.keyboard.press('Shift+ArrowLeft')
  await pagina.getByRole('button', { name: 'Cambiar estatus' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Cambiar el estatus de 2 GPU' })
  await dialogo.getByLabel('Estatus').selectOption('FIRMADO')
  await dialogo.getByText('Ninguno cambia.').waitFor()
  expect(await dialogo.getByRole('listitem').count()).toBe(2)
  await dialogo.getByLabel('Estatus').selectOption('FALTA FIRMA PEMEX')
  await dialogo.getByText('2 GPU pasarán a FALTA FIRMA PEMEX.').waitFor()
  await dialogo.getByRole('button', { name: 'Guardar Cambios' }).click()
  await pagina.getByText('2 GPU en FALTA FIRMA PEMEX.').waitFor()
})

it('the page of a GPU on a telephone: a photo brought and taken away with its reason', async () => {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM registro_generadores_pu WHERE id_produccion = $1', [
    movil,
  ])
  const pagina = await navegador.entrar('operaciones', { tamano: TELEFONO })
  await pagina.goto(`/operaciones/produccion/gpu/${rows[0]?.id ?? ''}/`)
  await pagina.getByLabel('Agregar fotos o PDF').setInputFiles({ ...FOTO, name: 'otra vez.jpg' })
  await pagina.getByRole('link', { name: 'otra vez.jpg', exact: true }).waitFor()
  await pagina.getByText('El mismo archivo está en').waitFor()
  const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect([sobra, await violacionesDeAxe(pagina)]).toEqual([0, []])
  await pagina.getByRole('button', { name: 'Retirar otra vez.jpg' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Retirar otra vez.jpg' })
  await dialogo.getByRole('button', { name: 'Retirar' }).click()
  await dialogo.getByText('Escribe por qué se retira la evidencia.').waitFor()
  await dialogo.getByLabel('Por qué se retira').fill('Es la misma foto')
  await dialogo.getByRole('button', { name: 'Retirar' }).click()
  await pagina.getByText(/Retirada por .*: Es la misma foto/).waitFor()
})

it('the month fits in a phone as a table; who only consults changes nothing', async () => {
  const pagina = await navegador.entrar('consulta', { tamano: TELEFONO })
  await pagina.goto(PESTANA)
  await pagina.getByRole('button', { name: /2\.1\., día 15/ }).click()
  const dialogo = pagina.getByRole('dialog', { name: /^Actualizar GPU/ })
  expect(await dialogo.getByLabel('Estatus').isDisabled()).toBe(true)
  expect(await dialogo.getByLabel('Agregar fotos o PDF').count()).toBe(0)
  await dialogo.getByRole('button', { name: 'Cancelar' }).click()
  const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
  expect([sobra, await violacionesDeAxe(pagina)]).toEqual([0, []])
})
