/** Files that prove a GPU (produccion.md §5.8; decision 0027): brought, listed, downloaded, and taken away but kept. */
import { Conflicto, DatosInvalidos, ErrorDeDominio, NoEncontrado } from '../../../comun/errores.ts'
import { aDdMmAaaa, instanteLocal } from '../../../comun/fechas.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import type { ArchivoPorRevisar, ReglasDeArchivo } from '../../../plataforma/revision-archivos.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import {
  descargaDe,
  guardarArchivo,
  miniaturaDe,
  nombreDeArchivo,
  type Archivo,
  type Deposito,
  type DepositoDeLectura,
  type Descarga,
} from '../../archivos/index.ts'
import { registrarEvento, registrarEventos, TABLA_LOG, type EventoAuditado } from '../../auditoria/index.ts'
import * as repo from './evidencia.repo.ts'
import { MAXIMO_EVIDENCIA_MB, type Evidencia } from './gpu.contrato.ts'
import { impedimentoDeGpu, nombreDeGpu } from './gpu.reglas.ts'
import { asegurarGpus, buscarGpus } from './gpu.repo.ts'
import type { RetirarEvidencia, SubirEvidencia } from './gpu.schema.ts'
import { bloquearGpu, puedeAbrirGpu } from './gpu.service.ts'
import { ESTATUS_GPU, type Gpu } from './gpu.tipos.ts'

const REGLAS: ReglasDeArchivo = {
  campo: 'archivos',
  clases: ['jpg', 'png', 'webp', 'pdf'],
  admitidos: 'La evidencia puede ser una foto (JPG, PNG o WebP) o un PDF.',
  maximoMb: MAXIMO_EVIDENCIA_MB,
}

/** Evidence of the GPU of a production, with where each photo was used before. @throws NoEncontrado. */
export async function evidenciasDe(ctx: CtxLectura, idProduccion: number | null | undefined): Promise<Evidencia[]> {
  const [gpu] = idProduccion == null ? [] : await buscarGpus(ctx.bd, [idProduccion])
  if (gpu === undefined) throw new NoEncontrado('Producción no encontrada')
  return presentar(ctx, await repo.listarEvidencias(ctx.bd, gpu.idProduccion))
}

async function presentar(ctx: CtxLectura, guardadas: readonly repo.EvidenciaGuardada[]): Promise<Evidencia[]> {
  const vigentes = guardadas.filter(({ fechaRetiro }) => fechaRetiro === null).map(({ id }) => id)
  const usos = vigentes.length === 0 ? [] : await repo.listarUsos(ctx.bd, vigentes)
  return guardadas.map((una) => ({
    id: una.id,
    nombre: una.nombre,
    clase: una.clase,
    bytes: una.bytes,
    comentario: una.comentario,
    usuario: una.usuario,
    fecha: instanteLocal(una.fecha),
    con_miniatura: una.conMiniatura,
    ancho: una.ancho,
    alto: una.alto,
    retiro:
      una.fechaRetiro === null
        ? null
        : { usuario: una.retiradaPor, fecha: instanteLocal(una.fechaRetiro), motivo: una.motivoRetiro ?? '' },
    usos: usos
      .filter(({ idEvidencia }) => idEvidencia === una.id)
      .map(({ idGpu, exacta, ot, codigo, fecha, tipo, sitio, retirada }) => ({
        id_gpu: idGpu,
        exacta,
        ot,
        codigo,
        fecha: aDdMmAaaa(fecha),
        tipo_tiempo: tipo,
        sitio,
        retirada,
      })),
  }))
}

type Subido = ArchivoPorRevisar & { readonly campo: string }

/**
 * Files that become evidence of a GPU, which is made when it was missing: all of them or none.
 * @throws DatosInvalidos (named by file), ArchivoMuyGrande, Conflicto, NoEncontrado, SinPermiso.
 */
export async function subirEvidencia(
  deposito: Deposito,
  pedido: SubirEvidencia,
  subidos: readonly Subido[],
): Promise<{ idGpu: number; evidencias: Evidencia[] }> {
  const { ctx } = deposito
  if (subidos.length === 0) throw faltaArchivo('Elige al menos un archivo.')
  if (subidos.some(({ campo }) => campo !== REGLAS.campo))
    throw faltaArchivo('Envía los archivos en el campo «archivos».')
  // Before anything is stored, so that who may not change it is told at once; then again with the family held.
  const [visto] = pedido.id_produccion == null ? [] : await buscarGpus(ctx.bd, [pedido.id_produccion])
  if (visto) exigirModificable(ctx, visto)
  else throw new NoEncontrado('Producción no encontrada')
  const guardados: repo.EvidenciaNueva[] = []
  for (const subido of subidos) {
    const nombre = nombreDeArchivo(subido.nombre)
    const { id } = await guardarUno(deposito, { ...subido, nombre }, subidos.length > 1)
    if (!guardados.some(({ idArchivo }) => idArchivo === id)) guardados.push({ idArchivo: id, nombre })
  }
  const { idGpu, ids } = await conTransaccion(ctx, (tx) =>
    anexar(tx, visto.idProduccion, guardados, pedido.comentario ?? ''),
  )
  const todas = await evidenciasDe(ctx, visto.idProduccion)
  return { idGpu, evidencias: todas.filter(({ id }) => ids.includes(id)) }
}

const faltaArchivo = (mensaje: string): DatosInvalidos =>
  new DatosInvalidos(mensaje, { campos: { [REGLAS.campo]: mensaje } })

function exigirModificable(ctx: Contexto | CtxTx, gpu: Gpu): void {
  const impedimento = impedimentoDeGpu(gpu, puedeAbrirGpu(ctx))
  if (impedimento) throw impedimento
}

/** Among several, the refusal says which one it was. */
async function guardarUno(deposito: Deposito, subido: ArchivoPorRevisar, entreVarios: boolean): Promise<Archivo> {
  try {
    return await guardarArchivo(deposito, subido, REGLAS)
  } catch (error) {
    if (!entreVarios || !(error instanceof ErrorDeDominio)) throw error
    const mensaje = `«${subido.nombre}»: ${error.detalles}`
    throw new ErrorDeDominio(error.estado, mensaje, { campos: { [REGLAS.campo]: mensaje } })
  }
}

async function anexar(
  tx: CtxTx,
  idProduccion: number,
  nuevas: readonly repo.EvidenciaNueva[],
  comentario: string,
): Promise<{ idGpu: number; ids: number[] }> {
  const gpu = await bloquearGpu(tx, idProduccion)
  exigirModificable(tx, gpu)
  if (gpu.idGpu === null) await asegurarGpus(tx.bd, [idProduccion])
  const [{ idGpu } = { idGpu: null }] = gpu.idGpu === null ? await buscarGpus(tx.bd, [idProduccion]) : [gpu]
  if (idGpu === null) throw new Error(`The GPU of the production ${String(idProduccion)} was not made`)
  const vigentes = (await repo.listarEvidencias(tx.bd, idProduccion)).filter(({ fechaRetiro }) => fechaRetiro === null)
  const repetida = nuevas.find(({ idArchivo }) => vigentes.some((una) => una.idArchivo === idArchivo))
  if (repetida) throw new Conflicto(`«${repetida.nombre}» ya es evidencia de este GPU.`)
  const ids = await repo.insertarEvidencias(tx.bd, idGpu, nuevas, {
    comentario,
    idUsuario: tx.usuario?.id ?? null,
    ahora: tx.ahora,
  })
  await registrarEventos(
    tx,
    nuevas.map(({ nombre }) => eventoDe(gpu, idGpu, { evento: 'IMPORTAR', campo: 'Importó', actual: nombre }, nombre)),
  )
  return { idGpu, ids }
}

const eventoDe = (
  gpu: Gpu,
  idGpu: number,
  evento: Pick<EventoAuditado, 'evento' | 'campo' | 'anterior' | 'actual'>,
  nombre: string,
  porque = '',
): EventoAuditado => ({
  tabla: TABLA_LOG.GPU,
  registroId: idGpu,
  ...evento,
  detalle: `la evidencia «${nombre}» del GPU ${nombreDeGpu(gpu)} de la OT: ${gpu.folio}${porque}`,
})

/** Takes a file away from its GPU; it stays, marked with who, when and why. @throws NoEncontrado, DatosInvalidos, Conflicto. */
export function retirarEvidencia(ctx: Contexto, { id, motivo }: RetirarEvidencia): Promise<void> {
  if (motivo == null) {
    const mensaje = 'Escribe por qué se retira la evidencia.'
    throw new DatosInvalidos(mensaje, { campos: { motivo: mensaje } })
  }
  return conTransaccion(ctx, async (tx) => {
    const vista = id == null ? null : await repo.buscarEvidencia(tx.bd, id)
    const gpu = vista && (await bloquearGpu(tx, vista.idProduccion))
    const evidencia = vista && (await repo.buscarEvidencia(tx.bd, vista.id))
    if (gpu === null || evidencia === null) throw new NoEncontrado('Evidencia no encontrada')
    if (evidencia.fechaRetiro !== null) throw new Conflicto('Esa evidencia ya se había retirado.')
    exigirModificable(tx, gpu)
    if (gpu.estatus === ESTATUS_GPU.FIRMADO && gpu.archivo === null && gpu.evidencias <= 1)
      throw new Conflicto(
        'Es la única evidencia de un GPU firmado. Agrega otra antes de retirarla, o cambia su estatus.',
      )
    await repo.marcarRetirada(tx.bd, evidencia.id, { motivo, idUsuario: tx.usuario?.id ?? null, ahora: tx.ahora })
    const { nombre, idGpu } = evidencia
    const evento = { evento: 'ELIMINAR', campo: 'Retiró', anterior: nombre, actual: motivo } as const
    await registrarEvento(tx, eventoDe(gpu, idGpu, evento, nombre, `. Motivo: ${motivo}`))
  })
}

async function archivoDeEvidencia(ctx: CtxLectura, id: number): Promise<repo.EvidenciaGuardada> {
  const evidencia = await repo.buscarEvidencia(ctx.bd, id)
  if (evidencia === null) throw new NoEncontrado('Evidencia no encontrada')
  return evidencia
}

/** The original, also of one that was taken away. @throws NoEncontrado. */
export async function descargarEvidencia(deposito: DepositoDeLectura, id: number): Promise<Descarga> {
  const { idArchivo, nombre } = await archivoDeEvidencia(deposito.ctx, id)
  return descargaDe(deposito, idArchivo, nombre)
}

/** Its thumbnail. @throws NoEncontrado, also for a PDF. */
export async function miniaturaDeEvidencia(deposito: DepositoDeLectura, id: number): Promise<Descarga> {
  return miniaturaDe(deposito, (await archivoDeEvidencia(deposito.ctx, id)).idArchivo)
}
