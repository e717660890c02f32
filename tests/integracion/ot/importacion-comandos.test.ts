/** The two commands as people run them: options, exit codes and report of contract.md §4. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import type { Informe } from '../../../src/modulos/ot/importacion/importacion.tipos.ts'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { correrComando, type Corrida } from '../../apoyo/comando.ts'
import { inicial, libroDeOts, planDe, reprogramacion } from '../../apoyo/importacion.ts'

const { url, conexion } = await baseDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'importar con espacios-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const correr = (comando: 'importar-ot' | 'deshacer-importacion', ...argumentos: string[]): Promise<Corrida> =>
  correrComando({ url, carpeta }, comando, ...argumentos)

const ruta = (nombre: string): string => join(carpeta, nombre)

function guardar(nombre: string, contenido: Buffer): string {
  writeFileSync(ruta(nombre), contenido)
  return ruta(nombre)
}

const contarOts = async (): Promise<number> =>
  (await conexion.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM ot')).rows[0]?.n ?? 0

const buena = guardar('buena.xlsx', libroDeOts([inicial({ id_pte_header_id: 'PTE B' }), reprogramacion()]))
const mezclada = guardar(
  'mezclada.xlsx',
  libroDeOts([
    inicial({ orden_trabajo: 'M-1', id_pte_header_id: 'PTE M' }),
    inicial({ orden_trabajo: 'M-2', fecha_inicio_real: '13/112023', id_pte_header_id: 'PTE M2' }),
  ]),
)

describe('importar-ot', () => {
  it('explains itself, and does not invent options', async () => {
    const ayuda = await correr('importar-ot', '--ayuda')
    expect(ayuda.codigo).toBe(0)
    for (const opcion of [
      '--simular',
      '--si',
      '--crear-ptes',
      '--todo-o-nada',
      '--informe=',
      '--errores=',
      '--usuario=',
      '--json',
    ])
      expect(ayuda.salida).toContain(opcion)
    expect(await correr('importar-ot', buena, '--nada')).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('No existe la opción') as string,
    })
  })

  it('without --si and without a terminal it stops with 2 and writes nothing', async () => {
    expect(await correr('importar-ot', buena)).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('--si') as string,
    })
    expect(await contarOts()).toBe(0)
  })

  it('--simular: 1 while something would be rejected, 0 when not; writes nothing', async () => {
    expect((await correr('importar-ot', buena, '--simular')).codigo).toBe(1)
    const bien = await correr('importar-ot', buena, '--simular', '--crear-ptes', '--json')
    expect(bien.codigo).toBe(0)
    expect(JSON.parse(bien.salida)).toMatchObject({
      lote: null,
      simulado: true,
      filas: 2,
      iniciales: { creadas: 1 },
      ptes_creadas: 1,
    })
    expect(await contarOts()).toBe(0)
  })

  it('0 everything in, and again 0 when it was there already; the report has exactly the keys of the contract', async () => {
    const primera = await correr('importar-ot', buena, '--si', '--crear-ptes', `--informe=${ruta('informe.json')}`)
    expect([primera.codigo, primera.errores]).toEqual([0, ''])
    const informe = JSON.parse(readFileSync(ruta('informe.json'), 'utf8')) as Informe
    expect(Object.keys(informe)).toEqual([
      'lote',
      'archivo',
      'sha256',
      'simulado',
      'filas',
      'iniciales',
      'reprogramaciones',
      'otras',
      'ptes_creadas',
      'errores',
      'advertencias',
      'segundos',
    ])
    expect(informe).toMatchObject({ archivo: 'buena.xlsx', simulado: false, reprogramaciones: { creadas: 1 } })
    expect(informe.sha256).toMatch(/^[0-9a-f]{64}$/)
    const segunda = await correr('importar-ot', buena, '--si', '--json')
    expect(segunda.codigo).toBe(0)
    expect(JSON.parse(segunda.salida)).toMatchObject({ lote: null, iniciales: { sin_cambio: 1 } })
  })

  it('--todo-o-nada with a bad row: 2 and nothing; without it: 1, the good ones in, the bad ones in a workbook to mend', async () => {
    const antes = await contarOts()
    expect((await correr('importar-ot', mezclada, '--si', '--crear-ptes', '--todo-o-nada')).codigo).toBe(2)
    expect(await contarOts()).toBe(antes)
    const parcial = await correr('importar-ot', mezclada, '--si', '--crear-ptes', `--errores=${ruta('malas.xlsx')}`)
    expect(parcial.codigo).toBe(1)
    expect(parcial.salida).toContain('En P3 dice "13/112023" y no es una fecha. ¿Quisiste decir 13/11/2023?')
    expect(await contarOts()).toBe(antes + 1)
    const malas = await planDe(readFileSync(ruta('malas.xlsx')))
    expect(malas.libro.filas.map(({ valores }) => valores.orden_trabajo)).toEqual(['M-2'])
    expect(malas.errores.some(({ valor }) => valor === '13/112023')).toBe(true)
  })

  it('2 when every row is rejected, and when the file cannot be read', async () => {
    const mala = guardar('mala.xlsx', libroDeOts([inicial({ orden_trabajo: 'X', estatus: 10 })]))
    expect((await correr('importar-ot', mala, '--si', '--crear-ptes')).codigo).toBe(2)
    const vacio = guardar('vacio.xlsx', Buffer.alloc(0))
    expect(await correr('importar-ot', vacio, '--si')).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('0 bytes') as string,
    })
    expect((await correr('importar-ot', vacio, '--simular')).codigo).toBe(2)
    expect((await correr('importar-ot', ruta('no-existe.xlsx'), '--si')).codigo).toBe(2)
  })

  it('--usuario signs; an unknown one stops it with 2', async () => {
    expect(await correr('importar-ot', buena, '--si', '--usuario=nadie')).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('nadie') as string,
    })
  })
})

describe('deshacer-importacion', () => {
  it('undoes the batch; again, or another number, is refused with its reason', async () => {
    const { rows } = await conexion.pool.query<{ id: string }>('SELECT id FROM lote_importacion ORDER BY id LIMIT 1')
    const lote = rows[0]?.id ?? ''
    const hecho = await correr('deshacer-importacion', lote, '--json')
    expect(hecho.codigo).toBe(0)
    expect(JSON.parse(hecho.salida)).toMatchObject({ lote: Number(lote), ots_borradas: 2, ptes_borradas: 1 })
    expect(await correr('deshacer-importacion', lote)).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('ya se deshizo') as string,
    })
    expect((await correr('deshacer-importacion', 'uno')).codigo).toBe(2)
  })
})
