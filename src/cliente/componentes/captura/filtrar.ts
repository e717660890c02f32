/** Filters by value: which rows stay in sight. */

/** Rows that stay; a title stays while any row under it does. */
export function filtrar<F>(
  filas: readonly F[],
  fuera: ReadonlyMap<string, ReadonlySet<string>>,
  leer: { texto: (fila: F, columna: string) => string; esTitulo: (fila: F) => boolean },
): F[] {
  const activos = [...fuera].filter(([, valores]) => valores.size > 0)
  if (activos.length === 0) return [...filas]
  const quedan: F[] = []
  let titulo: F | null = null
  for (const fila of filas) {
    if (leer.esTitulo(fila)) titulo = fila
    else if (activos.every(([columna, valores]) => !valores.has(leer.texto(fila, columna)))) {
      if (titulo !== null) quedan.push(titulo)
      titulo = null
      quedan.push(fila)
    }
  }
  return quedan
}
