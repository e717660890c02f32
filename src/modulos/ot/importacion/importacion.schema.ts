import { z } from 'zod'
import { siNo } from '../../../comun/entrada.ts'
import type { Trabajo } from '../../../plataforma/cola.ts'
import { FILAS_POR_PAGINA, LISTAS } from './importacion.contrato.ts'

const numero = (mensaje: string) =>
  z
    .union([z.string(), z.number()], mensaje)
    .transform(String)
    .refine((texto) => /^\d{1,15}$/.test(texto), mensaje)
    .transform(Number)

const tarea = numero('No se reconoce el análisis. Vuelve a elegir el archivo.')

/** Multipart: the workbook in `archivo`, or `tarea` to analyse again the one that is already here. */
export const AnalizarArchivo = z.object({
  tarea: tarea.optional(),
  crear_ptes: siNo().default(false),
  asincrono: siNo().default(false),
})

/** `tarea` is the analysis that was read. */
export const ConfirmarImportacion = z.object({ tarea, asincrono: siNo().default(false) })

export const DescartarAnalisis = z.object({ tarea })

export const DeshacerLote = z.object({
  lote: numero('No se reconoce el lote.'),
  asincrono: siNo().default(false),
})

export const PorAnalisis = z.object({ tarea })

/** One page of one list. */
export const PedirLista = z.object({
  lista: z.enum(LISTAS, 'No existe esa lista.'),
  inicio: numero('La página no es válida.').default(0),
  largo: numero('La página no es válida.')
    .default(FILAS_POR_PAGINA)
    .transform((filas) => Math.min(filas, 200)),
})

export const PedirListaDeAnalisis = PedirLista.extend({ tarea })

export type PedirLista = z.output<typeof PedirLista>

/** `<ID>` of the address of a batch. */
export const ParametroLote = z.object({ id: numero('No existe ese lote.') })

// ------------------------------------------------------------------------------------------------ background work

const archivo = { archivo: z.string(), nombre: z.string(), crearPtes: z.boolean() }

const trabajo = <E extends z.ZodType>(nombre: string, datos: E): Trabajo<E> => ({
  nombre,
  datos,
  minutos: 60,
  // A batch that failed half way left nothing; whether to try again is the decision of a person.
  reintentos: 0,
})

/** `archivo` is the path of the upload and `nombre` the one that the person knows it by. */
export const TRABAJO_ANALIZAR = trabajo('ot-importacion-analizar', z.object({ tarea: z.number(), ...archivo }))

/** `huella` is the one of the analysis that was confirmed. */
export const TRABAJO_IMPORTAR = trabajo(
  'ot-importacion-aplicar',
  z.object({ tarea: z.number(), analisis: z.number(), huella: z.string(), ...archivo }),
)

export const TRABAJO_DESHACER = trabajo('ot-importacion-deshacer', z.object({ tarea: z.number(), lote: z.number() }))

export type DatosDeAnalisis = z.output<typeof TRABAJO_ANALIZAR.datos>
export type DatosDeImportacion = z.output<typeof TRABAJO_IMPORTAR.datos>
