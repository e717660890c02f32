import { join } from 'node:path'
import { writeFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { libroDeAnexo, sembrarCatalogo, W, X, Y } from '../apoyo/carga-anexo.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaListaOt } from '../apoyo/paginas-ot.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true })
await sembrarCatalogo(app.conexion.pool)
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)
await crea.ot({ orden_trabajo: 'OT-ANEXO' })

const libro = (nombre: string, filas: Parameters<typeof libroDeAnexo>[0]): string => {
  const ruta = join(app.carpetaSubidas, nombre)
  writeFileSync(ruta, libroDeAnexo(filas))
  return ruta
}

describe('Anexo C of an OT', () => {
  it('is analysed, loaded, replaced after a question, and compared', async () => {
    const pagina = await navegador.entrar('administrador')
    const captura = async (nombre: string): Promise<void> => {
      const carpeta = process.env['CAPTURAS_ANEXO']
      if (carpeta !== undefined) await pagina.screenshot({ path: join(carpeta, `${nombre}.png`) })
    }
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    await lista.expandir('OT-ANEXO')
    await pagina.getByRole('tab', { name: 'Importacion anexo C inicial' }).click()
    await pagina.getByText('No se han importado partidas para esta OT').waitFor()
    await captura('1-vacio')

    const abrir = async (ruta: string): Promise<void> => {
      await pagina.getByRole('button', { name: 'Importar Anexo C inicial' }).click()
      const dialogo = pagina.getByRole('dialog', { name: 'Importar Anexo C · OT-ANEXO' })
      await dialogo.getByLabel('Seleccione el archivo Excel (.xlsx)').setInputFiles(ruta)
      await dialogo.getByRole('button', { name: 'Analizar' }).click()
      await dialogo.getByText('Todavía no se ha guardado nada').waitFor()
    }
    await abrir(libro('UNO.xlsx', [X, Y]))
    await captura('2-analisis')
    await pagina.getByRole('dialog').getByRole('button', { name: 'Importar' }).click()
    await pagina.getByText('Se registraron 2 partidas del Anexo C.').first().waitFor()
    await pagina.getByRole('cell', { name: '3.5.' }).waitFor()
    await captura('3-cargado')

    await abrir(libro('DOS.xlsx', [X, W]))
    await pagina.getByRole('dialog').getByRole('button', { name: 'Importar' }).click()
    const pregunta = pagina.getByRole('dialog', { name: 'Importar Anexo C', exact: true })
    await pregunta.getByText('ya tiene un Anexo C de 2 partidas').waitFor()
    await pregunta.getByRole('button', { name: 'Importar' }).click()
    await pagina.getByRole('cell', { name: 'C3EXT-1538.1' }).waitFor()

    await pagina.getByRole('button', { name: 'Versiones (2)' }).click()
    await captura('4-versiones')
    await pagina.getByRole('link', { name: 'Con la 1' }).click()
    await pagina.getByRole('heading', { level: 1, name: 'VERSIONES DEL ANEXO C' }).waitFor()
    await pagina.getByRole('tab', { name: 'Nuevas (1)' }).waitFor()
    await captura('5-comparar')
    await pagina.setViewportSize(TELEFONO)
    expect(await desbordeHorizontal(pagina)).toBe(0)
    await captura('6-telefono')
    expect(await violacionesDeAxe(pagina)).toEqual([])
    expect(app.errores).toEqual([])
  })
  it('is on the page of the OT, with the keyboard alone and nothing for axe', async () => {
    const ot = await crea.ot({ orden_trabajo: 'OT-PAGINA' })
    const pagina = await navegador.entrar('administrador')
    await pagina.goto(`/operaciones/ot/${String(ot)}/`)
    const anexo = pagina.getByRole('region', { name: 'Anexo C', exact: true })
    await anexo.getByText('No se han importado partidas para esta OT').waitFor()
    const importar = anexo.getByRole('button', { name: 'Importar Anexo C inicial' })
    await importar.focus()
    await pagina.keyboard.press('Enter')
    const dialogo = pagina.getByRole('dialog', { name: 'Importar Anexo C · OT-PAGINA' })
    await dialogo.getByLabel('Seleccione el archivo Excel (.xlsx)').setInputFiles(libro('TRES.xlsx', [X, Y]))
    const halladas = { elegir: await violacionesDeAxe(pagina), analisis: [''], versiones: [''], telefono: [''] }
    await dialogo.getByRole('button', { name: 'Analizar' }).press('Enter')
    await dialogo.getByText('Todavía no se ha guardado nada').waitFor()
    halladas.analisis = await violacionesDeAxe(pagina)
    await pagina.keyboard.press('Escape')
    await dialogo.waitFor({ state: 'detached' })
    expect(await importar.evaluate((boton) => boton === boton.ownerDocument.activeElement)).toBe(true)

    await pagina.keyboard.press('Enter')
    await dialogo.getByText('Todavía no se ha guardado nada').waitFor()
    await dialogo.getByRole('button', { name: 'Importar', exact: true }).press('Enter')
    await anexo.getByRole('cell', { name: '3.5.' }).waitFor()
    await anexo.getByRole('button', { name: 'Versiones (1)' }).press('Enter')
    await pagina.getByRole('dialog', { name: 'Versiones del Anexo C · OT-PAGINA' }).waitFor()
    halladas.versiones = await violacionesDeAxe(pagina)
    await pagina.keyboard.press('Escape')
    await pagina.setViewportSize(TELEFONO)
    expect(await desbordeHorizontal(pagina)).toBe(0)
    halladas.telefono = await violacionesDeAxe(pagina)
    expect(halladas).toEqual({ elegir: [], analisis: [], versiones: [], telefono: [] })
    expect(app.errores).toEqual([])
  })
})
