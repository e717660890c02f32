/** What was typed and not saved, kept in this browser per order, site, month and type: an expired session or a closed tab loses nothing. */
import { borrarBorrador, guardarBorrador, leerBorrador } from '../../comun/borradores.ts'
import type { CeldaDeBorrador } from '../../componentes/captura/hoja.ts'
import type { LugarDeCaptura } from './_captura-estado.ts'

const FORMA = 'produccion'
const SEPARADOR = '\u0000'

/** A cell as it was left: over which value of the server it was typed. */
export interface CeldaGuardada extends CeldaDeBorrador {
  readonly anterior: string
}

const registroDe = (idOt: number, { sitio, anio, mes, tipo }: LugarDeCaptura): string =>
  [idOt, sitio, anio, mes, tipo].map(String).join('|')

/** Keeps the cells of an order; none removes what was kept. */
export function guardarCeldas(idOt: number, lugar: LugarDeCaptura, celdas: readonly CeldaGuardada[]): void {
  const registro = registroDe(idOt, lugar)
  if (celdas.length === 0) {
    borrarBorrador(FORMA, registro)
    return
  }
  const valores = celdas.map(({ clave, columna, texto, anterior }) => [
    `${clave}${SEPARADOR}${columna}`,
    `${anterior}${SEPARADOR}${texto}`,
  ])
  guardarBorrador(FORMA, registro, Object.fromEntries(valores) as Record<string, string>)
}

export function leerCeldas(idOt: number, lugar: LugarDeCaptura): { celdas: CeldaGuardada[]; cuando: string } | null {
  const borrador = leerBorrador(FORMA, registroDe(idOt, lugar))
  if (borrador === null) return null
  const celdas = Object.entries(borrador.valores).map(([celda, valor]): CeldaGuardada => {
    const [clave = '', columna = ''] = celda.split(SEPARADOR)
    const [anterior = '', texto = ''] = valor.split(SEPARADOR)
    return { clave, columna, texto, anterior }
  })
  return celdas.length === 0 ? null : { celdas, cuando: borrador.cuando }
}
