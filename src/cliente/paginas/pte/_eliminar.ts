/** Deletion of a PTE: its live OTs remain, and the dialog says so (pte.md §8.2.8, §14.6). */
import { plural } from '../../../comun/texto.ts'
import { RUTA_PTE } from '../../../modulos/pte/pte.contrato.ts'
import { eliminar } from '../../componentes/eliminar.ts'

/** More than these are counted, not named. */
const MAXIMO_DE_FOLIOS = 4

/** Asks and deletes; true when it is gone. */
export function eliminarPte(pte: { id: number; oficio_pte: string; ots_vivas: readonly string[] }): Promise<boolean> {
  return eliminar({
    que: 'la PTE',
    nombre: pte.oficio_pte,
    consecuencia: pte.ots_vivas.length === 0 ? null : loQueQueda(pte.ots_vivas),
    ruta: RUTA_PTE.eliminar,
    id: pte.id,
  })
}

function loQueQueda(folios: readonly string[]): string {
  const cuantas = plural(folios.length, 'orden de trabajo', 'órdenes de trabajo')
  const resto = folios.length - MAXIMO_DE_FOLIOS
  const nombradas = folios.slice(0, MAXIMO_DE_FOLIOS).join(', ') + (resto > 0 ? ` y ${String(resto)} más` : '')
  return `Tiene ${cuantas}: ${nombradas}. ${folios.length === 1 ? 'Seguirá' : 'Seguirán'} existiendo y mostrando su folio.`
}
