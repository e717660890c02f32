import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, it } from 'vitest'
import { cargarDemo } from '../../prisma/seed/demo/cargar.ts'
import { RAIZ } from '../../src/plataforma/raiz.ts'
import { crearAppDePruebas } from '../apoyo/app.ts'
import { inicial, libroDeOts, reprogramacion } from '../apoyo/importacion.ts'
import { MANUAL, retratar } from '../apoyo/manual.ts'
import { PaginaImportar, PaginaImportarPrecios } from '../apoyo/paginas-importacion.ts'
import { PaginaListaPte } from '../apoyo/paginas-pte.ts'
import { crearNavegador } from '../apoyo/paginas.ts'
import { almacenEnDisco } from '../../src/plataforma/almacen-disco.ts'
import { concepto, libroDeContrato } from '../apoyo/precios.ts'

const app = await crearAppDePruebas({ cola: true })
await cargarDemo(app.ctx, { produccion: false, almacen: almacenEnDisco(app.carpetaSubidas) })
const navegador = crearNavegador(app)

it('login, list and lineage as the manual shows them', async () => {
  const visitante = await navegador.abrir()
  await visitante.goto('/accounts/login/')
  await visitante.getByRole('heading', { name: 'INICIAR SESIÓN' }).waitFor()
  await retratar(visitante, 'entrar')

  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/ot/')
  await pagina.getByRole('link', { name: /^OT-/ }).first().waitFor()
  await retratar(pagina, 'lista')

  const { rows } = await app.conexion.pool.query<{ ot_principal: string }>(
    'SELECT ot_principal FROM ot WHERE ot_principal IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1',
  )
  await pagina.goto(`/operaciones/ot/${rows[0]?.ot_principal ?? ''}/linaje/`)
  await pagina.getByRole('heading', { name: '¿Cómo se movió el programa?' }).waitFor()
  await retratar(pagina, 'linaje')
})

it('list, steps, form and page of a PTE as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  const lista = new PaginaListaPte(pagina)
  await lista.abrir()
  await retratar(pagina, 'pte-lista')
  const { rows } = await app.conexion.pool.query<{ id: string; folio: string }>(
    `SELECT p.id, p.oficio_pte AS folio FROM pte_header p JOIN ot o ON o.id_pte_header = p.id AND o.estatus <> 0
     JOIN cliente c ON c.id = p.id_cliente AND c.id_tipo = 15 WHERE p.estatus > 0 GROUP BY p.id ORDER BY count(*) DESC, p.id LIMIT 1`,
  )
  const id = rows[0]?.id ?? ''
  const folio = rows[0]?.folio ?? ''
  await lista.abrir(`?filtro=${encodeURIComponent(folio)}`)
  const pasos = await lista.expandir(folio)
  await pasos.abrirSubpasos('4')
  await retratar(pagina, 'pte-pasos')
  await lista.crear()
  await retratar(pagina, 'pte-formulario')
  await pagina.goto(`/operaciones/pte/${id}/`)
  await pasos.subpasos.tabla.getByRole('row').nth(4).waitFor()
  await retratar(pagina, 'pte-detalle')
})

it('concepts and the conversion of a PUE as the manual shows them', async () => {
  await app.conexion.pool.query(
    `WITH c AS (INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida, cantidad, precio_unitario_mn, precio_unitario_usd, estatus)
       SELECT CASE WHEN g > 30 THEN 7 ELSE 6 END, CASE WHEN g > 30 THEN NULL ELSE 1 + g % 8 END, CASE WHEN g > 30 THEN NULL ELSE (1 + g % 8) || '.' || g || '.' END,
         CASE WHEN g > 30 THEN 'C' || (1 + g % 6) || 'EXT-' || lpad(g::text, 4, '0') END,
         'SUMINISTRO Y COLOCACIÓN DE ' || (ARRAY['TUBO DE ACERO AL CARBÓN', 'CODO DE 90 GRADOS', 'BRIDA CIEGA', 'VÁLVULA DE COMPUERTA'])[1 + g % 4] || ' DE ' || (2 + g) || '"Ø, INCLUYE MATERIALES Y MANO DE OBRA',
         1 + g % 15, 10 * g, 1234.56 * g, 9.87 * (g % 5), CASE WHEN g > 30 THEN 'EN ELABORACION' END FROM generate_series(1, 45) g RETURNING *)
     INSERT INTO contrato_concepto_precio (id_concepto, numero, precio_mn, precio_usd, cantidad, fecha, origen)
     SELECT id, 1, precio_unitario_mn, precio_unitario_usd, cantidad, now(), 'captura' FROM c`,
  )
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/catalogos/conceptos/ordinarios/')
  await pagina.getByRole('row').nth(5).waitFor()
  await retratar(pagina, 'conceptos')
  await pagina.getByRole('button', { name: 'Crear nuevo' }).click()
  await pagina.getByRole('checkbox').first().check()
  await pagina.getByRole('checkbox').nth(1).check()
  await pagina.getByRole('button', { name: 'Siguiente', exact: true }).click()
  await pagina.getByRole('button', { name: 'Guardar Conversión (2)' }).waitFor()
  await retratar(pagina, 'conversion')
})

it('the analysis of an import as the manual shows it', async () => {
  const pagina = await navegador.entrar('administrador')
  const importar = new PaginaImportar(pagina)
  await importar.abrir()
  const buffer = libroDeOts([
    inicial(),
    reprogramacion(),
    inicial({ orden_trabajo: 'OT-GRZ-801-23-009', oficio_ot: 'PEP-9-2023', fecha_inicio_programado: '13/112023' }),
  ])
  await importar.analizar({ name: 'OT_HISTORICO.xlsx', buffer }, true)
  await importar.analisis.getByText('Se importarían', { exact: false }).first().waitFor()
  await retratar(pagina, 'importar')
})

it('the analysis of a workbook of prices as the manual shows it', async () => {
  const pagina = await navegador.entrar('administrador')
  const importar = new PaginaImportarPrecios(pagina)
  await importar.abrir()
  const titulo = { PARTIDA: 2, CONCEPTO: 'Suministro y prefabricación', UNIDAD: null, 'P.U. MN': null }
  const buffer = libroDeContrato(
    concepto(titulo),
    concepto(),
    concepto({ PARTIDA: '2.2.', UNIDAD: 'BARRIL' }),
    concepto({ PARTIDA: 2.3, 'P.U. MN': 9815.4 }),
  )
  await importar.analizarPrecios({ name: 'ANEXO_C.xlsx', buffer }, { crear: false })
  await importar.analisis.getByText('2 conceptos nuevos', { exact: false }).first().waitFor()
  await retratar(pagina, 'importar-precios')
})

it('start page and search as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/')
  await pagina.getByRole('heading', { name: 'Vencido: quién tiene la pelota' }).waitFor()
  await retratar(pagina, 'inicio')
  await pagina.keyboard.press('Control+k')
  await pagina.getByRole('combobox', { name: 'Buscar en todo el sistema' }).fill('mantenimiento')
  await pagina.getByRole('option').first().waitFor()
  await retratar(pagina, 'buscar')
})

it('tokens and documentation of the API as the manual shows them', async () => {
  const { agente } = await app.entrarComo('administrador')
  const alcances = ['operaciones.view_pteheader', 'operaciones.view_ote']
  await agente.post('/perfil/tokens/crear/').send({ nombre: 'Tablero de dirección', alcances, dias: 90 })
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/perfil/tokens/')
  await pagina.getByText('Tablero de dirección').waitFor()
  await retratar(pagina, 'tokens')
  await pagina.goto('/api/docs/')
  await pagina.getByRole('heading', { name: 'DOCUMENTACIÓN DE LA API' }).waitFor()
  await retratar(pagina, 'api')
})

it('a catalogue and the order of its steps as the manual shows them', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/catalogos/sitios/9/')
  await pagina.getByRole('dialog', { name: 'Editar sitio' }).waitFor()
  await retratar(pagina, 'catalogo')
  await pagina.goto('/operaciones/catalogos/pasos/')
  await pagina.getByRole('button', { name: 'Ordenar pasos' }).click()
  await pagina.getByRole('dialog', { name: 'Ordenar pasos' }).waitFor()
  await retratar(pagina, 'ordenar-pasos')
})

it('the activity log as the manual shows it', async () => {
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/operaciones/registro_actividad/')
  await pagina.locator('#tabla-actividad tbody .oracion').first().waitFor()
  await retratar(pagina, 'actividad')
})

it('people and permissions as the manual shows them', async () => {
  const personas = [
    ['laura.mendez', 'Laura', 'Méndez', 'operaciones'],
    ['jorge.ortiz', 'Jorge', 'Ortiz', 'estimaciones'],
    ['elena.rios', 'Elena', 'Ríos', 'consulta'],
  ]
  for (const [username, nombre, apellido, grupo] of personas)
    await app.conexion.pool.query(
      `WITH u AS (INSERT INTO "user" (username, first_name, last_name, email, password) VALUES ($1::text, $2, $3, $1 || '@example.com', '!') RETURNING id)
       INSERT INTO user_groups SELECT u.id, g.id FROM u, "group" g WHERE g.name = $4`,
      [username, nombre, apellido, grupo],
    )
  const pagina = await navegador.entrar('administrador')
  await pagina.goto('/administracion/usuarios/')
  await pagina.getByText('laura.mendez', { exact: true }).waitFor()
  await retratar(pagina, 'usuarios')
  await pagina.goto('/administracion/permisos/')
  await pagina.getByText(/^\d+ permisos$/).waitFor()
  await retratar(pagina, 'permisos')
})

it('every picture that README and manual mention is in the repository, and none besides', () => {
  const textos = [
    join(RAIZ, 'README.md'),
    ...readdirSync(MANUAL)
      .filter((archivo) => archivo.endsWith('.md'))
      .map((archivo) => join(MANUAL, archivo)),
  ]
  const nombradas = textos.flatMap((archivo) =>
    [...readFileSync(archivo, 'utf8').matchAll(/imagenes\/([\w-]+\.png)/g)].map(([, nombre = '']) => nombre),
  )
  expect(existsSync(join(MANUAL, 'imagenes'))).toBe(true)
  expect(readdirSync(join(MANUAL, 'imagenes')).sort()).toEqual([...new Set(nombradas)].sort())
})

it('a contract with its annexes as the manual shows them', async () => {
  const { rows } = await app.conexion.pool.query<{ id: string }>(
    `WITH c AS (INSERT INTO contrato (numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino, monto_mn, monto_usd)
         VALUES ('648235818', 'Mantenimiento integral de instalaciones costa afuera con apoyo de embarcaciones', 1, '2024-01-01', '2029-12-31', 1250000000, 18500000) RETURNING id),
       a AS (INSERT INTO contrato_anexo_maestro (id_contrato, clave, descripcion, tipo, monto_mn, monto_usd)
         SELECT id, v.* FROM c, (VALUES ('A', 'Especificaciones generales', 'TECNICO', 0, 0), ('B', 'Condiciones administrativas', 'LEGAL', 0, 0),
           ('C', 'Lista de precios del contrato', 'FINANCIERO', 1250000000, 18500000)) v RETURNING id, clave, id_contrato),
       s AS (INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion, id_unidad_medida, cantidad, precio_unitario_mn, precio_unitario_usd)
         SELECT a.id, v.* FROM a, (VALUES ('C-2', 'Plantilla base de personal', 15, 3653, 103246.16, 2180), ('C-3', 'Equipo y herramienta', 15, 1826, 215400.5, 4600),
           ('C-4', 'Embarcaciones', 15, 365, 1310650.25, 5900)) v WHERE a.clave = 'C')
     SELECT id FROM a WHERE clave = 'C'`,
  )
  const pagina = await navegador.entrar('administrador')
  await pagina.goto(`/operaciones/catalogos/anexos/${rows[0]?.id ?? ''}/`)
  await pagina.getByRole('link', { name: 'C-4', exact: true }).waitFor()
  await retratar(pagina, 'anexo')
  await pagina.getByRole('link', { name: '648235818' }).first().click()
  await pagina.getByRole('heading', { name: '648235818', level: 1 }).waitFor()
  await retratar(pagina, 'contrato')
})
