import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const navegador = crearNavegador(app)

const EXTRAORDINARIOS = '/operaciones/catalogos/conceptos/extraordinarios/'
const ORDINARIOS = '/operaciones/catalogos/conceptos/ordinarios/'

const aviso = (pagina: Page, texto: string) => pagina.getByText(texto).first().waitFor()
const escribir = async (pagina: Page, texto: string): Promise<void> => {
  await pagina.keyboard.type(texto)
  await pagina.keyboard.press('Tab')
}

/** A PUE by SQL. */
async function pue(partida: string, descripcion = 'Suministro de tubo de acero'): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `WITH c AS (INSERT INTO contrato_concepto_maestro (id_tipo_partida, partida_extraordinaria, descripcion, id_unidad_medida, cantidad)
       VALUES (7, $1, $2, 15, 1) RETURNING id), p AS (INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, origen)
       SELECT id, 1, 0, 0, 1, now(), 'captura' FROM c) SELECT id FROM c`,
    [partida, descripcion],
  )
  return Number(rows[0]?.id)
}

describe('a PUE from its creation to the contract, with the keyboard alone', () => {
  it('is created, chosen, given its code and found among the ordinary ones with its history', async () => {
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(EXTRAORDINARIOS)
    await pagina.getByText('Todavía no hay conceptos extraordinarios', { exact: false }).waitFor()
    await pagina.getByRole('button', { name: 'Crear nuevo' }).focus()
    await pagina.keyboard.press('Enter')
    const dialogo = pagina.getByRole('dialog', { name: 'Crear concepto extraordinario' })
    await dialogo.waitFor()
    await pagina.keyboard.press('Enter')
    await dialogo.getByRole('alert').waitFor()
    expect(await dialogo.getByRole('alert').getByRole('link').allInnerTexts()).toEqual([
      'La Partida es obligatoria',
      'La Unidad es obligatoria',
      'La descripción es obligatoria',
      'La cantidad es obligatoria y debe ser mayor a 0',
    ])
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await escribir(pagina, 'c2ext-9001')
    await pagina.keyboard.type('TON')
    await pagina.keyboard.press('Enter')
    await dialogo.getByLabel('Descripción').focus()
    await escribir(pagina, 'Tubería de acero de 8"')
    await escribir(pagina, '12.5')
    await escribir(pagina, '1000')
    await dialogo.getByLabel('Cantidad').focus()
    await pagina.keyboard.press('Enter')
    await aviso(pagina, 'Concepto extraordinario creado correctamente')
    await pagina.getByRole('link', { name: 'C2EXT-9001' }).waitFor()

    await pagina.goto(ORDINARIOS)
    await pagina.getByRole('button', { name: 'Crear nuevo' }).focus()
    await pagina.keyboard.press('Enter')
    const conversion = pagina.getByRole('dialog', { name: "Seleccionar PUE's para autorizar" })
    await conversion.getByRole('checkbox', { name: 'C2EXT-9001' }).waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await escribir(pagina, '9001')
    await conversion.getByRole('button', { name: 'Siguiente', exact: true }).focus()
    await pagina.keyboard.press('Enter')
    await aviso(pagina, 'Debe seleccionar al menos un concepto para continuar.')
    await conversion.getByRole('checkbox', { name: 'C2EXT-9001' }).focus()
    await pagina.keyboard.press('Space')
    await conversion.getByText('1 seleccionado').waitFor()
    await conversion.getByRole('button', { name: 'Siguiente', exact: true }).focus()
    await pagina.keyboard.press('Enter')

    const partida = conversion.getByLabel('Nueva Partida de C2EXT-9001')
    await partida.waitFor()
    await pagina.keyboard.press('Enter')
    await conversion.getByText('Por favor complete Partida y Anexo para todos los registros.').waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await escribir(pagina, '2.900.')
    await escribir(pagina, 'c-2')
    await pagina.keyboard.type('1250.50')
    await pagina.keyboard.press('Enter')
    await aviso(pagina, 'Se ha convertido 1 concepto correctamente.')
    await pagina.getByRole('link', { name: '2.900.' }).click()
    await pagina.getByRole('heading', { name: 'Historia del precio' }).waitFor()
    const historia = pagina.getByRole('group', { name: 'Historia del precio' })
    expect(await historia.getByRole('row').allInnerTexts()).toMatchObject([
      expect.stringContaining('Precio MN'),
      expect.stringMatching(/^2 \(vigente\)\s+\$ 1,250\.50[\s\S]*Conversión de PUE/),
      expect.stringMatching(/^1\s+\$ 1,000\.00[\s\S]*Captura/),
    ])
    await pagina.getByText('Convertido de PUE (C2EXT-9001)').first().waitFor()
  })

  it('what cannot be converted says which row and why, and keeps what was typed', async () => {
    navegador.permitir(409)
    await pue('C3EXT-0001')
    await pue('C3EXT-0002')
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(ORDINARIOS)
    await pagina.getByRole('button', { name: 'Crear nuevo' }).click()
    const conversion = pagina.getByRole('dialog', { name: "Seleccionar PUE's para autorizar" })
    await conversion.getByRole('checkbox', { name: 'C3EXT-0001' }).check()
    await conversion.getByRole('checkbox', { name: 'C3EXT-0002' }).check()
    await conversion.getByRole('button', { name: 'Siguiente', exact: true }).click()
    for (const clave of ['C3EXT-0001', 'C3EXT-0002']) {
      await conversion.getByLabel(`Nueva Partida de ${clave}`).fill('3.1.')
      await conversion.getByLabel(`Nuevo Anexo de ${clave}`).fill('C-3')
    }
    await conversion.getByRole('button', { name: 'Guardar Conversión (2)' }).click()
    await conversion.getByText('La partida 3.1. del anexo C-3 está repetida en esta lista.').waitFor()
    await conversion.getByLabel('Nueva Partida de C3EXT-0002').fill('3.2.')
    await conversion.getByRole('button', { name: 'Guardar Conversión (2)' }).click()
    await aviso(pagina, 'Se han convertido 2 conceptos correctamente.')
    await pagina.getByRole('link', { name: '3.2.' }).waitFor()
  })
})

describe('the lists', () => {
  it('deactivate, see the inactive ones, reactivate', async () => {
    await pue('C4EXT-0001')
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(EXTRAORDINARIOS)
    await pagina.getByRole('button', { name: 'Desactivar C4EXT-0001' }).click()
    await pagina.getByRole('button', { name: 'Sí, continuar' }).click()
    await pagina.getByRole('link', { name: 'C4EXT-0001' }).waitFor({ state: 'detached' })
    await pagina.goto(`${EXTRAORDINARIOS}?estado=inactivos`)
    await pagina.getByRole('button', { name: 'Reactivar C4EXT-0001' }).click()
    await aviso(pagina, 'Concepto reactivado correctamente')
  })

  it('who only looks has nothing to press, and the page fits a phone', async () => {
    const id = await pue(
      'C5EXT-0001',
      'Suministro y colocación de recubrimiento anticorrosivo de dos capas. '.repeat(20),
    )
    const pagina = await navegador.entrar('consulta', { tamano: TELEFONO })
    for (const ruta of [EXTRAORDINARIOS, ORDINARIOS, `/operaciones/catalogos/conceptos/${String(id)}/`]) {
      await pagina.goto(ruta)
      await pagina.waitForLoadState('networkidle')
      expect(await pagina.evaluate('document.documentElement.scrollWidth <= window.innerWidth')).toBe(true)
      expect(await pagina.getByRole('button', { name: /^(Crear nuevo|Editar|Desactivar)/ }).count()).toBe(0)
    }
  })
})
