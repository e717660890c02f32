/** Sends what was typed, order by order, and tells what became of each cell (produccion.md §5.6, §6.6, settled §7). */
import {
  RUTA_GUARDAR_PRODUCCION,
  type ConflictoDeCelda,
  type ErrorDeCelda,
  type GuardarProduccion,
  type RespuestaGuardarProduccion,
} from '../../../modulos/produccion/captura/captura.contrato.ts'
import type { Envoltura } from '../../../comun/envoltura.ts'
import type { CambioCelda } from '../../componentes/captura/tipos.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'
import type { FilaCaptura, OtDeCaptura } from './_captura-calculo.ts'
import { diaDe, type LugarDeCaptura } from './_captura-estado.ts'

/** What the server answered about the cells of an order. */
export type ResultadoDeOt =
  | { readonly ot: OtDeCaptura; readonly guardado: RespuestaGuardarProduccion }
  | {
      readonly ot: OtDeCaptura
      readonly fallo: Envoltura
      readonly estado: number
      readonly errores: readonly ErrorDeCelda[]
      readonly conflictos: readonly ConflictoDeCelda[]
    }

interface Rechazo extends Envoltura {
  errores?: ErrorDeCelda[]
  conflictos?: ConflictoDeCelda[]
}

/** Each order is a transaction: one that is refused does not stop the others. */
export async function guardarCambios(
  lugar: LugarDeCaptura,
  cambios: readonly CambioCelda<FilaCaptura>[],
): Promise<ResultadoDeOt[]> {
  const porOt = new Map<OtDeCaptura, GuardarProduccion['cambios']>()
  for (const { fila, columna, valor, anterior } of cambios) {
    const dia = diaDe(columna)
    if (fila.clase !== 'concepto' || dia === null) continue
    const suyos = porOt.get(fila.ot) ?? []
    porOt.set(fila.ot, suyos)
    suyos.push({ id_partida_imp: fila.datos.id_partida_imp, dia, valor, valor_anterior: anterior })
  }
  const resultados: ResultadoDeOt[] = []
  for (const [ot, celdas] of porOt) resultados.push(await guardarOt(lugar, ot, celdas))
  return resultados
}

async function guardarOt(
  { mes, anio, sitio, tipo }: LugarDeCaptura,
  ot: OtDeCaptura,
  cambios: GuardarProduccion['cambios'],
): Promise<ResultadoDeOt> {
  const cuerpo: GuardarProduccion = {
    id_ot: ot.idOt,
    mes,
    anio,
    id_sitio: sitio,
    tipo_tiempo: tipo,
    version: ot.sabana.version,
    cambios,
  }
  try {
    const guardado = await enviarJson<RespuestaGuardarProduccion>(RUTA_GUARDAR_PRODUCCION, cuerpo, { sinAviso: true })
    return { ot, guardado }
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    const { errores = [], conflictos = [] } = error.envoltura as Rechazo
    return { ot, fallo: error.envoltura, estado: error.estado, errores, conflictos }
  }
}
