// Issue C §4: a volume with six decimals is the same in every place it comes out of.
import exceljs from 'exceljs'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { capturista, valorDe } from '../../apoyo/captura.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { datosComunes } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const { pool } = app.conexion
const { P1 } = await datosComunes(pool)
const { agente } = await app.entrarComo('superusuario')
const ana = capturista(agente)
const FEBRERO = { ot: 101, sitio: 1, mes: 2 }
const GRANDE = '123456789.123457'
const CHICO = '0.000001'

it('captured by the page, read by the grid, the rows behind it, the GPU, the exports and billing', async () => {
  const guardado = await ana.guardar(FEBRERO, [
    { id_partida_imp: P1.id, dia: 12, valor: '123,456,789.1234567', valor_anterior: '' },
    { id_partida_imp: P1.id, dia: 13, valor: CHICO, valor_anterior: '' },
  ])
  expect(guardado.estado).toBe(200)
  const { rows } = await pool.query<{ v: string }>(
    'SELECT volumen_produccion::text AS v FROM produccion ORDER BY fecha_produccion',
  )
  expect(rows.map(({ v }) => v)).toEqual([GRANDE, CHICO])

  const fila = (await ana.sabana(FEBRERO)).filas.find(({ codigo }) => codigo === '2.1.')
  if (!fila) throw new Error('The concept is in the grid')
  expect([valorDe(fila, 12), valorDe(fila, 13), fila.acumulado_mes]).toEqual([GRANDE, CHICO, '123456789.123458'])

  const gpus = await agente
    .get('/operaciones/produccion/obtener_grid_gpus/')
    .query({ id_ot: 101, mes: 2, anio: 2026, id_sitio: 1 })
  expect(JSON.stringify(gpus.body)).toContain(`"volumen":"${GRANDE}"`)

  const consulta = { id_ot: 101, mes: 2, anio: 2026, id_sitio: 1 }
  const csv = await agente
    .get('/operaciones/produccion/exportar_sabana/')
    .query({ ...consulta, formato: 'csv' })
    .buffer(true)
    .parse(bytes)
  expect((csv.body as Buffer).toString('utf8')).toContain(GRANDE)
  const xlsx = await agente
    .get('/operaciones/produccion/exportar_sabana/')
    .query({ ...consulta, formato: 'xlsx' })
    .buffer(true)
    .parse(bytes)
  const libro = new exceljs.Workbook()
  await libro.xlsx.load(xlsx.body as never)
  const valores = libro.worksheets.flatMap((hoja) => {
    const lista: unknown[] = []
    hoja.eachRow((renglon) => {
      renglon.eachCell((celda) => lista.push(celda.value))
    })
    return lista
  })
  expect(valores).toEqual(expect.arrayContaining([Number(GRANDE), Number(CHICO)]))

  const candidatas = await agente
    .get('/operaciones/estimaciones/candidatas/')
    .query({ id_ot: 101, fecha_desde: '2026-02-01', fecha_hasta: '2026-02-28' })
  expect((candidatas.body as { data: { volumen: string }[] }).data.map(({ volumen }) => volumen)).toEqual([
    GRANDE,
    CHICO,
  ])
})
