/** What the commands of the historical import say and how they end (contract.md §4); the work is of the service. */
import { plural } from '../../../comun/texto.ts'
import type { Informe, Problema, ResumenDeshacer } from './importacion.tipos.ts'

export {
  analizarImportacion,
  aplicarImportacion,
  deshacerLote,
  escribirRechazadas,
  firmar,
} from './importacion.service.ts'

/** Problems of each kind that the terminal shows; the report has them all. */
const MAXIMO_EN_PANTALLA = 20

/** Rows that did not, or would not, go in. */
export function rechazadasDe({ iniciales, reprogramaciones, otras }: Informe): number {
  return iniciales.rechazadas + reprogramaciones.rechazadas + otras.rechazadas
}

/** 0 all in (or already there), 1 some rejected, 2 nothing imported and something wrong. */
export function codigoDeSalida(informe: Informe, todoONada: boolean): 0 | 1 | 2 {
  const rechazadas = rechazadasDe(informe)
  if (rechazadas === 0) return 0
  if (informe.simulado) return 1
  return todoONada || rechazadas === informe.filas ? 2 : 1
}

/** The report for a person. */
export function lineasDelInforme(informe: Informe): string[] {
  const { iniciales, reprogramaciones, otras, simulado } = informe
  const linea = (nombre: string, c: Informe['iniciales']): string =>
    `  ${nombre.padEnd(17)} ${String(c.total).padStart(6)}: ${simulado ? 'se crearían' : 'creadas'} ${String(c.creadas)}, ${simulado ? 'cambiarían' : 'actualizadas'} ${String(c.actualizadas)}, sin cambio ${String(c.sin_cambio)}, rechazadas ${String(c.rechazadas)}`
  return [
    `${informe.archivo}: ${plural(informe.filas, 'fila', 'filas')} en ${String(informe.segundos)} s`,
    linea('Iniciales', iniciales),
    linea('Reprogramaciones', reprogramaciones),
    ...(otras.total > 0
      ? [`  Otras             ${String(otras.total).padStart(6)}: rechazadas ${String(otras.rechazadas)}`]
      : []),
    ...(informe.ptes_creadas > 0 ? [`  PTE nuevas: ${String(informe.ptes_creadas)}.`] : []),
    ...lineasDeProblemas('Errores', informe.errores),
    ...lineasDeProblemas('Advertencias', informe.advertencias),
    ...cierre(informe),
  ]
}

function lineasDeProblemas(titulo: string, problemas: readonly Problema[]): string[] {
  if (problemas.length === 0) return []
  const mas = problemas.length - MAXIMO_EN_PANTALLA
  return [
    `${titulo}: ${String(problemas.length)}`,
    ...problemas.slice(0, MAXIMO_EN_PANTALLA).map(({ fila, mensaje }) => `  fila ${String(fila)}: ${mensaje}`),
    ...(mas > 0 ? [`  … y ${String(mas)} más; --informe=RUTA los da todos.`] : []),
  ]
}

function cierre(informe: Informe): string[] {
  const { lote, simulado, filas } = informe
  if (simulado) return ['Solo se analizó: no se escribió nada.']
  if (lote !== null) return [`Lote ${String(lote)}. Se deshace con: npm run deshacer-importacion -- ${String(lote)}`]
  const rechazadas = rechazadasDe(informe)
  if (rechazadas === 0) return ['Todo estaba ya en el sistema: no se cambió nada.']
  return [
    rechazadas === filas
      ? 'No se importó nada.'
      : 'Lo que se puede importar ya estaba en el sistema: no se cambió nada.',
  ]
}

/** What undoing did, for a person. */
export function lineasDeDeshacer({
  lote,
  ots_borradas,
  ots_restauradas,
  ptes_borradas,
  conservadas,
}: ResumenDeshacer): string[] {
  return [
    `Se deshizo el lote ${String(lote)}: ${plural(ots_borradas, 'OT eliminada', 'OT eliminadas')}, ${plural(ots_restauradas, 'OT devuelta', 'OT devueltas')} a como estaba, ${plural(ptes_borradas, 'PTE eliminada', 'PTE eliminadas')}.`,
    ...(conservadas.length > 0 ? [`Se conservó lo que alguien cambió después (${String(conservadas.length)}):`] : []),
    ...conservadas.map(({ folio, motivo }) => `  ${folio}: ${motivo}`),
  ]
}
