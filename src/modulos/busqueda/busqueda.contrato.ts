/** What the search of every page sends and receives. */

export const RUTA_BUSCAR = '/operaciones/buscar/'

/** Results of each kind that are shown. */
export const RESULTADOS_POR_TIPO = 8

/** Shortest text that is looked for. */
export const LARGO_MINIMO = 2

export interface Resultado {
  ruta: string
  titulo: string
  /** What tells it apart from others with the same title; '' when nothing does. */
  subtitulo: string
}

export interface GrupoDeResultados {
  tipo: string
  titulo: string
  resultados: Resultado[]
}

export interface RespuestaBuscar {
  exito: true
  q: string
  grupos: GrupoDeResultados[]
}
