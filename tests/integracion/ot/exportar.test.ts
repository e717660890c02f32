import ExcelJS from 'exceljs'
import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-06T18:00:00Z' })
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('consulta')).agente)

const bajar = (ruta: string, consulta: Record<string, string | number> = {}) =>
  agente.get<Buffer>(ruta).query(consulta).buffer(true).parse(bytes)

async function hoja(contenido: Buffer): Promise<ExcelJS.Worksheet> {
  const libro = new ExcelJS.Workbook()
  await libro.xlsx.load(contenido as never)
  const [primera] = libro.worksheets
  if (!primera) throw new Error('Libro sin hojas')
  return primera
}

describe('ot/exportar/', () => {
  it('the whole filtered set in its order, with typed cells and the columns asked for', async () => {
    for (let i = 0; i < 30; i += 1)
      await crea.ot({
        orden_trabajo: `EXP-${String(i).padStart(2, '0')}`,
        fecha_inicio_real: i === 0 ? null : '2025-03-01',
        monto_mxn: '1234.50',
        comentario: '=cmd()',
      })
    const { status, headers, body } = await bajar('/operaciones/ot/exportar/', {
      'search[value]': 'EXP-',
      'order[0][name]': 'orden_trabajo',
      'order[0][dir]': 'desc',
      columnas: 'orden_trabajo,fecha_inicio_real,monto_mxn,progreso_final,comentario',
    })
    const tabla = await hoja(body)
    expect([status, headers['content-disposition']]).toEqual([
      200,
      'attachment; filename=ordenes-de-trabajo-iniciales-2025-03-06.xlsx',
    ])
    expect(tabla.rowCount).toBe(31)
    expect(tabla.getRow(1).values).toEqual([
      undefined,
      'Folio OT',
      'Fecha de inicio real',
      'Monto MXN',
      'Progreso (%)',
      'Comentario',
    ])
    expect(tabla.getRow(2).values).toEqual([undefined, 'EXP-29', new Date('2025-03-01'), 1234.5, 0, '=cmd()'])
    expect(tabla.getCell('E2').formula).toBeUndefined()
    expect(tabla.getCell('B31').value).toBeNull()
  })

  it('CSV: accents, quotes, and no formulas', async () => {
    await crea.ot({ orden_trabajo: 'CSV-1', descripcion_trabajo: 'Línea "uno", dos', comentario: '+cmd()' })
    const { body, type } = await bajar('/operaciones/ot/exportar/', {
      formato: 'csv',
      filtro: 'CSV-1',
      columnas: 'orden_trabajo,descripcion_trabajo,comentario',
    })
    expect([type, body.toString('utf8')]).toEqual([
      'text/csv',
      '\ufeffFolio OT,Descripción del Trabajo,Comentario\r\nCSV-1,"Línea ""uno"", dos",\'+cmd()\r\n',
    ])
  })

  it('without columns, all of them; an unknown one or format is refused', async () => {
    const { body } = await bajar('/operaciones/ot/exportar/', { filtro: 'EXP-00' })
    const columna = await agente.get('/operaciones/ot/exportar/').query({ columnas: 'password' })
    const formato = await agente.get('/operaciones/ot/exportar/').query({ formato: 'exe' })
    expect((await hoja(body)).columnCount).toBeGreaterThan(20)
    expect([columna.status, formato.status]).toEqual([400, 400])
  })

  it('it is logged, needs its permission, and is limited', async () => {
    const { rows } = await app.conexion.pool.query(
      `SELECT evento, campo, detalle FROM registro_actividad WHERE evento = 'EXPORTAR' ORDER BY id LIMIT 1`,
    )
    expect(rows).toEqual([
      {
        evento: 'EXPORTAR',
        campo: 'Exportó',
        detalle: '30 órdenes de trabajo en ordenes-de-trabajo-iniciales-2025-03-06.xlsx',
      },
    ])
    const sin = await tipado((await app.entrarComo(['operaciones.view_ote'])).agente).get('/operaciones/ot/exportar/')
    const otra = await app.entrarComo('administrador')
    const estados = await Promise.all(
      Array.from(
        { length: 15 },
        async () => (await otra.agente.get('/operaciones/ot/exportar/').query({ filtro: 'nada' })).status,
      ),
    )
    expect([sin.status, estados.filter((estado) => estado === 429).length]).toEqual([403, 3])
  })

  it('the lineage as a workbook equals the screen', async () => {
    const raiz = await crea.ot({
      orden_trabajo: 'LIN-1',
      fecha_inicio_programado: '2025-01-01',
      fecha_termino_programado: '2025-01-10',
      monto_mxn: '100.00',
    })
    await crea.reprogramacion(raiz, {
      num_reprogramacion: 1,
      fecha_inicio_programado: '2025-01-05',
      fecha_termino_programado: '2025-01-20',
      monto_mxn: '80.00',
      motivo_reprogramacion: 'alcance',
    })
    const { status, body } = await bajar(`/operaciones/ot/${raiz}/linaje/exportar/`)
    const tabla = await hoja(body)
    const fila = (n: number) => tabla.getRow(n).values as unknown[]
    expect([status, tabla.rowCount]).toEqual([200, 4])
    expect(fila(3).slice(1, 13)).toEqual([
      'Reprogramación 1',
      'PENDIENTE',
      new Date('2025-01-05'),
      new Date('2025-01-20'),
      16,
      80,
      0,
      4,
      10,
      6,
      -20,
      0,
    ])
    expect(fila(4).slice(8, 13)).toEqual([4, 10, 6, -20, 0])
    expect((await agente.get('/operaciones/ot/999999/linaje/exportar/')).status).toBe(404)
    expect(app.errores).toEqual([])
  })
})
