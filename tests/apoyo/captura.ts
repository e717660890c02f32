/** Somebody who captures production through the addresses of the page, over real HTTP. */
import type supertest from 'supertest'
import type {
  CambioDeCelda,
  ConflictoDeCelda,
  FilaDeConcepto,
  Sabana,
  TipoTiempo,
} from '../../src/modulos/produccion/captura/captura.contrato.ts'
import {
  RUTA_GUARDAR_PRODUCCION,
  RUTA_PARTIDAS_PRODUCCION,
} from '../../src/modulos/produccion/captura/captura.contrato.ts'
import {
  RUTA_GUARDAR_DIARIOS,
  RUTA_OTS_POR_SITIO,
  type EstatusDiario,
  type RespuestaOtsDelMes,
} from '../../src/modulos/produccion/diario/diario.contrato.ts'

/** A month of an OT at a site. */
export interface LugarDeMes {
  readonly ot: number
  readonly sitio: number
  readonly mes: number
  readonly anio?: number
}

/** What came back of a save. */
export interface Guardado {
  readonly estado: number
  readonly version: number
  readonly detalles: string
  readonly conflictos: readonly ConflictoDeCelda[]
  readonly errores: readonly { readonly dia: number; readonly motivo: string }[]
  readonly cuerpo: Record<string, unknown>
}

type Navegador = ReturnType<typeof supertest.agent>

const ANIO = 2026

/** Value of a cell as the grid shows it: '' when there is nothing. */
export function valorDe(fila: FilaDeConcepto, dia: number): string {
  return fila[`dia${String(dia)}` as 'dia1']?.valor ?? ''
}

/** @example const ana = capturista((await app.entrarComo('operaciones')).agente) */
export function capturista(agente: Navegador) {
  const leer = async ({ estado, body }: { estado: number; body: unknown }): Promise<Guardado> => {
    const cuerpo = body as Record<string, unknown>
    return Promise.resolve({
      estado,
      version: Number(cuerpo['version'] ?? -1),
      detalles: String(cuerpo['detalles']),
      conflictos: (cuerpo['conflictos'] ?? []) as ConflictoDeCelda[],
      errores: (cuerpo['errores'] ?? []) as Guardado['errores'],
      cuerpo,
    })
  }
  const enviar = async (ruta: string, datos: object): Promise<Guardado> => {
    const { status, body } = await agente.post(ruta).send(datos)
    return leer({ estado: status, body })
  }
  return {
    agente,
    enviar,
    async sabana({ ot, sitio, mes, anio = ANIO }: LugarDeMes, tipo: TipoTiempo = 'TE') {
      const { body } = await agente
        .get(RUTA_PARTIDAS_PRODUCCION)
        .query({ id_ot: ot, id_sitio: sitio, mes, anio, tipo_tiempo: tipo })
      const sabana = body as Sabana
      const filas = sabana.partidas.flatMap((fila) => (fila.es_subtitulo ? [] : [fila]))
      return { ...sabana, filas }
    },
    guardar: (
      { ot, sitio, mes, anio = ANIO }: LugarDeMes,
      cambios: readonly CambioDeCelda[],
      tipo: TipoTiempo = 'TE',
    ): Promise<Guardado> =>
      enviar(RUTA_GUARDAR_PRODUCCION, { id_ot: ot, id_sitio: sitio, mes, anio, tipo_tiempo: tipo, cambios }),
    /** Status of a day of an OT at a site, '' when it has none. */
    async diaDe({ ot, sitio, mes, anio = ANIO }: LugarDeMes, dia: number): Promise<EstatusDiario | ''> {
      const { body } = await agente.get(RUTA_OTS_POR_SITIO).query({ id_sitio: sitio, mes, anio })
      const fila = (body as RespuestaOtsDelMes).reportes_diarios.find(({ id_ot: id }) => id === ot)
      return fila?.[`dia${String(dia)}` as 'dia1'] ?? ''
    },
    marcar: (
      { ot, sitio, mes, anio = ANIO }: LugarDeMes,
      cambios: readonly { readonly dia: number; readonly valor: EstatusDiario | ''; readonly anterior?: string }[],
      motivo?: string,
    ): Promise<Guardado> =>
      enviar(RUTA_GUARDAR_DIARIOS, {
        id_sitio: sitio,
        mes,
        anio,
        motivo,
        cambios: cambios.map(({ dia, valor, anterior = '' }) => ({ id_ot: ot, dia, valor, valor_anterior: anterior })),
      }),
  }
}

export type Capturista = ReturnType<typeof capturista>
