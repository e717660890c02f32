/** Sees the whole log: the screen, its data and its export. */
export const PERMISO_ACTIVIDAD = 'operaciones.view_registroactividad'
