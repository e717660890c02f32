/** Pictures of the chapters that go from the annex to the collected estimation, over the demonstration company. */
import type { Locator, Page } from 'playwright-core'
import { expect, it } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { almacenEnDisco } from '../../src/plataforma/almacen-disco.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { libroDeAnexo } from '../apoyo/carga-anexo.ts'
import { listaDe, serie } from '../apoyo/libro-volumenes.ts'
import { retratar } from '../apoyo/manual.ts'
import { crearNavegador } from '../apoyo/paginas.ts'

const app = await crearAppDePruebas({ cola: true, reloj: '2026-11-21T18:00:00.000Z' })
await cargarDemo(app.ctx, { produccion: false, almacen: almacenEnDisco(app.carpetaSubidas) })
const navegador = crearNavegador(app)
const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

async function uno<T>(consulta: string, valores: readonly unknown[] = []): Promise<T> {
  const { rows } = await app.conexion.pool.query<{ valor: T }>(consulta, [...valores])
  if (rows[0] === undefined) throw new Error(`Nothing in the demo for: ${consulta}`)
  return rows[0].valor
}

/** Under the bar that stays at the top. */
async function subir(pagina: Page, que: Locator): Promise<void> {
  await que.evaluate((el) => {
    el.scrollIntoView({ block: 'start', behavior: 'instant' })
    el.ownerDocument.defaultView?.scrollBy({ top: -60, behavior: 'instant' })
  })
}
/** A picture shows the page, not what has just been told. */
async function cerrarAvisos(pagina: Page): Promise<void> {
  for (const aviso of await pagina.locator('.aviso').getByRole('button', { name: 'Cerrar' }).all()) await aviso.click()
}

/** The order that works most in November, and its site. */
const obra = await uno<{ ot: number; sitio: number; folio: string }>(
  `SELECT json_build_object('ot', o.id, 'sitio', p.id_sitio_produccion, 'folio', o.orden_trabajo) AS valor
   FROM produccion p JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual JOIN ot o ON o.id = m.id_ot
   WHERE m.mes = 11 GROUP BY o.id, p.id_sitio_produccion ORDER BY count(*) FILTER (WHERE EXISTS (SELECT 1 FROM registro_generadores_pu g WHERE g.id_produccion = p.id)) DESC, o.id LIMIT 1`,
)
const mes = (pestana: string) =>
  `/operaciones/produccion/?sitio=${String(obra.sitio)}&mes=11&anio=2026&ot=${String(obra.ot)}&pestana=${pestana}`
/** The estimation of a status that has most of what its chapter tells. */
const estimacion = (estatus: number, orden: string) =>
  uno<string>(
    `SELECT h.id::text AS valor FROM estimacion_header h WHERE h.id_estatus_cobro = $1 ORDER BY ${orden} DESC, h.id LIMIT 1`,
    [estatus],
  )
const LINEAS = '(SELECT count(*) FROM estimacion_detalle d WHERE d.id_estimacion_header = h.id)'
const DEDUCCIONES = '(SELECT count(*) FROM estimacion_deduccion d WHERE d.id_estimacion_header = h.id)'
const AJUSTES =
  '(SELECT count(*) FROM estimacion_detalle d WHERE d.id_estimacion_header = h.id AND d.volumen_estimado < d.volumen_actual)'

/** The grid moves until that day is in sight, as with the keyboard. */
async function irAlDia(pagina: Page, rejilla: string, dia: number): Promise<void> {
  await pagina.getByRole('grid', { name: rejilla }).focus()
  await pagina.keyboard.press('Control+Home')
  for (let i = 0; i < dia; i += 1) await pagina.keyboard.press('ArrowRight')
}

it('the annex of an order and the analysis of a workbook as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  // The annex in force is that of its last reprogramación.
  const ot = await uno<number>(
    `SELECT o.id::int AS valor FROM ot o JOIN importacion_anexo i ON i.id_ot = o.id AND i.es_activo
     WHERE $1 IN (o.id, o.ot_principal) ORDER BY o.num_reprogramacion DESC NULLS LAST LIMIT 1`,
    [obra.ot],
  )
  const { rows } = await app.conexion.pool.query<Record<string, string>>(
    `SELECT p.anexo, p.id_partida, p.descripcion_concepto, u.clave, p.volumen_proyectado::text AS volumen, p.precio_unitario_mn::text AS mn, p.precio_unitario_usd::text AS usd
     FROM partida_anexo_importada p JOIN importacion_anexo i ON i.id = p.id_importacion_anexo AND i.es_activo AND i.id_ot = $1
     JOIN unidad_medida u ON u.id = p.id_unidad_medida ORDER BY p.orden_fila`,
    [ot],
  )
  // The catalogue that the annex was made from.
  await app.conexion.pool.query(
    `WITH contrato AS (INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino) VALUES ('640000001', 'CONTRATO', 1, '2025-01-01', '2027-12-31') RETURNING id),
     maestro AS (INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion) SELECT id, 'C', 'ANEXO C' FROM contrato RETURNING id),
     sub AS (INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion)
       SELECT id, c, c FROM maestro, (SELECT DISTINCT anexo AS c FROM concepto_consolidado WHERE anexo NOT LIKE '%EXT') x RETURNING id, clave_anexo),
     partidas AS (SELECT p.* FROM partida_anexo_importada p JOIN importacion_anexo i ON i.id = p.id_importacion_anexo WHERE i.id_ot = $1 AND i.es_activo)
     INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida, precio_unitario_mn, precio_unitario_usd)
     SELECT CASE WHEN s.id IS NULL THEN 7 ELSE 6 END, s.id, CASE WHEN s.id IS NOT NULL THEN p.id_partida END, CASE WHEN s.id IS NULL THEN p.id_partida END,
       p.descripcion_concepto, p.id_unidad_medida, p.precio_unitario_mn, p.precio_unitario_usd FROM partidas p LEFT JOIN sub s ON s.clave_anexo = p.anexo`,
    [ot],
  )
  await pagina.goto(`/operaciones/ot/${String(ot)}/`)
  const anexo = pagina.getByRole('region', { name: 'Anexo C', exact: true })
  await anexo
    .getByRole('cell', { name: rows[0]?.['id_partida'] ?? '' })
    .first()
    .waitFor()
  await subir(pagina, anexo)
  await retratar(pagina, 'anexo-c')

  await anexo.getByRole('button', { name: /^Importar Anexo C/ }).click()
  const dialogo = pagina.getByRole('dialog', { name: /^Importar Anexo C/ })
  const otro = rows.map(({ anexo: a, id_partida, descripcion_concepto, clave, volumen, mn, usd }, i) => {
    const cuanto = Number(volumen) * (i % 5 === 2 ? 1.15 : 1)
    return [a, id_partida, descripcion_concepto, clave, Number(cuanto.toFixed(2)), Number(mn), Number(usd)] as const
  })
  await dialogo
    .getByLabel('Seleccione el archivo Excel (.xlsx)')
    .setInputFiles({ name: 'ANEXO C REV 2.xlsx', mimeType: XLSX, buffer: libroDeAnexo(otro as never) })
  await dialogo.getByRole('button', { name: 'Analizar' }).click()
  await dialogo.getByText('Todavía no se ha guardado nada').waitFor()
  await retratar(pagina, 'anexo-c-analisis')
})

it('capture, daily reports and the closing of a month as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(mes('produccion'))
  const rejilla = pagina.getByRole('grid', { name: 'Volúmenes del mes por partida y día' })
  await rejilla.locator('[aria-colindex="24"]').first().waitFor()
  const celda = (fila: number, dia: number) =>
    rejilla
      .locator(`[role="row"]`)
      .nth(fila)
      .locator(`[aria-colindex="${String(dia + 5)}"]`)
  for (const [fila, dia, volumen] of [
    [3, 18, '12.5'],
    [3, 19, '14'],
    [4, 19, '3'],
  ] as const) {
    await celda(fila, dia).click()
    await pagina.keyboard.type(volumen)
    await pagina.keyboard.press('Enter')
  }
  await retratar(pagina, 'captura')

  await pagina.goto(mes('diarios'))
  await pagina.getByRole('grid', { name: 'Estatus de los reportes diarios por OT y día' }).waitFor()
  const barra = pagina.getByRole('region', { name: 'OT elegida' })
  await irAlDia(pagina, 'Estatus de los reportes diarios por OT y día', 14)
  await barra.getByRole('button', { name: 'Cierre del mes' }).waitFor()
  await retratar(pagina, 'diarios')
  await barra.getByRole('button', { name: 'Cierre del mes' }).click()
  await pagina.getByRole('dialog', { name: /^Cierre de Noviembre/ }).waitFor()
  await retratar(pagina, 'cierre-mes')
})

it('the GPUs of a month and one of them as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(mes('gpu'))
  await pagina.getByRole('grid', { name: 'GPU del mes' }).waitFor()
  await pagina.locator('.captura-cuerpo .gpu-firmado').first().waitFor()
  await irAlDia(pagina, 'GPU del mes', 14)
  await retratar(pagina, 'gpu')
  await pagina.locator('.captura-cuerpo .gpu-falta, .captura-cuerpo .gpu-proceso').first().click()
  await pagina.getByRole('dialog', { name: /^Actualizar GPU/ }).waitFor()
  await retratar(pagina, 'gpu-actualizar')
})

it('guards and what was programmed against what was produced as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  const sitio = await uno<string>('SELECT id_sitio::text AS valor FROM guardias ORDER BY id LIMIT 1')
  await pagina.goto(`/operaciones/produccion/guardias/?id_sitio=${sitio}&mes=11&anio=2026`)
  await pagina.getByRole('table', { name: /^Guardias de / }).waitFor()
  await retratar(pagina, 'guardias')
  await pagina.goto(`/operaciones/produccion/reportes/?id_ot=${String(obra.ot)}`)
  await pagina.locator('#grafica-programa svg').waitFor()
  await retratar(pagina, 'programado-producido')
})

it('a draft in one click, what did not enter it and the workbook of the client as the manual shows them', async () => {
  const pagina = await navegador.entrar('estimaciones')
  const ot = await uno<number>(
    `SELECT m.id_ot::int AS valor FROM reporte_mensual_header m JOIN produccion p ON p.id_reporte_mensual = m.id
     WHERE m.mes = 11 AND p.volumen_estimado_acumulado = 0 GROUP BY m.id_ot ORDER BY count(*) FILTER (WHERE NOT p.es_excedente) DESC LIMIT 1`,
  )
  await pagina.goto(`/operaciones/estimaciones/nueva/?id_ot=${String(ot)}`)
  await expect.poll(() => pagina.getByLabel('Fecha desde (obligatorio)').inputValue()).not.toBe('')
  await pagina.getByRole('button', { name: 'Ver qué se puede estimar' }).click()
  await pagina.getByRole('heading', { name: 'Producción del periodo' }).waitFor()
  await pagina.locator('#tabla-candidatas tbody tr').first().waitFor()
  await retratar(pagina, 'estimacion-nueva')
  await pagina.getByRole('button', { name: 'Crear borrador con todo lo estimable' }).click()
  await pagina.getByRole('tab', { name: 'Conceptos' }).waitFor()
  await pagina.getByRole('tab', { name: /^Lo que no entró/ }).click()
  await pagina.locator('#panel-fuera summary').first().click()
  await pagina.locator('#panel-fuera tbody tr').first().waitFor()
  await cerrarAvisos(pagina)
  await subir(pagina, pagina.getByRole('tablist'))
  await retratar(pagina, 'estimacion-fuera')

  const id = new URL(pagina.url()).pathname.split('/').at(-2) ?? ''
  const { rows } = await app.conexion.pool.query<{ codigo: string; anexo: string; dia: string; volumen: string }>(
    `SELECT d.codigo, d.anexo, p.fecha_produccion::text AS dia, d.volumen_estimado::text AS volumen FROM estimacion_detalle d JOIN produccion p ON p.id = d.id_produccion
     WHERE d.id_estimacion_header = $1 ORDER BY d.codigo, dia`,
    [id],
  )
  const filas = rows
    .filter((_, i) => i !== 4)
    .map(({ codigo, anexo, dia, volumen }, i) => {
      const cuanto = Number(volumen) * (i % 4 === 1 ? 0.9 : 1)
      return [codigo, anexo, null, null, null, null, serie(dia), Number(cuanto.toFixed(2))] as const
    })
  await pagina.goto(`/operaciones/estimaciones/${id}/comparar/`)
  await pagina
    .getByLabel('Libro de Excel')
    .setInputFiles({ name: 'volumenes-del-cliente.xlsx', mimeType: XLSX, buffer: listaDe(...filas) })
  await pagina.getByRole('button', { name: 'Comparar', exact: true }).click()
  const titulo = pagina.getByRole('heading', { name: 'Concepto por concepto y día por día' })
  await titulo.waitFor()
  await cerrarAvisos(pagina)
  await subir(pagina, titulo)
  await retratar(pagina, 'estimacion-comparar')
})

const PESTANAS: readonly [pestana: string, estatus: number, orden: string, imagen: string][] = [
  ['conceptos', 25, LINEAS, 'estimacion'],
  ['ajustes', 26, AJUSTES, 'estimacion-ajustes'],
  ['prueba', 27, LINEAS, 'estimacion-prueba'],
  ['deducciones', 24, DEDUCCIONES, 'estimacion-deducciones'],
]
it.each(PESTANAS)('the tab %s of an estimation as the manual shows it', async (pestana, estatus, orden, imagen) => {
  // Who reviews sees more buttons than who made it.
  const pagina = await navegador.entrar(estatus === 25 ? 'administrador' : 'estimaciones')
  await pagina.goto(`/operaciones/estimaciones/${await estimacion(estatus, orden)}/?pestana=${pestana}`)
  await pagina.locator(`#panel-${pestana} :is(tbody tr, p)`).first().waitFor()
  if (pestana === 'ajustes')
    await pagina
      .locator('#panel-ajustes')
      .getByText(/^\d{2}\/10\/2026$/)
      .first()
      .waitFor()
  if (pestana !== 'conceptos') await subir(pagina, pagina.getByRole('tablist'))
  await retratar(pagina, imagen)
})

it('the list, the radar and the rows of a figure as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/estimaciones/')
  await pagina
    .getByRole('link', { name: /^EST-1/ })
    .first()
    .waitFor()
  await retratar(pagina, 'estimaciones')
  await pagina.goto('/operaciones/estimaciones/radar/')
  await pagina.getByText('Cuadra al centavo').waitFor()
  await retratar(pagina, 'radar')
  await pagina.getByRole('link', { name: 'Evidencia sin firma', exact: true }).first().click()
  await pagina.getByRole('heading', { name: 'RADAR: EVIDENCIA SIN FIRMA' }).waitFor()
  await retratar(pagina, 'radar-partes')
})

it('exchange rates and settings as the manual shows them', async () => {
  const pagina: Page = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/tipos-cambio/')
  await pagina.getByText('20/11/2026').first().waitFor()
  await retratar(pagina, 'tipos-cambio')
  await pagina.goto('/administracion/parametros/')
  await pagina.getByRole('button', { name: 'Agregar deducción' }).waitFor()
  await retratar(pagina, 'parametros')
})
