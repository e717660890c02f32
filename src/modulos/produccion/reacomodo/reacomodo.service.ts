/** Production follows its concept through every change of annex or of family (produccion.md §5.4.6, anexo-c.md §6.4). */
import { Conflicto } from '../../../comun/errores.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import type { CtxTx } from '../../../plataforma/contexto.ts'
import {
  mudarConceptos,
  type ProduccionDeLaFamilia,
  type Reacomodo,
  type TrasladoDeConcepto,
} from '../../anexo/index.ts'
import { registrarEventos, TABLA_LOG } from '../../auditoria/index.ts'
import type { CambioDeFamilia, Mudanza } from '../../ot/index.ts'
import { subirVersiones } from '../carpetas/carpetas.repo.ts'
import { recalcularExcedentes } from '../captura/excedentes.repo.ts'
import { buscarOtDeCaptura } from '../captura/sabana.repo.ts'
import { eventosDeCreacion } from '../gpu/gpu.auditoria.ts'
import * as gpus from '../gpu/gpu.mantenimiento.repo.ts'
import * as repo from './reacomodo.repo.ts'

/** What anexo asks of production. */
export const PRODUCCION_DE_LA_FAMILIA: ProduccionDeLaFamilia = {
  sinDestino: (ctx, idPrincipal, conceptos) => repo.listarSinDestino(ctx.bd, idPrincipal, conceptos),
  resumen: (ctx, idPrincipal) => repo.contarProduccion(ctx.bd, idPrincipal),
  reacomodar,
}

/**
 * Re-attaches the production of a family, merges what ends in the same place, and counts its excedentes again.
 * @throws Conflicto when what would be merged is in an estimation.
 */
export async function reacomodar(
  tx: CtxTx,
  idPrincipal: number,
  traslados: readonly TrasladoDeConcepto[] = [],
): Promise<Reacomodo> {
  await repo.permitirReacomodo(tx.bd, true)
  const reales = traslados.filter(({ de, a }) => de !== a)
  const fusionadas = reales.length === 0 ? 0 : await seguirTraslados(tx, reales)
  await repo.colgarDeLasVigentes(tx.bd, idPrincipal)
  const marcas = await recalcularExcedentes(tx.bd, [idPrincipal])
  const creados = await gpus.crearGpusFaltantes(tx.bd, idPrincipal, null)
  if (creados.length > 0) {
    const ot = await buscarOtDeCaptura(tx.bd, idPrincipal)
    await registrarEventos(tx, eventosDeCreacion(creados, ot?.folio ?? ''))
  }
  await gpus.anotarExcedentes(tx.bd, [
    ...new Set([...marcas.map(({ idConcepto }) => idConcepto), ...reales.map(({ a }) => a)]),
  ])
  await repo.permitirReacomodo(tx.bd, false)
  return { recalculadas: marcas.length, fusionadas }
}

async function seguirTraslados(tx: CtxTx, traslados: readonly TrasladoDeConcepto[]): Promise<number> {
  const choques = await repo.listarChoques(tx.bd, traslados)
  const estimada = choques.find((choque) => choque.estimada !== null)
  if (estimada)
    throw new Conflicto(
      `${estimada.codigo} tiene producción del ${aDdMmAaaa(estimada.fecha)} en ${estimada.estimada ?? ''}: no se puede sumar a otra.`,
    )
  await repo.fusionar(tx.bd, choques, tx.ahora)
  await repo.trasladar(tx.bd, traslados)
  await subirVersiones(tx.bd, [...new Set(choques.map(({ idCarpeta }) => idCarpeta))], tx.ahora)
  await registrarFusiones(tx, choques)
  return choques.filter(({ id, queda }) => id !== queda).length
}

function registrarFusiones(tx: CtxTx, choques: readonly repo.Choque[]): Promise<void> {
  const sumandos = new Map<number, string[]>()
  for (const { queda, volumen } of choques) sumandos.set(queda, [...(sumandos.get(queda) ?? []), volumen])
  return registrarEventos(
    tx,
    choques
      .filter(({ id, queda }) => id === queda)
      .map((choque) => ({
        tabla: TABLA_LOG.PRODUCCION,
        registroId: choque.idCarpeta,
        evento: 'MODIFICAR',
        campo: `${choque.codigo} del ${aDdMmAaaa(choque.fecha)}`,
        anterior: (sumandos.get(choque.id) ?? []).join(' + '),
        actual: choque.suma,
        detalle: 'al acomodar la producción en el Anexo C vigente: eran dos renglones del mismo concepto',
      })),
  )
}

/** The members of some families, or their order, changed: what is in force on their concepts may be another (§5.7). */
export async function alCambiarFamilias(tx: CtxTx, { principales, mudadas }: CambioDeFamilia): Promise<void> {
  for (const mudanza of mudadas) await mudar(tx, mudanza)
  for (const idPrincipal of await repo.listarConProduccion(tx.bd, principales)) await reacomodar(tx, idPrincipal)
}

/** A reprogramación takes its annexes to another family; production stays in its own, or the move is refused. */
async function mudar(tx: CtxTx, { idOt, de, a }: Mudanza): Promise<void> {
  await reacomodar(tx, de)
  const colgadas = await repo.listarColgadasDe(tx.bd, idOt)
  if (colgadas.length > 0)
    throw new Conflicto(
      `Hay producción de conceptos que solo están en el Anexo C de esta reprogramación (${colgadas.join(', ')}): no se puede cambiar de OT principal.`,
    )
  await mudarConceptos(tx, idOt, a)
}
