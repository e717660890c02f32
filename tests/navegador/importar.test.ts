import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { inicial, libroDeOts, reprogramacion } from '../apoyo/importacion.ts'
import { libroDePrueba } from '../apoyo/libro.ts'
import { PaginaImportar, PaginaLote } from '../apoyo/paginas-importacion.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true })
const navegador = crearNavegador(app)

const contarOts = async (): Promise<number> => {
  const { rows } = await app.conexion.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM ot')
  return rows[0]?.n ?? -1
}

it('a workbook is analysed, imported, read in the history and undone', async () => {
  const pagina = await navegador.entrar('administrador')
  const importar = new PaginaImportar(pagina)
  await importar.abrir()
  await importar.historial.getByText('Todavía no hay importaciones.').waitFor()
  const buffer = libroDeOts([
    inicial(),
    reprogramacion(),
    inicial({ orden_trabajo: 'OT-MALA', oficio_ot: 'PEP-9-2024', fecha_inicio_programado: '13/112023' }),
  ])
  await importar.analizar({ name: 'HISTORICO.xlsx', buffer }, true)
  await importar.analisis.getByText('Se importarían 2 OT nuevas', { exact: false }).waitFor()
  await importar.analisis.getByText('1 fila se rechaza.', { exact: false }).waitFor()
  await importar.analisis.getByRole('tab', { name: /Rechaz|rechaz/ }).click()
  await importar.analisis.getByText('¿Quisiste decir 13/11/2023?', { exact: false }).waitFor()
  expect(await contarOts()).toBe(0)
  expect(await violacionesDeAxe(pagina)).toEqual([])

  await importar.importar()
  await importar.resultado.getByRole('link', { name: 'Ver el lote' }).click()
  await pagina.getByRole('heading', { level: 1, name: /^LOTE \d+/ }).waitFor()
  expect(await contarOts()).toBe(2)
  expect(await violacionesDeAxe(pagina)).toEqual([])

  const lote = new PaginaLote(pagina)
  await lote.deshacer()
  await pagina.getByRole('region', { name: 'Este lote se deshizo' }).waitFor()
  expect(await contarOts()).toBe(0)
  await importar.abrir()
  await importar.historial.getByRole('row').filter({ hasText: 'HISTORICO.xlsx' }).getByText('Deshecho').waitFor()
})

it('on a phone: what is not a workbook is told beside the file, and another one can be chosen', async () => {
  navegador.permitir(400)
  const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
  const importar = new PaginaImportar(pagina)
  await importar.abrir()
  await importar.analizar({ name: 'notas.xlsx', buffer: Buffer.from('esto no es un libro') }, false)
  await pagina.getByRole('alert').getByText('El archivo no es un libro de Excel (.xlsx).').waitFor()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
  await importar.analizar({ name: 'bueno.xlsx', buffer: libroDeOts([inicial()]) }, true)
  await importar.analisis.getByText('Se importarían', { exact: false }).waitFor()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
})

it('PTEs on the same page of another class: from the menu, analysed, imported and undone', async () => {
  const contar = async (): Promise<number> => {
    const { rows } = await app.conexion.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM pte_header')
    return rows[0]?.n ?? -1
  }
  const antes = await contar()
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/ot/importar/')
  await pagina.getByRole('link', { name: 'Importar PTE históricas' }).click()
  await pagina.getByRole('heading', { level: 1, name: 'IMPORTAR PTE HISTÓRICAS' }).waitFor()
  const importar = new PaginaImportar(pagina, '/operaciones/pte/importar/')
  const buffer = libroDePrueba({
    hojas: [
      {
        filas: [
          ['oficio_pte', 'id_tipo_id', 'descripcion_trabajo', 'estatus', 'id_cliente_id', 'fecha_solicitud'],
          ['PTE-NAV-1', 12, 'Trabajo', 1, 1, '15/01/2024'],
          ['PTE-NAV-2', 12, 'Trabajo', 1, 1, '13/112023'],
        ],
      },
    ],
  })
  await importar.analizar({ name: 'PTES.xlsx', buffer })
  await importar.analisis.getByText('Se importarían 1 PTE nueva. 1 fila se rechaza.').waitFor()
  await importar.analisis.getByRole('tab', { name: /^PTE nuevas/ }).click()
  await importar.analisis.getByText('PTE-NAV-1', { exact: true }).waitFor()
  expect([await desbordeHorizontal(pagina), await violacionesDeAxe(pagina)]).toEqual([0, []])
  await importar.importar()
  await importar.resultado.getByRole('link', { name: 'Ver el lote' }).click()
  await pagina.getByRole('heading', { level: 1, name: /^LOTE \d+/ }).waitFor()
  expect([await contar(), await violacionesDeAxe(pagina)]).toEqual([antes + 1, []])
  await new PaginaLote(pagina).deshacer()
  await pagina.getByRole('region', { name: 'Este lote se deshizo' }).waitFor()
  expect(await contar()).toBe(antes)
})
