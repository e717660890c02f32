import { describe, expect, it } from 'vitest'
import { GRUPOS } from '../../../src/modulos/usuarios/permisos-por-grupo.ts'
import { RUTAS } from '../../../src/web/rutas-montadas.ts'
import { PUBLICO, type Ruta } from '../../../src/web/rutas.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { PERMISOS_ESPERADOS } from '../permisos.esperado.ts'

const app = await crearAppDePruebas()

const nombreDe = (ruta: Ruta): string => `${ruta.metodo} ${ruta.ruta}`
const direccionDe = (ruta: Ruta): string => ruta.ruta.replaceAll(/:\w+/g, '999999999')
const esPagina = (ruta: Ruta): boolean => ruta.clase === 'pagina' || ruta.clase === 'formulario'
const NO_PUBLICAS = RUTAS.filter(({ permiso }) => permiso !== PUBLICO)

async function pedir(agente: ReturnType<typeof app.anonimo>, ruta: Ruta) {
  return ruta.metodo === 'GET'
    ? agente.get(direccionDe(ruta)).set('Accept', 'text/html')
    : agente.post(direccionDe(ruta)).set('Accept', 'text/html').type('form').send({})
}

describe('who may enter each route', () => {
  it('the whole matrix of routes and groups is the one that was agreed', async () => {
    const matriz: Record<string, string> = {}
    for (const ruta of RUTAS) {
      const entran: string[] = []
      for (const grupo of GRUPOS) {
        const { agente } = await app.entrarComo(grupo)
        if ((await pedir(agente, ruta)).status !== 403) entran.push(grupo)
      }
      const { status } = await pedir(app.anonimo().set('X-CSRFToken', 'x'), ruta)
      const publica =
        ruta.metodo === 'GET' ? status === 200 || (status === 302 && ruta.permiso === PUBLICO) : status === 403
      matriz[nombreDe(ruta)] = publica ? 'cualquiera' : entran.length === GRUPOS.length ? 'todos' : entran.join(' ')
    }
    expect(matriz).toEqual(PERMISOS_ESPERADOS)
    // Thousands of requests: on a busy machine the walk takes more than a minute.
  }, 300_000)

  it('a superuser is refused nowhere; a person without groups, wherever a permission is asked for', async () => {
    const fallos: string[] = []
    for (const ruta of NO_PUBLICAS) {
      const [todo, nada] = [await app.entrarComo('superusuario'), await app.entrarComo([])]
      const estados = [(await pedir(todo.agente, ruta)).status, (await pedir(nada.agente, ruta)).status]
      const pide = ruta.permiso.includes('.')
      if (estados[0] === 403 || (pide && estados[1] !== 403)) fallos.push(`${nombreDe(ruta)} ${estados.join(' ')}`)
    }
    expect(fallos).toEqual([])
  })

  it('without a session: pages go to the login and come back, everything else is 401 with its envelope', async () => {
    const fallos: string[] = []
    for (const ruta of NO_PUBLICAS) {
      const r = await pedir(app.anonimo(), ruta)
      const destino =
        ruta.metodo === 'GET' && direccionDe(ruta) !== '/'
          ? `/accounts/login/?${new URLSearchParams({ next: direccionDe(ruta) }).toString()}`
          : '/accounts/login/'
      const bien = esPagina(ruta)
        ? r.status === 302 && r.headers['location'] === destino
        : r.status === 401 &&
          (r.body as { codigo?: string }).codigo === 'SESION' &&
          (r.body as { exito?: boolean }).exito === false
      if (!bien) fallos.push(`${nombreDe(ruta)} ${r.status} ${String(r.headers['location'])}`)
    }
    expect(fallos).toEqual([])
  })

  it('every route says a permission, and every command its audit or why not', () => {
    for (const ruta of RUTAS) {
      expect(ruta.permiso).toMatch(/^(PUBLICO|SESION|[a-z_]+\.[a-z_]+)$/)
      if (ruta.ruta !== '/api/openapi.json') expect(ruta.ruta).toMatch(/^\/([\w:/-]+\/)?$/)
      if (ruta.sinAuditoria !== null) expect(ruta.sinAuditoria.length).toBeGreaterThan(15)
    }
    expect(new Set(RUTAS.map(nombreDe)).size).toBe(RUTAS.length)
  })
})

describe('what every command refuses (settled.md §2)', () => {
  const MANDATOS = RUTAS.filter(({ metodo }) => metodo === 'POST')

  async function huella(): Promise<string> {
    const { rows } = await app.conexion.pool.query<{ n: string }>('SELECT count(*) AS n FROM registro_actividad')
    return rows[0]?.n ?? ''
  }

  it('without its token: 403, and nothing changes', async () => {
    const antes = await huella()
    const fallos: string[] = []
    for (const ruta of MANDATOS) {
      const { agente } = await app.entrarComo('superusuario')
      const sin = await agente.post(direccionDe(ruta)).set('X-CSRFToken', '').send({})
      const otro = await agente.post(direccionDe(ruta)).set('X-CSRFToken', 'x'.repeat(32)).type('form').send({})
      if (sin.status !== 403 || otro.status !== 403) fallos.push(`${nombreDe(ruta)} ${sin.status} ${otro.status}`)
    }
    expect(fallos).toEqual([])
    expect(await huella()).toBe(antes)
  })

  it('from another site, even with the token: 403', async () => {
    const fallos: string[] = []
    for (const ruta of MANDATOS) {
      const { agente } = await app.entrarComo('superusuario')
      const origen = await agente.post(direccionDe(ruta)).set('Origin', 'https://evil.example').send({})
      const sitio = await agente.post(direccionDe(ruta)).set('Sec-Fetch-Site', 'cross-site').send({})
      if (origen.status !== 403 || sitio.status !== 403)
        fallos.push(`${nombreDe(ruta)} ${origen.status} ${sitio.status}`)
    }
    expect(fallos).toEqual([])
  })

  it('a content type that is not a form nor JSON: 415 with its envelope', async () => {
    const fallos: string[] = []
    for (const ruta of MANDATOS) {
      const { agente } = await app.entrarComo('superusuario')
      const r = await agente.post(direccionDe(ruta)).type('text/plain').send('hola')
      if (r.status !== 415) fallos.push(`${nombreDe(ruta)} ${r.status}`)
    }
    expect(fallos).toEqual([])
  })

  it('a body over the limit: 413; JSON that is not JSON: 400', async () => {
    const { agente } = await app.entrarComo('superusuario')
    const grande = await agente
      .post('/operaciones/vistas/guardar/')
      .send({ tabla: 'ot', nombre: 'x', estado: 'x'.repeat(3_000_000) })
    const rota = await agente.post('/operaciones/vistas/guardar/').type('application/json').send('{"tabla":')
    const partes = await agente.post('/operaciones/vistas/guardar/').field('estado', 'x'.repeat(2_000_000))
    expect([grande.status, (grande.body as { exito: unknown }).exito]).toEqual([413, false])
    expect([partes.status, (partes.body as { exito: unknown }).exito]).toEqual([413, false])
    expect([rota.status, (rota.body as { tipo_aviso: unknown }).tipo_aviso]).toEqual([400, 'error'])
  })
})

describe('a method that the path does not have', () => {
  const direcciones = [...new Set(RUTAS.map(({ ruta }) => ruta))]

  it('405 to a person with a session, with what is allowed; the login to who has none', async () => {
    const fallos: string[] = []
    for (const direccion of direcciones) {
      const grupo = RUTAS.filter(({ ruta }) => ruta === direccion)
      const [primera] = grupo
      if (!primera) continue
      const tiene = new Set(grupo.map(({ metodo }) => metodo))
      const { agente } = await app.entrarComo('superusuario')
      const metodos = [
        'put',
        'delete',
        'patch',
        ...(tiene.has('GET') ? [] : ['get' as const]),
        ...(tiene.has('POST') ? [] : ['post' as const]),
      ] as const
      for (const metodo of metodos) {
        const r = await agente[metodo](direccionDe(primera)).set('X-Requested-With', 'XMLHttpRequest')
        const anonima = await app.anonimo()[metodo](direccionDe(primera)).set('X-Requested-With', 'XMLHttpRequest')
        const esperada = primera.permiso === PUBLICO ? [403, 405] : [401]
        if (r.status !== 405 || !r.headers['allow'] || !esperada.includes(anonima.status)) {
          fallos.push(`${metodo} ${primera.ruta} ${r.status} ${anonima.status}`)
        }
      }
    }
    expect(fallos).toEqual([])
  })

  it('405 also to a form, whose token comes in its body; 403 when it brings none', async () => {
    const { csrf, galleta } = await app.entrarComo('superusuario')
    const enviar = (cuerpo: object) =>
      app
        .anonimo()
        .post('/operaciones/pte/datatable/')
        .set('Cookie', `sascop_sesion=${galleta}`)
        .type('form')
        .send(cuerpo)
    const [con, sin] = [await enviar({ csrfmiddlewaretoken: csrf }), await enviar({})]
    expect([con.status, con.headers['allow'], sin.status]).toEqual([405, 'GET, HEAD', 403])
  })

  it('HEAD is like GET, and a path without its last slash is the same path', async () => {
    const { agente } = await app.entrarComo('superusuario')
    expect((await agente.head('/perfil/')).status).toBe(200)
    expect((await agente.get('/perfil').set('Accept', 'text/html')).status).toBe(200)
    expect((await agente.get('/operaciones/vistas?tabla=ot')).status).toBe(200)
  })
})
