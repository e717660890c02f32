/** What of a period did not enter an estimation and why, what to do about it, and how it enters once mended. */
import { Conflicto, NoEncontrado } from '../../comun/errores.ts'
import type { FechaIso } from '../../comun/fechas.ts'
import { sumar, textoPlano } from '../../comun/dinero.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura } from '../../plataforma/contexto.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { rutaDeGpu } from '../produccion/gpu/gpu.contrato.ts'
import { enlaceProduccion } from '../produccion/produccion.contrato.ts'
import { buscarFamilia } from './candidatas.repo.ts'
import { rutaEstimacion } from './estimaciones.contrato.ts'
import { motivosQueImpiden } from './estimaciones.reglas.ts'
import * as repo from './estimaciones.repo.ts'
import { exigirBorrador, obtenerEstimacion, terminar, tomarEstimacion, type Resultado } from './cambios.service.ts'
import { candidatasDe, lineasEstimables, type CandidataJuzgada } from './candidatas.service.ts'
import { TEXTO_ESTATUS, type Estimacion, type Motivo } from './estimaciones.tipos.ts'
import {
  FILAS_POR_GRUPO,
  GRUPOS_FUERA,
  type GrupoDeFuera,
  type GrupoFuera,
  type RespuestaFuera,
} from './fuera.contrato.ts'
import * as fuera from './fuera.repo.ts'
import { agruparPorConcepto } from './importes.contrato.ts'
import { filaDeFuera } from './fuera.vista.ts'

/** A production with the group where it is told. */
interface Agrupada {
  readonly candidata: CandidataJuzgada
  readonly grupo: GrupoFuera
}

interface Repartida {
  readonly fuera: readonly Agrupada[]
  readonly avisos: readonly Agrupada[]
}

/** Each production of the period outside the estimation under its first reason, and its own lines that could no longer be sent. */
async function repartir(ctx: CtxLectura, estimacion: Estimacion): Promise<Repartida> {
  if (estimacion.estatus === 'CANCELADA') return { fuera: [], avisos: [] }
  const { idOt, fechaDesde: desde, fechaHasta: hasta } = estimacion
  const candidatas = await candidatasDe(ctx, idOt, { desde, hasta })
  const lineas = await repo.listarLineas(ctx.bd, estimacion.id)
  const rechazada = new Map(lineas.map((linea) => [linea.idProduccion, linea.rechazada]))
  return {
    fuera: candidatas.flatMap((candidata) => {
      const suya = rechazada.get(candidata.idProduccion)
      if (suya === false) return []
      const grupo = candidata.motivos[0] ?? (suya === true ? 'RECHAZADA' : 'ESTIMABLE')
      return [{ candidata, grupo }]
    }),
    avisos: candidatas.flatMap((candidata) => {
      if (rechazada.get(candidata.idProduccion) !== false) return []
      // What this estimation already holds is not a reason against it (§3).
      const [grupo] = motivosQueImpiden(candidata.motivos).filter((motivo) => motivo !== 'YA_ESTIMADA')
      return grupo === undefined ? [] : [{ candidata, grupo }]
    }),
  }
}

function agrupar(filas: readonly Agrupada[]): GrupoDeFuera[] {
  return (Object.keys(GRUPOS_FUERA) as GrupoFuera[]).flatMap((grupo) => {
    const suyas = filas.filter((fila) => fila.grupo === grupo).map(({ candidata }) => candidata)
    if (suyas.length === 0) return []
    const conceptos = agruparPorConcepto(
      suyas.map((c) => ({ ...c, volumenActual: c.volumen, volumenEstimado: c.saldo })),
    )
    return [
      {
        grupo,
        cuantas: suyas.length,
        importe_mn: textoPlano(sumar(conceptos.map(({ importeMn }) => importeMn))),
        importe_usd: textoPlano(sumar(conceptos.map(({ importeUsd }) => importeUsd))),
        estimaciones: [],
        filas: suyas.slice(0, FILAS_POR_GRUPO).map(filaDeFuera),
      },
    ]
  })
}

/** What did not enter an estimation, by reason, with its money; only the first rows of each. @throws NoEncontrado. */
export async function verFuera(ctx: CtxLectura, id: number | null | undefined): Promise<RespuestaFuera> {
  const estimacion = await obtenerEstimacion(ctx, id)
  const { fuera: filas, avisos } = await repartir(ctx, estimacion)
  const { idOt, fechaDesde: desde, fechaHasta: hasta } = estimacion
  const otras = (await fuera.listarOtras(ctx.bd, { idOt, id: estimacion.id, desde, hasta })).map((otra) => ({
    id: otra.id,
    folio: `EST-${String(otra.numero)}`,
    estatus: TEXTO_ESTATUS[otra.estatus],
    cuantas: otra.cuantas,
    mn: otra.mn,
    usd: otra.usd,
  }))
  const grupos = agrupar(filas).map((grupo) =>
    grupo.grupo !== 'YA_ESTIMADA'
      ? grupo
      : {
          ...grupo,
          importe_mn: textoPlano(sumar(otras.map(({ mn }) => mn))),
          importe_usd: textoPlano(sumar(otras.map(({ usd }) => usd))),
          estimaciones: otras.map(({ mn, usd, ...otra }) => ({
            ...otra,
            importe_mn: textoPlano(mn),
            importe_usd: textoPlano(usd),
          })),
        },
  )
  return { total: filas.length, grupos, avisos: agrupar(avisos) }
}

/** More rows of a group of what did not enter. */
export async function verMasFuera(
  ctx: CtxLectura,
  { id, grupo, desde }: { id: number | null | undefined; grupo: string; desde: number },
) {
  const { fuera: filas } = await repartir(ctx, await obtenerEstimacion(ctx, id))
  const suyas = filas.filter((fila) => fila.grupo === grupo)
  return { filas: suyas.slice(desde, desde + FILAS_POR_GRUPO).map(({ candidata }) => filaDeFuera(candidata)) }
}

/**
 * Adds to a draft everything of its period that may be billed by now; what a person rejected from it stays out.
 * @throws Conflicto when nothing may, or it is no draft.
 */
export function agregarEstimables(
  ctx: Contexto,
  pedido: { id: number | null | undefined; version: number | null | undefined },
): Promise<Resultado & { agregadas: number }> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await tomarEstimacion(tx, pedido.id, pedido.version)
    exigirBorrador(actual)
    const suyas = new Set((await repo.listarLineas(tx.bd, actual.id)).map(({ idProduccion }) => idProduccion))
    const periodo = { desde: actual.fechaDesde, hasta: actual.fechaHasta }
    const lineas = await lineasEstimables(tx, actual.idOt, periodo, suyas)
    if (lineas.length === 0) throw new Conflicto('No hay más producción que se pueda estimar en este periodo.')
    await repo.insertarLineas(tx, actual.id, lineas)
    const resultado = await terminar(tx, actual, 'Agregó', plural(lineas.length, 'línea', 'líneas'))
    return { ...resultado, agregadas: lineas.length }
  })
}

/**
 * Page that opens what stops a production, at its very place.
 * @throws NoEncontrado when the production is gone.
 */
export async function lugarDeCorreccion(ctx: CtxLectura, idProduccion: number, motivo: Motivo): Promise<string> {
  const lugar = await fuera.buscarLugar(ctx.bd, idProduccion)
  if (!lugar) throw new NoEncontrado('Esa producción ya no está.')
  const { id_ot: ot, id_sitio: sitio, mes, anio, id_partida: partida, tipo_tiempo: tipo } = lugar
  const dia = Number(lugar.fecha.slice(8, 10))
  const base = { sitio, mes, anio, ot }
  switch (motivo) {
    case 'YA_ESTIMADA':
      return lugar.id_estimacion === null
        ? enlaceProduccion({ ...base, pestana: 'produccion', dia, partida, tipo })
        : rutaEstimacion(lugar.id_estimacion)
    case 'GPU_PENDIENTE':
      return lugar.id_gpu === null
        ? enlaceProduccion({ ...base, pestana: 'gpu', dia, partida })
        : rutaDeGpu(lugar.id_gpu)
    case 'DIA_SIN_FIRMA':
      return enlaceProduccion({ ...base, dia })
    case 'EXCEDENTE':
      return enlaceProduccion({ ...base, pestana: 'produccion', dia, partida, tipo })
    case 'SIN_PRECIO':
      return `/operaciones/ot/${String(lugar.ot_del_anexo)}/?anexo=${encodeURIComponent(lugar.codigo)}`
    case 'MES_ABIERTO':
      return enlaceProduccion({ ...base, cierre: true })
  }
}

/** The last month of the family with production that is not billed whole, or null. */
export async function sugerirPeriodo(
  ctx: CtxLectura,
  idOt: number | null,
): Promise<{ desde: FechaIso; hasta: FechaIso } | null> {
  const familia = idOt === null ? null : await buscarFamilia(ctx.bd, idOt)
  return familia === null ? null : fuera.buscarUltimoMes(ctx.bd, familia.id)
}
