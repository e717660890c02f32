// The proof of an estimation (issue D §2): contratado = estimado antes + esta estimación + por estimar + excedente, with
// figures worked by hand. P1 is contracted 100 and produced a 35 + b 10 + c 20; P2 20.5 and d 3.25; P3 300 and e 12.
import exceljs from 'exceljs'
import type pg from 'pg'
import { describe, expect, it } from 'vitest'
import { documentoPdf } from '../../../src/modulos/estimaciones/exportes/estimacion.pdf.ts'
import { leerDocumento } from '../../../src/modulos/estimaciones/exportes/exportes.service.ts'
import { obtenerEstimacion } from '../../../src/modulos/estimaciones/cambios.service.ts'
import { INVARIANTES_PRUEBA } from '../../../src/modulos/estimaciones/prueba/prueba.invariantes.ts'
import { pruebaDe } from '../../../src/modulos/estimaciones/prueba/prueba.service.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aMano } from '../../apoyo/bd.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import {
  ESTATUS,
  fabricasProduccion,
  PARTIDAS_COMUNES,
  type PartidaGuardada,
  type PartidaNueva,
} from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { agente } = await app.entrarComo('estimaciones')
const autoriza = await app.entrarComo('administrador')
const BASE = '/operaciones/estimaciones'

interface Hecha {
  readonly id: number
  readonly version: number
}
type Pedida = number | readonly [id: number, volumen: string, comentario: string]

async function crear(ot: number, pedidas: readonly Pedida[], hasta = '2026-02-28'): Promise<Hecha> {
  const detalles = pedidas.map((pedida) => {
    if (typeof pedida === 'number') return { id_produccion: pedida }
    const [id_produccion, volumen_estimado, comentario_ajuste] = pedida
    return { id_produccion, volumen_estimado, comentario_ajuste }
  })
  const { status, body } = await agente
    .post(`${BASE}/crear/`)
    .send({ id_ot: ot, fecha_desde: '2026-02-01', fecha_hasta: hasta, fecha_estimacion: '2026-03-01', detalles })
  const { id_nuevo: id, version, detalles: texto } = body as { id_nuevo: number; version: number; detalles: string }
  expect([status, texto]).toEqual([200, expect.stringContaining('creada')])
  return { id, version }
}
async function mover({ id, version }: Hecha, estatus: string, mas = {}, quien = agente): Promise<Hecha> {
  const { status, body } = await quien.post(`${BASE}/cambiar_estatus/`).send({ id, version, estatus, ...mas })
  expect([status, (body as { detalles: string }).detalles]).toEqual([200, expect.any(String)])
  return { id, version: (body as { version: number }).version }
}
/** Figures by code, in their order: contratado, antes, esta, por estimar, excedente. */
async function prueba({ id }: Pick<Hecha, 'id'>): Promise<Record<string, readonly string[]> | null> {
  const leida = await pruebaDe(app.ctx, await obtenerEstimacion(app.ctx, id))
  return (
    leida &&
    Object.fromEntries(
      leida.filas.map((fila) => [
        fila.codigo,
        [fila.contratado, fila.estimadoAntes, fila.estimado, fila.porEstimar, fila.excedente].map((valor) =>
          valor.toFixed(),
        ),
      ]),
    )
  )
}
const P2 = ['20.5', '0', '0', '20.5', '0']
const linea = async (id: number, idProduccion: number): Promise<number> => {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [id, idProduccion],
  )
  return Number(rows[0]?.id)
}
const descargar = async (cual: 'excel' | 'pdf', id: number): Promise<Buffer> =>
  (await agente.get(`${BASE}/exportar_${cual}/`).query({ id }).buffer(true).parse(bytes)).body as Buffer
/** P1, P2 and P3 with another volume of P1. */
const anexoCon = (volumen: string, mas = {}) => {
  const [P1, otra, ultima] = PARTIDAS_COMUNES
  return [{ ...P1, volumen, ...mas }, otra, ultima]
}
/** Another version of the annex of the initial order, its production hung from it as the import does: all at once. */
async function versionNueva(
  ot: number,
  partidas: readonly PartidaNueva[],
  colgar: (cliente: pg.PoolClient, guardadas: readonly PartidaGuardada[]) => Promise<unknown>,
): Promise<void> {
  const cliente = await pool.connect()
  try {
    await cliente.query('BEGIN')
    const { partidas: guardadas } = await fabricasProduccion(cliente).version(ot, partidas)
    await cliente.query("SELECT set_config('sascop.reacomodo', 'on', true)")
    await colgar(cliente, guardadas)
    await cliente.query('COMMIT')
  } finally {
    cliente.release()
  }
}
const reimportar = ({ ot }: Escena, volumen: string, mas = {}): Promise<void> =>
  versionNueva(ot, anexoCon(volumen, mas), (cliente) =>
    cliente.query(
      `UPDATE produccion p SET id_partida_anexo = c.id_partida FROM concepto_en_vigor c
       WHERE c.id_ot = $1 AND c.id_concepto = p.id_concepto_consolidado`,
      [ot],
    ),
  )

describe('the figures of each concept', () => {
  it('a draft: what it bills first, in words and in both currencies; a contracted concept without production is counted', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const version = await pool.query<{ id: string }>('SELECT id FROM importacion_anexo WHERE id_ot = $1', [ot])
    await crea.partida(Number(version.rows[0]?.id), { codigo: '9.1.', volumen: '10', mn: '7.5', usd: '1' }, 4)
    const hecha = await crear(ot, [a, b, e])
    // P1 100 = 0 + 45 + (20 of c + 35 to produce) + 0.
    expect(await prueba(hecha)).toEqual({
      '2.1.': ['100', '0', '45', '55', '0'],
      '5.1.': ['300', '0', '12', '288', '0'],
      '3.5.': P2,
    })
    const { text } = await agente.get(`${BASE}/${String(hecha.id)}/?pestana=prueba`)
    expect(text).toContain('Contratado = estimado antes + esta estimación + por estimar + excedente')
    expect(text).toContain('Los 3 conceptos con producción cuadran.')
    expect(text).toContain('1 concepto contratado todavía no tiene producción: $ 75.00 M.N. y $ 10.00 USD por estimar.')
    // M.N.: 100 × 1,000 + 300 × 1,125 + 20.5 × 2,500.50 + 75 = 488,835.25, of which 58,500.00 are billed.
    for (const importe of ['$ 488,835.25', '$ 58,500.00', '$ 430,335.25', '$ 5,010.00', '$ 2,250.00', '$ 2,760.00'])
      expect(text).toContain(`<td class="numero">${importe}</td>`)
  })

  it('two estimations and a partial line: what the first bills is «estimado antes» of the second, and the first stays', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(ot, [[a, '30', 'medición cliente'], b, e]), 'ENVIADA')
    const deUno = { '2.1.': ['100', '0', '40', '60', '0'], '5.1.': ['300', '0', '12', '288', '0'], '3.5.': P2 }
    expect(await prueba(uno)).toEqual(deUno)
    const dos = await crear(ot, [a])
    const deDos = { '2.1.': ['100', '40', '5', '55', '0'], '3.5.': P2, '5.1.': ['300', '12', '0', '288', '0'] }
    expect(await prueba(dos)).toEqual(deDos)
    expect(await prueba(await mover(dos, 'ENVIADA'))).toEqual(deDos)
    expect(await prueba(uno)).toEqual(deUno)
  })

  it('a draft whose production another, later estimation bills in part: still to bill, as far as this one knows', async () => {
    const { ot, a, b } = await escenaDeEstimacion(pool)
    const uno = await crear(ot, [[a, '30', 'medición cliente']])
    await mover(await crear(ot, [a, b]), 'ENVIADA')
    expect((await prueba(uno))?.['2.1.']).toEqual(['100', '0', '30', '70', '0'])
  })

  it('a cancelled one counts nothing for the next, and keeps its own proof', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(ot, [a, b, e]), 'ENVIADA')
    const antes = await prueba(uno)
    await mover(uno, 'CANCELADA', { motivo: 'el cliente la regresó' })
    expect(await prueba(uno)).toEqual(antes)
    expect((await prueba(await crear(ot, [a])))?.['2.1.']).toEqual(['100', '0', '35', '65', '0'])
    const borrador = await crear(ot, [b])
    await mover(borrador, 'CANCELADA', { motivo: 'se capturó dos veces' })
    expect(await prueba(borrador)).toBeNull()
    expect((await agente.get(`${BASE}/${String(borrador.id)}/?pestana=prueba`)).text).toContain('Sin prueba.')
  })

  it('a line taken out of what was sent goes back to «por estimar»', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(ot, [a, b, e]), 'ENVIADA')
    expect((await prueba(uno))?.['2.1.']).toEqual(['100', '0', '45', '55', '0'])
    const { status } = await agente
      .post(`${BASE}/rechazar_detalle/`)
      .send({ id_detalle: await linea(uno.id, b), comentario_ajuste: 'sin evidencia' })
    expect(status).toBe(200)
    expect(await prueba(uno)).toEqual({
      '2.1.': ['100', '0', '35', '65', '0'],
      '5.1.': ['300', '0', '12', '288', '0'],
      '3.5.': P2,
    })
  })

  it('production above what is contracted is excedente, in parentheses', async () => {
    const ot = await fabricas(pool).ot({ estatus: 1, id_frente: 2, id_embarcacion: SEMILLA.embarcacion })
    const { partidas } = await crea.version(ot, anexoCon('100'))
    const [P1] = partidas
    if (!P1) throw new Error('No partida')
    const dia = (fecha: string, volumen: string, es_excedente = false) =>
      crea.produccion(P1, { fecha, volumen, es_excedente, sitio: SEMILLA.embarcacion, gpuDe: ESTATUS.FIRMADO })
    const ids = [await dia('2026-02-01', '60'), await dia('2026-02-02', '40')]
    await dia('2026-02-03', '20.5', true)
    const hecha = await crear(ot, ids)
    // 100 = 0 + 100 + 20.5 produced and not billed − 20.5.
    expect(await prueba(hecha)).toEqual({ '2.1.': ['100', '0', '100', '20.5', '-20.5'] })
    expect((await agente.get(`${BASE}/${String(hecha.id)}/`)).text).toContain('<td class="numero">(20.5)</td>')
  })

  it('a reprogramación that contracts less than what is billed: the rest of what was produced is excedente', async () => {
    const { ot, a, b, P1 } = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(ot, [a, b]), 'ENVIADA')
    const menor = await fabricas(pool).reprogramacion(ot, { estatus: 1, num_reprogramacion: 1 })
    const { partidas } = await crea.version(menor, anexoCon('30').slice(0, 1))
    await pool.query('UPDATE produccion SET id_partida_anexo = $1 WHERE id_concepto_consolidado = $2', [
      partidas[0]?.id,
      P1.concepto,
    ])
    expect(partidas[0]?.concepto).toBe(P1.concepto)
    // Sent before: as it was. The next: 30 = 45 + 0 + 20 of c − (65 − 30).
    expect((await prueba(uno))?.['2.1.']).toEqual(['100', '0', '45', '55', '0'])
    const dos = await crear(ot, [(await escenaMas(ot)).e2])
    expect((await prueba(dos))?.['2.1.']).toEqual(['30', '45', '0', '20', '-35'])
    await mover(dos, 'ENVIADA')
  })

  it('a concept that a new annex moves: the one sent keeps its own, the next follows it', async () => {
    const { ot, a, b, P1 } = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(ot, [a, b]), 'ENVIADA')
    const [, segunda, tercera] = PARTIDAS_COMUNES
    await versionNueva(
      ot,
      [{ ...PARTIDAS_COMUNES[0], codigo: '2.7.', volumen: '80' }, segunda, tercera],
      (cliente, [otra]) =>
        cliente.query(
          `UPDATE produccion SET id_concepto_consolidado = $1, id_partida_anexo = $2 WHERE id_concepto_consolidado = $3`,
          [otra?.concepto, otra?.id, P1.concepto],
        ),
    )
    await pool.query(
      `UPDATE produccion p SET id_partida_anexo = c.id_partida FROM concepto_en_vigor c
       WHERE c.id_ot = $1 AND c.id_concepto = p.id_concepto_consolidado`,
      [ot],
    )
    expect((await prueba(uno))?.['2.1.']).toEqual(['100', '0', '45', '55', '0'])
    const deDos = await prueba(await crear(ot, [(await escenaMas(ot)).e2]))
    // 80 = 45 + 0 + (20 of c + 15 to produce) + 0, under its new code alone.
    expect([deDos?.['2.7.'], deDos?.['2.1.']]).toEqual([['80', '45', '0', '35', '0'], undefined])
  })
})

/** One more day of P3 of a family, signed, so that there is something else to bill. */
async function escenaMas(ot: number): Promise<{ e2: number }> {
  const { rows } = await pool.query<{ id: string; concepto: string }>(
    `SELECT c.id_partida AS id, c.id_concepto AS concepto FROM concepto_en_vigor c JOIN concepto_consolidado k ON k.id = c.id_concepto
     WHERE c.id_ot = $1 AND k.codigo LIKE '5.1%'`,
    [ot],
  )
  const sitio = SEMILLA.embarcacion
  const partida = {
    id: Number(rows[0]?.id),
    concepto: Number(rows[0]?.concepto),
    familia: ot,
    codigo: '5.1.',
    anexo: 'C-5',
  }
  const e2 = await crea.produccion(partida, { fecha: '2026-02-14', volumen: '8', sitio })
  await crea.reporteDiario({ ot, fecha: '2026-02-14', sitio })
  return { e2 }
}

describe('what was sent does not change', () => {
  it('the same bytes after the annex is imported again with other volumes, prices and texts', async () => {
    const escena = await escenaDeEstimacion(pool)
    const uno = await mover(await crear(escena.ot, [escena.a, escena.b, escena.e]), 'ENVIADA')
    const antes = [await descargar('pdf', uno.id), await descargar('excel', uno.id)] as const
    await reimportar(escena, '500', { mn: '1100', usd: '55' })
    await crea.produccion(escena.P3, { fecha: '2026-02-20', volumen: '50', sitio: SEMILLA.embarcacion })
    expect(antes[0].equals(await descargar('pdf', uno.id))).toBe(true)
    expect(antes[1].equals(await descargar('excel', uno.id))).toBe(true)
    // A draft is live: contracted 500, at the new price.
    await crear(escena.ot, [(await escenaMas(escena.ot)).e2])
    const deHoy = await pruebaDe(app.ctx, { ...(await obtenerEstimacion(app.ctx, uno.id)), estatus: 'EN_ESTIMACION' })
    expect(deHoy?.filas[0]).toMatchObject({ codigo: '2.1.' })
    expect(deHoy?.filas[0]?.contratado.toFixed()).toBe('500')
  })

  it('going back to draft takes it away and it is live again; sent again, it is kept as it is then', async () => {
    const escena = await escenaDeEstimacion(pool)
    const enviada = await mover(await crear(escena.ot, [escena.a]), 'ENVIADA')
    const rechazada = await mover(enviada, 'RECHAZADA', { motivo: 'faltan firmas' }, autoriza.agente)
    expect((await prueba(rechazada))?.['2.1.']).toEqual(['100', '0', '35', '65', '0'])
    const borrador = await mover(rechazada, 'EN_ESTIMACION')
    const guardadas = async (): Promise<number> =>
      (await pool.query('SELECT 1 FROM estimacion_prueba WHERE id_estimacion_header = $1', [enviada.id])).rowCount ?? 0
    expect(await guardadas()).toBe(0)
    await reimportar(escena, '90')
    expect((await prueba(borrador))?.['2.1.']).toEqual(['90', '0', '35', '55', '0'])
    await mover(borrador, 'ENVIADA')
    await reimportar(escena, '70')
    expect([await guardadas(), (await prueba(borrador))?.['2.1.']]).toEqual([3, ['90', '0', '35', '55', '0']])
  })

  it('the database refuses to change, remove or add to a proof, and one that does not balance', async () => {
    const { ot, a } = await escenaDeEstimacion(pool)
    const { id } = await mover(await crear(ot, [a]), 'ENVIADA')
    const congelada = expect.objectContaining({ constraint: 'estimacion_prueba_congelada' }) as unknown
    const intento = (sentencia: string) => pool.query(sentencia, [id]).catch((error: unknown) => error)
    const copia = (de: string) =>
      `INSERT INTO estimacion_prueba SELECT (json_populate_record(p, json_build_object(${de}))).* FROM estimacion_prueba p WHERE p.id_estimacion_header = $1 LIMIT 1`
    expect(
      await intento(
        'UPDATE estimacion_prueba SET contratado = contratado + 1, por_estimar = por_estimar + 1 WHERE id_estimacion_header = $1',
      ),
    ).toEqual(congelada)
    expect(await intento('DELETE FROM estimacion_prueba WHERE id_estimacion_header = $1')).toEqual(congelada)
    expect(await intento('DELETE FROM estimacion_prueba_resumen WHERE id_estimacion_header = $1')).toEqual(congelada)
    const otro = `'id_concepto_consolidado', (SELECT max(k.id) FROM concepto_consolidado k WHERE k.id_ot <> (SELECT id_ot FROM estimacion_header WHERE id = $1))`
    expect(await intento(copia(otro))).toEqual(congelada)
    expect(await intento(copia(`${otro}, 'contratado', 1`))).toMatchObject({ constraint: 'estimacion_prueba_cuadra' })
    expect(await intento(copia(`${otro}, 'por_estimar', -1, 'estimado', 36 + 65, 'contratado', 100`))).toMatchObject({
      constraint: expect.stringMatching(/^estimacion_prueba_(signos|producido)$/) as string,
    })
  })
})

describe('verificar', () => {
  it('agrees with what is kept after each step, whatever happens to the earlier ones', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    await pool.query("UPDATE importacion_anexo SET fecha_carga = '2026-01-01' WHERE id_ot = $1", [ot])
    const vale = async (cuando: string): Promise<void> => {
      const rotas = (await comprobar(app.ctx, INVARIANTES_PRUEBA)).filter(({ correcto }) => !correcto)
      expect([cuando, rotas]).toEqual([cuando, []])
      app.reloj.avanzar({ minutos: 1 })
    }
    const uno = await mover(await crear(ot, [[a, '30', 'medición cliente'], b]), 'ENVIADA')
    await vale('EST-1 sent')
    const dos = await mover(await crear(ot, [a, e]), 'ENVIADA')
    await vale('EST-2 sent')
    const sin = await agente
      .post(`${BASE}/rechazar_detalle/`)
      .send({ id_detalle: await linea(uno.id, b), comentario_ajuste: 'sin evidencia' })
    expect(sin.status).toBe(200)
    await vale('a line of EST-1 taken out')
    const { version } = await obtenerEstimacion(app.ctx, uno.id)
    await mover({ id: uno.id, version }, 'CANCELADA', { motivo: 'se capturó dos veces' })
    await vale('EST-1 cancelled')
    const tres = await mover(await crear(ot, [b]), 'ENVIADA')
    await vale('EST-3 sent')
    const rechazada = await mover(dos, 'RECHAZADA', { motivo: 'faltan firmas' }, autoriza.agente)
    await vale('EST-2 rejected')
    await mover(rechazada, 'EN_ESTIMACION')
    await vale('EST-2 a draft again')
    expect(await prueba(tres)).toEqual({
      '2.1.': ['100', '5', '10', '85', '0'],
      '5.1.': ['300', '12', '0', '288', '0'],
      '3.5.': P2,
    })
  })
})

describe('a proof that does not balance', () => {
  it('the page says which concept and by how much, and the estimation is not sent', async () => {
    const { ot, a, c } = await escenaDeEstimacion(pool)
    const hecha = await crear(ot, [a])
    // Production says that 5 of c are billed, and no line bills them.
    await aMano(pool, `UPDATE produccion SET volumen_estimado_acumulado = 5 WHERE id = ${String(c)}`)
    const frase = 'La prueba no cuadra en 2.1. (anexo C-2) por 5 M.'
    expect((await agente.get(`${BASE}/${String(hecha.id)}/`)).text).toContain(frase)
    expect(
      JSON.stringify(documentoPdf(await leerDocumento(app.ctx, { id: hecha.id, dominio: null })).contenido),
    ).toContain(frase)
    const { status, body } = await agente
      .post(`${BASE}/cambiar_estatus/`)
      .send({ id: hecha.id, version: hecha.version, estatus: 'ENVIADA' })
    expect([status, (body as { detalles: string }).detalles]).toEqual([409, expect.stringContaining(frase)])
    const { estatus, version } = await obtenerEstimacion(app.ctx, hecha.id)
    expect([estatus, version]).toEqual(['EN_ESTIMACION', hecha.version])
  })
})

describe('in the documents', () => {
  it('an annex of the PDF with the identity in words, and a sheet of the workbook with numbers', async () => {
    const { ot, a, b, e } = await escenaDeEstimacion(pool)
    const { id } = await mover(await crear(ot, [[a, '30', 'medición cliente'], b, e]), 'ENVIADA')
    const texto = JSON.stringify(documentoPdf(await leerDocumento(app.ctx, { id, dominio: null })).contenido)
    for (const dicho of ['Anexo: avance por concepto', 'Contratado = estimado antes', '20.5', '$ 488,760.25'])
      expect(texto).toContain(dicho)
    const libro = new exceljs.Workbook()
    await libro.xlsx.load((await descargar('excel', id)) as never)
    const hoja = libro.getWorksheet('Prueba')
    const fila = (numero: number): unknown[] => (hoja?.getRow(numero).values as unknown[]).slice(1)
    expect(fila(1).slice(4, 10)).toEqual([
      'Contratado',
      'Estimado antes',
      'Esta estimación',
      'Por estimar',
      'Excedente',
      'Producido',
    ])
    expect(fila(2).slice(1, 2)).toEqual(['2.1.'])
    expect(fila(2).slice(4)).toEqual([100, 0, 40, 60, 0, 65, 100000, 0, 40000, 60000, 0, 5000, 0, 2000, 3000, 0])
    // Total: 53,500.00 M.N. and 2,000.00 USD, as its header says.
    const total = fila(hoja?.rowCount ?? 0)
    expect([total[0], ...total.slice(10)]).toEqual(['TOTAL', 488760.25, 0, 53500, 435260.25, 0, 5000, 0, 2000, 3000, 0])
  })
})
