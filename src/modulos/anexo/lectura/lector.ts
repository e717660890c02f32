/** From the file of an Anexo C to what it says (anexo-c.md §5.1 to §5.4): the slow half, in its own thread. No database. */
import { DatosInvalidos } from '../../../comun/errores.ts'
import { aDdMmAaaa, type FechaIso } from '../../../comun/fechas.ts'
import { direccion } from '../../../plataforma/excel/celda.reglas.ts'
import {
  LIMITES_LIBRO,
  type AreaCombinada,
  type FilaLeida,
  type HojaDeLibro,
  type LibroAbierto,
  type LimitesLibro,
} from '../../../plataforma/excel/leer.ts'
import { IndiceDeCatalogo } from './catalogo.reglas.ts'
import {
  FILAS_DE_BUSQUEDA,
  hojasPorProbar,
  leerComoEncabezado,
  leerDias,
  sinAnexo,
  sinTabla,
  type ColumnaDeDia,
  type ComoEncabezado,
  type HojaDescartada,
} from './encabezado.reglas.ts'
import { LectorDeFilas } from './filas.ts'
import type { AnexoLeido, CatalogoDeAnexo } from './lectura.tipos.ts'
import { Problemas } from '../../../plataforma/excel/problemas.ts'
import { Programa } from './programa.ts'

const GB = 1024 * 1024 * 1024

/** What a workbook of an Anexo C may be (§5.1). */
export const LIMITES_ANEXO: LimitesLibro = {
  ...LIMITES_LIBRO,
  porParte: GB,
  total: GB,
  razon: 200,
  hojas: 100,
  columnas: 1_000,
}

/** The table of a workbook: its sheet, its header and the row it stands on. */
export interface TablaHallada {
  readonly hoja: HojaDeLibro
  readonly encabezado: ComoEncabezado
  readonly fila: FilaLeida
}

/** A workbook read whole, with what its error workbook needs. */
export interface Lectura {
  readonly leido: AnexoLeido
  readonly tabla: TablaHallada
  readonly dias: readonly ColumnaDeDia[]
  readonly problemas: Problemas
}

/**
 * The first sheet with the header of an Anexo C (§5.2).
 * @throws DatosInvalidos when there is none, telling what each sheet lacks; or when it has no ANEXO.
 */
async function buscarTabla(libro: LibroAbierto): Promise<TablaHallada> {
  const descartadas: HojaDescartada[] = []
  for (const hoja of hojasPorProbar(libro.hojas)) {
    const filas: FilaLeida[] = []
    let mejor: ComoEncabezado | null = null
    await libro.leerFilas(hoja, (fila) => {
      if (fila.numero > FILAS_DE_BUSQUEDA) return false
      const candidata = leerComoEncabezado(fila)
      if (mejor === null || candidata.faltan.length < mejor.faltan.length) {
        mejor = candidata
        filas[0] = fila
      }
      return mejor.faltan.length > 0
    })
    const encabezado = mejor as ComoEncabezado | null
    const [fila] = filas
    if (encabezado === null || fila === undefined || encabezado.faltan.length > 0) {
      descartadas.push({ hoja: hoja.nombre, faltan: encabezado?.faltan ?? null })
      continue
    }
    if (!encabezado.columnas.has('anexo')) throw new DatosInvalidos(sinAnexo(hoja.nombre, fila.numero))
    return { hoja, encabezado, fila }
  }
  throw new DatosInvalidos(sinTabla(descartadas))
}

/**
 * Reads a workbook and checks each row against the catalogue.
 * @throws DatosInvalidos when it cannot be read, has no table or has no row that counts.
 */
export async function leerLibroDeAnexo(
  libro: LibroAbierto,
  catalogo: CatalogoDeAnexo,
  sha256: string,
): Promise<Lectura> {
  const tabla = await buscarTabla(libro)
  const { hoja, encabezado, fila: cabeza } = tabla
  const fijas = [...encabezado.columnas.values()]
  const problemas = new Problemas(hoja.nombre)
  const dias = leerDias(hoja.nombre, cabeza, fijas, libro.es1904)
  if (hoja.oculta) {
    const lugar = { fila: encabezado.fila, indice: 0, columna: '', valor: '' }
    problemas.advertir(lugar, `La tabla está en la hoja «${hoja.nombre}», que está oculta.`)
  }
  avisarRepetidas(encabezado, problemas)
  for (const advertencia of dias.advertencias) problemas.agregar(advertencia)
  const programa = new Programa(dias.columnas)
  const indice = new IndiceDeCatalogo(catalogo)
  const filas = new LectorDeFilas(
    { columnas: encabezado.columnas, dias: dias.columnas, catalogo: indice },
    programa,
    problemas,
  )
  const areas = await libro.leerFilas(
    hoja,
    (fila) => {
      if (fila.numero > encabezado.fila) filas.leer(fila)
      programa.vaciar()
      return undefined
    },
    (columna, mantisa, decimales) => programa.poner(columna, mantisa, decimales),
  )
  if (filas.filas.length === 0) throw new DatosInvalidos(sinFilas(tabla))
  avisarCombinadas(tabla, areas, { filas: filas.filas, problemas })
  const partidas = filas.terminar()
  avisarFueraDeVigencia(tabla, dias.columnas, { programa, catalogo, problemas })
  const [primero, ultimo] = [programa.dias[0], programa.dias.at(-1)]
  const leido: AnexoLeido = {
    sha256,
    hoja: hoja.nombre,
    filaEncabezado: encabezado.fila,
    columnas: fijas,
    calendario: primero === undefined || ultimo === undefined ? null : { primero, ultimo, dias: programa.dias.length },
    partidas,
    programado: filas.programado(),
    programa: problemas.totalErrores > 0 ? [] : programa.entregar(),
    errores: [...problemas.errores].sort((a, b) => a.fila - b.fila),
    totalErrores: problemas.totalErrores,
    filasConError: problemas.malas.size,
    advertencias: [...problemas.advertencias].sort((a, b) => a.fila - b.fila),
    totalAdvertencias: problemas.totalAdvertencias,
  }
  return { leido, tabla, dias: dias.columnas, problemas }
}

function sinFilas({ hoja, encabezado }: TablaHallada): string {
  const ok = encabezado.columnas.get('ok')
  if (ok === undefined)
    return `La hoja «${hoja.nombre}» no tiene filas con PARTIDA, CONCEPTO y UNIDAD debajo de los encabezados de la fila ${String(encabezado.fila)}.`
  return `La hoja «${hoja.nombre}» tiene la columna ${ok.titulo} y ninguna fila con partida tiene en ella el valor OK.`
}

// -------------------------------------------------------------------------------------------- what is odd in the sheet

function avisarRepetidas({ fila, columnas, repetidas }: ComoEncabezado, problemas: Problemas): void {
  for (const { columna, indice, titulo } of repetidas) {
    const primera = direccion(fila, columnas.get(columna)?.indice ?? indice)
    const mensaje = `La columna ${titulo} está dos veces, en ${primera} y ${direccion(fila, indice)}: se usa la primera.`
    problemas.advertir({ fila, indice, columna: titulo, valor: titulo }, mensaje)
  }
}

/** Cells of rows that count that were read as empty although their merged area shows a value. */
function avisarCombinadas(
  { encabezado }: TablaHallada,
  areas: readonly AreaCombinada[],
  { filas, problemas }: { filas: readonly number[]; problemas: Problemas },
): void {
  for (const { filaInicial, filaFinal, columnaInicial, columnaFinal } of areas) {
    for (const { columna, indice, titulo } of encabezado.columnas.values()) {
      if (columna === 'ok' || indice < columnaInicial || indice > columnaFinal) continue
      const fila = primeraDesde(filas, indice === columnaInicial ? filaInicial + 1 : filaInicial)
      if (fila === undefined || fila > filaFinal) continue
      const area = `${direccion(filaInicial, columnaInicial)}:${direccion(filaFinal, columnaFinal)}`
      const mensaje = `Las celdas ${area} están combinadas: solo la primera tiene valor y ${direccion(fila, indice)} se leyó vacía. Sepáralas y escribe el valor en cada fila.`
      problemas.advertir({ fila, indice, columna: titulo, valor: '' }, mensaje)
    }
  }
}

/** First number of an ordered list from another on. */
function primeraDesde(ordenados: readonly number[], desde: number): number | undefined {
  let [bajo, alto] = [0, ordenados.length]
  while (bajo < alto) {
    const medio = Math.floor((bajo + alto) / 2)
    if ((ordenados[medio] ?? 0) < desde) bajo = medio + 1
    else alto = medio
  }
  return ordenados[bajo]
}

function avisarFueraDeVigencia(
  { encabezado }: TablaHallada,
  columnas: readonly ColumnaDeDia[],
  { programa, catalogo, problemas }: { programa: Programa; catalogo: CatalogoDeAnexo; problemas: Problemas },
): void {
  const { inicio, termino } = catalogo.vigencia
  const fuera = programa
    .diasConVolumen()
    .filter((dia) => (inicio !== null && dia < inicio) || (termino !== null && dia > termino))
  const [primero, ultimo] = [fuera[0], fuera.at(-1)]
  if (primero === undefined || ultimo === undefined) return
  const columna = columnas.find(({ fecha }) => fecha === primero)
  const cuales =
    fuera.length === 1
      ? aDdMmAaaa(primero)
      : `${String(fuera.length)} días, del ${aDdMmAaaa(primero)} al ${aDdMmAaaa(ultimo)}`
  problemas.advertir(
    {
      fila: encabezado.fila,
      indice: columna?.indice ?? 0,
      columna: columna?.titulo ?? '',
      valor: aDdMmAaaa(primero),
    },
    `Hay programa fuera de la vigencia de la OT (${vigenciaEscrita(inicio, termino)}): ${cuales}.`,
  )
}

function vigenciaEscrita(inicio: FechaIso | null, termino: FechaIso | null): string {
  if (inicio === null) return `hasta el ${aDdMmAaaa(termino) ?? ''}`
  return termino === null ? `desde el ${aDdMmAaaa(inicio)}` : `del ${aDdMmAaaa(inicio)} al ${aDdMmAaaa(termino)}`
}
