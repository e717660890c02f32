// Acceptance examples of estimaciones.md §11 by HTTP, each over its own family.
import { describe, expect, it } from 'vitest'
import { aplicarAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import { anexoLeido } from '../../apoyo/anexo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion, PARTIDAS_COMUNES, type PartidaNueva } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const captura = await app.entrarComo('estimaciones')
const autoriza = await app.entrarComo('administrador')
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>
interface Respuesta {
  readonly status: number
  readonly body: Cuerpo
}
const enviar = async (ruta: string, cuerpo: Cuerpo, agente = captura.agente): Promise<Respuesta> => {
  const { status, body } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
const pedir = async (ruta: string, consulta: Record<string, string | number>): Promise<Respuesta> => {
  const { status, body } = await captura.agente.get(`${BASE}/${ruta}/`).query(consulta)
  return { status, body: body as Cuerpo }
}
const QUINCENA = { fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15', fecha_estimacion: '2026-02-16' }

interface Candidata {
  id_produccion: number
  estimable: boolean
  motivos: string[]
  saldo: string
}
async function candidatas(ot: number, hasta = '2026-02-15'): Promise<Map<number, Candidata>> {
  const { body } = await pedir('candidatas', { id_ot: ot, fecha_desde: '2026-02-01', fecha_hasta: hasta })
  return new Map((body['data'] as Candidata[]).map((fila) => [fila.id_produccion, fila]))
}
const crear = (ot: number, ids: readonly number[], mas: Cuerpo = {}, agente = captura.agente) =>
  enviar('crear', { id_ot: ot, ...QUINCENA, detalles: ids.map((id_produccion) => ({ id_produccion })), ...mas }, agente)
async function borrador(
  { ot, a, b, e }: Escena,
  ids: readonly number[] = [a, b, e],
): Promise<{ id: number; version: number }> {
  const { status, body } = await crear(ot, ids)
  expect([status, body['detalles']]).toEqual([200, expect.stringContaining('creada')])
  return { id: Number(body['id_nuevo']), version: Number(body['version']) }
}
/** The line of a production in an estimation. */
async function linea(idEstimacion: number, idProduccion: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [idEstimacion, idProduccion],
  )
  return Number(rows[0]?.id)
}
async function produccion(id: number): Promise<{ estatus: string; acumulado: string; gpuEnLinea: boolean }> {
  const { rows } = await pool.query<{ fila: { estatus: string; acumulado: string; gpuEnLinea: boolean } }>(
    `SELECT json_build_object('estatus', e.clave, 'acumulado', p.volumen_estimado_acumulado::text, 'gpuEnLinea', g.id_estimacion_detalle IS NOT NULL) AS fila
     FROM produccion p JOIN cat_estatus e ON e.id = p.id_estatus_cobro LEFT JOIN registro_generadores_pu g ON g.id_produccion = p.id WHERE p.id = $1`,
    [id],
  )
  if (!rows[0]) throw new Error('No production')
  return rows[0].fila
}
const ajustar = async (
  idEstimacion: number,
  idProduccion: number,
  version: number,
  cambio: Cuerpo,
): Promise<Respuesta> =>
  enviar('ajustar_detalle', { id_detalle: await linea(idEstimacion, idProduccion), version, ...cambio })
const cambiar = (id: number, version: unknown, estatus: string, mas: Cuerpo = {}, agente = captura.agente) =>
  enviar('cambiar_estatus', { id, version, estatus, ...mas }, agente)

/** An annex loaded again, as its workbook says it. */
async function cargarAnexo(idOt: number, lineas: readonly PartidaNueva[]): Promise<void> {
  const encargo = { idOt, modo: 'reemplazo', alcance: 'todo', nombre: 'ANEXO.xlsx', huella: null } as const
  await aplicarAnexo(
    await app.ctxDe('administrador'),
    { ...encargo, confirmarSinDestino: false, guardarLibro: () => Promise.resolve(null) },
    anexoLeido(lineas),
    () => Promise.resolve(),
  )
}
/** The common annex with other figures of P1. */
const conP1 = (cambio: Partial<PartidaNueva>): PartidaNueva[] =>
  PARTIDAS_COMUNES.map((partida, i) => (i === 0 ? { ...partida, ...cambio } : partida))

const enProduccion = async (ruta: string, cuerpo: Cuerpo): Promise<Respuesta> => {
  const { status, body } = await autoriza.agente.post(`/operaciones/produccion/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
/** The 12 of P3 on February 12 to 13, in the sábana. */
const cambiarEn13 = ({ ot, P3 }: Escena): Promise<Respuesta> =>
  enProduccion('guardar_produccion_masiva', {
    id_ot: ot,
    mes: 2,
    anio: 2026,
    id_sitio: SEMILLA.embarcacion,
    tipo_tiempo: 'TE',
    cambios: [{ id_partida_imp: P3.id, dia: 12, valor: '13', valor_anterior: '12' }],
  })
/** The signed February 12, back in PROCESO. */
const abrirDia = ({ ot }: Escena): Promise<Respuesta> =>
  enProduccion('guardar_reportes_diarios_masiva', {
    id_sitio: SEMILLA.embarcacion,
    mes: 2,
    anio: 2026,
    motivo: 'medición corregida',
    cambios: [{ id_ot: ot, dia: 12, valor: 'PROCESO', valor_anterior: 'FIRMADO' }],
  })

describe('estimaciones §11', () => {
  it('1: candidates with their reasons', async () => {
    const { ot, a, b, c, d, e } = await escenaDeEstimacion(pool)
    const lista = await candidatas(ot)
    expect([a, b, e].map((id) => lista.get(id)?.motivos)).toEqual([[], [], []])
    expect([a, b, e].every((id) => lista.get(id)?.estimable)).toBe(true)
    expect(lista.get(c)).toMatchObject({ estimable: false, motivos: ['EXCEDENTE'] })
    expect(lista.get(d)).toMatchObject({ estimable: false, motivos: ['GPU_PENDIENTE'] })
  })

  it('2: number, volumes, amounts, statuses and GPUs of a draft', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const { status, body } = await crear(ot, [a, b, e])
    expect([status, body['numero'], body['totales']]).toEqual([
      200,
      1,
      {
        volumen_producido: '57.000000',
        volumen_estimado: '57.000000',
        importe_mn: '58500.00',
        importe_usd: '2250.00',
        homologado: '101620.80',
      },
    ])
    expect(await produccion(a)).toEqual({ estatus: 'EN_ESTIMACION', acumulado: '35.000000', gpuEnLinea: true })
    expect(await produccion(b)).toEqual({ estatus: 'EN_ESTIMACION', acumulado: '10.000000', gpuEnLinea: true })
    expect(await produccion(e)).toEqual({ estatus: 'EN_ESTIMACION', acumulado: '12.000000', gpuEnLinea: false })
    const { body: leida } = await pedir('obtener', { id: Number(body['id_nuevo']) })
    expect(leida).toMatchObject({
      exito: true,
      datos: {
        numero: 1,
        estatus: 'EN_ESTIMACION',
        tipo_cambio: '19.1648',
        total_importe_mn: '58500.00',
        fecha_desde: '2026-02-01',
      },
      transiciones: ['ENVIADA', 'CANCELADA'],
    })
  })

  it('3: an adjustment asks for its comment', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena)
    const sin = await ajustar(id, escena.a, version, { volumen_estimado: '30' })
    expect([sin.status, sin.body['campos']]).toEqual([400, { comentario_ajuste: expect.any(String) as string }])
    const con = await ajustar(id, escena.a, version, { volumen_estimado: '30', comentario_ajuste: 'medición cliente' })
    expect([con.status, con.body['totales']]).toMatchObject([
      200,
      { volumen_estimado: '52.000000', importe_mn: '53500.00', importe_usd: '2000.00', homologado: '91829.60' },
    ])
    expect(await produccion(escena.a)).toMatchObject({ estatus: 'PENDIENTE', acumulado: '30.000000' })
  })

  it('4: more than the saldo and less than zero are refused; the seventh decimal is rounded', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena)
    const comentario_ajuste = 'medición'
    expect((await ajustar(id, escena.a, version, { volumen_estimado: '36', comentario_ajuste })).status).toBe(400)
    expect((await ajustar(id, escena.a, version, { volumen_estimado: '-1', comentario_ajuste })).status).toBe(400)
    const justo = await ajustar(id, escena.a, version, { volumen_estimado: '35.0000001' })
    expect([justo.status, justo.body['totales']]).toMatchObject([200, { volumen_estimado: '57.000000' }])
    const { rows } = await pool.query(
      'SELECT volumen_estimado::text AS estimado, comentario_ajuste FROM estimacion_detalle WHERE id = $1',
      [await linea(id, escena.a)],
    )
    expect(rows).toEqual([{ estimado: '35.000000', comentario_ajuste: '' }])
    expect(
      (await crear(escena.ot, [escena.d], { detalles: [{ id_produccion: escena.d, volumen_estimado: 0 }] })).status,
    ).toBe(409)
  })

  it('5: what is left is offered again', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, b, e, ot } = escena
    const { id, version } = await borrador(escena)
    await ajustar(id, a, version, { volumen_estimado: '30', comentario_ajuste: 'medición cliente' })
    const lista = await candidatas(ot, '2026-02-28')
    expect(lista.get(a)).toMatchObject({ saldo: '5.000000', estimable: true })
    expect([b, e].map((cual) => lista.get(cual)?.motivos)).toEqual([['YA_ESTIMADA'], ['YA_ESTIMADA']])
    const segunda = await crear(ot, [a], { fecha_hasta: '2026-02-28' })
    expect([segunda.status, segunda.body['numero'], segunda.body['totales']]).toMatchObject([
      200,
      2,
      { importe_mn: '5000.00' },
    ])
    expect(segunda.body['advertencias']).toEqual([
      'La fecha de la estimación es anterior al fin del periodo.',
      'El periodo se encima con EST-1.',
    ])
    expect(await produccion(a)).toMatchObject({ estatus: 'EN_ESTIMACION', acumulado: '35.000000' })
  })

  it('6: two people, twenty at once over the same production: one takes it, the rest are told who has it', async () => {
    const { ot, d } = await escenaDeEstimacion(pool)
    await pool.query('UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = $1', [d])
    const respuestas = await Promise.all(
      Array.from({ length: 20 }, (_, i) => crear(ot, [d], {}, (i % 2 ? captura : autoriza).agente)),
    )
    expect(respuestas.filter(({ status }) => status === 200)).toHaveLength(1)
    const perdidas = respuestas.filter(({ status }) => status === 409)
    expect(perdidas).toHaveLength(19)
    for (const { body } of perdidas)
      expect(body['conflictos']).toEqual([
        expect.objectContaining({ id_produccion: d, motivo: 'YA_ESTIMADA', saldo: '0.000000', estimacion: 'EST-1' }),
      ])
    expect(await produccion(d)).toMatchObject({ acumulado: '3.250000' })
  })

  it('7: rounded per concept, not per day', async () => {
    const { ot, P2 } = await escenaDeEstimacion(pool)
    const dia = { volumen: '3.25', sitio: SEMILLA.patio, gpuDe: ESTATUS.FIRMADO }
    const uno = await crea.produccion(P2, { fecha: '2026-02-14', ...dia })
    const dos = await crea.produccion(P2, { fecha: '2026-02-15', ...dia })
    expect((await crear(ot, [uno, dos])).body['totales']).toMatchObject({
      volumen_estimado: '6.500000',
      importe_mn: '16253.25',
    })
  })

  it('8: six decimals are billed and kept', async () => {
    const { ot, P3 } = await escenaDeEstimacion(pool)
    const sitio = SEMILLA.embarcacion
    const una = await crea.produccion(P3, { fecha: '2026-02-14', volumen: '3.333333', sitio })
    await crea.reporteDiario({ ot, fecha: '2026-02-14', sitio })
    const { body } = await crear(ot, [una])
    expect(body['totales']).toMatchObject({ importe_mn: '3750.00', volumen_estimado: '3.333333' })
    const { rows } = await pool.query(
      'SELECT volumen_actual::text AS actual, volumen_estimado::text AS estimado FROM estimacion_detalle WHERE id = $1',
      [await linea(Number(body['id_nuevo']), una)],
    )
    expect(rows).toEqual([{ actual: '3.333333', estimado: '3.333333' }])
  })

  it('9: a billed production is locked in the sábana, with the number of the estimation', async () => {
    const escena = await escenaDeEstimacion(pool)
    await borrador(escena)
    const sabana = await autoriza.agente
      .get('/operaciones/produccion/obtener_partidas_produccion/')
      .query({ id_ot: escena.ot, mes: 2, anio: 2026, tipo_tiempo: 'TE', id_sitio: SEMILLA.embarcacion })
    expect(JSON.stringify(sabana.body)).toContain('"estimacion":"EST-1 (EN ESTIMACION)"')
    const cerrada = await cambiarEn13(escena)
    expect([cerrada.status, JSON.stringify(cerrada.body)]).toEqual([409, expect.stringContaining('EST-1')])
  })

  it('9b: out of the draft only the signed day stops it; without live lines there, the day opens and it changes', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, b, e } = escena
    const { id, version } = await borrador(escena)
    const quitar = async (ids: readonly number[], de: unknown): Promise<Respuesta> =>
      enviar('quitar_detalles', { id, version: de, ids_detalle: await Promise.all(ids.map((una) => linea(id, una))) })
    const sinE = await quitar([e], version)
    expect(sinE.status).toBe(200)
    const firmada = JSON.stringify((await cambiarEn13(escena)).body)
    expect(firmada).toContain('El día está firmado.')
    expect(firmada).not.toContain('EST-1')
    // a and b are of the same site and day (settled §8).
    const conLineas = await abrirDia(escena)
    expect([conLineas.status, JSON.stringify(conLineas.body)]).toEqual([409, expect.stringContaining('EST-1')])
    expect((await quitar([a, b], sinE.body['version'])).status).toBe(200)
    expect((await abrirDia(escena)).status).toBe(200)
    expect((await cambiarEn13(escena)).status).toBe(200)
    const { rows } = await pool.query('SELECT volumen_produccion FROM produccion WHERE id = $1', [e])
    expect(rows).toEqual([{ volumen_produccion: '13.000000' }])
  })

  it('10: the flow by two people, and statuses of the production', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, b, e, ot } = escena
    const { id, version } = await borrador(escena)
    const ajuste = await ajustar(id, a, version, { volumen_estimado: '30', comentario_ajuste: 'medición cliente' })
    await crear(ot, [a])
    const directo = await cambiar(id, ajuste.body['version'], 'COBRADA', { fecha_cobro: '2026-03-10' })
    expect(directo.status).toBe(409)
    const enviada = await cambiar(id, ajuste.body['version'], 'ENVIADA')
    expect([enviada.status, enviada.body['estatus']]).toEqual([200, 'ENVIADA'])
    const propia = await cambiar(id, enviada.body['version'], 'AUTORIZADA', { fecha_autorizacion: '2026-02-20' })
    expect([propia.status, propia.body['detalles']]).toEqual([409, expect.stringContaining('otra persona')])
    const sinFecha = await cambiar(id, enviada.body['version'], 'AUTORIZADA', {}, autoriza.agente)
    expect(sinFecha.status).toBe(400)
    const autorizada = await cambiar(
      id,
      enviada.body['version'],
      'AUTORIZADA',
      { fecha_autorizacion: '2026-02-20' },
      autoriza.agente,
    )
    expect(autorizada.status).toBe(200)
    const facturada = await cambiar(id, autorizada.body['version'], 'FACTURADA', {
      folio_factura: 'F-100',
      fecha_factura: '2026-02-25',
    })
    expect(facturada.status).toBe(200)
    expect((await cambiar(id, facturada.body['version'], 'COBRADA', { fecha_cobro: '2026-02-24' })).status).toBe(400)
    expect((await cambiar(id, facturada.body['version'], 'COBRADA', { fecha_cobro: '2026-03-10' })).status).toBe(200)
    expect(await produccion(b)).toMatchObject({ estatus: 'COBRADA' })
    expect(await produccion(e)).toMatchObject({ estatus: 'COBRADA' })
    expect(await produccion(a)).toMatchObject({ estatus: 'EN_ESTIMACION' })
    const { rows } = await pool.query<{ sentencia: string }>(
      "SELECT evento || ' ' || campo AS sentencia FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 ORDER BY id",
      [id],
    )
    expect(rows.map(({ sentencia }) => sentencia)).toEqual([
      'CREAR Creó',
      'MODIFICAR Volumen estimado de 2.1. del 12/02/2026',
      ...Array.from({ length: 4 }, () => 'ACTUALIZAR Estatus'),
    ])
  })

  it('11: cancelled, it frees what it held and its number is not used again', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, ot } = escena
    const primera = await borrador(escena)
    await ajustar(primera.id, a, primera.version, { volumen_estimado: '30', comentario_ajuste: 'medición cliente' })
    const segunda = await crear(ot, [a])
    expect(segunda.body['numero']).toBe(2)
    const cancelar = (mas: Cuerpo) =>
      cambiar(Number(segunda.body['id_nuevo']), segunda.body['version'], 'CANCELADA', mas)
    expect((await cancelar({})).status).toBe(400)
    expect((await cancelar({ motivo: 'duplicada' })).status).toBe(200)
    // EST-1 still bills 30 of it, and its GPU says so.
    expect(await produccion(a)).toEqual({ estatus: 'PENDIENTE', acumulado: '30.000000', gpuEnLinea: true })
    expect((await candidatas(ot)).get(a)).toMatchObject({ saldo: '5.000000', estimable: true })
    expect((await crear(ot, [a])).body['numero']).toBe(3)
  })

  it('12: one line rejected leaves the totals and is free', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, b } = escena
    const { id, version } = await borrador(escena)
    const ajuste = await ajustar(id, a, version, { volumen_estimado: '30', comentario_ajuste: 'medición cliente' })
    const enviada = await cambiar(id, ajuste.body['version'], 'ENVIADA')
    const id_detalle = await linea(id, b)
    expect((await enviar('rechazar_detalle', { id_detalle, version: enviada.body['version'] })).status).toBe(400)
    const rechazo = await enviar('rechazar_detalle', {
      id_detalle,
      version: enviada.body['version'],
      comentario_ajuste: 'sin soporte',
    })
    expect([rechazo.status, rechazo.body['totales']]).toMatchObject([
      200,
      { importe_mn: '43500.00', importe_usd: '1500.00', volumen_estimado: '42.000000' },
    ])
    const { rows } = await pool.query<{ detalle: string }>(
      "SELECT detalle FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND campo = 'Rechazó'",
      [id],
    )
    expect(rows).toEqual([
      { detalle: expect.stringMatching(/^2\.1\. del 12\/02\/2026 de la estimación EST-1 .*: sin soporte$/) },
    ])
    expect(await produccion(b)).toEqual({ estatus: 'PENDIENTE', acumulado: '0.000000', gpuEnLinea: false })
    expect((await candidatas(escena.ot)).get(b)).toMatchObject({ saldo: '10.000000', estimable: true })
  })

  it('13: a reprogramación raises what is authorised, the GPU is signed: what was excedente is estimable', async () => {
    const { ot, c } = await escenaDeEstimacion(pool)
    const gpu = async (cuerpo: Cuerpo): Promise<number> =>
      (await enProduccion('guardar_estatus_gpu', { id_produccion: c, ...cuerpo })).status
    const firmar = { estatus_id: ESTATUS.FIRMADO, archivo: 'https://example.com/gpu.pdf' }
    // 35 and 10 fit in 45; the 20 of the next day do not.
    await cargarAnexo(ot, conP1({ volumen: '45' }))
    expect(await gpu({ estatus_id: ESTATUS.PROCESO })).toBe(200)
    expect((await candidatas(ot)).get(c)).toMatchObject({ estimable: false, motivos: ['EXCEDENTE', 'GPU_PENDIENTE'] })
    expect(await gpu(firmar)).toBe(409)
    const { status, body } = await autoriza.agente.post('/operaciones/ot/crear-ot-reprogramacion/').send({
      id_tipo: 5,
      orden_trabajo: 'OT-R',
      ot_principal: ot,
      fecha_inicio_programado: '2026-01-01',
      fecha_termino_programado: '2026-12-31',
    })
    expect(status).toBe(200)
    await cargarAnexo((body as { id_nuevo: number }).id_nuevo, conP1({ volumen: '100' }).slice(0, 1))
    expect((await candidatas(ot)).get(c)?.motivos).toEqual(['GPU_PENDIENTE'])
    expect(await gpu(firmar)).toBe(200)
    expect((await candidatas(ot)).get(c)).toMatchObject({ estimable: true, motivos: [], saldo: '20.000000' })
  })

  it('14: an annex with other prices does not move what was sent; a new draft uses them, an old one when told', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena, [escena.a])
    const enviada = await cambiar(id, version, 'ENVIADA')
    const vieja = await crear(escena.ot, [escena.b])
    await cargarAnexo(escena.ot, conP1({ mn: '1100' }))
    expect((await pedir('obtener', { id })).body['datos']).toMatchObject({
      total_importe_mn: '35000.00',
      total_importe_usd: '1750.00',
    })
    expect((await enviar('actualizar_precios', { id, version: enviada.body['version'] })).status).toBe(409)
    const de = (total: string) => [200, { importe_mn: total }]
    const precios = await enviar('actualizar_precios', { id: vieja.body['id_nuevo'], version: vieja.body['version'] })
    expect([precios.status, precios.body['totales']]).toMatchObject(de('11000.00'))
    expect(precios.body['cambiadas']).toBe(1)
    const cancelada = { motivo: 'se hace de nuevo' }
    await cambiar(Number(vieja.body['id_nuevo']), precios.body['version'], 'CANCELADA', cancelada)
    const nueva = await crear(escena.ot, [escena.b])
    expect([nueva.status, nueva.body['totales']]).toMatchObject(de('11000.00'))
  })

  it('15: nothing to bill creates nothing; a period upside down is refused', async () => {
    const { ot } = await escenaDeEstimacion(pool)
    const vacia = await enviar('crear', {
      id_ot: ot,
      fecha_desde: '2026-03-01',
      fecha_hasta: '2026-03-15',
      fecha_estimacion: '2026-03-16',
    })
    expect([vacia.status, vacia.body['tipo_aviso']]).toEqual([409, 'advertencia'])
    const alReves = await enviar('crear', { id_ot: ot, fecha_desde: '2026-03-15', fecha_hasta: '2026-03-01' })
    expect([alReves.status, alReves.body['campos']]).toEqual([400, { fecha_hasta: expect.any(String) as string }])
    const { rows } = await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM estimacion_header WHERE id_ot = $1',
      [ot],
    )
    expect(rows[0]?.n).toBe(0)
  })

  it('17: who may only look, and who is nobody', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena)
    const mira = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await cambiar(id, version, 'ENVIADA', {}, mira.agente)).status).toBe(403)
    const { status } = await app.anonimo().post(`${BASE}/cambiar_estatus/`).send({ id, version, estatus: 'ENVIADA' })
    expect(status).toBe(401)
  })

  it('18: a status of billing in use is not deleted, although the person insists', async () => {
    await borrador(await escenaDeEstimacion(pool))
    for (const confirmar of [0, 1]) {
      const { status } = await autoriza.agente
        .post('/operaciones/catalogos/estatus/eliminar/')
        .send({ id: 24, confirmar })
      expect([confirmar, status]).toEqual([confirmar, 409])
    }
    const { rows } = await pool.query('SELECT activo FROM cat_estatus WHERE id = 24')
    expect(rows).toEqual([{ activo: true }])
    await expect(pool.query('DELETE FROM cat_estatus WHERE id = 24')).rejects.toMatchObject({ code: '23001' })
  })

  it('the list by OT, with the totals of the filter and without what was cancelled', async () => {
    const escena = await escenaDeEstimacion(pool)
    const uno = await borrador(escena, [escena.a])
    const dos = await borrador(escena, [escena.e])
    await cambiar(dos.id, dos.version, 'CANCELADA', { motivo: 'prueba' })
    const { body } = await pedir('datatable', { id_ot: escena.ot, draw: 4, length: 10 })
    expect(body).toMatchObject({
      draw: 4,
      recordsFiltered: 2,
      totales: { total_importe_mn: '35000.00', total_homologado: '68538.40' },
      data: [
        { id: dos.id, numero: 2, estatus: 'CANCELADA', estatus_id: 29 },
        { id: uno.id, numero: 1, estatus: 'EN ESTIMACION', fecha_desde: '2026-02-01', total_importe_usd: '1750.00' },
      ],
    })
  })

  it('one click: everything estimable of the period in one draft, the rest stays out', async () => {
    const { ot } = await escenaDeEstimacion(pool)
    const { status, body } = await enviar('crear', { id_ot: ot, ...QUINCENA })
    expect([status, body['totales']]).toMatchObject([200, { volumen_estimado: '57.000000', importe_mn: '58500.00' }])
  })

  it('changes without version are refused, with an old one they lose', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena)
    expect((await enviar('editar', { id, comentario: 'x' })).status).toBe(400)
    expect((await enviar('editar', { id, version, comentario: 'x' })).status).toBe(200)
    expect((await enviar('editar', { id, version, comentario: 'y' })).status).toBe(409)
  })
})

describe('what the database itself refuses', () => {
  const intentar = async (sentencia: string, valores: unknown[] = []): Promise<string | undefined> => {
    try {
      await pool.query(sentencia, valores)
      return undefined
    } catch (error) {
      return (error as { constraint?: string }).constraint
    }
  }

  it('billing twice, a jump in the flow, the same person, a moved or deleted production, an opened day', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, e, ot } = escena
    const { id, version } = await borrador(escena)
    expect(
      await intentar('UPDATE produccion SET volumen_estimado_acumulado = volumen_produccion + 1 WHERE id = $1', [a]),
    ).toBe('produccion_volumen_ya_estimado')
    expect(await intentar('UPDATE estimacion_header SET id_estatus_cobro = 13 WHERE id = $1', [id])).toBe(
      'estimacion_header_transicion',
    )
    expect(await intentar('UPDATE produccion SET volumen_produccion = 50 WHERE id = $1', [a])).toBe(
      'produccion_estimada',
    )
    expect(await intentar('DELETE FROM produccion WHERE id = $1', [e])).toBe('produccion_estimada')
    expect(
      await intentar(
        `UPDATE reporte_diario_detalle d SET id_estatus = 20, bloqueado = false, fecha_firma = NULL, huella_firma = NULL
         FROM reporte_mensual_header m WHERE m.id = d.id_reporte_mensual AND m.id_ot = $1`,
        [ot],
      ),
    ).toBe('reporte_diario_detalle_estimado')
    expect(await intentar('UPDATE ot SET estatus = 0 WHERE id = $1', [ot])).toBe('ot_estimada')
    expect(await intentar('DELETE FROM estimacion_header WHERE id = $1', [id])).toBe('estimacion_header_permanece')
    const enviada = await cambiar(id, version, 'ENVIADA')
    expect(enviada.status).toBe(200)
    expect(
      await intentar('UPDATE estimacion_detalle SET volumen_estimado = 1 WHERE id_estimacion_header = $1', [id]),
    ).toBe('estimacion_detalle_congelada')
    expect(
      await intentar(
        "UPDATE estimacion_header SET id_estatus_cobro = 26, autorizado_por = enviado_por, fecha_autorizacion = '2026-02-20' WHERE id = $1",
        [id],
      ),
    ).toBe('estimacion_header_dos_personas')
  })
})
