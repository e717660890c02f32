/** The daily seal of the log (docs/decisiones/0020): it is made, it is checked, and old months are retired under it. */
import { randomBytes } from 'node:crypto'
import { diaLocal, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type { Contexto, CtxTx } from '../../../plataforma/contexto.ts'
import { conTransaccion } from '../../../plataforma/transaccion.ts'
import { mesSiguiente } from '../actividad/actividad.reglas.ts'
import { hashDe, Huellas, resumenDe } from './sello.calculo.ts'
import { anotarSellos, leerNotas } from './sello.notas.ts'
import * as repo from './sello.repo.ts'
import type { Custodia } from './sello.tipos.ts'

/** A day is closed this long after its end: whatever began in it has ended by then. */
const ESPERA_MS = 60 * 60_000
/** Months created ahead. */
const MESES_POR_DELANTE = 2
const TIEMPO_MAXIMO_MS = 30 * 60_000

/** What a turn of maintenance did. */
export interface Mantenimiento {
  readonly particiones: number
  readonly sellados: number
  readonly mesesCerrados: number
}

/**
 * What the log needs from time to time: partitions ahead, every finished day sealed, what goes of today sealed so far,
 * closed months indexed and counted. May be repeated and interrupted.
 * @param seguir asked between steps: false ends in order
 */
export async function mantenerAuditoria(
  ctx: Contexto,
  custodia: Custodia,
  seguir: () => boolean = () => true,
): Promise<Mantenimiento> {
  const hecho = { particiones: 0, sellados: 0, mesesCerrados: 0 }
  let hasta = ctx.hoy
  for (let i = 0; i < MESES_POR_DELANTE; i += 1) hasta = mesSiguiente(hasta)
  hecho.particiones = await conTransaccion(ctx, (tx) => repo.prepararParticiones(tx.bd, ctx.hoy, hasta))
  await comprobarClave(ctx, custodia)
  for (let dia = await primerDiaSinCerrar(ctx); dia !== null && dia <= ctx.hoy && seguir(); dia = sumarDias(dia, 1)) {
    const actual = dia
    const cerrado = puedeCerrarse(dia, ctx.ahora)
    await conTransaccion(ctx, (tx) => sellarDia(tx, custodia, actual, cerrado), { tiempoMaximoMs: TIEMPO_MAXIMO_MS })
    if (cerrado) hecho.sellados += 1
  }
  await anotarCerrados(ctx, custodia)
  for (const mes of await repo.listarMesesPorCerrar(ctx.bd)) {
    if (!seguir()) break
    await conTransaccion(ctx, (tx) => repo.cerrarMes(tx, mes), { tiempoMaximoMs: TIEMPO_MAXIMO_MS })
    hecho.mesesCerrados += 1
  }
  return hecho
}

/** A chain goes on only with the key that made it: with another one every later seal would look false. */
async function comprobarClave(ctx: Contexto, { clave }: Custodia): Promise<void> {
  const ultimo = await repo.buscarUltimoCerrado(ctx.bd)
  if (ultimo && hashDe(clave, ultimo) !== ultimo.hash)
    throw new Error(
      `El sello del ${ultimo.dia} no es de esta clave, o se editó: si cambió SECRET_KEY, pon la anterior en AUDITORIA_SECRETO`,
    )
}

async function primerDiaSinCerrar(ctx: Contexto): Promise<FechaIso | null> {
  const ultimo = await repo.buscarUltimoCerrado(ctx.bd)
  return ultimo ? sumarDias(ultimo.dia, 1) : repo.buscarPrimerDia(ctx.bd)
}

const puedeCerrarse = (dia: FechaIso, ahora: Date): boolean => diaLocal(new Date(ahora.getTime() - ESPERA_MS)) > dia

async function sellarDia(ctx: CtxTx, { clave }: Custodia, dia: FechaIso, cerrado: boolean): Promise<void> {
  await repo.tomarTurno(ctx)
  const anterior = await repo.buscarUltimoCerrado(ctx.bd)
  // Another process closed it while this one waited.
  if (anterior && anterior.dia >= dia) return
  const abierto = await repo.buscarSello(ctx.bd, dia)
  const huellas = new Huellas(abierto?.huellas ?? null)
  for await (const trozo of repo.leerFilas(ctx.bd, { desde: dia, hasta: sumarDias(dia, 1) }))
    for (const fila of trozo) huellas.agregar(clave, fila)
  const bytes = huellas.aBytes()
  const sello = {
    dia,
    filas: huellas.filas,
    resumen: resumenDe(bytes),
    // The chain begins in a number of its own, which also names its notes.
    hashAnterior: anterior?.hash ?? abierto?.hashAnterior ?? randomBytes(32).toString('hex'),
  }
  await repo.guardarSello(ctx, { ...sello, huellas: bytes, hash: hashDe(clave, sello), cerrado })
}

/** The beginning of the chain, which names the file of its notes. */
async function inicioDeCadena(ctx: Contexto): Promise<string | null> {
  return (await repo.buscarSelloDesde(ctx.bd, null))?.hashAnterior ?? null
}

async function anotarCerrados(ctx: Contexto, { carpeta }: Custodia): Promise<void> {
  const inicio = await inicioDeCadena(ctx)
  if (inicio === null) return
  const ultima = leerNotas(carpeta, inicio).at(-1)?.dia ?? null
  anotarSellos(carpeta, inicio, await repo.listarCerradosDesde(ctx.bd, ultima))
}
