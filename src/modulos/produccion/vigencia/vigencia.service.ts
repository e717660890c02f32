import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { limitesDelMes, seTocan } from './vigencia.reglas.ts'
import * as repo from './vigencia.repo.ts'
import type { Rango, VigenciaEnSitio } from './vigencia.tipos.ts'

/** Sites of the selector (produccion.md §6.2). */
export const sitiosConOts = (ctx: CtxLectura): Promise<{ id: number; descripcion: string }[]> =>
  repo.listarSitiosConOts(ctx.bd)

/** An OT that is listed in a month of a site: its window touches the month. */
export interface OtVigente extends VigenciaEnSitio {
  readonly ventana: Rango
}

const ORDEN_NATURAL = new Intl.Collator('es-MX', { numeric: true, sensitivity: 'base' })

/** §5.3: OTs of a site and month whose window touches it and whose family has an annex, by folio as people count. */
export async function otsVigentes(
  ctx: CtxLectura,
  lugar: { idSitio: number; mes: number; anio: number },
): Promise<OtVigente[]> {
  const mes = limitesDelMes(lugar.mes, lugar.anio)
  const suyas = await repo.listarVigencias(ctx.bd, lugar.idSitio, null)
  return suyas
    .flatMap(({ conAnexo, ventana, ...ot }) =>
      conAnexo && ventana && seTocan(ventana, mes) ? [{ ...ot, ventana }] : [],
    )
    .sort((a, b) => ORDEN_NATURAL.compare(a.folio, b.folio) || a.idOt - b.idOt)
}

/** An OT at a site, whatever the month; null when the site is not one of hers (§5.1) or the OT is not a live initial one. */
export async function vigenciaEnSitio(ctx: CtxLectura, idOt: number, idSitio: number): Promise<VigenciaEnSitio | null> {
  const [hallada] = await repo.listarVigencias(ctx.bd, idSitio, [idOt])
  return hallada ?? null
}
