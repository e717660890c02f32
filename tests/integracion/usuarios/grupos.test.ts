import { describe, expect, it } from 'vitest'
import { tipado, type Cuerpo } from '../../apoyo/agente.ts'
import { crearAppDePruebas, type Quien } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const RUTA = '/administracion/grupos/'

interface RespuestaGrupo extends Cuerpo {
  readonly personas: number
}

async function como(quien: Quien) {
  const entrada = await app.entrarComo(quien)
  return { ...entrada, agente: tipado(entrada.agente) }
}

async function idDe(nombre: string): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM "group" WHERE name = $1', [nombre])
  return Number(rows[0]?.id)
}

async function bitacora(id: number): Promise<string[]> {
  const { rows } = await pool.query<{ linea: string }>(
    `SELECT concat_ws('|', evento, campo, valor_anterior, valor_actual, detalle) AS linea FROM registro_actividad
     WHERE tabla_log = 33 AND registro_id = $1 ORDER BY id`,
    [id],
  )
  return rows.map(({ linea }) => linea)
}

describe('groups', () => {
  it('are created, renamed and changed, with a row of the log for each thing', async () => {
    const { agente } = await como('superusuario')
    const r = await agente.post(`${RUTA}crear/`).send({ name: ' Planeación ', permisos: ['operaciones.view_ote'] })
    const id = r.body.id_nuevo
    await agente
      .post(`${RUTA}editar/`)
      .send({ id, version: 1, name: 'Planeación A', permisos: ['operaciones.view_pteheader'] })
    expect((await bitacora(id)).toSorted()).toEqual(
      [
        'CREAR|Creó|||el grupo: Planeación',
        'MODIFICAR|Permiso: Ver órdenes de trabajo|No|Sí|del grupo: Planeación',
        'MODIFICAR|Permiso: Ver PTE|No|Sí|del grupo: Planeación A',
        'MODIFICAR|Permiso: Ver órdenes de trabajo|Sí|No|del grupo: Planeación A',
        'MODIFICAR|Nombre|Planeación|Planeación A|del grupo: Planeación A',
      ].toSorted(),
    )
    const vieja = await agente.post(`${RUTA}editar/`).send({ id, version: 1, name: 'Otro' })
    expect([vieja.status, vieja.body.codigo]).toEqual([409, 'VERSION'])
    expect((await agente.post(`${RUTA}crear/`).send({ name: 'PLANEACIÓN a' })).body.campos).toHaveProperty('name')
    expect((await agente.post(`${RUTA}crear/`).send({ name: '  ' })).status).toBe(400)
  })

  it('those of the system keep their name; their permissions may change', async () => {
    const { agente } = await como('superusuario')
    const id = await idDe('consulta')
    expect((await agente.post(`${RUTA}editar/`).send({ id, name: 'mirones' })).status).toBe(409)
    expect((await agente.post(`${RUTA}editar/`).send({ id, name: 'consulta' })).status).toBe(200)
  })

  it('one with people is not deactivated without saying so; then its permissions stop counting until it is back', async () => {
    const { agente } = await como('superusuario')
    const { agente: persona } = await como('estimaciones')
    const id = await idDe('estimaciones')
    const primera = await agente.post<RespuestaGrupo>(`${RUTA}eliminar/`).send({ id })
    expect([primera.status, primera.body.codigo, primera.body.personas]).toEqual([409, 'EN_USO', 1])
    expect((await persona.get('/operaciones/ot/datatable/')).status).toBe(200)
    expect((await agente.post(`${RUTA}eliminar/`).send({ id, confirmar: '1' })).status).toBe(200)
    expect((await persona.get('/operaciones/ot/datatable/')).status).toBe(403)
    const nadie = await agente
      .post('/administracion/usuarios/crear/')
      .send({ username: 'tarde', email: 'tarde@example.com', grupos: ['estimaciones'] })
    expect([nadie.status, Object.keys(nadie.body.campos)]).toEqual([400, ['grupos']])
    expect((await agente.post(`${RUTA}reactivar/`).send({ id })).status).toBe(200)
    expect((await persona.get('/operaciones/ot/datatable/')).status).toBe(200)
    expect((await bitacora(id)).map((linea) => linea.split('|')[0])).toEqual(['ELIMINAR', 'REACTIVAR'])
  })

  it('nobody takes away by a group what they administer with', async () => {
    const { agente } = await como('administrador')
    const id = await idDe('administrador')
    const sinNada = await agente.post(`${RUTA}editar/`).send({ id, permisos: ['auth.view_user'] })
    const apagado = await agente.post(`${RUTA}eliminar/`).send({ id, confirmar: '1' })
    expect([sinNada.status, apagado.status]).toEqual([409, 409])
    expect((await agente.get(`${RUTA}obtener/`).query({ id })).body.datos).toMatchObject({ activo: true, version: 1 })
  })
})

describe('matrix', () => {
  it('a cell given and taken away: the other browser obeys at its next click, and the log says it', async () => {
    const { agente } = await como('administrador')
    const { agente: otra } = await como('consulta')
    const grupo = await idDe('consulta')
    const cambiar = (concedido: boolean) =>
      agente.post('/administracion/permisos/cambiar/').send({ grupo, permiso: 'operaciones.importar_ote', concedido })
    expect((await otra.get('/operaciones/ot/importar/lista/')).status).toBe(403)
    expect((await cambiar(true)).status).toBe(200)
    expect((await otra.get('/operaciones/ot/importar/lista/')).status).not.toBe(403)
    expect((await cambiar(true)).status).toBe(200)
    expect((await cambiar(false)).status).toBe(200)
    expect((await otra.get('/operaciones/ot/importar/lista/')).status).toBe(403)
    const etiqueta = 'Permiso: Importar órdenes de trabajo históricas y deshacer un lote'
    expect((await bitacora(grupo)).filter((linea) => linea.includes(etiqueta))).toEqual([
      `MODIFICAR|${etiqueta}|No|Sí|del grupo: consulta`,
      `MODIFICAR|${etiqueta}|Sí|No|del grupo: consulta`,
    ])
    const raro = await agente
      .post('/administracion/permisos/cambiar/')
      .send({ grupo, permiso: 'a.b_c', concedido: true })
    expect([
      raro.status,
      (await agente.post('/administracion/permisos/cambiar/').send({ grupo: 999_999, permiso: 'x', concedido: 1 }))
        .status,
    ]).toEqual([400, 404])
  })

  it('is read by who may only see, without boxes', async () => {
    const { agente } = await como(['auth.view_user'])
    const { text } = await agente.get('/administracion/permisos/').set('Accept', 'text/html')
    expect(text).toContain('Importar órdenes de trabajo históricas')
    expect(text).not.toContain('type="checkbox"')
  })

  it('is exported as it is stored, in both kinds of file', async () => {
    const { agente } = await como('administrador')
    const csv = await agente.get('/administracion/permisos/exportar/').query({ formato: 'csv' })
    const [cabeza = '', ...lineas] = csv.text.trim().split(/\r?\n/)
    expect(cabeza).toContain('Permiso,Clave,administrador,consulta,estimaciones,operaciones')
    const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM permission')
    expect(lineas).toHaveLength(Number(rows[0]?.n))
    expect(lineas).toContainEqual(expect.stringMatching(/operaciones\.delete_ote,Sí,No,No,No/))
    const xlsx = await agente.get('/administracion/permisos/exportar/')
    expect([xlsx.status, xlsx.headers['content-disposition']]).toEqual([
      200,
      expect.stringMatching(/permisos-2025-06-16\.xlsx/),
    ])
  })
})

it('core §16.17: a person with only view_ote sees Inicio and OT in the menu and cannot read the log', async () => {
  const { agente } = await como(['operaciones.view_ote'])
  const { text } = await agente.get('/operaciones/').set('Accept', 'text/html')
  const menu = /<ul class="menu-lista">([\s\S]*?)<\/nav>/.exec(text)?.[1] ?? ''
  expect([...menu.matchAll(/<a href="([^"]+)"/g)].map(([, ruta]) => ruta)).toEqual([
    '/operaciones/',
    '/operaciones/ot/',
  ])
  expect((await agente.get('/administracion/usuarios/datatable/')).status).toBe(403)
})
