import { z } from 'zod'
import { crudo, entero, id, linea, texto } from '../../../comun/entrada.ts'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { LARGO_COMENTARIO_DIA } from './diario.contrato.ts'
import type { CeldaEnviada } from './diario.tipos.ts'

/** `?id_sitio&mes&anio`; what is missing or no integer is null, and the answer is then empty (produccion.md §6.3). */
export const enteroOSin = z
  .unknown()
  .optional()
  .transform((valor) => (typeof valor === 'string' && /^\d{1,15}$/.test(valor.trim()) ? Number(valor) : null))
export const ConsultaDelMes = z.object({ id_sitio: enteroOSin, mes: enteroOSin, anio: enteroOSin })
export type ConsultaDelMes = z.output<typeof ConsultaDelMes>

export const MES_INVALIDO = 'El mes va de 1 a 12.'
const ANIO_INVALIDO = 'El año va de 2000 a 2100.'
/** What may not be absent nor empty; both say the same. */
export const obligatorio = <T>(esquema: z.ZodType<T | null>, mensaje: string) =>
  esquema.optional().transform((valor, revision): T => {
    if (valor !== null && valor !== undefined) return valor
    revision.addIssue({ code: 'custom', message: mensaje })
    return z.NEVER
  })

/** Site and month of a set of changes. */
export const LugarDelMes = z.object({
  id_sitio: obligatorio(id('El sitio'), 'Elige un frente.'),
  mes: obligatorio(entero('El mes', { minimo: 1, maximo: 12, mensaje: MES_INVALIDO }), MES_INVALIDO),
  anio: obligatorio(entero('El año', { minimo: 2000, maximo: 2100, mensaje: ANIO_INVALIDO }), ANIO_INVALIDO),
})

/** An OT and its month, of the actions on the monthly folder. */
export const OtYMes = LugarDelMes.omit({ id_sitio: true }).extend({ id_ot: obligatorio(id('La OT'), 'Falta la OT.') })

const LARGO_ESTATUS = 60
const Estatus = crudo.refine((valor) => valor.length <= LARGO_ESTATUS, { error: 'El estatus es demasiado largo.' })
const Version = entero('La versión', { minimo: 0 })
  .optional()
  .transform((valor) => valor ?? undefined)

const idDeOt = obligatorio(id('La OT'), 'La OT no es válida.')

const Cambio = z.object({
  id_ot: idDeOt,
  dia: obligatorio(entero('El día'), 'Falta el día.'),
  valor: Estatus,
  valor_anterior: Estatus.optional(),
})

/** A day of a whole row: its status, alone or with what was seen before. */
const Valor = z.union([
  Estatus.transform((valor) => ({ valor })),
  z.object({ valor: Estatus, valor_anterior: Estatus.optional() }),
])

const Fila = z.object({
  id_ot: idDeOt,
  version: Version,
  valores: z.array(Valor).max(31, { error: 'Cada OT trae hasta 31 valores.' }).default([]),
  cambios: z
    .array(Cambio.omit({ id_ot: true }))
    .max(31)
    .default([]),
})

/** Changed days (`cambios`), or whole rows as the old system sends them (`reportes`). */
export const GuardarDiarios = LugarDelMes.extend({
  motivo: texto('El motivo', 500).optional(),
  version: Version,
  cambios: z.array(Cambio).max(10_000, { error: 'Son demasiados días en un solo guardado.' }).default([]),
  reportes: z.array(Fila).max(2_000, { error: 'Son demasiadas OT en un solo guardado.' }).default([]),
}).transform(({ cambios, reportes, version, ...lugar }) => ({
  ...lugar,
  celdas: [
    ...cambios.map((cambio): CeldaEnviada => celda(cambio.id_ot, cambio, version)),
    ...reportes.flatMap((fila) => [
      ...fila.cambios.map((cambio) => celda(fila.id_ot, cambio, fila.version ?? version)),
      ...fila.valores.map((valor, i) => celda(fila.id_ot, { dia: i + 1, ...valor }, fila.version ?? version)),
    ]),
  ],
}))
export type GuardarDiarios = z.output<typeof GuardarDiarios>

function celda(
  idOt: number,
  { dia, valor, valor_anterior: anterior }: { dia: number; valor: string; valor_anterior?: string | undefined },
  version: number | undefined,
): CeldaEnviada {
  return { idOt, dia, valor, anterior, version }
}

/** Note of a day. `anterior`: as last seen. */
export const ComentarDia = LugarDelMes.extend({
  id_ot: obligatorio(id('La OT'), 'Falta la OT.'),
  dia: obligatorio(entero('El día', { minimo: 1, maximo: 31 }), 'Falta el día.'),
  comentario: linea('El comentario', LARGO_COMENTARIO_DIA),
  anterior: linea('El comentario anterior', LARGO_COMENTARIO_DIA).optional(),
})
export type ComentarDia = z.output<typeof ComentarDia>

/** §6.3: an incomplete question is answered with nothing; a month that does not exist is a fault. @throws DatosInvalidos */
export function leerMes({
  id_sitio: idSitio,
  mes,
  anio,
}: ConsultaDelMes): { idSitio: number; mes: number; anio: number } | null {
  if (idSitio === null || mes === null || anio === null) return null
  if (mes < 1 || mes > 12) throw new DatosInvalidos(MES_INVALIDO, { campos: { mes: MES_INVALIDO } })
  if (anio < 2000 || anio > 2100) throw new DatosInvalidos(ANIO_INVALIDO, { campos: { anio: ANIO_INVALIDO } })
  return { idSitio, mes, anio }
}
