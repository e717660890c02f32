/** What an estimation keeps of the rest of the system when it leaves the draft: its documents print from it (decision 0037). */
import { Conflicto } from '../../../comun/errores.ts'
import { aDdMmAaaa } from '../../../comun/fechas.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { bloquearFamilia } from '../../ot/index.ts'
import { gpusConEvidencia } from '../../produccion/index.ts'
import { listarDetalle } from '../consultas.repo.ts'
import { buscarEstimacion } from '../estimaciones.repo.ts'
import type { Estimacion, EstatusEstimacion } from '../estimaciones.tipos.ts'
import * as repo from './instantanea.repo.ts'
import { ESQUEMA, type Contenido, type GpuImpreso, type PasoImpreso } from './instantanea.schema.ts'

/** Steps of the flow that an estimation may have taken, from the first. */
const CAMINO: readonly EstatusEstimacion[] = ['EN_ESTIMACION', 'ENVIADA', 'AUTORIZADA', 'FACTURADA', 'COBRADA']
/** Estimations looked at in one go when the system starts. */
const POR_VUELTA = 50

/** What the documents of an estimation print, read now. Three queries, whatever its size. */
export async function leerContenido(
  ctx: CtxLectura,
  estimacion: Estimacion,
  { dominio, gpus }: { dominio: string | null; gpus: boolean },
): Promise<Contenido> {
  const lineas = await listarDetalle(ctx.bd, estimacion.id)
  return {
    esquema: ESQUEMA,
    dominio,
    ot: estimacion.ot,
    descripcion: estimacion.descripcion,
    cliente: estimacion.cliente,
    creo: estimacion.creadoPor,
    capturoTasa: estimacion.tipoCambioCapturo,
    // What the page shows of a line beside these follows from the rest of the system.
    lineas: lineas.map(({ saldo: _saldo, excedente: _excedente, cobro: _cobro, ...linea }) => linea),
    gpus: gpus
      ? await leerGpus(
          ctx,
          lineas.map(({ idProduccion }) => idProduccion),
        )
      : [],
  }
}

async function leerGpus(ctx: CtxLectura, producciones: readonly number[]): Promise<GpuImpreso[]> {
  return (await gpusConEvidencia(ctx, producciones)).map(({ gpu, evidencias }) => ({
    id: gpu.id,
    idProduccion: gpu.idProduccion,
    estatus: gpu.estatus,
    enlace: gpu.enlace,
    nota: gpu.nota,
    comentario: gpu.comentario,
    excedente: gpu.excedente,
    firma: gpu.firma,
    evidencias: evidencias.map(({ nombre, comentario, usuario, fecha, sha256, miniatura }) => ({
      nombre,
      comentario,
      usuario,
      fecha,
      sha256,
      miniatura,
    })),
  }))
}

/**
 * What a step of the flow leaves in the snapshot, in its transaction: out of the draft it is made, back to the draft it
 * goes, and each step says who took it.
 * @param antes the estimation as it was; `dominio` public address of the system.
 */
export async function anotarPaso(
  tx: CtxTx,
  antes: Estimacion,
  { a, dato, dominio }: { a: EstatusEstimacion; dato: string; dominio: string | null },
): Promise<void> {
  if (a === 'EN_ESTIMACION') {
    await repo.borrarInstantanea(tx, antes.id)
    return
  }
  const paso: PasoImpreso = { de: antes.estatus, a, quien: tx.usuario?.nombre ?? null, cuando: tx.ahora, dato }
  if (await repo.hayInstantanea(tx.bd, antes.id)) await repo.agregarPaso(tx, antes.id, paso)
  else {
    const contenido = await leerContenido(tx, antes, { dominio, gpus: true })
    await repo.insertarInstantanea(tx, antes.id, contenido, [...pasosDeCabecera(antes), paso])
  }
}

/** The last of each change to what was sent, when its header, its deductions and its proof are what they will be. */
export const sellar = repo.sellarEstimacion

/** A line taken out of a sent estimation, in the same transaction. */
export const anotarRechazo = repo.rechazarLineaImpresa

/** What it prints of the rest of the system: as it was when it left the draft, or as it is while in it. */
export async function contenidoDe(
  ctx: Contexto,
  estimacion: Estimacion,
  pedido: { dominio: string | null; gpus: boolean },
): Promise<{ contenido: Contenido; pasos: readonly PasoImpreso[] }> {
  if (estimacion.estatus === 'EN_ESTIMACION')
    return { contenido: await leerContenido(ctx, estimacion, pedido), pasos: [] }
  let guardada = await repo.buscarInstantanea(ctx.bd, estimacion.id)
  if (guardada === null) {
    await tomarFaltante(ctx, estimacion.id, pedido.dominio)
    guardada = await repo.buscarInstantanea(ctx.bd, estimacion.id)
  }
  // It went back to the draft while it was read: the caller reads it again.
  if (guardada === null) return { contenido: await leerContenido(ctx, estimacion, pedido), pasos: [] }
  if (!guardada.integra)
    throw new Conflicto(
      `Lo guardado de EST-${String(estimacion.numero)} no es lo que se envió. No se imprime: avisa a un administrador.`,
    )
  return guardada
}

/** Takes the snapshot of one that was sent before there were any. */
async function tomarFaltante(ctx: Contexto, id: number, dominio: string | null): Promise<void> {
  await conTransaccion(ctx, async (tx) => {
    const antes = await buscarEstimacion(tx.bd, id)
    if (!antes) return
    await bloquearFamilia(tx, antes.idOt)
    const estimacion = await buscarEstimacion(tx.bd, id, true)
    if (!estimacion || estimacion.estatus === 'EN_ESTIMACION' || (await repo.hayInstantanea(tx.bd, id))) return
    const contenido = await leerContenido(tx, estimacion, { dominio, gpus: true })
    await repo.insertarInstantanea(tx, id, contenido, pasosDeCabecera(estimacion))
    await repo.sellarEstimacion(tx, id)
  })
}

/** At the start of the process: every estimation sent before this version gets its snapshot; says how many. */
export async function tomarFaltantes(ctx: Contexto, dominio: string): Promise<number> {
  for (let cuantas = 0; ;) {
    const faltan = await repo.listarSinInstantanea(ctx.bd, POR_VUELTA)
    if (faltan.length === 0) return cuantas
    for (const id of faltan) await tomarFaltante(ctx, id, dominio)
    cuantas += faltan.length
  }
}

/** The steps that the header remembers: of those sent before there were snapshots. */
function pasosDeCabecera(e: Estimacion): PasoImpreso[] {
  if (e.fechaEnvio === null) return []
  const hasta = CAMINO.indexOf(e.estatus)
  const pasos: readonly (readonly [quien: string | null, dato: string])[] = [
    [e.enviadoPorNombre, ''],
    [e.autorizadoPorNombre, aDdMmAaaa(e.fechaAutorizacion) ?? ''],
    [null, e.folioFactura === null ? '' : `${e.folioFactura}, ${aDdMmAaaa(e.fechaFactura) ?? ''}`],
    [null, aDdMmAaaa(e.fechaCobro) ?? ''],
  ]
  // A rejected or cancelled one says in its header no more than that it was sent.
  return pasos.slice(0, Math.max(1, hasta)).map(([quien, dato], i) => ({
    de: CAMINO[i] ?? 'EN_ESTIMACION',
    a: CAMINO[i + 1] ?? e.estatus,
    quien,
    cuando: i === 0 ? e.fechaEnvio : null,
    dato,
  }))
}
