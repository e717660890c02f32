import { DatosInvalidos } from '../../comun/errores.ts'
import type { CtxLectura } from '../../plataforma/contexto.ts'
import * as repo from './catalogos.repo.ts'
import type {
  Cliente,
  Elemento,
  Opcion,
  OpcionCliente,
  OpcionSitio,
  PasoOt,
  PasoPte,
  Sitio,
  Superintendente,
} from './catalogos.tipos.ts'

/** Active project leads, by description (pte.md §7.7). */
export function responsablesActivos(ctx: CtxLectura): Promise<Opcion[]> {
  return repo.listarResponsables(ctx.bd)
}

/** Active clients, by description (pte.md §7.7). */
export function clientesActivos(ctx: CtxLectura): Promise<Opcion[]> {
  return repo.listarClientes(ctx.bd)
}

/** Active sites, of one class (front of level 1) when given, by description (catalogos.md §5). */
export function sitiosActivos(ctx: CtxLectura, idFrente: number | null = null): Promise<OpcionSitio[]> {
  return repo.listarSitios(ctx.bd, idFrente)
}

/** Active units, by their key. */
export function unidadesActivas(ctx: CtxLectura): Promise<Opcion[]> {
  return repo.listarUnidades(ctx.bd)
}

/** Units by id, active or not, named by their key; those that do not exist are absent. */
export async function unidadesPorId(ctx: CtxLectura, ids: readonly number[]): Promise<ReadonlyMap<number, Elemento>> {
  if (ids.length === 0) return new Map()
  return new Map((await repo.listarUnidadesPorId(ctx.bd, ids)).map((unidad) => [unidad.id, unidad]))
}

/** Sites by id, active or not; those that do not exist are absent. */
export async function sitiosPorId(ctx: CtxLectura, ids: readonly number[]): Promise<ReadonlyMap<number, Sitio>> {
  if (ids.length === 0) return new Map()
  return new Map((await repo.listarSitiosPorId(ctx.bd, ids)).map((sitio) => [sitio.id, sitio]))
}

/** Active superintendents assigned to a site, by name (produccion.md §6.10). */
export function superintendentesDeSitio(ctx: CtxLectura, idSitio: number): Promise<Superintendente[]> {
  return repo.listarSuperintendentes(ctx.bd, idSitio)
}

/** A client by id, active or not. */
export function buscarCliente(ctx: CtxLectura, id: number): Promise<Cliente | null> {
  return repo.buscarCliente(ctx.bd, id)
}

/** A project lead by id, active or not. */
export function buscarResponsable(ctx: CtxLectura, id: number): Promise<Elemento | null> {
  return repo.buscarResponsable(ctx.bd, id)
}

/** A status of a level (2 = OT) by id, active or not. */
export function buscarEstatus(ctx: CtxLectura, id: number, nivel: number): Promise<Elemento | null> {
  return repo.buscarEstatus(ctx.bd, id, nivel)
}

/** Active clients with their type, by description. */
export function clientesConTipo(ctx: CtxLectura): Promise<OpcionCliente[]> {
  return repo.listarClientesConTipo(ctx.bd)
}

/** Active kinds of a level (1 = PTE), by description. */
export function tiposActivos(ctx: CtxLectura, nivel: number): Promise<Opcion[]> {
  return repo.listarTipos(ctx.bd, nivel)
}

/** A kind of a level by id, active or not. */
export function buscarTipo(ctx: CtxLectura, id: number, nivel: number): Promise<Elemento | null> {
  return repo.buscarTipo(ctx.bd, id, nivel)
}

/** Active steps of the templates of PTEs, of one type of client when given. */
export function pasosDePlantillaPte(ctx: CtxLectura, tipoCliente: number | null): Promise<PasoPte[]> {
  return repo.listarPasosPte(ctx.bd, tipoCliente)
}

/** Every step of a template of OTs, active or not. */
export function pasosDePlantillaOt(ctx: CtxLectura, plantilla: number): Promise<PasoOt[]> {
  return repo.listarPasosOt(ctx.bd, plantilla)
}

/**
 * What a form chose from a catalogue: it exists, and is active unless the record had it already.
 * @throws DatosInvalidos naming the field.
 */
export function exigirVigente<E extends Elemento>(
  elemento: E | null,
  nombre: string,
  campo: string,
  yaEstaba: boolean,
): E {
  if (elemento !== null && (elemento.activo || yaEstaba)) return elemento
  const mensaje =
    elemento === null
      ? `${nombre}: la opción elegida no existe.`
      : `${nombre}: «${elemento.descripcion}» ya no se ofrece. Elige otra opción.`
  throw new DatosInvalidos(mensaje, { campos: { [campo]: mensaje } })
}
