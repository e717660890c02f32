import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TABLA_OT } from '../../src/modulos/ot/ot.tabla.ts'

/** The number of reprogramaciones is on the screen as the badge of the first column. */
const SOLO_EXPORTA = ['count_reprogramaciones']

describe('columns of the OT table', () => {
  const pagina = readFileSync(join(import.meta.dirname, '../../src/cliente/paginas/ot/lista.ts'), 'utf8')
  const [, lista = ''] = /const COLUMNAS: .*?= \[\n(.*?)\n\]\n/s.exec(pagina) ?? []
  const enPantalla = lista
    .split(/\n(?= {2}\{)/)
    .filter((columna) => !columna.includes('fija: true'))
    .map((columna) => ({
      clave: /nombre: '(\w+)'/.exec(columna)?.[1] ?? '',
      ordenable: columna.includes('ordenable: true'),
    }))
  const porClave = (a: { clave: string }, b: { clave: string }): number => a.clave.localeCompare(b.clave)

  it('the screen (lista.ts) and the server (ot.tabla.ts) have the same ones, and sort by the same ones', () => {
    const enServidor = TABLA_OT.columnas
      .filter(({ clave }) => !SOLO_EXPORTA.includes(clave))
      .map(({ clave, orden }) => ({ clave, ordenable: orden !== undefined }))
    expect(enPantalla.length).toBeGreaterThan(20)
    expect(enPantalla.toSorted(porClave)).toEqual(enServidor.toSorted(porClave))
  })
})
