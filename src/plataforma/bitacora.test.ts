import { describe, expect, it } from 'vitest'
import { crearBitacora } from './bitacora.ts'
import { rastro } from './rastro.ts'

function escribiendo(legible: boolean) {
  const lineas: string[] = []
  return { lineas, bitacora: crearBitacora({ nivel: 'info', legible, destino: { write: (l) => void lineas.push(l) } }) }
}

describe('log', () => {
  it('adds the id of the request to each of its lines and not to others', () => {
    const { lineas, bitacora } = escribiendo(false)
    rastro.run({ solicitudId: 'abc', consultas: 0 }, () => bitacora.info({ ms: 3 }, 'hola'))
    bitacora.info('fuera')
    expect(lineas.map((linea) => JSON.parse(linea) as unknown)).toMatchObject([
      { level: 'info', solicitudId: 'abc', ms: 3, msg: 'hola' },
      { level: 'info', msg: 'fuera' },
    ])
    expect(lineas[1]).not.toContain('solicitudId')
  })

  it('never writes passwords', () => {
    const { lineas, bitacora } = escribiendo(false)
    bitacora.info({ cuerpo: { username: 'ana', password: 'secreta' } }, 'entrada')
    expect(lineas[0]).not.toContain('secreta')
  })

  it('is one readable line on a terminal, with the stack of an error below', () => {
    const { lineas, bitacora } = escribiendo(true)
    bitacora.error({ err: new Error('roto') }, 'fallo')
    expect(lineas[0]).toMatch(/^\d\d:\d\d:\d\d error fallo\nError: roto\n {4}at /)
  })
})
