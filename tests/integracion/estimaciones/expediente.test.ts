// Expediente of an estimation (issue D §2, decision 0037): what a sent estimation prints never changes, and what breaks it is named.
import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it, onTestFinished } from 'vitest'
import { documentoDeExpediente } from '../../../src/modulos/estimaciones/expediente/expediente.pdf.ts'
import { netoDe } from '../../../src/modulos/estimaciones/deducciones/deducciones.contrato.ts'
import { leerDocumento } from '../../../src/modulos/estimaciones/exportes/exportes.service.ts'
import { invarianteDeFotos } from '../../../src/modulos/estimaciones/instantanea/instantanea.invariantes.ts'
import { tomarFaltantes } from '../../../src/modulos/estimaciones/instantanea/instantanea.service.ts'
import { INVARIANTES_ESTIMACIONES } from '../../../src/modulos/estimaciones/estimaciones.invariantes.ts'
import { almacenEnDisco } from '../../../src/plataforma/almacen-disco.ts'
import { cifra } from '../../../src/plataforma/pdf/piezas.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { crearPersonaConClave, CLAVE } from '../../apoyo/acceso.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { aMano } from '../../apoyo/bd.ts'
import { bytes } from '../../apoyo/descargas.ts'
import { escenaDeEstimacion, type Escena } from '../../apoyo/estimaciones.ts'
import { foto } from '../../apoyo/fotos.ts'
import { entrarPorFuera, lanzarServidor } from '../../apoyo/servidor.ts'

const DOMINIO = 'https://sascop.example.com'
const app = await crearAppDePruebas({ reloj: '2026-02-20T18:00:00Z', cola: true, config: { publicUrl: DOMINIO } })
const { pool } = app.conexion
const almacen = almacenEnDisco(app.carpetaSubidas)
let { agente } = await app.entrarComo('estimaciones')
let { agente: otra } = await app.entrarComo('administrador')
/** Sessions end meanwhile: both people enter again. */
async function otroDia(): Promise<void> {
  app.reloj.avanzar({ horas: 50 })
  agente = (await app.entrarComo('estimaciones')).agente
  otra = (await app.entrarComo('administrador')).agente
}
const BASE = '/operaciones/estimaciones'
const NOTA = 'Revisado por Ñandú 🦺 en cubierta'

interface Creada {
  readonly id: number
  version: number
  readonly escena: Escena
}

async function gpuDe(produccion: number): Promise<number> {
  const { rows } = await pool.query<{ id: string }>('SELECT id FROM registro_generadores_pu WHERE id_produccion = $1', [
    produccion,
  ])
  return Number(rows[0]?.id)
}

let semilla = 100
/** An estimation of example 2 with two photos and a PDF in the GPU of its first line. */
async function crear(): Promise<Creada> {
  const escena = await escenaDeEstimacion(pool)
  semilla += 2
  const subida = await otra
    .post('/operaciones/produccion/subir_evidencia_gpu/')
    .field('id_produccion', String(escena.a))
    .field('comentario', NOTA)
    .attach('archivos', await foto(semilla), 'soldadura en popa.jpg')
    .attach('archivos', await foto(semilla + 1), 'vista general.jpg')
    .attach('archivos', Buffer.from(`%PDF-1.7 hoja ${String(semilla)}`), 'hoja firmada.pdf')
  expect([subida.status, (subida.body as { detalles: string }).detalles]).toEqual([200, expect.stringContaining('3')])
  const { status, body } = await agente.post(`${BASE}/crear/`).send({
    id_ot: escena.ot,
    fecha_desde: '2026-02-01',
    fecha_hasta: '2026-02-15',
    fecha_estimacion: '2026-02-16',
    detalles: [
      { id_produccion: escena.a, volumen_estimado: '30', comentario_ajuste: 'Falta medir el tramo final' },
      { id_produccion: escena.b },
      { id_produccion: escena.e },
    ],
  })
  expect(status).toBe(200)
  const { id_nuevo: id, version } = body as { id_nuevo: number; version: number }
  return { id, version, escena }
}

async function pasar(creada: Creada, estatus: string, extra: Record<string, string> = {}, quien = agente) {
  const { status, body } = await quien
    .post(`${BASE}/cambiar_estatus/`)
    .send({ id: creada.id, version: creada.version, estatus, ...extra })
  expect([estatus, status, (body as { detalles: string }).detalles]).toEqual([estatus, 200, expect.any(String)])
  creada.version = (body as { version: number }).version
}

const RUTAS = ['exportar_excel', 'exportar_pdf', 'expediente'] as const
const bajar = async (id: number, cual: (typeof RUTAS)[number] = 'expediente', quien = agente): Promise<Buffer> => {
  const r = await quien.get(`${BASE}/${cual}/`).query({ id }).buffer(true).parse(bytes)
  expect([cual, r.status]).toEqual([cual, 200])
  return r.body as Buffer
}
const bajarTodo = async (id: number): Promise<Buffer[]> => {
  const archivos: Buffer[] = []
  for (const cual of RUTAS) archivos.push(await bajar(id, cual, otra))
  return archivos
}
const iguales = (unos: readonly Buffer[], otros: readonly Buffer[]): boolean[] =>
  unos.map((uno, i) => otros[i]?.equals(uno) === true)
const contenido = async (id: number): Promise<string> => {
  const documento = await leerDocumento(app.ctx, { id, dominio: DOMINIO }, { gpus: true })
  return JSON.stringify(documentoDeExpediente(documento, new Map()).contenido)
}
const rotas = async (): Promise<string[]> =>
  (await comprobar(app.ctx, INVARIANTES_ESTIMACIONES)).flatMap(({ clave, casos }) =>
    casos.map((caso) => `${clave}: ${caso}`),
  )
let veces = 0
/** Everything around an estimation that people may change after it was sent; tells what its names say now. */
async function cambiarTodo({ escena: { ot, a, P1 } }: Creada): Promise<string> {
  veces += 1
  const marca = `(${String(veces)} VECES)`
  await pool.query("UPDATE sitio SET descripcion = id || ' ' || $1", [marca])
  await pool.query("UPDATE cliente SET descripcion = id || ' ' || $1", [marca])
  await pool.query("UPDATE cat_estatus SET descripcion = descripcion || '.' WHERE nivel_afectacion = 2")
  await pool.query(
    "UPDATE ot SET descripcion_trabajo = 'Otra descripción', orden_trabajo = orden_trabajo || '-B' WHERE id = $1",
    [ot],
  )
  await pool.query(
    "UPDATE partida_anexo_importada SET precio_unitario_mn = 9, descripcion_concepto = 'OTRO CONCEPTO', anexo = 'C-9' WHERE id = $1",
    [P1.id],
  )
  await pool.query(`UPDATE "user" SET first_name = 'Otro', last_name = 'Nombre'`)
  await pool.query("UPDATE produccion SET comentario = 'comentario de después' WHERE id = $1", [a])
  const gpu = await gpuDe(a)
  await pool.query("UPDATE registro_generadores_pu SET nota_bloqueo = 'nota de después' WHERE id = $1", [gpu])
  // Evidence of a billed GPU does not change: a hand could, and a cancelled one frees it.
  const suya = `id_gpu = ${String(gpu)}`
  await aMano(
    pool,
    `UPDATE evidencia_gpu SET fecha_retiro = now(), motivo_retiro = 'no era de aquí' WHERE id = (SELECT min(id) FROM evidencia_gpu WHERE ${suya})`,
    `UPDATE evidencia_gpu SET comentario = 'otro comentario', nombre = 'otro.jpg' WHERE ${suya}`,
    `INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre) SELECT ${String(gpu)}, id_archivo, 'agregada.jpg' FROM evidencia_gpu WHERE NOT ${suya} LIMIT 1`,
  )
  await otroDia()
  return marca
}

describe('the expediente', () => {
  it('says everything that backs the estimation, part by part', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const dicho = await contenido(creada.id)
    for (const texto of [
      'Expediente de la estimación EST-1',
      'parámetro del sistema',
      'Subtotal del anexo C-2',
      'Detalle diario',
      'Suma en ',
      `GPU ${String(await gpuDe(creada.escena.a))}`,
      'soldadura en popa.jpg',
      'hoja firmada.pdf',
      NOTA,
      'Imagen no disponible',
      'Falta medir el tramo final',
      'Historia',
      'Elaboró',
      'Revisó',
      'Autorizó',
      '"qr":"https://sascop.example.com/operaciones/produccion/gpu/',
    ])
      expect(dicho).toContain(texto)
    const pdf = await bajar(creada.id)
    expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    // Two photos and the outline with a bookmark for each part and each GPU.
    expect(pdf.toString('latin1').match(/\/Subtype \/Image/g)).toHaveLength(2)
    expect(pdf.toString('latin1')).toContain('/Outlines')
  })

  it('says the net of its deductions, who captured the rate, who took each step and the link that is its evidence', async () => {
    const [dia, enlace] = ['2026-02-16', `https://archivos.example.com/${'gpu-firmado/'.repeat(39)}`]
    await pool.query(
      `INSERT INTO tipo_cambio (fecha, valor, fuente, capturado_por)
       SELECT $1, 18.9, 'Diario Oficial', u.id FROM "user" u WHERE u.username <> '' ORDER BY u.id DESC LIMIT 1`,
      [dia],
    )
    onTestFinished(async () => {
      await aMano(pool, `DELETE FROM tipo_cambio WHERE fecha = '${dia}'`)
    })
    const { rows } = await pool.query<{ quien: string }>(
      `SELECT btrim(u.first_name || ' ' || u.last_name) AS quien FROM tipo_cambio t JOIN "user" u ON u.id = t.capturado_por`,
    )
    const creada = await crear()
    const { body } = await agente.post(`${BASE}/deducciones/guardar/`).send({
      id: creada.id,
      version: creada.version,
      deducciones: [
        { nombre: 'Anticipo', porcentaje: '10' },
        { nombre: 'Pena por atraso', importe_mn: '100' },
      ],
    })
    creada.version = (body as { version: number }).version
    await aMano(
      pool,
      `UPDATE registro_generadores_pu SET archivo = '${enlace}' WHERE id_produccion = ${String(creada.escena.b)}`,
    )
    await pasar(creada, 'ENVIADA')
    expect(await contenido(creada.id)).toContain('No está autorizada.')
    await pasar(creada, 'AUTORIZADA', { fecha_autorizacion: '2026-02-18' }, otra)
    const dicho = await contenido(creada.id)
    for (const texto of [
      'Pena por atraso',
      'TOTAL DE DEDUCCIONES',
      'Neto homologado M.N.',
      `Diario Oficial del 16/02/2026, capturó ${rows[0]?.quien ?? ''}`,
      'Avance por concepto',
      'A los precios de esta estimación',
      'En el sistema la elaboró ',
      'En el sistema la envió ',
      'el 18/02/2026.',
      `"qr":"${enlace}"`,
    ])
      expect(dicho).toContain(texto)
    const { estimacion, deducciones } = await leerDocumento(app.ctx, { id: creada.id, dominio: null })
    const { netoMn } = netoDe(deducciones, estimacion.totales, estimacion.tipoCambio)
    expect(netoMn.toFixed(2)).toBe(estimacion.totales.importeMn.times('0.9').minus(100).toFixed(2))
    expect(dicho).toContain(cifra(netoMn.toFixed(2)))

    const antes = await bajarTodo(creada.id)
    await cambiarTodo(creada)
    await aMano(
      pool,
      `UPDATE tipo_cambio SET valor = 20, fuente = 'Otra', capturado_por = NULL`,
      `UPDATE registro_generadores_pu SET archivo = NULL WHERE id_produccion = ${String(creada.escena.b)}`,
      'DELETE FROM deduccion_usual',
    )
    expect(iguales(antes, await bajarTodo(creada.id))).toEqual([true, true, true])
  })

  it('marks a draft, a rejected and a cancelled one, and no other', async () => {
    const creada = await crear()
    const marca = async (): Promise<string | null | undefined> =>
      documentoDeExpediente(await leerDocumento(app.ctx, { id: creada.id, dominio: null }, { gpus: true }), new Map())
        .marca
    const marcas = [await marca()]
    await pasar(creada, 'ENVIADA')
    marcas.push(await marca())
    await pasar(creada, 'RECHAZADA', { motivo: 'Faltan firmas' })
    marcas.push(await marca())
    await pasar(creada, 'CANCELADA', { motivo: 'Se hace de nuevo' })
    marcas.push(await marca())
    expect(marcas).toEqual(['BORRADOR', null, 'RECHAZADA', 'CANCELADA'])
    expect(await contenido(creada.id)).toContain('Se hace de nuevo')
  })

  it('needs the permission to export, an estimation, and is logged', async () => {
    const { id } = await crear()
    const soloVer = await app.entrarComo(['operaciones.view_estimacionheader'])
    expect((await soloVer.agente.get(`${BASE}/expediente/`).query({ id })).status).toBe(403)
    const soloExportar = await app.entrarComo(['operaciones.exportar_estimacionheader'])
    expect((await soloExportar.agente.get(`${BASE}/expediente/`).query({ id })).status).toBe(403)
    expect((await agente.get(`${BASE}/expediente/`).query({ id: 999_999 })).status).toBe(404)
    await bajar(id)
    const { rows } = await pool.query<{ detalle: string }>(
      "SELECT detalle FROM registro_actividad WHERE tabla_log = 25 AND registro_id = $1 AND evento = 'EXPORTAR'",
      [id],
    )
    expect(rows.map(({ detalle }) => detalle)).toEqual([expect.stringContaining('Expediente_Estimacion_1_')])
  })
})

describe('a sent estimation prints the same for ever', () => {
  it('after everything around it changed, in this process and in another one of another time zone', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    await pasar(creada, 'AUTORIZADA', { fecha_autorizacion: '2026-02-18' }, otra)
    await pasar(creada, 'FACTURADA', { folio_factura: 'F-77', fecha_factura: '2026-02-19' })
    const antes = await bajarTodo(creada.id)
    const dicho = await contenido(creada.id)
    await cambiarTodo(creada)
    expect(iguales(antes, await bajarTodo(creada.id))).toEqual([true, true, true])
    expect(await contenido(creada.id)).toBe(dicho)
    expect(dicho).toContain('F-77, 19/02/2026')

    await crearPersonaConClave(app, { username: 'eva', email: 'eva@example.com', grupos: ['administrador'] })
    const datos = mkdtempSync(join(tmpdir(), 'sascop-expediente-'))
    onTestFinished(() => {
      rmSync(datos, { recursive: true, force: true })
    })
    symlinkSync(app.carpetaSubidas, join(datos, 'archivos'))
    const servidor = await lanzarServidor(app.url, datos, { TZ: 'Asia/Tokyo' })
    const eva = await entrarPorFuera(servidor.direccion, 'eva', CLAVE)
    const fuera: Buffer[] = []
    for (const cual of RUTAS) fuera.push(await eva.bajar(`${BASE}/${cual}/?id=${String(creada.id)}`))
    expect(iguales(antes, fuera)).toEqual([true, true, true])
    servidor.senal('SIGTERM')
    await servidor.fin
  })

  it('taking a line out changes that line and nothing else', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const marca = await cambiarTodo(creada)
    const { rows } = await pool.query<{ id: string }>(
      'SELECT id FROM estimacion_detalle WHERE id_estimacion_header = $1 AND id_produccion = $2',
      [creada.id, creada.escena.b],
    )
    const rechazo = await agente
      .post(`${BASE}/rechazar_detalle/`)
      .send({ id_detalle: Number(rows[0]?.id), comentario_ajuste: 'Sin soporte del cliente' })
    expect(rechazo.status).toBe(200)
    const dicho = await contenido(creada.id)
    expect(dicho).toContain('Sin soporte del cliente')
    expect(dicho).not.toContain(marca)
    expect(dicho).not.toContain('nota de después')
    // Its production is free again and may change: the document stays.
    const antes = await bajarTodo(creada.id)
    await aMano(
      pool,
      `UPDATE produccion SET volumen_produccion = 4, fecha_produccion = '2026-02-14' WHERE id = ${String(creada.escena.b)}`,
    )
    expect(iguales(antes, await bajarTodo(creada.id))).toEqual([true, true, true])
    expect(await rotas()).toEqual([])
  })

  it('the draft prints what is true today, and sending it again takes it anew', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    await pasar(creada, 'RECHAZADA', { motivo: 'Faltan firmas' })
    await cambiarTodo(creada)
    expect(await contenido(creada.id)).not.toContain('nota de después')
    await pasar(creada, 'EN_ESTIMACION')
    expect(await contenido(creada.id)).toContain('nota de después')
    expect(
      (await pool.query('SELECT 1 FROM estimacion_instantanea WHERE id_estimacion_header = $1', [creada.id])).rowCount,
    ).toBe(0)
    await pasar(creada, 'ENVIADA')
    expect(await contenido(creada.id)).toContain('nota de después')
    expect(await rotas()).toEqual([])
  })

  it('the database refuses to change what was sent', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const [id, donde] = [creada.id, 'WHERE id_estimacion_header = $1']
    for (const cambio of [
      `UPDATE estimacion_instantanea SET contenido = jsonb_set(contenido, '{cliente}', '"OTRO"') ${donde}`,
      `UPDATE estimacion_instantanea SET contenido = jsonb_set(contenido, '{lineas,0,sitio}', '"OTRO"') ${donde}`,
      `UPDATE estimacion_instantanea SET contenido = contenido #- '{lineas,0}' ${donde}`,
      `UPDATE estimacion_instantanea SET contenido = jsonb_set(contenido, '{lineas}', (contenido -> 'lineas') || (contenido -> 'lineas')) ${donde}`,
      `UPDATE estimacion_instantanea SET pasos = '[]' ${donde}`,
      `DELETE FROM estimacion_instantanea ${donde}`,
    ])
      await expect(pool.query(cambio, [id]), cambio).rejects.toThrow(/estimacion_instantanea_congelada/)
    const borrador = await crear()
    await expect(
      pool.query(
        `INSERT INTO estimacion_instantanea (id_estimacion_header, contenido, sha256) VALUES ($1, '{"lineas": [], "gpus": []}', repeat('0', 64))`,
        [borrador.id],
      ),
    ).rejects.toThrow(/estimacion_instantanea_congelada/)
  })
})

describe('estimations sent before there were snapshots', () => {
  it('get theirs when they are first printed, or when the system starts', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    await pasar(creada, 'AUTORIZADA', { fecha_autorizacion: '2026-02-21' }, otra)
    const sinFotografia = async (): Promise<void> => {
      await aMano(pool, `DELETE FROM estimacion_instantanea WHERE id_estimacion_header = ${String(creada.id)}`)
      expect(await rotas()).toEqual([expect.stringContaining('no tiene instantánea')])
    }
    await sinFotografia()
    const primero = await Promise.all([bajar(creada.id), bajar(creada.id), bajar(creada.id, 'exportar_pdf')])
    expect(primero[0].equals(primero[1])).toBe(true)
    expect(await rotas()).toEqual([])
    await cambiarTodo(creada)
    expect((await bajar(creada.id)).equals(primero[0])).toBe(true)
    await sinFotografia()
    expect([await tomarFaltantes(app.ctx, DOMINIO), await tomarFaltantes(app.ctx, DOMINIO)]).toEqual([1, 0])
    expect(await rotas()).toEqual([])
    expect(await contenido(creada.id)).toContain('ENVIADA a AUTORIZADA')
  })
})

describe('what verificar says', () => {
  it('a snapshot touched by hand, and a line that is not the one it prints', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const donde = `WHERE id_estimacion_header = ${String(creada.id)}`
    await aMano(
      pool,
      `UPDATE estimacion_instantanea SET contenido = jsonb_set(contenido, '{cliente}', '"OTRO"') ${donde}`,
    )
    expect(await rotas()).toEqual([expect.stringContaining('no es la que se guardó')])
    const r = await agente.get(`${BASE}/expediente/`).query({ id: creada.id })
    expect([r.status, (r.body as { detalles: string }).detalles]).toEqual([
      409,
      expect.stringContaining('avisa a un administrador'),
    ])
    await aMano(
      pool,
      `UPDATE estimacion_instantanea SET sha256 = huella_de_instantanea(contenido, pasos) ${donde}`,
      `UPDATE estimacion_detalle SET concepto = 'OTRO' ${donde} AND id_produccion = ${String(creada.escena.e)}`,
    )
    expect(await rotas()).toEqual([expect.stringMatching(/la línea \d+ no es la de su instantánea/)])
    await aMano(pool, `DELETE FROM estimacion_instantanea ${donde}`)
    await tomarFaltantes(app.ctx, DOMINIO)
    expect(await rotas()).toEqual([])
  })

  it('a photo that the store lost or that is another one: named, and printed as not available', async () => {
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const promesa = invarianteDeFotos(almacen)
    expect(await promesa.buscarFallas(app.ctx)).toEqual([])
    const { rows } = await pool.query<{ clave: string }>(
      'SELECT a.clave_miniatura AS clave FROM evidencia_gpu e JOIN archivo a ON a.id = e.id_archivo WHERE e.id_gpu = $1 AND a.clave_miniatura IS NOT NULL ORDER BY e.id',
      [await gpuDe(creada.escena.a)],
    )
    const [perdida = '', cambiada = ''] = rows.map(({ clave }) => clave)
    rmSync(join(app.carpetaSubidas, perdida))
    writeFileSync(join(app.carpetaSubidas, cambiada), 'no es una foto')
    const fallas = await promesa.buscarFallas(app.ctx)
    expect(fallas).toEqual([
      expect.stringContaining('soldadura en popa.jpg'),
      expect.stringContaining('vista general.jpg'),
    ])
    expect((await bajar(creada.id)).toString('latin1')).not.toContain('/Subtype /Image')
    expect(app.errores).toEqual([])
  })
})

describe('a big one', () => {
  it('is drawn by a task, which gives the same bytes to who asked for it and to nobody else', async () => {
    // Others have asked for many files already in these minutes.
    const { agente: suya } = await app.entrarComo('superusuario')
    const creada = await crear()
    await pasar(creada, 'ENVIADA')
    const gpu = await gpuDe(creada.escena.a)
    const chico = await bajar(creada.id, 'expediente', suya)
    // Two hundred files more than when it was sent make it be measured as big; what it prints is what it was.
    await aMano(
      pool,
      `WITH nuevos AS (
         INSERT INTO archivo (sha256, clase, bytes, clave)
         SELECT h.hex, 'pdf', 1, 'contenido/00/' || h.hex || '.pdf'
         FROM generate_series(1, 200) n CROSS JOIN LATERAL (SELECT encode(sha256(n::text::bytea), 'hex') AS hex) h RETURNING id
       ) INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre) SELECT ${String(gpu)}, id, 'x.pdf' FROM nuevos`,
    )
    const directo = await bajar(creada.id, 'expediente', suya)
    expect(directo.equals(chico)).toBe(true)
    const r = await suya.get(`${BASE}/expediente/`).query({ id: creada.id, asincrono: '1' })
    const { tarea } = r.body as { tarea: number }
    expect([r.status, typeof tarea]).toEqual([202, 'number'])
    await expect
      .poll(
        async () =>
          ((await suya.get(`/operaciones/tareas/${String(tarea)}/estado/`)).body as { estado: string }).estado,
        { timeout: 20_000 },
      )
      .toBe('terminada')
    const pedirTarea = (quien: typeof agente, id: number) =>
      quien.get(`${BASE}/expediente/`).query({ id, tarea }).buffer(true).parse(bytes)
    const suyo = await pedirTarea(suya, creada.id)
    expect([suyo.status, (suyo.body as Buffer).equals(chico)]).toEqual([200, true])
    expect(suyo.headers['content-disposition']).toContain('Expediente_Estimacion_1_')
    expect((await pedirTarea((await app.entrarComo('operaciones')).agente, creada.id)).status).toBe(404)
    expect((await pedirTarea(suya, (await crear()).id)).status).toBe(409)
    // A day later the next one takes away what nobody needs.
    await otroDia()
    const { agente: vuelve } = await app.entrarComo('superusuario')
    await bajar(creada.id, 'expediente', vuelve)
    expect(readdirSync(join(app.carpetaSubidas, 'expedientes'))).toHaveLength(1)
    expect((await pedirTarea(vuelve, creada.id)).status).toBe(409)
  })
})
