import { mkdirSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { registrarEventos, TABLA_LOG } from '../../src/modulos/auditoria/index.ts'
import { conTransaccion } from '../../src/plataforma/transaccion.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaActividad } from '../apoyo/paginas-auditoria.ts'
import { crearNavegador, desbordeHorizontal, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)
const LARGO = `${'Comentario extenso del representante. '.repeat(20)}FIN`

const ot = await crea.ot({ orden_trabajo: 'OT-ACT-1' })
const deLaOt = { tabla: TABLA_LOG.OT, registroId: ot, evento: 'MODIFICAR' as const, detalle: 'de la OT: OT-ACT-1' }
await conTransaccion(await app.ctxDe('operaciones'), (tx) =>
  registrarEventos(tx, [
    { ...deLaOt, campo: 'Plazo (días)', anterior: '10', actual: '15' },
    { ...deLaOt, campo: 'Comentario', anterior: '<b>nada</b>', actual: LARGO },
  ]),
)
app.reloj.avanzar({ horas: 24 })
await conTransaccion(app.ctx, (tx) =>
  registrarEventos(tx, [
    {
      tabla: TABLA_LOG.OT,
      registroId: null,
      evento: 'IMPORTAR',
      campo: 'Importó',
      detalle: 'el archivo HISTORICO.xlsx',
    },
  ]),
)
await conTransaccion(app.ctx, (tx) =>
  registrarEventos(
    tx,
    Array.from({ length: 60 }, (_, i) => ({
      ...deLaOt,
      evento: 'ACTUALIZAR' as const,
      campo: 'Actualizó',
      detalle: `el estatus, vez ${i}`,
    })),
  ),
)

describe('the activity log', () => {
  it('groups what one request changed, opens the whole values and goes to the record', async () => {
    const pagina = await navegador.entrar('administrador')
    const registro = new PaginaActividad(pagina)
    await registro.abrir('?evento=MODIFICAR')
    await registro.fila('Comentario').first().waitFor()
    expect(await registro.tabla.getByText('2 cambios').count()).toBe(1)
    expect(await registro.tabla.locator('tr.operacion-sigue').count()).toBe(1)
    expect(await registro.tabla.getByText(LARGO).count()).toBe(0)
    expect(await registro.tabla.getByText('<b>nada</b>').count()).toBe(1)
    await registro
      .fila('Comentario')
      .getByRole('button', { name: /^Ver detalles/ })
      .click()
    await pagina.getByRole('group', { name: 'Después', exact: true }).waitFor()
    expect(await pagina.locator('.valor-guardado', { hasText: 'FIN' }).count()).toBe(1)
    await registro.fila('Plazo').getByRole('link', { name: 'OT' }).click()
    await pagina.getByRole('heading', { level: 1, name: 'OT-ACT-1' }).waitFor()
  })

  it('filters by panel, record and day; the chips say so and the address keeps it', async () => {
    const pagina = await navegador.entrar('administrador')
    const registro = new PaginaActividad(pagina)
    await registro.abrir()
    await registro.abrirFiltros()
    await registro.panel.getByRole('combobox', { name: 'Evento' }).selectOption('MODIFICAR')
    await registro.panel.getByRole('textbox', { name: 'Registro', exact: true }).fill('OT-ACT-1')
    await registro.panel.getByRole('textbox', { name: 'Fecha desde', exact: true }).fill('16/06/2025')
    await registro.aplicar()
    await registro.fila('Plazo').waitFor()
    await registro.fichas.getByText('Registro: OT-ACT-1').waitFor()
    await registro.fichas.getByText('Fecha desde: 16/06/2025').waitFor()
    expect(await registro.tabla.getByRole('row').count()).toBe(3)
    await pagina.reload()
    await registro.lista()
    await registro.fichas.getByText('Evento: MODIFICAR').waitFor()
    await registro.fichas.getByRole('button', { name: 'Quitar filtro Evento: MODIFICAR' }).click()
    await registro.fila('el estatus').first().waitFor()
    await registro.abrir('?filtro=historico')
    await registro.fila('Sistema').waitFor()
  })

  it('by keyboard: search, rows, details', async () => {
    const pagina = await navegador.entrar('administrador')
    const registro = new PaginaActividad(pagina)
    await registro.abrir()
    await pagina.keyboard.press('/')
    await pagina.keyboard.type('plazo')
    await pagina.keyboard.press('Enter')
    await registro.fila('el estatus').first().waitFor({ state: 'detached' })
    await registro.tabla.getByRole('row').nth(1).focus()
    await pagina.keyboard.press('ArrowRight')
    await pagina.getByRole('group', { name: 'Antes', exact: true }).waitFor()
    await pagina.keyboard.press('ArrowLeft')
    await pagina.getByRole('group', { name: 'Antes', exact: true }).waitFor({ state: 'detached' })
  })

  it.each([
    ['1366 px', { width: 1366, height: 768 }],
    ['390 px', TELEFONO],
  ])('axe finds nothing and nothing overflows at %s: table, details, filters', async (ancho, tamano) => {
    const pagina = await navegador.entrar('administrador', { tamano })
    const registro = new PaginaActividad(pagina)
    await registro.abrir('?evento=MODIFICAR')
    await registro
      .fila('Comentario')
      .getByRole('button', { name: /^Ver detalles/ })
      .click()
    const halladas = await violacionesDeAxe(pagina)
    mkdirSync('.cache/capturas', { recursive: true })
    await pagina.screenshot({ path: `.cache/capturas/actividad-${ancho.slice(0, 4).trim()}.png` })
    expect([halladas, await desbordeHorizontal(pagina)]).toEqual([[], 0])
    await registro.abrirFiltros()
    await registro.panel.waitFor()
    expect(await violacionesDeAxe(pagina)).toEqual([])
    await pagina.screenshot({ path: `.cache/capturas/actividad-filtros-${ancho.slice(0, 4).trim()}.png` })
  })

  it('the page of an OT shows its history, and «Ver más» brings the rest', async () => {
    const pagina = await navegador.entrar('consulta')
    await pagina.goto(`/operaciones/ot/${ot}/`)
    const filas = pagina.locator('[data-actividad] tbody tr')
    expect(await filas.count()).toBe(50)
    await pagina.getByRole('button', { name: 'Ver más' }).click()
    await filas.nth(61).waitFor()
    expect([await filas.count(), await pagina.getByRole('button', { name: 'Ver más' }).count()]).toEqual([62, 0])
    expect(await violacionesDeAxe(pagina)).toEqual([])
  })
})
