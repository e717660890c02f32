import { mantenerAuditoria, custodiaDe } from './modulos/auditoria/index.ts'
import type { Bitacora } from './plataforma/bitacora.ts'
import type { Contexto } from './plataforma/contexto.ts'

/** What goes of the day is sealed this often: at most this long may a row be touched by hand without a trace. */
const CADA_MS = 15 * 60_000
const TRAS_UN_FALLO_MS = 60_000

/**
 * Looks after the activity log while the process lives: at the start and every quarter of an hour. A failure is logged
 * and tried again; nobody who works notices.
 */
export function cuidarAuditoria(opciones: {
  bitacora: Bitacora
  secreto: string
  carpetaSubidas: string
  contexto: () => Promise<Contexto>
}): { dejar(): Promise<void> } {
  const { bitacora, contexto } = opciones
  const custodia = custodiaDe(opciones.secreto, opciones.carpetaSubidas)
  let seguir = true
  let espera: NodeJS.Timeout | undefined
  const turno = async (): Promise<void> => {
    let siguiente = CADA_MS
    try {
      const hecho = await mantenerAuditoria(await contexto(), custodia, () => seguir)
      if (hecho.sellados + hecho.particiones + hecho.mesesCerrados > 0)
        bitacora.info(hecho, 'registro de actividad sellado')
    } catch (error) {
      if (seguir) bitacora.error({ err: error }, 'el registro de actividad no se pudo sellar; se vuelve a intentar')
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
