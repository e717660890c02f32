import { z } from 'zod'
import { siNo } from '../../comun/entrada.ts'
import type { Trabajo } from '../../plataforma/cola.ts'
import type { OpcionDeClase } from './importacion.clase.ts'
import { FILAS_POR_PAGINA } from './importacion.contrato.ts'
import type { OpcionesElegidas } from './importacion.tipos.ts'

const numero = (mensaje: string) =>
  z
    .union([z.string(), z.number()], mensaje)
    .transform(String)
    .refine((texto) => /^\d{1,15}$/.test(texto), mensaje)
    .transform(Number)

const tarea = numero('No se reconoce el análisis. Vuelve a elegir el archivo.')

/** Multipart: the workbook in `archivo`, or `tarea` to analyse again the one that is already here; and the options. */
export const AnalizarArchivo = z.looseObject({ tarea: tarea.optional(), asincrono: siNo().default(false) })

const interruptor = siNo().default(false)
const eleccion = z.string('Elige un valor de la lista.').trim().max(200, 'Elige un valor de la lista.').default('')

/** The options of a class in a request; the choices of a selector are judged by the service. */
export function leerOpciones(
  opciones: readonly OpcionDeClase[],
  cuerpo: Readonly<Record<string, unknown>>,
): OpcionesElegidas {
  const forma = Object.fromEntries(
    opciones.map(({ clave, valores }) => [clave, valores === undefined ? interruptor : eleccion]),
  )
  return z.object(forma).parse(Object.fromEntries(opciones.map(({ clave }) => [clave, cuerpo[clave]])))
}

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
  lista: z.string('No existe esa lista.'),
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

const opciones = z.record(z.string(), z.union([z.string(), z.boolean()]))
const subida = { clase: z.string(), archivo: z.string(), nombre: z.string(), opciones }

const trabajo = <E extends z.ZodType>(nombre: string, datos: E): Trabajo<E> => ({
  nombre,
  datos,
  minutos: 60,
  // A batch that failed half way left nothing; whether to try again is the decision of a person.
  reintentos: 0,
})

/** `archivo` is the path of the upload and `nombre` the one that the person knows it by. */
export const TRABAJO_ANALIZAR = trabajo('importacion-analizar', z.object({ tarea: z.number(), ...subida }))

/** `huella` is the one of the analysis that was confirmed. */
export const TRABAJO_IMPORTAR = trabajo(
  'importacion-aplicar',
  z.object({ tarea: z.number(), analisis: z.number(), huella: z.string(), ...subida }),
)

export const TRABAJO_DESHACER = trabajo(
  'importacion-deshacer',
  z.object({ tarea: z.number(), clase: z.string(), lote: z.number() }),
)

export type DatosDeAnalisis = z.output<typeof TRABAJO_ANALIZAR.datos>
export type DatosDeImportacion = z.output<typeof TRABAJO_IMPORTAR.datos>

/** Kind of task (`tarea.tipo`) of each class, so that one class does not see the work of another. */
export const tipoAnalizar = (clase: string): string => `${TRABAJO_ANALIZAR.nombre}:${clase}`
export const tipoImportar = (clase: string): string => `${TRABAJO_IMPORTAR.nombre}:${clase}`
/** One kind of task per batch, so that the undo of each is found and asked for once. */
export const tipoDeshacer = (lote: number): string => `${TRABAJO_DESHACER.nombre}:${String(lote)}`
