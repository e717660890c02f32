/** Permission codes of this module (produccion.md §4.3); their labels and groups are in usuarios/permisos-por-grupo.ts. */
export const PERMISO_PRODUCCION = {
  VER: 'operaciones.view_produccion',
  CREAR: 'operaciones.add_produccion',
  EDITAR: 'operaciones.change_produccion',
  DIARIOS: 'operaciones.change_reportediario',
  ABRIR_DIA: 'operaciones.desbloquear_reportediario',
  GPU: 'operaciones.change_registrogpu',
  ABRIR_GPU: 'operaciones.desbloquear_registrogpu',
  ENLACE: 'operaciones.change_reportemensual',
  CERRAR_MES: 'operaciones.cerrar_reportemensual',
  REABRIR_MES: 'operaciones.reabrir_reportemensual',
  EXPORTAR: 'operaciones.exportar_produccion',
  GUARDIAS: 'operaciones.change_cicloguardia',
  /** Of billing: the way there is offered from the month. */
  ESTIMAR: 'operaciones.add_estimacionheader',
} as const
