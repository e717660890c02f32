import { existsSync, readdirSync } from 'node:fs'
import { rm } from 'node:fs/promises'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { invarianteDeArchivos } from '../../../src/modulos/contratos/contratos.invariantes.ts'
import { almacenEnDisco } from '../../../src/plataforma/almacen-disco.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { SEMILLA } from '../../apoyo/fabricas.ts'
import { libroDePrueba, zip } from '../../apoyo/libro.ts'

const app = await crearAppDePruebas({ reloj: '2026-11-20T18:00:00Z' })
const { pool } = app.conexion
const agente = tipado((await app.entrarComo('administrador')).agente)

type Nivel = 'contratos' | 'anexos' | 'sub_anexos'
const BASE = '/operaciones/catalogos'
const pedir = (nivel: Nivel, accion: string, cuerpo: Record<string, unknown>) =>
  agente.post<Respuesta>(`${BASE}/${nivel}/${accion}/`).send(cuerpo)
const obtener = async (nivel: Nivel, id: number) =>
  (await agente.get<Record<string, unknown>>(`${BASE}/${nivel}/obtener/`).query({ id })).body
const lista = async (nivel: Nivel, consulta: Record<string, string | number> = {}) =>
  (
    await agente
      .get<{ recordsFiltered: number; data: Record<string, unknown>[] }>(`${BASE}/${nivel}/datatable/`)
      .query(consulta)
  ).body
const pagina = async (nivel: Nivel, id: number) =>
  (await agente.get(`${BASE}/${nivel}/${String(id)}/`).set('Accept', 'text/html')).text

interface Respuesta {
  exito: boolean
  tipo_aviso: string
  detalles: string
  id: number
  version: number
  codigo?: string
  campos?: Record<string, string>
  requiere_confirmacion?: boolean
  datos?: Record<string, unknown>
}

let numero = 0
const CONTRATO = {
  descripcion: 'Servicios',
  cliente: SEMILLA.clienteContrato,
  fecha_inicio: '2026-01-01',
  fecha_termino: '2026-12-31',
}
async function contrato(cambios: Record<string, unknown> = {}): Promise<number> {
  const r = await pedir('contratos', 'crear', {
    numero_contrato: `K-${String((numero += 1))}`,
    ...CONTRATO,
    ...cambios,
  })
  expect(r.body).toMatchObject({ exito: true, detalles: 'Contrato creado correctamente' })
  return r.body.id
}
async function anexo(enContrato?: number, cambios: Record<string, unknown> = {}): Promise<number> {
  const clave = `A-${String((numero += 1))}`
  const de = enContrato ?? (await contrato())
  const r = await pedir('anexos', 'crear', { contrato: de, clave, descripcion: 'Lista de precios', ...cambios })
  expect(r.body).toMatchObject({ exito: true, detalles: 'Anexo creado correctamente' })
  return r.body.id
}
async function subAnexo(enAnexo?: number, cambios: Record<string, unknown> = {}): Promise<number> {
  const datos = { clave_anexo: `C-${String((numero += 1))}`, descripcion: 'Personal', unidad_medida: 15, ...cambios }
  const r = await pedir('sub_anexos', 'crear', { anexo_maestro: enAnexo ?? (await anexo()), ...datos })
  expect(r.body).toMatchObject({ exito: true, detalles: 'Sub-anexo creado correctamente' })
  return r.body.id
}
async function concepto(enSubAnexo: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>(
    `INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, descripcion, id_unidad_medida) VALUES (6, $1, $2, 'Concepto', 15) RETURNING id`,
    [enSubAnexo, `2.${String((numero += 1))}`],
  )
  return Number(rows[0]?.id)
}
async function bitacora(tabla: number, id: number) {
  const { rows } = await pool.query<Record<string, string>>(
    `SELECT evento, campo, campo_clave, valor_anterior AS antes, valor_actual AS despues FROM registro_actividad
     WHERE tabla_log = $1 AND registro_id = $2 ORDER BY id`,
    [tabla, id],
  )
  return rows
}

describe('contracts', () => {
  it('are created with the names of the columns, listed and read', async () => {
    const id = await contrato({ numero_contrato: '  648235818  ', monto_mn: '$ 1,250.505', monto_usd: '' })
    expect(await obtener('contratos', id)).toMatchObject({
      numero_contrato: '648235818',
      descripcion: 'Servicios',
      cliente: SEMILLA.clienteContrato,
      fecha_inicio: '2026-01-01',
      fecha_termino: '2026-12-31',
      monto_mn: '1250.51',
      monto_usd: '0.00',
      activo: true,
      version: 1,
    })
    await anexo(id)
    expect((await lista('contratos', { filtro: '6482' })).data).toEqual([
      expect.objectContaining({
        id,
        numero_contrato: '648235818',
        fecha_inicio: '2026-01-01',
        anexos: 1,
        activo: 'Activo',
      }),
    ])
  })

  it('ask for number, description, client and dates, all at once and in the order of the form', async () => {
    const r = await pedir('contratos', 'crear', { numero_contrato: '   ' })
    expect([r.status, r.body.tipo_aviso, r.body.detalles]).toEqual([400, 'advertencia', 'El número es obligatorio'])
    expect(Object.keys(r.body.campos ?? {})).toEqual([
      'numero_contrato',
      'descripcion',
      'cliente',
      'fecha_inicio',
      'fecha_termino',
    ])
  })

  it('end on the day they begin or later, in the form and in an edition of one date', async () => {
    const r = await pedir('contratos', 'crear', {
      numero_contrato: 'AL-REVES',
      ...CONTRATO,
      fecha_termino: '2025-12-31',
    })
    expect([r.status, r.body.campos]).toEqual([
      400,
      { fecha_termino: 'La fecha de término no puede ser anterior a la de inicio.' },
    ])
    const id = await contrato({ fecha_termino: '2026-01-01' })
    expect((await pedir('contratos', 'editar', { id, fecha_inicio: '2026-01-02' })).status).toBe(400)
  })

  it.each([
    [{ monto_mn: '-1' }, 'monto_mn'],
    [{ monto_usd: '1e30' }, 'monto_usd'],
    [{ monto_mn: '1000000000000000000' }, 'monto_mn'],
    [{ fecha_inicio: '2026-02-30' }, 'fecha_inicio'],
    [{ cliente: 999999 }, 'cliente'],
    [{ numero_contrato: 'x'.repeat(101) }, 'numero_contrato'],
  ])('refuse %j naming the field', async (mal, campo) => {
    const r = await pedir('contratos', 'crear', { numero_contrato: 'MAL', ...CONTRATO, ...mal })
    expect([r.status, Object.keys(r.body.campos ?? {})]).toEqual([400, [campo]])
  })

  it('have one number, whatever its case and blanks, also when the other is inactive', async () => {
    const id = await contrato({ numero_contrato: 'PEP 001' })
    const igual = { numero_contrato: ' pep  001', ...CONTRATO }
    const r = await pedir('contratos', 'crear', igual)
    expect([r.status, r.body.tipo_aviso, r.body.detalles]).toEqual([
      409,
      'advertencia',
      'Ya existe un contrato con ese número. Escribe otro.',
    ])
    await pedir('contratos', 'eliminar', { id })
    expect((await pedir('contratos', 'crear', igual)).body.detalles).toContain('inactivo')
  })

  it('keep an inactive client that they had, but take no other', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO cliente (descripcion, id_tipo, activo) VALUES ('De baja', 15, false) RETURNING id`,
    )
    const baja = Number(rows[0]?.id)
    const id = await contrato()
    expect((await pedir('contratos', 'editar', { id, cliente: baja })).body.campos).toHaveProperty('cliente')
    await pool.query('UPDATE contrato SET id_cliente = $1 WHERE id = $2', [baja, id])
    expect((await pedir('contratos', 'editar', { id, cliente: baja, descripcion: 'Otra' })).status).toBe(200)
  })
})

describe('edition', () => {
  it('changes what came, logs each field with its texts and raises the version; nothing new writes nothing', async () => {
    const id = await contrato({ monto_mn: '10' })
    const r = await pedir('contratos', 'editar', { id, version: 1, monto_mn: '1,000', fecha_termino: '2027-01-31' })
    expect([r.body.detalles, r.body.version]).toEqual(['Contrato actualizado correctamente', 2])
    expect((await pedir('contratos', 'editar', { id, version: 2, monto_mn: '1000.00' })).body.version).toBe(2)
    expect(await bitacora(16, id)).toEqual([
      expect.objectContaining({ evento: 'CREAR' }),
      expect.objectContaining({
        evento: 'MODIFICAR',
        campo: 'Fecha término',
        campo_clave: 'fecha_termino',
        antes: '31/12/2026',
        despues: '31/01/2027',
      }),
      expect.objectContaining({ evento: 'MODIFICAR', campo: 'Monto MN', campo_clave: 'monto_mn' }),
    ])
  })

  it('refuses a version that is not the current one and brings the record as it is', async () => {
    const id = await subAnexo()
    await pedir('sub_anexos', 'editar', { id, version: 1, descripcion: 'De otra persona' })
    const r = await pedir('sub_anexos', 'editar', { id, version: 1, descripcion: 'Mía' })
    expect([r.status, r.body.codigo]).toEqual([409, 'VERSION'])
    expect(r.body.datos).toMatchObject({ version: 2, descripcion: 'De otra persona', textos: { unidad_medida: 'TON' } })
  })

  it('leaves a record where it was created, and an inactive one as it is', async () => {
    const id = await anexo()
    const r = await pedir('anexos', 'editar', { id, contrato: await contrato() })
    expect([r.status, r.body.campos]).toEqual([400, { contrato: 'Un anexo no se cambia de contrato. Crea otro allá.' }])
    await pedir('anexos', 'eliminar', { id })
    expect((await pedir('anexos', 'editar', { id, descripcion: 'x' })).body.detalles).toBe(
      'El anexo está inactivo; reactívalo para editarlo.',
    )
  })

  it('says what is missing or does not exist', async () => {
    expect((await pedir('anexos', 'editar', {})).body.detalles).toBe('ID de anexo no proporcionado')
    expect((await pedir('sub_anexos', 'editar', { id: 999999 })).body.detalles).toBe('Sub-anexo no encontrado')
    expect((await agente.get(`${BASE}/contratos/999999/`)).status).toBe(404)
    expect((await agente.get(`${BASE}/contratos/obtener/`).query({ id: 999999 })).status).toBe(404)
  })
})

describe('sub-annexes', () => {
  it('catalogos §15.11: quantity by price, half up to two decimals, in both currencies', async () => {
    const id = await subAnexo(undefined, {
      descripcion: 'Plantilla base de personal',
      cantidad: '3,653',
      precio_unitario_mn: '103,246.16',
      precio_unitario_usd: '0.335',
    })
    expect(await obtener('sub_anexos', id)).toMatchObject({
      cantidad: '3653.00',
      precio_unitario_usd: '0.34',
      importe_mn: '377158222.48',
      importe_usd: '1242.02',
    })
    expect((await lista('sub_anexos', { filtro: 'Plantilla base' })).data[0]).toMatchObject({
      importe_mn: '377158222.48',
    })
    expect(await pagina('sub_anexos', id)).toContain('$ 377,158,222.48')
    await pedir('sub_anexos', 'editar', { id, cantidad: '2' })
    expect(await obtener('sub_anexos', id)).toMatchObject({ importe_mn: '206492.32' })
  })

  it('keep their key in upper case, once in their annex, active or not', async () => {
    const de = await anexo()
    const id = await subAnexo(de, { clave_anexo: ' c-2 ' })
    expect(await obtener('sub_anexos', id)).toMatchObject({ clave_anexo: 'C-2' })
    const igual = { anexo_maestro: de, clave_anexo: 'c-2', descripcion: 'Otro', unidad_medida: 15 }
    expect([
      (await pedir('sub_anexos', 'crear', igual)).status,
      (await pedir('sub_anexos', 'crear', igual)).body.detalles,
    ]).toEqual([409, 'El anexo ya tiene un sub-anexo con esa clave. Escribe otra.'])
    await subAnexo(undefined, { clave_anexo: 'C-2' })
    await pedir('sub_anexos', 'eliminar', { id })
    expect((await pedir('sub_anexos', 'crear', igual)).body.detalles).toContain('Reactívalo')
  })

  it('ask for a unit, but one that an import made without it may be edited without', async () => {
    const de = await anexo()
    const sin = await pedir('sub_anexos', 'crear', { anexo_maestro: de, clave_anexo: 'C-9', descripcion: 'x' })
    expect(sin.body.campos).toEqual({ unidad_medida: 'La unidad de medida es obligatoria' })
    const id = await subAnexo(de)
    await pool.query('UPDATE contrato_sub_anexo SET id_unidad_medida = NULL WHERE id = $1', [id])
    expect((await pedir('sub_anexos', 'editar', { id, descripcion: 'Importado' })).status).toBe(200)
    expect((await pedir('sub_anexos', 'editar', { id, unidad_medida: '' })).status).toBe(400)
  })

  it('refuse an importe that does not fit', async () => {
    const grande = { cantidad: '999999999999', precio_unitario_mn: '999999999999' }
    const r = await pedir('sub_anexos', 'crear', {
      anexo_maestro: await anexo(),
      clave_anexo: 'C-1',
      descripcion: 'x',
      unidad_medida: 15,
      ...grande,
    })
    expect([r.status, Object.keys(r.body.campos ?? {})]).toEqual([400, ['precio_unitario_mn']])
  })

  it('are sorted by their natural order and filtered by annex', async () => {
    const de = await anexo()
    for (const clave of ['C-10', 'C-2', 'C-1']) await subAnexo(de, { clave_anexo: clave })
    expect((await lista('sub_anexos', { anexo: de })).data.map((fila) => fila['clave_anexo'])).toEqual([
      'C-1',
      'C-2',
      'C-10',
    ])
  })
})

describe('sums', () => {
  it('of an annex are those of its active sub-annexes, and say when they differ from its amount', async () => {
    const de = await anexo(undefined, { monto_mn: '300', monto_usd: '10' })
    await subAnexo(de, { cantidad: 2, precio_unitario_mn: '100', precio_unitario_usd: '5' })
    const baja = await subAnexo(de, { cantidad: 1, precio_unitario_mn: '50' })
    await subAnexo(de, { cantidad: 1, precio_unitario_mn: '99.99' })
    await pedir('sub_anexos', 'eliminar', { id: baja })
    expect((await lista('anexos', { filtro: String((await obtener('anexos', de))['clave']) })).data[0]).toMatchObject({
      suma_mn: '299.99',
      suma_usd: '10.00',
      sub_anexos: 2,
    })
    const html = await pagina('anexos', de)
    expect(html).toContain('$ 299.99')
    expect(html).toContain('-$ 0.01')
    expect([html.match(/No coincide/g)?.length, html.match(/>Coincide/g)?.length]).toEqual([1, 1])
  })

  it('of a contract are those of its active financial annexes', async () => {
    const de = await contrato({ monto_mn: '150' })
    await anexo(de, { monto_mn: '150' })
    await anexo(de, { monto_mn: '1000', tipo: 'TECNICO' })
    await pedir('anexos', 'eliminar', { id: await anexo(de, { monto_mn: '7' }) })
    const html = await pagina('contratos', de)
    expect(html.match(/>Coincide/g)).toHaveLength(2)
    expect(html).toContain('Vigente, termina en 41 días')
  })
})

describe('deactivation and reactivation', () => {
  it.each([
    ['contratos', 'anexo activo'],
    ['anexos', 'sub-anexo activo'],
  ] as const)('of %s with active parts ask for confirmation, and the parts stay', async (nivel, parte) => {
    const id = nivel === 'contratos' ? await contrato() : await anexo()
    const hija = nivel === 'contratos' ? await anexo(id) : await subAnexo(id)
    const r = await pedir(nivel, 'eliminar', { id })
    expect([r.status, r.body.tipo_aviso, r.body.requiere_confirmacion]).toEqual([409, 'advertencia', true])
    expect(r.body.detalles).toContain(`1 ${parte}`)
    expect(await obtener(nivel, id)).toMatchObject({ activo: true })
    expect((await pedir(nivel, 'eliminar', { id, confirmar: 1 })).status).toBe(200)
    expect(await obtener(nivel, id)).toMatchObject({ activo: false, version: 2 })
    expect(await obtener(nivel === 'contratos' ? 'anexos' : 'sub_anexos', hija)).toMatchObject({ activo: true })
    expect((await lista(nivel, { estado: 'inactivos' })).data.map((fila) => fila['id'])).toContain(id)
    expect((await lista(nivel)).data.map((fila) => fila['id'])).not.toContain(id)
  })

  it('of a sub-annex that active concepts use is refused, confirmed or not', async () => {
    const id = await subAnexo()
    const suyo = await concepto(id)
    const r = await pedir('sub_anexos', 'eliminar', { id, confirmar: 1 })
    expect([r.status, r.body.requiere_confirmacion]).toEqual([409, undefined])
    expect(r.body.detalles).toContain('1 concepto activo')
    await pool.query('UPDATE contrato_concepto_maestro SET activo = false WHERE id = $1', [suyo])
    expect((await pedir('sub_anexos', 'eliminar', { id })).status).toBe(200)
  })

  it('reactivation goes from the outside in and needs the key to be free', async () => {
    const de = await contrato()
    const id = await anexo(de, { clave: 'C' })
    await pedir('anexos', 'eliminar', { id })
    await pedir('contratos', 'eliminar', { id: de })
    expect((await pedir('anexos', 'reactivar', { id })).body.detalles).toContain('reactívalo primero')
    expect((await pedir('contratos', 'reactivar', { id: de })).body.detalles).toBe('Contrato reactivado correctamente')
    await anexo(de, { clave: ' c' })
    expect((await pedir('anexos', 'reactivar', { id })).status).toBe(409)
    expect((await pedir('contratos', 'reactivar', { id: de })).body.detalles).toBe('El contrato ya está activo.')
    expect((await bitacora(16, de)).map(({ evento }) => evento)).toEqual(['CREAR', 'ELIMINAR', 'REACTIVAR'])
  })

  it('nothing new hangs from what is inactive', async () => {
    const de = await contrato()
    await pedir('contratos', 'eliminar', { id: de })
    const r = await pedir('anexos', 'crear', { contrato: de, clave: 'X', descripcion: 'x' })
    expect([r.status, Object.keys(r.body.campos ?? {})]).toEqual([400, ['contrato']])
  })
})

// ------------------------------------------------------------------------------------------------------ files

const PDF = Buffer.from('%PDF-1.7\n1 0 obj\n<<>>\nendobj\n%%EOF\n')
const XLSX = libroDePrueba({ hojas: [{ nombre: 'Hoja', filas: [['a']] }] })
const DOCX = zip([
  ['[Content_Types].xml', '<x/>'],
  ['word/document.xml', '<x/>'],
])
const subir = (
  accion: string,
  campos: Record<string, string | number>,
  archivo: Buffer,
  nombre: string,
  campo = 'archivo',
) => {
  let envio = agente.post<Respuesta>(`${BASE}/anexos/${accion}/`)
  for (const [clave, valor] of Object.entries(campos)) envio = envio.field(clave, String(valor))
  return envio.attach(campo, archivo, nombre)
}
const carpeta = join(app.carpetaSubidas, 'contratos/anexos_maestros')
const guardados = (): string[] => (existsSync(carpeta) ? readdirSync(carpeta) : [])
const sueltos = (): string[] => readdirSync(app.carpetaSubidas).filter((nombre) => nombre !== 'contratos')

describe('the file of an annex', () => {
  it.each([
    ['Anexo «C» año.pdf', PDF, 'application/pdf'],
    ['precios.XLSX', XLSX, 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'],
    ['texto.docx', DOCX, 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'],
  ])('%s is kept under a random name and comes back whole with its own', async (nombre, contenido, tipo) => {
    const r = await subir('crear', { contrato: await contrato(), clave: 'C', descripcion: 'x' }, contenido, nombre)
    expect(r.body).toMatchObject({ exito: true })
    expect(await obtener('anexos', r.body.id)).toMatchObject({ archivo: nombre })
    expect(guardados().some((guardado) => guardado.includes(nombre))).toBe(false)
    const bajado = await agente
      .get<Buffer>(`${BASE}/anexos/${String(r.body.id)}/archivo/`)
      .buffer(true)
      .parse((res: NodeJS.ReadableStream, listo: (error: null, datos: Buffer) => void) => {
        const trozos: Buffer[] = []
        res.on('data', (trozo: Buffer) => trozos.push(trozo))
        res.on('end', () => {
          listo(null, Buffer.concat(trozos))
        })
      })
    expect(bajado.body.equals(contenido)).toBe(true)
    expect(bajado.headers['content-type']).toBe(tipo)
    expect(bajado.headers['content-disposition']).toContain('attachment;')
    expect(decodeURIComponent(bajado.headers['content-disposition'] ?? '')).toContain(nombre)
    expect(bajado.headers['x-content-type-options']).toBe('nosniff')
  })

  it.each([
    ['programa.pdf', Buffer.from('MZ\u0090\u0000')],
    ['pagina.pdf', Buffer.from('<html><script>alert(1)</script>')],
    ['libro.xlsx', PDF],
    ['libro.pdf', XLSX],
    ['otro.zip', zip([['x.txt', 'x']])],
    ['cualquiera.docx', zip([['x.txt', 'x']])],
    [
      'macros.xlsx',
      zip([
        ['[Content_Types].xml', '<x/>'],
        ['xl/workbook.xml', '<x/>'],
        ['xl/vbaProject.bin', 'x'],
      ]),
    ],
    ['antiguo.doc', Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])],
    ['vacio.pdf', Buffer.alloc(0)],
    ['cortado.xlsx', XLSX.subarray(0, 60)],
    [`${'x'.repeat(260)}.pdf`, PDF],
  ])('%s is refused by what it is, and nothing stays', async (nombre, contenido) => {
    const antes = guardados().length
    const r = await subir('crear', { contrato: await contrato(), clave: 'MAL', descripcion: 'x' }, contenido, nombre)
    expect([r.status, Object.keys(r.body.campos ?? {})]).toEqual([400, ['archivo']])
    expect([guardados().length, sueltos()]).toEqual([antes, []])
  })

  it('over the limit of uploads is refused with 413, and nothing stays', async () => {
    const grande = Buffer.concat([PDF, Buffer.alloc(50 * 1024 * 1024)])
    const r = await subir('crear', { contrato: await contrato(), clave: 'G', descripcion: 'x' }, grande, 'grande.pdf')
    expect([r.status, sueltos()]).toEqual([413, []])
  })

  it('goes when the record is refused, and comes only in its field', async () => {
    const antes = guardados().length
    const de = await contrato()
    expect((await subir('crear', { contrato: de, clave: '', descripcion: 'x' }, PDF, 'a.pdf')).status).toBe(400)
    expect((await subir('crear', { contrato: de, clave: 'Z', descripcion: 'x' }, PDF, 'a.pdf', 'otro')).status).toBe(
      400,
    )
    expect([guardados().length, sueltos()]).toEqual([antes, []])
  })

  it('is replaced and taken away: the old one leaves the store, each change is logged', async () => {
    const id = await anexo()
    const ruta = `${BASE}/anexos/${String(id)}/archivo/`
    expect((await agente.get(ruta)).status).toBe(404)
    const antes = guardados()
    const nuevos = () => guardados().filter((nombre) => !antes.includes(nombre))
    expect((await subir('editar', { id, version: 1 }, PDF, 'contrato.pdf')).body.version).toBe(2)
    const primero = nuevos()
    // The same name is another file: it is a change, and it is seen in the log.
    expect((await subir('editar', { id, version: 2 }, PDF, 'contrato.pdf')).body.version).toBe(3)
    expect(nuevos()).toHaveLength(1)
    expect(nuevos()).not.toEqual(primero)
    expect((await subir('editar', { id, version: 2 }, PDF, 'tarde.pdf')).status).toBe(409)
    expect(nuevos()).toHaveLength(1)
    await pedir('anexos', 'editar', { id, version: 3, descripcion: 'Otra' })
    expect(await obtener('anexos', id)).toMatchObject({ archivo: 'contrato.pdf', version: 4 })
    await pedir('anexos', 'editar', { id, version: 4, quitar_archivo: 'on' })
    expect([nuevos(), (await obtener('anexos', id))['archivo']]).toEqual([[], ''])
    const lineas = (await bitacora(17, id)).filter(({ campo_clave: campo }) => campo === 'archivo')
    expect(lineas).toHaveLength(3)
    expect(lineas[0]?.['despues']).toMatch(/^contrato\.pdf \([\da-f]{8}\)$/)
  })

  it('is promised to be there: the check names the annex that lost it, and its download says so', async () => {
    const promesa = invarianteDeArchivos(almacenEnDisco(app.carpetaSubidas))
    expect((await comprobar(app.ctx, [promesa]))[0]?.casos).toEqual([])
    const { body } = await subir('crear', { contrato: await contrato(), clave: 'P', descripcion: 'x' }, PDF, 'p.pdf')
    const { rows } = await pool.query<{ archivo: string }>('SELECT archivo FROM contrato_anexo_maestro WHERE id = $1', [
      body.id,
    ])
    await rm(join(app.carpetaSubidas, rows[0]?.archivo ?? ''))
    expect((await comprobar(app.ctx, [promesa]))[0]?.casos).toEqual([`anexo P (${String(body.id)})`])
    expect((await agente.get(`${BASE}/anexos/${String(body.id)}/archivo/`)).status).toBe(404)
  })

  it('is for who may see annexes', async () => {
    const { body } = await subir('crear', { contrato: await contrato(), clave: 'V', descripcion: 'x' }, PDF, 'v.pdf')
    const ruta = `${BASE}/anexos/${String(body.id)}/archivo/`
    expect((await app.anonimo().get(ruta)).status).toBe(401)
    expect((await (await app.entrarComo(['operaciones.view_contrato'])).agente.get(ruta)).status).toBe(403)
    expect((await (await app.entrarComo('consulta')).agente.get(ruta)).status).toBe(200)
  })
})

describe('pages and lists', () => {
  it('a contract tells nothing of its annexes to who may not see them', async () => {
    const de = await contrato()
    await anexo(de, { descripcion: 'Solo para quien puede' })
    const solo = tipado((await app.entrarComo(['operaciones.view_contrato'])).agente)
    const html = (await solo.get(`${BASE}/contratos/${String(de)}/`).set('Accept', 'text/html')).text
    expect(html).not.toContain('Solo para quien puede')
    expect(html).not.toContain('titulo-comparacion')
  })

  it('a sub-annex shows its headings and leads to its concepts, which are filtered by it', async () => {
    const id = await subAnexo()
    const suyo = await concepto(id)
    await pool.query(
      `INSERT INTO contrato_seccion (id_sub_anexo, partida, descripcion, orden) VALUES ($1, '2.', 'PERSONAL A BORDO', 1)`,
      [id],
    )
    const html = await pagina('sub_anexos', id)
    expect(html).toContain('PERSONAL A BORDO')
    expect(html).toContain(`/operaciones/catalogos/conceptos/ordinarios/?sub_anexo=${String(id)}`)
    const conceptos = await agente
      .get<{ data: { id: number }[] }>(`${BASE}/concepto/datatable_concepto/`)
      .query({ modo_vista: 'ordinarios', sub_anexo: id })
    expect(conceptos.body.data.map((fila) => fila.id)).toEqual([suyo])
  })

  it('lists are filtered, sorted by every column and exported, which is logged', async () => {
    const de = await contrato({ numero_contrato: 'EXPORTADO' })
    await anexo(de, { clave: 'T', tipo: 'TECNICO', monto_mn: '5' })
    await anexo(de, { clave: 'F', monto_mn: '9' })
    expect((await lista('anexos', { contrato: de, tipo: 'TECNICO' })).data.map((fila) => fila['clave'])).toEqual(['T'])
    const porMonto = { contrato: de, 'order[0][name]': 'monto_mn', 'order[0][dir]': 'desc' }
    expect((await lista('anexos', porMonto)).data.map((fila) => fila['clave'])).toEqual(['F', 'T'])
    const csv = await agente.get(`${BASE}/anexos/exportar/`).query({ contrato: de, formato: 'csv' })
    expect(csv.status).toBe(200)
    expect(csv.text).toContain('Anexo Técnico (Especificaciones)')
    const { rows } = await pool.query(`SELECT 1 FROM registro_actividad WHERE tabla_log = 17 AND evento = 'EXPORTAR'`)
    expect(rows).toHaveLength(1)
  })

  it.each(['contratos', 'anexos', 'sub_anexos'] as const)(
    '%s asks the same number of queries with 10 rows and with 100',
    async (nivel) => {
      const consultas = async (length: number): Promise<number> => {
        const desde = app.lineas.length
        await lista(nivel, { length, estado: 'todos' })
        return Number(app.lineas.slice(desde).find((linea) => 'consultas' in linea)?.['consultas'])
      }
      const diez = await consultas(10)
      expect([diez > 0, await consultas(100)]).toEqual([true, diez])
    },
  )

  it('two people who create the same key at once: one wins, the other is told', async () => {
    const de = await anexo()
    const alta = () =>
      pedir('sub_anexos', 'crear', { anexo_maestro: de, clave_anexo: 'C-7', descripcion: 'x', unidad_medida: 15 })
    const estados = (await Promise.all([alta(), alta()])).map(({ status }) => status).sort()
    expect(estados).toEqual([200, 409])
  })
})
