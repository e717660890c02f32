/** Columns and shapes of the historical import (ot.md §9, settled.md §1). */
import type { FechaIso } from '../../../comun/fechas.ts'
import type { EncabezadoDeHoja, Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { TipoOt } from '../ot.tipos.ts'

/** Kind of content of a column, which decides how its cells are read. */
export type ClaseColumna =
  | 'folio'
  | 'texto'
  | 'parrafos'
  | 'tipo'
  | 'estatus_operativo'
  | 'estatus_logico'
  | 'fecha'
  | 'importe'
  | 'plazo'
  | 'numero'
  | 'id'

/** Columns that the import reads, by the name that the workbook gives them. Any other is ignored. */
export const COLUMNAS = {
  orden_trabajo: 'folio',
  oficio_ot: 'folio',
  descripcion_trabajo: 'parrafos',
  id_tipo_id: 'tipo',
  id_estatus_ot_id: 'estatus_operativo',
  id_pte_header_id: 'folio',
  ot_principal: 'folio',
  num_reprogramacion: 'numero',
  id_responsable_proyecto_id: 'id',
  id_cliente_id: 'id',
  responsable_cliente: 'texto',
  comentario: 'parrafos',
  estatus: 'estatus_logico',
  fecha_inicio_programado: 'fecha',
  fecha_termino_programado: 'fecha',
  fecha_inicio_real: 'fecha',
  fecha_termino_real: 'fecha',
  monto_mxn: 'importe',
  monto_usd: 'importe',
  id_frente: 'id',
  id_embarcacion: 'id',
  id_plataforma: 'id',
  id_intercom: 'id',
  id_patio: 'id',
  plazo_dias: 'plazo',
} as const satisfies Record<string, ClaseColumna>

export type Columna = keyof typeof COLUMNAS

export const COLUMNAS_OBLIGATORIAS: readonly Columna[] = [
  'orden_trabajo',
  'oficio_ot',
  'descripcion_trabajo',
  'id_tipo_id',
  'id_estatus_ot_id',
]

export type { Problema }

/** Where each column of the workbook is. */
export type Encabezado = EncabezadoDeHoja<Columna>

/** Cleaned values of a row, with the names of its columns. Null = empty; amounts are plain decimals. */
export interface ValoresFila {
  readonly orden_trabajo: string | null
  readonly oficio_ot: string | null
  readonly descripcion_trabajo: string | null
  readonly id_tipo_id: TipoOt | null
  /** Null also for a text: both are read as ASIGNADA. */
  readonly id_estatus_ot_id: number | null
  readonly id_pte_header_id: string | null
  readonly ot_principal: string | null
  readonly num_reprogramacion: number | null
  readonly id_responsable_proyecto_id: number | null
  readonly id_cliente_id: number | null
  readonly responsable_cliente: string | null
  readonly comentario: string | null
  readonly estatus: number | null
  readonly fecha_inicio_programado: FechaIso | null
  readonly fecha_termino_programado: FechaIso | null
  readonly fecha_inicio_real: FechaIso | null
  readonly fecha_termino_real: FechaIso | null
  readonly monto_mxn: string | null
  readonly monto_usd: string | null
  readonly id_frente: number | null
  readonly id_embarcacion: number | null
  readonly id_plataforma: number | null
  readonly id_intercom: number | null
  readonly id_patio: number | null
  readonly plazo_dias: number | null
}

/** A row as it was read: what is wrong in `errores` rejects it. */
export interface FilaInterpretada {
  readonly fila: number
  readonly valores: ValoresFila
  /** Text of each cell as people see it, only of those that a later check may have to name. */
  readonly vistos: Readonly<Partial<Record<Columna, string>>>
  readonly errores: Problema[]
  readonly advertencias: Problema[]
}

/** An OT as it is stored, with the columns of the table that an import may change. */
export interface OtGuardada {
  readonly id: number
  readonly version: number
  readonly id_tipo: number
  readonly id_pte_header: number | null
  readonly orden_trabajo: string
  readonly oficio_ot: string
  readonly descripcion_trabajo: string
  readonly id_responsable_proyecto: number
  readonly responsable_cliente: string
  readonly id_cliente: number | null
  readonly id_estatus_ot: number
  readonly estatus: number
  readonly fecha_inicio_programado: FechaIso | null
  readonly fecha_termino_programado: FechaIso | null
  readonly fecha_inicio_real: FechaIso | null
  readonly fecha_termino_real: FechaIso | null
  readonly monto_mxn: string
  readonly monto_usd: string
  readonly id_frente: number | null
  readonly id_embarcacion: number | null
  readonly id_plataforma: number | null
  readonly id_intercom: number | null
  readonly id_patio: number | null
  readonly requiere_patio: boolean
  readonly plazo_dias: number
  readonly comentario: string
  readonly num_reprogramacion: number | null
  readonly ot_principal: number | null
}

/** Columns of `ot` that an update may write. */
export type CamposOt = Omit<OtGuardada, 'id' | 'version' | 'id_tipo' | 'num_reprogramacion' | 'ot_principal'>

/** What the database knows of what a file names, read in a constant number of queries. */
export interface Foto {
  readonly responsables: ReadonlyMap<number, string>
  readonly clientes: ReadonlyMap<number, string>
  /** Operative statuses (level 2). */
  readonly estatus: ReadonlyMap<number, string>
  readonly sitios: ReadonlyMap<number, { readonly idFrente: number; readonly texto: string }>
  /** Initial orders, deleted ones included, whose folio the file names as its own or as principal. */
  readonly iniciales: readonly OtGuardada[]
  /** All reprogramaciones of those, deleted ones included. */
  readonly reprogramaciones: readonly OtGuardada[]
  /** Keys of the folios that only reprogramaciones have, among those the file names as principal. */
  readonly foliosDeReprogramacion: ReadonlySet<string>
  /** Live PTEs by the key of their folio, lowest id first. */
  readonly ptes: readonly { readonly id: number; readonly oficio_pte: string; readonly clave: string }[]
  /** Folio of those PTEs and of the PTE that each stored order has. */
  readonly oficiosPte: ReadonlyMap<number, string>
  /** Live initial orders of those PTEs. */
  readonly ocupantes: readonly { readonly id_pte_header: number; readonly id: number; readonly orden_trabajo: string }[]
  /** Hash of the row that each record was last imported from, in batches that were not undone. */
  readonly huellas: ReadonlyMap<number, string>
}

/** What a file names, so that the picture of the database brings only that. Keys of folios. */
export interface Nombrados {
  readonly folios: readonly string[]
  readonly ptes: readonly string[]
}

/** A field that an update changes, as people read it. */
export interface CambioDeCampo {
  readonly campo: string
  readonly etiqueta: string
  readonly antes: string
  readonly despues: string
}

export type AccionFila = 'crear' | 'actualizar' | 'sin_cambio' | 'rechazada'

/** Status and dates of every step of a new OT (ot.md §9.7). */
export interface PasosNuevos {
  readonly estatus_paso: number
  readonly paso_inicio: FechaIso | null
  readonly paso_termino: FechaIso | null
  readonly paso_entrega: FechaIso | null
}

/** An OT to be created. Its PTE and its principal may be born in the same import: then they go by position. */
export interface OtNueva extends CamposOt, PasosNuevos {
  /** Its own position in `plan.crear`. */
  readonly n: number
  readonly id_tipo: TipoOt
  readonly num_reprogramacion: number | null
  readonly ot_principal: number | null
  /** Position in `plan.crear` of the principal, when it is new too. */
  readonly n_principal: number | null
  /** Position in `plan.ptes`, when the PTE is new too. */
  readonly n_pte: number | null
  readonly fila: number
  readonly huella: string
}

export interface OtCambiada {
  readonly id: number
  readonly fila: number
  readonly folio: string
  /** Null when no row brings the change: the PTE of a family follows its initial order. */
  readonly huella: string | null
  readonly version: number
  readonly antes: Partial<CamposOt>
  readonly despues: Partial<CamposOt>
  readonly n_pte: number | null
  readonly cambios: readonly CambioDeCampo[]
}

export interface PteNueva {
  readonly oficio_pte: string
  readonly descripcion_trabajo: string
  readonly id_cliente: number | null
  readonly id_responsable_proyecto: number
}

export interface Conteo {
  readonly total: number
  readonly creadas: number
  readonly actualizadas: number
  readonly sin_cambio: number
  readonly rechazadas: number
}

/** What an import would do, complete: the report counts it and the repo writes it. */
export interface Plan {
  readonly crear: readonly OtNueva[]
  readonly actualizar: readonly OtCambiada[]
  /** Records already as the row says, whose hash is not kept yet. */
  readonly reconocer: readonly { readonly id: number; readonly huella: string; readonly version: number }[]
  readonly ptes: readonly PteNueva[]
  readonly filas: number
  readonly iniciales: Conteo
  readonly reprogramaciones: Conteo
  readonly otras: { readonly total: number; readonly rechazadas: number }
  readonly errores: readonly Problema[]
  readonly advertencias: readonly Problema[]
  /** Numbers of the rows that were rejected, ascending. */
  readonly rechazadas: readonly number[]
}

/** The JSON report of contract.md §4; `lote` null when nothing was stored. */
export interface Informe {
  readonly lote: number | null
  readonly archivo: string
  readonly sha256: string
  readonly simulado: boolean
  readonly filas: number
  readonly iniciales: Conteo
  readonly reprogramaciones: Conteo
  readonly otras: { readonly total: number; readonly rechazadas: number }
  readonly ptes_creadas: number
  readonly errores: readonly Problema[]
  readonly advertencias: readonly Problema[]
  readonly segundos: number
}

/** Something that undoing a batch left as it was, and why. */
export interface Conservada {
  readonly tabla: 'ot' | 'pte_header'
  readonly id: number
  readonly folio: string
  readonly motivo: string
}

/** What undoing a batch did. */
export interface ResumenDeshacer {
  readonly lote: number
  readonly ots_borradas: number
  readonly ots_restauradas: number
  readonly ptes_borradas: number
  readonly conservadas: readonly Conservada[]
}
