import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearNavegador, TELEFONO } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const navegador = crearNavegador(app)

it('a person makes a token with the keyboard, sees it once, a program reads with it until it is revoked', async () => {
  const pagina = await navegador.entrar('operaciones')
  await pagina.goto('/perfil/tokens/')
  await pagina.getByRole('button', { name: 'Crear token' }).click()
  await pagina.getByRole('link', { name: 'Falta Nombre.' }).waitFor()
  await pagina.keyboard.type('Tablero de dirección')
  await pagina.keyboard.press('Enter')
  const dialogo = pagina.getByRole('dialog', { name: 'Tu token nuevo' })
  const token = await dialogo.getByLabel('Token').inputValue()
  await dialogo.getByRole('button', { name: 'Ya lo copié' }).click()
  const fila = pagina.getByRole('row', { name: /Tablero de dirección/ })
  await fila.getByText('Vigente').waitFor()
  expect(await pagina.content()).not.toContain(token)

  const leer = async (): Promise<number> =>
    (await fetch(`${app.direccion}/operaciones/api/ots/`, { headers: { Authorization: `Bearer ${token}` } })).status
  expect(await leer()).toBe(200)
  await fila.getByRole('button', { name: 'Revocar Tablero de dirección' }).click()
  await pagina.getByRole('dialog', { name: 'Confirmación' }).getByRole('button', { name: 'Revocar' }).click()
  await pagina
    .getByRole('row', { name: /Tablero de dirección/ })
    .getByText('Revocado')
    .waitFor()
  expect(await leer()).toBe(401)
})

it('fits in a phone', async () => {
  const pagina = await navegador.entrar('consulta', { tamano: TELEFONO })
  for (const ruta of ['/perfil/tokens/', '/api/docs/']) {
    await pagina.goto(ruta)
    const sobra = await pagina.evaluate<number>('document.documentElement.scrollWidth - window.innerWidth')
    expect([ruta, sobra]).toEqual([ruta, 0])
  }
})
