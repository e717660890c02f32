// Expediente of an estimation from its page: a small one comes at once, a big one when the server has it.
import { readFileSync } from 'node:fs'
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion, paginaDeBorrador } from '../apoyo/estimaciones.ts'
import { crearNavegador, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z', cola: true })
const { pool } = app.conexion
const navegador = crearNavegador(app)
const { agente } = await app.entrarComo('estimaciones')

/** The file that a click brings is the expediente of EST-1. */
async function descargar(pagina: Page, boton: Locator): Promise<void> {
  const [descarga] = await Promise.all([pagina.waitForEvent('download'), boton.click()])
  expect(descarga.suggestedFilename()).toMatch(/^Expediente_Estimacion_1_.*\.pdf$/)
  const inicio = readFileSync(await descarga.path()).subarray(0, 5)
  expect(inicio.toString()).toBe('%PDF-')
}

it('a small one is a download of the page', async () => {
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(await paginaDeBorrador(agente, await escenaDeEstimacion(pool)))
  await descargar(pagina, pagina.getByRole('link', { name: 'Expediente' }))
})

it('a big one shows how it goes, and comes when it is ready', async () => {
  const escena = await escenaDeEstimacion(pool)
  await pool.query(
    `WITH nuevos AS (
       INSERT INTO archivo (sha256, clase, bytes, clave)
       SELECT h.hex, 'pdf', 1, 'contenido/00/' || h.hex || '.pdf'
       FROM generate_series(1, 200) n CROSS JOIN LATERAL (SELECT encode(sha256(n::text::bytea), 'hex') AS hex) h RETURNING id
     ) INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre)
       SELECT g.id, n.id, 'hoja ' || n.id || '.pdf' FROM nuevos n CROSS JOIN registro_generadores_pu g WHERE g.id_produccion = $1`,
    [escena.a],
  )
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(await paginaDeBorrador(agente, escena))
  await pagina.getByRole('link', { name: 'Expediente' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Expediente de EST-1' })
  await dialogo.getByRole('progressbar').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  await descargar(pagina, dialogo.getByRole('button', { name: 'Descargar' }))
  await dialogo.waitFor({ state: 'detached' })
})
