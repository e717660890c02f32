/** The only door to PDF documents: drawn in a thread, one at a time, the same bytes for the same document. */
import { finished } from 'node:stream/promises'
import type { Exportacion } from '../exportar-tabla.ts'
import { abrirHilo } from '../hilo.ts'
import type { DocumentoPdf } from './pdf.tipos.ts'

export type { ContenidoPdf, DocumentoPdf } from './pdf.tipos.ts'

const TIPO_PDF = 'application/pdf'

let anterior: Promise<unknown> = Promise.resolve()

/**
 * Draws a document. They wait for each other: two big ones at once would take the memory of the machine.
 * @throws DatosInvalidos when it does not fit in memory.
 */
export function dibujarPdf(documento: DocumentoPdf): Promise<Buffer> {
  const turno = anterior.then(() => enOtroHilo(documento))
  anterior = turno.catch(() => undefined)
  return turno
}

/** In this very thread when the sources run without compiling (tests), where another could not load them. */
async function enOtroHilo(documento: DocumentoPdf): Promise<Buffer> {
  if (import.meta.url.endsWith('.ts')) return (await import('./pdf.dibujo.ts')).dibujar(structuredClone(documento))
  const hilo = abrirHilo<DocumentoPdf>(
    new URL('./pdf.trabajador.js', import.meta.url),
    'El documento es demasiado grande para un PDF. Descárgalo en Excel.',
  )
  try {
    return Buffer.from((await hilo.pedir(documento)) as Uint8Array)
  } finally {
    await hilo.cerrar()
  }
}

/** A document already drawn, as a download; `nombre` comes without extension. */
export function descargaPdf(nombre: string, bytes: Buffer): Exportacion {
  return {
    nombre: `${nombre}.pdf`,
    tipo: TIPO_PDF,
    escribir: async (salida) => {
      salida.end(bytes)
      await finished(salida)
    },
  }
}
