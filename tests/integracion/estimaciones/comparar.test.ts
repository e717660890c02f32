// Comparison with the client's own workbook of volumes (issue 5 §2), by HTTP, each over its own family.
import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { libroDe, listaDe, serie, TITULOS_LISTA } from '../../apoyo/libro-volumenes.ts'
import { libroDePrueba } from '../../apoyo/libro.ts'
import type {
  Comparacion,
  FilaComparada,
  PlanDeAplicacion,
} from '../../../src/modulos/estimaciones/comparar/comparar.contrato.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente, csrf } = await app.entrarComo('estimaciones')
const BASE = '/operaciones/estimaciones'

type Cuerpo = Record<string, unknown>
const enviar = async (ruta: string, cuerpo: Cuerpo): Promise<{ status: number; body: Cuerpo }> => {
  const { status, body } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
  return { status, body: body as Cuerpo }
}
interface Borrador {
  readonly id: number
  readonly version: number
}
async function borrador({ ot }: Escena, ids: readonly number[], mas: Cuerpo = {}): Promise<Borrador> {
  const { body } = await enviar('crear', {
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: ids.map((id_produccion) => ({ id_produccion })),
    ...mas,
  })
  expect(body['detalles']).toContain('creada')
  return { id: Number(body['id_nuevo']), version: Number(body['version']) }
}
async function subir(
  idEstimacion: number,
  libro: Buffer,
  mas: Record<string, string> = {},
  nombre = 'cliente.xlsx',
): Promise<{ status: number; body: Cuerpo; comparacion: Comparacion }> {
  const pedido = agente.post(`${BASE}/comparar/subir/`).set('X-CSRFToken', csrf).field('id', String(idEstimacion))
  for (const [campo, valor] of Object.entries(mas)) void pedido.field(campo, valor)
  const { status, body } = await pedido.attach('archivo', libro, nombre)
  return { status, body: body as Cuerpo, comparacion: (body as Cuerpo)['comparacion'] as Comparacion }
}
/** What a person reads of a row. */
const legible = ({ conceptos, filas }: Comparacion): string[] =>
  filas.map(
    ({ concepto, fecha, sitio, tipo_tiempo, nuestro, suyo, diferencia_mn, resultado }) =>
      `${conceptos[concepto]?.codigo ?? ''} ${fecha.slice(8)} ${tipo_tiempo ?? '-'} ${sitio === null ? '-' : 'sitio'} ${Number(nuestro)}|${Number(suyo)} ${diferencia_mn} ${resultado}`,
  )
const de = (filas: readonly FilaComparada[], resultado: string): FilaComparada[] =>
  filas.filter((fila) => fila.resultado === resultado)
const aplicar = (c: Comparacion, claves: readonly string[], mas: Cuerpo = {}) =>
  enviar('comparar/aplicar', {
    id: c.id,
    version: c.version,
    huella: c.huella,
    claves,
    motivo: 'minuta 12 del cliente',
    ...mas,
  })
async function lineas(idEstimacion: number): Promise<Record<string, [string, string]>> {
  const { rows } = await pool.query<{ p: string; v: string; c: string }>(
    'SELECT id_produccion AS p, volumen_estimado::text AS v, comentario_ajuste AS c FROM estimacion_detalle WHERE id_estimacion_header = $1',
    [idEstimacion],
  )
  return Object.fromEntries(rows.map(({ p, v, c }) => [p, [v, c]]))
}
const P1 = ['2.1.', 'C-2', null, null] as const
const COMO_LISTA = ['Partida', 'Fecha', 'Volumen'] as const

describe('a list of the client', () => {
  it('equal, different and missing on either side, with the figures', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const { status, body, comparacion } = await subir(
      id,
      listaDe(
        [...P1, null, 'TE', serie('2026-02-12'), 30],
        [...P1, null, 'CMA', '12/02/2026', '10.0'],
        [...P1, null, 'TE', '2026-02-13', 20],
        ['3.5', null, null, null, null, 'TE', '12/2/2026', 3.25],
        ['9.9.', 'C-9', 'NO ES NUESTRO', 'M', null, 'TE', serie('2026-02-12'), 7],
      ),
    )
    expect([status, body['detalles']]).toEqual([200, '1 renglón igual y 4 diferencias.'])
    expect(legible(comparacion)).toEqual([
      '2.1. 12 CMA - 10|10 0.00 igual',
      '2.1. 12 TE - 35|30 -5000.00 diferente',
      '2.1. 13 TE - 0|20 20000.00 falta_estimacion',
      '3.5. 12 TE - 0|3.25 8126.63 falta_estimacion',
      '5.1. 12 TE - 12|0 -13500.00 falta_archivo',
    ])
    const [excedente, pendiente] = de(comparacion.filas, 'falta_estimacion')
    expect([excedente?.aplicable, excedente?.porque]).toEqual([
      false,
      'No se puede estimar. Producido fuera del borrador: 20: es excedente.',
    ])
    expect(pendiente?.porque).toBe('No se puede estimar. Producido fuera del borrador: 3.25: falta firmar su GPU.')
    expect(comparacion.sin_concepto.map(({ codigo, celda, volumen }) => [codigo, celda, volumen])).toEqual([
      ['9.9.', 'A9', '7.000000'],
    ])
    expect(comparacion.resumen.diferente).toEqual({
      filas: 1,
      nuestro: '35.000000',
      suyo: '30.000000',
      diferencia_mn: '-5000.00',
      diferencia_usd: '-250.00',
    })
    const { rows } = await pool.query(
      'SELECT iguales, diferentes, faltan_archivo, faltan_estimacion, sin_concepto, nombre FROM estimacion_comparacion WHERE id = $1',
      [comparacion.id],
    )
    expect(rows).toEqual([
      { iguales: 1, diferentes: 1, faltan_archivo: 1, faltan_estimacion: 2, sin_concepto: 1, nombre: 'cliente.xlsx' },
    ])
  })

  it('without site nor kind of time it is compared with the sum of the lines, and lowered from the last one', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const { comparacion } = await subir(
      id,
      libroDe([COMO_LISTA, ['2.1', serie('2026-02-12'), 33], ['5.1', serie('2026-02-12'), 12]]),
    )
    expect(legible(comparacion)).toEqual(['2.1. 12 - - 45|33 -12000.00 diferente', '5.1. 12 - - 12|12 0.00 igual'])
    const claves = comparacion.filas.filter(({ aplicable }) => aplicable).map(({ clave }) => clave)
    const { status, body } = await enviar('comparar/plan', { id: comparacion.id, huella: comparacion.huella, claves })
    const plan = body as unknown as PlanDeAplicacion
    expect([status, plan.movimientos.map(({ tipo_tiempo, de: antes, a }) => [tipo_tiempo, antes, a])]).toEqual([
      200,
      [
        ['TE', '35.000000', '33.000000'],
        ['CMA', '10.000000', '0.000000'],
      ],
    ])
    expect([plan.antes['importe_mn'], plan.despues['importe_mn']]).toEqual(['58500.00', '46500.00'])
    const hecho = await aplicar(comparacion, claves)
    expect([hecho.status, hecho.body['detalles']]).toEqual([200, '2 líneas cambiadas.'])
    expect(hecho.body['totales']).toMatchObject({ importe_mn: '46500.00', volumen_estimado: '45.000000' })
    expect(await lineas(id)).toMatchObject({
      [escena.a]: ['33.000000', 'Cliente: minuta 12 del cliente'],
      [escena.b]: ['0.000000', 'Cliente: minuta 12 del cliente'],
      [escena.e]: ['12.000000', ''],
    })
  })
})

describe('applying', () => {
  it('raises up to the saldo, adds what may be billed, empties or removes what is missing; the log tells each line', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { a, b, e } = escena
    const { id, version } = await borrador(escena, [a, e])
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
      [id, a],
    )
    await enviar('ajustar_detalle', {
      id_detalle: rows[0]?.id,
      version,
      volumen_estimado: '30',
      comentario_ajuste: 'antes',
    })
    const { comparacion } = await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 42]]))
    expect(legible(comparacion)).toEqual([
      '2.1. 12 - - 30|42 12000.00 diferente',
      '5.1. 12 - - 12|0 -13500.00 falta_archivo',
    ])
    const claves = comparacion.filas.map(({ clave }) => clave)
    const { status, body } = await aplicar(comparacion, claves, { faltantes: 'quitar' })
    expect([status, body['totales']]).toEqual([
      200,
      expect.objectContaining({ importe_mn: '42000.00', importe_usd: '2100.00' }),
    ])
    expect(await lineas(id)).toEqual({
      [a]: ['35.000000', 'Cliente: minuta 12 del cliente'],
      [b]: ['7.000000', 'Cliente: minuta 12 del cliente'],
    })
    const { rows: hechos } = await pool.query<{ campo: string }>(
      "SELECT campo FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND campo IN ('Comparó', 'Aplicó lo del cliente') ORDER BY id",
      [id],
    )
    expect(hechos.map(({ campo }) => campo)).toEqual(['Comparó', 'Aplicó lo del cliente'])
    const eventos = await pool.query<{ campo: string; antes: string; despues: string }>(
      "SELECT campo, valor_anterior AS antes, valor_actual AS despues FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND campo LIKE 'Volumen%' AND detalle LIKE '%minuta 12%' ORDER BY id",
      [id],
    )
    expect(eventos.rows.map(({ antes, despues }) => `${antes}>${despues}`)).toEqual([
      '30.000000>35.000000',
      '>7.000000',
      '12.000000>',
    ])
    const { rows: aplicada } = await pool.query(
      'SELECT ajustadas, agregadas, quitadas, motivo FROM estimacion_comparacion WHERE id = $1',
      [comparacion.id],
    )
    expect(aplicada).toEqual([{ ajustadas: 1, agregadas: 1, quitadas: 1, motivo: 'minuta 12 del cliente' }])
  })

  it('what is above everything produced is not applicable, and says why', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b])
    const { comparacion } = await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 50]]))
    const [fila] = comparacion.filas
    expect([fila?.aplicable, fila?.porque]).toEqual([false, 'Pasa por 5 de lo que se puede estimar.'])
    const { status, body } = await aplicar(comparacion, [fila?.clave ?? ''])
    expect([status, body['detalles']]).toEqual([400, 'Pasa por 5 de lo que se puede estimar.'])
  })

  it('refuses without reason, without version, and what changed since it was seen', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const { comparacion } = await subir(
      id,
      libroDe([
        COMO_LISTA,
        ['2.1.', serie('2026-02-12'), 45],
        ['5.1.', serie('2026-02-12'), 10],
        ['3.5.', serie('2026-02-12'), 3],
      ]),
    )
    const [clave = ''] = de(comparacion.filas, 'diferente').map((fila) => fila.clave)
    expect((await aplicar(comparacion, [clave], { motivo: 'no' })).body).toMatchObject({
      campos: { motivo: expect.any(String) },
    })
    expect((await aplicar(comparacion, [clave], { version: undefined })).status).toBe(400)
    expect((await aplicar(comparacion, [])).status).toBe(400)
    // A GPU that is signed meanwhile does not move the version of the draft, and moves what can be done.
    await pool.query('UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = $1', [escena.d])
    const tarde = await aplicar(comparacion, [clave])
    expect([tarde.status, tarde.body['detalles']]).toEqual([
      409,
      'La estimación o su producción cambió desde que viste la comparación. Revísala otra vez.',
    ])
    const { body } = await agente.get(`${BASE}/comparar/obtener/`).query({ id: comparacion.id })
    const fresca = (body as Cuerpo)['comparacion'] as Comparacion
    expect(
      (
        await aplicar(
          fresca,
          fresca.filas.filter(({ aplicable }) => aplicable).map((una) => una.clave),
        )
      ).status,
    ).toBe(200)
    expect(await lineas(id)).toMatchObject({
      [escena.d]: ['3.000000', 'Cliente: minuta 12 del cliente'],
      [escena.e]: ['10.000000', expect.any(String)],
    })
    expect((await aplicar(fresca, [clave])).status).toBe(409)
  })

  it('a sent estimation shows its comparisons and takes none', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id, version } = await borrador(escena, [escena.a, escena.b, escena.e])
    const { comparacion } = await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 44]]))
    await enviar('cambiar_estatus', { id, version, estatus: 'ENVIADA' })
    expect((await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 44]]))).status).toBe(409)
    const { body } = await agente.get(`${BASE}/comparar/obtener/`).query({ id: comparacion.id })
    const vista = (body as Cuerpo)['comparacion'] as Comparacion
    expect(vista.impedimento).toBe('EST-1 ya no es un borrador: la comparación es solo de consulta.')
    expect(legible(vista)).toEqual(legible(comparacion))
    expect((await aplicar(vista, [vista.filas[0]?.clave ?? ''])).status).toBe(409)
    const archivo = await agente.get(`${BASE}/comparar/archivo/`).query({ id: comparacion.id })
    expect(archivo.headers['content-disposition']).toContain('cliente.xlsx')
  })
})

describe('a sábana', () => {
  it('days bare, with their kind of time, as ours are exported: every day equal', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const dias = Array.from({ length: 28 }, (_, i) => [`${String(i + 1)} TE`, `${String(i + 1)} CMA`]).flat()
    const celdas = (te: number | null, cma: number | null): (number | null)[] => {
      const fila: (number | null)[] = dias.map(() => null)
      fila[22] = te
      fila[23] = cma
      return fila
    }
    const { body, comparacion } = await subir(
      id,
      libroDe([
        ['Partida', 'Concepto', 'Anexo', 'Unidad', 'Vol. Proy', ...dias, 'Acumulado TE'],
        ['', 'TOTAL ANEXO: C-2', 'C-2', '', 100, ...celdas(35, 10), 35],
        ['2.1.', null, 'C-2', null, 100, ...celdas(35, 10), 35],
        ['5.1.', null, 'C-5', null, 100, ...celdas(12, null), 12],
      ]),
    )
    expect(body['detalles']).toBe('Todo es igual: 3 renglones.')
    expect(comparacion.con_tipo).toBe(true)
    expect(comparacion.advertencias.map(({ mensaje }) => mensaje)).toEqual(['1 fila de total, que no se comparan.'])
  })

  it('the estimation, the sábana and the report of the month that we export compare as all equal', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const jefe = await app.entrarComo('superusuario')
    const descargar = async (ruta: string, consulta: Record<string, string | number>): Promise<Buffer> => {
      const { status, body } = await jefe.agente
        .get(ruta)
        .query(consulta)
        .buffer(true)
        .parse((respuesta, listo) => {
          const trozos: Buffer[] = []
          respuesta.on('data', (trozo: Buffer) => trozos.push(trozo))
          respuesta.on('end', () => {
            listo(null, Buffer.concat(trozos))
          })
        })
      expect([ruta, status]).toEqual([ruta, 200])
      return body as Buffer
    }
    const nuestra = await subir(id, await descargar(`${BASE}/exportar_excel/`, { id }), {}, 'Estimacion_1.xlsx')
    expect(nuestra.body['detalles']).toBe('Todo es igual: 3 renglones.')
    const { hoja, con_sitio: conSitio, con_tipo: conTipo } = nuestra.comparacion
    expect([hoja, conSitio, conTipo]).toEqual(['Detalle diario', true, true])
    // The month of the barge has, beside what is estimated, the excedente of the 13th.
    const febrero = { id_ot: escena.ot, id_sitio: SEMILLA.embarcacion, mes: 2, anio: 2026 }
    const sabana = await subir(id, await descargar('/operaciones/produccion/exportar_sabana/', febrero))
    expect(legible(sabana.comparacion)).toEqual([
      '2.1. 12 CMA - 10|10 0.00 igual',
      '2.1. 12 TE - 35|35 0.00 igual',
      '2.1. 13 TE - 0|20 20000.00 falta_estimacion',
      '5.1. 12 TE - 12|12 0.00 igual',
    ])
    const mensual = await descargar('/operaciones/produccion/reporte_mensual/', { ...febrero, formato: 'xlsx' })
    const reporte = await subir(id, mensual)
    expect([reporte.comparacion.hoja, reporte.comparacion.con_sitio]).toEqual(['Por día', true])
    expect(legible(reporte.comparacion)).toEqual([
      '2.1. 12 CMA sitio 10|10 0.00 igual',
      '2.1. 12 TE sitio 35|35 0.00 igual',
      '2.1. 13 TE sitio 0|20 20000.00 falta_estimacion',
      '5.1. 12 TE sitio 12|12 0.00 igual',
    ])
  })

  it('a header of two rows with its days merged', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b])
    const libro = libroDePrueba({
      hojas: [
        {
          nombre: 'Feb',
          filas: [
            ['Partida', 'Concepto', serie('2026-02-12'), null, serie('2026-02-13'), null],
            [null, null, 'TE', 'CMA', 'TE', 'CMA'],
            ['2.1.', null, 35, 10, null, null],
          ],
          combinadas: ['A1:A2', 'B1:B2', 'C1:D1', 'E1:F1'],
        },
      ],
    })
    const { body } = await subir(id, libro)
    expect(body['detalles']).toBe('Todo es igual: 2 renglones.')
  })

  it('days without month over a period of several ask for the month', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a], { fecha_hasta: '2026-03-15', fecha_estimacion: '2026-03-16' })
    const libro = libroDe([
      ['Partida', '11', '12'],
      ['2.1.', null, 35],
    ])
    expect((await subir(id, libro)).body['detalles']).toContain('Elige el mes del libro')
    expect((await subir(id, libro, { mes: '2026-02' })).body['detalles']).toBe('Todo es igual: 1 renglón.')
    expect((await subir(id, libro, { mes: '2026-04' })).status).toBe(400)
  })
})

it('a workbook of one site is compared with the lines of that site', async () => {
  const escena = await escenaDeEstimacion(pool)
  await pool.query('UPDATE registro_generadores_pu SET id_estatus = 17 WHERE id_produccion = $1', [escena.d])
  const { id } = await borrador(escena, [escena.a, escena.b, escena.d, escena.e])
  const { rows } = await pool.query<{ sitio: string }>('SELECT descripcion AS sitio FROM sitio WHERE id = $1', [
    SEMILLA.patio,
  ])
  const sitio = rows[0]?.sitio ?? ''
  const libro = libroDe([COMO_LISTA, ['3.5.', serie('2026-02-12'), 3.25]])
  expect((await subir(id, libro, { sitio })).body['detalles']).toBe('Todo es igual: 1 renglón.')
  expect((await subir(id, libro)).body['detalles']).toBe('1 renglón igual y 2 diferencias.')
  expect((await subir(id, libro, { sitio: 'LUNA' })).status).toBe(400)
})

describe('concepts that are not clear', () => {
  async function conGemelas(): Promise<{ id: number; escena: Escena }> {
    const escena = await escenaDeEstimacion(pool)
    await pool.query('UPDATE importacion_anexo SET es_activo = false WHERE id_ot = $1', [escena.ot])
    await pool.query('UPDATE importacion_anexo SET es_activo = true WHERE id_ot = $1', [escena.ot])
    await pool.query(
      `WITH c AS (INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, huella) VALUES ($1, 'C-9', '2.1', 'GEMELO', repeat('a', 64)) RETURNING id)
       INSERT INTO partida_anexo_importada (id_importacion_anexo, id_concepto_consolidado, id_partida, descripcion_concepto, anexo, orden_fila)
       SELECT i.id, c.id, '2.1.', 'GEMELO', 'C-9', 99 FROM importacion_anexo i, c WHERE i.id_ot = $1 AND i.es_activo`,
      [escena.ot],
    )
    return { escena, ...(await borrador(escena, [escena.a, escena.b])) }
  }

  it('the same code twice is chosen by the person, and nothing of it is applied before', async () => {
    const { id } = await conGemelas()
    const { comparacion } = await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 40]]))
    expect(legible(comparacion)).toEqual(['2.1. 12 - - 45|0 -45000.00 falta_archivo'])
    expect(comparacion.filas[0]).toMatchObject({
      aplicable: false,
      porque: 'El archivo tiene filas de ese código sin decidir (A2).',
    })
    const [grupo] = comparacion.ambiguas
    expect(grupo?.opciones.map(({ anexo }) => anexo)).toEqual(['C-2', 'C-9'])
    const elegir = (elegida: string) =>
      enviar('comparar/elegir', { id: comparacion.id, elecciones: { [grupo?.clave ?? '']: elegida } })
    expect((await elegir('otra cosa')).status).toBe(400)
    const { body } = await elegir(grupo?.opciones[0]?.clave ?? '')
    expect(
      (await pool.query("SELECT 1 FROM registro_actividad WHERE registro_id = $1 AND campo = 'Eligió conceptos'", [id]))
        .rowCount,
    ).toBe(1)
    const elegida = body['comparacion'] as Comparacion
    expect(legible(elegida)).toEqual(['2.1. 12 - - 45|40 -5000.00 diferente'])
    expect(elegida.ambiguas[0]?.elegida).toBe(grupo?.opciones[0]?.clave)
    expect((await aplicar(comparacion, [elegida.filas[0]?.clave ?? ''])).status).toBe(409)
    expect((await aplicar(elegida, [elegida.filas[0]?.clave ?? ''])).status).toBe(200)
  })

  it('two people choose at once: what each decided stays, and what is answered can be applied', async () => {
    const { id } = await conGemelas()
    const { comparacion } = await subir(
      id,
      libroDe([
        ['Partida', 'Unidad', 'Fecha', 'Volumen'],
        ['2.1.', 'UNIDAD DE OTRO NOMBRE', serie('2026-02-12'), 40],
        ['2.1.', null, serie('2026-02-12'), 3],
      ]),
    )
    const grupos = comparacion.ambiguas
    expect(grupos).toHaveLength(2)
    const elegir = (...cuales: typeof grupos) =>
      enviar('comparar/elegir', {
        id: comparacion.id,
        elecciones: Object.fromEntries(cuales.map(({ clave, opciones }) => [clave, opciones[0]?.clave ?? ''])),
      })
    for (const vez of await Promise.all(grupos.map((grupo) => elegir(grupo)))) expect(vez.status).toBe(200)
    const { rows } = await pool.query<{ elecciones: object }>(
      'SELECT elecciones FROM estimacion_comparacion WHERE id = $1',
      [comparacion.id],
    )
    expect(Object.keys(rows[0]?.elecciones ?? {}).sort()).toEqual(grupos.map(({ clave }) => clave).sort())
    // The database keeps the keys of an object in an order of its own.
    for (const cuales of [grupos, grupos.toReversed()]) {
      await pool.query("UPDATE estimacion_comparacion SET elecciones = '{}' WHERE id = $1", [comparacion.id])
      const elegida = (await elegir(...cuales)).body['comparacion'] as Comparacion
      const plan = { id: comparacion.id, version: elegida.version, huella: elegida.huella }
      const claves = [elegida.filas[0]?.clave ?? '']
      expect((await enviar('comparar/plan', { ...plan, claves })).status).toBe(200)
    }
  })

  it('the annex tells them apart; another description is told', async () => {
    const { id } = await conGemelas()
    const { comparacion } = await subir(
      id,
      libroDe([TITULOS_LISTA, ['2.1', 'ANEXO C-002', 'OTRO NOMBRE', null, null, null, serie('2026-02-12'), 45]]),
    )
    expect(legible(comparacion)).toEqual(['2.1. 12 - - 45|45 0.00 igual'])
    expect(comparacion.advertencias[0]?.mensaje).toMatch(
      /^2\.1 se reconoció por su código: el archivo dice el concepto «OTRO NOMBRE»/,
    )
  })
})

describe('the worst workbooks', () => {
  const rechazo = async (libro: Buffer, nombre?: string): Promise<[number, unknown]> => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a])
    const { status, body } = await subir(id, libro, {}, nombre)
    return [status, body['detalles']]
  }
  it.each([
    ['not a workbook', Buffer.from('hola'), 'x.xlsx', 'Elige un libro de Excel (.xlsx).'],
    ['empty', Buffer.alloc(0), 'x.xlsx', 'El archivo está vacío'],
    ['old or with password', Buffer.from('d0cf11e0a1b11ae10000', 'hex'), 'x.xlsx', 'tiene contraseña'],
    ['no table', libroDe([['hola', 'mundo']]), 'x.xlsx', 'Hacen falta las columnas Partida, Fecha y Volumen'],
    [
      'a column twice',
      libroDe([
        ['Partida', 'Fecha', 'Volumen', 'Cantidad'],
        ['2.1.', serie('2026-02-12'), 1, 2],
      ]),
      'x.xlsx',
      'columnas repetidas',
    ],
    [
      'another OT by its codes',
      libroDe([COMO_LISTA, ['77.7', serie('2026-02-12'), 1]]),
      'x.xlsx',
      'Ninguna partida del libro es de la OT',
    ],
    [
      'another OT by its name',
      libroDe([
        ['OT', ...COMO_LISTA],
        ['OT-AJENA', '2.1.', serie('2026-02-12'), 1],
      ]),
      'x.xlsx',
      'no tiene volúmenes de esta OT',
    ],
    [
      'another month',
      libroDe([COMO_LISTA, ['2.1.', serie('2026-07-12'), 1]]),
      'x.xlsx',
      'Ningún día del libro cae en el periodo',
    ],
    [
      'a csv',
      Buffer.from('Partida,Fecha,Volumen\n2.1.,2026-02-12,35'),
      'x.csv',
      'ábrelo en Excel y guárdalo como .xlsx',
    ],
  ])('%s', async (_, libro, nombre, dice) => {
    const [status, detalles] = await rechazo(libro, nombre)
    expect([status, detalles]).toEqual([400, expect.stringContaining(dice)])
  })

  it('more megabytes than it takes', async () => {
    const [status, detalles] = await rechazo(Buffer.alloc(26 * 1024 * 1024, 1))
    expect([status, detalles]).toEqual([413, expect.stringMatching(/25 MB|demasiado grande/)])
  })

  it('cells that cannot be read are told with their address, and nothing is applied', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const { comparacion } = await subir(
      id,
      libroDe([
        ['Partida', 'Tipo', 'Fecha', 'Volumen'],
        ['2.1.', 'TE', serie('2026-02-12'), 30],
        ['2.1.', 'CMA', serie('2026-02-12'), -3],
        ['2.1.', 'TE', '31/02/2026', 3],
        ['5.1.', 'TE', serie('2026-02-12'), { formula: 'A1+1' }],
        ['5.1.', 'otro', serie('2026-02-12'), 2],
        ['', 'TE', serie('2026-02-12'), 2],
        ['5.1.', 'TE', serie('2026-02-12'), { error: '#N/A' }],
        ['5.1.', 'TE', '', '1,5'],
      ]),
    )
    expect(comparacion.errores.map(({ celda, mensaje }) => `${celda} ${mensaje}`)).toEqual([
      'D3 Volumen inválido en la columna Volumen: «-3» no puede ser negativo.',
      'C4 En C4: No es una fecha.',
      'D5 Volumen inválido en la columna Volumen: «fórmula sin resultado» es una fórmula sin resultado.',
      'B6 En B6: El tipo de tiempo debe ser TE o CMA.',
      'A7 En A7: La fila tiene volumen y no dice su partida.',
      'D8 Volumen inválido en la columna Volumen: «#N/A» es un error de Excel.',
      'D9 Volumen inválido en la columna Volumen: «1,5» no es un número. ¿Quisiste decir 1.5?',
    ])
    expect(comparacion.impedimento).toContain('7 celdas que no se pudieron leer')
    const [clave = ''] = de(comparacion.filas, 'diferente').map((fila) => fila.clave)
    expect((await aplicar(comparacion, [clave])).status).toBe(409)
  })

  it('repeated rows are added and told; other days are told and left out', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b])
    const { body, comparacion } = await subir(
      id,
      libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 40], ['2.1', '46065', 5], ['2.1.', serie('2026-03-12'), 9]]),
    )
    expect(body['detalles']).toBe('Todo es igual: 1 renglón.')
    expect(comparacion.advertencias.map(({ mensaje }) => mensaje)).toEqual([
      '1 volumen del 12/03/2026, fuera del periodo de la estimación: no se comparó.',
      '«2.1.» (A2), «2.1» (A3) son el mismo concepto: sus volúmenes se suman.',
    ])
  })

  it('twenty thousand rows', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a, escena.b, escena.e])
    const filas = Array.from({ length: 20_000 }, (_, i) => [
      `${String(10 + (i % 2_000))}.X`,
      serie(`2026-02-${String(1 + (i % 15)).padStart(2, '0')}`),
      1,
    ])
    const { status, comparacion } = await subir(id, libroDe([COMO_LISTA, ...filas, ['2.1.', serie('2026-02-12'), 45]]))
    expect([status, comparacion.resumen.igual.filas, comparacion.sin_concepto.length]).toEqual([200, 1, 2_000])
  })
})

describe('who may', () => {
  it('reads who sees estimations, compares and applies who changes them', async () => {
    const escena = await escenaDeEstimacion(pool)
    const { id } = await borrador(escena, [escena.a])
    const { comparacion } = await subir(id, libroDe([COMO_LISTA, ['2.1.', serie('2026-02-12'), 30]]))
    const mira = await app.entrarComo('consulta')
    expect((await mira.agente.get(`${BASE}/comparar/obtener/`).query({ id: comparacion.id })).status).toBe(200)
    const pedido = {
      id: comparacion.id,
      version: comparacion.version,
      huella: comparacion.huella,
      claves: [],
      motivo: 'cliente',
    }
    for (const ruta of ['aplicar', 'plan', 'elegir', 'subir'])
      expect([ruta, (await mira.agente.post(`${BASE}/comparar/${ruta}/`).send(pedido)).status]).toEqual([ruta, 403])
    expect((await agente.get(`${BASE}/comparar/obtener/`).query({ id: 999_999 })).status).toBe(404)
    expect((await agente.get(`${BASE}/${String(id)}/comparar/`).query({ comparacion: 999_999 })).status).toBe(404)
  })
})
