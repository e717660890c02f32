/** The table of the lineage as a workbook: the same columns and rows as on screen. */
import { leerFechaIso } from '../../../comun/fechas.ts'
import type { ColumnaExcel, ContenidoDeLibro, ValorExcel } from '../../../plataforma/excel/escribir.ts'
import type { DiferenciaVersion, PaginaLinajeOt, VersionLinaje } from '../ot.contrato.ts'

const DIFERENCIA: readonly ColumnaExcel[] = [
  { titulo: 'Inicio (días)', tipo: 'entero' },
  { titulo: 'Término (días)', tipo: 'entero' },
  { titulo: 'Días', tipo: 'entero' },
  { titulo: 'MXN', tipo: 'dinero' },
  { titulo: 'USD', tipo: 'dinero' },
]

const contra = (con: string): ColumnaExcel[] =>
  DIFERENCIA.map(({ titulo, tipo }) => ({ titulo: `${titulo} contra ${con}`, tipo }))

const COLUMNAS: readonly ColumnaExcel[] = [
  { titulo: 'Versión', tipo: 'texto' },
  { titulo: 'Oficio OT', tipo: 'texto' },
  { titulo: 'Inicio', tipo: 'fecha' },
  { titulo: 'Término', tipo: 'fecha' },
  { titulo: 'Días', tipo: 'entero' },
  { titulo: 'MXN', tipo: 'dinero' },
  { titulo: 'USD', tipo: 'dinero' },
  ...contra('la anterior'),
  ...contra('la inicial'),
  { titulo: 'Motivo', tipo: 'texto' },
  { titulo: 'Comentario', tipo: 'texto', ancho: 40 },
  { titulo: 'Estatus', tipo: 'texto' },
]

/** Workbook of what the page shows, the row of the sum included. */
export function libroDeLinaje({ versiones, suma }: Pick<PaginaLinajeOt, 'versiones' | 'suma'>): ContenidoDeLibro {
  const pie =
    suma === null
      ? []
      : [['Suma de las diferencias = última menos inicial', '', null, null, null, null, null, ...diferencia(suma)]]
  return { hoja: 'Linaje', columnas: COLUMNAS, filas: [...versiones.map(fila), ...pie] }
}

function fila(version: VersionLinaje): ValorExcel[] {
  return [
    version.etiqueta,
    version.oficio_ot,
    leerFechaIso(version.inicio ?? ''),
    leerFechaIso(version.termino ?? ''),
    version.dias,
    version.monto_mxn,
    version.monto_usd,
    ...diferencia(version.contra_anterior),
    ...diferencia(version.contra_inicial),
    version.motivo,
    version.comentario,
    version.estatus.texto,
  ]
}

function diferencia(valores: DiferenciaVersion | null): ValorExcel[] {
  if (valores === null) return DIFERENCIA.map(() => null)
  return [valores.inicio, valores.termino, valores.dias, valores.monto_mxn, valores.monto_usd]
}
