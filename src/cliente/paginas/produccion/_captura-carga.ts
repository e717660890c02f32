/** Asks for the month of each order; a few at a time. */
import { RUTA_PARTIDAS_PRODUCCION, type Sabana } from '../../../modulos/produccion/captura/captura.contrato.ts'
import { obtener } from '../../comun/http.ts'
import type { OtDeCaptura } from './_captura-calculo.ts'
import type { LugarDeCaptura } from './_captura-estado.ts'

const A_LA_VEZ = 4

export async function cargarOts(
  { mes, anio, tipo, sitio }: LugarDeCaptura,
  ots: readonly { id_ot: number; ot: string }[],
): Promise<OtDeCaptura[]> {
  const cargadas: OtDeCaptura[] = []
  for (let i = 0; i < ots.length; i += A_LA_VEZ) {
    const tanda = await Promise.all(
      ots.slice(i, i + A_LA_VEZ).map(async ({ id_ot: idOt, ot: folio }) => {
        // An order that is not there any more answers an empty list.
        const sabana = await obtener<Sabana | never[]>(RUTA_PARTIDAS_PRODUCCION, {
          id_ot: idOt,
          id_sitio: sitio,
          mes,
          anio,
          tipo_tiempo: tipo,
        })
        return Array.isArray(sabana) ? [] : [{ idOt, folio, sabana }]
      }),
    )
    cargadas.push(...tanda.flat())
  }
  return cargadas
}
