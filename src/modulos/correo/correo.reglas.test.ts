import { describe, expect, it } from 'vitest'
import { textoDeHtml } from './correo.reglas.ts'

describe('plain text of a message', () => {
  it('keeps the lines, the links with their address and what was escaped', () => {
    const html = `<html><head><style>p { color: red }</style></head><body><img src="cid:x" alt="SASCOP">
      <p>Hola, Ana &lt;Ñu&gt; &amp; Cía.</p>
      <p><a href="https://x.mx/a?b=1&amp;c=2">Elegir contraseña</a></p><p>https://x.mx</p></body></html>`
    expect(textoDeHtml(html)).toBe(
      'SASCOP Hola, Ana <Ñu> & Cía.\nElegir contraseña: https://x.mx/a?b=1&c=2\nhttps://x.mx',
    )
  })

  it('what was escaped twice is not unescaped twice', () => {
    expect(textoDeHtml('<p>&amp;lt;b&amp;gt;</p>')).toBe('&lt;b&gt;')
  })
})
