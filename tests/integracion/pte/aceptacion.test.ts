import { describe, expect, it } from 'vitest'
import type {
  FilaPasoPte,
  FilaPte,
  FilaSubpasoPte,
  RespuestaEstatusPte,
  RespuestaPasoPte,
  RespuestaProgresoPadre,
  RespuestaProgresoPte,
} from '../../../src/modulos/pte/pte.contrato.ts'
import type { RespuestaTabla } from '../../../src/comun/contrato.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

/** Examples of pte.md §13 by their number; those of pure rules are also beside the rules. Today is 2025-03-05. */
const app = await crearAppDePruebas({ reloj: '2025-03-05T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const agente = tipado((await app.entrarComo('operaciones')).agente)

// The templates of the examples: CONTRATO with main steps 1 to 8 and substeps 4.1 to 4.4; INTERCOM with steps 1 to 5.
await pool.query('UPDATE paso SET activo = false WHERE id IN (13, 14) OR id BETWEEN 41 AND 45')

const COMPLETA = {
  id_cliente: SEMILLA.clienteContrato,
  responsable_proyecto: SEMILLA.responsable,
  id_tipo: 12,
  plazo_dias: 30,
  id_prioridad: 1,
}
const TODOS = ['1', '2', '3', '4', '4.1', '4.2', '4.3', '4.4', '5', '6', '7', '8']
const todosEn = (estatus: number, distintos: Readonly<Record<string, number>> = {}) =>
  Object.fromEntries(TODOS.map((orden) => [orden, distintos[orden] ?? estatus]))

const crear = (cuerpo: object) => agente.post('/operaciones/pte/crear/').type('form').send(cuerpo)
const moverPaso = (paso_id: number | undefined, nuevo_estatus: number, extra: object = {}) =>
  agente
    .post<RespuestaPasoPte>('/operaciones/pte/cambiar_estatus_paso/')
    .type('form')
    .send({ paso_id, nuevo_estatus, ...extra })
const mover = (pte_id: number, nuevo_estatus: number, extra: object = {}) =>
  agente
    .post<RespuestaEstatusPte>('/operaciones/pte/cambiar_estatus_pte/')
    .type('form')
    .send({ pte_id, nuevo_estatus, ...extra })
const crearOt = (cuerpo: object) => agente.post('/operaciones/ot/crear-desde-pte/').type('form').send(cuerpo)
const lista = async (consulta: Record<string, string | number>) =>
  (await agente.get<RespuestaTabla<FilaPte>>('/operaciones/pte/datatable/').query({ length: -1, ...consulta })).body
const filaDe = async (id: number) => (await lista({})).data.find((fila) => fila.id === id)
const cuantas = async () => (await lista({})).recordsTotal
const paso = async (pte: number, orden: string) =>
  (await crea.leerPasosDePte(pte)).find((fila) => fila['orden'] === orden)
const progreso = async (pte_id: number) =>
  (await agente.get<RespuestaProgresoPte>('/operaciones/pte/obtener-progreso-general-pte/').query({ pte_id })).body
const padre = async (pte_header_id: number) =>
  (await agente.get<RespuestaProgresoPadre>('/operaciones/pte/obtener-progreso-paso4/').query({ pte_header_id })).body
const folioNuevo = () => `OT-P-${Math.random().toString(36).slice(2)}`

describe('creation (pte.md §13)', () => {
  it('P-01: the defaults, and the twelve steps of a contract client', async () => {
    const { status, body } = await crear(COMPLETA)
    expect([status, body.exito, body.tipo_aviso]).toEqual([200, true, 'exito'])
    expect(await crea.leerPte(body.registro_id)).toMatchObject({
      oficio_pte: 'SIN FOLIO',
      oficio_solicitud: 'PENDIENTE',
      descripcion_trabajo: 'POR DEFINIR',
      total_homologado: 0,
      estatus: 1,
      version: 1,
    })
    const pasos = await crea.leerPasosDePte(body.registro_id)
    expect(pasos.map((p) => p['orden'])).toEqual(TODOS)
    for (const p of pasos)
      expect(p).toMatchObject({
        estatus_paso: 1,
        comentario: '',
        archivo: null,
        fecha_inicio: null,
        fecha_entrega: null,
      })
  })

  it('P-02: five for an intercom client', async () => {
    const { body } = await crear({ ...COMPLETA, id_cliente: SEMILLA.clienteIntercom })
    expect((await crea.leerPasosDePte(body.registro_id)).map((p) => p['orden'])).toEqual(['1', '2', '3', '4', '5'])
  })

  it('P-03: without client and without project lead, the client is named and nothing is stored', async () => {
    const antes = await cuantas()
    const { status, body } = await crear({ ...COMPLETA, id_cliente: '', responsable_proyecto: '' })
    expect([status, body.exito, body.tipo_aviso, body.detalles]).toEqual([
      400,
      false,
      'error',
      'El Cliente es obligatorio',
    ])
    expect(Object.keys(body.campos)).toEqual(['id_cliente', 'responsable_proyecto'])
    expect(await cuantas()).toBe(antes)
  })

  it('P-04: term 0, -3 and "abc"', async () => {
    const antes = await cuantas()
    const respuestas = [0, -3, 'abc'].map((plazo_dias) => crear({ ...COMPLETA, plazo_dias }))
    expect((await Promise.all(respuestas)).map(({ status, body }) => [status, body.exito])).toEqual([
      [400, false],
      [400, false],
      [400, false],
    ])
    expect(await cuantas()).toBe(antes)
  })

  it('P-05, catalogos §15.15, D-PTE-15: a type without active steps refuses and stores nothing', async () => {
    const antes = await cuantas()
    await pool.query('UPDATE paso SET activo = false WHERE id BETWEEN 36 AND 40')
    const { status, body } = await crear({ ...COMPLETA, id_cliente: SEMILLA.clienteIntercom })
    await pool.query('UPDATE paso SET activo = true WHERE id BETWEEN 36 AND 40')
    expect([status, body.exito, body.tipo_aviso]).toEqual([400, false, 'error'])
    expect(await cuantas()).toBe(antes)
    const { rows } = await pool.query(
      'SELECT 1 FROM pte_header WHERE id > (SELECT max(id_pte_header) FROM pte_detalle)',
    )
    expect(rows).toEqual([])
  })

  it('P-06: an inactive step 9 is not copied', async () => {
    const { body } = await crear(COMPLETA)
    expect((await crea.leerPasosDePte(body.registro_id)).map((p) => p['orden'])).not.toContain('9')
  })
})

describe('progress', () => {
  it('P-07: none of twelve', async () => {
    const { pte } = await crea.pteConPasos(todosEn(1))
    expect(await progreso(pte)).toEqual({
      exito: true,
      progreso: 0,
      pasos_completados: 0,
      total_pasos: 12,
      puede_crear_ot: false,
    })
  })

  it('P-08, D-PTE-09: 3 of 12 is 25, the same in the table, in the endpoint and in the answer of a step', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1, { '1': 3, '2': 3, '3': 1 }))
    const { body } = await moverPaso(porOrden['3'], 14)
    const conteo = { progreso: 25, pasos_completados: 3, total_pasos: 12 }
    expect(body).toMatchObject(conteo)
    expect(await progreso(pte)).toMatchObject(conteo)
    expect(await filaDe(pte)).toMatchObject(conteo)
  })

  it('P-09, P-10, D-PTE-10: thirds and eighths, half up, also for the sort of the database', async () => {
    const casos: [hechos: number, total: number, esperado: number][] = [
      [2, 3, 67],
      [1, 3, 33],
      [1, 8, 13],
      [5, 8, 63],
    ]
    for (const [hechos, total, esperado] of casos) {
      const { pte } = await crea.pteConPasos(Array.from({ length: total }, (_, i) => (i < hechos ? 3 : 1)))
      expect((await progreso(pte)).progreso).toBe(esperado)
    }
    const orden = { 'order[0][column]': 8, 'order[0][dir]': 'asc' }
    const avances = (await lista(orden)).data.map((fila) => fila.progreso)
    expect(avances).toEqual(avances.toSorted((a, b) => a - b))
  })

  it('P-11: 199 of 200 shows 99 and offers no OT', async () => {
    const ids = await pool.query<{ id: string }>(
      `INSERT INTO paso (descripcion, orden, id_tipo_cliente, activo) SELECT 'Paso de prueba ' || n, (100 + n)::text, 15, false
       FROM generate_series(1, 200) n RETURNING id`,
    )
    const pte = await crea.pte({ id_cliente: SEMILLA.clienteContrato, oficio_pte: 'P-11' })
    await pool.query(
      `INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso) SELECT $1, x.id, CASE WHEN x.n = 1 THEN 1 ELSE 3 END
       FROM unnest($2::bigint[]) WITH ORDINALITY x(id, n)`,
      [pte, ids.rows.map(({ id }) => id)],
    )
    expect(await filaDe(pte)).toMatchObject({ progreso: 99, pasos_completados: 199, puede_crear_ot: false })
  })

  it('P-12: a cancelled main step does not stop the OT', async () => {
    const { pte } = await crea.pteConPasos(todosEn(3, { '8': 4 }))
    expect(await filaDe(pte)).toMatchObject({ pasos_completados: 11, progreso: 92, puede_crear_ot: true })
  })

  it('P-12b: a cancelled substep keeps its parent open (75 %) and does not stop the OT', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(3, { '4': 1, '4.2': 1 }))
    await moverPaso(porOrden['4.2'], 4)
    expect(await padre(pte)).toMatchObject({ progreso: 75, subpasos_completados: 3, total_subpasos: 4 })
    expect(await filaDe(pte)).toMatchObject({ pasos_completados: 10, progreso: 83, puede_crear_ot: true })
    expect((await crearOt({ pte_id: pte, oficio: folioNuevo() })).status).toBe(200)
  })
})

describe('parent step', () => {
  it('P-13, P-14, D-PTE-11 to 13: the last substep completes it, opening one opens it again', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1, { '4.1': 3, '4.2': 3, '4.3': 3 }))
    const cierra = await moverPaso(porOrden['4.4'], 14)
    expect(cierra.body).toMatchObject({ paso_actualizado_4: true, pasos_completados: 5, progreso: 42 })
    expect(cierra.body.paso_padre).toMatchObject({
      orden: '4',
      estatus_pte: 3,
      estatus_pte_texto: 'COMPLETADO',
      progreso_subpasos: 100,
      fecha_termino: '2025-03-05',
      fecha_entrega: null,
      comentario: 'Entregables finalizados',
    })
    expect(await paso(pte, '4')).toMatchObject({ estatus_paso: 3, fecha_termino: '2025-03-05', fecha_entrega: null })

    const abre = await moverPaso(porOrden['4.2'], 2)
    expect(abre.body).toMatchObject({ paso_actualizado_4: false, pasos_completados: 3, progreso: 25 })
    expect(abre.body.paso_padre).toMatchObject({
      estatus_pte: 2,
      progreso_subpasos: 75,
      subpasos_completados: 3,
      total_subpasos: 4,
      fecha_termino: null,
      fecha_entrega: null,
    })
    expect(await padre(pte)).toEqual({
      exito: true,
      progreso: 75,
      subpasos_completados: 3,
      total_subpasos: 4,
      descripcion_paso: 'Volumetría',
    })
  })

  it('P-15: the bar of the parent goes 0, 25, 75 (the colours are of comun/colores)', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1))
    const barras = [(await padre(pte)).progreso]
    for (const orden of ['4.1', '4.2', '4.3']) {
      await moverPaso(porOrden[orden], 3)
      barras.push((await padre(pte)).progreso)
    }
    expect(barras).toEqual([0, 25, 50, 75])
  })

  it('P-16, D-PTE-14: completed in the evening, it ends on the local day', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1, { '4.1': 3, '4.2': 3, '4.3': 3 }))
    app.reloj.fijar('2025-03-06T02:30:00Z')
    const noche = tipado((await app.entrarComo('operaciones')).agente)
    await noche.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['4.4'], nuevo_estatus: 3 })
    app.reloj.fijar('2025-03-05T18:00:00Z')
    expect(await paso(pte, '4')).toMatchObject({ fecha_termino: '2025-03-05' })
  })

  it('its status is not set by hand, nor by two people at once left behind', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1, { '4.1': 3, '4.2': 3 }))
    const aMano = await moverPaso(porOrden['4'], 3)
    expect([aMano.status, aMano.body.tipo_aviso]).toEqual([409, 'advertencia'])
    await Promise.all([moverPaso(porOrden['4.3'], 3), moverPaso(porOrden['4.4'], 3)])
    expect(await paso(pte, '4')).toMatchObject({ estatus_paso: 3 })
  })
})

describe('statuses and dates of a step', () => {
  it('P-17: COMPLETADO without date is today, with one it is that', async () => {
    const { porOrden } = await crea.pteConPasos(todosEn(2))
    const sin = await moverPaso(porOrden['1'], 3)
    const conFecha = await moverPaso(porOrden['2'], 3, { fecha_entrega: '2025-02-28' })
    expect([sin.body.paso.fecha_entrega, conFecha.body.paso.fecha_entrega]).toEqual(['05/03/2025', '28/02/2025'])
  })

  it('P-18: leaving COMPLETADO clears the delivery and nothing else', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1, { '1': 3 }))
    await pool.query(
      "UPDATE pte_detalle SET fecha_inicio = '2025-02-01', fecha_termino = '2025-02-20', fecha_entrega = '2025-02-28' WHERE id = $1",
      [porOrden['1']],
    )
    const { body } = await moverPaso(porOrden['1'], 1)
    expect(body.paso).toMatchObject({
      fecha_entrega: null,
      fecha_inicio: '2025-02-01',
      fecha_termino: '2025-02-20',
      folio_pte: (await crea.leerPte(pte))['oficio_pte'],
    })
  })

  it('P-19: COMPLETADO to NO APLICA clears the delivery and still counts', async () => {
    const { porOrden } = await crea.pteConPasos(todosEn(1, { '1': 2 }))
    const hecho = await moverPaso(porOrden['1'], 3)
    const noAplica = await moverPaso(porOrden['1'], 14)
    expect([hecho.body.pasos_completados, noAplica.body.pasos_completados]).toEqual([1, 1])
    expect(noAplica.body.paso.fecha_entrega).toBeNull()
  })

  it('P-37, D-PTE-20: an end before its start, an unknown kind, an empty start', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(2))
    await pool.query("UPDATE pte_detalle SET fecha_inicio = '2025-01-05' WHERE id = $1", [porOrden['1']])
    const fecha = (tipo: string, valor: string) =>
      agente
        .post('/operaciones/pte/actualizar-fecha/')
        .type('form')
        .send({ id_paso: porOrden['1'], tipo, fecha: valor })
    const antes = await fecha('2', '2025-01-01')
    const otra = await fecha('7', '2025-01-10')
    const borra = await fecha('1', '')
    expect([antes.status, antes.body.tipo_aviso, otra.status]).toEqual([400, 'advertencia', 400])
    expect([borra.status, borra.body.fecha_actualizada]).toEqual([200, null])
    expect(await paso(pte, '1')).toMatchObject({ fecha_inicio: null, fecha_termino: null })
  })

  it('P-36, D-PTE-28 and 29: links', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(2))
    const enlace = (archivo: string) =>
      agente.post('/operaciones/pte/guardar_archivo_pte/').type('form').send({ paso_id: porOrden['1'], archivo })
    const estados = [await enlace('drive/x'), await enlace('javascript:alert(1)')].map(({ status }) => status)
    const bueno = await enlace('https://example.com/a b')
    expect([...estados, bueno.status, bueno.body.detalles]).toEqual([400, 400, 200, 'URL asignada correctamente'])
    expect(await paso(pte, '1')).toMatchObject({ archivo: 'https://example.com/a%20b', estatus_paso: 2 })
    await enlace('')
    expect(await paso(pte, '1')).toMatchObject({ archivo: null })
  })
})

describe('header status', () => {
  it('P-20, P-21, D-PTE-19: delivered, delivered again on another day, and not delivered', async () => {
    const { pte } = await crea.pteConPasos()
    const entregada = await mover(pte, 3, { fecha_entrega: '2025-03-01' })
    expect(entregada.body).toMatchObject({ estatus: 3, estatus_texto: 'ENTREGADA', fecha_entrega: '01/03/2025' })
    expect((await mover(pte, 3, { fecha_entrega: '2025-03-04' })).body.fecha_entrega).toBe('04/03/2025')
    expect((await mover(pte, 2)).body.fecha_entrega).toBeNull()
    expect(await crea.leerPte(pte)).toMatchObject({ fecha_entrega: null, estatus: 2 })
  })

  it('P-22: a date typed in the form survives a cancellation', async () => {
    const { pte } = await crea.pteConPasos({}, { fecha_entrega: '2025-06-30' })
    await mover(pte, 4)
    expect(await crea.leerPte(pte)).toMatchObject({ estatus: 4, fecha_entrega: '2025-06-30' })
  })

  it('P-23, D-PTE-06: 15 is SUSPENDIDA, and its filter also finds a legacy 9', async () => {
    const { pte } = await crea.pteConPasos({}, { oficio_pte: 'P-23-A' })
    const vieja = await crea.pte({ estatus: 9, oficio_pte: 'P-23-B' })
    expect((await mover(pte, 15)).body).toMatchObject({ estatus: 15, estatus_texto: 'SUSPENDIDA' })
    const { data } = await lista({ estatus: 15, filtro: 'P-23' })
    expect(data.map(({ id, estatus, estatus_texto }) => [id, estatus, estatus_texto])).toEqual([
      [vieja, 15, 'SUSPENDIDA'],
      [pte, 15, 'SUSPENDIDA'],
    ])
  })

  it('§4.3: a step that kept the old 15 is read SUSPENDIDA, although nobody may choose it', async () => {
    const { pte } = await crea.pteConPasos({ '1': 15 })
    const { body } = await agente
      .get<RespuestaTabla<FilaPasoPte>>('/operaciones/pte/detalle/datatable/')
      .query({ pte_header_id: pte })
    expect(body.data.map(({ estatus_pte, estatus_pte_texto }) => [estatus_pte, estatus_pte_texto])).toContainEqual([
      15,
      'SUSPENDIDA',
    ])
  })

  it('P-24, D-PTE-17: 99 is no status of a PTE and 8 none of a step', async () => {
    const { pte, porOrden } = await crea.pteConPasos(todosEn(1))
    const estados = [
      await mover(pte, 99),
      await mover(pte, 9),
      await moverPaso(porOrden['1'], 8),
      await moverPaso(porOrden['1'], 15),
    ]
    expect(estados.map(({ status }) => status)).toEqual([400, 400, 400, 400])
    expect(await crea.leerPte(pte)).toMatchObject({ estatus: 1, version: 1 })
  })
})

describe('list', () => {
  it('P-25, P-26: the year at the end of the folio', async () => {
    const folios = [
      'BME-PTE-001-2024',
      'BME-PTE-002-2025',
      'BME-PTE-2024',
      'SIN FOLIO',
      'BME-PTE-003-20245',
      'A-2024-B',
    ]
    const ids: number[] = []
    for (const oficio_pte of folios) ids.push(await crea.pte({ oficio_pte, oficio_solicitud: 'P-25' }))
    const de2024 = (await lista({ anio: 2024, filtro: 'P-25' })).data.map(({ id }) => id)
    expect(de2024).toEqual([ids[2], ids[0]])
  })

  it('P-27: totals before and after the search', async () => {
    await pool.query('UPDATE pte_header SET estatus = 0')
    for (let i = 0; i < 43; i += 1)
      await crea.pte({ descripcion_trabajo: i < 4 ? 'Cambio de BOMBEO' : 'Otro trabajo', estatus: i < 40 ? 1 : 0 })
    const { recordsTotal, recordsFiltered, data } = await lista({ filtro: 'bombeo', length: 10 })
    expect([recordsTotal, recordsFiltered, data.length]).toEqual([40, 4, 4])
  })

  it('P-35, D-PTE-02: deleting needs its permission', async () => {
    const { pte } = await crea.pteConPasos()
    const sin = await agente.post('/operaciones/pte/eliminar/').send({ id: pte })
    expect([sin.status, sin.body.detalles, (await crea.leerPte(pte))['estatus']]).toEqual([
      403,
      'No tienes permiso para eliminar PTEs',
      1,
    ])
    const jefe = tipado((await app.entrarComo('administrador')).agente)
    const con = await jefe.post('/operaciones/pte/eliminar/').send({ id: pte })
    const otra = await jefe.post('/operaciones/pte/eliminar/').send({ id: pte })
    expect([con.status, (await crea.leerPte(pte))['estatus'], otra.status]).toEqual([200, 0, 404])
    expect(await filaDe(pte)).toBeUndefined()
  })

  it.each(['datatable/', 'detalle/datatable/?pte_header_id=1', 'datatable-subpasos/?pte_header_id=1'])(
    'P-38, D-PTE-01: nobody without a session reads %s',
    async (ruta) => {
      const { status, body } = await tipado(app.anonimo()).get(`/operaciones/pte/${ruta}`)
      expect([status, body.codigo, body.data]).toEqual([401, 'SESION', undefined])
    },
  )

  it('P-39: steps and substeps by their number', async () => {
    await pool.query('UPDATE paso SET activo = true WHERE id IN (13, 14)')
    const { pte } = await crea.pteConPasos(Array.from({ length: 14 }, () => 1))
    await pool.query('UPDATE paso SET activo = false WHERE id IN (13, 14)')
    const pasos = await agente
      .get<RespuestaTabla<FilaPasoPte>>('/operaciones/pte/detalle/datatable/')
      .query({ pte_header_id: pte, length: -1 })
    const subpasos = await agente
      .get<RespuestaTabla<FilaSubpasoPte>>('/operaciones/pte/datatable-subpasos/')
      .query({ pte_header_id: pte, draw: 3 })
    expect(pasos.body.data.map(({ orden }) => orden)).toEqual(['1', '2', '3', '4', '5', '6', '7', '8', '9', '10'])
    expect(subpasos.body.data.map(({ orden }) => orden)).toEqual(['4.1', '4.2', '4.3', '4.4'])
    expect([subpasos.body.draw, subpasos.body.recordsTotal]).toEqual([3, 4])
  })
})

describe('OT from a PTE', () => {
  const completa = (columnas: Record<string, string | number> = {}) => crea.pteConPasos(todosEn(3), columnas)

  it('P-28, D-PTE-24 and 25: the order of a contract client', async () => {
    const { pte } = await completa({ descripcion_trabajo: 'Cambio de válvulas', oficio_pte: 'BME-P28-2025' })
    const { status, body } = await crearOt({ pte_id: pte, oficio: 'OT-2025-010', tipo_ot: '4' })
    expect([status, body.detalles]).toEqual([
      200,
      'Orden de trabajo OT-2025-010 creada correctamente a partir de la PTE BME-P28-2025',
    ])
    expect(await crea.leerOt(body.registro_id)).toMatchObject({
      orden_trabajo: 'OT-2025-010',
      oficio_ot: 'PENDIENTE',
      estatus: -1,
      id_estatus_ot: 5,
      id_tipo: 4,
      id_pte_header: pte,
      descripcion_trabajo: 'Cambio de válvulas',
      responsable_cliente: 'POR DEFINIR',
      id_responsable_proyecto: SEMILLA.responsable,
      id_cliente: SEMILLA.clienteContrato,
      ot_principal: null,
      num_reprogramacion: null,
      id_frente: null,
      comentario: '',
    })
    expect((await crea.leerPasos(body.registro_id)).map((p) => p['id_paso'])).toEqual([1, 2, 3, 4, 5, 6, 7, 8, 9, 10])
    expect(await crea.leerPte(pte)).toMatchObject({ id_orden_trabajo: 'OT-2025-010' })
    expect(await crea.leerBitacora(4, body.registro_id)).toMatchObject([
      {
        evento: 'CREAR',
        campo: 'Creó',
        detalle: 'una Orden de Trabajo con oficio: OT-2025-010 a partir de la PTE: BME-P28-2025',
      },
    ])
  })

  it('P-29, P-30: an intercom client takes template 18, whose step 16 copies that of the PTE', async () => {
    const { pte } = await crea.pteConPasos([3, 3, 3, 3, 3], { id_cliente: SEMILLA.clienteIntercom })
    await pool.query(
      `UPDATE pte_detalle SET fecha_inicio = '2025-01-10', fecha_termino = '2025-01-20', fecha_entrega = '2025-01-21',
       archivo = 'https://example.com/L', comentario = 'del cliente' WHERE id_pte_header = $1 AND id_paso = 37`,
      [pte],
    )
    const { body } = await crearOt({ pte_id: pte, oficio: folioNuevo() })
    const pasos = await crea.leerPasos(body.registro_id)
    expect(pasos.map((p) => p['id_paso'])).toEqual([11, 12, 13, 14, 15, 16, 17, 18, 19, 20])
    expect(pasos.find((p) => p['id_paso'] === 16)).toMatchObject({
      estatus_paso: 3,
      fecha_inicio: '2025-01-10',
      fecha_termino: '2025-01-20',
      fecha_entrega: '2025-01-21',
      archivo: 'https://example.com/L',
      comentario: '',
    })
    // 17 copies step 44, which this PTE does not have: it starts as the others, without link (D-PTE-28).
    for (const p of pasos.filter(({ id_paso }) => id_paso !== 16))
      expect(p).toMatchObject({ estatus_paso: 1, archivo: null, fecha_inicio: null })
  })

  it('R-PTE-16: step 17 copies step 44 when the PTE has it', async () => {
    await pool.query('UPDATE paso SET activo = true WHERE id BETWEEN 41 AND 45')
    const { pte } = await crea.pteConPasos(
      Array.from({ length: 10 }, () => 14),
      { id_cliente: SEMILLA.clienteIntercom },
    )
    await pool.query('UPDATE paso SET activo = false WHERE id BETWEEN 41 AND 45')
    const { body } = await crearOt({ pte_id: pte, oficio: folioNuevo() })
    const copiados = (await crea.leerPasos(body.registro_id)).filter((p) => p['estatus_paso'] === 14)
    expect(copiados.map((p) => p['id_paso'])).toEqual([16, 17])
  })

  it('P-31, D-PTE-23: a second one is refused until the first is deleted', async () => {
    const { pte } = await completa()
    const oficio = folioNuevo()
    const primera = await crearOt({ pte_id: pte, oficio })
    const segunda = await crearOt({ pte_id: pte, oficio })
    expect([segunda.status, segunda.body.tipo_aviso, (await filaDe(pte))?.puede_crear_ot]).toEqual([
      409,
      'advertencia',
      false,
    ])
    await pool.query('UPDATE ot SET estatus = 0 WHERE id = $1', [primera.body.registro_id])
    expect((await filaDe(pte))?.puede_crear_ot).toBe(true)
    expect((await crearOt({ pte_id: pte, oficio })).status).toBe(200)
  })

  it('P-32, D-PTE-22: the folio of another live initial order, whatever its case and blanks', async () => {
    await crea.ot({ orden_trabajo: 'OT-2025-032' })
    const { pte } = await completa()
    const { status, body } = await crearOt({ pte_id: pte, oficio: 'ot-2025-032 ' })
    expect([status, body.tipo_aviso, Object.keys(body.campos)]).toEqual([409, 'error', ['oficio']])
  })

  it('P-33: a step in PROCESO', async () => {
    const { pte } = await crea.pteConPasos(todosEn(3, { '7': 2 }))
    const { status, body } = await crearOt({ pte_id: pte, oficio: folioNuevo() })
    const { rows } = await pool.query('SELECT 1 FROM ot WHERE id_pte_header = $1', [pte])
    expect([status, body.tipo_aviso, rows]).toEqual([409, 'advertencia', []])
  })

  it('P-34, D-PTE-27: two clicks at once, one order', async () => {
    const { pte } = await completa()
    const oficio = folioNuevo()
    const dos = await Promise.all([crearOt({ pte_id: pte, oficio }), crearOt({ pte_id: pte, oficio })])
    expect(dos.map(({ status }) => status).sort()).toEqual([200, 409])
    const { rows } = await pool.query('SELECT 1 FROM ot WHERE id_pte_header = $1', [pte])
    expect(rows).toHaveLength(1)
  })

  it('R-PTE-13: what is missing or wrong, with its notice', async () => {
    const { pte } = await completa()
    const { pte: otra } = await completa()
    const sinNadie = await crea.pteConPasos(todosEn(3))
    await pool.query('UPDATE pte_header SET id_responsable_proyecto = NULL WHERE id = $1', [sinNadie.pte])
    const hija = await crea.reprogramacion(await crea.ot(), { num_reprogramacion: 1 })
    const casos: [cuerpo: object, estado: number, aviso: string][] = [
      [{ oficio: 'X' }, 400, 'error'],
      [{ pte_id: pte, oficio: '  ' }, 400, 'error'],
      [{ pte_id: pte, oficio: 'x'.repeat(101) }, 400, 'error'],
      [{ pte_id: 999_999, oficio: 'X' }, 404, 'error'],
      [{ pte_id: pte, oficio: folioNuevo(), tipo_ot: 18 }, 400, 'error'],
      [{ pte_id: pte, oficio: folioNuevo(), tipo_ot: 5 }, 400, 'advertencia'],
      [{ pte_id: pte, oficio: folioNuevo(), tipo_ot: 5, ot_principal: 999_999 }, 404, 'error'],
      [{ pte_id: pte, oficio: folioNuevo(), tipo_ot: 5, ot_principal: hija }, 400, 'error'],
      [{ pte_id: sinNadie.pte, oficio: folioNuevo() }, 409, 'advertencia'],
    ]
    for (const [cuerpo, estado, aviso] of casos) {
      const { status, body } = await crearOt(cuerpo)
      expect([cuerpo, status, body.tipo_aviso, body.exito]).toEqual([cuerpo, estado, aviso, false])
    }
    const datos = (await crearOt({ pte_id: pte, oficio: '' })).body.detalles
    const noEsta = (await crearOt({ pte_id: 999_999, oficio: 'X' })).body.detalles
    expect([datos, noEsta]).toEqual(['Datos incompletos', 'PTE no encontrada'])
    const { rows } = await pool.query('SELECT 1 FROM ot WHERE id_pte_header = ANY($1)', [[pte, otra, sinNadie.pte]])
    expect(rows).toEqual([])
  })

  it('D-PTE-21, D-PTE-26: a reprogramación takes template 5 and the next number of its family; its folio may repeat', async () => {
    const principal = await crea.ot({ orden_trabajo: 'OT-FAMILIA' })
    await crea.reprogramacion(principal, { num_reprogramacion: 4 })
    const otroTipo = await pool.query<{ id: string }>(
      "INSERT INTO tipo (descripcion, nivel_afectacion) VALUES ('FILIAL', 5) RETURNING id",
    )
    const cliente = await crea.cliente({ id_tipo: Number(otroTipo.rows[0]?.id) })
    const { pte } = await completa()
    await pool.query('UPDATE pte_header SET id_cliente = $2 WHERE id = $1', [pte, cliente])
    const { status, body } = await crearOt({ pte_id: pte, oficio: 'OT-FAMILIA', tipo_ot: '5', ot_principal: principal })
    expect([status, body.num_reprogramacion]).toEqual([200, 5])
    expect(await crea.leerOt(body.registro_id)).toMatchObject({
      id_tipo: 5,
      ot_principal: principal,
      num_reprogramacion: 5,
    })
    expect((await crea.leerPasos(body.registro_id)).map((p) => p['id_paso'])[0]).toBe(21)

    const { pte: conNumero } = await completa()
    const pide = { pte_id: conNumero, oficio: 'OT-FAMILIA', tipo_ot: 5, ot_principal: principal }
    expect((await crearOt({ ...pide, num_reprogramacion: 'x' })).status).toBe(400)
    expect((await crearOt({ ...pide, num_reprogramacion: 5 })).status).toBe(409)
    const nueve = await crearOt({ ...pide, num_reprogramacion: 9 })
    expect([nueve.status, nueve.body.num_reprogramacion]).toEqual([200, 9])
  })
})
