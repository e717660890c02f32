import { readFile } from 'node:fs/promises'
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { fabricas, SEMILLA } from '../apoyo/fabricas.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO } from '../apoyo/paginas.ts'
import { PaginaListaOt } from '../apoyo/paginas-ot.ts'
import type { TablaDePasos } from '../apoyo/paginas-lista.ts'
import { PaginaDetallePte, PaginaListaPte } from '../apoyo/paginas-pte.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)
const { agente } = await app.entrarComo('administrador')

/** A PTE with the steps of its client, through the door of everybody. */
async function crearPte(oficio: string, campos: Record<string, string | number> = {}): Promise<number> {
  const respuesta = await agente.post('/operaciones/pte/crear/').send({
    oficio_pte: oficio,
    id_cliente: SEMILLA.clienteContrato,
    responsable_proyecto: SEMILLA.responsable,
    id_tipo: 12,
    plazo_dias: 30,
    id_prioridad: 1,
    ...campos,
  })
  return (respuesta.body as { id: number }).id
}

/** All the steps of a PTE with that status, as if they had been walked. */
async function terminarPasos(id: number, estatus = 3): Promise<void> {
  await app.conexion.pool.query('UPDATE pte_detalle SET estatus_paso = $2 WHERE id_pte_header = $1', [id, estatus])
}

const PRINCIPALES = ['1', '2', '3', '5', '6', '7', '8', '9', '10']

async function completar(pasos: TablaDePasos, cuales: readonly string[]): Promise<void> {
  for (const paso of cuales) await pasos.cambiarEstatus(paso, 'COMPLETADO')
}

describe('from proposal to work order', () => {
  it('a PTE is created, walks its steps and substeps, is delivered and becomes an OT', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaPte(pagina)
    await lista.abrir()
    await lista.crear()
    const { dialogo } = lista
    expect([
      await dialogo.lista('Cliente').inputValue(),
      await dialogo.lista('Tipo').inputValue(),
      await dialogo.campo('Fecha de Solicitud').inputValue(),
    ]).toEqual(['', '', '16/06/2025'])
    await dialogo.guardar()
    await dialogo.resumen.waitFor()
    expect(await dialogo.caja.getByRole('link').allInnerTexts()).toEqual([
      'Falta Cliente.',
      'Falta Responsable del Proyecto.',
      'Falta Tipo.',
      'Falta Prioridad.',
      'Falta Plazo en Días.',
    ])

    await dialogo.campo('Folio PTE').fill('BME-PTE-900-2025')
    await dialogo.campo('Descripción del Trabajo').fill('Tendido de ducto de 12 pulgadas')
    await dialogo.escoger('Cliente', 'CLIENTE CONTRATO')
    await dialogo.elegir('Responsable del Proyecto', 'LÍDER DE PROYECTO 03')
    await dialogo.escoger('Tipo', 'OBRA')
    await dialogo.escoger('Prioridad', 'ALTA')
    await dialogo.campo('Plazo en Días').fill('2.5')
    await dialogo.campo('Total homologado').fill('1500000')
    await dialogo.guardar()
    await lista.aviso('PTE creada correctamente').waitFor()
    await lista.avisos.getByRole('link', { name: 'Abrir BME-PTE-900-2025' }).waitFor()
    await lista.fila('BME-PTE-900-2025').getByText('(0/14)').waitFor()

    const pasos = await lista.expandir('BME-PTE-900-2025')
    await completar(pasos, PRINCIPALES)
    await lista.fila('BME-PTE-900-2025').getByText('(9/14)').waitFor()
    await pasos.abrirSubpasos('4')
    await completar(pasos.subpasos, ['4.1', '4.2', '4.3'])
    await pasos.fila('4').getByText('75%').waitFor()
    // P-13: the last substep closes its parent, and the page says so.
    await pasos.subpasos.cambiarEstatus('4.4', 'NO APLICA')
    await lista.aviso(/paso 4 Volumetría pasó solo a COMPLETADO/).waitFor()
    await pasos.fila('4').getByText('Entregables finalizados').waitFor()
    await lista.fila('BME-PTE-900-2025').getByText('(14/14)').waitFor()
    expect(await pasos.fecha('Fecha término', '4').inputValue()).toBe('16/06/2025')
    // P-14: opening one again opens the parent.
    await pasos.subpasos.cambiarEstatus('4.2', 'PROCESO')
    await lista.aviso(/paso 4 Volumetría volvió a PROCESO/).waitFor()
    await lista.fila('BME-PTE-900-2025').getByText('(12/14)').waitFor()
    expect(
      await lista
        .fila('BME-PTE-900-2025')
        .getByRole('button', { name: /Crear Orden de Trabajo/ })
        .count(),
    ).toBe(0)
    await pasos.subpasos.cambiarEstatus('4.2', 'COMPLETADO')
    // The delivery of the parent is captured by hand, and read as text from then on.
    await pasos.fecha('Fecha entrega', '4').fill('15/6/25')
    await pasos.fecha('Fecha entrega', '4').press('Tab')
    await pasos.fila('4').getByRole('cell', { name: '15/06/2025', exact: true }).waitFor()
    expect(await pasos.fecha('Fecha entrega', '4').count()).toBe(0)

    const pregunta = await lista.pedirEstatus('BME-PTE-900-2025', 'ENTREGADA')
    await pregunta.getByRole('textbox', { name: 'Fecha de entrega:' }).fill('')
    await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
    await pregunta.getByText('Falta la fecha de entrega.').waitFor()
    await pregunta.getByRole('textbox', { name: 'Fecha de entrega:' }).fill('hoy')
    await pregunta.getByRole('button', { name: 'Sí, continuar' }).click()
    await lista.fila('BME-PTE-900-2025').getByRole('cell', { name: '16/06/2025' }).waitFor()

    const crearOt = await lista.crearOt('BME-PTE-900-2025')
    await crearOt.getByRole('button', { name: 'Crear OT' }).click()
    await crearOt.getByText('Falta el folio de la OT.').waitFor()
    await crearOt.getByRole('textbox', { name: 'Folio de la OT:' }).fill('OT-2025-900')
    await crearOt.getByRole('button', { name: 'Crear OT' }).click()
    await crearOt.waitFor({ state: 'detached' })
    await lista.avisos.getByRole('link', { name: 'Abrir OT-2025-900' }).click()
    await pagina.getByRole('heading', { level: 1, name: 'OT-2025-900' }).waitFor()

    const ots = new PaginaListaOt(pagina)
    await ots.abrir()
    await ots.fila('OT-2025-900').getByRole('cell', { name: 'BME-PTE-900-2025' }).waitFor()
    await lista.abrir()
    await lista.fila('BME-PTE-900-2025').getByRole('link').click()
    const detalle = new PaginaDetallePte(pagina)
    await detalle.seccion('Órdenes de trabajo').getByRole('link', { name: 'OT-2025-900' }).waitFor()
    await detalle.seccion('Actividad').getByRole('cell', { name: 'CREAR' }).first().waitFor()
  })

  it('a refusal of the server keeps the dialog open: the folio is taken; a reprogramación names its principal', async () => {
    navegador.permitir(409)
    const id = await crearPte('PTE-REPROGRAMA')
    await terminarPasos(id)
    const principal = await crea.ot({ orden_trabajo: 'OT-TOMADA' })
    const lista = new PaginaListaPte(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=PTE-REPROGRAMA')
    const dialogo = await lista.crearOt('PTE-REPROGRAMA')
    await dialogo.getByRole('textbox', { name: 'Folio de la OT:' }).fill('ot-tomada ')
    await dialogo.getByRole('button', { name: 'Crear OT' }).click()
    await lista
      .aviso(/OT-TOMADA|folio/i)
      .first()
      .waitFor()
    expect(await dialogo.getByRole('textbox', { name: 'Folio de la OT:' }).inputValue()).toBe('ot-tomada ')

    await dialogo.getByRole('combobox', { name: 'Tipo de OT:' }).selectOption({ label: 'REPROGRAMACIÓN' })
    await dialogo.getByRole('button', { name: 'Crear OT' }).click()
    await dialogo.getByText('Elige la OT a reprogramar.').waitFor()
    await dialogo.getByRole('combobox', { name: 'OT a reprogramar' }).fill('TOMADA')
    await dialogo.getByRole('option', { name: 'OT-TOMADA' }).click()
    await dialogo.getByRole('button', { name: 'Crear OT' }).click()
    await lista.avisos.getByRole('link', { name: /, reprogramación 1$/ }).waitFor()
    const { rows } = await app.conexion.pool.query(
      'SELECT ot_principal::int AS principal, num_reprogramacion AS numero FROM ot WHERE id_pte_header = $1',
      [id],
    )
    expect(rows).toEqual([{ principal, numero: 1 }])
  })
})

describe('the list of PTEs', () => {
  it('two expanded PTEs do not mix: each date, status and link goes to its own (D-PTE-34)', async () => {
    const [una, otra] = [await crearPte('PTE-UNA'), await crearPte('PTE-OTRA')]
    const lista = new PaginaListaPte(await navegador.entrar('operaciones'))
    await lista.abrir()
    const deUna = await lista.expandir('PTE-UNA')
    const deOtra = await lista.expandir('PTE-OTRA')
    await deUna.abrirSubpasos('4')
    await deOtra.abrirSubpasos('4')
    await deUna.subpasos.cambiarEstatus('4.1', 'COMPLETADO')
    await deOtra.fecha('Fecha inicio', '2').fill('hoy')
    await deOtra.fecha('Fecha inicio', '2').press('Tab')
    await lista.aviso(/[Ff]echa actualizada/).waitFor()
    await deOtra.subpasos.ponerEnlace('4.3', 'https://sharepoint.example/volumetria con espacios.xlsx')
    await deOtra.subpasos.tabla.getByRole('link', { name: /Abrir: https:\/\/sharepoint/ }).waitFor()
    // What was open stays open.
    await deUna.fila('4').getByText('25%').waitFor()
    await deOtra.fila('4').getByText('0%').waitFor()
    const leer = async (id: number): Promise<unknown> => {
      const { rows } = await app.conexion.pool.query<{ pasos: unknown }>(
        `SELECT jsonb_object_agg(p.orden, jsonb_build_array(d.estatus_paso, d.fecha_inicio, d.archivo)) AS pasos
         FROM pte_detalle d JOIN paso p ON p.id = d.id_paso WHERE d.id_pte_header = $1 AND p.orden IN ('2', '4.1', '4.3')`,
        [id],
      )
      return rows[0]?.pasos
    }
    expect(await leer(una)).toEqual({ 2: [1, null, null], '4.1': [3, null, null], '4.3': [1, null, null] })
    expect(await leer(otra)).toEqual({
      2: [1, '2025-06-16', null],
      '4.1': [1, null, null],
      '4.3': [1, null, 'https://sharepoint.example/volumetria%20con%20espacios.xlsx'],
    })
  })

  it('a refused date goes back to what it was; a link that is no address is told at its field', async () => {
    navegador.permitir(400)
    await crearPte('PTE-FECHAS')
    const lista = new PaginaListaPte(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=PTE-FECHAS')
    const pasos = await lista.expandir('PTE-FECHAS')
    await pasos.fecha('Fecha inicio', '1').fill('5/1/2025')
    await pasos.fecha('Fecha inicio', '1').press('Tab')
    await lista.aviso(/[Ff]echa actualizada/).waitFor()
    await pasos.fecha('Fecha término', '1').fill('1/1/2025')
    await pasos.fecha('Fecha término', '1').press('Tab')
    await lista.aviso(/igual o posterior al inicio/).waitFor()
    await expect.poll(() => pasos.fecha('Fecha término', '1').inputValue()).toBe('')
    await pasos.tabla.getByRole('button', { name: 'Subir archivo del paso 1', exact: true }).click()
    const dialogo = lista.pagina.getByRole('dialog', { name: 'Subir archivo' })
    await dialogo.getByRole('textbox').fill('javascript:alert(1)')
    await dialogo.getByRole('button', { name: 'Guardar' }).click()
    await dialogo.getByText(/empiece con http/).waitFor()
  })

  it('a date that is none, or of an absurd year, is told and goes back; a long description opens on the page', async () => {
    const id = await crearPte('PTE-ABSURDA-' + 'L'.repeat(80), { descripcion_trabajo: 'Mucho que hacer. '.repeat(60) })
    const pagina = await navegador.entrar('operaciones', { tamano: TELEFONO })
    const detalle = new PaginaDetallePte(pagina)
    await detalle.abrir(id)
    expect(await desbordeHorizontal(pagina)).toBe(0)
    const fecha = detalle.pasos('PTE-ABSURDA-' + 'L'.repeat(80)).fecha('Fecha inicio', '1')
    await fecha.fill('99/99/9999')
    await fecha.press('Tab')
    await detalle.aviso(/Escribe la fecha como DD/).waitFor()
    expect(await fecha.inputValue()).toBe('')
    await fecha.fill('17/5/0205')
    await fecha.press('Tab')
    await detalle.aviso('Revisa el año').waitFor()
    expect(await fecha.inputValue()).toBe('')
    const texto = pagina.locator('.ficha-bajada')
    const alto = async (): Promise<number> => (await texto.boundingBox())?.height ?? 0
    expect(await alto()).toBeLessThan(60)
    await pagina.getByText('Ver completa').click()
    expect(await alto()).toBeGreaterThan(200)
  })

  it('↓ goes to the rows from the page as it opens and from the search', async () => {
    const id = await crearPte('PTE-FLECHAS')
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaPte(pagina)
    await lista.abrir('?filtro=PTE-FLECHAS')
    await lista.fila('PTE-FLECHAS').waitFor()
    await pagina.keyboard.press('ArrowDown')
    expect(await pagina.evaluate<string>('document.activeElement.tagName')).toBe('TR')
    await pagina.keyboard.press('/')
    await pagina.keyboard.press('ArrowDown')
    await pagina.keyboard.press('Enter')
    await pagina.waitForURL(`**/operaciones/pte/${String(id)}/`)
  })

  it('what is typed in a searchable list is what a quick Enter chooses; a click on the open list lets one type', async () => {
    await app.conexion.pool.query(
      "INSERT INTO responsable_proyecto (descripcion) VALUES ('AAA Primero de la lista'), ('Zulema Última') ON CONFLICT DO NOTHING",
    )
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaPte(pagina)
    await lista.abrir()
    await lista.crear()
    const responsable = lista.dialogo.caja.getByRole('combobox', { name: 'Responsable del Proyecto' })
    await responsable.focus()
    await pagina.getByRole('option', { name: 'AAA Primero de la lista' }).waitFor()
    await responsable.click()
    await pagina.keyboard.type('zulema')
    await pagina.keyboard.press('Enter')
    const elegido = await pagina.evaluate<string>(
      'document.querySelector("#dialogo-pte [name=responsable_proyecto]").selectedOptions[0]?.text ?? ""',
    )
    expect(elegido).toBe('Zulema Última')
  })

  it('a row that somebody deleted goes when one tries to edit it', async () => {
    navegador.permitir(404)
    const id = await crearPte('PTE-BORRADA')
    const lista = new PaginaListaPte(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=PTE-BORRADA')
    const fila = lista.fila('PTE-BORRADA')
    await fila.waitFor()
    await agente.post('/operaciones/pte/eliminar/').send({ id })
    await fila.getByRole('button', { name: /^Editar/ }).click()
    await lista.aviso('PTE no encontrada').waitFor()
    await fila.waitFor({ state: 'detached' })
  })

  it('the longest names fit: a saved view can still be deleted; the start pages do not overflow a phone', async () => {
    const pagina = await navegador.entrar('operaciones', { tamano: TELEFONO })
    const lista = new PaginaListaPte(pagina)
    await lista.abrir()
    await pagina.getByRole('button', { name: 'Vistas' }).click()
    await pagina.getByRole('button', { name: 'Guardar esta vista…' }).click()
    const nombre = 'V'.repeat(100)
    await pagina.getByRole('textbox', { name: 'Nombre de la vista' }).fill(nombre)
    await pagina.keyboard.press('Enter')
    await lista.aviso('Vista guardada').waitFor()
    await pagina.getByRole('button', { name: 'Vistas' }).click()
    const caja = await pagina.getByRole('button', { name: `Eliminar la vista ${nombre}` }).boundingBox()
    expect((caja?.x ?? 999) + (caja?.width ?? 0)).toBeLessThan(TELEFONO.width)
    const { agente: propio } = await app.entrarComo('operaciones')
    const id = await crearPte('F'.repeat(100), { descripcion_trabajo: 'larga '.repeat(300) })
    await propio.post('/operaciones/pte/editar/').send({ id, comentario_general: 'tocada' })
    for (const ruta of ['/', '/operaciones/']) {
      await pagina.goto(ruta)
      expect((await pagina.locator('.tocados li').first().boundingBox())?.height).toBeLessThan(120)
      expect(await desbordeHorizontal(pagina)).toBe(0)
    }
  })

  it('filters by several kinds, keeps the choice in the panel, drops a chip; Back undoes it', async () => {
    await crearPte('PTE-TIPO-UDC', { id_tipo: 13 })
    await crearPte('PTE-TIPO-LICITA', { id_tipo: 2 })
    await crearPte('PTE-TIPO-OBRA', { id_tipo: 12 })
    const pagina = await navegador.entrar('consulta')
    const lista = new PaginaListaPte(pagina)
    await lista.abrir('?filtro=PTE-TIPO')
    await lista.fila('PTE-TIPO-OBRA').waitFor()
    await pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
    const panel = pagina.getByRole('dialog', { name: 'Filtros' })
    await panel.getByRole('checkbox', { name: 'UDC' }).check()
    await panel.getByRole('checkbox', { name: 'LICITACION' }).check()
    await panel.getByRole('button', { name: 'Aplicar Filtros' }).click()
    await lista.fila('PTE-TIPO-OBRA').waitFor({ state: 'detached' })
    await lista.fichas.getByText('Tipo: LICITACION, UDC').waitFor()
    expect(new URL(pagina.url()).searchParams.get('tipo')).toBe('2,13')

    await pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
    expect([
      await panel.getByRole('checkbox', { name: 'UDC' }).isChecked(),
      await panel.getByRole('checkbox', { name: 'OBRA' }).isChecked(),
      await panel.getByRole('combobox', { name: 'Cliente' }).inputValue(),
    ]).toEqual([true, false, ''])
    await pagina.keyboard.press('Escape')
    await pagina.goBack()
    await lista.fila('PTE-TIPO-OBRA').waitFor()
    expect(
      await lista
        .fila('PTE-TIPO-OBRA')
        .getByRole('button', { name: /^Editar/ })
        .count(),
    ).toBe(0)
  })

  it('downloads what is filtered', async () => {
    await crearPte('PTE-EXPORTA-1')
    const lista = new PaginaListaPte(await navegador.entrar('operaciones'))
    await lista.abrir('?filtro=PTE-EXPORTA&tipo=12,13')
    await lista.fila('PTE-EXPORTA-1').waitFor()
    const texto = await readFile(await (await lista.exportar('CSV, todo lo filtrado')).path(), 'utf8')
    expect(texto).toContain('PTE-EXPORTA-1')
    expect(texto).not.toContain('PTE-UNA')
  })

  it('creates a PTE by keyboard alone', async () => {
    const pagina = await navegador.entrar('operaciones')
    const lista = new PaginaListaPte(pagina)
    await lista.abrir()
    const { keyboard } = pagina
    await pagina.getByRole('button', { name: 'Crear nuevo' }).focus()
    await keyboard.press('Enter')
    await lista.dialogo.caja.waitFor()
    const escribir = async (texto: string): Promise<void> => {
      await keyboard.type(texto)
      await keyboard.press('Tab')
    }
    await escribir('Solo con teclado')
    await escribir('CLIENTE CONTRATO')
    await escribir('PTE-TECLADO')
    await escribir('PEP-1-2025')
    await keyboard.type('LÍDER DE PROYECTO 03')
    // The list narrows as one types: Tab takes the one that is left, and then leaves.
    await expect.poll(() => lista.dialogo.caja.locator('.ts-dropdown [role="option"]').count()).toBe(1)
    await keyboard.press('Tab')
    await lista.dialogo.caja.locator('.ts-control').getByTitle('LÍDER DE PROYECTO 03').waitFor()
    await keyboard.press('Tab')
    await escribir('OBRA')
    await escribir('MEDIA')
    await escribir('hoy')
    await escribir('+30')
    await keyboard.type('45')
    await keyboard.press('Enter')
    await lista.aviso('PTE creada correctamente').waitFor()
    await lista.fila('PTE-TECLADO').waitFor()
    const { rows } = await app.conexion.pool.query(
      `SELECT descripcion_trabajo, oficio_solicitud, plazo_dias::float8 AS plazo_dias, prioridad, fecha_solicitud::text, fecha_entrega::text
       FROM pte_header WHERE oficio_pte = 'PTE-TECLADO'`,
    )
    expect(rows).toEqual([
      {
        descripcion_trabajo: 'Solo con teclado',
        oficio_solicitud: 'PEP-1-2025',
        plazo_dias: 45,
        prioridad: 2,
        fecha_solicitud: '2025-06-16',
        fecha_entrega: '2025-07-16',
      },
    ])
  })

  it('on a phone only the tables scroll, and the dialogs fit', async () => {
    const id = await crearPte('PTE-TELEFONO')
    const pagina = await navegador.entrar('administrador', { tamano: TELEFONO })
    const lista = new PaginaListaPte(pagina)
    await lista.abrir('?filtro=PTE-TELEFONO')
    const desbordes = [await desbordeHorizontal(pagina)]
    const pasos = await lista.expandir('PTE-TELEFONO')
    await pasos.abrirSubpasos('4')
    desbordes.push(await desbordeHorizontal(pagina))
    await lista.editar('PTE-TELEFONO')
    desbordes.push(await desbordeHorizontal(pagina))
    await lista.dialogo.cancelar()
    await pagina.goto(`/operaciones/pte/${id}/`)
    await pasos.subpasos.tabla.getByRole('row').nth(1).waitFor()
    desbordes.push(await desbordeHorizontal(pagina))
    expect(desbordes).toEqual([0, 0, 0, 0])
  })

  it('shows hostile texts as texts', async () => {
    const folio = '<script>alert(1)</script>'
    const id = await crearPte(folio, {
      descripcion_trabajo: '<img src=x onerror=alert(1)>',
      comentario_general: '"><b>x</b>',
    })
    const pagina = await navegador.entrar('administrador')
    const dialogosDelNavegador: string[] = []
    pagina.on('dialog', (dialogo) => {
      dialogosDelNavegador.push(dialogo.message())
      void dialogo.dismiss()
    })
    const lista = new PaginaListaPte(pagina)
    await lista.abrir(`?filtro=${encodeURIComponent(folio)}`)
    await lista.fila(folio).getByText('<img src=x onerror=alert(1)>').waitFor()
    await lista.expandir(folio)
    const pregunta = await lista.eliminar(folio)
    await pregunta.getByText(folio).waitFor()
    await pregunta.getByRole('button', { name: 'Cancelar' }).click()
    await pagina.goto(`/operaciones/pte/${id}/`)
    await pagina.getByRole('heading', { level: 1, name: folio }).waitFor()
    await pagina.getByText('"><b>x</b>').first().waitFor()
    expect(dialogosDelNavegador).toEqual([])
  })
})

describe('one PTE', () => {
  it('its page has the same actions on its steps, and tells when an OT can be created', async () => {
    const id = await crearPte('PTE-DETALLE')
    await terminarPasos(id)
    const detalle = new PaginaDetallePte(await navegador.entrar('operaciones'))
    await detalle.abrir(id)
    const pasos = detalle.pasos('PTE-DETALLE')
    const crearOt = detalle.pagina.getByRole('button', { name: 'Crear Orden de Trabajo' })
    await crearOt.waitFor()
    await pasos.subpasos.tabla.getByRole('row').nth(4).waitFor()
    await pasos.cambiarEstatus('2', 'PROCESO')
    await crearOt.waitFor({ state: 'hidden' })
    await detalle.seccion('Progreso').getByText('(13/14)').waitFor()
    await pasos.cambiarEstatus('2', 'COMPLETADO')
    await crearOt.click()
    const dialogo = detalle.pagina.getByRole('dialog', { name: 'Crear Orden de Trabajo' })
    await dialogo.getByRole('textbox', { name: 'Folio de la OT:' }).fill('OT-DEL-DETALLE')
    await dialogo.getByRole('button', { name: 'Crear OT' }).click()
    await detalle.seccion('Órdenes de trabajo').getByRole('link', { name: 'OT-DEL-DETALLE' }).waitFor()
    await detalle.avisos.getByRole('link', { name: 'Abrir OT-DEL-DETALLE' }).waitFor()
    expect(await crearOt.count()).toBe(0)
  })

  it('the second of two people is told who changed what, and what was typed stays', async () => {
    navegador.permitir(409)
    const id = await crearPte('PTE-CONFLICTO')
    const detalle = new PaginaDetallePte(await navegador.entrar('operaciones'))
    await detalle.abrir(id)
    await detalle.pagina.getByRole('button', { name: 'Editar', exact: true }).click()
    await detalle.dialogo.campo('Oficio Solicitud').waitFor()
    await agente.post('/operaciones/pte/editar/').send({ id, oficio_solicitud: 'PEP-DE-OTRA-PERSONA' })

    await detalle.dialogo.campo('Comentario').fill('Lo que yo escribí')
    await detalle.dialogo.guardar()
    const conflicto = detalle.pagina.getByRole('dialog', { name: 'Alguien más cambió esta PTE' })
    await conflicto.getByText('PEP-DE-OTRA-PERSONA').waitFor()
    await conflicto.getByRole('button', { name: 'Guardar lo que escribí' }).click()
    await detalle.aviso(/PTE actualizada correctamente/).waitFor()
    expect(await crea.leerPte(id)).toMatchObject({
      oficio_solicitud: 'PEP-DE-OTRA-PERSONA',
      comentario: 'Lo que yo escribí',
    })
  })

  it('a client of another type warns before saving, and changes the steps when none has advanced', async () => {
    const id = await crearPte('PTE-CLIENTE')
    const detalle = new PaginaDetallePte(await navegador.entrar('operaciones'))
    await detalle.abrir(id)
    await detalle.pagina.getByRole('button', { name: 'Editar', exact: true }).click()
    const { dialogo } = detalle
    const aviso = dialogo.caja.getByText(/Este cliente es de otro tipo/)
    expect(await aviso.isVisible()).toBe(false)
    await dialogo.escoger('Cliente', 'CLIENTE INTERCOM B')
    await aviso.waitFor()
    await dialogo.guardar()
    await detalle.aviso(/PTE actualizada correctamente/).waitFor()
    await detalle.pasos('PTE-CLIENTE').fila('10').waitFor()
    expect(
      await detalle
        .pasos('PTE-CLIENTE')
        .tabla.getByRole('button', { name: /Ver subpasos/ })
        .count(),
    ).toBe(0)
  })

  it('deleting names the PTE and its live OTs; the safe button has the focus', async () => {
    const id = await crearPte('PTE-BORRAR')
    await crea.ot({ orden_trabajo: 'OT-QUE-QUEDA', id_pte_header: id })
    const lista = new PaginaListaPte(await navegador.entrar('administrador'))
    await lista.abrir('?filtro=PTE-BORRAR')
    const dialogo = await lista.eliminar('PTE-BORRAR')
    await dialogo.getByText(/OT-QUE-QUEDA/).waitFor()
    await lista.pagina.keyboard.press('Enter')
    await dialogo.waitFor({ state: 'detached' })
    await lista.fila('PTE-BORRAR').waitFor()
    const otraVez = await lista.eliminar('PTE-BORRAR')
    await otraVez.getByRole('button', { name: 'Sí, continuar' }).click()
    await lista.fila('PTE-BORRAR').waitFor({ state: 'detached' })
  })
})
