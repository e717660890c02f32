import { describe, expect, it } from 'vitest'
import type { RespuestaActividad } from '../../../src/modulos/auditoria/actividad/actividad.contrato.ts'
import type { RespuestaBuscar } from '../../../src/modulos/busqueda/busqueda.contrato.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { agente: crudo } = await app.entrarComo('superusuario')
const agente = tipado(crudo)
const grupo = (
  await agente.post('/administracion/grupos/crear/').send({ name: 'Bitácora', permisos: ['operaciones.view_ote'] })
).body.id_nuevo
const usuario = (
  await agente.post('/administracion/usuarios/crear/').send({
    username: 'con.historia',
    first_name: '<b>Ada</b>',
    email: 'ada@example.com',
    clave: 'Una-clave-muy-larga-9',
    clave_confirmacion: 'Una-clave-muy-larga-9',
    grupos: ['Bitácora'],
    permisos: ['operaciones.view_pteheader'],
  })
).body.id_nuevo
await agente.post('/administracion/usuarios/editar/').send({ id: usuario, last_name: 'Nuevo Apellido' })

describe('own pages of accounts and groups (issue B §5: its own history; link to the record)', () => {
  it('the page of an account says what it is, what it may do, where from, and who changed what', async () => {
    const { status, text } = await agente.get(`/administracion/usuarios/${String(usuario)}/`)
    expect(status).toBe(200)
    for (const dicho of [
      'con.historia',
      '&lt;b&gt;Ada&lt;/b&gt; Nuevo Apellido',
      'Bitácora',
      'Ver órdenes de trabajo',
      'Ver PTE',
    ])
      expect(text).toContain(dicho)
    expect(text).toMatch(/<h2 id="titulo-actividad">Actividad<\/h2>[\s\S]*Nuevo Apellido/)
    expect(text).toContain(`/operaciones/registro_actividad/?usuario_id=${String(usuario)}`)
    expect(text).not.toContain('argon2')
  })

  it('the page of a group says what it gives, to how many, and who changed what', async () => {
    const { status, text } = await agente.get(`/administracion/grupos/${String(grupo)}/`)
    expect(status).toBe(200)
    for (const dicho of ['Bitácora', 'Creado aquí', 'Ver órdenes de trabajo', '?grupo=Bit%C3%A1cora'])
      expect(text).toContain(dicho)
    expect(text).toMatch(/<h2 id="titulo-actividad">Actividad<\/h2>[\s\S]*Permiso: Ver órdenes de trabajo/)
  })

  it('who may only look sees them without the form; who may not, nothing; one that is not there is 404', async () => {
    const mirar = tipado((await app.entrarComo(['auth.view_user'])).agente)
    for (const ruta of [`/administracion/usuarios/${String(usuario)}/`, `/administracion/grupos/${String(grupo)}/`]) {
      const { status, text } = await mirar.get(ruta)
      expect(status).toBe(200)
      expect(text).not.toMatch(/<dialog|boton-editar|registro_actividad\/\?usuario_id/)
      expect((await (await app.entrarComo('operaciones')).agente.get(ruta)).status).toBe(403)
    }
    expect((await agente.get('/administracion/usuarios/99999999/')).status).toBe(404)
    expect((await agente.get('/administracion/grupos/99999999/')).status).toBe(404)
  })

  it('the log and the search lead to them', async () => {
    const { body } = await agente
      .get<RespuestaActividad>('/operaciones/registro_actividad/datatable')
      .query({ tabla_log: 28, registro_id: usuario, length: 1 })
    expect(body.data[0]?.enlace).toBe(`/administracion/usuarios/${String(usuario)}/`)
    const grupos = await agente
      .get<RespuestaActividad>('/operaciones/registro_actividad/datatable')
      .query({ tabla_log: 33, registro_id: grupo, length: 1 })
    expect(grupos.body.data[0]?.enlace).toBe(`/administracion/grupos/${String(grupo)}/`)
    const hallado = await agente.get<RespuestaBuscar>('/operaciones/buscar/').query({ q: 'con.historia' })
    expect(hallado.body.grupos[0]?.resultados[0]?.ruta).toBe(`/administracion/usuarios/${String(usuario)}/`)
  })
})
