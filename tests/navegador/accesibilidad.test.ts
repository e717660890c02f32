import { describe, expect, it } from 'vitest'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { CLAVE, crearPersonaConClave } from '../apoyo/acceso.ts'
import { fabricas } from '../apoyo/fabricas.ts'
import { PaginaAcceso } from '../apoyo/paginas-acceso.ts'
import { PaginaListaOt } from '../apoyo/paginas-ot.ts'
import { PaginaListaPte } from '../apoyo/paginas-pte.ts'
import { crearNavegador, ESCRITORIO, TELEFONO, violacionesDeAxe } from '../apoyo/paginas.ts'
import { fabricasProduccion } from '../apoyo/produccion.ts'

const app = await crearAppDePruebas()
const crea = fabricas(app.conexion.pool)
const navegador = crearNavegador(app)

const programa = { fecha_inicio_programado: '2025-06-01', fecha_termino_programado: '2025-06-30' }
const ot = await crea.ot({ orden_trabajo: 'OT-AXE', id_frente: 2, id_embarcacion: 1, ...programa, pasos: [3, 1, 2] })
await crea.reprogramacion(ot, { orden_trabajo: 'OT-AXE-R1', num_reprogramacion: 1, ...programa })
await crea.ot({ orden_trabajo: 'OT-POR-DEFINIR', estatus: -1 })

const { rows: conceptos } = await app.conexion.pool.query<{ id: string }>(
  `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida, activo)
   VALUES (6, 2, '2.1.', NULL, 'Suministro de tubo', 15, true), (7, NULL, NULL, 'C2EXT-1', 'Suministro de codo', 15, true),
     (7, NULL, NULL, 'C2EXT-2', 'Suministro inactivo', 15, false) RETURNING id`,
)
await app.conexion.pool.query(
  `INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, origen) SELECT id, 1, 0, 0, 0, now(), 'captura' FROM contrato_concepto_maestro`,
)

const { pte } = await crea.pteConPasos(
  { '1': 3, '2': 2 },
  { oficio_pte: 'PTE-AXE', descripcion_trabajo: 'Trabajo de prueba' },
)
await crea.ot({ orden_trabajo: 'OT-DE-PTE-AXE', id_pte_header: pte })

const creaProduccion = fabricasProduccion(app.conexion.pool)
const { partidas } = await creaProduccion.version(ot, [{ codigo: '2.1.', concepto: 'TUBO DE ACERO', anexo: 'C-2' }])
const [partida] = partidas
if (!partida) throw new Error('The annex has a partida')
const gpu = await creaProduccion.gpu(
  await creaProduccion.produccion(partida, { fecha: '2025-06-10', volumen: '1', gpuDe: null }),
  { archivo: 'https://drive.example/x' },
)

const RUTAS = [
  '/',
  '/operaciones/',
  '/operaciones/pte/',
  '/operaciones/pte/?filtro=nada-de-esto&tipo=12,13',
  `/operaciones/pte/${pte}/`,
  '/operaciones/ot/',
  '/operaciones/ot/?filtro=nada-de-esto&tipo=5',
  `/operaciones/ot/${ot}/`,
  `/operaciones/ot/${ot}/linaje/`,
  '/operaciones/catalogos/conceptos/ordinarios/',
  '/operaciones/catalogos/conceptos/extraordinarios/?estado=todos',
  `/operaciones/catalogos/conceptos/${conceptos[0]?.id ?? ''}/`,
  '/operaciones/catalogos/contratos/',
  '/operaciones/catalogos/anexos/?contrato=1',
  '/operaciones/catalogos/sub_anexos/?filtro=nada-de-esto',
  '/operaciones/catalogos/contratos/1/',
  '/operaciones/catalogos/anexos/1/',
  '/operaciones/catalogos/sub_anexos/2/',
  '/operaciones/produccion/guardias/',
  `/operaciones/produccion/?sitio=1&mes=6&anio=2025&ot=${ot}&pestana=gpu`,
  `/operaciones/produccion/gpu/${gpu}/`,
  '/perfil/',
  '/perfil/tokens/',
  '/api/docs/',
  '/acerca_de/',
  '/operaciones/ot/importar/',
  '/operaciones/catalogos/conceptos/importar/',
  '/operaciones/catalogos/pasos/',
  '/operaciones/catalogos/sitios/?filtro=nada-de-esto',
  '/operaciones/catalogos/tipos/4/',
  '/operaciones/catalogos/cliente/importar/',
  '/operaciones/registro_actividad/',
  '/operaciones/pte/importar/',
  '/operaciones/ot/999999/',
]
const TAMANOS = [
  { ancho: '1366 px', tamano: ESCRITORIO },
  { ancho: '390 px', tamano: TELEFONO },
]

describe.each(TAMANOS)('axe finds nothing at $ancho', ({ tamano }) => {
  it.each(['administrador', 'consulta'] as const)('pages of %s', async (grupo) => {
    navegador.permitir(403, 404)
    const pagina = await navegador.entrar(grupo, { tamano })
    const halladas: Record<string, string[]> = {}
    for (const ruta of RUTAS) {
      await pagina.goto(ruta)
      await pagina.waitForLoadState('networkidle')
      halladas[ruta] = await violacionesDeAxe(pagina)
    }
    expect(halladas).toEqual(Object.fromEntries(RUTAS.map((ruta) => [ruta, []])))
  })

  it('login, with its error', async () => {
    navegador.permitir(401)
    const pagina = await navegador.abrir({ tamano })
    const acceso = new PaginaAcceso(pagina)
    await acceso.abrir()
    const limpia = await violacionesDeAxe(pagina)
    await acceso.entrar('nadie', 'no es')
    await pagina.waitForLoadState('networkidle')
    expect([limpia, await violacionesDeAxe(pagina)]).toEqual([[], []])
  })

  it('what opens over the list: details, form with errors, filters, menus, questions', async () => {
    const pagina = await navegador.entrar('administrador', { tamano })
    const lista = new PaginaListaOt(pagina)
    await lista.abrir()
    const abierta = await lista.expandir('OT-AXE')
    await abierta.pasos.tabla.getByRole('row').nth(1).waitFor()
    const halladas = {
      detalles: await violacionesDeAxe(pagina),
      formulario: [''],
      filtros: [''],
      pregunta: [''],
      menu: [''],
    }
    await lista.editar('OT-AXE')
    await lista.dialogo.campo('Descripción del Trabajo').fill('')
    await lista.dialogo.guardar()
    await lista.dialogo.resumen.waitFor()
    halladas.formulario = await violacionesDeAxe(pagina)
    await lista.dialogo.campo('Descripción del Trabajo').fill('Trabajo de prueba')
    await lista.dialogo.cancelar()
    await pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
    halladas.filtros = await violacionesDeAxe(pagina)
    await pagina.keyboard.press('Escape')
    const pregunta = await lista.eliminar('OT-AXE')
    halladas.pregunta = await violacionesDeAxe(pagina)
    await pregunta.getByRole('button', { name: 'Cancelar' }).click()
    await pagina.getByRole('button', { name: 'Columnas' }).click()
    halladas.menu = await violacionesDeAxe(pagina)
    expect(halladas).toEqual({ detalles: [], formulario: [], filtros: [], pregunta: [], menu: [] })
  })
})

describe.each(TAMANOS)('axe finds nothing in what opens over the list of PTEs at $ancho', ({ tamano }) => {
  it('steps and substeps, form with errors, filters, questions', async () => {
    const pagina = await navegador.entrar('administrador', { tamano })
    const lista = new PaginaListaPte(pagina)
    await lista.abrir()
    const pasos = await lista.expandir('PTE-AXE')
    await pasos.abrirSubpasos('4')
    const halladas: Record<string, string[]> = { pasos: await violacionesDeAxe(pagina) }
    const pregunta = await pasos.subpasos.pedirEstatus('4.1', 'COMPLETADO')
    halladas['estatus'] = await violacionesDeAxe(pagina)
    await pregunta.getByRole('button', { name: 'Cancelar' }).click()
    await lista.crear()
    await lista.dialogo.guardar()
    await lista.dialogo.resumen.waitFor()
    halladas['formulario'] = await violacionesDeAxe(pagina)
    await pagina.keyboard.press('Escape')
    await pagina.getByRole('button', { name: 'Filtros', exact: true }).click()
    halladas['filtros'] = await violacionesDeAxe(pagina)
    await pagina.keyboard.press('Escape')
    const eliminar = await lista.eliminar('PTE-AXE')
    await eliminar.getByText(/OT-DE-PTE-AXE/).waitFor()
    halladas['eliminar'] = await violacionesDeAxe(pagina)
    expect(halladas).toEqual({ pasos: [], estatus: [], formulario: [], filtros: [], eliminar: [] })
  })
})

/** Kept by the page itself: shifts that the person did not cause, and the largest paint. */
const MEDIDOR = `
  window.medidas = { cls: 0, lcp: 0 }
  new PerformanceObserver((lista) => {
    for (const cambio of lista.getEntries()) if (!cambio.hadRecentInput) window.medidas.cls += cambio.value
  }).observe({ type: 'layout-shift', buffered: true })
  new PerformanceObserver((lista) => {
    for (const pintado of lista.getEntries()) window.medidas.lcp = pintado.startTime
  }).observe({ type: 'largest-contentful-paint', buffered: true })
`

it('first page after login and list of OTs: bytes, layout shift and largest paint are printed', async () => {
  await crearPersonaConClave(app, { username: 'medida', email: 'medida@example.com', grupos: ['operaciones'] })
  const pagina = await navegador.abrir({ guionInicial: MEDIDOR })
  const acceso = new PaginaAcceso(pagina)
  // From an empty cache: what the login brings is not brought again.
  let bytes = 0
  pagina.on('requestfinished', (peticion) => {
    void peticion.sizes().then(({ responseBodySize, responseHeadersSize }) => {
      bytes += responseBodySize + responseHeadersSize
    })
  })
  await acceso.abrir()
  await acceso.entrar('medida', CLAVE)
  await pagina.getByRole('navigation', { name: 'Menú principal' }).waitFor()
  await pagina.waitForLoadState('networkidle')
  const medidas: string[] = []
  const anotar = async (nombre: string): Promise<void> => {
    const { cls, lcp } = await pagina.evaluate<{ cls: number; lcp: number }>('window.medidas')
    medidas.push(`${nombre}: ${(bytes / 1000).toFixed(0)} kB, CLS ${cls.toFixed(4)}, LCP ${lcp.toFixed(0)} ms`)
    bytes = 0
  }
  await anotar('login and first page after it')
  await pagina.goto('/operaciones/ot/')
  await new PaginaListaOt(pagina).fila('OT-AXE').waitFor()
  await pagina.waitForLoadState('networkidle')
  await anotar('list of OTs')
  console.info(medidas.join('\n'))
  expect(medidas).toHaveLength(2)
})
