import { mantenerAuditoria, custodiaDe } from './modulos/auditoria/index.ts'
import { mantenerRadar } from './modulos/estimaciones/radar/radar.service.ts'
import type { Bitacora } from './plataforma/bitacora.ts'
import type { Contexto } from './plataforma/contexto.ts'

/** What goes of the day is sealed this often: at most this long may a row be touched by hand without a trace. */
const SELLAR_CADA_MS = 15 * 60_000
/** The radar is exact whenever it is read; this often it is left ready for who comes first. */
const RADAR_CADA_MS = 5 * 60_000
const TRAS_UN_FALLO_MS = 60_000

interface Cuidado {
  dejar(): Promise<void>
}

interface Opciones {
  readonly bitacora: Bitacora
  readonly contexto: () => Promise<Contexto>
}

/**
 * Looks after the activity log while the process lives: at the start and every quarter of an hour. A failure is logged
 * and tried again; nobody who works notices.
 */
export function cuidarAuditoria(opciones: Opciones & { secreto: string; carpetaSubidas: string }): Cuidado {
  const { bitacora, contexto } = opciones
  const custodia = custodiaDe(opciones.secreto, opciones.carpetaSubidas)
  return cuidar({
    cadaMs: SELLAR_CADA_MS,
    turno: async (seguir) => {
      const hecho = await mantenerAuditoria(await contexto(), custodia, seguir)
      if (hecho.sellados + hecho.particiones + hecho.mesesCerrados > 0)
        bitacora.info(hecho, 'registro de actividad sellado')
    },
    alFallar: (error) => {
      bitacora.error({ err: error }, 'el registro de actividad no se pudo sellar; se vuelve a intentar')
    },
  })
}

/** Keeps the radar de cobro up to date while nobody looks at it, so that its marks do not pile up. */
export function cuidarRadar({ bitacora, contexto }: Opciones): Cuidado {
  return cuidar({
    cadaMs: RADAR_CADA_MS,
    turno: async (seguir) => {
      await mantenerRadar(await contexto(), seguir)
    },
    alFallar: (error) => {
      bitacora.error({ err: error }, 'el radar de cobro no se pudo poner al día; se vuelve a intentar')
    },
  })
}

function cuidar(opciones: {
  cadaMs: number
  turno: (seguir: () => boolean) => Promise<void>
  alFallar: (error: unknown) => void
}): Cuidado {
  let seguir = true
  let espera: NodeJS.Timeout | undefined
  const turno = async (): Promise<void> => {
    let siguiente = opciones.cadaMs
    try {
      await opciones.turno(() => seguir)
    } catch (error) {
      if (seguir) opciones.alFallar(error)
      siguiente = TRAS_UN_FALLO_MS
    }
    if (!seguir) return
    espera = setTimeout(() => {
      enCurso = turno()
    }, siguiente)
    espera.unref()
  }
  let enCurso = turno()
  return {
    dejar: async () => {
      seguir = false
      clearTimeout(espera)
      await enCurso
    },
  }
}
