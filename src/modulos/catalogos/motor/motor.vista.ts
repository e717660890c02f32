/** From a description and its rows to what the page and its panel show. */
import type { HistorialDeRegistro } from '../../auditoria/index.ts'
import type {
  CampoJson,
  ColumnaJson,
  FichaCatalogo,
  OpcionJson,
  PaginaCatalogo,
  PuedeCatalogo,
} from '../catalogos.contrato.ts'
import { nombreDe } from './motor.auditoria.ts'
import { porDefecto } from './motor.reglas.ts'
import type { CampoCatalogo, ColumnaCatalogo, DescripcionCatalogo, Registro } from './motor.tipos.ts'

/** Permissions of a catalogue (catalogos.md §11). */
export function permisosDe({ modelo }: Pick<DescripcionCatalogo, 'modelo'>) {
  return {
    VER: `operaciones.view_${modelo}`,
    CREAR: `operaciones.add_${modelo}`,
    EDITAR: `operaciones.change_${modelo}`,
    ELIMINAR: `operaciones.delete_${modelo}`,
  } as const
}

export const IMPORTAR_CATALOGOS = 'operaciones.importar_catalogos'

/** What the person may do here. */
export function puedeEn(def: DescripcionCatalogo, tiene: (codigo: string) => boolean): PuedeCatalogo {
  const permiso = permisosDe(def)
  const crear = tiene(permiso.CREAR)
  const editar = tiene(permiso.EDITAR)
  return {
    crear,
    editar,
    eliminar: tiene(permiso.ELIMINAR),
    importar: crear && editar && tiene(IMPORTAR_CATALOGOS),
  }
}

/** Address of the page of a catalogue. */
export const rutaDe = ({ slug }: Pick<DescripcionCatalogo, 'slug'>): string => `/operaciones/catalogos/${slug}/`

function dibujoDe(def: DescripcionCatalogo, { campo }: ColumnaCatalogo): ColumnaJson['dibujo'] {
  if (campo === def.titular) return 'titular'
  if (campo === 'id') return 'numero'
  const clase = def.campos.find(({ nombre }) => nombre === campo)?.clase
  if (clase === 'importancia') return 'porcentaje'
  return clase === 'color' ? 'color' : 'texto'
}

function campoJson(
  def: DescripcionCatalogo,
  campo: CampoCatalogo,
  opciones: ReadonlyMap<string, OpcionJson[]>,
): CampoJson {
  return {
    nombre: campo.nombre,
    etiqueta: campo.etiqueta,
    clase: campo.clase,
    obligatorio: campo.obligatorio ?? '',
    ayuda: campo.ayuda ?? '',
    maximo: campo.clase === 'linea' ? campo.largo : campo.clase === 'orden' ? 10 : 0,
    inicial: String(porDefecto(campo) ?? ''),
    opciones:
      campo.clase === 'nivel'
        ? campo.opciones.map(({ id, texto }) => ({ id, descripcion: texto }))
        : (opciones.get(campo.nombre) ?? []),
    fijo: campo.nombre !== def.titular && campo.nombre !== 'comentario',
  }
}

/** `v.datos` of the page. */
export function paginaDe(
  def: DescripcionCatalogo,
  datos: {
    opciones: ReadonlyMap<string, OpcionJson[]>
    puede: PuedeCatalogo
    ordenable: boolean
    registro: number | null
  },
): PaginaCatalogo {
  const { opciones, puede, ordenable, registro } = datos
  return {
    slug: def.slug,
    titulo: def.titulo,
    nombre: def.nombre,
    singular: def.singular,
    ruta: rutaDe(def),
    rutaLista: `/operaciones/catalogos/${def.rutaLista}/`,
    pregunta: def.mensajes.pregunta,
    columnas: def.columnas
      .filter(({ soloDato }) => soloDato !== true)
      .map((columna) => ({
        clave: columna.clave,
        titulo: columna.titulo,
        dibujo: dibujoDe(def, columna),
        visible: columna.visible !== false,
      })),
    campos: def.campos.map((campo) => campoJson(def, campo, opciones)),
    titular: def.titular,
    puede,
    ordenable,
    registro,
  }
}

/** Values of a row as the controls of its form take them. */
export function textosDeFormulario(def: DescripcionCatalogo, { valores }: Registro): Record<string, string> {
  return Object.fromEntries(
    def.campos.map(({ nombre, clase }) => {
      const valor = valores[nombre] ?? ''
      // Without the zeros that the column adds: 10, not 10.00.
      return [nombre, clase === 'importancia' && valor !== '' ? String(Number(valor)) : String(valor)]
    }),
  )
}

/** What the panel of a row shows: values as its controls take them, and who changed what. */
export function fichaDe(def: DescripcionCatalogo, registro: Registro, historial: HistorialDeRegistro): FichaCatalogo {
  return {
    id: registro.id,
    activo: registro.activo,
    protegido: def.protegidos.has(registro.id),
    version: registro.version,
    titular: nombreDe(def, registro),
    valores: textosDeFormulario(def, registro),
    textos: { ...registro.textos },
    historial,
  }
}
