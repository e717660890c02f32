import { describe, expect, it } from 'vitest'
import { dibujarPdf, type DocumentoPdf } from './pdf.ts'

const documento = (cambios: Partial<DocumentoPdf> = {}): DocumentoPdf => ({
  titulo: 'Reporte mensual de producción',
  asunto: 'OT 101, febrero de 2026',
  referencia: 'OT 101 · febrero 2026',
  creado: new Date('2026-02-28T18:00:00Z'),
  pie: 'Generado el 28/02/2026',
  horizontal: true,
  contenido: [{ text: 'Señal de ñandú y güiro', style: 'titulo' }],
  imagenes: {},
  ...cambios,
})

describe('PDF documents', () => {
  it('gives the same bytes for the same document, and others for another', async () => {
    const primero = await dibujarPdf(documento())
    expect(primero.subarray(0, 5).toString()).toBe('%PDF-')
    expect(primero.equals(await dibujarPdf(documento()))).toBe(true)
    expect(primero.equals(await dibujarPdf(documento({ titulo: 'Otro' })))).toBe(false)
  })

  it('says its title, language and date to the reader', async () => {
    const texto = (await dibujarPdf(documento())).toString('latin1')
    expect(texto).toContain('/DisplayDocTitle true')
    expect(texto).toContain('/Lang (es-MX)')
    expect(texto).toContain('D:20260228180000Z')
    expect(texto).toMatch(/\/MediaBox \[0 0 792 612\]/)
  })

  it('neither asks the network nor opens a file', async () => {
    for (const src of ['http://127.0.0.1:9/x.png', '/etc/hostname', 'file:///etc/hostname'])
      await expect(dibujarPdf(documento({ contenido: [{ image: 'a' }], imagenes: { a: src } })), src).rejects.toThrow(
        /denied/,
      )
  })

  it('a document that fails does not stop the ones behind it', async () => {
    const malo = dibujarPdf(documento({ contenido: [{ image: 'no' }] }))
    const bueno = dibujarPdf(documento())
    await expect(malo).rejects.toThrow()
    expect((await bueno).length).toBeGreaterThan(1000)
  })
})
