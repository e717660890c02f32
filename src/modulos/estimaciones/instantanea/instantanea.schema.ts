/** What an estimation keeps of the rest of the system when it leaves the draft (decision 0037), as it is stored. */
import { z } from 'zod'
import { col } from '../../../plataforma/columnas.ts'

const decimal = col.dinero
const nombre = z.string().nullable()

const Linea = z.object({
  id: col.id,
  idProduccion: col.id,
  fecha: col.fecha,
  sitio: z.string(),
  tipoTiempo: z.string(),
  anexo: z.string(),
  codigo: z.string(),
  concepto: z.string(),
  unidad: z.string(),
  volumenActual: decimal,
  volumenEstimado: decimal,
  puMn: decimal,
  puUsd: decimal,
  comentario: z.string(),
  rechazada: z.boolean(),
  gpu: col.idN,
  enlace: z.string().nullable(),
})
/** A line as the documents print it. */
export type LineaImpresa = z.output<typeof Linea>

const Evidencia = z.object({
  nombre: z.string(),
  comentario: z.string(),
  usuario: z.string(),
  fecha: col.instante,
  sha256: z.string(),
  /** Key of its thumbnail, which holds the fingerprint of its content. */
  miniatura: z.string().nullable(),
})

const Gpu = z.object({
  id: col.id,
  idProduccion: col.id,
  estatus: z.string(),
  enlace: z.string().nullable(),
  nota: z.string(),
  comentario: z.string(),
  excedente: z.boolean(),
  firma: z.object({ usuario: z.string(), fecha: col.instante }).nullable(),
  evidencias: z.array(Evidencia),
})
/** A GPU with its evidence as the expediente prints it. */
export type GpuImpreso = z.output<typeof Gpu>

const Paso = z.object({
  de: z.string(),
  a: z.string(),
  quien: nombre,
  /** Null when the header of an old estimation does not say. */
  cuando: col.instanteN,
  /** What the step left: the invoice, a date, its reason. */
  dato: z.string(),
})
/** A step of the flow. */
export type PasoImpreso = z.output<typeof Paso>

export const Pasos = z.array(Paso)

/** Written by this version of the program; another number is another shape. */
export const ESQUEMA = 1

export const ContenidoDeInstantanea = z.object({
  esquema: z.literal(ESQUEMA),
  /** Public address of the system, which the QR codes open; null when it was not known. */
  dominio: z.string().nullable(),
  ot: z.string(),
  descripcion: z.string(),
  cliente: nombre,
  creo: nombre,
  /** Who captured the rate; those of before did not keep it. */
  capturoTasa: nombre.default(null),
  lineas: z.array(Linea),
  gpus: z.array(Gpu),
})
/** Everything that the documents print and that belongs to the rest of the system. */
export type Contenido = z.output<typeof ContenidoDeInstantanea>
