import { describe, expect, it } from 'vitest'
import { RUTA_ANEXO } from '../../../src/modulos/anexo/anexo.contrato.ts'
import type { RespuestaActividad } from '../../../src/modulos/auditoria/actividad/actividad.contrato.ts'
import { TABLA_LOG } from '../../../src/modulos/auditoria/index.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { cargadorDe, CABECERA, libroDeAnexo, sembrarCatalogo, W, X, Y } from '../../apoyo/carga-anexo.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { textosDeLibro } from '../../apoyo/importacion-web.ts'
import { libroDePrueba } from '../../apoyo/libro.ts'

const app = await crearAppDePruebas({ cola: true })
const { pool } = app.conexion
await sembrarCatalogo(pool)
const crea = fabricas(pool)
const { agente: navegador } = await app.entrarComo('operaciones')
const agente = tipado(navegador)
const { cargar, seguir, historial } = cargadorDe(agente)
const administrador = tipado((await app.entrarComo('administrador')).agente)
const jefe = cargadorDe(administrador)

const tabla = async (ot: number) =>
  (await agente.get('/operaciones/ot/datatable-importaciones/').query({ ot_id: ot, length: -1 })).body
const programa = async (ot: number): Promise<string[]> =>
  (
    await pool.query<{ t: string }>(
      `SELECT p.id_partida || ' ' || d.fecha::text || ' ' || trim_scale(d.volumen_programado) AS t FROM partida_proyectada_dia d
       JOIN partida_anexo_importada p ON p.id = d.id_partida_anexo JOIN importacion_anexo i ON i.id = p.id_importacion_anexo
       WHERE i.id_ot = $1 AND i.es_activo ORDER BY 1`,
      [ot],
    )
  ).rows.map(({ t }) => t)
const cuantas = async (ot: number): Promise<number> =>
  Number(
    (await pool.query<{ n: string }>('SELECT count(*) AS n FROM importacion_anexo WHERE id_ot = $1', [ot])).rows[0]?.n,
  )

describe('anexo-c §11: examples over HTTP', () => {
  it('§11.1: happy path, and its table', async () => {
    const ot = await crea.ot()
    const libro = libroDeAnexo([[...X, 10, 20.5]], { dias: [{ fecha: '2026-03-05' }, { fecha: '2026-03-06' }] })
    const { status, body } = await cargar(ot, libro)
    expect(status).toBe(200)
    expect(body).toMatchObject({ exito: true, tipo_aviso: 'exito', total: 1, creadas: 1, numero: 1 })
    expect(body.mensaje).toBe(body.detalles)
    expect(body.detalles).toContain('Se registró 1 partida del Anexo C.')
    expect(body.advertencias.map(({ mensaje }) => mensaje).join(' ')).toMatch(/precio[\s\S]*30\.5/i)
    const { data, totales } = await tabla(ot)
    expect(data).toEqual([
      {
        codigo_concepto: '2.1.',
        descripcion: 'TUBO DE ACERO',
        unidad: 'M',
        cantidad: '1234.500000',
        precio_unitario_mn: '118.2500',
        precio_unitario_usd: '0.0000',
        importe: '145979.63',
      },
    ])
    expect(totales).toEqual({ mn: '145979.63', usd: '0.00', homologado: '145979.63', tipo_cambio: '19.1648' })
    expect(await programa(ot)).toEqual(['2.1. 2026-03-05 10', '2.1. 2026-03-06 20.5'])
  })

  it('§11.2, §11.3 and §11.14: price of the workbook, totals to the cent, a code of 12 characters whole', async () => {
    const ot = await crea.ot()
    await cargar(
      ot,
      libroDeAnexo([
        ['C-3', '3.5.', 'ESTRUCTURA', 'TON', 10, 100, 5],
        ['C3EXT', 'C3EXT-1538.1', 'SERVICIO W', 'SERVICIO', 3.5, 0, 0],
      ]),
    )
    const { data, totales } = await tabla(ot)
    expect(
      (data as unknown as { codigo_concepto: string; importe: string }[]).map((fila) => [
        fila.codigo_concepto,
        fila.importe,
      ]),
    ).toEqual([
      ['3.5.', '1958.24'],
      ['C3EXT-1538.1', '1358.31'],
    ])
    expect(totales).toEqual({ mn: '1000.00', usd: '120.88', homologado: '3316.55', tipo_cambio: '19.1648' })
    const otra = await crea.ot()
    await cargar(otra, libroDeAnexo([Y, W]))
    expect((await tabla(otra)).data).toMatchObject([
      { precio_unitario_mn: '2500.5000' },
      { precio_unitario_usd: '20.2500' },
    ])
  })

  it('§11.4: a header without ANEXO is named and nothing is stored', async () => {
    const ot = await crea.ot()
    const { status, body } = await cargar(ot, libroDeAnexo([X.slice(1)], { cabecera: CABECERA.slice(1) }))
    expect([status, body.exito, body.tipo_aviso]).toEqual([400, false, 'advertencia'])
    expect(body.detalles).toContain('ANEXO')
    expect(await cuantas(ot)).toBe(0)
  })

  it('§11.6: errors answer 400 with their list (settled §7), their workbook can be downloaded, and the active one goes on', async () => {
    const ot = await crea.ot()
    await cargar(ot, libroDeAnexo([X]))
    const filas = [
      X,
      Y,
      W,
      ['C-2', '2.1.', 'TUBO DE ACERO', 'MTS', 1, 0, 0],
      X,
      Y,
      ['C-3', '9.9.', 'ESTRUCTURA', 'TON', 1, 1, 0],
    ]
    const { status, body } = await cargar(ot, libroDeAnexo(filas))
    expect([status, body.exito, body.tipo_aviso, body.codigo]).toEqual([400, false, 'advertencia', 'ERRORES'])
    expect(body.errores.map(({ hoja, fila, celda }) => [hoja, fila, celda])).toEqual([
      ['ANEXO C OT', 12, 'D12'],
      ['ANEXO C OT', 15, 'B15'],
    ])
    expect(body.errores[0]?.mensaje).toContain('MTS')
    expect((await historial(ot)).versiones).toHaveLength(1)
    const bajado = await navegador
      .get(body.libro_errores)
      .buffer(true)
      .parse((res, listo) => {
        const trozos: Buffer[] = []
        res.on('data', (trozo: Buffer) => trozos.push(trozo))
        res.on('end', () => {
          listo(null, Buffer.concat(trozos))
        })
      })
    expect([bajado.status, bajado.status === 200 ? '' : String(bajado.body)]).toEqual([200, ''])
    expect(bajado.headers['content-disposition']).toMatch(/Errores_Importacion_/)
    const hojas = await textosDeLibro(bajado.body as Buffer)
    const [cabecera, ...malas] = hojas['Errores Importacion'] ?? []
    expect(cabecera?.slice(0, 3)).toEqual(['OBSERVACIONES_SISTEMA', 'FILA_EXCEL', 'ANEXO'])
    expect(malas.map((fila) => fila[1])).toEqual(['12', '15'])
    // Analysed, the same is told without a refusal.
    const analizado = await cargar(ot, libroDeAnexo(filas), { simular: '1' })
    expect([analizado.status, analizado.body.exito, analizado.body.analisis, analizado.body.total_errores]).toEqual([
      200,
      true,
      null,
      2,
    ])
  })

  it('§11.11 and §11.12: update, and update of nothing', async () => {
    const ot = await crea.ot()
    const nada = await cargar(ot, libroDeAnexo([X]), { modo_actualizacion: 'true' })
    expect([nada.status, nada.body.tipo_aviso, nada.body.detalles]).toEqual([
      400,
      'advertencia',
      'La OT no tiene un Anexo C activo. Carga primero el anexo desde cero.',
    ])
    expect(await cuantas(ot)).toBe(0)
    await cargar(ot, libroDeAnexo([X, Y]))
    const { body } = await cargar(ot, libroDeAnexo([['C-2A', '2.1.', 'TUBO DE ACERO', 'M', 2000, 0, 0], W]), {
      modo_actualizacion: 'true',
    })
    expect(body).toMatchObject({ actualizadas: 1, creadas: 1, total: 3 })
    expect(body.detalles).toContain('Anexos actualizados: 1. Partidas nuevas: 1.')
    const { data, recordsTotal } = await tabla(ot)
    expect(recordsTotal).toBe(3)
    expect(data[0]).toMatchObject({ codigo_concepto: '2.1.', cantidad: '1234.500000' })
  })

  it('§11.16: programme of an update, whole or by its range', async () => {
    const dia = (mes: number, n: number) => ({ fecha: `2026-0${String(mes)}-${String(n).padStart(2, '0')}` })
    const febrero = libroDeAnexo([[...X, ...Array.from({ length: 10 }, () => 1)]], {
      dias: Array.from({ length: 10 }, (_, i) => dia(2, i + 1)),
    })
    const marzo = libroDeAnexo([[...X, 2, 2, 2, 2, 2]], { dias: Array.from({ length: 5 }, (_, i) => dia(3, i + 1)) })
    const todo = await crea.ot()
    await cargar(todo, febrero)
    const { body } = await cargar(todo, marzo, { modo_actualizacion: 'true' })
    expect(body.advertencias.some(({ mensaje }) => mensaje.includes('10 días programados'))).toBe(true)
    expect(await programa(todo)).toHaveLength(5)
    const rango = await crea.ot()
    await cargar(rango, febrero)
    await cargar(rango, marzo, { modo_actualizacion: 'true', alcance_programacion: 'rango' })
    expect(await programa(rango)).toHaveLength(15)
  })

  it('§11.17: two uploads at once leave exactly one active version, and no fault', async () => {
    const ot = await crea.ot()
    const [a, b] = await Promise.all([cargar(ot, libroDeAnexo([X])), jefe.cargar(ot, libroDeAnexo([Y]))])
    expect([a.status, b.status]).toEqual([200, 200])
    const { versiones } = await historial(ot)
    expect(versiones.map(({ estado }) => estado)).toEqual(['VIGENTE', 'ANTERIOR'])
    expect(app.errores).toEqual([])
  })

  it('§11.18: without session 401, without token 403, without permission 403, without data 400', async () => {
    const ot = await crea.ot()
    const libro = libroDeAnexo([X])
    const anonimo = await app.anonimo().post(RUTA_ANEXO.IMPORTAR).field('ot_id', ot).attach('archivo', libro, 'A.xlsx')
    const sinToken = await (
      await app.entrarComo('operaciones')
    ).agente
      .post(RUTA_ANEXO.IMPORTAR)
      .set('X-CSRFToken', '')
      .field('ot_id', ot)
    const soloVe = cargadorDe(tipado((await app.entrarComo('consulta')).agente))
    const soloActualiza = cargadorDe(
      tipado(
        (await app.entrarComo(['operaciones.view_importacionanexo', 'operaciones.change_importacionanexo'])).agente,
      ),
    )
    expect([anonimo.status, sinToken.status, (await soloVe.cargar(ot, libro)).status]).toEqual([401, 403, 403])
    expect((await soloActualiza.cargar(ot, libro)).status).toBe(403)
    expect((await soloActualiza.cargar(ot, libro, { modo_actualizacion: 'true' })).status).toBe(400)
    const sinOt = await cargar(null, libro)
    const sinArchivo = await seguir(ot, {})
    expect([sinOt, sinArchivo].map(({ status, body }) => [status, body.tipo_aviso])).toEqual([
      [400, 'advertencia'],
      [400, 'advertencia'],
    ])
    expect(await cuantas(ot)).toBe(0)
  })
})

describe('analysis, then apply (settled §7)', () => {
  it('nothing is written; the same workbook is applied by its task; what moved meanwhile is refused', async () => {
    const ot = await crea.ot()
    await cargar(ot, libroDeAnexo([X, Y]))
    const { body } = await cargar(ot, libroDeAnexo([X, W]), { simular: '1' })
    expect(body.analisis).toMatchObject({
      conteos: { nuevas: 1, cambiadas: 0, eliminadas: 1 },
      sin_cambio: 1,
      produccion_sin_destino: [],
      totales: { antes: { partidas: 2 }, despues: { partidas: 2, usd: '20.25' } },
    })
    expect(body.detalles).toBe('Se leyeron 2 partidas. Todavía no se ha guardado nada.')
    expect(await cuantas(ot)).toBe(1)
    const pendiente = await agente
      .get<{ pendiente: { tarea: number } | null }>(RUTA_ANEXO.PENDIENTE)
      .query({ ot_id: ot })
    expect(pendiente.body.pendiente?.tarea).toBe(body.tarea)
    await jefe.cargar(ot, libroDeAnexo([Y]))
    const tarde = await seguir(ot, { tarea: String(body.tarea), huella: body.huella })
    expect([tarde.status, tarde.body.codigo]).toEqual([409, 'PLAN'])
    const otra = await seguir(ot, { tarea: String(tarde.body.tarea), simular: '1' })
    const hecha = await seguir(ot, { tarea: String(otra.body.tarea), huella: otra.body.huella })
    expect(hecha.body).toMatchObject({ exito: true, numero: 3, total: 2 })
    const repetida = await seguir(ot, { tarea: String(otra.body.tarea), huella: otra.body.huella })
    expect(repetida.status).toBe(409)
  })

  it('asincrono=1 answers the task at once, which ends with the same', async () => {
    const ot = await crea.ot()
    const { status, body } = await cargar(ot, libroDeAnexo([X]), { asincrono: '1' })
    expect([status, body.exito, body.tipo_aviso]).toEqual([202, true, 'proceso'])
    const estado = async () =>
      (await agente.get<{ estado: string; resultado: unknown }>(`/operaciones/tareas/${String(body.tarea)}/estado/`))
        .body
    await expect.poll(async () => (await estado()).estado, { timeout: 15_000 }).toBe('terminada')
    expect((await estado()).resultado).toMatchObject({ clase: 'importacion', total: 1 })
  })

  it('a deleted OT, an old workbook and something that is not one', async () => {
    const borrada = await crea.ot({ estatus: -1 })
    expect((await cargar(borrada, libroDeAnexo([X]))).status).toBe(409)
    const ot = await crea.ot()
    const viejo = await cargar(ot, Buffer.from('x'), {}, 'ANEXO.xls')
    expect([viejo.status, viejo.body.detalles]).toEqual([
      400,
      'El libro es de una versión antigua de Excel (.xls). Guárdalo como .xlsx y súbelo otra vez.',
    ])
    expect((await cargar(ot, Buffer.from('no es un libro'))).status).toBe(400)
    const sinTabla = await cargar(ot, libroDePrueba({ hojas: [{ nombre: 'A', filas: [['PARTIDA', 'CONCEPTO']] }] }))
    expect([sinTabla.status, sinTabla.body.tipo_aviso]).toEqual([400, 'advertencia'])
    expect(await cuantas(ot)).toBe(0)
  })
})

describe('history', () => {
  it('newest first, with its workbook to download, and undone only by who may', async () => {
    const ot = await crea.ot()
    const libro = libroDeAnexo([X])
    await cargar(ot, libro, {}, 'PRIMERO.xlsx')
    const dos = await cargar(ot, libroDeAnexo([X, Y]), {}, 'SEGUNDO.xlsx')
    const { versiones, puede } = await historial(ot)
    expect(puede).toEqual({ reemplazar: true, actualizar: true, deshacer: false })
    expect(versiones.map(({ numero, archivo, total, estado }) => [numero, archivo, total, estado])).toEqual([
      [2, 'SEGUNDO.xlsx', 2, 'VIGENTE'],
      [1, 'PRIMERO.xlsx', 1, 'ANTERIOR'],
    ])
    const bajado = await navegador
      .get(versiones[1]?.ruta ?? '')
      .buffer(true)
      .parse((res, listo) => {
        const trozos: Buffer[] = []
        res.on('data', (trozo: Buffer) => trozos.push(trozo))
        res.on('end', () => {
          listo(null, Buffer.concat(trozos))
        })
      })
    expect(bajado.headers['content-disposition']).toContain('PRIMERO.xlsx')
    expect(Buffer.compare(bajado.body as Buffer, libro)).toBe(0)
    const sinPermiso = await cargadorDe(agente).deshacer(dos.body.importacion_id)
    expect(sinPermiso.status).toBe(403)
    const { status, body } = await jefe.deshacer(dos.body.importacion_id)
    expect([status, body.mensaje]).toEqual([200, 'La versión 2 se deshizo. Vuelve a estar vigente la versión 1.'])
    expect((await historial(ot)).versiones.map(({ estado }) => estado)).toEqual(['DESHECHA', 'VIGENTE'])
    expect((await tabla(ot)).recordsTotal).toBe(1)
  })

  it('the log of a load leads to the page of its OT, not to the OT with the number of the version', async () => {
    await crea.ot()
    const ot = await crea.ot()
    const { body } = await cargar(ot, libroDeAnexo([X]))
    const { data } = (
      await administrador
        .get<RespuestaActividad>('/operaciones/registro_actividad/datatable/')
        .query({ tabla_log: TABLA_LOG.IMPORTACION_ANEXO, length: 100 })
    ).body
    expect(data.find(({ registro_id }) => registro_id === body.importacion_id)).toMatchObject({
      enlace: `/operaciones/ot/${String(ot)}/`,
    })
    expect((await agente.get(`/operaciones/ot/${String(ot)}/`)).text).toContain('id="anexo"')
  })

  it('any two versions side by side, as a page', async () => {
    const ot = await crea.ot({ orden_trabajo: 'OT-COMPARA' })
    await cargar(ot, libroDeAnexo([X, Y]))
    await cargar(ot, libroDeAnexo([X, W]))
    const { status, text } = await navegador
      .get(`${RUTA_ANEXO.COMPARAR}?ot_id=${String(ot)}`)
      .set('Accept', 'text/html')
    expect(status).toBe(200)
    const datos = JSON.parse(/id="datos-pagina">([^<]*)</.exec(text)?.[1] ?? '{}') as { comparacion: unknown }
    expect(datos.comparacion).toMatchObject({ conteos: { nuevas: 1, cambiadas: 0, eliminadas: 1 }, sin_cambio: 1 })
  })
})
