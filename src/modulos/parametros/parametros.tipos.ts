/** Settings that an administrator changes while the system runs (estimaciones.md §9, settled.md §8). */

/** Of each setting: its default, what people read, and who may change it. */
export const PARAMETROS = {
  exigir_gpu_firmado: {
    defecto: true,
    texto: 'Exigir el GPU firmado para estimar los anexos C-2 y C-3',
    soloSuperusuario: false,
  },
  exigir_dia_firmado: {
    defecto: true,
    texto: 'Exigir el día firmado para estimar los demás anexos',
    soloSuperusuario: false,
  },
  exigir_mes_cerrado: { defecto: false, texto: 'Exigir el mes cerrado para estimar', soloSuperusuario: false },
  permitir_excedente: { defecto: false, texto: 'Permitir estimar producción excedente', soloSuperusuario: false },
  exigir_dos_personas: {
    defecto: true,
    texto: 'Exigir que autorice una persona distinta de la que envió',
    soloSuperusuario: true,
  },
} as const

export type ClaveParametro = keyof typeof PARAMETROS

/** The value of every setting. */
export type Parametros = Readonly<Record<ClaveParametro, boolean>>
