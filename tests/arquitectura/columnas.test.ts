import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { TABLA_OT } from '../../src/modulos/ot/ot.tabla.ts'
import { TABLA_PTE } from '../../src/modulos/pte/pte.tabla.ts'

const TABLAS = [
  // The number of reprogramaciones is on the screen as the badge of the first column.
  { pagina: 'ot', columnas: TABLA_OT.columnas, soloExporta: ['count_reprogramaciones'] },
  // The count of steps is below the bar of progress.
  { pagina: 'pte', columnas: TABLA_PTE.columnas, soloExporta: ['pasos_completados', 'total_pasos'] },
]

describe.each(TABLAS)('columns of the table of $pagina', ({ pagina, columnas, soloExporta }) => {
  const texto = readFileSync(join(import.meta.dirname, `../../src/cliente/paginas/${pagina}/lista.ts`), 'utf8')
  const [, lista = ''] = /const COLUMNAS: .*?= \[\n(.*?)\n\]\n/s.exec(texto) ?? []
  const enPantalla = lista
    .split(/\n(?= {2}\{)/)
    .filter((columna) => !columna.includes('fija: true'))
    .map((columna) => ({
      clave: /nombre: '(\w+)'/.exec(columna)?.[1] ?? '',
      ordenable: columna.includes('ordenable: true'),
    }))
  const porClave = (a: { clave: string }, b: { clave: string }): number => a.clave.localeCompare(b.clave)

  it('the screen (lista.ts) and the server (its DefTabla) have the same ones, and sort by the same ones', () => {
    const enServidor = columnas
      .filter(({ clave }) => !soloExporta.includes(clave))
      .map(({ clave, orden }) => ({ clave, ordenable: orden !== undefined }))
    expect(enPantalla.length).toBeGreaterThan(15)
    expect(enPantalla.toSorted(porClave)).toEqual(enServidor.toSorted(porClave))
  })
})
