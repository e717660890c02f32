import { describe, expect, it } from 'vitest'
import { crearPersonaConClave, CLAVE } from '../apoyo/acceso.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { Marco, PaginaAcceso } from '../apoyo/paginas-acceso.ts'
import { PaginaPermisos, PaginaUsuarios } from '../apoyo/paginas-personas.ts'
import { crearNavegador, desbordeHorizontal, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true })
const navegador = crearNavegador(app)
const NUEVA = 'ancla verde 22'

it('an administrator gives and takes a permission, and the other browser obeys at its next click', async () => {
  navegador.permitir(403)
  const jefa = await navegador.entrar('administrador')
  const otra = await navegador.entrar('consulta')
  const permisos = new PaginaPermisos(jefa)
  await permisos.abrir()
  await otra.goto('/operaciones/')
  const menu = new Marco(otra).menu
  await expect.poll(() => menu.getByText('Importaciones').count()).toBe(0)

  await jefa.getByRole('searchbox', { name: 'Filtrar permisos' }).fill('ordenes historicas')
  const casilla = permisos.casilla('Importar órdenes de trabajo históricas y deshacer un lote', 'consulta')
  await casilla.check()
  await new Marco(jefa).aviso('Permiso dado a consulta.').waitFor()
  await otra.goto('/operaciones/')
  await menu.getByText('Importaciones').click()
  await menu.getByRole('link', { name: 'Importar OT históricas' }).click()
  await otra.getByRole('heading', { level: 1, name: /IMPORTAR/ }).waitFor()

  await casilla.uncheck()
  await new Marco(jefa).aviso('Permiso quitado a consulta.').waitFor()
  await otra.reload()
  await otra.getByText('No tienes permisos para realizar esta acción.').waitFor()
})

it('a person is created, chooses a password with the link, enters, and goes out when deactivated', async () => {
  navegador.permitir(401)
  const jefa = await navegador.entrar('superusuario')
  const usuarios = new PaginaUsuarios(jefa)
  await usuarios.abrir()
  await jefa.getByRole('button', { name: 'Crear usuario' }).click()
  await usuarios.dialogo.getByRole('textbox', { name: /^Usuario/ }).fill('con espacio')
  await usuarios.dialogo.getByRole('textbox', { name: /^Correo/ }).fill('nadia@example.com')
  navegador.permitir(400)
  await usuarios.dialogo.getByRole('button', { name: 'Guardar usuario' }).click()
  await usuarios.dialogo.getByRole('link', { name: /El usuario lleva letras/ }).waitFor()
  await usuarios.dialogo.getByRole('textbox', { name: /^Usuario/ }).fill('nadia')
  await jefa.keyboard.press('Tab')
  await usuarios.dialogo.getByRole('checkbox', { name: 'consulta' }).check()
  await usuarios.dialogo.getByRole('button', { name: 'Guardar usuario' }).click()
  const enlace = await jefa.getByRole('textbox', { name: 'Enlace' }).inputValue()
  await jefa.getByRole('button', { name: 'Ya lo copié' }).click()
  await usuarios.fila('nadia').waitFor()

  const nadia = await navegador.abrir()
  await nadia.goto(new URL(enlace).pathname)
  await nadia.getByRole('textbox', { name: /^Contraseña nueva \(/ }).fill(NUEVA)
  await nadia.getByRole('textbox', { name: /otra vez/ }).fill(NUEVA)
  await nadia.getByRole('button', { name: 'Guardar contraseña' }).click()
  await new PaginaAcceso(nadia).entrar('nadia', NUEVA)
  await new Marco(nadia).menu.waitFor()

  await usuarios.accion('Desactivar', 'nadia').click()
  await usuarios.dialogo.getByRole('button', { name: 'Desactivar' }).click()
  await new Marco(jefa).aviso(/Cuenta desactivada/).waitFor()
  await new Marco(nadia).menu.getByRole('link', { name: "OT's" }).click()
  await nadia.getByRole('heading', { name: 'INICIAR SESIÓN' }).waitFor()
  await expect.poll(() => usuarios.fila('nadia').count()).toBe(0)
})

it('the matrix with the keyboard alone: arrows move, Space saves, and a refusal leaves the box as it was', async () => {
  const jefa = await navegador.entrar(['auth.view_user', 'auth.change_user'])
  const permisos = new PaginaPermisos(jefa)
  await permisos.abrir()
  navegador.permitir(403)
  const ajena = permisos.casilla('Eliminar PTE', 'consulta')
  await ajena.focus()
  await jefa.keyboard.press('Space')
  await new Marco(jefa).aviso(/No puedes dar un permiso que tú no tienes/).waitFor()
  await expect.poll(() => ajena.isChecked()).toBe(false)
  const conFoco = (): Promise<string> => jefa.evaluate('document.activeElement.getAttribute("aria-label")')
  await expect.poll(conFoco).toBe('Eliminar PTE: consulta')
  await jefa.keyboard.press('ArrowRight')
  await jefa.keyboard.press('ArrowLeft')
  await jefa.keyboard.press('ArrowLeft')
  expect(await conFoco()).toBe('Eliminar PTE: administrador')
  await jefa.getByRole('combobox', { name: 'Grupo' }).selectOption('consulta')
  await expect.poll(() => permisos.casilla('Eliminar PTE', 'administrador').isVisible()).toBe(false)
})

it('own sessions: the other browser goes out', async () => {
  await crearPersonaConClave(app, { username: 'dos.lugares', email: 'dos@example.com' })
  const [aqui, alla] = [await navegador.abrir(), await navegador.abrir()]
  for (const pagina of [aqui, alla]) {
    const acceso = new PaginaAcceso(pagina)
    await acceso.abrir()
    await acceso.entrar('dos.lugares', CLAVE)
    await new Marco(pagina).menu.waitFor()
  }
  await aqui.goto('/perfil/sesiones/')
  await aqui.getByRole('button', { name: /^Cerrar la sesión de Chrome/ }).click()
  await new Marco(aqui).aviso('Sesión cerrada.').waitFor()
  await alla.reload()
  await alla.getByRole('heading', { name: 'INICIAR SESIÓN' }).waitFor()
})

describe.each([
  { ancho: '1366 px', tamano: ESCRITORIO },
  { ancho: '390 px', tamano: TELEFONO },
])('at $ancho', ({ tamano }) => {
  it('axe finds nothing and nothing is wider than the page', async () => {
    const pagina = await navegador.entrar('superusuario', { tamano })
    const halladas: Record<string, unknown[]> = {}
    const mirar = async (nombre: string): Promise<void> => {
      await pagina.waitForLoadState('networkidle')
      halladas[nombre] = [...(await violacionesDeAxe(pagina)), await desbordeHorizontal(pagina)]
    }
    for (const ruta of [
      '/administracion/usuarios/',
      '/administracion/grupos/',
      '/administracion/usuarios/1/',
      '/administracion/grupos/1/',
      '/administracion/permisos/',
      '/perfil/',
      '/perfil/sesiones/',
    ]) {
      await pagina.goto(ruta)
      await mirar(ruta)
    }
    await pagina.goto('/administracion/grupos/')
    await pagina.getByRole('button', { name: 'Editar: operaciones' }).click()
    await mirar('group form')
    await pagina.keyboard.press('Escape')
    await pagina.goto('/administracion/usuarios/')
    await pagina.getByRole('button', { name: 'Crear usuario' }).click()
    await pagina.getByRole('button', { name: 'Guardar usuario' }).click()
    await mirar('user form with errors')
    const visitante = await navegador.abrir({ tamano })
    for (const ruta of ['/accounts/recuperar/', '/accounts/clave/x/']) {
      await visitante.goto(ruta)
      halladas[ruta] = [...(await violacionesDeAxe(visitante)), await desbordeHorizontal(visitante)]
    }
    expect(halladas).toEqual(Object.fromEntries(Object.keys(halladas).map((nombre) => [nombre, [0]])))
  })
})
