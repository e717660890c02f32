/** GPUs as they travel to the page (produccion.md §6.13). */
import { diasDelMes } from '../../../comun/fechas.ts'
import { aMicras, textoFijo } from '../../../comun/volumenes.ts'
import { ordenDeConceptos } from '../captura/orden.contrato.ts'
import {
  avanceDeEstatus,
  textoEstatusGpu,
  type CeldaGpu,
  type DiasGpu,
  type FilaGpu,
  type GridGpu,
  type RegistroGpu,
} from './gpu.contrato.ts'
import type { Gpu, GpuDeGrid } from './gpu.tipos.ts'

export function registroDeGpu(gpu: Gpu): RegistroGpu {
  return {
    id_produccion: gpu.idProduccion,
    id_gpu: gpu.idGpu,
    tipo_tiempo: gpu.tipo,
    sitio: gpu.sitio,
    volumen: gpu.volumen,
    estatus_id: gpu.estatus,
    estatus_texto: textoEstatusGpu(gpu.estatus),
    archivo: gpu.archivo,
    bloqueado: gpu.excedente,
    nota_bloqueo: gpu.nota,
    estimado: gpu.estimado !== null,
    estimaciones: gpu.estimaciones,
    es_excedente: gpu.excedente,
    evidencias: gpu.evidencias,
    version: gpu.version,
  }
}

/** §5.8.8: the cell is its least advanced GPU (the first of them), with all of them behind. */
function celdaDe(gpus: readonly GpuDeGrid[]): CeldaGpu | null {
  const [primero, ...resto] = gpus
  if (primero === undefined) return null
  const atrasado = resto.reduce((a, b) => (avanceDeEstatus(b.estatus) < avanceDeEstatus(a.estatus) ? b : a), primero)
  return {
    id_produccion: atrasado.idProduccion,
    id_gpu: atrasado.idGpu,
    volumen: textoFijo(gpus.reduce((suma, { volumen }) => suma + aMicras(volumen), 0n)),
    estatus_id: atrasado.estatus,
    estatus_texto: textoEstatusGpu(atrasado.estatus),
    archivos_count: gpus.reduce((n, { archivo, evidencias }) => n + evidencias + (archivo === null ? 0 : 1), 0),
    archivo: atrasado.archivo,
    es_excedente: gpus.some(({ excedente }) => excedente),
    registros: gpus.map(registroDeGpu),
  }
}

/** Rows in the order of §5.4.5, one per concept. */
export function gridDeGpus(gpus: readonly GpuDeGrid[]): GridGpu {
  const porConcepto = new Map<number, GpuDeGrid[]>()
  for (const gpu of gpus) {
    const suyos = porConcepto.get(gpu.idConcepto)
    if (suyos) suyos.push(gpu)
    else porConcepto.set(gpu.idConcepto, [gpu])
  }
  const conceptos = [...porConcepto.values()].flatMap((suyos) => (suyos[0] ? [{ primero: suyos[0], suyos }] : []))
  conceptos.sort((a, b) => ordenDeConceptos(ordenable(a.primero), ordenable(b.primero)))
  const [alguno] = gpus
  return {
    data: conceptos.map(({ primero, suyos }) => filaDe(primero, suyos)),
    ...(alguno === undefined ? {} : { mes_cerrado: !alguno.mesAbierto }),
  }
}

const ordenable = ({ claveAnexo, claveCodigo, claveConcepto, idVersion }: GpuDeGrid) => ({
  anexo: claveAnexo,
  codigo: claveCodigo,
  concepto: claveConcepto,
  version: idVersion,
})

function filaDe(primero: GpuDeGrid, suyos: readonly GpuDeGrid[]): FilaGpu {
  const { fecha } = primero
  const dias: DiasGpu = {}
  const ultimo = diasDelMes(Number(fecha.slice(0, 4)), Number(fecha.slice(5, 7)))
  for (let dia = 1; dia <= 31; dia += 1)
    dias[`dia_${dia}`] =
      dia > ultimo ? null : celdaDe(suyos.filter(({ fecha: suya }) => Number(suya.slice(8, 10)) === dia))
  return {
    id_partida_anexo: primero.idPartida,
    codigo: primero.codigo,
    descripcion: primero.concepto,
    unidad: primero.unidad,
    anexo: primero.anexo,
    ...dias,
  }
}
