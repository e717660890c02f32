import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2026-11-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const agente = tipado((await app.entrarComo('administrador')).agente)

const BASE = '/operaciones/catalogos'
const crear = (cuerpo: Record<string, unknown>) => agente.post(`${BASE}/producto/crear/`).type('form').send(cuerpo)
const editar = (cuerpo: Record<string, unknown>) => agente.post(`${BASE}/producto/editar/`).type('form').send(cuerpo)
const eliminar = (cuerpo: Record<string, unknown>) => agente.post(`${BASE}/producto/eliminar/`).send(cuerpo)
const reactivar = (id: number) => agente.post(`${BASE}/producto/reactivar/`).send({ id })

interface Tabla {
  recordsTotal: number
  recordsFiltered: number
  data: Record<string, unknown>[]
}
const lista = async (consulta: Record<string, string | number>) =>
  (await agente.get<Tabla>(`${BASE}/concepto/datatable_concepto/`).query(consulta)).body

async function fila(id: number): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
    'SELECT to_jsonb(c) AS fila FROM contrato_concepto_maestro c WHERE id = $1',
    [id],
  )
  return rows[0]?.fila ?? {}
}

const PUE = { id_partida: 'X2EXT-0001', descripcion: 'Suministro de tubo', unidad_medida: 15, cantidad: '1' }
let serie = 0
const otro = () => ({ ...PUE, id_partida: `X2EXT-${String((serie += 1) + 100)}` })
const crearId = async (cuerpo: Record<string, unknown> = {}): Promise<number> =>
  ((await crear({ ...otro(), ...cuerpo })).body as unknown as { id: number }).id

/** An ordinary concept of the seeded sub-annex C-2 (id 2). */
async function ordinario(columnas: Record<string, unknown> = {}): Promise<number> {
  const todas = {
    id_tipo_partida: 6,
    id_sub_anexo: 2,
    partida_ordinaria: '2.1.',
    descripcion: `Concepto ${String((serie += 1))}`,
    id_unidad_medida: 15,
    ...columnas,
  }
  const nombres = Object.keys(todas)
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO contrato_concepto_maestro (${nombres.join(', ')}) VALUES (${nombres.map((_, i) => `$${String(i + 1)}`).join(', ')}) RETURNING id`,
    Object.values(todas),
  )
  return Number(rows[0]?.id)
}

describe('producto/crear/', () => {
  it('catalogos §15.7: a PUE is born EN ELABORACION, without sub-annex; its key is unique whatever its case, NA is free', async () => {
    const { status, body } = await crear({
      id_partida: 'C2EXT-9001',
      descripcion: 'Tubería de 8"',
      unidad_medida: '15',
      cantidad: '12.5',
      precio_unitario_mn: '1,000',
      precio_unitario_usd: '',
    })
    expect([status, body.exito, body.tipo_aviso, body.detalles]).toEqual([
      200,
      true,
      'exito',
      'Concepto extraordinario creado correctamente',
    ])
    const { id } = body as unknown as { id: number }
    expect(await fila(id)).toMatchObject({
      id_tipo_partida: 7,
      estatus: 'EN ELABORACION',
      precio_unitario_mn: 1000,
      precio_unitario_usd: 0,
      id_sub_anexo: null,
      activo: true,
    })
    const { data } = await lista({ modo_vista: 'extraordinarios', filtro: '9001' })
    expect(data).toEqual([
      {
        id,
        id_partida: 'C2EXT-9001',
        descripcion: 'Tubería de 8"',
        unidad_medida: 'TON',
        anexo: 'S/A',
        cantidad_referencia: '12.50',
        precio_unitario_mn: '1000.00',
        precio_unitario_usd: '0.00',
        activo: 'Activo',
        activo_bool: true,
        comentario: '',
        partida_extraordinaria: 'C2EXT-9001',
        pte: '',
        ot: '',
        estatus_pue: 'EN ELABORACION',
        fecha_sancion: '',
      },
    ])
    const repetido = await crear({ ...PUE, id_partida: ' c2ext-9001 ' })
    expect([repetido.status, repetido.body.exito, repetido.body.tipo_aviso, repetido.body.detalles]).toEqual([
      409,
      false,
      'advertencia',
      'Ya existe un concepto extraordinario con esta clave.',
    ])
    const libres = [await crear({ ...PUE, id_partida: 'NA' }), await crear({ ...PUE, id_partida: 'na' })]
    expect(libres.map((respuesta) => respuesta.status)).toEqual([200, 200])
    expect((await crea.leerBitacora(11, id)).map(({ evento, detalle }) => [evento, detalle])).toEqual([
      ['CREAR', 'un concepto extraordinario con partida: C2EXT-9001'],
    ])
  })

  it.each([
    [{ id_partida: ' ' }, 'El ID de partida es obligatorio', 'error', 'id_partida'],
    [{ descripcion: ' \n' }, 'La descripción es obligatoria', 'error', 'descripcion'],
    [{ unidad_medida: '' }, 'La Unidad es obligatoria', 'error', 'unidad_medida'],
    [
      { unidad_medida: '9999' },
      'La unidad de medida no existe. Elige una de la lista.',
      'advertencia',
      'unidad_medida',
    ],
    [{ precio_unitario_mn: 'mucho' }, 'Valores numéricos inválidos.', 'error', 'precio_unitario_mn'],
    [{ precio_unitario_usd: '-1' }, 'Valores numéricos inválidos.', 'error', 'precio_unitario_usd'],
    [{ precio_unitario_mn: '1e99' }, 'Valores numéricos inválidos.', 'error', 'precio_unitario_mn'],
    [{ precio_unitario_mn: '99999999999999999999' }, 'Valores numéricos inválidos.', 'error', 'precio_unitario_mn'],
    [{ cantidad: '0' }, 'La cantidad es obligatoria y debe ser mayor a 0', 'error', 'cantidad'],
    [{ cantidad: '' }, 'La cantidad es obligatoria y debe ser mayor a 0', 'error', 'cantidad'],
    [{ cantidad: '-3' }, 'Valores numéricos inválidos.', 'error', 'cantidad'],
  ])('CAT-02, CAT-12 %j is refused', async (cambio, detalles, aviso, campo) => {
    const { rows: antes } = await pool.query('SELECT count(*) FROM contrato_concepto_maestro')
    const { status, body } = await crear({ ...otro(), ...cambio })
    expect([status, body.detalles, body.tipo_aviso, Object.keys(body.campos)]).toEqual([400, detalles, aviso, [campo]])
    expect((await pool.query('SELECT count(*) FROM contrato_concepto_maestro')).rows).toEqual(antes)
  })

  it('the folios where it was born are stored as typed and linked when they exist', async () => {
    const ot = await crea.ot({ orden_trabajo: 'OT-PUE-1' })
    const id = await crearId({ pte_origen: 'BME-NO-EXISTE', ot_origen: ' ot-pue-1 ' })
    expect(await fila(id)).toMatchObject({
      pte_creacion: 'BME-NO-EXISTE',
      id_pte_creacion: null,
      ot_creacion: 'ot-pue-1',
      id_ot_creacion: ot,
    })
  })
})

describe('producto/obtener/ and editar/', () => {
  it('reads a concept with the keys of the specification', async () => {
    const id = await crearId({
      id_partida: 'X2EXT-LEE',
      precio_unitario_mn: '10',
      comentario: 'Nota',
      pte_origen: 'PTE-1',
    })
    const { body } = await agente.get<Record<string, unknown>>(`${BASE}/producto/obtener/`).query({ id })
    expect(body).toEqual({
      id,
      id_partida: 'X2EXT-LEE',
      descripcion_concepto: 'Suministro de tubo',
      anexo: 'S/A',
      tipo_partida_id: 7,
      unidad_medida_id: 15,
      precio_unitario_mn: '10.00',
      precio_unitario_usd: '0.00',
      comentario: 'Nota',
      activo: true,
      cantidad_referencia: '1.00',
      pte_origen: 'PTE-1',
      ot_origen: '',
      version: 1,
      textos: { unidad_medida: 'TON' },
    })
    const nada = await agente.get(`${BASE}/producto/obtener/`).query({ id: 999999 })
    expect([nada.status, nada.body.tipo_aviso, nada.body.detalles]).toEqual([404, 'error', 'Concepto no encontrado'])
  })

  it('edits only what came, one row of the log per field, and the history of the price says who', async () => {
    const id = await crearId({ comentario: 'Nota' })
    const { body } = await editar({ id, precio_unitario_mn: '50.5', version: 1 })
    expect(body).toMatchObject({ exito: true, version: 2, detalles: 'Concepto actualizado correctamente' })
    expect(await fila(id)).toMatchObject({ precio_unitario_mn: 50.5, comentario: 'Nota', cantidad: 1 })
    expect((await crea.leerBitacora(11, id)).slice(1)).toMatchObject([
      {
        evento: 'MODIFICAR',
        campo: 'Precio Unitario MN',
        campo_clave: 'precio_unitario_mn',
        anterior: '$ 0.00',
        actual: '$ 50.50',
      },
    ])
    const { rows } = await pool.query(
      'SELECT numero, precio_mn::text, origen FROM contrato_concepto_precio WHERE id_concepto = $1 ORDER BY numero',
      [id],
    )
    expect(rows).toEqual([
      { numero: 1, precio_mn: '0.00', origen: 'captura' },
      { numero: 2, precio_mn: '50.50', origen: 'edicion' },
    ])
    const nada = await editar({ id, precio_unitario_mn: '50.50' })
    expect([nada.body.version, (await crea.leerBitacora(11, id)).length]).toEqual([2, 2])
  })

  it('two people at once: the second is told who changed what, and loses nothing', async () => {
    const id = await crearId()
    await editar({ id, comentario: 'Uno', version: 1 })
    const { status, body } = await editar({ id, comentario: 'Dos', version: 1 })
    expect([status, body.codigo]).toEqual([409, 'VERSION'])
    expect(body.cambios).toMatchObject([{ campo: 'Comentario', despues: 'Uno' }])
    expect(body.datos).toMatchObject({ comentario: 'Uno', version: 2 })
  })

  it('CAT-11: an ordinary code may repeat with another description, not with the same description and unit', async () => {
    const primero = await ordinario({ partida_ordinaria: '4.7.', descripcion: 'Soldador' })
    const segundo = await ordinario({ partida_ordinaria: '4.8.', descripcion: 'Pailero' })
    expect((await editar({ id: segundo, id_partida: '4.7.' })).status).toBe(200)
    const choque = await editar({ id: segundo, descripcion: ' SOLDADOR ' })
    expect([choque.status, choque.body.tipo_aviso]).toEqual([409, 'advertencia'])
    expect(choque.body.detalles).toBe('La partida 4.7. ya existe en el anexo C-2. La tiene «Soldador».')
    expect(await fila(primero)).toMatchObject({ descripcion: 'Soldador' })
  })

  it('what does not exist, what is inactive and what is emptied', async () => {
    const id = await crearId()
    expect((await editar({ id: 999999, comentario: 'x' })).status).toBe(404)
    expect((await editar({ comentario: 'x' })).status).toBe(400)
    expect((await editar({ id, descripcion: '' })).status).toBe(400)
    expect((await editar({ id, cantidad: '0' })).status).toBe(400)
    await eliminar({ id })
    expect((await editar({ id, comentario: 'x' })).status).toBe(409)
  })
})

describe('producto/eliminar/ and reactivar/', () => {
  it('deactivates, frees the key, and comes back only while the key is free', async () => {
    const id = await crearId({ id_partida: 'X2EXT-BAJA' })
    const { body } = await eliminar({ id })
    expect(body).toMatchObject({ exito: true, detalles: 'Producto desactivado correctamente' })
    expect((await eliminar({ id })).status).toBe(404)
    const activos = await lista({ modo_vista: 'extraordinarios', filtro: 'X2EXT-BAJA' })
    const inactivos = await lista({ modo_vista: 'extraordinarios', filtro: 'X2EXT-BAJA', estado: 'inactivos' })
    expect([activos.data.length, inactivos.data.map((una) => una['activo'])]).toEqual([0, ['Inactivo']])
    const nuevo = await crearId({ id_partida: 'X2EXT-BAJA' })
    expect((await reactivar(id)).status).toBe(409)
    await eliminar({ id: nuevo })
    expect((await reactivar(id)).body).toMatchObject({ exito: true })
    expect((await reactivar(id)).status).toBe(409)
    expect((await crea.leerBitacora(11, id)).map(({ evento }) => evento)).toEqual(['CREAR', 'ELIMINAR', 'REACTIVAR'])
  })

  it('what the annex of a live OT uses asks first (catalogos §1.3)', async () => {
    const id = await crearId({ id_partida: 'X2EXT-USO', descripcion: 'Codo  de\nacero' })
    const ot = await crea.ot()
    const { rows } = await pool.query<{ id: string }>(
      "INSERT INTO importacion_anexo (id_ot, archivo_excel) VALUES ($1, 'c.xlsx') RETURNING id",
      [ot],
    )
    await pool.query(
      `WITH concepto AS (
         INSERT INTO concepto_consolidado (id_ot, anexo, codigo, concepto, id_unidad_medida, huella)
         VALUES ($2, 'S/A', 'X2EXT-USO', 'CODO DE ACERO', 15, repeat('a', 64)) RETURNING id
       )
       INSERT INTO partida_anexo_importada (id_importacion_anexo, id_partida, descripcion_concepto, id_unidad_medida, orden_fila, id_concepto_consolidado)
       SELECT $1, ' x2ext-uso', 'CODO DE ACERO', 15, 1, id FROM concepto`,
      [rows[0]?.id, ot],
    )
    const { status, body } = await eliminar({ id })
    expect([status, body.tipo_aviso, (body as unknown as Record<string, unknown>)['requiere_confirmacion']]).toEqual([
      409,
      'advertencia',
      true,
    ])
    expect(body.detalles).toContain('1 OT activa')
    expect(await fila(id)).toMatchObject({ activo: true })
    expect((await eliminar({ id, confirmar: '1' })).status).toBe(200)
    expect(await fila(id)).toMatchObject({ activo: false })
  })
})

describe('concepto/datatable_concepto/', () => {
  it('catalogos §15.12: partidas in the order people count', async () => {
    for (const partida of ['2.10.', '2.2.', '2.1.', '10C-11.', '1C-11.'])
      await ordinario({ partida_ordinaria: partida, descripcion: `Orden natural ${partida}`, id_sub_anexo: 5 })
    const por = async (consulta: Record<string, string>) =>
      (await lista({ filtro: 'orden natural', ...consulta })).data.map((una) => una['id_partida'])
    const ascendente = ['1C-11.', '2.1.', '2.2.', '2.10.', '10C-11.']
    expect(await por({ 'order[0][column]': '1', 'order[0][dir]': 'asc' })).toEqual(ascendente)
    expect(await por({ 'order[0][name]': 'id_partida', 'order[0][dir]': 'desc' })).toEqual(ascendente.toReversed())
  })

  it('CAT-09: every sort of the old page, by its number, and by its name', async () => {
    const claves = [
      '',
      'id_partida',
      'descripcion',
      'unidad_medida',
      'anexo',
      'cantidad_referencia',
      'precio_unitario_mn',
      'precio_unitario_usd',
    ]
    await ordinario({
      partida_ordinaria: '3.1.',
      id_sub_anexo: 3,
      cantidad: 9,
      precio_unitario_mn: 1,
      precio_unitario_usd: 5,
      id_unidad_medida: 1,
    })
    await ordinario({
      partida_ordinaria: '10.1.',
      id_sub_anexo: 12,
      cantidad: 10,
      precio_unitario_mn: 20,
      precio_unitario_usd: 4,
    })
    for (const [indice, clave] of claves.entries()) {
      if (indice === 0) continue
      const porIndice = (await lista({ 'order[0][column]': indice, 'order[0][dir]': 'desc' })).data.map(
        (una) => una['id'],
      )
      const porNombre = (await lista({ 'order[0][name]': clave, 'order[0][dir]': 'desc' })).data.map((una) => una['id'])
      expect(porIndice).toEqual(porNombre)
    }
    const cantidades = (await lista({ 'order[0][column]': 5, 'order[0][dir]': 'desc' })).data.map((una) =>
      Number(una['cantidad_referencia']),
    )
    expect(cantidades).toEqual(cantidades.toSorted((a, b) => b - a))
    const anexos = (await lista({ 'order[0][column]': 4, 'order[0][dir]': 'asc' })).data.map((una) =>
      String(una['anexo']),
    )
    expect(anexos.indexOf('C-3')).toBeLessThan(anexos.indexOf('C-10'))
  })

  it('CAT-03, CAT-09: searches codes, text and sub-annex by words, without accents; the totals count each thing', async () => {
    const id = await ordinario({
      partida_ordinaria: '7.77.',
      descripcion: 'Aplicación de RECUBRIMIENTO anticorrosivo',
      id_sub_anexo: 7,
    })
    await ordinario({ descripcion: 'recubrimiento inactivo', activo: false })
    const ids = async (filtro: string, extra: Record<string, string> = {}) =>
      (await lista({ filtro, ...extra })).data.map((una) => una['id'])
    expect(await ids('anticorrosivo aplicacion')).toEqual([id])
    expect(await ids('7.77')).toEqual([id])
    expect(await ids('recubrimiento c-5-1')).toEqual([id])
    expect(await ids('recubrimiento', { estado: 'inactivos' })).toHaveLength(1)
    expect(await ids('recubrimiento', { estado: 'todos' })).toHaveLength(2)
    expect(await ids('tr')).toEqual([])
    expect(await ids('%')).toEqual([])
    const { recordsTotal, recordsFiltered } = await lista({ filtro: 'recubrimiento' })
    const { rows } = await pool.query<{ n: string }>(
      'SELECT count(*) AS n FROM contrato_concepto_maestro WHERE activo AND id_tipo_partida = 6',
    )
    expect([recordsTotal, recordsFiltered]).toEqual([Number(rows[0]?.n), 1])
    expect(await ids('', { unidad_medida: '1' })).toHaveLength(1)
  })

  it('the same number of queries with ten rows and with a hundred', async () => {
    await pool.query(
      `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, descripcion, id_unidad_medida)
       SELECT 6, 2, '9.' || g || '.', 'Relleno ' || g, 15 FROM generate_series(1, 120) g`,
    )
    const consultas = async (consulta: Record<string, string | number>) => {
      await lista(consulta)
      return app.lineas.at(-1)?.['consultas']
    }
    const diez = await consultas({ length: 10, filtro: 'relleno' })
    const cien = await consultas({ length: 100, filtro: 'relleno' })
    expect([typeof diez, cien === diez || Number(cien) < Number(diez)]).toEqual(['number', true])
  })
})

describe('concepto/pues_disponibles/', () => {
  it('active PUEs, newest first, without the cancelled', async () => {
    const uno = await crearId({ descripcion: 'Disponible uno' })
    const dos = await crearId({ descripcion: 'Disponible dos' })
    const cancelado = await crearId({ descripcion: 'Disponible tres' })
    await pool.query("UPDATE contrato_concepto_maestro SET estatus = 'CANCELADA' WHERE id = $1", [cancelado])
    const { body } = await agente
      .get<Tabla>(`${BASE}/concepto/pues_disponibles/`)
      .query({ 'search[value]': 'disponible' })
    expect(body.data.map(({ id }) => id)).toEqual([dos, uno])
    expect(Object.keys(body.data[0] ?? {}).sort()).toEqual(
      ['id', 'partida_extraordinaria', 'descripcion', 'unidad_medida', 'precio_mn', 'precio_usd', 'pte', 'ot'].sort(),
    )
  })
})

describe('producto/datatable_producto/ (catalogos §9)', () => {
  it('lists what was migrated; an empty price is empty', async () => {
    await pool.query(
      `INSERT INTO producto (id_partida, descripcion_concepto, anexo, id_sitio, id_tipo_partida, id_unidad_medida, precio_unitario_mn)
       VALUES ('2.10.', 'TUBERÍA', 'C-2.', 71, 6, 15, NULL), ('2.2.', 'CODO', 'C-2.', 71, 7, 1, 10)`,
    )
    const pedir = async (consulta: Record<string, string | number>) =>
      (await agente.get<Tabla>(`${BASE}/producto/datatable_producto/`).query(consulta)).body.data
    expect((await pedir({ 'order[0][column]': 1, 'order[0][dir]': 'asc' })).map((una) => una['id_partida'])).toEqual([
      '2.2.',
      '2.10.',
    ])
    expect(await pedir({ filtro: 'tuberia' })).toMatchObject([
      { precio_unitario_mn: '', sitio: 'PATIO GENERAL', unidad_medida: 'TON', activo: 'Activo' },
    ])
    expect(await pedir({ tipo_partida: 7 })).toMatchObject([{ id_partida: '2.2.', precio_unitario_mn: '10.00' }])
    expect(await pedir({ unidad_medida: 1, sitio: 71 })).toHaveLength(1)
  })
})
