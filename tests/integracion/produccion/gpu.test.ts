import { describe, expect, it } from 'vitest'
import {
  anotarExcedentes,
  crearGpusFaltantes,
  quitarGpus,
} from '../../../src/modulos/produccion/gpu/gpu.mantenimiento.repo.ts'
import type {
  CeldaGpu,
  FilaGpu,
  GridGpu,
  RechazoDeGpu,
  RegistroGpu,
} from '../../../src/modulos/produccion/gpu/gpu.contrato.ts'
import { NOTA_DE_EXCEDENTE } from '../../../src/modulos/produccion/gpu/gpu.tipos.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-03-02T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { P1, P2, P3 } = await datosComunes(pool)
const operaciones = tipado((await app.entrarComo('operaciones')).agente)
const administrador = tipado((await app.entrarComo('administrador')).agente)

interface Respuesta {
  readonly exito: boolean
  readonly detalles: string
  readonly mensaje: string
  readonly codigo: string
  readonly campos: Record<string, string>
  readonly registro: RegistroGpu
  readonly cambian: number
  readonly sin_cambio: number
  readonly ids: number[]
  readonly rechazados: RechazoDeGpu[]
}
const GUARDAR = '/operaciones/produccion/guardar_estatus_gpu/'
const MASIVO = '/operaciones/produccion/guardar_estatus_gpus/'
const ENLACE = 'https://drive.example/x'
const guardar = (cuerpo: Record<string, unknown>, quien = operaciones) => quien.post<Respuesta>(GUARDAR).send(cuerpo)
const masivo = (cuerpo: Record<string, unknown>, quien = operaciones) => quien.post<Respuesta>(MASIVO).send(cuerpo)
const grid = async (consulta: Record<string, number>): Promise<GridGpu> =>
  (await operaciones.get<GridGpu>('/operaciones/produccion/obtener_grid_gpus/').query(consulta)).body
const celda = (fila: FilaGpu | undefined, dia: number): CeldaGpu | null => fila?.[`dia_${dia}`] ?? null
const leer = async (idProduccion: number) =>
  (
    await pool.query<{
      id_estatus: string
      archivo: string | null
      nota_bloqueo: string
      firmado_por: string | null
      version: number
    }>('SELECT * FROM registro_generadores_pu WHERE id_produccion = $1', [idProduccion])
  ).rows[0]

let mesLibre = 0
/** A production of P1 in a month of its own, so that no test sees the rows of another. */
const unaProduccion = async (columnas: Record<string, unknown> = {}): Promise<number> => {
  mesLibre += 1
  const fecha = `${String(2030 + Math.floor(mesLibre / 12))}-${String((mesLibre % 12) + 1).padStart(2, '0')}-10`
  return crea.produccion(P1, { fecha, volumen: '1', ...columnas })
}
const enTx = <T>(hacer: Parameters<typeof conTransaccion<T>>[1]): Promise<T> => conTransaccion(app.ctx, hacer)

describe('produccion §10.16: which productions get a GPU', () => {
  it('those of the four annexes, however they are written; a second save makes none', async () => {
    const anexos = ['C-2', 'C-2.', 'C3-EXT', 'ANEXO C3EXT', 'C-5', 'C-20']
    const { partidas } = await crea.version(
      105,
      anexos.map((anexo, i) => ({ codigo: `9.${String(i)}.`, anexo })),
    )
    const ids: number[] = []
    for (const partida of partidas)
      ids.push(await crea.produccion(partida, { fecha: '2026-02-12', volumen: '1', gpuDe: null }))
    expect(await enTx((tx) => crearGpusFaltantes(tx.bd, 105, null))).toHaveLength(4)
    expect((await Promise.all(ids.map(leer))).map((gpu) => gpu?.id_estatus)).toEqual(
      ['20', '20', '20', '20', undefined, undefined], // prettier-ignore
    )
    expect(await enTx((tx) => crearGpusFaltantes(tx.bd, 105, null))).toHaveLength(0)
    const { data } = await grid({ id_ot: 105, mes: 2, anio: 2026 })
    expect(data.map(({ codigo }) => codigo)).toEqual(['9.0.', '9.1.', '9.2.', '9.3.'])
  })
})

describe('produccion §10.14: zero takes away what proves nothing', () => {
  const aCero = (dia: number) =>
    operaciones.post<Respuesta>('/operaciones/produccion/guardar_produccion_masiva/').send({
      id_ot: 101,
      mes: 3,
      anio: 2026,
      id_sitio: 1,
      tipo_tiempo: 'TE',
      cambios: [{ id_partida_imp: P1.id, dia, valor: '0', valor_anterior: '1' }],
    })

  it('a GPU in PROCESO without link goes; link, file (also one taken away) or signature keep it', async () => {
    const en = (dia: number, columnas = {}) =>
      crea.produccion(P1, { fecha: `2026-03-0${String(dia)}`, volumen: '1', ...columnas })
    const [libre, conEnlace, firmado, conArchivo] = [await en(1), await en(2), await en(3, { gpuDe: 17 }), await en(4)]
    await pool.query('UPDATE registro_generadores_pu SET archivo = $2 WHERE id_produccion = $1', [conEnlace, ENLACE])
    await pool.query(
      `WITH a AS (INSERT INTO archivo (sha256, clase, bytes, clave) VALUES (repeat('a', 64), 'pdf', 1, 'contenido/aa/x.pdf') RETURNING id)
       INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre, fecha_retiro, motivo_retiro)
       SELECT g.id, a.id, 'x.pdf', now(), 'borrosa' FROM a, registro_generadores_pu g WHERE g.id_produccion = $1`,
      [conArchivo],
    )
    const estados: number[] = []
    for (const dia of [1, 2, 3, 4]) estados.push((await aCero(dia)).status)
    expect(estados).toEqual([200, 409, 409, 409])
    expect(await leer(libre)).toBeUndefined()
    for (const id of [conEnlace, firmado, conArchivo]) expect(await leer(id)).toBeDefined()
    // The database itself does not let evidence go.
    await expect(enTx((tx) => quitarGpus(tx.bd, [conArchivo]))).rejects.toThrow()
  })
})

describe('produccion §5.8.5: the note of the system', () => {
  it('appears with the excedente and goes with it; one that a person typed stays', async () => {
    const [suya, automatica] = [await unaProduccion(), await unaProduccion()]
    await guardar({ id_produccion: suya, estatus_id: 20, nota_bloqueo: 'Falta el plano' })
    const marcar = (si: boolean) =>
      pool.query('UPDATE produccion SET es_excedente = $2 WHERE id = ANY ($1)', [[suya, automatica], si])
    await marcar(true)
    await enTx((tx) => anotarExcedentes(tx.bd, [P1.concepto]))
    expect([(await leer(suya))?.nota_bloqueo, (await leer(automatica))?.nota_bloqueo]).toEqual([
      'Falta el plano',
      NOTA_DE_EXCEDENTE,
    ])
    await marcar(false)
    await enTx((tx) => anotarExcedentes(tx.bd, [P1.concepto]))
    expect([(await leer(suya))?.nota_bloqueo, (await leer(automatica))?.nota_bloqueo]).toEqual(['Falta el plano', ''])
    expect(await enTx((tx) => anotarExcedentes(tx.bd, [P1.concepto]))).toBe(0)
  })
})

describe('produccion §10.17: the cell', () => {
  it('TE (17) and CMA (20) are one cell that reads PROCESO, with 2 records; the excedente of Feb 13 is not signed', async () => {
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35', gpuDe: 17 })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', tipo: 'CMA', gpuDe: 20 })
    const excedente = await crea.produccion(P1, { fecha: '2026-02-13', volumen: '20', es_excedente: true })
    await crea.produccion(P2, { fecha: '2026-02-12', volumen: '3.25', sitio: 2, gpuDe: null })
    await crea.produccion(P3, { fecha: '2026-02-12', volumen: '12' })
    const { data, mes_cerrado } = await grid({ id_ot: 101, mes: 2, anio: 2026, id_sitio: 1 })
    expect(mes_cerrado).toBe(false)
    expect(data.map(({ codigo, anexo, unidad, descripcion }) => [codigo, anexo, unidad, descripcion])).toEqual([
      ['2.1.', 'C-2', 'M', 'TUBO DE ACERO'],
    ])
    expect(celda(data[0], 12)).toMatchObject({
      estatus_id: 20,
      estatus_texto: 'PROCESO',
      volumen: '45.000000',
      archivos_count: 0,
      es_excedente: false,
    })
    expect(celda(data[0], 12)?.registros.map((r) => [r.tipo_tiempo, r.estatus_id, r.volumen, r.sitio])).toEqual([
      ['TE', 17, '35.000000', 'EMBARCACION-UNO'],
      ['CMA', 20, '10.000000', 'EMBARCACION-UNO'],
    ])
    expect([celda(data[0], 11), celda(data[0], 31)]).toEqual([null, null])
    const r = await guardar({ id_produccion: excedente, estatus_id: 17, archivo: ENLACE })
    expect([r.status, r.body.detalles]).toEqual([409, expect.stringContaining('bloqueado') as string])
    // Blocked is not frozen: its evidence and any other status go on.
    expect((await guardar({ id_produccion: excedente, estatus_id: 18, archivo: ENLACE })).status).toBe(200)
    expect((await grid({ id_ot: 102, mes: 2, anio: 2026 })).data.map(({ codigo }) => codigo)).toEqual(['2.1.', '3.5.'])
  })

  it('a production of those annexes without GPU reads PENDIENTE (§5.8.2) and gets one when it is saved', async () => {
    const { data } = await grid({ id_ot: 101, mes: 2, anio: 2026, id_sitio: 2 })
    expect(celda(data[0], 12)).toMatchObject({ estatus_id: 19, id_gpu: null, registros: [{ version: 0 }] })
    const id = celda(data[0], 12)?.id_produccion ?? 0
    const r = await guardar({ id_produccion: id, estatus_id: 19 })
    expect(r.body.registro).toMatchObject({ estatus_id: 19, version: 1, id_gpu: expect.any(Number) as number })
  })

  it.each([{}, { id_ot: 101 }, { id_ot: 101, mes: 13, anio: 2026 }, { id_ot: 999, mes: 2, anio: 2026 }])(
    'nothing there (%j) is an empty table',
    async (consulta) => {
      expect((await grid(consulta)).data).toEqual([])
    },
  )
})

describe('produccion §6.14: status, link and note of a GPU', () => {
  it('are saved with their trace, and nothing is written when nothing changes', async () => {
    const id = await unaProduccion()
    const r = await guardar({
      id_produccion: id,
      estatus_id: 18,
      archivo: ' https://drive.example/a b ',
      nota_bloqueo: 'En revisión',
      version: 1,
    })
    expect(r.body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      mensaje: r.body.detalles,
      registro: { estatus_id: 18, archivo: 'https://drive.example/a%20b', nota_bloqueo: 'En revisión', version: 2 },
    })
    const { rows } = await pool.query(
      'SELECT evento, campo, valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log = 24 AND registro_id = $1 ORDER BY id',
      [r.body.registro.id_gpu],
    )
    expect(rows).toMatchObject([
      { evento: 'MODIFICAR', campo: 'Estatus', valor_anterior: 'PROCESO', valor_actual: 'FALTA FIRMA PEMEX' },
      { campo: 'Enlace de evidencia', valor_anterior: '', valor_actual: 'https://drive.example/a%20b' },
      { campo: 'Observaciones', valor_actual: 'En revisión' },
    ])
    expect((rows[0] as { detalle: string }).detalle).toContain('2.1. · ')
    expect((await guardar({ id_produccion: id, estatus_id: 18 })).body.registro.version).toBe(2)
  })

  it.each([
    ['a status of another level', { estatus_id: 1 }, 400],
    ['no status', {}, 400],
    ['javascript:', { estatus_id: 20, archivo: 'javascript:alert(1)' }, 400],
    ['ftp:', { estatus_id: 20, archivo: 'ftp://x' }, 400],
    ['a link of 501', { estatus_id: 20, archivo: `https://x.mx/${'a'.repeat(488)}` }, 400],
    ['FIRMADO without evidence', { estatus_id: 17 }, 400],
    ['a version that somebody left behind', { estatus_id: 18, version: 7 }, 409],
  ])('%s is refused', async (_, cuerpo, estado) => {
    const id = await unaProduccion()
    const r = await guardar({ id_produccion: id, ...cuerpo })
    expect([r.status, r.body.exito]).toEqual([estado, false])
    expect(await leer(id)).toMatchObject({ id_estatus: '20', archivo: null, version: 1 })
  })

  it('a link of 500 is kept; an empty one is taken away', async () => {
    const id = await unaProduccion()
    const largo = `https://x.mx/${'a'.repeat(487)}`
    expect((await guardar({ id_produccion: id, estatus_id: 20, archivo: largo })).body.registro.archivo).toBe(largo)
    expect((await guardar({ id_produccion: id, estatus_id: 20, archivo: '' })).body.registro.archivo).toBeNull()
  })

  it('an unknown production is 404; one of another annex, 400', async () => {
    expect((await guardar({ id_produccion: 999_999, estatus_id: 18 })).status).toBe(404)
    expect((await guardar({ estatus_id: 18 })).status).toBe(404)
    const id = await crea.produccion(P3, { fecha: '2026-05-02', volumen: '1' })
    expect((await guardar({ id_produccion: id, estatus_id: 20 })).status).toBe(400)
    expect(await leer(id)).toBeUndefined()
  })

  it('FIRMADO keeps who and when; only who may open it changes it afterwards', async () => {
    const id = await unaProduccion()
    expect((await guardar({ id_produccion: id, estatus_id: 17, archivo: ENLACE })).status).toBe(200)
    expect((await leer(id))?.firmado_por).not.toBeNull()
    for (const cuerpo of [
      { estatus_id: 20 },
      { estatus_id: 17, archivo: 'https://otro.example/' },
      { estatus_id: 17, nota_bloqueo: 'x' },
    ])
      expect((await guardar({ id_produccion: id, ...cuerpo })).status).toBe(403)
    expect((await guardar({ id_produccion: id, estatus_id: 17, archivo: ENLACE })).status).toBe(200)
    expect((await guardar({ id_produccion: id, estatus_id: 17, archivo: '' }, administrador)).status).toBe(400)
    expect((await guardar({ id_produccion: id, estatus_id: 20 }, administrador)).status).toBe(200)
    expect(await leer(id)).toMatchObject({ id_estatus: '20', firmado_por: null })
  })

  it('produccion §10.31: nothing of a closed month is saved', async () => {
    const id = await unaProduccion()
    await pool.query(
      'UPDATE reporte_mensual_header SET id_estatus = 22, fecha_cierre = now() WHERE id = (SELECT id_reporte_mensual FROM produccion WHERE id = $1)',
      [id],
    )
    const r = await guardar({ id_produccion: id, estatus_id: 18 })
    expect([r.status, r.body.detalles]).toEqual([409, expect.stringContaining('cerrado') as string])
    expect((await guardar({ id_produccion: id, estatus_id: 20 })).status).toBe(409)
  })

  it('is for those with its permission; nobody else, nor without a session', async () => {
    const id = await unaProduccion()
    const consulta = tipado((await app.entrarComo('consulta')).agente)
    expect((await guardar({ id_produccion: id, estatus_id: 18 }, consulta)).status).toBe(403)
    expect((await masivo({ estatus_id: 18, registros: [{ id_produccion: id }] }, consulta)).status).toBe(403)
    expect((await app.anonimo().post(GUARDAR).send({ id_produccion: id, estatus_id: 18 })).status).toBe(401)
    expect((await leer(id))?.id_estatus).toBe('20')
  })
})

describe('one status for many', () => {
  it('is shown first and then saved, whole or not at all', async () => {
    const [libre, igual, excedente, sinEvidencia, firmado] = [
      await unaProduccion(),
      await unaProduccion({ gpuDe: 17 }),
      await unaProduccion({ es_excedente: true }),
      await unaProduccion({ gpuDe: null }),
      await unaProduccion({ gpuDe: 17 }),
    ]
    await pool.query('UPDATE registro_generadores_pu SET archivo = $2 WHERE id_produccion = ANY ($1)', [
      [libre, excedente],
      ENLACE,
    ])
    const todos = [libre, igual, excedente, sinEvidencia].map((id_produccion) => ({ id_produccion }))
    const vista = await masivo({ estatus_id: 17, registros: todos, simular: true })
    expect(vista.body).toMatchObject({ exito: true, cambian: 1, sin_cambio: 1, ids: [libre] })
    expect(vista.body.rechazados.map(({ id_produccion }) => id_produccion)).toEqual([excedente, sinEvidencia])
    expect(vista.body.rechazados[0]).toMatchObject({
      clave: expect.stringMatching(/^2\.1\. · \d\d\/\d\d\/\d{4} · TE · EMBARCACION-UNO$/) as string,
      motivo: expect.stringContaining('excedente') as string,
    })
    expect((await leer(libre))?.id_estatus).toBe('20')
    const todo = await masivo({ estatus_id: 17, registros: todos })
    expect([todo.status, todo.body.rechazados.length]).toEqual([409, 2])
    expect((await leer(libre))?.id_estatus).toBe('20')
    const solo = await masivo({ estatus_id: 17, registros: [{ id_produccion: libre, version: 1 }] })
    expect([solo.status, solo.body.cambian, solo.body.mensaje]).toEqual([200, 1, '1 GPU en FIRMADO.'])
    expect((await masivo({ estatus_id: 20, registros: [{ id_produccion: firmado }] })).status).toBe(409)
    // Those without a GPU get theirs.
    expect((await masivo({ estatus_id: 18, registros: [{ id_produccion: sinEvidencia }] })).body.cambian).toBe(1)
    expect((await leer(sinEvidencia))?.id_estatus).toBe('18')
    expect(
      (await masivo({ estatus_id: 18, registros: [{ id_produccion: libre, version: 1 }] }, administrador)).status,
    ).toBe(409)
    expect((await masivo({ estatus_id: 18, registros: [] })).status).toBe(400)
  })

  it('asks the database the same number of times for 2 and for 40', async () => {
    const medir = async (cuantas: number): Promise<number> => {
      const registros: { id_produccion: number }[] = []
      for (let i = 0; i < cuantas; i += 1) registros.push({ id_produccion: await unaProduccion() })
      app.lineas.length = 0
      expect((await masivo({ estatus_id: 18, registros })).body.cambian).toBe(cuantas)
      return Number(app.lineas.find(({ ruta }) => ruta === MASIVO)?.['consultas'])
    }
    const dos = await medir(2)
    expect(await medir(40)).toBe(dos)
  })
})
