/** From what a workbook would do to what the pages show of it and what the batch writes. */
import { createHash } from 'node:crypto'
import { conMiles } from '../../../comun/dinero.ts'
import { recortar } from '../../../comun/texto.ts'
import type { Conteo, FilaDeLista, PlanDeClase } from '../../importacion/index.ts'
import { rutaConcepto } from '../contratos.contrato.ts'
import { codigoDe, escribirPrecios, escribirProductos } from './cargar.service.ts'
import type { FotoDePrecios, PlanDePrecios } from './plan.tipos.ts'
import type { InformePrecios } from './precios.informe.ts'
import type { LibroDePrecios } from './precios.tipos.ts'
import type { PlanDeProductos } from './productos.reglas.ts'
import type { LibroDeProductos } from './productos.tipos.ts'

/** Nothing goes in: what would have been created or changed counts as rejected, for the group to add up. */
const nada = ({ total, sin_cambio }: Conteo): Conteo => ({
  total,
  sin_cambio,
  creadas: 0,
  actualizadas: 0,
  rechazadas: total - sin_cambio,
})

const sha256 = (valor: unknown): string => createHash('sha256').update(JSON.stringify(valor)).digest('hex')

// ---------------------------------------------------------------------------------------------------------- prices

/** @param todoONada nothing is written while a row is rejected. */
export function planDePrecios(
  libro: LibroDePrecios,
  foto: FotoDePrecios,
  completo: PlanDePrecios,
  todoONada: boolean,
): PlanDeClase<InformePrecios> {
  const detenido = todoONada && completo.conteo.rechazadas > 0
  const plan: PlanDePrecios = detenido
    ? {
        ...completo,
        crear: [],
        actualizar: [],
        reconocer: [],
        subAnexos: [],
        secciones: [],
        conteo: nada(completo.conteo),
      }
    : completo
  const { crear, actualizar, subAnexos, secciones, conteo, repetidas, errores, advertencias } = plan
  return {
    huella: sha256([
      foto.destino,
      crear.map(({ fila, concepto }) => [fila.huella, concepto.subAnexo, concepto.idUnidadMedida]),
      actualizar.map(({ antes, cambios }) => [antes.id, antes.version, cambios]),
      subAnexos,
      secciones,
    ]),
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    escribe: crear.length + actualizar.length + subAnexos.length + secciones.length > 0,
    informe: {
      clase: 'precios',
      contrato: foto.destino.contrato.numero,
      filas: conteo.total + repetidas,
      conceptos: conteo,
      repetidas,
      secciones: { total: libro.secciones.length, creadas: secciones.length },
      sub_anexos_creados: subAnexos.length,
      errores,
      advertencias: [...avisosDeDestino(foto, plan), ...avisoDeRepetidas(libro, repetidas), ...advertencias],
    },
    listas: {
      creadas: () => filasCreadas(libro, plan),
      cambios: () => filasCambiadas(libro, plan),
      titulos: () => filasDeTitulos(libro, plan),
    },
    escribir: (tx, lote, avanzar) => escribirPrecios(tx, lote, libro, foto, plan, avanzar),
  }
}

/** What is created above the concepts has stand-ins that somebody must correct. */
function avisosDeDestino({ destino }: FotoDePrecios, { subAnexos }: PlanDePrecios): InformePrecios['advertencias'] {
  if (subAnexos.length === 0 || destino.contrato.id !== null) return []
  return [
    {
      hoja: '',
      fila: 0,
      columna: '',
      celda: '',
      valor: destino.contrato.numero,
      mensaje: `El contrato ${destino.contrato.numero} se crea con cliente, descripción y fechas provisionales. Corrígelos en su página.`,
    },
  ]
}

function avisoDeRepetidas({ hojas }: LibroDePrecios, repetidas: number): InformePrecios['advertencias'] {
  if (repetidas === 0) return []
  const cuantas = repetidas === 1 ? 'Una fila repite otra' : `${conMiles(String(repetidas))} filas repiten otra`
  const hoja = hojas[0]?.encabezado.hoja ?? ''
  return [
    {
      hoja,
      fila: 0,
      columna: '',
      celda: '',
      valor: '',
      mensaje: `${cuantas} al pie de la letra y no se ${repetidas === 1 ? 'cargó' : 'cargaron'}.`,
    },
  ]
}

const hojaDe = ({ hojas }: LibroDePrecios, indice: number): string => hojas[indice]?.encabezado.hoja ?? ''

function* filasCreadas(libro: LibroDePrecios, { crear }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { fila, concepto } of crear)
    yield {
      codigo: codigoDe(concepto),
      hoja: hojaDe(libro, fila.hoja),
      fila: fila.fila,
      anexo: concepto.subAnexo ?? 'S/A',
      unidad: fila.valores.unidad,
      mn: conMiles(fila.valores.precio_mn),
      usd: conMiles(fila.valores.precio_usd),
      descripcion: recortar(concepto.descripcion, 300),
    }
}

function* filasCambiadas(libro: LibroDePrecios, { actualizar }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { fila, despues, cambios } of actualizar)
    for (const { etiqueta, antes, despues: valor } of cambios)
      yield {
        codigo: codigoDe(despues),
        ruta: rutaConcepto(despues.id),
        hoja: hojaDe(libro, fila.hoja),
        fila: fila.fila,
        campo: etiqueta,
        antes,
        despues: valor,
      }
}

function* filasDeTitulos(libro: LibroDePrecios, { subAnexos, secciones }: PlanDePrecios): Generator<FilaDeLista> {
  for (const { clave, hoja } of subAnexos) yield { hoja, fila: null, nombre: `Anexo ${clave}` }
  for (const lugar of secciones) {
    const seccion = libro.secciones[lugar]
    if (seccion === undefined) continue
    const { hoja, fila, partida, descripcion } = seccion
    yield { hoja: hojaDe(libro, hoja), fila, nombre: partida === null ? descripcion : `${partida} ${descripcion}` }
  }
}

// -------------------------------------------------------------------------------------------------------- products

/** @param todoONada nothing is written while a row is rejected. */
export function planDeProductos(
  libro: LibroDeProductos,
  completo: PlanDeProductos,
  todoONada: boolean,
): PlanDeClase<InformePrecios> {
  const detenido = todoONada && completo.conteo.rechazadas > 0
  const plan: PlanDeProductos = detenido
    ? { ...completo, crear: [], actualizar: [], conteo: nada(completo.conteo) }
    : completo
  const { crear, actualizar, conteo, errores, advertencias } = plan
  const { hoja } = libro.encabezado
  return {
    huella: sha256([
      crear.map(({ fila }) => fila.valores),
      actualizar.map(({ antes, cambios }) => [antes.id, cambios]),
    ]),
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    escribe: crear.length + actualizar.length > 0,
    informe: {
      clase: 'productos',
      contrato: null,
      filas: conteo.total,
      conceptos: conteo,
      repetidas: 0,
      secciones: { total: 0, creadas: 0 },
      sub_anexos_creados: 0,
      errores,
      advertencias,
    },
    listas: {
      creadas: () => productosCreados(hoja, plan),
      cambios: () => productosCambiados(hoja, plan),
      titulos: () => [],
    },
    escribir: (tx, lote, avanzar) => escribirProductos(tx, lote, hoja, plan, avanzar),
  }
}

function* productosCreados(hoja: string, { crear }: PlanDeProductos): Generator<FilaDeLista> {
  for (const { fila, producto } of crear)
    yield {
      codigo: producto.idPartida,
      hoja,
      fila: fila.fila,
      anexo: producto.anexo ?? '',
      unidad: String(producto.idUnidadMedida),
      mn: conMiles(fila.valores.precio_unitario_mn ?? ''),
      usd: conMiles(fila.valores.precio_unitario_usd ?? ''),
      descripcion: recortar(producto.descripcionConcepto, 300),
    }
}

function* productosCambiados(hoja: string, { actualizar }: PlanDeProductos): Generator<FilaDeLista> {
  for (const { fila, despues, cambios } of actualizar)
    for (const { etiqueta, antes, despues: valor } of cambios)
      yield { codigo: despues.idPartida, hoja, fila: fila.fila, campo: etiqueta, antes, despues: valor }
}
