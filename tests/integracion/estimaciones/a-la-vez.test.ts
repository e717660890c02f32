// Issue D §3: whoever comes at once, each unit of work is in one estimation, and nobody meets a fault of the system.
import { afterEach, describe, expect, it } from 'vitest'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { hastaQueAlguienEspere } from '../../apoyo/bd.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const elabora = (await app.entrarComo('administrador')).agente
const revisa = (await app.entrarComo('superusuario')).agente
const BASE = '/operaciones/estimaciones'
const VECES = 20

type Cuerpo = Record<string, unknown>
interface Respuesta {
  readonly status: number
  readonly body: Cuerpo
}
async function enviar(ruta: string, cuerpo: Cuerpo, agente = elabora): Promise<Respuesta> {
  const { status, body } = await agente.post(ruta.startsWith('/') ? ruta : `${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
const crear = (ot: number, ids: readonly number[], mas: Cuerpo = {}) =>
  enviar('crear', {
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-28',
    fecha_estimacion: '2026-02-28',
    detalles: ids.map((id_produccion) => ({ id_produccion })),
    ...mas,
  })
async function borrador({ ot }: Escena, ids: readonly number[]): Promise<{ id: number; version: number }> {
  const { body } = await crear(ot, ids)
  return { id: Number(body['id_nuevo']), version: Number(body['version']) }
}
async function lineas(id: number): Promise<number[]> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 ORDER BY id',
    [id],
  )
  return rows.map((fila) => Number(fila.id))
}
const cuantas = (respuestas: readonly Respuesta[], estado: number): number =>
  respuestas.filter(({ status }) => status === estado).length

/** Each production against what its live lines bill, whatever the columns that follow say. */
async function excedidas(ot: number): Promise<unknown[]> {
  const { rows } = await pool.query(
    `SELECT p.id FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual AND m.id_ot = $1
     JOIN estimacion_detalle d ON d.id_produccion = p.id AND NOT d.rechazada
     JOIN estimacion_header h ON h.id = d.id_estimacion_header AND h.id_estatus_cobro <> 29
     GROUP BY p.id HAVING sum(d.volumen_estimado) > p.volumen_produccion`,
    [ot],
  )
  return rows
}

afterEach(async () => {
  expect(app.errores).toEqual([])
  expect((await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(({ correcto }) => !correcto)).toEqual([])
})

describe('at once', { timeout: 240_000 }, () => {
  it('twenty drafts in one click over the same family: one takes everything', async () => {
    const { ot } = await escenaDeEstimacion(pool)
    const respuestas = await Promise.all(Array.from({ length: VECES }, () => crear(ot, [], { detalles: undefined })))
    expect([cuantas(respuestas, 200), cuantas(respuestas, 409)]).toEqual([1, VECES - 1])
  })

  it('twenty over sets that overlap, each in its order: every unit in one estimation, no crossing surfaces', async () => {
    const { ot, P3 } = await escenaDeEstimacion(pool)
    const ids: number[] = []
    for (let dia = 14; dia <= 23; dia += 1) {
      ids.push(
        await crea.produccion(P3, { fecha: `2026-02-${String(dia)}`, volumen: '1.000001', sitio: SEMILLA.embarcacion }),
      )
      await crea.reporteDiario({ ot, fecha: `2026-02-${String(dia)}`, sitio: SEMILLA.embarcacion })
    }
    const conjunto = (n: number): number[] => {
      const suyos = [0, 1, 2].map((i) => ids[(n + i) % ids.length] ?? 0)
      return n % 2 === 0 ? suyos : suyos.reverse()
    }
    const respuestas = await Promise.all(Array.from({ length: VECES }, (_, n) => crear(ot, conjunto(n))))
    expect(cuantas(respuestas, 200) + cuantas(respuestas, 409)).toBe(VECES)
    expect(cuantas(respuestas, 200)).toBeGreaterThan(0)
    expect(await excedidas(ot)).toEqual([])
    const numeros = respuestas.filter(({ status }) => status === 200).map(({ body }) => Number(body['numero']))
    expect(numeros.sort((x, y) => x - y)).toEqual(Array.from({ length: numeros.length }, (_, i) => i + 1))
  })

  it('a line grows while others take what it left', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { ot, a } = escena
    const { id, version } = await borrador(escena, [a])
    const [id_detalle] = await lineas(id)
    const comentario_ajuste = 'medición cliente'
    const menos = await enviar('ajustar_detalle', { id_detalle, version, volumen_estimado: '30', comentario_ajuste })
    const sube = { id_detalle, version: menos.body['version'], volumen_estimado: '35', comentario_ajuste }
    const respuestas = await Promise.all([
      ...Array.from({ length: 5 }, () => crear(ot, [a])),
      enviar('ajustar_detalle', sube),
      ...Array.from({ length: 5 }, () => crear(ot, [a])),
    ])
    // The five units are of the line or of one of the estimations.
    expect(cuantas(respuestas, 200)).toBe(1)
    expect(await excedidas(ot)).toEqual([])
  })

  it('cancelled while others create: free or taken, once', async () => {
    for (let vez = 0; vez < 4; vez += 1) {
      const escena = await escenaDeEstimacion(pool)
      const { id, version } = await borrador(escena, [escena.a, escena.b])
      const cancelar = () => enviar('cambiar_estatus', { id, version, estatus: 'CANCELADA', motivo: 'duplicada' })
      const respuestas = await Promise.all([
        crear(escena.ot, [escena.b, escena.a]),
        cancelar(),
        crear(escena.ot, [escena.a]),
        cancelar(),
        crear(escena.ot, [escena.a, escena.b]),
      ])
      expect(respuestas.every(({ status }) => status === 200 || status === 409)).toBe(true)
      expect(await excedidas(escena.ot)).toEqual([])
    }
  })

  it('sent while its production is corrected: it goes as it was, or does not change', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena, [escena.a, escena.b, escena.e])
    const corregir = () =>
      enviar('/operaciones/produccion/guardar_produccion_masiva/', {
        id_ot: escena.ot,
        mes: 2,
        anio: 2026,
        id_sitio: SEMILLA.embarcacion,
        tipo_tiempo: 'TE',
        cambios: [{ id_partida_imp: escena.P1.id, dia: 12, valor: '34', valor_anterior: '35' }],
      })
    const abrir = () =>
      enviar('/operaciones/produccion/guardar_estatus_gpu/', { id_produccion: escena.a, estatus_id: ESTATUS.PROCESO })
    const [envio, ...resto] = await Promise.all([
      enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' }),
      corregir(),
      abrir(),
      corregir(),
      abrir(),
    ])
    expect(envio.status).toBe(200)
    expect(resto.map(({ status }) => status)).toEqual([409, 409, 409, 409])
  })

  it('a line rejected while the whole is cancelled or authorised: one of them wins, with what it saw', async () => {
    for (const estatus of ['CANCELADA', 'AUTORIZADA']) {
      const escena = await escenaDeEstimacion(pool)
      const { id, version } = await borrador(escena, [escena.a, escena.b])
      const enviada = await enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' })
      const visto = Number(enviada.body['version'])
      const [id_detalle] = await lineas(id)
      const paso = { id, version: visto, estatus, motivo: 'porque sí', fecha_autorizacion: '2026-02-20' }
      const respuestas = await Promise.all([
        enviar('rechazar_detalle', { id_detalle, version: visto, comentario_ajuste: 'sin soporte' }, revisa),
        enviar('cambiar_estatus', paso, revisa),
      ])
      expect(respuestas.map(({ status }) => status).sort((x, y) => x - y)).toEqual([200, 409])
    }
  })

  it('two people change one draft: the second is told', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena, [escena.a, escena.b, escena.e])
    const todas = await lineas(id)
    const respuestas = await Promise.all(
      todas.map((linea) => enviar('quitar_detalles', { id, version, ids_detalle: [linea] })),
    )
    expect([cuantas(respuestas, 200), cuantas(respuestas, 409)]).toEqual([1, 2])
  })

  it('an order deleted while it is estimated: one of the two, never an estimation of nothing', async () => {
    const { ot, a } = await escenaDeEstimacion(pool)
    const mano = await pool.connect()
    await mano.query('BEGIN')
    await mano.query('UPDATE ot SET estatus = 0 WHERE id = $1', [ot])
    const pedida = crear(ot, [a])
    await hastaQueAlguienEspere(pool)
    await mano.query('COMMIT')
    mano.release()
    expect((await pedida).status).toBe(404)
    const { rows } = await pool.query('SELECT id FROM estimacion_header WHERE id_ot = $1', [ot])
    expect(rows).toEqual([])
  })

  it('what is already a line of the draft is not added again: it is adjusted', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena, [escena.a])
    const [id_detalle] = await lineas(id)
    const ajuste = { id_detalle, version, volumen_estimado: '30', comentario_ajuste: 'medición cliente' }
    const menos = await enviar('ajustar_detalle', ajuste)
    const otra = await enviar('agregar_detalles', { id, version: menos.body['version'], ids_produccion: [escena.a] })
    expect([otra.status, JSON.stringify(otra.body['conflictos'])]).toEqual([409, expect.stringContaining('EST-1')])
    expect(await lineas(id)).toEqual([id_detalle])
  })
})
