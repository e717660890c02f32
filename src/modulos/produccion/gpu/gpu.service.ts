/** GPUs: the month, the status of one and of many (produccion.md §5.8, §6.13, §6.14). */
import { Conflicto, DatosInvalidos, NoEncontrado, SinPermiso } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import { leerEnlace } from '../../../comun/url.ts'
import { tienePermiso, type Contexto, type CtxLectura, type CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { conflictoDeVersion, diferencias, registrarEventos, TABLA_LOG } from '../../auditoria/index.ts'
import { bloquearFamilias } from '../../ot/index.ts'
import { PERMISO_PRODUCCION } from '../produccion.permisos.ts'
import { ENTIDAD_GPU, gpuAuditado } from './gpu.auditoria.ts'
import {
  avanceDeEstatus,
  LARGO_ENLACE_GPU,
  textoEstatusGpu,
  type EstatusDeGpu,
  type GridGpu,
  type RechazoDeGpu,
  type RegistroGpu,
} from './gpu.contrato.ts'
import { cambiaGpu, escrituraDe, nombreDeGpu, rechazoDeCambio } from './gpu.reglas.ts'
import * as repo from './gpu.repo.ts'
import type { ConsultaDeGpus, GuardarGpu, GuardarGpus } from './gpu.schema.ts'
import type { CambioDeGpu, Gpu } from './gpu.tipos.ts'
import { gridDeGpus, registroDeGpu } from './gpu.vista.ts'

/** The month of an OT (its family), at a site or at all (§6.13). Missing parameters, or nothing there: no rows. */
export async function gridDelMes(ctx: CtxLectura, consulta: ConsultaDeGpus): Promise<GridGpu> {
  const { id_ot: idOt, mes, anio, id_sitio: idSitio } = consulta
  if (idOt == null || mes == null || anio == null) return { data: [] }
  return gridDeGpus(await repo.listarGpusDelMes(ctx.bd, { idOt, mes, anio, idSitio: idSitio ?? null }))
}

export const puedeAbrirGpu = (ctx: Pick<CtxLectura, 'usuario' | 'sistema' | 'permisos'>): boolean =>
  tienePermiso(ctx, PERMISO_PRODUCCION.ABRIR_GPU)

/** Holds the families of those productions and reads them, each with its GPU (made when it lacks it). */
async function bloquearGpus(tx: CtxTx, produccion: readonly number[]): Promise<Gpu[]> {
  const vistos = await repo.buscarGpus(tx.bd, produccion)
  await bloquearFamilias(
    tx,
    vistos.map(({ idPrincipal }) => idPrincipal),
  )
  // Again, now that nobody else changes them.
  return repo.buscarGpus(tx.bd, produccion)
}

/** The GPU of a production, held. @throws NoEncontrado. */
export async function bloquearGpu(tx: CtxTx, idProduccion: number | null | undefined): Promise<Gpu> {
  const [gpu] = idProduccion == null ? [] : await bloquearGpus(tx, [idProduccion])
  if (gpu === undefined) throw new NoEncontrado('Producción no encontrada')
  return gpu
}

function leerEstatus(id: number | null | undefined): EstatusDeGpu {
  if (id == null || avanceDeEstatus(id) < 0)
    throw new DatosInvalidos('El estatus debe ser PENDIENTE, PROCESO, FALTA FIRMA PEMEX o FIRMADO.', {
      campos: { estatus_id: 'Elige uno de los cuatro estatus.' },
    })
  return id as EstatusDeGpu
}

/** §5.8.4: empty takes it away; absent leaves it. */
function leerEnlaceDeGpu(escrito: string | undefined, actual: string | null): string | null {
  if (escrito === undefined) return actual
  if (escrito === '') return null
  const enlace = leerEnlace(escrito)
  if (enlace !== null && enlace.length <= LARGO_ENLACE_GPU) return enlace
  const mensaje = `El enlace debe empezar con http:// o https:// y tener hasta ${String(LARGO_ENLACE_GPU)} caracteres.`
  throw new DatosInvalidos(mensaje, { campos: { archivo: mensaje } })
}

/** Status, link and note of one GPU (§6.14). @throws NoEncontrado, DatosInvalidos, Conflicto, SinPermiso. */
export function guardarGpu(ctx: Contexto, pedido: GuardarGpu): Promise<RegistroGpu> {
  const estatus = leerEstatus(pedido.estatus_id)
  return conTransaccion(ctx, async (tx) => {
    const gpu = await bloquearGpu(tx, pedido.id_produccion)
    if (pedido.version != null && pedido.version !== gpu.version)
      throw await conflictoDeVersion(tx, TABLA_LOG.GPU, gpu.idGpu ?? 0, pedido.version, gpu.version)
    const cambio: CambioDeGpu = {
      estatus,
      archivo: leerEnlaceDeGpu(pedido.archivo, gpu.archivo),
      nota: pedido.nota_bloqueo === undefined ? gpu.nota : (pedido.nota_bloqueo ?? ''),
    }
    const rechazo = rechazoDeCambio(gpu, cambio, puedeAbrirGpu(ctx))
    // Somebody who may not open a signed GPU may still send it as it is.
    if (rechazo && (cambiaGpu(gpu, cambio) || !(rechazo instanceof SinPermiso))) throw rechazo
    await escribir(tx, [{ gpu, cambio }])
    const [guardado] = await repo.buscarGpus(tx.bd, [gpu.idProduccion])
    return registroDeGpu(guardado ?? gpu)
  })
}

interface Escritura {
  readonly gpu: Gpu
  readonly cambio: CambioDeGpu
}

/** Writes and logs those that change; a GPU that was not there is made also when nothing else changes. */
async function escribir(tx: CtxTx, todas: readonly Escritura[]): Promise<void> {
  const sinGpu = todas.filter(({ gpu }) => gpu.idGpu === null).map(({ gpu }) => gpu.idProduccion)
  const ids = new Map(todas.map(({ gpu }) => [gpu.idProduccion, gpu.idGpu]))
  if (sinGpu.length > 0) {
    await repo.asegurarGpus(tx.bd, sinGpu)
    for (const { idProduccion, idGpu } of await repo.buscarGpus(tx.bd, sinGpu)) ids.set(idProduccion, idGpu)
  }
  const cambian = todas.flatMap(({ gpu, cambio }) => {
    const idGpu = ids.get(gpu.idProduccion) ?? null
    return idGpu !== null && cambiaGpu(gpu, cambio) ? [{ gpu, cambio, idGpu }] : []
  })
  if (cambian.length === 0) return
  await repo.escribirGpus(
    tx.bd,
    cambian.map(({ gpu, cambio, idGpu }) => escrituraDe(gpu, idGpu, cambio)),
    { idUsuario: tx.usuario?.id ?? null, ahora: tx.ahora },
  )
  await registrarEventos(
    tx,
    cambian.flatMap(({ gpu, cambio, idGpu }) =>
      diferencias(ENTIDAD_GPU, {
        registroId: idGpu,
        antes: gpuAuditado(gpu),
        despues: gpuAuditado(cambio),
        detalle: `del GPU ${nombreDeGpu(gpu)} de la OT: ${gpu.folio}`,
        version: gpu.idGpu === null ? 2 : gpu.version + 1,
      }),
    ),
  )
}

/** What a massive change does, or would do. */
export interface ResultadoMasivo {
  readonly ids: number[]
  readonly sinCambio: number
  readonly rechazados: RechazoDeGpu[]
}

/**
 * One status for many GPUs: all those that can change do, in one transaction. With `simular` nothing is written and the
 * answer says what would happen; without it, one that cannot change refuses the whole. @throws Conflicto with `rechazados`.
 */
export function guardarGpus(ctx: Contexto, pedido: GuardarGpus): Promise<ResultadoMasivo> {
  const estatus = leerEstatus(pedido.estatus_id)
  const versiones = new Map(pedido.registros.map(({ id_produccion: id, version }) => [id, version]))
  const pedidos = [...versiones.keys()].filter((id) => id !== null)
  return conTransaccion(ctx, async (tx) => {
    const gpus = await bloquearGpus(tx, pedidos)
    if (gpus.length < pedidos.length) throw new NoEncontrado('Alguna producción ya no existe. Actualiza la página.')
    const puedeAbrir = puedeAbrirGpu(ctx)
    const rechazados: RechazoDeGpu[] = []
    const cambian: Escritura[] = []
    let sinCambio = 0
    for (const gpu of gpus) {
      const cambio = { estatus, archivo: gpu.archivo, nota: gpu.nota }
      const version = versiones.get(gpu.idProduccion)
      const motivo =
        version != null && version !== gpu.version
          ? 'Alguien lo cambió después de que lo viste. Actualiza la página.'
          : rechazoDeCambio(gpu, cambio, puedeAbrir)?.detalles
      if (gpu.deGpu && !cambiaGpu(gpu, cambio)) sinCambio += 1
      else if (motivo !== undefined)
        rechazados.push({ id_produccion: gpu.idProduccion, clave: nombreDeGpu(gpu), motivo })
      else cambian.push({ gpu, cambio })
    }
    const resultado = { ids: cambian.map(({ gpu }) => gpu.idProduccion), sinCambio, rechazados }
    if (pedido.simular === true) return resultado
    if (rechazados.length > 0)
      throw new Conflicto(
        `${plural(rechazados.length, 'GPU no puede', 'GPU no pueden')} pasar a ${textoEstatusGpu(estatus)}. No se guardó ninguno.`,
        { extra: { rechazados } },
      )
    await escribir(tx, cambian)
    return resultado
  })
}
