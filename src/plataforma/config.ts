import { isAbsolute, join } from 'node:path'
import { z } from 'zod'
import type { ConfigS3 } from './almacen-s3.ts'
import { RAIZ } from './raiz.ts'

/** What the installer decides, read once. Frozen; nobody else reads the environment. */
export interface Config {
  readonly produccion: boolean
  readonly host: string
  readonly puerto: number
  /** null = the embedded PostgreSQL of `carpetaDatos` */
  readonly urlBase: string | null
  readonly carpetaDatos: string
  /** Uploaded files, outside of what is served. */
  readonly carpetaSubidas: string
  /** Where the files of records are kept: below `carpetaSubidas`, or in a bucket */
  readonly almacen: { readonly clase: 'disco' } | ({ readonly clase: 's3' } & ConfigS3)
  /** null = the one generated into `carpetaDatos` (never in production) */
  readonly secreto: string | null
  /** Signs the seals of the activity log; null = the same secret */
  readonly secretoAuditoria: string | null
  /** Years that the activity log is kept in the database at least */
  readonly retencionAuditoriaAnios: number
  /** First superuser, created when there is no user; `clave` null = random, printed once */
  readonly admin: { readonly usuario: string; readonly clave: string | null; readonly correo: string }
  /** null = on an empty embedded database yes, else no */
  readonly demo: boolean | null
  readonly publicUrl: string
  /** Accepted Host headers, lower case; without port = any port */
  readonly hostsConfiables: readonly string[]
  readonly proxiesConfiables: number
  /** `smtpUrl` null = there is no mail server: messages are written to `carpeta` as .eml */
  readonly correo: { readonly smtpUrl: string | null; readonly remitente: string; readonly carpeta: string }
  readonly sesionSegundos: number
  /** Pesos per dollar, as text: it is money */
  readonly tipoCambioUsd: string
  readonly maxSubidaBytes: number
  /** ISO instant that freezes "now", or null */
  readonly reloj: string | null
  readonly nivelBitacora: (typeof NIVELES)[number]
}

/** Every fault of the environment, one Spanish line each. */
export class ErrorDeConfig extends Error {
  override name = 'ErrorDeConfig'
  readonly faltas: readonly string[]

  constructor(faltas: readonly string[]) {
    super(faltas.join('\n'))
    this.faltas = faltas
  }
}

const NIVELES = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const

const entero = (minimo: number, maximo: number) =>
  z
    .string()
    .regex(/^\d{1,12}$/, 'debe ser un número entero')
    .transform(Number)
    .refine((n) => n >= minimo && n <= maximo, `debe estar entre ${minimo} y ${maximo}`)

const direccionWeb = z
  .string()
  .refine((texto) => URL.canParse(texto) && /^https?:$/.test(new URL(texto).protocol), 'debe ser una dirección http(s)')
  .refine((texto) => !URL.canParse(texto) || /^\/?$/.test(new URL(texto).pathname), 'no lleva ruta después del host')
  .transform((texto) => new URL(texto).origin)

const direccionBase = z
  .string()
  .refine(
    (texto) => URL.canParse(texto) && /^postgres(ql)?:$/.test(new URL(texto).protocol),
    'debe tener la forma postgresql://usuario:clave@host:5432/base',
  )

const direccionSmtp = z
  .string()
  .refine(
    (texto) => URL.canParse(texto) && /^smtps?:$/.test(new URL(texto).protocol) && new URL(texto).hostname !== '',
    'debe tener la forma smtp://usuario:clave@host:587 (o smtps:// con TLS desde el inicio)',
  )

/** `correo@host` or `Nombre <correo@host>`, on one line: it goes to a header as it is. */
const remitente = z
  .string()
  .max(320, 'es demasiado largo')
  .regex(/^(?:[^<>\r\n"]* <[^\s<>@]+@[^\s<>@]+>|[^\s<>@]+@[^\s<>@]+)$/, 'debe ser un correo, o «Nombre <correo@host>»')

/** The variables, in the order of `.env.example`, which a test compares with this list. */
const VARIABLES = {
  NODE_ENV: z
    .enum(['development', 'production', 'test'], 'debe ser development, test o production')
    .default('development'),
  HOST: z
    .string()
    .regex(/^[\w.:-]+$/, 'debe ser un nombre o una dirección IP')
    .default('127.0.0.1'),
  PORT: entero(1, 65_535).default(3000),
  PUBLIC_URL: direccionWeb.optional(),
  TRUSTED_HOSTS: z
    .string()
    .transform((texto) =>
      texto
        .toLowerCase()
        .split(/[\s,]+/)
        .filter((host) => host !== ''),
    )
    .refine(
      (hosts) => hosts.every((host) => /^[\w.-]+(:\d+)?$|^\[[\da-f:]+\](:\d+)?$/.test(host)),
      'debe ser una lista de hosts separados por comas, sin comodines',
    )
    .optional(),
  TRUST_PROXY: entero(0, 10).default(0),
  DATABASE_URL: direccionBase.optional(),
  DATA_DIR: z.string().default('.datos'),
  ALMACEN: z.enum(['disco', 's3'], 'debe ser disco o s3').default('disco'),
  S3_ENDPOINT: direccionWeb.optional(),
  S3_BUCKET: z
    .string()
    .regex(
      /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
      'debe ser el nombre de un bucket (minúsculas, dígitos, puntos y guiones)',
    )
    .optional(),
  S3_REGION: z
    .string()
    .regex(/^[a-z0-9-]{1,40}$/, 'debe ser una región como us-east-1')
    .default('us-east-1'),
  S3_ACCESS_KEY_ID: z.string().max(256, 'es demasiado larga').optional(),
  S3_SECRET_ACCESS_KEY: z.string().max(512, 'es demasiado largo').optional(),
  SECRET_KEY: z.string().min(32, 'debe tener al menos 32 caracteres').optional(),
  AUDITORIA_SECRETO: z.string().min(32, 'debe tener al menos 32 caracteres').optional(),
  RETENCION_AUDITORIA_ANIOS: entero(1, 100).default(5),
  ADMIN_USERNAME: z
    .string()
    .regex(/^[\w.@+-]{1,150}$/, 'solo letras, dígitos y . @ + - _')
    .default('admin'),
  ADMIN_PASSWORD: z.string().min(8, 'debe tener al menos 8 caracteres').optional(),
  ADMIN_EMAIL: z
    .string()
    .regex(/^[^\s@]+@[^\s@]+$/, 'debe ser un correo')
    .default('admin@localhost'),
  DEMO: z
    .enum(['0', '1'], 'debe ser 0 o 1')
    .transform((texto) => texto === '1')
    .optional(),
  SESSION_IDLE_SECONDS: entero(1, 43_200).default(7200),
  TIPO_CAMBIO_USD: z
    .string()
    .regex(/^\d{1,6}(\.\d{1,6})?$/, 'debe ser un número como 19.1648')
    .refine((texto) => Number(texto) > 0, 'debe ser mayor que cero')
    .default('19.1648'),
  MAX_UPLOAD_MB: entero(1, 1024).default(100),
  SMTP_URL: direccionSmtp.optional(),
  MAIL_FROM: remitente.optional(),
  RELOJ: z.iso.datetime({ offset: true, error: 'debe ser un instante ISO como 2026-03-15T18:00:00Z' }).optional(),
  LOG_LEVEL: z.enum(NIVELES, `debe ser ${NIVELES.join(', ')}`).default('info'),
}

/** Names of the variables that exist, in order. */
export const NOMBRES_DE_VARIABLES: readonly string[] = Object.keys(VARIABLES)

/**
 * Pure: from an environment to the configuration. An empty variable counts as absent (compose passes them so).
 * @throws ErrorDeConfig with every fault at once
 */
export function leerConfig(entorno: Readonly<Record<string, string | undefined>>, raiz: string = RAIZ): Config {
  const presentes: Record<string, string> = {}
  for (const nombre of NOMBRES_DE_VARIABLES) {
    const valor = entorno[nombre]?.trim()
    if (valor !== undefined && valor !== '') presentes[nombre] = valor
  }
  const leido = z.object(VARIABLES).safeParse(presentes)
  // The rules of production are looked at even when something else is wrong, so that all faults come at once.
  const faltas = leido.success ? [] : leido.error.issues.map(({ path, message }) => `${path.join('.')}: ${message}.`)
  if (presentes['NODE_ENV'] === 'production') {
    if (!presentes['SECRET_KEY']) faltas.push('SECRET_KEY: es obligatoria en producción (32 caracteres al azar o más).')
    if (!presentes['PUBLIC_URL'])
      faltas.push('PUBLIC_URL: es obligatoria en producción (la dirección con la que entra la gente).')
    if (presentes['RELOJ']) faltas.push('RELOJ: no se admite en producción.')
    if (presentes['DEMO'] === '1') faltas.push('DEMO: los datos de demostración no se admiten en producción.')
  }
  if (presentes['ALMACEN'] === 's3')
    for (const nombre of ['S3_ENDPOINT', 'S3_BUCKET', 'S3_ACCESS_KEY_ID', 'S3_SECRET_ACCESS_KEY'])
      if (!presentes[nombre]) faltas.push(`${nombre}: es obligatoria con ALMACEN=s3.`)
  if (!leido.success || faltas.length > 0) throw new ErrorDeConfig(faltas)

  const v = leido.data
  const produccion = v.NODE_ENV === 'production'
  const carpetaDatos = isAbsolute(v.DATA_DIR) ? v.DATA_DIR : join(raiz, v.DATA_DIR)
  const publicUrl = v.PUBLIC_URL ?? `http://${paraNavegar(v.HOST)}:${v.PORT}`
  return congelar({
    produccion,
    host: v.HOST,
    puerto: v.PORT,
    urlBase: v.DATABASE_URL ?? null,
    carpetaDatos,
    carpetaSubidas: join(carpetaDatos, 'archivos'),
    almacen: almacenDe(v),
    secreto: v.SECRET_KEY ?? null,
    secretoAuditoria: v.AUDITORIA_SECRETO ?? null,
    retencionAuditoriaAnios: v.RETENCION_AUDITORIA_ANIOS,
    admin: { usuario: v.ADMIN_USERNAME, clave: v.ADMIN_PASSWORD ?? null, correo: v.ADMIN_EMAIL },
    demo: produccion ? false : (v.DEMO ?? null),
    publicUrl,
    hostsConfiables: v.TRUSTED_HOSTS ?? hostsPorOmision(publicUrl, v.HOST, produccion),
    proxiesConfiables: v.TRUST_PROXY,
    sesionSegundos: v.SESSION_IDLE_SECONDS,
    tipoCambioUsd: v.TIPO_CAMBIO_USD,
    maxSubidaBytes: v.MAX_UPLOAD_MB * 1024 * 1024,
    correo: {
      smtpUrl: v.SMTP_URL ?? null,
      remitente: v.MAIL_FROM ?? `SASCOP <no-responder@${new URL(publicUrl).hostname}>`,
      carpeta: join(carpetaDatos, 'correo'),
    },
    reloj: v.RELOJ ?? null,
    nivelBitacora: v.LOG_LEVEL,
  })
}

function almacenDe(v: {
  ALMACEN: 'disco' | 's3'
  S3_ENDPOINT?: string | undefined
  S3_BUCKET?: string | undefined
  S3_REGION: string
  S3_ACCESS_KEY_ID?: string | undefined
  S3_SECRET_ACCESS_KEY?: string | undefined
}): Config['almacen'] {
  if (v.ALMACEN === 'disco') return { clase: 'disco' }
  return {
    clase: 's3',
    direccion: v.S3_ENDPOINT ?? '',
    bucket: v.S3_BUCKET ?? '',
    region: v.S3_REGION,
    clave: v.S3_ACCESS_KEY_ID ?? '',
    secreto: v.S3_SECRET_ACCESS_KEY ?? '',
  }
}

/** Configuration of this process. @throws ErrorDeConfig */
export function configDelProceso(): Config {
  return leerConfig(process.env)
}

function paraNavegar(host: string): string {
  if (host === '0.0.0.0' || host === '::') return 'localhost'
  return host.includes(':') ? `[${host}]` : host
}

/** Names without port, which the shell accepts with any. In production the public one only; else also this machine. */
function hostsPorOmision(publicUrl: string, host: string, produccion: boolean): readonly string[] {
  const publico = new URL(publicUrl).hostname
  return produccion ? [publico] : [...new Set([publico, paraNavegar(host), 'localhost', '127.0.0.1', '[::1]'])]
}

function congelar(config: Config): Config {
  Object.freeze(config.almacen)
  Object.freeze(config.admin)
  Object.freeze(config.correo)
  Object.freeze(config.hostsConfiables)
  return Object.freeze(config)
}
