import { HtmlValidate } from 'html-validate'
import { describe, expect, it } from 'vitest'
import { CLASES_DE_IMPORTACION } from '../../../src/importaciones.ts'
import { GRUPOS } from '../../../src/modulos/usuarios/permisos-por-grupo.ts'
import { RUTAS } from '../../../src/web/rutas-montadas.ts'
import { PUBLICO } from '../../../src/web/rutas.ts'
import { crearAppDePruebas, type Quien } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)

const validador = new HtmlValidate({
  extends: ['html-validate:recommended', 'html-validate:document'],
  rules: {
    // Matters of taste that Prettier or the templates decide.
    'no-trailing-whitespace': 'off',
    'attribute-boolean-style': 'off',
    'attribute-empty-style': 'off',
    'void-style': 'off',
    'long-title': 'off',
    'doctype-style': 'off',
    // The bars of progress set their width so (style-src-attr of the CSP).
    'no-inline-style': 'off',
    // Everything comes from this very server.
    'require-sri': 'off',
    // A search is sent with Enter.
    'wcag/h32': 'off',
  },
})

const inicial = await crea.ot({
  orden_trabajo: `OT <b>"rara"</b> & más`,
  descripcion_trabajo: `<script>alert(1)</script>`,
  pasos: [3, 1],
  fecha_inicio_programado: '2025-06-01',
  fecha_termino_programado: '2025-06-20',
})
await crea.reprogramacion(inicial, { num_reprogramacion: 1 })
// Each catalogue has a row with the id that the addresses carry.
await app.conexion.pool.query(
  `INSERT INTO responsable_proyecto (id, descripcion) VALUES ($1, '<b>"rara"</b>') ON CONFLICT DO NOTHING`,
  [inicial],
)
await app.conexion.pool.query(
  `INSERT INTO superintendente (id, nombre, sitio_asignado) VALUES ($1, '<script>alert(1)</script>', 1) ON CONFLICT DO NOTHING`,
  [inicial],
)
await crea.pte({ id: inicial, oficio_pte: 'PTE <b>"rara"</b>', descripcion_trabajo: '<script>alert(1)</script>' })
await app.conexion.pool.query(
  `WITH a AS (INSERT INTO cat_categoria (id, clave, descripcion) VALUES ($1, '<b>"rara"', '<script>alert(1)</script>') RETURNING id),
     b AS (INSERT INTO cat_subcategoria (id, id_categoria, clave, descripcion) SELECT $1, a.id, 'B', 'B' FROM a RETURNING id)
   INSERT INTO cat_clasificacion (id, id_subcategoria, clave, descripcion) SELECT $1, b.id, 'C', 'C' FROM b`,
  [inicial],
)
const creaProduccion = fabricasProduccion(app.conexion.pool)
const RARA = { anexo: 'C-2', codigo: '2.<b>', concepto: '<script>alert(1)</script>' }
await creaProduccion.version(inicial, [{ ...RARA, volumen: '10' }])
const { partidas } = await creaProduccion.version(inicial, [{ ...RARA, volumen: '20' }])
for (const partida of partidas) {
  const capturada = await creaProduccion.produccion(partida, { fecha: '2025-06-10', volumen: '1', gpuDe: null })
  const datosDeGpu = { id: inicial, archivo: 'https://x.mx/?a="<b>', nota_bloqueo: '<script>alert(1)</script>' }
  await creaProduccion.gpu(capturada, datosDeGpu)
  await app.conexion.pool.query(
    `WITH e AS (INSERT INTO estimacion_header (id, id_ot, numero, fecha_estimacion, fecha_desde, fecha_hasta, tipo_cambio, tipo_cambio_fuente, comentario)
       VALUES ($1, $1, 1, '2025-06-30', '2025-06-01', '2025-06-30', 18, '<b>"rara"</b>', '<script>alert(1)</script>') RETURNING id)
     INSERT INTO estimacion_detalle (id_estimacion_header, id_produccion, volumen_actual, volumen_estimado, precio_unitario_mn, precio_unitario_usd,
       anexo, codigo, concepto, unidad)
     SELECT id, $2, 1, 1, 1, 1, 'C-2', '<b>"rara"</b>', '<script>alert(1)</script>', '<b>"rara"' FROM e`,
    [inicial, capturada],
  )
}
const CUENTA = { total: 1, creadas: 1, actualizadas: 0, sin_cambio: 0, rechazadas: 0 }
const FALTA = {
  hoja: 'OT',
  fila: 7,
  columna: 'fecha',
  celda: 'C7',
  valor: '<i>13/112023</i>',
  mensaje: 'No es una fecha.',
}
/** A batch of each class of import, by the address of its page. */
const LOTES = new Map<string, number>()
for (const { clave, base } of CLASES_DE_IMPORTACION) {
  const { rows } = await app.conexion.pool.query<{ id: string }>(
    `INSERT INTO lote_importacion (clase, archivo, sha256, resumen) VALUES ($1, '<b>OT</b>.xlsx', repeat('a', 64), $2) RETURNING id`,
    [
      clave,
      JSON.stringify({
        lote: 1,
        archivo: '<b>OT</b>.xlsx',
        sha256: 'a'.repeat(64),
        simulado: false,
        filas: 3,
        iniciales: CUENTA,
        reprogramaciones: CUENTA,
        otras: { total: 1, rechazadas: 1 },
        ptes_creadas: 0,
        conceptos: CUENTA,
        secciones: { total: 1, creadas: 1 },
        sub_anexos_creados: 0,
        errores: [FALTA],
        advertencias: [FALTA],
        segundos: 0.5,
      }),
    ],
  )
  LOTES.set(`${base}lotes/:id/`, Number(rows[0]?.id))
}

await app.conexion.pool.query(
  `WITH c AS (INSERT INTO contrato_concepto_maestro (id, id_tipo_partida, partida_extraordinaria, descripcion, id_unidad_medida, comentario)
     VALUES ($1, 7, '<b>"rara"</b>', '<script>alert(1)</script>', 15, '<script>alert(1)</script>') RETURNING id)
   INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, origen, archivo, hoja, fila)
   SELECT id, 1, 0, 0, 0, now(), 'importacion', '<b>"rara".xlsx', 'Hoja', 3 FROM c`,
  [inicial],
)

await app.conexion.pool.query(
  `WITH c AS (INSERT INTO contrato (id, numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino)
       VALUES ($1, '<b>"rara"</b>', '<script>alert(1)</script>', 1, '2025-01-01', '2025-12-31')
       ON CONFLICT (id) DO UPDATE SET numero_contrato = excluded.numero_contrato, descripcion = excluded.descripcion RETURNING id),
     a AS (INSERT INTO contrato_anexo_maestro (id, id_contrato, clave, descripcion, monto_mn, archivo, archivo_nombre)
       SELECT id, id, '<b>"rara"</b>', '<script>alert(1)</script>', 5, 'x', '<b>"rara".pdf' FROM c
       ON CONFLICT (id) DO UPDATE SET clave = excluded.clave, descripcion = excluded.descripcion, archivo = 'x', archivo_nombre = excluded.archivo_nombre RETURNING id),
     s AS (INSERT INTO contrato_sub_anexo (id, id_anexo_maestro, clave_anexo, descripcion)
       SELECT id, id, 'RARA', '<script>alert(1)</script>' FROM a
       ON CONFLICT (id) DO UPDATE SET descripcion = excluded.descripcion RETURNING id)
   INSERT INTO contrato_seccion (id_sub_anexo, partida, descripcion, orden) SELECT id, '1.', '<script>alert(1)</script>', 1 FROM s`,
  [inicial],
)

/** What a page needs in its address to be that page. */
const CONSULTAS: Readonly<Record<string, string>> = {
  '/operaciones/ot/importaciones/comparar/': `?ot_id=${String(inicial)}`,
}
const PAGINAS = RUTAS.filter(({ clase }) => clase === 'pagina').map(({ ruta, permiso }) => ({
  ruta: ruta.replaceAll(/:\w+/g, String(LOTES.get(ruta) ?? inicial)) + (CONSULTAS[ruta] ?? ''),
  permiso,
}))
const GENTE: readonly Quien[] = [...GRUPOS, 'superusuario', []]

function faltas(html: string): Promise<string[]> {
  return validador
    .validateString(html)
    .then(({ results }) =>
      results.flatMap(({ messages }) => messages.map(({ ruleId, message, line }) => `${line}: ${ruleId}: ${message}`)),
    )
}

describe('HTML of every page, for every group', () => {
  it.each(GENTE.map((quien) => ({ quien })))('is valid for $quien, with and without permission', async ({ quien }) => {
    const { agente } = await app.entrarComo(quien)
    const mal: string[] = []
    for (const { ruta } of PAGINAS) {
      const r = await agente.get(ruta).set('Accept', 'text/html')
      if (r.status === 302) continue
      if (![200, 403].includes(r.status)) mal.push(`${ruta} ${r.status}`)
      mal.push(...(await faltas(r.text)).map((falta) => `${ruta} ${falta}`))
      if (r.text.includes('<script>alert(1)</script>') || r.text.includes('<b>"rara"'))
        mal.push(`${ruta} prints what was typed as HTML`)
      if (/<script(?![^>]*(src=|type="application\/json"))/.test(r.text) || / on[a-z]+="/.test(r.text))
        mal.push(`${ruta} carries inline script`)
      if (!/<meta name="csrf-token" content="[\da-f]+">/.test(r.text)) mal.push(`${ruta} carries no token`)
    }
    expect(mal).toEqual([])
  })

  it('is valid for who has not logged in, errors included', async () => {
    const mal: string[] = []
    for (const ruta of [
      ...PAGINAS.filter(({ permiso }) => permiso === PUBLICO).map((p) => p.ruta),
      '/nada/',
      '/accounts/login/?session_expired=1&next=/operaciones/ot/%3Fx=%22%3E',
    ]) {
      const r = await app.anonimo().get(ruta).set('Accept', 'text/html')
      if (r.status !== 302) mal.push(...(await faltas(r.text)).map((falta) => `${ruta} ${falta}`))
    }
    expect(mal).toEqual([])
  })

  it('every icon that a page names is in the sprite', async () => {
    const { agente } = await app.entrarComo('superusuario')
    const dibujos = new Map<string, string>()
    const sin: string[] = []
    for (const { ruta } of PAGINAS) {
      const { text } = await agente.get(ruta).set('Accept', 'text/html')
      for (const [, archivo = '', nombre = ''] of text.matchAll(/href="(\/build\/iconos-[^"#]+)#([^"]*)"/g)) {
        if (!dibujos.has(archivo)) dibujos.set(archivo, String((await agente.get(archivo)).body))
        if (dibujos.get(archivo)?.includes(`id="${nombre}"`) !== true) sin.push(`${ruta} ${nombre}`)
      }
    }
    expect(dibujos.size).toBeGreaterThan(0)
    expect(sin).toEqual([])
  })

  it('the lists of PTEs and OTs lead to their imports, for who may', async () => {
    const enlaces = async (quien: Quien, ruta: string): Promise<boolean> => {
      const { agente } = await app.entrarComo(quien)
      const { text } = await agente.get(ruta).set('Accept', 'text/html')
      return /<main[\s\S]*<a class="boton [^>]*href="\/operaciones\/(?:pte|ot)\/importar\/"/.test(text)
    }
    for (const ruta of ['/operaciones/pte/', '/operaciones/ot/']) {
      expect(await enlaces('administrador', ruta)).toBe(true)
      expect(await enlaces('operaciones', ruta)).toBe(false)
    }
  })

  it('every form carries the hidden token', async () => {
    const { agente } = await app.entrarComo('superusuario')
    const sin: string[] = []
    for (const { ruta } of PAGINAS) {
      const { text } = await agente.get(ruta).set('Accept', 'text/html')
      for (const [forma] of text.matchAll(/<form[^>]*method="post"[\s\S]*?<\/form>/g))
        if (!forma.includes('name="csrfmiddlewaretoken"')) sin.push(ruta)
    }
    expect(sin).toEqual([])
  })

  it('the menu of each person has only what they may open', async () => {
    const { agente } = await app.entrarComo(['operaciones.view_ote'])
    const { text } = await agente.get('/').set('Accept', 'text/html')
    const menu = /<ul class="menu-lista">([\s\S]*?)<\/ul>/.exec(text)?.[1] ?? ''
    expect([...menu.matchAll(/<a href="([^"]+)"/g)].map(([, ruta]) => ruta)).toEqual([
      '/operaciones/',
      '/operaciones/ot/',
    ])
    expect(menu).toContain('aria-current="page"')
  })
})
