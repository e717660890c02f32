/** What is read of PTEs: the data of the form, the progress, and what the pages of the module show. */
import { DatosInvalidos, NoEncontrado } from '../../comun/errores.ts'
import { tienePermiso, type Contexto, type CtxLectura } from '../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../plataforma/tabla.ts'
import { plural } from '../../comun/texto.ts'
import { historialDe, registrarExportacion, TABLA_LOG } from '../auditoria/index.ts'
import {
  clientesConTipo,
  pasosDePlantillaPte,
  responsablesActivos,
  tiposActivos,
  type PasoPte,
} from '../catalogos/index.ts'
import { listarPasos } from './pasos/pasos.repo.ts'
import { avancePte, ordenarPasos, pasosTerminados } from './pasos/pasos.reglas.ts'
import type { AvancePte, CatalogosPte, DatosPte, PaginaDetallePte } from './pte.contrato.ts'
import * as repo from './pte.repo.ts'
import type { FiltrosPte } from './pte.schema.ts'
import { TABLA_PTE } from './pte.tabla.ts'
import { ESTATUS_PTE, NIVEL_TIPO_PTE, ORDEN_TIPOS_PTE, type Pte, TIPO_PTE_GENERICO } from './pte.tipos.ts'
import { datosPte, paginaDetalle, puedePte } from './pte.vista.ts'

/** A live PTE. @throws NoEncontrado when there is none with that id or it was deleted. */
async function obtenerPte(ctx: CtxLectura, id: number): Promise<Pte> {
  const pte = await repo.buscarPte(ctx.bd, id)
  if (pte === null || pte.estatus === ESTATUS_PTE.ELIMINADA) throw new NoEncontrado('PTE no encontrada')
  return pte
}

/** The data of the form (pte.md §7.9). @throws DatosInvalidos without id, NoEncontrado. */
export async function datosDePte(ctx: CtxLectura, id: number | null | undefined): Promise<DatosPte> {
  if (id == null) throw new DatosInvalidos('ID de la PTE no proporcionado')
  const pte = await obtenerPte(ctx, id)
  return datosPte(pte, await repo.listarTextos(ctx.bd, [pte]))
}

/** Progress of a PTE (pte.md §7.14). @throws DatosInvalidos without id, NoEncontrado. */
export async function progresoDePte(
  ctx: CtxLectura,
  id: number | null | undefined,
): Promise<AvancePte & { puede_crear_ot: boolean }> {
  if (id == null) throw new DatosInvalidos('ID de la PTE no proporcionado')
  const { id: idPte } = await obtenerPte(ctx, id)
  const pasos = await listarPasos(ctx.bd, idPte)
  const puede = pasosTerminados(pasos) && !(await repo.tieneOtViva(ctx.bd, idPte))
  return { ...avancePte(pasos), puede_crear_ot: puede }
}

/** Active steps of the templates, by `orden` (pte.md §7.6). */
export async function pasosDePlantilla(ctx: CtxLectura, tipoCliente: number | null): Promise<PasoPte[]> {
  return ordenarPasos(await pasosDePlantillaPte(ctx, tipoCliente))
}

/** Lists of the form and of the filters. */
export async function catalogosDePte(ctx: CtxLectura): Promise<CatalogosPte> {
  const [responsables, clientes, tipos] = [
    await responsablesActivos(ctx),
    await clientesConTipo(ctx),
    await tiposActivos(ctx, NIVEL_TIPO_PTE),
  ]
  const lugar = (id: number): number => ORDEN_TIPOS_PTE.indexOf(id) + 1 || ORDEN_TIPOS_PTE.length + 1
  return {
    responsables: [...responsables],
    clientes: [...clientes],
    // The sort is stable: those without a place of their own stay by their text.
    tipos: tipos.filter(({ id }) => id !== TIPO_PTE_GENERICO).sort((a, b) => lugar(a.id) - lugar(b.id)),
  }
}

/** Years of the folios and the current one, newest first (§8.2.10). */
export async function aniosDePtes(ctx: CtxLectura): Promise<number[]> {
  const anios = new Set([Number(ctx.hoy.slice(0, 4)), ...(await repo.listarAnios(ctx.bd))])
  return [...anios].sort((a, b) => b - a)
}

/** `v.datos` of the page of a PTE (pte.md §7.2). @throws NoEncontrado. */
export async function fichaDePte(ctx: CtxLectura, id: number): Promise<PaginaDetallePte> {
  const pte = await obtenerPte(ctx, id)
  const catalogos = await catalogosDePte(ctx)
  return paginaDetalle({
    pte,
    hoy: ctx.hoy,
    textos: await repo.listarTextos(ctx.bd, [pte]),
    pasos: await listarPasos(ctx.bd, id),
    ots: await repo.listarFamilias(ctx.bd, id),
    actividad: await historialDe(ctx, TABLA_LOG.PTE, id),
    puede: puedePte((codigo) => tienePermiso(ctx, codigo)),
    catalogos,
  })
}

/**
 * The rows that the table has with those filters, search and order, and the columns asked for. It is logged before the
 * first byte leaves.
 * @throws DatosInvalidos when a column does not exist.
 */
export async function exportarPtes(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosPte>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_PTE, claves)
  const ids = await idsDeTabla(ctx, TABLA_PTE, peticion)
  const archivo = exportarTabla(ctx, TABLA_PTE, ids, { formato, nombre: `ptes-${ctx.hoy}`, hoja: 'PTE', columnas })
  const detalle = `${plural(ids.length, 'PTE', 'PTE')} en ${archivo.nombre}`
  await registrarExportacion(ctx, { tabla: TABLA_LOG.PTE, registroId: null, detalle })
  return archivo
}
