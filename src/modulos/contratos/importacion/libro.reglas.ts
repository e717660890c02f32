/** What is odd in a workbook of prices taken whole, once its rows are known. */
import { claveFolio, plural } from '../../../comun/texto.ts'
import { diceQue, lugar } from '../../../plataforma/excel/encabezado.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { FilaConcepto, HojaDePrecios } from './precios.tipos.ts'

/** Code without the final dots, which some cells lose when they become numbers. */
const sinPunto = (codigo: string): string => claveFolio(codigo).replace(/\.+$/, '')

/**
 * The same concept twice in an annex with codes that differ in a final dot (4.7 and 4.7.): both are loaded, because a
 * code is what its cell shows, and somebody is told.
 */
export function avisarCasiIguales(hojas: readonly HojaDePrecios[], filas: readonly FilaConcepto[]): void {
  const vistas = new Map<string, FilaConcepto>()
  for (const fila of filas) {
    const { anexo, partida, concepto, unidad } = fila.valores
    const hoja = hojas[fila.hoja]
    if (anexo === null || partida === null || hoja === undefined) continue
    const clave = JSON.stringify([anexo, sinPunto(partida), claveFolio(concepto), claveFolio(unidad)])
    const previa = vistas.get(clave)
    if (previa === undefined) {
      vistas.set(clave, fila)
    } else if (claveFolio(previa.valores.partida ?? '') !== claveFolio(partida)) {
      const otra = hojas[previa.hoja]
      const donde =
        otra === undefined
          ? ''
          : `${otra === hoja ? '' : `${otra.encabezado.hoja} `}${lugar(otra.encabezado, previa.fila, 'partida')}`
      fila.advertencias.push(
        diceQue(
          hoja.encabezado,
          fila.fila,
          'partida',
          partida,
          `y en ${donde} está el mismo concepto con el código «${previa.valores.partida ?? ''}». Se cargan los dos.`,
        ),
      )
    }
  }
}

/**
 * The warnings of the workbook: a way of writing an annex that is said in many rows is said once, with how many.
 * @param propias those that are of no row.
 */
export function agruparAvisos(
  hojas: readonly HojaDePrecios[],
  filas: readonly FilaConcepto[],
  propias: readonly Problema[],
): Problema[] {
  const grupos = new Map<string, { primera: Problema; cuantas: number }>()
  const sueltas: Problema[] = []
  const repartir = (aviso: Problema): boolean => {
    if (!/ y se lee como \S+\.$/.test(aviso.mensaje)) return false
    const clave = JSON.stringify([aviso.hoja, aviso.columna, aviso.valor])
    const grupo = grupos.get(clave)
    if (grupo === undefined) grupos.set(clave, { primera: aviso, cuantas: 1 })
    else grupo.cuantas += 1
    return true
  }
  for (const aviso of propias) if (!repartir(aviso)) sueltas.push(aviso)
  for (const { advertencias } of filas) {
    const quedan = advertencias.filter((aviso) => !repartir(aviso))
    advertencias.splice(0, advertencias.length, ...quedan)
  }
  for (const { primera, cuantas } of grupos.values()) {
    const mas = cuantas === 1 ? '' : ` (y en ${plural(cuantas - 1, 'fila más', 'filas más')})`
    sueltas.push({ ...primera, mensaje: `${primera.mensaje.slice(0, -1)}${mas}.` })
  }
  const orden = new Map(hojas.map(({ encabezado }, i) => [encabezado.hoja, i]))
  return sueltas.sort((a, b) => (orden.get(a.hoja) ?? -1) - (orden.get(b.hoja) ?? -1) || a.fila - b.fila)
}
