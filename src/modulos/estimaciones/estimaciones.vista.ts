/** What travels of an estimation: decimals as text with their own scale, days as `YYYY-MM-DD` (settled.md §4, §8). */
import { textoPlano, textoVolumen } from '../../comun/dinero.ts'
import { aDdMmAaaa, instanteLocalIso } from '../../comun/fechas.ts'
import type { FilaDetalle } from './estimaciones.contrato.ts'
import type { DetalleLeido } from './consultas.repo.ts'
import { importeDe, type ConceptoEstimado } from './importes.contrato.ts'
import type { Resultado } from './cambios.service.ts'
import { TEXTO_ESTATUS, type Estimacion, type Totales } from './estimaciones.tipos.ts'

/** Totals as they travel. */
export function totalesEnTexto(totales: Totales): Record<string, string> {
  return {
    volumen_producido: textoPlano(totales.volumenProducido, 6),
    volumen_estimado: textoPlano(totales.volumenEstimado, 6),
    importe_mn: textoPlano(totales.importeMn),
    importe_usd: textoPlano(totales.importeUsd),
    homologado: textoPlano(totales.homologado),
  }
}

/** What every change answers. */
export function resultadoEnTexto({ totales, version }: Resultado): Record<string, unknown> {
  return { totales: totalesEnTexto(totales), version }
}

/** `estimaciones/obtener/`. */
export function datosDeEstimacion(e: Estimacion): Record<string, unknown> {
  const totales = totalesEnTexto(e.totales)
  return {
    id: e.id,
    id_ot: e.idOt,
    ot: e.ot,
    descripcion: e.descripcion,
    cliente: e.cliente,
    numero: e.numero,
    folio: `EST-${String(e.numero)}`,
    fecha_estimacion: e.fechaEstimacion,
    fecha_desde: e.fechaDesde,
    fecha_hasta: e.fechaHasta,
    estatus: e.estatus,
    estatus_texto: TEXTO_ESTATUS[e.estatus],
    total_volumen_producido: totales['volumen_producido'],
    total_volumen_estimado: totales['volumen_estimado'],
    total_importe_mn: totales['importe_mn'],
    total_importe_usd: totales['importe_usd'],
    total_homologado: totales['homologado'],
    tipo_cambio: e.tipoCambio.toFixed(4),
    tipo_cambio_fuente: e.tipoCambioFuente,
    comentario: e.comentario,
    creado_por: e.creadoPor,
    fecha_creacion: instanteLocalIso(e.fechaCreacion),
    actualizado_por: e.actualizadoPor,
    fecha_actualizacion: instanteLocalIso(e.fechaActualizacion),
    enviado_por: e.enviadoPorNombre,
    fecha_envio: e.fechaEnvio === null ? null : instanteLocalIso(e.fechaEnvio),
    autorizado_por: e.autorizadoPorNombre,
    fecha_autorizacion: e.fechaAutorizacion,
    folio_factura: e.folioFactura,
    fecha_factura: e.fechaFactura,
    fecha_cobro: e.fechaCobro,
    motivo: e.motivo,
    version: e.version,
  }
}

/** A row of `estimaciones/detalle/datatable/?agrupado=0`. */
export function filaDeDetalle(d: DetalleLeido): FilaDetalle & { id_gpu: number | null; enlace: string | null } {
  return {
    id_detalle: d.id,
    id_produccion: d.idProduccion,
    fecha: d.fecha,
    sitio: d.sitio,
    tipo_tiempo: d.tipoTiempo,
    anexo: d.anexo,
    codigo: d.codigo,
    concepto: d.concepto,
    unidad: d.unidad,
    volumen_actual: textoPlano(d.volumenActual, 6),
    volumen_estimado: textoPlano(d.volumenEstimado, 6),
    pu_mn: textoPlano(d.puMn, 4),
    pu_usd: textoPlano(d.puUsd, 4),
    importe_mn: textoPlano(importeDe(d.volumenEstimado, d.puMn)),
    importe_usd: textoPlano(importeDe(d.volumenEstimado, d.puUsd)),
    comentario_ajuste: d.comentario,
    rechazada: d.rechazada,
    estatus: d.cobro,
    excedente: d.excedente,
    id_gpu: d.gpu,
    enlace: d.enlace,
  }
}

/** A line of the tab *Ajustes*, as people read it. */
export function filaDeAjuste(
  d: DetalleLeido,
): Record<'partida' | 'fecha' | 'sitio' | 'producido' | 'estimado' | 'motivo', string> {
  return {
    partida: `${d.codigo} ${d.tipoTiempo}`,
    fecha: aDdMmAaaa(d.fecha),
    sitio: d.sitio,
    producido: textoVolumen(d.volumenActual),
    estimado: d.rechazada ? 'rechazada' : textoVolumen(d.volumenEstimado),
    motivo: d.comentario === '' ? '—' : d.comentario,
  }
}

/** A row of `estimaciones/detalle/datatable/?agrupado=1`. */
export function filaDeConcepto(c: ConceptoEstimado): Record<string, unknown> {
  return {
    anexo: c.anexo,
    codigo: c.codigo,
    concepto: c.concepto,
    unidad: c.unidad,
    volumen_estimado: textoPlano(c.volumenEstimado, 6),
    pu_mn: textoPlano(c.puMn, 4),
    pu_usd: textoPlano(c.puUsd, 4),
    importe_mn: textoPlano(c.importeMn),
    importe_usd: textoPlano(c.importeUsd),
  }
}
