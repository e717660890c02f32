/** What a person can do to a step of a PTE (pte.md §5.7, §6). Who changes one holds the PTE, so that its parent sees all. */
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
import type { RespuestaTabla } from '../../../comun/contrato.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import type { FilaPasoPte, FilaSubpasoPte, RespuestaPasoPte, RespuestaProgresoPadre } from '../pte.contrato.ts'
import { bloquearPte, buscarPte, buscarTipoDeCliente, tieneOtViva } from '../pte.repo.ts'
import { ESTATUS_PTE, type Pte, TIPO_PASO } from '../pte.tipos.ts'
import { filaPrincipal, filaSubpaso } from '../pte.vista.ts'
import {
  avancePte,
  estaConcluido,
  exigirSinSubpasos,
  ordenarPasos,
  padreRecalculado,
  pasosTerminados,
  porcentaje,
  ramas,
} from './pasos.reglas.ts'
import * as repo from './pasos.repo.ts'
import type { PasosDePte } from './pasos.schema.ts'

// --------------------------------------------------------------------------------------------------------- reads

/** The live PTE with its steps and the type of its client; null when there is none. */
async function leer(ctx: CtxLectura, idPte: number | null | undefined) {
  const pte = idPte == null ? null : await buscarPte(ctx.bd, idPte)
  if (pte === null || pte.estatus === ESTATUS_PTE.ELIMINADA) return null
  return { pte, pasos: await repo.listarPasos(ctx.bd, pte.id), tipoCliente: await tipoDeCliente(ctx, pte) }
}

function tipoDeCliente(ctx: CtxLectura, { idCliente }: Pte): Promise<number | null> {
  return idCliente === null ? Promise.resolve(null) : buscarTipoDeCliente(ctx.bd, idCliente)
}

/** Page of the main steps of a PTE by `orden` (pte.md §7.4); empty for one that is missing or unknown. */
export async function pasosDePte(ctx: CtxLectura, consulta: PasosDePte): Promise<RespuestaTabla<FilaPasoPte>> {
  const { dibujo, inicio, limite } = leerPaginacion(consulta)
  const leida = await leer(ctx, consulta.pte_header_id)
  const principales = leida === null ? [] : ramas(leida.pasos)
  const pagina = principales.slice(inicio, limite === null ? undefined : inicio + limite)
  return {
    draw: dibujo,
    recordsTotal: principales.length,
    recordsFiltered: principales.length,
    data: pagina.map((rama) => filaPrincipal(rama, leida?.pte.oficioPte ?? '', leida?.tipoCliente ?? null)),
  }
}

/** Every substep of a PTE by `orden`, without paging (pte.md §7.5). */
export async function subpasosDePte(ctx: CtxLectura, consulta: PasosDePte): Promise<RespuestaTabla<FilaSubpasoPte>> {
  const leida = await leer(ctx, consulta.pte_header_id)
  const subpasos = ordenarPasos(leida?.pasos ?? []).filter(({ tipo }) => tipo === TIPO_PASO.SUBPASO)
  return {
    draw: leerPaginacion(consulta).dibujo,
    recordsTotal: subpasos.length,
    recordsFiltered: subpasos.length,
    data: subpasos.map((subpaso) => filaSubpaso(subpaso, leida?.pte.oficioPte ?? '')),
  }
}

/** Text of the progress endpoint for a PTE without a parent step (pte.md §6.3). */
const PADRE_POR_DEFECTO = 'Volumetría de Materiales'

/** Progress of the first step with substeps (pte.md §7.15). @throws DatosInvalidos without id, NoEncontrado. */
export async function progresoDelPadre(
  ctx: CtxLectura,
  idPte: number | null | undefined,
): Promise<Omit<RespuestaProgresoPadre, 'exito'>> {
  if (idPte == null) throw new DatosInvalidos('ID de la PTE no proporcionado')
  const leida = await leer(ctx, idPte)
  if (leida === null) throw new NoEncontrado('PTE no encontrada')
  const rama = ramas(leida.pasos).find(({ subpasos }) => subpasos.length > 0)
  const hechos = rama?.subpasos.filter(estaConcluido).length ?? 0
  const total = rama?.subpasos.length ?? 0
  return {
    progreso: porcentaje(hechos, total),
    subpasos_completados: hechos,
    total_subpasos: total,
    descripcion_paso: rama?.padre.descripcion ?? PADRE_POR_DEFECTO,
  }
}

// ------------------------------------------------------------------------------------------------------- changes

/**
 * Status of a step (R-PTE-20): COMPLETADO dates the delivery, leaving it clears it; its parent follows (§6.4).
 * @throws DatosInvalidos, Conflicto (a parent has no status of its own), NoEncontrado.
 */
export function cambiarEstatusPaso(
  ctx: Contexto,
  datos: CambiarEstatusPaso,
): Promise<Omit<RespuestaPasoPte, 'exito' | 'tipo_aviso' | 'detalles'>> {
  const { paso_id: idPaso, nuevo_estatus: nuevo } = datos
  if (idPaso == null || nuevo == null) throw datosIncompletos()
  return conTransaccion(ctx, async (tx) => {
    const { paso, pte, pasos } = await bloquear(tx, idPaso)
    const transicion = transicionPaso({
      actual: paso.estatusPaso,
      nuevo,
      fechaEntrega: paso.fechaEntrega,
      fechaRecibida: datos.fecha_entrega ?? null,
      hoy: ctx.hoy,
    })
    for (const rama of ramas(pasos)) if (rama.padre.id === paso.id) exigirSinSubpasos(rama)
    const movido: repo.Paso = {
      ...paso,
      ...transicion,
      comentario: comentarioTrasCambio(paso.comentario, datos.comentario),
    }
    await guardar(tx, pte, paso, movido, '')
    const { actuales, completado } = await recalcularPadres(tx, pte, con(pasos, movido))
    return respuesta(tx, pte, actuales, idPaso, completado)
  })
}

/** R-PTE-21: every parent as its substeps say. @returns the steps as they are now, and whether one was completed. */
async function recalcularPadres(
  tx: CtxTx,
  pte: Pte,
  pasos: readonly repo.Paso[],
): Promise<{ actuales: readonly repo.Paso[]; completado: boolean }> {
  let actuales = pasos
  let completado = false
  for (const rama of ramas(pasos)) {
    const nuevo = padreRecalculado(rama, tx.hoy)
    if (nuevo === null) continue
    completado ||= estaConcluido(nuevo)
    await guardar(tx, pte, rama.padre, nuevo, ' (automático)')
    actuales = con(actuales, nuevo)
  }
  return { actuales, completado }
}

const con = (pasos: readonly repo.Paso[], nuevo: repo.Paso): repo.Paso[] =>
  pasos.map((paso) => (paso.id === nuevo.id ? nuevo : paso))

async function respuesta(
  tx: CtxTx,
  pte: Pte,
  pasos: readonly repo.Paso[],
  idPaso: number,
  completado: boolean,
): Promise<Omit<RespuestaPasoPte, 'exito' | 'tipo_aviso' | 'detalles'>> {
  const tipoCliente = await tipoDeCliente(tx, pte)
  const todas = ramas(pasos)
  const propia = todas.find(({ padre }) => padre.id === idPaso)
  const superior = todas.find(({ subpasos }) => subpasos.some(({ id }) => id === idPaso))
  const movido = pasos.find(({ id }) => id === idPaso)
  if (movido === undefined) throw new NoEncontrado('Paso no encontrado')
  return {
    pte_id: pte.id,
    ...avancePte(pasos),
    paso_actualizado_4: completado,
    paso: propia ? filaPrincipal(propia, pte.oficioPte, tipoCliente) : filaSubpaso(movido, pte.oficioPte),
    paso_padre: superior ? filaPrincipal(superior, pte.oficioPte, tipoCliente) : null,
    puede_crear_ot: pasosTerminados(pasos) && !(await tieneOtViva(tx.bd, pte.id)),
  }
}

/**
 * One date of a step ('1' inicio, '2' término, '3' entrega); empty clears it (R-PTE-22).
 * @returns the date it has now. @throws DatosInvalidos, Conflicto (locked by its status), NoEncontrado.
 */
export function actualizarFechaPaso(ctx: Contexto, datos: ActualizarFecha): Promise<FechaIso | null> {
  const { id_paso: idPaso, tipo, fecha } = datos
  if (idPaso == null || tipo === undefined || tipo === '' || fecha === undefined) throw datosIncompletos()
  return conTransaccion(ctx, async (tx) => {
    const { paso, pte } = await bloquear(tx, idPaso)
    const columna = validarFechaPaso(paso, tipo, fecha)
    if (paso[columna] !== fecha) {
      await repo.actualizarPaso(tx.bd, { ...paso, [columna]: fecha })
      await anotar(tx, paso, cambioDeFecha(pte, paso, columna, fecha))
    }
    return fecha
  })
}

/** Link to the deliverable of a step; empty removes it (R-PTE-23). @throws DatosInvalidos, NoEncontrado. */
export function guardarArchivoPaso(ctx: Contexto, datos: GuardarArchivo): Promise<string | null> {
  const { paso_id: idPaso, archivo: escrito } = datos
  if (idPaso == null || escrito === undefined) throw datosIncompletos()
  const archivo = leerArchivoDePaso(escrito)
  return conTransaccion(ctx, async (tx) => {
    const { paso, pte } = await bloquear(tx, idPaso)
    if (paso.archivo !== archivo) {
      await repo.actualizarPaso(tx.bd, { ...paso, archivo })
      await anotar(tx, paso, {
        evento: 'IMPORTAR',
        campo: 'Importó',
        anterior: paso.archivo ?? '',
        actual: archivo ?? '',
        detalle: `un enlace de archivo al paso: ${paso.orden}-${paso.descripcion} de la PTE: ${pte.oficioPte}`,
      })
    }
    return archivo
  })
}

/** The PTE first, then its steps; neither a missing step nor one of a deleted PTE may change (R-PTE-24). */
async function bloquear(tx: CtxTx, idPaso: number): Promise<{ pte: Pte; paso: repo.Paso; pasos: repo.Paso[] }> {
  const idPte = await repo.buscarPteDePaso(tx.bd, idPaso)
  const pte = idPte === null ? null : await bloquearPte(tx.bd, idPte)
  const pasos = pte === null || pte.estatus === ESTATUS_PTE.ELIMINADA ? [] : await repo.listarPasos(tx.bd, pte.id)
  const paso = pasos.find(({ id }) => id === idPaso)
  if (pte === null || paso === undefined) throw new NoEncontrado('Paso no encontrado')
  return { pte, paso, pasos }
}

type CambioDePaso = Pick<EventoAuditado, 'evento' | 'campo' | 'detalle'> & { anterior: string; actual: string }

/** Stores a step that changed of status and says so in the log; nothing changed writes nothing. */
async function guardar(
  tx: CtxTx,
  pte: Pte,
  antes: repo.Paso,
  despues: repo.Paso,
  sufijo: '' | ' (automático)',
): Promise<void> {
  const cambios = cambiosDePaso(pte, antes, despues, sufijo)
  for (const cambio of cambios) await anotar(tx, antes, cambio)
  if (cambios.length > 0) await repo.actualizarPaso(tx.bd, despues)
}

/** The status, or the date of a step that was COMPLETADO already, and the comment; an automatic change is one row. */
function cambiosDePaso(pte: Pte, antes: repo.Paso, despues: repo.Paso, sufijo: string): CambioDePaso[] {
  const [anterior, actual] = [textoEstatusPaso(antes.estatusPaso), textoEstatusPaso(despues.estatusPaso)]
  const nombre = `del paso ${antes.orden} - ${antes.descripcion} de la PTE: ${pte.oficioPte}`
  const cambios: CambioDePaso[] = []
  if (antes.estatusPaso !== despues.estatusPaso) {
    const detalle = `el estatus de: ${anterior} a: ${actual}, ${nombre}${sufijo}`
    cambios.push({ evento: 'ACTUALIZAR', campo: 'Actualizó', anterior, actual, detalle })
  } else if (antes.fechaEntrega !== despues.fechaEntrega) {
    cambios.push(cambioDeFecha(pte, antes, 'fechaEntrega', despues.fechaEntrega))
  }
  const [comentario, nuevo] = [antes.comentario ?? '', despues.comentario ?? '']
  if (sufijo === '' && comentario !== nuevo)
    cambios.push({ evento: 'MODIFICAR', campo: 'Comentario', anterior: comentario, actual: nuevo, detalle: nombre })
  return cambios
}

function cambioDeFecha(
  pte: Pte,
  paso: repo.Paso,
  columna: keyof typeof NOMBRE_FECHA_PASO,
  fecha: FechaIso | null,
): CambioDePaso {
  return {
    evento: 'ACTUALIZAR',
    campo: 'Actualizó',
    anterior: aDdMmAaaa(paso[columna]) ?? '',
    actual: aDdMmAaaa(fecha) ?? '',
    detalle: `la fecha de ${NOMBRE_FECHA_PASO[columna]} del paso ${paso.orden} de la PTE: ${pte.oficioPte}`,
  }
}

function anotar(tx: CtxTx, paso: repo.Paso, cambio: CambioDePaso): Promise<void> {
  return registrarEvento(tx, { tabla: TABLA_LOG.PTE_PASO, registroId: paso.id, ...cambio, version: paso.version + 1 })
}
