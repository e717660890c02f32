import { describe, expect, it } from 'vitest'
import { dinero } from '../../../src/comun/dinero.ts'
import {
  actualizarConceptos,
  buscarConcepto,
  eliminarConceptos,
  insertarConceptos,
  listarPrecios,
} from '../../../src/modulos/contratos/conceptos.repo.ts'
import type { Concepto, ConceptoNuevo } from '../../../src/modulos/contratos/contratos.tipos.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()

const NUEVO: ConceptoNuevo = {
  idTipoPartida: 7,
  idSubAnexo: null,
  idSeccion: null,
  orden: null,
  partidaOrdinaria: null,
  partidaExtraordinaria: 'C2EXT-8001',
  codigoInterno: null,
  descripcion: 'Tubería de 8"',
  idUnidadMedida: 15,
  cantidad: dinero('2.5'),
  precioUnitarioMn: dinero('100.10'),
  precioUnitarioUsd: dinero(0),
  categoria: null,
  subcategoria: null,
  clasificacion: null,
  pteCreacion: null,
  otCreacion: null,
  idPteCreacion: null,
  idOtCreacion: null,
  fechaAutorizacion: null,
  estatus: null,
  comentario: null,
  activo: true,
}

const CAPTURA = { origen: 'captura' } as const

async function existente(id: number): Promise<Concepto> {
  const concepto = await buscarConcepto(app.conexion.bd, id)
  if (concepto === null) throw new Error('the concept is not there')
  return concepto
}

describe('the history of a price', () => {
  it('is born with the concept, grows only when a price or the quantity changes, and says where each one came from', async () => {
    const ctx = await app.ctxDe('administrador')
    const [id = 0, otro = 0] = await conTransaccion(ctx, (tx) =>
      insertarConceptos(tx, [
        { concepto: NUEVO, precio: CAPTURA },
        { concepto: { ...NUEVO, partidaExtraordinaria: 'C2EXT-8002' }, precio: CAPTURA },
      ]),
    )
    expect(otro).toBe(id + 1)
    const creado = await existente(id)
    expect({ ...creado, cantidad: creado.cantidad.toFixed(2) }).toMatchObject({
      id,
      version: 1,
      cantidad: '2.50',
      idTipoPartida: 7,
    })

    await conTransaccion(ctx, (tx) =>
      actualizarConceptos(tx, [{ concepto: { ...creado, comentario: 'Revisado' }, precio: { origen: 'edicion' } }]),
    )
    expect(await listarPrecios(app.conexion.bd, id)).toHaveLength(1)

    const lote = await app.conexion.pool.query<{ id: string }>(
      `INSERT INTO lote_importacion (archivo, sha256, resumen) VALUES ('c.xlsx', repeat('0', 64), '{}') RETURNING id`,
    )
    const idLote = Number(lote.rows[0]?.id)
    await conTransaccion(app.ctx, async (tx) =>
      actualizarConceptos(tx, [
        {
          concepto: { ...(await existente(id)), precioUnitarioMn: dinero('120') },
          precio: { origen: 'importacion', idLote, archivo: 'ANEXO_C_PUES.xlsx', hoja: 'PUE´s BME', fila: 9 },
        },
      ]),
    )
    const precios = await listarPrecios(app.conexion.bd, id)
    expect(
      precios.map(({ numero, precioMn, origen, archivo, hoja, fila, usuario }) => [
        numero,
        precioMn.toFixed(2),
        origen,
        archivo,
        hoja,
        fila,
        usuario,
      ]),
    ).toEqual([
      [2, '120.00', 'importacion', 'ANEXO_C_PUES.xlsx', 'PUE´s BME', 9, null],
      [1, '100.10', 'captura', null, null, null, 'Prueba administrador'],
    ])
    expect(await existente(id)).toMatchObject({ version: 3, comentario: 'Revisado' })
  })

  it('goes away only with its concept', async () => {
    const [id = 0] = await conTransaccion(app.ctx, (tx) =>
      insertarConceptos(tx, [{ concepto: { ...NUEVO, partidaExtraordinaria: 'C2EXT-8003' }, precio: CAPTURA }]),
    )
    await expect(
      app.conexion.pool.query('DELETE FROM contrato_concepto_precio WHERE id_concepto = $1', [id]),
    ).rejects.toThrow(/append-only/)
    expect(await conTransaccion(app.ctx, (tx) => eliminarConceptos(tx.bd, [id]))).toEqual([id])
    expect(await listarPrecios(app.conexion.bd, id)).toEqual([])
  })
})
