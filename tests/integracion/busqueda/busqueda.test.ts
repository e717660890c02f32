import { describe, expect, it } from 'vitest'
import { INVARIANTES_BUSQUEDA } from '../../../src/modulos/busqueda/busqueda.invariantes.ts'
import type { RespuestaBuscar } from '../../../src/modulos/busqueda/busqueda.contrato.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas, type Quien } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)

/** Titles found, by kind. */
async function hallar(q: string, quien: Quien = 'administrador'): Promise<Record<string, string[]>> {
  const { agente } = await app.entrarComo(quien)
  const r = await agente.get('/operaciones/buscar/').query({ q })
  expect(r.status).toBe(200)
  const { grupos } = r.body as RespuestaBuscar
  return Object.fromEntries(grupos.map(({ tipo, resultados }) => [tipo, resultados.map(({ titulo }) => titulo)]))
}

await crea.ot({
  orden_trabajo: 'OT-GRZ-801-23-007',
  oficio_ot: 'PEP-77-2023',
  descripcion_trabajo: 'Rehabilitación de la válvula del ducto',
})
await crea.pte({
  oficio_pte: 'BME-3801-001-2025',
  oficio_solicitud: 'SOL-9',
  descripcion_trabajo: 'Inspección catódica de ánodos',
})
await pool.query(
  `INSERT INTO contrato_concepto_maestro (id_tipo_partida, partida_extraordinaria, descripcion, id_unidad_medida, cantidad, estatus)
   VALUES (7, 'C2EXT-0815', 'Suministro de niple de acero', 1, 1, 'EN ELABORACION')`,
)
await pool.query(`UPDATE responsable_proyecto SET descripcion = 'Ing. Íñigo Peñaloza' WHERE id = 3`)

describe('what is found (issue B §6)', () => {
  it.each([
    ['part of a folio', 'GRZ-801', { ot: ['OT-GRZ-801-23-007'] }],
    ['part of a folio from its middle', '801-23', { ot: ['OT-GRZ-801-23-007'] }],
    ['the letter of an order', 'pep-77', { ot: ['OT-GRZ-801-23-007'] }],
    ['words in any order, without accents, as they begin', 'ducto VALV rehabilitacion', { ot: ['OT-GRZ-801-23-007'] }],
    ['with accents too', 'inspección catódica', { pte: ['BME-3801-001-2025'] }],
    ['a word and part of a code', 'anodos 3801', { pte: ['BME-3801-001-2025'] }],
    ['a concept by the middle of its code', 'ext 0815', { concepto: ['C2EXT-0815'] }],
    ['a concept by code without its dash', 'EXT-0815', { concepto: ['C2EXT-0815'] }],
    ['people', 'inigo penaloza', { responsable: ['Ing. Íñigo Peñaloza'] }],
    ['a user by the name of the account', 'prueba.admin', { usuario: ['Prueba administrador'] }],
    ['nothing', 'esto no existe', {}],
    ['only signs', '%%%', {}],
    ['one letter is too little', 'o', {}],
  ])('%s', async (_caso, q, esperado) => {
    expect(await hallar(q)).toEqual(esperado)
  })

  it('hostile texts are looked for, not run', async () => {
    const { agente } = await app.entrarComo('administrador')
    for (const q of [
      "'; DROP TABLE ot; --",
      "a' | 'b",
      ':*',
      '&&',
      '\\',
      '((',
      '<script>',
      '\u0000a',
      '😀',
      'a'.repeat(5000),
    ])
      expect([q.slice(0, 20), (await agente.get('/operaciones/buscar/').query({ q })).status]).toEqual([
        q.slice(0, 20),
        200,
      ])
    expect(await hallar('GRZ-801')).toEqual({ ot: ['OT-GRZ-801-23-007'] })
    expect(app.errores).toEqual([])
  })

  it('a code that has the same groups of letters but not the piece is not found', async () => {
    await crea.ot({ orden_trabajo: 'QX-1999' })
    expect(await hallar('9999')).toEqual({})
    expect(await hallar('1999')).toEqual({ ot: ['QX-1999'] })
    expect(await hallar('999')).toEqual({ ot: ['QX-1999'] })
  })

  it('what begins exactly like the text goes first, then the newest; eight of each kind', async () => {
    for (let i = 1; i <= 12; i += 1)
      await crea.ot({ orden_trabajo: `ZZ-100${String(i)}`, descripcion_trabajo: 'como la ZZ-100' })
    await crea.ot({ orden_trabajo: 'ZZ-100' })
    const { ot = [] } = await hallar('ZZ-100')
    expect(ot).toHaveLength(8)
    expect(ot[0]).toBe('ZZ-100')
    const { ot: palabras = [] } = await hallar('como zz')
    expect(palabras[0]).toBe('ZZ-10012')
  })

  it('a rare word is found beyond the newest rows', async () => {
    const rara = await crea.ot({ descripcion_trabajo: 'lleva un xilofono' })
    await pool.query(
      `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente)
       SELECT 4, 'MUCHAS-' || i, 'relleno', 3, 'x' FROM generate_series(1, 3100) i`,
    )
    const { agente } = await app.entrarComo('consulta')
    const r = await agente.get('/operaciones/buscar/').query({ q: 'xilofono' })
    expect((r.body as RespuestaBuscar).grupos[0]?.resultados[0]?.ruta).toBe(`/operaciones/ot/${String(rara)}/`)
  })
})

describe('who finds what', () => {
  it('nobody finds, nor learns of, what they may not see', async () => {
    const todo = await hallar('prueba.admin', 'administrador')
    expect(Object.keys(todo)).toEqual(['usuario'])
    for (const grupo of ['operaciones', 'consulta'] as const) expect(await hallar('prueba.admin', grupo)).toEqual({})
    expect(await hallar('GRZ-801', ['operaciones.view_pteheader'])).toEqual({})
    expect(await hallar('3801', ['operaciones.view_pteheader'])).toEqual({ pte: ['BME-3801-001-2025'] })
    expect(await hallar('3801', ['operaciones.view_ote'])).toEqual({})
    expect(await hallar('3801', [])).toEqual({})
  })

  it('the answer to what exists but may not be seen is the one to what does not exist', async () => {
    const { agente } = await app.entrarComo(['operaciones.view_ote'])
    const [oculta, inexistente] = [
      await agente.get('/operaciones/buscar/').query({ q: '3801' }),
      await agente.get('/operaciones/buscar/').query({ q: '9999' }),
    ]
    expect({ ...(oculta.body as object), q: '' }).toEqual({ ...(inexistente.body as object), q: '' })
    expect((await app.anonimo().get('/operaciones/buscar/').query({ q: '3801' })).status).toBe(401)
  })
})

describe('the index follows the records', () => {
  it('a change of text, a deletion and a return are seen at once', async () => {
    const id = await crea.ot({ orden_trabajo: 'VAIVEN-1' })
    expect(await hallar('vaiven')).toEqual({ ot: ['VAIVEN-1'] })
    await pool.query(`UPDATE ot SET orden_trabajo = 'OTRONOMBRE-1' WHERE id = $1`, [id])
    expect(await hallar('vaiven')).toEqual({})
    expect(await hallar('otronombre')).toEqual({ ot: ['OTRONOMBRE-1'] })
    await pool.query('UPDATE ot SET estatus = 0 WHERE id = $1', [id])
    expect(await hallar('otronombre')).toEqual({})
    await pool.query('UPDATE ot SET estatus = -1 WHERE id = $1', [id])
    expect(await hallar('otronombre')).toEqual({ ot: ['OTRONOMBRE-1'] })
    await pool.query('DELETE FROM ot WHERE id = $1', [id])
    expect(await hallar('otronombre')).toEqual({})
  })

  it('verificar says so, and tells when somebody touched it by hand', async () => {
    const estado = async () => (await comprobar(app.ctx, INVARIANTES_BUSQUEDA))[0]?.casos
    expect(await estado()).toEqual([])
    const id = await crea.ot({ orden_trabajo: 'A-MANO' })
    await pool.query(`DELETE FROM indice_busqueda WHERE tipo = 'ot' AND id_registro = $1`, [id])
    await pool.query(`INSERT INTO indice_busqueda VALUES ('pte', 987654321, 'x', '')`)
    expect(await estado()).toEqual([`ot ${String(id)}`, 'pte 987654321'])
  })
})
