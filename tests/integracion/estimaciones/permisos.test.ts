// Issue D §3: who may take each step, by the address of the pages, by a token of the API and by the exports.
import { describe, expect, it } from 'vitest'
import { TRANSICIONES } from '../../../src/modulos/estimaciones/estimaciones.reglas.ts'
import type { EstatusEstimacion } from '../../../src/modulos/estimaciones/estimaciones.tipos.ts'
import { cambiarEstatus } from '../../../src/modulos/estimaciones/flujo.service.ts'
import { CambiarEstatus } from '../../../src/modulos/estimaciones/estimaciones.schema.ts'
import { permisosDeGrupo } from '../../../src/modulos/usuarios/permisos-por-grupo.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { escenaDeEstimacion } from '../../apoyo/estimaciones.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z' })
const { pool } = app.conexion
const BASE = '/operaciones/estimaciones'
const VER = 'operaciones.view_estimacionheader'
const elabora = await app.ctxDe('superusuario')
const revisa = await app.ctxDe(permisosDeGrupo('administrador'))
const quienElabora = (await app.entrarComo('superusuario')).agente

/** Data of every step at once. */
const DATOS = {
  fecha_autorizacion: '2026-02-20',
  folio_factura: 'F-1',
  fecha_factura: '2026-02-25',
  fecha_cobro: '2026-03-01',
  motivo: 'de la prueba',
}
/** Steps that lead from a draft to each status. */
const CAMINO: Readonly<Record<EstatusEstimacion, readonly EstatusEstimacion[]>> = {
  EN_ESTIMACION: [],
  ENVIADA: ['ENVIADA'],
  RECHAZADA: ['ENVIADA', 'RECHAZADA'],
  AUTORIZADA: ['ENVIADA', 'AUTORIZADA'],
  FACTURADA: ['ENVIADA', 'AUTORIZADA', 'FACTURADA'],
  COBRADA: [],
  CANCELADA: [],
}

interface Viva {
  readonly id: number
  readonly version: number
}
/** An estimation of a family of its own, in a status. */
async function en(estatus: EstatusEstimacion): Promise<Viva> {
  const { ot, a, b } = await escenaDeEstimacion(pool)
  const { body } = await quienElabora.post(`${BASE}/crear/`).send({
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [{ id_produccion: a }, { id_produccion: b }],
  })
  const { id_nuevo: id, version } = body as { id_nuevo: number; version: number }
  let viva: Viva = { id, version }
  for (const paso of CAMINO[estatus]) {
    const quien = paso === 'ENVIADA' ? elabora : revisa
    viva = {
      id,
      version: (await cambiarEstatus(quien, CambiarEstatus.parse({ ...viva, ...DATOS, estatus: paso }))).version,
    }
  }
  return viva
}
async function guardado(id: number): Promise<unknown> {
  const { rows } = await pool.query(
    `SELECT to_jsonb(h) AS cabecera, (SELECT json_agg(d ORDER BY d.id) FROM estimacion_detalle d WHERE d.id_estimacion_header = h.id) AS lineas
     FROM estimacion_header h WHERE h.id = $1`,
    [id],
  )
  return rows[0]
}
const TODOS = permisosDeGrupo('estimaciones')

describe('each step of the flow', () => {
  it.each(TRANSICIONES.map(({ de, a, permiso }) => [de, a, permiso] as const))('%s → %s', async (de, a, permiso) => {
    const viva = await en(de)
    const antes = await guardado(viva.id)
    const cuerpo = { ...viva, ...DATOS, estatus: a }
    const intentar = async (agente: ReturnType<typeof app.anonimo>): Promise<number> =>
      (await agente.post(`${BASE}/cambiar_estatus/`).send(cuerpo)).status
    expect(await intentar(app.anonimo())).toBe(401)
    const negados = ['consulta', 'operaciones', [VER], [], TODOS.filter((codigo) => codigo !== permiso)] as const
    for (const quien of negados)
      expect([quien, await intentar((await app.entrarComo(quien)).agente)]).toEqual([quien, 403])
    // Its permission is not enough without seeing estimations.
    expect(await intentar((await app.entrarComo([permiso])).agente)).toBe(403)
    const sinFirma = (await app.entrarComo('estimaciones')).agente
    const { status } = await sinFirma.post(`${BASE}/cambiar_estatus/`).set('X-CSRFToken', '').send(cuerpo)
    expect(status).toBe(403)
    expect(await guardado(viva.id)).toEqual(antes)
    expect(await intentar((await app.entrarComo([VER, permiso])).agente)).toBe(200)
  })

  it('the groups that estimate may take them all', async () => {
    for (const quien of ['estimaciones', 'administrador'] as const) {
      const { agente } = await app.entrarComo(quien)
      for (const { de, a } of TRANSICIONES) {
        const { status } = await agente
          .post(`${BASE}/cambiar_estatus/`)
          .send({ ...(await en(de)), ...DATOS, estatus: a })
        expect([quien, de, a, status]).toEqual([quien, de, a, 200])
      }
    }
  })
})

describe('the other commands and the files', () => {
  const MANDOS = [
    'crear',
    'editar',
    'agregar_detalles',
    'quitar_detalles',
    'ajustar_detalle',
    'rechazar_detalle',
    'actualizar_precios',
    'cambiar_estatus',
  ]

  it('a token of the API reads, and writes nothing', async () => {
    const { agente } = await app.entrarComo('administrador')
    const { body } = await agente
      .post('/perfil/tokens/crear/')
      .send({ nombre: 'prueba', dias: 30, alcances: ['operaciones.view_pteheader'] })
    const { token } = body as { token?: string }
    expect(token).toEqual(expect.any(String))
    const viva = await en('EN_ESTIMACION')
    const antes = await guardado(viva.id)
    const con = (pedido: ReturnType<ReturnType<typeof app.anonimo>['get']>) =>
      pedido.set('Authorization', `Bearer ${token ?? ''}`)
    for (const mando of MANDOS) {
      const { status } = await con(app.anonimo().post(`${BASE}/${mando}/`)).send({
        ...viva,
        ...DATOS,
        estatus: 'ENVIADA',
      })
      expect([mando, [401, 403].includes(status)]).toEqual([mando, true])
    }
    expect(await guardado(viva.id)).toEqual(antes)
  })

  it('without its token against forgeries no command runs; without session, 401', async () => {
    const { agente } = await app.entrarComo('administrador')
    for (const mando of MANDOS) {
      expect([mando, (await agente.post(`${BASE}/${mando}/`).set('X-CSRFToken', '').send({})).status]).toEqual([
        mando,
        403,
      ])
      expect([mando, (await app.anonimo().post(`${BASE}/${mando}/`).send({})).status]).toEqual([mando, 401])
    }
  })

  it('the files want their permission, whatever the status', async () => {
    const EXPORTES = ['exportar_excel', 'exportar_pdf']
    for (const estatus of ['EN_ESTIMACION', 'ENVIADA', 'FACTURADA'] as const) {
      const { id } = await en(estatus)
      for (const exporte of EXPORTES) {
        const pedir = async (agente: ReturnType<typeof app.anonimo>): Promise<number> =>
          (await agente.get(`${BASE}/${exporte}/`).query({ id })).status
        expect(await pedir(app.anonimo())).toBe(401)
        expect(await pedir((await app.entrarComo([VER])).agente)).toBe(403)
        expect(await pedir((await app.entrarComo('consulta')).agente)).toBe(200)
      }
    }
    const lista = (await app.entrarComo([VER])).agente
    expect((await lista.get(`${BASE}/exportar/`)).status).toBe(403)
  })
})

describe('two people through every detour (settled §8)', () => {
  const mover = (ctx: typeof elabora, viva: Viva, estatus: EstatusEstimacion) =>
    cambiarEstatus(ctx, CambiarEstatus.parse({ ...viva, ...DATOS, estatus }))

  it('who sent it does not authorise it after somebody else sent it back one step', async () => {
    const { id, version } = await en('AUTORIZADA')
    const vuelta = await mover(revisa, { id, version }, 'ENVIADA')
    await expect(mover(elabora, { id, version: vuelta.version }, 'AUTORIZADA')).rejects.toMatchObject({ estado: 409 })
    expect((await mover(revisa, { id, version: vuelta.version }, 'AUTORIZADA')).estatus).toBe('AUTORIZADA')
  })

  it('rejected and sent again by the other, the other does not authorise it', async () => {
    const { id, version } = await en('RECHAZADA')
    const abierta = await mover(elabora, { id, version }, 'EN_ESTIMACION')
    const enviada = await mover(revisa, { id, version: abierta.version }, 'ENVIADA')
    await expect(mover(revisa, { id, version: enviada.version }, 'AUTORIZADA')).rejects.toMatchObject({ estado: 409 })
    expect((await mover(elabora, { id, version: enviada.version }, 'AUTORIZADA')).estatus).toBe('AUTORIZADA')
  })

  it('with every line rejected there is nothing to authorise', async () => {
    const { id, version } = await en('ENVIADA')
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1',
      [id],
    )
    const revisor = (await app.entrarComo('administrador')).agente
    let ultima = version
    for (const linea of rows) {
      const cuerpo = { id_detalle: Number(linea.id), version: ultima, comentario_ajuste: 'sin soporte' }
      const { body } = await revisor.post(`${BASE}/rechazar_detalle/`).send(cuerpo)
      ultima = (body as { version: number }).version
    }
    await expect(mover(revisa, { id, version: ultima }, 'AUTORIZADA')).rejects.toMatchObject({
      estado: 409,
      message: expect.stringContaining('no le quedan líneas') as string,
    })
    expect((await mover(revisa, { id, version: ultima }, 'RECHAZADA')).estatus).toBe('RECHAZADA')
  })
})
