import type supertest from 'supertest'

/** Keys of the rows of tables. */
export interface FilaDeTabla {
  readonly id: number
  readonly id_tipo_id: number
  readonly estatus: string
  readonly estatus_ot_texto: string
  readonly progreso_final: number
  readonly tiene_reprogramaciones: boolean
  readonly count_reprogramaciones: number
  readonly codigo_concepto: string
}

/**
 * Keys that the JSON answers of the system use, for tests that read them by name. A test that reads a key its answer
 * does not have compares with undefined and fails: that is all the checking it needs.
 */
export interface Cuerpo {
  readonly exito: boolean
  readonly tipo_aviso: string
  readonly detalles: string
  readonly codigo: string
  readonly campos: Record<string, string>
  readonly cambios: readonly unknown[]
  readonly datos: unknown
  readonly version: number
  readonly id_nuevo: number
  readonly registro_id: number
  readonly num_reprogramacion: number
  readonly fecha_termino_real: string | null
  readonly fecha_actualizada: string | null
  readonly paso: { readonly fecha_entrega: string | null }
  readonly draw: number
  readonly recordsTotal: number
  readonly recordsFiltered: number
  readonly data: readonly FilaDeTabla[]
  readonly totales: { readonly monto_mxn: string; readonly mn: string }
}

export interface RespuestaTipada<B> extends Omit<supertest.Response, 'body' | 'headers'> {
  readonly body: B
  readonly headers: Readonly<Record<string, string | undefined>>
}

/** A request of supertest whose answer has a type. */
export interface Pedido<B> extends Promise<RespuestaTipada<B>> {
  query(consulta: Record<string, string | number>): Pedido<B>
  type(tipo: string): Pedido<B>
  send(cuerpo: unknown): Pedido<B>
  set(cabecera: string, valor: string): Pedido<B>
  field(campo: string, valor: string): Pedido<B>
  attach(campo: string, archivo: Buffer, nombre: string): Pedido<B>
  buffer(valor: boolean): Pedido<B>
  parse(lector: unknown): Pedido<B>
}

/** The agent of supertest, whose `body` is any, with a type. */
export interface Agente {
  get<B = Cuerpo>(ruta: string): Pedido<B>
  post<B = Cuerpo>(ruta: string): Pedido<B>
}

/** @example const agente = tipado((await app.entrarComo('consulta')).agente) */
export function tipado(agente: ReturnType<typeof supertest.agent>): Agente {
  return agente as Agente
}
