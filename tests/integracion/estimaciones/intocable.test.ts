// Issue D §3: what is billed is not deleted, zeroed nor unsigned, by the pages or by a hand in the database; the refusal says
// in which estimation it is. A draft is enough: its line can be taken out to free it.
import type { DatabaseError } from 'pg'
import { beforeAll, describe, expect, it } from 'vitest'
import { aplicarAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { anexoLeido } from '../../apoyo/anexo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { hastaQueAlguienEspere } from '../../apoyo/bd.ts'
import { cargadorDe, libroDeAnexo, sembrarCatalogo, Y } from '../../apoyo/carga-anexo.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import { ESTATUS, fabricasProduccion, PARTIDAS_COMUNES } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z', cola: true })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('administrador')
const ctx = await app.ctxDe('administrador')
await sembrarCatalogo(pool)
const PRODUCCION = '/operaciones/produccion'
const BARCO = SEMILLA.embarcacion

type Cuerpo = Record<string, unknown>
async function enviar(ruta: string, cuerpo: Cuerpo): Promise<{ estado: number; texto: string; cuerpo: Cuerpo }> {
  const { status, body } = await agente.post(ruta).send(cuerpo)
  return { estado: status, texto: JSON.stringify(body), cuerpo: body as Cuerpo }
}
/** EST-2 of a family (EST-1 is cancelled, so that the number is not any) with a, b and e. */
async function estimada(
  enviada = false,
  antes: (escena: Escena) => Promise<void> = () => Promise.resolve(),
): Promise<Escena & { id: number; version: number }> {
  const escena = await escenaDeEstimacion(pool)
  await antes(escena)
  const pedir = (ids: readonly number[]) =>
    enviar('/operaciones/estimaciones/crear/', {
      id_ot: escena.ot,
      fecha_desde: '2026-02-01',
      fecha_hasta: '2026-02-15',
      fecha_estimacion: '2026-02-16',
      detalles: ids.map((id_produccion) => ({ id_produccion })),
    })
  const mover = (de: Cuerpo, estatus: string) =>
    enviar('/operaciones/estimaciones/cambiar_estatus/', {
      id: de['id_nuevo'],
      version: de['version'],
      estatus,
      motivo: 'de la prueba',
    })
  expect((await mover((await pedir([escena.e])).cuerpo, 'CANCELADA')).estado).toBe(200)
  const { cuerpo } = await pedir([escena.a, escena.b, escena.e])
  expect(cuerpo['numero']).toBe(2)
  const version = enviada ? (await mover(cuerpo, 'ENVIADA')).cuerpo['version'] : cuerpo['version']
  return { ...escena, id: Number(cuerpo['id_nuevo']), version: Number(version) }
}
const conflicto = (que: { estado: number; texto: string }) => [que.estado, que.texto]
const EN_EST_2 = [409, expect.stringContaining('EST-2') as string]
const foto = async (): Promise<unknown> =>
  (
    await pool.query(
      `SELECT (SELECT json_agg(p ORDER BY p.id) FROM produccion p) AS produccion, (SELECT json_agg(g ORDER BY g.id) FROM registro_generadores_pu g) AS gpus,
        (SELECT json_agg(d ORDER BY d.id) FROM reporte_diario_detalle d) AS dias, (SELECT json_agg(json_build_array(o.id, o.estatus) ORDER BY o.id) FROM ot o) AS ots,
        (SELECT json_agg(json_build_array(v.id, v.es_activo) ORDER BY v.id) FROM importacion_anexo v) AS anexos`,
    )
  ).rows

describe('by the pages', () => {
  it('production: another volume, or none', async () => {
    const { ot, P3 } = await estimada()
    for (const valor of ['13', '0.000001', '0', '']) {
      const cambio = { id_partida_imp: P3.id, dia: 12, valor, valor_anterior: '12' }
      const lugar = { id_ot: ot, mes: 2, anio: 2026, id_sitio: BARCO, tipo_tiempo: 'TE' }
      expect(
        conflicto(await enviar(`${PRODUCCION}/guardar_produccion_masiva/`, { ...lugar, cambios: [cambio] })),
      ).toEqual(EN_EST_2)
    }
  })

  it('its GPU: status, link, one by one and many at once, evidence brought and taken away', async () => {
    let evidencia = 0
    const { a, b } = await estimada(false, async (escena) => {
      const { rows } = await pool.query<{ id: string }>(
        `WITH f AS (INSERT INTO archivo (sha256, clase, bytes, clave) VALUES (repeat('a', 64), 'png', 1, 'aa') RETURNING id)
         INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre) SELECT g.id, f.id, 'foto.png' FROM f, registro_generadores_pu g
         WHERE g.id_produccion = $1 RETURNING id`,
        [escena.a],
      )
      evidencia = Number(rows[0]?.id)
    })
    const gpu = (cuerpo: Cuerpo) => enviar(`${PRODUCCION}/guardar_estatus_gpu/`, { id_produccion: a, ...cuerpo })
    expect(conflicto(await gpu({ estatus_id: ESTATUS.PROCESO }))).toEqual(EN_EST_2)
    expect(conflicto(await gpu({ estatus_id: ESTATUS.FIRMADO, archivo: 'https://example.com/otro' }))).toEqual(EN_EST_2)
    const registros = [{ id_produccion: a }, { id_produccion: b }]
    const varios = { estatus_id: ESTATUS.PENDIENTE, registros }
    expect(conflicto(await enviar(`${PRODUCCION}/guardar_estatus_gpus/`, varios))).toEqual(EN_EST_2)
    const retiro = { id: evidencia, motivo: 'otra foto' }
    expect(conflicto(await enviar(`${PRODUCCION}/retirar_evidencia_gpu/`, retiro))).toEqual(EN_EST_2)
    const subida = await agente
      .post(`${PRODUCCION}/subir_evidencia_gpu/`)
      .field('id_produccion', String(a))
      .attach('archivos', Buffer.from('nada'), 'foto.png')
    expect([subida.status, JSON.stringify(subida.body)]).toEqual(EN_EST_2)
  })

  it('its day: opened, or left without status', async () => {
    const { ot } = await estimada()
    for (const valor of ['', 'PROCESO', 'PENDIENTE', 'FALTA FIRMA PEMEX']) {
      const cambios = [{ id_ot: ot, dia: 12, valor, valor_anterior: 'FIRMADO' }]
      const lugar = { id_sitio: BARCO, mes: 2, anio: 2026, motivo: 'corrección', cambios }
      expect(conflicto(await enviar(`${PRODUCCION}/guardar_reportes_diarios_masiva/`, lugar))).toEqual(EN_EST_2)
    }
  })

  it('its month is not opened again once the estimation left the draft', async () => {
    const { ot } = await estimada(true)
    const mes = { id_ot: ot, mes: 2, anio: 2026, comentario: 'de la prueba' }
    expect((await enviar(`${PRODUCCION}/cerrar_mes/`, { ...mes, forzar: true })).estado).toBe(200)
    expect(conflicto(await enviar(`${PRODUCCION}/reabrir_mes/`, mes))).toEqual(EN_EST_2)
  })

  it('its annex: a workbook without the concept, although the person insists; the version undone', async () => {
    const { ot } = await estimada()
    const cargador = cargadorDe(agente)
    for (const campos of [{}, { confirmar_sin_destino: '1' }]) {
      const { status, body } = await cargador.cargar(ot, libroDeAnexo([Y]), campos)
      expect([status, JSON.stringify(body)]).toEqual(EN_EST_2)
    }
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM importacion_anexo WHERE id_ot = $1 AND es_activo',
      [ot],
    )
    for (const confirmado of [false, true]) {
      const { status, body } = await cargador.deshacer(Number(rows[0]?.id), confirmado)
      expect([status, JSON.stringify(body)]).toEqual(EN_EST_2)
    }
  })

  it('its annex: another authorised volume or price is not a removal', async () => {
    const { ot, id } = await estimada(true)
    const lineas = PARTIDAS_COMUNES.map((partida) => ({ ...partida, volumen: '1', mn: '7' }))
    const encargo = { modo: 'reemplazo', alcance: 'todo', nombre: 'ANEXO.xlsx', huella: null } as const
    await aplicarAnexo(
      ctx,
      { idOt: ot, ...encargo, confirmarSinDestino: false, guardarLibro: () => Promise.resolve(null) },
      anexoLeido(lineas),
      () => Promise.resolve(),
    )
    const { rows } = await pool.query('SELECT total_importe_mn FROM estimacion_header WHERE id = $1', [id])
    expect(rows).toEqual([{ total_importe_mn: '58500.00' }])
  })

  it('its order: the initial one, and the reprogramación that authorises it', async () => {
    const { ot } = await estimada()
    expect(conflicto(await enviar('/operaciones/ot/eliminar/', { id: ot }))).toEqual(EN_EST_2)
    const reprogramacion = await fabricas(pool).reprogramacion(ot, { num_reprogramacion: 1, estatus: 1 })
    await aplicarAnexo(
      ctx,
      {
        idOt: reprogramacion,
        modo: 'reemplazo',
        alcance: 'todo',
        nombre: 'ANEXO.xlsx',
        huella: null,
        confirmarSinDestino: false,
        guardarLibro: () => Promise.resolve(null),
      },
      anexoLeido(PARTIDAS_COMUNES.slice(0, 1)),
      () => Promise.resolve(),
    )
    expect(conflicto(await enviar('/operaciones/ot/eliminar/', { id: reprogramacion }))).toEqual(EN_EST_2)
    const ajena = await fabricas(pool).reprogramacion(ot, { num_reprogramacion: 2, estatus: 1 })
    expect((await enviar('/operaciones/ot/eliminar/', { id: ajena })).estado).toBe(200)
  })

  it('what a cancelled estimation names stays in its history: another volume yes, none no', async () => {
    const { ot, P3, id, version } = await estimada()
    const cancelada = { id, version, estatus: 'CANCELADA', motivo: 'de la prueba' }
    expect((await enviar('/operaciones/estimaciones/cambiar_estatus/', cancelada)).estado).toBe(200)
    const dia = { id_ot: ot, dia: 12, valor: 'PROCESO', valor_anterior: 'FIRMADO' }
    const abrir = { id_sitio: BARCO, mes: 2, anio: 2026, motivo: 'corrección', cambios: [dia] }
    expect((await enviar(`${PRODUCCION}/guardar_reportes_diarios_masiva/`, abrir)).estado).toBe(200)
    const capturar = (valor: string, valor_anterior: string) =>
      enviar(`${PRODUCCION}/guardar_produccion_masiva/`, {
        id_ot: ot,
        mes: 2,
        anio: 2026,
        id_sitio: BARCO,
        tipo_tiempo: 'TE',
        cambios: [{ id_partida_imp: P3.id, dia: 12, valor, valor_anterior }],
      })
    expect((await capturar('11', '12')).estado).toBe(200)
    expect(conflicto(await capturar('', '11'))).toEqual([409, expect.stringContaining('historial de EST-1, EST-2')])
  })
})

describe('by hand in the database', () => {
  let escena: Escena & { id: number }
  beforeAll(async () => {
    escena = await estimada(true)
  })
  const DE = (columna: string) =>
    `${columna} IN (SELECT id_produccion FROM estimacion_detalle WHERE id_estimacion_header = $1)`
  const DIA = `id_reporte_mensual IN (SELECT id_reporte_mensual FROM produccion WHERE ${DE('id')}) AND fecha = '2026-02-12' AND bloqueado`
  const MES = `id IN (SELECT id_reporte_mensual FROM produccion WHERE ${DE('id')})`
  const PARTIDA = `id IN (SELECT id_partida_anexo FROM produccion WHERE ${DE('id')})`
  const GPU = 'registro_generadores_pu_estimado'
  const MANOS: readonly (readonly [restriccion: string, sentencia: string])[] = [
    ['produccion_estimada', `DELETE FROM produccion WHERE ${DE('id')}`],
    ['produccion_estimada', `UPDATE produccion SET volumen_produccion = 0.000001 WHERE ${DE('id')}`],
    ['produccion_estimada', `UPDATE produccion SET fecha_produccion = fecha_produccion + 1 WHERE ${DE('id')}`],
    [GPU, `DELETE FROM registro_generadores_pu WHERE ${DE('id_produccion')}`],
    [GPU, `UPDATE registro_generadores_pu SET id_estatus = 20 WHERE ${DE('id_produccion')}`],
    [GPU, `UPDATE registro_generadores_pu SET archivo = 'https://example.com' WHERE ${DE('id_produccion')}`],
    [
      GPU,
      `INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre) SELECT g.id, 1, 'x' FROM registro_generadores_pu g WHERE ${DE('g.id_produccion')}`,
    ],
    ['reporte_diario_detalle_estimado', `DELETE FROM reporte_diario_detalle WHERE ${DIA}`],
    [
      'reporte_diario_detalle_estimado',
      `UPDATE reporte_diario_detalle SET id_estatus = 20, bloqueado = false, fecha_firma = NULL, huella_firma = NULL WHERE ${DIA}`,
    ],
    ['reporte_diario_detalle_estimado', `UPDATE reporte_diario_detalle SET fecha = '2026-02-27' WHERE ${DIA}`],
    ['reporte_mensual_header_estimado', `DELETE FROM reporte_mensual_header WHERE ${MES}`],
    ['reporte_mensual_header_estimado', `UPDATE reporte_mensual_header SET mes = 3 WHERE ${MES}`],
    ['importacion_anexo_estimada', `DELETE FROM partida_anexo_importada WHERE ${PARTIDA}`],
    [
      'importacion_anexo_estimada',
      `UPDATE importacion_anexo SET es_activo = false WHERE id IN (SELECT id_importacion_anexo FROM partida_anexo_importada WHERE ${PARTIDA})`,
    ],
    ['ot_estimada', 'UPDATE ot SET estatus = 0 WHERE id = (SELECT id_ot FROM estimacion_header WHERE id = $1)'],
    ['ot_estimada', 'DELETE FROM ot WHERE id = (SELECT id_ot FROM estimacion_header WHERE id = $1)'],
    ['sitio_estimado', `DELETE FROM sitio WHERE id IN (SELECT id_sitio_produccion FROM produccion WHERE ${DE('id')})`],
  ]
  it.each(MANOS)('%s: %s', async (restriccion, sentencia) => {
    const antes = await foto()
    const fallo = await pool.query(sentencia, [escena.id]).then(
      () => null,
      (error: unknown) => error as DatabaseError,
    )
    expect([fallo?.constraint, fallo?.message]).toEqual([restriccion, expect.stringContaining('EST-2')])
    expect(await foto()).toEqual(antes)
  })

  it('a closed month is not opened, while it is beyond a draft', async () => {
    await pool.query(`UPDATE reporte_mensual_header SET id_estatus = 22, fecha_cierre = now() WHERE ${MES}`, [
      escena.id,
    ])
    await expect(
      pool.query(`UPDATE reporte_mensual_header SET id_estatus = 21, fecha_cierre = NULL WHERE ${MES}`, [escena.id]),
    ).rejects.toMatchObject({ constraint: 'reporte_mensual_header_estimado' })
  })

  it('lines and header: nothing moves, nobody becomes another person, nothing is billed for an order that is not alive', async () => {
    const otra = await estimada()
    const CONGELADA = 'estimacion_detalle_congelada'
    const intentos: readonly (readonly [string, string, readonly unknown[]])[] = [
      [
        'estimacion_detalle_permanece',
        'UPDATE estimacion_detalle SET id_estimacion_header = $2 WHERE id_estimacion_header = $1',
        [escena.id, otra.id],
      ],
      [
        'estimacion_detalle_permanece',
        'UPDATE estimacion_detalle SET id_produccion = $2 WHERE id_estimacion_header = $1',
        [otra.id, escena.d],
      ],
      [CONGELADA, `UPDATE estimacion_detalle SET concepto = 'OTRO' WHERE id_estimacion_header = $1`, [escena.id]],
      [
        CONGELADA,
        `UPDATE estimacion_detalle SET comentario_ajuste = 'otro motivo' WHERE id_estimacion_header = $1`,
        [escena.id],
      ],
      [CONGELADA, 'DELETE FROM estimacion_detalle WHERE id_estimacion_header = $1', [escena.id]],
      ['estimacion_header_dos_personas', 'UPDATE estimacion_header SET enviado_por = NULL WHERE id = $1', [escena.id]],
      [
        'estimacion_header_dos_personas',
        `UPDATE estimacion_header SET id_estatus_cobro = 26, fecha_autorizacion = '2026-02-20', autorizado_por = enviado_por, enviado_por = NULL WHERE id = $1`,
        [escena.id],
      ],
    ]
    for (const [restriccion, sentencia, valores] of intentos) {
      const fallo = pool.query(sentencia, [...valores])
      await expect(fallo, sentencia).rejects.toMatchObject({ constraint: restriccion })
    }
    await pool.query('DELETE FROM estimacion_detalle WHERE id_estimacion_header = $1', [otra.id])
    await expect(
      pool.query('UPDATE estimacion_header SET id_estatus_cobro = 25, fecha_envio = now() WHERE id = $1', [otra.id]),
    ).rejects.toMatchObject({ constraint: 'estimacion_header_con_lineas' })
    const eliminada = await fabricas(pool).ot({ estatus: 0 })
    await expect(
      pool.query(
        `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
         VALUES ($1, 1, '2026-02-01', '2026-02-01', '2026-02-01', 1, 'x')`,
        [eliminada],
      ),
    ).rejects.toMatchObject({ constraint: 'estimacion_header_ot_activa' })
  })

  it('two hands at once without the lock of the family: the second one does not fit', async () => {
    const { ot, P3 } = await escenaDeEstimacion(pool)
    const id = await crea.produccion(P3, { fecha: '2026-02-14', volumen: '10', sitio: BARCO })
    const cabeceras = [1, 2].map((numero) =>
      pool.query<{ id: string }>(
        `INSERT INTO estimacion_header (id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente)
         VALUES ($1, $2, '2026-02-28', '2026-02-01', '2026-02-28', 1, 'x') RETURNING id`,
        [ot, numero],
      ),
    )
    const ids = (await Promise.all(cabeceras)).map(({ rows }) => rows[0]?.id)
    const poner = (en: Pick<typeof pool, 'query'>, cabecera: string | undefined) =>
      en.query(
        `INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn,
           precio_unitario_usd, anexo, codigo, concepto, unidad) VALUES ($1, $2, 10, 10, 1, 0, 'C-5', 'X', 'X', 'M')`,
        [cabecera, id],
      )
    const mano = await pool.connect()
    await mano.query('BEGIN')
    await poner(mano, ids[0])
    const segunda = poner(pool, ids[1]).then(
      () => 'billed twice',
      (error: unknown) => (error as DatabaseError).constraint,
    )
    // It waits for the first one, which has not committed.
    await hastaQueAlguienEspere(pool)
    await mano.query('COMMIT')
    mano.release()
    expect(await segunda).toBe('produccion_volumen_ya_estimado')
    expect(
      (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).filter(
        (una) => !una.correcto && una.clave !== 'est_totales',
      ),
    ).toEqual([])
  })
})
