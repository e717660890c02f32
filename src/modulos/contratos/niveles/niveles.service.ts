/** Creation, edition, deactivation and reactivation of contracts, annexes and sub-annexes (catalogos.md §7). */
import { Conflicto, DatosInvalidos, NoEncontrado } from '../../../comun/errores.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { conflictoDeVersion } from '../../auditoria/index.ts'
import { exigirVigente } from '../../catalogos/index.ts'
import { anotarCambios, anotarEvento } from './niveles.auditoria.ts'
import { nivelDe } from './niveles.ts'
import {
  aplicar,
  completar,
  exigirCoherencia,
  exigirDesactivable,
  exigirMismoPadre,
  exigirObligatorios,
  sonIguales,
  type Valores,
} from './niveles.reglas.ts'
import * as repo from './niveles.repo.ts'
import type { CuerpoDeEstado, Enviado } from './niveles.schema.ts'
import type { ArchivoGuardado, Nivel, Registro } from './niveles.tipos.ts'
import { datosDe } from './niveles.vista.ts'

/** A record, active or not. @throws DatosInvalidos without id, NoEncontrado. */
export async function leerRegistro(
  ctx: CtxLectura,
  nivel: Nivel,
  id: number | null | undefined,
  bloquear = false,
): Promise<Registro> {
  if (id == null) throw new DatosInvalidos(`ID de ${nivel.nombre} no proporcionado`)
  const registro = await repo.buscarRegistro(ctx.bd, nivel, id, bloquear)
  if (registro === null)
    throw new NoEncontrado(`${nivel.nombre.charAt(0).toUpperCase()}${nivel.nombre.slice(1)} no encontrado`)
  return registro
}

/** Each choice exists and is active, unless the record had it already. @throws DatosInvalidos. */
async function exigirOpciones(tx: CtxTx, { campos }: Nivel, valores: Valores, antes: Valores | null): Promise<void> {
  for (const campo of campos) {
    if (campo.clase !== 'referencia') continue
    const valor = valores[campo.nombre] ?? null
    if (valor === null || valor === antes?.[campo.nombre]) continue
    exigirVigente(await repo.buscarOpcion(tx.bd, campo, Number(valor)), campo.etiqueta, campo.nombre, false)
  }
}

/** @throws Conflicto when another record has that name (catalogos.md §7). */
async function exigirUnico(tx: CtxTx, nivel: Nivel, valores: Valores, excepto: number | null): Promise<void> {
  const otro = await repo.buscarMismoNombre(tx.bd, nivel, valores, excepto)
  if (otro === null) return
  const mensaje = otro.activo ? nivel.unico.repetido : nivel.unico.inactivo
  throw new Conflicto(mensaje, { campos: { [nivel.titular]: mensaje } })
}

/** A new record, with the file that was already stored. @throws DatosInvalidos, Conflicto. @returns its id. */
export function crearRegistro(
  ctx: Contexto,
  nivel: Nivel,
  enviado: Enviado,
  archivo: ArchivoGuardado | null = null,
): Promise<number> {
  return conTransaccion(ctx, async (tx) => {
    const completo = completar(nivel, enviado)
    exigirObligatorios(nivel, completo, true)
    const valores = aplicar(nivel, {}, completo)
    exigirCoherencia(nivel, valores)
    await exigirOpciones(tx, nivel, valores, null)
    await exigirUnico(tx, nivel, valores, null)
    const id = await repo.insertarRegistro(tx.bd, nivel, valores)
    if (archivo !== null) await repo.ponerArchivo(tx.bd, id, archivo)
    await anotarEvento(tx, nivel, 'CREAR', await leerRegistro(tx, nivel, id), 1)
    return id
  })
}

/** What an edition is asked for. `archivo`: absent = the one it has, null = none. */
export interface Edicion {
  readonly id: number | null | undefined
  readonly version: number | null | undefined
  readonly enviado: Enviado
  readonly archivo?: ArchivoGuardado | null
}

/** What an edition left. `sobrante`: the file that the record no longer has. */
export interface Editado {
  readonly id: number
  readonly version: number
  readonly sobrante: ArchivoGuardado | null
}

/**
 * Changes what came and nothing else; nothing changed writes nothing.
 * @throws Conflicto with `codigo` VERSION when somebody saved it meanwhile; the rest as in the creation.
 */
export function editarRegistro(ctx: Contexto, nivel: Nivel, edicion: Edicion): Promise<Editado> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await leerRegistro(tx, nivel, edicion.id, true)
    const { version, enviado, archivo = actual.archivo } = edicion
    if (version != null && version !== actual.version) throw await conflictoConDatos(tx, nivel, actual, version)
    if (!actual.activo) throw new Conflicto(`El ${nivel.nombre} está inactivo; reactívalo para editarlo.`)
    exigirObligatorios(nivel, enviado, false)
    exigirMismoPadre(nivel, actual.valores, enviado)
    const valores = aplicar(nivel, actual.valores, enviado)
    exigirCoherencia(nivel, valores)
    await exigirOpciones(tx, nivel, valores, actual.valores)
    await exigirUnico(tx, nivel, valores, actual.id)
    const cambiaArchivo = archivo?.clave !== actual.archivo?.clave
    if (!cambiaArchivo && sonIguales(nivel, actual.valores, valores))
      return { id: actual.id, version: actual.version, sobrante: null }
    await repo.actualizarRegistro(tx.bd, nivel, actual.id, valores)
    if (cambiaArchivo) await repo.ponerArchivo(tx.bd, actual.id, archivo)
    const despues = await leerRegistro(tx, nivel, actual.id)
    await anotarCambios(tx, nivel, actual, despues)
    return { id: actual.id, version: despues.version, sobrante: cambiaArchivo ? actual.archivo : null }
  })
}

/** Who saved first and what, with the record as it is now: the page joins it with what was being typed. */
async function conflictoConDatos(tx: CtxTx, nivel: Nivel, actual: Registro, version: number): Promise<Conflicto> {
  const conflicto = await conflictoDeVersion(tx, nivel.tablaLog, actual.id, version, actual.version)
  return new Conflicto(conflicto.detalles, {
    codigo: conflicto.codigo,
    extra: { ...conflicto.extra, datos: datosDe(nivel, actual) },
  })
}

/** @throws Conflicto (already inactive, with active parts, used), DatosInvalidos, NoEncontrado. */
export function desactivarRegistro(ctx: Contexto, nivel: Nivel, { id, confirmar }: CuerpoDeEstado): Promise<number> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await leerRegistro(tx, nivel, id, true)
    const partes = await repo.contarPartesActivas(tx.bd, nivel, actual.id)
    exigirDesactivable(nivel, actual, partes, confirmar === true)
    await repo.ponerActivo(tx.bd, nivel, actual.id, false)
    await anotarEvento(tx, nivel, 'ELIMINAR', actual, actual.version + 1)
    return actual.id
  })
}

/** Brings a record back. @throws Conflicto when its name was taken or what holds it is inactive. */
export function reactivarRegistro(ctx: Contexto, nivel: Nivel, id: number | null | undefined): Promise<number> {
  return conTransaccion(ctx, async (tx) => {
    const actual = await leerRegistro(tx, nivel, id, true)
    if (actual.activo) throw new Conflicto(`El ${nivel.nombre} ya está activo.`)
    const { padre } = nivel
    if (padre !== null) {
      const de = nivelDe(padre.nivel)
      const suyo = await leerRegistro(tx, de, Number(actual.valores[padre.campo]))
      if (!suyo.activo)
        throw new Conflicto(`El ${de.nombre} ${actual.textos[padre.campo] ?? ''} está inactivo; reactívalo primero.`)
    }
    await exigirUnico(tx, nivel, actual.valores, actual.id)
    await repo.ponerActivo(tx.bd, nivel, actual.id, true)
    await anotarEvento(tx, nivel, 'REACTIVAR', actual, actual.version + 1)
    return actual.id
  })
}
