import exceljs from 'exceljs'
import { beforeAll, describe, expect, it } from 'vitest'
import { aMicras } from '../../../src/comun/volumenes.ts'
import type { Sabana } from '../../../src/modulos/produccion/captura/captura.contrato.ts'
import type { GridGpu } from '../../../src/modulos/produccion/gpu/gpu.contrato.ts'
import { documentoMensual } from '../../../src/modulos/produccion/reportes/mensual.pdf.ts'
import { reporteMensual } from '../../../src/modulos/produccion/reportes/mensual.service.ts'
import { dibujarPdf } from '../../../src/plataforma/pdf/pdf.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const BASE = '/operaciones/produccion/'
const FEBRERO = 'mes=2&anio=2026'

let gpu = 0

beforeAll(async () => {
  const { P1, P2, P3 } = await datosComunes(pool)
  // produccion §10.18, with a volume of six decimals and a programme.
  await crea.produccion(P1, { fecha: '2026-01-30', volumen: '40', sitio: 2 })
  const idProduccion = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', sitio: 1, gpuDe: null })
  gpu = await crea.gpu(idProduccion)
  await crea.produccion(P1, { fecha: '2026-02-13', volumen: '20', sitio: 1 })
  await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', sitio: 1, tipo: 'CMA' })
  await crea.produccion(P3, { fecha: '2026-02-12', volumen: '12', sitio: 1 })
  await crea.produccion(P3, { fecha: '2026-02-14', volumen: '0.000001', sitio: 1 })
  await crea.produccion(P2, { fecha: '2026-02-05', volumen: '3.25', sitio: 2 })
  await crea.programa(P3.id, { '2026-02-12': '10', '2026-02-20': '5.123456' })
})

async function descargar(ruta: string, quien: 'consulta' | readonly string[] = 'consulta') {
  const { agente } = await app.entrarComo(quien)
  return agente.get(ruta).buffer(true).parse(bytes)
}

async function abrirLibro(ruta: string): Promise<exceljs.Workbook> {
  const r = await descargar(ruta)
  expect(r.status).toBe(200)
  const libro = new exceljs.Workbook()
  await libro.xlsx.load(r.body as never)
  return libro
}

/** Rows of a sheet by the titles of its first row. */
function filasDe(hoja: exceljs.Worksheet | undefined): Record<string, exceljs.CellValue>[] {
  if (!hoja) throw new Error('The workbook has no such sheet')
  const titulos = (hoja.getRow(1).values as string[]).slice(1)
  const filas: Record<string, exceljs.CellValue>[] = []
  hoja.eachRow((fila, numero) => {
    if (numero > 1) filas.push(Object.fromEntries(titulos.map((titulo, i) => [titulo, fila.getCell(i + 1).value])))
  })
  return filas
}

async function sabana(sitio: number): Promise<Sabana> {
  const { agente } = await app.entrarComo('consulta')
  const r = await agente.get(
    `${BASE}obtener_partidas_produccion/?id_ot=101&${FEBRERO}&id_sitio=${sitio}&tipo_tiempo=TE`,
  )
  return r.body as Sabana
}

const micrasDe = (valor: exceljs.CellValue | undefined): bigint => aMicras(Number(valor ?? 0).toFixed(6))

describe('exportar_sabana (produccion.md §6.16)', () => {
  it('has every row of the grid, TE and CMA, with the same totals to the last decimal', async () => {
    const grid = await sabana(1)
    const filas = filasDe(
      (await abrirLibro(`${BASE}exportar_sabana/?id_ot=101&${FEBRERO}&id_sitio=1`)).getWorksheet('Sábana'),
    )
    expect(filas.length).toBe(grid.partidas.length)
    for (const [i, fila] of filas.entries()) {
      const suya = grid.partidas[i]
      expect(fila['Concepto']).toBe(suya?.concepto)
      expect(micrasDe(fila['Acumulado Mes'])).toBe(aMicras(suya?.acumulado_mes ?? ''))
      expect(micrasDe(fila['Acumulado TE']) + micrasDe(fila['Acumulado CMA'])).toBe(aMicras(suya?.acumulado_mes ?? ''))
      expect(Number(fila['Producido M.N.']).toFixed(2)).toBe(suya?.monto_mn)
    }
    const P1 = filas.find((fila) => fila['Partida'] === '2.1.')
    expect([P1?.['12 TE'], P1?.['12 CMA'], P1?.['13 TE'], P1?.['Acumulado Mes']]).toEqual([35, 10, 20, 65])
    expect(filas.find((fila) => fila['Partida'] === '5.1.')?.['14 TE']).toBe(0.000001)
  })

  it('in CSV too', async () => {
    const r = await descargar(`${BASE}exportar_sabana/?id_ot=101&${FEBRERO}&id_sitio=1&formato=csv`)
    const texto = (r.body as Buffer).toString('utf8')
    expect(r.headers['content-disposition']).toContain('Sabana-Produccion-OT-101-2026-02.csv')
    expect(texto).toContain('0.000001')
    expect(texto.split('\r\n')[0]).toContain('12 TE,12 CMA')
  })

  it('says what is missing, and needs its permission', async () => {
    expect((await descargar(`${BASE}exportar_sabana/?id_ot=101&${FEBRERO}`)).status).toBe(400)
    expect((await descargar(`${BASE}exportar_sabana/?id_ot=101&id_sitio=1`)).status).toBe(400)
    expect((await descargar(`${BASE}exportar_sabana/?id_ot=999&${FEBRERO}&id_sitio=1`)).status).toBe(404)
    const soloVer = ['operaciones.view_produccion']
    for (const ruta of [
      'exportar_sabana/?id_ot=101',
      'reporte_mensual/?id_ot=101',
      'reporte_programa/?id_ot=101',
      `gpu/${gpu}/hoja/?`,
    ])
      expect((await descargar(`${BASE}${ruta}&${FEBRERO}&id_sitio=1`, soloVer)).status, ruta).toBe(403)
  })
})

describe('exportar_gpus (produccion.md §7.6)', () => {
  const TABLERO = `${BASE}exportar_gpus/?id_ot=101&id_sitio=1&${FEBRERO}`

  it('has the rows and columns of the grid: the least advanced status of each day, and how many when several', async () => {
    const hoja = (await abrirLibro(TABLERO)).getWorksheet('Tablero_GPUs')
    expect((hoja?.getRow(1).values as string[]).slice(1, 7)).toEqual([
      'Partida',
      'Concepto',
      'Anexo',
      'Unidad',
      '1',
      '2',
    ])
    expect(hoja?.columnCount).toBe(4 + 31)
    const { agente } = await app.entrarComo('consulta')
    const r = await agente.get(`${BASE}obtener_grid_gpus/?id_ot=101&id_sitio=1&${FEBRERO}`)
    const { data } = r.body as GridGpu
    const filas = filasDe(hoja)
    expect(data.length).toBeGreaterThan(0)
    expect(filas.map((fila) => [fila['Partida'], fila['Concepto'], fila['Anexo'], fila['Unidad']])).toEqual(
      data.map(({ codigo, descripcion, anexo, unidad }) => [codigo, descripcion, anexo, unidad]),
    )
    const P1 = filas.find((fila) => fila['Partida'] === '2.1.')
    expect([P1?.['12'], P1?.['13'], P1?.['14'] ?? '', P1?.['31'] ?? '']).toEqual([
      `${data[0]?.['dia_12']?.estatus_texto ?? '?'} (2 registros)`,
      'PROCESO',
      '',
      '',
    ])
  })

  it('is called as the tab says, is logged, and asks for what it needs', async () => {
    const r = await descargar(TABLERO)
    expect(r.headers['content-disposition']).toMatch(/Tablero_GPUs-[^"]*-2026-02\.xlsx/)
    const { rows } = await pool.query<{ detalle: string }>(
      "SELECT detalle FROM registro_actividad WHERE tabla_log = 10 AND evento = 'EXPORTAR' ORDER BY id DESC LIMIT 1",
    )
    expect(rows[0]?.detalle).toMatch(/los GPU de la OT: .* en EMBARCACION-UNO, febrero de 2026, en Tablero_GPUs-/)
    expect((await descargar(`${BASE}exportar_gpus/?id_ot=101`)).status).toBe(400)
    expect((await descargar(`${BASE}exportar_gpus/?${FEBRERO}`)).status).toBe(400)
    expect((await descargar(`${BASE}exportar_gpus/?id_ot=999&${FEBRERO}`)).status).toBe(404)
    expect((await descargar(`${BASE}exportar_gpus/?id_ot=101&id_sitio=999&${FEBRERO}`)).status).toBe(404)
    expect((await descargar(TABLERO, ['operaciones.view_produccion'])).status).toBe(403)
    // Of every site, when none is said.
    const todos = filasDe((await abrirLibro(`${BASE}exportar_gpus/?id_ot=101&${FEBRERO}`)).worksheets[0])
    expect(todos.length).toBeGreaterThanOrEqual(1)
  })
})

describe('monthly report', () => {
  it('produccion §10.18 · of the OT in Excel: what its sheets add up to is what the cards of the grid say', async () => {
    const grid = await sabana(1)
    const libro = await abrirLibro(`${BASE}reporte_mensual/?id_ot=101&id_sitio=1&${FEBRERO}&formato=xlsx`)
    expect(libro.worksheets.map(({ name }) => name)).toEqual(['Resumen', 'Anexos', 'Partidas', 'Por día'])
    const [resumen] = filasDe(libro.getWorksheet('Resumen'))
    expect(Number(resumen?.['Producido en el mes y frente M.N.']).toFixed(2)).toBe(
      (grid.totales as { ejec_mn: string }).ejec_mn,
    )
    expect(resumen?.['Autorizado M.N.']).toBe(488_760.25)
    const anexos = filasDe(libro.getWorksheet('Anexos'))
    const C2 = anexos.find((fila) => fila['Anexo'] === 'C-2')
    // produccion §10.21
    expect([C2?.['Autorizado'], C2?.['Total del mes'], C2?.['Importe M.N.'], C2?.['Importe USD']]).toEqual([
      100, 65, 65_000, 3250,
    ])
    const porDia = filasDe(libro.getWorksheet('Por día'))
    const suma = porDia
      .filter((fila) => fila['Tipo'] !== 'Programado')
      .reduce((total, fila) => total + micrasDe(fila['Total']), 0n)
    const delGrid = grid.partidas
      .filter((fila) => !fila.es_subtitulo)
      .reduce((t, fila) => t + aMicras(fila.acumulado_mes), 0n)
    expect(suma).toBe(delGrid)
  })

  it('of the OT in PDF: each figure of the grid is written whole, and it is a document that says what it is', async () => {
    const r = await descargar(`${BASE}reporte_mensual/?id_ot=101&id_sitio=1&${FEBRERO}&formato=pdf`)
    expect([r.status, r.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect((r.body as Buffer).subarray(0, 5).toString()).toBe('%PDF-')
    const grid = await sabana(1)
    const reporte = await reporteMensual(app.ctx, { id_ot: 101, id_sitio: 1, mes: 2, anio: 2026 })
    const textos = JSON.stringify(documentoMensual(reporte))
    for (const fila of grid.partidas.filter(({ acumulado_mes: mes }) => aMicras(mes) > 0n)) {
      expect(textos).toContain(fila.acumulado_mes)
      expect(textos).toContain(fila.monto_mn.replace(/\B(?=(\d{3})+\.)/g, ','))
    }
    expect(textos).toContain('"0.000001"')
    expect(textos).toContain('488,760.25')
  })

  it('the same month gives the same bytes', async () => {
    const pedido = { id_ot: 101, id_sitio: null, mes: 2, anio: 2026 }
    const uno = await dibujarPdf(documentoMensual(await reporteMensual(app.ctx, pedido)))
    const otro = await dibujarPdf(documentoMensual(await reporteMensual(app.ctx, pedido)))
    expect(uno.equals(otro)).toBe(true)
  })

  it('of the OT without a site has a section for each where it works or produced; of a site, one for each OT', async () => {
    const deOt = await reporteMensual(app.ctx, { id_ot: 102, id_sitio: null, mes: 2, anio: 2026 })
    expect(deOt.secciones.map(({ ot, sitio }) => [ot.id, sitio.id])).toEqual([
      [101, 1],
      [101, 2],
    ])
    const deSitio = await reporteMensual(app.ctx, { id_ot: null, id_sitio: 2, mes: 3, anio: 2026 })
    expect(deSitio.secciones.map(({ ot }) => ot.id)).toEqual([103])
    const libro = await abrirLibro(`${BASE}reporte_mensual/?id_ot=101&${FEBRERO}&formato=xlsx`)
    const total = filasDe(libro.getWorksheet('Resumen')).at(-1)
    // 78,500.00 at the vessel (plus a millionth of P3) and 8,126.63 at the yard (8,126.625).
    expect([total?.['OT'], total?.['Producido en el mes y frente M.N.']]).toEqual(['TOTAL DEL MES', 86_626.63])
    const vacio = await descargar(`${BASE}reporte_mensual/?id_sitio=3&${FEBRERO}`)
    expect(vacio.status).toBe(200)
  })

  it('is logged: who took what', async () => {
    await descargar(`${BASE}reporte_mensual/?id_sitio=1&${FEBRERO}&formato=xlsx`)
    const { rows } = await pool.query<{ detalle: string }>(
      "SELECT detalle FROM registro_actividad WHERE tabla_log = 10 AND evento = 'EXPORTAR' ORDER BY id DESC LIMIT 1",
    )
    expect(rows[0]?.detalle).toContain('el reporte mensual del frente: EMBARCACION-UNO, febrero de 2026')
  })
})

describe('programme against production', () => {
  it('by month of the whole OT and by day of a month, in money and by partida', async () => {
    const libro = await abrirLibro(`${BASE}reporte_programa/?id_ot=101&formato=xlsx`)
    const meses = filasDe(libro.getWorksheet('Por periodo'))
    expect(meses.map((fila) => fila['Periodo'])).toEqual(['ene 2026', 'feb 2026'])
    expect(meses[1]).toMatchObject({ 'Producido acumulado (M.N.)': 126_626.63, 'Programado (M.N.)': 17_013.89 })
    const P3 = filasDe(libro.getWorksheet('Por partida')).find((fila) => fila['Partida'] === '5.1.')
    expect([P3?.['Programado'], P3?.['Producido'], P3?.['Diferencia']]).toEqual([15.123456, 12.000001, -3.123455])
    const dias = filasDe(
      (await abrirLibro(`${BASE}reporte_programa/?id_ot=101&${FEBRERO}&formato=xlsx`)).getWorksheet('Por periodo'),
    )
    expect([dias.length, dias[11]?.['Producido (M.N.)']]).toEqual([28, 58_500])
    const r = await descargar(`${BASE}reporte_programa/?id_ot=101&${FEBRERO}`)
    expect([r.status, r.headers['content-type']]).toEqual([200, 'application/pdf'])
  })

  it('its page has the chart and the table; without OT it says what to do', async () => {
    const { agente } = await app.entrarComo('consulta')
    expect((await agente.get(`${BASE}reportes/`)).text).toContain('Elige una OT.')
    const { text } = await agente.get(`${BASE}reportes/?id_ot=101&${FEBRERO}&id_sitio=1`)
    expect(text).toContain('id="grafica-programa"')
    expect(text).toContain('15.123456')
    expect(text).toContain('reporte_mensual/?id_ot=101&amp;id_sitio=1&amp;mes=2&amp;anio=2026&amp;formato=pdf')
    const { agente: mira } = await app.entrarComo(['operaciones.view_produccion'])
    expect((await mira.get(`${BASE}reportes/?id_ot=101&${FEBRERO}`)).text).toContain(
      'Tu cuenta no puede descargar reportes.',
    )
    expect((await agente.get(`${BASE}reportes/?id_ot=101&partida=999999`)).status).toBe(404)
  })
})

describe('sheet of a GPU', () => {
  it('is a PDF of that record, logged as its own', async () => {
    const r = await descargar(`${BASE}gpu/${gpu}/hoja/`)
    expect([r.status, r.headers['content-type']]).toEqual([200, 'application/pdf'])
    const { rows } = await pool.query<{ registro_id: string }>(
      "SELECT registro_id FROM registro_actividad WHERE tabla_log = 24 AND evento = 'EXPORTAR' ORDER BY id DESC LIMIT 1",
    )
    expect(Number(rows[0]?.registro_id)).toBe(gpu)
    expect((await descargar(`${BASE}gpu/999999/hoja/`)).status).toBe(404)
  })
})
