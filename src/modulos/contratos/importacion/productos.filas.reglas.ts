/** How a row of the workbook of products is read. */
import { limpiar } from '../../../comun/texto.ts'
import { diceQue, lugar, problema } from '../../../plataforma/excel/encabezado.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { Celda, FilaLeida } from '../../../plataforma/excel/leer.ts'
import {
  leerBooleano,
  leerId,
  leerParrafos,
  leerTexto,
  mostrar,
  vacia,
} from '../../../plataforma/excel/valores.reglas.ts'
import { leerCifra, leerCodigo, type LecturaConDuda } from './celdas.reglas.ts'
import type { ColumnaProducto, EncabezadoDeProductos, FilaProducto, ValoresProducto } from './productos.tipos.ts'

/** decimal(15,2) */
const LIMITE = { enteros: 13, decimales: 2 }
const LARGO = 100

/** A row below the header; null when it is blank. */
export function interpretarProducto(
  encabezado: EncabezadoDeProductos,
  { numero: fila, celdas }: FilaLeida,
): FilaProducto | null {
  const errores: Problema[] = []
  const advertencias: Problema[] = []
  const celda = (columna: ColumnaProducto): Celda | undefined => {
    const indice = encabezado.columnas.get(columna)?.indice
    return indice === undefined ? undefined : celdas.get(indice)
  }
  if ([...encabezado.columnas.keys()].every((columna) => limpiar(mostrar(celda(columna))) === '')) return null

  const leer = <T>(columna: ColumnaProducto, lector: (una: Celda | undefined) => LecturaConDuda<T>): T | null => {
    const una = celda(columna)
    const leida: LecturaConDuda<T> =
      una?.tipo === 'error' ? { valor: null, error: 'y es un error de Excel. Corrige la celda.' } : lector(una)
    const error = leida.ilegible === true ? 'y no es un importe.' : leida.error
    if (error !== undefined) errores.push(diceQue(encabezado, fila, columna, mostrar(una), error))
    if (leida.aviso !== undefined) advertencias.push(diceQue(encabezado, fila, columna, mostrar(una), leida.aviso))
    return leida.valor
  }
  const exigir = <T>(columna: ColumnaProducto, valor: T | null, que: string): T | null => {
    const titulo = encabezado.columnas.get(columna)?.titulo
    if (valor === null && !errores.some((error) => error.columna === titulo))
      errores.push(problema(encabezado, fila, columna, '', `En ${lugar(encabezado, fila, columna)} falta ${que}.`))
    return valor
  }
  const precio = (columna: ColumnaProducto): string | null =>
    vacia(celda(columna)) ? null : leer(columna, (una) => leerCifra(una, LIMITE))

  const valores: ValoresProducto = {
    id_partida:
      exigir(
        'id_partida',
        leer('id_partida', (una) => leerCodigo(una, LARGO)),
        'la partida',
      ) ?? '',
    descripcion_concepto:
      exigir(
        'descripcion_concepto',
        leer('descripcion_concepto', (una) => leerParrafos(una)),
        'la descripción',
      ) ?? '',
    anexo: leer('anexo', (una) => leerTexto(una, LARGO)),
    id_sitio: leer('id_sitio', leerId),
    id_tipo_partida: exigir('id_tipo_partida', leer('id_tipo_partida', leerId), 'el tipo de partida') ?? 0,
    id_unidad_medida: exigir('id_unidad_medida', leer('id_unidad_medida', leerId), 'la unidad') ?? 0,
    precio_unitario_mn: precio('precio_unitario_mn'),
    precio_unitario_usd: precio('precio_unitario_usd'),
    activo: leer('activo', leerBooleano) ?? true,
    comentario: leer('comentario', (una) => leerParrafos(una)),
  }
  return { fila, valores, errores, advertencias }
}
