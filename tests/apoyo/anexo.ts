/** An Anexo C as its reading gives it, without a workbook: for the tests of what is done with it. */
import { createHash } from 'node:crypto'
import { claveDeConcepto } from '../../src/modulos/anexo/index.ts'
import type { AnexoLeido, PartidaLeida } from '../../src/modulos/anexo/lectura/lectura.tipos.ts'
import type { PartidaNueva } from './produccion.ts'
import { UNIDAD } from './produccion.ts'

const decimal = (texto: string, lugares: number): string => {
  const [entera = '0', fraccion = ''] = texto.split('.')
  return `${entera}.${fraccion.padEnd(lugares, '0')}`
}

/** `{0,10,…}` of each month of some days. */
function porMeses(dias: Readonly<Record<string, string>>): Map<string, string[]> {
  const meses = new Map<string, string[]>()
  for (const [dia, volumen] of Object.entries(dias)) {
    const mes = dia.slice(0, 8)
    const largo = new Date(Date.UTC(Number(dia.slice(0, 4)), Number(dia.slice(5, 7)), 0)).getUTCDate()
    const volumenes = meses.get(mes) ?? new Array<string>(largo).fill('0')
    volumenes[Number(dia.slice(8)) - 1] = volumen
    meses.set(mes, volumenes)
  }
  return meses
}

/** What a sheet with those lines says; row 9 is the first one. */
export function anexoLeido(lineas: readonly PartidaNueva[], calendario: readonly string[] = []): AnexoLeido {
  const dias = [...new Set([...calendario, ...lineas.flatMap(({ programa = {} }) => Object.keys(programa))])].sort()
  const partidas = lineas.map((linea, indice): PartidaLeida => {
    const { codigo, concepto = `CONCEPTO ${codigo}`, anexo = 'C-5', unidad = UNIDAD.M } = linea
    const descripcion = concepto.toUpperCase()
    return {
      indice,
      fila: indice + 9,
      filas: [indice + 9],
      codigo,
      descripcion,
      anexo: anexo ?? 'S/A',
      idUnidad: unidad,
      idConcepto: linea.maestro ?? (null as unknown as number),
      volumen: decimal(linea.volumen ?? '0', 6),
      precioMn: decimal(linea.mn ?? '0', 4),
      precioUsd: decimal(linea.usd ?? '0', 4),
      clave: claveDeConcepto({ anexo, codigo, descripcion, idUnidad: unidad }),
      programado: null,
    }
  })
  const bloque = lineas.flatMap(({ programa = {} }, i) =>
    [...porMeses(programa)].map(([mes, volumenes]) => [i, `${mes}01`, `{${volumenes.join(',')}}`]),
  )
  const programados = lineas.flatMap(({ programa = {} }) => Object.values(programa))
  return {
    sha256: createHash('sha256').update(JSON.stringify(lineas)).digest('hex'),
    hoja: 'ANEXO C',
    filaEncabezado: 8,
    columnas: [
      { columna: 'anexo', indice: 1, titulo: 'ANEXO' },
      { columna: 'volumen', indice: 5, titulo: 'VOLUMEN PTE' },
    ],
    calendario:
      dias.length === 0
        ? null
        : { primero: (dias[0] ?? '') as never, ultimo: (dias.at(-1) ?? '') as never, dias: dias.length },
    partidas,
    programa: bloque.length === 0 ? [] : [JSON.stringify(bloque)],
    programado: { partidas: bloque.length, dias: programados.length, volumen: '0.000000' },
    errores: [],
    totalErrores: 0,
    filasConError: 0,
    advertencias: [],
    totalAdvertencias: 0,
  }
}
