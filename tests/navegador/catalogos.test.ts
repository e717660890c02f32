import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { crearNavegador, desbordeHorizontal, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)
const BASE = '/operaciones/catalogos'

async function abrir(pagina: Page, ruta: string): Promise<void> {
  await pagina.goto(`${BASE}/${ruta}`)
  await pagina.locator('#tabla-catalogo table[aria-busy="false"]').waitFor()
}

const panelDe = (pagina: Page, nombre: RegExp) => pagina.getByRole('dialog', { name: nombre })

it('a site from birth to reactivation, with the keyboard, and who did it in its panel', async () => {
  const pagina = await navegador.entrar('administrador')
  await abrir(pagina, 'sitios/')
  await pagina.getByRole('button', { name: 'Crear nuevo' }).press('Enter')
  const alta = panelDe(pagina, /Crear sitio/)
  await alta.getByRole('button', { name: 'Guardar' }).press('Enter')
  await alta.getByText('Revisa estos 2 datos:').waitFor()
  expect(await alta.getByRole('alert').getByRole('link').allTextContents()).toEqual([
    'La descripción es obligatoria',
    'El frente es obligatorio',
  ])
  await alta.getByRole('textbox', { name: /^Descripción/ }).fill('PLATAFORMA DEL MANUAL')
  await alta.getByRole('combobox', { name: /^Frente/ }).selectOption({ label: 'PLATAFORMA' })
  await alta.getByRole('button', { name: 'Guardar' }).press('Enter')
  await pagina.getByText('Sitio creado correctamente').waitFor()

  await pagina.getByRole('searchbox', { name: 'Buscar en Sitios' }).fill('del manual')
  await pagina.keyboard.press('Enter')
  await pagina.getByRole('link', { name: 'PLATAFORMA DEL MANUAL' }).press('Enter')
  const panel = panelDe(pagina, /Editar sitio/)
  await panel.getByRole('textbox', { name: /^Descripción/ }).fill('PLATAFORMA CAMBIADA')
  expect(pagina.url()).toMatch(/\/catalogos\/sitios\/\d+\/\?filtro=del\+manual$/)
  await panel.getByRole('button', { name: 'Guardar' }).press('Enter')
  await pagina.getByText('Sitio actualizado correctamente').waitFor()
  expect(new URL(pagina.url()).pathname).toBe(`${BASE}/sitios/`)

  await abrir(pagina, 'sitios/?filtro=cambiada')
  await pagina.getByRole('button', { name: 'Desactivar PLATAFORMA CAMBIADA' }).press('Enter')
  const pregunta = pagina.getByRole('dialog', { name: 'Confirmación' })
  await pregunta.getByText('¿Estás seguro de eliminar este sitio?').waitFor()
  await pregunta.getByRole('button', { name: 'Sí, continuar' }).press('Enter')
  await pagina.getByText('Sitio desactivado correctamente').waitFor()
  await pagina.getByText('Ningún registro cumple con estos filtros.').waitFor()

  await abrir(pagina, 'sitios/?filtro=cambiada&estado=inactivos')
  await pagina.getByRole('button', { name: 'Reactivar PLATAFORMA CAMBIADA' }).press('Enter')
  await pagina.getByText('Sitio reactivado correctamente').waitFor()
  await abrir(pagina, 'sitios/?filtro=cambiada')
  await pagina.getByRole('link', { name: 'PLATAFORMA CAMBIADA' }).click()
  const historial = panelDe(pagina, /Editar sitio/).getByRole('list')
  await historial.getByRole('listitem').nth(3).waitFor()
  expect(await historial.getByRole('listitem').count()).toBe(4)
  expect(await historial.getByRole('listitem').nth(2).textContent()).toContain(
    'Modificó Descripción de PLATAFORMA DEL MANUAL a PLATAFORMA CAMBIADA',
  )
})

it('the search box of a list stands in line with the rest of its bar', async () => {
  const pagina = await navegador.entrar('administrador')
  await abrir(pagina, 'sitios/')
  const centro = async (selector: string): Promise<number> => {
    const caja = await pagina.locator(selector).boundingBox()
    return caja === null ? NaN : caja.y + caja.height / 2
  }
  expect(Math.abs((await centro('#buscar')) - (await centro('.herramientas .por-pagina')))).toBeLessThan(3)
  const barra = await pagina.locator('.herramientas').boundingBox()
  expect(barra?.height).toBeLessThan(50)
})

it('a row in use says by how many before it is deactivated, and nothing happens without a yes', async () => {
  navegador.permitir(409)
  const sitio = await app.conexion.pool.query<{ id: string }>(
    `INSERT INTO sitio (descripcion, id_frente) VALUES ('EN USO', 7) RETURNING id`,
  )
  for (let i = 0; i < 2; i += 1) await crea.ot({ id_frente: 4, id_plataforma: Number(sitio.rows[0]?.id) })
  const pagina = await navegador.entrar('administrador')
  await abrir(pagina, 'sitios/?filtro=en+uso')
  await pagina.getByRole('button', { name: 'Desactivar EN USO' }).click()
  const pregunta = pagina.getByRole('dialog', { name: 'Confirmación' })
  await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
  await pregunta.getByText('Lo usan: 2 OTs.').waitFor()
  await pregunta.getByRole('button', { name: 'Cancelar' }).click()
  await pagina.getByRole('button', { name: 'Desactivar EN USO' }).click()
  await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
  await pregunta.getByText('Lo usan: 2 OTs.').waitFor()
  await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
  await pagina.getByText('Sitio desactivado correctamente').waitFor()
})

it('a link to a row opens its panel; Back closes it; a row of the system says so', async () => {
  const pagina = await navegador.entrar('administrador')
  await abrir(pagina, 'tipos/4/')
  const panel = panelDe(pagina, /Editar tipo/)
  await panel.getByText('Registro del sistema').first().waitFor()
  expect(await panel.getByRole('combobox', { name: /^Afectación/ }).isDisabled()).toBe(true)
  await pagina.keyboard.press('Escape')
  await panel.waitFor({ state: 'hidden' })
  await pagina.getByRole('link', { name: 'LICITACION' }).click()
  await panel.waitFor()
  await pagina.goBack()
  await panel.waitFor({ state: 'hidden' })
  expect(new URL(pagina.url()).pathname).toBe(`${BASE}/tipos/`)
})

it('who only consults sees the panel and cannot save', async () => {
  const pagina = await navegador.entrar('consulta')
  await abrir(pagina, 'cliente/')
  expect(await pagina.getByRole('button', { name: 'Crear nuevo' }).count()).toBe(0)
  await pagina.getByRole('button', { name: 'Ver CLIENTE CONTRATO' }).click()
  const panel = panelDe(pagina, /Ver cliente/)
  expect(await panel.getByRole('textbox', { name: /^Descripción/ }).isDisabled()).toBe(true)
  expect(await panel.getByRole('button', { name: 'Guardar' }).count()).toBe(0)
})

it('steps are ordered with arrows, with the keyboard, by number and by dragging; one save', async () => {
  const pagina = await navegador.entrar('administrador')
  await abrir(pagina, 'pasos/')
  await pagina.getByText('CONTRATO: 100 %').first().waitFor()
  await pagina.getByRole('button', { name: 'Ordenar pasos' }).click()
  const panel = panelDe(pagina, /Ordenar pasos/)
  const textos = async (): Promise<string[]> =>
    (await panel.getByRole('listitem').allTextContents()).map((texto) => texto.replace(/\d+(?:\.\d+)? %$/, ''))
  await panel.getByRole('button', { name: 'Bajar 1 Solicitud del cliente' }).press('Enter')
  expect((await textos()).slice(0, 2)).toEqual(['1Visita al sitio', '2Solicitud del cliente'])
  await panel.getByRole('spinbutton', { name: 'Lugar de 2 Solicitud del cliente' }).press('Alt+ArrowUp')
  expect((await textos())[0]).toBe('1Solicitud del cliente')
  const volumetria = panel.getByRole('spinbutton', { name: 'Lugar de 4 Volumetría', exact: true })
  await volumetria.fill('1')
  await volumetria.press('Tab')
  expect((await textos()).slice(0, 6)).toEqual([
    '1Volumetría',
    '1.1Volumetría de estructura',
    '1.2Volumetría de tubería',
    '1.3Volumetría eléctrica e instrumentos',
    '1.4Volumetría de recubrimientos',
    '2Solicitud del cliente',
  ])
  const pasos = panel.getByRole('listitem')
  await pasos.nth(2).dragTo(pasos.nth(1))
  expect((await textos()).slice(1, 3)).toEqual(['1.1Volumetría de tubería', '1.2Volumetría de estructura'])
  await panel.getByRole('button', { name: 'Guardar orden' }).click()
  await pagina.getByText('Orden guardado correctamente').waitFor()
  await pagina.locator('#tabla-catalogo table[aria-busy="false"]').waitFor()
  const { rows } = await app.conexion.pool.query(
    'SELECT orden, descripcion FROM paso WHERE id IN (1, 4, 5, 6) ORDER BY id',
  )
  expect(rows.map((fila: { orden: string }) => fila.orden)).toEqual(['2', '1', '1.2', '1.1'])
})

it('the tree of categories: three levels born, seen, found and put away', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`${BASE}/categorias/`)
  await pagina.getByText('Todavía no hay categorías.').waitFor()
  const guardar = async (panel: RegExp, clave: string, descripcion: string): Promise<void> => {
    const caja = panelDe(pagina, panel)
    await caja.getByRole('textbox', { name: /^Clave/ }).fill(clave)
    await caja.getByRole('textbox', { name: /^Descripción/ }).fill(descripcion)
    await caja.getByRole('button', { name: 'Guardar' }).click()
    await caja.waitFor({ state: 'hidden' })
  }
  await pagina.getByRole('button', { name: 'Crear categoría' }).click()
  await guardar(/Crear categoría/, '10', 'Obra civil')
  await pagina.getByRole('button', { name: 'Crear subcategoría en 10 - Obra civil' }).click()
  await guardar(/Crear subcategoría/, '1', 'Concreto')
  await pagina.getByRole('button', { name: 'Crear clasificación en 10.1 - Concreto' }).click()
  await guardar(/Crear clasificación/, 'b', 'Colado')
  await pagina.getByRole('link', { name: '10.1.b - Colado' }).click()
  const panel = panelDe(pagina, /Editar clasificación/)
  await panel.waitFor()
  expect(new URL(pagina.url()).pathname).toMatch(/\/catalogos\/clasificaciones\/\d+\/$/)
  expect(await panel.getByRole('combobox', { name: /^Categoría/ }).count()).toBe(0)
  await pagina.reload()
  await panel.waitFor()
  await pagina.keyboard.press('Escape')
  await pagina.getByRole('searchbox', { name: 'Buscar en Categorías' }).fill('colado')
  await pagina.getByRole('link', { name: '10.1.b - Colado' }).waitFor()
  await pagina.getByRole('button', { name: 'Desactivar 10.1.b - Colado' }).click()
  await pagina.getByRole('dialog', { name: 'Confirmación' }).getByRole('button', { name: 'Sí, continuar' }).click()
  await pagina.getByText('Ninguna coincide con lo que buscas.').waitFor()
  await pagina.getByRole('checkbox', { name: 'Ver también las inactivas' }).check()
  await pagina.getByRole('button', { name: 'Reactivar 10.1.b - Colado' }).click()
  await pagina.getByText('Clasificación reactivada correctamente').waitFor()
  await pagina.getByRole('button', { name: 'Desactivar 10.1.b - Colado' }).waitFor()
})

describe.each([
  { ancho: '1366 px', tamano: ESCRITORIO },
  { ancho: '390 px', tamano: TELEFONO },
])('at $ancho', ({ tamano }) => {
  it('axe finds nothing and nothing is wider than the page', async () => {
    const pagina = await navegador.entrar('administrador', { tamano })
    const halladas: Record<string, unknown> = {}
    const mirar = async (nombre: string): Promise<void> => {
      halladas[nombre] = [await violacionesDeAxe(pagina), await desbordeHorizontal(pagina)]
    }
    for (const slug of ['tipos', 'pasos_ot', 'superintendentes', 'unidad_medida']) {
      await abrir(pagina, `${slug}/`)
      await mirar(slug)
    }
    await pagina.getByRole('button', { name: 'Crear nuevo' }).click()
    await pagina.getByRole('button', { name: 'Guardar', exact: true }).click()
    await pagina.getByText(/^Revisa est/).waitFor()
    await mirar('formulario')
    await abrir(pagina, 'sitios/9/')
    await panelDe(pagina, /Editar sitio/).waitFor()
    await mirar('panel')
    await abrir(pagina, 'pasos_ot/')
    await pagina.getByRole('button', { name: 'Ordenar pasos' }).click()
    await panelDe(pagina, /Ordenar pasos/).waitFor()
    await mirar('orden')
    await pagina.goto(`${BASE}/categorias/`)
    await pagina.getByRole('link', { name: '10 - Obra civil' }).waitFor()
    await mirar('categorías')
    expect(halladas).toEqual(Object.fromEntries(Object.keys(halladas).map((nombre) => [nombre, [[], 0]])))
  })
})
