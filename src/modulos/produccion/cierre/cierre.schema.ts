import { z } from 'zod'
import { crudo, siNo, texto } from '../../../comun/entrada.ts'
import { OtYMes } from '../diario/diario.schema.ts'

const LARGO_COMENTARIO = 500

/** Month of an OT, to look at it. */
export const MesDeOt = OtYMes
export type MesDeOt = z.output<typeof MesDeOt>

export const CerrarMes = OtYMes.extend({
  forzar: siNo().optional(),
  comentario: texto('El comentario', LARGO_COMENTARIO).optional(),
})
export type CerrarMes = z.output<typeof CerrarMes>

export const MoverMes = CerrarMes.omit({ forzar: true })
export type MoverMes = z.output<typeof MoverMes>

export const GuardarEnlace = OtYMes.extend({ archivo: crudo.default('') })
export type GuardarEnlace = z.output<typeof GuardarEnlace>
