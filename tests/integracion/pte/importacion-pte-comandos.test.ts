/** `importar-pte` and `deshacer-importacion` as people run them: options, exit codes and report of contract.md §4. */
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, describe, expect, it } from 'vitest'
import { baseDePruebas } from '../../apoyo/bd.ts'
import { correrComando, type Corrida } from '../../apoyo/comando.ts'
import { textosDeLibro } from '../../apoyo/importacion-web.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../apoyo/libro.ts'

const { url, conexion } = await baseDePruebas()
const carpeta = mkdtempSync(join(tmpdir(), 'importar pte con espacios-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const correr = (comando: 'importar-pte' | 'deshacer-importacion', ...argumentos: string[]): Promise<Corrida> =>
  correrComando({ url, carpeta }, comando, ...argumentos)

function guardar(nombre: string, filas: readonly (readonly CeldaDePrueba[])[]): string {
  const ruta = join(carpeta, nombre)
  const titulos = ['oficio_pte', 'id_tipo_id', 'descripcion_trabajo', 'estatus', 'id_cliente_id', 'fecha_solicitud']
  writeFileSync(ruta, libroDePrueba({ hojas: [{ filas: [titulos, ...filas] }] }))
  return ruta
}

const contar = async (): Promise<number> =>
  (await conexion.pool.query<{ n: number }>('SELECT count(*)::int AS n FROM pte_header')).rows[0]?.n ?? 0

const buena = guardar('buena.xlsx', [
  ['COM-1', 12, 'Trabajo', 1, 1, '15/01/2024'],
  ['COM-2', 12, 'Trabajo', 2, 1, null],
])
const mezclada = guardar('mezclada.xlsx', [
  ['COM-3', 12, 'Trabajo', 1, 1, null],
  ['COM-4', 12, 'Trabajo', 1, 1, '13/112023'],
])

describe('importar-pte', () => {
  it('explains itself; without --si and without a terminal it stops with 2', async () => {
    const ayuda = await correr('importar-pte', '--ayuda')
    expect(ayuda.codigo).toBe(0)
    for (const opcion of ['--simular', '--si', '--todo-o-nada', '--informe=', '--errores=', '--usuario=', '--json'])
      expect(ayuda.salida).toContain(opcion)
    expect(ayuda.salida).not.toContain('--crear-ptes')
    expect(await correr('importar-pte', buena)).toMatchObject({
      codigo: 2,
      errores: expect.stringContaining('--si') as string,
    })
    expect(await contar()).toBe(0)
  })

  it('--simular reports and writes nothing; --si imports; again, there is nothing to do', async () => {
    const simulada = await correr('importar-pte', buena, '--simular', '--json')
    expect(simulada.codigo).toBe(0)
    expect(JSON.parse(simulada.salida)).toMatchObject({
      lote: null,
      archivo: 'buena.xlsx',
      sha256: expect.stringMatching(/^[0-9a-f]{64}$/) as string,
      simulado: true,
      filas: 2,
      ptes: { total: 2, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 0 },
      errores: [],
      advertencias: [],
    })
    expect(await contar()).toBe(0)
    const hecha = await correr('importar-pte', buena, '--si')
    expect(hecha.codigo).toBe(0)
    expect(hecha.salida).toMatch(/Lote \d+\. Se deshace con: npm run deshacer-importacion -- \d+/)
    expect(await contar()).toBe(2)
    const otra = await correr('importar-pte', buena, '--si')
    expect([otra.codigo, await contar()]).toEqual([0, 2])
    expect(otra.salida).toContain('Todo estaba ya en el sistema')
  })

  it('1 when some are rejected, with their workbook; 2 with --todo-o-nada or when nothing can be read', async () => {
    const [informe, errores] = [join(carpeta, 'informe.json'), join(carpeta, 'errores.xlsx')]
    const todo = await correr('importar-pte', mezclada, '--si', '--todo-o-nada')
    expect([todo.codigo, await contar()]).toEqual([2, 2])
    const parte = await correr('importar-pte', mezclada, '--si', `--informe=${informe}`, `--errores=${errores}`)
    expect([parte.codigo, await contar()]).toEqual([1, 3])
    expect(JSON.parse(readFileSync(informe, 'utf8'))).toMatchObject({
      ptes: { total: 2, creadas: 1, rechazadas: 1 },
      errores: [{ hoja: 'Hoja1', fila: 3, columna: 'fecha_solicitud', celda: 'F3', valor: '13/112023' }],
    })
    const hojas = await textosDeLibro(readFileSync(errores))
    expect(hojas['Rechazadas']?.[1]?.slice(0, 3)).toEqual(['Hoja1', '3', 'COM-4'])
    expect(await correr('importar-pte', join(carpeta, 'no-existe.xlsx'), '--si')).toMatchObject({ codigo: 2 })
  })
})

describe('deshacer-importacion', () => {
  it('undoes a batch of PTEs as it does one of OTs', async () => {
    const { rows } = await conexion.pool.query<{ id: string; clase: string }>(
      'SELECT id, clase FROM lote_importacion ORDER BY id LIMIT 1',
    )
    expect(rows[0]?.clase).toBe('pte')
    const deshecha = await correr('deshacer-importacion', rows[0]?.id ?? '', '--json')
    expect(deshecha.codigo).toBe(0)
    expect(JSON.parse(deshecha.salida)).toMatchObject({ lote: Number(rows[0]?.id), eliminadas: 2, conservadas: [] })
    expect(await contar()).toBe(1)
    expect(await correr('deshacer-importacion', '999999')).toMatchObject({ codigo: 2 })
  })
})
