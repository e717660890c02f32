import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { SEMILLA } from '../apoyo/fabricas.ts'
import { crearSuperintendente } from '../apoyo/guardias.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-10T18:00:00.000Z' })
const navegador = crearNavegador(app)
const { pool } = app.conexion

await crearSuperintendente(pool, SEMILLA.patio, { nombre: 'Ana María Solís Fernández', color: '#0b6384' })
await crearSuperintendente(pool, SEMILLA.patio, { nombre: 'Beto Ruiz', color: '#fad91f' })
const carla = await crearSuperintendente(pool, 1, { nombre: 'Carla Díaz', color: '#95c93d' })
const dario = await crearSuperintendente(pool, 1, { nombre: 'Darío Peña', color: '#f05523' })
await pool.query(
  `INSERT INTO guardias (id_sitio, super_a, super_b, fecha_inicio_super_a, vigente_desde) VALUES (1, $1, $2, '2026-01-12', '2026-01-12')`,
  [carla, dario],
)
const PAGINA = `/operaciones/produccion/guardias/?id_sitio=${SEMILLA.patio}&mes=2&anio=2026`

it('the guard of a site is given with the keyboard, and its month says who has each day', async () => {
  navegador.permitir(400)
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto(PAGINA)
  await pagina.getByText('Este sitio no tiene ciclo de guardia.').waitFor()
  await pagina.getByRole('button', { name: 'Configurar ciclo' }).focus()
  await pagina.keyboard.press('Enter')
  const dialogo = pagina.getByRole('dialog', { name: 'Configurar Ciclo de Guardia' })
  await dialogo.getByLabel('Superintendente A').selectOption({ label: 'Ana María Solís Fernández' })
  await dialogo.getByLabel('Superintendente B').selectOption({ label: 'Ana María Solís Fernández' })
  await dialogo.getByLabel('Fecha de Inicio de Guardia (Super A)', { exact: true }).fill('5/1/26')
  await pagina.keyboard.press('Enter')
  await dialogo.getByText('Elige dos superintendentes distintos.').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await dialogo.getByLabel('Superintendente B').selectOption({ label: 'Beto Ruiz' })
  await dialogo.getByRole('button', { name: 'Guardar Configuración' }).click()
  await pagina.getByText('Ciclo de guardia configurado correctamente.').waitFor()
  const calendario = pagina.getByRole('table', { name: /Guardias de .*, Febrero de 2026/ })
  expect(await calendario.getByRole('cell', { name: /^1 Beto/ }).count()).toBe(1)
  expect(await calendario.getByRole('cell', { name: /^2 Ana .* relevo/ }).count()).toBe(1)

  // Preloaded the next time.
  await pagina.getByRole('button', { name: 'Configurar ciclo' }).click()
  expect(await dialogo.getByLabel('Fecha de Inicio de Guardia (Super A)', { exact: true }).inputValue()).toBe(
    '05/01/2026',
  )
  expect(await dialogo.getByLabel('Superintendente B').locator('option:checked').textContent()).toBe('Beto Ruiz')
})

it('fits in a phone, and colour never speaks alone', async () => {
  const pagina = await navegador.entrar('consulta', { tamano: TELEFONO })
  for (const ruta of [
    '/operaciones/produccion/guardias/?id_sitio=1&mes=2&anio=2026',
    '/operaciones/produccion/guardias/?mes=2&anio=2026',
  ]) {
    await pagina.goto(ruta)
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra, await violacionesDeAxe(pagina)]).toEqual([ruta, 0, []])
    expect(await pagina.getByText('Carla Díaz').count()).toBeGreaterThan(0)
  }
})
