/** What the commands of every import say and how they end (contract.md §4); the work is of the service. */
import { DatosInvalidos } from '../../comun/errores.ts'
import { plural } from '../../comun/texto.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import type { ClaseImportacion } from './importacion.clase.ts'
import { exigirOpciones } from './importacion.pagina.service.ts'
import type { InformeBase, OpcionesElegidas, Problema, ResumenDeshacerBase } from './importacion.tipos.ts'
import { fraseDeshacer, type Voz } from './importacion.vista.ts'

export { analizar, aplicar, claseDeLote, deshacerLote, escribirRechazadas, firmar } from './importacion.service.ts'
export type { ClaseImportacion, OpcionDeClase } from './importacion.clase.ts'
export type { InformeBase, OpcionesElegidas, ResumenDeshacerBase } from './importacion.tipos.ts'

/** Problems of each kind that the terminal shows; the report has them all. */
const MAXIMO_EN_PANTALLA = 20

/** `crear_ptes` as it is typed in a terminal: `crear-ptes`. */
export const comoOpcion = (clave: string): string => clave.replaceAll('_', '-')

/** @throws DatosInvalidos when a choice is missing or there is no such value, naming the option as it is typed. */
export async function exigirOpcionesDeComando(
  ctx: CtxLectura,
  clase: ClaseImportacion,
  elegidas: OpcionesElegidas,
): Promise<void> {
  for (const { clave, valores, obligatoria } of clase.opciones) {
    if (valores !== undefined && obligatoria === true && (elegidas[clave] ?? '') === '')
      throw new DatosInvalidos(`Falta la opción --${comoOpcion(clave)}=VALOR.`)
  }
  await exigirOpciones(ctx, clase, elegidas)
}

/** 0 all in (or already there), 1 some rejected, 2 nothing imported and something wrong. */
export function codigoDeSalida<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
  todoONada: boolean,
): 0 | 1 | 2 {
  const { rechazadas } = voz.hechos(informe)
  if (rechazadas === 0) return 0
  if (informe.simulado) return 1
  return todoONada || rechazadas === informe.filas ? 2 : 1
}

/** The report for a person. */
export function lineasDelInforme<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  informe: I,
): string[] {
  const { simulado } = informe
  // What is told of a kind beside the one the import is about: the PTEs of an import of OTs.
  const [, ...otros] = voz.hechos(informe).creados
  return [
    `${informe.archivo}: ${plural(informe.filas, 'fila', 'filas')} en ${String(informe.segundos)} s`,
    ...voz
      .renglones(informe)
      .map(
        ({ texto, conteo: c }) =>
          `  ${texto.padEnd(17)} ${String(c.total).padStart(6)}: ${simulado ? 'se crearían' : 'creadas'} ${String(c.creadas)}, ${simulado ? 'cambiarían' : 'actualizadas'} ${String(c.actualizadas)}, sin cambio ${String(c.sin_cambio)}, rechazadas ${String(c.rechazadas)}`,
      ),
    ...otros
      .filter(({ n }) => n > 0)
      .map(({ n, que }) => `  ${que.varios} ${que.genero === 'f' ? 'nuevas' : 'nuevos'}: ${String(n)}.`),
    ...lineasDeProblemas('Errores', informe.errores),
    ...lineasDeProblemas('Advertencias', informe.advertencias),
    ...cierre(voz, informe),
  ]
}

function lineasDeProblemas(titulo: string, problemas: readonly Problema[]): string[] {
  if (problemas.length === 0) return []
  const mas = problemas.length - MAXIMO_EN_PANTALLA
  return [
    `${titulo}: ${String(problemas.length)}`,
    ...problemas.slice(0, MAXIMO_EN_PANTALLA).map((problema) => `  ${lugarDe(problema)}${problema.mensaje}`),
    ...(mas > 0 ? [`  … y ${String(mas)} más; --informe=RUTA los da todos.`] : []),
  ]
}

/** «hoja Anexo C-4, fila 9: »; nothing when it is about a whole sheet or the workbook: the message names it. */
function lugarDe({ hoja, fila }: Problema): string {
  if (fila === 0) return ''
  return `${hoja === '' ? '' : `hoja ${hoja}, `}fila ${String(fila)}: `
}

function cierre<I extends InformeBase, R extends ResumenDeshacerBase>(voz: Voz<I, R>, informe: I): string[] {
  const { lote, simulado, filas } = informe
  if (simulado) return ['Solo se analizó: no se escribió nada.']
  if (lote !== null) return [`Lote ${String(lote)}. Se deshace con: npm run deshacer-importacion -- ${String(lote)}`]
  const { rechazadas } = voz.hechos(informe)
  if (rechazadas === 0) return ['Todo estaba ya en el sistema: no se cambió nada.']
  return [
    rechazadas === filas
      ? 'No se importó nada.'
      : 'Lo que se puede importar ya estaba en el sistema: no se cambió nada.',
  ]
}

/** What undoing did, for a person. */
export function lineasDeDeshacer<I extends InformeBase, R extends ResumenDeshacerBase>(
  voz: Voz<I, R>,
  resumen: R,
): string[] {
  const { conservadas } = resumen
  return [
    fraseDeshacer(voz, resumen),
    ...(conservadas.length > 0 ? [`Se conservó lo que alguien cambió después (${String(conservadas.length)}):`] : []),
    ...conservadas.map(({ folio, motivo }) => `  ${folio}: ${motivo}`),
  ]
}
