/** Programme against production as a document: the chart of the page and its tables. Pure. */
import type { TableCell } from 'pdfmake/interfaces.js'
import { dinero, textoPlano } from '../../../comun/dinero.ts'
import { instanteLocal } from '../../../comun/fechas.ts'
import type { DocumentoPdf } from '../../../plataforma/pdf/pdf.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import { opcionesDeAvance } from './grafica.contrato.ts'
import { aLaDerecha, ANCHO_HORIZONTAL, cabezas, cifra } from '../../../plataforma/pdf/piezas.ts'
import { porcentaje } from './programa.reglas.ts'
import type { ConceptoDePrograma, ProgramaContraProduccion } from './programa.tipos.ts'

const TITULO = 'Programado contra producido'

/** The whole document. */
export function documentoDelPrograma(programa: ProgramaContraProduccion): DocumentoPdf {
  const { ot, mes, partida, serie, conceptos, generado, usuario } = programa
  const periodo = mes === null ? 'toda la OT, por mes' : nombreDelMes(mes.mes, mes.anio).toLowerCase()
  const alcance =
    partida === null ? `todas las partidas, en ${serie.unidad}` : `partida ${partida.codigo}, en ${serie.unidad}`
  return {
    titulo: `${TITULO} · ${ot.folio} · ${periodo}`,
    asunto: `${ot.folio}: ${alcance}`,
    referencia: `${ot.folio} · ${periodo}`,
    creado: generado,
    pie: `Generado el ${instanteLocal(generado)} por ${usuario}`,
    horizontal: true,
    imagenes: {},
    contenido: [
      { text: TITULO, style: 'titulo' },
      { text: `${ot.folio} · ${periodo}`, style: 'bajada' },
      { text: ot.descripcion, style: 'celda', margin: [0, 4, 0, 0] },
      ...(partida
        ? [
            {
              text: `${partida.codigo} ${partida.concepto}`,
              style: 'celda',
              margin: [0, 4, 0, 0] as [number, number, number, number],
            },
          ]
        : []),
      {
        titulo: `Del periodo y acumulado: ${alcance}`,
        grafica: opcionesDeAvance(serie),
        ancho: ANCHO_HORIZONTAL,
        alto: 220,
      },
      { text: 'Cifras', style: 'seccion' },
      {
        table: {
          headerRows: 1,
          widths: ['*', 120, 120, 110, 120, 120],
          body: [
            cabezas(
              ['Periodo', 'Programado', 'Producido', 'Diferencia', 'Programado acumulado', 'Producido acumulado'],
              5,
            ),
            ...serie.periodos.map((_, i) => filaDePeriodo(programa, i)),
          ],
        },
        layout: 'rayas',
      },
      { text: 'Por partida', style: 'seccion' },
      {
        table: {
          headerRows: 1,
          dontBreakRows: true,
          widths: ['*', 34, 80, 80, 80, 80, 52],
          body: [
            cabezas(
              [
                'Partida y concepto',
                'Unidad',
                'Autorizado',
                'Programado',
                'Producido',
                'Diferencia',
                'Producido / autorizado',
              ],
              5,
            ),
            ...conceptos.map(filaDeConcepto),
          ],
        },
        layout: 'rayas',
      },
    ],
  }
}

function filaDePeriodo({ serie }: ProgramaContraProduccion, i: number): TableCell[] {
  const decimales = serie.programado[i]?.split('.')[1]?.length ?? 2
  const resta = textoPlano(dinero(serie.producido[i] ?? '0').minus(serie.programado[i] ?? '0'), decimales)
  const valores = [
    serie.programado[i],
    serie.producido[i],
    resta,
    serie.programadoAcumulado[i],
    serie.producidoAcumulado[i],
  ]
  return [{ text: serie.periodos[i] ?? '', style: 'celda' }, ...valores.map((valor) => aLaDerecha(cifra(valor ?? '')))]
}

function filaDeConcepto({
  codigo,
  concepto,
  unidad,
  autorizado,
  programado,
  producido,
}: ConceptoDePrograma): TableCell[] {
  const volumenes = [autorizado, programado, producido, producido.minus(programado)]
  return [
    { style: 'celda', text: [{ text: `${codigo}  `, bold: true }, { text: concepto }] },
    { text: unidad, style: 'celda' },
    ...volumenes.map((volumen) => aLaDerecha(cifra(textoPlano(volumen, 6)))),
    aLaDerecha(porcentaje(producido, autorizado)),
  ]
}
