/** The document of the API as a page to read. Pure. */
import type { DocumentoOpenApi, Esquema, Operacion } from './openapi.ts'

interface Campo {
  /** With the names of those it is inside of: `ptes[].id`. */
  readonly nombre: string
  readonly tipo: string
  readonly descripcion: string
}

interface OperacionMostrada {
  readonly id: string
  readonly ruta: string
  readonly resumen: string
  readonly descripcion: string
  readonly parametros: readonly Campo[]
  readonly campos: readonly Campo[]
  readonly ejemplo: string
}

/** `v.datos` of views/api/docs.ejs. */
export interface PaginaDocumentacion {
  readonly descripcion: string
  readonly grupos: readonly { readonly nombre: string; readonly operaciones: readonly OperacionMostrada[] }[]
  readonly rechazos: readonly { readonly estado: string; readonly texto: string }[]
}

export function paginaDocumentacion(documento: DocumentoOpenApi, direccion: string): PaginaDocumentacion {
  const operaciones = Object.entries(documento.paths).map(([ruta, { get }]) => ({ ruta, get }))
  const rechazos = new Map<string, string>()
  for (const { get } of operaciones)
    for (const [estado, { description }] of Object.entries(get.responses))
      if (estado !== '200') rechazos.set(estado, description)
  return {
    descripcion: comoTexto(documento.info['description']),
    grupos: documento.tags.map(({ name }) => ({
      nombre: name,
      operaciones: operaciones
        .filter(({ get }) => get.tags.includes(name))
        .map(({ ruta, get }) => mostrar(documento, ruta, get, direccion)),
    })),
    rechazos: [...rechazos].sort().map(([estado, texto]) => ({ estado, texto })),
  }
}

function mostrar(documento: DocumentoOpenApi, ruta: string, get: Operacion, direccion: string): OperacionMostrada {
  const { schemas } = documento.components
  return {
    id: get.operationId,
    ruta,
    resumen: get.summary,
    descripcion: get.description,
    parametros: get.parameters.map(({ name, required, schema, description }) => ({
      nombre: name,
      tipo: `${tipoDe(schema, schemas)}${required ? ', obligatorio' : ''}${schema['default'] === undefined ? '' : `, si falta ${comoTexto(schema['default'])}`}`,
      descripcion: description,
    })),
    campos: camposDe(esquemaDeRespuesta(get), schemas, ''),
    ejemplo: `curl -H "Authorization: Bearer $TOKEN" "${direccion}${ruta.replaceAll(/\{\w+\}/g, '123')}"`,
  }
}

function esquemaDeRespuesta(get: Operacion): Esquema {
  const { 'application/json': contenido } = (get.responses['200']?.content ?? {}) as Record<string, { schema: Esquema }>
  return contenido?.schema ?? {}
}

/** Texts and numbers of the document, which TypeScript does not know. */
const comoTexto = (valor: unknown): string =>
  typeof valor === 'string' || typeof valor === 'number' ? String(valor) : ''

type Componentes = DocumentoOpenApi['components']['schemas']

function resolver(esquema: Esquema, componentes: Componentes): Esquema {
  const { $ref, anyOf } = esquema as { $ref?: string; anyOf?: Esquema[] }
  if ($ref !== undefined) return resolver(componentes[$ref.split('/').at(-1) ?? ''] ?? {}, componentes)
  const [unico] = (anyOf ?? []).filter(({ type }) => type !== 'null')
  return unico ? resolver(unico, componentes) : esquema
}

const TIPOS: Readonly<Record<string, string>> = {
  integer: 'entero',
  string: 'texto',
  boolean: 'sí o no',
  object: 'objeto',
  array: 'lista',
}

function tipoDe(esquema: Esquema, componentes: Componentes): string {
  const real = resolver(esquema, componentes)
  const nulo = ((esquema as { anyOf?: Esquema[] }).anyOf ?? []).some(({ type }) => type === 'null')
  const nombre = real['format'] === 'date' ? 'fecha' : (TIPOS[String(real['type'])] ?? String(real['type']))
  return nulo ? `${nombre} o null` : nombre
}

/** Every field of an answer, those of inside after their own. */
function camposDe(esquema: Esquema, componentes: Componentes, prefijo: string): Campo[] {
  const real = resolver(esquema, componentes)
  if (real['type'] === 'array') return camposDe((real['items'] ?? {}) as Esquema, componentes, `${prefijo}[]`)
  const propiedades = (real['properties'] ?? {}) as Record<string, Esquema>
  return Object.entries(propiedades).flatMap(([clave, propiedad]) => {
    const nombre = prefijo === '' ? clave : `${prefijo}.${clave}`
    const descripcion = comoTexto(propiedad['description'] ?? resolver(propiedad, componentes)['description'])
    return [{ nombre, tipo: tipoDe(propiedad, componentes), descripcion }, ...camposDe(propiedad, componentes, nombre)]
  })
}
