/** History of the versions of an annex, and any two of them side by side. */
import { DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import { instanteLocal } from '../../../comun/fechas.ts'
import { plural } from '../../../comun/texto.ts'
import { tienePermiso, type CtxLectura } from '../../../plataforma/contexto.ts'
import {
  rutaDeLibro,
  type Comparacion,
  type FilaVersion,
  type PaginaComparar,
  type RespuestaHistorial,
} from '../anexo.contrato.ts'
import { leerParametros } from '../../parametros/index.ts'
import { PERMISO_ANEXO } from '../anexo.permisos.ts'
import { recortarListas } from './analisis.service.ts'
import { compararPartidas, totalesDeVersion, type Comparable } from './comparar.reglas.ts'
import * as repo from './versiones.repo.ts'
import type { OtDeAnexo, Version } from './versiones.tipos.ts'

const MODO: Readonly<Record<Version['modo'], string>> = {
  reemplazo: 'Reemplazo',
  actualizacion: 'Actualización',
  vinculacion: 'Partidas vinculadas',
}

/** A version as the history shows it. */
export function filaVersion(version: Version): FilaVersion {
  const { id, numero, modo, fecha, usuario, archivo, total, activa, deshechaEn, idArchivo } = version
  return {
    id,
    numero,
    modo: MODO[modo],
    fecha: instanteLocal(fecha).slice(0, 16),
    usuario: usuario ?? 'Sistema',
    archivo,
    total,
    activa,
    estado: activa ? 'VIGENTE' : deshechaEn === null ? 'ANTERIOR' : 'DESHECHA',
    detalle: detalleDe(version),
    ruta: idArchivo === null ? '' : rutaDeLibro(id),
  }
}

function detalleDe({ modo, resumen, deshechaEn, deshechaPor }: Version): string {
  const partes: string[] = []
  if (resumen !== null) {
    if (modo === 'actualizacion')
      partes.push(
        `${plural(resumen.actualizadas, 'anexo actualizado', 'anexos actualizados')}, ${plural(resumen.creadas, 'partida nueva', 'partidas nuevas')}`,
      )
    if (resumen.recalculadas > 0)
      partes.push(plural(resumen.recalculadas, 'producción recalculada', 'producciones recalculadas'))
    if (resumen.arrastradas.length > 0) partes.push(`con volumen 0: ${resumen.arrastradas.join(', ')}`)
    if (resumen.totalAdvertencias > 0) partes.push(plural(resumen.totalAdvertencias, 'advertencia', 'advertencias'))
  }
  if (deshechaEn !== null)
    partes.push(`la deshizo ${deshechaPor ?? 'Sistema'} el ${instanteLocal(deshechaEn).slice(0, 16)}`)
  return partes.join(' · ')
}

/** Versions of an OT, newest first, and what this person may do with them. @throws NoEncontrado. */
export async function historialDeAnexo(ctx: CtxLectura, idOt: number): Promise<RespuestaHistorial> {
  const ot = await exigirOtVisible(ctx, idOt)
  const versiones = await repo.listarVersiones(ctx.bd, ot.id)
  const puede = (codigo: string): boolean => ot.activa && tienePermiso(ctx, codigo)
  return {
    versiones: versiones.map(filaVersion),
    puede: {
      reemplazar: puede(PERMISO_ANEXO.CREAR),
      actualizar: puede(PERMISO_ANEXO.CAMBIAR) && versiones.some(({ activa }) => activa),
      deshacer: puede(PERMISO_ANEXO.DESHACER) && versiones.some(({ activa }) => activa),
    },
  }
}

/** An OT whose annexes may be read: also a deleted one. @throws NoEncontrado. */
async function exigirOtVisible(ctx: CtxLectura, idOt: number): Promise<OtDeAnexo> {
  const ot = await repo.buscarOt(ctx.bd, idOt)
  if (ot === null) throw new NoEncontrado('OT no encontrada')
  return ot
}

/** `v.datos` of the page that compares; without two versions chosen, the last one with the one before it. */
export async function paginaComparar(
  ctx: CtxLectura,
  { idOt, antes, despues }: { idOt: number; antes: number | null; despues: number | null },
): Promise<PaginaComparar> {
  const ot = await exigirOtVisible(ctx, idOt)
  const versiones = await repo.listarVersiones(ctx.bd, ot.id)
  const pedida = (id: number | null, porOmision: Version | undefined): Version | null => {
    if (id === null) return porOmision ?? null
    const hallada = versiones.find((version) => version.id === id)
    if (hallada === undefined) throw new DatosInvalidos('Elige dos versiones del Anexo C de esta OT.')
    return hallada
  }
  const nueva = pedida(despues, versiones.find(({ activa }) => activa) ?? versiones[0])
  const vieja = pedida(
    antes,
    versiones.find(({ numero }) => nueva !== null && numero < nueva.numero),
  )
  return {
    ot: { id: ot.id, folio: ot.folio },
    versiones: versiones.map(({ id, numero, fecha, archivo }) => ({
      id,
      texto: `Versión ${String(numero)} · ${instanteLocal(fecha).slice(0, 16)} · ${archivo}`,
    })),
    antes: vieja === null ? null : filaVersion(vieja),
    despues: nueva === null ? null : filaVersion(nueva),
    comparacion: vieja === null || nueva === null ? null : await compararVersiones(ctx, vieja.id, nueva.id),
  }
}

/** Two stored versions, matched by the concept of the family that each partida is. */
async function compararVersiones(ctx: CtxLectura, idAntes: number, idDespues: number): Promise<Comparacion> {
  const [antes, despues] = [await partidasComparables(ctx, idAntes), await partidasComparables(ctx, idDespues)]
  const { tipo_cambio_default: tipoCambio } = await leerParametros(ctx)
  return {
    ...recortarListas(compararPartidas(antes, despues)),
    programa: {
      antes: await repo.resumirPrograma(ctx.bd, idAntes),
      despues: await repo.resumirPrograma(ctx.bd, idDespues),
    },
    totales: { antes: totalesDeVersion(antes, tipoCambio), despues: totalesDeVersion(despues, tipoCambio) },
  }
}

async function partidasComparables(ctx: CtxLectura, idVersion: number): Promise<Comparable[]> {
  const partidas = await repo.listarPartidas(ctx.bd, idVersion)
  return partidas.map((partida) => ({ ...partida, identidad: String(partida.idConcepto) }))
}

/** A version whose workbook is asked for. @throws NoEncontrado. */
export async function exigirVersionConLibro(
  ctx: CtxLectura,
  idVersion: number,
): Promise<{ idArchivo: number; nombre: string }> {
  const version = await repo.buscarVersion(ctx.bd, idVersion)
  if (version === null) throw new NoEncontrado('Esa versión del Anexo C no existe.')
  if (version.idArchivo === null) throw new NoEncontrado('El libro de esa versión no se guardó.')
  return { idArchivo: version.idArchivo, nombre: version.archivo }
}
