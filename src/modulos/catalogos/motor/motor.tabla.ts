/** The table of a catalogue, from its description: endpoint, sort, filters and export come from here. */
import type { z } from 'zod'
import { limpiar } from '../../../comun/texto.ts'
import { contiene, identificador, sql, type Sql } from '../../../plataforma/sql.ts'
import { alguna, igualdades, type ColumnaTabla, type DefTabla } from '../../../plataforma/tabla.ts'
import { comoRegistro, FilaRegistro, seleccionDeRegistro, textoDeReferencia } from './motor.repo.ts'
import { filtrosDe, type FiltrosCatalogo } from './motor.schema.ts'
import type { CampoCatalogo, ColumnaCatalogo, DescripcionCatalogo, Registro } from './motor.tipos.ts'

/** Key of the order that nobody asked for; no column of the screen has it. */
const NATURAL = 'natural'

export type FilaCatalogo = Record<string, unknown>

function ordenDe(campo: CampoCatalogo): Sql {
  const columna = sql`o.${identificador(campo.columna)}`
  switch (campo.clase) {
    case 'linea':
    case 'texto':
    case 'color':
      return sql`texto_clave(${columna})`
    case 'orden':
      return sql`string_to_array(${columna}, '.')::bigint[]`
    case 'referencia':
      return sql`texto_clave(${textoDeReferencia(campo)})`
    case 'nivel':
    case 'importancia':
      return columna
  }
}

function columnaDeTabla(def: DescripcionCatalogo, { clave, titulo, campo }: ColumnaCatalogo): ColumnaTabla {
  const propio = def.campos.find(({ nombre }) => nombre === campo)
  return {
    clave,
    titulo,
    tipo: propio?.clase === 'importancia' ? 'decimal' : campo === 'id' ? 'entero' : 'texto',
    orden: { expresion: propio ? ordenDe(propio) : sql`o.id` },
  }
}

/** What the search reads: the texts that people see (CAT-03). */
function buscables(def: DescripcionCatalogo): Sql[] {
  return def.campos
    .filter(({ clase }) => clase === 'linea' || clase === 'texto')
    .map(({ columna }) => sql`texto_clave(o.${identificador(columna)})`)
}

function porTexto(def: DescripcionCatalogo, buscado: string): Sql[] {
  const texto = limpiar(buscado)
  if (texto === '') return []
  return [alguna(buscables(def).map((columna) => sql`${columna} LIKE texto_clave(${contiene(texto)}::text)`))]
}

const ALCANCE: Readonly<Record<FiltrosCatalogo['estado'], Sql>> = {
  activos: sql`o.activo`,
  inactivos: sql`NOT o.activo`,
  todos: sql`TRUE`,
}

/** Row of the list (catalogos.md §5); the weight of a step is a number, as everywhere it is counted. */
export function filaDeLista(def: DescripcionCatalogo, registro: Registro): FilaCatalogo {
  const { id, activo, version, valores, textos } = registro
  const celdas = def.columnas.map(({ clave, campo, como }): [string, unknown] => {
    if (campo === 'id') return [clave, id]
    const propio = def.campos.find(({ nombre }) => nombre === campo)
    if (como === 'texto') return [clave, textos[campo] ?? '']
    const valor = valores[campo] ?? null
    return [clave, propio?.clase === 'importancia' ? Number(valor ?? 0) : (valor ?? '')]
  })
  return {
    id,
    ...Object.fromEntries(celdas),
    activo: activo ? 'Activo' : 'Inactivo',
    activo_bool: activo,
    protegido: def.protegidos.has(id),
    version,
  }
}

/** The declaration of the table of a catalogue. */
export function tablaDe(def: DescripcionCatalogo): DefTabla<FiltrosCatalogo> {
  const desde = sql`${identificador(def.tabla)} o`
  const enPantalla = def.columnas.filter(({ soloDato, visible }) => soloDato !== true && visible !== false)
  return {
    nombre: def.slug,
    columnas: [
      ...def.columnas.map((columna) => columnaDeTabla(def, columna)),
      { clave: 'activo', titulo: 'Estatus', tipo: 'texto', orden: { expresion: sql`(NOT o.activo)` } },
      { clave: NATURAL, titulo: '', tipo: 'texto', orden: { expresion: def.ordenNatural }, exporta: false },
    ],
    indices: Object.fromEntries([...enPantalla.map(({ clave }) => clave), 'activo'].map((clave, i) => [i, clave])),
    filtros: filtrosDe(def),
    desde,
    desdeFila: desde,
    alcance: ({ estado }) => ALCANCE[estado],
    condiciones: (filtros, busqueda) => [
      ...igualdades(
        def.campos.flatMap(({ nombre, columna, clase }) =>
          clase === 'nivel' || clase === 'referencia'
            ? [[sql`o.${identificador(columna)}`, filtros[nombre as keyof FiltrosCatalogo] as number | null] as const]
            : [],
        ),
      ),
      ...porTexto(def, filtros.filtro ?? ''),
      ...porTexto(def, busqueda),
    ],
    seleccion: () => seleccionDeRegistro(def),
    fila: FilaRegistro,
    presentar: (_ctx, fila: z.output<typeof FilaRegistro>) => filaDeLista(def, comoRegistro(def, fila)),
    ordenInicial: () => ({ columna: NATURAL, descendente: false }),
    sello: null,
  }
}
