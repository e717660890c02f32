// Settings (settled.md §8): what is stored, who may change each, and its row of the log.
import { expect, it } from 'vitest'
import { dinero } from '../../../src/comun/dinero.ts'
import { deduccionesUsuales, leerParametros } from '../../../src/modulos/parametros/index.ts'
import { guardarDeduccionesUsuales } from '../../../src/modulos/parametros/deducciones.service.ts'
import { cambiarParametro } from '../../../src/modulos/parametros/parametros.service.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion

async function rastros(): Promise<unknown[]> {
  const { rows } = await pool.query<{ rastro: string }>(
    `SELECT concat_ws(' | ', evento, campo, valor_anterior, valor_actual) AS rastro FROM registro_actividad WHERE tabla_log = 31 ORDER BY id`,
  )
  return rows.map(({ rastro }) => rastro)
}

it('a setting changes and leaves its row; setting what it already is changes nothing', async () => {
  const ctx = await app.ctxDe('administrador')
  expect((await leerParametros(ctx)).permitir_excedente).toBe(false)
  await cambiarParametro(ctx, 'permitir_excedente', 'true')
  await cambiarParametro(ctx, 'permitir_excedente', 'true')
  expect((await leerParametros(ctx)).permitir_excedente).toBe(true)
  expect(await rastros()).toEqual(['MODIFICAR | Permitir estimar producción excedente | no | sí'])
})

it('two people to bill: only a superuser lifts it; another name does not exist', async () => {
  const ctx = await app.ctxDe('administrador')
  await expect(cambiarParametro(ctx, 'exigir_dos_personas', 'false')).rejects.toThrow(
    'Solo un superusuario puede cambiar ese parámetro.',
  )
  await expect(cambiarParametro(ctx, 'toString', 'true')).rejects.toThrow('Ese parámetro no existe.')
  expect((await leerParametros(ctx)).exigir_dos_personas).toBe(true)
  const jefe = await app.ctxDe('superusuario')
  await cambiarParametro(jefe, 'exigir_dos_personas', 'false')
  expect((await leerParametros(jefe)).exigir_dos_personas).toBe(false)
})

it('a stored text that says neither yes nor no does not lift a control', async () => {
  const ctx = await app.ctxDe('administrador')
  await pool.query("INSERT INTO parametro (clave, valor, fecha) VALUES ('exigir_gpu_firmado', 'nada', now())")
  expect((await leerParametros(ctx)).exigir_gpu_firmado).toBe(true)
  await pool.query("DELETE FROM parametro WHERE clave = 'exigir_gpu_firmado'")
})

it('figures of §9: between their limits, with the default of the installation, and empty is the default again', async () => {
  const ctx = await app.ctxDe('administrador')
  const ahora = async (): Promise<string> => {
    const { dias_max_periodo: dias, tipo_cambio_default: tasa } = await leerParametros(ctx)
    return `${String(dias)} días, ${tasa.toFixed(4)}`
  }
  const antes = (await rastros()).length
  expect(await ahora()).toBe('366 días, 19.1648')
  await cambiarParametro(ctx, 'dias_max_periodo', '31')
  await cambiarParametro(ctx, 'tipo_cambio_default', '20.12345')
  expect(await ahora()).toBe('31 días, 20.1235')
  for (const [clave, valor] of [
    ['dias_max_periodo', '0'],
    ['dias_max_periodo', '3661'],
    ['dias_max_periodo', '30.5'],
    ['tipo_cambio_default', '0'],
    ['tipo_cambio_default', '-1'],
    ['tipo_cambio_default', '1000000'],
    ['tipo_cambio_default', 'diecinueve'],
    // What says neither yes nor no never turns a demand off.
    ['exigir_gpu_firmado', 'quizá'],
    ['exigir_gpu_firmado', ''],
  ] as const)
    await expect(cambiarParametro(ctx, clave, valor)).rejects.toMatchObject({ estado: 400 })
  await cambiarParametro(ctx, 'dias_max_periodo', '')
  await cambiarParametro(ctx, 'tipo_cambio_default', ' ')
  expect(await ahora()).toBe('366 días, 19.1648')
  expect((await rastros()).slice(antes)).toEqual([
    'MODIFICAR | Días que puede abarcar el periodo de una estimación | 366 | 31',
    'MODIFICAR | Tipo de cambio del sistema, en pesos por dólar | 19.1648 | 20.1235',
    'MODIFICAR | Días que puede abarcar el periodo de una estimación | 31 | 366',
    'MODIFICAR | Tipo de cambio del sistema, en pesos por dólar | 20.1235 | 19.1648',
  ])
})

it('deductions that are offered: the whole list, logged as people read it; the same list changes nothing', async () => {
  const ctx = await app.ctxDe('administrador')
  const antes = (await rastros()).length
  const fila = (nombre: string | null, porcentaje: string | null) => ({
    nombre,
    porcentaje: porcentaje === null ? null : dinero(porcentaje),
  })
  expect(await deduccionesUsuales(ctx)).toEqual([])
  await guardarDeduccionesUsuales(ctx, [fila('Anticipo', '30'), fila('Fondo de garantía', '2.5')])
  await guardarDeduccionesUsuales(ctx, [fila('Anticipo', '30'), fila('Fondo de garantía', '2.5')])
  expect(await deduccionesUsuales(ctx)).toEqual([
    { nombre: 'Anticipo', porcentaje: '30' },
    { nombre: 'Fondo de garantía', porcentaje: '2.5' },
  ])
  await expect(guardarDeduccionesUsuales(ctx, [fila('Pena', '1'), fila('PENA', '2')])).rejects.toThrow(
    '«PENA» está dos veces.',
  )
  await expect(guardarDeduccionesUsuales(ctx, [fila(null, '1')])).rejects.toThrow('Renglón 1: escribe el nombre')
  await expect(guardarDeduccionesUsuales(ctx, [fila('Pena', null)])).rejects.toThrow('Renglón 1: escribe el porcentaje')
  await guardarDeduccionesUsuales(ctx, [])
  expect((await rastros()).slice(antes)).toEqual([
    'MODIFICAR | Deducciones usuales |  | Anticipo 30 %, Fondo de garantía 2.5 %',
    'MODIFICAR | Deducciones usuales | Anticipo 30 %, Fondo de garantía 2.5 % | ',
  ])
})

it('the rate of the system is the one of the figures of the annex, of the API and of the production page', async () => {
  const ctx = await app.ctxDe('administrador')
  await cambiarParametro(ctx, 'tipo_cambio_default', '20')
  const { agente } = await app.entrarComo('administrador')
  const { body } = await agente.get('/operaciones/ot/datatable-importaciones/').query({ ot_id: 1 })
  expect((body as { totales: { tipo_cambio: string } }).totales.tipo_cambio).toBe('20.0000')
  expect((await agente.get('/operaciones/produccion/')).text).toContain('"tipo_cambio":"20.0000"')
})
