/** The check of the seals: in order of day and of row, so that the first case named is the first thing that was touched. */
import { aDdMmAaaa, diaLocal, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import { hashDe, hashDeRetiro, Huellas, resumenDe } from './sello.calculo.ts'
import { leerNotas, type NotaDeSello } from './sello.notas.ts'
import * as repo from './sello.repo.ts'
import type { Custodia, Sello } from './sello.tipos.ts'

/** Cases enough to know what happened. */
const MAXIMO_CASOS = 20

/**
 * What of the log is not as it was sealed, as Spanish texts, from the oldest. It names the row that was changed, deleted
 * or added by hand, and the seal that was edited or removed.
 */
export async function buscarAlteraciones(ctx: CtxLectura, custodia: Custodia): Promise<string[]> {
  const casos: string[] = []
  let sello = await repo.buscarSelloDesde(ctx.bd, null)
  if (sello === null) return casos
  casos.push(...(await filasAntesDelPrimero(ctx, sello.dia)))
  const notas = new Map(leerNotas(custodia.carpeta, sello.hashAnterior).map((nota) => [nota.dia, nota]))
  let anterior: Sello | null = null
  while (sello !== null && casos.length < MAXIMO_CASOS) {
    casos.push(...faltasDeCadena(custodia, sello, anterior), ...faltaDeNota(sello, notas))
    casos.push(...(await faltasDeFilas(ctx, custodia, sello)))
    anterior = sello
    sello = await repo.buscarSelloDesde(ctx.bd, sumarDias(sello.dia, 1))
  }
  const ultimo = anterior?.dia
  for (const { dia } of notas.values())
    if (ultimo === undefined || dia > ultimo)
      casos.push(`falta el sello del ${aDdMmAaaa(dia)}, que se hizo y quedó anotado fuera de la base`)
  return casos.slice(0, MAXIMO_CASOS)
}

async function filasAntesDelPrimero(ctx: CtxLectura, primero: FechaIso): Promise<string[]> {
  const casos: string[] = []
  for await (const trozo of repo.leerFilas(ctx.bd, { desde: null, hasta: primero })) {
    for (const { id, fecha } of trozo)
      casos.push(
        `la fila ${String(id)} del ${aDdMmAaaa(diaLocal(fecha))} se agregó a mano: es anterior al primer sello`,
      )
    break
  }
  return casos.slice(0, MAXIMO_CASOS)
}

function faltasDeCadena({ clave }: Custodia, sello: Sello, anterior: Sello | null): string[] {
  const dia = aDdMmAaaa(sello.dia)
  const casos: string[] = []
  if (anterior && sumarDias(anterior.dia, 1) !== sello.dia)
    casos.push(`falta el sello del ${aDdMmAaaa(sumarDias(anterior.dia, 1))}`)
  // While a day goes on its seal may hang from the one that was last when it was made.
  else if (anterior && sello.cerrado && sello.hashAnterior !== anterior.hash)
    casos.push(`el sello del ${dia} no sigue al del día anterior`)
  const propio = sello.huellas === null ? sello.resumen : resumenDe(sello.huellas)
  if (propio !== sello.resumen || hashDe(clave, sello) !== sello.hash)
    casos.push(`el sello del ${dia} se editó a mano (o lo hizo otra clave: ver AUDITORIA_SECRETO)`)
  if (sello.retiradoEn !== null && hashDeRetiro(clave, sello, sello.retiradoEn) !== sello.hashRetiro)
    casos.push(`el ${dia} aparece retirado y no lo retiró el sistema`)
  return casos
}

function faltaDeNota(sello: Sello, notas: ReadonlyMap<FechaIso, NotaDeSello>): string[] {
  const nota = notas.get(sello.dia)
  if (!nota || !sello.cerrado || nota.hash === sello.hash) return []
  return [`el sello del ${aDdMmAaaa(sello.dia)} no es el que quedó anotado fuera de la base`]
}

async function faltasDeFilas(ctx: CtxLectura, { clave }: Custodia, sello: Sello): Promise<string[]> {
  const huellas = new Huellas(sello.huellas)
  const porVer = new Set(huellas.ids)
  const faltas = new Map<number, 'se cambió' | 'se borró' | 'se agregó a mano'>()
  for await (const trozo of repo.leerFilas(ctx.bd, { desde: sello.dia, hasta: sumarDias(sello.dia, 1) }))
    for (const fila of trozo) {
      porVer.delete(fila.id)
      const coincide = huellas.coincide(clave, fila)
      if (coincide === false) faltas.set(fila.id, 'se cambió')
      // Rows go on arriving to a day that is not closed.
      else if (coincide === null && sello.cerrado) faltas.set(fila.id, 'se agregó a mano')
    }
  for (const id of porVer) faltas.set(id, 'se borró')
  const primeras = [...faltas].sort(([a], [b]) => a - b).slice(0, MAXIMO_CASOS)
  const textos = await repo.describirFilas(
    ctx.bd,
    primeras.map(([id]) => id),
    sello.dia,
  )
  return primeras.map(([id, falta]) => {
    const cual = textos.get(id)
    return `la fila ${String(id)} del ${aDdMmAaaa(sello.dia)}${cual ? ` (${cual})` : ''} ${falta} después de sellarse`
  })
}

/** Months whose kept counts are not those of their seals. */
export async function buscarConteosDistintos(ctx: CtxLectura): Promise<string[]> {
  return (await repo.listarConteosDistintos(ctx.bd)).map(
    ({ mes, contadas, selladas }) => `${mes}: ${String(contadas)} contadas, ${String(selladas)} selladas`,
  )
}
