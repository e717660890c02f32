/** The workbook of an annex, read in a thread of its own against the catalogue of today. */
import type { Writable } from 'node:stream'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { escribirErrores, leerAnexoEnOtroHilo, nombreDeErrores } from '../lectura/index.ts'
import type { AnexoLeido } from '../lectura/lectura.tipos.ts'
import { exigirOt } from '../versiones/analisis.service.ts'
import { leerCatalogo } from './catalogo.repo.ts'
import { libroGuardado } from './subidas.service.ts'

/** @throws DatosInvalidos when it cannot be read or has no valid table. */
export async function leerLibro(ctx: CtxLectura, ruta: string, idPrincipal: number): Promise<AnexoLeido> {
  return leerAnexoEnOtroHilo(ruta, await leerCatalogo(ctx.bd, idPrincipal))
}

/** The rows of a kept workbook that have errors, as a workbook to be corrected (anexo-c.md §5.6). */
export async function libroDeErrores(
  ctx: CtxLectura,
  tarea: number,
): Promise<{ nombre: string; escribir: (salida: Writable) => Promise<void> }> {
  const { ruta, idOt } = await libroGuardado(ctx, tarea)
  const { folio, idPrincipal } = await exigirOt(ctx, idOt)
  const catalogo = await leerCatalogo(ctx.bd, idPrincipal)
  return {
    nombre: nombreDeErrores(folio),
    escribir: (salida) => escribirErrores(salida, ruta, catalogo),
  }
}
