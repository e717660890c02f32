import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const navegador = crearNavegador(app)
const crea = fabricas(app.conexion.pool)
const ot = await crea.ot({ orden_trabajo: 'OT-BUSCADA-1', descripcion_trabajo: 'Cambio de válvula' })
await crea.ot({ orden_trabajo: 'OT-BUSCADA-2', descripcion_trabajo: 'Cambio de brida' })

it.each([
  { ancho: '1366 px', tamano: ESCRITORIO },
  { ancho: '390 px', tamano: TELEFONO },
])('found and opened with the keyboard alone at $ancho, and axe finds nothing', async ({ tamano }) => {
  const pagina = await navegador.entrar('consulta', { tamano })
  await pagina.goto('/perfil/')
  await pagina.keyboard.press('Control+k')
  const entrada = pagina.getByRole('combobox', { name: 'Buscar en todo el sistema' })
  await entrada.fill('cambio')
  await pagina.getByRole('option').nth(1).waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  const caja = await pagina.getByRole('dialog').boundingBox()
  expect(caja?.width).toBeGreaterThan(Math.min(700, tamano.width * 0.85))
  expect(await pagina.getByRole('option', { selected: true }).textContent()).toContain('OT-BUSCADA-2')
  await pagina.keyboard.press('ArrowDown')
  expect(await pagina.getByRole('option', { selected: true }).textContent()).toContain('OT-BUSCADA-1')
  await pagina.keyboard.press('Enter')
  await pagina.waitForURL(`**/operaciones/ot/${String(ot)}/`)
})

it('says what to do when nothing is found, and Escape gives the focus back', async () => {
  const pagina = await navegador.entrar('consulta')
  await pagina.goto('/operaciones/ot/')
  const boton = pagina.getByRole('button', { name: 'Buscar en todo el sistema' })
  await boton.click()
  await pagina.getByRole('combobox', { name: 'Buscar en todo el sistema' }).fill('nada de esto')
  await pagina.getByText('Nada de lo que puedes ver tiene «nada de esto».', { exact: false }).waitFor()
  await pagina.keyboard.press('Escape')
  await pagina.keyboard.press('Escape')
  await pagina.getByRole('dialog').waitFor({ state: 'detached' })
  expect(await pagina.evaluate<string>('document.activeElement.id')).toBe('boton-buscar')
})
