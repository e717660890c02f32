import { z } from 'zod'
import { dinero, type Dinero } from '../comun/dinero.ts'
import { fechaIso, type FechaIso } from '../comun/fechas.ts'

const dia = z
  .union([z.string(), z.date()])
  .transform((valor): FechaIso =>
    fechaIso(typeof valor === 'string' ? valor.slice(0, 10) : valor.toISOString().slice(0, 10)),
  )

const numeroSeguro = z.union([z.bigint(), z.int(), z.string().regex(/^-?\d+$/)]).transform(Number)

const cantidad = z
  .union([
    z.string(),
    z.number(),
    z.custom<{ toFixed(): string }>((valor) => typeof valor === 'object' && valor !== null && 'toFixed' in valor),
  ])
  .transform((valor): Dinero => dinero(typeof valor === 'object' ? valor.toFixed() : valor))

/**
 * How columns of raw queries arrive in the domain: days as `FechaIso` (PostgreSQL's DATE reaches us as midnight UTC or
 * as text inside JSON), amounts as `Dinero`, ids as safe integers, instants as `Date`.
 */
export const col = {
  id: numeroSeguro,
  idN: numeroSeguro.nullable(),
  entero: numeroSeguro,
  enteroN: numeroSeguro.nullable(),
  texto: z.string(),
  textoN: z.string().nullable(),
  booleano: z.boolean(),
  fecha: dia,
  fechaN: dia.nullable(),
  dinero: cantidad,
  dineroN: cantidad.nullable(),
  instante: z.union([z.date(), z.string()]).transform((valor) => new Date(valor)),
  instanteN: z
    .union([z.date(), z.string()])
    .transform((valor) => new Date(valor))
    .nullable(),
}
