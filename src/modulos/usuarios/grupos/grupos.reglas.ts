/** Groups that come with the system: the commands and the seeds know them by name. */
const GRUPOS_BASE = ['administrador', 'operaciones', 'estimaciones', 'consulta']

/** Whether a group keeps its name. */
export function esGrupoBase(nombre: string): boolean {
  return GRUPOS_BASE.includes(nombre)
}
