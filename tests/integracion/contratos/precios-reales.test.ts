/** The three real workbooks into an empty database: counts taken apart, by hand, from the files (catalogos §15.14). */
import { expect, it } from 'vitest'
import { CLASE_PRECIOS } from '../../../src/modulos/contratos/importacion/precios.clase.ts'
import type { InformePrecios } from '../../../src/modulos/contratos/importacion/precios.informe.ts'
import { aplicar, deshacerLote } from '../../../src/modulos/importacion/importacion.service.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { HAY_REALES, libroReal } from '../../apoyo/precios.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion

async function cargar(nombre: string): Promise<InformePrecios> {
  const archivo = { ruta: libroReal(nombre), nombre: `${nombre}.xlsx` }
  const opciones = { contrato: 'CONTRATO POR DEFINIR', crear: true }
  return aplicar(await app.ctxDe('administrador'), CLASE_PRECIOS, archivo, { opciones, todoONada: false })
}

async function uno(consulta: string): Promise<unknown> {
  const { rows } = await pool.query<{ v: unknown }>(consulta)
  return rows[0]?.v
}

const SIN_REALES = HAY_REALES ? '' : ' (skipped: ../shared/fixtures/contrato is not there)'

it.skipIf(!HAY_REALES)(
  `the contract, its PUEs and the legacy products, twice, and undone${SIN_REALES}`,
  async () => {
    const contrato = await cargar('ANEXO_C_CONTRATO')
    expect(contrato).toMatchObject({
      filas: 1464,
      conceptos: { total: 1464, creadas: 1464, actualizadas: 0, sin_cambio: 0, rechazadas: 0 },
      repetidas: 0,
      secciones: { total: 233, creadas: 233 },
      errores: [],
    })
    expect(
      await uno(
        `SELECT jsonb_object_agg(clave_anexo, n) AS v FROM (SELECT s.clave_anexo, count(*) AS n FROM contrato_concepto_maestro c
         JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo WHERE c.id_tipo_partida = 6 GROUP BY 1) q`,
      ),
    ).toEqual({ 'C-2': 501, 'C-3': 649, 'C-4': 88, 'C-4-1': 27, 'C-5': 185, 'C-5-1': 10, 'C-6': 4 })
    expect(
      await uno(
        `SELECT count(*)::int AS v FROM contrato_concepto_maestro c JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo
       WHERE s.clave_anexo = 'C-4' AND c.partida_ordinaria = '4.7.'`,
      ),
    ).toBe(7)
    expect(
      await uno(
        `SELECT (cantidad::text || ' ' || precio_unitario_mn::text) AS v FROM contrato_concepto_maestro WHERE partida_ordinaria = '6.1.'`,
      ),
    ).toBe('1049146.00 403.46')

    // catalogos §15.14
    const pues = await cargar('ANEXO_C_PUES')
    expect(pues).toMatchObject({ filas: 3056, conceptos: { total: 3056, creadas: 3056, rechazadas: 0 }, errores: [] })
    expect(
      await uno(
        `SELECT jsonb_build_object('ordinarias', count(*) FILTER (WHERE id_tipo_partida = 6), 'autorizadas', count(*) FILTER (WHERE id_tipo_partida = 6 AND estatus = 'AUTORIZADO'),
         'extraordinarias', count(*) FILTER (WHERE id_tipo_partida = 7), 'sin_estatus', count(*) FILTER (WHERE estatus IS NULL),
         'elaboracion', count(*) FILTER (WHERE estatus = 'EN ELABORACION'), 'canceladas', count(*) FILTER (WHERE estatus = 'CANCELADA'),
         'fechas', count(fecha_autorizacion)) AS v FROM contrato_concepto_maestro WHERE partida_extraordinaria IS NOT NULL`,
      ),
    ).toEqual({
      ordinarias: 180,
      autorizadas: 180,
      extraordinarias: 2876,
      sin_estatus: 1872,
      elaboracion: 752,
      canceladas: 252,
      fechas: 151,
    })

    const productos = await cargar('PRODUCTOS_IMPORTAR')
    expect(productos).toMatchObject({
      filas: 2240,
      conceptos: { total: 2240, creadas: 2240, rechazadas: 0 },
      errores: [],
    })
    expect(await uno('SELECT count(*)::int AS v FROM producto')).toBe(2240)
    expect(
      await uno(
        'SELECT jsonb_object_agg(t, n) AS v FROM (SELECT id_tipo_partida AS t, count(*) AS n FROM producto GROUP BY 1) q',
      ),
    ).toEqual({ 6: 1570, 7: 670 })

    for (const nombre of ['ANEXO_C_CONTRATO', 'ANEXO_C_PUES', 'PRODUCTOS_IMPORTAR']) {
      const otra = await cargar(nombre)
      expect([otra.lote, otra.conceptos.creadas, otra.conceptos.actualizadas, otra.secciones.creadas]).toEqual([
        null,
        0,
        0,
        0,
      ])
    }
    // Every price has its first row, with the workbook it came from.
    expect(
      await uno(
        `SELECT count(*)::int AS v FROM contrato_concepto_maestro c WHERE NOT EXISTS
         (SELECT 1 FROM contrato_concepto_precio p WHERE p.id_concepto = c.id AND p.numero = 1 AND p.archivo IS NOT NULL AND p.fila > 1)`,
      ),
    ).toBe(0)

    for (const { lote } of [productos, pues, contrato]) {
      await deshacerLote(await app.ctxDe('administrador'), CLASE_PRECIOS, lote ?? 0)
    }
    expect(
      await uno(
        'SELECT (SELECT count(*) FROM contrato_concepto_maestro) + (SELECT count(*) FROM contrato_seccion) + (SELECT count(*) FROM producto) + (SELECT count(*) FROM contrato_concepto_precio) AS v',
      ),
    ).toBe('0')
  },
  120_000,
)
