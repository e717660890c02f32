import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import ejs from 'ejs'
import type { Logger } from 'pino'

/** Renders a view by name (`ot/lista`) with its one object `v`. */
export interface MotorDeVistas {
  dibujar(nombre: string, v: Record<string, unknown>): string
}

/**
 * EJS without `with` and with an escape that refuses `undefined` and `null`: a misspelt field is an error in
 * development and in every test, and an empty string plus an error log in production.
 */
export function crearMotorDeVistas(opciones: {
  carpeta: string
  produccion: boolean
  bitacora: Pick<Logger, 'error'>
}): MotorDeVistas {
  const plantillas = new Map<string, ejs.TemplateFunction>()
  const escapar = (valor: unknown): string => {
    if (valor === undefined || valor === null) {
      const error = new Error('La vista imprime un valor que no existe')
      if (!opciones.produccion) throw error
      opciones.bitacora.error({ err: error }, 'vista incompleta')
      return ''
    }
    if (typeof valor === 'string') return escaparHtml(valor)
    if (typeof valor === 'number' || typeof valor === 'boolean') return String(valor)
    throw new Error(`La vista imprime un ${typeof valor} en vez de un texto`)
  }
  const compilar = (nombre: string): ejs.TemplateFunction => {
    const guardada = plantillas.get(nombre)
    if (guardada) return guardada
    const archivo = join(opciones.carpeta, `${nombre}.ejs`)
    const plantilla = ejs.compile(readFileSync(archivo, 'utf8'), {
      cache: opciones.produccion,
      escape: escapar,
      filename: archivo,
      localsName: 'v',
      root: opciones.carpeta,
      strict: true,
      _with: false,
    })
    if (opciones.produccion) plantillas.set(nombre, plantilla)
    return plantilla
  }
  return {
    dibujar: (nombre, v) => compilar(nombre)({ ...v, json: jsonSeguro }),
  }
}

function escaparHtml(texto: string): string {
  return texto
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
    .replaceAll("'", '&#39;')
}

/** JSON that can stand inside `<script type="application/json">` whatever a person typed. */
export function jsonSeguro(valor: unknown): string {
  return JSON.stringify(valor)
    .replaceAll('<', String.raw`\u003c`)
    .replaceAll('>', String.raw`\u003e`)
    .replaceAll('&', String.raw`\u0026`)
    .replaceAll('\u2028', String.raw`\u2028`)
    .replaceAll('\u2029', String.raw`\u2029`)
}
