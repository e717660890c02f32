import { describe, expect, it } from 'vitest'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2026-11-20T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const agente = tipado((await app.entrarComo('administrador')).agente)

const BASE = '/operaciones/catalogos'
const convertir = (cuerpo: Record<string, unknown>) =>
  agente.post(`${BASE}/concepto/convertir_pue/`).type('form').send(cuerpo)
const convertirVarios = (cuerpo: object) =>
  agente
    .post<{ exito: boolean; detalles: string; tipo_aviso: string; errores: { id_pue: number; mensaje: string }[] }>(
      `${BASE}/concepto/convertir_pues/`,
    )
    .send(cuerpo)

let serie = 9000
/** A PUE; same description and unit unless told. */
async function pue(cambios: Record<string, unknown> = {}): Promise<number> {
  const { body } = await agente.post<{ id: number }>(`${BASE}/producto/crear/`).send({
    id_partida: `C2EXT-${String((serie += 1))}`,
    descripcion: 'Tubería de 8"',
    unidad_medida: 15,
    cantidad: '12.5',
    precio_unitario_mn: '1,000',
    ...cambios,
  })
  return body.id
}
async function fila(id: number): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
    'SELECT to_jsonb(c) AS fila FROM contrato_concepto_maestro c WHERE id = $1',
    [id],
  )
  return rows[0]?.fila ?? {}
}
const cuantosSubAnexos = async (): Promise<number> =>
  Number((await pool.query<{ n: string }>('SELECT count(*) AS n FROM contrato_sub_anexo')).rows[0]?.n)

describe('PUE → ordinary', () => {
  it('catalogos §15.8 and §15.9: converts into the sub-annex that exists; the same code again is refused and nothing is created', async () => {
    const id = await pue()
    const { partida_extraordinaria: clave } = await fila(id)
    const { status, body } = await convertir({
      id_pue: id,
      nueva_partida: '2.900.',
      nuevo_anexo: ' c-2 ',
      precio_mn: '1250.50',
      precio_usd: '',
    })
    expect([status, body.exito, body.detalles]).toEqual([200, true, 'Se ha convertido 1 concepto correctamente.'])
    expect(await fila(id)).toMatchObject({
      id_tipo_partida: 6,
      partida_ordinaria: '2.900.',
      id_sub_anexo: 2,
      precio_unitario_mn: 1250.5,
      precio_unitario_usd: 0,
      estatus: 'AUTORIZADO',
      fecha_autorizacion: '2026-11-20',
      comentario: `Convertido de PUE (${String(clave)})`,
      partida_extraordinaria: clave,
    })
    const lista = async (modo: string) =>
      (
        await agente
          .get<{ data: Record<string, unknown>[] }>(`${BASE}/concepto/datatable_concepto/`)
          .query({ modo_vista: modo, filtro: '2.900.' })
      ).body.data
    expect(await lista('extraordinarios')).toEqual([])
    expect(await lista('ordinarios')).toMatchObject([
      { id, id_partida: '2.900.', anexo: 'C-2', partida_extraordinaria: clave },
    ])

    const eventos = (await crea.leerBitacora(11, id)).slice(1)
    expect(eventos.map(({ evento, campo, anterior, actual }) => [evento, campo, anterior, actual])).toEqual([
      ['ACTUALIZAR', 'Tipo de partida', 'Extraordinaria (PUE)', 'Ordinaria'],
      ['ACTUALIZAR', 'Partida', '', '2.900.'],
      ['ACTUALIZAR', 'Anexo', '', 'C-2'],
      ['ACTUALIZAR', 'Precio Unitario MN', '$ 1,000.00', '$ 1,250.50'],
      ['ACTUALIZAR', 'Fecha sanción', '', '20/11/2026'],
      ['ACTUALIZAR', 'Estatus PUE', 'EN ELABORACION', 'AUTORIZADO'],
      ['ACTUALIZAR', 'Comentario', '', `Convertido de PUE (${String(clave)})`],
    ])
    // Read after «Actualizó».
    expect(eventos[1]?.detalle).toBe(`el campo Partida al convertir el PUE ${String(clave)} en la partida 2.900.`)
    const { rows } = await pool.query(
      'SELECT numero, precio_mn::text, origen FROM contrato_concepto_precio WHERE id_concepto = $1 ORDER BY 1',
      [id],
    )
    expect(rows).toEqual([
      { numero: 1, precio_mn: '1000.00', origen: 'captura' },
      { numero: 2, precio_mn: '1250.50', origen: 'conversion' },
    ])

    const segundo = await pue()
    const antes = [await cuantosSubAnexos(), await fila(segundo)]
    const choque = await convertir({ id_pue: segundo, nueva_partida: '2.900.', nuevo_anexo: 'C-2' })
    expect([choque.status, choque.body.exito, choque.body.tipo_aviso]).toEqual([409, false, 'advertencia'])
    expect(choque.body.detalles).toBe('La partida 2.900. ya existe en el anexo C-2. La tiene «Tubería de 8"».')
    expect([await cuantosSubAnexos(), await fila(segundo)]).toEqual(antes)

    const distinto = await pue({ descripcion: 'Otra descripción', comentario: 'Del cliente' })
    expect((await convertir({ id_pue: distinto, nueva_partida: '2.900.', nuevo_anexo: 'C-2' })).status).toBe(200)
    expect(String((await fila(distinto))['comentario'])).toMatch(/^Del cliente \| Convertido de PUE \(C2EXT-\d+\)$/)
  })

  it('creates the sub-annex that is missing, only after every check, and logs it', async () => {
    const antes = await cuantosSubAnexos()
    const id = await pue()
    expect(
      (await convertir({ id_pue: id, nueva_partida: '21.1', nuevo_anexo: 'c-21', precio_mn: 'x' })).body.detalles,
    ).toBe('Valores numéricos inválidos.')
    expect(await cuantosSubAnexos()).toBe(antes)
    expect((await convertir({ id_pue: id, nueva_partida: '21.1', nuevo_anexo: 'c-21' })).status).toBe(200)
    const { rows } = await pool.query<{ id: string }>(
      "SELECT id, descripcion, activo, id_anexo_maestro FROM contrato_sub_anexo WHERE clave_anexo = 'C-21'",
    )
    expect(rows).toMatchObject([{ descripcion: 'Generado por conversión', activo: true, id_anexo_maestro: '1' }])
    expect(await crea.leerBitacora(18, Number(rows[0]?.id))).toMatchObject([{ evento: 'CREAR' }])
  })

  it('refuses what is missing, does not exist, is ordinary, inactive or cancelled (CAT-10)', async () => {
    const id = await pue()
    const [vacio, ordinario, inactivo, cancelado] = [await pue(), await pue(), await pue(), await pue()]
    await convertir({ id_pue: ordinario, nueva_partida: '2.901.', nuevo_anexo: 'C-2' })
    await agente.post(`${BASE}/producto/eliminar/`).send({ id: inactivo })
    await pool.query("UPDATE contrato_concepto_maestro SET estatus = 'CANCELADA' WHERE id = $1", [cancelado])
    const de = async (cuerpo: Record<string, unknown>) => {
      const { status, body } = await convertir({ nueva_partida: '2.902.', nuevo_anexo: 'C-2', ...cuerpo })
      return [status, body.tipo_aviso, body.detalles]
    }
    const FALTAN = 'Faltan datos obligatorios (Partida u Anexo).'
    expect(await de({})).toEqual([400, 'advertencia', FALTAN])
    expect(await de({ id_pue: vacio, nueva_partida: ' ' })).toEqual([400, 'advertencia', FALTAN])
    expect(await de({ id_pue: vacio, nuevo_anexo: '' })).toEqual([400, 'advertencia', FALTAN])
    expect(await de({ id_pue: 999999 })).toEqual([404, 'error', 'El concepto PUE no existe.'])
    expect((await de({ id_pue: ordinario }))[0]).toBe(409)
    expect((await de({ id_pue: inactivo }))[0]).toBe(409)
    expect((await de({ id_pue: cancelado }))[0]).toBe(409)
    await pool.query("UPDATE contrato_sub_anexo SET activo = false WHERE clave_anexo = 'C-20'")
    expect((await de({ id_pue: id, nuevo_anexo: 'c-20' }))[2]).toBe(
      'El sub-anexo C-20 está inactivo; reactívalo o escribe otro.',
    )
    await pool.query("UPDATE contrato_sub_anexo SET activo = true WHERE clave_anexo = 'C-20'")
  })

  it('catalogos §15.10: a batch with a duplicate converts nothing and names the row', async () => {
    const ids = [await pue(), await pue({ descripcion: 'Otro' }), await pue()]
    const conversiones = ids.map((id_pue, n) => ({
      id_pue,
      nueva_partida: n < 2 ? '2.950.' : '2.951.',
      nuevo_anexo: 'C-22',
    }))
    const antes = await cuantosSubAnexos()
    const { status, body } = await convertirVarios({ conversiones })
    expect([status, body.exito]).toEqual([409, false])
    expect(body.errores).toEqual([
      { id_pue: ids[1], mensaje: 'La partida 2.950. del anexo C-22 está repetida en esta lista.' },
    ])
    expect(body.detalles).toBe(
      'No se convirtió ningún concepto: 1 renglón tiene un error. Corrígelo y vuelve a guardar.',
    )
    for (const id of ids) expect(await fila(id)).toMatchObject({ id_tipo_partida: 7 })
    expect(await cuantosSubAnexos()).toBe(antes)
  })

  it('a batch that is right is converted whole, also as JSON inside a form', async () => {
    const ids = [await pue(), await pue(), await pue()]
    const conversiones = ids.map((id_pue, n) => ({
      id_pue,
      nueva_partida: `2.96${String(n)}.`,
      nuevo_anexo: 'C-2',
      precio_usd: 10,
    }))
    const { body } = await agente
      .post(`${BASE}/concepto/convertir_pues/`)
      .type('form')
      .send({ conversiones: JSON.stringify(conversiones) })
    expect(body.detalles).toBe('Se han convertido 3 conceptos correctamente.')
    for (const id of ids)
      expect(await fila(id)).toMatchObject({ id_tipo_partida: 6, precio_unitario_mn: 1000, precio_unitario_usd: 10 })
    expect((await convertirVarios({})).status).toBe(400)
    expect((await convertirVarios({ conversiones: [] })).status).toBe(400)
  })

  it('two people convert the same PUE at once: one does, the other is told', async () => {
    const id = await pue()
    const respuestas = await Promise.all(
      ['2.970.', '2.971.'].map((nueva_partida) => convertir({ id_pue: id, nueva_partida, nuevo_anexo: 'C-2' })),
    )
    expect(respuestas.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('two people convert at once into the same new sub-annex: one sub-annex, both concepts', async () => {
    const ids = [await pue(), await pue()]
    const respuestas = await Promise.all(
      ids.map((id_pue, n) => convertir({ id_pue, nueva_partida: `30.${String(n)}`, nuevo_anexo: 'C-30' })),
    )
    expect(respuestas.map(({ status }) => status)).toEqual([200, 200])
    const { rows } = await pool.query("SELECT count(*)::int AS n FROM contrato_sub_anexo WHERE clave_anexo = 'C-30'")
    expect(rows).toEqual([{ n: 1 }])
  })

  it('two people take the same code at once: one does, the other is told who has it', async () => {
    const ids = [await pue(), await pue()]
    const respuestas = await Promise.all(
      ids.map((id_pue) => convertir({ id_pue, nueva_partida: '2.980.', nuevo_anexo: 'C-2' })),
    )
    expect(respuestas.map(({ status }) => status).sort()).toEqual([200, 409])
  })
})

describe('the price list that receives the concepts', () => {
  it('is the one of the contract in force that began last, or the one asked for', async () => {
    await pool.query(
      `INSERT INTO contrato (id, numero_contrato, descripcion, id_cliente, fecha_inicio, fecha_termino) VALUES
       (50, 'VIGENTE', 'x', 1, '2025-01-01', '2030-01-01'), (51, 'TERMINADO', 'x', 1, '2026-01-01', '2026-02-01')`,
    )
    await pool.query(
      `INSERT INTO contrato_anexo_maestro (id, id_contrato, clave, descripcion, tipo) VALUES
       (50, 50, 'C', 'x', 'FINANCIERO'), (51, 51, 'C', 'x', 'FINANCIERO'), (52, 50, 'B', 'x', 'TECNICO')`,
    )
    const anexoDe = async (id: number) =>
      (
        await pool.query<{ id_anexo_maestro: string }>(
          'SELECT s.id_anexo_maestro FROM contrato_concepto_maestro c JOIN contrato_sub_anexo s ON s.id = c.id_sub_anexo WHERE c.id = $1',
          [id],
        )
      ).rows[0]?.id_anexo_maestro
    const [solo, pedido, malo] = [await pue(), await pue(), await pue()]
    await convertir({ id_pue: solo, nueva_partida: '1.1', nuevo_anexo: 'Z-1' })
    expect(await anexoDe(solo)).toBe('50')
    await convertir({ id_pue: pedido, nueva_partida: '1.1', nuevo_anexo: 'Z-1', anexo_maestro: 1 })
    expect(await anexoDe(pedido)).toBe('1')
    expect(
      (await convertir({ id_pue: malo, nueva_partida: '1.1', nuevo_anexo: 'Z-1', anexo_maestro: 52 })).status,
    ).toBe(400)
    // With two lists in the contract, the one that has the key; else it must be said.
    await pool.query(
      "INSERT INTO contrato_anexo_maestro (id, id_contrato, clave, descripcion, tipo) VALUES (53, 50, 'C-BIS', 'x', 'FINANCIERO')",
    )
    await convertir({ id_pue: malo, nueva_partida: '1.2', nuevo_anexo: 'z-1' })
    expect(await anexoDe(malo)).toBe('50')
    const ambiguo = await convertir({ id_pue: await pue(), nueva_partida: '1.3', nuevo_anexo: 'Z-9' })
    expect([ambiguo.status, ambiguo.body.detalles]).toEqual([
      409,
      'El contrato VIGENTE tiene varias listas de precios activas (C, C-BIS). Elige en cuál guardar.',
    ])
    await pool.query('UPDATE contrato_anexo_maestro SET activo = false')
    expect((await convertir({ id_pue: await pue(), nueva_partida: '1.4', nuevo_anexo: 'C-2' })).status).toBe(409)
    await pool.query('UPDATE contrato_anexo_maestro SET activo = id <> 53')
  })
})

describe('importes', () => {
  it.each([
    ['Plantilla base de personal', '3653', '103246.16', '377158222.48'],
    ['2.1.', '76', '11813.30', '897810.80'],
    ['6.1.', '1049146', '475', '498344350.00'],
  ])('catalogos §15.11: %s', async (_concepto, cantidad, precio, importe) => {
    const { rows } = await pool.query(
      `INSERT INTO contrato_sub_anexo (id_anexo_maestro, clave_anexo, descripcion, cantidad, precio_unitario_mn)
       VALUES (1, 'IMPORTE-' || $1::text, 'x', $1::numeric, $2::numeric) RETURNING importe_mn::text, importe_usd::text`,
      [cantidad, precio],
    )
    expect(rows).toEqual([{ importe_mn: importe, importe_usd: '0.00' }])
  })
})
