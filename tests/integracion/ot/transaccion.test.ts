import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('administrador')).agente)
const { pool } = app.conexion

const inicial = (orden_trabajo: string) => ({
  id_tipo: 4,
  orden_trabajo,
  descripcion_trabajo: 'Nueva',
  responsable_proyecto: SEMILLA.responsable,
  responsable_cliente: 'Ing. X',
  id_cliente: SEMILLA.clienteContrato,
})
const crear = (cuerpo: Record<string, unknown>) => agente.post('/operaciones/ot/crear-ot-reprogramacion/').send(cuerpo)
const cuantas = async () => (await pool.query<{ n: string }>('SELECT count(*) AS n FROM ot')).rows[0]?.n

/** The next INSERT in that table breaks, as a full disk would. */
async function romper(tabla: string): Promise<() => Promise<void>> {
  await pool.query(
    `CREATE FUNCTION romper() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'sin espacio' USING ERRCODE = '53100'; END $$`,
  )
  await pool.query(`CREATE TRIGGER romper BEFORE INSERT ON ${tabla} FOR EACH ROW EXECUTE FUNCTION romper()`)
  return async () => {
    await pool.query(`DROP TRIGGER romper ON ${tabla}; DROP FUNCTION romper`)
  }
}

describe('one transaction', () => {
  it.each(['ot_detalle', 'registro_actividad'])(
    'D-OT-32: a fault while storing %s leaves no OT, and tells nothing of itself',
    async (tabla) => {
      const antes = await cuantas()
      const componer = await romper(tabla)
      const { status, body } = await crear({ id_tipo: 5, orden_trabajo: 'ROTA', ot_principal: await crea.ot() })
      await componer()
      expect([status, body.exito, body.detalles.includes('sin espacio')]).toEqual([500, false, false])
      expect(Number(await cuantas())).toBe(Number(antes) + 1)
    },
  )

  it('an edition whose log cannot be written changes nothing', async () => {
    const id = await crea.ot({ comentario: 'antes' })
    const componer = await romper('registro_actividad')
    const { status } = await agente.post('/operaciones/ot/editar/').send({ id, comentario_general: 'después' })
    await componer()
    expect([status, (await crea.leerOt(id))['comentario']]).toEqual([500, 'antes'])
  })

  it('the same folio twice at once: one is stored, the other is told', async () => {
    const respuestas = await Promise.all(Array.from({ length: 6 }, () => crear(inicial('A LA VEZ'))))
    expect(respuestas.map(({ status }) => status).sort()).toEqual([200, 409, 409, 409, 409, 409])
    const rechazos = respuestas.filter(({ status }) => status === 409)
    expect(new Set(rechazos.map(({ body }) => body.tipo_aviso))).toEqual(new Set(['error']))
    expect(Object.keys(rechazos[0]?.body.campos ?? {})).toEqual(['orden_trabajo'])
  })

  it('the same number twice at once: one is stored, the other is told', async () => {
    const principal = await crea.ot()
    const respuestas = await Promise.all(
      [1, 2, 3].map(() => crear({ id_tipo: 5, orden_trabajo: 'N', ot_principal: principal, num_reprogramacion: 7 })),
    )
    expect(respuestas.map(({ status }) => status).sort()).toEqual([200, 409, 409])
  })

  it('two people save the same OT at once: one wins, the other is told', async () => {
    const id = await crea.ot()
    const respuestas = await Promise.all(
      ['uno', 'dos'].map((comentario_general) =>
        agente.post('/operaciones/ot/editar/').send({ id, version: 1, comentario_general }),
      ),
    )
    expect(respuestas.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('editing, deleting and reprogramming one family at once never locks it for good', async () => {
    const raiz = await crea.ot({ pasos: [1, 1] })
    const hija = await crea.reprogramacion(raiz, { num_reprogramacion: 1 })
    const paso = Number((await crea.leerPasos(raiz))[0]?.['id'])
    const respuestas = await Promise.all(
      Array.from({ length: 6 }, (_, i) => [
        crear({ id_tipo: 5, orden_trabajo: 'F', ot_principal: raiz }),
        agente
          .post('/operaciones/ot/editar/')
          .send({ id: hija, ot_principal: raiz, num_reprogramacion: '', comentario_general: `c${i}` }),
        agente.post('/operaciones/ot/editar/').send({ id: raiz, comentario_general: `r${i}` }),
        agente.post('/operaciones/ot/cambiar_estatus_paso/').send({ paso_id: paso, nuevo_estatus: 1 + (i % 4) }),
      ]).flat(),
    )
    expect(new Set(respuestas.map(({ status }) => status))).toEqual(new Set([200]))
  })
})
