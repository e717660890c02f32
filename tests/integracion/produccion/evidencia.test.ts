import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import sharp from 'sharp'
import { describe, expect, it } from 'vitest'
import { invarianteDeContenido } from '../../../src/modulos/archivos/archivos.invariantes.ts'
import type { Evidencia } from '../../../src/modulos/produccion/gpu/gpu.contrato.ts'
import { almacenEnDisco } from '../../../src/plataforma/almacen-disco.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { foto } from '../../apoyo/fotos.ts'
import { datosComunes, ESTATUS, fabricasProduccion } from '../../apoyo/produccion.ts'

const app = await crearAppDePruebas({ reloj: '2026-03-02T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricasProduccion(pool)
const { P1, P3 } = await datosComunes(pool)
const operaciones = tipado((await app.entrarComo('operaciones')).agente)
const administrador = tipado((await app.entrarComo('administrador')).agente)
const consulta = tipado((await app.entrarComo('consulta')).agente)

interface Respuesta {
  readonly exito: boolean
  readonly detalles: string
  readonly mensaje: string
  readonly campos: Record<string, string>
  readonly id_gpu: number
  readonly repetidas: number
  readonly evidencias: Evidencia[]
}
type Adjunto = readonly [contenido: Buffer, nombre: string]
const BASE = '/operaciones/produccion'
const PDF: Adjunto = [Buffer.from('%PDF-1.7 hoja firmada'), 'hoja firmada.pdf']

let dia = 0
const unaProduccion = async (columnas: Record<string, unknown> = {}): Promise<number> => {
  dia += 1
  return crea.produccion(P1, {
    fecha: `2026-0${String(1 + Math.floor(dia / 28))}-${String((dia % 28) + 1).padStart(2, '0')}`,
    volumen: '1',
    ...columnas,
  })
}
function subir(produccion: number, adjuntos: readonly Adjunto[], quien = operaciones, campo = 'archivos') {
  let envio = quien
    .post<Respuesta>(`${BASE}/subir_evidencia_gpu/`)
    .field('id_produccion', String(produccion))
    .field('comentario', 'En cubierta')
  for (const [contenido, nombre] of adjuntos) envio = envio.attach(campo, contenido, nombre)
  return envio
}
const lista = async (produccion: number, quien = operaciones): Promise<Evidencia[]> =>
  (await quien.get<Respuesta>(`${BASE}/obtener_evidencias_gpu/`).query({ id_produccion: produccion })).body.evidencias
const retirar = (id: number, motivo: string, quien = operaciones) =>
  quien.post<Respuesta>(`${BASE}/retirar_evidencia_gpu/`).send({ id, motivo })
const bajar = (ruta: string, quien = operaciones) =>
  quien
    .get<Buffer>(ruta)
    .buffer(true)
    .parse((res: NodeJS.ReadableStream, listo: (error: null, datos: Buffer) => void) => {
      const trozos: Buffer[] = []
      res.on('data', (trozo: Buffer) => trozos.push(trozo))
      res.on('end', () => {
        listo(null, Buffer.concat(trozos))
      })
    })
const sueltos = (): string[] =>
  readdirSync(app.carpetaSubidas).filter((nombre) => !['contenido', 'miniaturas'].includes(nombre))

describe('evidence of a GPU', () => {
  it('is kept, listed with its thumbnail and comes back whole', async () => {
    const id = await unaProduccion()
    const original = await sharp(await foto(21))
      .withExif({ IFD0: { Make: 'Telefono' }, IFD3: { GPSLatitudeRef: 'N', GPSLatitude: '19/1 25/1 0/1' } })
      .jpeg()
      .toBuffer()
    const r = await subir(id, [[original, '../cámara «1».JPG'], PDF])
    expect(r.body).toMatchObject({ exito: true, mensaje: '2 archivos guardados como evidencia', repetidas: 0 })
    const [imagen, hoja] = await lista(id)
    expect(imagen).toMatchObject({
      nombre: 'cámara «1».JPG',
      clase: 'jpg',
      ancho: 640,
      alto: 480,
      con_miniatura: true,
      comentario: 'En cubierta',
      retiro: null,
      usos: [],
    })
    expect(hoja).toMatchObject({ nombre: 'hoja firmada.pdf', clase: 'pdf', con_miniatura: false })
    const bajada = await bajar(`${BASE}/evidencia_gpu/${String(imagen?.id)}/archivo/`, consulta)
    expect(bajada.body.equals(original)).toBe(true)
    expect(bajada.headers).toMatchObject({
      'content-type': 'image/jpeg',
      'x-content-type-options': 'nosniff',
      'content-disposition': expect.stringContaining('attachment;') as string,
    })
    const chica = await bajar(`${BASE}/evidencia_gpu/${String(imagen?.id)}/miniatura/`, consulta)
    expect(await sharp(chica.body).metadata()).toMatchObject({ format: 'jpeg', width: 480, height: 360 })
    expect((await sharp(chica.body).metadata()).exif).toBeUndefined()
    expect((await bajar(`${BASE}/evidencia_gpu/${String(hoja?.id)}/miniatura/`)).status).toBe(404)
    const { rows } = await pool.query<{ evento: string; campo: string; detalle: string }>(
      'SELECT evento, campo, detalle FROM registro_actividad WHERE tabla_log = 24 AND registro_id = $1 ORDER BY id',
      [r.body.id_gpu],
    )
    expect(rows.map(({ evento, campo }) => [evento, campo])).toEqual([['IMPORTAR', 'Importó'], ['IMPORTAR', 'Importó']]) // prettier-ignore
    expect(rows[0]?.detalle).toMatch(/^la evidencia «cámara «1».JPG» del GPU 2\.1\. · .* de la OT: OT-101$/)
    expect(sueltos()).toEqual([])
    expect(await invarianteDeContenido(almacenEnDisco(app.carpetaSubidas)).buscarFallas(app.ctx)).toEqual([])
  })

  it('makes the GPU of an old production that lacked it', async () => {
    const id = await unaProduccion({ gpuDe: null })
    expect((await subir(id, [PDF])).body.id_gpu).toBeGreaterThan(0)
    expect(await lista(id)).toHaveLength(1)
  })

  it('counts as evidence to sign; the last one of a signed GPU does not go', async () => {
    const id = await unaProduccion()
    const { body } = await subir(id, [[await foto(22), 'a.jpg']])
    const firmar = await operaciones
      .post<Respuesta>(`${BASE}/guardar_estatus_gpu/`)
      .send({ id_produccion: id, estatus_id: 17 })
    expect(firmar.status).toBe(200)
    const evidencia = body.evidencias[0]?.id ?? 0
    expect((await retirar(evidencia, 'ya no', operaciones)).status).toBe(403)
    const r = await retirar(evidencia, 'ya no', administrador)
    expect([r.status, r.body.detalles]).toEqual([409, expect.stringContaining('única evidencia') as string])
    expect((await subir(id, [PDF])).status).toBe(403)
    expect((await subir(id, [PDF], administrador)).status).toBe(200)
    expect((await retirar(evidencia, 'hay otra mejor', administrador)).status).toBe(200)
  })

  it('that is taken away stays, with who, when and why, and can still be seen', async () => {
    const id = await unaProduccion()
    const contenido = await foto(23)
    const evidencia = (await subir(id, [[contenido, 'borrosa.jpg']])).body.evidencias[0]?.id ?? 0
    const sinMotivo = await retirar(evidencia, '  ')
    expect([sinMotivo.status, sinMotivo.body.campos]).toEqual([
      400,
      { motivo: 'Escribe por qué se retira la evidencia.' },
    ])
    expect((await retirar(evidencia, 'Salió borrosa')).status).toBe(200)
    expect((await retirar(evidencia, 'otra vez')).status).toBe(409)
    expect(await lista(id)).toMatchObject([{ id: evidencia, retiro: { motivo: 'Salió borrosa' } }])
    expect((await bajar(`${BASE}/evidencia_gpu/${String(evidencia)}/archivo/`)).body.equals(contenido)).toBe(true)
    expect((await subir(id, [[contenido, 'borrosa.jpg']])).status).toBe(200)
  })

  it('is refused in a closed month, and for productions without GPU', async () => {
    const id = await crea.produccion(P1, { fecha: '2027-05-01', volumen: '1' })
    await crea.carpeta(101, '2027-05-01', { id_estatus: 22, fecha_cierre: '2027-06-01T00:00:00Z' })
    expect((await subir(id, [PDF])).status).toBe(409)
    expect((await subir(await crea.produccion(P3, { fecha: '2026-02-01', volumen: '1' }), [PDF])).status).toBe(400)
    expect((await subir(999_999, [PDF])).status).toBe(404)
    expect(sueltos()).toEqual([])
  })
})

describe('the same photo used twice', () => {
  it('is flagged with where it was used: exact, and one that only looks like it', async () => {
    const contenido = await foto(31)
    const [enero, otra, parecida] = [
      await unaProduccion(),
      await unaProduccion(),
      await unaProduccion({ sitio: 2, tipo: 'CMA' }),
    ]
    await subir(enero, [[contenido, 'original.jpg']])
    const exacta = await subir(otra, [[contenido, 'copia.jpg']])
    expect(exacta.body).toMatchObject({ exito: true, repetidas: 1 })
    expect(exacta.body.evidencias[0]?.usos).toMatchObject([
      { exacta: true, ot: 'OT-101', codigo: '2.1.', sitio: 'EMBARCACION-UNO', retirada: false },
    ])
    const chica = await sharp(contenido).resize({ width: 300 }).jpeg({ quality: 50 }).toBuffer()
    const cerca = await subir(parecida, [[chica, 'whatsapp.jpg']])
    expect(cerca.body.evidencias[0]?.usos.map((uso) => uso.exacta)).toEqual([false, false])
    // Whoever looks at the first one is told too.
    const [primera] = await lista(enero)
    expect(primera?.usos.map(({ exacta: igual, sitio }) => [igual, sitio])).toEqual([
      [true, 'EMBARCACION-UNO'],
      [false, 'PATIO-DOS'],
    ])
    const distinta = await subir(await unaProduccion(), [[await foto(32), 'otra.jpg']])
    expect(distinta.body.repetidas).toBe(0)
    // The bytes of the exact one are there once.
    const { rows } = await pool.query<{ n: string }>(
      "SELECT count(DISTINCT id_archivo) AS n FROM evidencia_gpu WHERE nombre IN ('original.jpg', 'copia.jpg')",
    )
    expect(rows[0]?.n).toBe('1')
  })

  it('in the same GPU is refused', async () => {
    const id = await unaProduccion()
    await subir(id, [PDF])
    const r = await subir(id, [PDF])
    expect([r.status, r.body.detalles]).toEqual([409, '«hoja firmada.pdf» ya es evidencia de este GPU.'])
    expect(await lista(id)).toHaveLength(1)
  })
})

describe('an upload that is refused', () => {
  it.each([
    ['a page with the name of a photo', [Buffer.from('<script>alert(1)</script>'), 'foto.jpg'] as const, 'foto (JPG'],
    [
      'a drawing with script',
      [Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 'plano.svg'] as const,
      'foto (JPG',
    ],
    ['a workbook', [Buffer.from('PK\u0003\u0004'), 'libro.xlsx'] as const, 'foto (JPG'],
    [
      'a photo that is also a PDF',
      [Buffer.concat([Buffer.from([0xff, 0xd8, 0xff, 0xe0]), Buffer.from('%PDF-1.4')]), 'foto.jpg'] as const,
      'distinta clase',
    ],
    ['a damaged photo', [Buffer.from([0xff, 0xd8, 0xff, 0xe0, 1, 2, 3]), 'foto.jpg'] as const, 'dañada'],
    ['an empty one', [Buffer.alloc(0), 'foto.jpg'] as const, 'vacío'],
  ])('is %s', async (_, adjunto, frase) => {
    const id = await unaProduccion()
    const r = await subir(id, [adjunto])
    expect([r.status, r.body.campos['archivos']]).toEqual([400, expect.stringContaining(frase) as string])
    expect(await lista(id)).toEqual([])
    expect(sueltos()).toEqual([])
  })

  it('is of several with a bad one: none is kept, and it says which', async () => {
    const id = await unaProduccion()
    const r = await subir(id, [PDF, [Buffer.from('GIF89a'), 'mala.gif']])
    expect([r.status, r.body.detalles]).toEqual([400, expect.stringMatching(/^«mala\.gif»: /) as string])
    expect(await lista(id)).toEqual([])
  })

  it('has nothing, another field, or too many files', async () => {
    const id = await unaProduccion()
    expect((await subir(id, [])).status).toBe(400)
    expect((await subir(id, [PDF], operaciones, 'otro')).status).toBe(400)
    expect(
      (
        await subir(
          id,
          Array.from({ length: 11 }, () => PDF),
        )
      ).status,
    ).toBe(400)
    expect(sueltos()).toEqual([])
  })
})

describe('who', () => {
  it('sees evidence needs view_produccion; who brings it or takes it away, change_registrogpu', async () => {
    const id = await unaProduccion({ gpuDe: ESTATUS.PENDIENTE })
    const evidencia = (await subir(id, [PDF])).body.evidencias[0]?.id ?? 0
    const nadie = tipado((await app.entrarComo([])).agente)
    const rutas = [
      `${BASE}/evidencia_gpu/${String(evidencia)}/archivo/`,
      `${BASE}/evidencia_gpu/${String(evidencia)}/miniatura/`,
      `${BASE}/obtener_evidencias_gpu/?id_produccion=${String(id)}`,
    ]
    for (const ruta of rutas) {
      expect((await nadie.get(ruta)).status).toBe(403)
      expect((await app.anonimo().get(ruta)).status).toBe(401)
    }
    expect((await subir(id, [[await foto(41), 'x.jpg']], consulta)).status).toBe(403)
    expect((await retirar(evidencia, 'porque sí', consulta)).status).toBe(403)
    expect((await lista(id, consulta)).map(({ retiro }) => retiro)).toEqual([null])
    for (const malo of ['0', '-1', '999999', '../1', 'x'])
      expect((await operaciones.get(`${BASE}/evidencia_gpu/${malo}/archivo/`)).status).toBe(404)
    expect(existsSync(join(app.carpetaSubidas, 'contenido'))).toBe(true)
    expect(app.errores).toEqual([])
  })
})
