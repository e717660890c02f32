/** What the pages and the selectors read of a catalogue. */
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { historialDe } from '../../auditoria/index.ts'
import type { FichaCatalogo, OpcionJson } from '../catalogos.contrato.ts'
import * as repo from './motor.repo.ts'
import { leerRegistro, objetoDe } from './motor.service.ts'
import type { DescripcionCatalogo } from './motor.tipos.ts'
import { fichaDe } from './motor.vista.ts'

/** Active choices of each field that has a list, by name of the field. */
export async function opcionesDeCatalogo(
  ctx: CtxLectura,
  def: DescripcionCatalogo,
): Promise<ReadonlyMap<string, OpcionJson[]>> {
  const referencias = def.campos.filter((campo) => campo.clase === 'referencia')
  const listas = await Promise.all(referencias.map((campo) => repo.listarOpciones(ctx.bd, campo)))
  return new Map(referencias.map(({ nombre }, i) => [nombre, listas[i] ?? []]))
}

/** The panel of a row, with who changed what. @throws DatosInvalidos without id, NoEncontrado. */
export async function fichaDeRegistro(
  ctx: CtxLectura,
  def: DescripcionCatalogo,
  id: number | null | undefined,
): Promise<FichaCatalogo> {
  const registro = await leerRegistro(ctx, def, id)
  return fichaDe(def, registro, await historialDe(ctx, def.tablaLog, registro.id))
}

/** Read objects of every active row, by its name: what a selector of another page shows. */
export async function registrosActivos(ctx: CtxLectura, def: DescripcionCatalogo) {
  return (await repo.listarActivos(ctx.bd, def)).map((registro) => objetoDe(def, registro))
}
