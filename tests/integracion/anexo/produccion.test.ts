/** An annex that is replaced under production already captured (anexo-c.md §6.4). */
import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { cargadorDe, libroDeAnexo, sembrarCatalogo } from '../../apoyo/carga-anexo.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { fabricasProduccion, UNIDAD, type PartidaNueva } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ cola: true })
const { pool } = app.conexion
await sembrarCatalogo(pool)
const crea = fabricas(pool)
const { version, produccion } = fabricasProduccion(pool)
const { cargar, deshacer, historial } = cargadorDe(tipado((await app.entrarComo('administrador')).agente))

const X: PartidaNueva = { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M, volumen: '100' }
const Y: PartidaNueva = { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: UNIDAD.TON, volumen: '20.5' }
const filaX = (volumen: number) => ['C-2', '2.1.', 'TUBO DE ACERO', 'M', volumen, 0, 0]

/** Production of a family: code, day, volume, flag, and whether its partida is of an active version. */
async function capturada(principal: number): Promise<string[]> {
  const { rows } = await pool.query<{ t: string }>(
    `SELECT concat_ws(' ', p.id_partida, r.fecha_produccion, trim_scale(r.volumen_produccion), CASE WHEN r.es_excedente THEN 'excedente' END,
        CASE WHEN NOT i.es_activo THEN 'sin partida' END) AS t
     FROM produccion r JOIN concepto_consolidado c ON c.id = r.id_concepto_consolidado
       JOIN partida_anexo_importada p ON p.id = r.id_partida_anexo JOIN importacion_anexo i ON i.id = p.id_importacion_anexo
     WHERE c.id_ot = $1 ORDER BY r.fecha_produccion, r.id`,
    [principal],
  )
  return rows.map(({ t }) => t)
}

describe('production survives a new annex', () => {
  it('§11.13: re-attached to the same concept; what has no home is asked, then carried over with volume 0', async () => {
    const ot = await crea.ot({ orden_trabajo: 'OT-PRODUCE' })
    const { partidas } = await version(ot, [X, Y])
    const [x, y] = partidas
    if (x === undefined || y === undefined) throw new Error('The annex has two partidas')
    await produccion(x, { fecha: '2026-02-12', volumen: '100' })
    await produccion(y, { fecha: '2026-02-13', volumen: '2' })
    const libro = libroDeAnexo([filaX(80)])
    const analisis = await cargar(ot, libro, { simular: '1' })
    expect(analisis.body.analisis).toMatchObject({
      produccion_sin_destino: [{ anexo: 'C-3', concepto: 'ESTRUCTURA', unidad: 'TON', producciones: 1 }],
      produccion: { producciones: 2, conceptos: 2 },
    })
    const pregunta = await cargar(ot, libro)
    expect([pregunta.status, pregunta.body.codigo, pregunta.body.produccion_sin_destino.length]).toEqual([
      409,
      'SIN_DESTINO',
      1,
    ])
    expect(await capturada(ot)).toEqual(['2.1. 2026-02-12 100', '3.5. 2026-02-13 2'])
    const { status, body } = await cargar(ot, libro, { confirmar_sin_destino: '1' })
    expect([status, body.total, body.recalculadas]).toEqual([200, 2, 2])
    expect(body.advertencias.some(({ valor }) => valor === '3.5.')).toBe(true)
    expect(await capturada(ot)).toEqual(['2.1. 2026-02-12 100 excedente', '3.5. 2026-02-13 2 excedente'])
    // And back: the previous version gives both their ceilings again.
    expect((await deshacer(body.importacion_id)).status).toBe(200)
    expect(await capturada(ot)).toEqual(['2.1. 2026-02-12 100', '3.5. 2026-02-13 2'])
    const [, primera] = (await historial(ot)).versiones
    expect((await deshacer(primera?.id ?? 0)).body.detalles).toContain('se quedaría sin Anexo C')
  })

  it('§11.19: the annex of a reprogramación rules over that of the initial OT, also when this one is loaded later', async () => {
    const ot = await crea.ot()
    const hija = await crea.reprogramacion(ot, { num_reprogramacion: 1 })
    const { partidas } = await version(ot, [X])
    const [x] = partidas
    if (x === undefined) throw new Error('The annex has a partida')
    await produccion(x, { fecha: '2026-02-12', volumen: '95' })
    await produccion(x, { fecha: '2026-02-13', volumen: '10', es_excedente: true })
    const sube = await cargar(hija, libroDeAnexo([filaX(110)]))
    expect([sube.status, sube.body.recalculadas]).toEqual([200, 1])
    expect(sube.body.detalles).toContain('1 producción cambió de estado de excedente')
    expect(await capturada(ot)).toEqual(['2.1. 2026-02-12 95', '2.1. 2026-02-13 10'])
    const otra = await cargar(ot, libroDeAnexo([filaX(100)]))
    expect([otra.status, otra.body.recalculadas]).toEqual([200, 0])
    expect(await capturada(ot)).toEqual(['2.1. 2026-02-12 95', '2.1. 2026-02-13 10'])
    expect(app.errores).toEqual([])
  })
})
