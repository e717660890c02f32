/** Shapes of the base rows: the columns of the tables, with their names. Ids are fixed (catalogos.md §4). */

export interface FilaTipo {
  readonly id: number
  readonly descripcion: string
  /** 1 PTE, 2 OT, 3 partida, 4 producción, 5 client */
  readonly nivel_afectacion: 1 | 2 | 3 | 4 | 5
}

export interface FilaFrente {
  readonly id: number
  readonly descripcion: string
  /** 1 class of site, 2 front of an OT */
  readonly nivel_afectacion: 1 | 2
}

export interface FilaEstatus {
  readonly id: number
  readonly descripcion: string
  /** 1 PTE and steps, 2 OT, 3 cobro, 5 monthly closing, 6 daily report and GPU */
  readonly nivel_afectacion: 1 | 2 | 3 | 5 | 6
  readonly clave: string
}

export interface FilaSitio {
  readonly id: number
  readonly descripcion: string
  /** 3 yard, 5 intercom, 6 vessel, 7 platform */
  readonly id_frente: 3 | 5 | 6 | 7
  readonly comentario: string
  /** Active unless told. */
  readonly activo?: boolean
}

export interface FilaUnidad {
  readonly id: number
  readonly clave: string
  readonly descripcion: string
}

export interface FilaCliente {
  readonly id: number
  readonly descripcion: string
  readonly id_tipo: 15 | 16
  readonly comentario: string
}

export interface FilaResponsable {
  readonly id: number
  readonly descripcion: string
  readonly comentario: string
}

export interface FilaPaso {
  readonly id: number
  readonly orden: string
  readonly descripcion: string
  /** 1 main step, 2 substep */
  readonly tipo: 1 | 2
  readonly importancia: number
  readonly id_tipo_cliente: 15 | 16
}

export interface FilaPasoOt {
  readonly id: number
  readonly orden: string
  readonly descripcion: string
  /** Template: 4 INICIAL, 5 REPROGRAMACION, 18 INTERCOM */
  readonly tipo: 4 | 5 | 18
  readonly importancia: number
  readonly id_tipo_cliente: 15 | 16
  readonly id_paso_origen: number | null
}

export interface FilaContrato {
  readonly id: number
  readonly numero_contrato: string
  readonly descripcion: string
  readonly id_cliente: number
  readonly fecha_inicio: string
  readonly fecha_termino: string
}

export interface FilaAnexoContrato {
  readonly id: number
  readonly id_contrato: number
  readonly clave: string
  readonly descripcion: string
  readonly tipo: 'FINANCIERO'
}

export interface FilaSubAnexo {
  readonly id: number
  readonly id_anexo_maestro: number
  readonly clave_anexo: string
  readonly descripcion: string
}
