/** localStorage that never fails: private windows and full disks lose a convenience, not the page. */

export function guardar(clave: string, valor: string): void {
  try {
    localStorage.setItem(clave, valor)
  } catch {
    // No storage: what was to be remembered is forgotten.
  }
}

export function recordar(clave: string): string | null {
  try {
    return localStorage.getItem(clave)
  } catch {
    return null
  }
}

export function olvidar(clave: string): void {
  try {
    localStorage.removeItem(clave)
  } catch {
    // Nothing was stored.
  }
}
