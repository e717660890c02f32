import { esMotivo, GRUPOS_FUERA, rutaCorregir, VERBO_DE_MOTIVO } from '../../../modulos/estimaciones/fuera.contrato.ts'
import { crear } from '../../comun/dom.ts'

/**
 * Links of the reasons of a production, each to the very place of what stops it.
 * @param aparte in another tab: what is being written on this page stays.
 */
export function enlacesDeMotivos(idProduccion: number, motivos: readonly string[], aparte = false): Node[] {
  return motivos.flatMap((motivo, i) => {
    if (!esMotivo(motivo)) return []
    const enlace = crear(
      'a',
      {
        href: rutaCorregir(idProduccion, motivo),
        title: `${VERBO_DE_MOTIVO[motivo]}${aparte ? ' (en otra pestaña)' : ''}`,
        ...(aparte ? { target: '_blank', rel: 'noopener' } : {}),
      },
      GRUPOS_FUERA[motivo],
    )
    return i === 0 ? [enlace] : [document.createTextNode(' · '), enlace]
  })
}
