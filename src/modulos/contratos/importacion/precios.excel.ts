/** From a workbook of prices, of either kind, to its rows. No database. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DatosInvalidos } from '../../../comun/errores.ts'
import { avisarCombinadas, type CandidataEncabezado } from '../../../plataforma/excel/encabezado.reglas.ts'
import { exigirSinRepetir, mejorFila } from '../../../plataforma/excel/encabezado.ts'
import type { EncabezadoDeHoja, Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import {
  abrirLibro,
  LIMITES_LIBRO,
  type HojaDeLibro,
  type LibroAbierto,
  type LimitesLibro,
} from '../../../plataforma/excel/leer.ts'
import { anexoDeLaHoja, interpretarFila, POR_TITULO } from './filas.reglas.ts'
import { agruparAvisos, avisarCasiIguales } from './libro.reglas.ts'
import {
  COLUMNAS_DE_PRECIOS,
  type FilaConcepto,
  type HojaDePrecios,
  type LibroDePrecios,
  type SeccionLeida,
} from './precios.tipos.ts'
import { interpretarProducto } from './productos.filas.reglas.ts'
import {
  COLUMNAS_DE_PRODUCTOS,
  PRODUCTO_POR_TITULO,
  type FilaProducto,
  type LibroDeProductos,
} from './productos.tipos.ts'

/** A workbook of one of the three kinds: contract and PUEs are prices, the third is the list of the system before. */
export type LibroLeido = LibroDePrecios | LibroDeProductos

/**
 * Reads a workbook and tells by its headers of which kind it is (settled.md §6).
 * @throws DatosInvalidos when it cannot be read, is of no kind, or of two at once.
 */
export async function leerLibroDePrecios(
  archivo: string | Buffer,
  limites: LimitesLibro = LIMITES_LIBRO,
): Promise<LibroLeido> {
  const libro = await abrirLibro(archivo, limites)
  try {
    const halladas = await clasificarHojas(libro)
    const sha256 = await sha256DeArchivo(archivo)
    const [producto, ...masProductos] = halladas.productos
    if (producto === undefined) return { ...(await leerPrecios(libro, halladas)), sha256 }
    if (halladas.precios.length > 0 || masProductos.length > 0) {
      throw new DatosInvalidos(
        'El libro mezcla productos del sistema anterior con otras hojas. Deja cada clase en un libro aparte.',
      )
    }
    return { ...(await leerProductos(libro, producto, halladas.avisos)), sha256 }
  } finally {
    libro.cerrar()
  }
}

// ------------------------------------------------------------------------------------------------ kinds of sheets

interface HojaHallada<C extends string> {
  readonly hoja: HojaDeLibro
  readonly candidata: CandidataEncabezado<C>
}

interface Hojas {
  readonly precios: HojaHallada<(typeof COLUMNAS_DE_PRECIOS)[number]>[]
  readonly productos: HojaHallada<(typeof COLUMNAS_DE_PRODUCTOS)[number]>[]
  readonly avisos: Problema[]
}

async function clasificarHojas(libro: LibroAbierto): Promise<Hojas> {
  const hojas: Hojas = { precios: [], productos: [], avisos: [] }
  for (const hoja of libro.hojas) {
    const avisar = (mensaje: string): void => {
      hojas.avisos.push({ hoja: hoja.nombre, fila: 0, columna: '', celda: '', valor: '', mensaje })
    }
    const producto = await mejorFila(libro, hoja, {
      porTitulo: PRODUCTO_POR_TITULO,
      obligatorias: COLUMNAS_DE_PRODUCTOS,
    })
    const precio = await mejorFila(libro, hoja, { porTitulo: POR_TITULO, obligatorias: COLUMNAS_DE_PRECIOS })
    const esProducto = producto !== null && COLUMNAS_DE_PRODUCTOS.every((columna) => producto.columnas.has(columna))
    const esPrecio = precio !== null && COLUMNAS_DE_PRECIOS.every((columna) => precio.columnas.has(columna))
    if (!esProducto && !esPrecio) {
      if (precio !== null)
        avisar(`La hoja «${hoja.nombre}» no se leyó: no tiene los encabezados PARTIDA, CONCEPTO y UNIDAD.`)
    } else if (hoja.oculta) {
      avisar(`La hoja «${hoja.nombre}» está oculta y no se leyó. Muéstrala si quieres cargarla.`)
    } else if (esProducto) {
      hojas.productos.push({ hoja, candidata: producto })
    } else if (precio?.columnas.has('volumen') === true) {
      avisar(`La hoja «${hoja.nombre}» no se leyó: tiene VOLUMEN PTE, así que es el anexo C de una OT.`)
    } else if (precio !== null) {
      hojas.precios.push({ hoja, candidata: precio })
    }
  }
  if (hojas.precios.length === 0 && hojas.productos.length === 0) throw new DatosInvalidos(noEsDePrecios(hojas.avisos))
  for (const { hoja, candidata } of [...hojas.precios, ...hojas.productos]) exigirSinRepetir(hoja, candidata)
  return hojas
}

function noEsDePrecios(avisos: readonly Problema[]): string {
  const motivos = avisos.slice(0, 10).map(({ mensaje }) => mensaje)
  return [
    'No es un libro de precios: hacen falta las columnas PARTIDA, CONCEPTO y UNIDAD (contrato o PUE), o id_partida, descripcion_concepto, id_tipo_partida e id_unidad_medida (productos del sistema anterior).',
    ...motivos,
  ].join(' ')
}

const encabezadoDe = <C extends string>(
  libro: LibroAbierto,
  { hoja, candidata }: HojaHallada<C>,
): EncabezadoDeHoja<C> => ({
  hoja: hoja.nombre,
  fila: candidata.fila,
  columnas: candidata.columnas,
  es1904: libro.es1904,
})

// ---------------------------------------------------------------------------------------------------------- prices

async function leerPrecios(libro: LibroAbierto, halladas: Hojas): Promise<Omit<LibroDePrecios, 'sha256'>> {
  const hojas: HojaDePrecios[] = []
  const filas: FilaConcepto[] = []
  const secciones: SeccionLeida[] = []
  const advertencias = [...halladas.avisos]
  for (const hallada of halladas.precios) {
    const clase = hallada.candidata.columnas.has('partida_ext') ? 'pue' : 'contrato'
    const hoja: HojaDePrecios = { clase, encabezado: encabezadoDe(libro, hallada) }
    hojas.push(hoja)
    advertencias.push(...avisosDeColumnas(hoja))
    const propias = await leerHoja(libro, hallada.hoja, hoja, hojas.length - 1, secciones, advertencias)
    for (const fila of propias) filas.push(fila)
  }
  if (filas.length === 0) throw new DatosInvalidos('El libro no tiene ningún concepto debajo de sus encabezados.')
  avisarCasiIguales(hojas, filas)
  return { clase: 'precios', hojas, filas, secciones, advertencias: agruparAvisos(hojas, filas, advertencias) }
}

async function leerHoja(
  libro: LibroAbierto,
  deLibro: HojaDeLibro,
  hoja: HojaDePrecios,
  indice: number,
  secciones: SeccionLeida[],
  advertencias: Problema[],
): Promise<FilaConcepto[]> {
  const filas: FilaConcepto[] = []
  let seccion: number | null = null
  const areas = await libro.leerFilas(deLibro, (leida) => {
    if (leida.numero <= hoja.encabezado.fila) return undefined
    const lectura = interpretarFila(hoja, leida)
    if (lectura.que === 'concepto') {
      const { que: _que, ...resto } = lectura
      const huella = sha256DeTexto(JSON.stringify([hoja.clase, lectura.valores]))
      filas.push({ ...resto, hoja: indice, fila: leida.numero, seccion, huella })
      return undefined
    }
    advertencias.push(...lectura.advertencias)
    if (lectura.que === 'seccion') seccion = secciones.push({ ...lectura.seccion, hoja: indice }) - 1
    return undefined
  })
  avisarCombinadas(hoja.encabezado, areas, filas)
  return filas
}

/** Columns that a sheet lacks and that give something to every row: said once. */
function avisosDeColumnas({ clase, encabezado: { hoja, fila, columnas } }: HojaDePrecios): Problema[] {
  const avisar = (columna: string, mensaje: string): Problema => ({
    hoja,
    fila,
    columna,
    celda: '',
    valor: '',
    mensaje,
  })
  const avisos: Problema[] = []
  if (!columnas.has('precio_mn') && !columnas.has('precio_usd')) {
    avisos.push(avisar('P.U. MN', `La hoja «${hoja}» no tiene columnas de precio: los conceptos nuevos quedan en 0.`))
  }
  const supuesto = clase === 'contrato' && !columnas.has('anexo') ? anexoDeLaHoja(hoja) : null
  if (supuesto !== null) avisos.push(avisar('ANEXO', `La hoja «${hoja}» no tiene columna ANEXO: se toma ${supuesto}.`))
  return avisos
}

// -------------------------------------------------------------------------------------------------------- products

async function leerProductos(
  libro: LibroAbierto,
  hallada: HojaHallada<(typeof COLUMNAS_DE_PRODUCTOS)[number]>,
  avisos: readonly Problema[],
): Promise<Omit<LibroDeProductos, 'sha256'>> {
  const encabezado = encabezadoDe(libro, hallada)
  const filas: FilaProducto[] = []
  const areas = await libro.leerFilas(hallada.hoja, (leida) => {
    if (leida.numero <= encabezado.fila) return undefined
    const fila = interpretarProducto(encabezado, leida)
    if (fila !== null) filas.push(fila)
    return undefined
  })
  if (filas.length === 0) throw new DatosInvalidos('El libro no tiene ningún producto debajo de sus encabezados.')
  avisarCombinadas(encabezado, areas, filas)
  return { clase: 'productos', encabezado, filas, advertencias: [...avisos] }
}

const sha256DeTexto = (texto: string): string => createHash('sha256').update(texto).digest('hex')

async function sha256DeArchivo(archivo: string | Buffer): Promise<string> {
  const hash = createHash('sha256')
  if (typeof archivo !== 'string') return hash.update(archivo).digest('hex')
  for await (const trozo of createReadStream(archivo)) hash.update(trozo as Buffer)
  return hash.digest('hex')
}
