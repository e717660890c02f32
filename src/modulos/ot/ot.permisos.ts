/** Permission codes of the OT module, with the label that the administration shows. */
export const PERMISO_OT = {
  VER: 'operaciones.view_ote',
  CREAR: 'operaciones.add_ote',
  EDITAR: 'operaciones.change_ote',
  ELIMINAR: 'operaciones.delete_ote',
  PASOS: 'operaciones.change_otdetalle',
  EXPORTAR: 'operaciones.exportar_ote',
} as const

export const PERMISOS_OT: readonly { readonly codigo: string; readonly etiqueta: string }[] = [
  { codigo: PERMISO_OT.VER, etiqueta: 'Ver órdenes de trabajo' },
  { codigo: PERMISO_OT.CREAR, etiqueta: 'Crear órdenes de trabajo' },
  { codigo: PERMISO_OT.EDITAR, etiqueta: 'Editar órdenes de trabajo' },
  { codigo: PERMISO_OT.ELIMINAR, etiqueta: 'Eliminar órdenes de trabajo' },
  { codigo: PERMISO_OT.PASOS, etiqueta: 'Mover los pasos de las órdenes de trabajo' },
  { codigo: PERMISO_OT.EXPORTAR, etiqueta: 'Exportar órdenes de trabajo' },
]
