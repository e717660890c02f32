import type { Dinero } from '../../comun/dinero.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { TABLA_LOG, type EntidadAuditada, type Referencia } from '../auditoria/index.ts'
import { TIPO_PARTIDA, type Concepto } from './contratos.tipos.ts'

/** Fields of a concept in the log, by their technical names. A type alias: the log asks for an index. */
export type ConceptoAuditado = {
  id_tipo_partida: string
  partida_ordinaria: string | null
  partida_extraordinaria: string | null
  sub_anexo: Referencia | null
  descripcion: string
  unidad_medida: Referencia | null
  cantidad: Dinero
  precio_unitario_mn: Dinero
  precio_unitario_usd: Dinero
  pte_creacion: string | null
  ot_creacion: string | null
  fecha_autorizacion: FechaIso | null
  estatus: string | null
  comentario: string | null
}

/** How a concept is described in the log. */
export const ENTIDAD_CONCEPTO: EntidadAuditada<ConceptoAuditado> = {
  tabla: TABLA_LOG.CONCEPTO,
  campos: {
    id_tipo_partida: { etiqueta: 'Tipo de partida', tipo: 'texto' },
    partida_ordinaria: { etiqueta: 'Partida', tipo: 'texto' },
    partida_extraordinaria: { etiqueta: 'Partida Ext.', tipo: 'texto' },
    sub_anexo: { etiqueta: 'Anexo', tipo: 'referencia' },
    descripcion: { etiqueta: 'Descripción', tipo: 'texto' },
    unidad_medida: { etiqueta: 'Unidad de medida', tipo: 'referencia' },
    cantidad: { etiqueta: 'Cantidad', tipo: 'decimal' },
    precio_unitario_mn: { etiqueta: 'Precio Unitario MN', tipo: 'dinero' },
    precio_unitario_usd: { etiqueta: 'Precio Unitario USD', tipo: 'dinero' },
    pte_creacion: { etiqueta: 'PTE origen', tipo: 'texto' },
    ot_creacion: { etiqueta: 'OT origen', tipo: 'texto' },
    fecha_autorizacion: { etiqueta: 'Fecha sanción', tipo: 'fecha' },
    estatus: { etiqueta: 'Estatus PUE', tipo: 'texto' },
    comentario: { etiqueta: 'Comentario', tipo: 'texto' },
  },
}

/** Texts of what concepts refer to, by id. */
export interface TextosDeConceptos {
  readonly unidades: ReadonlyMap<number, string>
  readonly subAnexos: ReadonlyMap<number, string>
}

export const TEXTO_TIPO_PARTIDA: Readonly<Record<number, string>> = {
  [TIPO_PARTIDA.ORDINARIA]: 'Ordinaria',
  [TIPO_PARTIDA.EXTRAORDINARIA]: 'Extraordinaria (PUE)',
}

const referencia = (textos: ReadonlyMap<number, string>, id: number | null): Referencia | null =>
  id === null ? null : { id, texto: textos.get(id) ?? String(id) }

/** A concept as the log compares it. */
export function conceptoAuditado(concepto: Concepto, { unidades, subAnexos }: TextosDeConceptos): ConceptoAuditado {
  return {
    id_tipo_partida: TEXTO_TIPO_PARTIDA[concepto.idTipoPartida] ?? '',
    partida_ordinaria: concepto.partidaOrdinaria,
    partida_extraordinaria: concepto.partidaExtraordinaria,
    sub_anexo: referencia(subAnexos, concepto.idSubAnexo),
    descripcion: concepto.descripcion,
    unidad_medida: referencia(unidades, concepto.idUnidadMedida),
    cantidad: concepto.cantidad,
    precio_unitario_mn: concepto.precioUnitarioMn,
    precio_unitario_usd: concepto.precioUnitarioUsd,
    pte_creacion: concepto.pteCreacion,
    ot_creacion: concepto.otCreacion,
    fecha_autorizacion: concepto.fechaAutorizacion,
    estatus: concepto.estatus,
    comentario: concepto.comentario,
  }
}
