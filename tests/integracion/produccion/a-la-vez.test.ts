import { expect, it } from 'vitest'
import { aMicras } from '../../../src/comun/volumenes.ts'
import { marcarExcedentes } from '../../../src/modulos/produccion/captura/excedentes.contrato.ts'
import { INVARIANTES_PRODUCCION } from '../../../src/modulos/produccion/produccion.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, ESTATUS, fabricasProduccion, type PartidaGuardada } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
const { pool } = app.conexion
const { P1, P3 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('administrador')
const GUARDAR = '/operaciones/produccion/guardar_produccion_masiva/'
const lugar = { id_ot: 101, mes: 2, anio: 2026, id_sitio: 1, tipo_tiempo: 'TE' }
const guardar = async (cambios: object[], otro: object = {}) => {
  const r = await agente.post(GUARDAR).send({ ...lugar, ...otro, cambios })
  return { estado: r.status, version: (r.body as { version?: number }).version ?? 0 }
}
const cambio = (partida: PartidaGuardada, dia: number, valor: string, valor_anterior = '') => ({
  id_partida_imp: partida.id,
  dia,
  valor,
  valor_anterior,
})
const vaciar = () =>
  pool.query(
    'DELETE FROM reporte_diario_detalle; DELETE FROM registro_generadores_pu; DELETE FROM produccion; DELETE FROM reporte_mensual_header',
  )
const rotas = async () => (await comprobar(app.ctx, INVARIANTES_PRODUCCION)).filter(({ correcto }) => !correcto)

it('twenty saves at once of different cells: all are there, counted in one order', async () => {
  const respuestas = await Promise.all(
    Array.from({ length: 20 }, (_, i) =>
      guardar([cambio(P1, 11 + (i % 10), '7.000001')], { tipo_tiempo: i < 10 ? 'TE' : 'CMA' }),
    ),
  )
  expect(respuestas.map(({ estado }) => estado)).toEqual(Array.from({ length: 20 }, () => 200))
  expect(respuestas.map(({ version }) => version).sort((a, b) => a - b)).toEqual(
    Array.from({ length: 20 }, (_, i) => i + 1),
  )
  const filas = await crea.leerProduccion(101)
  expect(filas).toHaveLength(20)
  expect(filas.map(({ excedente }) => excedente)).toEqual(
    marcarExcedentes(
      aMicras('100'),
      filas.map((f) => ({ ...f, tipo: f.tipo as 'TE' | 'CMA', micras: aMicras(f.volumen) })),
    ),
  )
  expect(filas.every(({ gpu }) => gpu === ESTATUS.PROCESO)).toBe(true)
  expect(await rotas()).toEqual([])
  await vaciar()
})

it('twenty saves at once of one cell: one is accepted, the others see it', async () => {
  const respuestas = await Promise.all(
    Array.from({ length: 20 }, (_, i) => guardar([cambio(P1, 12, String(i + 1)), cambio(P3, 11 + (i % 10), '1')])),
  )
  expect(respuestas.filter(({ estado }) => estado === 200)).toHaveLength(1)
  expect(respuestas.filter(({ estado }) => estado === 409)).toHaveLength(19)
  // What came with a refused cell was refused too.
  expect(await crea.leerProduccion(101)).toHaveLength(2)
  await vaciar()
})

it('a day signed while somebody types in it: signed over what it holds, or the cell is refused', async () => {
  await guardar([cambio(P1, 12, '1')])
  const firmar = agente.post('/operaciones/produccion/guardar_reportes_diarios_masiva/').send({
    id_sitio: 1,
    mes: 2,
    anio: 2026,
    cambios: [{ id_ot: 101, dia: 12, valor: 'FIRMADO', valor_anterior: '' }],
  })
  const [firma, ...guardados] = await Promise.all([
    firmar,
    ...Array.from({ length: 8 }, (_, i) => guardar([cambio(P1, 12, String(i + 2), String(i + 1))])),
  ])
  expect(firma.status).toBe(200)
  expect(guardados.every(({ estado }) => estado === 200 || estado === 409)).toBe(true)
  expect(await guardar([cambio(P1, 12, '99', '1')])).toMatchObject({ estado: 409 })
  expect(await rotas()).toEqual([])
  await vaciar()
})

it('a signed day and a closed month are kept by the database itself, and re-attached only on purpose', async () => {
  const id = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '1', gpuDe: null })
  const porMano = (sentencia: string) =>
    pool.query(sentencia, [id]).then(
      () => null,
      (error: unknown) => (error as { constraint?: string }).constraint,
    )
  await crea.carpeta(101, '2026-02-01', { id_estatus: ESTATUS.MES_CERRADO, fecha_cierre: '2026-03-01T00:00:00Z' })
  expect(await porMano('UPDATE produccion SET volumen_produccion = 2 WHERE id = $1')).toBe('produccion_mes_cerrado')
  expect(await porMano('DELETE FROM produccion WHERE id = $1')).toBe('produccion_mes_cerrado')
  expect(await porMano('UPDATE produccion SET es_excedente = true WHERE id = $1')).toBeNull()
  await expect(crea.produccion(P1, { fecha: '2026-02-13', volumen: '1', gpuDe: null })).rejects.toMatchObject({
    constraint: 'produccion_mes_cerrado',
  })
  await crea.carpeta(101, '2026-02-01', { id_estatus: ESTATUS.MES_ABIERTO, fecha_cierre: null })
  await crea.reporteDiario({ ot: 101, fecha: '2026-02-12' })
  expect(await porMano('UPDATE produccion SET volumen_produccion = 2 WHERE id = $1')).toBe('produccion_dia_firmado')
  expect(await porMano("UPDATE produccion SET fecha_produccion = '2026-02-13' WHERE id = $1")).toBe(
    'produccion_dia_firmado',
  )
  expect(await porMano('DELETE FROM produccion WHERE id = $1')).toBe('produccion_dia_firmado')
  await vaciar()
})

it('opening and saving ask the same number of questions for ten cells and for a thousand', async () => {
  const consultas = async (cuantas: number): Promise<number[]> => {
    await vaciar()
    const { partidas } = await crea.version(
      101,
      Array.from({ length: cuantas }, (_, i) => ({ codigo: `8.${String(i)}`, anexo: 'C-2', volumen: '5' })),
    )
    const cambios = partidas.flatMap((p) => Array.from({ length: 10 }, (_, i) => cambio(p, 11 + i, '1')))
    expect((await guardar(cambios)).estado).toBe(200)
    const corregidos = cambios.map((c, i) => ({ ...c, valor: i % 2 === 0 ? '2' : '', valor_anterior: '1' }))
    expect((await guardar(corregidos)).estado).toBe(200)
    expect((await agente.get('/operaciones/produccion/obtener_partidas_produccion/').query(lugar)).status).toBe(200)
    const lineas = app.lineas.filter(({ msg, ruta }) => msg === 'solicitud' && String(ruta).includes('/produccion/'))
    return lineas.slice(-3).map(({ consultas: n }) => Number(n))
  }
  expect(await consultas(100)).toEqual(await consultas(1))
  expect(app.errores).toEqual([])
})
