import { describe, expect, it } from 'vitest'
import type { RespuestaDatosPte, RespuestaEditarPte } from '../../../src/modulos/pte/pte.contrato.ts'
import { fichaDePte, aniosDePtes, catalogosDePte } from '../../../src/modulos/pte/pte.consultas.service.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-05T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const agente = tipado((await app.entrarComo('administrador')).agente)

const editar = (cuerpo: object) => agente.post<RespuestaEditarPte>('/operaciones/pte/editar/').type('form').send(cuerpo)
const obtener = async (id: number) =>
  (await agente.get<RespuestaDatosPte>('/operaciones/pte/obtener_datos/').query({ id })).body.datos

async function filasDeBitacora(): Promise<number> {
  const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM registro_actividad')
  return Number(rows[0]?.n)
}

describe('pte/obtener_datos/', () => {
  it('the data of the form, days in ISO, decimals as text', async () => {
    const { pte } = await crea.pteConPasos(
      {},
      { oficio_pte: 'BME-D-2025', fecha_solicitud: '2025-01-02', total_homologado: '10.5', plazo_dias: '2.50' },
    )
    expect(await obtener(pte)).toMatchObject({
      id: pte,
      oficio_pte: 'BME-D-2025',
      oficio_solicitud: 'PENDIENTE',
      fecha_solicitud: '2025-01-02',
      fecha_entrega: '',
      plazo_dias: 2.5,
      id_prioridad: 1,
      id_tipo: 12,
      id_cliente: SEMILLA.clienteContrato,
      id_responsable_proyecto: SEMILLA.responsable,
      total_homologado: '10.50',
      id_orden_trabajo: '',
      comentario: '',
      estatus: 1,
      textos: { id_tipo: 'OBRA' },
      version: 1,
    })
  })

  it('without id, unknown, deleted', async () => {
    const borrada = await crea.pte({ estatus: 0 })
    const estados = await Promise.all(
      [{}, { id: 999_999 }, { id: borrada }, { id: 'x' }].map(
        async (consulta) =>
          (await agente.get('/operaciones/pte/obtener_datos/').query(consulta as Record<string, string>)).status,
      ),
    )
    expect(estados).toEqual([400, 404, 404, 400])
  })
})

describe('pte/editar/', () => {
  it('R-PTE-08, §1.6: what is absent stays, what is empty is cleared or takes its default', async () => {
    const { pte } = await crea.pteConPasos(
      {},
      {
        oficio_pte: 'VIEJO-2024',
        oficio_solicitud: 'S',
        descripcion_trabajo: 'D',
        comentario: 'c',
        fecha_solicitud: '2025-01-01',
        total_homologado: 9,
      },
    )
    const { status, body } = await editar({ id: pte, plazo_dias: '2.5', estatus: 4 })
    expect([status, body.version]).toEqual([200, 2])
    expect(await crea.leerPte(pte)).toMatchObject({
      plazo_dias: 2.5,
      oficio_pte: 'VIEJO-2024',
      estatus: 1,
      comentario: 'c',
    })
    await editar({
      id: pte,
      oficio_pte: ' ',
      oficio_solicitud: '',
      descripcion_trabajo: '',
      comentario_general: '',
      fecha_solicitud: '',
      total_homologado: '',
      oficio_ot: '',
    })
    expect(await crea.leerPte(pte)).toMatchObject({
      oficio_pte: 'SIN FOLIO',
      oficio_solicitud: 'PENDIENTE',
      descripcion_trabajo: 'POR DEFINIR',
      comentario: null,
      fecha_solicitud: null,
      total_homologado: 0,
    })
  })

  it('D-PTE-16: the same validations as the creation', async () => {
    const { pte } = await crea.pteConPasos()
    const casos: [object, number][] = [
      [{}, 400],
      [{ id: 999_999 }, 404],
      [{ id: pte, plazo_dias: 0 }, 400],
      [{ id: pte, plazo_dias: '' }, 400],
      [{ id: pte, id_cliente: '' }, 400],
      [{ id: pte, id_tipo: '' }, 400],
      [{ id: pte, id_tipo: 4 }, 400],
      [{ id: pte, id_tipo: 999 }, 400],
      [{ id: pte, id_prioridad: 5 }, 400],
      [{ id: pte, id_prioridad: '' }, 400],
      [{ id: pte, total_homologado: -1 }, 400],
      [{ id: pte, total_homologado: '99999999999999' }, 400],
      [{ id: pte, fecha_solicitud: '2025-02-30' }, 400],
      [{ id: pte, oficio_pte: 'x'.repeat(101) }, 400],
    ]
    for (const [cuerpo, estado] of casos) expect([cuerpo, (await editar(cuerpo)).status]).toEqual([cuerpo, estado])
    expect(await crea.leerPte(pte)).toMatchObject({ version: 1 })
    expect((await editar({})).body.detalles).toBe('ID de la PTE no proporcionado')
  })

  it('an inactive choice stays where it was and is not taken anew (R-PTE-04)', async () => {
    const cliente = await crea.cliente()
    const { pte } = await crea.pteConPasos({}, { id_cliente: cliente })
    await pool.query('UPDATE cliente SET activo = false WHERE id = $1', [cliente])
    expect((await editar({ id: pte, comentario_general: 'otro', id_cliente: cliente })).status).toBe(200)
    const { pte: otra } = await crea.pteConPasos()
    expect((await editar({ id: otra, id_cliente: cliente })).status).toBe(400)
  })

  it('R-PTE-09, D-PTE-40: another type of client brings its steps, unless there is work in the old ones', async () => {
    const { pte } = await crea.pteConPasos({ '1': 1 })
    const { body } = await editar({ id: pte, id_cliente: SEMILLA.clienteIntercom })
    expect([body.pasos_regenerados, body.version]).toEqual([true, 2])
    expect((await crea.leerPasosDePte(pte)).map((paso) => paso['id_paso'])).toEqual([
      36, 37, 38, 39, 40, 41, 42, 43, 44, 45,
    ])

    const { pte: conTrabajo, porOrden } = await crea.pteConPasos({})
    await pool.query("UPDATE pte_detalle SET archivo = 'https://example.com' WHERE id = $1", [porOrden['2']])
    const rechazo = await editar({ id: conTrabajo, id_cliente: SEMILLA.clienteIntercom, comentario_general: 'x' })
    expect([rechazo.status, rechazo.body.tipo_aviso]).toEqual([409, 'advertencia'])
    expect(await crea.leerPte(conTrabajo)).toMatchObject({ id_cliente: SEMILLA.clienteContrato, version: 1 })

    const mismoTipo = await crea.cliente()
    const igual = await editar({ id: conTrabajo, id_cliente: mismoTipo })
    expect([igual.status, igual.body.pasos_regenerados]).toEqual([200, false])
  })

  it('two people at once: the second sees what the first saved', async () => {
    const { pte } = await crea.pteConPasos()
    const { version } = await obtener(pte)
    await editar({ id: pte, version, comentario_general: 'primero' })
    const tarde = await agente
      .post('/operaciones/pte/editar/')
      .send({ id: pte, version, comentario_general: 'segundo' })
    expect([tarde.status, tarde.body.codigo]).toEqual([409, 'VERSION'])
    expect(tarde.body.cambios).toMatchObject([{ campo: 'Comentario', despues: 'primero' }])
    expect(tarde.body.datos).toMatchObject({ comentario: 'primero', version: 2 })
    expect(await crea.leerPte(pte)).toMatchObject({ comentario: 'primero' })
  })
})

describe('what the log says', () => {
  it('core §16.7, core §16.8: one row per field that changed, whatever the browser claims', async () => {
    const [a, b] = [await crea.cliente({ descripcion: 'CLIENTE A' }), await crea.cliente({ descripcion: 'CLIENTE B' })]
    const { pte } = await crea.pteConPasos(
      {},
      { id_cliente: a, plazo_dias: 10, total_homologado: 100, oficio_pte: 'BME-3801-001-2025' },
    )
    const { body } = await editar({
      id: pte,
      plazo_dias: '15',
      id_cliente: b,
      total_homologado: '100.00',
      registro_actividad: JSON.stringify({
        tabla_log: 0,
        evento: 'MODIFICAR',
        cambios: [{ nombre: 'total_homologado', valor_anterior: '1', valor_actual: '2' }],
      }),
    })
    expect(body.exito).toBe(true)
    const { rows } = await pool.query(
      `SELECT evento, campo_clave, valor_anterior, valor_actual, detalle, count(*) OVER (PARTITION BY transaccion) AS juntas
       FROM registro_actividad WHERE tabla_log = 0 AND registro_id = $1 ORDER BY campo_clave DESC`,
      [pte],
    )
    const detalle = 'de la PTE: BME-3801-001-2025'
    expect(rows).toEqual([
      {
        evento: 'MODIFICAR',
        campo_clave: 'plazo_dias',
        valor_anterior: '10',
        valor_actual: '15',
        detalle,
        juntas: '2',
      },
      {
        evento: 'MODIFICAR',
        campo_clave: 'cliente',
        valor_anterior: 'CLIENTE A',
        valor_actual: 'CLIENTE B',
        detalle,
        juntas: '2',
      },
    ])
  })

  it('core §16.9: a refused change leaves nothing; a log that fails undoes the change', async () => {
    const { pte } = await crea.pteConPasos()
    const antes = await filasDeBitacora()
    await agente.post('/operaciones/pte/cambiar_estatus_pte/').send({ pte_id: pte, nuevo_estatus: 99 })
    expect(await filasDeBitacora()).toBe(antes)
    await pool.query(
      "ALTER TABLE registro_actividad ADD CONSTRAINT prueba_falla CHECK (evento <> 'ACTUALIZAR') NOT VALID",
    )
    const { status, body } = await agente
      .post('/operaciones/pte/cambiar_estatus_pte/')
      .send({ pte_id: pte, nuevo_estatus: 2 })
    await pool.query('ALTER TABLE registro_actividad DROP CONSTRAINT prueba_falla')
    expect([status >= 400, body.exito, await filasDeBitacora()]).toEqual([true, false, antes])
    expect(await crea.leerPte(pte)).toMatchObject({ estatus: 1, version: 1 })
  })

  it('core §16.10: the last substep leaves two rows, its own and the automatic one', async () => {
    const { pte, porOrden } = await crea.pteConPasos({ '4.1': 3, '4.2': 3, '4.3': 3 }, { oficio_pte: 'BME-16-10' })
    await agente.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['4.4'], nuevo_estatus: 3 })
    const pasos = (await crea.leerPasosDePte(pte)).map(({ id }) => id)
    const { rows } = await pool.query(
      'SELECT registro_id, evento, valor_anterior, valor_actual, detalle FROM registro_actividad WHERE tabla_log = 1 AND registro_id = ANY($1) ORDER BY id',
      [pasos],
    )
    const fila = { evento: 'ACTUALIZAR', valor_anterior: 'PENDIENTE', valor_actual: 'COMPLETADO' }
    expect(rows).toEqual([
      {
        registro_id: String(porOrden['4.4']),
        ...fila,
        detalle:
          'el estatus de: PENDIENTE a: COMPLETADO, del paso 4.4 - Volumetría de recubrimientos de la PTE: BME-16-10',
      },
      {
        registro_id: String(porOrden['4']),
        ...fila,
        detalle: 'el estatus de: PENDIENTE a: COMPLETADO, del paso 4 - Volumetría de la PTE: BME-16-10 (automático)',
      },
    ])
  })

  it('every event of core §9.4 with its sentence', async () => {
    const { pte, porOrden } = await crea.pteConPasos({}, { oficio_pte: 'BME-EV' })
    const enviar = (ruta: string, cuerpo: object) => agente.post(`/operaciones/pte/${ruta}/`).send(cuerpo)
    await enviar('cambiar_estatus_pte', {
      pte_id: pte,
      nuevo_estatus: 3,
      fecha_entrega: '2025-03-01',
      comentario: 'listo',
    })
    await enviar('eliminar', { id: pte })
    expect((await crea.leerBitacora(0, pte)).map(({ evento, campo, detalle }) => [evento, campo, detalle])).toEqual([
      ['MODIFICAR', 'Fecha de Entrega', 'de la PTE: BME-EV'],
      ['MODIFICAR', 'Comentario', 'de la PTE: BME-EV'],
      ['ACTUALIZAR', 'Actualizó', 'el estatus de: PENDIENTE a: ENTREGADA, de la PTE HEADER: BME-EV'],
      ['ELIMINAR', 'Eliminó', 'OBRA con folio: BME-EV'],
    ])
    const { pte: otra, porOrden: suyos } = await crea.pteConPasos({}, { oficio_pte: 'BME-PASO' })
    const id = suyos['2']
    await enviar('actualizar-fecha', { id_paso: id, tipo: 1, fecha: '2025-03-01' })
    await enviar('guardar_archivo_pte', { paso_id: id, archivo: 'https://example.com/x' })
    await enviar('cambiar_estatus_paso', { paso_id: id, nuevo_estatus: 2, comentario: 'avanza' })
    expect((await crea.leerBitacora(1, id ?? 0)).map((f) => [f.evento, f.anterior, f.actual, f.detalle])).toEqual([
      ['ACTUALIZAR', '', '01/03/2025', 'la fecha de inicio del paso 2 de la PTE: BME-PASO'],
      ['IMPORTAR', '', 'https://example.com/x', 'un enlace de archivo al paso: 2-Visita al sitio de la PTE: BME-PASO'],
      [
        'ACTUALIZAR',
        'PENDIENTE',
        'PROCESO',
        'el estatus de: PENDIENTE a: PROCESO, del paso 2 - Visita al sitio de la PTE: BME-PASO',
      ],
      ['MODIFICAR', '', 'avanza', 'del paso 2 - Visita al sitio de la PTE: BME-PASO'],
    ])
    // R-PTE-24: the steps of the deleted one do not move.
    const muerto = await enviar('cambiar_estatus_paso', { paso_id: porOrden['1'], nuevo_estatus: 2 })
    expect([muerto.status, muerto.body.detalles, otra > pte]).toEqual([404, 'Paso no encontrado', true])
  })

  it('D-PTE-18: a change of status without comment keeps the comments', async () => {
    const { pte, porOrden } = await crea.pteConPasos({}, { comentario: 'de la cabecera' })
    await pool.query("UPDATE pte_detalle SET comentario = 'del paso' WHERE id = $1", [porOrden['1']])
    await agente.post('/operaciones/pte/cambiar_estatus_pte/').send({ pte_id: pte, nuevo_estatus: 2, comentario: ' ' })
    await agente.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['1'], nuevo_estatus: 2 })
    expect(await crea.leerPte(pte)).toMatchObject({ comentario: 'de la cabecera' })
    expect((await crea.leerPasosDePte(pte))[0]).toMatchObject({ comentario: 'del paso' })
  })
})

describe('steps: what else the endpoints say', () => {
  it('the row of a parent and of a substep, to the letter', async () => {
    const { pte } = await crea.pteConPasos({ '4.1': 3 }, { oficio_pte: 'BME-FILAS' })
    const principal = await agente
      .get('/operaciones/pte/detalle/datatable/')
      .query({ pte_header_id: pte, start: 3, length: 1, draw: 7 })
    expect([principal.body.draw, principal.body.recordsTotal]).toEqual([7, 10])
    expect(principal.body.data).toEqual([
      {
        id: expect.any(Number) as number,
        orden: '4',
        desc_paso: 'Volumetría',
        tipo_paso: 1,
        estatus_pte: 1,
        estatus_pte_texto: 'PENDIENTE',
        fecha_entrega: null,
        fecha_inicio: null,
        fecha_termino: null,
        comentario: '',
        es_subpaso: false,
        tiene_subpasos: true,
        progreso_subpasos: 25,
        total_subpasos: 4,
        subpasos_completados: 1,
        folio_pte: 'BME-FILAS',
        tipo_cliente: 15,
        archivo: null,
      },
    ])
    const subpasos = await agente.get('/operaciones/pte/datatable-subpasos/').query({ pte_header_id: pte })
    expect([subpasos.body.draw, subpasos.body.recordsTotal, subpasos.body.recordsFiltered]).toEqual([1, 4, 4])
    expect(subpasos.body.data[0]).toMatchObject({
      orden: '4.1',
      estatus_pte: 3,
      es_subpaso: true,
      folio_pte: 'BME-FILAS',
    })
  })

  it('a PTE that is missing, unknown or deleted has an empty table', async () => {
    const { pte } = await crea.pteConPasos({}, { estatus: 0 })
    for (const consulta of [{}, { pte_header_id: 999_999 }, { pte_header_id: pte }] as Record<string, number>[])
      for (const ruta of ['detalle/datatable', 'datatable-subpasos']) {
        const { status, body } = await agente.get(`/operaciones/pte/${ruta}/`).query(consulta)
        expect([status, body.recordsTotal, body.data]).toEqual([200, 0, []])
      }
  })

  it('D-PTE-31: the templates, by their number, of one type when asked', async () => {
    const { body } = await agente
      .get<{ id: number; orden: string }[]>('/operaciones/pte/obtener_pasos/')
      .query({ tipo_cliente: 15 })
    expect(body.map(({ orden }) => orden)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '4.1',
      '4.2',
      '4.3',
      '4.4',
      '5',
      '6',
      '7',
      '8',
      '9',
      '10',
    ])
    expect(body[3]).toEqual({
      id: 4,
      descripcion: 'Volumetría',
      orden: '4',
      tipo: 1,
      importancia: 0,
      id_tipo_cliente: 15,
    })
    expect((await agente.get<unknown[]>('/operaciones/pte/obtener_pasos/')).body).toHaveLength(24)
  })

  it('progress of a PTE without substeps, and of none', async () => {
    const { pte } = await crea.pteConPasos([1], { id_cliente: SEMILLA.clienteIntercom })
    const padre = (consulta: Record<string, number>) =>
      agente.get('/operaciones/pte/obtener-progreso-paso4/').query(consulta)
    expect((await padre({ pte_header_id: pte })).body).toEqual({
      exito: true,
      progreso: 0,
      subpasos_completados: 0,
      total_subpasos: 0,
      descripcion_paso: 'Volumetría de Materiales',
    })
    const sinId = await agente.get('/operaciones/pte/obtener-progreso-general-pte/')
    expect([(await padre({})).status, (await padre({ pte_header_id: 999_999 })).status, sinId.status]).toEqual([
      400, 404, 400,
    ])
  })

  it('locked dates: start and end of a finished step, delivery of one that is not; the parent takes its delivery by hand', async () => {
    const { porOrden } = await crea.pteConPasos({ '1': 3, '2': 14, '4': 3, '4.1': 3, '4.2': 3, '4.3': 3, '4.4': 3 })
    const fecha = async (orden: string, tipo: number) =>
      (
        await agente
          .post('/operaciones/pte/actualizar-fecha/')
          .send({ id_paso: porOrden[orden], tipo, fecha: '2025-03-01' })
      ).status
    expect([
      await fecha('1', 1),
      await fecha('2', 2),
      await fecha('3', 3),
      await fecha('4', 3),
      await fecha('3', 1),
    ]).toEqual([409, 409, 409, 200, 200])
  })
})

describe('page data', () => {
  it('the detail: header, families of its orders, activity', async () => {
    const { pte, porOrden } = await crea.pteConPasos({ '1': 3 }, { oficio_pte: 'BME-FICHA' })
    const ot = await crea.ot({ id_pte_header: pte, orden_trabajo: 'OT-FICHA', fecha_inicio_programado: '2025-02-01' })
    await crea.reprogramacion(ot, {
      id_pte_header: pte,
      num_reprogramacion: 1,
      estatus: -1,
      orden_trabajo: 'OT-FICHA-R',
    })
    await agente.post('/operaciones/pte/cambiar_estatus_paso/').send({ paso_id: porOrden['2'], nuevo_estatus: 2 })
    const ficha = await fichaDePte(await app.ctxDe('consulta'), pte)
    expect(ficha).toMatchObject({
      id: pte,
      oficio_pte: 'BME-FICHA',
      tipo_texto: 'OBRA',
      estatus: { id: 1, texto: 'PENDIENTE', tono: 'amarillo' },
      progreso: { progreso: 7, pasos_completados: 1, total_pasos: 14 },
      puede_crear_ot: false,
      motivo_sin_ot: '',
      ots_vivas: ['OT-FICHA', 'OT-FICHA-R'],
      puede: { crear: false, editar: false, exportar: true, ver_ot: true, crear_ot: false },
      familias: [
        {
          ot: {
            id: ot,
            etiqueta: 'Inicial',
            orden_trabajo: 'OT-FICHA',
            inicio: '01/02/2025',
            ruta: `/operaciones/ot/${ot}/`,
          },
          reprogramaciones: [{ etiqueta: 'Reprogramación 1', estatus: { texto: 'POR DEFINIR' } }],
        },
      ],
    })
    expect(ficha.actividad.filas.map(({ detalle }) => detalle)).toEqual([
      'el estatus de: PENDIENTE a: PROCESO, del paso 2 - Visita al sitio de la PTE: BME-FICHA',
    ])
    const sinOt = await fichaDePte(await app.ctxDe(['operaciones.view_pteheader']), pte)
    expect(sinOt.familias[0]?.ot.ruta).toBe('')
  })

  it('the family of a reprogramación born from the PTE shows its initial order, of another PTE', async () => {
    const raiz = await crea.ot({ orden_trabajo: 'OT-RAIZ', id_pte_header: await crea.pte() })
    const { pte } = await crea.pteConPasos([3])
    await agente
      .post('/operaciones/ot/crear-desde-pte/')
      .send({ pte_id: pte, oficio: 'OT-RAIZ', tipo_ot: 5, ot_principal: raiz })
    const ficha = await fichaDePte(app.ctx, pte)
    expect([ficha.ots_vivas, ficha.familias.length, ficha.familias[0]?.ot.id]).toEqual([['OT-RAIZ'], 1, raiz])
  })

  it('D-PTE-35: kinds of the catalogue in the order of the selects, without the generic one; years of the folios and this one', async () => {
    await pool.query("INSERT INTO tipo (descripcion, nivel_afectacion) VALUES ('AUDITORIA', 1)")
    const { tipos, clientes } = await catalogosDePte(app.ctx)
    expect(tipos.map(({ descripcion }) => descripcion)).toEqual([
      'OBRA',
      'SERVICIOS',
      'MANTENIMIENTO',
      'LICITACION',
      'COSTEO CLASE V',
      'COSTEO CLASE IV',
      'COSTEO CLASE III',
      'MERCADEOS',
      'UDC',
      'SERVICIO DE MTTO',
      'AUDITORIA',
    ])
    expect(clientes.find(({ id }) => id === SEMILLA.clienteIntercom)?.id_tipo).toBe(16)
    await crea.pte({ oficio_pte: 'X-2021' })
    await crea.pte({ oficio_pte: 'X-2019', estatus: 0 })
    const anios = await aniosDePtes(app.ctx)
    expect([anios[0], anios.includes(2021), anios.includes(2019)]).toEqual([2025, true, false])
  })
})
