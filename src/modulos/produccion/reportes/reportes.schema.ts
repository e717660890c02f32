import { z } from 'zod'
import { entero, id } from '../../../comun/entrada.ts'

const opcional = <E extends z.ZodType>(esquema: E) =>
  esquema.optional().transform((valor) => (valor as z.output<E> | undefined) ?? null)

const idOt = opcional(id('La OT'))
const idSitio = opcional(id('El frente'))
const mes = opcional(entero('El mes', { minimo: 1, maximo: 12, mensaje: 'El mes va de 1 a 12.' }))
const anio = opcional(entero('El año', { minimo: 2000, maximo: 2100, mensaje: 'El año va de 2000 a 2100.' }))

const formatoDe = <const F extends readonly [string, ...string[]]>(formatos: F, error: string) =>
  z.enum(formatos, { error }).default(formatos[0] as F[number])

export const ConsultaDeSabana = z.object({
  id_ot: idOt,
  id_sitio: idSitio,
  mes,
  anio,
  formato: formatoDe(['xlsx', 'csv'], 'El formato debe ser xlsx o csv.'),
})
export type ConsultaDeSabana = z.output<typeof ConsultaDeSabana>

export const ConsultaDeReporte = z.object({
  id_ot: idOt,
  id_sitio: idSitio,
  mes,
  anio,
  formato: formatoDe(['pdf', 'xlsx'], 'El formato debe ser pdf o xlsx.'),
})
export type ConsultaDeReporte = z.output<typeof ConsultaDeReporte>

/** The month of GPUs of an OT; without a site, of all of them, as its grid. */
export const ConsultaDeTablero = z.object({ id_ot: idOt, id_sitio: idSitio, mes, anio })
export type ConsultaDeTablero = z.output<typeof ConsultaDeTablero>

const Programa = {
  id_ot: idOt,
  /** Concept of the family; null = all of them, in money. */
  partida: opcional(id('La partida')),
  /** Without them, the whole life of the OT by months. */
  mes,
  anio,
  medida: z.enum(['mn', 'usd']).catch('mn').default('mn'),
}

export const ConsultaDePrograma = z.object({
  ...Programa,
  formato: formatoDe(['pdf', 'xlsx'], 'El formato debe ser pdf o xlsx.'),
})

export const ConsultaDePagina = z.object({ ...Programa, id_sitio: idSitio })

export type PedidoDePrograma = Omit<z.output<typeof ConsultaDePrograma>, 'formato'>
