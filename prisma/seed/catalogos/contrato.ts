import type { FilaAnexoContrato, FilaContrato, FilaSubAnexo } from './tipos-de-fila.ts'

/**
 * catalogos.md §4.8: contract 1 with its price list (annex 1) and the keys of its sub-annexes. The number, the text and the
 * dates are of the owner and were not supplied: these are stand-ins that an administrator edits. The term is the ten years
 * (3,653 days) that the price list itself multiplies by.
 */
export const CONTRATOS: readonly FilaContrato[] = [
  {
    id: 1,
    numero_contrato: 'CONTRATO POR DEFINIR',
    descripcion: 'Registro base. Captura aquí el número, la descripción y las fechas reales del contrato.',
    id_cliente: 1,
    fecha_inicio: '2023-01-01',
    fecha_termino: '2032-12-31',
  },
]

export const ANEXOS_CONTRATO: readonly FilaAnexoContrato[] = [
  { id: 1, id_contrato: 1, clave: 'C', descripcion: 'Lista de precios', tipo: 'FINANCIERO' },
]

const CLAVES = ['C', 'C-2', 'C-3', 'C-4', 'C-4-1', 'C-5', 'C-5-1', 'C-6']
const DEMAS = Array.from({ length: 14 }, (_, n) => `C-${String(n + 7)}`)

export const SUB_ANEXOS: readonly FilaSubAnexo[] = [...CLAVES, ...DEMAS].map((clave, n) => ({
  id: n + 1,
  id_anexo_maestro: 1,
  clave_anexo: clave,
  descripcion: `Sub-anexo ${clave}`,
}))
