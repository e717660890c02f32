import type { Page } from 'playwright-core'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { SEMILLA } from '../apoyo/fabricas.ts'
import { crearNavegador, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-11-20T18:00:00Z' })
const { pool } = app.conexion
const navegador = crearNavegador(app)

const BASE = '/operaciones/catalogos'
const PDF = { name: 'Anexo C firmado.pdf', mimeType: 'application/pdf', buffer: Buffer.from('%PDF-1.7\n%%EOF\n') }

const aviso = (pagina: Page, texto: string) => pagina.getByText(texto).first().waitFor()
const escribir = async (pagina: Page, texto: string): Promise<void> => {
  await pagina.keyboard.type(texto)
  await pagina.keyboard.press('Tab')
}
const desborda = (pagina: Page): Promise<boolean> =>
  pagina.evaluate<boolean>('document.documentElement.scrollWidth > document.documentElement.clientWidth')

describe('a contract from its creation to its prices, with the keyboard alone', () => {
  it('is created, gets an annex with its file and a sub-annex, and says that they do not add up', async () => {
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(`${BASE}/contratos/`)
    await pagina.getByRole('button', { name: 'Crear nuevo' }).focus()
    await pagina.keyboard.press('Enter')
    const alta = pagina.getByRole('dialog', { name: 'Nuevo contrato' })
    await alta.waitFor()
    await alta.getByLabel('Número').focus()
    await pagina.keyboard.press('Enter')
    await alta.getByRole('alert').waitFor()
    expect(await alta.getByRole('alert').getByRole('link').allInnerTexts()).toEqual([
      'Falta Número.',
      'Falta Descripción.',
      'Falta Cliente.',
      'Falta Fecha inicio.',
      'Falta Fecha término.',
    ])
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await escribir(pagina, '648235818')
    await escribir(pagina, 'Mantenimiento integral de plataformas')
    await pagina.keyboard.type('CLIENTE CONTRATO')
    await pagina.keyboard.press('Enter')
    await alta.getByLabel('Fecha inicio', { exact: false }).first().focus()
    await escribir(pagina, '01/01/2026')
    await escribir(pagina, '31/12/2025')
    await alta.getByLabel('Monto MN').focus()
    await pagina.keyboard.type('400000000')
    await pagina.keyboard.press('Enter')
    await alta.getByRole('link', { name: 'La fecha de término no puede ser anterior a la de inicio.' }).waitFor()
    await pagina.keyboard.press('Control+A')
    await escribir(pagina, '31/12/2027')
    await alta.getByLabel('Monto MN').focus()
    await pagina.keyboard.press('Enter')
    await pagina.getByRole('heading', { name: '648235818', level: 1 }).waitFor()
    await pagina.getByText('Este contrato todavía no tiene anexos.').waitFor()

    await pagina.getByRole('button', { name: 'Nuevo anexo' }).focus()
    await pagina.keyboard.press('Enter')
    const anexo = pagina.getByRole('dialog', { name: 'Nuevo anexo' })
    await anexo.getByLabel('Clave').waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await escribir(pagina, 'C')
    await escribir(pagina, 'Lista de precios')
    await anexo.getByLabel('Archivo', { exact: true }).setInputFiles(PDF)
    await anexo.getByLabel('Monto MN').focus()
    await pagina.keyboard.type('400000000')
    await pagina.keyboard.press('Enter')
    await aviso(pagina, 'Anexo creado correctamente')
    await pagina.getByText('Coincide', { exact: true }).first().waitFor()
    await pagina.getByRole('link', { name: 'C', exact: true }).focus()
    await pagina.keyboard.press('Enter')

    await pagina.getByRole('heading', { name: 'C', level: 1 }).waitFor()
    const [descarga] = await Promise.all([
      pagina.waitForEvent('download'),
      pagina.getByRole('link', { name: PDF.name }).press('Enter'),
    ])
    expect(descarga.suggestedFilename()).toBe(PDF.name)
    await pagina.getByRole('button', { name: 'Nuevo sub-anexo' }).focus()
    await pagina.keyboard.press('Enter')
    const sub = pagina.getByRole('dialog', { name: 'Nuevo sub-anexo' })
    await sub.getByLabel('Clave').waitFor()
    await escribir(pagina, 'c-2')
    await escribir(pagina, 'Plantilla base de personal')
    await pagina.keyboard.type('DIA')
    await pagina.keyboard.press('Enter')
    await sub.getByLabel('Cantidad').focus()
    await escribir(pagina, '3653')
    await pagina.keyboard.type('103246.16')
    await sub.getByText('$ 377,158,222.48').waitFor()
    await pagina.keyboard.press('Enter')
    await aviso(pagina, 'Sub-anexo creado correctamente')
    await pagina.getByText('-$ 22,841,777.52').waitFor()
    await pagina.getByText('No coincide').waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await pagina.getByRole('link', { name: 'C-2', exact: true }).press('Enter')
    await pagina.getByRole('heading', { name: 'C-2', level: 1 }).waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await pagina.getByRole('link', { name: 'Ver 0 conceptos activos' }).press('Enter')
    await pagina.getByText('Sub-anexo: C-2 (648235818 · C)').waitFor()
    await pagina.close()
  })
})

/** A contract with its parts by SQL. */
async function conPartes(): Promise<{ contrato: number; anexo: number; sub: number }> {
  const { rows } = await pool.query<{ contrato: string; anexo: string; sub: string }>(
    `WITH c AS (INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino, monto_mn)
         VALUES ('K-PARTES', 'Servicios de mantenimiento a instalaciones costa afuera', $1, '2026-01-01', '2027-12-31', 500) RETURNING id),
       a AS (INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, monto_mn, archivo, archivo_nombre)
         SELECT id, 'C', 'Lista de precios', 400, 'contratos/anexos_maestros/00000000-0000-0000-0000-000000000000.pdf', 'Anexo C del contrato, versión firmada por las partes.pdf' FROM c RETURNING id, id_contrato),
       s AS (INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion, id_unidad_medida, cantidad, precio_unitario_mn)
         SELECT id, 'C-2', 'Plantilla base de personal', 15, 3653, 103246.16 FROM a RETURNING id),
       e AS (INSERT INTO contrato_seccion (id_sub_anexo, partida, descripcion, orden) SELECT id, '2.', 'PERSONAL A BORDO', 1 FROM s)
     SELECT a.id_contrato AS contrato, a.id AS anexo, s.id AS sub FROM a, s`,
    [SEMILLA.clienteContrato],
  )
  const [fila] = rows
  return { contrato: Number(fila?.contrato), anexo: Number(fila?.anexo), sub: Number(fila?.sub) }
}

describe('what hangs from a contract', () => {
  it('is kept when it is deactivated, after saying how much it is; and comes back', async () => {
    const { contrato } = await conPartes()
    navegador.permitir(409)
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(`${BASE}/contratos/${String(contrato)}/`)
    await pagina.getByRole('button', { name: 'Desactivar' }).click()
    await pagina.getByRole('button', { name: 'Sí, continuar' }).click()
    const segundo = pagina.getByRole('dialog', { name: 'Tiene partes activas' })
    await segundo.getByText('tiene 1 anexo activo').waitFor()
    await segundo.getByRole('button', { name: 'Sí, continuar' }).click()
    await aviso(pagina, 'Se desactivó el contrato K-PARTES.')
    await pagina.getByRole('button', { name: 'Reactivar' }).click()
    await aviso(pagina, 'Se reactivó el contrato K-PARTES.')

    // Two people: the second one sees what the first saved and keeps what was typed.
    await pagina.getByRole('button', { name: 'Editar' }).click()
    const edicion = pagina.getByRole('dialog', { name: 'Editar contrato K-PARTES' })
    await edicion.getByLabel('Monto USD').fill('25')
    await pool.query('UPDATE contrato SET monto_mn = 600, version = version + 1 WHERE id = $1', [contrato])
    await edicion.getByRole('button', { name: 'Guardar' }).click()
    await pagina.getByRole('dialog', { name: 'Alguien más cambió este contrato' }).waitFor()
    await pagina.getByRole('button', { name: 'Guardar lo que escribí' }).click()
    await aviso(pagina, 'Contrato actualizado correctamente')
    const { rows } = await pool.query('SELECT monto_mn::text, monto_usd::text FROM contrato WHERE id = $1', [contrato])
    expect(rows).toEqual([{ monto_mn: '600.00', monto_usd: '25.00' }])
    await pagina.close()
  })

  it('is read on a phone without sliding sideways, pages and forms', async () => {
    const { rows } = await pool.query<{ c: string; a: string; s: string }>(
      `SELECT a.id_contrato AS c, a.id AS a, s.id AS s FROM contrato_sub_anexo s JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro JOIN contrato k ON k.id = a.id_contrato WHERE k.numero_contrato = 'K-PARTES'`,
    )
    const [de] = rows
    const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
    const rutas = [
      'contratos/',
      'anexos/',
      'sub_anexos/',
      `contratos/${de?.c ?? ''}/`,
      `anexos/${de?.a ?? ''}/`,
      `sub_anexos/${de?.s ?? ''}/`,
    ]
    for (const ruta of rutas) {
      await pagina.goto(`${BASE}/${ruta}`)
      await pagina.waitForLoadState('networkidle')
      expect([ruta, await desborda(pagina)]).toEqual([ruta, false])
      expect(await violacionesDeAxe(pagina)).toEqual([])
    }
    await pagina.goto(`${BASE}/anexos/${de?.a ?? ''}/`)
    await pagina.getByRole('button', { name: 'Editar' }).click()
    await pagina.getByText('Archivo guardado:').waitFor()
    expect(await desborda(pagina)).toBe(false)
    await pagina.close()
  })
})
