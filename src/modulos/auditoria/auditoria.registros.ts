/** What the log knows of the records it speaks of: who may see their history, what hangs from them, where their page is. */
import { sql, type Sql } from '../../plataforma/sql.ts'
import { TABLA_LOG, type TablaLog } from './auditoria.tipos.ts'

/** A kind of record. */
export interface ClaseDeRegistro {
  /** Permission of the page of the record: whoever sees it sees its history. */
  readonly permiso: string
  /** Its own page; a step or an annex is seen on that of its order or proposal, and the id that comes here is the latter's. */
  readonly pagina?: (id: number) => string
  /** Records of another table whose rows belong to the same history. */
  readonly hijas?: { readonly tabla: TablaLog; readonly ids: (registro: number) => Sql }
}

const catalogo = (modelo: string, slug?: string): ClaseDeRegistro => ({
  permiso: `operaciones.view_${modelo}`,
  ...(slug === undefined ? {} : { pagina: (id) => `/operaciones/catalogos/${slug}/${String(id)}/` }),
})
const paginaDeOt = (id: number): string => `/operaciones/ot/${String(id)}/`
const paginaDePte = (id: number): string => `/operaciones/pte/${String(id)}/`
const administracion = (que: string): ClaseDeRegistro => ({
  permiso: 'auth.view_user',
  pagina: (id) => `/administracion/${que}/${String(id)}/`,
})
/** Of the production page: their own addresses are added with their pages. */
const PRODUCCION: ClaseDeRegistro = { permiso: 'operaciones.view_produccion' }
const SOLO_EL_REGISTRO: ClaseDeRegistro = { permiso: 'operaciones.view_registroactividad' }

/** By table code; the type asks for a line when a code is added. */
export const REGISTROS: Readonly<Record<TablaLog, ClaseDeRegistro>> = {
  [TABLA_LOG.PTE]: {
    permiso: 'operaciones.view_pteheader',
    pagina: paginaDePte,
    hijas: {
      tabla: TABLA_LOG.PTE_PASO,
      ids: (id) => sql`SELECT d.id FROM pte_detalle d WHERE d.id_pte_header = ${id}`,
    },
  },
  [TABLA_LOG.PTE_PASO]: { permiso: 'operaciones.view_pteheader', pagina: paginaDePte },
  [TABLA_LOG.PASO]: catalogo('paso', 'pasos'),
  [TABLA_LOG.TIPO]: catalogo('tipo', 'tipos'),
  [TABLA_LOG.OT]: {
    permiso: 'operaciones.view_ote',
    pagina: paginaDeOt,
    hijas: { tabla: TABLA_LOG.OT_PASO, ids: (id) => sql`SELECT d.id FROM ot_detalle d WHERE d.id_ot = ${id}` },
  },
  [TABLA_LOG.OT_PASO]: { permiso: 'operaciones.view_ote', pagina: paginaDeOt },
  [TABLA_LOG.SITIO]: catalogo('sitio', 'sitios'),
  [TABLA_LOG.ESTATUS]: catalogo('estatus', 'estatus'),
  [TABLA_LOG.UNIDAD_MEDIDA]: catalogo('unidadmedida', 'unidad_medida'),
  [TABLA_LOG.PRODUCCION]: PRODUCCION,
  [TABLA_LOG.CONCEPTO]: catalogo('conceptomaestro', 'conceptos'),
  [TABLA_LOG.RESPONSABLE_PROYECTO]: catalogo('responsableproyecto', 'responsable'),
  [TABLA_LOG.FRENTE]: catalogo('frente', 'frentes'),
  [TABLA_LOG.CLIENTE]: catalogo('cliente', 'cliente'),
  [TABLA_LOG.PASO_OT]: catalogo('pasoot', 'pasos_ot'),
  [TABLA_LOG.CONTRATO]: catalogo('contrato', 'contratos'),
  [TABLA_LOG.ANEXO_CONTRATO]: catalogo('anexocontrato', 'anexos'),
  [TABLA_LOG.SUB_ANEXO]: catalogo('subanexo', 'sub_anexos'),
  [TABLA_LOG.CATEGORIA]: catalogo('categoria', 'categorias'),
  [TABLA_LOG.IMPORTACION_ANEXO]: { permiso: 'operaciones.view_importacionanexo', pagina: paginaDeOt },
  [TABLA_LOG.REPORTE_DIARIO]: PRODUCCION,
  [TABLA_LOG.REPORTE_MENSUAL]: PRODUCCION,
  [TABLA_LOG.GPU]: PRODUCCION,
  [TABLA_LOG.ESTIMACION]: {
    permiso: 'operaciones.view_estimacionheader',
    pagina: (id) => `/operaciones/estimaciones/${String(id)}/`,
  },
  [TABLA_LOG.CICLO_GUARDIA]: PRODUCCION,
  [TABLA_LOG.USUARIO]: administracion('usuarios'),
  [TABLA_LOG.SESION]: SOLO_EL_REGISTRO,
  [TABLA_LOG.PARAMETRO]: SOLO_EL_REGISTRO,
  [TABLA_LOG.SUPERINTENDENTE]: catalogo('superintendente', 'superintendentes'),
  [TABLA_LOG.GRUPO]: administracion('grupos'),
  [TABLA_LOG.REGISTRO_ACTIVIDAD]: SOLO_EL_REGISTRO,
  [TABLA_LOG.SUBCATEGORIA]: catalogo('subcategoria', 'subcategorias'),
  [TABLA_LOG.CLASIFICACION]: catalogo('clasificacion', 'clasificaciones'),
  [TABLA_LOG.TIPO_CAMBIO]: { permiso: 'operaciones.view_estimacionheader' },
}

/** The code as a kind of record, or null when the log has no such table. */
export function claseDeRegistro(tabla: number): ClaseDeRegistro | null {
  return (REGISTROS as Readonly<Record<number, ClaseDeRegistro | undefined>>)[tabla] ?? null
}
