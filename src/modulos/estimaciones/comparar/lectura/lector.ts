/** From the file of the client to its volumes: the slow half, in its own thread. No database. */
import { DatosInvalidos } from '../../../../comun/errores.ts'
import { claveFolio, plural, recortar } from '../../../../comun/texto.ts'
import { visiblesPrimero } from '../../../../plataforma/excel/encabezado.ts'
import { FILAS_DE_BUSQUEDA } from '../../../../plataforma/excel/encabezado.reglas.ts'
import { direccion } from '../../../../plataforma/excel/celda.reglas.ts'
import {
  abrirLibro,
  type AreaCombinada,
  type FilaLeida,
  type HojaDeLibro,
  type LibroAbierto,
} from '../../../../plataforma/excel/leer.ts'
import { Problemas } from '../../../../plataforma/excel/problemas.ts'
import { conCombinadas, fechaDe, leerTabla, type ColumnaDeDia, type TablaPosible } from './encabezado.reglas.ts'
import { Acumulador, LectorDeVolumenes, type DiaDeSabana } from './filas.ts'
import type { EncargoDeVolumenes, LecturaDeVolumenes } from './lectura.tipos.ts'

/** @throws DatosInvalidos when it cannot be read, has no table of volumes, or none of its volumes. */
export async function leerLibroDeVolumenes({ ruta, ots, meses }: EncargoDeVolumenes): Promise<LecturaDeVolumenes> {
  const libro = await abrirLibro(ruta)
  try {
    const { hoja, tabla, otras } = await buscarTabla(libro)
    const problemas = new Problemas(hoja.nombre)
    avisarDeTabla({ hoja, tabla, otras }, problemas)
    const acumulador = new Acumulador(problemas)
    const lector = new LectorDeVolumenes(tabla.candidata, acumulador, {
      problemas,
      es1904: libro.es1904,
      ots: new Set(ots.map(claveFolio)),
    })
    if (tabla.disposicion === 'lista') await leerLista(libro, hoja, tabla, lector)
    else await leerSabana(libro, hoja, { tabla, meses }, { lector, problemas })
    lector.terminar()
    return entregar(hoja, tabla, { acumulador, problemas })
  } finally {
    libro.cerrar()
  }
}

interface TablaHallada {
  readonly hoja: HojaDeLibro
  readonly tabla: TablaPosible
  /** Names of the other sheets that have a table too. */
  readonly otras: readonly string[]
}

async function buscarTabla(libro: LibroAbierto): Promise<TablaHallada> {
  const halladas: { hoja: HojaDeLibro; tabla: TablaPosible }[] = []
  let mejor: readonly string[] = []
  for (const hoja of visiblesPrimero(libro.hojas).filter(({ muyOculta }) => !muyOculta)) {
    await libro.leerFilas(hoja, (fila) => {
      if (fila.numero > FILAS_DE_BUSQUEDA) return false
      const tabla = leerTabla(fila, libro.es1904)
      if (tabla.disposicion === null) {
        if (tabla.candidata.columnas.size > mejor.length)
          mejor = [...tabla.candidata.columnas.values()].map(({ titulo }) => titulo)
        return undefined
      }
      halladas.push({ hoja, tabla })
      return false
    })
  }
  const [primera, ...otras] = halladas
  if (primera === undefined) throw new DatosInvalidos(sinTabla(mejor))
  const { repetidas } = primera.tabla.candidata
  if (repetidas.length > 0)
    throw new DatosInvalidos(
      `En la hoja «${primera.hoja.nombre}» hay columnas repetidas: ${repetidas.join(', ')}. Deja una sola de cada una.`,
    )
  return { ...primera, otras: otras.map(({ hoja }) => hoja.nombre) }
}

function sinTabla(halladas: readonly string[]): string {
  const cuales = halladas.length === 0 ? '' : ` Lo más parecido tiene: ${halladas.slice(0, 12).join(', ')}.`
  return `Ninguna hoja tiene una tabla de volúmenes en sus primeras ${String(FILAS_DE_BUSQUEDA)} filas. Hacen falta las columnas Partida, Fecha y Volumen, o Partida y una columna por día.${cuales}`
}

function avisarDeTabla({ hoja, tabla, otras }: TablaHallada, problemas: Problemas): void {
  const { fila } = tabla.candidata
  const aqui = { fila, indice: 0, columna: '', valor: '' }
  if (hoja.oculta) problemas.advertir(aqui, `La tabla está en la hoja «${hoja.nombre}», que está oculta.`)
  if (otras.length > 0)
    problemas.advertir(
      aqui,
      `Se leyó solo la hoja «${hoja.nombre}». También ${otras.length === 1 ? 'tiene' : 'tienen'} una tabla de volúmenes: ${recortar(otras.join(', '), 200)}.`,
    )
  for (const { indice, titulo } of tabla.dudosos)
    problemas.error(
      { fila, indice, columna: titulo, valor: titulo },
      `El encabezado ${direccion(fila, indice)} dice "${titulo}" y no es un día del calendario: su columna no se leyó.`,
    )
}

async function leerLista(
  libro: LibroAbierto,
  hoja: HojaDeLibro,
  { candidata }: TablaPosible,
  lector: LectorDeVolumenes,
): Promise<void> {
  await libro.leerFilas(hoja, (fila) => {
    if (fila.numero > candidata.fila) lector.leerDeLista(fila)
    return undefined
  })
}

async function leerSabana(
  libro: LibroAbierto,
  hoja: HojaDeLibro,
  { tabla, meses }: { tabla: TablaPosible; meses: readonly string[] },
  { lector, problemas }: { lector: LectorDeVolumenes; problemas: Problemas },
): Promise<void> {
  const { siguiente, areas } = await debajoDe(libro, hoja, tabla.candidata.fila)
  const { dias, filaTipos } = conCombinadas(tabla, siguiente, areas)
  const conFecha = fechasDe(dias, meses, { fila: tabla.candidata.fila, problemas })
  const desde = filaTipos ?? tabla.candidata.fila
  await libro.leerFilas(hoja, (fila) => {
    if (fila.numero > desde) lector.leerDeSabana(fila, conFecha)
    return undefined
  })
}

/** The row below the header and the merged areas, which a sheet tells when it was read whole. */
async function debajoDe(
  libro: LibroAbierto,
  hoja: HojaDeLibro,
  encabezado: number,
): Promise<{ siguiente: FilaLeida | null; areas: readonly AreaCombinada[] }> {
  const debajo: FilaLeida[] = []
  const areas = await libro.leerFilas(hoja, (fila) => {
    if (fila.numero === encabezado + 1) debajo.push(fila)
    return undefined
  })
  return { siguiente: debajo[0] ?? null, areas }
}

function fechasDe(
  dias: readonly ColumnaDeDia[],
  meses: readonly string[],
  { fila, problemas }: { fila: number; problemas: Problemas },
): DiaDeSabana[] {
  const [mes = '', otro] = meses
  if (otro !== undefined && dias.some(({ fecha }) => fecha === null))
    throw new DatosInvalidos(
      'El libro dice los días sin su mes y el periodo de la estimación tiene varios meses. Elige el mes del libro.',
    )
  const vistos = new Map<string, number>()
  return dias.map((columna) => {
    const fecha = fechaDe(columna, mes)
    const { indice, titulo, tipo } = columna
    const clave = `${String(fecha)}/${String(tipo)}`
    const previa = vistos.get(clave)
    if (fecha !== null && previa !== undefined)
      problemas.advertir(
        { fila, indice, columna: titulo, valor: titulo },
        `El día está en ${direccion(fila, previa)} y ${direccion(fila, indice)}: sus volúmenes se sumaron.`,
      )
    vistos.set(clave, indice)
    return { indice, titulo, tipo, fecha }
  })
}

/** Volumes that a workbook may have: a month of the biggest annexes is a third. */
const MAXIMO_VOLUMENES = 200_000

function entregar(
  hoja: HojaDeLibro,
  { candidata, disposicion }: TablaPosible,
  { acumulador, problemas }: { acumulador: Acumulador; problemas: Problemas },
): LecturaDeVolumenes {
  const { conceptos, volumenes, conSitio, conTipo, dias } = acumulador.entregar()
  if (volumenes.length === 0 && problemas.totalErrores === 0)
    throw new DatosInvalidos(
      `La hoja «${hoja.nombre}» no tiene volúmenes de esta OT debajo de los encabezados de la fila ${String(candidata.fila)}.`,
    )
  if (volumenes.length > MAXIMO_VOLUMENES)
    throw new DatosInvalidos(
      `El libro tiene más de ${plural(MAXIMO_VOLUMENES, 'volumen', 'volúmenes')}. Divídelo y compara cada parte.`,
    )
  return {
    hoja: hoja.nombre,
    filaEncabezado: candidata.fila,
    disposicion: disposicion ?? 'lista',
    conSitio,
    conTipo,
    conceptos,
    volumenes,
    dias,
    errores: [...problemas.errores].sort((a, b) => a.fila - b.fila),
    totalErrores: problemas.totalErrores,
    advertencias: problemas.advertencias,
    totalAdvertencias: problemas.totalAdvertencias,
  }
}
