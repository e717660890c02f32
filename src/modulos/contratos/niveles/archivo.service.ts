/** The stored file of an annex: kept before its record is written, thrown away when that fails (decision 0023). */
import { rm } from 'node:fs/promises'
import { pipeline } from 'node:stream/promises'
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { claseDeClave, TIPO_DE_CONTENIDO, type Almacen } from '../../../plataforma/archivos.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { revisarArchivo, type ArchivoPorRevisar, type ReglasDeArchivo } from '../../../plataforma/revision-archivos.ts'
import { limpiar } from '../../../comun/texto.ts'
import { ANEXOS } from './niveles.ts'
import type { Enviado } from './niveles.schema.ts'
import { crearRegistro, editarRegistro, leerRegistro, type Edicion, type Editado } from './niveles.service.ts'
import type { ArchivoGuardado } from './niveles.tipos.ts'

const CARPETA = 'contratos/anexos_maestros'
const CAMPO = 'archivo'
const REGLAS: ReglasDeArchivo = {
  campo: CAMPO,
  clases: ['pdf', 'xlsx', 'docx'],
  admitidos: 'Solo se aceptan archivos PDF, Excel (.xlsx) y Word (.docx).',
  maximoMb: 50,
}

/** Files of a request, as the shell hands them. */
type Subidos = readonly (ArchivoPorRevisar & { readonly campo: string })[]

/** The file of the form, or null when none was chosen: browsers send an empty one without name. @throws DatosInvalidos. */
async function subidoDe(subidos: Subidos): Promise<ArchivoPorRevisar | null> {
  const [primero] = subidos
  if (primero === undefined) return null
  if (primero.nombre === '' && primero.bytes === 0) {
    await rm(primero.ruta, { force: true })
    return null
  }
  if (primero.campo !== CAMPO) throw new DatosInvalidos('El archivo del anexo se envía en el campo «archivo».')
  return { ...primero, nombre: limpiar(primero.nombre) }
}

/** Stores the upload and does something with it; when that fails, the file goes. */
async function conArchivo<T>(
  almacen: Almacen,
  subidos: Subidos,
  hacer: (archivo: ArchivoGuardado | null) => Promise<T>,
): Promise<T> {
  const subido = await subidoDe(subidos)
  if (subido === null) return hacer(null)
  const clase = await revisarArchivo(subido, REGLAS)
  const clave = await almacen.guardar(subido.ruta, { carpeta: CARPETA, clase })
  try {
    return await hacer({ clave, nombre: subido.nombre })
  } catch (error) {
    await almacen.borrar(clave)
    throw error
  }
}

/** A new annex with its file, if one came. @returns its id. */
export function crearAnexo(
  { ctx, almacen }: { readonly ctx: Contexto; readonly almacen: Almacen },
  enviado: Enviado,
  subidos: Subidos,
): Promise<number> {
  return conArchivo(almacen, subidos, (archivo) => crearRegistro(ctx, ANEXOS, enviado, archivo))
}

/** The same for an edition; the file that was replaced or taken away goes once the change is committed. */
export async function editarAnexo(
  { ctx, almacen }: { readonly ctx: Contexto; readonly almacen: Almacen },
  { quitarArchivo, ...edicion }: Edicion & { readonly quitarArchivo: boolean },
  subidos: Subidos,
): Promise<Editado> {
  const editado = await conArchivo(almacen, subidos, (archivo) =>
    editarRegistro(ctx, ANEXOS, archivo !== null || quitarArchivo ? { ...edicion, archivo } : edicion),
  )
  if (editado.sobrante !== null) await almacen.borrar(editado.sobrante.clave)
  return editado
}

/** The stored file, ready to be sent. @throws NoEncontrado. */
export async function archivoDeAnexo(
  { ctx, almacen }: { readonly ctx: CtxLectura; readonly almacen: Almacen },
  id: number,
): Promise<{ nombre: string; tipo: string; escribir: (salida: NodeJS.WritableStream) => Promise<void> }> {
  const { archivo } = await leerRegistro(ctx, ANEXOS, id)
  if (archivo === null) throw new NoEncontrado('El anexo no tiene archivo.')
  const flujo = await almacen.leer(archivo.clave)
  return {
    nombre: archivo.nombre,
    tipo: TIPO_DE_CONTENIDO[claseDeClave(archivo.clave)],
    escribir: async (salida) => {
      await pipeline(flujo, salida)
    },
  }
}
