import { join } from 'node:path'
import type { Page } from 'playwright-core'
import { expect } from 'vitest'
import { RAIZ } from '../../src/plataforma/raiz.ts'

/** Where the manual and its pictures are. */
export const MANUAL = join(RAIZ, 'docs/manual')

/**
 * `CAPTURAS=1 npm run test:navegador` rewrites the pictures of the README and of the manual; without it the same walk
 * only proves that every screen of the manual is there with the demonstration company in it.
 */
export async function retratar(pagina: Page, nombre: string): Promise<void> {
  await pagina.evaluate('document.fonts.ready')
  const imagen = await pagina.screenshot(
    process.env['CAPTURAS'] === '1' ? { path: join(MANUAL, `imagenes/${nombre}.png`) } : {},
  )
  expect(imagen.length).toBeGreaterThan(10_000)
}
