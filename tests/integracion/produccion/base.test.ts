import { beforeAll, describe, expect, it } from 'vitest'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { datosComunes, fabricasProduccion, type DatosComunes } from '../../apoyo/produccion.ts'

const { conexion } = await baseDePruebas()
const crea = fabricasProduccion(conexion.pool)
let comunes: DatosComunes
beforeAll(async () => {
  comunes = await datosComunes(conexion.pool)
})

describe('common data of produccion §10', () => {
  it('is what the specification gives', async () => {
    const { rows } = await conexion.pool.query<{ ot: string }>(
      `SELECT concat_ws(' ', o.id, o.id_tipo, o.estatus, o.id_frente, o.fecha_termino_programado, i.total_registros, count(p.id), sum(p.volumen_proyectado * p.precio_unitario_mn)) AS ot
       FROM ot o LEFT JOIN importacion_anexo i ON i.id_ot = o.id AND i.es_activo LEFT JOIN partida_anexo_importada p ON p.id_importacion_anexo = i.id
       GROUP BY o.id, i.id ORDER BY o.id`,
    )
    expect(rows.map(({ ot }) => ot)).toEqual([
      '101 4 1 2 2026-03-20 3 3 488760.2500000000',
      '102 5 1 2 2026-04-10 0',
      '103 4 1 1 2026-03-31 3 3 488760.2500000000',
      '104 4 0 4 2026-02-28 0',
      '105 4 1 2 2026-02-28 0',
    ])
    expect([comunes.P1.anexo, comunes.P2.anexo, comunes.P3.anexo]).toEqual(['C-2', 'C-3', 'C-5'])
    expect(comunes.anexo103.partidas.map(({ concepto }) => concepto)).not.toContain(comunes.P1.concepto)
  })

  it('production brings its folder and, in C-2 and C-3, its GPU', async () => {
    await crea.produccion(comunes.P1, { fecha: '2026-02-20', volumen: '1.5' })
    await crea.produccion(comunes.P3, { fecha: '2026-03-01', volumen: '2', tipo: 'CMA' })
    expect(await crea.leerProduccion(101)).toMatchObject([
      { codigo: '2.1', fecha: '2026-02-20', tipo: 'TE', sitio: 1, volumen: '1.500000', excedente: false, gpu: 20 },
      { codigo: '5.1', fecha: '2026-03-01', tipo: 'CMA', sitio: 1, volumen: '2.000000', excedente: false, gpu: null },
    ])
    const { rows } = await conexion.pool.query('SELECT id_ot::int, mes, anio FROM reporte_mensual_header ORDER BY mes')
    expect(rows).toEqual([
      { id_ot: 101, mes: 2, anio: 2026 },
      { id_ot: 101, mes: 3, anio: 2026 },
    ])
  })
})

describe('what the database itself refuses (issue C §4)', () => {
  const hacer = (
    sentencia: () => Promise<unknown>,
  ): Promise<{ restriccion: string | undefined; columna: string | undefined }> =>
    sentencia().then(
      () => ({ restriccion: 'stored', columna: undefined }),
      (error: unknown) => {
        const { constraint, column } = error as { constraint?: string; column?: string }
        return { restriccion: constraint, columna: column }
      },
    )
  const dia = { fecha: '2026-02-25', volumen: '1' }

  it('a second production of the same concept, day, type and site', async () => {
    await crea.produccion(comunes.P3, dia)
    expect(await hacer(() => crea.produccion(comunes.P3, dia))).toMatchObject({ restriccion: 'produccion_unica' })
    // Another version of the annex has the same concept: still the same production.
    const { partidas } = await crea.version(102, [
      { codigo: '5.1', concepto: 'grúa de  cubierta', anexo: 'C5', unidad: 10 },
    ])
    expect(partidas[0]?.concepto).toBe(comunes.P3.concepto)
    expect(await hacer(() => crea.produccion(partidas[0] ?? comunes.P3, dia))).toMatchObject({
      restriccion: 'produccion_unica',
    })
    expect(await hacer(() => crea.produccion(comunes.P3, { ...dia, tipo: 'CMA' }))).toMatchObject({
      restriccion: 'stored',
    })
    expect(await hacer(() => crea.produccion(comunes.P3, { ...dia, sitio: 2 }))).toMatchObject({
      restriccion: 'stored',
    })
  })

  it('no site, so that a null never escapes the unique key', async () => {
    expect(await hacer(() => crea.produccion(comunes.P3, { ...dia, id_sitio_produccion: null }))).toMatchObject({
      columna: 'id_sitio_produccion',
    })
  })

  it.each(['0', '-0.000001', '-5'])('a volume of %s', async (volumen) => {
    expect(await hacer(() => crea.produccion(comunes.P3, { fecha: '2026-02-26', volumen }))).toMatchObject({
      restriccion: 'produccion_volumen_positivo',
    })
  })

  it('a kind of time that is neither TE nor CMA', async () => {
    expect(
      await hacer(() => crea.produccion(comunes.P3, { ...dia, fecha: '2026-02-26', tipo_tiempo: 'CMD' })),
    ).toMatchObject({
      restriccion: 'produccion_tipo_tiempo_valido',
    })
  })

  it('a day outside the month of its folder', async () => {
    const enero = await crea.carpeta(101, '2026-01-01')
    expect(
      await hacer(() => crea.produccion(comunes.P3, { ...dia, fecha: '2026-02-27', id_reporte_mensual: enero })),
    ).toMatchObject({ restriccion: 'produccion_mensual_fk' })
  })

  it('a production whose partida is of another concept', async () => {
    expect(
      await hacer(() =>
        crea.produccion(comunes.P3, { ...dia, fecha: '2026-02-27', id_concepto_consolidado: comunes.P1.concepto }),
      ),
    ).toMatchObject({ restriccion: 'produccion_partida_fk' })
  })

  it('a second active annex of an order', async () => {
    expect(
      await hacer(() =>
        conexion.pool.query("INSERT INTO importacion_anexo (id_ot, numero, archivo_excel) VALUES (101, 9, 'b.xlsx')"),
      ),
    ).toMatchObject({ restriccion: 'importacion_anexo_activo_unico' })
  })

  it('the same concept twice in a version, and a second status of a day', async () => {
    expect(
      await hacer(() =>
        crea.partida(comunes.anexo101.id, { codigo: '2.1', concepto: 'tubo de acero', anexo: 'ANEXO C-2.' }),
      ),
    ).toMatchObject({ restriccion: 'partida_anexo_importada_concepto_unico' })
    await crea.reporteDiario({ ot: 101, fecha: '2026-02-13' })
    expect(await hacer(() => crea.reporteDiario({ ot: 101, fecha: '2026-02-13', estatus: 19 }))).toMatchObject({
      restriccion: 'reporte_diario_detalle_unico',
    })
  })

  it('production of a signed day, whoever writes it; its flag and its partida may change', async () => {
    const { P1 } = comunes
    const enero = (dia: string, mas: Record<string, unknown> = {}) =>
      crea.produccion(P1, { fecha: `2026-01-${dia}`, volumen: '5', sitio: 2, ...mas })
    const id = await enero('20')
    const libre = await enero('21')
    await crea.reporteDiario({ ot: 101, fecha: '2026-01-20', sitio: 2 })
    const firmado = { restriccion: 'produccion_dia_firmado' }
    const { pool } = conexion
    expect(await hacer(() => enero('20', { tipo: 'CMA' }))).toMatchObject(firmado)
    await pool.query('DELETE FROM registro_generadores_pu WHERE id_produccion = $1', [id])
    for (const sentencia of [
      `UPDATE produccion SET volumen_produccion = 6 WHERE id = ${String(id)}`,
      `UPDATE produccion SET fecha_produccion = '2026-01-22' WHERE id = ${String(id)}`,
      `UPDATE produccion SET fecha_produccion = '2026-01-20', tipo_tiempo = 'CMA' WHERE id = ${String(libre)}`,
      `DELETE FROM produccion WHERE id = ${String(id)}`,
    ])
      expect(await hacer(() => pool.query(sentencia))).toMatchObject(firmado)
    for (const sentencia of [
      `UPDATE produccion SET es_excedente = NOT es_excedente, id_estatus_cobro = 24 WHERE id = ${String(id)}`,
      `UPDATE produccion SET volumen_produccion = 6 WHERE id = ${String(libre)}`,
    ])
      expect(await hacer(() => pool.query(sentencia))).toMatchObject({ restriccion: 'stored' })
    // The same day at another site is another report.
    expect(await hacer(() => enero('20', { sitio: 1 }))).toMatchObject({ restriccion: 'stored' })
  })
})
