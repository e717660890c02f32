/** Columns, locks and looks of the grid of daily statuses (produccion.md §7.3). */
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { ESTATUS_DIARIO, type OtDelMes } from '../../../modulos/produccion/diario/diario.contrato.ts'
import type { PuedeProduccion } from '../../../modulos/produccion/produccion.contrato.ts'
import { lista } from '../../componentes/captura/clases.ts'
import type { Aspecto, Bloqueo, ColumnaCaptura, DatosCelda } from '../../componentes/captura/tipos.ts'
import { diasDelMesElegido } from './_seleccion.ts'

const DIAS = Array.from({ length: 31 }, (_, i) => i + 1)
const ESTATUS = lista(ESTATUS_DIARIO.map((estatus) => ({ valor: estatus, texto: estatus })))

/** Day of a column; null for the others. */
export function diaDeColumna({ clave }: Pick<ColumnaCaptura<OtDelMes>, 'clave'>): number | null {
  return clave.startsWith('dia') ? Number(clave.slice(3)) : null
}

export const COLUMNAS_DIARIOS: readonly ColumnaCaptura<OtDelMes>[] = [
  { clave: 'ot', titulo: 'OT', ancho: 210, fija: true, filtro: true, valor: ({ ot }) => ot },
  { clave: 'desc', titulo: 'Descripción', ancho: 150, fija: true, filtro: true, valor: ({ desc }) => desc },
  ...DIAS.map((dia): ColumnaCaptura<OtDelMes> => ({
    clave: `dia${String(dia)}`,
    titulo: String(dia),
    tituloLargo: `Día ${String(dia)}`,
    ancho: 128,
    clase: ESTATUS,
    valor: (ot) => ot[`dia${dia}`] ?? '',
  })),
]

/** Why a day cannot be marked; null when it can. */
export function bloqueoDeDia(ot: OtDelMes, dia: number, puede: PuedeProduccion): Bloqueo | null {
  if (dia > diasDelMesElegido()) return { motivo: 'Ese día no existe en el mes.', clase: 'bloqueo-fuera' }
  if (ot.dias_bloqueados.includes(dia))
    return {
      motivo: `Fuera de la vigencia de la OT en este frente: del ${aDdMmAaaa(ot.inicio_v)} al ${aDdMmAaaa(ot.fin_v)}.`,
      clase: 'bloqueo-fuera',
    }
  if (ot.mes_cerrado) return { motivo: `El mes de esta OT está ${ot.estatus_cierre}.` }
  if (!puede.diarios) return { motivo: 'No tienes permiso para marcar reportes diarios.' }
  if (ot[`dia${dia}`] === 'FIRMADO' && !puede.abrir_dia)
    return { motivo: 'El día está firmado. Pide a quien tenga permiso que lo abra.' }
  return null
}

const CLASES: Readonly<Record<string, string>> = {
  FIRMADO: 'dia-firmado',
  'FALTA FIRMA PEMEX': 'dia-falta-firma',
  PENDIENTE: 'dia-pendiente',
  PROCESO: 'dia-proceso',
}

export const claseDeEstatus = (estatus: string): string => CLASES[estatus] ?? ''

export function aspectoDeDia({ fila, columna, valor }: DatosCelda<OtDelMes>): Aspecto | null {
  const dia = diaDeColumna(columna)
  if (dia === null) return columna.clave === 'ot' ? { clases: 'dia-folio' } : null
  const pie = fila.dias_con_produccion.includes(dia) && valor === '' ? 'con producción' : ''
  const comentado = fila.comentarios[String(dia)] !== undefined
  return {
    clases: claseDeEstatus(valor),
    ...(pie === '' ? {} : { pie }),
    ...(comentado ? { icono: 'chat-left-text' } : valor === 'FIRMADO' ? { icono: 'lock-fill' } : {}),
  }
}

/** What is known of a day, in a line. */
export function descripcionDeDia({ fila, columna, valor }: DatosCelda<OtDelMes>): string {
  const dia = diaDeColumna(columna)
  if (dia === null) return columna.valor(fila)
  const firma = fila.firmas[String(dia)]
  const comentario = fila.comentarios[String(dia)]
  return [
    valor === '' ? 'Sin estatus' : valor,
    firma ? `Firmado${firma.usuario === '' ? '' : ` por ${firma.usuario}`} el ${firma.fecha}` : '',
    fila.dias_con_produccion.includes(dia) ? 'Con producción' : '',
    comentario === undefined ? '' : `Comentario: ${comentario}`,
  ]
    .filter((parte) => parte !== '')
    .join(' · ')
}
