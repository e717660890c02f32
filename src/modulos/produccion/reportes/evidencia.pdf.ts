/** Evidence of a GPU as documents print it: its sheet and the expediente of an estimation. Pure. */
import type { Content } from 'pdfmake/interfaces.js'
import { instanteLocal } from '../../../comun/fechas.ts'
import type { EvidenciaDeHoja, HojaDeGpu } from './hoja-gpu.tipos.ts'

/** What is printed of a file. */
export type EvidenciaImpresa = Omit<EvidenciaDeHoja, 'id' | 'idGpu' | 'idArchivo' | 'clase'>

/** By their key in the store: JPG. */
export type Miniaturas = ReadonlyMap<string, Buffer>

const ENTRE_FOTOS = 12
/** Photos of telephones are four by three. */
const ALTO_DE_ANCHO = 3 / 4

/** The pictures of a document, once each, by the name that `fotosDeEvidencia` gives them. */
export function imagenesDeEvidencia(miniaturas: Miniaturas): Record<string, string> {
  return Object.fromEntries(
    [...miniaturas].map(([clave, foto]) => [clave, `data:image/jpeg;base64,${foto.toString('base64')}`]),
  )
}

/**
 * Photos in rows, each with who brought it and its comment, then what is no picture: named, with its fingerprint. A row
 * is never split; a photo that the store lost says so in its place.
 */
export function fotosDeEvidencia(
  evidencias: readonly EvidenciaImpresa[],
  miniaturas: Pick<Miniaturas, 'has'>,
  { porFila, ancho }: { readonly porFila: number; readonly ancho: number },
): Content[] {
  if (evidencias.length === 0) return [{ text: 'Este GPU no tiene archivos de evidencia.', style: 'celda' }]
  const conFoto = evidencias.filter(({ miniatura }) => miniatura !== null)
  const filas: Content[] = []
  for (let i = 0; i < conFoto.length; i += porFila)
    filas.push({
      unbreakable: true,
      columnGap: ENTRE_FOTOS,
      margin: [0, 0, 0, 8],
      columns: conFoto.slice(i, i + porFila).map((evidencia) => ({
        width: ancho,
        stack: [imagen(evidencia.miniatura, miniaturas, ancho), ...rotulos(evidencia)],
      })),
    })
  const otros = evidencias.filter(({ miniatura }) => miniatura === null)
  return [...filas, ...otros.map((evidencia): Content => ({ stack: rotulos(evidencia), margin: [0, 0, 0, 4] }))]
}

const imagen = (clave: string | null, miniaturas: Pick<Miniaturas, 'has'>, ancho: number): Content =>
  clave !== null && miniaturas.has(clave)
    ? { image: clave, fit: [ancho, ancho * ALTO_DE_ANCHO] }
    : {
        table: {
          widths: [ancho - 4],
          body: [[{ text: 'Imagen no disponible', style: 'nota', margin: [6, 24, 6, 24] }]],
        },
        layout: 'rejilla',
      }

function rotulos({ nombre, comentario, usuario, fecha, sha256 }: EvidenciaImpresa): Content[] {
  return [
    { text: nombre, style: 'celda', margin: [0, 2, 0, 0] },
    ...(comentario === '' ? [] : [{ text: comentario, style: 'nota' }]),
    { text: `${usuario}, ${instanteLocal(fecha).slice(0, 16)} · SHA-256 ${sha256.slice(0, 12)}`, style: 'nota' },
  ]
}

/** Who signed a GPU and when. */
export function fraseDeFirma(firma: HojaDeGpu['firma']): string {
  if (firma === null) return 'Sin firma registrada.'
  return `Firmado en el sistema por ${firma.usuario} el ${instanteLocal(firma.fecha)}.`
}
