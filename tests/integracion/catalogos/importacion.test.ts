/** A catalogue as a workbook: what its export writes comes back by its import (issue B §2). */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { PassThrough } from 'node:stream'
import { buffer } from 'node:stream/consumers'
import { afterAll, describe, expect, it } from 'vitest'
import { CATALOGOS } from '../../../src/modulos/catalogos/descripciones/index.ts'
import { CLASES_DE_CATALOGO } from '../../../src/modulos/catalogos/importacion/importacion.clase.ts'
import { exportarCatalogo } from '../../../src/modulos/catalogos/motor/motor.exportacion.ts'
import { tablaDe } from '../../../src/modulos/catalogos/motor/motor.tabla.ts'
import { analizar, aplicar, deshacerLote, type Conteo } from '../../../src/modulos/importacion/index.ts'
import type { Contexto } from '../../../src/plataforma/contexto.ts'
import { leerPeticionTabla } from '../../../src/web/peticion-tabla.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes, leerLibro } from '../../apoyo/descargas.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../apoyo/libro.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const ctx = await app.ctxDe('administrador')
const carpeta = mkdtempSync(join(tmpdir(), 'importar catalogos-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

const PEDIDO = { opciones: {}, todoONada: false }

function claseDe(slug: string) {
  const clase = CLASES_DE_CATALOGO.find((candidata) => candidata.clave === `catalogo_${slug}`)
  if (!clase) throw new Error(slug)
  return clase
}

let serie = 0
function archivo(contenido: Buffer): { ruta: string; nombre: string } {
  const ruta = join(carpeta, `libro ${String((serie += 1))}.xlsx`)
  writeFileSync(ruta, contenido)
  return { ruta, nombre: 'libro.xlsx' }
}

const libro = (columnas: readonly string[], filas: readonly (readonly CeldaDePrueba[])[]): Buffer =>
  libroDePrueba({ hojas: [{ nombre: 'Catálogo', filas: [columnas, ...filas] }] })

const NADA: Conteo = { total: 0, creadas: 0, actualizadas: 0, sin_cambio: 0, rechazadas: 0 }
const conteo = (slug: string, informe: object): Conteo => (informe as Record<string, Conteo>)[slug] ?? NADA

async function exportada(slug: string): Promise<Buffer> {
  const def = CATALOGOS.find((candidato) => candidato.slug === slug)
  if (!def) throw new Error(slug)
  const tabla = tablaDe(def)
  const { escribir } = await exportarCatalogo(ctx, def, tabla, leerPeticionTabla(tabla, { estado: 'todos' }), 'xlsx')
  const salida = new PassThrough()
  const [contenido] = await Promise.all([buffer(salida), escribir(salida)])
  return contenido
}

await pool.query(
  `WITH a AS (INSERT INTO cat_categoria (clave, descripcion) VALUES ('A', 'Uno'), ('B', 'Dos') RETURNING id),
     b AS (INSERT INTO cat_subcategoria (id_categoria, clave, descripcion) SELECT id, '1', 'Sub' FROM a RETURNING id)
   INSERT INTO cat_clasificacion (id_subcategoria, clave, descripcion) SELECT id, 'x', 'Cla' FROM b`,
)

describe('the export of a catalogue comes back', () => {
  it.each(CATALOGOS.map(({ slug }) => ({ slug })))('$slug: nothing changes', async ({ slug }) => {
    if (slug === 'superintendentes')
      await pool.query(`INSERT INTO superintendente (nombre, sitio_asignado) VALUES ('Luis', 1), ('Ana', 6)`)
    const { informe, plan } = await analizar(ctx, claseDe(slug), archivo(await exportada(slug)), PEDIDO)
    expect([informe.errores, informe.advertencias]).toEqual([[], []])
    const { total, sin_cambio: iguales } = conteo(slug, informe)
    expect([total > 1, iguales, plan.escribe]).toEqual([true, total, false])
  })
})

describe('a workbook of sites', () => {
  const COLUMNAS = ['ID', 'Descripción', 'Frente', 'Comentario', 'Estatus']

  it('creates, changes, rejects with the cell, leaves its trace, and is undone whole', async () => {
    const filas = [
      [1, 'BARCO RENOMBRADO', 'Embarcación', 'nuevo', 'Activo'],
      [null, 'PLATAFORMA NUEVA', 'plataforma', null, null],
      [null, 'otra nueva', '7', null, 'Inactivo'],
      [null, 'SIN FRENTE', null, null, null],
      [null, 'MAL FRENTE', 'LUNA', null, null],
      [null, 'FRENTE DE OT', 'TIERRA', null, null],
      [2, 'EMBARCACIÓN 3', 'EMBARCACION', null, null],
      [null, 'Plataforma  Nueva', 'PLATAFORMA', null, null],
    ]
    const informe = await aplicar(ctx, claseDe('sitios'), archivo(libro(COLUMNAS, filas)), PEDIDO)
    expect(conteo('sitios', informe)).toMatchObject({ total: 8, creadas: 2, actualizadas: 1, rechazadas: 5 })
    expect(informe.errores.map(({ celda, mensaje }) => [celda, mensaje])).toEqual([
      ['C5', 'En C5 falta el frente.'],
      ['C6', 'En C6 dice "LUNA" y no es una opción del catálogo.'],
      ['C7', 'En C7 dice "TIERRA" y no es una opción del catálogo.'],
      ['B8', 'En B8 dice "EMBARCACIÓN 3" y ya lo tiene el registro 3.'],
      ['B9', 'En B9 dice "Plataforma  Nueva" y ya está en la fila 3.'],
    ])
    expect(informe.advertencias.map(({ celda }) => celda)).toEqual(['E4'])
    const { rows } = await pool.query(
      `SELECT descripcion, id_frente::int AS frente, activo, version FROM sitio WHERE id = 1 OR descripcion ILIKE '%nueva' ORDER BY id`,
    )
    expect(rows).toEqual([
      { descripcion: 'BARCO RENOMBRADO', frente: 6, activo: true, version: 2 },
      { descripcion: 'PLATAFORMA NUEVA', frente: 7, activo: true, version: 1 },
      { descripcion: 'otra nueva', frente: 7, activo: true, version: 1 },
    ])
    const bitacora = await crea.leerBitacora(6, 1)
    expect(bitacora.map(({ evento, campo, anterior, actual }) => [evento, campo, anterior, actual])).toEqual([
      ['MODIFICAR', 'Descripción', 'EMBARCACIÓN 1', 'BARCO RENOMBRADO'],
      ['MODIFICAR', 'Comentario', 'Registro base. Captura aquí el nombre real.', 'nuevo'],
    ])
    const otraVez = await analizar(ctx, claseDe('sitios'), archivo(libro(COLUMNAS, filas.slice(0, 3))), PEDIDO)
    expect(conteo('sitios', otraVez.informe)).toMatchObject({ total: 3, sin_cambio: 3 })
    await deshacerLote(ctx, claseDe('sitios'), informe.lote ?? 0)
    const { rows: despues } = await pool.query(
      `SELECT descripcion FROM sitio WHERE id = 1 OR descripcion ILIKE '%nueva' ORDER BY id`,
    )
    expect(despues).toEqual([{ descripcion: 'EMBARCACIÓN 1' }])
  })

  it('undoing keeps what something already uses', async () => {
    const informe = await aplicar(
      ctx,
      claseDe('sitios'),
      archivo(libro(COLUMNAS, [[null, 'USADA PRONTO', 'PLATAFORMA', null, null]])),
      PEDIDO,
    )
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM sitio WHERE descripcion = 'USADA PRONTO'`)
    await crea.ot({ id_frente: 4, id_plataforma: Number(rows[0]?.id) })
    const resumen = await deshacerLote(ctx, claseDe('sitios'), informe.lote ?? 0)
    expect(resumen.conservadas.map(({ folio, motivo }) => [folio, motivo])).toEqual([['USADA PRONTO', 'está en uso']])
  })
})

describe('what an import does not do either', () => {
  it('rows of the system keep their level, and a field that others depend on does not change', async () => {
    const tipo = await pool.query<{ id: string }>(
      `INSERT INTO tipo (descripcion, nivel_afectacion) VALUES ('USADO', 1) RETURNING id`,
    )
    await crea.pte({ id_tipo: Number(tipo.rows[0]?.id) })
    const { informe } = await analizar(
      ctx,
      claseDe('tipos'),
      archivo(
        libro(
          ['ID', 'Descripción', 'Afectación'],
          [
            [7, 'EXTRAORDINARIA', 'Partida'],
            [6, 'ORDINARIA', 'PTE'],
            [Number(tipo.rows[0]?.id), 'USADO', 'Clientes'],
          ],
        ),
      ),
      PEDIDO,
    )
    expect(conteo('tipos', informe)).toMatchObject({ actualizadas: 1, rechazadas: 2 })
    expect(informe.errores.map(({ mensaje }) => mensaje.replace(/^.*\) /, ''))).toEqual([
      'es del sistema: solo se pueden cambiar su descripción y su comentario.',
      'está en uso y no puede cambiar de afectación.',
    ])
  })

  it('units: the key is upper case and nobody else has it, active or not', async () => {
    await pool.query('UPDATE unidad_medida SET activo = FALSE WHERE id = 24')
    const { informe, plan } = await analizar(
      ctx,
      claseDe('unidad_medida'),
      archivo(
        libro(
          ['Descripción', 'Clave'],
          [
            ['Tambor', 'tam'],
            ['Tambores', 'TAM'],
            ['Estación nueva', 'estacion'],
          ],
        ),
      ),
      PEDIDO,
    )
    expect(plan.cuantas.crear).toBe(1)
    expect(informe.errores.map(({ celda }) => celda)).toEqual(['B3', 'B4'])
    await pool.query('UPDATE unidad_medida SET activo = TRUE WHERE id = 24')
  })

  it('steps: numbers, weights and substeps as in the form', async () => {
    const { informe } = await analizar(
      ctx,
      claseDe('pasos'),
      archivo(
        libro(
          ['Descripción', 'Cliente', 'Orden', 'Importancia', 'Clase'],
          [
            ['Bueno', 'CONTRATO', '11', 5, null],
            ['Subpaso sin número', 'CONTRATO', '4', 5, 'Subpaso'],
            ['Orden malo', 'CONTRATO', 'uno', 5, null],
            ['Sin peso', 'CONTRATO', '12', -1, null],
            ['Peso en letra', 'CONTRATO', '13', 'mucho', null],
          ],
        ),
      ),
      PEDIDO,
    )
    expect(conteo('pasos', informe)).toMatchObject({ creadas: 1, rechazadas: 4 })
    expect(informe.errores.at(-1)?.mensaje).toBe('En D6 dice "mucho" y no es un porcentaje.')
  })

  it('the template, and what is said of a missing column, call the columns as the export does', async () => {
    const { agente } = await app.entrarComo('administrador')
    const { body } = await agente.get('/operaciones/catalogos/sitios/importar/plantilla/').buffer(true).parse(bytes)
    const filas = await leerLibro(archivo(body as Buffer).ruta)
    expect(filas[0]).toEqual(['ID', 'Descripción', 'Frente', 'Comentario', 'Estatus'])
    await expect(
      analizar(ctx, claseDe('sitios'), archivo(libro(['Descripción', 'Afectación'], [['X', 'PTE']])), PEDIDO),
    ).rejects.toMatchObject({ message: expect.stringContaining('falta la columna Frente.') as string })
  })

  it('nobody without the permissions of the catalogue imports it', async () => {
    const soloImportar: Contexto = await app.ctxDe(['operaciones.importar_catalogos', 'operaciones.view_sitio'])
    await expect(
      analizar(soloImportar, claseDe('sitios'), archivo(libro(['Descripción', 'Frente'], [['X', 'PATIO']])), PEDIDO),
    ).rejects.toMatchObject({ estado: 403 })
  })

  it('its page and its template answer, and the page of the catalogue leads to it', async () => {
    const { agente } = await app.entrarComo('administrador')
    const pagina = await agente.get('/operaciones/catalogos/sitios/importar/').set('Accept', 'text/html')
    expect([pagina.status, pagina.text.includes('Importar sitios')]).toEqual([200, true])
    expect((await agente.get('/operaciones/catalogos/sitios/importar/plantilla/')).status).toBe(200)
    const catalogo = await agente.get('/operaciones/catalogos/sitios/').set('Accept', 'text/html')
    expect(catalogo.text).toContain('href="/operaciones/catalogos/sitios/importar/"')
    const { agente: consulta } = await app.entrarComo('consulta')
    const sinPermiso = await consulta.get('/operaciones/catalogos/sitios/').set('Accept', 'text/html')
    expect(sinPermiso.text).not.toContain('/sitios/importar/')
  })
})
