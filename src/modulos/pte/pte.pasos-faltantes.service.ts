import type { Contexto } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../auditoria/index.ts'
import { buscarCliente, pasosDePlantillaPte } from '../catalogos/index.ts'
import { ESTATUS_PASO } from '../../comun/pasos.ts'
import { plural } from '../../comun/texto.ts'
import { insertarPasos, listarPasos } from './pasos/pasos.repo.ts'
import { estatusDePasosFaltantes } from './pte.reglas.ts'
import * as repo from './pte.repo.ts'
import { ESTATUS_PTE } from './pte.tipos.ts'

/** What became of a PTE without steps. */
export interface PteRevisada {
  readonly id: number
  readonly folio: string
  readonly resultado: 'creados' | 'sin cliente' | 'sin plantilla'
  readonly pasos: number
}

/**
 * The steps of its template for one live PTE that has none, with the status that corresponds to that of the PTE.
 * @returns null when somebody gave it steps or deleted it meanwhile.
 */
export function crearPasosFaltantesDe(ctx: Contexto, id: number): Promise<PteRevisada | null> {
  return conTransaccion(ctx, async (tx) => {
    const pte = await repo.bloquearPte(tx.bd, id)
    if (pte === null || pte.estatus === ESTATUS_PTE.ELIMINADA) return null
    if ((await listarPasos(tx.bd, id)).length > 0) return null
    const revisada = { id, folio: pte.oficioPte, pasos: 0 }
    const cliente = pte.idCliente === null ? null : await buscarCliente(tx, pte.idCliente)
    if (cliente === null) return { ...revisada, resultado: 'sin cliente' }
    const plantilla = await pasosDePlantillaPte(tx, cliente.idTipo)
    if (plantilla.length === 0) return { ...revisada, resultado: 'sin plantilla' }
    const estatus = estatusDePasosFaltantes(pte.estatus)
    const entrega = estatus === ESTATUS_PASO.COMPLETADO ? pte.fechaEntrega : null
    const ids = plantilla.map((paso) => paso.id)
    await insertarPasos(tx.bd, id, ids, estatus, entrega)
    await repo.actualizarPte(tx.bd, pte)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.PTE,
      registroId: id,
      evento: 'ACTUALIZAR',
      campo: 'Actualizó',
      detalle: `los pasos que le faltaban (${plural(ids.length, 'paso', 'pasos')}), de la PTE: ${pte.oficioPte}`,
      version: pte.version + 1,
    })
    return { ...revisada, resultado: 'creados', pasos: ids.length }
  })
}
