/** Permissions of the Anexo C (anexo-c.md §3, §7). */
export const PERMISO_ANEXO = {
  VER: 'operaciones.view_importacionanexo',
  /** Load whole. */
  CREAR: 'operaciones.add_importacionanexo',
  /** Update the active version. */
  CAMBIAR: 'operaciones.change_importacionanexo',
  /** Undo the last version. */
  DESHACER: 'operaciones.delete_importacionanexo',
} as const
