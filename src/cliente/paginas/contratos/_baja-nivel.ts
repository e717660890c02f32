/** Deactivation and reactivation of a contract, an annex or a sub-annex. */
import { rutasDeNivel, type ClaveNivel } from '../../../modulos/contratos/niveles/niveles.contrato.ts'
import { darDeBaja, enviado } from '../../componentes/baja.ts'
import { crear } from '../../comun/dom.ts'

const SEGUIRAN: Readonly<Record<ClaveNivel, string>> = {
  contratos: 'Deja de ofrecerse en las listas; sus anexos siguen como están. Puedes reactivarlo después.',
  anexos: 'Deja de ofrecerse en las listas; sus sub-anexos siguen como están. Puedes reactivarlo después.',
  sub_anexos: 'Deja de ofrecerse en las listas. Puedes reactivarlo después.',
}

/** Asks and deactivates; asks again when it has active parts. True when it is done. */
export function desactivarNivel(nivel: ClaveNivel, id: number, nombre: string): Promise<boolean> {
  return darDeBaja({
    ruta: rutasDeNivel(nivel).eliminar,
    id,
    cuerpo: [crear('p', {}, '¿Desactivar ', crear('strong', {}, nombre), '?'), crear('p', {}, SEGUIRAN[nivel])],
    enUso: 'Tiene partes activas',
  })
}

/** True when it came back. */
export function reactivarNivel(nivel: ClaveNivel, id: number): Promise<boolean> {
  return enviado(rutasDeNivel(nivel).reactivar, { id })
}
