/** Permission codes of the concepts and of the products; their labels and groups are in usuarios/permisos-por-grupo.ts. */
export const PERMISO_CONCEPTO = {
  VER: 'operaciones.view_conceptomaestro',
  CREAR: 'operaciones.add_conceptomaestro',
  EDITAR: 'operaciones.change_conceptomaestro',
  ELIMINAR: 'operaciones.delete_conceptomaestro',
} as const

export const PERMISO_PRODUCTO = { VER: 'operaciones.view_producto' } as const

/** Permissions of a level of contracts, by its model: contrato, anexocontrato, subanexo. */
export function permisosDeNivel(modelo: string) {
  return {
    VER: `operaciones.view_${modelo}`,
    CREAR: `operaciones.add_${modelo}`,
    EDITAR: `operaciones.change_${modelo}`,
    ELIMINAR: `operaciones.delete_${modelo}`,
  } as const
}
