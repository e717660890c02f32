/**
 * The historical import of OTs: analyse, apply, undo (ot.md §9, settled.md §1, contract.md §4). The command, the page
 * and the tests call the same functions. One batch is one transaction.
 */
import type { Writable } from 'node:stream'
import { Conflicto, NoEncontrado } from '../../../comun/errores.ts'
import { plural } from '../../../comun/texto.ts'
import type { Contexto, CtxLectura, CtxTx } from '../../../plataforma/contexto.ts'
import { escribirLibro } from '../../../plataforma/excel/escribir.ts'
import { LIMITES_LIBRO } from '../../../plataforma/excel/leer.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { registrarEvento, registrarEventos, TABLA_LOG } from '../../auditoria/index.ts'
import { borrarPtesImportadas, crearPtesImportadas } from '../../pte/index.ts'
import { buscarPrimerSuperusuario, buscarUsuarioPorNombre } from '../../usuarios/index.ts'
import { TEXTO_TIPO_OT, TIPO_OT } from '../ot.tipos.ts'
import { camposPorRestaurar, repartirCreadas } from './deshacer.reglas.ts'
import { CODIGO_PLAN_CAMBIO } from './importacion.contrato.ts'
import { leerRechazadas } from './importacion.excel.ts'
import * as repo from './importacion.repo.ts'
import type { Analisis, Informe, OtCambiada, Problema, ResumenDeshacer } from './importacion.tipos.ts'
import { abrirLectura, type Lectura } from './lectura.ts'
import { listarTextosDeCambios } from './lote.repo.ts'
import type { OpcionesDePlan, PlanEmpacado } from './preparar.ts'

export type { FilaLote } from './importacion.repo.ts'

/** Told while it works: how far (0 to 100) and what it is doing. */
export type AlAvanzar = (avance: number, mensaje: string) => void | Promise<void>

/** A file to be imported. */
export interface ArchivoDeImportacion {
  readonly ruta: string
  /** Name that the person gave it. */
  readonly nombre: string
}

export interface OpcionesDeImportacion extends OpcionesDePlan {
  /** Hash of the analysis that the person accepted: anything else is refused. */
  readonly huella?: string | undefined
  readonly alAvanzar?: AlAvanzar | undefined
}

const TIEMPO_MAXIMO_MS = 20 * 60_000
const EVENTOS_POR_VEZ = 2000
const nada = (): undefined => undefined

/**
 * What an import would do, without writing.
 * @throws DatosInvalidos when the file cannot be read.
 */
export async function analizarImportacion(
  ctx: Contexto,
  archivo: ArchivoDeImportacion,
  opciones: OpcionesDeImportacion,
): Promise<Analisis> {
  const inicio = performance.now()
  const avanzar = opciones.alAvanzar ?? nada
  await avanzar(5, 'Leyendo el libro')
  const lectura = await abrirLectura(archivo.ruta, LIMITES_LIBRO)
  try {
    await avanzar(50, `Revisando ${plural(lectura.libro.filas, 'fila', 'filas')}`)
    const plan = await lectura.planear(await repo.retratar(ctx.bd, lectura.libro.nombrados, false), opciones)
    return {
      ...informar(archivo, lectura, plan, { lote: null, simulado: true, inicio }),
      huella: plan.huella,
      ptes: plan.ptes,
      crear: plan.crear,
      actualizar: plan.actualizar,
      cuantas: plan.cuantas,
    }
  } finally {
    await lectura.cerrar()
  }
}

/**
 * Imports what can be imported, as one batch and one transaction; nothing to write keeps no batch (`lote` null).
 * @throws DatosInvalidos when the file cannot be read; Conflicto when another import is running or the data changed
 *   since the analysis that the person accepted.
 */
export async function aplicarImportacion(
  ctx: Contexto,
  archivo: ArchivoDeImportacion,
  opciones: OpcionesDeImportacion,
): Promise<Informe> {
  const inicio = performance.now()
  const avanzar = opciones.alAvanzar ?? nada
  await avanzar(2, 'Leyendo el libro')
  const lectura = await abrirLectura(archivo.ruta, LIMITES_LIBRO)
  try {
    return await conTransaccion(
      ctx,
      async (tx) => {
        await exigirTurno(tx)
        await avanzar(20, `Revisando ${plural(lectura.libro.filas, 'fila', 'filas')}`)
        const plan = await lectura.planear(await repo.retratar(tx.bd, lectura.libro.nombrados, true), opciones)
        exigirMismoPlan(plan, opciones.huella)
        if (!hayQueEscribir(plan)) return informar(archivo, lectura, plan, { lote: null, simulado: false, inicio })
        return escribir(tx, { archivo, lectura, plan, inicio, avanzar, crearPtes: opciones.crearPtes })
      },
      { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
    )
  } finally {
    await lectura.cerrar()
  }
}

async function exigirTurno(tx: CtxTx): Promise<void> {
  if (await repo.tomarTurno(tx.bd)) return
  throw new Conflicto('Ya hay una importación en curso. Espera a que termine y vuelve a intentarlo.')
}

function exigirMismoPlan(plan: PlanEmpacado, huella: string | undefined): void {
  if (huella === undefined || huella === plan.huella) return
  throw new Conflicto('Los datos cambiaron después del análisis. Analiza el libro otra vez antes de importarlo.', {
    codigo: CODIGO_PLAN_CAMBIO,
  })
}

const hayQueEscribir = ({ cuantas, ptes }: PlanEmpacado): boolean =>
  cuantas.crear + cuantas.actualizar + ptes.length > 0

interface Escritura {
  readonly archivo: ArchivoDeImportacion
  readonly lectura: Lectura
  readonly plan: PlanEmpacado
  readonly inicio: number
  readonly avanzar: AlAvanzar
  readonly crearPtes: boolean
}

async function escribir(tx: CtxTx, escritura: Escritura): Promise<Informe> {
  const { archivo, lectura, plan, avanzar } = escritura
  const lote = await repo.insertarLote(tx, {
    archivo: archivo.nombre.slice(0, 255),
    sha256: lectura.libro.sha256,
    crearPtes: escritura.crearPtes,
  })
  const origen = `lote ${String(lote)}`
  const ptes = await crearPtesImportadas(tx, plan.ptes, origen)
  for (let i = 0; i < ptes.length; i += EVENTOS_POR_VEZ) {
    await repo.insertarCambios(tx.bd, lote, ptes.slice(i, i + EVENTOS_POR_VEZ).map(creacionDePte))
  }
  await crearOts(tx, lote, plan, ptes, avanzar)
  await cambiarOts(tx, lote, plan, ptes, avanzar)
  await repo.insertarCambios(
    tx.bd,
    lote,
    plan.reconocer.map(({ id, huella, version }) => ({
      tabla: 'ot',
      id_registro: id,
      accion: 'sin_cambio',
      huella,
      antes: null,
      despues: null,
      version_despues: version,
    })),
  )
  const informe = informar(archivo, lectura, plan, { lote, simulado: false, inicio: escritura.inicio })
  await repo.guardarResumen(tx.bd, lote, informe)
  await registrarEvento(tx, {
    tabla: TABLA_LOG.OT,
    registroId: 0,
    evento: 'IMPORTAR',
    campo: 'Importó',
    detalle: frase(informe),
  })
  await avanzar(98, 'Guardando')
  return informe
}

const creacionDePte = (id: number): repo.CambioDeLote => ({
  tabla: 'pte_header',
  id_registro: id,
  accion: 'creado',
  huella: null,
  antes: null,
  despues: null,
  version_despues: 1,
})

/** Initial orders first, then reprogramaciones, whatever the order of the rows; then all the steps. */
async function crearOts(
  tx: CtxTx,
  lote: number,
  plan: PlanEmpacado,
  ptes: readonly number[],
  avanzar: AlAvanzar,
): Promise<void> {
  if (plan.cuantas.crear === 0) return
  await repo.abrirMesa(tx.bd)
  for (const [i, bloque] of plan.crear.entries()) {
    await avanzar(35 + (15 * i) / plan.crear.length, `Preparando ${plural(plan.cuantas.crear, 'OT', 'OT')}`)
    await repo.ponerEnMesa(tx.bd, bloque)
  }
  await repo.enlazarMesa(tx.bd, ptes)
  await avanzar(50, 'Guardando las OT iniciales')
  await repo.insertarOtsDeMesa(tx.bd, TIPO_OT.INICIAL)
  await avanzar(60, 'Guardando las reprogramaciones')
  await repo.insertarOtsDeMesa(tx.bd, TIPO_OT.REPROGRAMACION)
  await avanzar(65, 'Guardando los pasos')
  await repo.insertarPasosDeMesa(tx.bd)
  await repo.anotarMesa(tx.bd, lote)
  for (let desde = 0; desde < plan.cuantas.crear; desde += EVENTOS_POR_VEZ) {
    await avanzar(80 + (10 * desde) / plan.cuantas.crear, 'Escribiendo el registro de actividad')
    const nuevas = await repo.listarDeMesa(tx.bd, desde, EVENTOS_POR_VEZ)
    await registrarEventos(
      tx,
      nuevas.map(({ id, orden_trabajo: folio, id_tipo: tipo, num_reprogramacion: numero }) => ({
        tabla: TABLA_LOG.OT,
        registroId: id,
        evento: 'CREAR' as const,
        campo: 'Creó',
        detalle: `${tipo === TIPO_OT.INICIAL ? TEXTO_TIPO_OT[TIPO_OT.INICIAL] : `${TEXTO_TIPO_OT[TIPO_OT.REPROGRAMACION]} ${String(numero ?? '')}`} ${folio} (lote ${String(lote)})`,
        version: 1,
      })),
    )
  }
}

async function cambiarOts(
  tx: CtxTx,
  lote: number,
  plan: PlanEmpacado,
  ptes: readonly number[],
  avanzar: AlAvanzar,
): Promise<void> {
  for (const [i, bloque] of plan.actualizar.entries()) {
    await avanzar(90 + (8 * i) / plan.actualizar.length, `Actualizando ${plural(plan.cuantas.actualizar, 'OT', 'OT')}`)
    const cambiadas = (JSON.parse(bloque) as OtCambiada[]).map((ot) => ({
      ...ot,
      despues: ot.n_pte === null ? ot.despues : { ...ot.despues, id_pte_header: ptes[ot.n_pte] ?? null },
    }))
    await repo.actualizarOts(tx.bd, JSON.stringify(cambiadas.map(({ id, despues }) => ({ id, campos: despues }))))
    await repo.insertarCambios(
      tx.bd,
      lote,
      cambiadas.map(({ id, huella, antes, despues, version }) => ({
        tabla: 'ot',
        id_registro: id,
        accion: 'actualizado',
        huella,
        antes,
        despues,
        version_despues: version + 1,
      })),
    )
    await registrarEventos(
      tx,
      cambiadas.flatMap(({ id, folio, version, cambios }) =>
        cambios.map(({ campo, etiqueta, antes, despues }) => ({
          tabla: TABLA_LOG.OT,
          registroId: id,
          evento: 'MODIFICAR' as const,
          campo: etiqueta,
          campoClave: campo,
          anterior: antes.slice(0, 2000),
          actual: despues.slice(0, 2000),
          detalle: `${folio} (lote ${String(lote)})`,
          version: version + 1,
        })),
      ),
    )
  }
}

function informar(
  archivo: ArchivoDeImportacion,
  { libro }: Lectura,
  plan: PlanEmpacado,
  { lote, simulado, inicio }: { lote: number | null; simulado: boolean; inicio: number },
): Informe {
  return {
    lote,
    archivo: archivo.nombre,
    sha256: libro.sha256,
    simulado,
    filas: plan.filas,
    iniciales: plan.iniciales,
    reprogramaciones: plan.reprogramaciones,
    otras: plan.otras,
    ptes_creadas: plan.ptes.length,
    errores: plan.errores,
    advertencias: plan.advertencias,
    segundos: Math.round(performance.now() - inicio) / 1000,
  }
}

/** The report in a sentence, for the log. */
function frase({ lote, archivo, iniciales, reprogramaciones, otras, ptes_creadas: ptes }: Informe): string {
  const creadas = iniciales.creadas + reprogramaciones.creadas
  const actualizadas = iniciales.actualizadas + reprogramaciones.actualizadas
  const rechazadas = iniciales.rechazadas + reprogramaciones.rechazadas + otras.rechazadas
  return `el archivo ${archivo} (lote ${String(lote)}): ${plural(creadas, 'OT creada', 'OT creadas')}, ${plural(actualizadas, 'actualizada', 'actualizadas')}, ${plural(rechazadas, 'fila rechazada', 'filas rechazadas')}, ${plural(ptes, 'PTE creada', 'PTE creadas')}`
}

// ------------------------------------------------------------------------------------------------------------ batches

/** Newest batches first. */
export function listarLotes(ctx: CtxLectura, limite = 50): Promise<repo.FilaLote[]> {
  return repo.listarLotes(ctx.bd, limite)
}

/** @throws NoEncontrado */
export async function obtenerLote(ctx: CtxLectura, id: number): Promise<repo.FilaLote> {
  const lote = await repo.buscarLote(ctx.bd, id)
  if (lote === null) throw new NoEncontrado(`No existe el lote ${String(id)}.`)
  return lote
}

/**
 * Undoes a batch: what it created goes with its steps, what it changed returns field by field, and what a person edited
 * afterwards stays and is listed.
 * @throws NoEncontrado; Conflicto when it was undone already or something else depends on what it created.
 */
export function deshacerLote(ctx: Contexto, id: number): Promise<ResumenDeshacer> {
  return conTransaccion(
    ctx,
    async (tx) => {
      await exigirTurno(tx)
      const lote = await repo.bloquearLote(tx.bd, id)
      if (lote === null) throw new NoEncontrado(`No existe el lote ${String(id)}.`)
      if (lote.estado === 'deshecho') throw new Conflicto(`El lote ${String(id)} ya se deshizo.`)
      const resumen = await deshacer(tx, id)
      await repo.marcarDeshecho(tx, id, resumen)
      await registrarEvento(tx, {
        tabla: TABLA_LOG.OT,
        registroId: 0,
        evento: 'ELIMINAR',
        campo: 'Deshizo importación',
        detalle: fraseDeshacer(resumen),
      })
      return resumen
    },
    { tiempoMaximoMs: TIEMPO_MAXIMO_MS },
  )
}

async function deshacer(tx: CtxTx, lote: number): Promise<ResumenDeshacer> {
  const creadas = await repo.bloquearCreadas(tx.bd, lote)
  const cambiadas = await repo.bloquearCambiadas(tx.bd, lote)
  await exigirSinDependencias(tx, lote)
  const { borrar, conservadas } = repartirCreadas(creadas)
  const seBorran = new Set(borrar)
  const restauraciones = cambiadas.map((ot) => ({ ot, ...camposPorRestaurar(ot) }))
  const porRestaurar = restauraciones.filter(({ campos }) => Object.keys(campos).length > 0)
  await repo.actualizarOts(tx.bd, JSON.stringify(porRestaurar.map(({ ot, campos }) => ({ id: ot.id, campos }))))
  await repo.reconocerVersiones(tx.bd, lote)
  await repo.borrarOts(tx.bd, borrar)
  const ptes = await repo.listarPtesDelLote(tx.bd, lote)
  const { borradas, editadas } = await borrarPtesImportadas(tx, ptes, `lote ${String(lote)}`)
  await registrarDeshecho(
    tx,
    lote,
    creadas.filter(({ id }) => seBorran.has(id)),
    porRestaurar,
  )
  const ptesEditadas = editadas.map(({ id, oficio_pte: folio }) => ({
    tabla: 'pte_header' as const,
    id,
    folio,
    motivo: 'alguien la cambió después de importarla',
  }))
  return {
    lote,
    ots_borradas: borrar.length,
    ots_restauradas: porRestaurar.length,
    ptes_borradas: borradas.length,
    conservadas: [...conservadas, ...restauraciones.flatMap(({ conservada }) => conservada ?? []), ...ptesEditadas],
  }
}

async function exigirSinDependencias(tx: CtxTx, lote: number): Promise<void> {
  const dependencias = await repo.listarDependencias(tx.bd, lote)
  if (dependencias.length === 0) return
  const primeras = dependencias.slice(0, 5).map(({ folio, motivo }) => `${folio} ${motivo}`)
  const mas = dependencias.length > primeras.length ? `; y ${String(dependencias.length - primeras.length)} más` : ''
  throw new Conflicto(`No se puede deshacer el lote ${String(lote)}: ${primeras.join('; ')}${mas}.`, {
    extra: { dependencias },
  })
}

async function registrarDeshecho(
  tx: CtxTx,
  lote: number,
  borradas: readonly repo.OtDelLote[],
  restauradas: readonly { ot: repo.OtCambiadaPorLote; campos: Record<string, unknown> }[],
): Promise<void> {
  const detalle = (folio: string): string => `${folio} al deshacer el lote ${String(lote)}`
  // What goes back is told with the words of the row that the import wrote, the other way round.
  const textos = new Map(
    (await listarTextosDeCambios(tx.bd, lote)).map((texto) => [`${String(texto.id)}/${texto.campo}`, texto]),
  )
  const eventos = [
    ...borradas.map(({ id, orden_trabajo: folio }) => ({
      tabla: TABLA_LOG.OT,
      registroId: id,
      evento: 'ELIMINAR' as const,
      campo: 'Eliminó',
      detalle: detalle(folio),
    })),
    ...restauradas.flatMap(({ ot, campos }) =>
      Object.entries(campos).map(([campo, valor]) => {
        const texto = textos.get(`${String(ot.id)}/${campo}`)
        return {
          tabla: TABLA_LOG.OT,
          registroId: ot.id,
          evento: 'MODIFICAR' as const,
          campo: texto?.etiqueta ?? campo,
          campoClave: campo,
          anterior: texto?.despues ?? textoDe(ot.ahora[campo]),
          actual: texto?.antes ?? textoDe(valor),
          detalle: detalle(ot.orden_trabajo),
          version: ot.version + 1,
        }
      }),
    ),
  ]
  for (let i = 0; i < eventos.length; i += EVENTOS_POR_VEZ)
    await registrarEventos(tx, eventos.slice(i, i + EVENTOS_POR_VEZ))
}

const textoDe = (valor: unknown): string =>
  typeof valor === 'string' || typeof valor === 'number' || typeof valor === 'boolean'
    ? String(valor).slice(0, 2000)
    : ''

function fraseDeshacer({ lote, ots_borradas, ots_restauradas, ptes_borradas, conservadas }: ResumenDeshacer): string {
  return `lote ${String(lote)}: ${plural(ots_borradas, 'OT eliminada', 'OT eliminadas')}, ${plural(ots_restauradas, 'restaurada', 'restauradas')}, ${plural(ptes_borradas, 'PTE eliminada', 'PTE eliminadas')}, ${plural(conservadas.length, 'registro conservado', 'registros conservados')}`
}

/**
 * The rejected rows as a workbook that can be mended and imported again: their cells as people see them, and a column
 * that says which is wrong and why.
 * @param errores those of the analysis or the report of the same file.
 */
export async function escribirRechazadas(
  salida: Writable,
  ruta: string,
  errores: readonly Problema[],
): Promise<number> {
  return escribirLibro(salida, await leerRechazadas(ruta, errores))
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
