/**
 * Every permission of the system and which group holds it (settled.md §5, catalogos.md §11). This is the only place
 * where the matrix is written: the seeds copy it to the database, where an administrator may change it.
 */

export const GRUPOS = ['administrador', 'operaciones', 'estimaciones', 'consulta'] as const
export type Grupo = (typeof GRUPOS)[number]

export interface Permiso {
  /** `app.action_model` */
  readonly codigo: string
  /** As the administration pages name it. */
  readonly etiqueta: string
}

const ACCION = { view: 'Ver', add: 'Crear', change: 'Editar', delete: 'Eliminar' } as const
type Accion = keyof typeof ACCION

const CATALOGOS = {
  tipo: 'tipos',
  estatus: 'estatus',
  frente: 'frentes',
  sitio: 'sitios',
  unidadmedida: 'unidades de medida',
  responsableproyecto: 'responsables de proyecto',
  cliente: 'clientes',
  paso: 'pasos de PTE',
  pasoot: 'pasos de OT',
  categoria: 'categorías',
  subcategoria: 'subcategorías',
  clasificacion: 'clasificaciones',
  superintendente: 'superintendentes',
  contrato: 'contratos',
  anexocontrato: 'anexos de contrato',
  subanexo: 'sub-anexos',
  conceptomaestro: 'conceptos',
} as const

/** `de` builds the permissions of one model: `de('ote', 'órdenes de trabajo', ['view', 'add'])`. */
function de(modelo: string, nombre: string, acciones: readonly Accion[]): Permiso[] {
  return acciones.map((accion) => ({
    codigo: `operaciones.${accion}_${modelo}`,
    etiqueta: `${ACCION[accion]} ${nombre}`,
  }))
}

const VER_CATALOGOS = [
  ...Object.entries(CATALOGOS).flatMap(([modelo, nombre]) => de(modelo, nombre, ['view'])),
  ...de('producto', 'productos del sistema anterior', ['view']),
]
const CAMBIAR_CATALOGOS = Object.entries(CATALOGOS).flatMap(([modelo, nombre]) =>
  de(modelo, nombre, ['add', 'change', 'delete']),
)

const VER_OPERACION = [
  ...de('pteheader', 'PTE', ['view']),
  ...de('ote', 'órdenes de trabajo', ['view']),
  ...de('importacionanexo', 'Anexo C', ['view']),
  ...de('produccion', 'producción, reportes diarios y GPU', ['view']),
  ...de('estimacionheader', 'estimaciones', ['view']),
]
const EXPORTAR = [
  { codigo: 'operaciones.exportar_pteheader', etiqueta: 'Exportar PTE' },
  { codigo: 'operaciones.exportar_ote', etiqueta: 'Exportar órdenes de trabajo' },
  { codigo: 'operaciones.exportar_produccion', etiqueta: 'Exportar producción y sus reportes' },
  { codigo: 'operaciones.exportar_estimacionheader', etiqueta: 'Exportar estimaciones y su expediente' },
]
const TRABAJAR = [
  ...de('pteheader', 'PTE', ['add', 'change']),
  ...de('ptedetalle', 'pasos de una PTE', ['change']),
  ...de('ote', 'órdenes de trabajo', ['add', 'change']),
  ...de('otdetalle', 'pasos de una orden de trabajo', ['change']),
]
/** What the group of estimations also does in Producción: sign (settled.md §5). */
const FIRMAR = [
  ...de('reportediario', 'reportes diarios', ['change']),
  ...de('registrogpu', 'GPU y su evidencia', ['change']),
]
const PRODUCIR = [
  ...de('importacionanexo', 'Anexo C', ['add', 'change']),
  ...de('produccion', 'producción', ['add', 'change']),
  ...de('reportemensual', 'la evidencia del mes', ['change']),
  { codigo: 'operaciones.cerrar_reportemensual', etiqueta: 'Cerrar meses de producción y marcarlos firmados' },
  ...de('cicloguardia', 'ciclos de guardia', ['change']),
]
const ESTIMAR = [
  ...de('estimacionheader', 'estimaciones', ['add', 'change']),
  { codigo: 'operaciones.delete_estimacionheader', etiqueta: 'Cancelar estimaciones' },
  { codigo: 'operaciones.autorizar_estimacion', etiqueta: 'Autorizar y rechazar estimaciones' },
  { codigo: 'operaciones.facturar_estimacion', etiqueta: 'Facturar estimaciones' },
  { codigo: 'operaciones.cobrar_estimacion', etiqueta: 'Registrar el cobro de estimaciones' },
  { codigo: 'operaciones.revertir_estimacion', etiqueta: 'Regresar estimaciones un paso' },
  ...de('tipocambio', 'tipos de cambio', ['add', 'change']),
]
const SOLO_ADMINISTRADOR = [
  ...de('parametro', 'parámetros del sistema', ['change']),
  ...de('importacionanexo', 'versiones del Anexo C', ['delete']),
  { codigo: 'operaciones.desbloquear_reportediario', etiqueta: 'Abrir un día firmado' },
  { codigo: 'operaciones.desbloquear_registrogpu', etiqueta: 'Abrir un GPU firmado' },
  { codigo: 'operaciones.reabrir_reportemensual', etiqueta: 'Reabrir meses de producción' },
  ...de('pteheader', 'PTE', ['delete']),
  ...de('ote', 'órdenes de trabajo', ['delete']),
  { codigo: 'operaciones.importar_ote', etiqueta: 'Importar órdenes de trabajo históricas y deshacer un lote' },
  { codigo: 'operaciones.importar_pteheader', etiqueta: 'Importar PTE históricas y deshacer un lote' },
  { codigo: 'operaciones.importar_catalogos', etiqueta: 'Importar catálogos y deshacer un lote' },
  { codigo: 'operaciones.importar_conceptomaestro', etiqueta: 'Importar catálogos de precios y deshacer un lote' },
  { codigo: 'operaciones.view_registroactividad', etiqueta: 'Ver el registro de actividad' },
  { codigo: 'auth.view_user', etiqueta: 'Ver usuarios y grupos' },
  { codigo: 'auth.change_user', etiqueta: 'Administrar usuarios y grupos' },
  ...CAMBIAR_CATALOGOS,
]

const CONSULTAR = [...VER_OPERACION, ...EXPORTAR, ...VER_CATALOGOS]

/** Every permission that exists. */
export const PERMISOS: readonly Permiso[] = [
  ...CONSULTAR,
  ...TRABAJAR,
  ...PRODUCIR,
  ...FIRMAR,
  ...ESTIMAR,
  ...SOLO_ADMINISTRADOR,
]

const MATRIZ: Readonly<Record<Grupo, readonly Permiso[]>> = {
  administrador: PERMISOS,
  operaciones: [...CONSULTAR, ...TRABAJAR, ...PRODUCIR, ...FIRMAR],
  estimaciones: [...CONSULTAR, ...FIRMAR, ...ESTIMAR],
  consulta: CONSULTAR,
}

/** Codes of the permissions a group is born with. */
export function permisosDeGrupo(grupo: Grupo): readonly string[] {
  return MATRIZ[grupo].map((permiso) => permiso.codigo)
}
