import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const agente = tipado((await app.entrarComo('operaciones')).agente)

interface Hallado {
  id: number
  text: string
  partida: string
}
const buscar = async (q: string): Promise<Hallado[]> =>
  (await agente.get<{ results: Hallado[] }>('/operaciones/produccion/buscar_productos_catalogo/').query({ q })).body
    .results
const partidas = async (q: string): Promise<string[]> => (await buscar(q)).map(({ partida }) => partida)

await pool.query(
  `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida, activo, precio_unitario_mn, precio_unitario_usd) VALUES
   (6, 2, '2.10.', NULL, 'Suministro de TUBERÍA de acero al carbón de 8"', 15, true, 10.5, 2),
   (6, 2, '2.2.', 'C2EXT-0451', 'Suministro de válvula de compuerta', 1, true, 0, 0),
   (7, NULL, NULL, 'C3EXT-0977', 'Servicio de mapeo de lecho marino', 14, true, 0, 0),
   (7, NULL, NULL, 'C3EXT-0978', 'Servicio de mapeo inactivo', 14, false, 0, 0)`,
)
await pool.query(
  `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, descripcion, id_unidad_medida)
   SELECT 6, 3, '3.' || g || '.', 'Repetido cien por ciento ' || g, 15 FROM generate_series(1, 4500) g`,
)

describe('produccion/buscar_productos_catalogo/', () => {
  it('answers with the keys of produccion.md §6.7', async () => {
    expect(await buscar('tuberia carbon')).toEqual([
      {
        id: expect.any(Number) as number,
        text: '2.10. - Suministro de TUBERÍA de acero al carbón de 8" - C-2',
        partida: '2.10.',
        unidad: 'TON',
        precio: '10.50',
        precio_usd: '2.00',
        clave_anexo: 'C-2',
      },
    ])
    expect(await buscar('lecho')).toMatchObject([
      { text: 'C3EXT-0977 - Servicio de mapeo de lecho marino - S/A', clave_anexo: 'S/A' },
    ])
  })

  it.each([
    ['words in any order, whatever the case and the accents', 'CARBÓN  suministro tubería', ['2.10.']],
    ['part of a code', '0451', ['2.2.']],
    ['a code that is not a number', '2.10', ['2.10.']],
    ['the code of an extraordinary one', 'c3ext-0977', ['C3EXT-0977']],
    ['two letters', '8"', ['2.10.']],
    ['by code, in the order people count', 'suministro', ['2.2.', '2.10.']],
    ['not the inactive ones', 'mapeo', ['C3EXT-0977']],
    ['every word must be there', 'tuberia valvula', []],
    ['what looks like a pattern is literal', '100%', []],
    ['one letter asks nothing', 'a', []],
    ['nothing asks nothing', ' ', []],
  ])('%s', async (_caso, q, esperadas) => {
    expect(await partidas(q)).toEqual(esperadas)
  })

  it('the first twenty by code, also when thousands match', async () => {
    const esperadas = Array.from({ length: 20 }, (_, n) => `3.${String(n + 1)}.`)
    expect(await partidas('repetido ciento')).toEqual(esperadas)
    expect(await partidas('repetido 44')).toHaveLength(20)
  })
})
