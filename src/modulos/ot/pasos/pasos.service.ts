/** What a person can do to a step of an OT (ot.md §5.9). The OT is held as it is while one of its steps changes. */
import type { ActualizarFecha, CambiarEstatusPaso, GuardarArchivo } from '../../../comun/pasos.entrada.ts'
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { leerPaginacion } from '../../../comun/paginacion.ts'
import {
  datosIncompletos,
  leerArchivoDePaso,
  comentarioTrasCambio,
  NOMBRE_FECHA_PASO,
  textoEstatusPaso,
  transicionPaso,
  validarFechaPaso,
} from '../../../comun/pasos.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import type { FilaPaso, ProgresoOt, RespuestaTabla } from '../ot.contrato.ts'
import { avanceOt } from '../ot.progreso.reglas.ts'
import { bloquearOtCompartida } from '../ot.repo.ts'
import { ESTATUS_LOGICO, type Ot } from '../ot.tipos.ts'
import * as repo from './pasos.repo.ts'
import type { PasosDeOt } from './pasos.schema.ts'

/** Page of the steps of an OT by step of its template (ot.md §6.11). @throws DatosInvalidos without OT. */
export async function pasosDeOt(ctx: CtxLectura, consulta: PasosDeOt): Promise<RespuestaTabla<FilaPaso>> {
  const { dibujo, inicio, limite } = leerPaginacion(consulta)
  if (consulta.ot_id == null) throw new DatosInvalidos('Falta la OT (ot_id).')
  const [pasos, { total }] = await Promise.all([
    repo.listarPasos(ctx.bd, consulta.ot_id, inicio, limite),
    repo.contarPasosDe(ctx.bd, consulta.ot_id),
  ])
  return { draw: dibujo, recordsTotal: total, recordsFiltered: total, data: pasos.map(filaDePaso) }
}

/** What moving a step answers: the row as it is now and the progress of its OT. */
export interface PasoMovido extends ProgresoOt {
  readonly paso: FilaPaso
  readonly ot_id: number
  readonly progreso: number
}

/**
 * Status of a step: COMPLETADO dates the delivery, leaving it clears it.
 * @throws DatosInvalidos, NoEncontrado.
 */
export function cambiarEstatusPaso(ctx: Contexto, datos: CambiarEstatusPaso): Promise<PasoMovido> {
  const { paso_id: idPaso, nuevo_estatus: nuevo } = datos
  if (idPaso == null || nuevo == null) throw datosIncompletos()
  return conTransaccion(ctx, async (tx) => {
    const { paso, ot } = await bloquear(tx, idPaso)
    const transicion = transicionPaso({
      actual: paso.estatusPaso,
      nuevo,
      fechaEntrega: paso.fechaEntrega,
      fechaRecibida: datos.fecha_entrega ?? null,
      hoy: ctx.hoy,
    })
    const movido: repo.Paso = {
      ...paso,
      ...transicion,
      comentario: comentarioTrasCambio(paso.comentario, datos.comentario),
    }
    const cambios = cambiosDePaso(paso, movido)
    for (const cambio of cambios) await anotar(tx, paso, cambio)
    if (cambios.length > 0) await repo.actualizarPaso(tx.bd, movido)
    const avance = avanceOt(ot, await repo.contarPasosDe(tx.bd, ot.id), ctx.hoy)
    return { paso: filaDePaso(movido), ot_id: ot.id, progreso: avance.progreso_final, ...avance }
  })
}

/**
 * One date of a step ('1' inicio, '2' término, '3' entrega); empty clears it.
 * @returns the date it has now. @throws DatosInvalidos, Conflicto (locked by its status), NoEncontrado.
 */
export function actualizarFechaPaso(ctx: Contexto, datos: ActualizarFecha): Promise<FechaIso | null> {
  const { id_paso: idPaso, tipo, fecha } = datos
  if (idPaso == null || tipo === undefined || tipo === '' || fecha === undefined) throw datosIncompletos()
  return conTransaccion(ctx, async (tx) => {
    const { paso } = await bloquear(tx, idPaso)
    const columna = validarFechaPaso(paso, tipo, fecha)
    if (paso[columna] !== fecha) {
      await repo.actualizarPaso(tx.bd, { ...paso, [columna]: fecha })
      await anotar(tx, paso, cambioDeFecha(paso, columna, fecha))
    }
    return fecha
  })
}

/** Link to the deliverable of a step; empty removes it. @throws DatosInvalidos, NoEncontrado. */
export function guardarArchivoPaso(ctx: Contexto, datos: GuardarArchivo): Promise<string | null> {
  const { paso_id: idPaso, archivo: escrito } = datos
  if (idPaso == null || escrito === undefined) throw datosIncompletos()
  const archivo = leerArchivoDePaso(escrito)
  return conTransaccion(ctx, async (tx) => {
    const { paso } = await bloquear(tx, idPaso)
    if (paso.archivo !== archivo) {
      await repo.actualizarPaso(tx.bd, { ...paso, archivo })
      await anotar(tx, paso, {
        evento: 'IMPORTAR',
        campo: 'Importó',
        anterior: paso.archivo ?? '',
        actual: archivo ?? '',
        detalle: `un enlace de archivo al paso: ${paso.orden}-${paso.descripcion} de la OT: ${paso.folio}`,
      })
    }
    return archivo
  })
}

/** The OT first, then its step; neither a missing step nor one of a deleted OT may change. */
async function bloquear(tx: CtxTx, idPaso: number): Promise<{ paso: repo.Paso; ot: Ot }> {
  const idOt = await repo.buscarOtDePaso(tx.bd, idPaso)
  const ot = idOt === null ? null : await bloquearOtCompartida(tx.bd, idOt)
  const paso = ot === null || ot.estatus === ESTATUS_LOGICO.ELIMINADA ? null : await repo.bloquearPaso(tx.bd, idPaso)
  if (ot === null || paso === null) throw new NoEncontrado('Paso no encontrado')
  return { paso, ot }
}

const nombre = ({ orden, descripcion }: repo.Paso): string => `${orden} - ${descripcion}`

type CambioDePaso = Pick<EventoAuditado, 'evento' | 'campo' | 'detalle'> & { anterior: string; actual: string }

/** Rows of the log of a change of status: the status, or the date of a step that was COMPLETADO already, and the comment. */
function cambiosDePaso(antes: repo.Paso, despues: repo.Paso): CambioDePaso[] {
  const [anterior, actual] = [textoEstatusPaso(antes.estatusPaso), textoEstatusPaso(despues.estatusPaso)]
  const cambios: CambioDePaso[] = []
  if (antes.estatusPaso !== despues.estatusPaso) {
    const detalle = `el estatus de: ${anterior} a: ${actual}, del paso ${nombre(antes)} de la OT: ${antes.folio}`
    cambios.push({ evento: 'ACTUALIZAR', campo: 'Actualizó', anterior, actual, detalle })
  } else if (antes.fechaEntrega !== despues.fechaEntrega) {
    cambios.push(cambioDeFecha(antes, 'fechaEntrega', despues.fechaEntrega))
  }
  const [comentario, nuevo] = [antes.comentario ?? '', despues.comentario ?? '']
  if (comentario !== nuevo) {
    const detalle = `del paso ${nombre(antes)} de la OT: ${antes.folio}`
    cambios.push({ evento: 'MODIFICAR', campo: 'Comentario', anterior: comentario, actual: nuevo, detalle })
  }
  return cambios
}

function cambioDeFecha(paso: repo.Paso, columna: keyof typeof NOMBRE_FECHA_PASO, fecha: FechaIso | null): CambioDePaso {
  return {
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    anterior: aDdMmAaaa(paso[columna]) ?? '',
    actual: aDdMmAaaa(fecha) ?? '',
    detalle: `la fecha de ${NOMBRE_FECHA_PASO[columna]} del paso ${paso.orden} de la OT: ${paso.folio}`,
  }
}

function anotar(tx: CtxTx, paso: repo.Paso, cambio: CambioDePaso): Promise<void> {
  return registrarEvento(tx, { tabla: TABLA_LOG.OT_PASO, registroId: paso.id, ...cambio, version: paso.version + 1 })
}

/** Row of ot.md §6.11; `oficio_ot` holds the folio, as outside clients expect. */
export function filaDePaso(paso: repo.Paso): FilaPaso {
  return {
    id: paso.id,
    orden: paso.orden,
    desc_paso: paso.descripcion,
    tipo_paso: paso.plantilla,
    estatus_paso: paso.estatusPaso,
    estatus_texto: textoEstatusPaso(paso.estatusPaso),
    fecha_entrega: aDdMmAaaa(paso.fechaEntrega),
    fecha_inicio: aDdMmAaaa(paso.fechaInicio),
    fecha_termino: aDdMmAaaa(paso.fechaTermino),
    comentario: paso.comentario ?? '',
    archivo: paso.archivo,
    oficio_ot: paso.folio,
    id_ot: paso.idOt,
  }
}
