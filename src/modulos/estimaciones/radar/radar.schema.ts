import { z } from 'zod'
import { entero, id } from '../../../comun/entrada.ts'
import { AGRUPACIONES, APARTADOS, BANDAS, MONEDAS, type FiltrosRadar } from './radar.tipos.ts'

/** One of the keys of a list; anything else is the first value given. */
const clave = <const L extends Readonly<Record<string, unknown>>, D extends keyof L | null>(lista: L, otra: D) =>
  z
    .unknown()
    .transform((valor): keyof L | D =>
      typeof valor === 'string' && Object.hasOwn(lista, valor) ? (valor as keyof L) : otra,
    )

const filtros = {
  id_ot: id('La OT').optional(),
  /** 0 = without client. */
  id_cliente: entero('El cliente', { minimo: 0, maximo: Number.MAX_SAFE_INTEGER }).optional(),
  id_sitio: id('El sitio').optional(),
  antiguedad: clave(BANDAS, null).optional(),
}

const pagina = z
  .unknown()
  .transform((valor) => (typeof valor === 'string' && /^[1-9]\d{0,6}$/.test(valor) ? Number(valor) : 1))
  .optional()

export const ConsultaRadar = z.object({
  ...filtros,
  por: clave(AGRUPACIONES, 'ot').optional(),
  moneda: clave(MONEDAS, 'mn').optional(),
  pagina,
})
export type ConsultaRadar = z.output<typeof ConsultaRadar>

export const ConsultaPartes = z.object({ ...filtros, apartado: clave(APARTADOS, null).optional(), pagina })
export type ConsultaPartes = z.output<typeof ConsultaPartes>

/** What the address asks to look at. */
export const filtrosDe = (consulta: ConsultaRadar | ConsultaPartes): FiltrosRadar => ({
  idOt: consulta.id_ot ?? null,
  idCliente: consulta.id_cliente ?? null,
  idSitio: consulta.id_sitio ?? null,
  antiguedad: consulta.antiguedad ?? null,
})
