/** From a file to rows with their cells read by what the columns say: the slow half, in its own thread. No database. */
import { createHash } from 'node:crypto'
import { createReadStream } from 'node:fs'
import { DatosInvalidos } from '../../comun/errores.ts'
import { limpiar } from '../../comun/texto.ts'
import {
  exigirColumnas,
  exigirSinRepetir,
  mejorFila,
  sinEncabezados,
  visiblesPrimero,
  type HojaCandidata,
} from '../../plataforma/excel/encabezado.ts'
import {
  avisarCombinadas,
  claveTitulo,
  diceQue,
  lugar,
  problema,
  type ColumnasBuscadas,
} from '../../plataforma/excel/encabezado.reglas.ts'
import type { ColumnaExcel, ContenidoDeLibro } from '../../plataforma/excel/escribir.ts'
import type { EncabezadoDeHoja, Problema } from '../../plataforma/excel/hoja.tipos.ts'
import {
  abrirLibro,
  LIMITES_LIBRO,
  type Celda,
  type FilaLeida,
  type LibroAbierto,
  type LimitesLibro,
} from '../../plataforma/excel/leer.ts'
import * as celdas from '../../plataforma/excel/valores.reglas.ts'
import type { DefColumna, DefColumnas, FilaDeLibro, FormatoDeLibro, HojaLeida, LibroLeido } from './columnas.tipos.ts'

/** Rows of each block that travels between threads. */
const POR_BLOQUE = 2000

function buscadas({ columnas }: FormatoDeLibro): ColumnasBuscadas<string> {
  const nombres = Object.entries(columnas)
  return {
    porTitulo: new Map(
      nombres.flatMap(([nombre, { titulo = nombre, titulos = [] }]) =>
        [nombre, titulo, ...titulos].map((escrito) => [claveTitulo(escrito), nombre] as const),
      ),
    ),
    obligatorias: nombres.filter(([, { obligatoria }]) => obligatoria === true).map(([nombre]) => nombre),
  }
}

const titulosDe = ({ columnas }: FormatoDeLibro, nombres: readonly string[]): string[] =>
  nombres.map((nombre) => columnas[nombre]?.titulo ?? nombre)

/**
 * Sheets of the first layout that some sheet has whole, visible sheets first.
 * @throws DatosInvalidos when none has, naming what the nearest one lacks; or when a column is there twice.
 */
async function elegirHojas(
  libro: LibroAbierto,
  formatos: readonly FormatoDeLibro[],
): Promise<{ formato: FormatoDeLibro; halladas: HojaCandidata[] }> {
  let mejor: { halla: HojaCandidata; faltan: string[] } | null = null
  for (const formato of formatos) {
    const columnas = buscadas(formato)
    const halladas: HojaCandidata[] = []
    for (const hoja of visiblesPrimero(libro.hojas)) {
      const candidata = await mejorFila(libro, hoja, columnas)
      if (candidata === null) continue
      const faltan = columnas.obligatorias.filter((columna) => !candidata.columnas.has(columna))
      if (faltan.length === 0) {
        exigirSinRepetir(hoja, candidata)
        halladas.push({ hoja, candidata })
        if (formato.hojas === 'primera') break
      } else if (candidata.columnas.size > (mejor?.halla.candidata.columnas.size ?? 0)) {
        mejor = { halla: { hoja, candidata }, faltan: titulosDe(formato, faltan) }
      }
    }
    if (halladas.length > 0) return { formato, halladas }
  }
  if (mejor === null)
    throw sinEncabezados(enumerar(formatos.map((formato) => titulosDe(formato, buscadas(formato).obligatorias))))
  exigirColumnas(mejor.halla.hoja, mejor.halla.candidata, mejor.faltan)
  throw new Error('unreachable: some column was missing')
}

const enumerar = (listas: readonly (readonly string[])[]): string =>
  listas
    .map((lista) => (lista.length < 2 ? lista.join('') : `${lista.slice(0, -1).join(', ')} y ${lista.at(-1) ?? ''}`))
    .join('; o ')

/**
 * Reads a workbook whole.
 * @throws DatosInvalidos when it cannot be read, has not the columns or has no rows.
 */
export async function leerLibro(
  ruta: string,
  formatos: readonly FormatoDeLibro[],
  limites: LimitesLibro = LIMITES_LIBRO,
): Promise<LibroLeido> {
  const libro = await abrirLibro(ruta, limites)
  try {
    const { formato, halladas } = await elegirHojas(libro, formatos)
    const filas: FilaDeLibro[] = []
    const hojas: HojaLeida[] = []
    const advertencias: Problema[] = []
    for (const hallada of halladas) {
      const { hoja, candidata } = hallada
      const leidas = await leerHoja(libro, hallada, formato.columnas)
      hojas.push(leidas.hoja)
      filas.push(...leidas.filas)
      if (hoja.oculta)
        advertencias.push({
          hoja: hoja.nombre,
          fila: candidata.fila,
          columna: '',
          celda: '',
          valor: '',
          mensaje: `Las columnas están en la hoja «${hoja.nombre}», que está oculta.`,
        })
    }
    if (filas.length === 0) {
      const nombre = halladas[0]?.hoja.nombre ?? ''
      throw new DatosInvalidos(`La hoja «${nombre}» no tiene filas debajo de los encabezados.`)
    }
    return {
      sha256: await sha256DeArchivo(ruta),
      formato: formato.clave,
      hojas,
      filas: filas.length,
      bloques: enBloques(filas),
      advertencias,
    }
  } finally {
    libro.cerrar()
  }
}

async function leerHoja(
  libro: LibroAbierto,
  { hoja, candidata }: HojaCandidata,
  columnas: DefColumnas,
): Promise<{ hoja: HojaLeida; filas: FilaDeLibro[] }> {
  const encabezado: EncabezadoDeHoja = {
    hoja: hoja.nombre,
    fila: candidata.fila,
    columnas: candidata.columnas,
    es1904: libro.es1904,
  }
  const filas: FilaDeLibro[] = []
  const encima: string[] = []
  const areas = await libro.leerFilas(hoja, (leida) => {
    if (leida.numero < encabezado.fila) {
      for (const celda of leida.celdas.values()) encima.push(limpiar(celdas.mostrar(celda)))
    } else if (leida.numero > encabezado.fila) {
      const fila = interpretarFila(encabezado, columnas, leida)
      if (fila !== null) filas.push(fila)
    }
    return undefined
  })
  avisarCombinadas(encabezado, areas, filas)
  return {
    hoja: {
      hoja: hoja.nombre,
      fila: candidata.fila,
      columnas: [...candidata.columnas].map(([columna, donde]) => ({ columna, ...donde })),
      encima: encima.filter((texto) => texto !== ''),
    },
    filas,
  }
}

/** Cleaned values of a row and everything wrong or odd in its cells; null when it is blank. */
function interpretarFila(
  encabezado: EncabezadoDeHoja,
  columnas: DefColumnas,
  { numero: fila, celdas: contenido }: FilaLeida,
): FilaDeLibro | null {
  const errores: Problema[] = []
  const advertencias: Problema[] = []
  const valores: Record<string, unknown> = {}
  const vistos: Record<string, string> = {}
  let hayAlgo = false
  for (const [columna, def] of Object.entries(columnas)) {
    const indice = encabezado.columnas.get(columna)?.indice
    const celda = indice === undefined ? undefined : contenido.get(indice)
    const visto = celdas.mostrar(celda)
    hayAlgo ||= limpiar(visto) !== ''
    if (celda !== undefined) vistos[columna] = visto
    const { valor, error, aviso } = leerCelda(def, celda, encabezado.es1904)
    valores[columna] = valor
    if (error !== undefined) errores.push(diceQue(encabezado, fila, columna, visto, error))
    if (aviso !== undefined) advertencias.push(diceQue(encabezado, fila, columna, visto, aviso))
    if (valor === null && error === undefined && def.falta !== undefined) {
      const mensaje = `En ${lugar(encabezado, fila, columna)} falta ${def.falta}.`
      errores.push(problema(encabezado, fila, columna, '', mensaje))
    }
  }
  if (!hayAlgo) return null
  // Columns that the workbook lacks do not count, so that adding an empty one later changes nothing.
  const contenidoDeFila = JSON.stringify(Object.entries(valores).filter(([, valor]) => valor !== null))
  const huella = createHash('sha256').update(contenidoDeFila).digest('hex')
  return { hoja: encabezado.hoja, fila, valores, vistos, errores, advertencias, huella }
}

function leerCelda(def: DefColumna, celda: Celda | undefined, es1904: boolean): celdas.Lectura<unknown> {
  if (celda?.tipo === 'error') return { valor: null, error: 'y es un error de Excel. Corrige la celda.' }
  switch (def.tipo) {
    case 'folio':
      return celdas.leerFolio(celda, def.largo)
    case 'texto':
      return celdas.leerTexto(celda, def.largo)
    case 'parrafos':
      return celdas.leerParrafos(celda, def.largo)
    case 'fecha':
      return celdas.leerFecha(celda, es1904)
    case 'importe':
      return celdas.leerMonto(celda, def)
    case 'entero':
      return celdas.leerEntero(celda, def)
    case 'id':
      return celdas.leerId(celda)
    case 'booleano':
      return celdas.leerBooleano(celda)
    case 'opcion':
      return celdas.leerOpcion(celda, def.valores)
  }
}

/**
 * The rows with errors, as a sheet: sheet and number of the row, its cells as they are seen under the headers of the
 * workbook, and what to mend in it.
 */
export async function leerRechazadas(
  ruta: string,
  formatos: readonly FormatoDeLibro[],
  errores: readonly Problema[],
): Promise<ContenidoDeLibro> {
  const porFila = new Map<string, string[]>()
  const llave = (hoja: string, fila: number): string => `${String(fila)}/${hoja}`
  for (const { hoja, fila, mensaje } of errores) {
    porFila.set(llave(hoja, fila), [...(porFila.get(llave(hoja, fila)) ?? []), mensaje])
  }
  const libro = await abrirLibro(ruta)
  try {
    const { formato, halladas } = await elegirHojas(libro, formatos)
    const nombres = Object.keys(formato.columnas).filter((nombre) =>
      halladas.some(({ candidata }) => candidata.columnas.has(nombre)),
    )
    const titulo = (nombre: string): string =>
      halladas
        .map(({ candidata }) => candidata.columnas.get(nombre)?.titulo)
        .find((hallado) => hallado !== undefined) ?? nombre
    const filas: string[][] = []
    for (const { hoja, candidata } of halladas) {
      await libro.leerFilas(hoja, ({ numero, celdas: contenido }) => {
        const motivos = porFila.get(llave(hoja.nombre, numero))
        if (motivos === undefined || numero <= candidata.fila) return undefined
        const vistas = nombres.map((nombre) => {
          const indice = candidata.columnas.get(nombre)?.indice
          return indice === undefined ? '' : celdas.mostrar(contenido.get(indice))
        })
        filas.push([hoja.nombre, String(numero), ...vistas, motivos.join(' ')])
        return undefined
      })
    }
    const texto = (de: string, ancho?: number): ColumnaExcel => ({ titulo: de, tipo: 'texto', ancho })
    return {
      hoja: 'Rechazadas',
      columnas: [
        texto('Hoja', 18),
        { titulo: 'Fila', tipo: 'entero', ancho: 8 },
        ...nombres.map((nombre) => texto(titulo(nombre))),
        texto('Qué corregir', 80),
      ],
      filas,
    }
  } finally {
    libro.cerrar()
  }
}

function enBloques(lista: readonly unknown[]): string[] {
  const bloques: string[] = []
  for (let i = 0; i < lista.length; i += POR_BLOQUE) bloques.push(JSON.stringify(lista.slice(i, i + POR_BLOQUE)))
  return bloques
}

async function sha256DeArchivo(ruta: string): Promise<string> {
  const hash = createHash('sha256')
  for await (const trozo of createReadStream(ruta)) hash.update(trozo as Buffer)
  return hash.digest('hex')
}
