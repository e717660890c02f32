/** Permission codes of the PTE module; their labels and groups are in usuarios/permisos-por-grupo.ts. */
export const PERMISO_PTE = {
  VER: 'operaciones.view_pteheader',
  CREAR: 'operaciones.add_pteheader',
  EDITAR: 'operaciones.change_pteheader',
  ELIMINAR: 'operaciones.delete_pteheader',
  PASOS: 'operaciones.change_ptedetalle',
  EXPORTAR: 'operaciones.exportar_pteheader',
  IMPORTAR: 'operaciones.importar_pteheader',
  /** Of the OT module: what the pages of a PTE offer of its orders. */
  VER_OT: 'operaciones.view_ote',
  CREAR_OT: 'operaciones.add_ote',
} as const
