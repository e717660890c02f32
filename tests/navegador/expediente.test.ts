// Expediente of an estimation from its page: a small one comes at once, a big one when the server has it.
import { readFileSync } from 'node:fs'
import { expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { escenaDeEstimacion, type Escena } from '../apoyo/estimaciones.ts'
import { crearNavegador, violacionesDeAxe } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z', cola: true })
const { pool } = app.conexion
const navegador = crearNavegador(app)
const { agente } = await app.entrarComo('estimaciones')

async function crear({ ot, a, b, e }: Escena): Promise<string> {
  const { body } = await agente.post('/operaciones/estimaciones/crear/').send({
    id_ot: ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [a, b, e].map((id_produccion) => ({ id_produccion })),
  })
  return `/operaciones/estimaciones/${String((body as { id_nuevo: number }).id_nuevo)}/`
}

it('a small one is a download of the page', async () => {
  const pagina = await navegador.entrar('estimaciones')
  await pagina.goto(await crear(await escenaDeEstimacion(pool)))
  const [descarga] = await Promise.all([
    pagina.waitForEvent('download'),
    pagina.getByRole('link', { name: 'Expediente' }).click(),
  ])
  expect(descarga.suggestedFilename()).toMatch(/^Expediente_Estimacion_1_.*\.pdf$/)
  expect(
    readFileSync(await descarga.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
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
  await pagina.goto(await crear(escena))
  await pagina.getByRole('link', { name: 'Expediente' }).click()
  const dialogo = pagina.getByRole('dialog', { name: 'Expediente de EST-1' })
  await dialogo.getByRole('progressbar').waitFor()
  expect(await violacionesDeAxe(pagina)).toEqual([])
  const [descarga] = await Promise.all([
    pagina.waitForEvent('download'),
    dialogo.getByRole('button', { name: 'Descargar' }).click(),
  ])
  expect(descarga.suggestedFilename()).toMatch(/^Expediente_Estimacion_1_.*\.pdf$/)
  expect(
    readFileSync(await descarga.path())
      .subarray(0, 5)
      .toString(),
  ).toBe('%PDF-')
  await dialogo.waitFor({ state: 'detached' })
})
