import { describe, expect, it } from 'vitest'
import { INVARIANTES_PTE } from '../../../src/modulos/pte/pte.invariantes.ts'
import { crearPasosFaltantes, lineasDePasosFaltantes } from '../../../src/modulos/pte/pte.comandos.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-05T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const fallas = async () => {
  const resultados = await comprobar(app.ctx, INVARIANTES_PTE)
  return resultados.filter(({ correcto }) => !correcto).map(({ clave, casos }) => [clave, ...casos])
}
const sinPasos = (columnas: Record<string, string | number | null> = {}) =>
  crea.pte({ id_cliente: SEMILLA.clienteContrato, ...columnas })
const estatusDePasos = async (pte: number) => [
  ...new Set((await crea.leerPasosDePte(pte)).map((paso) => paso['estatus_paso'])),
]

describe('pte:crear-pasos-faltantes (pte.md §11)', () => {
  it('live PTEs only, with the steps of their client and the status of theirs; again, nothing', async () => {
    const porEstatus: number[] = []
    for (const estatus of [1, 2, 3, 4, 15]) porEstatus.push(await sinPasos({ estatus, fecha_entrega: '2025-02-01' }))
    const intercom = await sinPasos({ id_cliente: SEMILLA.clienteIntercom })
    const borrada = await sinPasos({ estatus: 0 })
    const sinCliente = await sinPasos({ id_cliente: null, oficio_pte: 'SIN-CLIENTE' })
    const { rows } = await pool.query<{ id: string }>(
      "INSERT INTO tipo (descripcion, nivel_afectacion) VALUES ('OTRO', 5) RETURNING id",
    )
    const otro = await crea.cliente({ id_tipo: Number(rows[0]?.id) })
    const sinPlantilla = await sinPasos({ id_cliente: otro, oficio_pte: 'SIN-PLANTILLA' })
    const { pte: completa } = await crea.pteConPasos([3])

    const resultado = await crearPasosFaltantes(app.ctx)
    expect(resultado).toEqual({
      ptes: 6,
      pasos: 5 * 14 + 10,
      sin_cliente: [{ id: sinCliente, oficio_pte: 'SIN-CLIENTE' }],
      sin_plantilla: [{ id: sinPlantilla, oficio_pte: 'SIN-PLANTILLA' }],
    })
    expect(lineasDePasosFaltantes(resultado)).toEqual([
      '80 pasos creados en 6 PTE.',
      '1 PTE sin cliente:',
      `  ${sinCliente}  SIN-CLIENTE`,
      '1 PTE sin pasos activos para el tipo de su cliente:',
      `  ${sinPlantilla}  SIN-PLANTILLA`,
    ])
    expect(await Promise.all(porEstatus.map(estatusDePasos))).toEqual([[1], [2], [3], [4], [1]])
    expect((await crea.leerPasosDePte(porEstatus[2] ?? 0))[0]).toMatchObject({
      fecha_entrega: '2025-02-01',
      comentario: '',
      archivo: null,
    })
    expect((await crea.leerPasosDePte(porEstatus[1] ?? 0))[0]).toMatchObject({ fecha_entrega: null })
    expect((await crea.leerPasosDePte(intercom)).map((paso) => paso['id_paso'])).toEqual([
      36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
    ])
    expect([await crea.leerPasosDePte(borrada), (await crea.leerPasosDePte(completa)).length]).toEqual([[], 1])
    expect(await crea.leerBitacora(0, intercom)).toMatchObject([{ evento: 'ACTUALIZAR' }])

    expect(await crearPasosFaltantes(app.ctx)).toMatchObject({ ptes: 0, pasos: 0 })
    expect(await fallas()).toEqual([])
  })
})

describe('promises of the data', () => {
  it('hold on a PTE walked through the application', async () => {
    const { agente } = await app.entrarComo('operaciones')
    const { porOrden } = await crea.pteConPasos({ '4': 3, '4.1': 3, '4.2': 3, '4.3': 3, '4.4': 3 })
    await agente.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['4.1'], nuevo_estatus: 2 })
    await agente.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['1'], nuevo_estatus: 3 })
    expect(await fallas()).toEqual([])
  })

  it('name what breaks them', async () => {
    const vacia = await sinPasos({ oficio_pte: 'VACIA' })
    const { pte: abierta } = await crea.pteConPasos({ '4.1': 3, '4.2': 14, '4.3': 3, '4.4': 3 })
    const { pte: cerrada, pasos } = await crea.pteConPasos({ '4': 3 })
    await pool.query("UPDATE pte_detalle SET fecha_entrega = '2025-01-01' WHERE id = $1", [pasos[0]])
    const vieja = await crea.pte({ estatus: 9 })
    expect(await fallas()).toEqual([
      ['pte_con_pasos', `PTE ${vacia} (VACIA)`],
      ['pte_padres_con_sus_subpasos', `paso 4 de la PTE ${abierta}`, `paso 4 de la PTE ${cerrada}`],
      ['pte_estatus', `PTE ${vieja}: 9`],
      ['pte_entrega_de_pasos', `paso ${pasos[0]} de la PTE ${cerrada}`],
    ])
  })
})
