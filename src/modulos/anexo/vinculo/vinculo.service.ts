/** *Agregar partida*: a concept of the catalogue that enters the active annex of an OT, authorised 0 (produccion.md §6.8). */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { produccionDeLaFamilia } from '../anexo.produccion.ts'
import { claveDeConcepto } from '../clave.reglas.ts'
import { exigirOt } from '../versiones/analisis.service.ts'
import { resolverConceptos } from '../versiones/conceptos.reglas.ts'
import * as versiones from '../versiones/versiones.repo.ts'
import type { OtDeAnexo } from '../versiones/versiones.tipos.ts'
import { anexoDeExtraordinario } from './vinculo.reglas.ts'
import * as repo from './vinculo.repo.ts'

/** What a link answers. */
export interface Vinculada {
  readonly idPartida: number
  readonly codigo: string
  readonly folio: string
}

/**
 * Adds a concept to the active annex of an OT, made empty when there is none.
 * @throws NoEncontrado, Conflicto (deleted OT, concept already there), DatosInvalidos (inactive, without code).
 */
export async function vincularConcepto(ctx: Contexto, idOt: number, idConcepto: number): Promise<Vinculada> {
  const { idPrincipal } = await exigirOt(ctx, idOt)
  return conTransaccion(ctx, async (tx) => {
    await bloquearFamilia(tx, idPrincipal)
    const ot = await exigirOt(tx, idOt)
    const concepto = exigirVinculable(await repo.buscarConceptoVinculable(tx.bd, idConcepto))
    const version = await versionActiva(tx, ot)
    const idPartida = await agregar(tx, ot, version.id, concepto)
    await versiones.contarDeNuevo(tx.bd, version.id)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.IMPORTACION_ANEXO,
      registroId: version.id,
      evento: 'REGISTRAR',
      campo: 'Registró',
      detalle: `la partida ${concepto.codigo} en el Anexo C de la OT ${ot.folio} (versión ${String(version.numero)}), con volumen autorizado 0`,
    })
    return { idPartida, codigo: concepto.codigo, folio: ot.folio }
  })
}

function exigirVinculable(concepto: repo.ConceptoVinculable | null): repo.ConceptoVinculable {
  if (concepto === null) throw new NoEncontrado('La partida no existe en el catálogo.')
  if (!concepto.activo) throw new DatosInvalidos('La partida está dada de baja en el catálogo. Elige otra.')
  if (concepto.codigo.trim() === '') throw new DatosInvalidos('La partida no tiene código en el catálogo.')
  return { ...concepto, anexo: concepto.anexo ?? anexoDeExtraordinario(concepto.codigo) }
}

async function versionActiva(tx: CtxTx, ot: OtDeAnexo): Promise<{ id: number; numero: number }> {
  const activa = await versiones.buscarActiva(tx.bd, ot.id)
  if (activa !== null) return activa
  return versiones.insertarVersion(tx, {
    idOt: ot.id,
    modo: 'vinculacion',
    archivo: 'Partidas agregadas a mano',
    idArchivo: null,
    total: 0,
  })
}

async function agregar(
  tx: CtxTx,
  ot: OtDeAnexo,
  idVersion: number,
  concepto: repo.ConceptoVinculable,
): Promise<number> {
  const clave = claveDeConcepto(concepto)
  const familia = await versiones.listarConceptos(tx.bd, ot.idPrincipal, ot.id)
  const resuelta = resolverConceptos([{ clave, previo: null }], familia)
  const conceptos = await versiones.aplicarConceptos(tx.bd, ot.idPrincipal, resuelta)
  const idConcepto = conceptos.get(resuelta.huellas[0] ?? '') ?? 0
  const yaEsta = (await versiones.listarPartidas(tx.bd, idVersion)).some((partida) => partida.idConcepto === idConcepto)
  if (yaEsta) throw new Conflicto(`La partida ${concepto.codigo} ya está en el Anexo C de la OT.`)
  const ids = await versiones.insertarPartidas(tx.bd, idVersion, [
    {
      ...concepto,
      idConcepto,
      idConceptoMaestro: concepto.id,
      volumen: '0',
      orden: (await repo.ultimoOrden(tx.bd, idVersion)) + 1,
      origen: 'vinculada',
    },
  ])
  await produccionDeLaFamilia().reacomodar(
    tx,
    ot.idPrincipal,
    resuelta.traslados.flatMap(({ de, a }) => ({ de, a: conceptos.get(a) ?? de })),
  )
  return ids.get(idConcepto) ?? 0
}

/** The concepts of the annexes of an OT go with it to another family; none of their production does. */
export const mudarConceptos = (tx: CtxTx, idOt: number, idPrincipal: number): Promise<void> =>
  repo.mudarConceptos(tx.bd, idOt, idPrincipal)
