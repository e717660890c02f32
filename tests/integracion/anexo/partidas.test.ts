import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('consulta')).agente)
const pedir = (consulta: Record<string, string | number>) =>
  agente.get('/operaciones/ot/datatable-importaciones/').query(consulta)

type Partida = readonly [codigo: string, volumen: string, mn: string, usd: string]

async function otConAnexo(partidas: readonly Partida[]): Promise<number> {
  const ot = await crea.ot()
  const { rows } = await app.conexion.pool.query<{ id: string }>(
    "INSERT INTO importacion_anexo (id_ot, archivo_excel, total_registros) VALUES ($1, 'anexo.xlsx', 99) RETURNING id",
    [ot],
  )
  for (const [i, [codigo, volumen, mn, usd]] of partidas.entries())
    await app.conexion.pool.query(
      `WITH concepto AS (
         INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, huella)
         VALUES ($9, 'S/A', $2::text, $3::text, encode(sha256($2::text::bytea), 'hex')) RETURNING id
       )
       INSERT INTO partida_anexo_importada (id_importacion_anexo, id_partida, descripcion_concepto, id_unidad_medida, volumen_proyectado, precio_unitario_mn, precio_unitario_usd, orden_fila, id_concepto_consolidado)
       SELECT $1, $2, $3, $4, $5, $6, $7, $8, id FROM concepto`,
      [rows[0]?.id, codigo, `Concepto ${codigo}`, i === 0 ? 1 : null, volumen, mn, usd, i + 1, ot],
    )
  return ot
}

describe('ot/datatable-importaciones/', () => {
  it('O-54: amounts and totals', async () => {
    const ot = await otConAnexo([
      ['2.1', '10.5', '100', '20'],
      ['2.2', '2', '50.25', '3.1'],
    ])
    const { body } = await pedir({ ot_id: ot, draw: 3 })
    expect(body).toMatchObject({
      draw: 3,
      recordsTotal: 2,
      recordsFiltered: 2,
      totales: { mn: '1150.50', usd: '216.20', homologado: '5293.93' },
    })
    expect(body.data).toEqual([
      {
        codigo_concepto: '2.1',
        descripcion: 'Concepto 2.1',
        unidad: 'PIEZA',
        cantidad: '10.500000',
        precio_unitario_mn: '100.0000',
        precio_unitario_usd: '20.0000',
        importe: '5074.61',
      },
      {
        codigo_concepto: '2.2',
        descripcion: 'Concepto 2.2',
        unidad: 'N/A',
        cantidad: '2.000000',
        precio_unitario_mn: '50.2500',
        precio_unitario_usd: '3.1000',
        importe: '219.32',
      },
    ])
  })

  it('order of the file first; codes in natural order; importe by its value', async () => {
    const ot = await otConAnexo([
      ['1.10', '1', '1', '0'],
      ['1.2', '9', '1', '0'],
      ['1.2.A', '5', '1', '0'],
    ])
    const codigos = async (consulta: Record<string, string | number>) =>
      (await pedir({ ot_id: ot, ...consulta })).body.data.map((fila) => fila.codigo_concepto)
    expect(await codigos({})).toEqual(['1.10', '1.2', '1.2.A'])
    expect(await codigos({ 'order[0][column]': 0, 'order[0][dir]': 'asc' })).toEqual(['1.2', '1.2.A', '1.10'])
    expect(await codigos({ 'order[0][column]': 6, 'order[0][dir]': 'desc' })).toEqual(['1.2', '1.2.A', '1.10'])
  })

  it('search narrows rows and totals (settled §7); 25 rows unless told, -1 is all', async () => {
    const ot = await otConAnexo(
      Array.from({ length: 30 }, (_, i): Partida => [`P-${String(i).padStart(2, '0')}`, '1', '10', '0']),
    )
    const todas = (await pedir({ ot_id: ot })).body
    const sinLimite = (await pedir({ ot_id: ot, length: -1 })).body
    const mala = (await pedir({ ot_id: ot, length: 'x' })).body
    const buscada = (await pedir({ ot_id: ot, 'search[value]': 'p-0' })).body
    expect([todas.data.length, sinLimite.data.length, mala.data.length]).toEqual([25, 30, 25])
    expect([buscada.recordsTotal, buscada.recordsFiltered, buscada.totales.mn]).toEqual([30, 10, '100.00'])
  })

  it('without active import: zeros', async () => {
    const { body } = await pedir({ ot_id: await crea.ot() })
    expect(body).toEqual({
      draw: 1,
      recordsTotal: 0,
      recordsFiltered: 0,
      data: [],
      totales: { mn: '0.00', usd: '0.00', homologado: '0.00', tipo_cambio: '19.1648' },
    })
    expect([(await pedir({})).status, (await pedir({ ot_id: 'x' })).status]).toEqual([200, 400])
    expect(app.errores).toEqual([])
  })
})
