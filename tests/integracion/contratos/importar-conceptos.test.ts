/** `npm run importar-conceptos` as people run it: options, exit codes and report (contract.md §4, settled.md §6). */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, it } from 'vitest'
import type { InformePrecios } from '../../../src/modulos/contratos/importacion/precios.informe.ts'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { correrComando, type Corrida } from '../../apoyo/comando.ts'
import { concepto, leerPrecios, libroDeContrato } from '../../apoyo/precios.ts'

const { url, conexion } = await baseDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'importar conceptos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const correr = (comando: string, ...argumentos: string[]): Promise<Corrida> =>
  correrComando({ url, carpeta }, comando, ...argumentos)

const ruta = (nombre: string): string => join(carpeta, nombre)
function guardar(nombre: string, contenido: Buffer): string {
  writeFileSync(ruta(nombre), contenido)
  return ruta(nombre)
}
const contar = async (): Promise<number> =>
  (await conexion.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM contrato_concepto_maestro')).rows[0]?.n ??
  -1

const bueno = guardar('bueno.xlsx', libroDeContrato(concepto(), concepto({ PARTIDA: '2.2.' })))
const mezclado = guardar(
  'mezclado.xlsx',
  libroDeContrato(concepto({ PARTIDA: '2.3.' }), concepto({ PARTIDA: '2.4.', UNIDAD: 'BARRIL' })),
)

it('dry run, refusals, load, again, half, rejected rows, undo: with their exit codes', async () => {
  const ayuda = await correr('importar-conceptos', '--ayuda')
  expect(ayuda.codigo).toBe(0)
  for (const opcion of [
    '--contrato=',
    '--crear',
    '--simular',
    '--si',
    '--todo-o-nada',
    '--informe=',
    '--errores=',
    '--usuario=',
  ])
    expect(ayuda.salida).toContain(opcion)

  const sinCrear = await correr('importar-conceptos', bueno, '--contrato=GRZ 801', '--si')
  expect([sinCrear.codigo, sinCrear.errores]).toEqual([2, expect.stringContaining('No existe el contrato GRZ 801')])
  const simulado = await correr('importar-conceptos', bueno, '--contrato=GRZ 801', '--crear', '--simular', '--json')
  expect(simulado.codigo).toBe(0)
  expect(JSON.parse(simulado.salida)).toMatchObject({ lote: null, simulado: true, filas: 2, conceptos: { creadas: 2 } })
  expect(await contar()).toBe(0)

  const cargado = await correr(
    'importar-conceptos',
    bueno,
    '--contrato=GRZ 801',
    '--crear',
    '--si',
    `--informe=${ruta('informe.json')}`,
  )
  expect([cargado.codigo, cargado.errores]).toEqual([0, ''])
  const informe = JSON.parse(readFileSync(ruta('informe.json'), 'utf8')) as InformePrecios
  expect(informe).toMatchObject({
    archivo: 'bueno.xlsx',
    simulado: false,
    conceptos: { total: 2, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 0 },
    errores: [],
  })
  expect(Object.keys(informe.conceptos)).toEqual(['total', 'creadas', 'actualizadas', 'sin_cambio', 'rechazadas'])
  expect(informe.sha256).toMatch(/^[0-9a-f]{64}$/)
  expect(await contar()).toBe(2)

  const otra = await correr('importar-conceptos', bueno, '--contrato=grz 801', '--si', '--json')
  expect([otra.codigo, (JSON.parse(otra.salida) as InformePrecios).conceptos.sin_cambio]).toEqual([0, 2])

  expect((await correr('importar-conceptos', mezclado, '--contrato=GRZ 801', '--si', '--todo-o-nada')).codigo).toBe(2)
  expect((await correr('importar-conceptos', mezclado, '--contrato=GRZ 801', '--simular')).codigo).toBe(1)
  expect(await contar()).toBe(2)
  const medio = await correr(
    'importar-conceptos',
    mezclado,
    '--contrato=GRZ 801',
    '--si',
    `--errores=${ruta('malas.xlsx')}`,
  )
  expect([medio.codigo, medio.salida]).toEqual([
    1,
    expect.stringMatching(/ {2}hoja Anexo C-2-CR, fila 3: En D3 dice "BARRIL"/),
  ])
  expect(await contar()).toBe(3)
  expect((await leerPrecios(readFileSync(ruta('malas.xlsx')))).filas.map(({ valores }) => valores.partida)).toEqual([
    '2.4.',
  ])

  const malo = guardar('malo.xlsx', libroDeContrato(concepto({ UNIDAD: 'BARRIL' })))
  expect((await correr('importar-conceptos', malo, '--contrato=GRZ 801', '--si')).codigo).toBe(2)
  expect(
    (await correr('importar-conceptos', guardar('vacio.xlsx', Buffer.alloc(0)), '--contrato=GRZ 801', '--si')).codigo,
  ).toBe(2)

  const deshecho = await correr('deshacer-importacion', String(informe.lote))
  expect([deshecho.codigo, deshecho.salida]).toEqual([0, expect.stringContaining('2 conceptos eliminados')])
}, 120_000)
