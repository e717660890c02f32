import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { enlaceProduccion } from '../produccion.contrato.ts'
import type { Faltante } from './cierre.contrato.ts'
import type { EstadoDeCierre } from './cierre.reglas.ts'

/** What an open month lacks to be closed, or a closed one to be signed; a signed one lacks nothing. */
export function faltantesDe(estado: EstadoDeCierre): Faltante[] {
  const { idOt, mes, anio } = estado
  const enlace = (sitio: number | undefined, pestana?: 'gpu'): string =>
    enlaceProduccion({ sitio, mes, anio, ot: idOt, pestana })
  if (estado.estatus === 'FIRMADO') return []
  if (estado.estatus === 'CERRADO')
    return estado.archivo === null
      ? [{ regla: 'sin_enlace', mensaje: 'Falta el enlace de la evidencia del mes.', enlace: enlace(undefined) }]
      : []
  return [
    ...estado.sinFirmar.map(({ idSitio, sitio, fecha, estatus }): Faltante => ({
      regla: 'dia_sin_firmar',
      mensaje: `${aDdMmAaaa(fecha)}, ${sitio}: hay producción y el reporte diario ${estatus === null ? 'no tiene estatus' : `está en ${estatus}`}.`,
      enlace: enlace(idSitio),
    })),
    ...estado.gpus.map(({ idSitio, sitio, fecha, codigo, estatus }): Faltante => ({
      regla: 'gpu_sin_firmar',
      mensaje: `${aDdMmAaaa(fecha)}, ${sitio}: el GPU de la partida ${codigo} está en ${estatus}.`,
      enlace: enlace(idSitio, 'gpu'),
    })),
  ]
}
