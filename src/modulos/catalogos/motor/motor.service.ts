/** What a person can do to a row of any catalogue (catalogos.md §1, §5): create, edit, deactivate, reactivate. */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { conflictoDeVersion } from '../../auditoria/index.ts'
import { exigirVigente } from '../catalogos.service.ts'
import { anotarCambios, anotarEvento, nombreDe } from './motor.auditoria.ts'
import { textosDeFormulario } from './motor.vista.ts'
import {
  aplicar,
  cambiados,
  completar,
  exigirCoherencia,
  exigirConfirmacion,
  exigirDesactivable,
  exigirEditable,
  exigirFijosSinUso,
  exigirObligatorios,
  type Enviado,
  type Valores,
} from './motor.reglas.ts'
import * as repo from './motor.repo.ts'
import type { DescripcionCatalogo, Registro, Valor } from './motor.tipos.ts'

/** Each choice exists, is of its own list, and is active unless the row had it. @throws DatosInvalidos. */
async function exigirOpciones(
  ctx: CtxLectura,
  def: DescripcionCatalogo,
  valores: Valores,
  antes: Valores | null,
): Promise<void> {
  for (const campo of def.campos) {
    if (campo.clase !== 'referencia') continue
    const valor = valores[campo.nombre] ?? null
    if (valor === null || valor === antes?.[campo.nombre]) continue
    exigirVigente(await repo.buscarOpcion(ctx.bd, campo, Number(valor)), campo.etiqueta, campo.nombre, false)
  }
}

/** §1.4: neither the name inside its scope nor a key of the catalogue is there twice. @throws Conflicto. */
async function exigirUnico(
  ctx: CtxLectura,
  def: DescripcionCatalogo,
  valores: Valores,
  excepto: number | null,
): Promise<void> {
  if ((await repo.buscarMismoNombre(ctx.bd, def, valores, excepto)) !== null) {
    const mensaje = def.repetido ?? 'Ya existe un registro con esa descripción.'
    throw new Conflicto(mensaje, { campos: { [def.titular]: mensaje } })
  }
  await exigirClavesUnicas(ctx, def, valores, excepto)
}

async function exigirClavesUnicas(
  ctx: CtxLectura,
  def: DescripcionCatalogo,
  valores: Valores,
  excepto: number | null,
): Promise<void> {
  for (const nombre of def.unicos ?? []) {
    const campo = def.campos.find((candidato) => candidato.nombre === nombre)
    const repetida =
      campo && (await repo.buscarMismoValor(ctx.bd, def, campo.columna, valores[nombre] ?? null, excepto))
    if (!repetida) continue
    const mensaje = repetida.activo
      ? `Ya existe un registro con esa ${nombre}.`
      : `Un registro inactivo ya tiene esa ${nombre}. Reactívalo o escribe otra.`
    throw new Conflicto(mensaje, { campos: { [nombre]: mensaje } })
  }
}

async function exigirFila(
  def: DescripcionCatalogo,
  id: number | null | undefined,
  leer: (id: number) => Promise<Registro | null>,
): Promise<Registro> {
  if (id == null) throw new DatosInvalidos(def.mensajes.sinId)
  const registro = await leer(id)
  if (registro === null) throw new NoEncontrado(def.mensajes.noEncontrado)
  return registro
}

const bloquear = (tx: CtxTx, def: DescripcionCatalogo, id: number | null | undefined): Promise<Registro> =>
  exigirFila(def, id, (clave) => repo.bloquearRegistro(tx.bd, def, clave))

/** A row as it is now. @throws DatosInvalidos without id, NoEncontrado. */
export const leerRegistro = (
  ctx: CtxLectura,
  def: DescripcionCatalogo,
  id: number | null | undefined,
): Promise<Registro> => exigirFila(def, id, (clave) => repo.leerRegistro(ctx.bd, def, clave))

/** A new row. @throws DatosInvalidos, Conflicto (§1.4). @returns its id. */
export function crearRegistro(ctx: Contexto, def: DescripcionCatalogo, enviado: Enviado): Promise<number> {
  return conTransaccion(ctx, (tx) => crearEn(tx, def, enviado))
}

/** The same inside a transaction that is already open. */
export async function crearEn(tx: CtxTx, def: DescripcionCatalogo, enviado: Enviado): Promise<number> {
  const completo = completar(def, enviado)
  exigirObligatorios(def, completo, true)
  const valores = aplicar(def, {}, completo)
  exigirCoherencia(def, valores)
  await exigirOpciones(tx, def, valores, null)
  await exigirUnico(tx, def, valores, null)
  const id = await repo.insertarRegistro(tx.bd, def, valores)
  await anotarEvento(tx, def, 'CREAR', await leerRegistro(tx, def, id))
  return id
}

/** Who saved first and what, with the row as it is now: the page joins it with what was being typed. */
async function conflictoConDatos(
  tx: CtxTx,
  def: DescripcionCatalogo,
  actual: Registro,
  version: number,
): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(tx, def.tablaLog, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: {
      ...conflicto.extra,
      datos: { version: actual.version, valores: textosDeFormulario(def, actual), textos: actual.textos },
    },
  })
}

/** What an edition answers. */
export interface RegistroEditado {
  readonly id: number
  readonly version: number
  readonly cambios: number
}

/**
 * Changes what came and nothing else; an edition that changes nothing is not saved.
 * @throws Conflicto with `codigo` VERSION when somebody saved it meanwhile; the rest as in the creation.
 */
export function editarRegistro(
  ctx: Contexto,
  def: DescripcionCatalogo,
  { id, version, ...enviado }: Enviado & { id?: number | null | undefined; version?: number | null | undefined },
): Promise<RegistroEditado> {
  return conTransaccion(ctx, (tx) => editarEn(tx, def, id, enviado, version))
}

/** The same inside a transaction that is already open. */
export async function editarEn(
  tx: CtxTx,
  def: DescripcionCatalogo,
  id: number | null | undefined,
  enviado: Enviado,
  version?: number | null,
): Promise<RegistroEditado> {
  const actual = await bloquear(tx, def, id)
  if (version != null && version !== actual.version) throw await conflictoConDatos(tx, def, actual, version)
  exigirObligatorios(def, enviado, false)
  const valores = aplicar(def, actual.valores, enviado)
  const cambios = cambiados(actual.valores, valores)
  if (cambios.length === 0) return { id: actual.id, version: actual.version, cambios: 0 }
  exigirEditable(def, actual.id, cambios)
  exigirCoherencia(def, valores)
  await exigirOpciones(tx, def, valores, actual.valores)
  if (actual.activo) await exigirUnico(tx, def, valores, actual.id)
  else await exigirClavesUnicas(tx, def, valores, actual.id)
  if (def.campos.some(({ nombre, fijoEnUso }) => fijoEnUso === true && cambios.includes(nombre)))
    exigirFijosSinUso(def, cambios, await repo.contarUsos(tx.bd, def, actual.id))
  await repo.actualizarRegistro(tx.bd, def, actual.id, valores)
  const despues = await leerRegistro(tx, def, actual.id)
  return { id: actual.id, version: despues.version, cambios: await anotarCambios(tx, def, actual, despues) }
}

/**
 * §1.3: the row stops being offered; what uses it keeps it. In use, only after reading by how many.
 * @throws Conflicto (protected, already inactive, in use with `requiere_confirmacion`), DatosInvalidos, NoEncontrado.
 */
export function desactivarRegistro(
  ctx: Contexto,
  def: DescripcionCatalogo,
  { id, confirmar }: { id: number | null; confirmar: boolean },
): Promise<number> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await bloquear(tx, def, id)
    exigirDesactivable(def, actual)
    exigirConfirmacion(nombreDe(def, actual), await repo.contarUsos(tx.bd, def, actual.id), confirmar)
    await repo.ponerActivo(tx.bd, def, actual.id, false)
    await anotarEvento(tx, def, 'ELIMINAR', { ...actual, version: actual.version + 1 })
    return actual.id
  })
}

/** The row is offered again, if no other active one took its name. @throws Conflicto, DatosInvalidos, NoEncontrado. */
export function reactivarRegistro(ctx: Contexto, def: DescripcionCatalogo, id: number | null): Promise<number> {
  return conTransaccion(ctx, (tx) => reactivarEn(tx, def, id))
}

/** The same inside a transaction that is already open. */
export async function reactivarEn(tx: CtxTx, def: DescripcionCatalogo, id: number | null): Promise<number> {
  const actual = await bloquear(tx, def, id)
  if (actual.activo) throw new Conflicto('Este registro ya está activo.')
  await exigirUnico(tx, def, actual.valores, actual.id)
  await repo.ponerActivo(tx.bd, def, actual.id, true)
  await anotarEvento(tx, def, 'REACTIVAR', { ...actual, version: actual.version + 1 })
  return actual.id
}

/** Read object of §5: the fields as they are stored, with the weight of a step as a number. */
export function objetoDe(def: DescripcionCatalogo, registro: Registro): Record<string, Valor | boolean> {
  const campos = def.campos.map(({ nombre, clase }): [string, Valor] => {
    const valor = registro.valores[nombre] ?? null
    if (clase === 'importancia') return [nombre, Number(valor ?? 0)]
    return [nombre, clase === 'texto' ? (valor ?? '') : valor]
  })
  return { id: registro.id, ...Object.fromEntries(campos), activo: registro.activo }
}
