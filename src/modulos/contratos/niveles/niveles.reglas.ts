/** Rules of contracts, annexes and sub-annexes (catalogos.md §7). Pure. */
import { dinero, redondear, type Dinero } from '../../../comun/dinero.ts'
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { ClaveNivel } from './niveles.contrato.ts'
import type { Enviado } from './niveles.schema.ts'
import type { Nivel, Registro, Valor } from './niveles.tipos.ts'

export type Valores = Readonly<Record<string, Valor>>

function rechazar(faltas: readonly (readonly [string, string])[]): void {
  const [primera] = faltas
  if (primera === undefined) return
  throw new DatosInvalidos(primera[1], { tipoAviso: 'advertencia', campos: Object.fromEntries(faltas) })
}

/** Everything required that has nothing, in the order of the form. @throws DatosInvalidos with `campos`. */
export function exigirObligatorios({ campos }: Nivel, enviado: Enviado, alta: boolean): void {
  rechazar(
    campos.flatMap(({ nombre, obligatorio }) => {
      const falta = enviado[nombre] === null || (alta && enviado[nombre] === undefined)
      return falta && obligatorio !== null ? [[nombre, obligatorio] as const] : []
    }),
  )
}

/** What a field holds when a new record does not say. */
function porDefecto(campo: Nivel['campos'][number]): Valor | undefined {
  if (campo.clase === 'importe' || campo.clase === 'cantidad') return '0.00'
  return campo.clase === 'opcion' ? campo.porDefecto : undefined
}

/** What came, with the default of what did not. */
export function completar({ campos }: Nivel, enviado: Enviado): Enviado {
  return Object.fromEntries(
    campos.map((campo) => {
      const valor = enviado[campo.nombre]
      return [campo.nombre, valor === undefined ? porDefecto(campo) : valor]
    }),
  )
}

/** The record as it will be: what did not come stays. */
export function aplicar({ campos }: Nivel, actual: Valores, enviado: Enviado): Valores {
  return Object.fromEntries(
    campos.map(({ nombre }) => {
      const valor = enviado[nombre]
      return [nombre, valor === undefined ? (actual[nombre] ?? null) : valor]
    }),
  )
}

/** Whether a record would stay as it is. */
export function sonIguales({ campos }: Nivel, antes: Valores, despues: Valores): boolean {
  return campos.every(({ nombre }) => (antes[nombre] ?? null) === (despues[nombre] ?? null))
}

/** First amount that the columns of the importes cannot hold. */
const LIMITE_IMPORTE = dinero('1e18')

/** Amount of a sub-annex: quantity by price, half up to two decimals (catalogos.md §7). The database keeps the same. */
export function importeDe(cantidad: Dinero, precio: Dinero): Dinero {
  return redondear(cantidad.times(precio), 2)
}

/** Checks across fields. @throws DatosInvalidos with `campos`. */
export function exigirCoherencia(nivel: Nivel, valores: Valores): void {
  const { fecha_inicio: inicio, fecha_termino: termino } = valores
  if (typeof inicio === 'string' && typeof termino === 'string' && termino < inicio)
    rechazar([['fecha_termino', 'La fecha de término no puede ser anterior a la de inicio.']])
  if (nivel.clave !== 'sub_anexos') return
  const cantidad = dinero(valores['cantidad'] ?? 0)
  rechazar(
    (['precio_unitario_mn', 'precio_unitario_usd'] as const)
      .filter((nombre) => !importeDe(cantidad, dinero(valores[nombre] ?? 0)).lt(LIMITE_IMPORTE))
      .map((nombre) => [nombre, 'El importe (cantidad por precio) es demasiado grande. Revisa ambos números.']),
  )
}

/** A record stays where it was created. @throws DatosInvalidos. */
export function exigirMismoPadre({ padre, nombre }: Nivel, actual: Valores, enviado: Enviado): void {
  if (padre === null) return
  const pedido = enviado[padre.campo]
  if (pedido === undefined || pedido === actual[padre.campo]) return
  rechazar([
    [
      padre.campo,
      `Un ${nombre} no se cambia de ${padre.nivel === 'contratos' ? 'contrato' : 'anexo'}. Crea otro allá.`,
    ],
  ])
}

/** What hangs from a record, when it is one and when they are more. */
const PARTES: Readonly<Record<ClaveNivel, readonly [string, string]>> = {
  contratos: ['anexo activo', 'anexos activos'],
  anexos: ['sub-anexo activo', 'sub-anexos activos'],
  sub_anexos: ['concepto activo', 'conceptos activos'],
}

/**
 * With active parts only by confirmation, and they stay; a sub-annex that active concepts use, never (catalogos.md §7).
 * @throws Conflicto, with `requiere_confirmacion` when it can be repeated.
 */
export function exigirDesactivable(nivel: Nivel, registro: Registro, partes: number, confirmar: boolean): void {
  const nombre = nombreDe(nivel, registro)
  if (!registro.activo) throw new Conflicto(`El ${nivel.nombre} ${nombre} ya está inactivo.`)
  if (partes === 0) return
  const cuantas = plural(partes, ...PARTES[nivel.clave])
  if (nivel.clave === 'sub_anexos')
    throw new Conflicto(
      `El sub-anexo ${nombre} no se puede desactivar: lo ${partes === 1 ? 'usa' : 'usan'} ${cuantas}. Desactiva antes sus conceptos.`,
    )
  if (confirmar) return
  throw new Conflicto(
    `El ${nivel.nombre} ${nombre} tiene ${cuantas}, que ${partes === 1 ? 'sigue' : 'siguen'} así. ¿Desactivarlo?`,
    { extra: { requiere_confirmacion: true } },
  )
}

/** What names a record. */
export const nombreDe = ({ titular }: Nivel, { valores }: Pick<Registro, 'valores'>): string =>
  String(valores[titular] ?? '')
