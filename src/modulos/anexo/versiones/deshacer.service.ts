/** Undo of the last version of an annex: the previous one becomes active again (issue C §1). */
import { Conflicto, NoEncontrado } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { produccionDeLaFamilia } from '../anexo.produccion.ts'
import { claveDeConcepto } from '../clave.reglas.ts'
import { exigirOt } from './analisis.service.ts'
import { exigirDestino, exigirSinEstimar } from './aplicar.service.ts'
import { resolverConceptos } from './conceptos.reglas.ts'
import * as repo from './versiones.repo.ts'
import type { ConceptoDeFamilia, OtDeAnexo, PartidaDeVersion, Version } from './versiones.tipos.ts'

/** What an undo did. */
export interface Deshecho {
  readonly folio: string
  readonly numero: number
  /** Number of the version that is active again; null when there is none. */
  readonly vigente: number | null
  readonly recalculadas: number
  readonly fusionadas: number
  readonly arrastradas: number
}

/**
 * Undoes the active version of an OT.
 * @throws NoEncontrado; Conflicto when it is not the active one any more, or production would be left without a partida
 *   (nothing avoids it when no version remains: production needs one).
 */
export async function deshacerVersion(
  ctx: Contexto,
  { idVersion, confirmarSinDestino }: { idVersion: number; confirmarSinDestino: boolean },
): Promise<Deshecho> {
  const pedida = await repo.buscarVersion(ctx.bd, idVersion)
  if (pedida === null) throw new NoEncontrado('Esa versión del Anexo C no existe.')
  const { idPrincipal } = await exigirOt(ctx, pedida.idOt)
  return conTransaccion(ctx, async (tx) => {
    await bloquearFamilia(tx, idPrincipal)
    const ot = await exigirOt(tx, pedida.idOt)
    const versiones = await repo.listarVersiones(tx.bd, ot.id)
    const activa = versiones.find(({ activa: si }) => si)
    if (activa?.id !== idVersion)
      throw new Conflicto('Solo se deshace la versión vigente del Anexo C. Actualiza la página.')
    const anterior = versiones.find(({ numero, deshechaEn }) => numero < activa.numero && deshechaEn === null) ?? null
    return volver(tx, { ot, activa, anterior, confirmarSinDestino })
  })
}

async function volver(
  tx: CtxTx,
  caso: { ot: OtDeAnexo; activa: Version; anterior: Version | null; confirmarSinDestino: boolean },
): Promise<Deshecho> {
  const { ot, activa, anterior, confirmarSinDestino } = caso
  const familia = await repo.listarConceptos(tx.bd, ot.idPrincipal, ot.id)
  const partidas = anterior === null ? [] : await repo.listarPartidas(tx.bd, anterior.id)
  const { resuelta, enVigor } = resolverDeNuevo(partidas, familia)
  const sinDestino = await produccionDeLaFamilia().sinDestino(tx, ot.idPrincipal, enVigor)
  exigirSinEstimar(ot.folio, sinDestino)
  if (anterior === null && sinDestino.length > 0)
    throw new Conflicto(
      `La OT ${ot.folio} se quedaría sin Anexo C y tiene producción capturada. Carga un anexo nuevo en lugar de deshacer este.`,
    )
  exigirDestino(ot.folio, sinDestino, confirmarSinDestino)
  await repo.marcarDeshecha(tx, activa.id)
  const conceptos = await repo.aplicarConceptos(tx.bd, ot.idPrincipal, resuelta)
  let arrastradas = 0
  if (anterior !== null) {
    await repo.moverPartidas(tx.bd, mudadas(partidas, resuelta.huellas, conceptos))
    await repo.activar(tx.bd, anterior.id)
    arrastradas = await repo.arrastrarConceptos(
      tx.bd,
      anterior.id,
      sinDestino.map(({ idConcepto }) => idConcepto),
    )
    if (arrastradas > 0) await repo.contarDeNuevo(tx.bd, anterior.id)
  }
  const hecho = await produccionDeLaFamilia().reacomodar(
    tx,
    ot.idPrincipal,
    resuelta.traslados.flatMap(({ de, a }) => ({ de, a: conceptos.get(a) ?? de })),
  )
  const deshecho = { folio: ot.folio, numero: activa.numero, vigente: anterior?.numero ?? null, ...hecho, arrastradas }
  await registrarEvento(tx, {
    tabla: TABLA_LOG.IMPORTACION_ANEXO,
    registroId: activa.id,
    evento: 'ELIMINAR',
    campo: 'Deshizo',
    detalle: fraseDeRegistro(deshecho, activa),
  })
  return deshecho
}

/** The concepts of a version that comes back: a later one may have changed their annex. */
function resolverDeNuevo(partidas: readonly PartidaDeVersion[], familia: readonly ConceptoDeFamilia[]) {
  const resuelta = resolverConceptos(
    partidas.map((partida) => ({
      clave: claveDeConcepto({ ...partida, idUnidad: partida.idUnidad ?? 0 }),
      previo: partida.idConcepto,
    })),
    familia,
  )
  const pedidas = new Set(resuelta.huellas)
  const siguen = new Set([...resuelta.renombres.map(({ id }) => id), ...resuelta.traslados.map(({ de }) => de)])
  const enVigor = familia
    .filter(({ id, huella, vivoEnOtros }) => vivoEnOtros || pedidas.has(huella) || siguen.has(id))
    .map(({ id }) => id)
  return { resuelta, enVigor }
}

function mudadas(
  partidas: readonly PartidaDeVersion[],
  huellas: readonly string[],
  conceptos: ReadonlyMap<string, number>,
): { id: number; concepto: number }[] {
  return partidas.flatMap(({ id, idConcepto }, i) => {
    const concepto = conceptos.get(huellas[i] ?? '') ?? idConcepto
    return concepto === idConcepto ? [] : { id, concepto }
  })
}

function fraseDeRegistro({ folio, numero, vigente, recalculadas, arrastradas }: Deshecho, activa: Version): string {
  const queda = vigente === null ? 'la OT queda sin anexo' : `vuelve a estar vigente la versión ${String(vigente)}`
  const partes = [
    queda,
    ...(recalculadas > 0 ? [`${String(recalculadas)} producciones recalculadas`] : []),
    ...(arrastradas > 0 ? [`${String(arrastradas)} conceptos con volumen 0`] : []),
  ]
  return `la versión ${String(numero)} del Anexo C de la OT ${folio} (${activa.archivo}): ${partes.join(', ')}`
}

/** What the person is told. */
export function fraseDeDeshecho({ numero, vigente, recalculadas, arrastradas }: Deshecho): string {
  const partes = [
    `La versión ${String(numero)} se deshizo.`,
    vigente === null ? 'La OT ya no tiene Anexo C.' : `Vuelve a estar vigente la versión ${String(vigente)}.`,
    ...(arrastradas > 0
      ? [
          `${plural(arrastradas, 'concepto con producción se conserva', 'conceptos con producción se conservan')} con volumen 0.`,
        ]
      : []),
    ...(recalculadas > 0
      ? [`${plural(recalculadas, 'producción cambió', 'producciones cambiaron')} de estado de excedente.`]
      : []),
  ]
  return partes.join(' ')
}
