/** Files kept by their content (decision 0027): the same bytes are stored once, whoever brings them and for whatever. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { rm, writeFile } from 'node:fs/promises'
import type { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import {
  claseDeClave,
  IMAGENES,
  TIPO_DE_CONTENIDO,
  type Almacen,
  type ClaseArchivo,
} from '../../plataforma/archivos.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import { describirImagen, ImagenNoAdmitida, type ImagenDescrita } from '../../plataforma/imagenes.ts'
import { revisarArchivo, type ArchivoPorRevisar, type ReglasDeArchivo } from '../../plataforma/revision-archivos.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { buscarArchivos, buscarPorContenido, insertarArchivo } from './archivos.repo.ts'
import type { Archivo, Deposito, DepositoDeLectura, Descarga } from './archivos.tipos.ts'

const CONTENIDO = 'contenido'
const MINIATURAS = 'miniaturas'

/**
 * Checks an upload and keeps it. It commits by itself and before the record that will use it: the store is outside of
 * any transaction, and a kept file that nobody ends up using is harmless. The upload is gone afterwards.
 * @returns its row; the name is of whoever uses it (`nombreDeArchivo`).
 * @throws DatosInvalidos naming the field, ArchivoMuyGrande (413).
 */
export async function guardarArchivo(
  { ctx, almacen }: Deposito,
  subida: ArchivoPorRevisar,
  reglas: ReglasDeArchivo,
): Promise<Archivo> {
  const clase = await revisarArchivo(subida, reglas)
  const sha256 = await sha256De(subida.ruta)
  const previo = await buscarPorContenido(ctx.bd, sha256)
  if (previo !== null && (await estaCompleto(almacen, previo))) {
    await rm(subida.ruta, { force: true })
    return previo
  }
  const imagen = esImagen(clase) ? await describir(subida.ruta, clase, reglas.campo) : null
  const claveMiniatura = imagen && (await guardarMiniatura(almacen, subida.ruta, imagen.miniatura))
  const clave = await almacen.guardar(subida.ruta, { carpeta: CONTENIDO, clase, sha256 })
  const nuevo = {
    sha256,
    clase,
    bytes: subida.bytes,
    clave,
    ancho: imagen?.ancho ?? null,
    alto: imagen?.alto ?? null,
    huellaPerceptual: imagen?.huella ?? null,
    claveMiniatura,
  }
  await conTransaccion(ctx, (tx) => insertarArchivo(tx.bd, nuevo, ctx.usuario?.id ?? null))
  const guardado = await buscarPorContenido(ctx.bd, sha256)
  if (guardado === null) throw new Error(`The file ${sha256} was kept and has no row`)
  return guardado
}

/** What the store lost comes back with the next upload of the same. */
async function estaCompleto(almacen: Almacen, { clave, claveMiniatura }: Archivo): Promise<boolean> {
  return (await almacen.existe(clave)) && (claveMiniatura === null || (await almacen.existe(claveMiniatura)))
}

const esImagen = (clase: ClaseArchivo): clase is 'jpg' | 'png' | 'webp' => IMAGENES.includes(clase)

async function describir(ruta: string, clase: 'jpg' | 'png' | 'webp', campo: string): Promise<ImagenDescrita> {
  try {
    return await describirImagen(ruta, clase)
  } catch (error) {
    if (!(error instanceof ImagenNoAdmitida)) throw error
    const mensaje =
      error.falla === 'enorme'
        ? 'La imagen tiene demasiados píxeles para abrirla. Redúcela (unos 4,000 por lado bastan) y súbela otra vez.'
        : 'La imagen está dañada o incompleta. Ábrela, guárdala de nuevo y súbela otra vez.'
    throw new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
  }
}

async function guardarMiniatura(almacen: Almacen, ruta: string, contenido: Buffer): Promise<string> {
  const sha256 = createHash('sha256').update(contenido).digest('hex')
  const provisional = `${ruta}.parte`
  try {
    await writeFile(provisional, contenido, { mode: 0o600 })
    return await almacen.guardar(provisional, { carpeta: MINIATURAS, clase: 'jpg', sha256 })
  } finally {
    await rm(provisional, { force: true })
  }
}

async function sha256De(ruta: string): Promise<string> {
  const resumen = createHash('sha256')
  await pipeline(createReadStream(ruta), resumen)
  return resumen.digest('hex')
}

async function archivoDe(ctx: CtxLectura, id: number): Promise<Archivo> {
  const [hallado] = await buscarArchivos(ctx.bd, [id])
  if (hallado === undefined) throw new NoEncontrado('El archivo no existe.')
  return hallado
}

/** The content, to be read. Whoever calls has already decided that this person may. @throws NoEncontrado. */
export async function abrirArchivo({ ctx, almacen }: DepositoDeLectura, id: number): Promise<Readable> {
  return almacen.leer((await archivoDe(ctx, id)).clave)
}

/** The file, ready to be sent under the name it has in its record; the caller has checked who asks. @throws NoEncontrado. */
export async function descargaDe({ ctx, almacen }: DepositoDeLectura, id: number, nombre: string): Promise<Descarga> {
  return descargar(almacen, (await archivoDe(ctx, id)).clave, nombre)
}

/** The thumbnail of a picture, as a JPG. @throws NoEncontrado also for what is not a picture. */
export async function miniaturaDe({ ctx, almacen }: DepositoDeLectura, id: number): Promise<Descarga> {
  const { claveMiniatura } = await archivoDe(ctx, id)
  if (claveMiniatura === null) throw new NoEncontrado('El archivo no tiene miniatura.')
  return descargar(almacen, claveMiniatura, `miniatura-${String(id)}.jpg`)
}

const A_LA_VEZ = 8

/** Thumbnails by their key, for a document; one that was lost, or is not what its key says, is not there. */
export async function leerMiniaturas(
  almacen: Almacen,
  claves: readonly string[],
): Promise<ReadonlyMap<string, Buffer>> {
  const unicas = [...new Set(claves)]
  const miniaturas = new Map<string, Buffer>()
  for (let i = 0; i < unicas.length; i += A_LA_VEZ) {
    const vuelta = unicas.slice(i, i + A_LA_VEZ)
    const leidas = await Promise.all(vuelta.map((clave) => leerMiniatura(almacen, clave)))
    for (const [j, clave] of vuelta.entries()) {
      const leida = leidas[j]
      if (leida != null) miniaturas.set(clave, leida)
    }
  }
  return miniaturas
}

async function leerMiniatura(almacen: Almacen, clave: string): Promise<Buffer | null> {
  if (!(await almacen.existe(clave))) return null
  const trozos: Buffer[] = []
  for await (const trozo of await almacen.leer(clave)) trozos.push(trozo as Buffer)
  const contenido = Buffer.concat(trozos)
  return clave.endsWith(`/${createHash('sha256').update(contenido).digest('hex')}.jpg`) ? contenido : null
}

async function descargar(almacen: Almacen, clave: string, nombre: string): Promise<Descarga> {
  const flujo = await almacen.leer(clave)
  return {
    nombre,
    tipo: TIPO_DE_CONTENIDO[claseDeClave(clave)],
    escribir: async (salida) => {
      await pipeline(flujo, salida)
    },
  }
}
