import { mkdtempSync, readdirSync, readFileSync, rmSync, statSync } from 'node:fs'
import { createServer, type AddressInfo, type Socket } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, it, onTestFinished } from 'vitest'
import { encolarCorreo } from '../../../src/modulos/correo/index.ts'
import { enviarCorreo } from '../../../src/modulos/correo/correo.service.ts'
import { crearTransporteDeCorreo, type TransporteDeCorreo } from '../../../src/plataforma/correo.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { hasta } from '../../apoyo/servidor.ts'

const app = await crearAppDePruebas({ cola: true })
const { pool } = app.conexion

const correoNuevo = (destinatarios: readonly string[]) => ({
  plantilla: 'enlace-clave' as const,
  asunto: 'Asunto con ñ',
  contexto: {
    nombre: 'Ana <b>Ñu</b>',
    username: 'ana',
    motivo: 'olvido' as const,
    enlace: 'https://x.mx/accounts/clave/secreto/',
    vence: '16/06/2025 12:30',
  },
  destinatarios,
})

const encolar = (...para: string[]) => conTransaccion(app.ctx, (tx) => encolarCorreo(tx, correoNuevo(para)))

interface Fila {
  estado: string
  intentos: number
  error: string
  html: string
}

async function fila(id: number): Promise<Fila | undefined> {
  const { rows } = await pool.query<Fila>('SELECT estado, intentos, error, html FROM correo_saliente WHERE id = $1', [
    id,
  ])
  return rows[0]
}

/** A row that the queue does not know. */
async function suelto(): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO correo_saliente (plantilla, destinatarios, asunto, html, texto) VALUES ('x', '{a@x.mx}', 'A', '<p>h</p>', 't') RETURNING id`,
  )
  return Number(rows[0]?.id)
}

const caido: TransporteDeCorreo = { enviar: () => Promise.reject(new Error('550 buzón lleno')) }

it('leaves through the queue: HTML with what was typed escaped, plain text of it, and nothing of it stays', async () => {
  const id = (await encolar('ana@x.mx')) ?? 0
  await hasta(async () => (await fila(id))?.estado === 'enviado', 'it is sent')
  const enviado = app.correos.find(({ clave }) => clave === `correo-${String(id)}`)
  expect(enviado).toMatchObject({ para: ['ana@x.mx'], asunto: 'Asunto con ñ' })
  expect(enviado?.html).toContain('Ana &lt;b&gt;Ñu&lt;/b&gt;')
  expect(enviado?.texto).toContain('Hola, Ana <b>Ñu</b>:')
  expect(enviado?.texto).toContain('Elegir contraseña: https://x.mx/accounts/clave/secreto/')
  expect(await fila(id)).toEqual({ estado: 'enviado', intentos: 1, error: '', html: '' })
})

it('nobody to send it to: nothing is queued; a rolled back action neither', async () => {
  expect(await encolar('')).toBeNull()
  const antes = (await pool.query('SELECT 1 FROM correo_saliente')).rowCount
  await expect(
    conTransaccion(app.ctx, async (tx) => {
      await encolarCorreo(tx, correoNuevo(['b@x.mx']))
      throw new Error('no')
    }),
  ).rejects.toThrow('no')
  expect((await pool.query('SELECT 1 FROM correo_saliente')).rowCount).toBe(antes)
})

it('is tried three times, keeps the reason, and is then given up without its content', async () => {
  const id = await suelto()
  const estados = []
  for (let i = 0; i < 3; i += 1) {
    await expect(enviarCorreo(app.ctx, caido, id)).rejects.toThrow('buzón lleno')
    estados.push(await fila(id))
  }
  expect(estados).toEqual([
    { estado: 'pendiente', intentos: 1, error: '550 buzón lleno', html: '<p>h</p>' },
    { estado: 'pendiente', intentos: 2, error: '550 buzón lleno', html: '<p>h</p>' },
    { estado: 'error', intentos: 3, error: '550 buzón lleno', html: '' },
  ])
  await enviarCorreo(app.ctx, caido, id)
  expect((await fila(id))?.intentos).toBe(3)
  const { agente } = await app.entrarComo('administrador')
  const { text } = await agente.get('/administracion/usuarios/').set('Accept', 'text/html')
  expect(text).toContain('1 correo no salió en los últimos 7 días. El último, a a@x.mx: 550 buzón lleno')
})

it('an attempt that goes well after one that did not clears the reason', async () => {
  const id = await suelto()
  await enviarCorreo(app.ctx, caido, id).catch(() => null)
  await enviarCorreo(app.ctx, { enviar: () => Promise.resolve() }, id)
  expect(await fila(id)).toEqual({ estado: 'enviado', intentos: 2, error: '', html: '' })
})

const MENSAJE = { clave: 'correo-1', para: ['ana@x.mx'], asunto: 'Contraseña ñ', html: '<p>Hola</p>', texto: 'Hola' }

it('without a server each message is an .eml that only the program reads', async () => {
  const carpeta = mkdtempSync(join(tmpdir(), 'sascop-correo-'))
  onTestFinished(() => {
    rmSync(carpeta, { recursive: true, force: true })
  })
  const destino = join(carpeta, 'correo')
  const transporte = crearTransporteDeCorreo({
    smtpUrl: null,
    remitente: 'SASCOP <no-responder@x.mx>',
    carpeta: destino,
  })
  await transporte.enviar(MENSAJE)
  await transporte.enviar(MENSAJE)
  const archivos = readdirSync(destino)
  expect(archivos).toHaveLength(2)
  const [archivo = ''] = archivos
  const eml = readFileSync(join(destino, archivo), 'utf8')
  expect(archivo).toMatch(/\.eml$/)
  expect(statSync(join(destino, archivo)).mode & 0o077).toBe(0)
  expect(eml).toContain('From: SASCOP <no-responder@x.mx>\r\n')
  expect(eml).toContain('To: ana@x.mx\r\n')
  expect(eml).toMatch(/Subject: =\?UTF-8\?Q\?Contrase=C3=B1a/)
  expect(eml).toContain('Content-ID: <logo_sascop>')
  expect(eml).toContain('Message-ID: <correo-1@x.mx>')
})

it('with SMTP_URL it speaks with that server, and what it refuses is an error', async () => {
  const dialogo: string[] = []
  let aceptar = true
  const servidor = createServer((enchufe) => {
    atender(enchufe, dialogo, () => aceptar)
  })
  await new Promise<void>((listo) => servidor.listen(0, '127.0.0.1', listo))
  onTestFinished(() => {
    servidor.close()
  })
  const { port } = servidor.address() as AddressInfo
  const transporte = crearTransporteDeCorreo({
    smtpUrl: `smtp://127.0.0.1:${String(port)}?ignoreTLS=true`,
    remitente: 'SASCOP <no-responder@x.mx>',
    carpeta: '/nada',
  })
  await transporte.enviar(MENSAJE)
  expect(dialogo.join('\n')).toContain('MAIL FROM:<no-responder@x.mx>')
  expect(dialogo.join('\n')).toContain('RCPT TO:<ana@x.mx>')
  aceptar = false
  await expect(transporte.enviar(MENSAJE)).rejects.toThrow('550')
})

/** The least of a mail server. */
function atender(enchufe: Socket, dialogo: string[], acepta: () => boolean): void {
  let enDatos = false
  const decir = (texto: string): void => {
    enchufe.write(`${texto}\r\n`)
  }
  decir('220 prueba')
  enchufe.setEncoding('utf8')
  enchufe.on('data', (trozo: string) => {
    for (const linea of trozo.split('\r\n').filter((texto) => texto !== '')) {
      if (enDatos) {
        if (linea !== '.') continue
        enDatos = false
        decir('250 recibido')
        continue
      }
      dialogo.push(linea)
      if (linea.startsWith('RCPT') && !acepta()) decir('550 no existe')
      else if (linea === 'DATA') {
        enDatos = true
        decir('354 adelante')
      } else decir(linea.startsWith('QUIT') ? '221 adiós' : '250 bien')
    }
  })
}
