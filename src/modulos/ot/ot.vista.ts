/** From domain objects to what pages and JSON answers show. Pure. */
import { rutaNueva } from '../estimaciones/estimaciones.contrato.ts'
import { textoDinero, textoPlano } from '../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../comun/fechas.ts'
import type { Tono } from '../../comun/colores.ts'
import type { HistorialDeRegistro } from '../auditoria/auditoria.contrato.ts'
import {
  rutaLinajeOt,
  rutaOt,
  type CampoFicha,
  type CatalogosOt,
  type DatosOt,
  type MiembroFamilia,
  type PaginaDetalleOt,
  type ProgresoOt,
  type PuedeOt,
} from './ot.contrato.ts'
import { textoMotivo, type TextosDeReferencias } from './ot.auditoria.ts'
import { PERMISO_OT } from './ot.permisos.ts'
import { ESTATUS_LOGICO, ESTATUS_OPERATIVOS, POR_DEFINIR, TEXTO_TIPO_OT, TIPO_OT, type Ot } from './ot.tipos.ts'
import { etiquetaDeVersion, ordenarFamilia } from './linaje/linaje.reglas.ts'

/** Everything the page of an OT shows. */
export interface FichaOt {
  readonly ot: Ot
  readonly textos: TextosDeReferencias
  readonly folioPte: string
  readonly progreso: ProgresoOt
  readonly familia: readonly Ot[]
  readonly reprogramaciones: number
  readonly actividad: HistorialDeRegistro
  readonly catalogos: CatalogosOt
}

/** `ot/obtener_datos/` (ot.md §6.3). */
export function datosOt(ot: Ot, textos: TextosDeReferencias, folioPte: string): DatosOt {
  return {
    id: ot.id,
    id_tipo_id: ot.idTipo,
    id_frente: ot.idFrente,
    id_embarcacion: ot.idEmbarcacion,
    id_plataforma: ot.idPlataforma,
    id_intercom: ot.idIntercom,
    id_patio: ot.idPatio,
    id_cliente: ot.idCliente,
    descripcion_tipo: TEXTO_TIPO_OT[ot.idTipo],
    estatus_ot: ot.idEstatusOt,
    responsable_proyecto: ot.idResponsableProyecto,
    responsable_cliente: ot.responsableCliente,
    id_pte_id: ot.idPteHeader ?? '',
    pte_padre: folioPte,
    oficio_ot: ot.oficioOt,
    estatus: ot.estatus,
    orden_trabajo: ot.ordenTrabajo,
    descripcion_trabajo: ot.descripcionTrabajo,
    fecha_inicio_programado: ot.fechaInicioProgramado,
    fecha_inicio_real: ot.fechaInicioReal,
    fecha_termino_programado: ot.fechaTerminoProgramado,
    fecha_termino_real: ot.fechaTerminoReal,
    comentario: ot.comentario,
    ot_principal: ot.otPrincipal,
    ot_principal_folio: ot.otPrincipal === null ? null : (textos.ots.get(ot.otPrincipal) ?? null),
    num_reprogramacion: ot.numReprogramacion,
    monto_mxn: textoPlano(ot.montoMxn),
    monto_usd: textoPlano(ot.montoUsd),
    plazo_dias: ot.plazoDias,
    requiere_patio: ot.requierePatio,
    fecha_inicio_patio: ot.fechaInicioPatio,
    fecha_fin_patio: ot.fechaFinPatio,
    motivo_reprogramacion: ot.motivoReprogramacion,
    comentario_reprogramacion: ot.comentarioReprogramacion ?? '',
    textos: textosDeOpciones(ot, textos),
    version: ot.version,
  }
}

function textosDeOpciones(ot: Ot, textos: TextosDeReferencias): Record<string, string> {
  const elegidas = {
    ot_principal: [textos.ots, ot.otPrincipal],
    id_cliente: [textos.clientes, ot.idCliente],
    responsable_proyecto: [textos.responsables, ot.idResponsableProyecto],
    id_embarcacion: [textos.sitios, ot.idEmbarcacion],
    id_plataforma: [textos.sitios, ot.idPlataforma],
    id_intercom: [textos.sitios, ot.idIntercom],
    id_patio: [textos.sitios, ot.idPatio],
    id_patio_fase: [textos.sitios, ot.idPatio],
  } as const
  const pares = Object.entries(elegidas).map(([campo, [nombres, id]]) => [
    campo,
    id === null ? '' : (nombres.get(id) ?? ''),
  ])
  return Object.fromEntries(pares.filter(([, nombre]) => nombre !== '')) as Record<string, string>
}

/** What the person may do here, from a test of permissions. */
export function puedeOt(tiene: (codigo: string) => boolean): PuedeOt {
  return {
    crear: tiene(PERMISO_OT.CREAR),
    editar: tiene(PERMISO_OT.EDITAR),
    eliminar: tiene(PERMISO_OT.ELIMINAR),
    pasos: tiene(PERMISO_OT.PASOS),
    exportar: tiene(PERMISO_OT.EXPORTAR),
    importar: tiene(PERMISO_OT.IMPORTAR),
    produccion: tiene(PERMISO_OT.PRODUCCION),
    estimar: tiene(PERMISO_OT.ESTIMAR),
    anexo: tiene(PERMISO_OT.ANEXO),
  }
}

/** Status of an OT as a badge; one that nobody knows is grey. */
export function estatusMostrado(ot: Pick<Ot, 'estatus' | 'idEstatusOt'>): { id: number; texto: string; tono: Tono } {
  if (ot.estatus === ESTATUS_LOGICO.POR_DEFINIR)
    return { id: ot.idEstatusOt, texto: POR_DEFINIR.texto, tono: POR_DEFINIR.tono }
  const conocido = ESTATUS_OPERATIVOS.find(({ id }) => id === ot.idEstatusOt)
  return { id: ot.idEstatusOt, texto: conocido?.texto ?? 'DESCONOCIDO', tono: conocido?.tono ?? 'gris' }
}

/** `v.datos` of views/ot/detalle.ejs. */
export function paginaDetalle(ficha: FichaOt, hoy: FechaIso, puede: PuedeOt): PaginaDetalleOt {
  const { ot, progreso, familia, actividad } = ficha
  return {
    hoy,
    id: ot.id,
    id_tipo: ot.idTipo,
    orden_trabajo: ot.ordenTrabajo,
    descripcion_trabajo: ot.descripcionTrabajo,
    tipo_texto: tipoTexto(ot),
    estatus_logico: ot.estatus,
    estatus: estatusMostrado(ot),
    progreso,
    grupos: grupos(ficha),
    familia: ordenarFamilia(familia).map((miembro) => miembroFamilia(miembro, ot.id)),
    count_reprogramaciones: ficha.reprogramaciones,
    actividad,
    ruta_linaje: rutaLinajeOt(ot.id),
    ruta_reportes: puede.produccion
      ? `/operaciones/produccion/reportes/?id_ot=${String(ot.otPrincipal ?? ot.id)}`
      : null,
    ruta_estimar: puede.estimar && ot.estatus === 1 ? rutaNueva(ot.otPrincipal ?? ot.id) : null,
    puede,
    catalogos: ficha.catalogos,
  }
}

function tipoTexto(ot: Ot): string {
  return ot.idTipo === TIPO_OT.INICIAL ? 'Orden inicial' : `${etiquetaDeVersion(ot)} de ${ot.ordenTrabajo}`
}

function miembroFamilia(ot: Ot, actual: number): MiembroFamilia {
  return {
    id: ot.id,
    ruta: rutaOt(ot.id),
    etiqueta: etiquetaDeVersion(ot),
    orden_trabajo: ot.ordenTrabajo,
    oficio_ot: ot.oficioOt,
    inicio: dia(ot.fechaInicioProgramado),
    termino: dia(ot.fechaTerminoProgramado),
    estatus: estatusMostrado(ot),
    actual: ot.id === actual,
  }
}

const dia = (fecha: FechaIso | null): string => aDdMmAaaa(fecha) ?? ''

function grupos(ficha: FichaOt): PaginaDetalleOt['grupos'] {
  return [
    { titulo: 'Datos generales', campos: generales(ficha) },
    { titulo: 'Programa', campos: programa(ficha.ot) },
    { titulo: 'Frente y sitios', campos: sitios(ficha) },
    { titulo: 'Importes', campos: importes(ficha.ot) },
    ...(ficha.ot.idTipo === TIPO_OT.REPROGRAMACION
      ? [{ titulo: 'Reprogramación', campos: reprogramacion(ficha) }]
      : []),
  ]
}

const texto = (etiqueta: string, valor: string | null | undefined): CampoFicha => ({ etiqueta, valor: valor ?? '' })

function generales({ ot, textos, folioPte }: FichaOt): CampoFicha[] {
  return [
    texto('Folio OT', ot.ordenTrabajo),
    texto('Oficio OT', ot.oficioOt),
    texto('PTE proveniente', folioPte),
    texto('Cliente', ot.idCliente === null ? '' : textos.clientes.get(ot.idCliente)),
    texto('Responsable del Proyecto', textos.responsables.get(ot.idResponsableProyecto)),
    texto('Responsable del cliente', ot.responsableCliente),
    texto('Comentario', ot.comentario),
  ]
}

function programa(ot: Ot): CampoFicha[] {
  return [
    texto('Fecha de inicio programado', dia(ot.fechaInicioProgramado)),
    texto('Fecha de término programado', dia(ot.fechaTerminoProgramado)),
    { etiqueta: 'Plazo (días)', valor: ot.plazoDias === null ? '' : String(ot.plazoDias), numerico: true },
    texto('Fecha de inicio real', dia(ot.fechaInicioReal)),
    texto('Fecha término real', dia(ot.fechaTerminoReal)),
  ]
}

function sitios({ ot, textos }: FichaOt): CampoFicha[] {
  const sitio = (id: number | null): string => (id === null ? '' : (textos.sitios.get(id) ?? ''))
  return [
    texto('Frente', ot.idFrente === null ? '' : textos.frentes.get(ot.idFrente)),
    texto('Embarcación', sitio(ot.idEmbarcacion)),
    texto('Plataforma', sitio(ot.idPlataforma)),
    texto('Intercom', sitio(ot.idIntercom)),
    texto('Patio', sitio(ot.idPatio)),
    texto('¿Aplica fase en Patio?', ot.requierePatio ? 'Sí' : 'No'),
    texto('Inicio Fase Patio', dia(ot.fechaInicioPatio)),
    texto('Fin Fase Patio', dia(ot.fechaFinPatio)),
  ]
}

function importes(ot: Ot): CampoFicha[] {
  return [
    { etiqueta: 'Monto MXN', valor: textoDinero(ot.montoMxn), numerico: true },
    { etiqueta: 'Monto USD', valor: textoDinero(ot.montoUsd), numerico: true },
  ]
}

function reprogramacion({ ot, textos, familia }: FichaOt): CampoFicha[] {
  const principal = ot.otPrincipal
  const numero = ot.numReprogramacion === null ? '' : String(ot.numReprogramacion)
  return [
    {
      etiqueta: 'OT a reprogramar',
      valor: principal === null ? '' : (textos.ots.get(principal) ?? ''),
      // A deleted initial order has no page.
      ...(principal !== null && familia.some(({ id }) => id === principal) ? { ruta: rutaOt(principal) } : {}),
    },
    { etiqueta: 'Número de reprogramación', valor: numero, numerico: true },
    texto('Motivo', textoMotivo(ot.motivoReprogramacion)),
    texto('Comentario de la reprogramación', ot.comentarioReprogramacion),
  ]
}
