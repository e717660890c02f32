// Settings (settled.md §8): what is stored, who may change each, and its row of the log.
import { expect, it } from 'vitest'
import { leerParametros } from '../../../src/modulos/parametros/index.ts'
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
  await cambiarParametro(ctx, 'permitir_excedente', true)
  await cambiarParametro(ctx, 'permitir_excedente', true)
  expect((await leerParametros(ctx)).permitir_excedente).toBe(true)
  expect(await rastros()).toEqual(['MODIFICAR | Permitir estimar producción excedente | no | sí'])
})

it('two people to bill: only a superuser lifts it; another name does not exist', async () => {
  const ctx = await app.ctxDe('administrador')
  await expect(cambiarParametro(ctx, 'exigir_dos_personas', false)).rejects.toThrow(
    'Solo un superusuario puede cambiar ese parámetro.',
  )
  await expect(cambiarParametro(ctx, 'toString', true)).rejects.toThrow('Ese parámetro no existe.')
  expect((await leerParametros(ctx)).exigir_dos_personas).toBe(true)
  const jefe = await app.ctxDe('superusuario')
  await cambiarParametro(jefe, 'exigir_dos_personas', false)
  expect((await leerParametros(jefe)).exigir_dos_personas).toBe(false)
})
