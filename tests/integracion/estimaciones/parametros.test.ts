// estimaciones.md §9 and settled.md §8: settings change who and what is demanded; two people is of a superuser, and logged.
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const administrador = (await app.entrarComo('administrador')).agente
const superusuario = (await app.entrarComo('superusuario')).agente
const cambiar = async (agente: typeof administrador, clave: string, valor: boolean): Promise<number> =>
  (await agente.post('/administracion/parametros/cambiar/').send({ clave, valor })).status

it('what is not demanded any more can be billed; an unknown one is not there', async () => {
  const { ot, d } = await escenaDeEstimacion(pool)
  const motivos = async (): Promise<unknown> => {
    const { body } = await administrador
      .get('/operaciones/estimaciones/candidatas/')
      .query({ id_ot: ot, fecha_desde: '2026-02-01', fecha_hasta: '2026-02-15' })
    return (body as { data: { id_produccion: number; motivos: string[] }[] }).data.find(
      (fila) => fila.id_produccion === d,
    )?.motivos
  }
  expect(await motivos()).toEqual(['GPU_PENDIENTE'])
  expect(await cambiar(administrador, 'exigir_gpu_firmado', false)).toBe(200)
  expect(await motivos()).toEqual([])
  expect(await cambiar(administrador, 'exigir_mes_cerrado', true)).toBe(200)
  expect(await motivos()).toEqual(['MES_ABIERTO'])
  expect(await cambiar(administrador, 'exigir_mes_cerrado', false)).toBe(200)
  expect(await cambiar(administrador, 'otra_cosa', true)).toBe(404)
})

it('only a superuser lets one person send and authorise, and it is written down', async () => {
  const escena = await escenaDeEstimacion(pool)
  const { body } = await superusuario.post('/operaciones/estimaciones/crear/').send({
    id_ot: escena.ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [{ id_produccion: escena.a }],
  })
  const { id_nuevo: id, version } = body as { id_nuevo: number; version: number }
  const mover = async (estatus: string, v: number): Promise<{ status: number; version: number }> => {
    const r = await superusuario
      .post('/operaciones/estimaciones/cambiar_estatus/')
      .send({ id, version: v, estatus, fecha_autorizacion: '2026-02-20' })
    return { status: r.status, version: (r.body as { version: number }).version }
  }
  const enviada = await mover('ENVIADA', version)
  expect(enviada.status).toBe(200)
  expect((await mover('AUTORIZADA', enviada.version)).status).toBe(409)
  expect(await cambiar(administrador, 'exigir_dos_personas', false)).toBe(403)
  expect(await cambiar(superusuario, 'exigir_dos_personas', false)).toBe(200)
  expect((await mover('AUTORIZADA', enviada.version)).status).toBe(200)
  const { rows } = await pool.query<{ valor_anterior: string; valor_actual: string }>(
    "SELECT valor_anterior, valor_actual FROM registro_actividad WHERE tabla_log = 31 AND campo LIKE 'Exigir que autorice%'",
  )
  expect(rows).toEqual([{ valor_anterior: 'sí', valor_actual: 'no' }])
})
