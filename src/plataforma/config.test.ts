import { readFileSync } from 'node:fs'
import { describe, expect, it } from 'vitest'
import { type Config, ErrorDeConfig, leerConfig, NOMBRES_DE_VARIABLES } from './config.ts'

const SECRETO = 'x'.repeat(32)

function faltas(entorno: Record<string, string>): readonly string[] {
  try {
    leerConfig(entorno, '/proyecto')
  } catch (error) {
    if (error instanceof ErrorDeConfig) return error.faltas
    throw error
  }
  return []
}

describe('configuration', () => {
  it('has the defaults of the contract', () => {
    expect(leerConfig({}, '/proyecto')).toEqual({
      produccion: false,
      host: '127.0.0.1',
      puerto: 3000,
      urlBase: null,
      carpetaDatos: '/proyecto/.datos',
      carpetaSubidas: '/proyecto/.datos/archivos',
      almacen: { clase: 'disco' },
      secreto: null,
      secretoAuditoria: null,
      retencionAuditoriaAnios: 5,
      admin: { usuario: 'admin', clave: null, correo: 'admin@localhost' },
      demo: null,
      publicUrl: 'http://127.0.0.1:3000',
      hostsConfiables: ['127.0.0.1', 'localhost', '[::1]'],
      proxiesConfiables: 0,
      sesionSegundos: 7200,
      tipoCambioUsd: '19.1648',
      maxSubidaBytes: 100 * 1024 * 1024,
      correo: { smtpUrl: null, remitente: 'SASCOP <no-responder@127.0.0.1>', carpeta: '/proyecto/.datos/correo' },
      reloj: null,
      nivelBitacora: 'info',
    } satisfies Config)
  })

  it('takes an empty variable as absent', () => {
    expect(leerConfig({ PORT: '', DATABASE_URL: ' ' }, '/proyecto')).toMatchObject({ puerto: 3000, urlBase: null })
  })

  it('lists every fault at once, one Spanish line each', () => {
    expect(
      faltas({ PORT: 'tres mil', NODE_ENV: 'produccion', DATABASE_URL: 'mysql://x', SESSION_IDLE_SECONDS: '0' }),
    ).toEqual([
      'NODE_ENV: debe ser development, test o production.',
      'PORT: debe ser un número entero.',
      'DATABASE_URL: debe tener la forma postgresql://usuario:clave@host:5432/base.',
      'SESSION_IDLE_SECONDS: debe estar entre 1 y 43200.',
    ])
  })

  it('demands the secret and the public address in production, together with any other fault', () => {
    expect(faltas({ NODE_ENV: 'production', PORT: '0' })).toEqual([
      'PORT: debe estar entre 1 y 65535.',
      'SECRET_KEY: es obligatoria en producción (32 caracteres al azar o más).',
      'PUBLIC_URL: es obligatoria en producción (la dirección con la que entra la gente).',
    ])
  })

  it('refuses a frozen clock and demo data in production', () => {
    const entorno = { NODE_ENV: 'production', SECRET_KEY: SECRETO, PUBLIC_URL: 'https://sascop.mx' }
    expect(faltas({ ...entorno, RELOJ: '2026-01-01T00:00:00Z', DEMO: '1' })).toEqual([
      'RELOJ: no se admite en producción.',
      'DEMO: los datos de demostración no se admiten en producción.',
    ])
    expect(leerConfig(entorno)).toMatchObject({ produccion: true, demo: false, hostsConfiables: ['sascop.mx'] })
  })

  it('refuses a wildcard among the trusted hosts', () => {
    expect(faltas({ TRUSTED_HOSTS: '*' })).toHaveLength(1)
    expect(leerConfig({ TRUSTED_HOSTS: 'Uno.mx, dos.mx:81' }).hostsConfiables).toEqual(['uno.mx', 'dos.mx:81'])
  })

  it('takes a mail server and a sender, and refuses what is not one', () => {
    const entorno = { SMTP_URL: 'smtp://u:c@correo.mx:587', MAIL_FROM: 'Avisos <avisos@correo.mx>' }
    expect(leerConfig(entorno, '/proyecto').correo).toEqual({
      smtpUrl: 'smtp://u:c@correo.mx:587',
      remitente: 'Avisos <avisos@correo.mx>',
      carpeta: '/proyecto/.datos/correo',
    })
    expect(faltas({ SMTP_URL: 'http://correo.mx', MAIL_FROM: 'a@b.mx\nBcc: c@d.mx' })).toHaveLength(2)
  })

  it('keeps the files on the disk or in a bucket, which wants its address and its keys', () => {
    expect(leerConfig({ ALMACEN: 'disco' }).almacen).toEqual({ clase: 'disco' })
    const entorno = {
      ALMACEN: 's3',
      S3_ENDPOINT: 'https://s3.example.com/',
      S3_BUCKET: 'sascop',
      S3_ACCESS_KEY_ID: 'quien',
      S3_SECRET_ACCESS_KEY: 'secreto',
    }
    expect(leerConfig(entorno).almacen).toEqual({
      clase: 's3',
      direccion: 'https://s3.example.com',
      bucket: 'sascop',
      region: 'us-east-1',
      clave: 'quien',
      secreto: 'secreto',
    })
    expect(faltas({ ALMACEN: 's3', S3_BUCKET: '../otro' })).toEqual([
      'S3_BUCKET: debe ser el nombre de un bucket (minúsculas, dígitos, puntos y guiones).',
      'S3_ENDPOINT: es obligatoria con ALMACEN=s3.',
      'S3_ACCESS_KEY_ID: es obligatoria con ALMACEN=s3.',
      'S3_SECRET_ACCESS_KEY: es obligatoria con ALMACEN=s3.',
    ])
    expect(faltas({ ALMACEN: 'nube' })).toEqual(['ALMACEN: debe ser disco o s3.'])
  })

  it('is described by .env.example, variable by variable', () => {
    const ejemplo = readFileSync(new URL('../../.env.example', import.meta.url), 'utf8')
    const descritas = [...ejemplo.matchAll(/^#? ?([A-Z][A-Z_0-9]+)=/gm)].map(([, nombre]) => nombre)
    expect(descritas).toEqual(NOMBRES_DE_VARIABLES)
  })
})
