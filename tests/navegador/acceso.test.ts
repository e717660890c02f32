import { expect, it } from 'vitest'
import { CLAVE, crearPersonaConClave } from '../apoyo/acceso.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { Marco, PaginaAcceso } from '../apoyo/paginas-acceso.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const navegador = crearNavegador(app)
await crearPersonaConClave(app, { username: 'ana', email: 'ana@example.com', grupos: ['operaciones'] })

it('a wrong password says so and keeps the name; the right one enters; logging out ends the session', async () => {
  navegador.permitir(401)
  const pagina = await navegador.abrir()
  const acceso = new PaginaAcceso(pagina)
  await acceso.abrir()

  await acceso.entrar('ana', 'no es esta')
  await pagina
    .getByText(/contraseña|credenciales|incorrect/i)
    .first()
    .waitFor()
  expect(await acceso.usuario.inputValue()).toBe('ana')

  await acceso.entrar('ana', CLAVE)
  const marco = new Marco(pagina)
  await marco.aviso('¡Bienvenido! Sesión iniciada correctamente.').waitFor()
  expect(new URL(pagina.url()).pathname).toBe('/')

  await marco.salir()
  await pagina.waitForURL('**/accounts/login/**')
  await pagina.goto('/operaciones/ot/')
  await pagina.waitForURL('**/accounts/login/?next=%2Foperaciones%2Fot%2F')
})

it('on a phone nothing overflows and the menu opens, moves and closes', async () => {
  const pagina = await navegador.entrar('operaciones', { tamano: TELEFONO })
  const desbordes: Record<string, number> = {}
  for (const ruta of ['/operaciones/', '/operaciones/ot/', '/perfil/', '/acerca_de/']) {
    await pagina.goto(ruta)
    await pagina.waitForLoadState('networkidle')
    desbordes[ruta] = await desbordeHorizontal(pagina)
  }
  expect(desbordes).toEqual({ '/operaciones/': 0, '/operaciones/ot/': 0, '/perfil/': 0, '/acerca_de/': 0 })

  const boton = pagina.getByRole('button', { name: 'Mostrar u ocultar el menú' })
  await boton.click()
  expect(await boton.getAttribute('aria-expanded')).toBe('true')
  const marco = new Marco(pagina)
  await pagina.keyboard.press('Escape')
  expect(await boton.getAttribute('aria-expanded')).toBe('false')
  await boton.click()
  await marco.menu.getByRole('link', { name: "OT's" }).click()
  await pagina.waitForURL('**/operaciones/ot/')
})
