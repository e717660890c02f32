import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { RAIZ } from '../../src/plataforma/raiz.ts'

interface Paquete {
  version: string
  resolved?: string
  optionalDependencies?: Record<string, string>
}

function leerJson<T>(ruta: string): T {
  return JSON.parse(readFileSync(join(RAIZ, ruta), 'utf8')) as T
}

describe('packages', () => {
  const { packages } = leerJson<{ packages: Record<string, Paquete> }>('package-lock.json')

  it('has in the lock every optional package: `npm ci` refuses a lock with holes', () => {
    const faltan = Object.entries(packages).flatMap(([ruta, { optionalDependencies = {} }]) =>
      Object.keys(optionalDependencies).filter(
        (nombre) => !(`${ruta}/node_modules/${nombre}` in packages) && !(`node_modules/${nombre}` in packages),
      ),
    )
    expect(faltan).toEqual([])
  })

  it('pins every direct dependency to one version', () => {
    const { dependencies, devDependencies } =
      leerJson<Record<'dependencies' | 'devDependencies', Record<string, string>>>('package.json')
    const sueltas = Object.entries({ ...dependencies, ...devDependencies }).filter(
      ([, version]) => !/^\d/.test(version),
    )
    expect(sueltas).toEqual([])
  })

  it('has the WebAssembly schema engine of the very version of Prisma', () => {
    const de = (nombre: string) => packages[`node_modules/${nombre}`]?.version
    expect(de('@prisma/schema-engine-wasm')).toBe(de('@prisma/engines-version'))
    expect(new Set(['prisma', '@prisma/client', '@prisma/adapter-pg', '@prisma/driver-adapter-utils'].map(de))).toEqual(
      new Set([de('prisma')]),
    )
  })
})
