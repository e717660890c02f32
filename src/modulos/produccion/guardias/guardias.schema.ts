import { z } from 'zod'
import { dia, id } from '../../../comun/entrada.ts'

/** A number that may come badly written: then it is as if it had not come (produccion.md §5.10: bad parameters, empty list). */
const numero = (minimo: number, maximo: number) =>
  z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .refine((valor) => valor >= minimo && valor <= maximo)
    .nullable()
    .catch(null)

const sitio = numero(1, Number.MAX_SAFE_INTEGER)
const mes = numero(1, 12)
const anio = numero(1, 9999)

export const ConsultaDeSitio = z.object({ id_sitio: sitio.default(null) })

export const ConsultaDeMes = z.object({
  id_sitio: sitio.default(null),
  mes: mes.default(null),
  anio: anio.default(null),
})

const idOpcional = (nombre: string) =>
  id(nombre)
    .optional()
    .transform((valor) => valor ?? null)
const diaOpcional = (nombre: string) =>
  dia(nombre)
    .optional()
    .transform((valor) => valor ?? null)

/** `configurar_ciclo_guardia` (produccion.md §6.11); `vigente_desde` is ours: from when the change holds. */
export const ConfigurarCiclo = z.object({
  id_sitio: idOpcional('El sitio'),
  id_super_a: idOpcional('El superintendente A'),
  id_super_b: idOpcional('El superintendente B'),
  fecha_inicio_a: diaOpcional('La fecha de inicio'),
  vigente_desde: diaOpcional('El día desde el que vale'),
})
export type ConfigurarCiclo = z.output<typeof ConfigurarCiclo>
