import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { huellaDelDia } from '../../../src/modulos/produccion/diario/firma.repo.ts'
import { unaFila } from '../../../src/plataforma/bd.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { datosComunes, fabricasProduccion } from '../../apoyo/produccion.ts'

const { conexion } = await baseDePruebas()
const crea = fabricasProduccion(conexion.pool)
const { P1, P3 } = await datosComunes(conexion.pool)

describe('fingerprint of a signed day', () => {
  const huella = async (fecha = '2026-02-12', sitio = 1): Promise<string | undefined> => {
    const mensual = await crea.carpeta(101, fecha)
    const consulta = huellaDelDia(sql`${mensual}`, sql`${fecha}::date`, sql`${sitio}`)
    return (await unaFila(conexion.bd, sql`SELECT ${consulta} AS huella`, z.object({ huella: z.string() })))?.huella
  }

  it('of an empty day is that of nothing', async () => {
    expect(await huella()).toBe('e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855')
  })

  it('changes with a volume, a type or a concept, and not with other days, sites, annexes or flags', async () => {
    const id = await crea.produccion(P1, { fecha: '2026-02-12', volumen: '35' })
    const primera = await huella()
    await crea.produccion(P1, { fecha: '2026-02-12', volumen: '7', sitio: 2 })
    await crea.produccion(P3, { fecha: '2026-02-13', volumen: '7' })
    await conexion.pool.query('UPDATE produccion SET es_excedente = true, id_estatus_cobro = 24 WHERE id = $1', [id])
    const otroAnexo = await crea.version(102, [{ codigo: '2.1', concepto: 'tubo de acero', anexo: 'C-7', unidad: 11 }])
    await conexion.pool.query(
      'UPDATE produccion SET id_partida_anexo = $2, id_concepto_consolidado = $3 WHERE id = $1',
      [id, otroAnexo.partidas[0]?.id, otroAnexo.partidas[0]?.concepto],
    )
    expect(await huella()).toBe(primera)

    const vistas = [primera]
    for (const cambio of ['volumen_produccion = 35.000001', "tipo_tiempo = 'CMA'"]) {
      await conexion.pool.query(`UPDATE produccion SET ${cambio} WHERE id = $1`, [id])
      vistas.push(await huella())
    }
    await crea.produccion(P3, { fecha: '2026-02-12', volumen: '1' })
    vistas.push(await huella())
    expect(new Set(vistas).size).toBe(4)
  })
})
