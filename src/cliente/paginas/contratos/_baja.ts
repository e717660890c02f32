/** Deactivation and reactivation of a concept. */
import { RUTA_CONCEPTO, type PideConfirmacion } from '../../../modulos/contratos/contratos.contrato.ts'
import { confirmar } from '../../comun/dialogo.ts'
import { avisar } from '../../comun/avisos.ts'
import { crear } from '../../comun/dom.ts'
import { enviar, FalloDeServidor } from '../../comun/http.ts'

/** Asks and deactivates; asks again when OTs use it. True when it is done. */
export async function desactivarConcepto(id: number, partida: string): Promise<boolean> {
  const seguro = await confirmar({
    titulo: 'Confirmación',
    cuerpo: [
      crear('p', {}, '¿Desactivar el concepto ', crear('strong', {}, partida), '?'),
      crear('p', {}, 'Deja de ofrecerse en las listas. Puedes reactivarlo después.'),
    ],
    destructivo: true,
  })
  if (!seguro) return false
  try {
    await enviar(RUTA_CONCEPTO.eliminar, { id }, { sinAviso: true })
    return true
  } catch (error) {
    if (!(error instanceof FalloDeServidor)) throw error
    const { requiere_confirmacion: pide, detalles, tipo_aviso: tipo } = error.envoltura as PideConfirmacion
    if (pide) return desactivarAunqueSeUse(id, detalles)
    avisar(tipo, detalles)
    return false
  }
}

async function desactivarAunqueSeUse(id: number, detalles: string): Promise<boolean> {
  if (!(await confirmar({ titulo: 'El concepto está en uso', cuerpo: [detalles], destructivo: true }))) return false
  return enviado(RUTA_CONCEPTO.eliminar, { id, confirmar: 1 })
}

/** True when it came back. */
export function reactivarConcepto(id: number): Promise<boolean> {
  return enviado(RUTA_CONCEPTO.reactivar, { id })
}

async function enviado(ruta: string, datos: Record<string, number>): Promise<boolean> {
  try {
    await enviar(ruta, datos)
    return true
  } catch (error) {
    if (error instanceof FalloDeServidor) return false
    throw error
  }
}
