/** The grid of the tab GPU's as a workbook, `Tablero_GPUs` (produccion.md §7.6). */
import type { Contexto } from '../../../plataforma/contexto.ts'
import type { ContenidoDeLibro } from '../../../plataforma/excel/escribir.ts'
import { exportarContenido, nombreDeArchivo, type Exportacion } from '../../../plataforma/exportar-tabla.ts'
import type { CeldaGpu, GridGpu } from '../gpu/gpu.contrato.ts'
import { gridDelMes } from '../gpu/gpu.service.ts'
import { anotar, enPalabras, exigirMes, exigirOt, exigirSitio, mesDeArchivo } from './mensual.service.ts'
import type { ConsultaDeTablero } from './reportes.schema.ts'

const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)

/** @throws DatosInvalidos, NoEncontrado. */
export async function exportarTablero(ctx: Contexto, pedido: ConsultaDeTablero): Promise<Exportacion> {
  const mes = exigirMes(pedido)
  const ot = await exigirOt(ctx, pedido.id_ot)
  const sitio = pedido.id_sitio === null ? null : await exigirSitio(ctx, pedido.id_sitio)
  const grid = await gridDelMes(ctx, { id_ot: ot.id, id_sitio: sitio?.id ?? null, ...mes })
  const nombre = `Tablero_GPUs-${nombreDeArchivo(ot.folio)}-${mesDeArchivo(mes)}`
  const archivo = exportarContenido('xlsx', nombre, hojaDeGpus(grid))
  const donde = sitio === null ? 'todos sus frentes' : sitio.nombre
  await anotar(ctx, `los GPU de la OT: ${ot.folio} en ${donde}, ${enPalabras(mes)}, en ${archivo.nombre}`)
  return archivo
}

function hojaDeGpus({ data }: GridGpu): ContenidoDeLibro {
  return {
    hoja: 'Tablero_GPUs',
    columnas: [
      { titulo: 'Partida', tipo: 'texto', ancho: 14 },
      { titulo: 'Concepto', tipo: 'texto', ancho: 60 },
      { titulo: 'Anexo', tipo: 'texto', ancho: 10 },
      { titulo: 'Unidad', tipo: 'texto', ancho: 10 },
      ...DIAS.map((dia) => ({ titulo: String(dia), tipo: 'texto' as const, ancho: 20 })),
    ],
    filas: data.map((fila) => [
      fila.codigo,
      fila.descripcion,
      fila.anexo,
      fila.unidad,
      ...DIAS.map((dia) => textoDeCelda(fila[`dia_${dia}`] ?? null)),
    ]),
  }
}

/** What the cell of the grid says: its least advanced status and, when it has several GPUs, how many. */
function textoDeCelda(celda: CeldaGpu | null): string {
  if (celda === null) return ''
  const { length: cuantos } = celda.registros
  return cuantos > 1 ? `${celda.estatus_texto} (${String(cuantos)} registros)` : celda.estatus_texto
}
