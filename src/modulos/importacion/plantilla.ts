/** The workbook that people fill in, made of the columns: examples, what each column takes, and the ids it may have. */
import type { Contexto } from '../../plataforma/contexto.ts'
import type { ColumnaExcel, ContenidoDeLibro, TipoColumnaExcel } from '../../plataforma/excel/escribir.ts'
import type { DefColumna, DefColumnas } from './columnas.tipos.ts'
import type { DefImportacion, Foto } from './motor.tipos.ts'

const TIPO_DE: Readonly<Record<DefColumna['tipo'], TipoColumnaExcel>> = {
  folio: 'texto',
  texto: 'texto',
  parrafos: 'texto',
  fecha: 'fecha',
  importe: 'decimal',
  entero: 'entero',
  id: 'entero',
  booleano: 'texto',
  opcion: 'texto',
}

/** Sheets of the template of a class; of its first layout when it takes several. */
export async function hojasDePlantilla<V, C extends object, F extends Foto<C>>(
  def: Pick<DefImportacion<V, C, F>, 'formatos' | 'catalogos' | 'renglon'>,
  ctx: Contexto,
): Promise<ContenidoDeLibro[]> {
  const columnas = def.formatos[0]?.columnas ?? {}
  const catalogos = (await def.catalogos?.(ctx)) ?? []
  return [
    hojaDeDatos(def.renglon, columnas),
    hojaDeExplicacion(columnas),
    ...(catalogos.length === 0 ? [] : [hojaDeCatalogos(catalogos)]),
  ]
}

function hojaDeDatos(nombre: string, columnas: DefColumnas): ContenidoDeLibro {
  const definidas = Object.entries(columnas)
  const cuantas = Math.max(0, ...definidas.map(([, { ejemplos = [] }]) => ejemplos.length))
  return {
    hoja: nombre,
    columnas: definidas.map(([nombre, { titulo = nombre, tipo }]): ColumnaExcel => ({ titulo, tipo: TIPO_DE[tipo] })),
    filas: Array.from({ length: cuantas }, (_, n) => definidas.map(([, { ejemplos }]) => ejemplos?.[n] ?? null)),
  }
}

function hojaDeExplicacion(columnas: DefColumnas): ContenidoDeLibro {
  return {
    hoja: 'Explicación',
    columnas: [
      { titulo: 'Columna', tipo: 'texto', ancho: 30 },
      { titulo: '¿Debe estar la columna?', tipo: 'texto', ancho: 26 },
      { titulo: '¿Debe tener valor?', tipo: 'texto', ancho: 22 },
      { titulo: 'Qué lleva', tipo: 'texto', ancho: 100 },
      { titulo: 'Ejemplo', tipo: 'texto', ancho: 36 },
      { titulo: 'También se reconoce como', tipo: 'texto', ancho: 40 },
    ],
    filas: Object.entries(columnas).map(([nombre, def]) => [
      def.titulo ?? nombre,
      def.obligatoria === true ? 'Sí' : 'No',
      def.falta === undefined ? 'No' : 'Sí',
      def.explicacion,
      String(def.ejemplos?.find((ejemplo) => ejemplo !== null) ?? ''),
      (def.titulos ?? []).join(', '),
    ]),
  }
}

function hojaDeCatalogos(
  catalogos: readonly { readonly catalogo: string; readonly id: number | string; readonly texto: string }[],
): ContenidoDeLibro {
  return {
    hoja: 'Catálogos',
    columnas: [
      { titulo: 'Catálogo', tipo: 'texto', ancho: 44 },
      { titulo: 'Id', tipo: 'texto' },
      { titulo: 'Nombre', tipo: 'texto', ancho: 60 },
    ],
    filas: catalogos.map(({ catalogo, id, texto }) => [catalogo, String(id), texto]),
  }
}
