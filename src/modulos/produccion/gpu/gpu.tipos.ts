/** Statuses of a GPU (produccion.md §3.1), from the least advanced to the most (§5.8.8). */
export const ESTATUS_GPU = { PENDIENTE: 19, PROCESO: 20, FALTA_FIRMA: 18, FIRMADO: 17 } as const

/** What a new GPU begins with (§5.8.1, settled.md §3). */
export const GPU_ESTATUS_INICIAL = ESTATUS_GPU.PROCESO

/** Note of the system while the production of a GPU is excedente (§5.8.5). */
export const NOTA_DE_EXCEDENTE =
  'Bloqueado: el volumen está por arriba del autorizado (excedente). No se puede firmar ni estimar.'
