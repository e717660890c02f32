/** What the thread that reads is asked. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { abrirLibro } from '../../../plataforma/excel/leer.ts'
import { filasRechazadas, type FilasRechazadas } from './errores.excel.ts'
import { leerLibroDeAnexo, LIMITES_ANEXO } from './lector.ts'
import type { AnexoLeido, CatalogoDeAnexo } from './lectura.tipos.ts'

export interface EncargoDeLectura {
  readonly tarea: 'leer' | 'rechazadas'
  readonly ruta: string
  readonly catalogo: CatalogoDeAnexo
}

/** @throws DatosInvalidos when the workbook cannot be read, has no table or has no row that counts. */
export async function atenderLectura({
  tarea,
  ruta,
  catalogo,
}: EncargoDeLectura): Promise<AnexoLeido | FilasRechazadas> {
  const libro = await abrirLibro(ruta, LIMITES_ANEXO)
  try {
    const lectura = await leerLibroDeAnexo(libro, catalogo, await sha256DeArchivo(ruta))
    return tarea === 'leer' ? lectura.leido : filasRechazadas(lectura)
  } finally {
    libro.cerrar()
  }
}

async function sha256DeArchivo(ruta: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const trozo of createReadStream(ruta)) hash.update(trozo as Buffer)
  return hash.digest('hex')
}
