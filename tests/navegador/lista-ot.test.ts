import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { leerLibro } from '../apoyo/descargas.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaDetalleOt, PaginaListaOt } from '../apoyo/paginas-ot.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)

const madre = await crea.ot({
  orden_trabajo: 'OT-MADRE',
  monto_mxn: '1234.50',
  descripcion_trabajo: 'Tendido de ducto',
})
const otra = await crea.ot({ orden_trabajo: 'OT-OTRA', monto_mxn: '100.00', comentario: '=HYPERLINK("http://x")' })
await crea.reprogramacion(madre, { orden_trabajo: 'OT-MADRE-R1', num_reprogramacion: 1 })
await crea.reprogramacion(madre, { orden_trabajo: 'OT-MADRE-R2', num_reprogramacion: 2 })
await crea.reprogramacion(otra, { orden_trabajo: 'OT-OTRA-R1', num_reprogramacion: 1 })

describe('the list of OTs', () => {
  it('filters by type and by parent, drops a chip, and the back button returns to the same view', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    await lista.fila('OT-MADRE').waitFor()
    expect(await lista.fila('OT-MADRE-R1').count()).toBe(0)

    await lista.filtrar({ Tipo: 'REPROGRAMACION' })
    await lista.fila('OT-MADRE-R1').waitFor()
    await lista.buscar('OT-MADRE-R2')
    await lista.fila('OT-MADRE-R1').waitFor({ state: 'detached' })
    await lista.fila('OT-MADRE-R2').waitFor()
    const direccion = pagina.url()

    await lista.fila('OT-MADRE-R2').getByRole('link').click()
    await pagina.getByRole('heading', { level: 1, name: 'OT-MADRE-R2' }).waitFor()
    await pagina.goBack()
    await lista.lista()
    await lista.fila('OT-MADRE-R2').waitFor()
    expect(pagina.url()).toBe(direccion)
    await lista.fichas.getByText('Tipo: REPROGRAMACION').waitFor()

    await lista.quitarFiltro('Folio o PTE: «OT-MADRE-R2»')
    await lista.fila('OT-MADRE-R1').waitFor()
    expect(await lista.fichas.getByRole('button').count()).toBe(1)

    await lista.abrir(`?tipo=5&ot_principal=${madre}`)
    await lista.fila('OT-MADRE-R1').waitFor()
    expect(await lista.fila('OT-OTRA-R1').count()).toBe(0)
    // The reprogramaciones of one order carry their number, since they may repeat its folio.
    await lista.fila('OT-MADRE-R1').getByText('R1', { exact: true }).waitFor()
  })

  it('Back undoes the last filter, page or order; Forward does it again; columns are no step', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaOt(pagina)
    await lista.abrir('?por=1')
    await lista.fila('OT-OTRA').waitFor()
    await pagina.getByRole('button', { name: 'Página siguiente' }).click()
    await lista.fila('OT-MADRE').waitFor()
    await lista.buscar('OT-OTRA')
    await lista.fila('OT-OTRA').waitFor()
    await lista.mostrarColumna('Monto MXN')
    await lista.tabla.getByRole('columnheader', { name: /Folio OT/ }).click()
    await pagina.waitForURL(/orden=orden_trabajo/)

    await pagina.goBack()
    await pagina.waitForURL((url) => !url.searchParams.has('orden'))
    await lista.fichas.getByText('Folio o PTE: «OT-OTRA»').waitFor()
    await pagina.goBack()
    await lista.fila('OT-MADRE').waitFor()
    expect(new URL(pagina.url()).search).toBe('?pagina=2&por=1')
    expect([await lista.fichas.getByRole('button').count(), await lista.buscador.inputValue()]).toEqual([0, ''])
    await pagina.getByRole('button', { name: 'Página 2', exact: true }).and(pagina.locator('[aria-current]')).waitFor()
    await pagina.goBack()
    await lista.fila('OT-OTRA').waitFor()
    expect(new URL(pagina.url()).search).toBe('?por=1')
    await pagina.goForward()
    await pagina.goForward()
    await lista.fichas.getByText('Folio o PTE: «OT-OTRA»').waitFor()
    await lista.fila('OT-OTRA').waitFor()
  })

  it('saves a view and opens it again from another window', async () => {
    const lista = new PaginaListaOt(await navegador.entrar('operaciones'))
    await lista.abrir()
    await lista.filtrar({ Tipo: 'REPROGRAMACION' })
    await lista.fila('OT-MADRE-R1').waitFor()
    await lista.guardarVista('Mis reprogramaciones')
    await lista.aviso('Vista').first().waitFor()

    const otra = new PaginaListaOt(await navegador.entrar('operaciones'))
    await otra.abrir()
    await otra.abrirVista('Mis reprogramaciones')
    await otra.fila('OT-MADRE-R1').waitFor()
    await otra.fichas.getByText('Tipo: REPROGRAMACION').waitFor()
  })

  it('shows a column that was hidden; the address keeps it', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    await lista.fila('OT-MADRE').waitFor()
    await lista.mostrarColumna('Monto MXN')
    await lista.tabla.getByRole('columnheader', { name: /Monto MXN/ }).waitFor()
    await pagina.reload()
    await lista.fila('OT-MADRE').getByRole('cell', { name: '$ 1,234.50' }).waitFor()
  })

  it('downloads what is filtered as a workbook and as text, without formulas', async () => {
    const lista = new PaginaListaOt(await navegador.entrar('operaciones'))
    await lista.abrir('?columnas=orden_trabajo,monto_mxn,comentario')
    await lista.fila('OT-OTRA').waitFor()

    const libro = await lista.exportar('Excel, todo lo filtrado')
    expect(libro.suggestedFilename()).toMatch(/\.xlsx$/)
    const filas = await leerLibro(await libro.path())
    expect(filas.map((fila) => fila[0])).toEqual(expect.arrayContaining(['Folio OT', 'OT-MADRE', 'OT-OTRA']))
    expect(filas.find((fila) => fila[0] === 'OT-MADRE')).toContain(1234.5)

    const texto = await readFile(await (await lista.exportar('CSV, todo lo filtrado')).path(), 'utf8')
    expect(texto).toContain('OT-MADRE')
    expect(texto).not.toMatch(/(?:^|,|;)"?=HYPERLINK/m)
  })

  it('walks by keyboard alone: search, rows, details, open, help, leave', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    await lista.fila('OT-MADRE').waitFor()
    const { keyboard } = pagina
    const enfocada = () => pagina.evaluate<string>('document.activeElement.innerText')

    await keyboard.press('/')
    await keyboard.type('MADRE')
    await keyboard.press('Enter')
    await lista.fila('OT-OTRA').waitFor({ state: 'detached' })
    await lista.quitarFiltro('Folio o PTE: «MADRE»')
    await lista.fila('OT-OTRA').waitFor()

    await lista.tabla.getByRole('row').nth(1).focus()
    const primera = await enfocada()
    await keyboard.press('ArrowDown')
    expect(await enfocada()).not.toBe(primera)
    await keyboard.press('ArrowUp')
    expect(await enfocada()).toBe(primera)
    await keyboard.press('ArrowDown')
    await keyboard.press('ArrowRight')
    await pagina.getByRole('tablist', { name: 'Detalles de OT-MADRE' }).waitFor()
    await keyboard.press('ArrowLeft')
    await pagina.getByRole('tablist', { name: 'Detalles de OT-MADRE' }).waitFor({ state: 'detached' })

    await keyboard.press('?')
    const ayuda = pagina.getByRole('dialog', { name: 'Teclas de esta página' })
    await ayuda.getByText('Abrir la OT de la fila').waitFor()
    await keyboard.press('Escape')
    await ayuda.waitFor({ state: 'detached' })

    await keyboard.press('Enter')
    await pagina.getByRole('heading', { level: 1, name: 'OT-MADRE' }).waitFor()
  })

  it('on a phone only the table scrolls, and the dialogs fit', async () => {
    const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    await lista.fila('OT-MADRE').waitFor()
    const detalle = new PaginaDetalleOt(pagina)
    const desbordes = [await desbordeHorizontal(pagina)]
    await lista.editar('OT-MADRE')
    desbordes.push(await desbordeHorizontal(pagina))
    await lista.dialogo.cancelar()
    await detalle.abrir(madre)
    desbordes.push(await desbordeHorizontal(pagina))
    await pagina.goto(`/operaciones/ot/${madre}/linaje/`)
    desbordes.push(await desbordeHorizontal(pagina))
    expect(desbordes).toEqual([0, 0, 0, 0])
  })

  it('shows hostile texts as texts: in the list, its details, its questions and its filters', async () => {
    const folio = '<script>alert(1)</script>'
    const id = await crea.ot({ orden_trabajo: folio, descripcion_trabajo: '<img src=x onerror=alert(1)>' })
    const pagina = await navegador.entrar('administrador')
    const dialogosDelNavegador: string[] = []
    pagina.on('dialog', (dialogo) => {
      dialogosDelNavegador.push(dialogo.message())
      void dialogo.dismiss()
    })
    const lista = new PaginaListaOt(pagina)
    await lista.abrir(`?filtro=${encodeURIComponent(folio)}&columnas=orden_trabajo,descripcion_trabajo`)
    await lista.fila(folio).getByText('<img src=x onerror=alert(1)>').waitFor()
    await lista.fichas.getByText(`Folio o PTE: «${folio}»`).waitFor()
    await lista.expandir(folio)
    const pregunta = await lista.eliminar(folio)
    await pregunta.getByText(folio).waitFor()
    await pregunta.getByRole('button', { name: 'Cancelar' }).click()
    await pagina.goto(`/operaciones/ot/${id}/`)
    await pagina.getByRole('heading', { level: 1, name: folio }).waitFor()
    expect(dialogosDelNavegador).toEqual([])
  })
})
