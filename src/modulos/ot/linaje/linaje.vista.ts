/** From a family of OTs to the page and the workbook of its lineage. Pure. */
import { textoPlano } from '../../../comun/dinero.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import { textoMotivo, type TextosDeReferencias } from '../ot.auditoria.ts'
import {
  rutaLinajeOt,
  rutaOt,
  type ComparacionLinaje,
  type DiferenciaVersion,
  type PaginaLinajeOt,
  type VersionLinaje,
} from '../ot.contrato.ts'
import type { CompararVersiones } from '../ot.schema.ts'
import type { Ot } from '../ot.tipos.ts'
import { estatusMostrado } from '../ot.vista.ts'
import {
  compararVersiones,
  etiquetaDeVersion,
  linajeDe,
  type Diferencia,
  type EslabonDeLinaje,
  type VersionComparable,
} from './linaje.reglas.ts'

/** A family with the texts of what it refers to. */
export interface FamiliaOt {
  /** Id of the OT that was asked for. */
  readonly id: number
  /** Its initial order, even if it was deleted since. */
  readonly principal: Ot
  readonly versiones: readonly Ot[]
  readonly textos: TextosDeReferencias
}

/** `v.datos` of views/ot/linaje.ejs. */
export function paginaLinaje(
  familia: FamiliaOt,
  hoy: FechaIso,
  elegidas: CompararVersiones,
  puedeExportar: boolean,
): PaginaLinajeOt {
  const { principal, textos, versiones } = familia
  const linaje = linajeDe(versiones)
  return {
    hoy,
    id: familia.id,
    principal: {
      id: principal.id,
      // A deleted initial order has no page: the link leads to the OT that was asked for.
      ruta: rutaOt(versiones.some(({ id }) => id === principal.id) ? principal.id : familia.id),
      orden_trabajo: principal.ordenTrabajo,
      descripcion_trabajo: principal.descripcionTrabajo,
      cliente: principal.idCliente === null ? '' : (textos.clientes.get(principal.idCliente) ?? ''),
    },
    versiones: linaje.eslabones.map(versionLinaje),
    suma: diferencia(linaje.suma),
    comparacion: comparacion(familia, elegidas),
    ruta_exportar: puedeExportar ? `${rutaLinajeOt(familia.id)}exportar/` : '',
  }
}

function versionLinaje({ version: ot, dias, contraAnterior, contraInicial }: EslabonDeLinaje<Ot>): VersionLinaje {
  return {
    id: ot.id,
    ruta: rutaOt(ot.id),
    etiqueta: etiquetaDeVersion(ot),
    numero: ot.numReprogramacion,
    oficio_ot: ot.oficioOt,
    inicio: ot.fechaInicioProgramado,
    termino: ot.fechaTerminoProgramado,
    inicio_real: ot.fechaInicioReal,
    termino_real: ot.fechaTerminoReal,
    dias,
    monto_mxn: textoPlano(ot.montoMxn),
    monto_usd: textoPlano(ot.montoUsd),
    estatus: estatusMostrado(ot),
    motivo: textoMotivo(ot.motivoReprogramacion),
    comentario: ot.comentarioReprogramacion ?? '',
    contra_anterior: diferencia(contraAnterior),
    contra_inicial: diferencia(contraInicial),
  }
}

function diferencia(valores: Diferencia | null): DiferenciaVersion | null {
  if (valores === null) return null
  const { inicio, termino, dias, montoMxn, montoUsd } = valores
  return { inicio, termino, dias, monto_mxn: textoPlano(montoMxn), monto_usd: textoPlano(montoUsd) }
}

/** Two versions of the family; null unless both were chosen and belong to it. */
function comparacion(familia: FamiliaOt, { a, b }: CompararVersiones): ComparacionLinaje | null {
  const [una, otra] = [a, b].map((id) => familia.versiones.find((version) => version.id === id))
  if (una === undefined || otra === undefined) return null
  const campos = compararVersiones(comparable(una, familia), comparable(otra, familia))
  return { a: una.id, b: otra.id, campos }
}

function comparable(ot: Ot, { textos }: FamiliaOt): VersionComparable {
  const de = (nombres: ReadonlyMap<number, string>, id: number | null): string =>
    id === null ? '' : (nombres.get(id) ?? '')
  return {
    ...ot,
    responsableProyecto: de(textos.responsables, ot.idResponsableProyecto),
    cliente: de(textos.clientes, ot.idCliente),
    estatusTexto: estatusMostrado(ot).texto,
    frente: de(textos.frentes, ot.idFrente),
    embarcacion: de(textos.sitios, ot.idEmbarcacion),
    plataforma: de(textos.sitios, ot.idPlataforma),
    intercom: de(textos.sitios, ot.idIntercom),
    patio: de(textos.sitios, ot.idPatio),
    motivo: textoMotivo(ot.motivoReprogramacion),
    comentarioReprogramacion: ot.comentarioReprogramacion ?? '',
  }
}
