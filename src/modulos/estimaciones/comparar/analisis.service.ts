/** A kept workbook against the draft of today. */
import { createHash } from 'node:crypto'
import { dinero, sumar, textoPlano } from '../../../comun/dinero.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { plural, textoNormal } from '../../../comun/texto.ts'
import { textoFijo } from '../../../comun/volumenes.ts'
import type { CtxLectura } from '../../../plataforma/contexto.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import { listarDetalle } from '../consultas.repo.ts'
import { candidatasDe } from '../candidatas.service.ts'
import type { Estimacion } from '../estimaciones.tipos.ts'
import {
  NO_COMPARAR,
  RESULTADOS,
  type Comparacion,
  type CuentaDeResultado,
  type FilaComparada,
  type GrupoDelArchivo,
  type Resultado,
} from './comparar.contrato.ts'
import { comparar, comparaTextos, type Dicho, type FilaConMovimientos, type Nuestro } from './comparar.calculo.ts'
import { listarConceptos, type ComparacionLeida, type LecturaGuardada } from './comparar.repo.ts'
import { claveDeConcepto, claveDeGrupo, Emparejador, type ConceptoConUnidad, type Pareja } from './emparejar.calculo.ts'
import type { VolumenDicho } from './lectura/lectura.tipos.ts'

/** The comparison, and the changes that each of its rows would make. */
export interface Analisis {
  readonly comparacion: Comparacion
  readonly filas: readonly FilaConMovimientos[]
  readonly nuestro: Nuestro
  /** Volumes that found their concept and their day. */
  readonly comparados: number
  /** Groups that found their concept, or may find it. */
  readonly reconocidos: number
}

const MAXIMO_AVISOS = 500

/** Compares. The same state of the draft, of its production and of what was chosen gives the same `huella`. */
export async function analizar(
  ctx: CtxLectura,
  estimacion: Estimacion,
  { id, lectura, elecciones }: Pick<ComparacionLeida, 'id' | 'lectura' | 'elecciones'>,
): Promise<Analisis> {
  const conceptos = await listarConceptos(ctx.bd, estimacion.idOt)
  const nuestro = await leerNuestro(ctx, estimacion, { lectura, conceptos })
  const { dichos, parejas, avisos } = repartir(lectura, estimacion, new Emparejador(conceptos, elecciones))
  const filas = comparar(dichos, nuestro, {
    conSitio: lectura.conSitio,
    conTipo: lectura.conTipo,
    dudosos: dudososDe(lectura, parejas),
  })
  const grupos = gruposDe({ lectura, parejas, conceptos, elecciones })
  const advertencias = [...avisos, ...sinDias(lectura, nuestro), ...lectura.advertencias]
  const huella = createHash('sha256')
    // In their own order: the database gives back the choices in another one than they came in.
    .update(JSON.stringify([filas, Object.entries(elecciones).toSorted(([a], [b]) => comparaTextos(a, b))]))
    .digest('hex')
  return {
    filas,
    nuestro,
    comparados: dichos.length,
    reconocidos: parejas.filter(({ clase }) => clase !== 'ninguno').length,
    comparacion: {
      id,
      version: estimacion.version,
      huella,
      hoja: lectura.hoja,
      disposicion: lectura.disposicion,
      con_sitio: lectura.conSitio,
      con_tipo: lectura.conTipo,
      conceptos: conceptos.map(({ anexo, codigo, concepto, unidad }) => ({ anexo, codigo, concepto, unidad })),
      filas: filas.map(({ fila }) => fila),
      resumen: resumir(filas.map(({ fila }) => fila)),
      ...grupos,
      errores: lectura.errores.slice(0, MAXIMO_AVISOS),
      total_errores: lectura.totalErrores,
      advertencias: advertencias.slice(0, MAXIMO_AVISOS),
      total_advertencias: advertencias.length - lectura.advertencias.length + lectura.totalAdvertencias,
      impedimento: impedimentoDe(estimacion, lectura),
    },
  }
}

/** Why nothing of a comparison may be applied. */
function impedimentoDe({ estatus, numero }: Estimacion, { totalErrores }: LecturaGuardada): string | null {
  if (estatus !== 'EN_ESTIMACION')
    return `EST-${String(numero)} ya no es un borrador: la comparación es solo de consulta.`
  if (totalErrores > 0)
    return `El libro tiene ${plural(totalErrores, 'celda que no se pudo leer', 'celdas que no se pudieron leer')}: corrígelo y súbelo otra vez para aplicar sus diferencias.`
  return null
}

async function leerNuestro(
  ctx: CtxLectura,
  { id, idOt, fechaDesde: desde, fechaHasta: hasta }: Estimacion,
  { lectura, conceptos }: { lectura: LecturaGuardada; conceptos: readonly ConceptoConUnidad[] },
): Promise<Nuestro> {
  const solo = lectura.soloSitio === null ? null : textoNormal(lectura.soloSitio)
  const deSitio = ({ sitio }: { readonly sitio: string }): boolean => solo === null || textoNormal(sitio) === solo
  const candidatas = await candidatasDe(ctx, idOt, { desde, hasta })
  const lineas = (await listarDetalle(ctx.bd, id)).filter(({ rechazada }) => !rechazada)
  const porClave = new Map(conceptos.map((concepto, i) => [claveDeConcepto(concepto), i]))
  const porProduccion = new Map(candidatas.map((una) => [una.idProduccion, porClave.get(claveDeConcepto(una))]))
  return {
    lineas: lineas.filter(deSitio),
    candidatas: candidatas.filter(deSitio),
    conceptoDe: (idProduccion) => porProduccion.get(idProduccion),
  }
}

// ------------------------------------------------------------------------------------------- what the workbook says

/** Each volume with its concept; what falls out of the period and what was recognised by its code alone is told. */
function repartir(
  { conceptos, volumenes, hoja }: LecturaGuardada,
  { fechaDesde, fechaHasta }: Estimacion,
  emparejador: Emparejador,
): { dichos: Dicho[]; parejas: Pareja[]; avisos: Problema[] } {
  const parejas = conceptos.map((dicho) => emparejador.emparejar(dicho))
  const aviso = (mensaje: string, celda = ''): Problema => ({ hoja, fila: 0, columna: '', celda, valor: '', mensaje })
  const avisos = parejas.flatMap((pareja, i) =>
    pareja.clase === 'hallado' && pareja.aviso !== null ? [aviso(pareja.aviso, conceptos[i]?.celda)] : [],
  )
  for (const iguales of mismosConceptos(parejas)) {
    const nombres = iguales.map((i) => `«${conceptos[i]?.codigo ?? ''}» (${conceptos[i]?.celda ?? ''})`)
    avisos.push(
      aviso(`${nombres.join(', ')} son el mismo concepto: sus volúmenes se suman.`, conceptos[iguales[0] ?? 0]?.celda),
    )
  }
  const fuera: VolumenDicho[] = []
  const dichos = volumenes.flatMap((volumen): Dicho[] => {
    if (volumen.fecha < fechaDesde || volumen.fecha > fechaHasta) {
      fuera.push(volumen)
      return []
    }
    const pareja = parejas[volumen.concepto]
    if (pareja?.clase !== 'hallado') return []
    return [{ ...volumen, concepto: pareja.concepto, micras: BigInt(volumen.micras) }]
  })
  if (fuera.length > 0) avisos.unshift(aviso(fraseDeFuera(fuera), fuera[0]?.celdas))
  return { dichos, parejas, avisos }
}

/** Groups of the workbook that are the same concept written in several ways. */
function mismosConceptos(parejas: readonly Pareja[]): number[][] {
  const porConcepto = new Map<number, number[]>()
  for (const [i, pareja] of parejas.entries())
    if (pareja.clase === 'hallado') porConcepto.set(pareja.concepto, [...(porConcepto.get(pareja.concepto) ?? []), i])
  return [...porConcepto.values()].filter(({ length }) => length > 1)
}

function fraseDeFuera(fuera: readonly VolumenDicho[]): string {
  const dias = fuera.map(({ fecha }) => fecha).sort()
  const [primero, ultimo] = [dias[0] ?? null, dias.at(-1) ?? null]
  const cuales =
    primero === ultimo
      ? `del ${aDdMmAaaa(primero) ?? ''}`
      : `del ${aDdMmAaaa(primero) ?? ''} al ${aDdMmAaaa(ultimo) ?? ''}`
  return `${plural(fuera.length, 'volumen', 'volúmenes')} ${cuales}, fuera del periodo de la estimación: no se ${fuera.length === 1 ? 'comparó' : 'compararon'}.`
}

/** Days with lines of which the workbook says nothing at all. */
function sinDias({ dias, hoja }: LecturaGuardada, { lineas }: Nuestro): Problema[] {
  const dichos = new Set<FechaIso>(dias)
  const callados = [...new Set(lineas.map(({ fecha }) => fecha))].filter((fecha) => !dichos.has(fecha)).sort()
  if (callados.length === 0) return []
  const [primero, ultimo] = [callados[0] ?? null, callados.at(-1) ?? null]
  const cuales =
    callados.length === 1
      ? `el ${aDdMmAaaa(primero) ?? ''}`
      : `entre el ${aDdMmAaaa(primero) ?? ''} y el ${aDdMmAaaa(ultimo) ?? ''}`
  const mensaje = `El libro no tiene ningún volumen de ${plural(callados.length, 'día', 'días')} con líneas (${cuales}): aparecen como «${RESULTADOS.falta_archivo}».`
  return [{ hoja, fila: 0, columna: '', celda: '', valor: '', mensaje }]
}

/** Concepts that some undecided group may be about: nothing of them is applied until somebody decides. */
function dudososDe({ conceptos }: LecturaGuardada, parejas: readonly Pareja[]): Map<number, string> {
  const dudosos = new Map<number, string>()
  for (const [i, pareja] of parejas.entries()) {
    if (pareja.clase !== 'varios') continue
    const celda = conceptos[i]?.celda ?? ''
    for (const opcion of pareja.opciones)
      dudosos.set(opcion, `El archivo tiene filas de ese código sin decidir (${celda}).`)
  }
  return dudosos
}

function gruposDe({
  lectura,
  parejas,
  conceptos,
  elecciones,
}: {
  lectura: LecturaGuardada
  parejas: readonly Pareja[]
  conceptos: readonly ConceptoConUnidad[]
  elecciones: Readonly<Record<string, string>>
}): { sin_concepto: GrupoDelArchivo[]; ambiguas: GrupoDelArchivo[] } {
  const volumenes = new Map<number, bigint>()
  for (const { concepto, micras } of lectura.volumenes)
    volumenes.set(concepto, (volumenes.get(concepto) ?? 0n) + BigInt(micras))
  const sinElegir = new Emparejador(conceptos, {})
  const grupos = lectura.conceptos.map((dicho, i): [GrupoDelArchivo, boolean] => {
    const clave = claveDeGrupo(dicho)
    const cruda = sinElegir.emparejar(dicho)
    const opciones =
      cruda.clase === 'varios'
        ? cruda.opciones.flatMap((opcion) => {
            const suyo = conceptos[opcion]
            if (suyo === undefined) return []
            const { anexo, codigo, concepto, unidad } = suyo
            return [{ anexo, codigo, concepto, unidad, clave: claveDeConcepto(suyo) }]
          })
        : []
    const elegida = opciones.length === 0 ? undefined : elecciones[clave]
    const vale = elegida === NO_COMPARAR || parejas[i]?.clase === 'hallado'
    return [
      {
        ...dicho,
        clave,
        volumen: textoFijo(volumenes.get(i) ?? 0n),
        opciones,
        elegida: vale ? (elegida ?? null) : null,
      },
      cruda.clase === 'ninguno',
    ]
  })
  return {
    sin_concepto: grupos.filter(([, ninguno]) => ninguno).map(([grupo]) => grupo),
    ambiguas: grupos.filter(([{ opciones }]) => opciones.length > 0).map(([grupo]) => grupo),
  }
}

function resumir(filas: readonly FilaComparada[]): Record<Resultado, CuentaDeResultado> {
  const cuenta = (resultado: Resultado): CuentaDeResultado => {
    const suyas = filas.filter((fila) => fila.resultado === resultado)
    const suma = (campo: 'nuestro' | 'suyo' | 'diferencia_mn' | 'diferencia_usd', decimales: number): string =>
      textoPlano(sumar(suyas.map((fila) => dinero(fila[campo]))), decimales)
    return {
      filas: suyas.length,
      nuestro: suma('nuestro', 6),
      suyo: suma('suyo', 6),
      diferencia_mn: suma('diferencia_mn', 2),
      diferencia_usd: suma('diferencia_usd', 2),
    }
  }
  return {
    igual: cuenta('igual'),
    diferente: cuenta('diferente'),
    falta_archivo: cuenta('falta_archivo'),
    falta_estimacion: cuenta('falta_estimacion'),
  }
}
