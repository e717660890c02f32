import { describe, expect, it } from 'vitest'
import type {
  ConflictoDeDia,
  OtDelMes,
  RespuestaOtsDelMes,
} from '../../../src/modulos/produccion/diario/diario.contrato.ts'
import { estimarDePrueba } from '../../apoyo/estimaciones.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-16T18:00:00.000Z' })
const { pool } = app.conexion
const { P1, P2 } = await datosComunes(pool)
const crea = fabricasProduccion(pool)
const { agente, usuarioId } = await app.entrarComo('operaciones')
const administrador = await app.entrarComo('administrador')

const BASE = '/operaciones/produccion/'
const GUARDAR = `${BASE}guardar_reportes_diarios_masiva/`

const rejilla = async (sitio: number, mes: number, anio = 2026): Promise<OtDelMes[]> =>
  (
    (await agente.get(`${BASE}ots_por_sitio_grid/?id_sitio=${sitio}&mes=${mes}&anio=${anio}`))
      .body as RespuestaOtsDelMes
  ).reportes_diarios

const fila = async (ot: number, sitio: number, mes: number): Promise<OtDelMes> => {
  const hallada = (await rejilla(sitio, mes)).find(({ id_ot: id }) => id === ot)
  if (!hallada) throw new Error(`OT ${String(ot)} is not in the grid`)
  return hallada
}

type Cambio = [dia: number, valor: string, anterior?: string]
const guardar = (
  quien: typeof agente,
  cambios: Cambio[],
  {
    ot = 101,
    sitio = 1,
    mes = 2,
    ...mas
  }: Record<string, unknown> & { ot?: number; sitio?: number; mes?: number } = {},
) =>
  quien.post(GUARDAR).send({
    id_sitio: sitio,
    mes,
    anio: 2026,
    ...mas,
    cambios: cambios.map(([dia, valor, anterior = '']) => ({ id_ot: ot, dia, valor, valor_anterior: anterior })),
  })

const guardados = async (ot: number, mes: number, sitio = 1) => {
  const { rows } = await pool.query<{ dia: number; id_estatus: string }>(
    `SELECT extract(day FROM d.fecha)::int AS dia, d.id_estatus FROM reporte_diario_detalle d JOIN reporte_mensual_header h ON h.id = d.id_reporte_mensual
     WHERE h.id_ot = $1 AND h.mes = $2 AND d.id_sitio = $3 ORDER BY 1`,
    [ot, mes, sitio],
  )
  return rows.map(({ dia, id_estatus: estatus }) => [dia, Number(estatus)])
}

const hasta = (desde: number, fin: number): number[] => Array.from({ length: fin - desde + 1 }, (_, i) => desde + i)

it('what is missing or badly written is told; numbers may come as text', async () => {
  const enviar = async (cuerpo: object) => {
    const { status, body } = await agente.post(GUARDAR).send({ id_sitio: '1', mes: '2', anio: '2026', ...cuerpo })
    return [status, (body as { mensaje: string }).mensaje]
  }
  expect(await enviar({ id_sitio: undefined })).toEqual([400, 'Elige un frente.'])
  expect(await enviar({ version: null, reportes: [] })).toEqual([200, 'No había cambios que guardar.'])
  const textos = { version: '0', reportes: [{ id_ot: '101', valores: Array(31).fill(null) }] }
  expect(await enviar(textos)).toEqual([200, 'No había cambios que guardar.'])
  const celda = { id_ot: 101, dia: 12, valor: 'PROCESO', valor_anterior: '' }
  expect(await enviar({ cambios: [{ ...celda, id_ot: true }] })).toEqual([400, 'La OT no es válida.'])
  expect(await enviar({ cambios: [{ ...celda, dia: null }] })).toEqual([400, 'Falta el día.'])
  const largo = { reportes: [{ id_ot: 101, valores: Array(32).fill(null) }] }
  expect(await enviar(largo)).toEqual([400, 'Cada OT trae hasta 31 valores.'])
  expect((await enviar({ cambios: [{ ...celda, valor: 'OK' }] }))[1]).toMatch(/^No se guardó nada\. Día 12: «OK»/)
})

describe('produccion §10, sites and grid', () => {
  it('§10.1 the list of sites', async () => {
    const { body } = await agente.get(`${BASE}obtener_sitios_con_ots_ejecutadas/`)
    expect(body).toEqual([
      { id: 1, descripcion: 'EMBARCACION-UNO' },
      { id: 2, descripcion: 'PATIO-DOS' },
    ])
  })

  it('§10.2 site 1, February: only 101, its window reaches the end of its reprogramación, 1 to 10 blocked', async () => {
    const [unica, ...otras] = await rejilla(1, 2)
    expect(otras).toEqual([])
    expect(unica).toMatchObject({
      id_ot: 101,
      ot: 'OT-101',
      inicio_v: '2026-02-11',
      fin_v: '2026-04-10',
      archivo: '',
      dias_bloqueados: hasta(1, 10),
      version: 0,
      mes_cerrado: false,
      dia1: null,
      dia31: null,
    })
  })

  it('§10.3 to §10.7 the other sites and months', async () => {
    const resumen = async (sitio: number, mes: number) =>
      (await rejilla(sitio, mes)).map((ot) => [ot.id_ot, ot.inicio_v, ot.fin_v, ot.dias_bloqueados])
    expect(await resumen(2, 2)).toEqual([[101, '2026-01-15', '2026-02-20', hasta(21, 28)]])
    expect(await resumen(1, 1)).toEqual([])
    expect(await resumen(2, 3)).toEqual([[103, '2026-03-01', '2026-03-31', []]])
    expect(await resumen(1, 4)).toEqual([[101, '2026-02-11', '2026-04-10', hasta(11, 30)]])
    expect(await resumen(3, 2)).toEqual([])
  })

  it('an incomplete question is answered with nothing; a month that does not exist is a fault', async () => {
    for (const consulta of ['', '?id_sitio=1&mes=2', '?id_sitio=x&mes=2&anio=2026', '?id_sitio=1&mes=2.5&anio=2026']) {
      const { status, body } = await agente.get(`${BASE}ots_por_sitio_grid/${consulta}`)
      expect([status, body]).toEqual([200, { reportes_diarios: [], produccion: [] }])
    }
    const { status, body } = await agente.get(`${BASE}ots_por_sitio_grid/?id_sitio=1&mes=13&anio=2026`)
    expect(status).toBe(400)
    expect((body as { mensaje: string }).mensaje).toBe('El mes va de 1 a 12.')
  })

  it('the same number of queries with one OT and with thirty', async () => {
    const consultas = async (): Promise<number> => {
      app.lineas.length = 0
      await rejilla(2, 3)
      return Number(app.lineas.find((linea) => 'consultas' in linea)?.['consultas'])
    }
    const antes = await consultas()
    await pool.query(`INSERT INTO ot (id, id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, estatus, id_frente, id_patio, fecha_inicio_programado, fecha_termino_programado)
      SELECT 5000 + n, 4, 'OT-MUCHAS-' || n, 'Trabajo', 3, 'X', 1, 1, 2, '2026-03-01', '2026-03-31' FROM generate_series(1, 29) n`)
    await pool.query(
      `INSERT INTO importacion_anexo (id_ot, numero, archivo_excel) SELECT 5000 + n, 1, 'x.xlsx' FROM generate_series(1, 29) n`,
    )
    const ots = await rejilla(2, 3)
    expect(ots.length).toBe(30)
    // As people count: 2 before 10.
    expect(ots.slice(1, 4).map(({ ot }) => ot)).toEqual(['OT-MUCHAS-1', 'OT-MUCHAS-2', 'OT-MUCHAS-3'])
    expect(await consultas()).toBe(antes)
    await pool.query('DELETE FROM importacion_anexo WHERE id_ot > 5000')
    await pool.query('DELETE FROM ot WHERE id > 5000')
  })
})

describe('produccion §10.8 saving daily reports', () => {
  it('three days, then one emptied; the folder is made on demand and its version follows', async () => {
    expect((await pool.query('SELECT 1 FROM reporte_mensual_header WHERE id_ot = 101')).rowCount).toBe(0)
    const primera = await guardar(agente, [
      [12, 'FIRMADO'],
      [13, 'FIRMADO'],
      [14, 'PENDIENTE'],
    ])
    expect(primera.status).toBe(200)
    expect(primera.body).toMatchObject({
      exito: true,
      tipo_aviso: 'exito',
      detalles: 'Reportes diarios guardados: 3 días nuevos.',
      mensaje: 'Reportes diarios guardados: 3 días nuevos.',
      creados: 3,
      actualizados: 0,
      eliminados: 0,
      versiones: { 101: 1 },
    })
    expect(await guardados(101, 2)).toEqual([
      [12, 17],
      [13, 17],
      [14, 19],
    ])
    const segunda = await guardar(agente, [[14, '', 'PENDIENTE']])
    expect(segunda.body).toMatchObject({ creados: 0, actualizados: 0, eliminados: 1, versiones: { 101: 2 } })
    expect(await guardados(101, 2)).toEqual([
      [12, 17],
      [13, 17],
    ])
    expect(await fila(101, 1, 2)).toMatchObject({ version: 2, dia12: 'FIRMADO', dia14: null })
  })

  it('signing keeps who, when and what the production of the day was; the log has each day', async () => {
    const { rows } = await pool.query<{
      bloqueado: boolean
      firmado_por: string
      fecha_firma: Date
      huella_firma: string
    }>(
      "SELECT bloqueado, firmado_por, fecha_firma, huella_firma FROM reporte_diario_detalle WHERE fecha = '2026-02-12'",
    )
    expect(rows).toEqual([
      {
        bloqueado: true,
        firmado_por: String(usuarioId),
        fecha_firma: new Date('2026-02-16T18:00:00.000Z'),
        huella_firma: 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      },
    ])
    const { rows: bitacora } = await pool.query<Record<string, string>>(
      'SELECT tabla_log::text, evento, campo, valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log IN (22, 23) ORDER BY id',
    )
    expect(bitacora).toHaveLength(6)
    expect(bitacora[0]).toEqual({
      tabla_log: '23',
      evento: 'REGISTRAR',
      campo: 'Registró',
      valor_anterior: '',
      valor_actual: '',
      detalle: 'reportes diarios de la OT: OT-101 en el frente: EMBARCACION-UNO, Febrero de 2026: 3 días',
    })
    expect(bitacora[5]).toEqual({
      tabla_log: '22',
      evento: 'ACTUALIZAR',
      campo: 'Estatus del día',
      valor_anterior: 'PENDIENTE',
      valor_actual: '',
      detalle:
        'el reporte diario del 14/02/2026 de: PENDIENTE a: sin estatus, de la OT: OT-101 en el frente: EMBARCACION-UNO',
    })
  })

  it('the whole rows of the old system: accepted with the version, or over what the same person left', async () => {
    const valores = (cambios: Record<number, string>) => hasta(1, 31).map((dia) => cambios[dia] ?? null)
    const enviar = (quien: typeof agente, dias: Record<number, string>, version?: number) =>
      quien.post(GUARDAR).send({
        id_sitio: 2,
        mes: 2,
        anio: 2026,
        reportes: [{ id_ot: 101, valores: valores(dias) }],
        ...(version === undefined ? {} : { version }),
      })
    const { version } = await fila(101, 2, 2)
    expect((await enviar(agente, { 3: 'PROCESO', 4: 'PENDIENTE' }, version)).body).toMatchObject({ creados: 2 })
    expect((await enviar(agente, { 3: 'PROCESO', 4: 'PROCESO' })).body).toMatchObject({
      actualizados: 1,
      eliminados: 0,
    })
    const { body, status } = await enviar(administrador.agente, { 3: 'PENDIENTE' }, version)
    expect(status).toBe(409)
    expect((body as { conflictos: ConflictoDeDia[] }).conflictos.map(({ dia }) => dia)).toEqual([3, 4])
    expect((await enviar(administrador.agente, {})).status).toBe(409)
    expect((await enviar(agente, {})).body).toMatchObject({ eliminados: 2 })
  })

  it('nothing sent, or nothing different: success without a version or a row of the log', async () => {
    const cuenta = async () => (await pool.query('SELECT count(*)::int AS n FROM registro_actividad')).rows
    const antes = await cuenta()
    for (const cuerpo of [
      { id_sitio: 1, mes: 2, anio: 2026, reportes: [] },
      { id_sitio: 1, mes: 2, anio: 2026, cambios: [{ id_ot: 101, dia: 12, valor: 'firmado', valor_anterior: '' }] },
      { id_sitio: 1, mes: 3, anio: 2026, reportes: [{ id_ot: 101, valores: hasta(1, 31).map(() => '') }] },
    ])
      expect((await agente.post(GUARDAR).send(cuerpo)).body).toMatchObject({
        exito: true,
        creados: 0,
        actualizados: 0,
        eliminados: 0,
      })
    expect(await cuenta()).toEqual(antes)
    expect((await pool.query('SELECT 1 FROM reporte_mensual_header WHERE mes = 3')).rowCount).toBe(0)
  })

  it('refuses texts, days, OTs and sites that are not, naming each, and saves nothing', async () => {
    const antes = await guardados(101, 2)
    const falla = async (cambios: Cambio[], mas: Parameters<typeof guardar>[2] = {}) => {
      const { status, body } = await guardar(agente, cambios, mas)
      return { status, errores: (body as { errores?: unknown }).errores ?? (body as { campos?: unknown }).campos }
    }
    expect(
      await falla([
        [15, 'LISTO'],
        [16, 'PROCESO'],
      ]),
    ).toEqual({
      status: 400,
      errores: [expect.objectContaining({ id_ot: 101, dia: 15 })],
    })
    expect(await falla([[30, 'PROCESO']])).toMatchObject({ status: 400 })
    expect(
      await falla([
        [10, 'PROCESO'],
        [16, 'PROCESO'],
      ]),
    ).toEqual({
      status: 400,
      errores: [
        { id_ot: 101, ot: 'OT-101', dia: 10, motivo: 'El día está fuera de la vigencia de la OT en ese sitio.' },
      ],
    })
    expect(
      await falla([
        [16, 'PROCESO'],
        [16, 'PENDIENTE'],
      ]),
    ).toMatchObject({ status: 400 })
    expect(await falla([[16, 'PROCESO']], { ot: 105 })).toMatchObject({ status: 400 })
    expect(await falla([[16, 'PROCESO']], { sitio: 3 })).toMatchObject({ status: 400 })
    expect(await falla([[16, 'PROCESO']], { sitio: 9999 })).toMatchObject({ status: 400 })
    expect(await falla([[16, 'PROCESO']], { mes: 13 })).toMatchObject({ status: 400 })
    const { status, body } = await agente.post(GUARDAR).send({ mes: 2, anio: 2026, cambios: [] })
    expect([status, (body as { exito: boolean }).exito]).toEqual([400, false])
    expect(await guardados(101, 2)).toEqual(antes)
  })
})

describe('produccion §10.28, for daily reports: two people at once', () => {
  it('the second is told what the first left, and nothing of theirs is saved; other cells are accepted', async () => {
    expect((await guardar(agente, [[20, 'PENDIENTE']])).status).toBe(200)
    const { status, body } = await guardar(administrador.agente, [
      [20, 'PROCESO'],
      [21, 'PROCESO'],
    ])
    expect(status).toBe(409)
    expect(body).toMatchObject({
      codigo: 'CONFLICTOS',
      conflictos: [
        {
          clave: 'OT-101, día 20',
          id_ot: 101,
          ot: 'OT-101',
          dia: 20,
          propuesto: 'PROCESO',
          guardado: 'PENDIENTE',
          fecha: '16/02/2026 12:00:00',
        },
      ],
    })
    expect((body as { conflictos: ConflictoDeDia[] }).conflictos[0]?.usuario).not.toBe('')
    expect((await guardar(administrador.agente, [[21, 'PROCESO']])).status).toBe(200)
    // Who emptied a day is told too, though its row is gone.
    expect((await guardar(agente, [[21, '', 'PROCESO']])).status).toBe(200)
    const vacio = await guardar(administrador.agente, [[21, 'FIRMADO', 'PROCESO']])
    expect((vacio.body as { conflictos: ConflictoDeDia[] }).conflictos).toMatchObject([
      { dia: 21, propuesto: 'FIRMADO', guardado: '', usuario: 'Prueba operaciones', fecha: '16/02/2026 12:00:00' },
    ])
    expect((await guardar(administrador.agente, [[21, 'PROCESO']])).status).toBe(200)
  })

  it('at the very same time: one of two savers of a cell wins, the other hears of it, and there is one row', async () => {
    const intentos = await Promise.all([
      guardar(agente, [[22, 'PENDIENTE']]),
      guardar(administrador.agente, [[22, 'PROCESO']]),
      guardar(agente, [[23, 'PROCESO']]),
      guardar(administrador.agente, [[24, 'PROCESO']]),
    ])
    const estados = intentos.map(({ status }) => status)
    expect(estados.slice(0, 2).toSorted()).toEqual([200, 409])
    expect(estados.slice(2)).toEqual([200, 200])
    const ganador = estados[0] === 200 ? 19 : 20
    expect((await guardados(101, 2)).filter(([dia]) => (dia ?? 0) >= 22)).toEqual([
      [22, ganador],
      [23, 20],
      [24, 20],
    ])
  })
})

describe('opening a signed day', () => {
  it('wants its permission and a reason, which stays in the log', async () => {
    const sin = await guardar(agente, [[12, 'PROCESO', 'FIRMADO']], { motivo: 'Faltó una partida' })
    expect([sin.status, (sin.body as { errores: unknown[] }).errores]).toEqual([
      403,
      [{ id_ot: 101, ot: 'OT-101', dia: 12, motivo: 'El día está firmado.' }],
    ])
    const sinMotivo = await guardar(administrador.agente, [[12, 'PROCESO', 'FIRMADO']])
    expect(sinMotivo.status).toBe(400)
    expect((sinMotivo.body as { campos: Record<string, string> }).campos).toHaveProperty('motivo')
    const abierta = await guardar(administrador.agente, [[12, 'PROCESO', 'FIRMADO']], { motivo: 'Faltó una partida' })
    expect(abierta.body).toMatchObject({ exito: true, actualizados: 1 })
    const { rows } = await pool.query(
      "SELECT bloqueado, firmado_por, fecha_firma, huella_firma FROM reporte_diario_detalle WHERE fecha = '2026-02-12' AND id_sitio = 1",
    )
    expect(rows).toEqual([{ bloqueado: false, firmado_por: null, fecha_firma: null, huella_firma: null }])
    const { rows: ultimas } = await pool.query<{ detalle: string }>(
      'SELECT detalle FROM registro_actividad WHERE tabla_log = 22 ORDER BY id DESC LIMIT 1',
    )
    expect(ultimas[0]?.detalle).toMatch(/de: FIRMADO a: PROCESO, .* Motivo: Faltó una partida$/)
  })

  it('is refused when its production is already in an estimation', async () => {
    const estimada = await crea.produccion(P1, { fecha: '2026-02-25', volumen: '3' })
    await estimarDePrueba(app.conexion.pool, 101, [estimada])
    expect((await guardar(agente, [[25, 'FIRMADO']])).status).toBe(200)
    const { status, body } = await guardar(administrador.agente, [[25, '', 'FIRMADO']], { motivo: 'Corregir' })
    expect([status, (body as { errores: { dia: number }[] }).errores.map(({ dia }) => dia)]).toEqual([409, [25]])
  })

  it('the database keeps the production of a signed day, and another site is free', async () => {
    await expect(crea.produccion(P2, { fecha: '2026-02-25', volumen: '1' })).rejects.toThrow('signed')
    await crea.produccion(P2, { fecha: '2026-02-13', volumen: '1', sitio: 2 })
    expect(await fila(101, 1, 2)).toMatchObject({ dia25: 'FIRMADO', dias_con_produccion: [25] })
  })
})

describe('note of a day', () => {
  const comentar = (quien: typeof agente, dia: number, comentario: string, anterior = '') =>
    quien
      .post(`${BASE}comentar_reporte_diario/`)
      .send({ id_ot: 101, id_sitio: 1, mes: 2, anio: 2026, dia, comentario, anterior })

  it('of a day with status that is not signed', async () => {
    expect((await comentar(agente, 20, '  Mal tiempo,  sin maniobra ')).body).toMatchObject({
      exito: true,
      comentario: 'Mal tiempo, sin maniobra',
    })
    expect((await fila(101, 1, 2)).comentarios).toEqual({ 20: 'Mal tiempo, sin maniobra' })
    expect((await comentar(administrador.agente, 20, 'Otra cosa')).status).toBe(409)
    expect((await comentar(agente, 26, 'Sin estatus')).status).toBe(409)
    expect((await comentar(agente, 25, 'Firmado')).status).toBe(409)
    expect((await comentar(agente, 30, 'No existe')).status).toBe(400)
    expect((await comentar(agente, 20, 'x'.repeat(256))).status).toBe(400)
    expect((await comentar(agente, 20, '', 'Mal tiempo, sin maniobra')).body).toMatchObject({ comentario: '' })
  })
})

describe('produccion §10.32', () => {
  it('without a session 401, without permission 403, and nothing changes', async () => {
    const antes = await guardados(101, 2)
    const cuerpo = {
      id_sitio: 1,
      mes: 2,
      anio: 2026,
      cambios: [{ id_ot: 101, dia: 27, valor: 'PROCESO', valor_anterior: '' }],
    }
    const anonimo = await app.anonimo().post(GUARDAR).send(cuerpo)
    expect([anonimo.status, (anonimo.body as { codigo: string }).codigo]).toEqual([401, 'SESION'])
    const { agente: consulta } = await app.entrarComo('consulta')
    expect((await consulta.post(GUARDAR).send(cuerpo)).status).toBe(403)
    expect((await agente.post(GUARDAR).set('X-CSRFToken', 'otro').send(cuerpo)).status).toBe(403)
    expect(await guardados(101, 2)).toEqual(antes)
  })
})

describe('the edge of the month in Mexico City', () => {
  it('the page opens in the month of the office, not in that of Greenwich', async () => {
    const abre = async (instante: string): Promise<[number, number]> => {
      app.reloj.fijar(instante)
      const { agente: recien } = await app.entrarComo('operaciones')
      const { text } = await recien.get(BASE)
      const datos = JSON.parse(/id="datos-pagina">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}') as {
        mes: number
        anio: number
      }
      return [datos.mes, datos.anio]
    }
    // 05:59 UTC of the first is 23:59 of the last day there.
    expect(await abre('2026-03-01T05:59:00.000Z')).toEqual([2, 2026])
    expect(await abre('2026-03-01T06:00:00.000Z')).toEqual([3, 2026])
    expect(await abre('2026-01-01T05:59:00.000Z')).toEqual([12, 2025])
  })
})
