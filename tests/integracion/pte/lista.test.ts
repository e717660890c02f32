import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { FilaPte, RespuestaTablaPte } from '../../../src/modulos/pte/pte.contrato.ts'
import { TABLA_PTE } from '../../../src/modulos/pte/pte.tabla.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-03-05T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const agente = tipado((await app.entrarComo('consulta')).agente)

const RUTA = '/operaciones/pte/datatable/'
const lista = async (consulta: Record<string, string | number>) =>
  (await agente.get<RespuestaTablaPte>(RUTA).query(consulta)).body
const ids = async (consulta: Record<string, string | number>) =>
  (await lista({ length: -1, ...consulta })).data.map(({ id }) => id)
const orden = (columna: string | number, dir: string) => ({
  'order[0][column]': columna,
  'order[0][dir]': dir,
  ...(typeof columna === 'string' ? { [`columns[${columna}][data]`]: columna } : {}),
})

describe('pte/datatable/', () => {
  it('the row to the letter', async () => {
    const { pte } = await crea.pteConPasos(
      { '1': 3 },
      {
        oficio_pte: 'BME-FILA-2025',
        oficio_solicitud: 'SOL-1',
        descripcion_trabajo: 'Cambio de líneas',
        fecha_solicitud: '2025-01-02',
        fecha_entrega: '2025-02-03',
        plazo_dias: 2.5,
        total_homologado: '1234.50',
        id_orden_trabajo: 'OT-9',
        comentario: 'nota',
      },
    )
    await crea.ot({ id_pte_header: pte, orden_trabajo: 'OT-DE-LA-FILA' })
    const [fila] = (await lista({ filtro: 'BME-FILA' })).data
    expect(fila).toEqual({
      id: pte,
      id_tipo_id: 12,
      descripcion_tipo: 'OBRA',
      oficio_pte: 'BME-FILA-2025',
      oficio_solicitud: 'SOL-1',
      descripcion_trabajo: 'Cambio de líneas',
      estatus: 1,
      estatus_texto: 'PENDIENTE',
      fecha_solicitud: '2025-01-02',
      fecha_entrega: '03/02/2025',
      responsable_proyecto: SEMILLA.responsable,
      plazo_dias: 2.5,
      progreso: 7,
      pasos_completados: 1,
      total_pasos: 14,
      id_cliente_id: SEMILLA.clienteContrato,
      tipo_cliente: 15,
      puede_crear_ot: false,
      cliente: expect.any(String) as string,
      responsable_proyecto_texto: expect.any(String) as string,
      prioridad: 1,
      prioridad_texto: 'ALTA',
      total_homologado: '1234.50',
      id_orden_trabajo: 'OT-9',
      comentario: 'nota',
      ots_vivas: ['OT-DE-LA-FILA'],
    } satisfies FilaPte)
  })

  it('D-PTE-07: a PTE without client, lead, term nor steps is one more row', async () => {
    const id = await crea.pte({ oficio_pte: 'BME-VACIA' })
    expect((await lista({ filtro: 'BME-VACIA' })).data).toMatchObject([
      {
        id,
        tipo_cliente: null,
        id_cliente_id: null,
        responsable_proyecto: '',
        plazo_dias: 0,
        progreso: 0,
        total_pasos: 0,
        puede_crear_ot: false,
        fecha_entrega: null,
      },
    ])
  })

  it('D-PTE-04, D-PTE-08: paging never fails, totals tell both numbers, a bad filter is 400', async () => {
    await crea.pte({ oficio_pte: 'D08-A' })
    await crea.pte({ oficio_pte: 'D08-B' })
    const malo = await lista({ start: 'x', length: '-9', draw: 'z', filtro: 'D08' })
    expect([malo.draw, malo.data.length, malo.recordsFiltered]).toEqual([1, 2, 2])
    expect(malo.recordsTotal).toBeGreaterThan(2)
    expect((await lista({ length: -1 })).data.length).toBe(malo.recordsTotal)
    for (const filtro of ['estatus', 'responsable_proyecto', 'cliente', 'anio', 'tipo[]']) {
      const { status, body } = await agente.get(RUTA).query({ [filtro]: 'abc' })
      expect([filtro, status, body.exito]).toEqual([filtro, 400, false])
    }
  })

  it('filters add up; tipo[] may repeat', async () => {
    const comun = { oficio_pte: 'SUMA-2021', id_responsable_proyecto: SEMILLA.otroResponsable }
    const obra = await crea.pte({ ...comun, id_tipo: 12, id_cliente: SEMILLA.clienteContrato })
    const udc = await crea.pte({ ...comun, id_tipo: 13, id_cliente: SEMILLA.clienteIntercom, estatus: 2 })
    const otra = await crea.pte({ ...comun, id_tipo: 14, id_cliente: SEMILLA.clienteContrato })
    expect(await ids({ anio: 2021 })).toEqual([otra, udc, obra])
    expect(
      (await agente.get<RespuestaTablaPte>(`${RUTA}?anio=2021&tipo[]=12&tipo[]=13`)).body.data.map((f) => f.id),
    ).toEqual([udc, obra])
    expect(await ids({ anio: 2021, tipo: '12,14', cliente: SEMILLA.clienteContrato })).toEqual([otra, obra])
    expect(await ids({ responsable_proyecto: SEMILLA.otroResponsable, estatus: 2 })).toEqual([udc])
  })

  it('filtro looks into description, folio and letter; search[value] into description, folio and lead; % and _ are literal', async () => {
    const { rows } = await pool.query<{ descripcion: string }>(
      'SELECT descripcion FROM responsable_proyecto WHERE id = 4',
    )
    const lider = String(rows[0]?.descripcion)
    const porLetra = await crea.pte({ oficio_solicitud: 'GRZ/100%/A_1', oficio_pte: 'BUS-1' })
    const porFolio = await crea.pte({ oficio_pte: 'BUS-2-ÑANDÚ', id_responsable_proyecto: 4 })
    const porTrabajo = await crea.pte({ oficio_pte: 'BUS-3', descripcion_trabajo: 'Válvula de paso' })
    expect(await ids({ filtro: '100%/a_' })).toEqual([porLetra])
    expect(await ids({ filtro: '100x' })).toEqual([])
    expect(await ids({ 'search[value]': 'GRZ/100' })).toEqual([])
    expect(await ids({ 'search[value]': 'ñandú' })).toEqual([porFolio])
    expect(await ids({ 'search[value]': 'VÁLVULA DE' })).toEqual([porTrabajo])
    expect(await ids({ filtro: 'bus-', 'search[value]': lider })).toEqual([porFolio])
  })

  it('D-PTE-05: each column of the page sorts by itself, by index and by name, both ways; the rest by id', async () => {
    const a = await crea.pteConPasos([3, 1, 1], {
      oficio_pte: 'ORD-A',
      oficio_solicitud: 'Z',
      descripcion_trabajo: 'M',
      fecha_entrega: '2025-01-01',
      id_tipo: 19,
      total_homologado: 5,
      prioridad: 2,
    })
    const b = await crea.pteConPasos([3, 3, 1], {
      oficio_pte: 'ORD-B',
      oficio_solicitud: 'A',
      descripcion_trabajo: 'Z',
      id_tipo: 12,
      total_homologado: 1,
      prioridad: 1,
    })
    const c = await crea.pteConPasos([3, 3, 3], {
      oficio_pte: 'ORD-C',
      oficio_solicitud: 'M',
      descripcion_trabajo: 'A',
      fecha_entrega: '2024-01-01',
      id_tipo: 13,
      total_homologado: 9,
      prioridad: 4,
    })
    const nombres = new Map([a, b, c].map(({ pte }, i) => [pte, 'abc'[i] ?? '']))
    const asi = async (columna: string | number, dir: string) =>
      (await ids({ filtro: 'ORD-', ...orden(columna, dir) })).map((id) => nombres.get(id)).join('')
    const esperados: [string | number, asc: string, desc: string][] = [
      [1, 'abc', 'cba'],
      [2, 'bac', 'cab'],
      [3, 'abc', 'cba'],
      [4, 'bca', 'acb'],
      [5, 'cab', 'bac'],
      // Nulls go last both ways.
      [6, 'cab', 'acb'],
      [8, 'abc', 'cba'],
      ['total_homologado', 'bac', 'cab'],
      ['prioridad_texto', 'bac', 'cab'],
      // Not sortable: id, newest first.
      [7, 'cba', 'cba'],
      ['estatus_texto', 'cba', 'cba'],
      ['password', 'cba', 'cba'],
    ]
    // OBRA, SERVICIOS, UDC.
    esperados[1] = [2, 'bac', 'cab']
    for (const [columna, asc, desc] of esperados)
      expect([columna, await asi(columna, 'asc'), await asi(columna, 'desc')]).toEqual([columna, asc, desc])
    for (const { clave } of TABLA_PTE.columnas.filter((columna) => columna.orden !== undefined))
      expect(await ids({ filtro: 'ORD-', ...orden(clave, 'asc') })).toHaveLength(3)
  })

  it('D-PTE-03: the queries do not grow with the page', async () => {
    for (let i = 0; i < 100; i += 1) await crea.pte({ oficio_pte: `CIEN-${i}` })
    const consultas = async (consulta: Record<string, string | number>) => {
      await pool.query(`SELECT nextval('cambios_pte')`)
      await lista(consulta)
      return app.lineas.at(-1)?.['consultas']
    }
    const [diez, cien] = [await consultas({ length: 10 }), await consultas({ length: 100 })]
    const porProgreso = await consultas({ length: 100, ...orden('progreso', 'asc') })
    expect(cien).toBe(diez)
    expect(Math.max(Number(diez), Number(porProgreso))).toBeLessThanOrEqual(4)
  })

  it('a change of a step changes the kept order by progress', async () => {
    const { pte, porOrden } = await crea.pteConPasos({}, { oficio_pte: 'SELLO-1' })
    const { pte: otra } = await crea.pteConPasos({ '1': 3 }, { oficio_pte: 'SELLO-2' })
    const pedir = () => ids({ filtro: 'SELLO-', ...orden('progreso', 'desc') })
    expect(await pedir()).toEqual([otra, pte])
    await pool.query('UPDATE pte_detalle SET estatus_paso = 3 WHERE id = ANY($1)', [[porOrden['1'], porOrden['2']]])
    expect(await pedir()).toEqual([pte, otra])
  })

  it('a name that changes in a catalogue changes what the search finds and the kept orders', async () => {
    const { rows } = await pool.query<{ id: number }>(
      "INSERT INTO responsable_proyecto (descripcion) VALUES ('Renombrado A'), ('Renombrado B') RETURNING id::int",
    )
    const [uno = 0, otro = 0] = rows.map(({ id }) => id)
    const a = await crea.pte({ oficio_pte: 'REN-1', id_responsable_proyecto: uno, id_cliente: await crea.cliente() })
    const b = await crea.pte({ oficio_pte: 'REN-2', id_responsable_proyecto: otro, id_cliente: await crea.cliente() })
    const porNombre = () => ids({ filtro: 'REN-', ...orden('responsable_proyecto_texto', 'asc') })
    const hallada = async () => {
      const { recordsFiltered, data } = await lista({ 'search[value]': 'zz renombrado' })
      return [recordsFiltered, data.length]
    }
    expect([await porNombre(), await hallada()]).toEqual([
      [a, b],
      [0, 0],
    ])
    await pool.query("UPDATE responsable_proyecto SET descripcion = 'ZZ ' || descripcion WHERE id = $1", [uno])
    expect([await porNombre(), await hallada()]).toEqual([
      [b, a],
      [1, 1],
    ])
    const porCliente = () => ids({ filtro: 'REN-', ...orden('cliente', 'desc') })
    const [primera, segunda] = await porCliente()
    const { id_cliente: cliente } = await crea.leerPte(segunda ?? 0)
    await pool.query("UPDATE cliente SET descripcion = 'zzz' WHERE id = $1", [cliente])
    expect(await porCliente()).toEqual([segunda, primera])
  })

  it('property: the year is the end of the folio, a dash and exactly four digits', async () => {
    const folio = fc.stringMatching(/^[A-Z0-9][A-Z0-9-]{0,12}$/)
    const folios = [...fc.sample(folio, 200), 'A-2024', 'A-20245', 'A-024', '-0001', '2024', 'A--1999']
    const { rows } = await pool.query<{ folio: string; anio: number | null }>(
      'INSERT INTO pte_header (id_tipo, oficio_pte, estatus) SELECT 12, f, 0 FROM unnest($1::text[]) f RETURNING oficio_pte AS folio, anio',
      [folios],
    )
    expect(rows).toHaveLength(folios.length)
    for (const fila of rows) {
      const fin = /-(\d{4})$/.exec(fila.folio)?.[1]
      expect(fila).toEqual({ folio: fila.folio, anio: fin === undefined ? null : Number(fin) })
    }
  })

  it('the total of the footer is that of the filtered set', async () => {
    await crea.pte({ oficio_pte: 'PIE-1', total_homologado: '9999999999999.99' })
    await crea.pte({ oficio_pte: 'PIE-2', total_homologado: '9999999999999.99' })
    expect((await lista({ filtro: 'PIE-', length: 1 })).totales).toEqual({ total_homologado: '19999999999999.98' })
  })
})

describe('pte/exportar/', () => {
  const bajar = (consulta: Record<string, string>) =>
    agente.get<Buffer>('/operaciones/pte/exportar/').query(consulta).buffer(true).parse(bytes)

  it('the filtered set with its columns, and its row in the log', async () => {
    const { pte } = await crea.pteConPasos(
      { '1': 3 },
      { oficio_pte: 'EXP-1-2025', fecha_entrega: '2025-02-03', total_homologado: '10.5' },
    )
    const { status, body, headers } = await bajar({
      filtro: 'EXP-1',
      formato: 'csv',
      columnas: 'id,oficio_pte,fecha_entrega,progreso,total_homologado',
    })
    expect([status, headers['content-disposition']]).toEqual([200, expect.stringContaining('ptes-2025-03-05.csv')])
    expect(
      body
        .toString('utf8')
        .replace(/^\uFEFF/, '')
        .trim()
        .split(/\r?\n/),
    ).toEqual(['ID,Folio PTE,Fecha entrega,Progreso (%),Total homologado', `${pte},EXP-1-2025,03/02/2025,7,10.50`])
    const { rows } = await pool.query(
      "SELECT detalle FROM registro_actividad WHERE tabla_log = 0 AND evento = 'EXPORTAR'",
    )
    expect(rows).toEqual([{ detalle: '1 PTE en ptes-2025-03-05.csv' }])
    expect((await bajar({ columnas: 'password' })).status).toBe(400)
    expect((await bajar({ filtro: 'EXP-1' })).body.subarray(0, 2).toString()).toBe('PK')
  })
})
