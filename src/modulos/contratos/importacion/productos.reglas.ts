/**
 * What loading the products of the system before would do (catalogos.md §9). They are history: each row is a product,
 * also those that repeat another, and its text stays as it stands.
 */
import { conMiles, dinero, type Dinero } from '../../../comun/dinero.ts'
import { claveFolio } from '../../../comun/texto.ts'
import { diceQue } from '../../../plataforma/excel/encabezado.reglas.ts'
import type { Problema } from '../../../plataforma/excel/hoja.tipos.ts'
import type { CambioDeCampo } from '../../importacion/index.ts'
import { TIPO_PARTIDA, type Producto, type ProductoNuevo, type TipoPartida } from '../contratos.tipos.ts'
import type { FilaProducto, LibroDeProductos, ValoresProducto } from './productos.tipos.ts'

/** What the database knows that a workbook of products needs: names by id, and every product there is. */
export interface FotoDeProductos {
  readonly sitios: ReadonlyMap<number, string>
  readonly unidades: ReadonlyMap<number, string>
  readonly productos: readonly Producto[]
}

export interface ProductoPorCambiar {
  readonly fila: FilaProducto
  readonly antes: Producto
  readonly despues: Producto
  readonly cambios: readonly CambioDeCampo[]
}

export interface PlanDeProductos {
  readonly crear: readonly { readonly fila: FilaProducto; readonly producto: ProductoNuevo }[]
  readonly actualizar: readonly ProductoPorCambiar[]
  readonly conteo: {
    readonly total: number
    readonly creadas: number
    readonly actualizadas: number
    readonly sin_cambio: number
    readonly rechazadas: number
  }
  readonly errores: readonly Problema[]
  readonly advertencias: readonly Problema[]
}

/** Matches each row with the product of the same partida, annex and description, in their order. */
export function planearProductos(libro: LibroDeProductos, foto: FotoDeProductos): PlanDeProductos {
  const filas = libro.filas.map((fila) => ({
    ...fila,
    errores: [...fila.errores],
    advertencias: [...fila.advertencias],
  }))
  const libres = new Map<string, Producto[]>()
  for (const producto of foto.productos) {
    const clave = claveDe(producto.idPartida, producto.anexo, producto.descripcionConcepto)
    const previos = libres.get(clave)
    if (previos === undefined) libres.set(clave, [producto])
    else previos.push(producto)
  }
  const vistas = new Map<string, number>()
  const crear: PlanDeProductos['crear'][number][] = []
  const actualizar: ProductoPorCambiar[] = []
  let sinCambio = 0
  let rechazadas = 0
  for (const fila of filas) {
    revisar(libro, fila, foto, vistas)
    if (fila.errores.length > 0) {
      rechazadas += 1
      continue
    }
    const producto = productoDe(fila.valores)
    const { id_partida: partida, anexo, descripcion_concepto: descripcion } = fila.valores
    const antes = tomar(libres.get(claveDe(partida, anexo, descripcion)), producto)
    if (antes === undefined) {
      crear.push({ fila, producto })
      continue
    }
    const despues = { ...producto, id: antes.id }
    const cambios = diferencias(antes, despues, foto)
    if (cambios.length > 0) actualizar.push({ fila, antes, despues, cambios })
    else sinCambio += 1
  }
  return {
    crear,
    actualizar,
    conteo: {
      total: filas.length,
      creadas: crear.length,
      actualizadas: actualizar.length,
      sin_cambio: sinCambio,
      rechazadas,
    },
    errores: filas.flatMap(({ errores }) => errores),
    advertencias: [...libro.advertencias, ...filas.flatMap(({ advertencias }) => advertencias)],
  }
}

const claveDe = (partida: string, anexo: string | null, descripcion: string): string =>
  JSON.stringify([claveFolio(partida), claveFolio(anexo ?? ''), claveFolio(descripcion)])

/** The stored product that is equal to the letter, or else the first of them. */
function tomar(candidatos: Producto[] | undefined, producto: ProductoNuevo): Producto | undefined {
  if (candidatos === undefined) return undefined
  const igual = candidatos.findIndex((una) => CAMPOS.every(({ campo }) => iguales(una[campo], producto[campo])))
  return candidatos.splice(Math.max(igual, 0), 1)[0]
}

function revisar(
  { encabezado }: LibroDeProductos,
  { fila, valores, errores, advertencias }: FilaProducto,
  { sitios, unidades }: FotoDeProductos,
  vistas: Map<string, number>,
): void {
  const { id_sitio: sitio, id_unidad_medida: unidad, id_tipo_partida: tipo } = valores
  const rechazar = (
    columna: 'id_sitio' | 'id_unidad_medida' | 'id_tipo_partida',
    valor: number,
    resto: string,
  ): void => {
    errores.push(diceQue(encabezado, fila, columna, String(valor), resto))
  }
  if (sitio !== null && !sitios.has(sitio)) rechazar('id_sitio', sitio, 'y no es un sitio del catálogo.')
  if (unidad > 0 && !unidades.has(unidad)) rechazar('id_unidad_medida', unidad, 'y no es una unidad del catálogo.')
  if (tipo > 0 && !esTipo(tipo))
    rechazar('id_tipo_partida', tipo, 'y el tipo debe ser 6 (ordinaria) o 7 (extraordinaria).')
  const todo = JSON.stringify(valores)
  const previa = vistas.get(todo)
  if (previa === undefined) vistas.set(todo, fila)
  else
    advertencias.push(
      diceQue(
        encabezado,
        fila,
        'id_partida',
        valores.id_partida,
        `y es igual a la fila ${String(previa)}. Se cargan las dos.`,
      ),
    )
}

const esTipo = (tipo: number): tipo is TipoPartida =>
  tipo === TIPO_PARTIDA.ORDINARIA || tipo === TIPO_PARTIDA.EXTRAORDINARIA

function productoDe(valores: ValoresProducto): ProductoNuevo {
  const precio = (texto: string | null): Dinero | null => (texto === null ? null : dinero(texto))
  return {
    idPartida: valores.id_partida,
    descripcionConcepto: valores.descripcion_concepto,
    anexo: valores.anexo,
    idSitio: valores.id_sitio,
    idTipoPartida: esTipo(valores.id_tipo_partida) ? valores.id_tipo_partida : TIPO_PARTIDA.ORDINARIA,
    idUnidadMedida: valores.id_unidad_medida,
    precioUnitarioMn: precio(valores.precio_unitario_mn),
    precioUnitarioUsd: precio(valores.precio_unitario_usd),
    activo: valores.activo,
    comentario: valores.comentario,
  }
}

const CAMPOS: readonly { readonly campo: keyof ProductoNuevo; readonly clave: string; readonly etiqueta: string }[] = [
  { campo: 'idPartida', clave: 'id_partida', etiqueta: 'Partida' },
  { campo: 'descripcionConcepto', clave: 'descripcion_concepto', etiqueta: 'Descripción' },
  { campo: 'anexo', clave: 'anexo', etiqueta: 'Anexo' },
  { campo: 'idSitio', clave: 'id_sitio', etiqueta: 'Sitio' },
  { campo: 'idTipoPartida', clave: 'id_tipo_partida', etiqueta: 'Tipo' },
  { campo: 'idUnidadMedida', clave: 'id_unidad_medida', etiqueta: 'Unidad' },
  { campo: 'precioUnitarioMn', clave: 'precio_unitario_mn', etiqueta: 'Precio MN' },
  { campo: 'precioUnitarioUsd', clave: 'precio_unitario_usd', etiqueta: 'Precio USD' },
  { campo: 'activo', clave: 'activo', etiqueta: 'Activo' },
  { campo: 'comentario', clave: 'comentario', etiqueta: 'Comentario' },
]

type Valor = ProductoNuevo[keyof ProductoNuevo]

const esDinero = (valor: Valor): valor is Dinero => typeof valor === 'object' && valor !== null

const iguales = (uno: Valor, otro: Valor): boolean =>
  esDinero(uno) && esDinero(otro) ? uno.equals(otro) : uno === otro

function diferencias(antes: Producto, despues: Producto, { sitios, unidades }: FotoDeProductos): CambioDeCampo[] {
  const texto = (campo: keyof ProductoNuevo, valor: Valor): string => {
    if (valor === null) return ''
    if (esDinero(valor)) return conMiles(valor.toFixed(2))
    if (typeof valor === 'boolean') return valor ? 'Sí' : 'No'
    if (campo === 'idSitio') return sitios.get(Number(valor)) ?? String(valor)
    if (campo === 'idUnidadMedida') return unidades.get(Number(valor)) ?? String(valor)
    return String(valor)
  }
  return CAMPOS.filter(({ campo }) => !iguales(antes[campo], despues[campo])).map(({ campo, clave, etiqueta }) => ({
    campo: clave,
    etiqueta,
    antes: texto(campo, antes[campo]),
    despues: texto(campo, despues[campo]),
  }))
}
