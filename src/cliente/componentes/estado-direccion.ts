/**
 * State of a list in the address: filters, order, columns, page. A link or the back button finds the same view; what is as
 * the page opens by itself is not written. Filter names are those of the endpoint.
 */

export interface EstadoLista {
  filtros: Record<string, string>
  orden: { columna: string; descendente: boolean } | null
  /** From 0. */
  pagina: number
  porPagina: number | null
  /** Visible columns; null = those of the page. */
  columnas: string[] | null
}

const PROPIAS = ['orden', 'pagina', 'por', 'columnas'] as const

/** Reads `?estatus=8&orden=-id&pagina=2&por=50&columnas=a,b`. `nombres` are the filters that the list knows. */
export function leerEstado(busqueda: string, nombres: readonly string[]): EstadoLista {
  const consulta = new URLSearchParams(busqueda)
  const filtros: Record<string, string> = {}
  for (const nombre of nombres) {
    const valor = consulta.get(nombre)
    if (valor !== null) filtros[nombre] = valor
  }
  const orden = consulta.get('orden')
  const pagina = Number(consulta.get('pagina') ?? 1)
  const por = Number(consulta.get('por') ?? 0)
  return {
    filtros,
    orden: orden ? { columna: orden.replace(/^-/, ''), descendente: orden.startsWith('-') } : null,
    pagina: Number.isInteger(pagina) && pagina > 0 ? pagina - 1 : 0,
    porPagina: Number.isInteger(por) && por > 0 ? por : null,
    columnas: consulta.get('columnas')?.split(',').filter(Boolean) ?? null,
  }
}

/** The same state as the text of an address, without `?`. */
export function escribirEstado(estado: EstadoLista): string {
  const consulta = new URLSearchParams(estado.filtros)
  const { orden, pagina, porPagina, columnas } = estado
  if (orden) consulta.set('orden', `${orden.descendente ? '-' : ''}${orden.columna}`)
  if (pagina > 0) consulta.set('pagina', String(pagina + 1))
  if (porPagina !== null) consulta.set('por', String(porPagina))
  if (columnas) consulta.set('columnas', columnas.join(','))
  return consulta.toString()
}

/** Parameters that say how the list is seen, not what is listed: changing them is no step that Back undoes. */
const DE_ASPECTO = ['por', 'columnas'] as const

/** True when the second query lists something else than the first: other filters, order or page. */
export function listaOtraCosa(antes: URLSearchParams, despues: URLSearchParams): boolean {
  const sinAspecto = (consulta: URLSearchParams): string => {
    const copia = new URLSearchParams(consulta)
    for (const clave of DE_ASPECTO) copia.delete(clave)
    copia.sort()
    return copia.toString()
  }
  return sinAspecto(antes) !== sinAspecto(despues)
}

/**
 * Puts the state in the address; foreign parameters stay. What was listed before is a step that Back returns to;
 * `alDejar` is called before leaving it.
 */
export function publicarEstado(estado: EstadoLista, nombres: readonly string[], alDejar: () => void): void {
  const direccion = new URL(location.href)
  const propios = new URLSearchParams(escribirEstado(estado))
  for (const clave of [...nombres, ...PROPIAS]) direccion.searchParams.delete(clave)
  for (const [clave, valor] of propios) direccion.searchParams.set(clave, valor)
  if (listaOtraCosa(new URLSearchParams(location.search), direccion.searchParams)) {
    alDejar()
    history.pushState(null, '', direccion)
  } else history.replaceState(history.state, '', direccion)
}

/** Back and forward inside the page. */
export function alVolver(hacer: () => void): void {
  window.addEventListener('popstate', hacer)
}

/** Remembers in each step of the history how far something was scrolled, so that coming back finds the same row. */
export function recordarDesplazamiento(caja: HTMLElement): {
  guardar: () => void
  esperar: () => void
  restaurar: () => void
} {
  const guardar = (): void => {
    history.replaceState({ arriba: caja.scrollTop, izquierda: caja.scrollLeft }, '')
  }
  const guardado = (): { arriba?: unknown; izquierda?: unknown } | null => history.state as never
  window.addEventListener('pagehide', guardar)
  let pendiente = typeof guardado()?.arriba === 'number'
  return {
    guardar,
    /** The next drawing is of a step one came back to. */
    esperar: () => {
      pendiente = true
    },
    restaurar: () => {
      if (!pendiente) return
      pendiente = false
      caja.scrollTo(Number(guardado()?.izquierda ?? 0), Number(guardado()?.arriba ?? 0))
    },
  }
}
