/** Sheets of an estimation (estimaciones.md §8): real numbers and dates, every text as text. Pure. */
import type { Dinero } from '../../../comun/dinero.ts'
import { instanteLocal } from '../../../comun/fechas.ts'
import type { CeldaPropia, ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import { TEXTO_ESTATUS } from '../estimaciones.tipos.ts'
import type { LineaImpresa } from '../instantanea/instantanea.schema.ts'
import { marcaDe } from './exportes.calculo.ts'
import { hojaDeDeducciones } from './deducciones.excel.ts'
import { hojaDePrueba } from './prueba.excel.ts'
import type { DocumentoDeEstimacion } from './exportes.tipos.ts'

const texto = (titulo: string, ancho?: number): ColumnaExcel => ({ titulo, tipo: 'texto', ancho })
const fecha = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'fecha' })
const volumen = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'volumen' })
const importe = (titulo: string): ColumnaExcel => ({ titulo, tipo: 'importe' })

/** A price or a rate: two decimals, or six where two would hide some of it. */
const precio = (valor: Dinero): CeldaPropia => ({ como: valor.decimalPlaces() > 2 ? 'volumen' : 'importe', valor })

/** The sheets of the workbook, in their order. */
export function hojasDeEstimacion(documento: DocumentoDeEstimacion): ContenidoDeLibro[] {
  return [
    resumen(documento),
    conceptos(documento),
    detalleDiario(documento),
    ajustes(documento),
    ...hojaDeDeducciones(documento),
    ...hojaDePrueba(documento),
  ]
}

function resumen({ estimacion: e }: DocumentoDeEstimacion): ContenidoDeLibro {
  const como = (tipo: CeldaPropia['como'], valor: CeldaPropia['valor']): CeldaPropia => ({ como: tipo, valor })
  const marca = marcaDe(e)
  const filas: ValorExcel[][] = [
    ['Estimación', `EST-${String(e.numero)}`],
    ['OT', e.ot],
    ['Descripción', e.descripcion],
    ['Cliente', e.cliente],
    ['Periodo desde', como('fecha', e.fechaDesde)],
    ['Periodo hasta', como('fecha', e.fechaHasta)],
    ['Fecha de estimación', como('fecha', e.fechaEstimacion)],
    ['Estatus', TEXTO_ESTATUS[e.estatus]],
    ...(marca === null ? [] : [['Aviso', { marcada: `${marca}: este documento no es para cobro.` }]]),
    ['Tipo de cambio', precio(e.tipoCambio)],
    ['Origen del tipo de cambio', e.tipoCambioFuente],
    ...(e.tipoCambioCapturo === null ? [] : [['Capturó el tipo de cambio', e.tipoCambioCapturo]]),
    ['Volumen producido', como('volumen', e.totales.volumenProducido)],
    ['Volumen estimado', como('volumen', e.totales.volumenEstimado)],
    ['Importe M.N.', como('importe', e.totales.importeMn)],
    ['Importe USD', como('importe', e.totales.importeUsd)],
    ['Homologado M.N.', como('importe', e.totales.homologado)],
    ['Comentario', e.comentario],
    ['Creó', e.creadoPor ?? 'Sistema'],
    ['Envió', e.enviadoPorNombre],
    ['Enviada el', e.fechaEnvio === null ? null : instanteLocal(e.fechaEnvio)],
    ['Autorizó', e.autorizadoPorNombre],
    ['Fecha de autorización', como('fecha', e.fechaAutorizacion)],
    ['Folio de la factura', e.folioFactura],
    ['Fecha de la factura', como('fecha', e.fechaFactura)],
    ['Fecha de cobro', como('fecha', e.fechaCobro)],
    ['Motivo', e.motivo],
  ]
  return { hoja: 'Resumen', columnas: [texto('Dato', 28), texto('Valor', 60)], filas }
}

function conceptos({ estimacion: { totales }, anexos }: DocumentoDeEstimacion): ContenidoDeLibro {
  const suma = (rotulo: string, mn: Dinero, usd: Dinero): ValorExcel[] => [
    rotulo,
    null,
    null,
    null,
    null,
    null,
    null,
    mn,
    usd,
  ]
  return {
    hoja: 'Conceptos',
    columnas: [
      texto('Anexo', 18),
      texto('Partida', 14),
      texto('Concepto', 60),
      texto('Unidad', 10),
      volumen('Volumen estimado'),
      importe('P.U. M.N.'),
      importe('P.U. USD'),
      importe('Importe M.N.'),
      importe('Importe USD'),
    ],
    filas: [
      ...anexos.flatMap(({ anexo, conceptos: suyos, importeMn, importeUsd }) => [
        ...suyos.map((c): ValorExcel[] => [
          c.anexo,
          c.codigo,
          c.concepto,
          c.unidad,
          c.volumenEstimado,
          precio(c.puMn),
          precio(c.puUsd),
          c.importeMn,
          c.importeUsd,
        ]),
        suma(`Subtotal ${anexo}`, importeMn, importeUsd),
      ]),
      suma('TOTAL', totales.importeMn, totales.importeUsd),
    ],
  }
}

const diferencia = ({ volumenActual, volumenEstimado }: LineaImpresa): Dinero => volumenEstimado.minus(volumenActual)

function detalleDiario({ detalle }: DocumentoDeEstimacion): ContenidoDeLibro {
  return {
    hoja: 'Detalle diario',
    columnas: [
      fecha('Fecha'),
      texto('Sitio'),
      texto('Tipo', 8),
      texto('Partida', 14),
      volumen('Producido'),
      volumen('Estimado'),
      volumen('Diferencia'),
      texto('Comentario', 40),
      texto('Enlace GPU', 40),
    ],
    filas: detalle.map((d): ValorExcel[] => [
      d.fecha,
      d.sitio,
      d.tipoTiempo,
      d.codigo,
      d.volumenActual,
      d.volumenEstimado,
      diferencia(d),
      d.comentario,
      d.enlace,
    ]),
  }
}

function ajustes({ ajustes: lineas }: DocumentoDeEstimacion): ContenidoDeLibro {
  return {
    hoja: 'Ajustes',
    columnas: [
      texto('Anexo', 12),
      texto('Partida', 14),
      texto('Concepto', 60),
      texto('Unidad', 10),
      fecha('Fecha'),
      texto('Sitio'),
      texto('Tipo', 8),
      volumen('Producido'),
      volumen('Estimado'),
      volumen('Diferencia'),
      texto('Rechazada', 12),
      texto('Comentario', 40),
    ],
    filas: lineas.map((d): ValorExcel[] => [
      d.anexo,
      d.codigo,
      d.concepto,
      d.unidad,
      d.fecha,
      d.sitio,
      d.tipoTiempo,
      d.volumenActual,
      d.volumenEstimado,
      diferencia(d),
      d.rechazada ? 'Sí' : '',
      d.comentario,
    ]),
  }
}
