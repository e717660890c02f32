/** What belongs to each folder, by its id. */
export function porCarpeta<T extends { readonly idCarpeta: number }>(lista: readonly T[]): Map<number, T[]> {
  const grupos = new Map<number, T[]>()
  for (const cosa of lista) {
    const grupo = grupos.get(cosa.idCarpeta)
    if (grupo) grupo.push(cosa)
    else grupos.set(cosa.idCarpeta, [cosa])
  }
  return grupos
}
