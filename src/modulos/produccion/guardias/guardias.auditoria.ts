import type { FechaIso } from '../../../comun/fechas.ts'
import { TABLA_LOG, type EntidadAuditada, type Referencia } from '../../auditoria/index.ts'
import type { Ciclo, SuperDeGuardia } from './guardias.tipos.ts'

/** A configuration in the log (core.md §9.4). A type alias: the log asks for an index. */
export type CicloAuditado = {
  super_a: Referencia
  super_b: Referencia
  fecha_inicio_super_a: FechaIso
  dias_ciclo: number
  vigente_desde: FechaIso
}

/** How a guard cycle is described in the log. */
export const ENTIDAD_CICLO: EntidadAuditada<CicloAuditado> = {
  tabla: TABLA_LOG.CICLO_GUARDIA,
  campos: {
    super_a: { etiqueta: 'Superintendente A', tipo: 'referencia' },
    super_b: { etiqueta: 'Superintendente B', tipo: 'referencia' },
    fecha_inicio_super_a: { etiqueta: 'Inicio de guardia (Super A)', tipo: 'fecha' },
    dias_ciclo: { etiqueta: 'Días de guardia', tipo: 'entero' },
    vigente_desde: { etiqueta: 'Vale desde', tipo: 'fecha' },
  },
}

const referencia = ({ id, nombre }: SuperDeGuardia): Referencia => ({ id, texto: nombre })

export const cicloParaLog = ({ a, b, inicioA, dias, vigenteDesde }: Ciclo): CicloAuditado => ({
  super_a: referencia(a),
  super_b: referencia(b),
  fecha_inicio_super_a: inicioA,
  dias_ciclo: dias,
  vigente_desde: vigenteDesde,
})
