import { textoPlano } from '../../comun/dinero.ts'
import type { CandidataJuzgada } from './candidatas.service.ts'
import type { FilaFuera } from './fuera.contrato.ts'
import { importeDe } from './importes.contrato.ts'

/** A row of what did not enter: what is left of it at the prices in force. */
export function filaDeFuera(c: CandidataJuzgada): FilaFuera {
  return {
    id_produccion: c.idProduccion,
    fecha: c.fecha,
    sitio: c.sitio,
    tipo_tiempo: c.tipoTiempo,
    anexo: c.anexo,
    codigo: c.codigo,
    concepto: c.concepto,
    unidad: c.unidad,
    saldo: textoPlano(c.saldo, 6),
    importe_mn: textoPlano(importeDe(c.saldo, c.puMn)),
    importe_usd: textoPlano(importeDe(c.saldo, c.puUsd)),
    motivos: c.motivos,
  }
}
