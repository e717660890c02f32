/** Settings that an administrator changes while the system runs (estimaciones.md §9, settled.md §8). */
import type { Dinero } from '../../comun/dinero.ts'

interface Comun {
  /** What people read. */
  readonly texto: string
  readonly soloSuperusuario: boolean
}

/** Something that is demanded or not. */
export interface Interruptor extends Comun {
  readonly clase: 'si_no'
  readonly defecto: boolean
}

/** A whole number between two others. */
export interface Cantidad extends Comun {
  readonly clase: 'entero'
  readonly defecto: number
  readonly minimo: number
  readonly maximo: number
  readonly ayuda: string
}

/** Pesos per dollar; its default is that of the installation (TIPO_CAMBIO_USD). */
export interface Tasa extends Comun {
  readonly clase: 'tasa'
  readonly ayuda: string
}

const interruptor = (defecto: boolean, texto: string, soloSuperusuario = false): Interruptor => ({
  clase: 'si_no',
  defecto,
  texto,
  soloSuperusuario,
})

/** Of each setting: what it is, its default, what people read, and who may change it. */
export const PARAMETROS = {
  exigir_gpu_firmado: interruptor(true, 'Exigir el GPU firmado para estimar los anexos C-2 y C-3'),
  exigir_dia_firmado: interruptor(true, 'Exigir el día firmado para estimar los demás anexos'),
  exigir_mes_cerrado: interruptor(false, 'Exigir el mes cerrado para estimar'),
  permitir_excedente: interruptor(false, 'Permitir estimar producción excedente'),
  exigir_dos_personas: interruptor(true, 'Exigir que autorice una persona distinta de la que envió', true),
  dias_max_periodo: {
    clase: 'entero',
    defecto: 366,
    minimo: 1,
    maximo: 3660,
    texto: 'Días que puede abarcar el periodo de una estimación',
    ayuda: 'De 1 a 3,660 días, contando el primero y el último.',
    soloSuperusuario: false,
  } satisfies Cantidad,
  tipo_cambio_default: {
    clase: 'tasa',
    texto: 'Tipo de cambio del sistema, en pesos por dólar',
    ayuda:
      'Se usa en las cifras homologadas del Anexo C y de Producción, y en las estimaciones cuya fecha no tiene un tipo de cambio capturado.',
    soloSuperusuario: false,
  } satisfies Tasa,
} as const satisfies Readonly<Record<string, Interruptor | Cantidad | Tasa>>

export type ClaveParametro = keyof typeof PARAMETROS
export type DefParametro = Interruptor | Cantidad | Tasa

type ValorDe<D> = D extends Interruptor ? boolean : D extends Cantidad ? number : Dinero

/** The value of every setting. */
export type Parametros = { readonly [C in ClaveParametro]: ValorDe<(typeof PARAMETROS)[C]> }
export type ValorDeParametro = boolean | number | Dinero
