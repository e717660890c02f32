// Deductions of an estimation (issue D §2): off by default, apart from its totals, frozen from ENVIADA on, never below zero.
import exceljs from 'exceljs'
import { describe, expect, it } from 'vitest'
import { documentoPdf } from '../../../src/modulos/estimaciones/exportes/estimacion.pdf.ts'
import { leerDocumento } from '../../../src/modulos/estimaciones/exportes/exportes.service.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente } = await app.entrarComo('estimaciones')
const lector = (await app.entrarComo('consulta')).agente
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>
const enviar = async (ruta: string, cuerpo: Cuerpo, quien = agente): Promise<{ status: number; body: Cuerpo }> => {
  const { status, body } = await quien.post(`${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
/** The estimation of example 2: 58,500.00 M.N., 2,250.00 USD, 19.1648. */
async function ejemplo() {
  const escena = await escenaDeEstimacion(pool)
  const { body } = await enviar('crear', {
    id_ot: escena.ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [escena.a, escena.b, escena.e].map((id) => ({ id_produccion: id })),
  })
  return { ...escena, id: Number(body['id_nuevo']), version: Number(body['version']) }
}
const guardar = (id: number, version: number, deducciones: readonly Cuerpo[], quien = agente) =>
  enviar('deducciones/guardar', { id, version, deducciones }, quien)
async function obtener(id: number): Promise<Cuerpo> {
  const { body } = await lector.get(`${BASE}/obtener/`).query({ id })
  return (body as { datos: Cuerpo }).datos
}
const ANTICIPO = { nombre: 'Anticipo', porcentaje: '30' }
const PENA = { nombre: 'Pena por atraso', importe_mn: '1,500.005', importe_usd: '' }
const idLinea = async (id: number, produccion: number): Promise<number> => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [id, produccion],
  )
  return Number(rows[0]?.id)
}

describe('in a draft', () => {
  it('none by default; a percentage of each currency and an amount, with their net; the totals do not change', async () => {
    const { id, version } = await ejemplo()
    expect(await obtener(id)).toMatchObject({
      deducciones: [],
      deduccion_homologado: '0.00',
      neto_homologado: '101620.80',
    })
    const { status, body } = await guardar(id, version, [ANTICIPO, PENA])
    expect([status, body['totales']]).toEqual([
      200,
      {
        volumen_producido: '57.000000',
        volumen_estimado: '57.000000',
        importe_mn: '58500.00',
        importe_usd: '2250.00',
        homologado: '101620.80',
      },
    ])
    // 17,550.00 + 1,500.01; 675.00; 39,449.99 + 1,575.00 × 19.1648 = 69,634.55
    expect(await obtener(id)).toMatchObject({
      deducciones: [
        { nombre: 'Anticipo', porcentaje: '30', importe_mn: '17550.00', importe_usd: '675.00' },
        { nombre: 'Pena por atraso', porcentaje: null, importe_mn: '1500.01', importe_usd: '0.00' },
      ],
      total_homologado: '101620.80',
      deduccion_mn: '19050.01',
      deduccion_usd: '675.00',
      deduccion_homologado: '31986.25',
      neto_mn: '39449.99',
      neto_usd: '1575.00',
      neto_homologado: '69634.55',
    })
    const { rows } = await pool.query<{ r: string }>(
      `SELECT concat_ws(' | ', valor_anterior, valor_actual) AS r FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND campo = 'Deducciones'`,
      [id],
    )
    expect(rows.map(({ r }) => r)).toEqual([' | Anticipo 30 %, Pena por atraso 1500.01 M.N.'])
    const otra = await guardar(id, Number(body['version']), [ANTICIPO, { ...PENA, importe_mn: '1500.01' }])
    expect(otra.body).toMatchObject({ detalles: 'Las deducciones ya estaban así.', version: body['version'] })
  })

  it('refused whole: wrong rows, a net below zero, another version, who may not', async () => {
    const { id, version } = await ejemplo()
    for (const [lista, frase] of [
      [[{ porcentaje: '5' }], 'Renglón 1: escribe el nombre de la deducción.'],
      [[ANTICIPO, { nombre: 'ANTICIPO', porcentaje: '1' }], 'Renglón 2: «ANTICIPO» está dos veces.'],
      [[{ nombre: 'Pena' }], 'Renglón 1: escribe el porcentaje o el importe.'],
      [
        [{ nombre: 'Pena', porcentaje: '100.1' }],
        'El porcentaje debe ser mayor que 0 y hasta 100, por ejemplo 5 o 2.5.',
      ],
      [
        [ANTICIPO, { nombre: 'Pena', importe_mn: '40950.01' }],
        'Las deducciones en M.N. pasan del importe de la estimación (58500.00): el neto no puede ser negativo.',
      ],
      [
        [{ nombre: 'Pena', importe_usd: '2250.01' }],
        'Las deducciones en USD pasan del importe de la estimación (2250.00): el neto no puede ser negativo.',
      ],
    ] as const) {
      const { status, body } = await guardar(id, version, lista)
      expect([status, JSON.stringify(body)]).toEqual([400, expect.stringContaining(frase)])
    }
    expect((await guardar(id, version + 1, [ANTICIPO])).status).toBe(409)
    expect((await guardar(id, version, [ANTICIPO], lector)).status).toBe(403)
    expect(await obtener(id)).toMatchObject({ deducciones: [], version })
    expect((await guardar(id, version, [ANTICIPO, { nombre: 'Pena', importe_mn: '40950' }])).status).toBe(200)
    expect(await obtener(id)).toMatchObject({ neto_mn: '0.00', neto_usd: '1575.00' })
  })

  it('a percentage follows the lines; a change that would leave the net below zero is refused and changes nothing', async () => {
    const { id, version, a, e } = await ejemplo()
    const con = await guardar(id, version, [ANTICIPO, { nombre: 'Pena', importe_mn: '30000' }])
    const sin = await enviar('quitar_detalles', {
      id,
      version: con.body['version'],
      ids_detalle: [await idLinea(id, a)],
    })
    expect(sin).toMatchObject({ status: 409, body: { detalles: expect.stringContaining('Las deducciones pasarían') } })
    expect(await obtener(id)).toMatchObject({ total_importe_mn: '58500.00', deduccion_mn: '47550.00' })
    const menos = await enviar('quitar_detalles', {
      id,
      version: con.body['version'],
      ids_detalle: [await idLinea(id, e)],
    })
    // 45,000.00: 13,500.00 of the advance and 30,000.00
    expect(menos.status).toBe(200)
    expect(await obtener(id)).toMatchObject({ deduccion_mn: '43500.00', neto_mn: '1500.00' })
  })
})

describe('sent', () => {
  it('frozen for the service and for the database; only the percentage follows a rejected line; back to draft it may change', async () => {
    const { id, version, b } = await ejemplo()
    const con = await guardar(id, version, [ANTICIPO, PENA])
    const envio = await enviar('cambiar_estatus', { id, version: con.body['version'], estatus: 'ENVIADA' })
    expect(envio.status).toBe(200)
    expect(await guardar(id, Number(envio.body['version']), [])).toMatchObject({
      status: 409,
      body: { detalles: 'EST-1 ya no es un borrador: sus deducciones no cambian.' },
    })
    for (const sentencia of [
      'DELETE FROM estimacion_deduccion WHERE id_estimacion_header = $1',
      'UPDATE estimacion_deduccion SET importe_mn = 1 WHERE id_estimacion_header = $1',
      "UPDATE estimacion_deduccion SET nombre = nombre || 'x' WHERE id_estimacion_header = $1",
      'UPDATE estimacion_deduccion SET porcentaje = 31 WHERE id_estimacion_header = $1 AND porcentaje = 30',
      "INSERT INTO estimacion_deduccion (id_estimacion_header, orden, nombre, porcentaje) VALUES ($1, 9, 'otra', 1)",
    ])
      await expect(pool.query(sentencia, [id])).rejects.toThrow('estimacion_deduccion_congelada')
    const jefe = (await app.entrarComo('administrador')).agente
    const rechazo = await enviar(
      'rechazar_detalle',
      { id_detalle: await idLinea(id, b), comentario_ajuste: 'no procede' },
      jefe,
    )
    expect(rechazo.status).toBe(200)
    // 48,500.00 and 1,750.00
    expect(await obtener(id)).toMatchObject({
      deducciones: [{ importe_mn: '14550.00', importe_usd: '525.00' }, { importe_mn: '1500.01' }],
      neto_mn: '32449.99',
    })
    const atras = await enviar(
      'cambiar_estatus',
      { id, version: rechazo.body['version'], estatus: 'RECHAZADA', motivo: 'revisar' },
      jefe,
    )
    const abierta = await enviar('cambiar_estatus', { id, version: atras.body['version'], estatus: 'EN_ESTIMACION' })
    expect((await guardar(id, Number(abierta.body['version']), [])).status).toBe(200)
    expect(await obtener(id)).toMatchObject({ deducciones: [], neto_mn: '48500.00' })
  })
})

describe('files', () => {
  const descargar = (cual: string, id: number) =>
    agente.get(`${BASE}/exportar_${cual}/`).query({ id }).buffer(true).parse(bytes)

  it('apart, with what they add up to and the net; nothing of them when there are none', async () => {
    const { id, version } = await ejemplo()
    const libro = async (): Promise<exceljs.Workbook> => {
      const leido = new exceljs.Workbook()
      await leido.xlsx.load((await descargar('excel', id)).body as never)
      return leido
    }
    const impreso = async (): Promise<string> =>
      JSON.stringify(
        documentoPdf(await leerDocumento(await app.ctxDe('administrador'), { id, dominio: null })).contenido,
      )
    expect((await libro()).getWorksheet('Deducciones')).toBeUndefined()
    expect(await impreso()).not.toContain('Deducciones')
    await guardar(id, version, [ANTICIPO, PENA])
    const filas: unknown[] = []
    ;(await libro()).getWorksheet('Deducciones')?.eachRow((fila) => {
      filas.push([1, 2, 3, 4, 5].map((n) => fila.getCell(n).value))
    })
    expect(filas).toEqual([
      ['Deducción', 'Porcentaje', 'Importe M.N.', 'Importe USD', 'Homologado M.N.'],
      ['Importe de la estimación', null, 58500, 2250, 101620.8],
      ['Anticipo', 30, 17550, 675, null],
      ['Pena por atraso', null, 1500.01, 0, null],
      ['Total de deducciones', null, 19050.01, 675, 31986.25],
      ['NETO', null, 39449.99, 1575, 69634.55],
      ['Tipo de cambio: 19.1648, parámetro del sistema', null, null, null, null],
    ])
    const contenido = await impreso()
    for (const texto of ['Deducciones', 'Anticipo', '30 %', 'TOTAL DE DEDUCCIONES', '31,986.25', 'NETO', '69,634.55'])
      expect(contenido).toContain(texto)
    expect((await descargar('pdf', id)).status).toBe(200)
  })
})
