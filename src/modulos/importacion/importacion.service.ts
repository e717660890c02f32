/**
 * Any import: analyse, apply, undo (ot.md §9, settled.md §1, contract.md §4). The command, the page and the tests call
 * the same functions. One batch is one transaction.
 */
import type { Writable } from 'node:stream'
import { Conflicto, NoEncontrado } from '../../comun/errores.ts'
import { plural } from '../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../plataforma/contexto.ts'
import { escribirLibro } from '../../plataforma/excel/escribir.ts'
import { conTransaccion } from '../../plataforma/transaccion.ts'
import { registrarEvento } from '../auditoria/index.ts'
import { buscarPrimerSuperusuario, buscarUsuarioPorNombre } from '../usuarios/index.ts'
import type {
  AlAvanzar,
  ArchivoDeImportacion,
  ClaseImportacion,
  LecturaDeClase,
  Peticion,
  PlanDeClase,
} from './importacion.clase.ts'
import { CODIGO_PLAN_CAMBIO } from './importacion.contrato.ts'
import type { InformeBase, Problema, ResumenDeshacerBase } from './importacion.tipos.ts'
import { fraseDeDeshecho, fraseDeInforme } from './importacion.vista.ts'
import * as repo from './lote.repo.ts'

/** An import asked for: its options, the analysis that was accepted, and who is told how far it is. */
export interface PedidoDeImportacion extends Peticion {
  /** Hash of the analysis that the person accepted: anything else is refused. */
  readonly huella?: string | undefined
  readonly alAvanzar?: AlAvanzar | undefined
}

const TIEMPO_MAXIMO_MS = 20 * 60_000
const nada = (): undefined => undefined

/**
 * What an import would do, without writing.
 * @throws DatosInvalidos when the file cannot be read.
 */
export async function analizar<I extends InformeBase, R extends ResumenDeshacerBase>(
  ctx: Contexto,
  clase: ClaseImportacion<I, R>,
  archivo: ArchivoDeImportacion,
  pedido: PedidoDeImportacion,
): Promise<{ informe: I; plan: PlanDeClase<I> }> {
  const inicio = performance.now()
  const avanzar = pedido.alAvanzar ?? nada
  await avanzar(5, 'Leyendo el libro')
  const lectura = await clase.abrir(archivo.ruta)
  try {
    await avanzar(50, `Revisando ${plural(lectura.filas, 'fila', 'filas')}`)
    const plan = await lectura.planear(ctx, pedido, false)
    return { informe: informar(archivo, lectura, plan, { lote: null, simulado: true, inicio }), plan }
  } finally {
    await lectura.cerrar()
  }
}

/**
 * Imports what can be imported, as one batch and one transaction; nothing to write keeps no batch (`lote` null).
 * @throws DatosInvalidos when the file cannot be read; Conflicto when another import is running or the data changed
 *   since the analysis that the person accepted.
 */
export async function aplicar<I extends InformeBase, R extends ResumenDeshacerBase>(
  ctx: Contexto,
  clase: ClaseImportacion<I, R>,
  archivo: ArchivoDeImportacion,
  pedido: PedidoDeImportacion,
): Promise<I> {
  const inicio = performance.now()
  const avanzar = pedido.alAvanzar ?? nada
  await avanzar(2, 'Leyendo el libro')
  const lectura = await clase.abrir(archivo.ruta)
  try {
    return await conTransaccion(
      ctx,
      async (tx) => {
        await exigirTurno(tx, clase)
        await avanzar(20, `Revisando ${plural(lectura.filas, 'fila', 'filas')}`)
        const plan = await lectura.planear(tx, pedido, true)
        exigirMismoPlan(plan, pedido.huella)
        if (!plan.escribe) return informar(archivo, lectura, plan, { lote: null, simulado: false, inicio })
        const lote = await repo.insertarLote(tx, {
          clase: clase.clave,
          archivo: archivo.nombre.slice(0, 255),
          sha256: lectura.sha256,
          opciones: pedido.opciones,
        })
        await plan.escribir(tx, lote, avanzar)
        const informe = informar(archivo, lectura, plan, { lote, simulado: false, inicio })
        await repo.guardarResumen(tx.bd, lote, informe)
        await registrarEvento(tx, {
          tabla: clase.tablaLog,
          registroId: null,
          evento: 'IMPORTAR',
          campo: 'Importó',
          detalle: fraseDeInforme(clase, informe),
        })
        await avanzar(98, 'Guardando')
        return informe
      },
      { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
    )
  } finally {
    await lectura.cerrar()
  }
}

async function exigirTurno(tx: CtxTx, { clave, turno }: { clave: string; turno?: number }): Promise<void> {
  if (await repo.tomarTurno(tx.bd, clave, turno)) return
  throw new Conflicto('Ya hay una importación en curso. Espera a que termine y vuelve a intentarlo.')
}

function exigirMismoPlan(plan: PlanDeClase, huella: string | undefined): void {
  if (huella === undefined || huella === plan.huella) return
  throw new Conflicto('Los datos cambiaron después del análisis. Analiza el libro otra vez antes de importarlo.', {
    codigo: CODIGO_PLAN_CAMBIO,
  })
}

function informar<I extends InformeBase>(
  archivo: ArchivoDeImportacion,
  lectura: LecturaDeClase<I>,
  plan: PlanDeClase<I>,
  { lote, simulado, inicio }: { lote: number | null; simulado: boolean; inicio: number },
): I {
  const { filas, errores, advertencias, ...conteos } = plan.informe
  return {
    lote,
    archivo: archivo.nombre,
    sha256: lectura.sha256,
    simulado,
    filas,
    ...conteos,
    errores,
    advertencias,
    segundos: Math.round(performance.now() - inicio) / 1000,
  } as unknown as I
}

// ------------------------------------------------------------------------------------------------------------ batches

/** Batches of a class, newest first. */
export function listarLotes(
  ctx: CtxLectura,
  clase: Pick<ClaseImportacion, 'clave'>,
  limite = 50,
): Promise<repo.LoteGuardado[]> {
  return repo.listarLotes(ctx.bd, clase.clave, limite)
}

/** A batch of a class. @throws NoEncontrado also when it is of another class. */
export async function obtenerLote(
  ctx: CtxLectura,
  clase: Pick<ClaseImportacion, 'clave'>,
  id: number,
): Promise<repo.LoteGuardado> {
  const lote = await repo.buscarLote(ctx.bd, id)
  if (lote?.clase !== clase.clave) throw noExiste(id)
  return lote
}

const noExiste = (id: number): NoEncontrado => new NoEncontrado(`No existe el lote ${String(id)}.`)

/** The class of a batch, for a command that only knows its number. @throws NoEncontrado */
export async function claseDeLote(
  ctx: CtxLectura,
  clases: readonly ClaseImportacion[],
  id: number,
): Promise<ClaseImportacion> {
  const lote = await repo.buscarLote(ctx.bd, id)
  const clase = clases.find(({ clave }) => clave === lote?.clase)
  if (clase === undefined) throw noExiste(id)
  return clase
}

/**
 * Undoes a batch: what it created goes, what it changed returns field by field, and what a person edited afterwards
 * stays and is listed.
 * @throws NoEncontrado; Conflicto when it was undone already or something else depends on what it created.
 */
export function deshacerLote<I extends InformeBase, R extends ResumenDeshacerBase>(
  ctx: Contexto,
  clase: ClaseImportacion<I, R>,
  id: number,
): Promise<R> {
  return conTransaccion(
    ctx,
    async (tx) => {
      await exigirTurno(tx, clase)
      const lote = await repo.bloquearLote(tx.bd, id)
      if (lote?.clase !== clase.clave) throw noExiste(id)
      if (lote.estado === 'deshecho') throw new Conflicto(`El lote ${String(id)} ya se deshizo.`)
      const resumen = await clase.deshacer(tx, id)
      await repo.marcarDeshecho(tx, id, resumen)
      await registrarEvento(tx, {
        tabla: clase.tablaLog,
        registroId: null,
        evento: 'ELIMINAR',
        campo: 'Deshizo importación',
        detalle: fraseDeDeshecho(clase, resumen),
      })
      return resumen
    },
    { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
  )
}

/** @throws Conflicto that names the first of what stands in the way of an undo. */
export function exigirSinDependencias(
  lote: number,
  dependencias: readonly { readonly folio: string; readonly motivo: string }[],
): void {
  if (dependencias.length === 0) return
  const primeras = dependencias.slice(0, 5).map(({ folio, motivo }) => `${folio} ${motivo}`)
  const mas = dependencias.length > primeras.length ? `; y ${String(dependencias.length - primeras.length)} más` : ''
  throw new Conflicto(`No se puede deshacer el lote ${String(lote)}: ${primeras.join('; ')}${mas}.`, {
    extra: { dependencias },
  })
}

/**
 * The rejected rows as a workbook that can be mended and imported again: their cells as people see them, and a column
 * that says which is wrong and why.
 * @param errores those of the analysis or the report of the same file.
 */
export async function escribirRechazadas<I extends InformeBase, R extends ResumenDeshacerBase>(
  salida: Writable,
  clase: ClaseImportacion<I, R>,
  ruta: string,
  errores: readonly Problema[],
): Promise<number> {
  return escribirLibro(salida, await clase.rechazadas(ruta, errores))
}

/** The context of a command, signed by that person, or by the first superuser; by *Sistema* when there is none. */
export async function firmar(ctx: Contexto, username: string | undefined): Promise<Contexto> {
  const persona =
    username === undefined ? await buscarPrimerSuperusuario(ctx.bd) : await buscarUsuarioPorNombre(ctx.bd, username)
  if (persona === null && username !== undefined) {
    throw new NoEncontrado(`No existe el usuario ${username}, o está desactivado.`)
  }
  return persona === null ? ctx : { ...ctx, ...persona, sistema: false }
}
