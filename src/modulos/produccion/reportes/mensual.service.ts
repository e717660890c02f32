/** Monthly reports and the sábana as files (produccion.md §6.16, issue C §3). One source of figures: the sábana. */
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import {
  exportarContenido,
  exportarHojas,
  nombreDeArchivo,
  type Exportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import { sitiosPorId } from '../../catalogos/index.ts'
import { sabanaDe } from '../captura/sabana.service.ts'
import { guardiasDelMes } from '../guardias/guardias.service.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import { limitesDelMes, seTocan } from '../vigencia/vigencia.reglas.ts'
import { otsVigentes, vigenciaEnSitio } from '../vigencia/vigencia.service.ts'
import { hojaDeSabana, hojasDelMensual } from './mensual.excel.ts'
import { documentoMensual } from './mensual.pdf.ts'
import * as repo from './reportes.repo.ts'
import type { ConsultaDeReporte, ConsultaDeSabana } from './reportes.schema.ts'
import type { OtDeReporte, ReporteMensual, SeccionMensual } from './reportes.tipos.ts'

interface Mes {
  readonly mes: number
  readonly anio: number
}

/** @throws DatosInvalidos when the month is not whole. */
export function exigirMes({ mes, anio }: { mes: number | null; anio: number | null }): Mes {
  if (mes !== null && anio !== null) return { mes, anio }
  const campos = {
    ...(mes === null ? { mes: 'Elige el mes.' } : {}),
    ...(anio === null ? { anio: 'Elige el año.' } : {}),
  }
  throw new DatosInvalidos('Elige el mes y el año del reporte.', { campos })
}

/** @throws NoEncontrado. */
export async function exigirOt(ctx: Contexto, idOt: number | null): Promise<OtDeReporte> {
  if (idOt === null) throw new DatosInvalidos('Elige la OT del reporte.', { campos: { id_ot: 'Elige la OT.' } })
  const ot = await repo.buscarOtDeReporte(ctx.bd, idOt)
  if (ot === null) throw new NoEncontrado('OT no encontrada')
  return ot
}

/** @throws NoEncontrado. */
export async function exigirSitio(ctx: Contexto, idSitio: number): Promise<{ id: number; nombre: string }> {
  const sitio = (await sitiosPorId(ctx, [idSitio])).get(idSitio)
  if (!sitio) throw new NoEncontrado('El frente no existe.')
  return { id: sitio.id, nombre: sitio.descripcion }
}

/** An OT at a site in a month, with what a document says around its sábana. @throws NoEncontrado. */
async function seccion(
  ctx: Contexto,
  ot: OtDeReporte,
  sitio: { id: number; nombre: string },
  { mes, anio }: Mes,
): Promise<SeccionMensual> {
  const sabana = await sabanaDe(ctx, { idOt: ot.id, idSitio: sitio.id, mes, anio, tipo: 'TE' })
  if (sabana === null) throw new NoEncontrado('OT no encontrada')
  const ventana = (await vigenciaEnSitio(ctx, ot.id, sitio.id))?.ventana ?? null
  return {
    ot,
    sitio,
    vigencia: ventana === null ? '' : `del ${aDdMmAaaa(ventana.inicio)} al ${aDdMmAaaa(ventana.fin)}`,
    sabana,
    guardias: await guardiasDelMes(ctx, sitio.id, anio, mes),
  }
}

/** Sites of the report of an OT: the one asked for, or those where it is in force or produced in the month. */
async function sitiosDeOt(
  ctx: Contexto,
  ot: OtDeReporte,
  idSitio: number | null,
  { mes, anio }: Mes,
): Promise<number[]> {
  if (idSitio !== null) return [idSitio]
  const delMes = limitesDelMes(mes, anio)
  const elegidos = new Set(await repo.listarSitiosDeProduccion(ctx.bd, ot.id, anio, mes))
  for (const id of ot.sitios) {
    const ventana = (await vigenciaEnSitio(ctx, ot.id, id))?.ventana
    if (ventana && seTocan(ventana, delMes)) elegidos.add(id)
  }
  return [...elegidos].sort((a, b) => a - b)
}

/** The report of an OT at its sites, or of a site with its OTs. @throws DatosInvalidos, NoEncontrado. */
export async function reporteMensual(
  ctx: Contexto,
  pedido: Omit<ConsultaDeReporte, 'formato'>,
): Promise<ReporteMensual> {
  const mes = exigirMes(pedido)
  const comun = { ...mes, generado: ctx.ahora, usuario: ctx.usuario?.nombre ?? 'Sistema' }
  if (pedido.id_ot !== null) {
    const ot = await exigirOt(ctx, pedido.id_ot)
    const secciones: SeccionMensual[] = []
    for (const id of await sitiosDeOt(ctx, ot, pedido.id_sitio, mes))
      secciones.push(await seccion(ctx, ot, await exigirSitio(ctx, id), mes))
    return { clase: 'ot', sujeto: ot.folio, secciones, ...comun }
  }
  if (pedido.id_sitio === null) throw new DatosInvalidos('Elige la OT o el frente del reporte.')
  const sitio = await exigirSitio(ctx, pedido.id_sitio)
  const vigentes = (await otsVigentes(ctx, { idSitio: sitio.id, ...mes })).map(({ idOt }) => idOt)
  const produjeron = await repo.listarOtsDeProduccion(ctx.bd, sitio.id, mes.anio, mes.mes)
  const secciones: SeccionMensual[] = []
  for (const id of new Set([...vigentes, ...produjeron]))
    secciones.push(await seccion(ctx, await exigirOt(ctx, id), sitio, mes))
  return { clase: 'sitio', sujeto: sitio.nombre, secciones, ...comun }
}

/** The report as a file; it is logged before the first byte leaves. */
export async function exportarMensual(ctx: Contexto, pedido: ConsultaDeReporte): Promise<Exportacion> {
  const reporte = await reporteMensual(ctx, pedido)
  const nombre = `Reporte-Produccion-${nombreDeArchivo(reporte.sujeto)}-${mesDeArchivo(reporte)}`
  const archivo =
    pedido.formato === 'pdf'
      ? descargaPdf(nombre, await dibujarPdf(documentoMensual(reporte)))
      : exportarHojas(nombre, hojasDelMensual(reporte))
  const que = reporte.clase === 'ot' ? 'de la OT' : 'del frente'
  await anotar(ctx, `el reporte mensual ${que}: ${reporte.sujeto}, ${enPalabras(reporte)}, en ${archivo.nombre}`)
  return archivo
}

/** The sábana of an OT at a site with TE and CMA (§6.16). @throws DatosInvalidos, NoEncontrado. */
export async function exportarSabana(ctx: Contexto, pedido: ConsultaDeSabana): Promise<Exportacion> {
  const mes = exigirMes(pedido)
  const ot = await exigirOt(ctx, pedido.id_ot)
  if (pedido.id_sitio === null)
    throw new DatosInvalidos('Elige el frente.', { campos: { id_sitio: 'Elige el frente.' } })
  const suya = await seccion(ctx, ot, await exigirSitio(ctx, pedido.id_sitio), mes)
  const nombre = `Sabana-Produccion-${nombreDeArchivo(ot.folio)}-${mesDeArchivo(mes)}`
  const archivo = exportarContenido(pedido.formato, nombre, hojaDeSabana(suya, mes.anio, mes.mes))
  await anotar(ctx, `la sábana de la OT: ${ot.folio} en ${suya.sitio.nombre}, ${enPalabras(mes)}, en ${archivo.nombre}`)
  return archivo
}

export const mesDeArchivo = ({ mes, anio }: Mes): string => `${String(anio)}-${String(mes).padStart(2, '0')}`
export const enPalabras = ({ mes, anio }: Mes): string => nombreDelMes(mes, anio).toLowerCase()

/** Row of the log of a report, in a transaction of its own: the file is written after it. */
export function anotar(ctx: Contexto, detalle: string): Promise<void> {
  return registrarExportacion(ctx, { tabla: TABLA_LOG.PRODUCCION, registroId: null, detalle })
}
