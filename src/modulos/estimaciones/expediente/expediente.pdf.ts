/** Expediente of an estimation: everything that backs it, in one document. Pure, as every document (decision 0029). */
import type { Content, TableCell } from 'pdfmake/interfaces.js'
import { aDdMmAaaa, diaLocal, instanteLocal } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import type { ContenidoPdf, DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import { cabezas, ficha, firmas } from '../../../plataforma/pdf/piezas.ts'
import { imagenesDeEvidencia, type Miniaturas } from '../../produccion/index.ts'
import { periodo, precio, QUIENES_FIRMAN, tablaDeConceptos, totales } from '../exportes/estimacion.pdf.ts'
import { bloqueDeDeducciones, netos } from '../exportes/deducciones.pdf.ts'
import { marcaDe } from '../exportes/exportes.calculo.ts'
import type { DocumentoDeEstimacion } from '../exportes/exportes.tipos.ts'
import { anexoDePrueba } from '../exportes/prueba.pdf.ts'
import { TEXTO_ESTATUS, type Estimacion, type EstatusEstimacion } from '../estimaciones.tipos.ts'
import { ajustes, detalleDiario } from './detalle.pdf.ts'
import { bloquesDeGpu } from './gpu.pdf.ts'
import { origenDeTasa } from '../estimaciones.reglas.ts'

/** The whole document. */
export function documentoDeExpediente(documento: DocumentoDeEstimacion, miniaturas: Miniaturas): DocumentoPdf {
  const { estimacion: e } = documento
  const folio = `EST-${String(e.numero)}`
  return {
    titulo: `Expediente de la estimación ${folio} · ${e.ot}`,
    asunto: `Expediente de ${folio} de ${e.ot}, ${periodo(e)}`,
    referencia: `${folio} · ${e.ot}`,
    creado: e.fechaCreacion,
    pie: `${folio} de ${e.ot}, versión ${String(e.version)}, ${TEXTO_ESTATUS[e.estatus]}`,
    horizontal: true,
    marca: marcaDe(e),
    imagenes: imagenesDeEvidencia(miniaturas),
    contenido: [...portada(documento), ...secciones(documento, miniaturas)],
  }
}

/** The parts after the cover, each on a page of its own; who took each step and who signs share the last one. */
function secciones(documento: DocumentoDeEstimacion, miniaturas: Miniaturas): ContenidoPdf[] {
  const { estimacion, anexos, deducciones, prueba } = documento
  const partes: readonly (readonly [id: string, titulo: string, contenido: readonly ContenidoPdf[]])[] = [
    [
      'conceptos',
      'Conceptos',
      [tablaDeConceptos(anexos, estimacion), totales(estimacion), ...bloqueDeDeducciones(deducciones, estimacion)],
    ],
    ['detalle', 'Detalle diario', detalleDiario(documento)],
    ['gpus', 'Generadores de precios unitarios', bloquesDeGpu(documento, miniaturas)],
    ['ajustes', 'Ajustes y líneas rechazadas', ajustes(documento)],
    ...(prueba === null ? [] : [['prueba', 'Avance por concepto', anexoDePrueba(prueba).slice(1)] as const]),
    ['historia', 'Historia', [historia(documento)]],
    [
      'firmas',
      'Firmas',
      [
        resumenParaFirmar(estimacion),
        totales(estimacion),
        ...netos(deducciones, estimacion),
        firmas(QUIENES_FIRMAN, constancias(estimacion)),
      ],
    ],
  ]
  return partes.flatMap(([id, titulo, contenido]) => [encabezado(id, titulo), ...contenido])
}

/** Title of a part: in the table of contents and in the outline, with an id of ours so that the bytes are the same. */
const encabezado = (id: string, titulo: string): Content => ({
  text: titulo,
  style: 'titulo',
  id: `parte-${id}`,
  tocItem: true,
  outline: true,
  outlineExpanded: false,
  ...(id === 'firmas' ? {} : { pageBreak: 'before' }),
  margin: [0, id === 'firmas' ? 24 : 0, 0, 6],
})

// ------------------------------------------------------------------------------------------------------ the cover

function portada({ estimacion: e, detalle, gpus, deducciones, ajustes: ajustadas }: DocumentoDeEstimacion): Content[] {
  const fotos = gpus.reduce((suma, { evidencias }) => suma + evidencias.length, 0)
  return [
    {
      text: `Expediente de la estimación EST-${String(e.numero)}`,
      style: 'titulo',
      fontSize: 20,
      margin: [0, 24, 0, 2],
      id: 'parte-portada',
      outline: true,
      outlineText: 'Portada',
    },
    { text: e.descripcion, style: 'bajada', margin: [0, 0, 0, 12] },
    ficha(datosDePortada(e), 4),
    totales(e),
    ...netos(deducciones, e),
    {
      style: 'nota',
      margin: [0, 8, 0, 0],
      text: [
        plural(detalle.length, 'línea estimada', 'líneas estimadas'),
        plural(gpus.length, 'GPU', 'GPU'),
        plural(fotos, 'archivo de evidencia', 'archivos de evidencia'),
        plural(ajustadas.length, 'ajuste o línea rechazada', 'ajustes o líneas rechazadas'),
      ].join(' · '),
    },
    { text: 'Contenido', style: 'seccion' },
    { toc: { textStyle: 'dato', numberStyle: 'dato', textMargin: [0, 1, 0, 1] } },
  ]
}

const alMinuto = (instante: Date): string => instanteLocal(instante).slice(0, 16)

const conFecha = (quien: string | null, cuando: string | null): string =>
  cuando === null ? '' : `${quien ?? 'Sistema'}, ${cuando}`

function datosDePortada(e: Estimacion): [string, string][] {
  const pares: [string, string][] = [
    ['Orden de trabajo', e.ot],
    ['Cliente', e.cliente ?? ''],
    ['Periodo', periodo(e)],
    ['Fecha de estimación', aDdMmAaaa(e.fechaEstimacion)],
    ['Estatus', TEXTO_ESTATUS[e.estatus]],
    ['Tipo de cambio', `${precio(e.tipoCambio)} (${origenDeTasa(e)})`],
    ['Creó', conFecha(e.creadoPor, alMinuto(e.fechaCreacion))],
    ['Envió', conFecha(e.enviadoPorNombre, e.fechaEnvio === null ? null : alMinuto(e.fechaEnvio))],
    ['Autorizó', conFecha(e.autorizadoPorNombre, aDdMmAaaa(e.fechaAutorizacion))],
    ['Factura', e.folioFactura === null ? '' : `${e.folioFactura}, ${aDdMmAaaa(e.fechaFactura) ?? ''}`],
    ['Cobro', aDdMmAaaa(e.fechaCobro) ?? ''],
  ]
  if (e.motivo !== null && e.motivo !== '') pares.push(['Motivo', e.motivo])
  if (e.comentario !== '') pares.push(['Comentario', e.comentario])
  return pares
}

// ------------------------------------------------------------------------------------------- history and signatures

const texto = (text: string): TableCell => ({ text, style: 'celda' })

const nombreDeEstatus = (clave: string): string =>
  clave in TEXTO_ESTATUS ? TEXTO_ESTATUS[clave as EstatusEstimacion] : clave

function historia({ estimacion: e, pasos }: DocumentoDeEstimacion): Content {
  const filas = [
    [texto('Creada'), texto(e.creadoPor ?? 'Sistema'), texto(instanteLocal(e.fechaCreacion)), texto(e.comentario)],
    ...pasos.map(({ de, a, quien, cuando, dato }) => [
      texto(`${nombreDeEstatus(de)} a ${nombreDeEstatus(a)}`),
      texto(quien ?? (cuando === null ? '—' : 'Sistema')),
      texto(cuando === null ? '—' : instanteLocal(cuando)),
      texto(dato),
    ]),
  ]
  return {
    table: {
      headerRows: 1,
      dontBreakRows: true,
      widths: [190, 150, 110, '*'],
      body: [cabezas(['Paso', 'Quién', 'Cuándo', 'Dato o motivo'], 0), ...filas],
    },
    layout: 'rayas',
  }
}

const resumenParaFirmar = (e: Estimacion): Content => ({
  margin: [0, 0, 0, 6],
  text: `Estimación EST-${String(e.numero)} de la orden de trabajo ${e.ot}, ${periodo(e)}, ${TEXTO_ESTATUS[e.estatus]}.`,
})

/** What the system knows of each signature: who took the step and what day. */
function constancias(e: Estimacion): string[] {
  const envio = e.fechaEnvio === null ? null : aDdMmAaaa(diaLocal(e.fechaEnvio))
  return [
    `En el sistema la elaboró ${e.creadoPor ?? 'Sistema'} el ${aDdMmAaaa(diaLocal(e.fechaCreacion))}.`,
    envio === null ? 'Todavía no se envía.' : `En el sistema la envió ${e.enviadoPorNombre ?? 'Sistema'} el ${envio}.`,
    e.fechaAutorizacion === null
      ? 'No está autorizada.'
      : `En el sistema la autorizó ${e.autorizadoPorNombre ?? 'Sistema'} el ${aDdMmAaaa(e.fechaAutorizacion)}.`,
  ]
}
