/** What becomes of each cell that is sent (produccion.md §5.3, §5.6). Pure. */
import { fechaDePartes, instanteLocal } from '../../../comun/fechas.ts'
import { leerVolumen, textoFijo, textoVolumen } from '../../../comun/volumenes.ts'
import type { ConflictoDeCelda, ErrorDeCelda } from './captura.contrato.ts'
import {
  TEXTO_BLOQUEO_CELDA,
  type BloqueoDeCelda,
  type CambioDeProduccion,
  type CeldaEnviada,
  type CeldaGuardada,
} from './captura.tipos.ts'
import { ESTATUS_GPU } from '../gpu/gpu.tipos.ts'

/** A partida that was sent, and the concept it stands for today. */
export interface PartidaEnviada {
  readonly idEnviada: number
  readonly idConcepto: number
  /** Partida in force, where the production goes. */
  readonly idPartida: number
  readonly codigo: string
}

/** The month as the database has it. */
export interface MesGuardado {
  readonly mes: number
  readonly anio: number
  readonly cerrado: boolean
  /** Cells that do not say what they saw were seen in an older version of the month. */
  readonly versionVieja: boolean
  readonly diasFirmados: ReadonlySet<number>
  readonly diasFuera: ReadonlySet<number>
  readonly partidas: ReadonlyMap<number, PartidaEnviada>
  /** By `claveDeCelda`. */
  readonly guardadas: ReadonlyMap<string, CeldaGuardada>
}

export interface Resolucion {
  /** What is wrong with what was sent (400). */
  readonly errores: readonly ErrorDeCelda[]
  /** What is closed (409). */
  readonly cerradas: readonly ErrorDeCelda[]
  /** What somebody else changed meanwhile (409). */
  readonly conflictos: readonly ConflictoDeCelda[]
  readonly cambios: readonly CambioDeProduccion[]
}

export const claveDeCelda = (idConcepto: number, dia: number): string => `${String(idConcepto)}/${String(dia)}`

const AJENA = 'La partida no es de un Anexo C vigente de esta OT.'
const REPETIDA = 'La misma celda viene dos veces con valores distintos.'
const CON_EVIDENCIA = 'Su GPU tiene evidencia: no se puede dejar sin volumen.'
/** Columns of the grid: a short month has empty ones. */
const DIAS_DE_LA_SABANA = 31

type Veredicto =
  | { readonly error: string }
  | { readonly cerrada: string }
  | { readonly conflicto: CeldaGuardada | null; readonly despues: bigint; readonly antes: bigint }
  | { readonly cambio: CambioDeProduccion }
  | null

/** Judges every cell; nothing is written unless all of them can be. */
export function resolverCeldas(celdas: readonly CeldaEnviada[], mes: MesGuardado): Resolucion {
  const errores: ErrorDeCelda[] = []
  const cerradas: ErrorDeCelda[] = []
  const conflictos: ConflictoDeCelda[] = []
  const cambios = new Map<string, CambioDeProduccion>()
  for (const celda of celdas) {
    const partida = mes.partidas.get(celda.idPartida)
    const codigo = partida?.codigo ?? celda.codigo
    const lugar = { id_partida_imp: celda.idPartida, codigo, dia: celda.dia }
    const veredicto = partida === undefined ? { error: AJENA } : juzgar(celda, partida, mes)
    if (veredicto === null) continue
    if ('error' in veredicto) errores.push({ ...lugar, motivo: veredicto.error })
    else if ('cerrada' in veredicto) cerradas.push({ ...lugar, motivo: veredicto.cerrada })
    else if ('conflicto' in veredicto) conflictos.push({ ...lugar, ...conflicto(lugar, veredicto) })
    else {
      const clave = claveDeCelda(veredicto.cambio.idConcepto, celda.dia)
      const previo = cambios.get(clave)
      if (previo && previo.despues !== veredicto.cambio.despues) errores.push({ ...lugar, motivo: REPETIDA })
      cambios.set(clave, veredicto.cambio)
    }
  }
  return { errores, cerradas, conflictos, cambios: [...cambios.values()] }
}

function juzgar(celda: CeldaEnviada, partida: PartidaEnviada, mes: MesGuardado): Veredicto {
  const leido = leerVolumen(celda.texto)
  if ('motivo' in leido) return { error: leido.motivo }
  const despues = leido.micras
  const fecha = fechaDePartes(mes.anio, mes.mes, celda.dia)
  if (fecha === null)
    return despues === 0n && celda.dia <= DIAS_DE_LA_SABANA ? null : { error: 'Ese día no existe en el mes.' }
  const visto = celda.anterior === null ? null : leerVolumen(celda.anterior)
  if (visto !== null && 'motivo' in visto) return { error: `Valor anterior: ${visto.motivo}` }
  const guardada = mes.guardadas.get(claveDeCelda(partida.idConcepto, celda.dia)) ?? null
  const antes = guardada?.micras ?? 0n
  if (antes === despues) return null
  const cerrada = motivoDeCierre(celda.dia, guardada, mes)
  if (cerrada !== null) return { cerrada }
  if (visto === null ? mes.versionVieja : visto.micras !== antes) return { conflicto: guardada, despues, antes }
  if (despues === 0n && guardada?.conEvidencia) return { cerrada: CON_EVIDENCIA }
  if (despues === 0n && guardada?.historial != null)
    return { cerrada: `Queda en el historial de ${guardada.historial}: no se puede dejar sin volumen.` }
  return {
    cambio: {
      id: guardada?.id ?? null,
      idConcepto: partida.idConcepto,
      idPartida: partida.idPartida,
      codigo: partida.codigo,
      fecha,
      dia: celda.dia,
      antes,
      despues,
    },
  }
}

/** Why a row of production does not change although its day is open (§5.3.5). */
export function bloqueoDe(fila: Pick<CeldaGuardada, 'estimada' | 'gpu'>): BloqueoDeCelda | undefined {
  if (fila.estimada !== null) return 'ESTIMADA'
  return fila.gpu === ESTATUS_GPU.FIRMADO ? 'GPU_FIRMADO' : undefined
}

/** §5.3: why nothing may be written there; null when it may. */
function motivoDeCierre(dia: number, guardada: CeldaGuardada | null, mes: MesGuardado): string | null {
  // First what a person can free by themselves least: a billed cell says by whom, even on a signed day (estimaciones.md §11.9).
  if (guardada !== null && guardada.estimada !== null) return `No se puede cambiar: ya está en ${guardada.estimada}.`
  if (mes.cerrado) return 'El mes está cerrado.'
  if (mes.diasFuera.has(dia)) return 'El día está fuera de la vigencia de la OT en este frente.'
  if (mes.diasFirmados.has(dia)) return 'El día está firmado.'
  const bloqueo = guardada === null ? undefined : bloqueoDe(guardada)
  return bloqueo === undefined ? null : `No se puede cambiar: ${TEXTO_BLOQUEO_CELDA[bloqueo]}.`
}

function conflicto(
  lugar: { readonly codigo: string; readonly dia: number },
  visto: { readonly conflicto: CeldaGuardada | null; readonly despues: bigint; readonly antes: bigint },
): Omit<ConflictoDeCelda, 'id_partida_imp' | 'codigo' | 'dia'> {
  return {
    clave: `${lugar.codigo} · día ${String(lugar.dia)}`,
    propuesto: textoVolumen(visto.despues),
    guardado: textoFijo(visto.antes),
    usuario: visto.conflicto?.usuario ?? '',
    fecha: visto.conflicto ? instanteLocal(visto.conflicto.fecha) : '',
  }
}
