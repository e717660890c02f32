import { plural } from '../../../comun/texto.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { textoFijo } from '../../../comun/volumenes.ts'
import { TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import { nombreDelMes } from '../produccion.contrato.ts'
import type { CambioDeProduccion, TipoTiempo } from './captura.tipos.ts'

/** Where a save was made, as the log tells it. */
export interface LugarAuditado {
  readonly idCarpeta: number
  readonly version: number
  readonly folio: string
  readonly sitio: string
  readonly idSitio: number
  readonly tipo: TipoTiempo
  readonly mes: number
  readonly anio: number
}

/** What a save did, in numbers. */
export interface CuentaDeGuardado {
  readonly creados: number
  readonly actualizados: number
  readonly eliminados: number
  readonly gpus_creados: number
}

/** How the log names a cell: its concept, day, type and site. */
export const claveAuditada = ({
  idConcepto,
  fecha,
  tipo,
  idSitio,
}: {
  idConcepto: number
  fecha: string
  tipo: TipoTiempo
  idSitio: number
}): string => `${String(idConcepto)}/${fecha}/${tipo}/${String(idSitio)}`

/** Rows of a save: its summary and one per changed cell (produccion.md §8). Their record is the folder of the month. */
export function eventosDeGuardado(
  lugar: LugarAuditado,
  cuenta: CuentaDeGuardado,
  cambios: readonly CambioDeProduccion[],
): EventoAuditado[] {
  const { idCarpeta, version, folio, sitio, idSitio, tipo, mes, anio } = lugar
  const de = { tabla: TABLA_LOG.PRODUCCION, registroId: idCarpeta, version }
  const donde = `producción ${tipo} de la OT ${folio} en ${sitio}`
  const partes = [
    plural(cuenta.creados, 'volumen nuevo', 'volúmenes nuevos'),
    plural(cuenta.actualizados, 'cambiado', 'cambiados'),
    plural(cuenta.eliminados, 'quitado', 'quitados'),
    plural(cuenta.gpus_creados, 'GPU creado', 'GPU creados'),
  ]
  return [
    {
      ...de,
      evento: 'REGISTRAR',
      campo: 'Registró',
      detalle: `${donde}, ${nombreDelMes(mes, anio)}: ${partes.join(', ')}`,
    },
    ...cambios.map((cambio): EventoAuditado => ({
      ...de,
      evento: 'MODIFICAR',
      campo: `${cambio.codigo} del ${aDdMmAaaa(cambio.fecha)}`,
      campoClave: claveAuditada({ idConcepto: cambio.idConcepto, fecha: cambio.fecha, tipo, idSitio }),
      anterior: cambio.antes === 0n ? '' : textoFijo(cambio.antes),
      actual: cambio.despues === 0n ? '' : textoFijo(cambio.despues),
      detalle: `en la ${donde}`,
    })),
  ]
}
