/** Fields of a concept that a workbook brings, and how each is told. */
import { conMiles, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import type { CambioDeCampo } from '../../importacion/index.ts'
import type { Concepto } from '../contratos.tipos.ts'
import type { Columna } from './precios.tipos.ts'

interface Campo {
  readonly campo: keyof Concepto
  /** Name of the column of the table. */
  readonly clave: string
  readonly etiqueta: string
  /** Column of the workbook that it comes from. */
  readonly columna: Columna
}

export const CAMPOS: readonly Campo[] = [
  { campo: 'idTipoPartida', clave: 'id_tipo_partida', etiqueta: 'Tipo', columna: 'partida' },
  { campo: 'idSubAnexo', clave: 'id_sub_anexo', etiqueta: 'Anexo', columna: 'anexo' },
  { campo: 'partidaOrdinaria', clave: 'partida_ordinaria', etiqueta: 'Partida', columna: 'partida' },
  {
    campo: 'partidaExtraordinaria',
    clave: 'partida_extraordinaria',
    etiqueta: 'Partida extraordinaria',
    columna: 'partida_ext',
  },
  { campo: 'descripcion', clave: 'descripcion', etiqueta: 'Descripción', columna: 'concepto' },
  { campo: 'idUnidadMedida', clave: 'id_unidad_medida', etiqueta: 'Unidad', columna: 'unidad' },
  { campo: 'cantidad', clave: 'cantidad', etiqueta: 'Cantidad', columna: 'cantidad' },
  { campo: 'precioUnitarioMn', clave: 'precio_unitario_mn', etiqueta: 'Precio MN', columna: 'precio_mn' },
  { campo: 'precioUnitarioUsd', clave: 'precio_unitario_usd', etiqueta: 'Precio USD', columna: 'precio_usd' },
  { campo: 'categoria', clave: 'categoria', etiqueta: 'Categoría', columna: 'categoria' },
  { campo: 'subcategoria', clave: 'subcategoria', etiqueta: 'Subcategoría', columna: 'subcategoria' },
  { campo: 'clasificacion', clave: 'clasificacion', etiqueta: 'Clasificación', columna: 'clasificacion' },
  { campo: 'pteCreacion', clave: 'pte_creacion', etiqueta: 'PTE de origen', columna: 'pte_creacion' },
  { campo: 'otCreacion', clave: 'ot_creacion', etiqueta: 'OT de origen', columna: 'ot_creacion' },
  {
    campo: 'fechaAutorizacion',
    clave: 'fecha_autorizacion',
    etiqueta: 'Fecha de sanción',
    columna: 'fecha_autorizacion',
  },
  { campo: 'estatus', clave: 'estatus', etiqueta: 'Estatus', columna: 'estatus' },
  { campo: 'comentario', clave: 'comentario', etiqueta: 'Comentario', columna: 'comentario' },
]

/** Whether two values of a field are the same. */
export function iguales(uno: Concepto[keyof Concepto], otro: Concepto[keyof Concepto]): boolean {
  return esDinero(uno) && esDinero(otro) ? uno.equals(otro) : uno === otro
}

const esDinero = (valor: unknown): valor is Dinero => typeof valor === 'object' && valor !== null && 'toFixed' in valor

/** How the values that are ids are read. */
export interface Nombres {
  readonly unidad: (id: number) => string
  readonly subAnexo: (id: number) => string
}

/** A field as people read it. */
export function comoTexto(campo: keyof Concepto, valor: Concepto[keyof Concepto], nombres: Nombres): string {
  if (valor === null) return ''
  if (esDinero(valor)) return conMiles(textoPlano(valor))
  if (campo === 'idTipoPartida') return valor === 6 ? 'Ordinaria' : 'Extraordinaria (PUE)'
  if (campo === 'idUnidadMedida') return nombres.unidad(valor as number)
  if (campo === 'idSubAnexo') return nombres.subAnexo(valor as number)
  if (campo === 'fechaAutorizacion') return aDdMmAaaa(valor as FechaIso)
  return String(valor)
}

/** What changes between two versions of a concept, in those fields. */
export function diferencias(
  antes: Concepto,
  despues: Concepto,
  campos: readonly Campo[],
  nombres: Nombres,
): CambioDeCampo[] {
  return campos
    .filter(({ campo }) => !iguales(antes[campo], despues[campo]))
    .map(({ campo, clave, etiqueta }) => ({
      campo: clave,
      etiqueta,
      antes: comoTexto(campo, antes[campo], nombres),
      despues: comoTexto(campo, despues[campo], nombres),
    }))
}
