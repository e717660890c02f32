/** Permission codes of the OT module; their labels and groups are in usuarios/permisos-por-grupo.ts. */
export const PERMISO_OT = {
  VER: 'operaciones.view_ote',
  CREAR: 'operaciones.add_ote',
  EDITAR: 'operaciones.change_ote',
  ELIMINAR: 'operaciones.delete_ote',
  PASOS: 'operaciones.change_otdetalle',
  EXPORTAR: 'operaciones.exportar_ote',
  IMPORTAR: 'operaciones.importar_ote',
  /** Of the reports of production that its page leads to. */
  PRODUCCION: 'operaciones.view_produccion',
  /** Of billing: its page leads to a new estimation. */
  ESTIMAR: 'operaciones.add_estimacionheader',
  /** Of the annex module, whose table the pages of an OT show. */
  ANEXO: 'operaciones.view_importacionanexo',
} as const
