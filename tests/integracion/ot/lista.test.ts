import { describe, expect, it } from 'vitest'
import type { Opcion, OtInicial } from '../../../src/modulos/ot/ot.contrato.ts'
import { TABLA_OT } from '../../../src/modulos/ot/ot.tabla.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-06T18:00:00Z' })
const crea = fabricas(app.conexion.pool)
const agente = tipado((await app.entrarComo('consulta')).agente)

const RUTA = '/operaciones/ot/datatable/'
const lista = async (consulta: Record<string, string | number>) => (await agente.get(RUTA).query(consulta)).body
const ids = async (consulta: Record<string, string | number>): Promise<number[]> =>
  (await lista({ length: -1, ...consulta })).data.map((fila) => fila.id)
const orden = (columna: string, dir: string) => ({
  'order[0][column]': 0,
  'order[0][dir]': dir,
  'columns[0][data]': columna,
})

describe('ot/datatable/', () => {
  it('O-55: anonymous', async () => {
    const { status, body } = await tipado(app.anonimo()).get(RUTA)
    expect([status, body.exito, body.codigo]).toEqual([401, false, 'SESION'])
  })

  it('O-49: the year of the letter, else of the programmed start', async () => {
    const una = await crea.ot({
      oficio_ot: 'BME-OT-001-2024',
      fecha_inicio_programado: '2025-02-01',
      comentario: 'O-49',
    })
    const otra = await crea.ot({ oficio_ot: 'PENDIENTE', fecha_inicio_programado: '2025-05-01' })
    await crea.ot({ oficio_ot: 'PENDIENTE' })
    expect([await ids({ anio: 2025 }), await ids({ anio: 2024 })]).toEqual([[otra], [una]])
  })

  it('O-50: without tipo, INICIAL; with its principal, by number; empty, both', async () => {
    const raiz = await crea.ot({ orden_trabajo: 'FAM-50' })
    const segunda = await crea.reprogramacion(raiz, { num_reprogramacion: 2, orden_trabajo: 'FAM-50' })
    const primera = await crea.reprogramacion(raiz, { num_reprogramacion: 1, orden_trabajo: 'FAM-50' })
    const sinNumero = await crea.reprogramacion(raiz, { orden_trabajo: 'FAM-50' })
    expect(await ids({ filtro: 'FAM-50' })).toEqual([raiz])
    expect(await ids({ tipo: 5, ot_principal: raiz })).toEqual([primera, segunda, sinNumero])
    expect(await ids({ tipo: '', filtro: 'FAM-50' })).toEqual([sinNumero, primera, segunda, raiz])
    const familia = await lista({ tipo: 5, ot_principal: raiz })
    expect([familia.recordsTotal, familia.recordsFiltered]).toEqual([3, 3])
  })

  it('O-51: the site in any of its four columns', async () => {
    const filas = [
      await crea.ot({ id_plataforma: 9 }),
      await crea.ot({ id_embarcacion: 2 }),
      await crea.ot({ id_intercom: 73 }),
      await crea.ot({ id_patio: 71 }),
    ]
    expect([
      await ids({ sitio: 9 }),
      await ids({ sitio: 2 }),
      await ids({ sitio: 73 }),
      await ids({ sitio: 71 }),
    ]).toEqual(filas.map((id) => [id]))
  })

  it('O-34: count of live reprogramaciones', async () => {
    const raiz = await crea.ot({ orden_trabajo: 'FAM-34' })
    for (const estatus of [1, -1, 0]) await crea.reprogramacion(raiz, { estatus, orden_trabajo: 'FAM-34' })
    const { data } = await lista({ tipo: '', filtro: 'FAM-34', length: -1 })
    expect(data.map((fila) => [fila.id_tipo_id, fila.tiene_reprogramaciones, fila.count_reprogramaciones])).toEqual([
      [5, false, 0],
      [5, false, 0],
      [4, true, 2],
    ])
  })

  it('the row to the letter', async () => {
    const pte = await crea.pte({ oficio_pte: 'PTE-77' })
    const id = await crea.ot({
      orden_trabajo: 'FILA-1',
      id_pte_header: pte,
      oficio_ot: 'OF-1',
      fecha_inicio_programado: '2025-03-01',
      fecha_termino_programado: '2025-03-10',
      fecha_inicio_real: '2025-03-03',
      plazo_dias: 10,
      monto_mxn: '1234.50',
      id_frente: 2,
      id_embarcacion: 1,
      pasos: [3, 3, 1, 1, 1, 1, 1, 1],
    })
    const { data } = await lista({ filtro: 'FILA-1' })
    expect(data).toEqual([
      {
        id,
        id_tipo_id: 4,
        descripcion_tipo: 'INICIAL',
        id_frente: 2,
        id_embarcacion: 1,
        id_plataforma: null,
        id_intercom: null,
        id_patio: null,
        id_cliente_id: 1,
        cliente: 'CLIENTE CONTRATO',
        frente: 'BARCO',
        sitio: 'EMBARCACIÓN 1',
        estatus: 'ASIGNADA',
        estatus_numero: 1,
        estatus_ot_id: 5,
        estatus_ot_texto: 'ASIGNADA',
        responsable_proyecto: 3,
        responsable_proyecto_texto: 'LÍDER DE PROYECTO 03',
        responsable_cliente: 'Ing. Cliente',
        id_pte_id: pte,
        pte_padre: 'PTE-77',
        oficio_ot: 'OF-1',
        orden_trabajo: 'FILA-1',
        descripcion_trabajo: 'Trabajo de prueba',
        comentario: '',
        fecha_inicio_programada: '01/03/2025',
        fecha_termino_programada: '10/03/2025',
        fecha_inicio_real: '03/03/2025',
        fecha_termino_real: null,
        ot_principal: null,
        num_reprogramacion: null,
        plazo_dias: 10,
        monto_mxn: '1234.50',
        monto_usd: '0.00',
        version: 1,
        total_pasos: 8,
        pasos_completados: 2,
        progreso_pasos: 25,
        progreso_tiempo: 50,
        dias_restantes: 5,
        dias_transcurridos: 5,
        plazo_total: 10,
        progreso_tiempo_real: 37,
        dias_restantes_real: 5,
        dias_transcurridos_real: 3,
        plazo_total_real: 8,
        progreso_final: 42,
        progreso_final_real: 33,
        tiene_reprogramaciones: false,
        count_reprogramaciones: 0,
      },
    ])
  })

  it('an OT por definir says so in its two texts', async () => {
    await crea.ot({ orden_trabajo: 'DEFINIR-1', estatus: -1 })
    const { data } = await lista({ filtro: 'DEFINIR-1' })
    expect(data).toMatchObject([{ estatus: 'Por definir', estatus_numero: -1, estatus_ot_texto: 'POR DEFINIR' }])
  })

  it('O-52: totals, filtered, page, and the sums of the filtered set', async () => {
    const total = (await lista({})).recordsTotal
    for (let i = 0; i < 12; i += 1) await crea.ot({ id_cliente: 2, monto_mxn: '10.10', monto_usd: '0.05' })
    const pagina = await lista({ id_cliente: 2, length: 10 })
    expect([pagina.recordsTotal, pagina.recordsFiltered, pagina.data.length]).toEqual([total + 12, 12, 10])
    expect(pagina.totales).toEqual({ monto_mxn: '121.20', monto_usd: '0.60' })
  })

  it('filters by status, lead; filtro in folio or PTE; search in letter or folio; % and _ are literal', async () => {
    const pte = await crea.pte({ oficio_pte: 'PTE-RARA-9' })
    const una = await crea.ot({
      id_estatus_ot: 16,
      id_responsable_proyecto: 21,
      id_pte_header: pte,
      oficio_ot: 'LETRA 50%_x',
    })
    const otra = await crea.ot({ orden_trabajo: 'X-pte-rara-9-X' })
    expect(await ids({ estatus: 16 })).toEqual([una])
    expect(await ids({ responsable_proyecto: 21 })).toEqual([una])
    expect(await ids({ filtro: 'pte-RARA' })).toEqual([otra, una])
    expect(await ids({ 'search[value]': 'pte-rara' })).toEqual([otra])
    expect(await ids({ 'search[value]': '50%_' })).toEqual([una])
    expect(await ids({ 'search[value]': '%' })).toEqual([una])
  })

  it('D-OT-16: every sort of the page, both ways, nulls last, ties by id', async () => {
    const ordenables = TABLA_OT.columnas.filter(({ orden }) => orden !== undefined)
    expect(ordenables.length).toBeGreaterThan(15)
    for (const { clave: columna } of ordenables) {
      const [sube, baja] = [
        await ids({ tipo: '', ...orden(columna, 'asc') }),
        await ids({ tipo: '', ...orden(columna, 'desc') }),
      ]
      expect([...sube].sort()).toEqual([...baja].sort())
    }
    const conFecha = await crea.ot({ fecha_termino_real: '2020-01-01' })
    expect((await ids(orden('fecha_termino_real', 'asc')))[0]).toBe(conFecha)
    expect((await ids({ 'order[0][column]': 5, 'order[0][dir]': 'desc' }))[0]).toBe(conFecha)
    expect(await ids({ 'order[0][column]': 9, 'order[0][dir]': 'asc' })).toEqual(await ids({}))
  })

  it('the order by progress is the one of the rules, with random data', async () => {
    await app.conexion.pool
      .query(`INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, fecha_inicio_programado, fecha_termino_programado)
      SELECT 4, 'AZAR-' || n, 'x', 3, 'x', CASE WHEN n % 7 > 0 THEN date '2025-03-06' - (n * 37 % 90) END, CASE WHEN n % 5 > 0 THEN date '2025-03-06' + (n * 53 % 120) - 40 END
      FROM generate_series(1, 300) n`)
    await app.conexion.pool.query(`INSERT INTO ot_detalle (id_ot, id_paso, estatus_paso)
      SELECT o.id, p.id, (ARRAY[1, 2, 3, 3, 4, 14])[1 + (o.id * 7 + p.id * 13) % 6] FROM ot o JOIN paso_ot p ON p.tipo = 4
      WHERE o.orden_trabajo LIKE 'AZAR-%' AND (o.id + p.id) % 3 > 0`)
    const { data } = await lista({ filtro: 'AZAR-', length: -1, ...orden('progreso_final', 'desc') })
    const vistos = data.map(({ progreso_final, id }) => ({ progreso_final, id }))
    const esperados = [...vistos].sort((a, b) => b.progreso_final - a.progreso_final || b.id - a.id)
    expect(vistos).toHaveLength(300)
    expect(vistos).toEqual(esperados)
    expect(new Set(vistos.map((fila) => fila.progreso_final)).size).toBeGreaterThan(20)
  })

  it('O-57: a page of 100 costs the queries of a page of 10', async () => {
    const consultas = async (consulta: Record<string, string | number>) => {
      await app.conexion.pool.query(`SELECT nextval('cambios_ot')`)
      await lista(consulta)
      return app.lineas.at(-1)?.['consultas']
    }
    const diez = await consultas({ length: 10 })
    const cien = await consultas({ length: 100 })
    const porProgreso = await consultas({ length: 100, ...orden('progreso_final', 'asc') })
    expect(cien).toBe(diez)
    expect(Math.max(Number(diez), Number(porProgreso))).toBeLessThanOrEqual(4)
  })

  it('a change is seen at once in counts, sums and computed orders', async () => {
    const antes = await lista({ 'search[value]': 'AZAR-', ...orden('progreso_final', 'asc') })
    await crea.ot({ orden_trabajo: 'AZAR-NUEVA', monto_mxn: '7.00' })
    const despues = await lista({ 'search[value]': 'AZAR-', ...orden('progreso_final', 'asc') })
    expect([despues.recordsFiltered, despues.totales.monto_mxn]).toEqual([antes.recordsFiltered + 1, '7.00'])
  })

  it('a name that changes in a catalogue changes the kept orders', async () => {
    const [uno, otro] = [SEMILLA.clienteContrato, SEMILLA.clienteIntercom]
    const a = await crea.ot({ oficio_ot: 'RENOMBRE-1', id_cliente: uno })
    const b = await crea.ot({ oficio_ot: 'RENOMBRE-2', id_cliente: otro })
    const porCliente = () => ids({ 'search[value]': 'RENOMBRE-', ...orden('cliente', 'asc') })
    expect(await porCliente()).toEqual([a, b])
    const llamar = (prefijo: string) =>
      app.conexion.pool.query("UPDATE cliente SET descripcion = $2 || ltrim(descripcion, 'Z ') WHERE id = $1", [
        uno,
        prefijo,
      ])
    await llamar('ZZ ')
    expect(await porCliente()).toEqual([b, a])
    await llamar('')
    expect(await porCliente()).toEqual([a, b])
  })

  it('D-OT-18: bad paging falls back, bad ids are 400', async () => {
    const pagina = await lista({ start: 'x', length: 'muchas', draw: 'z' })
    const malos = await Promise.all(
      ['estatus', 'id_cliente', 'sitio', 'anio', 'tipo', 'ot_principal'].map((campo) =>
        agente.get(RUTA).query({ [campo]: 'abc' }),
      ),
    )
    expect([pagina.draw, pagina.data.length]).toEqual([1, 10])
    expect(malos.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400, 400])
  })

  it('nasty searches answer nothing and never fail', async () => {
    for (const texto of ["'; DROP TABLE ot; --", '\u0000', '<script>', '=cmd()', '\\', 'a'.repeat(3000)])
      expect((await agente.get(RUTA).query({ 'search[value]': texto, length: 1 })).status).toBe(200)
    expect((await agente.get(RUTA).query({ filtro: '\u0000x' })).status).toBe(200)
  })
})

describe('other readings', () => {
  it('O-56: initial orders alive, newest first, without the one being edited', async () => {
    const primera = await crea.ot()
    const borrada = await crea.ot({ estatus: 0 })
    const ultima = await crea.ot({ oficio_ot: 'OFICIO-56' })
    await crea.reprogramacion(primera)
    const { body } = await agente.get<OtInicial[]>('/operaciones/ot/obtener_ot_iniciales/')
    const obtenidos = body.map((fila) => fila.id)
    expect([obtenidos[0], obtenidos[1], obtenidos.includes(borrada)]).toEqual([ultima, primera, false])
    expect(body[0]).toMatchObject({ id: ultima, descripcion_trabajo: 'Trabajo de prueba', oficio_ot: 'OFICIO-56' })
    expect(Object.keys(body[0] ?? {})).toEqual(['id', 'orden_trabajo', 'descripcion_trabajo', 'oficio_ot'])
    const sin = await agente.get<OtInicial[]>('/operaciones/ot/obtener_ot_iniciales/').query({ ot_id: ultima })
    const buscada = await agente.get<OtInicial[]>('/operaciones/ot/obtener_ot_iniciales/').query({ q: 'oficio-56' })
    expect([sin.body[0]?.id, buscada.body.length]).toEqual([primera, 1])
  })

  it('obtener_datos: dates ISO, amounts as text; 404 and 400', async () => {
    const raiz = await crea.ot({ orden_trabajo: 'DATOS-1' })
    const id = await crea.reprogramacion(raiz, {
      monto_mxn: '0.1',
      fecha_inicio_programado: '2025-03-01',
      motivo_reprogramacion: 'clima',
    })
    const { body } = await agente.get('/operaciones/ot/obtener_datos/').query({ id })
    expect(body).toMatchObject({
      exito: true,
      datos: {
        id,
        id_tipo_id: 5,
        descripcion_tipo: 'REPROGRAMACION',
        estatus_ot: 5,
        responsable_proyecto: 3,
        id_pte_id: '',
        pte_padre: '',
        ot_principal: raiz,
        ot_principal_folio: 'DATOS-1',
        textos: {
          ot_principal: 'DATOS-1',
          id_cliente: 'CLIENTE CONTRATO',
          responsable_proyecto: 'LÍDER DE PROYECTO 03',
        },
        monto_mxn: '0.10',
        monto_usd: '0.00',
        fecha_inicio_programado: '2025-03-01',
        motivo_reprogramacion: 'clima',
        version: 1,
      },
    })
    const desconocida = await agente.get('/operaciones/ot/obtener_datos/').query({ id: 999_999 })
    const sin = await agente.get('/operaciones/ot/obtener_datos/')
    expect([desconocida.status, desconocida.body.exito, sin.status]).toEqual([404, false, 400])
  })

  it('obtener_progreso_general_ot: the numbers of the table', async () => {
    const id = await crea.ot({
      orden_trabajo: 'PROG-1',
      fecha_inicio_programado: '2025-03-01',
      fecha_termino_programado: '2025-03-10',
      pasos: [3, 1],
    })
    const { body } = await agente.get('/operaciones/ot/obtener_progreso_general_ot/').query({ ot_id: id })
    const { data } = await lista({ filtro: 'PROG-1' })
    expect(body).toMatchObject({
      exito: true,
      ot_id: id,
      progreso: data[0]?.progreso_final,
      progreso_pasos: 50,
      dias_transcurridos: 5,
      plazo_total: 10,
    })
    const sin = await agente.get('/operaciones/ot/obtener_progreso_general_ot/')
    const desconocida = await agente.get('/operaciones/ot/obtener_progreso_general_ot/').query({ ot_id: 999_999 })
    expect([sin.status, desconocida.status]).toEqual([400, 404])
  })

  it('sites, leads and clients: active ones by description, any session', async () => {
    await app.conexion.pool.query('UPDATE sitio SET activo = false WHERE id = 3')
    const plataformas = await agente.get<Opcion[]>('/operaciones/ot/obtener_sitios_frente/').query({ frente_id: 6 })
    const vacio = await agente.get<Opcion[]>('/operaciones/ot/obtener_sitios_frente/')
    const malo = await agente.get<Opcion[]>('/operaciones/ot/obtener_sitios_frente/').query({ frente_id: 'abc' })
    const todos = await agente.get<Opcion[]>('/operaciones/ot/obtener_sitios/')
    const responsables = await agente.get<Opcion[]>('/operaciones/pte/obtener_responsables/')
    const clientes = await agente.get<Opcion[]>('/operaciones/pte/obtener_clientes/')
    expect(plataformas.body).toEqual([
      { id: 1, descripcion: 'EMBARCACIÓN 1' },
      { id: 2, descripcion: 'EMBARCACIÓN 2' },
    ])
    expect([vacio.body, malo.status, todos.body.length > 30, responsables.body.length, clientes.body.length]).toEqual([
      [],
      400,
      true,
      10,
      4,
    ])
    expect((await tipado(app.anonimo()).get('/operaciones/pte/obtener_clientes/')).status).toBe(401)
  })

  it('nothing unexpected was logged', () => {
    expect(app.errores).toEqual([])
  })
})
