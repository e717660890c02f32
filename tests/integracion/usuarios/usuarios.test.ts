import { describe, expect, it } from 'vitest'
import { cargarUsuario, crearPrimerAdministrador, crearUsuario } from '../../../src/modulos/usuarios/index.ts'
import { rastro } from '../../../src/plataforma/rastro.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool, bd } = app.conexion
const PERSONA = {
  username: 'nueva',
  email: 'nueva@example.com',
  clave: 'boya naranja 7',
  grupos: ['consulta'],
  esSuperusuario: false,
}

describe('people', () => {
  it('the first administrator is created once, whoever starts at the same time', async () => {
    const datos = { username: 'admin', email: 'admin@localhost', clave: 'lo-que-sea' }
    const creados = await Promise.all(
      [1, 2, 3].map(() => crearPrimerAdministrador(app.ctx, datos, { exigirClaveFuerte: false })),
    )
    expect(creados.filter(Boolean)).toHaveLength(1)
    const { rows } = await pool.query('SELECT username, is_superuser FROM "user"')
    expect(rows).toEqual([{ username: 'admin', is_superuser: true }])
  })

  it('in production its password follows the rules', async () => {
    // As in a new database: the trigger that keeps the last superuser is told to look away.
    await pool.query(`BEGIN; SET LOCAL session_replication_role = replica; DELETE FROM "user"; COMMIT`)
    const datos = { username: 'admin', email: 'admin@localhost', clave: '12345678' }
    await expect(crearPrimerAdministrador(app.ctx, datos, { exigirClaveFuerte: true })).rejects.toThrow('solo números')
  })

  it('is created with its groups and audited', async () => {
    const id = await crearUsuario(app.ctx, PERSONA)
    const cargado = await cargarUsuario(bd, id)
    expect(cargado?.usuario).toEqual({
      id,
      username: 'nueva',
      nombre: 'nueva',
      email: 'nueva@example.com',
      esSuperusuario: false,
    })
    expect([cargado?.permisos.has('operaciones.view_ote'), cargado?.permisos.has('operaciones.change_ote')]).toEqual([
      true,
      false,
    ])
    const { rows } = await pool.query(
      'SELECT evento, detalle, valor_actual, usuario_id FROM registro_actividad WHERE tabla_log = 28 AND registro_id = $1',
      [id],
    )
    expect(rows).toEqual([
      { evento: 'CREAR', detalle: 'el usuario: nueva', valor_actual: 'consulta', usuario_id: null },
    ])
  })

  it('names and e-mails are not repeated, whatever their case', async () => {
    await expect(
      crearUsuario(app.ctx, { ...PERSONA, username: 'NUEVA', email: 'otra@example.com' }),
    ).rejects.toMatchObject({ estado: 409, campos: { username: expect.any(String) as string } })
    await expect(
      crearUsuario(app.ctx, { ...PERSONA, username: 'otra', email: 'Nueva@Example.com' }),
    ).rejects.toMatchObject({ estado: 409, campos: { email: expect.any(String) as string } })
  })

  it('an unknown group is refused naming those that exist', async () => {
    await expect(
      crearUsuario(app.ctx, { ...PERSONA, username: 'sin.grupo', email: 'sg@example.com', grupos: ['jefes'] }),
    ).rejects.toThrow('administrador, consulta, estimaciones, operaciones')
  })

  it('is loaded with all permissions in one query', async () => {
    const { id = 0 } = (await app.ctxDe('administrador')).usuario ?? {}
    const medida = { solicitudId: 'prueba', consultas: 0 }
    await rastro.run(medida, () => cargarUsuario(bd, id))
    expect(medida.consultas).toBe(1)
  })
})
