import { describe, expect, it } from 'vitest'
import { conectarProduccion, type ProduccionDeLaFamilia } from '../../../src/modulos/anexo/index.ts'
import { aplicarAnexo, type EncargoDeAnexo } from '../../../src/modulos/anexo/versiones/aplicar.service.ts'
import { analizarVersion, prepararVersion } from '../../../src/modulos/anexo/versiones/analisis.service.ts'
import { deshacerVersion } from '../../../src/modulos/anexo/versiones/deshacer.service.ts'
import { anexoLeido } from '../../apoyo/anexo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { UNIDAD, type PartidaNueva } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const consulta = async <F>(texto: string, ...valores: unknown[]): Promise<F[]> =>
  (await app.conexion.pool.query(texto, valores)).rows as F[]

const X: PartidaNueva = { codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2', volumen: '1234.5', mn: '118.25' }
const Y: PartidaNueva = { codigo: '3.5.', concepto: 'ESTRUCTURA', anexo: 'C-3', unidad: UNIDAD.TON, volumen: '20.5' }
const W: PartidaNueva = {
  codigo: 'C3EXT-1538.1',
  concepto: 'SERVICIO W',
  anexo: 'C3EXT',
  unidad: UNIDAD.SERVICIO,
  volumen: '1',
  usd: '20.25',
}
const Z: PartidaNueva = {
  codigo: '4.7.',
  concepto: 'OPERARIO (SOLDADOR)',
  anexo: 'C-4',
  unidad: UNIDAD.JORNADA,
  volumen: '10',
}
const Z2: PartidaNueva = { ...Z, concepto: 'OPERARIO (TUBERO)', volumen: '50' }

const sinMas: Omit<EncargoDeAnexo, 'idOt'> = {
  modo: 'reemplazo',
  alcance: 'todo',
  nombre: 'ANEXO.xlsx',
  huella: null,
  confirmarSinDestino: false,
  guardarLibro: () => Promise.resolve(null),
}
const cargar = async (
  idOt: number,
  lineas: readonly PartidaNueva[],
  encargo: Partial<EncargoDeAnexo> = {},
  calendario: string[] = [],
) =>
  aplicarAnexo(await app.ctxDe('administrador'), { ...sinMas, idOt, ...encargo }, anexoLeido(lineas, calendario), () =>
    Promise.resolve(),
  )
const actualizar = (
  idOt: number,
  lineas: readonly PartidaNueva[],
  calendario: string[] = [],
  encargo: Partial<EncargoDeAnexo> = {},
) => cargar(idOt, lineas, { modo: 'actualizacion', ...encargo }, calendario)

/** Active version as `código anexo volumen`, in its order. */
const vigente = async (idOt: number): Promise<string[]> =>
  (
    await consulta<{ t: string }>(
      `SELECT p.id_partida || ' ' || coalesce(p.anexo, '') || ' ' || trim_scale(p.volumen_proyectado) AS t FROM partida_anexo_importada p
       JOIN importacion_anexo i ON i.id = p.id_importacion_anexo WHERE i.id_ot = $1 AND i.es_activo ORDER BY p.orden_fila`,
      idOt,
    )
  ).map(({ t }) => t)
const programa = async (idOt: number, codigo: string): Promise<Record<string, string>> =>
  Object.fromEntries(
    (
      await consulta<{ d: string; v: string }>(
        `SELECT d.fecha::text AS d, trim_scale(d.volumen_programado)::text AS v FROM partida_proyectada_dia d
         JOIN partida_anexo_importada p ON p.id = d.id_partida_anexo JOIN importacion_anexo i ON i.id = p.id_importacion_anexo
         WHERE i.id_ot = $1 AND i.es_activo AND p.id_partida = $2 ORDER BY 1`,
        idOt,
        codigo,
      )
    ).map(({ d, v }) => [d, v]),
  )
const conceptos = (idOt: number): Promise<{ codigo: string; anexo: string }[]> =>
  consulta('SELECT codigo, anexo FROM concepto_consolidado WHERE id_ot = $1 ORDER BY id', idOt)

describe('replace mode (anexo-c §6.1)', () => {
  it('every version is whole, numbered, and only the last one is active; concepts stay the same', async () => {
    const ot = await crea.ot()
    const primera = await cargar(ot, [X, Y])
    const segunda = await cargar(ot, [{ ...X, codigo: '2.1', volumen: '80' }, W])
    expect(primera).toMatchObject({ numero: 1, total: 2, creadas: 2, actualizadas: 0, advertencias: [] })
    expect(segunda).toMatchObject({ numero: 2, total: 2 })
    expect(await vigente(ot)).toEqual(['2.1 C-2 80', 'C3EXT-1538.1 C3EXT 1'])
    expect(await conceptos(ot)).toEqual([
      { codigo: '2.1', anexo: 'C-2' },
      { codigo: '3.5', anexo: 'C-3' },
      { codigo: 'C3EXT-1538.1', anexo: 'C3EXT' },
    ])
    const activas = await consulta('SELECT numero FROM importacion_anexo WHERE id_ot = $1 AND es_activo', ot)
    expect(activas).toEqual([{ numero: 2 }])
  })

  it('the log says file, mode and counts (A20)', async () => {
    const ot = await crea.ot({ orden_trabajo: 'OT-BITACORA' })
    const { importacion_id } = await cargar(ot, [X, Y])
    const [linea] = await consulta<{ evento: string; detalle: string }>(
      'SELECT evento, detalle FROM registro_actividad WHERE tabla_log = 20 AND registro_id = $1',
      importacion_id,
    )
    expect(linea?.evento).toBe('IMPORTAR')
    expect(linea?.detalle).toContain(
      'el Anexo C de la OT OT-BITACORA desde ANEXO.xlsx (reemplazo, versión 1): 2 partidas',
    )
  })

  it('a deleted OT is refused, and one whose principal is deleted (A21)', async () => {
    const borrada = await crea.ot({ estatus: -1 })
    const principal = await crea.ot({ estatus: -1 })
    const hija = await crea.reprogramacion(principal, { num_reprogramacion: 1 })
    for (const ot of [borrada, hija])
      await expect(cargar(ot, [X])).rejects.toMatchObject({
        estado: 409,
        detalles: expect.stringContaining('eliminada') as string,
      })
    await expect(cargar(999_999, [X])).rejects.toMatchObject({ estado: 404 })
  })

  it('an analysis that is not of today any more is refused', async () => {
    const ot = await crea.ot()
    const ctx = await app.ctxDe('administrador')
    const pedido = { idOt: ot, modo: 'reemplazo', alcance: 'todo' } as const
    const leido = anexoLeido([X])
    const preparada = await prepararVersion(ctx, pedido, leido)
    const analisis = await analizarVersion(ctx, pedido, leido, preparada)
    expect(analisis).toMatchObject({
      conteos: { nuevas: 1, cambiadas: 0, eliminadas: 0 },
      totales: {
        antes: { partidas: 0, mn: '0.00' },
        despues: { partidas: 1, mn: '145979.63', homologado: '145979.63' },
      },
    })
    await cargar(ot, [Y])
    await expect(cargar(ot, [X], { huella: preparada.huella })).rejects.toMatchObject({ estado: 409, codigo: 'PLAN' })
    const otra = await prepararVersion(ctx, pedido, leido)
    expect(await cargar(ot, [X], { huella: otra.huella })).toMatchObject({ numero: 2 })
  })

  it('analysis: new, changed old → new, removed and unchanged', async () => {
    const ot = await crea.ot()
    await cargar(ot, [X, Y, Z])
    const ctx = await app.ctxDe('administrador')
    const pedido = { idOt: ot, modo: 'reemplazo', alcance: 'todo' } as const
    const leido = anexoLeido([{ ...X, volumen: '2000' }, Z, W])
    const analisis = await analizarVersion(ctx, pedido, leido, await prepararVersion(ctx, pedido, leido))
    expect(analisis.nuevas.map(({ codigo }) => codigo)).toEqual(['C3EXT-1538.1'])
    expect(analisis.cambiadas).toEqual([
      { clave: 'C-2 · 2.1. · TUBO DE ACERO · M', campo: 'volumen', antes: '1234.500000', despues: '2000.000000' },
    ])
    expect(analisis.eliminadas.map(({ codigo }) => codigo)).toEqual(['3.5.'])
    expect(analisis.sin_cambio).toBe(1)
  })
})

describe('update mode (anexo-c §6.2)', () => {
  it('§11.11: labels change, volumes stay, what is new is added, programme stays when the file has none', async () => {
    const ot = await crea.ot()
    await cargar(ot, [{ ...X, programa: { '2026-02-01': '5' } }, Y])
    const r = await actualizar(ot, [{ ...X, anexo: 'C-2A', volumen: '2000' }, W])
    expect(r).toMatchObject({ actualizadas: 1, creadas: 1, total: 3, numero: 2 })
    expect(r.advertencias.map(({ celda, mensaje }) => [celda, mensaje])).toEqual([
      ['E9', '2.1.: el volumen guardado es 1234.5 y el del libro 2000. Se conserva el guardado.'],
    ])
    expect(await vigente(ot)).toEqual(['2.1. C-2A 1234.5', '3.5. C-3 20.5', 'C3EXT-1538.1 C3EXT 1'])
    expect(await programa(ot, '2.1.')).toEqual({ '2026-02-01': '5' })
    // The same concept under its new annex: production would follow it.
    expect(await conceptos(ot)).toContainEqual({ codigo: '2.1', anexo: 'C-2A' })
    expect(await conceptos(ot)).toHaveLength(3)
  })

  it('§11.12: without an active version nothing is made', async () => {
    const ot = await crea.ot()
    await expect(actualizar(ot, [X])).rejects.toMatchObject({
      estado: 400,
      tipoAviso: 'advertencia',
      detalles: 'La OT no tiene un Anexo C activo. Carga primero el anexo desde cero.',
    })
    expect(await consulta('SELECT 1 FROM importacion_anexo WHERE id_ot = $1', ot)).toEqual([])
  })

  it('§11.10: homonyms keep their programmes apart', async () => {
    const ot = await crea.ot()
    await cargar(ot, [Z, Z2])
    await actualizar(ot, [{ ...Z2, programa: { '2026-03-07': '3' } }])
    const filas = await consulta(
      `SELECT p.descripcion_concepto AS c, d.fecha::text AS d FROM partida_proyectada_dia d JOIN partida_anexo_importada p ON p.id = d.id_partida_anexo
       JOIN importacion_anexo i ON i.id = p.id_importacion_anexo WHERE i.id_ot = $1 AND i.es_activo`,
      ot,
    )
    expect(filas).toEqual([{ c: 'OPERARIO (TUBERO)', d: '2026-03-07' }])
    expect(await vigente(ot)).toHaveLength(2)
  })

  it('§11.16: programme of the file replaces the stored one, or only its range', async () => {
    const febrero = Object.fromEntries(
      Array.from({ length: 10 }, (_, i) => [`2026-02-${String(i + 1).padStart(2, '0')}`, '1']),
    )
    const marzo = Object.fromEntries(Array.from({ length: 5 }, (_, i) => [`2026-03-0${String(i + 1)}`, '2']))
    const todo = await crea.ot()
    await cargar(todo, [
      { ...X, programa: febrero },
      { ...Y, programa: febrero },
    ])
    const r = await actualizar(todo, [{ ...X, programa: marzo }])
    expect(await programa(todo, '2.1.')).toEqual(marzo)
    expect(await programa(todo, '3.5.')).toEqual(febrero)
    expect(r.advertencias.map(({ mensaje }) => mensaje)).toEqual([
      'Se quitaron 10 días programados que el libro no trae, con un volumen de 10.',
    ])
    const rango = await crea.ot()
    await cargar(rango, [{ ...X, programa: { ...febrero, '2026-03-02': '9', '2026-03-20': '4' } }])
    await actualizar(rango, [{ ...X, programa: marzo }], [], { alcance: 'rango' })
    expect(await programa(rango, '2.1.')).toEqual({ ...febrero, ...marzo, '2026-03-20': '4' })
  })

  it('match by code when only one partida has it; a row without annex does not erase the label', async () => {
    const ot = await crea.ot()
    await cargar(ot, [X, Z, Z2])
    const r = await actualizar(ot, [
      { ...X, concepto: 'TUBO DE ACERO AL CARBÓN', anexo: null },
      { ...Z, concepto: 'OPERARIO (PAILERO)' },
    ])
    expect(r).toMatchObject({ actualizadas: 0, creadas: 1, total: 4 })
    expect(await vigente(ot)).toEqual(['2.1. C-2 1234.5', '4.7. C-4 10', '4.7. C-4 50', '4.7. C-4 10'])
  })
})

describe('annex S/A (produccion §5.4.3)', () => {
  it('is the only concept like it of the family, whichever came first', async () => {
    const antes = await crea.ot()
    await cargar(antes, [{ ...X, anexo: null }])
    await cargar(antes, [X])
    expect(await conceptos(antes)).toEqual([{ codigo: '2.1', anexo: 'C-2' }])
    const despues = await crea.ot()
    const hija = await crea.reprogramacion(despues, { num_reprogramacion: 1 })
    await cargar(despues, [X])
    await cargar(hija, [{ ...X, anexo: null }])
    expect(await conceptos(despues)).toEqual([{ codigo: '2.1', anexo: 'C-2' }])
  })

  it('with two it stays apart and says so; in one sheet with its only one, volumes and programmes are added', async () => {
    const ot = await crea.ot()
    const varios = await cargar(ot, [X, { ...X, anexo: 'C-4' }, { ...X, anexo: null }])
    expect(varios.advertencias.map(({ fila }) => fila)).toEqual([11])
    expect(varios.total).toBe(3)
    const uno = await crea.ot()
    await cargar(uno, [
      { ...X, volumen: '10', programa: { '2026-02-01': '1', '2026-02-02': '1' } },
      { ...X, anexo: null, volumen: '5', programa: { '2026-02-02': '2' } },
    ])
    expect(await vigente(uno)).toEqual(['2.1. C-2 15'])
    expect(await programa(uno, '2.1.')).toEqual({ '2026-02-01': '1', '2026-02-02': '3' })
  })
})

describe('undo of the last version', () => {
  const deshacer = async (idVersion: number, confirmarSinDestino = false) =>
    deshacerVersion(await app.ctxDe('administrador'), { idVersion, confirmarSinDestino })

  it('the previous one is active again, concepts with the names they had; undone twice, and a new load goes on', async () => {
    const ot = await crea.ot()
    const una = await cargar(ot, [X, Y])
    const dos = await actualizar(ot, [{ ...X, anexo: 'C-2A' }])
    expect(await deshacer(dos.importacion_id)).toMatchObject({ numero: 2, vigente: 1 })
    expect(await vigente(ot)).toEqual(['2.1. C-2 1234.5', '3.5. C-3 20.5'])
    expect(await conceptos(ot)).toEqual([
      { codigo: '2.1', anexo: 'C-2' },
      { codigo: '3.5', anexo: 'C-3' },
    ])
    await expect(deshacer(dos.importacion_id)).rejects.toMatchObject({ estado: 409 })
    expect(await deshacer(una.importacion_id)).toMatchObject({ numero: 1, vigente: null })
    expect(await vigente(ot)).toEqual([])
    expect(await cargar(ot, [Y])).toMatchObject({ numero: 3 })
  })
})

describe('production without a partida', () => {
  it('is asked first, then carried over with volume 0, and not asked again', async () => {
    const ot = await crea.ot()
    await cargar(ot, [X, Y])
    const [concepto] = await consulta<{ id: string }>(
      "SELECT id FROM concepto_consolidado WHERE id_ot = $1 AND codigo = '3.5'",
      ot,
    )
    const id = Number(concepto?.id)
    const perdido = {
      idConcepto: id,
      anexo: 'C-3',
      codigo: '3.5',
      concepto: 'ESTRUCTURA',
      unidad: 'TON',
      producciones: 1,
      volumen: '2.000000',
      estimaciones: null,
    }
    const reacomodadas: number[] = []
    const puerto: ProduccionDeLaFamilia = {
      sinDestino: (_ctx, _principal, enVigor) => Promise.resolve(enVigor.includes(id) ? [] : [perdido]),
      reacomodar: (_ctx, principal) => {
        reacomodadas.push(principal)
        return Promise.resolve({ recalculadas: 1, fusionadas: 0 })
      },
      resumen: () => Promise.resolve({ producciones: 1, conceptos: 1 }),
    }
    conectarProduccion(puerto)
    await expect(cargar(ot, [X])).rejects.toMatchObject({
      estado: 409,
      codigo: 'SIN_DESTINO',
      extra: {
        produccion_sin_destino: [{ clave: 'C-3 · 3.5 · ESTRUCTURA · TON', producciones: 1, volumen: '2.000000' }],
      },
    })
    const dos = await cargar(ot, [X], { confirmarSinDestino: true })
    expect(dos).toMatchObject({ total: 2, recalculadas: 1 })
    expect(dos.advertencias[0]?.mensaje).toContain('3.5. no está en el libro y tiene 1 producción')
    expect(await vigente(ot)).toEqual(['2.1. C-2 1234.5', '3.5. C-3 0'])
    expect(await cargar(ot, [X])).toMatchObject({ total: 2, numero: 3 })
    expect(reacomodadas).toEqual([ot, ot])
  })
})
