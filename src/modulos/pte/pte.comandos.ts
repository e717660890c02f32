/** `npm run pte:crear-pasos-faltantes` (pte.md §11): what it does and what it says. */
import { plural } from '../../comun/texto.ts'
import type { Contexto } from '../../plataforma/contexto.ts'
import { crearPasosFaltantesDe, type PteRevisada } from './pte.pasos-faltantes.service.ts'
import { listarSinPasos } from './pte.repo.ts'

/** PTEs read at a time. */
const PTES_POR_TROZO = 500

/** What the command did; the PTEs that stay without steps say why. */
export interface PasosFaltantes {
  readonly ptes: number
  readonly pasos: number
  readonly sin_cliente: readonly { readonly id: number; readonly oficio_pte: string }[]
  readonly sin_plantilla: readonly { readonly id: number; readonly oficio_pte: string }[]
}

/** Gives its steps to every live PTE without any, one transaction each; running it again changes nothing. */
export async function crearPasosFaltantes(ctx: Contexto): Promise<PasosFaltantes> {
  const revisadas: PteRevisada[] = []
  for (let desde = 0; ;) {
    const ids = await listarSinPasos(ctx.bd, desde, PTES_POR_TROZO)
    for (const id of ids) {
      const revisada = await crearPasosFaltantesDe(ctx, id)
      if (revisada !== null) revisadas.push(revisada)
      desde = id
    }
    if (ids.length < PTES_POR_TROZO) break
  }
  const de = (resultado: PteRevisada['resultado']) =>
    revisadas.filter((revisada) => revisada.resultado === resultado).map(({ id, folio }) => ({ id, oficio_pte: folio }))
  return {
    ptes: de('creados').length,
    pasos: revisadas.reduce((suma, { pasos }) => suma + pasos, 0),
    sin_cliente: de('sin cliente'),
    sin_plantilla: de('sin plantilla'),
  }
}

/** PTEs of each kind that the terminal shows; `--json` has them all. */
const MAXIMO_EN_PANTALLA = 20

/** The result for a person. */
export function lineasDePasosFaltantes({ ptes, pasos, sin_cliente, sin_plantilla }: PasosFaltantes): string[] {
  return [
    `${plural(pasos, 'paso creado', 'pasos creados')} en ${plural(ptes, 'PTE', 'PTE')}.`,
    ...lista('sin cliente', sin_cliente),
    ...lista('sin pasos activos para el tipo de su cliente', sin_plantilla),
  ]
}

function lista(motivo: string, ptes: PasosFaltantes['sin_cliente']): string[] {
  if (ptes.length === 0) return []
  const mas = ptes.length - MAXIMO_EN_PANTALLA
  return [
    `${plural(ptes.length, 'PTE', 'PTE')} ${motivo}:`,
    ...ptes.slice(0, MAXIMO_EN_PANTALLA).map(({ id, oficio_pte }) => `  ${String(id)}  ${oficio_pte}`),
    ...(mas > 0 ? [`  … y ${String(mas)} más; --json las da todas.`] : []),
  ]
}
