/** What comes in, from the description of the catalogue. */
import { z } from 'zod'
import { leerImporte, redondear, textoPlano } from '../../../comun/dinero.ts'
import { entero, id, linea, siNo, texto } from '../../../comun/entrada.ts'
import type { CampoCatalogo, DescripcionCatalogo, Valor } from './motor.tipos.ts'

const LARGO_ORDEN = 10
/** First weight that does not fit its column. */
const IMPORTANCIA_LIMITE = 10_000
const COLOR = /^#[0-9a-f]{6}$/

type Entrada = z.ZodType<Valor>

function ordenDePaso(sujeto: string): Entrada {
  const forma = /^\d+(\.\d+)*$/
  return linea(sujeto, LARGO_ORDEN).refine((valor) => valor === null || forma.test(valor), {
    error: `${sujeto} se escribe con números y puntos, por ejemplo 4 o 4.1.`,
  })
}

function importanciaDePaso(sujeto: string): Entrada {
  return linea(sujeto, 30).transform((valor, revision): Valor => {
    if (valor === null) return null
    const leida = leerImporte(valor.replace(/\s*%$/, ''))
    if (leida?.lt(IMPORTANCIA_LIMITE)) return textoPlano(redondear(leida, 2))
    revision.addIssue({ code: 'custom', message: `${sujeto} debe ser un número de 0 en adelante, por ejemplo 10.` })
    return z.NEVER
  })
}

function colorDe(sujeto: string): Entrada {
  return linea(sujeto, 20)
    .transform((valor) => valor?.toLowerCase() ?? null)
    .refine((valor) => valor === null || COLOR.test(valor), {
      error: `${sujeto} se escribe con # y seis cifras, por ejemplo #3498db.`,
    })
}

function nivelDe(campo: Extract<CampoCatalogo, { clase: 'nivel' }>): Entrada {
  const admitidos = new Set<number | null>([null, ...campo.opciones.map((opcion) => opcion.id)])
  const mensaje = `${campo.sujeto} no es válida. Elige una de la lista.`
  return entero(campo.sujeto, { mensaje }).refine((valor) => admitidos.has(valor), { error: mensaje })
}

/** Reader of one field: what came, or null when it came empty. */
export function entradaDe(campo: CampoCatalogo): Entrada {
  switch (campo.clase) {
    case 'linea':
      return campo.mayusculas
        ? linea(campo.sujeto, campo.largo).transform((valor) => valor?.toUpperCase() ?? null)
        : linea(campo.sujeto, campo.largo)
    case 'texto':
      return texto(campo.sujeto)
    case 'nivel':
      return nivelDe(campo)
    case 'referencia':
      return id(campo.sujeto)
    case 'orden':
      return ordenDePaso(campo.sujeto)
    case 'importancia':
      return importanciaDePaso(campo.sujeto)
    case 'color':
      return colorDe(campo.sujeto)
  }
}

/** Body of `crear/`: the fields of the catalogue. */
export function cuerpoDeAlta(def: DescripcionCatalogo) {
  const campos: Record<string, z.ZodOptional<Entrada>> = {}
  for (const campo of def.campos) campos[campo.nombre] = entradaDe(campo).optional()
  return z.object(campos)
}

const version = entero('La versión', { minimo: 1 }).optional()

/** Body of `editar/`: any of the fields, the row, and the version that was opened. */
export function cuerpoDeEdicion(def: DescripcionCatalogo) {
  return z.object({
    id: id('El ID').optional(),
    version,
    ...cuerpoDeAlta(def).shape,
  })
}

/** Body of `eliminar/` and `reactivar/`. */
export function cuerpoDeEstado(def: DescripcionCatalogo) {
  return z
    .looseObject({ id: id('El ID').optional(), confirmar: siNo().optional() })
    .transform(({ id: propio, confirmar, ...resto }, revision) => {
      const sinonimo = def.sinonimoDeId === undefined ? undefined : resto[def.sinonimoDeId]
      const leido = propio === undefined && sinonimo !== undefined ? id('El ID').safeParse(sinonimo) : null
      if (leido?.success === false) {
        revision.addIssue({ code: 'custom', message: 'El ID no es válido.' })
        return z.NEVER
      }
      return { id: propio ?? leido?.data ?? null, confirmar: confirmar === true }
    })
}

/** `?id=` of the reads. */
export const PorId = z.object({ id: id('El ID').optional() })

/** `:id` of the address of a row. */
export const ParametroId = z.object({ id: z.coerce.number().int().min(1).max(Number.MAX_SAFE_INTEGER) })

export const ESTADOS = ['activos', 'inactivos', 'todos'] as const

/** Filters of a list: state, search, and each field with choices by its own name. */
export function filtrosDe(def: DescripcionCatalogo) {
  const porOpcion: Record<string, z.ZodOptional<z.ZodType<number | null>>> = {}
  for (const { clase, nombre, sujeto } of def.campos)
    if (clase === 'nivel' || clase === 'referencia') porOpcion[nombre] = id(sujeto).optional()
  return z.object({
    estado: z
      .enum(['', ...ESTADOS], { error: 'El estado debe ser activos, inactivos o todos.' })
      .optional()
      .transform((valor) => (valor === undefined || valor === '' ? 'activos' : valor)),
    filtro: linea('El filtro', 500).optional(),
    ...porOpcion,
  })
}
export type FiltrosCatalogo = z.output<ReturnType<typeof filtrosDe>>
