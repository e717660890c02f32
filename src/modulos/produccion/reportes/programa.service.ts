/** Programme against production of an OT: the figures of its page, and the same as files (issue C §3). */
import { NoEncontrado } from '../../../comun/errores.ts'
import type { FechaIso } from '../../../comun/fechas.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import { exportarHojas, nombreDeArchivo, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import { descargaPdf, dibujarPdf } from '../../../plataforma/pdf/pdf.ts'
import { ordenDeConceptos } from '../captura/orden.contrato.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import { limitesDelMes } from '../vigencia/vigencia.reglas.ts'
import { anotar, exigirOt } from './mensual.service.ts'
import { hojasDelPrograma } from './programa.excel.ts'
import { documentoDelPrograma } from './programa.pdf.ts'
import { conPrograma, diasSeguidos, mesesSeguidos, serieDePrograma } from './programa.reglas.ts'
import type { ProgramaContraProduccion } from './programa.tipos.ts'
import * as repo from './reportes.repo.ts'
import type { PedidoDePrograma } from './reportes.schema.ts'

/** @throws DatosInvalidos, NoEncontrado. */
export async function programaContraProduccion(
  ctx: Contexto,
  pedido: PedidoDePrograma,
): Promise<ProgramaContraProduccion> {
  const ot = await exigirOt(ctx, pedido.id_ot)
  const mes = pedido.mes === null || pedido.anio === null ? null : { mes: pedido.mes, anio: pedido.anio }
  const rango = mes === null ? null : limitesDelMes(mes.mes, mes.anio)
  const todos = await repo.listarConceptosDePrograma(ctx.bd, ot.id, rango)
  const partida = pedido.partida === null ? null : (todos.find(({ id }) => id === pedido.partida) ?? null)
  if (pedido.partida !== null && partida === null) throw new NoEncontrado('La partida no es de esta OT.')
  const periodos = await repo.listarPeriodos(ctx.bd, ot.id, partida?.id ?? null, rango)
  const seguidos: FechaIso[] = mes === null ? mesesSeguidos(periodos) : diasSeguidos(mes.anio, mes.mes)
  const medida = partida
    ? ({ cual: 'volumen', unidad: partida.unidad } as const)
    : { cual: pedido.medida, unidad: pedido.medida === 'mn' ? 'M.N.' : 'USD' }
  return {
    ot,
    mes,
    partida,
    serie: serieDePrograma(periodos, seguidos, medida, mes !== null),
    conceptos: todos.filter(conPrograma).sort((a, b) => ordenDeConceptos(a.orden, b.orden)),
    generado: ctx.ahora,
    usuario: ctx.usuario?.nombre ?? 'Sistema',
  }
}

/** OTs that the page of reports offers. */
export const otsDeReportes = (ctx: Contexto): Promise<{ id: number; folio: string }[]> => repo.listarOtsConAnexo(ctx.bd)

/** The comparison as a file; it is logged before the first byte leaves. */
export async function exportarPrograma(
  ctx: Contexto,
  { formato, ...pedido }: PedidoDePrograma & { formato: string },
): Promise<Exportacion> {
  const programa = await programaContraProduccion(ctx, pedido)
  const cuando =
    programa.mes === null ? '' : `-${String(programa.mes.anio)}-${String(programa.mes.mes).padStart(2, '0')}`
  const nombre = `Programa-Produccion-${nombreDeArchivo(programa.ot.folio)}${cuando}`
  const archivo: Exportacion =
    formato === 'pdf'
      ? descargaPdf(nombre, await dibujarPdf(documentoDelPrograma(programa)))
      : exportarHojas(nombre, hojasDelPrograma(programa))
  const periodo = programa.mes === null ? 'toda la OT' : nombreDelMes(programa.mes.mes, programa.mes.anio).toLowerCase()
  await anotar(ctx, `programado contra producido de la OT: ${programa.ot.folio}, ${periodo}, en ${archivo.nombre}`)
  return archivo
}
