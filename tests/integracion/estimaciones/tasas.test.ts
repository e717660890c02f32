// Exchange rates by date (issue D §2): with source and person, corrected with a reason, imported; estimations keep what they took.
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { tipado } from '../../apoyo/agente.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'
import { importadorDe } from '../../apoyo/importacion-web.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../apoyo/libro.ts'

const app = await crearAppDePruebas({ cola: true, reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente } = await app.entrarComo('estimaciones')
const lector = (await app.entrarComo('consulta')).agente
const BASE = '/operaciones/tipos-cambio'

type Cuerpo = Record<string, unknown>
const enviar = async (ruta: string, cuerpo: Cuerpo): Promise<{ status: number; body: Cuerpo }> => {
  const { status, body } = await agente.post(ruta).send(cuerpo)
  return { status, body: body as Cuerpo }
}
const capturar = (fecha: string, valor: string, fuente = 'Diario Oficial') =>
  enviar(`${BASE}/crear/`, { fecha, valor, fuente })
interface Fila {
  id: number
  fecha: string
  valor: string
  vale_hasta: string
  capturado_por: string
  estimaciones: number
}
async function listar(consulta: Cuerpo = {}): Promise<Fila[]> {
  const { body } = await lector.get(`${BASE}/datatable/`).query({ length: 100, ...consulta })
  return (body as { data: Fila[] }).data
}
async function de(fecha: string): Promise<Fila> {
  const fila = (await listar()).find((una) => una.fecha === fecha)
  if (!fila) throw new Error(`No rate of ${fecha}`)
  return fila
}
async function rastros(id: number): Promise<string[]> {
  const { rows } = await pool.query<{ rastro: string }>(
    `SELECT concat_ws(' | ', evento, campo, valor_anterior, valor_actual, detalle) AS rastro FROM registro_actividad
     WHERE tabla_log = 37 AND registro_id = $1 ORDER BY id`,
    [id],
  )
  return rows.map(({ rastro }) => rastro)
}
/** A draft of a family of its own, of a date. */
async function borrador(fecha: string, mas: Cuerpo = {}): Promise<{ id: number; version: number }> {
  const { ot, a, b, e } = await escenaDeEstimacion(pool)
  const { status, body } = await enviar('/operaciones/estimaciones/crear/', {
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-12',
    fecha_estimacion: fecha,
    detalles: [a, b, e].map((id) => ({ id_produccion: id })),
    ...mas,
  })
  expect([status, body['detalles']]).toEqual([200, expect.stringContaining('creada')])
  return { id: Number(body['id_nuevo']), version: Number(body['version']) }
}
async function cabecera(id: number): Promise<{ tasa: string; fuente: string; dia: string | null; homologado: string }> {
  const { rows } = await pool.query<{ fila: { tasa: string; fuente: string; dia: string | null; homologado: string } }>(
    `SELECT json_build_object('tasa', tipo_cambio::text, 'fuente', tipo_cambio_fuente, 'dia', tipo_cambio_dia, 'homologado', total_homologado::text) AS fila
     FROM estimacion_header WHERE id = $1`,
    [id],
  )
  if (!rows[0]) throw new Error('No estimation')
  return rows[0].fila
}

describe('capture and correction', () => {
  it('a day with its source and its person; another of the same day, a wrong value or a far day are refused', async () => {
    expect((await capturar('2026-02-12', '17.23456')).status).toBe(200)
    const fila = await de('2026-02-12')
    expect(fila).toMatchObject({
      valor: '17.2346',
      fuente: 'Diario Oficial',
      vale_hasta: '2026-02-20',
      estimaciones: 0,
    })
    expect(fila.capturado_por).not.toBe('Sistema')
    expect(await rastros(fila.id)).toEqual([
      'CREAR | Creó |  | 17.2346 (Diario Oficial) | el tipo de cambio del 12/02/2026',
    ])
    expect(await capturar('2026-02-12', '18')).toMatchObject({
      status: 409,
      body: { detalles: 'Ya hay un tipo de cambio de ese día. Edítalo.' },
    })
    for (const [fecha, valor, fuente, campo] of [
      ['', '17', 'x', 'fecha'],
      ['2026-02-30', '17', 'x', 'fecha'],
      ['2026-02-28', '17', 'x', 'fecha'],
      ['2026-02-13', '0', 'x', 'valor'],
      ['2026-02-13', '-1', 'x', 'valor'],
      ['2026-02-13', '1000000', 'x', 'valor'],
      ['2026-02-13', 'diecisiete', 'x', 'valor'],
      ['2026-02-13', '17', ' ', 'fuente'],
    ] as const) {
      const { status, body } = await capturar(fecha, valor, fuente)
      expect([fecha, valor, status, Object.keys(body['campos'] as object)]).toEqual([fecha, valor, 400, [campo]])
    }
  })

  it('a jump of more than 10 % is kept and said', async () => {
    const { body } = await capturar('2026-02-16', '171.9')
    expect(body['detalles']).toBe('Tipo de cambio guardado. Cambia más de 10 % contra el anterior (17.2346): revísalo.')
    expect((await de('2026-02-12')).vale_hasta).toBe('2026-02-15')
  })

  it('a correction asks for its reason and its version, and is written down', async () => {
    const { id } = await de('2026-02-16')
    const corregir = (cambio: Cuerpo) => enviar(`${BASE}/corregir/`, { id, version: 1, valor: '17.19', ...cambio })
    expect((await corregir({})).body['campos']).toHaveProperty('motivo')
    expect((await corregir({ motivo: 'uff' })).status).toBe(400)
    expect((await corregir({ version: undefined })).status).toBe(400)
    expect((await corregir({ id: 999_999, motivo: 'mal tecleado' })).status).toBe(404)
    expect((await corregir({ motivo: 'mal tecleado' })).body['detalles']).toBe(
      'Tipo de cambio corregido. Las estimaciones que ya lo usan conservan el suyo.',
    )
    const tarde = await corregir({ motivo: 'otra vez', valor: '17.3' })
    expect(tarde).toMatchObject({ status: 409, body: { codigo: 'VERSION', datos: { valor: '17.1900', version: 2 } } })
    expect((await corregir({ version: 2 })).body['detalles']).toBe('El tipo de cambio ya estaba así.')
    expect((await rastros(id)).slice(1)).toEqual([
      'MODIFICAR | Tipo de cambio | 171.9000 | 17.1900 | del 16/02/2026: mal tecleado',
    ])
  })

  it('who may not capture reads', async () => {
    expect((await lector.post(`${BASE}/crear/`).send({ fecha: '2026-02-17', valor: '17', fuente: 'x' })).status).toBe(
      403,
    )
    expect((await lector.get(`${BASE}/`)).status).toBe(200)
  })

  it('constant number of rows read: filters by day and by text', async () => {
    expect((await listar({ desde: '2026-02-13', hasta: '2026-02-28' })).map(({ fecha }) => fecha)).toEqual([
      '2026-02-16',
    ])
    expect((await listar({ buscar: '12/02' })).map(({ fecha }) => fecha)).toEqual(['2026-02-12'])
  })
})

describe('what an estimation takes', () => {
  it('the rate of its day, or of the last one before; the row counts who took it, and its day is not erased', async () => {
    const delDia = await borrador('2026-02-12')
    const delDomingo = await borrador('2026-02-15')
    const esperada = { tasa: '17.2346', fuente: 'Diario Oficial del 12/02/2026', dia: '2026-02-12' }
    expect(await cabecera(delDia.id)).toMatchObject(esperada)
    // 58,500.00 + 2,250.00 × 17.2346
    expect(await cabecera(delDomingo.id)).toMatchObject({ ...esperada, homologado: '97277.85' })
    expect((await de('2026-02-12')).estimaciones).toBe(2)
    await expect(pool.query("DELETE FROM tipo_cambio WHERE fecha = '2026-02-12'")).rejects.toThrow(
      'estimacion_header_tipo_cambio_dia_fk',
    )
    const { body } = await lector.get(`${BASE}/del_dia/`).query({ fecha: '2026-02-14' })
    expect(body).toEqual({ valor: '17.2346', fuente: esperada.fuente, dia: '2026-02-12' })
  })

  it('before the first captured day, that of the system; one typed says who typed it', async () => {
    expect((await lector.get(`${BASE}/del_dia/`).query({ fecha: '2026-02-01' })).body).toEqual({
      valor: '19.1648',
      fuente: 'parámetro del sistema',
      dia: null,
    })
    const escrita = await borrador('2026-02-12', { tipo_cambio: '18.5' })
    expect(await cabecera(escrita.id)).toMatchObject({
      tasa: '18.5000',
      fuente: expect.stringMatching(/^capturado por /),
      dia: null,
    })
  })

  it('after a correction it keeps its rate; the draft is told and takes it again, the sent one stays', async () => {
    const nuevo = await borrador('2026-02-17')
    const enviada = await borrador('2026-02-17')
    const envio = await enviar('/operaciones/estimaciones/cambiar_estatus/', { ...enviada, estatus: 'ENVIADA' })
    expect(envio.status).toBe(200)
    const pagina = async (id: number): Promise<string> =>
      (await agente.get(`/operaciones/estimaciones/${String(id)}/`)).text
    expect(await pagina(nuevo.id)).not.toContain('El tipo de cambio de su fecha es ahora')
    const { id } = await de('2026-02-16')
    await enviar(`${BASE}/corregir/`, { id, version: 2, valor: '17.5', motivo: 'fe de erratas' })
    expect(await cabecera(nuevo.id)).toMatchObject({ tasa: '17.1900', homologado: '97177.50' })
    expect(await pagina(nuevo.id)).toContain(
      'El tipo de cambio de su fecha es ahora <strong class="cifras">17.5000</strong>',
    )
    expect(await pagina(enviada.id)).not.toContain('El tipo de cambio de su fecha es ahora')
    const tomada = await enviar('/operaciones/estimaciones/editar/', { ...nuevo, tipo_cambio: '' })
    expect(tomada.status).toBe(200)
    expect(await cabecera(nuevo.id)).toEqual({
      tasa: '17.5000',
      fuente: 'Diario Oficial del 16/02/2026',
      dia: '2026-02-16',
      homologado: '97875.00',
    })
    expect((await cabecera(enviada.id)).tasa).toBe('17.1900')
  })
})

describe('import', () => {
  const importador = importadorDe(tipado(agente), `${BASE}/importar/`)
  const libro = (filas: readonly (readonly CeldaDePrueba[])[], titulos = ['Fecha', 'Tipo de cambio', 'Fuente']) =>
    libroDePrueba({ hojas: [{ nombre: 'TC', filas: [titulos, ...filas] }] })

  it('many days at once: new, corrected and equal; what is wrong names its cell; undone, it is as before', async () => {
    const { rechazadas, tarea } = await importador.analisis(
      libro([
        [{ fecha: '2026-01-02' }, 17.0001, 'Banxico'],
        ['05/01/2026', '17.02', null],
        [{ fecha: '2026-02-16' }, 17.6, null],
        ['31/02/2026', 17, null],
        [{ fecha: '2026-01-06' }, 0, null],
        [{ fecha: '2026-01-07' }, 'x', null],
        [{ fecha: '2026-03-30' }, 17, null],
        [null, 17, null],
      ]),
    )
    expect(rechazadas).toBe(5)
    expect((await importador.lista(tarea, 'rechazadas')).map((fila) => 'mensaje' in fila && fila.mensaje)).toEqual([
      'En A5 dice "31/02/2026" y no es una fecha.',
      'En B6 dice "0" y un tipo de cambio es mayor que cero.',
      'En B7 dice "x" y no es un tipo de cambio.',
      'En A8 dice "30/03/2026" y no puede pasar de 7 días después de hoy.',
      'En A9 falta la fecha.',
    ])
    const { body } = await importador.confirmar(tarea)
    expect(body.detalles).toContain('2')
    expect((await de('2026-01-02')).valor).toBe('17.0001')
    expect(await de('2026-01-05')).toMatchObject({
      valor: '17.0200',
      fuente: 'Diario Oficial',
      vale_hasta: '2026-02-11',
    })
    expect(await de('2026-02-16')).toMatchObject({ valor: '17.6000' })
    await borrador('2026-02-12', {})
    const { rows } = await pool.query<{ id: string }>('SELECT max(id) AS id FROM lote_importacion')
    const deshecho = await importador.deshacer(Number(rows[0]?.id))
    expect(deshecho.status).toBe(200)
    expect((await listar()).map(({ fecha }) => fecha)).toEqual(['2026-02-16', '2026-02-12'])
    expect((await de('2026-02-16')).valor).toBe('17.5000')
  })
})

it('a correction that jumps more than 10 % is kept and said, as a capture is', async () => {
  await capturar('2026-02-20', '17.6')
  const { id } = await de('2026-02-20')
  const corregir = (version: number, valor: string) =>
    enviar(`${BASE}/corregir/`, { id, version, valor, motivo: 'mal tecleado' })
  const salto = await corregir(1, '176')
  expect(salto.body['detalles']).toMatch(
    /^Tipo de cambio corregido\. Las estimaciones que ya lo usan conservan el suyo\. Cambia más de 10 % contra el anterior \([\d.]+\): revísalo\.$/,
  )
  expect(salto.body['detalles']).toContain(salto.body['aviso'])
  expect((await corregir(2, '17.6')).body).toMatchObject({ aviso: null })
})
