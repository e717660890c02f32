/** What a set of daily statuses may change (produccion.md §5.3, §5.5; settled.md §7). Pure. */
import { fechaDePartes } from '../../../comun/fechas.ts'
import { limpiar } from '../../../comun/texto.ts'
import { dentroDe, diasDelMes } from '../vigencia/vigencia.reglas.ts'
import type { ConflictoDeDia } from './diario.contrato.ts'
import {
  ESTATUS_DIARIO,
  type EstatusDiario,
  type CambioPlaneado,
  type CeldaEnviada,
  type CeldaLeida,
  type ErrorDeDia,
  type EstadoDeOt,
} from './diario.tipos.ts'

/** The status of a text: null for an empty one, undefined for one that is none. */
export function leerEstatusDiario(texto: string): EstatusDiario | null | undefined {
  const limpio = limpiar(texto).toUpperCase()
  return limpio === '' ? null : ESTATUS_DIARIO.find((estatus) => estatus === limpio)
}

const NO_ES_ESTATUS = `Los estatus son ${ESTATUS_DIARIO.join(', ')} o vacío.`

/** Reads the texts of the cells. Empty ones of days that the month does not have are left out: the old format sends 31. */
export function leerCeldas(
  enviadas: readonly CeldaEnviada[],
  mes: number,
  anio: number,
): { celdas: CeldaLeida[]; errores: ErrorDeDia[] } {
  const ultimo = diasDelMes(mes, anio)
  const celdas: CeldaLeida[] = []
  const errores: ErrorDeDia[] = []
  const vistas = new Set<string>()
  for (const { idOt, dia, valor: texto, anterior: textoAnterior, version } of enviadas) {
    const falta = (motivo: string): void => {
      errores.push({ id_ot: idOt, ot: '', dia, motivo })
    }
    const valor = leerEstatusDiario(texto)
    const anterior = textoAnterior === undefined ? undefined : leerEstatusDiario(textoAnterior)
    const clave = `${String(idOt)}/${String(dia)}`
    if (valor === null && dia > ultimo) continue
    if (dia < 1 || dia > ultimo) falta(`El día ${String(dia)} no existe en ese mes.`)
    else if (valor === undefined) falta(`«${limpiar(texto)}» no es un estatus. ${NO_ES_ESTATUS}`)
    else if (textoAnterior !== undefined && anterior === undefined)
      falta(`El valor anterior no es un estatus. ${NO_ES_ESTATUS}`)
    else if (vistas.has(clave)) falta('El día viene repetido.')
    else celdas.push({ idOt, dia, valor, anterior, version })
    vistas.add(clave)
  }
  return { celdas, errores }
}

/** What saving would do, and what forbids it. */
export interface PlanDeDias {
  readonly cambios: readonly CambioPlaneado[]
  readonly errores: readonly ErrorDeDia[]
  readonly conflictos: readonly ConflictoDeDia[]
  /** Days of months that are closed. */
  readonly cerrados: readonly ErrorDeDia[]
}

/**
 * Compares what was sent with what is stored. Cells that ask for what already is are nothing, wherever they fall; the rest must be of an OT
 * of the site, inside its window, of an open month, and over the value that the person saw.
 */
export function planearDias(
  celdas: readonly CeldaLeida[],
  estados: ReadonlyMap<number, EstadoDeOt>,
  contexto: { mes: number; anio: number; idUsuario: number | null },
): PlanDeDias {
  const plan = {
    cambios: [] as CambioPlaneado[],
    errores: [] as ErrorDeDia[],
    conflictos: [] as ConflictoDeDia[],
    cerrados: [] as ErrorDeDia[],
  }
  for (const celda of celdas) {
    const { idOt, dia, valor } = celda
    const estado = estados.get(idOt)
    const en = (motivo: string): ErrorDeDia => ({ id_ot: idOt, ot: estado?.folio ?? '', dia, motivo })
    if (!estado) {
      if (valor !== null || celda.anterior != null)
        plan.errores.push(en('La OT no está vigente en ese sitio en ese mes.'))
      continue
    }
    const antes = estado.dias.get(dia) ?? null
    if ((antes?.estatus ?? null) === valor) continue
    const fecha = fechaDePartes(contexto.anio, contexto.mes, dia)
    if (fecha === null || !dentroDe(fecha, estado.ventana))
      plan.errores.push(en('El día está fuera de la vigencia de la OT en ese sitio.'))
    else if (estado.mesCerrado) plan.cerrados.push(en('El mes está cerrado.'))
    else if (esConflicto(celda, estado, contexto.idUsuario)) plan.conflictos.push(conflicto(celda, estado))
    else plan.cambios.push({ idOt, fecha, antes, despues: valor })
  }
  return plan
}

/**
 * Whether somebody else changed the cell since it was seen. The old format does not say what was seen: it is enough that the folder has the
 * version that was loaded or, without one either, that what is stored is of the very person who replaces it.
 */
function esConflicto({ dia, anterior, version }: CeldaLeida, estado: EstadoDeOt, idUsuario: number | null): boolean {
  const guardado = estado.dias.get(dia)
  if (anterior !== undefined) return anterior !== (guardado?.estatus ?? null)
  if (version !== undefined) return version !== estado.version
  return guardado !== undefined && guardado.idUsuario !== idUsuario
}

function conflicto({ idOt, dia, valor }: CeldaLeida, estado: EstadoDeOt): ConflictoDeDia {
  const guardado = estado.dias.get(dia)
  return {
    clave: `${estado.folio}, día ${String(dia)}`,
    id_ot: idOt,
    ot: estado.folio,
    dia,
    propuesto: valor ?? '',
    guardado: guardado?.estatus ?? '',
    usuario: guardado?.usuario ?? '',
    fecha: guardado?.fecha ?? '',
  }
}

/** Days that stop being signed: they want a permission and a reason. */
export const queSeAbren = (cambios: readonly CambioPlaneado[]): CambioPlaneado[] =>
  cambios.filter(({ antes, despues }) => antes?.estatus === 'FIRMADO' && despues !== 'FIRMADO')
