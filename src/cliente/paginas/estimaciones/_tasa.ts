/** The rate that a date takes by itself, said before it is used: by the field of the new estimation and by its edition. */
import { RUTA_TASAS, type TasaDelDia } from '../../../modulos/estimaciones/tasas/tasas.contrato.ts'
import { FalloDeServidor, obtener } from '../../comun/http.ts'

/** What is said under the field: «Vacío: 17.2345, Diario Oficial del 12/02/2026.» */
export const ayudaDeTasa = ({ valor, fuente }: TasaDelDia): string => `Vacío: ${valor}, ${fuente}.`

/** Follows a date: asks for its rate when it changes, and tells whoever shows it. A date that is not one changes nothing. */
export function seguirTasa(fecha: HTMLInputElement, alSaber: (tasa: TasaDelDia) => void): void {
  let pedida = fecha.value
  fecha.addEventListener('change', () => {
    const dia = fecha.value
    if (dia === '' || dia === pedida) return
    pedida = dia
    void obtener<TasaDelDia>(RUTA_TASAS.DEL_DIA, { fecha: dia }, { sinAviso: true })
      .then((tasa) => {
        if (pedida === dia) alSaber(tasa)
      })
      .catch((error: unknown) => {
        if (!(error instanceof FalloDeServidor)) throw error
      })
  })
}
