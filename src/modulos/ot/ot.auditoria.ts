import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { TABLA_LOG, type EntidadAuditada, type Referencia } from '../auditoria/index.ts'
import { ESTATUS_LOGICO, MOTIVOS_REPROGRAMACION, POR_DEFINIR, TEXTO_TIPO_OT, type Ot } from './ot.tipos.ts'

/** Fields of an OT in the log, by their technical names (core.md §9.4). A type alias: the log asks for an index. */
export type OtAuditada = {
  orden_trabajo: string
  oficio_ot: string
  id_tipo: string
  estatus: string
  descripcion_trabajo: string
  id_responsable_proyecto: Referencia | null
  responsable_cliente: string
  id_cliente: Referencia | null
  id_frente: Referencia | null
  id_embarcacion: Referencia | null
  id_plataforma: Referencia | null
  id_intercom: Referencia | null
  id_patio: Referencia | null
  requiere_patio: boolean
  fecha_inicio_patio: FechaIso | null
  fecha_fin_patio: FechaIso | null
  fecha_inicio_programado: FechaIso | null
  fecha_termino_programado: FechaIso | null
  fecha_inicio_real: FechaIso | null
  fecha_termino_real: FechaIso | null
  plazo_dias: number | null
  monto_mxn: Dinero
  monto_usd: Dinero
  ot_principal: Referencia | null
  num_reprogramacion: number | null
  motivo_reprogramacion: string
  comentario_reprogramacion: string | null
  comentario: string
}

/** How an OT is described in the log. */
export const ENTIDAD_OT: EntidadAuditada<OtAuditada> = {
  tabla: TABLA_LOG.OT,
  campos: {
    orden_trabajo: { etiqueta: 'Folio OT', tipo: 'texto' },
    oficio_ot: { etiqueta: 'Oficio OT', tipo: 'texto' },
    id_tipo: { etiqueta: 'Tipo', tipo: 'texto' },
    estatus: { etiqueta: 'Configuración', tipo: 'texto' },
    descripcion_trabajo: { etiqueta: 'Descripción del Trabajo', tipo: 'texto' },
    id_responsable_proyecto: { etiqueta: 'Responsable del Proyecto', tipo: 'referencia' },
    responsable_cliente: { etiqueta: 'Responsable del cliente', tipo: 'texto' },
    id_cliente: { etiqueta: 'Cliente', tipo: 'referencia' },
    id_frente: { etiqueta: 'Frente', tipo: 'referencia' },
    id_embarcacion: { etiqueta: 'Embarcación', tipo: 'referencia' },
    id_plataforma: { etiqueta: 'Plataforma', tipo: 'referencia' },
    id_intercom: { etiqueta: 'Intercom', tipo: 'referencia' },
    id_patio: { etiqueta: 'Patio', tipo: 'referencia' },
    requiere_patio: { etiqueta: '¿Aplica fase en Patio?', tipo: 'booleano' },
    fecha_inicio_patio: { etiqueta: 'Inicio Fase Patio', tipo: 'fecha' },
    fecha_fin_patio: { etiqueta: 'Fin Fase Patio', tipo: 'fecha' },
    fecha_inicio_programado: { etiqueta: 'Fecha de inicio programado', tipo: 'fecha' },
    fecha_termino_programado: { etiqueta: 'Fecha de término programado', tipo: 'fecha' },
    fecha_inicio_real: { etiqueta: 'Fecha de inicio real', tipo: 'fecha' },
    fecha_termino_real: { etiqueta: 'Fecha de término real', tipo: 'fecha' },
    plazo_dias: { etiqueta: 'Plazo (días)', tipo: 'entero' },
    monto_mxn: { etiqueta: 'Monto MXN', tipo: 'dinero' },
    monto_usd: { etiqueta: 'Monto USD', tipo: 'dinero' },
    ot_principal: { etiqueta: 'OT a reprogramar', tipo: 'referencia' },
    num_reprogramacion: { etiqueta: 'Número de reprogramación', tipo: 'entero' },
    motivo_reprogramacion: { etiqueta: 'Motivo de la reprogramación', tipo: 'texto' },
    comentario_reprogramacion: { etiqueta: 'Comentario de la reprogramación', tipo: 'texto' },
    comentario: { etiqueta: 'Comentario', tipo: 'texto' },
  },
}

/** Texts of what an OT refers to, by id. */
export interface TextosDeReferencias {
  readonly responsables: ReadonlyMap<number, string>
  readonly clientes: ReadonlyMap<number, string>
  readonly frentes: ReadonlyMap<number, string>
  readonly sitios: ReadonlyMap<number, string>
  readonly ots: ReadonlyMap<number, string>
}

/** An OT as the log compares and prints it. */
export function otAuditada(ot: Ot, textos: TextosDeReferencias): OtAuditada {
  const { responsables, clientes, frentes, sitios, ots } = textos
  return {
    orden_trabajo: ot.ordenTrabajo,
    oficio_ot: ot.oficioOt,
    id_tipo: TEXTO_TIPO_OT[ot.idTipo],
    estatus: ot.estatus === ESTATUS_LOGICO.POR_DEFINIR ? POR_DEFINIR.texto : 'DEFINIDA',
    descripcion_trabajo: ot.descripcionTrabajo,
    id_responsable_proyecto: referencia(responsables, ot.idResponsableProyecto),
    responsable_cliente: ot.responsableCliente,
    id_cliente: referencia(clientes, ot.idCliente),
    id_frente: referencia(frentes, ot.idFrente),
    id_embarcacion: referencia(sitios, ot.idEmbarcacion),
    id_plataforma: referencia(sitios, ot.idPlataforma),
    id_intercom: referencia(sitios, ot.idIntercom),
    id_patio: referencia(sitios, ot.idPatio),
    requiere_patio: ot.requierePatio,
    fecha_inicio_patio: ot.fechaInicioPatio,
    fecha_fin_patio: ot.fechaFinPatio,
    fecha_inicio_programado: ot.fechaInicioProgramado,
    fecha_termino_programado: ot.fechaTerminoProgramado,
    fecha_inicio_real: ot.fechaInicioReal,
    fecha_termino_real: ot.fechaTerminoReal,
    plazo_dias: ot.plazoDias,
    monto_mxn: ot.montoMxn,
    monto_usd: ot.montoUsd,
    ot_principal: referencia(ots, ot.otPrincipal),
    num_reprogramacion: ot.numReprogramacion,
    motivo_reprogramacion: textoMotivo(ot.motivoReprogramacion),
    comentario_reprogramacion: ot.comentarioReprogramacion,
    comentario: ot.comentario,
  }
}

/** Text of a reason; '' when nobody set it. */
export function textoMotivo(clave: string | null): string {
  return MOTIVOS_REPROGRAMACION.find((motivo) => motivo.clave === clave)?.texto ?? ''
}

function referencia(textos: ReadonlyMap<number, string>, id: number | null): Referencia | null {
  return id === null ? null : { id, texto: textos.get(id) ?? String(id) }
}
