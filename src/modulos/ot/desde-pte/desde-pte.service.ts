/** A work order born from a finished PTE (pte.md §5.6). */
import { DINERO_CERO } from '../../../comun/dinero.ts'
import { Conflicto, DatosInvalidos } from '../../../comun/errores.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG } from '../../auditoria/index.ts'
import { buscarCliente, pasosDePlantillaOt } from '../../catalogos/index.ts'
import { anotarOtDePte, pteListaParaOt, type Pte } from '../../pte/index.ts'
import { conflictoDeFolio, exigirPrincipal, leerNumeroReprogramacion } from '../ot.reglas.ts'
import * as repo from '../ot.repo.ts'
import { numeroEnFamilia } from '../ot.service.ts'
import {
  ESTATUS_LOGICO,
  ESTATUS_OT,
  OFICIO_PENDIENTE,
  RESPONSABLE_CLIENTE_POR_DEFINIR,
  TIPO_OT,
  type TipoOt,
  type ValoresOt,
} from '../ot.tipos.ts'
import { pasosNuevos, plantillaDePasos } from '../pasos/pasos.reglas.ts'
import type { CrearDesdePte } from './desde-pte.schema.ts'

/** What the creation answers. */
export interface OtDesdePte {
  readonly id: number
  readonly folio: string
  readonly folioPte: string
  readonly numReprogramacion: number | null
  /** 0 = its template has no active steps. */
  readonly pasos: number
}

/**
 * The order waits for its first configuration (por definir) with the steps of its template, some of them copied from the
 * PTE. One transaction that holds the PTE from the start: two clicks make one order (R-PTE-18).
 * @throws DatosInvalidos, NoEncontrado, Conflicto as R-PTE-13 says.
 */
export function crearDesdePte(ctx: Contexto, datos: CrearDesdePte): Promise<OtDesdePte> {
  const { pte_id: idPte, oficio: folio } = datos
  if (idPte == null || folio == null) throw new DatosInvalidos('Datos incompletos', { campos: camposQueFaltan(datos) })
  const tipo = tipoPedido(datos.tipo_ot)
  return conTransaccion(ctx, async (tx) => {
    const { pte, pasos: origen } = await pteListaParaOt(tx, idPte)
    if (await repo.existeOtDePte(tx.bd, idPte)) throw new Conflicto('La PTE ya tiene una OT.')
    if (tipo === TIPO_OT.INICIAL && (await repo.existeFolio(tx.bd, folio, null))) throw folioEnUso(folio)
    const familia = tipo === TIPO_OT.REPROGRAMACION ? await lugarEnFamilia(tx, datos) : SIN_FAMILIA
    const cliente = await buscarCliente(tx, pte.idCliente)
    const plantilla = await pasosDePlantillaOt(tx, plantillaDePasos('pte', tipo, cliente?.idTipo ?? null))
    const pasos = pasosNuevos(plantilla, origen)
    const id = await repo.insertarOt(tx.bd, { ...valoresDePte(pte, tipo, folio), ...familia })
    await repo.insertarPasos(tx.bd, id, pasos)
    await registrarEvento(tx, {
      tabla: TABLA_LOG.OT,
      registroId: id,
      evento: 'CREAR',
      campo: 'Creó',
      detalle: `una Orden de Trabajo con oficio: ${folio} a partir de la PTE: ${pte.oficioPte}`,
      version: 1,
    })
    await anotarOtDePte(tx, pte, folio)
    return { id, folio, folioPte: pte.oficioPte, numReprogramacion: familia.numReprogramacion, pasos: pasos.length }
  })
}

function camposQueFaltan({ pte_id: idPte, oficio }: CrearDesdePte): Record<string, string> {
  return {
    ...(idPte == null ? { pte_id: 'Falta la PTE.' } : {}),
    ...(oficio == null ? { oficio: 'El Folio de la OT es obligatorio' } : {}),
  }
}

/** R-PTE-13.5: INICIAL when it is not said. @throws DatosInvalidos. */
function tipoPedido(tipo: number | null | undefined): TipoOt {
  if (tipo == null || tipo === TIPO_OT.INICIAL) return TIPO_OT.INICIAL
  if (tipo === TIPO_OT.REPROGRAMACION) return TIPO_OT.REPROGRAMACION
  const mensaje = 'El Tipo de OT debe ser INICIAL o REPROGRAMACION'
  throw new DatosInvalidos(mensaje, { campos: { tipo_ot: mensaje } })
}

/** The same refusal as in the form of OTs, on the field of this dialog. */
function folioEnUso(folio: string): Conflicto {
  const { detalles } = conflictoDeFolio(folio)
  return new Conflicto(detalles, { tipoAviso: 'error', campos: { oficio: detalles } })
}

const SIN_FAMILIA = { otPrincipal: null, numReprogramacion: null }

/** R-PTE-13.6: a live initial order, which stays locked until the end, and the number asked for or the next one. */
async function lugarEnFamilia(tx: CtxTx, datos: CrearDesdePte) {
  const { ot_principal: idPrincipal } = datos
  const candidata = idPrincipal == null ? null : await repo.bloquearOt(tx.bd, idPrincipal)
  const principal = exigirPrincipal(idPrincipal, candidata)
  const pedido = leerNumeroReprogramacion(datos.num_reprogramacion ?? null)
  return { otPrincipal: principal.id, numReprogramacion: await numeroEnFamilia(tx, principal.id, pedido, null) }
}

/** R-PTE-14. */
function valoresDePte(
  pte: Pte & { readonly idCliente: number; readonly idResponsableProyecto: number },
  tipo: TipoOt,
  folio: string,
): Omit<ValoresOt, 'otPrincipal' | 'numReprogramacion'> {
  return {
    idTipo: tipo,
    idPteHeader: pte.id,
    ordenTrabajo: folio,
    oficioOt: OFICIO_PENDIENTE,
    descripcionTrabajo: pte.descripcionTrabajo,
    comentario: '',
    idResponsableProyecto: pte.idResponsableProyecto,
    responsableCliente: RESPONSABLE_CLIENTE_POR_DEFINIR,
    idCliente: pte.idCliente,
    idEstatusOt: ESTATUS_OT.ASIGNADA,
    estatus: ESTATUS_LOGICO.POR_DEFINIR,
    motivoReprogramacion: null,
    comentarioReprogramacion: null,
    montoMxn: DINERO_CERO,
    montoUsd: DINERO_CERO,
    idFrente: null,
    idEmbarcacion: null,
    idPlataforma: null,
    idIntercom: null,
    idPatio: null,
    requierePatio: false,
    fechaInicioPatio: null,
    fechaFinPatio: null,
    fechaInicioProgramado: null,
    fechaTerminoProgramado: null,
    fechaInicioReal: null,
    fechaTerminoReal: null,
    plazoDias: null,
  }
}
