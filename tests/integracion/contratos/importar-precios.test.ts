import { createWriteStream, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { CLASE_PRECIOS } from '../../../src/modulos/contratos/importacion/precios.clase.ts'
import type {
  InformePrecios,
  ResumenDeshacerPrecios,
} from '../../../src/modulos/contratos/importacion/precios.informe.ts'
import {
  analizar,
  aplicar,
  deshacerLote,
  escribirRechazadas,
} from '../../../src/modulos/importacion/importacion.service.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import {
  concepto,
  hojaDeContrato,
  hojaDePues,
  libroDeContrato,
  libroDePrecios,
  libroDeProductos,
  libroDePues,
  leerPrecios,
  pue,
} from '../../apoyo/precios.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const carpeta = mkdtempSync(join(tmpdir(), 'precios-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})
let serie = 0

function guardar(bytes: Buffer, nombre = `precios${String((serie += 1))}.xlsx`): { ruta: string; nombre: string } {
  writeFileSync(join(carpeta, nombre), bytes)
  return { ruta: join(carpeta, nombre), nombre }
}

interface Opciones {
  contrato: string
  crear?: boolean
  todoONada?: boolean
}
const pedido = ({ contrato, crear = true, todoONada = false }: Opciones) => ({
  opciones: { contrato, crear },
  todoONada,
})

async function cargar(bytes: Buffer, opciones: Opciones, nombre?: string): Promise<InformePrecios & { lote: number }> {
  const ctx = await app.ctxDe('administrador')
  const informe = await aplicar(ctx, CLASE_PRECIOS, guardar(bytes, nombre), pedido(opciones))
  return { ...informe, lote: informe.lote ?? 0 }
}

const deshacer = async (lote: number): Promise<ResumenDeshacerPrecios> =>
  deshacerLote(await app.ctxDe('administrador'), CLASE_PRECIOS, lote)

interface Concepto {
  id: string
  partida: string | null
  ext: string | null
  tipo: string
  mn: string
  version: number
  seccion: string | null
  anexo: string | null
}

async function conceptos(contrato: string): Promise<Concepto[]> {
  const { rows } = await pool.query<Concepto>(
    `SELECT c.id, c.partida_ordinaria AS partida, c.partida_extraordinaria AS ext, c.id_tipo_partida::text AS tipo, c.precio_unitario_mn::text AS mn,
       c.version, e.descripcion AS seccion, s.clave_anexo AS anexo
     FROM contrato_concepto_maestro c JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo JOIN contrato_anexo_maestro a ON a.id = s.id_anexo_maestro
       JOIN contrato k ON k.id = a.id_contrato LEFT JOIN contrato_seccion e ON e.id = c.id_seccion
     WHERE k.numero_contrato = $1 ORDER BY c.id`,
    [contrato],
  )
  return rows
}

async function precios(concepto_: string): Promise<
  {
    mn: string
    origen: string
    archivo: string | null
    hoja: string | null
    fila: number | null
    lote: string | null
    quien: boolean
  }[]
> {
  const { rows } = await pool.query(
    `SELECT precio_mn::text AS mn, origen, archivo, hoja, fila, id_lote AS lote, id_usuario IS NOT NULL AS quien
     FROM contrato_concepto_precio WHERE id_concepto = $1 ORDER BY numero`,
    [concepto_],
  )
  return rows as never
}

const cuantos = async (consulta: string, valores: unknown[] = []): Promise<number> => {
  const { rows } = await pool.query<{ n: string }>(`SELECT count(*) AS n FROM ${consulta}`, valores)
  return Number(rows[0]?.n)
}

describe('what a load of the contract writes', () => {
  it('contract, price list, annexes, headings and concepts; the price says workbook, sheet, row, batch and who', async () => {
    const bytes = libroDePrecios(
      hojaDeContrato([
        concepto({ PARTIDA: 2, CONCEPTO: 'Suministro', UNIDAD: null, 'P.U. MN': null }),
        concepto({ PARTIDA: null, CONCEPTO: 'Tubos', UNIDAD: null, 'P.U. MN': null }),
        concepto(),
      ]),
      hojaDeContrato([concepto({ ANEXO: 'C-3', PARTIDA: '3.1.' })], 'Anexo C-3-CR'),
    )
    const informe = await cargar(bytes, { contrato: 'K-NUEVO' }, 'CATALOGO K.xlsx')
    expect(informe).toMatchObject({
      clase: 'precios',
      contrato: 'K-NUEVO',
      filas: 2,
      conceptos: { total: 2, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 0 },
      repetidas: 0,
      secciones: { total: 2, creadas: 2 },
      sub_anexos_creados: 2,
      errores: [],
    })
    expect(informe.advertencias.map(({ mensaje }) => mensaje)).toEqual([
      'El contrato K-NUEVO se crea con cliente, descripción y fechas provisionales. Corrígelos en su página.',
    ])
    const [primero, segundo] = await conceptos('K-NUEVO')
    expect(primero).toMatchObject({ partida: '2.1.', tipo: '6', mn: '11813.30', seccion: 'Tubos', anexo: 'C-2' })
    expect(segundo).toMatchObject({ partida: '3.1.', seccion: null, anexo: 'C-3' })
    expect(await precios(primero?.id ?? '')).toEqual([
      {
        mn: '11813.30',
        origen: 'importacion',
        archivo: 'CATALOGO K.xlsx',
        hoja: 'Anexo C-2-CR',
        fila: 4,
        lote: String(informe.lote),
        quien: true,
      },
    ])
    const { rows } = await pool.query<{ evento: string; detalle: string }>(
      `SELECT evento, detalle FROM registro_actividad WHERE detalle LIKE $1 ORDER BY id`,
      [`%(lote ${String(informe.lote)})%`],
    )
    expect(rows.map(({ evento }) => evento)).toEqual(['CREAR', 'CREAR', 'CREAR', 'CREAR', 'CREAR', 'CREAR', 'IMPORTAR'])
    for (const [n, nombre] of [
      'Contrato K-NUEVO',
      'Anexo C del contrato K-NUEVO',
      'Sub-anexo C-2',
      'Sub-anexo C-3',
      '2.1.',
      '3.1.',
    ].entries())
      expect(rows[n]?.detalle).toContain(nombre)
  })

  it('again creates nothing and keeps no batch; a new price is one change and one more row of its history', async () => {
    const opciones = { contrato: 'K-OTRA-VEZ' }
    await cargar(libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.' })), opciones)
    const otra = await cargar(libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.' })), opciones)
    expect([otra.lote, otra.conceptos]).toEqual([
      0,
      { total: 2, creadas: 0, actualizadas: 0, sin_cambio: 2, rechazadas: 0 },
    ])
    const cambio = await cargar(
      libroDeContrato(concepto({ 'P.U. MN': 12000 }), concepto({ PARTIDA: '2.2.' })),
      opciones,
    )
    expect(cambio.conceptos).toMatchObject({ actualizadas: 1, sin_cambio: 1 })
    const [primero, segundo] = await conceptos('K-OTRA-VEZ')
    expect((await precios(primero?.id ?? '')).map(({ mn, fila, lote }) => [mn, fila, lote])).toEqual([
      ['11813.30', 2, expect.any(String)],
      ['12000.00', 2, String(cambio.lote)],
    ])
    expect(await precios(segundo?.id ?? '')).toHaveLength(1)
    const { rows } = await pool.query(
      "SELECT campo, valor_anterior, valor_actual FROM registro_actividad WHERE registro_id = $1 AND evento = 'MODIFICAR'",
      [primero?.id],
    )
    expect(rows).toEqual([{ campo: 'Precio MN', valor_anterior: '11,813.30', valor_actual: '12,000.00' }])
  })

  it('without --crear: an unknown contract is refused, a missing annex rejects its rows', async () => {
    await expect(cargar(libroDeContrato(concepto()), { contrato: 'K-NADA', crear: false })).rejects.toThrow(
      'No existe el contrato K-NADA',
    )
    await cargar(libroDeContrato(concepto()), { contrato: 'K-SIN' })
    const informe = await cargar(libroDeContrato(concepto(), concepto({ ANEXO: 'C-5', PARTIDA: '5.1.' })), {
      contrato: 'k-sin ',
      crear: false,
    })
    expect(informe.conceptos).toEqual({ total: 2, creadas: 0, actualizadas: 0, sin_cambio: 1, rechazadas: 1 })
    expect(informe.errores[0]).toMatchObject({
      hoja: 'Anexo C-2-CR',
      fila: 3,
      columna: 'ANEXO',
      celda: 'A3',
      valor: 'C-5',
    })
  })

  it('--todo-o-nada with a bad row writes nothing', async () => {
    const informe = await cargar(libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' })), {
      contrato: 'K-TODO',
      todoONada: true,
    })
    expect([informe.lote, informe.conceptos.rechazadas]).toEqual([0, 2])
    expect(await cuantos("contrato WHERE numero_contrato = 'K-TODO'")).toBe(0)
  })

  it('an analysis writes nothing, and what changed in between is refused', async () => {
    const ctx = await app.ctxDe('administrador')
    const archivo = guardar(libroDeContrato(concepto()))
    const opciones = pedido({ contrato: 'K-ANALISIS' })
    const { informe, plan } = await analizar(ctx, CLASE_PRECIOS, archivo, opciones)
    expect([informe.simulado, informe.lote, informe.conceptos.creadas]).toEqual([true, null, 1])
    expect(await cuantos("contrato WHERE numero_contrato = 'K-ANALISIS'")).toBe(0)
    await cargar(libroDeContrato(concepto()), { contrato: 'K-ANALISIS' })
    await expect(aplicar(ctx, CLASE_PRECIOS, archivo, { ...opciones, huella: plan.huella })).rejects.toThrow(
      'Los datos cambiaron después del análisis',
    )
  })

  it('a contract with two price lists asks which', async () => {
    await cargar(libroDeContrato(concepto()), { contrato: 'K-DOS' })
    await pool.query(
      "INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, tipo) SELECT id, 'D', 'Otra', 'FINANCIERO' FROM contrato WHERE numero_contrato = 'K-DOS'",
    )
    await expect(cargar(libroDeContrato(concepto()), { contrato: 'K-DOS' })).rejects.toThrow('varias listas de precios')
    const informe = await cargar(libroDeContrato(concepto()), { contrato: 'K-DOS » D' })
    expect(informe.conceptos.creadas).toBe(1)
    expect(await conceptos('K-DOS')).toHaveLength(2)
  })
})

describe('PUEs', () => {
  it('are linked to the PTE and the OT they name; a converted one stays converted when the old workbook comes again', async () => {
    const crea = fabricas(pool)
    const pte = await crea.pte({ oficio_pte: 'BME-3801-001-2025' })
    const bytes = libroDePues(
      pue({ 'PARTIDA EXT': 'C2EXT-7001', 'PTE CREACION': 'bme-3801-001-2025', 'OT CREACION': 'OT-QUE-NO-EXISTE' }),
    )
    await cargar(bytes, { contrato: 'K-PUE' })
    const leer = async () =>
      (
        await pool.query(
          "SELECT id_tipo_partida::int AS tipo, id_pte_creacion AS pte, ot_creacion, id_ot_creacion AS ot, estatus, version FROM contrato_concepto_maestro WHERE partida_extraordinaria = 'C2EXT-7001'",
        )
      ).rows[0] as Record<string, unknown>
    expect(await leer()).toMatchObject({ tipo: 7, pte: String(pte), ot_creacion: 'OT-QUE-NO-EXISTE', ot: null })
    await pool.query(
      `UPDATE contrato_concepto_maestro SET id_tipo_partida = 6, partida_ordinaria = '9.1.', estatus = 'AUTORIZADO', version = version + 1,
         id_sub_anexo = (SELECT s.id FROM contrato_sub_anexo s WHERE s.id_anexo_maestro = 1 ORDER BY s.id LIMIT 1) WHERE partida_extraordinaria = 'C2EXT-7001'`,
    )
    const otra = await cargar(libroDePues(pue({ 'PARTIDA EXT': 'C2EXT-7001', COMENTARIO: 'otra cosa' })), {
      contrato: 'K-PUE',
    })
    expect(otra.conceptos).toMatchObject({ sin_cambio: 1, actualizadas: 0 })
    expect(await leer()).toMatchObject({ tipo: 6, version: 2 })
  })

  it('contract and PUEs in one workbook, in one transaction', async () => {
    const informe = await cargar(
      libroDePrecios(
        hojaDeContrato([concepto()]),
        hojaDePues([pue({ 'PARTIDA EXT': 'C2EXT-7101', ANEXO: 'C-7', PARTIDA: '1C-7.', 'P.U. MN': 5 })]),
      ),
      { contrato: 'K-MIXTO' },
    )
    expect(informe.conceptos.creadas).toBe(2)
    expect((await conceptos('K-MIXTO')).map(({ tipo, ext }) => [tipo, ext])).toEqual([
      ['6', null],
      ['6', 'C2EXT-7101'],
    ])
  })
})

describe('undo', () => {
  it('what was created goes with its history, its headings, its annexes and its contract', async () => {
    const { lote } = await cargar(
      libroDeContrato(concepto({ PARTIDA: 2, UNIDAD: null, 'P.U. MN': null }), concepto()),
      { contrato: 'K-FUERA' },
    )
    const resumen = await deshacer(lote)
    expect(resumen).toMatchObject({
      conceptos_borrados: 1,
      conceptos_restaurados: 0,
      secciones_borradas: 1,
      sub_anexos_borrados: 1,
      conservadas: [],
    })
    expect(await cuantos("contrato WHERE numero_contrato = 'K-FUERA'")).toBe(0)
    expect(await cuantos('contrato_concepto_precio WHERE id_lote = $1', [lote])).toBe(0)
    await expect(deshacer(lote)).rejects.toThrow('ya se deshizo')
    const otra = await cargar(libroDeContrato(concepto()), { contrato: 'K-FUERA' })
    expect(otra.conceptos.creadas).toBe(1)
  })

  it('a price that changed goes back as one more row of the history; what a person edited later stays and is named', async () => {
    const opciones = { contrato: 'K-VUELVE' }
    await cargar(libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.' })), opciones)
    const { lote } = await cargar(
      libroDeContrato(
        concepto({ 'P.U. MN': 12000, 'P.U. USD': 7 }),
        concepto({ PARTIDA: '2.2.', 'P.U. MN': 13000 }),
        concepto({ PARTIDA: '2.3.' }),
      ),
      opciones,
    )
    const [primero, segundo, nuevo] = await conceptos('K-VUELVE')
    await pool.query(
      'UPDATE contrato_concepto_maestro SET precio_unitario_mn = 99, version = version + 1 WHERE id = $1',
      [primero?.id],
    )
    await pool.query("UPDATE contrato_concepto_maestro SET comentario = 'mío', version = version + 1 WHERE id = $1", [
      nuevo?.id,
    ])
    const resumen = await deshacer(lote)
    expect(resumen).toMatchObject({ conceptos_borrados: 0, conceptos_restaurados: 2 })
    expect(resumen.conservadas).toMatchObject([
      { folio: '2.3.', motivo: 'alguien lo cambió después de cargarlo' },
      { folio: '2.1.', motivo: '1 dato que alguien cambió después: Precio MN' },
    ])
    expect((await precios(segundo?.id ?? '')).map(({ mn, origen }) => [mn, origen])).toEqual([
      ['11813.30', 'importacion'],
      ['13000.00', 'importacion'],
      ['11813.30', 'deshacer'],
    ])
    const { rows } = await pool.query(
      'SELECT precio_unitario_mn::text AS mn, precio_unitario_usd::text AS usd FROM contrato_concepto_maestro WHERE id = $1',
      [primero?.id],
    )
    expect(rows).toEqual([{ mn: '99.00', usd: '0.00' }])
  })

  it('a batch that a later one changed cannot be undone before it', async () => {
    const opciones = { contrato: 'K-ORDEN' }
    const { lote } = await cargar(libroDeContrato(concepto()), opciones)
    const segundo = await cargar(libroDeContrato(concepto({ 'P.U. MN': 1 })), opciones)
    await expect(deshacer(lote)).rejects.toThrow(`2.1. cambió en el lote ${String(segundo.lote)}`)
    await deshacer(segundo.lote)
    expect((await deshacer(lote)).conceptos_borrados).toBe(1)
  })
})

describe('products of the system before', () => {
  it('all of them, repeated ones too; again nothing; a price changes; undo takes them away', async () => {
    const fila = (mn: number) => ['2.1.', 'TUBO', 'ANEXO C3EXT', 4, 6, 11, mn, null, 1]
    const sin = { contrato: '', crear: false }
    const informe = await cargar(libroDeProductos([fila(5), fila(5), ['NA', 'X', null, null, 7, 1, null, '-', 0]]), sin)
    expect(informe).toMatchObject({ clase: 'productos', contrato: null, conceptos: { total: 3, creadas: 3 } })
    const { rows } = await pool.query(
      'SELECT id_partida, anexo, id_sitio::int AS sitio, precio_unitario_mn::text AS mn, precio_unitario_usd::text AS usd, activo FROM producto ORDER BY id',
    )
    expect(rows).toEqual([
      { id_partida: '2.1.', anexo: 'ANEXO C3EXT', sitio: 4, mn: '5.00', usd: null, activo: true },
      { id_partida: '2.1.', anexo: 'ANEXO C3EXT', sitio: 4, mn: '5.00', usd: null, activo: true },
      { id_partida: 'NA', anexo: null, sitio: null, mn: null, usd: '0.00', activo: false },
    ])
    const cambio = await cargar(libroDeProductos([fila(5), fila(6)]), sin)
    expect(cambio.conceptos).toMatchObject({ creadas: 0, actualizadas: 1, sin_cambio: 1 })
    await deshacer(cambio.lote)
    expect(await cuantos('producto WHERE precio_unitario_mn = 5')).toBe(2)
    expect((await deshacer(informe.lote)).conceptos_borrados).toBe(3)
    expect(await cuantos('producto')).toBe(0)
  })
})

it('the rejected rows are a workbook that can be mended and loaded', async () => {
  const archivo = guardar(libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' })))
  const ctx = await app.ctxDe('administrador')
  const { informe } = await analizar(ctx, CLASE_PRECIOS, archivo, pedido({ contrato: 'K-MALAS' }))
  const salida = join(carpeta, 'malas.xlsx')
  await escribirRechazadas(createWriteStream(salida), CLASE_PRECIOS, archivo.ruta, informe.errores)
  const libro = await leerPrecios(readFileSync(salida))
  expect(libro.filas.map(({ valores }) => [valores.anexo, valores.partida, valores.unidad, valores.precio_mn])).toEqual(
    [['C-2', '2.2.', 'BARRIL', '11813.30']],
  )
})
