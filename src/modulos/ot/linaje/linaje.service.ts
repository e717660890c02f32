/** Lineage of an OT: its initial order, every reprogramación, and the comparison of any two. */
import { escribirLibro } from '../../../plataforma/excel/escribir.ts'
import type { Contexto, CtxLectura } from '../../../plataforma/contexto.ts'
import { TIPO_XLSX, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { anotarExportacion } from '../exportacion/exportacion.service.ts'
import { obtenerOt } from '../ot.consultas.service.ts'
import * as repo from '../ot.repo.ts'
import { libroDeLinaje } from './linaje.excel.ts'
import { paginaLinaje, type FamiliaOt } from './linaje.vista.ts'

/** @throws NoEncontrado when the OT does not exist or was deleted. */
export async function familiaDeOt(ctx: CtxLectura, id: number): Promise<FamiliaOt> {
  const ot = await obtenerOt(ctx, id)
  const versiones = await repo.listarFamilia(ctx.bd, ot.otPrincipal ?? id)
  const principal = ot.otPrincipal === null ? ot : ((await repo.buscarOt(ctx.bd, ot.otPrincipal)) ?? ot)
  return { id, principal, versiones, textos: await repo.listarTextos(ctx.bd, [principal, ...versiones]) }
}

/** The lineage as a workbook, equal to the screen; it is logged before the first byte leaves. @throws NoEncontrado. */
export async function exportarLinaje(ctx: Contexto, id: number): Promise<Exportacion> {
  const familia = await familiaDeOt(ctx, id)
  const pagina = paginaLinaje(familia, ctx.hoy, { a: null, b: null }, true)
  const folio = familia.principal.ordenTrabajo
  await anotarExportacion(ctx, familia.principal.id, `el linaje de la OT: ${folio}`)
  return {
    nombre: `linaje-${folio.replace(/[^\w.-]+/g, '_')}-${ctx.hoy}.xlsx`,
    tipo: TIPO_XLSX,
    escribir: async (salida) => {
      await escribirLibro(salida, libroDeLinaje(pagina))
    },
  }
}
