/** Who has the guard of a site each day (produccion.md §5.10). */
import { diasDelMes, diasEntre, fechaDePartes, sumarDias, type FechaIso } from '../../../comun/fechas.ts'
import type { BloqueDeGuardia, Ciclo, Relevo, SuperDeGuardia } from './guardias.tipos.ts'

/**
 * The configuration of that day: the last one in force by then. The first one of a site also counts backwards, so that
 * the months before somebody wrote it are painted too.
 * @param ciclos of one site, in any order.
 */
export function cicloDelDia<C extends Ciclo>(ciclos: readonly C[], dia: FechaIso): C | null {
  let elegido: C | null = null
  let primero: C | null = null
  for (const ciclo of ciclos) {
    if (primero === null || ciclo.vigenteDesde < primero.vigenteDesde) primero = ciclo
    if (ciclo.vigenteDesde > dia) continue
    if (elegido === null || ciclo.vigenteDesde > elegido.vigenteDesde) elegido = ciclo
  }
  return elegido ?? primero
}

/** The person of a day by one configuration: even turns are of A, also before its first day. */
export function deGuardia(ciclo: Ciclo, dia: FechaIso): SuperDeGuardia {
  const turno = Math.floor(diasEntre(ciclo.inicioA, dia) / ciclo.dias)
  return turno % 2 === 0 ? ciclo.a : ciclo.b
}

/** Blocks of consecutive days of a month with the same person (by id: two may be called the same). */
export function bloquesDelMes(ciclos: readonly Ciclo[], anio: number, mes: number): BloqueDeGuardia[] {
  const bloques: { superintendente: SuperDeGuardia; inicio: number; fin: number }[] = []
  for (let dia = 1; dia <= diasDelMes(anio, mes); dia += 1) {
    const fecha = fechaDePartes(anio, mes, dia)
    const ciclo = fecha === null ? null : cicloDelDia(ciclos, fecha)
    if (fecha === null || ciclo === null) return []
    const superintendente = deGuardia(ciclo, fecha)
    const ultimo = bloques.at(-1)
    if (ultimo?.superintendente.id === superintendente.id) ultimo.fin = dia
    else bloques.push({ superintendente, inicio: dia, fin: dia })
  }
  return bloques
}

/** Days of a month on which the guard passes from one person to another, its first day included. */
export function relevosDelMes(ciclos: readonly Ciclo[], anio: number, mes: number): Relevo[] {
  const primero = fechaDePartes(anio, mes, 1)
  if (primero === null) return []
  const vispera = sumarDias(primero, -1)
  const cicloDeVispera = cicloDelDia(ciclos, vispera)
  let sale = cicloDeVispera === null ? null : deGuardia(cicloDeVispera, vispera)
  const relevos: Relevo[] = []
  for (const { superintendente: entra, inicio } of bloquesDelMes(ciclos, anio, mes)) {
    if (sale !== null && sale.id !== entra.id) relevos.push({ fecha: sumarDias(primero, inicio - 1), sale, entra })
    sale = entra
  }
  return relevos
}

/**
 * From when a new configuration holds if nobody says: the first one of a site, from its own start; a change, from its
 * start when it is still to come and from today otherwise, so that the past keeps its colours.
 */
export function vigenciaPorOmision(hayAnterior: boolean, inicioA: FechaIso, hoy: FechaIso): FechaIso {
  return !hayAnterior || inicioA > hoy ? inicioA : hoy
}

/** What is wrong with a new configuration, by field (produccion.md §5.10, example 24). */
export function faltasDelCiclo(
  datos: { idA: number | null; idB: number | null; inicioA: FechaIso | null },
  delSitio: readonly { readonly id: number }[],
): Record<string, string> {
  const faltas: Record<string, string> = {}
  const es = (id: number): boolean => delSitio.some((superintendente) => superintendente.id === id)
  const ajeno = 'Elige un superintendente activo asignado a este sitio.'
  if (datos.idA === null) faltas['id_super_a'] = 'Elige al superintendente A.'
  else if (!es(datos.idA)) faltas['id_super_a'] = ajeno
  if (datos.idB === null) faltas['id_super_b'] = 'Elige al superintendente B.'
  else if (datos.idB === datos.idA) faltas['id_super_b'] = 'Elige dos superintendentes distintos.'
  else if (!es(datos.idB)) faltas['id_super_b'] = ajeno
  if (datos.inicioA === null) faltas['fecha_inicio_a'] = 'Escribe la fecha de inicio de guardia.'
  return faltas
}
