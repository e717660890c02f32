import { leerPaginacion } from '../comun/paginacion.ts'
import { limpiar } from '../comun/texto.ts'
import { analizar } from './analisis.ts'
import type { DefTabla, PeticionTabla } from '../plataforma/tabla.ts'

type Parametros = Record<string, string | string[] | undefined>

/**
 * The DataTables protocol (pte.md §1.7): paging that never fails, sort column by `columns[i][data]` else by the index
 * map of the table, filters of the table's own schema.
 * @throws DatosInvalidos when a filter is malformed.
 */
export function leerPeticionTabla<F>(
  def: Pick<DefTabla<F>, 'columnas' | 'indices' | 'filtros'>,
  consulta: Parametros,
): PeticionTabla<F> {
  return {
    ...leerPaginacion({ draw: uno(consulta['draw']), start: uno(consulta['start']), length: uno(consulta['length']) }),
    busqueda: limpiar(uno(consulta['search[value]']) ?? ''),
    orden: leerOrden(def, consulta),
    filtros: analizar(def.filtros, consulta),
  }
}

/** Sort asked for, or null: unknown and non-sortable columns fall back to the table's own order. */
export function leerOrden<F>(
  def: Pick<DefTabla<F>, 'columnas' | 'indices'>,
  consulta: Parametros,
): PeticionTabla<F>['orden'] {
  const { nombre, indice, descendente } = leerNombreDeOrden(consulta)
  const clave = nombre ?? def.indices[Number(indice)]
  const columna = def.columnas.find((candidata) => candidata.clave === clave)
  if (!columna?.orden) return null
  return { columna: columna.clave, descendente }
}

/** Sort asked for, as it came: the name of the column when it was sent, and its index. */
export function leerNombreDeOrden(consulta: Parametros): {
  nombre: string | undefined
  indice: string | undefined
  descendente: boolean
} {
  const indice = uno(consulta['order[0][column]'])
  // Unmodified DataTables sends an empty name for columns that have none.
  const candidatos = [
    uno(consulta['order[0][name]']),
    indice === undefined ? undefined : uno(consulta[`columns[${indice}][data]`]),
  ]
  return {
    nombre: candidatos.find((candidato) => candidato !== undefined && candidato !== ''),
    indice,
    descendente: uno(consulta['order[0][dir]'])?.toLowerCase() === 'desc',
  }
}

function uno(valor: string | string[] | undefined): string | undefined {
  return Array.isArray(valor) ? valor[0] : valor
}
