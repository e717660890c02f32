const ENTIDADES: Readonly<Record<string, string>> = {
  '&lt;': '<',
  '&gt;': '>',
  '&quot;': '"',
  '&#39;': "'",
  '&nbsp;': ' ',
  '&middot;': '·',
  '&amp;': '&',
}

/**
 * The plain text of a message, from its HTML (core.md §11): blocks are lines, a link is its text and its address, and
 * images say their `alt`.
 */
export function textoDeHtml(html: string): string {
  return html
    .replace(/<(head|style|title)\b[\s\S]*?<\/\1>/gi, '')
    .replace(/\s+/g, ' ')
    .replace(/<img\b[^>]*\balt="([^"]*)"[^>]*>/gi, '$1')
    .replace(/<a\b[^>]*\bhref="([^"]*)"[^>]*>(.*?)<\/a>/gi, (_todo, ruta: string, texto: string) => {
      const visible = texto.replace(/<[^>]*>/g, '').trim()
      return visible === ruta || visible === '' ? ruta : `${visible}: ${ruta}`
    })
    .replace(/<br\s*\/?>|<\/(p|h1|h2|tr|li|div)>/gi, '\n')
    .replace(/<[^>]*>/g, '')
    .replace(/&(?:lt|gt|quot|#39|nbsp|middot|amp);/g, (entidad) => ENTIDADES[entidad] ?? entidad)
    .split('\n')
    .map((renglon) => renglon.trim())
    .join('\n')
    .replace(/\n{3,}/g, '\n\n')
    .trim()
}
