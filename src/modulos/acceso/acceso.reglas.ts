/** Base that no address of ours has: what is still on it after resolving is local. */
const BASE = 'http://local.invalid'

/**
 * A safe place to land after the login: only a path of ours, with its query; anything else, and the login pages
 * themselves, is `/` (core.md §3 and example 5).
 */
export function destinoLocal(pedido: string): string {
  if (!pedido.startsWith('/') || /^\/[/\\]/.test(pedido) || /[\\\p{Cc}]/u.test(pedido) || !URL.canParse(pedido, BASE))
    return '/'
  const { origin, pathname, search } = new URL(pedido, BASE)
  const permitido = origin === BASE && !pathname.startsWith('//') && !pathname.includes('/accounts/')
  return permitido ? `${pathname}${search}` : '/'
}

/** The landing address with the flag that shows the welcome once. */
export function conBienvenida(destino: string): string {
  const { pathname, search } = new URL(destino, BASE)
  return `${pathname}${search === '' ? '?' : `${search}&`}login_exitoso=1`
}
