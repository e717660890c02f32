/** The technical classification of concepts, in three levels (catalogos.md §2, §8). */
import { sql } from '../../../plataforma/sql.ts'
import { TABLA_LOG } from '../../auditoria/index.ts'
import type { CampoCatalogo, ColumnaCatalogo, DescripcionCatalogo } from '../motor/motor.tipos.ts'
import { COLUMNA_DESCRIPCION, descripcion, mensajes, usoEnCatalogo } from './comunes.ts'
import { NINGUNO_PROTEGIDO } from './protegidos.ts'

const CLAVE: CampoCatalogo = {
  nombre: 'clave',
  columna: 'clave',
  etiqueta: 'Clave',
  sujeto: 'La clave',
  obligatorio: 'La clave es obligatoria',
  clase: 'linea',
  largo: 20,
}
const DESCRIPCION = descripcion(600)
const COLUMNA_CLAVE: ColumnaCatalogo = { clave: 'clave', titulo: 'Clave', campo: 'clave', como: 'valor' }

const COMUN = {
  titular: 'clave',
  repetido: 'Ya existe un registro con esa clave.',
  protegidos: NINGUNO_PROTEGIDO,
} as const

export const CATEGORIAS: DescripcionCatalogo = {
  ...COMUN,
  slug: 'categorias',
  rutaLista: 'categorias/datatable',
  tabla: 'cat_categoria',
  modelo: 'categoria',
  tablaLog: TABLA_LOG.CATEGORIA,
  titulo: 'CATEGORÍAS',
  nombre: 'Categorías',
  singular: 'categoría',
  mensajes: mensajes('categoría', 'a', '¿Estás seguro de eliminar esta categoría?'),
  campos: [CLAVE, DESCRIPCION],
  ambito: [],
  unicos: ['clave'],
  columnas: [COLUMNA_CLAVE, COLUMNA_DESCRIPCION],
  ordenNatural: sql`texto_clave(o.clave)`,
  usos: [usoEnCatalogo('cat_subcategoria', 'subcategoría', 'subcategorías', 'id_categoria')],
}

export const SUBCATEGORIAS: DescripcionCatalogo = {
  ...COMUN,
  slug: 'subcategorias',
  rutaLista: 'subcategorias/datatable',
  tabla: 'cat_subcategoria',
  modelo: 'subcategoria',
  tablaLog: TABLA_LOG.SUBCATEGORIA,
  titulo: 'SUBCATEGORÍAS',
  nombre: 'Subcategorías',
  singular: 'subcategoría',
  mensajes: mensajes('subcategoría', 'a', '¿Estás seguro de eliminar esta subcategoría?'),
  campos: [
    {
      nombre: 'categoria',
      columna: 'id_categoria',
      etiqueta: 'Categoría',
      sujeto: 'La categoría',
      obligatorio: 'La categoría es obligatoria',
      clase: 'referencia',
      tabla: 'cat_categoria',
      condicion: sql`TRUE`,
      texto: sql`r.clave || ' - ' || r.descripcion`,
    },
    CLAVE,
    DESCRIPCION,
  ],
  ambito: ['categoria'],
  columnas: [
    { clave: 'categoria', titulo: 'Categoría', campo: 'categoria', como: 'texto' },
    COLUMNA_CLAVE,
    COLUMNA_DESCRIPCION,
  ],
  ordenNatural: sql`ROW(o.id_categoria, texto_clave(o.clave))`,
  usos: [usoEnCatalogo('cat_clasificacion', 'clasificación', 'clasificaciones', 'id_subcategoria')],
}

export const CLASIFICACIONES: DescripcionCatalogo = {
  ...COMUN,
  slug: 'clasificaciones',
  rutaLista: 'clasificaciones/datatable',
  tabla: 'cat_clasificacion',
  modelo: 'clasificacion',
  tablaLog: TABLA_LOG.CLASIFICACION,
  titulo: 'CLASIFICACIONES',
  nombre: 'Clasificaciones',
  singular: 'clasificación',
  mensajes: mensajes('clasificación', 'a', '¿Estás seguro de eliminar esta clasificación?'),
  campos: [
    {
      nombre: 'subcategoria',
      columna: 'id_subcategoria',
      etiqueta: 'Subcategoría',
      sujeto: 'La subcategoría',
      obligatorio: 'La subcategoría es obligatoria',
      clase: 'referencia',
      tabla: 'cat_subcategoria',
      condicion: sql`TRUE`,
      texto: sql`(SELECT c.clave FROM cat_categoria c WHERE c.id = r.id_categoria) || '.' || r.clave || ' - ' || r.descripcion`,
    },
    CLAVE,
    DESCRIPCION,
  ],
  ambito: ['subcategoria'],
  columnas: [
    { clave: 'subcategoria', titulo: 'Subcategoría', campo: 'subcategoria', como: 'texto' },
    COLUMNA_CLAVE,
    COLUMNA_DESCRIPCION,
  ],
  ordenNatural: sql`ROW(o.id_subcategoria, texto_clave(o.clave))`,
  usos: [],
}

/** From the root down. */
export const NIVELES_DE_CATEGORIAS = [CATEGORIAS, SUBCATEGORIAS, CLASIFICACIONES] as const
