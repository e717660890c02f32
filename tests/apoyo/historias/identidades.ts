/** What must hold of the rows that the database tells, whatever the model says: billed ≤ produced, each unit in one place, numbers in a row. */
import { decimal } from './modelo.ts'
import { millonesimas } from './escena.ts'

const PRODUCCION = /^producción (\S+) (\S+) estimado (\S+) /
const CABECERA = /^EST-(\d+) (\S+) /
const LINEA = /^línea EST-(\d+) (\S+) \S+ (\S+) a \S+ \S+( rechazada)? «/

/** @returns what does not hold. */
export function identidades(filas: readonly string[]): string[] {
  const estatus = new Map<string, string>()
  for (const fila of filas) {
    const [, numero, cual] = CABECERA.exec(fila) ?? []
    if (numero !== undefined && cual !== undefined) estatus.set(numero, cual)
  }
  const porLugar = new Map<string, Map<string, bigint>>()
  for (const fila of filas) {
    const [, numero = '', nombre = '', estimado = '0', rechazada] = LINEA.exec(fila) ?? []
    const cual = estatus.get(numero)
    if (cual === undefined || cual === 'CANCELADA' || rechazada !== undefined) continue
    const lugares = porLugar.get(nombre) ?? new Map<string, bigint>()
    lugares.set(cual, (lugares.get(cual) ?? 0n) + millonesimas(estimado))
    porLugar.set(nombre, lugares)
  }
  const faltas: string[] = []
  for (const fila of filas) {
    const [, nombre = '', producido = '0', acumulado = '0'] = PRODUCCION.exec(fila) ?? []
    if (nombre === '') continue
    const enLugares = [...(porLugar.get(nombre)?.values() ?? [])].reduce((suma, uno) => suma + uno, 0n)
    porLugar.delete(nombre)
    const saldo = millonesimas(producido) - enLugares
    if (saldo < 0n) faltas.push(`${nombre}: more billed than produced`)
    if (decimal(enLugares, 6) !== acumulado)
      faltas.push(`${nombre}: accumulates ${acumulado}, its live lines ${decimal(enLugares, 6)}`)
  }
  if (porLugar.size > 0) faltas.push(`billed and not produced: ${[...porLugar.keys()].join(', ')}`)
  const numeros = [...estatus.keys()].map(Number).sort((a, b) => a - b)
  if (numeros.some((numero, i) => numero !== i + 1)) faltas.push(`numbers: ${numeros.join(', ')}`)
  return faltas
}
