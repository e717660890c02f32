/**
 * Files in a bucket of S3 or of what speaks like it. Four requests, signed with Signature Version 4 (aws4fetch); decision
 * 0027 says why not the SDK. The address has the bucket in its path, which every compatible store understands.
 */
import { createHash, randomUUID } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, stat } from 'node:fs/promises'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { setTimeout as esperar } from 'node:timers/promises'
import { AwsV4Signer } from 'aws4fetch'
import { NoEncontrado } from '../comun/errores.ts'
import { AlmacenCaido, ARCHIVO_PERDIDO, claseDeClave, claveDe, TIPO_DE_CONTENIDO, type Almacen } from './archivos.ts'

/** What a bucket is reached with. */
export interface ConfigS3 {
  /** Origin of the service, without the bucket. */
  readonly direccion: string
  readonly bucket: string
  readonly region: string
  readonly clave: string
  readonly secreto: string
}

/** What is sent; `cuerpo` opens the body again at each attempt. */
interface Peticion {
  readonly metodo: 'GET' | 'HEAD' | 'PUT' | 'DELETE'
  readonly cabeceras?: Record<string, string>
  readonly cuerpo?: () => Readable
}

const SIN_CUERPO = createHash('sha256').digest('hex')
/** Waits before the second and the third attempt. */
const REINTENTOS_MS = [200, 1_000]
/** Until the answer begins; the body of a download has its own pace. */
const RESPUESTA_MS = 20_000
/** A slow office line still uploads 50 MB. */
const SUBIDA_MS = 180_000

/** @param opciones.reintentos waits between attempts (tests have none) */
export function almacenEnS3(config: ConfigS3, opciones: { reintentos?: readonly number[] } = {}): Almacen {
  const pedir = clienteDe(config, opciones.reintentos ?? REINTENTOS_MS)
  return {
    async guardar(origen, destino) {
      const clave = claveDe(destino, randomUUID)
      const { size } = await stat(origen)
      const respuesta = await pedir(clave, {
        metodo: 'PUT',
        cabeceras: {
          'content-length': String(size),
          'content-type': TIPO_DE_CONTENIDO[destino.clase],
          // Signed: the store refuses a body that is not this one, whatever happens on the way.
          'x-amz-content-sha256': destino.sha256 ?? (await sha256De(origen)),
        },
        cuerpo: () => createReadStream(origen),
      })
      await terminar(respuesta)
      if (!respuesta.ok) throw new AlmacenCaido('S3 answered 404 to PUT: the bucket does not exist')
      await rm(origen, { force: true })
      return clave
    },
    async leer(clave) {
      const respuesta = await pedir(clave, { metodo: 'GET' })
      if (respuesta.status === 404 || respuesta.body === null) {
        await terminar(respuesta)
        throw new NoEncontrado(ARCHIVO_PERDIDO)
      }
      return Readable.fromWeb(respuesta.body as import('node:stream/web').ReadableStream)
    },
    async existe(clave) {
      const respuesta = await pedir(clave, { metodo: 'HEAD' })
      await terminar(respuesta)
      return respuesta.status !== 404
    },
    async borrar(clave) {
      await terminar(await pedir(clave, { metodo: 'DELETE' }))
    },
  }
}

/** Answers come back when they are 2xx or 404; anything else is tried again and then told. */
function clienteDe(
  config: ConfigS3,
  esperas: readonly number[],
): (clave: string, peticion: Peticion) => Promise<Response> {
  const intentar = async (clave: string, { metodo, cabeceras, cuerpo }: Peticion): Promise<Response> => {
    claseDeClave(clave)
    const firmada = await new AwsV4Signer({
      method: metodo,
      url: `${config.direccion}/${config.bucket}/${clave}`,
      headers: { 'x-amz-content-sha256': SIN_CUERPO, ...cabeceras },
      accessKeyId: config.clave,
      secretAccessKey: config.secreto,
      service: 's3',
      region: config.region,
    }).sign()
    const limite = new AbortController()
    const reloj = setTimeout(
      () => {
        limite.abort()
      },
      cuerpo ? SUBIDA_MS : RESPUESTA_MS,
    )
    try {
      return await fetch(firmada.url, {
        method: metodo,
        headers: firmada.headers,
        // A bucket of another region answers with a redirect that would lose the signature.
        redirect: 'manual',
        signal: limite.signal,
        ...(cuerpo ? { body: Readable.toWeb(cuerpo()) as ReadableStream, duplex: 'half' } : {}),
      })
    } finally {
      clearTimeout(reloj)
    }
  }
  return async (clave, peticion) => {
    let fallo: unknown
    for (const espera of [0, ...esperas]) {
      if (espera > 0) await esperar(espera)
      try {
        const respuesta = await intentar(clave, peticion)
        if (respuesta.ok || respuesta.status === 404) return respuesta
        fallo = new Error(`S3 answered ${String(respuesta.status)} to ${peticion.metodo}: ${await motivo(respuesta)}`)
        if (respuesta.status < 500 && respuesta.status !== 429) break
      } catch (error) {
        fallo = error
      }
    }
    throw new AlmacenCaido('the store of files did not do what was asked', { cause: fallo })
  }
}

/** What the store says of a refusal (`<Code>AccessDenied</Code>`), for the log. */
async function motivo(respuesta: Response): Promise<string> {
  const texto = await respuesta.text().catch(() => '')
  return /<Code>([^<]{1,60})<\/Code>/.exec(texto)?.[1] ?? 'no reason'
}

/** A body that nobody reads keeps its connection. */
async function terminar(respuesta: Response): Promise<void> {
  await respuesta.body?.cancel()
}

async function sha256De(ruta: string): Promise<string> {
  const resumen = createHash('sha256')
  await pipeline(createReadStream(ruta), resumen)
  return resumen.digest('hex')
}
