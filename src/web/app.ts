import { randomUUID } from 'node:crypto'
import { join } from 'node:path'
import compression from 'compression'
import express, { type Express, type NextFunction, type Request, type RequestHandler, type Response } from 'express'
import helmet from 'helmet'
import type { Logger } from 'pino'
import { DatosInvalidos, NoEncontrado } from '../comun/errores.ts'
import type { Almacen } from '../plataforma/archivos.ts'
import type { Conexion } from '../plataforma/bd.ts'
import { rastro } from '../plataforma/rastro.ts'
import type { Reloj } from '../plataforma/reloj.ts'
import { crearMotorDeVistas } from '../plataforma/vistas.ts'
import { tokenCsrf } from './csrf.ts'
import { crearManejadorDeErrores } from './errores.ts'
import { leerManifiesto, recursosDe } from './manifiesto.ts'
import { menuDe } from './menu.ts'
import { montarRutas } from './montaje.ts'
import type { Respuesta } from './respuestas.ts'
import type { Ruta } from './rutas.ts'
import { salud } from './salud.ts'
import { identidad, sesiones } from './sesiones.ts'
import { portador, salvoConToken } from './portador.ts'
import './tipos-express.ts'

/** What the application is made of; a test replaces the clock and nothing else. */
export interface Dependencias {
  readonly conexion: Conexion
  readonly reloj: Reloj
  readonly bitacora: Logger
  readonly rutas: readonly Ruta[]
  readonly almacen: Almacen
  readonly raiz: string
  readonly version: string
  readonly config: {
    readonly produccion: boolean
    readonly secreto: string
    readonly hostsConfiables: readonly string[]
    readonly publicUrl: string
    readonly proxiesConfiables: number
    readonly sesionSegundos: number
    readonly limpiarSesiones: boolean
    readonly maxSubidaBytes: number
    readonly carpetaSubidas: string
    /** False = mail is written to files (contract.md §2). */
    readonly hayServidorDeCorreo: boolean
    /** Whether there is demo data now: the pages carry a mark. */
    readonly hayDemo: () => boolean
  }
}

/** The whole shell; its order is its documentation (architecture §4). */
export function crearApp(dep: Dependencias): Express {
  const { config, bitacora, conexion, reloj } = dep
  const app = express()
  const segura = config.publicUrl.startsWith('https:')
  const deSesion = {
    conexion,
    reloj,
    bitacora,
    secreto: config.secreto,
    segura: config.produccion && segura,
    inactividadMs: config.sesionSegundos * 1000,
    limpiar: config.limpiarSesiones,
  }
  const dibujar = dibujante(dep)

  app.disable('x-powered-by')
  app.set('trust proxy', config.proxiesConfiables)
  app.set('query parser', leerConsulta)

  app.use(rastrear(bitacora))
  app.use(cabeceras(segura))
  app.use(compression())
  app.use(
    '/build',
    express.static(join(dep.raiz, 'public/build'), { immutable: true, maxAge: '1y', index: false, fallthrough: false }),
  )
  app.use(express.static(join(dep.raiz, 'public'), { index: false, maxAge: '1h' }))
  app.get('/salud', salud(conexion, dep.version))
  app.use(exigirHost(config.hostsConfiables))
  app.use(sinCache)
  app.use(portador(deSesion))
  app.use(salvoConToken(sesiones(deSesion)))
  app.use(salvoConToken(identidad(deSesion)))
  app.use(
    montarRutas(dep.rutas, {
      ...deSesion,
      dibujarPagina: (req, res, respuesta) => {
        res.status(respuesta.estado).type('html').send(dibujar(req, respuesta))
      },
      carpetaSubidas: config.carpetaSubidas,
      almacen: dep.almacen,
      maximoSubidaBytes: config.maxSubidaBytes,
      publicUrl: config.publicUrl,
      correo: {
        hayServidor: config.hayServidorDeCorreo,
        sirve: config.hayServidorDeCorreo || !config.produccion,
      },
    }),
  )
  app.use(() => {
    throw new NoEncontrado('No existe lo que buscas. Revisa la dirección o vuelve al inicio.')
  })
  app.use(
    crearManejadorDeErrores(
      bitacora,
      (req, res, fallo) => {
        res.type('html').send(
          dibujar(req, {
            vista: 'errores/error',
            datos: { fallo },
            titulo: tituloDeError(fallo.estado),
            migas: [],
            avisos: [],
          }),
        )
      },
      config.produccion,
    ),
  )
  return app
}

function dibujante(dep: Dependencias) {
  const motor = crearMotorDeVistas({
    carpeta: join(dep.raiz, 'views'),
    produccion: dep.config.produccion,
    bitacora: dep.bitacora,
  })
  const archivoManifiesto = join(dep.raiz, 'public/build/manifest.json')
  const fijo = leerManifiesto(archivoManifiesto)
  return (
    req: Request,
    { vista, datos, titulo, migas, avisos: propios }: Omit<Extract<Respuesta, { clase: 'vista' }>, 'clase' | 'estado'>,
  ): string => {
    const manifiesto = dep.config.produccion ? fijo : leerManifiesto(archivoManifiesto)
    const ctx = req.identidad?.ctx ?? null
    const guardados = (req.session as Partial<Request['session']> | undefined)?.avisos ?? []
    if (guardados.length > 0) req.session.avisos = []
    const pagina = {
      titulo,
      migas,
      ...recursosDe(manifiesto, vista),
      iconos: manifiesto.iconos,
      usuario: ctx?.usuario
        ? { nombre: ctx.usuario.nombre, username: ctx.usuario.username, email: ctx.usuario.email }
        : null,
      menu: ctx ? menuDe(ctx, req.path) : [],
      // While the database is away there is no session: the error page is drawn without a token.
      csrf: (req.session as unknown) ? tokenCsrf(req) : '',
      version: dep.version,
      avisos: [...guardados, ...propios],
      demo: dep.config.hayDemo(),
      sesionSegundos: ctx ? dep.config.sesionSegundos : 0,
    }
    const cuerpo = motor.dibujar(vista, { ...datos, pagina })
    return motor.dibujar(ctx ? 'layouts/operaciones' : 'layouts/acceso', { pagina, cuerpo })
  }
}

function tituloDeError(estado: number): string {
  return (
    { 403: 'Sin permiso', 404: 'No encontrado', 429: 'Demasiados intentos', 503: 'Sin conexión con los datos' }[
      estado
    ] ?? 'Algo salió mal'
  )
}

/** Request id for the answer and the log, and one log line when it ends: pattern, never the address with its data. */
function rastrear(bitacora: Logger): RequestHandler {
  return (req, res, siguiente) => {
    req.solicitudId = randomUUID()
    res.setHeader('X-Request-Id', req.solicitudId)
    const inicio = process.hrtime.bigint()
    const datos = { solicitudId: req.solicitudId, consultas: 0 }
    res.on('close', () => {
      const ms = Number(process.hrtime.bigint() - inicio) / 1e6
      bitacora.info(
        {
          solicitudId: req.solicitudId,
          metodo: req.method,
          ruta: req.patron ?? null,
          estado: res.statusCode,
          usuario: req.identidad?.usuarioId ?? null,
          ms: Math.round(ms * 10) / 10,
          consultas: datos.consultas,
        },
        'solicitud',
      )
    })
    rastro.run(datos, siguiente)
  }
}

function cabeceras(segura: boolean): RequestHandler {
  return helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: {
        defaultSrc: ["'self'"],
        scriptSrc: ["'self'"],
        styleSrc: ["'self'"],
        styleSrcAttr: ["'unsafe-inline'"],
        imgSrc: ["'self'", 'data:', 'blob:'],
        fontSrc: ["'self'", 'data:'],
        connectSrc: ["'self'"],
        objectSrc: ["'none'"],
        baseUri: ["'self'"],
        formAction: ["'self'"],
        frameAncestors: ["'none'"],
      },
    },
    strictTransportSecurity: segura,
    frameguard: { action: 'deny' },
    referrerPolicy: { policy: 'same-origin' },
  })
}

/** A Host that is not ours is refused: links in mail and redirects are built from it. */
function exigirHost(confiables: readonly string[]): RequestHandler {
  const admitidos = new Set(confiables.map((host) => host.toLowerCase()))
  return (req: Request, _res: Response, siguiente: NextFunction) => {
    const host = (req.get('Host') ?? '').toLowerCase()
    const nombre = host.replace(/:\d+$/, '')
    if (!admitidos.has(host) && !admitidos.has(nombre)) throw new DatosInvalidos('El nombre del servidor no es válido.')
    siguiente()
  }
}

/** Answers of people are theirs: no proxy and no back button keeps them. */
const sinCache: RequestHandler = (_req, res, siguiente) => {
  res.setHeader('Cache-Control', 'no-store')
  siguiente()
}

/** Flat keys as they come (`columns[3][data]`, `tipo[]`): Express's own parsers lose them (architecture §11). */
function leerConsulta(texto: string | null): Record<string, string | string[]> {
  const consulta: Record<string, string | string[]> = Object.create(null) as Record<string, string | string[]>
  for (const [clave, valor] of new URLSearchParams(texto ?? '')) {
    const previo = consulta[clave]
    consulta[clave] = previo === undefined ? valor : [...(Array.isArray(previo) ? previo : [previo]), valor]
  }
  return consulta
}
