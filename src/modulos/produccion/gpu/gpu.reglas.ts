/** Rules of a GPU (produccion.md §5.8), without database. */
import { Conflicto, DatosInvalidos, SinPermiso, type ErrorDeDominio } from '../../../comun/errores.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import { ESTATUS_GPU, type CambioDeGpu, type Gpu, type GpuEscrito } from './gpu.tipos.ts'

type Juzgado = Pick<
  Gpu,
  'estatus' | 'archivo' | 'nota' | 'notaAutomatica' | 'excedente' | 'evidencias' | 'estimado' | 'mesAbierto' | 'deGpu'
>

const { FIRMADO } = ESTATUS_GPU

/** How people name a GPU: partida, day, type of time and site. */
export const nombreDeGpu = ({ codigo, fecha, tipo, sitio }: Pick<Gpu, 'codigo' | 'fecha' | 'tipo' | 'sitio'>): string =>
  `${codigo} · ${aDdMmAaaa(fecha)} · ${tipo} · ${sitio}`

/** Whether anything of it would change. */
export const cambiaGpu = (gpu: Juzgado, cambio: CambioDeGpu): boolean =>
  gpu.estatus !== cambio.estatus || gpu.archivo !== cambio.archivo || gpu.nota !== cambio.nota

/**
 * Why nothing of this GPU may be written now, whatever it is: not of a GPU annex, its month is closed, it is estimated
 * (§5.8.7), or it is signed and this person may not open it (decision 0027). Null = it may.
 */
export function impedimentoDeGpu(gpu: Juzgado, puedeAbrir: boolean): ErrorDeDominio | null {
  if (!gpu.deGpu)
    return new DatosInvalidos('Esta producción no lleva GPU: solo la llevan los anexos C-2, C-3, C2EXT y C3EXT.')
  if (!gpu.mesAbierto)
    return new Conflicto('El mes está cerrado: sus GPU ya no se modifican. Reábrelo para cambiarlos.')
  if (gpu.estimado !== null)
    return new Conflicto(`El GPU ya está en ${gpu.estimado}: su estatus y su evidencia ya no se modifican.`)
  if (gpu.estatus === FIRMADO && !puedeAbrir)
    return new SinPermiso('El GPU está firmado: solo lo modifica quien puede abrir GPU firmados.')
  return null
}

/** Why this change cannot be made, or null. Blocked (§5.8.5) means neither signed nor estimated; the rest of it may change. */
export function rechazoDeCambio(gpu: Juzgado, cambio: CambioDeGpu, puedeAbrir: boolean): ErrorDeDominio | null {
  const impedimento = impedimentoDeGpu(gpu, puedeAbrir)
  if (impedimento) return impedimento
  if (cambio.estatus !== FIRMADO) return null
  if (gpu.estatus !== FIRMADO && gpu.excedente)
    return new Conflicto(
      'El GPU está bloqueado: su volumen está por arriba del autorizado (excedente) y no se puede firmar.',
    )
  // Signed before this rule, it may stay as it is.
  const igual = gpu.estatus === FIRMADO && cambio.archivo === gpu.archivo
  if (igual || cambio.archivo !== null || gpu.evidencias > 0) return null
  const mensaje = 'Para firmar el GPU agrega el enlace de su evidencia o sube un archivo.'
  return new DatosInvalidos(mensaje, { campos: { archivo: mensaje } })
}

/** The change as it is stored; a note that a person touched stops being of the system. */
export function escrituraDe(gpu: Juzgado, idGpu: number, cambio: CambioDeGpu): GpuEscrito {
  const firmado = cambio.estatus === FIRMADO
  return {
    ...cambio,
    idGpu,
    notaAutomatica: gpu.notaAutomatica && cambio.nota === gpu.nota,
    firma: firmado === (gpu.estatus === FIRMADO) ? 'igual' : firmado ? 'firmar' : 'abrir',
  }
}
