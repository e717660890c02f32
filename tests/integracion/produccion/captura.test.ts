import { describe, expect, it } from 'vitest'
import type {
  CeldaProduccion,
  CeldasDelMes,
  FilaDeConcepto,
  FilaDeSabana,
  FilaDeSubtotal,
  Sabana,
} from '../../../src/modulos/produccion/captura/captura.contrato.ts'
import { estimarDePrueba } from '../../apoyo/estimaciones.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { datosComunes, ESTATUS, fabricasProduccion, UNIDAD, type PartidaGuardada } from '../../apoyo/produccion.ts'

const GUARDAR = '/operaciones/produccion/guardar_produccion_masiva/'
const LEER = '/operaciones/produccion/obtener_partidas_produccion/'

interface Guardado {
  exito: boolean
  tipo_aviso: string
  detalles: string
  mensaje: string
  creados: number
  actualizados: number
  eliminados: number
  gpus_creados: number
  excedentes_nuevos: { codigo: string; dia: number }[]
  version: number
  errores?: { codigo: string; dia: number; motivo: string }[]
  conflictos?: {
    clave: string
    codigo: string
    dia: number
    propuesto: string
    guardado: string
    usuario: string
    fecha: string
  }[]
}

async function preparar() {
  const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00.000Z' })
  const comunes = await datosComunes(app.conexion.pool)
  const crea = fabricasProduccion(app.conexion.pool)
  const { agente, usuarioId } = await app.entrarComo('operaciones')
  const lugar = { id_ot: 101, mes: 2, anio: 2026, id_sitio: 1, tipo_tiempo: 'TE' }
  const guardar = async (cuerpo: object) => {
    const r = await agente.post(GUARDAR).send({ ...lugar, ...cuerpo })
    return { estado: r.status, ...(r.body as Guardado) }
  }
  const cambio = (partida: PartidaGuardada, dia: number, valor: string, valor_anterior = '') => ({
    id_partida_imp: partida.id,
    dia,
    valor,
    valor_anterior,
  })
  const leer = async (pedido: object = {}): Promise<Sabana> => {
    const r = await agente.get(LEER).query({ ...lugar, ...pedido })
    expect(r.status).toBe(200)
    return r.body as Sabana
  }
  const fila = (sabana: Sabana, partida: PartidaGuardada): FilaDeConcepto =>
    sabana.partidas.find((f): f is FilaDeConcepto => f.id_partida_imp === partida.id) ?? fallo()
  const vaciar = () =>
    app.conexion.pool.query(
      `DELETE FROM registro_generadores_pu; DELETE FROM reporte_diario_detalle; DELETE FROM produccion; DELETE FROM reporte_mensual_header`,
    )
  return { app, crea, agente, usuarioId, guardar, leer, cambio, fila, vaciar, ...comunes }
}
const fallo = (): never => {
  throw new Error('It is not there')
}

const { app, crea, guardar, leer, cambio, fila, vaciar, P1, P2, P3, anexo103 } = await preparar()
const celda = (f: FilaDeSabana, dia: number): CeldaProduccion | null => f[`dia${String(dia)}` as keyof CeldasDelMes]
const guardadas = async () =>
  (await crea.leerProduccion(101)).map((p) => [p.codigo, p.fecha, p.tipo, p.sitio, p.volumen, p.excedente, p.gpu])

describe('saving production', () => {
  it('produccion §10.9: a signed day is closed at its site and open at the other', async () => {
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-13' })
    const cerrado = await guardar({ cambios: [cambio(P1, 13, '5'), cambio(P1, 12, '1')] })
    expect(cerrado).toMatchObject({ estado: 409, exito: false, errores: [{ codigo: '2.1.', dia: 13 }] })
    expect(cerrado.mensaje).toBe(cerrado.detalles)
    expect(await guardadas()).toEqual([])

    const abierto = await guardar({ id_sitio: 2, cambios: [cambio(P1, 13, '5')] })
    expect(abierto).toMatchObject({ estado: 200, exito: true, creados: 1, gpus_creados: 1 })
    expect(await guardadas()).toEqual([['2.1', '2026-02-13', 'TE', 2, '5.000000', false, ESTATUS.PROCESO]])
    await vaciar()
  })

  it('produccion §10.10 and §10.12: flags follow the day of the work, not that of the capture', async () => {
    expect((await guardar({ cambios: [cambio(P1, 12, '35'), cambio(P1, 13, '20'), cambio(P1, 14, '1')] })).estado).toBe(
      200,
    )
    expect((await guardar({ tipo_tiempo: 'CMA', cambios: [cambio(P1, 12, '10')] })).excedentes_nuevos).toEqual([])
    const enero = await guardar({ id_sitio: 2, mes: 1, cambios: [cambio(P1, 30, '40')] })
    expect(enero).toMatchObject({ estado: 200, creados: 1, excedentes_nuevos: [] })
    expect((await guardadas()).map(([, fecha, tipo, , , excedente]) => [fecha, tipo, excedente])).toEqual([
      ['2026-01-30', 'TE', false],
      ['2026-02-12', 'TE', false],
      ['2026-02-12', 'CMA', false],
      ['2026-02-13', 'TE', true],
      ['2026-02-14', 'TE', true],
    ])
    expect(fila(await leer(), P1)).toMatchObject({ estatus_gpu: 'BLOQUEADO', previo: '40.000000' })
    expect(fila(await leer({ mes: 1, id_sitio: 2 }), P1).estatus_gpu).toBe('AUTORIZADO')
    const notas = await app.conexion.pool.query<{ nota: string }>(
      `SELECT g.nota_bloqueo AS nota FROM registro_generadores_pu g JOIN produccion p ON p.id = g.id_produccion ORDER BY p.fecha_produccion, p.tipo_tiempo DESC`,
    )
    expect(notas.rows.map(({ nota }) => nota !== '')).toEqual([false, false, false, true, true])

    // §10.12 with tope 100: one more unit the day before flags nothing new and clears nothing.
    const tarde = await guardar({ id_sitio: 2, mes: 1, cambios: [cambio(P1, 31, '5')] })
    expect(tarde.estado).toBe(200)
    // Taking January away clears the flags and the notes of the system.
    await guardar({ id_sitio: 2, mes: 1, cambios: [cambio(P1, 30, '0', '40'), cambio(P1, 31, '', '5')] })
    expect((await guardadas()).map(([, , , , , excedente]) => excedente)).toEqual([false, false, false, false])
    const quedan = await app.conexion.pool.query(`SELECT 1 FROM registro_generadores_pu WHERE nota_bloqueo <> ''`)
    expect(quedan.rowCount).toBe(0)
    await vaciar()
  })

  it('produccion §10.13: to the last decimal', async () => {
    const version = await crea.version(101, [
      { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M, volumen: '10' },
    ])
    const [tubo = fallo()] = version.partidas
    const r = await guardar({ cambios: [cambio(tubo, 12, '10.000000'), cambio(tubo, 13, '0.000001')] })
    expect(r.excedentes_nuevos).toEqual([{ codigo: '2.1.', dia: 13 }])
    await app.conexion.pool.query(
      'UPDATE importacion_anexo SET es_activo = (numero = 1) WHERE id_ot = 101 AND numero = 2',
    )
    await app.conexion.pool.query('UPDATE importacion_anexo SET es_activo = true WHERE id_ot = 101 AND numero = 1')
    await vaciar()
  })

  it('produccion §10.14: emptying a cell removes its row and GPU, and never evidence', async () => {
    await guardar({ cambios: [cambio(P1, 14, '1'), cambio(P1, 15, '2')] })
    expect(await guardar({ cambios: [cambio(P1, 14, '0', '1')] })).toMatchObject({ estado: 200, eliminados: 1 })
    expect(await guardadas()).toEqual([['2.1', '2026-02-15', 'TE', 1, '2.000000', false, ESTATUS.PROCESO]])
    await app.conexion.pool.query(`UPDATE registro_generadores_pu SET archivo = 'https://ejemplo.mx/foto'`)
    const negado = await guardar({ cambios: [cambio(P1, 15, '', '2.000000'), cambio(P1, 16, '1')] })
    expect(negado).toMatchObject({ estado: 409, errores: [{ codigo: '2.1.', dia: 15 }] })
    expect(await guardadas()).toHaveLength(1)
    expect(celda(fila(await leer(), P1), 15)?.con_evidencia).toBe(true)
    await vaciar()
  })

  it('produccion §10.15: every bad cell is named; thousands and long decimals are read', async () => {
    const malo = await guardar({
      cambios: [cambio(P1, 30, '1'), cambio(P1, 12, '-1'), cambio(P1, 13, '12,5'), cambio(P1, 14, '1')],
    })
    expect(malo.estado).toBe(400)
    expect(malo.errores?.map(({ codigo, dia }) => [codigo, dia])).toEqual([
      ['2.1.', 30],
      ['2.1.', 12],
      ['2.1.', 13],
    ])
    const bueno = await guardar({
      cambios: [cambio(P3, 12, '1,234.5'), cambio(P3, 13, '0.1234567'), cambio(P3, 30, '')],
    })
    expect(bueno).toMatchObject({ estado: 200, creados: 2 })
    expect((await guardadas()).map(([, , , , volumen]) => volumen)).toEqual(['1234.500000', '0.123457'])
    await vaciar()
  })

  it('produccion §10.26: the same code with two descriptions has two ceilings', async () => {
    const { partidas } = await crea.version(102, [
      { codigo: '4.7.', concepto: 'SOLDADOR', volumen: '10' },
      { codigo: '4.7.', concepto: 'TUBERO', volumen: '50' },
    ])
    const [soldador = fallo(), tubero = fallo()] = partidas
    const r = await guardar({ cambios: [cambio(soldador, 12, '12'), cambio(tubero, 12, '20')] })
    expect(r.excedentes_nuevos).toEqual([{ codigo: '4.7.', dia: 12 }])
    const sabana = await leer()
    expect([fila(sabana, soldador).estatus_gpu, fila(sabana, tubero).estatus_gpu]).toEqual(['BLOQUEADO', 'AUTORIZADO'])
    await app.conexion.pool.query('UPDATE importacion_anexo SET es_activo = false WHERE id_ot = 102')
    await vaciar()
  })

  it('produccion §10.28: a cell that somebody else changed is a conflict, another cell is not', async () => {
    await guardar({ cambios: [cambio(P1, 12, '35'), cambio(P3, 12, '1')] })
    const x = await guardar({ cambios: [cambio(P1, 12, '36', '35')] })
    expect(x).toMatchObject({ estado: 200, actualizados: 1, version: 2 })
    const y = await guardar({ cambios: [cambio(P1, 12, '40', '35')] })
    expect(y).toMatchObject({
      estado: 409,
      conflictos: [{ clave: '2.1. · día 12', propuesto: '40', guardado: '36.000000', usuario: 'Prueba operaciones' }],
    })
    expect((await guardar({ cambios: [cambio(P3, 12, '2', '1.000000')] })).estado).toBe(200)
    // A cell that somebody emptied has its author too: the log tells.
    await guardar({ cambios: [cambio(P3, 12, '', '2')] })
    expect(await guardar({ cambios: [cambio(P3, 12, '5', '2')] })).toMatchObject({
      estado: 409,
      conflictos: [{ guardado: '0.000000', usuario: 'Prueba operaciones', fecha: '20/02/2026 12:00:00' }],
    })
    // What both wrote equal is no conflict, and what changes nothing raises no version.
    expect(await guardar({ cambios: [cambio(P1, 12, '36', '35')] })).toMatchObject({
      estado: 200,
      actualizados: 0,
      version: 4,
    })
    await vaciar()
  })

  it('produccion §10.29: a partida of another OT is refused with everything that came with it', async () => {
    const [ajena = fallo()] = anexo103.partidas
    const r = await guardar({ cambios: [cambio(ajena, 12, '1'), cambio(P1, 12, '1')] })
    expect(r).toMatchObject({ estado: 400, errores: [{ dia: 12 }] })
    expect(await guardadas()).toEqual([])
  })

  it('days outside the window, closed months and closed cells are refused; equal values are not looked at', async () => {
    const fuera = await guardar({ cambios: [cambio(P1, 10, '1')] })
    expect(fuera).toMatchObject({ estado: 409, errores: [{ dia: 10 }] })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '3', gpuDe: ESTATUS.FIRMADO })
    const estimada = await crea.produccion(P3, { fecha: '2026-02-12', volumen: '3' })
    const estimacion = await estimarDePrueba(app.conexion.pool, 101, [estimada])
    const r = await guardar({ cambios: [cambio(P1, 12, '4', '3'), cambio(P3, 12, '4', '3')] })
    expect(r.errores?.map(({ motivo }) => motivo)).toEqual([
      'No se puede cambiar: su GPU está firmado.',
      `No se puede cambiar: ya está en ${estimacion.nombre}.`,
    ])
    const sabana = await leer()
    expect(celda(fila(sabana, P1), 12)).toMatchObject({ bloqueado: 'GPU_FIRMADO', estatus_cobro: 'PENDIENTE' })
    expect(celda(fila(sabana, P3), 12)).toMatchObject({
      bloqueado: 'ESTIMADA',
      estimacion: `${estimacion.nombre} (EN ESTIMACION)`,
    })
    await crea.carpeta(101, '2026-02-01', { id_estatus: ESTATUS.MES_CERRADO, fecha_cierre: '2026-03-01T00:00:00Z' })
    expect(await guardar({ cambios: [cambio(P2, 12, '1')] })).toMatchObject({ estado: 409 })
    expect(await guardar({ cambios: [cambio(P1, 12, '3', '3')] })).toMatchObject({ estado: 200, version: 0 })
    expect((await leer()).mes_cerrado).toBe(true)
    await crea.carpeta(101, '2026-02-01', { id_estatus: ESTATUS.MES_ABIERTO, fecha_cierre: null })
    await estimacion.liberar()
    await vaciar()
  })

  it('whole rows, as the old system sends them, need the version of the month', async () => {
    const valores = Array.from({ length: 31 }, (_, i) => (i + 1 === 12 ? 7.5 : i + 1 === 15 ? '2' : ''))
    const partidas = [{ id_partida_imp: P1.id, codigo: '2.1.', valores }]
    expect((await guardar({ partidas })).estado).toBe(400)
    expect(await guardar({ version: 0, partidas })).toMatchObject({ estado: 200, creados: 2, version: 1 })
    const viejo = await guardar({ version: 0, partidas: [{ id_partida_imp: P1.id, valores: [] }, ...partidas] })
    expect(viejo).toMatchObject({ estado: 409, codigo: 'VERSION', version: 1, conflictos: [] })
    // What differs is listed with both values, its author and its moment: also what somebody emptied meanwhile.
    await guardar({ cambios: [cambio(P1, 12, '8', '7.5'), cambio(P1, 15, '', '2')] })
    const distinto = await guardar({ version: 1, partidas })
    const deQuien = { usuario: 'Prueba operaciones', fecha: '20/02/2026 12:00:00' }
    expect(distinto).toMatchObject({
      estado: 409,
      codigo: 'VERSION',
      version: 2,
      conflictos: [
        { clave: '2.1. · día 12', propuesto: '7.5', guardado: '8.000000', ...deQuien },
        { clave: '2.1. · día 15', propuesto: '2', guardado: '0.000000', ...deQuien },
      ],
    })
    await guardar({ cambios: [cambio(P1, 12, '7.5', '8'), cambio(P1, 15, '2', '')] })
    expect((await guardadas()).map(([, fecha, , , volumen]) => [fecha, volumen])).toEqual([
      ['2026-02-12', '7.500000'],
      ['2026-02-15', '2.000000'],
    ])
    expect(await guardar({ cambios: [] })).toMatchObject({ estado: 200, exito: true, creados: 0 })
    await vaciar()
  })

  it('what is missing or is no volume is told with its cell', async () => {
    const mensajeDe = async (cuerpo: object) => {
      const { estado, mensaje } = await guardar(cuerpo)
      return [estado, mensaje]
    }
    expect(await mensajeDe({ id_ot: undefined })).toEqual([400, 'Selecciona una OT primero'])
    expect(await mensajeDe({ id_sitio: undefined })).toEqual([400, 'Elige un frente.'])
    expect(await mensajeDe({ mes: undefined })).toEqual([400, 'El mes va de 1 a 12.'])
    expect(await mensajeDe({ tipo_tiempo: undefined })).toEqual([400, 'El tipo de afectación es TE o CMA.'])
    const conValor = (valor: unknown) => ({ cambios: [{ id_partida_imp: P1.id, dia: 12, valor, valor_anterior: '' }] })
    expect(await mensajeDe(conValor(undefined))).toEqual([400, 'Falta el valor de una celda.'])
    for (const valor of [true, { a: 1 }, [5], '9'.repeat(80), '1 2'])
      expect(await guardar(conValor(valor))).toMatchObject({ estado: 400, errores: [{ codigo: '2.1.', dia: 12 }] })
    for (const id of [true, null, '', 'SUBTITULO_C-2', 1.5])
      expect(await mensajeDe({ cambios: [{ id_partida_imp: id, dia: 12, valor: '1', valor_anterior: '' }] })).toEqual([
        400,
        'La partida no es válida.',
      ])
    const sinVersion = { version: null, partidas: [{ id_partida_imp: P1.id, valores: ['1'] }] }
    expect((await mensajeDe(sinVersion))[0]).toBe(400)
    expect(await guardadas()).toEqual([])
  })

  it('only sites and live OTs of the place; a reprogramación writes in the folder of its initial OT', async () => {
    expect((await guardar({ id_sitio: 3, cambios: [cambio(P1, 12, '1')] })).estado).toBe(400)
    expect((await guardar({ id_ot: 104, cambios: [cambio(P1, 12, '1')] })).estado).toBe(404)
    expect((await guardar({ id_ot: 102, cambios: [cambio(P1, 12, '1')] })).estado).toBe(200)
    const { rows } = await app.conexion.pool.query('SELECT id_ot::int FROM reporte_mensual_header')
    expect(rows).toEqual([{ id_ot: 101 }])
    await vaciar()
  })

  it('produccion §10.32: nobody without the permission saves', async () => {
    const cuerpo = { id_ot: 101, mes: 2, anio: 2026, id_sitio: 1, tipo_tiempo: 'TE', cambios: [cambio(P1, 12, '1')] }
    expect((await app.anonimo().post(GUARDAR).send(cuerpo)).status).toBe(401)
    const lectura = await app.entrarComo('consulta')
    expect((await lectura.agente.post(GUARDAR).send(cuerpo)).status).toBe(403)
    const sinAlta = await app.entrarComo(['operaciones.view_produccion', 'operaciones.change_produccion'])
    expect((await sinAlta.agente.post(GUARDAR).send(cuerpo)).status).toBe(403)
    expect(await guardadas()).toEqual([])
  })

  it('a production billed in part is closed, and its refusal names the estimation', async () => {
    const id = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10' })
    const { pool } = app.conexion
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente, id_estatus_cobro)
       VALUES (101, 7, '2026-02-28', '2026-02-01', '2026-02-28', 19.1648, 'De la prueba', 24) RETURNING id`,
    )
    const header = rows[0]?.id
    await pool.query(
      `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn, precio_unitario_usd, comentario_ajuste, anexo, codigo, concepto, unidad)
       VALUES ($1, $2, 10, 4, 1000, 50, 'La mitad después', 'C-2', '2.1.', 'TUBO', 'M')`,
      [header, id],
    )
    const negado = await guardar({ cambios: [cambio(P1, 12, '11', '10')] })
    expect(negado).toMatchObject({
      estado: 409,
      errores: [{ dia: 12, motivo: 'No se puede cambiar: ya está en EST-7.' }],
    })
    expect(celda(fila(await leer(), P1), 12)).toMatchObject({ bloqueado: 'ESTIMADA', estatus_cobro: 'PENDIENTE' })
    const gpus = await app.entrarComo('operaciones')
    const gpu = await gpus.agente
      .post('/operaciones/produccion/guardar_estatus_gpu/')
      .send({ id_produccion: id, estatus_id: 19 })
    expect([gpu.status, (gpu.body as Guardado).mensaje]).toEqual([
      409,
      'El GPU ya está en EST-7: su estatus y su evidencia ya no se modifican.',
    ])
    await pool.query('DELETE FROM estimacion_detalle WHERE id_estimacion_header = $1', [header])
    expect(await guardar({ cambios: [cambio(P1, 12, '11', '10')] })).toMatchObject({ estado: 200, actualizados: 1 })
    await vaciar()
  })

  it('each GPU that a save makes has its row in the log', async () => {
    await guardar({ cambios: [cambio(P1, 12, '35'), cambio(P3, 12, '1')] })
    const { rows } = await app.conexion.pool.query(
      `SELECT a.evento, a.valor_actual AS despues, a.detalle FROM registro_actividad a JOIN registro_generadores_pu g ON g.id = a.registro_id
       WHERE a.tabla_log = 24`,
    )
    expect(rows).toEqual([
      {
        evento: 'CREAR',
        despues: 'PROCESO',
        detalle: 'el GPU 2.1. · 12/02/2026 · TE · EMBARCACION-UNO de la OT: OT-101, con su producción',
      },
    ])
    await vaciar()
  })

  it('the log tells the save and each cell', async () => {
    await app.conexion.pool.query('SELECT 1')
    const r = await guardar({ cambios: [cambio(P1, 12, '35'), cambio(P3, 13, '1.5')], registro_actividad: '<b>no</b>' })
    await guardar({ cambios: [cambio(P1, 12, '', '35')] })
    const { rows } = await app.conexion.pool.query(
      `SELECT evento, campo, valor_anterior AS antes, valor_actual AS despues, detalle FROM registro_actividad
       WHERE tabla_log = 10 AND registro_id = (SELECT max(id) FROM reporte_mensual_header) ORDER BY id`,
    )
    expect(r.version).toBe(1)
    const donde = 'producción TE de la OT OT-101 en EMBARCACION-UNO'
    expect(rows).toEqual([
      {
        evento: 'REGISTRAR',
        campo: 'Registró',
        antes: '',
        despues: '',
        detalle: `${donde}, Febrero de 2026: 2 volúmenes nuevos, 0 cambiados, 0 quitados, 1 GPU creado`,
      },
      { evento: 'MODIFICAR', campo: '2.1. del 12/02/2026', antes: '', despues: '35.000000', detalle: `en la ${donde}` },
      { evento: 'MODIFICAR', campo: '5.1. del 13/02/2026', antes: '', despues: '1.500000', detalle: `en la ${donde}` },
      {
        evento: 'REGISTRAR',
        campo: 'Registró',
        antes: '',
        despues: '',
        detalle: `${donde}, Febrero de 2026: 0 volúmenes nuevos, 0 cambiados, 1 quitado, 0 GPU creados`,
      },
      { evento: 'MODIFICAR', campo: '2.1. del 12/02/2026', antes: '35.000000', despues: '', detalle: `en la ${donde}` },
    ])
    await vaciar()
  })
})

describe('the sábana', () => {
  it('produccion §10.18, §10.20 and §10.21: cards, rows and subtotals', async () => {
    await crea.produccion(P1, { fecha: '2026-01-30', volumen: '40', sitio: 2 })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35' })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '10', tipo: 'CMA' })
    await crea.produccion(P1, { fecha: '2026-02-13', volumen: '20' })
    await crea.produccion(P3, { fecha: '2026-02-12', volumen: '12' })
    await crea.produccion(P2, { fecha: '2026-02-12', volumen: '3.25', sitio: 2 })
    const sabana = await leer()
    expect(sabana.totales).toEqual({
      aut_mn: '488760.25',
      aut_usd: '5000.00',
      ejec_mn: '78500.00',
      ejec_usd: '3250.00',
      ejec_total_mn: '86626.63',
      ejec_total_usd: '3250.00',
      acum_mn: '40000.00',
      acum_usd: '2000.00',
      acum_general_mn: '126626.63',
      acum_general_usd: '5250.00',
      resta_mn: '362133.63',
      resta_usd: '-250.00',
    })
    expect(sabana.partidas.map(({ id_partida_imp: id }) => id)).toEqual([
      'SUBTITULO_C-2',
      P1.id,
      'SUBTITULO_C-3',
      P2.id,
      'SUBTITULO_C-5',
      P3.id,
    ])
    const [subtotal] = sabana.partidas as [FilaDeSubtotal]
    expect(subtotal).toMatchObject({
      concepto: 'TOTAL ANEXO: C-2',
      vol_total_proyectado: '100.000000',
      acumulado_mes: '65.000000',
      monto_mn: '65000.00',
      monto_usd: '3250.00',
    })
    expect(celda(subtotal, 12)).toMatchObject({ te_dia: '35.000000', cma_dia: '10.000000' })
    // §10.20: the row counts both types whatever the one on screen.
    await guardar({ cambios: [cambio(P1, 12, '30', '35')] })
    const despues = await leer({ tipo_tiempo: 'CMA' })
    expect(fila(despues, P1)).toMatchObject({ acumulado_mes: '60.000000', monto_mn: '60000.00', monto_usd: '3000.00' })
    expect(celda(fila(despues, P1), 12)).toMatchObject({ valor: '10.000000', te_dia: '30.000000' })
    expect(fila(despues, P2).otros_sitios).toEqual([{ dia: 12, tipo_tiempo: 'TE', id_sitio: 2, volumen: '3.250000' }])
    await vaciar()
  })

  it('produccion §10.22: programmed against executed; days without anything are null', async () => {
    await crea.programa(P3.id, { '2026-02-12': '10' })
    await crea.programa(P1.id, { '2026-02-12': '50' })
    await crea.produccion(P3, { fecha: '2026-02-12', volumen: '12' })
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '45' })
    const sabana = await leer()
    expect(celda(fila(sabana, P3), 12)).toMatchObject({
      programado: '10.000000',
      te_dia: '12.000000',
      cma_dia: '0.000000',
    })
    expect(celda(fila(sabana, P1), 12)).toMatchObject({ programado: '50.000000', te_dia: '45.000000' })
    expect(fila(sabana, P1).acumulado_programado).toBe('50.000000')
    expect(celda(fila(sabana, P1), 13)).toBeNull()
    await vaciar()
  })

  it('blocked days are the signed ones and those outside the window', async () => {
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-13' })
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-14', estatus: ESTATUS.PENDIENTE })
    const sabana = await leer()
    expect(sabana.dias_firmados).toEqual([13])
    expect(sabana.dias_fuera_vigencia).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(sabana.dias_bloqueados).toEqual([...sabana.dias_fuera_vigencia, 13])
    await vaciar()
  })

  it('an incomplete question, or an unknown OT, is answered with nothing; a month that is none is a fault', async () => {
    const { agente } = await app.entrarComo('consulta')
    const pedir = (consulta: object) => agente.get(LEER).query(consulta)
    const completa = { id_ot: 101, mes: 2, anio: 2026, id_sitio: 1 }
    for (const falta of [
      {},
      { ...completa, id_sitio: '' },
      { ...completa, id_ot: 'x' },
      { ...completa, id_ot: 999_999 },
    ])
      expect((await pedir(falta)).body).toEqual([])
    expect((await pedir({ ...completa, mes: 13 })).status).toBe(400)
    expect((await pedir({ ...completa, id_ot: 105 })).body).toMatchObject({ partidas: [], totales: {} })
  })

  it('produccion §10.27: the highest reprogramación is in force, whatever was imported last', async () => {
    const tubo = { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', unidad: UNIDAD.M, mn: '1000', usd: '50' }
    const topeDe = async () => (await leer()).partidas.find((f) => f.codigo === '2.1.')?.vol_total_proyectado
    await crea.version(102, [{ ...tubo, volumen: '120' }])
    await app.conexion.pool.query(
      `INSERT INTO ot (id, id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, ot_principal, num_reprogramacion, estatus)
       SELECT 106, 5, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, 101, 2, 1 FROM ot WHERE id = 101`,
    )
    await crea.version(106, [{ ...tubo, volumen: '110' }])
    expect(await topeDe()).toBe('110.000000')
    await crea.version(101, [
      { ...tubo, volumen: '100' },
      { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: UNIDAD.TON, volumen: '20.5', mn: '2500.50' },
    ])
    expect(await topeDe()).toBe('110.000000')
    await app.conexion.pool.query('UPDATE ot SET estatus = 0 WHERE id = 106')
    expect(await topeDe()).toBe('120.000000')
  })
})

it('nothing failed on the way', () => {
  expect(app.errores).toEqual([])
})
