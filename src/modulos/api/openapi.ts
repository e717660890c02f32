/** The document of the API (OpenAPI 3.1), from the schemas of its routes: nothing of it is written twice. */
import { z } from 'zod'
import { Rechazo } from './api.schema.ts'

/** What the document needs of a route. */
export interface RutaDescrita {
  readonly ruta: string
  readonly permiso: string
  readonly consulta: z.ZodType | null
  readonly parametros: z.ZodType | null
  readonly api: {
    readonly resumen: string
    readonly etiqueta: string
    readonly respuesta: z.ZodType
    readonly puedeFaltar: boolean
  } | null
}

export type Esquema = Readonly<Record<string, unknown>>

export interface Parametro {
  readonly name: string
  readonly in: 'query' | 'path'
  readonly required: boolean
  readonly description: string
  readonly schema: Esquema
}

export interface Operacion {
  readonly operationId: string
  readonly summary: string
  readonly description: string
  readonly tags: readonly string[]
  readonly parameters: readonly Parametro[]
  readonly responses: Readonly<Record<string, { readonly description: string; readonly content: Esquema }>>
}

export interface DocumentoOpenApi {
  readonly openapi: '3.1.0'
  readonly info: Esquema
  readonly servers: readonly Esquema[]
  readonly security: readonly Esquema[]
  readonly tags: readonly { readonly name: string }[]
  readonly paths: Readonly<Record<string, { readonly get: Operacion }>>
  readonly components: {
    readonly securitySchemes: Esquema
    readonly schemas: Readonly<Record<string, Esquema>>
  }
}

const RECHAZOS = {
  '400': 'Algún dato de la consulta no es válido.',
  '401': 'Sin sesión, o el token no existe, caducó o fue revocado.',
  '403': 'Quien pregunta no tiene el permiso, o el token no lo lleva.',
  '404': 'El registro no existe o se eliminó.',
  '429': 'Demasiadas consultas en un minuto.',
} as const

/** @param rutas those of the API; the rest are left out. */
export function documentoOpenApi(rutas: readonly RutaDescrita[]): DocumentoOpenApi {
  const componentes = new Map<string, Esquema>()
  const paths: Record<string, { get: Operacion }> = {}
  const etiquetas = new Set<string>()
  for (const ruta of rutas) {
    if (!ruta.api) continue
    etiquetas.add(ruta.api.etiqueta)
    paths[ruta.ruta.replaceAll(/:(\w+)/g, '{$1}')] = { get: operacionDe(ruta, ruta.api, componentes) }
  }
  return {
    openapi: '3.1.0',
    info: {
      title: 'SASCOP BME SubTec',
      version: '1',
      description:
        'Lectura de PTE y órdenes de trabajo. Los importes y volúmenes son textos con su escala; las fechas, AAAA-MM-DD. Cada token admite 600 consultas por minuto.',
    },
    servers: [{ url: '/' }],
    security: [{ token: [] }, { sesion: [] }],
    tags: [...etiquetas].map((name) => ({ name })),
    paths,
    components: {
      securitySchemes: {
        token: { type: 'http', scheme: 'bearer', description: 'Token personal, creado en Mi perfil.' },
        sesion: { type: 'apiKey', in: 'cookie', name: 'sascop_sesion' },
      },
      schemas: Object.fromEntries([...componentes].sort(([a], [b]) => a.localeCompare(b))),
    },
  }
}

function operacionDe(
  { ruta, permiso, consulta, parametros }: RutaDescrita,
  api: NonNullable<RutaDescrita['api']>,
  componentes: Map<string, Esquema>,
): Operacion {
  const respuesta = (descripcion: string, esquema: z.ZodType) => ({
    description: descripcion,
    content: { 'application/json': { schema: referencia(esquema, componentes) } },
  })
  const rechazos = Object.entries(RECHAZOS).filter(([estado]) => estado !== '404' || api.puedeFaltar)
  return {
    operationId: ruta.replaceAll(/[^a-z]+/g, '_').replaceAll(/^_|_$/g, ''),
    summary: api.resumen,
    description: permiso.includes('.') ? `Pide el permiso ${permiso}.` : 'Basta una sesión o un token vigente.',
    tags: [api.etiqueta],
    parameters: [...parametrosDe(parametros, 'path'), ...parametrosDe(consulta, 'query')],
    responses: {
      '200': respuesta('Lo que se pidió.', api.respuesta),
      ...Object.fromEntries(rechazos.map(([estado, texto]) => [estado, respuesta(texto, Rechazo)])),
    },
  }
}

function parametrosDe(esquema: z.ZodType | null, lugar: Parametro['in']): Parametro[] {
  if (!esquema) return []
  const { properties = {} } = z.toJSONSchema(esquema, { io: 'input' })
  return Object.entries(properties).map(([name, propiedad]) => {
    // How the text is read (alternatives, patterns) is not what the caller needs; zod drops `default` before a transform.
    const {
      description = '',
      anyOf: _alternativas,
      pattern: _forma,
      predeterminado,
      ...resto
    } = propiedad as Record<string, unknown> & { description?: string }
    const schema = predeterminado === undefined ? resto : { ...resto, default: predeterminado }
    return { name, in: lugar, required: lugar === 'path', description, schema }
  })
}

/** Puts the schema and those it names among the components, and points to it. */
function referencia(esquema: z.ZodType, componentes: Map<string, Esquema>): Esquema {
  const { $defs = {}, $ref } = z.toJSONSchema(esquema)
  for (const [nombre, definicion] of Object.entries($defs)) {
    componentes.set(
      nombre,
      JSON.parse(JSON.stringify(definicion).replaceAll('#/$defs/', '#/components/schemas/')) as Esquema,
    )
  }
  return { $ref: ($ref ?? '').replace('#/$defs/', '#/components/schemas/') }
}
