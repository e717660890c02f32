// Files of an estimation (estimaciones.md §8, example 16 of §11), read back.
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { documentoPdf } from '../../../src/modulos/estimaciones/exportes/estimacion.pdf.ts'
import { leerDocumento } from '../../../src/modulos/estimaciones/exportes/exportes.service.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente } = await app.entrarComo('estimaciones')
const BASE = '/operaciones/estimaciones'

interface Creada {
  readonly id: number
  readonly version: number
  readonly folio: string
}

/** The estimation of example 2, some of its lines billed for less. */
async function crear({ ot, a, b, e }: Escena, menos: Record<number, [string, string]> = {}): Promise<Creada> {
  const { status, body } = await agente.post(`${BASE}/crear/`).send({
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [a, b, e].map((id_produccion) => {
      const [volumen_estimado, comentario_ajuste] = menos[id_produccion] ?? []
      return { id_produccion, volumen_estimado, comentario_ajuste }
    }),
  })
  expect([status, (body as { detalles: string }).detalles]).toEqual([200, expect.stringContaining('creada')])
  const { id_nuevo: id, version } = body as { id_nuevo: number; version: number }
  const { rows } = await pool.query<{ folio: string }>('SELECT orden_trabajo AS folio FROM ot WHERE id = $1', [ot])
  return { id, version, folio: rows[0]?.folio ?? '' }
}

const descargar = (cual: 'excel' | 'pdf', id: number) =>
  agente.get(`${BASE}/exportar_${cual}/`).query({ id }).buffer(true).parse(bytes)

async function libroDe(id: number): Promise<exceljs.Workbook> {
  const r = await descargar('excel', id)
  expect(r.status).toBe(200)
  const libro = new exceljs.Workbook()
  await libro.xlsx.load(r.body as never)
  return libro
}

function hoja(libro: exceljs.Workbook, nombre: string): exceljs.Worksheet {
  const suya = libro.getWorksheet(nombre)
  if (!suya) throw new Error(`No sheet ${nombre}`)
  return suya
}
/** Values of the rows of a sheet, without its header. */
function filasDe(libro: exceljs.Workbook, nombre: string): unknown[][] {
  const suya = hoja(libro, nombre)
  const filas: unknown[][] = []
  suya.eachRow((fila, numero) => {
    if (numero > 1) filas.push(Array.from({ length: suya.columnCount }, (_, i) => fila.getCell(i + 1).value))
  })
  return filas
}
const titulos = (libro: exceljs.Workbook, nombre: string): unknown[] =>
  (hoja(libro, nombre).getRow(1).values as unknown[]).slice(1)
const dia = (iso: string): Date => new Date(`${iso}T00:00:00Z`)

describe('exportar_excel', () => {
  it('§11.16: concepts with subtotals per annex and a total, and the days', async () => {
    const { id, folio } = await crear(await escenaDeEstimacion(pool))
    const libro = await libroDe(id)
    expect(libro.worksheets.map(({ name }) => name)).toEqual([
      'Resumen',
      'Conceptos',
      'Detalle diario',
      'Ajustes',
      'Prueba',
    ])
    expect(titulos(libro, 'Conceptos')).toEqual([
      'Anexo',
      'Partida',
      'Concepto',
      'Unidad',
      'Volumen estimado',
      'P.U. M.N.',
      'P.U. USD',
      'Importe M.N.',
      'Importe USD',
    ])
    const nada = [null, null, null, null, null, null]
    expect(filasDe(libro, 'Conceptos')).toEqual([
      ['C-2', '2.1.', expect.any(String), expect.any(String), 45, 1000, 50, 45000, 2250],
      ['Subtotal C-2', ...nada, 45000, 2250],
      ['C-5', '5.1.', expect.any(String), expect.any(String), 12, 1125, 0, 13500, 0],
      ['Subtotal C-5', ...nada, 13500, 0],
      ['TOTAL', ...nada, 58500, 2250],
    ])
    expect(titulos(libro, 'Detalle diario')).toEqual([
      'Fecha',
      'Sitio',
      'Tipo',
      'Partida',
      'Producido',
      'Estimado',
      'Diferencia',
      'Comentario',
      'Enlace GPU',
    ])
    expect(filasDe(libro, 'Detalle diario').map((fila) => [fila[0], ...fila.slice(2, 7)])).toEqual([
      [dia('2026-02-12'), 'TE', '2.1.', 35, 35, 0],
      [dia('2026-02-12'), 'CMA', '2.1.', 10, 10, 0],
      [dia('2026-02-12'), 'TE', '5.1.', 12, 12, 0],
    ])
    expect(filasDe(libro, 'Ajustes')).toEqual([])
    const resumen = new Map(filasDe(libro, 'Resumen').map(([dato, valor]) => [dato, valor]))
    expect(resumen.get('OT')).toBe(folio)
    expect(resumen.get('Periodo hasta')).toEqual(dia('2026-02-15'))
    expect(resumen.get('Tipo de cambio')).toBe(19.1648)
    expect(resumen.get('Origen del tipo de cambio')).toBe('parámetro del sistema')
    expect(resumen.get('Homologado M.N.')).toBe(101620.8)
    expect(resumen.get('Aviso')).toContain('BORRADOR')
  })

  it('volumes show six decimals, amounts two, and no price loses a digit', async () => {
    const escena = await escenaDeEstimacion(pool)
    await pool.query('UPDATE partida_anexo_importada SET precio_unitario_mn = 1000.0125 WHERE id = $1', [escena.P1.id])
    const libro = await libroDe((await crear(escena)).id)
    const conceptos = hoja(libro, 'Conceptos')
    const formatos = (fila: number): string[] =>
      Array.from({ length: 5 }, (_, i) => conceptos.getRow(fila).getCell(i + 5).numFmt)
    const [seis, dos] = ['#,##0.000000', '#,##0.00']
    expect(formatos(2)).toEqual([seis, seis, dos, dos, dos])
    expect(conceptos.getCell('F2').value).toBe(1000.0125)
    expect(formatos(4)).toEqual([seis, dos, dos, dos, dos])
    expect(hoja(libro, 'Detalle diario').getCell('E2').numFmt).toBe(seis)
  })

  it('an adjustment comes with its reason as text, also when it looks like a formula; a rejected line leaves the bill', async () => {
    const escena = await escenaDeEstimacion(pool)
    const motivo = '=HYPERLINK("x")'
    const { id, version } = await crear(escena, { [escena.a]: ['30', motivo] })
    const envio = await agente.post(`${BASE}/cambiar_estatus/`).send({ id, version, estatus: 'ENVIADA' })
    expect(envio.status).toBe(200)
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
      [id, escena.b],
    )
    const rechazo = await agente
      .post(`${BASE}/rechazar_detalle/`)
      .send({ id_detalle: Number(rows[0]?.id), comentario_ajuste: 'sin evidencia' })
    expect(rechazo.status).toBe(200)
    const libro = await libroDe(id)
    expect(filasDe(libro, 'Conceptos').at(-1)?.slice(-2)).toEqual([43500, 1500])
    expect(filasDe(libro, 'Detalle diario')).toHaveLength(2)
    expect(filasDe(libro, 'Ajustes').map((fila) => fila.slice(7))).toEqual([
      [35, 30, -5, null, motivo],
      [10, 10, 0, 'Sí', 'sin evidencia'],
    ])
    expect(hoja(libro, 'Ajustes').getCell('L2').formula).toBeUndefined()
  })

  it('its name holds the number and the folio, it is logged, and it needs its permission', async () => {
    const { id, folio } = await crear(await escenaDeEstimacion(pool))
    const r = await descargar('excel', id)
    const nombre = `Estimacion_1_${folio.replaceAll(' ', '-')}.xlsx`
    expect(r.headers['content-disposition']).toContain(nombre)
    const { rows } = await pool.query<{ detalle: string }>(
      `SELECT detalle FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND evento = 'EXPORTAR'`,
      [id],
    )
    expect(rows).toHaveLength(1)
    expect(rows[0]?.detalle).toContain(nombre)
    const soloVer = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await soloVer.agente.get(`${BASE}/exportar_excel/`).query({ id })).status).toBe(403)
    expect((await descargar('excel', 999_999)).status).toBe(404)
    expect((await agente.get(`${BASE}/exportar_excel/`)).status).toBe(400)
  })
})

describe('exportar_pdf', () => {
  it('is the same to the last byte while nothing changes, whoever and whenever asks, and marks a draft', async () => {
    const { id, version, folio } = await crear(await escenaDeEstimacion(pool))
    const primero = await descargar('pdf', id)
    expect([primero.status, primero.headers['content-type']]).toEqual([200, 'application/pdf'])
    expect(primero.headers['content-disposition']).toContain(`Estimacion_1_${folio.replaceAll(' ', '-')}.pdf`)
    const borrador = primero.body as Buffer
    expect(borrador.subarray(0, 5).toString()).toBe('%PDF-')
    const { agente: otra } = await app.entrarComo('administrador')
    const segundo = await otra.get(`${BASE}/exportar_pdf/`).query({ id }).buffer(true).parse(bytes)
    expect(borrador.equals(segundo.body as Buffer)).toBe(true)
    const envio = await agente.post(`${BASE}/cambiar_estatus/`).send({ id, version, estatus: 'ENVIADA' })
    expect(envio.status).toBe(200)
    expect(borrador.equals((await descargar('pdf', id)).body as Buffer)).toBe(false)
  })

  it('needs its permission and an estimation', async () => {
    const soloVer = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await soloVer.agente.get(`${BASE}/exportar_pdf/`).query({ id: 1 })).status).toBe(403)
    expect((await descargar('pdf', 999_999)).status).toBe(404)
  })

  it('the page offers both files only to who may take them', async () => {
    const { id } = await crear(await escenaDeEstimacion(pool))
    const enlace = `${BASE}/exportar_pdf/?id=${String(id)}`
    expect((await agente.get(`${BASE}/${String(id)}/`)).text).toContain(enlace)
    const soloVer = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await soloVer.agente.get(`${BASE}/${String(id)}/`)).text).not.toContain(enlace)
  })
})

describe('what the document says', () => {
  it('concepts, subtotals, totals with the rate and its source, signatures; a mark while it is not a bill', async () => {
    const { id } = await crear(await escenaDeEstimacion(pool))
    const documento = documentoPdf(await leerDocumento(app.ctx, { id, dominio: null }))
    const texto = JSON.stringify(documento.contenido)
    for (const dicho of [
      '45,000.00',
      'Subtotal del anexo C-2',
      '58,500.00',
      '2,250.00',
      '101,620.80',
      '19.1648',
      'parámetro del sistema',
      'Elaboró',
      'Revisó',
      'Autorizó',
    ])
      expect(texto).toContain(dicho)
    expect([documento.horizontal, documento.marca]).toEqual([true, 'BORRADOR'])
  })
})
