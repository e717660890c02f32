import { textoDinero, type Dinero } from '../../comun/dinero.ts'
import { aDdMmAaaa, instanteLocal, type FechaIso } from '../../comun/fechas.ts'
import type {
  CambioAuditado,
  EntidadAuditada,
  EventoAuditado,
  Referencia,
  TipoCampo,
  ValorAuditado,
} from './auditoria.tipos.ts'

const MAXIMO_TEXTO = 2000

/** How a value is printed in the log (core.md §9.3.3). */
export function imprimirValor(tipo: TipoCampo, valor: ValorAuditado): string {
  if (valor === null || valor === undefined || valor === '') return ''
  switch (tipo) {
    case 'fecha':
      return aDdMmAaaa(valor as FechaIso)
    case 'instante':
      return instanteLocal(valor as Date).slice(0, 16)
    case 'dinero':
      return textoDinero(valor as Dinero)
    case 'decimal':
      return (valor as Dinero).toFixed()
    case 'booleano':
      return valor === true ? 'Sí' : 'No'
    case 'referencia':
      return (valor as Referencia).texto
    case 'entero':
    case 'texto':
      // The cut must not leave half a character: the database refuses it in JSON.
      return (valor as string | number)
        .toString()
        .slice(0, MAXIMO_TEXTO)
        .replace(/\p{Cs}$/u, '')
  }
}

/** Equality on typed values: 10 and 10.00 are equal, null and '' are equal (core.md §9.3.3). */
export function sonIguales(tipo: TipoCampo, a: ValorAuditado, b: ValorAuditado): boolean {
  const vacioA = a === null || a === undefined || a === ''
  const vacioB = b === null || b === undefined || b === ''
  if (vacioA || vacioB) return vacioA && vacioB
  switch (tipo) {
    case 'dinero':
    case 'decimal':
      return (a as Dinero).equals(b as Dinero)
    case 'referencia':
      return (a as Referencia).id === (b as Referencia).id
    case 'instante':
      return (a as Date).getTime() === (b as Date).getTime()
    default:
      return a === b
  }
}

/** One row per field that really changed (MODIFICAR unless the action has its own event); none when nothing did (core.md §9.3). */
export function diferencias<T extends Record<string, ValorAuditado>>(
  entidad: EntidadAuditada<T>,
  cambio: CambioAuditado<T>,
): EventoAuditado[] {
  return Object.entries(entidad.campos).flatMap(
    ([clave, { etiqueta, tipo }]: [string, { etiqueta: string; tipo: TipoCampo }]) => {
      const antes = cambio.antes[clave]
      const despues = cambio.despues[clave]
      if (sonIguales(tipo, antes, despues)) return []
      return [
        {
          tabla: entidad.tabla,
          registroId: cambio.registroId,
          evento: cambio.evento ?? 'MODIFICAR',
          campo: etiqueta,
          campoClave: clave,
          anterior: imprimirValor(tipo, antes),
          actual: imprimirValor(tipo, despues),
          detalle: cambio.detalle,
          ...(cambio.version === undefined ? {} : { version: cambio.version }),
        },
      ]
    },
  )
}
