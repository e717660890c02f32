import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { TABLA_LOG, type EntidadAuditada, type Referencia } from '../auditoria/index.ts'
import { textoPrioridad } from './pte.reglas.ts'
import type { Pte } from './pte.tipos.ts'

/** Fields of a PTE in the log, by their technical names (core.md §9.4). A type alias: the log asks for an index. */
export type PteAuditada = {
  oficio_pte: string
  oficio_solicitud: string
  descripcion_trabajo: string
  responsable_proyecto: Referencia | null
  cliente: Referencia | null
  tipo: Referencia
  prioridad: string
  plazo_dias: Dinero | null
  fecha_solicitud: FechaIso | null
  fecha_entrega: FechaIso | null
  total_homologado: Dinero
  id_orden_trabajo: string | null
  comentario: string | null
}

/** How a PTE is described in the log. */
export const ENTIDAD_PTE: EntidadAuditada<PteAuditada> = {
  tabla: TABLA_LOG.PTE,
  campos: {
    oficio_pte: { etiqueta: 'Folio PTE', tipo: 'texto' },
    oficio_solicitud: { etiqueta: 'Oficio Solicitud', tipo: 'texto' },
    descripcion_trabajo: { etiqueta: 'Descripción del Trabajo', tipo: 'texto' },
    responsable_proyecto: { etiqueta: 'Responsable del Proyecto', tipo: 'referencia' },
    cliente: { etiqueta: 'Cliente', tipo: 'referencia' },
    tipo: { etiqueta: 'Tipo', tipo: 'referencia' },
    prioridad: { etiqueta: 'Prioridad', tipo: 'texto' },
    plazo_dias: { etiqueta: 'Plazo en Días', tipo: 'decimal' },
    fecha_solicitud: { etiqueta: 'Fecha de Solicitud', tipo: 'fecha' },
    fecha_entrega: { etiqueta: 'Fecha de Entrega', tipo: 'fecha' },
    total_homologado: { etiqueta: 'Total homologado', tipo: 'dinero' },
    id_orden_trabajo: { etiqueta: 'Oficio OT', tipo: 'texto' },
    comentario: { etiqueta: 'Comentario', tipo: 'texto' },
  },
}

/** Texts of what a PTE refers to, by id. */
export interface TextosDePte {
  readonly responsables: ReadonlyMap<number, string>
  readonly clientes: ReadonlyMap<number, string>
  readonly tipos: ReadonlyMap<number, string>
}

/** A PTE as the log compares and prints it. */
export function pteAuditada(pte: Pte, { responsables, clientes, tipos }: TextosDePte): PteAuditada {
  return {
    oficio_pte: pte.oficioPte,
    oficio_solicitud: pte.oficioSolicitud,
    descripcion_trabajo: pte.descripcionTrabajo,
    responsable_proyecto:
      pte.idResponsableProyecto === null ? null : referencia(responsables, pte.idResponsableProyecto),
    cliente: pte.idCliente === null ? null : referencia(clientes, pte.idCliente),
    tipo: referencia(tipos, pte.idTipo),
    prioridad: textoPrioridad(pte.prioridad),
    plazo_dias: pte.plazoDias,
    fecha_solicitud: pte.fechaSolicitud,
    fecha_entrega: pte.fechaEntrega,
    total_homologado: pte.totalHomologado,
    id_orden_trabajo: pte.idOrdenTrabajo,
    comentario: pte.comentario,
  }
}

const referencia = (textos: ReadonlyMap<number, string>, id: number): Referencia => ({
  id,
  texto: textos.get(id) ?? String(id),
})
