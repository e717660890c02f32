/** What the API takes and gives (core.md §12). The document of the API is made from these schemas. */
import { z } from 'zod'

const ELEMENTOS = { porDefecto: 10, maximo: 100 } as const

/** A page number: what is not a whole number from 1 on is page 1, as is a page past the last (core.md §12). */
const pagina = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((valor) => enteroPositivo(valor) ?? 1)

const elementosPorPagina = z
  .union([z.string(), z.array(z.string())])
  .optional()
  .transform((valor) => Math.min(enteroPositivo(valor) ?? ELEMENTOS.porDefecto, ELEMENTOS.maximo))

function enteroPositivo(valor: string | string[] | undefined): number | null {
  const texto = Array.isArray(valor) ? (valor[0] ?? '') : (valor ?? '')
  const numero = Number(texto)
  return /^\d{1,9}$/.test(texto) && numero >= 1 ? numero : null
}

const filtroId = (nombre: string) =>
  z
    .string()
    .regex(/^\d{1,15}$/, { error: `El filtro ${nombre} debe ser un número entero.` })
    .transform(Number)
    .optional()

const PAGINACION = {
  pagina: pagina.meta({
    type: 'integer',
    minimum: 1,
    predeterminado: 1,
    description: 'Página, desde 1. Si no existe, la 1.',
  }),
  elementos_por_pagina: elementosPorPagina.meta({
    type: 'integer',
    minimum: 1,
    maximum: ELEMENTOS.maximo,
    predeterminado: ELEMENTOS.porDefecto,
    description: 'Registros por página.',
  }),
}

export const Paginas = z.object(PAGINACION)

export const FiltrosDeOts = z.object({
  ...PAGINACION,
  id_tipo: filtroId('id_tipo').meta({ type: 'integer', description: '4 INICIAL, 5 REPROGRAMACION.' }),
  id_estatus_ot: filtroId('id_estatus_ot').meta({ type: 'integer', description: 'Estatus operativo.' }),
  ot_principal: filtroId('ot_principal').meta({ type: 'integer', description: 'Reprogramaciones de esa OT inicial.' }),
})

export const ParametroId = z.object({
  id: z
    .string()
    .regex(/^\d{1,15}$/)
    .transform(Number)
    .meta({ type: 'integer', description: 'Id del registro.' }),
})

// ------------------------------------------------------------------------------------------------------- answers

const dia = z.iso.date().meta({ description: 'AAAA-MM-DD' })
const entero = z.int()
const decimal = z.string().regex(/^-?\d+(\.\d+)?$/)
const importe = z
  .string()
  .regex(/^-?\d+\.\d{2}$/)
  .meta({ description: 'Importe con dos decimales, como texto.' })

export const Estadisticas = z
  .object({
    total_ptes: entero.meta({ description: 'PTE vivas.' }),
    total_otes: entero.meta({ description: 'Órdenes de trabajo vivas.' }),
    total_produccion: entero.meta({ description: 'Registros de producción con volumen.' }),
    volumen_total: decimal.meta({ description: 'Suma de volúmenes producidos, como texto.' }),
    importe_homologado: importe,
  })
  .meta({ id: 'Estadisticas' })

const paginado = {
  total_paginas: entero,
  pagina_actual: entero,
  total: entero.meta({ description: 'Registros en todas las páginas.' }),
}

const PteResumen = z
  .object({
    id: entero,
    oficio_pte: z.string(),
    descripcion_trabajo: z.string(),
    fecha_solicitud: dia.nullable(),
    responsable_proyecto: z.string().nullable(),
    estatus: entero,
    estatus_texto: z.string(),
  })
  .meta({ id: 'PteResumen' })

export const Ptes = z.object({ ptes: z.array(PteResumen), ...paginado }).meta({ id: 'Ptes' })

const Paso = z
  .object({
    paso_descripcion: z.string(),
    orden: z.string(),
    estatus_paso_id: entero,
    estatus_paso: z.string(),
    fecha_inicio: dia.nullable(),
    fecha_termino: dia.nullable(),
    fecha_entrega: dia.nullable(),
    archivo: z.string().nullable(),
    comentario: z.string().nullable(),
  })
  .meta({ id: 'Paso' })

export const PteDetalle = z
  .object({
    id: entero,
    oficio_pte: z.string(),
    descripcion_trabajo: z.string(),
    fecha_solicitud: dia.nullable(),
    plazo_dias: decimal.nullable().meta({ description: 'Días, con hasta dos decimales.' }),
    responsable_proyecto: z.string().nullable(),
    estatus: entero,
    estatus_texto: z.string(),
    detalles: z.array(Paso).meta({ description: 'Pasos en el orden de su número.' }),
  })
  .meta({ id: 'PteDetalle' })

const CAMPOS_OT = {
  id: entero,
  orden_trabajo: z.string(),
  oficio_ot: z.string(),
  id_tipo: entero,
  tipo: z.enum(['INICIAL', 'REPROGRAMACION']),
  ot_principal: entero.nullable().meta({ description: 'Id de la OT inicial de una reprogramación.' }),
  num_reprogramacion: entero.nullable(),
  id_pte_header: entero.nullable(),
  descripcion_trabajo: z.string(),
  responsable_proyecto: z.string(),
  cliente: z.string().nullable(),
  estatus: entero.meta({ description: '1 activa, -1 por definir.' }),
  id_estatus_ot: entero,
  estatus_texto: z.string(),
  fecha_inicio_programado: dia.nullable(),
  fecha_termino_programado: dia.nullable(),
  fecha_inicio_real: dia.nullable(),
  fecha_termino_real: dia.nullable(),
  monto_mxn: importe,
  monto_usd: importe,
}

const OtResumen = z.object(CAMPOS_OT).meta({ id: 'OtResumen' })

export const Ots = z.object({ ots: z.array(OtResumen), ...paginado }).meta({ id: 'Ots' })

export const OtDetalle = z
  .object({
    ...CAMPOS_OT,
    responsable_cliente: z.string(),
    plazo_dias: entero.nullable(),
    frente: z.string().nullable(),
    embarcacion: z.string().nullable(),
    plataforma: z.string().nullable(),
    intercom: z.string().nullable(),
    patio: z.string().nullable(),
    comentario: z.string(),
    detalles: z.array(Paso).meta({ description: 'Pasos en el orden de su número.' }),
  })
  .meta({ id: 'OtDetalle' })

export const Familia = z
  .object({
    principal: OtResumen.nullable().meta({ description: 'La OT inicial; null si se eliminó.' }),
    reprogramaciones: z.array(OtResumen).meta({ description: 'Por su número.' }),
  })
  .meta({ id: 'Familia' })

/** Envelope of every refusal. */
export const Rechazo = z
  .object({
    exito: z.literal(false),
    tipo_aviso: z.enum(['error', 'advertencia']),
    detalles: z.string().meta({ description: 'Qué pasó y qué hacer.' }),
    codigo: z.string().optional(),
    campos: z.record(z.string(), z.string()).optional(),
  })
  .meta({ id: 'Rechazo' })
