import { z } from 'zod'
import { DINERO_CERO, dinero, textoPlano, type Dinero } from '../../../comun/dinero.ts'
import { crudo, dia, entero, id, importe, linea, siNo, texto } from '../../../comun/entrada.ts'
import { claveGuardada } from '../conceptos.reglas.ts'
import { estado } from '../conceptos.schema.ts'
import { TEXTO_TIPO_ANEXO } from './niveles.contrato.ts'
import type { CampoDeNivel, Nivel, Valor } from './niveles.tipos.ts'

/** First amount that does not fit a decimal(20,2) column. */
const LIMITE = dinero('1e18')

/** An amount that came empty is zero, as its column. */
const plano = (valor: Dinero | null): string => textoPlano(valor ?? DINERO_CERO)

/** How a field comes in. Absent = do not touch; null = came empty (pte.md §1.6). */
function entradaDe(campo: CampoDeNivel): z.ZodType<Valor> {
  const { sujeto } = campo
  switch (campo.clase) {
    case 'linea': {
      const { largo, mayusculas } = campo
      return linea(sujeto, largo).transform((valor) => (valor !== null && mayusculas ? claveGuardada(valor) : valor))
    }
    case 'texto':
      return texto(sujeto)
    case 'referencia':
      return id(sujeto)
    case 'dia':
      return dia(sujeto)
    case 'importe':
    case 'cantidad':
      return importe(sujeto, LIMITE).transform(plano)
    case 'opcion': {
      const { opciones } = campo
      return crudo
        .transform((valor) => valor.toUpperCase())
        .refine((valor) => valor === '' || valor in opciones, {
          error: `${sujeto} debe ser ${Object.keys(opciones).join(', ')}.`,
        })
        .transform((valor) => (valor === '' ? null : valor))
    }
  }
}

/** What came in a request, by name of the field. */
export type Enviado = Readonly<Record<string, Valor | undefined>>

const camposDe = ({ campos }: Nivel) =>
  Object.fromEntries(campos.map((campo) => [campo.nombre, entradaDe(campo).optional()]))

/** `…/crear/`. */
export function cuerpoDeAlta(nivel: Nivel) {
  return z.object(camposDe(nivel)).transform((datos): Enviado => datos)
}

const DE_EDICION = z.object({
  id: id('El registro').optional(),
  version: entero('La versión', { minimo: 1 }).optional(),
  quitar_archivo: siNo().optional(),
})

/** `…/editar/`: `version` is what the form was opened with; `quitar_archivo`, of an annex. */
export function cuerpoDeEdicion(nivel: Nivel) {
  const campos = z.object(camposDe(nivel))
  return DE_EDICION.and(campos).transform(({ id: registro, version, quitar_archivo: quitar, ...datos }) => ({
    id: registro,
    version,
    quitarArchivo: quitar === true,
    enviado: datos,
  }))
}

/** `…/eliminar/` and `…/reactivar/`. */
export const CuerpoDeEstado = z.object({ id: id('El registro').optional(), confirmar: siNo().optional() })
export type CuerpoDeEstado = z.output<typeof CuerpoDeEstado>

/** `…/obtener/?id=`. */
export const PorId = z.object({ id: id('El registro').optional() })

/** `:id` of the pages. */
export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

const filtro = linea('El filtro', 500).optional()

/** Filters of `contratos/datatable/`. */
export const FiltrosContratos = z.object({ filtro, estado, cliente: id('El cliente').optional() })
export type FiltrosContratos = z.output<typeof FiltrosContratos>

/** Filters of `anexos/datatable/`. */
export const FiltrosAnexos = z.object({
  filtro,
  estado,
  contrato: id('El contrato').optional(),
  tipo: z
    .string()
    .optional()
    .transform((tipo) => (tipo !== undefined && tipo in TEXTO_TIPO_ANEXO ? tipo : null)),
})
export type FiltrosAnexos = z.output<typeof FiltrosAnexos>

/** Filters of `sub_anexos/datatable/`. */
export const FiltrosSubAnexos = z.object({
  filtro,
  estado,
  contrato: id('El contrato').optional(),
  anexo: id('El anexo').optional(),
})
export type FiltrosSubAnexos = z.output<typeof FiltrosSubAnexos>
