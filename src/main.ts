import { once } from 'node:events'
import { mkdirSync, readFileSync } from 'node:fs'
import { createServer, STATUS_CODES, type Server } from 'node:http'
import type { AddressInfo } from 'node:net'
import { join } from 'node:path'
import type { Duplex } from 'node:stream'
import { randomUUID } from 'node:crypto'
import { diaLocal } from './comun/fechas.ts'
import { cuidarAuditoria, cuidarRadar } from './mantenimiento.ts'
import { oficiosDeAnexo } from './modulos/anexo/importar/importar.jobs.ts'
import { oficiosDeCorreo } from './modulos/correo/correo.jobs.ts'
import { oficiosDeExpediente } from './modulos/estimaciones/expediente/expediente.jobs.ts'
import { tomarFaltantes } from './modulos/estimaciones/index.ts'
import { cerrarInterrumpidas } from './modulos/tareas/index.ts'
import { cargarUsuario } from './modulos/usuarios/index.ts'
import { almacenDe } from './plataforma/almacen.ts'
import type { Almacen } from './plataforma/archivos.ts'
import { conectar, type Conexion } from './plataforma/bd.ts'
import { crearBitacora, type Bitacora } from './plataforma/bitacora.ts'
import { crearCola } from './plataforma/cola.ts'
import { ErrorDeConfig, type Config } from './plataforma/config.ts'
import type { Contexto } from './plataforma/contexto.ts'
import { crearTransporteDeCorreo } from './plataforma/correo.ts'
import { hayDemo } from './plataforma/demo.ts'
import { migracionesPendientes } from './plataforma/migraciones.ts'
import { RAIZ } from './plataforma/raiz.ts'
import { crearReloj, type Reloj } from './plataforma/reloj.ts'
import { secretoDe, secretoDeAuditoria } from './plataforma/secreto.ts'
import { OFICIOS } from './trabajos.ts'
import { crearApp } from './web/app.ts'
import { RUTAS } from './web/rutas-montadas.ts'

/** How long the requests in hand may take once the process was told to stop. */
const ESPERA_AL_PARAR_MS = 10_000
/** Nothing has it: asking for it tells whether the store answers. */
const CLAVE_DE_PRUEBA = `contenido/00/${'0'.repeat(64)}.pdf`
const DEMO_CADA_MS = 60_000
/** A queue that could not start (the database was away just then) is started again after this. */
const REINTENTO_DE_COLA_MS = 10_000
/** Bytes of all headers of a request; more is 431. */
const MAXIMO_CABECERAS = 16 * 1024

/** The server, already answering. */
export interface ServidorEnMarcha {
  /** `http://HOST:PORT` as it listens. */
  readonly direccion: string
  readonly bitacora: Bitacora
  /** Stops accepting, lets the requests in hand finish, stops the queue, closes the pool. May be called twice. */
  detener(): Promise<void>
}

/**
 * The server process: database → app → listen → jobs. Losing the database afterwards ends nothing: requests answer 503
 * and everything comes back by itself.
 * @throws ErrorDeConfig when the database lacks migrations; EADDRINUSE and the like of listening.
 */
export async function iniciarServidor(config: Config, urlBase: string): Promise<ServidorEnMarcha> {
  const pendientes = await migracionesPendientes(urlBase, join(RAIZ, 'prisma/migrations'))
  if (pendientes.length > 0) {
    throw new ErrorDeConfig([
      `A la base le faltan ${pendientes.length} migraciones (${pendientes.join(', ')}). Aplícalas con «npm run bd:migrar».`,
    ])
  }
  mkdirSync(config.carpetaSubidas, { recursive: true, mode: 0o700 })
  const bitacora = crearBitacora({ nivel: config.nivelBitacora, legible: !config.produccion && process.stdout.isTTY })
  const reloj = crearReloj(config.reloj)
  const conexion = conectar(urlBase, {
    alFallar: (error) => {
      bitacora.warn({ err: error }, 'se perdió una conexión con la base')
    },
  })
  const demo = await vigilarDemo(conexion)
  const almacen = almacenDe(config)
  const app = crearApp({
    conexion,
    reloj,
    bitacora,
    rutas: RUTAS,
    almacen,
    raiz: RAIZ,
    version: versionDelPrograma(),
    config: {
      produccion: config.produccion,
      secreto: secretoDe(config),
      hostsConfiables: config.hostsConfiables,
      publicUrl: config.publicUrl,
      proxiesConfiables: config.proxiesConfiables,
      sesionSegundos: config.sesionSegundos,
      limpiarSesiones: true,
      maxSubidaBytes: config.maxSubidaBytes,
      carpetaSubidas: config.carpetaSubidas,
      hayServidorDeCorreo: config.correo.smtpUrl !== null,
      hayDemo: demo.hay,
    },
  })
  void avisarDelAlmacen(almacen, bitacora)
  const servidor = createServer({ maxHeaderSize: MAXIMO_CABECERAS }, app)
  servidor.on('clientError', (error, conexionHttp) => {
    responderMalformada(error, conexionHttp, bitacora)
  })
  try {
    servidor.listen(config.puerto, config.host)
    await once(servidor, 'listening')
  } catch (error) {
    demo.dejar()
    await conexion.cerrar()
    throw error
  }
  const cola = crearCola({
    conexion,
    bitacora,
    oficios: [
      ...OFICIOS,
      ...oficiosDeAnexo(almacen),
      ...oficiosDeExpediente(almacen),
      ...oficiosDeCorreo(crearTransporteDeCorreo(config.correo)),
    ],
    contextoDe: (usuarioId) => contextoDeTrabajo(conexion, reloj, usuarioId),
  })
  await iniciarCola(
    () => cola.iniciar(),
    bitacora,
    () => contextoDeTrabajo(conexion, reloj, null),
  )
  const auditoria = cuidarAuditoria({
    bitacora,
    secreto: secretoDeAuditoria(config),
    carpetaSubidas: config.carpetaSubidas,
    contexto: () => contextoDeTrabajo(conexion, reloj, null),
  })
  const radar = cuidarRadar({ bitacora, contexto: () => contextoDeTrabajo(conexion, reloj, null) })
  const instantaneas = tomarInstantaneas(config, bitacora, () => contextoDeTrabajo(conexion, reloj, null))
  let parando: Promise<void> | null = null
  return {
    direccion: direccionDe(servidor),
    bitacora,
    detener: () =>
      (parando ??= (async () => {
        demo.dejar()
        await cerrarServidor(servidor)
        await cola.detener(ESPERA_AL_PARAR_MS).catch((error: unknown) => {
          bitacora.warn({ err: error }, 'la cola no se detuvo en orden')
        })
        await auditoria.dejar()
        await radar.dejar()
        await instantaneas
        await conexion.cerrar()
      })()),
  }
}

/** A bucket with wrong keys is better known now than at the first upload; the rest of the system does not need it. */
async function avisarDelAlmacen(almacen: Almacen, bitacora: Bitacora): Promise<void> {
  try {
    await almacen.existe(CLAVE_DE_PRUEBA)
  } catch (error) {
    bitacora.error({ err: error }, 'el almacén de archivos no responde; subir y descargar fallará hasta que responda')
  }
}

/** Those sent by a version of the program that kept none (decision 0037); the first print takes it too. */
async function tomarInstantaneas(
  { publicUrl }: Config,
  bitacora: Bitacora,
  contexto: () => Promise<Contexto>,
): Promise<void> {
  try {
    const tomadas = await tomarFaltantes(await contexto(), publicUrl)
    if (tomadas > 0) bitacora.info({ tomadas }, 'instantáneas de estimaciones enviadas antes')
  } catch (error) {
    bitacora.error({ err: error }, 'no se tomaron las instantáneas que faltan; se toman al imprimir cada estimación')
  }
}

function versionDelPrograma(): string {
  return (JSON.parse(readFileSync(join(RAIZ, 'package.json'), 'utf8')) as { version: string }).version
}

/** SIGTERM and SIGINT stop in order; an exception nobody foresaw is logged and ends the process, for its supervisor to restart. */
export function pararConSenales(servidor: ServidorEnMarcha, alFinal: () => Promise<void>): void {
  const parar = (codigo: number) => {
    void servidor
      .detener()
      .then(alFinal)
      .then(
        () => process.exit(codigo),
        () => process.exit(1),
      )
  }
  process.once('SIGTERM', () => {
    parar(0)
  })
  process.once('SIGINT', () => {
    parar(0)
  })
  const caer = (error: unknown) => {
    servidor.bitacora.fatal({ err: error }, 'excepción no prevista')
    parar(1)
  }
  process.once('uncaughtException', caer)
  process.once('unhandledRejection', caer)
}

async function iniciarCola(
  iniciar: () => Promise<void>,
  bitacora: Bitacora,
  contexto: () => Promise<Contexto>,
): Promise<void> {
  try {
    const interrumpidas = await cerrarInterrumpidas(await contexto())
    if (interrumpidas > 0) bitacora.warn({ interrumpidas }, 'trabajos que el proceso anterior dejó a medias')
    await iniciar()
  } catch (error) {
    bitacora.error({ err: error }, 'la cola de trabajos no inició; las páginas sí responden y se vuelve a intentar')
    setTimeout(() => void iniciarCola(iniciar, bitacora, contexto), REINTENTO_DE_COLA_MS).unref()
  }
}

/** Context of background work: of the person who queued it, if still active, or of *Sistema*. */
async function contextoDeTrabajo(conexion: Conexion, reloj: Reloj, usuarioId: number | null): Promise<Contexto> {
  const cargado = usuarioId === null ? null : await cargarUsuario(conexion.bd, usuarioId)
  const ahora = reloj.ahora()
  return {
    usuario: cargado?.usuario ?? null,
    sistema: usuarioId === null,
    permisos: cargado?.permisos ?? new Set(),
    solicitudId: randomUUID(),
    transaccion: randomUUID(),
    ip: null,
    agente: 'trabajo en segundo plano',
    ahora,
    hoy: diaLocal(ahora),
    bd: conexion.bd,
  }
}

/** The mark of the demo data follows what the commands load and remove, a minute late at most. */
async function vigilarDemo(conexion: Conexion): Promise<{ hay: () => boolean; dejar: () => void }> {
  let actual = await hayDemo(conexion.bd)
  const temporizador = setInterval(() => {
    hayDemo(conexion.bd).then(
      (hay) => {
        actual = hay
      },
      // While the database is away the last known answer stays.
      () => undefined,
    )
  }, DEMO_CADA_MS)
  temporizador.unref()
  return {
    hay: () => actual,
    dejar: () => {
      clearInterval(temporizador)
    },
  }
}

/**
 * Accepts nobody new and waits for the requests in hand. A connection that is kept open (browsers, proxies) would go on
 * bringing requests until the limit: each ends with its next answer, or at once when it has nothing in hand.
 */
async function cerrarServidor(servidor: Server): Promise<void> {
  servidor.prependListener('request', (_req, res) => {
    res.setHeader('Connection', 'close')
  })
  const cerrado = new Promise<void>((listo) => {
    servidor.close(() => {
      listo()
    })
  })
  const ociosas = setInterval(() => {
    servidor.closeIdleConnections()
  }, 50)
  const limite = setTimeout(() => {
    servidor.closeAllConnections()
  }, ESPERA_AL_PARAR_MS)
  await cerrado
  clearInterval(ociosas)
  clearTimeout(limite)
}

function direccionDe(servidor: Server): string {
  const { address, port } = servidor.address() as AddressInfo
  return `http://${address.includes(':') ? `[${address}]` : address}:${port}`
}

const FALLO_DE_LECTURA: Readonly<Record<string, { estado: number; detalles: string }>> = {
  HPE_HEADER_OVERFLOW: {
    estado: 431,
    detalles:
      'Las cabeceras de la solicitud son demasiado grandes. Borra las cookies de este sitio e inténtalo de nuevo.',
  },
  ERR_HTTP_REQUEST_TIMEOUT: { estado: 408, detalles: 'La solicitud tardó demasiado en llegar.' },
}

/** What Node could not read as HTTP: Express never sees it, so the envelope is written by hand. */
function responderMalformada(error: NodeJS.ErrnoException, conexion: Duplex, bitacora: Bitacora): void {
  if (!conexion.writable || error.code === 'ECONNRESET') {
    conexion.destroy()
    return
  }
  const { estado, detalles } = FALLO_DE_LECTURA[error.code ?? ''] ?? {
    estado: 400,
    detalles: 'La solicitud no es válida.',
  }
  const cuerpo = JSON.stringify({ exito: false, tipo_aviso: 'error', detalles })
  const solicitudId = randomUUID()
  bitacora.info({ solicitudId, metodo: null, ruta: null, estado, motivo: error.code }, 'solicitud')
  const cabeceras = [
    `HTTP/1.1 ${estado} ${STATUS_CODES[estado] ?? ''}`,
    'Content-Type: application/json; charset=utf-8',
    `Content-Length: ${Buffer.byteLength(cuerpo)}`,
    `X-Request-Id: ${solicitudId}`,
    'Connection: close',
  ]
  conexion.end(`${cabeceras.join('\r\n')}\r\n\r\n${cuerpo}`)
}
