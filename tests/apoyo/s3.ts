/**
 * A little S3 of ours for the tests: keeps objects in memory and refuses what is not signed with Signature Version 4.
 * The signature is worked out here from the letter of the protocol, not with the library that signs.
 */
import { createHash, createHmac } from 'node:crypto'
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http'
import type { AddressInfo } from 'node:net'
import { afterAll } from 'vitest'
import type { ConfigS3 } from '../../src/plataforma/almacen-s3.ts'

export interface FalsoS3 {
  readonly config: ConfigS3
  /** Objects by their path inside the bucket, with the type they were stored with. */
  readonly objetos: Map<string, { readonly contenido: Buffer; readonly tipo: string | undefined }>
  /** `METHOD path status`, in order. */
  readonly peticiones: string[]
  /** The next answers are these statuses instead of the real ones. */
  fallar(...estados: number[]): void
}

const sha256 = (dato: Buffer | string): string => createHash('sha256').update(dato).digest('hex')
const hmac = (clave: Buffer | string, dato: string): Buffer => createHmac('sha256', clave).update(dato).digest()

/** Starts one; it stops with the test file. */
export async function crearFalsoS3(): Promise<FalsoS3> {
  const objetos: FalsoS3['objetos'] = new Map()
  const peticiones: string[] = []
  const fallas: number[] = []
  const datos = {
    bucket: 'sascop-pruebas',
    region: 'mx-central-1',
    clave: 'CLAVE-DE-PRUEBA',
    secreto: 'secreto/de+prueba',
  }

  const atender = (
    peticion: IncomingMessage,
    cuerpo: Buffer,
  ): { estado: number; contenido?: Buffer; codigo?: string } => {
    const falla = fallas.shift()
    if (falla !== undefined) return { estado: falla, codigo: 'InternalError' }
    if (peticion.headers.authorization !== firmaDe(peticion, datos))
      return { estado: 403, codigo: 'SignatureDoesNotMatch' }
    if (peticion.headers['x-amz-content-sha256'] !== sha256(cuerpo))
      return { estado: 400, codigo: 'XAmzContentSHA256Mismatch' }
    const [, bucket, ...resto] = (peticion.url ?? '').split('/')
    if (bucket !== datos.bucket) return { estado: 404, codigo: 'NoSuchBucket' }
    const clave = resto.join('/')
    if (peticion.method === 'PUT') {
      objetos.set(clave, { contenido: cuerpo, tipo: peticion.headers['content-type'] })
      return { estado: 200 }
    }
    if (peticion.method === 'DELETE') {
      objetos.delete(clave)
      return { estado: 204 }
    }
    const hallado = objetos.get(clave)
    return hallado === undefined ? { estado: 404, codigo: 'NoSuchKey' } : { estado: 200, contenido: hallado.contenido }
  }
  const servidor = createServer((peticion: IncomingMessage, respuesta: ServerResponse) => {
    const trozos: Buffer[] = []
    peticion.on('data', (trozo: Buffer) => trozos.push(trozo))
    peticion.on('end', () => {
      const { estado, contenido, codigo } = atender(peticion, Buffer.concat(trozos))
      peticiones.push(`${peticion.method ?? ''} ${peticion.url ?? ''} ${String(estado)}`)
      respuesta.writeHead(estado)
      if (peticion.method === 'HEAD') respuesta.end()
      else respuesta.end(contenido ?? (codigo === undefined ? '' : `<Error><Code>${codigo}</Code></Error>`))
    })
  })
  await new Promise<void>((listo) => servidor.listen(0, '127.0.0.1', listo))
  afterAll(() => {
    servidor.closeAllConnections()
    servidor.close()
  })
  const { port } = servidor.address() as AddressInfo
  return {
    config: { direccion: `http://127.0.0.1:${String(port)}`, ...datos },
    objetos,
    peticiones,
    fallar: (...estados) => {
      fallas.push(...estados)
    },
  }
}

/** The header that such a request must carry. */
function firmaDe(peticion: IncomingMessage, datos: Omit<ConfigS3, 'direccion'>): string {
  const cabecera = (nombre: string): string => String(peticion.headers[nombre] ?? '')
  const firmadas = ['host', 'x-amz-content-sha256', 'x-amz-date']
  const fecha = cabecera('x-amz-date')
  const ambito = [fecha.slice(0, 8), datos.region, 's3', 'aws4_request'].join('/')
  const canonica = [
    peticion.method,
    peticion.url,
    '',
    ...firmadas.map((nombre) => `${nombre}:${cabecera(nombre)}`),
    '',
    firmadas.join(';'),
    cabecera('x-amz-content-sha256'),
  ].join('\n')
  const porFirmar = ['AWS4-HMAC-SHA256', fecha, ambito, sha256(canonica)].join('\n')
  const llave = [datos.region, 's3', 'aws4_request'].reduce(
    (previa, parte) => hmac(previa, parte),
    hmac(`AWS4${datos.secreto}`, fecha.slice(0, 8)),
  )
  const firma = createHmac('sha256', llave).update(porFirmar).digest('hex')
  return `AWS4-HMAC-SHA256 Credential=${datos.clave}/${ambito}, SignedHeaders=${firmadas.join(';')}, Signature=${firma}`
}
