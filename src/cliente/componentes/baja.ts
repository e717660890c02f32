/** Deactivation of a record: asks, and asks again when the server says that something uses it (`requiere_confirmacion`). */
import type { Envoltura } from '../../comun/envoltura.ts'
import { avisar } from '../comun/avisos.ts'
import { confirmar } from '../comun/dialogo.ts'
import { enviar, FalloDeServidor } from '../comun/http.ts'

/** 409 that may be repeated with `confirmar=1`. */
interface PideConfirmacion extends Envoltura {
  requiere_confirmacion?: boolean
}

export interface Baja {
  ruta: string
  id: number
  /** What the first question says. */
  cuerpo: (Node | string)[]
  /** Title of the second one: 'El concepto está en uso'. */
  enUso: string
}

/** True when it is done. */
export async function darDeBaja({ ruta, id, cuerpo, enUso }: Baja): Promise<boolean> {
  if (!(await confirmar({ titulo: 'Confirmación', cuerpo, destructivo: true }))) return false
  try {
    const { tipo_aviso: tipo, detalles } = await enviar(ruta, { id }, { sinAviso: true })
    avisar(tipo, detalles)
    return true
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    const { requiere_confirmacion: pide, detalles, tipo_aviso: tipo } = error.envoltura as PideConfirmacion
    if (!pide) {
      avisar(tipo, detalles)
      return false
    }
    return (
      (await confirmar({ titulo: enUso, cuerpo: [detalles], destructivo: true })) && enviado(ruta, { id, confirmar: 1 })
    )
  }
}

/** True when the command was applied; its notice has been shown either way. */
export async function enviado(ruta: string, datos: Record<string, number>): Promise<boolean> {
  try {
    await enviar(ruta, datos)
    return true
  } catch (error) {
    if (error instanceof FalloDeServidor) return false
    throw error
  }
}
