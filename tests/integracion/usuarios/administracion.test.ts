import { describe, expect, it } from 'vitest'
import { buscarCuenta } from '../../../src/modulos/usuarios/cuentas/cuentas.repo.ts'
import { CLAVE, entrar } from '../../apoyo/acceso.ts'
import { tipado, type Cuerpo } from '../../apoyo/agente.ts'
import { crearAppDePruebas, type Quien } from '../../apoyo/app.ts'
import { hasta } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas({ cola: true })
const { pool, bd } = app.conexion
const RUTA = '/administracion/usuarios/'

interface RespuestaUsuario extends Cuerpo {
  readonly enlace: string | null
}

async function como(quien: Quien) {
  const entrada = await app.entrarComo(quien)
  return { ...entrada, agente: tipado(entrada.agente) }
}

let consecutivo = 0
/** An account by SQL; `grupos` and `permisos` by name. */
async function cuenta(
  datos: { superusuario?: boolean; grupos?: readonly string[]; permisos?: readonly string[]; email?: string } = {},
): Promise<number> {
  consecutivo += 1
  const username = `persona${String(consecutivo)}`
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO "user" (username, email, password, is_superuser) VALUES ($1, $2, '!', $3) RETURNING id`,
    [username, datos.email ?? `${username}@example.com`, datos.superusuario ?? false],
  )
  const id = Number(rows[0]?.id)
  await pool.query('INSERT INTO user_groups SELECT $1, id FROM "group" WHERE name = ANY($2)', [id, datos.grupos ?? []])
  await pool.query('INSERT INTO user_permissions SELECT $1, id FROM permission WHERE codigo = ANY($2)', [
    id,
    datos.permisos ?? [],
  ])
  return id
}

async function bitacora(id: number): Promise<string[]> {
  const { rows } = await pool.query<{ linea: string }>(
    `SELECT concat_ws('|', evento, campo, valor_anterior, valor_actual) AS linea FROM registro_actividad
     WHERE tabla_log = 28 AND registro_id = $1 ORDER BY id`,
    [id],
  )
  return rows.map(({ linea }) => linea)
}

describe('creation', () => {
  it('an account may be born inactive (settled.md §5): it does not enter, and no link is made for it', async () => {
    const { agente } = await como('superusuario')
    const { status, body } = await agente
      .post(`${RUTA}crear/`)
      .send({ username: 'nace.inactiva', email: 'nace.inactiva@example.com', is_active: false, grupos: ['consulta'] })
    expect([status, body.detalles, 'enlace' in body]).toEqual([200, 'Usuario creado correctamente', false])
    const { rows } = await pool.query('SELECT is_active FROM "user" WHERE id = $1', [body.registro_id])
    expect(rows).toEqual([{ is_active: false }])
  })

  it('with a password, groups and permissions: the person enters with it and each thing given is in the log', async () => {
    const { agente } = await como('superusuario')
    const r = await agente.post<RespuestaUsuario>(`${RUTA}crear/`).send({
      username: 'nueva',
      first_name: ' Nueva ',
      last_name: 'Persona',
      email: 'nueva@example.com',
      clave: CLAVE,
      clave_confirmacion: CLAVE,
      grupos: ['consulta'],
      permisos: ['operaciones.importar_ote'],
    })
    expect([r.status, r.body.enlace]).toEqual([200, undefined])
    expect((await entrar(app.anonimo(), { username: 'nueva' })).status).toBe(302)
    expect(await bitacora(r.body.id_nuevo)).toEqual([
      'CREAR|Creó||consulta',
      'MODIFICAR|Permiso: Importar órdenes de trabajo históricas y deshacer un lote|No|Sí',
    ])
  })

  it('without a password: a one-time link is made, and shown because there is no mail server', async () => {
    const { agente } = await como('superusuario')
    const r = await agente
      .post<RespuestaUsuario>(`${RUTA}crear/`)
      .type('form')
      .send({ username: 'sinclave', email: 'sinclave@example.com', grupos: 'consulta' })
    expect(r.body.enlace).toMatch(/^http:\/\/127\.0\.0\.1\/accounts\/clave\/[\w-]{43}\/$/)
    expect((await entrar(app.anonimo(), { username: 'sinclave', password: '!' })).status).toBe(200)
    await hasta(() => Promise.resolve(app.correos.length === 1), 'the message leaves')
    expect(app.correos[0]).toMatchObject({
      para: ['sinclave@example.com'],
      texto: expect.stringContaining(r.body.enlace ?? 'nothing') as string,
    })
  })

  it.each([
    [
      { username: 'con espacio', email: 'no', clave: '123', clave_confirmacion: '124' },
      400,
      'username email clave clave_confirmacion',
    ],
    [{ username: 'NUEVA', email: 'otra@example.com' }, 409, 'username'],
    [{ username: 'distinta', email: 'Nueva@Example.com' }, 409, 'email'],
    [{ username: 'distinta', email: 'd@example.com', grupos: ['jefes'] }, 400, 'grupos'],
    [{ username: 'distinta', email: 'd@example.com', permisos: ['x.y_z'] }, 400, 'permisos'],
  ])('refuses %o', async (datos, estado, campos) => {
    const { agente } = await como('superusuario')
    const r = await agente.post(`${RUTA}crear/`).send(datos)
    expect([r.status, Object.keys(r.body.campos).join(' ')]).toEqual([estado, campos])
  })
})

describe('edition', () => {
  it('changes what is sent, leaves what is absent, one row per change, none without changes', async () => {
    const id = await cuenta({ grupos: ['consulta'], permisos: ['operaciones.view_ote'] })
    const { agente } = await como('superusuario')
    const r = await agente.post(`${RUTA}editar/`).send({
      id,
      version: 1,
      email: 'cambiado@example.com',
      grupos: ['operaciones', 'consulta'],
      permisos: ['auth.view_user'],
      is_superuser: true,
    })
    expect([r.status, r.body.version]).toEqual([200, 2])
    const lineas = await bitacora(id)
    expect(lineas.sort()).toEqual(
      [
        `MODIFICAR|Correo|persona${String(consecutivo)}@example.com|cambiado@example.com`,
        'MODIFICAR|Grupos|consulta|consulta, operaciones',
        'MODIFICAR|Permiso: Ver usuarios y grupos|No|Sí',
        'MODIFICAR|Permiso: Ver órdenes de trabajo|Sí|No',
        'MODIFICAR|Superusuario|No|Sí',
      ].sort(),
    )
    const igual = await agente
      .post(`${RUTA}editar/`)
      .send({ id, email: 'cambiado@example.com', grupos: ['consulta', 'operaciones'] })
    expect([igual.status, igual.body.version, (await bitacora(id)).length]).toEqual([200, 2, 5])
    const datos = (await agente.get(`${RUTA}obtener/`).query({ id })).body.datos
    expect(datos).toMatchObject({
      email: 'cambiado@example.com',
      is_superuser: true,
      grupos: ['consulta', 'operaciones'],
      permisos: ['auth.view_user'],
      version: 2,
    })
    expect(JSON.stringify(datos)).not.toMatch(/password|clave/)
  })

  it('an empty list takes everything away, also from a form', async () => {
    const id = await cuenta({ grupos: ['consulta'], permisos: ['operaciones.view_ote'] })
    const { agente } = await como('superusuario')
    await agente
      .post(`${RUTA}editar/`)
      .type('form')
      .send(`id=${String(id)}&grupos=&permisos=`)
    expect(await buscarCuenta(bd, id)).toMatchObject({ grupos: [], permisos: [] })
  })

  it('with an old version: 409 with who changed what and the data of now', async () => {
    const id = await cuenta()
    const { agente } = await como('superusuario')
    await agente.post(`${RUTA}editar/`).send({ id, version: 1, first_name: 'Uno' })
    const r = await agente.post(`${RUTA}editar/`).send({ id, version: 1, first_name: 'Dos' })
    expect([r.status, r.body.codigo, r.body.cambios]).toEqual([
      409,
      'VERSION',
      [expect.objectContaining({ campo: 'Nombre', antes: '', despues: 'Uno' })],
    ])
    expect(r.body.datos).toMatchObject({ first_name: 'Uno', version: 2 })
  })
})

describe('who may touch whom', () => {
  it('a person cannot deactivate, demote nor promote themself', async () => {
    const { agente, usuarioId: id } = await como('superusuario')
    const otro = await cuenta({ superusuario: true })
    for (const envio of [
      { is_superuser: false },
      { grupos: ['consulta'] },
      { permisos: ['operaciones.view_ote'] },
      { is_active: false },
    ])
      expect((await agente.post(`${RUTA}editar/`).send({ id, ...envio })).status).toBe(409)
    expect((await agente.post(`${RUTA}eliminar/`).send({ id })).status).toBe(409)
    expect((await agente.post(`${RUTA}editar/`).send({ id, first_name: 'Con nombre' })).status).toBe(200)
    await pool.query('UPDATE "user" SET is_superuser = false WHERE id = $1', [otro])
  })

  it('the own e-mail and password are changed in the profile, which asks for the password', async () => {
    for (const quien of ['superusuario', 'administrador'] as const) {
      const { agente, usuarioId: id } = await como(quien)
      const correo = await agente.post(`${RUTA}editar/`).send({ id, email: 'ladron@example.com' })
      const enlace = await agente.post<RespuestaUsuario>(`${RUTA}restablecer_clave/`).send({ id })
      expect([correo.status, correo.body.campos, enlace.status, enlace.body.enlace]).toEqual([
        409,
        { email: 'Tu correo se cambia en Mi perfil, donde se pide tu contraseña.' },
        409,
        undefined,
      ])
      const { email } = (await agente.get(`${RUTA}obtener/`).query({ id })).body.datos as { email: string }
      expect((await agente.post(`${RUTA}editar/`).send({ id, email, last_name: 'Otro' })).status).toBe(200)
    }
  })

  it('only a superuser touches superusers or names them', async () => {
    const { agente } = await como('administrador')
    const id = await cuenta({ superusuario: true })
    const llano = await cuenta()
    const estados = []
    for (const [ruta, envio] of [
      ['editar/', { id, first_name: 'X' }],
      ['eliminar/', { id }],
      ['restablecer_clave/', { id }],
      ['editar/', { id: llano, is_superuser: true }],
      ['crear/', { username: 'sup', email: 'sup@example.com', is_superuser: true }],
    ] as const)
      estados.push((await agente.post(`${RUTA}${ruta}`).send(envio)).status)
    expect(estados).toEqual([403, 403, 403, 403, 403])
    await pool.query('UPDATE "user" SET is_superuser = false WHERE id = $1', [id])
  })

  it('nobody gives what they do not hold, nor takes over who holds more', async () => {
    const { agente } = await como(['auth.view_user', 'auth.change_user', 'operaciones.view_ote'])
    const igual = await cuenta({ permisos: ['operaciones.view_ote'] })
    const mayor = await cuenta({ grupos: ['operaciones'] })
    const pedir = async (ruta: string, envio: object) => (await agente.post(ruta).send(envio)).status
    expect([
      await pedir(`${RUTA}editar/`, { id: igual, permisos: ['operaciones.delete_ote'] }),
      await pedir(`${RUTA}editar/`, { id: igual, grupos: ['administrador'] }),
      await pedir(`${RUTA}editar/`, { id: mayor, email: 'mio@example.com' }),
      await pedir(`${RUTA}restablecer_clave/`, { id: mayor }),
      await pedir('/administracion/grupos/crear/', { name: 'trampa', permisos: ['operaciones.delete_ote'] }),
      await pedir(`${RUTA}editar/`, { id: igual, permisos: ['operaciones.view_ote', 'auth.view_user'] }),
    ]).toEqual([403, 403, 403, 403, 403, 200])
  })

  it('nobody takes over a colleague by first taking away what their group gives them', async () => {
    const { agente } = await como(['auth.view_user', 'auth.change_user', 'operaciones.view_ote'])
    const { rows } = await pool.query<{ id: string }>(`INSERT INTO "group" (name) VALUES ('jefatura') RETURNING id`)
    const grupo = Number(rows[0]?.id)
    await pool.query(
      `INSERT INTO group_permissions SELECT $1, id FROM permission WHERE codigo IN ('operaciones.view_ote', 'operaciones.delete_ote')`,
      [grupo],
    )
    const colega = await cuenta({ grupos: ['jefatura'] })
    const pedir = async (ruta: string, envio: object) => (await agente.post(ruta).send(envio)).status
    expect([
      await pedir('/administracion/grupos/eliminar/', { id: grupo, confirmar: '1' }),
      await pedir('/administracion/grupos/editar/', { id: grupo, permisos: [] }),
      await pedir('/administracion/permisos/cambiar/', {
        grupo,
        permiso: 'operaciones.delete_ote',
        concedido: false,
      }),
      await pedir('/administracion/permisos/cambiar/', { grupo, permiso: 'operaciones.view_ote', concedido: false }),
    ]).toEqual([403, 403, 403, 200])
    await pool.query('UPDATE "group" SET activo = FALSE WHERE id = $1', [grupo])
    expect(await pedir(`${RUTA}restablecer_clave/`, { id: colega })).toBe(403)
  })

  it('the last active superuser stays, however many try at once', async () => {
    await pool.query('UPDATE "user" SET is_superuser = false WHERE username <> $1', ['prueba.superusuario'])
    const { agente, usuarioId: a } = await como('superusuario')
    // Each round: two superusers who take the other one away at the same time.
    for (let vuelta = 0; vuelta < 5; vuelta += 1) {
      const b = await cuenta({ superusuario: true })
      const otra = await entrarComoCuenta(b)
      const respuestas = await Promise.all([
        agente.post(`${RUTA}eliminar/`).send({ id: b }),
        otra.post(`${RUTA}editar/`).send({ id: a, is_superuser: false }),
      ])
      const { rows } = await pool.query<{ id: string }>('SELECT id FROM "user" WHERE is_active AND is_superuser')
      expect(rows).toHaveLength(1)
      expect(respuestas.filter(({ status }) => status === 200)).toHaveLength(1)
      await pool.query('UPDATE "user" SET is_superuser = true, is_active = true WHERE id = $1', [a])
      await pool.query('UPDATE "user" SET is_superuser = false WHERE id = $1', [b])
    }
    expect(app.errores).toEqual([])
  })
})

/** A session by SQL for an account that `entrarComo` does not know. */
async function entrarComoCuenta(id: number) {
  const { agente, sid } = await app.entrarComo('consulta')
  await pool.query(
    `UPDATE session SET sess = jsonb_set(sess::jsonb, '{usuarioId}', to_jsonb($1::int))::json WHERE sid = $2`,
    [id, sid],
  )
  return tipado(agente)
}

describe('deactivation', () => {
  it('ends the sessions at once, is audited, and frees the e-mail; reactivation gives the account back', async () => {
    const id = await cuenta({ grupos: ['consulta'], email: 'libre@example.com' })
    const abierta = await entrarComoCuenta(id)
    expect((await abierta.get('/operaciones/ot/datatable/')).status).toBe(200)
    const { agente } = await como('superusuario')
    expect((await agente.post(`${RUTA}eliminar/`).send({ id })).status).toBe(200)
    expect((await abierta.get('/operaciones/ot/datatable/')).status).toBe(401)
    const { rows } = await pool.query(`SELECT 1 FROM session WHERE sess ->> 'usuarioId' = $1`, [String(id)])
    expect(rows).toEqual([])
    expect((await agente.post(`${RUTA}eliminar/`).send({ id })).status).toBe(409)
    const otra = await agente.post(`${RUTA}crear/`).send({
      username: 'heredera',
      email: 'LIBRE@example.com',
      clave: CLAVE,
      clave_confirmacion: CLAVE,
    })
    expect(otra.status).toBe(200)
    const choque = await agente.post(`${RUTA}reactivar/`).send({ id })
    expect([choque.status, Object.keys(choque.body.campos)]).toEqual([409, ['email']])
    await pool.query(`UPDATE "user" SET email = 'otro@example.com' WHERE id = $1`, [id])
    expect((await agente.post(`${RUTA}reactivar/`).send({ id })).status).toBe(200)
    expect(await bitacora(id)).toEqual(['ELIMINAR|Desactivó||', 'REACTIVAR|Reactivó||'])
  })

  it('a request on its way when its session was ended does not bring it back', async () => {
    const id = await cuenta({ grupos: ['consulta'] })
    const abierta = await entrarComoCuenta(id)
    app.reloj.avanzar({ minutos: 5 })
    const { agente } = await como('superusuario')
    // The request loads its session, the row goes away, and only then the request would write it again.
    const bloqueo = await pool.connect()
    await bloqueo.query('BEGIN; LOCK TABLE cliente IN ACCESS EXCLUSIVE MODE')
    const enCamino = abierta.get('/operaciones/pte/obtener_clientes/').then(({ status }) => status)
    await hasta(async () => {
      const { rows } = await pool.query(`SELECT 1 FROM pg_locks WHERE NOT granted AND relation = 'cliente'::regclass`)
      return rows.length > 0
    }, 'the request waits')
    await agente.post(`${RUTA}eliminar/`).send({ id })
    await bloqueo.query('COMMIT')
    bloqueo.release()
    expect(await enCamino).toBe(200)
    const { rows } = await pool.query(`SELECT 1 FROM session WHERE sess ->> 'usuarioId' = $1`, [String(id)])
    expect(rows).toEqual([])
  })
})

describe('list', () => {
  it('filters by text without accents, by group and by state; sorts; exports what is filtered', async () => {
    const id = await cuenta({ grupos: ['estimaciones'] })
    await pool.query(`UPDATE "user" SET first_name = 'Íñigo', last_name = 'Núñez' WHERE id = $1`, [id])
    const { agente } = await como('administrador')
    const lista = (consulta: Record<string, string | number>) => agente.get(`${RUTA}datatable/`).query(consulta)
    expect((await lista({ filtro: 'inigo nunez' })).body).toMatchObject({
      recordsFiltered: 1,
      data: [{ id, nombre: 'Íñigo Núñez' }],
    })
    expect((await lista({ grupo: 'estimaciones' })).body.data.map((fila) => fila.id)).toContain(id)
    expect((await lista({ estado: 'inactivos', filtro: 'inigo' })).body.recordsFiltered).toBe(0)
    expect((await lista({ estado: 'raro' })).status).toBe(400)
    const csv = await agente
      .get(`${RUTA}exportar/`)
      .query({ formato: 'csv', filtro: 'inigo', columnas: 'username,nombre,grupos_texto' })
    expect([csv.status, csv.text]).toEqual([200, expect.stringContaining('Íñigo Núñez,estimaciones') as string])
  })

  it('asks the same number of queries with 10 rows and with 100', async () => {
    const { agente } = await como('administrador')
    const consultas = async (): Promise<number> => {
      await agente.get(`${RUTA}datatable/`).query({ length: 100 })
      return Number(app.lineas.findLast(({ ruta }) => ruta === `${RUTA}datatable/`)?.['consultas'])
    }
    await consultas()
    const pocas = await consultas()
    for (let i = 0; i < 100; i += 1) await cuenta()
    expect([await consultas(), pocas]).toEqual([pocas, pocas])
  })
})
