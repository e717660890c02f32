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

/** Puts the state in the address without a step in the history; foreign parameters stay. */
export function publicarEstado(estado: EstadoLista, nombres: readonly string[]): void {
  const direccion = new URL(location.href)
  const propios = new URLSearchParams(escribirEstado(estado))
  for (const clave of [...nombres, ...PROPIAS]) direccion.searchParams.delete(clave)
  for (const [clave, valor] of propios) direccion.searchParams.set(clave, valor)
  history.replaceState(history.state, '', direccion)
}

/** Remembers how far something was scrolled, so that coming back finds the same row. */
export function recordarDesplazamiento(caja: HTMLElement): { restaurar: () => void } {
  window.addEventListener('pagehide', () => {
    history.replaceState({ arriba: caja.scrollTop, izquierda: caja.scrollLeft }, '')
  })
  const guardado = history.state as { arriba?: unknown; izquierda?: unknown } | null
  let pendiente = typeof guardado?.arriba === 'number'
  return {
    restaurar: () => {
      if (!pendiente) return
      pendiente = false
      caja.scrollTo(Number(guardado?.izquierda ?? 0), Number(guardado?.arriba ?? 0))
    },
  }
}
