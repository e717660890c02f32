// Every command of billing leaves its row of the log (core.md §9.3), with the person, the estimation and its version.
import { expect, it } from 'vitest'
import { rutasDeducciones } from '../../../src/modulos/estimaciones/deducciones/deducciones.routes.ts'
import { rutasEstimaciones } from '../../../src/modulos/estimaciones/estimaciones.routes.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const { agente, usuarioId } = await app.entrarComo('estimaciones')
const BASE = '/operaciones/estimaciones'

interface Viva {
  readonly id: number
  version: number
}
const escena = await escenaDeEstimacion(pool)
const periodo = { fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15', fecha_estimacion: '2026-02-16' }

async function enviar(ruta: string, cuerpo: Record<string, unknown>): Promise<Record<string, unknown>> {
  const { status, body } = await agente.post(`${BASE}/${ruta}/`).send(cuerpo)
  expect([ruta, status]).toEqual([ruta, 200])
  return body as Record<string, unknown>
}

async function lineaDe(id: number, produccion: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
    [id, produccion],
  )
  return Number(rows[0]?.id)
}

it('one row or more per command', async () => {
  const viva: Viva = { id: 0, version: 0 }
  const pasos: readonly (readonly [string, () => Promise<Record<string, unknown>>])[] = [
    ['crear', () => Promise.resolve({ id_ot: escena.ot, ...periodo, detalles: [{ id_produccion: escena.a }] })],
    ['editar', () => Promise.resolve({ comentario: 'Primera' })],
    ['agregar_detalles', () => Promise.resolve({ ids_produccion: [escena.b, escena.e] })],
    [
      'ajustar_detalle',
      async () => ({
        id_detalle: await lineaDe(viva.id, escena.a),
        volumen_estimado: '30',
        comentario_ajuste: 'medido',
      }),
    ],
    ['quitar_detalles', async () => ({ ids_detalle: [await lineaDe(viva.id, escena.e)] })],
    [
      'actualizar_precios',
      async () => {
        await pool.query('UPDATE partida_anexo_importada SET precio_unitario_mn = 1200 WHERE id = $1', [escena.P1.id])
        return {}
      },
    ],
    ['deducciones/guardar', () => Promise.resolve({ deducciones: [{ nombre: 'Anticipo', porcentaje: '30' }] })],
    ['cambiar_estatus', () => Promise.resolve({ estatus: 'ENVIADA' })],
    [
      'rechazar_detalle',
      async () => ({ id_detalle: await lineaDe(viva.id, escena.b), comentario_ajuste: 'sin soporte' }),
    ],
  ]
  const mandatos = [...rutasEstimaciones, ...rutasDeducciones]
    .filter(({ clase }) => clase === 'accion')
    .map(({ ruta }) => ruta)
  expect(pasos.map(([ruta]) => `${BASE}/${ruta}/`).sort()).toEqual([...mandatos].sort())
  for (const [ruta, cuerpo] of pasos) {
    const { rows: antes } = await pool.query<{ n: string }>('SELECT coalesce(max(id), 0) AS n FROM registro_actividad')
    const body = await enviar(ruta, { id: viva.id, version: viva.version, ...(await cuerpo()) })
    if (ruta === 'crear') Object.assign(viva, { id: Number(body['id_nuevo']) })
    viva.version = Number(body['version'])
    const { rows } = await pool.query<{ usuario_id: string; registro_id: string; version: number }>(
      'SELECT usuario_id, registro_id, version FROM registro_actividad WHERE id > $1 AND tabla_log = 25',
      [antes[0]?.n],
    )
    expect([ruta, rows.length > 0]).toEqual([ruta, true])
    for (const fila of rows)
      expect([ruta, Number(fila.usuario_id), Number(fila.registro_id), fila.version]).toEqual([
        ruta,
        usuarioId,
        viva.id,
        viva.version,
      ])
  }
})
