import { describe, expect, it } from 'vitest'
import type { CierreDeMes } from '../../../src/modulos/produccion/cierre/cierre.contrato.ts'
import type { RespuestaOtsDelMes } from '../../../src/modulos/produccion/diario/diario.contrato.ts'
import { estimarDePrueba } from '../../apoyo/estimaciones.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-03-02T18:00:00.000Z' })
const { pool } = app.conexion
const { P1, P3 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('operaciones')
const { agente: administrador } = await app.entrarComo('administrador')

const BASE = '/operaciones/produccion/'
type Agente = typeof agente
const mover = (quien: Agente, accion: 'cerrar' | 'firmar' | 'reabrir', mes: number, mas: object = {}) =>
  quien.post(`${BASE}${accion}_mes/`).send({ id_ot: 101, mes, anio: 2026, ...mas })
const enlazar = (archivo: string, mes = 2, ot = 101) =>
  agente.post(`${BASE}guardar_archivo_mensual/`).send({ id_ot: ot, mes, anio: 2026, archivo })
const quitar = (mes = 2) => agente.post(`${BASE}quitar_archivo_mensual/`).send({ id_ot: 101, mes, anio: 2026 })
const ver = async (mes: number): Promise<CierreDeMes> =>
  ((await agente.get(`${BASE}obtener_cierre_mes/?id_ot=101&mes=${mes}&anio=2026`)).body as { datos: CierreDeMes }).datos
const enRejilla = async (sitio: number, mes: number) =>
  ((await agente.get(`${BASE}ots_por_sitio_grid/?id_sitio=${sitio}&mes=${mes}&anio=2026`)).body as RespuestaOtsDelMes)
    .reportes_diarios[0]
const marcar = (mes: number, dia: number, valor: string, anterior = '') =>
  agente.post(`${BASE}guardar_reportes_diarios_masiva/`).send({
    id_sitio: 1,
    mes,
    anio: 2026,
    cambios: [{ id_ot: 101, dia, valor, valor_anterior: anterior }],
  })

describe('produccion §10.30 link of the month', () => {
  it('only http and https, shared by the sites of the OT', async () => {
    for (const malo of ['javascript:alert(1)', 'ftp://x', '', `https://x.mx/${'a'.repeat(2000)}`]) {
      const { status, body } = await enlazar(malo)
      expect([status, (body as { campos: object }).campos]).toEqual([400, { archivo: expect.any(String) }])
    }
    expect((await enlazar('https://drive.example/x')).body).toMatchObject({
      exito: true,
      archivo: 'https://drive.example/x',
    })
    expect([(await enRejilla(1, 2))?.archivo, (await enRejilla(2, 2))?.archivo]).toEqual([
      'https://drive.example/x',
      'https://drive.example/x',
    ])
    expect((await enRejilla(1, 3))?.archivo).toBe('')
  })

  it('a reprogramación writes in the folder of its initial OT; an unknown OT is 404; the log says before and after', async () => {
    expect((await enlazar('https://drive.example/y', 2, 102)).status).toBe(200)
    expect((await enRejilla(1, 2))?.archivo).toBe('https://drive.example/y')
    expect((await enlazar('https://drive.example/y', 2, 104)).status).toBe(404)
    const { rows } = await pool.query<Record<string, string>>(
      'SELECT campo, valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log = 23 ORDER BY id DESC LIMIT 1',
    )
    expect(rows[0]).toEqual({
      campo: 'Link Evidencia (Drive)',
      valor_anterior: 'https://drive.example/x',
      valor_actual: 'https://drive.example/y',
      detalle: 'el enlace de evidencia, Febrero de 2026 de la OT: OT-101',
    })
  })

  it('«Quitar enlace»', async () => {
    expect((await quitar()).body).toMatchObject({ exito: true, archivo: '' })
    expect((await enRejilla(1, 2))?.archivo).toBe('')
  })
})

describe('produccion §10.31 closing a month', () => {
  it('lists the days and GPUs that are not signed, each with its way there', async () => {
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '5' })
    await crea.produccion(P3, { fecha: '2026-02-16', volumen: '1', sitio: 2 })
    expect((await marcar(2, 12, 'FIRMADO')).status).toBe(200)
    const { faltantes, ...resto } = await ver(2)
    expect(resto).toMatchObject({ estatus: 'ABIERTO', dias_con_produccion: 2, gpus: 1, cerrado_por: '' })
    expect(faltantes).toEqual([
      {
        regla: 'dia_sin_firmar',
        mensaje: '16/02/2026, PATIO-DOS: hay producción y el reporte diario no tiene estatus.',
        enlace: '/operaciones/produccion/?sitio=2&mes=2&anio=2026&ot=101',
      },
      {
        regla: 'gpu_sin_firmar',
        mensaje: '12/02/2026, EMBARCACION-UNO: el GPU de la partida 2.1. está en PROCESO.',
        enlace: '/operaciones/produccion/?sitio=1&mes=2&anio=2026&ot=101&pestana=gpu',
      },
    ])
    const { status, body } = await mover(agente, 'cerrar', 2)
    expect([status, (body as { faltantes: unknown }).faltantes]).toEqual([409, faltantes])
    expect((await ver(2)).estatus).toBe('ABIERTO')
  })

  it('a production of a GPU annex without its GPU (old data) is missing too: it reads as PENDIENTE', async () => {
    const id = await crea.produccion(P1, { fecha: '2026-03-03', volumen: '1', gpuDe: null })
    expect((await ver(3)).faltantes.map(({ mensaje }) => mensaje)).toContain(
      '03/03/2026, EMBARCACION-UNO: el GPU de la partida 2.1. está en PENDIENTE.',
    )
    await pool.query('DELETE FROM produccion WHERE id = $1', [id])
  })

  it('forced it wants a comment; then it is CERRADO and its days are read-only, and another month is not', async () => {
    const sin = await mover(agente, 'cerrar', 2, { forzar: true })
    expect([sin.status, (sin.body as { campos: object }).campos]).toHaveProperty('1.comentario')
    const { body } = await mover(agente, 'cerrar', 2, { forzar: true, comentario: 'El cliente firma después' })
    expect(body).toMatchObject({ exito: true, estatus: 'CERRADO' })
    const { rows } = await pool.query(
      'SELECT id_estatus, cerrado_por IS NOT NULL AS alguien FROM reporte_mensual_header WHERE id_ot = 101 AND mes = 2',
    )
    expect(rows).toEqual([{ id_estatus: String(ESTATUS.MES_CERRADO), alguien: true }])
    expect(await ver(2)).toMatchObject({ estatus: 'CERRADO', fecha_cierre: '02/03/2026 12:00:00' })
    expect(await enRejilla(2, 2)).toMatchObject({ mes_cerrado: true, estatus_cierre: 'CERRADO' })
    expect((await marcar(2, 20, 'PROCESO')).status).toBe(409)
    expect((await marcar(3, 5, 'PROCESO')).status).toBe(200)
    expect((await mover(agente, 'cerrar', 2)).status).toBe(409)
  })

  it('signing wants the link, which is accepted while it is CERRADO and not afterwards', async () => {
    const sin = await mover(agente, 'firmar', 2)
    expect([sin.status, (sin.body as { faltantes: { regla: string }[] }).faltantes.map(({ regla }) => regla)]).toEqual([
      409,
      ['sin_enlace'],
    ])
    expect((await enlazar('https://drive.example/febrero')).status).toBe(200)
    expect((await mover(agente, 'firmar', 2)).body).toMatchObject({ exito: true, estatus: 'FIRMADO' })
    expect((await enlazar('https://drive.example/otro')).status).toBe(409)
    expect((await quitar()).status).toBe(409)
    expect((await mover(agente, 'firmar', 2)).status).toBe(409)
    expect((await mover(agente, 'firmar', 3)).status).toBe(409)
  })

  it('opens one step at a time, with its own permission and a comment, and not over an estimation that left the draft', async () => {
    expect((await mover(agente, 'reabrir', 2, { comentario: 'x' })).status).toBe(403)
    expect((await mover(administrador, 'reabrir', 2)).status).toBe(400)
    expect((await mover(administrador, 'reabrir', 2, { comentario: 'Faltó una partida' })).body).toMatchObject({
      estatus: 'CERRADO',
    })
    const { rows: del16 } = await pool.query<{ id: string; ot: string }>(
      "SELECT p.id, m.id_ot AS ot FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual WHERE p.fecha_produccion = '2026-02-16'",
    )
    const estimacion = await estimarDePrueba(
      pool,
      Number(del16[0]?.ot),
      del16.map(({ id }) => Number(id)),
      { enviada: true },
    )
    expect((await mover(administrador, 'reabrir', 2, { comentario: 'Otra vez' })).status).toBe(409)
    await estimacion.liberar()
    expect((await mover(administrador, 'reabrir', 2, { comentario: 'Otra vez' })).body).toMatchObject({
      estatus: 'ABIERTO',
    })
    expect((await mover(administrador, 'reabrir', 2, { comentario: 'Otra vez' })).status).toBe(409)
    expect((await marcar(2, 20, 'PROCESO')).status).toBe(200)
    const { rows } = await pool.query<Record<string, string>>(
      "SELECT valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log = 23 AND campo_clave = 'id_estatus' ORDER BY id",
    )
    expect(rows.map(({ valor_anterior: antes, valor_actual: ahora }) => [antes, ahora])).toEqual([
      ['ABIERTO', 'CERRADO'],
      ['CERRADO', 'FIRMADO'],
      ['FIRMADO', 'CERRADO'],
      ['CERRADO', 'ABIERTO'],
    ])
    expect(rows[0]?.['detalle']).toBe(
      'el cierre del mes de: ABIERTO a: CERRADO, Febrero de 2026 de la OT: OT-101, con 2 pendientes. Comentario: El cliente firma después',
    )
  })

  it('a month without production may be closed; two who close it at once: one does', async () => {
    const intentos = await Promise.all([mover(agente, 'cerrar', 4), mover(administrador, 'cerrar', 4)])
    expect(intentos.map(({ status }) => status).toSorted()).toEqual([200, 409])
    expect((await ver(4)).estatus).toBe('CERRADO')
  })

  it('a day and the closing of its month at once: a day never lands in a month that was closed before it', async () => {
    const [dia, cierre] = await Promise.all([marcar(3, 6, 'PROCESO'), mover(administrador, 'cerrar', 3)])
    expect(cierre.status).toBe(200)
    const { rows } = await pool.query("SELECT 1 FROM reporte_diario_detalle WHERE fecha = '2026-03-06'")
    expect([200, 409]).toContain(dia.status)
    expect(rows.length).toBe(dia.status === 200 ? 1 : 0)
  })
})
