import type { FechaIso } from '../../../comun/fechas.ts'

/** A GPU as its sheet prints it. */
export interface HojaDeGpu {
  readonly id: number
  readonly idProduccion: number
  readonly folio: string
  readonly descripcion: string
  readonly cliente: string
  readonly anexo: string
  readonly codigo: string
  readonly concepto: string
  readonly unidad: string
  readonly sitio: string
  readonly fecha: FechaIso
  readonly tipo: string
  /** With six decimals. */
  readonly volumen: string
  readonly excedente: boolean
  readonly estatus: string
  readonly enlace: string | null
  readonly nota: string
  readonly comentario: string
  readonly firma: { readonly usuario: string; readonly fecha: Date } | null
}

/** A file of evidence that was not taken away. */
export interface EvidenciaDeHoja {
  readonly id: number
  readonly idGpu: number
  readonly idArchivo: number
  readonly nombre: string
  readonly clase: string
  readonly comentario: string
  readonly usuario: string
  readonly fecha: Date
  readonly sha256: string
  /** Key of its thumbnail in the store; null for what is not a picture. */
  readonly miniatura: string | null
}

/** Everything of the sheet. */
export interface DatosDeHojaGpu {
  readonly gpu: HojaDeGpu
  readonly evidencias: readonly EvidenciaDeHoja[]
  /** By their key in the store: JPG. */
  readonly miniaturas: ReadonlyMap<string, Buffer>
  /** Address of the record, which the QR code opens. */
  readonly direccion: string
  readonly generado: Date
  readonly usuario: string
}
