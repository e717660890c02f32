/**
 * Changes of an estimation, sent with its version: what is wrong is said at its field, and what somebody saved meanwhile (409
 * `VERSION`) is shown before going over it.
 */
import type { Envoltura } from '../../../comun/envoltura.ts'
import { tablaDeCambios, type CambioAjeno } from '../../componentes/cambios-ajenos.ts'
import { avisar } from '../../comun/avisos.ts'
import { recargarConAviso } from '../../comun/avisos-siguientes.ts'
import { marcarCampos, revisarCampos, type Campos } from '../../comun/campos-dialogo.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { crear } from '../../comun/dom.ts'
import { enviarJson, FalloDeServidor } from '../../comun/http.ts'

interface OpcionesDeCambio {
  /** Where what is wrong is said. */
  readonly campos?: Campos
  /** The person wrote something: it may be saved over what somebody else did, once it has been seen. */
  readonly escrito?: boolean
}

/** Sends a change and shows the page as it stays; a refusal is shown and null comes back, so that a dialog does not close. */
export type Cambiar = (
  ruta: string,
  cuerpo: Record<string, unknown>,
  opciones?: OpcionesDeCambio,
) => Promise<true | null>

/** 409 with `codigo: 'VERSION'`. */
interface Conflicto extends Envoltura {
  readonly version: number
  readonly cambios: readonly CambioAjeno[]
}

export function crearCambiar(id: number, versionAbierta: number): Cambiar {
  let version = versionAbierta
  const cambiar: Cambiar = async (ruta, cuerpo, { campos = {}, escrito = false } = {}) => {
    if (!revisarCampos(campos)) return null
    try {
      const { detalles } = await enviarJson(ruta, { id, version, ...cuerpo }, { sinAviso: true })
      recargarConAviso('exito', detalles)
      return true
    } catch (error) {
      if (!(error instanceof FalloDeServidor)) throw error
      const { campos: faltas = {}, codigo, tipo_aviso: tipo, detalles } = error.envoltura
      if (codigo === 'VERSION') {
        const conflicto = error.envoltura as Conflicto
        if (!(await seguirCon(conflicto, escrito))) {
          // What they saw is what they would go over the next time.
          if (escrito) version = conflicto.version
          return null
        }
        version = conflicto.version
        return cambiar(ruta, cuerpo, { campos, escrito })
      }
      if (!marcarCampos(campos, faltas) && error.estado !== 401) avisar(tipo, detalles)
      return null
    }
  }
  return cambiar
}

/** Shows what changed. @returns whether to save over it; what was not written is never taken over: the page comes again. */
async function seguirCon({ cambios }: Conflicto, escrito: boolean): Promise<boolean> {
  const acepta = await confirmar({
    titulo: 'Alguien más cambió esta estimación',
    cuerpo: [
      crear(
        'p',
        {},
        escrito
          ? 'Mientras editabas se guardaron estos cambios. Lo que escribiste sigue aquí.'
          : 'Mientras la tenías abierta se guardaron estos cambios. Mírala como quedó antes de seguir.',
      ),
      tablaDeCambios(cambios),
    ],
    aceptar: escrito ? 'Guardar lo que escribí' : 'Ver cómo quedó',
    cancelar: escrito ? 'Revisar antes de guardar' : 'Volver',
    ...(escrito ? { destructivo: true } : {}),
  })
  if (acepta && !escrito) location.reload()
  return acepta && escrito
}
