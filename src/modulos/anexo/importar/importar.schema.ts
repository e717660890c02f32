import { z } from 'zod'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { siNo } from '../../../comun/entrada.ts'
import type { Trabajo } from '../../../plataforma/cola.ts'
import type { AlcanceDePrograma, ModoDeCarga } from '../versiones/versiones.tipos.ts'

const interruptor = siNo().default(false)

const numero = (mensaje: string) =>
  z
    .union([z.string(), z.number()], mensaje)
    .transform((valor) => String(valor).trim())
    .refine((texto) => /^\d{1,15}$/.test(texto), mensaje)
    .transform(Number)

const OT = 'Falta la OT, o no es válida.'

/** Multipart, as it comes: the permission is judged before any of it. */
export const PedirImportacion = z.looseObject({})

const Campos = z.object({
  ot_id: numero(OT),
  /** Anything but the text `true` replaces (anexo-c.md §3). */
  modo_actualizacion: z
    .unknown()
    .optional()
    .transform((valor): ModoDeCarga => (valor === 'true' || valor === true ? 'actualizacion' : 'reemplazo')),
  alcance_programacion: z
    .unknown()
    .optional()
    .transform((valor): AlcanceDePrograma => (valor === 'rango' ? 'rango' : 'todo')),
  simular: interruptor,
  confirmar_sin_destino: interruptor,
  huella: z.string().trim().max(64, 'La huella del análisis no es válida.').optional(),
  /** The workbook that another task of this person keeps. */
  tarea: z
    .union([
      z.literal('').transform(() => undefined),
      numero('No se reconoce el análisis. Vuelve a elegir el archivo.'),
    ])
    .optional(),
  asincrono: interruptor,
})

export type CamposDeImportacion = z.output<typeof Campos>

/** The fields of the form. @throws DatosInvalidos as an advertencia: what is missing is for the person to add. */
export function leerCampos(cuerpo: unknown): CamposDeImportacion {
  const leidos = Campos.safeParse(cuerpo)
  if (leidos.success) return leidos.data
  const [falta] = leidos.error.issues
  throw new DatosInvalidos(falta?.message ?? 'Faltan datos.', {
    tipoAviso: 'advertencia',
    campos: { [String(falta?.path[0] ?? 'ot_id')]: falta?.message ?? '' },
  })
}

/** The way of loading decides the permission, whatever else is wrong. */
export const modoDe = (cuerpo: unknown): ModoDeCarga =>
  Campos.shape.modo_actualizacion.parse((cuerpo as Record<string, unknown>)['modo_actualizacion'])

export const PorOt = z.object({ ot_id: numero(OT) })
export const PorTarea = z.object({ tarea: numero('No se reconoce el análisis. Vuelve a elegir el archivo.') })
export const ParametroVersion = z.object({ id: numero('Esa versión del Anexo C no existe.') })

const versionElegida = z
  .union([z.literal('').transform(() => null), numero('Elige dos versiones del Anexo C de esta OT.')])
  .optional()
  .transform((valor) => valor ?? null)
export const CompararVersiones = z.object({ ot_id: numero(OT), antes: versionElegida, despues: versionElegida })

export const DeshacerVersion = z.object({
  importacion_id: numero('No se reconoce la versión del Anexo C.'),
  confirmar_sin_destino: interruptor,
})

/** Background work of an annex: reading and analysing, or reading and applying. */
export const TRABAJO_ANEXO = {
  nombre: 'anexo-importar',
  datos: z.object({
    tarea: z.number(),
    idOt: z.number(),
    archivo: z.string(),
    nombre: z.string(),
    bytes: z.number(),
    modo: z.enum(['reemplazo', 'actualizacion']),
    alcance: z.enum(['todo', 'rango']),
    simular: z.boolean(),
    huella: z.string().nullable(),
    confirmarSinDestino: z.boolean(),
  }),
  minutos: 60,
  // What failed half way left nothing; whether to try again is the decision of a person.
  reintentos: 0,
} as const satisfies Trabajo

export type DatosDeTrabajo = z.output<typeof TRABAJO_ANEXO.datos>

/** One kind of task per OT: its page finds what this person left there. */
export const tipoDeTarea = (idOt: number): string => `${TRABAJO_ANEXO.nombre}:${String(idOt)}`
