import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import ExcelJS from 'exceljs'
import { afterAll, describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { leerLibro } from '../../apoyo/descargas.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const { agente } = await app.entrarComo('administrador')
const carpeta = mkdtempSync(join(tmpdir(), 'sascop-textos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

/** Name in the form → column, and how many characters fit (null = no limit of its own). */
const CAMPOS = [
  ['orden_trabajo', 'orden_trabajo', 100],
  ['oficio_ot', 'oficio_ot', 100],
  ['responsable_cliente', 'responsable_cliente', 200],
  ['descripcion_trabajo', 'descripcion_trabajo', null],
  ['comentario_general', 'comentario', null],
  ['comentario_reprogramacion', 'comentario_reprogramacion', null],
] as const
const TEXTOS = [
  '<script>alert(1)</script>',
  `=cmd|' /C calc'!A0`,
  `'; DROP TABLE ot; --`,
  '@SUM(1+1)',
  '-2+3',
  '<img src=x onerror=alert(1)>',
]
const LARGO = 'ñ'.repeat(10_000)

const editar = (id: number, campo: string, texto: string) =>
  agente
    .post('/operaciones/ot/editar/')
    .type('form')
    .send({ id, [campo]: texto })
const bajar = (ruta: string) =>
  agente
    .get(ruta)
    .buffer(true)
    .parse((respuesta, listo) => {
      const trozos: Buffer[] = []
      respuesta.on('data', (trozo: Buffer) => trozos.push(trozo))
      respuesta.on('end', () => {
        listo(null, Buffer.concat(trozos))
      })
    })

describe.each(CAMPOS)('a hostile text in %s', (campo, columna, cabe) => {
  it.each(TEXTOS)('%s is stored and shown as it was typed', async (texto) => {
    const id = await crea.reprogramacion(await crea.ot())
    expect((await editar(id, campo, texto)).status).toBe(200)
    expect(await crea.leerOt(id)).toMatchObject({ [columna]: texto })
    for (const pagina of [`/operaciones/ot/${id}/`, `/operaciones/ot/${id}/linaje/`]) {
      const { status, text } = await agente.get(pagina).set('Accept', 'text/html')
      expect([status, /<script>alert|<img src=x/.test(text)]).toEqual([200, false])
    }
  })

  it('10,000 characters: stored whole where they fit, else refused at the field', async () => {
    const id = await crea.reprogramacion(await crea.ot())
    const { status, body } = await editar(id, campo, LARGO)
    expect([status, Object.keys((body as { campos?: object }).campos ?? {})]).toEqual(
      cabe === null ? [200, []] : [400, [campo]],
    )
    const guardado = (await crea.leerOt(id))[columna]
    expect(guardado === LARGO).toBe(cabe === null)
  })
})

describe('hostile texts in the downloads', () => {
  it('a workbook carries them as texts and a CSV as something that no sheet computes', async () => {
    for (const [i, texto] of TEXTOS.entries())
      await crea.ot({ orden_trabajo: `EXPORTA-${i}`, descripcion_trabajo: texto, comentario: texto })
    const consulta =
      'filtro=EXPORTA&columnas=orden_trabajo,descripcion_trabajo,comentario&order[0][name]=orden_trabajo&order[0][dir]=asc'
    const libro = await bajar(`/operaciones/ot/exportar/?formato=xlsx&${consulta}`)
    const csv = await bajar(`/operaciones/ot/exportar/?formato=csv&${consulta}`)
    const ruta = join(carpeta, 'ot.xlsx')
    writeFileSync(ruta, libro.body as Buffer)

    const [, ...filas] = await leerLibro(ruta)
    expect(filas.map((fila) => fila.slice(1, 3))).toEqual(TEXTOS.map((texto) => [texto, texto]))
    const abierto = new ExcelJS.Workbook()
    await abierto.xlsx.readFile(ruta)
    expect(abierto.worksheets[0]?.getCell('B3').type).toBe(ExcelJS.ValueType.String)
    expect((csv.body as Buffer).toString('utf8')).not.toMatch(/(?:^|,)"?[=@+-]/m)
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
