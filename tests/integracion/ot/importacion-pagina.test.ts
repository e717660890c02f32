import { readdirSync } from 'node:fs'
import ExcelJS from 'exceljs'
import type supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import type {
  PaginaDeLista,
  PaginaImportar,
  PaginaLote,
  RespuestaDeTarea,
  ResultadoDeshacer,
  ResultadoImportacion,
} from '../../../src/modulos/importacion/importacion.contrato.ts'
import { tipoImportar } from '../../../src/modulos/importacion/importacion.schema.ts'
import {
  RUTA,
  rutaImportar,
  rutaLote,
  type ResultadoAnalisis,
} from '../../../src/modulos/ot/importacion/importacion.contrato.ts'
import { leerLibroDeOts } from '../../../src/modulos/ot/importacion/importacion.excel.ts'
import { crearTarea, terminarTarea } from '../../../src/modulos/tareas/index.ts'
import type { EstadoDeTarea } from '../../../src/modulos/tareas/tareas.contrato.ts'
import { MENSAJES_ARCHIVO } from '../../../src/plataforma/excel/contenedor.ts'
import { conTransaccion } from '../../../src/plataforma/transaccion.ts'
import { tipado, type Agente } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'
import { inicial, libroDeOts, reprogramacion, type FilaDePrueba } from '../../apoyo/importacion.ts'

const app = await crearAppDePruebas({ cola: true, config: { maxSubidaBytes: 200 * 1024 } })
const { pool } = app.conexion
const crea = fabricas(pool)
const administrador = await app.entrarComo('administrador')
const agente = tipado(administrador.agente)

/** A browser of another administrator, so that no test waits for the decision of another. */
async function otroAdministrador(): Promise<{ agente: Agente; usuarioId: number }> {
  numero += 1
  const permisos = ['operaciones.importar_ote', 'operaciones.view_ote', `operaciones.prueba_${'a'.repeat(numero)}`]
  const entrada = await app.entrarComo(permisos)
  return { agente: tipado(entrada.agente), usuarioId: entrada.usuarioId }
}
let numero = 0

const analizar = (de: Agente, libro: Buffer, nombre = 'historico.xlsx', crearPtes = true) =>
  de
    .post<RespuestaDeTarea<ResultadoAnalisis>>(RUTA.ANALIZAR)
    .field('crear_ptes', crearPtes ? '1' : '0')
    .attach('archivo', libro, nombre)

async function analisisDe(
  de: Agente,
  filas: readonly FilaDePrueba[],
): Promise<{ tarea: number; resultado: ResultadoAnalisis }> {
  const { status, body } = await analizar(de, libroDeOts(filas))
  expect([status, body.exito]).toEqual([200, true])
  if (body.resultado === undefined) throw new Error('No result')
  return { tarea: body.tarea, resultado: body.resultado }
}

const confirmar = (de: Agente, tarea: number) =>
  de.post<RespuestaDeTarea<ResultadoImportacion>>(RUTA.CONFIRMAR).send({ tarea })
const deshacer = (de: Agente, lote: number) =>
  de.post<RespuestaDeTarea<ResultadoDeshacer>>(RUTA.DESHACER).send({ lote })

async function importar(de: Agente, filas: readonly FilaDePrueba[]): Promise<number> {
  const { body } = await confirmar(de, (await analisisDe(de, filas)).tarea)
  if (typeof body.resultado?.lote !== 'number') throw new Error(body.detalles)
  return body.resultado.lote
}

const lista = (de: Agente, tarea: number, nombre: string, resto: Record<string, number> = {}) =>
  de.get<PaginaDeLista>(RUTA.LISTA).query({ tarea, lista: nombre, ...resto })

async function pagina<T>(de: Agente, ruta: string): Promise<T> {
  const { status, text } = await de.get(ruta)
  expect(status).toBe(200)
  const json = /<script type="application\/json" id="datos-pagina">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
  return JSON.parse(json) as T
}

const bytes = (res: supertest.Response, listo: (error: Error | null, cuerpo: Buffer) => void): void => {
  const trozos: Buffer[] = []
  res.on('data', (trozo: Buffer) => trozos.push(trozo))
  res.on('end', () => {
    listo(null, Buffer.concat(trozos))
  })
}
async function bajar(de: Agente, ruta: string, consulta: Record<string, number> = {}) {
  const { status, body, headers } = await de.get<Buffer>(ruta).query(consulta).buffer(true).parse(bytes)
  return { status, contenido: body, nombre: headers['content-disposition'] ?? '' }
}
async function valores(contenido: Buffer): Promise<string[][]> {
  const libro = new ExcelJS.Workbook()
  await libro.xlsx.load(contenido as never)
  const filas: string[][] = []
  libro.worksheets[0]?.eachRow((fila) => {
    const celdas: string[] = []
    fila.eachCell({ includeEmpty: true }, ({ text }) => celdas.push(text))
    filas.push(celdas)
  })
  return filas
}

const subidas = (): string[] => readdirSync(app.carpetaSubidas)
const contar = async (tabla: 'ot' | 'pte_header' | 'lote_importacion'): Promise<number> => {
  const { rows } = await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${tabla}`)
  return rows[0]?.n ?? 0
}

describe('analyse, confirm, history, undo', () => {
  const FILAS = [
    reprogramacion({ orden_trabajo: 'PAG-1', ot_principal: 'PAG-1', fecha_termino_programado: '31/12/2024' }),
    inicial({ orden_trabajo: 'PAG-1', id_pte_header_id: 'PTE-PAG' }),
    inicial({ orden_trabajo: 'PAG-2', id_pte_header_id: 'PTE-PAG-2', fecha_inicio_programado: '13/112023' }),
    inicial({ orden_trabajo: 'PAG-3', id_pte_header_id: 'PTE-PAG-3', oficio_ot: null }),
  ]

  it('the analysis counts, lists and writes nothing', async () => {
    const antes = [await contar('ot'), await contar('pte_header'), await contar('lote_importacion')]
    const { tarea, resultado } = await analisisDe(agente, FILAS)
    expect(resultado).toMatchObject({
      archivo: 'historico.xlsx',
      crear_ptes: true,
      filas: 4,
      iniciales: { total: 3, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 1 },
      reprogramaciones: { total: 1, creadas: 1, rechazadas: 0 },
      ptes_creadas: 2,
      listas: { creadas: 3, ptes: 2, cambios: 0, rechazadas: 1 },
    })
    const creadas = (await lista(agente, tarea, 'creadas')).body
    expect([creadas.total, creadas.filas]).toEqual([
      3,
      [
        { fila: 3, folio: 'PAG-1', tipo: 'Inicial', descripcion: 'Trabajo', ruta: null },
        { fila: 5, folio: 'PAG-3', tipo: 'Inicial', descripcion: 'Trabajo', ruta: null },
        { fila: 2, folio: 'PAG-1', tipo: 'Reprogramación 1', descripcion: 'Trabajo', ruta: null },
      ],
    ])
    const rechazadas = (await lista(agente, tarea, 'rechazadas')).body
    expect(rechazadas.filas).toMatchObject([
      {
        celda: 'N4',
        columna: 'fecha_inicio_programado',
        valor: '13/112023',
        mensaje: 'En N4 dice "13/112023" y no es una fecha. ¿Quisiste decir 13/11/2023?',
      },
    ])
    expect((await lista(agente, tarea, 'creadas', { inicio: 1, largo: 1 })).body.filas).toMatchObject([
      { folio: 'PAG-3' },
    ])
    expect([await contar('ot'), await contar('pte_header'), await contar('lote_importacion')]).toEqual(antes)
  })

  it('coming back to the page finds the analysis', async () => {
    const { pendiente } = await pagina<PaginaImportar>(agente, rutaImportar)
    expect(pendiente).toMatchObject({
      clase: 'analisis',
      estado: 'terminada',
      analisis: { archivo: 'historico.xlsx', filas: 4 },
    })
  })

  it('the rejected rows, to be mended', async () => {
    const { pendiente } = await pagina<PaginaImportar>(agente, rutaImportar)
    const { status, contenido, nombre } = await bajar(agente, RUTA.RECHAZADAS, { tarea: pendiente?.tarea ?? 0 })
    const filas = await valores(contenido)
    expect([status, nombre]).toEqual([200, 'attachment; filename="historico rechazadas.xlsx"'])
    expect(filas).toHaveLength(2)
    expect(filas[1]?.join('|')).toContain('PAG-2')
    expect(filas[1]?.join('|')).toContain('¿Quisiste decir 13/11/2023?')
  })

  it('confirmed, it is a batch of the history, signed in the log, and the upload is gone', async () => {
    const { tarea } = await analisisDe(agente, FILAS)
    const { status, body } = await confirmar(agente, tarea)
    expect([status, body.tipo_aviso, body.detalles]).toEqual([
      200,
      'exito',
      'Se importó: 3 OT creadas, 2 PTE creadas. 1 fila se rechazó y no se importó.',
    ])
    const lote = body.resultado?.lote ?? 0
    expect(subidas()).toEqual([])
    const { pendiente, lotes } = await pagina<PaginaImportar>(agente, rutaImportar)
    expect(pendiente).toBeNull()
    expect(lotes[0]).toEqual({
      id: lote,
      ruta: rutaLote(lote),
      archivo: 'historico.xlsx',
      fecha: '16/06/2025 12:00',
      usuario: 'Prueba administrador',
      creadas: 3,
      actualizadas: 0,
      rechazadas: 1,
      estado_texto: 'APLICADO',
      tono: 'verde',
    })
    const { rows } = await pool.query(
      `SELECT usuario_id, transaccion, detalle FROM registro_actividad WHERE evento = 'IMPORTAR' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows[0]).toMatchObject({
      usuario_id: String(administrador.usuarioId),
      transaccion: expect.any(String) as string,
      detalle: expect.stringContaining('historico.xlsx') as string,
    })
  })

  it('the page of the batch: what it did, list by list, and what it rejected', async () => {
    const id = (await pagina<PaginaImportar>(agente, rutaImportar)).lotes[0]?.id ?? 0
    const datos = await pagina<PaginaLote>(agente, rutaLote(id))
    expect(datos).toMatchObject({
      puede_deshacer: true,
      deshecho: null,
      resumen: { listas: { creadas: 3, ptes: 2, cambios: 0, rechazadas: 1 } },
      ruta_rechazadas: `${rutaLote(id)}rechazadas/`,
    })
    const creadas = (await agente.get<PaginaDeLista>(`${rutaLote(id)}lista/`).query({ lista: 'creadas' })).body
    expect(creadas.filas).toMatchObject([
      { folio: 'PAG-1', tipo: 'Inicial', ruta: expect.stringMatching(/^\/operaciones\/ot\/\d+\/$/) as string },
      { folio: 'PAG-3', tipo: 'Inicial' },
      { folio: 'PAG-1', tipo: 'Reprogramación 1' },
    ])
    const ptes = (await agente.get<PaginaDeLista>(`${rutaLote(id)}lista/`).query({ lista: 'ptes' })).body
    expect(ptes.filas).toMatchObject([{ folio: 'PTE-PAG' }, { folio: 'PTE-PAG-3' }])
    const filas = await valores((await bajar(agente, datos.ruta_rechazadas)).contenido)
    expect(filas).toMatchObject([
      ['Hoja', 'Fila', 'Celda', 'Columna', 'Valor', 'Qué pasa'],
      [
        'Hoja1',
        '4',
        'N4',
        'fecha_inicio_programado',
        '13/112023',
        expect.stringContaining('no es una fecha') as string,
      ],
    ])
  })

  it('the same file again says that there is nothing to import and keeps no batch', async () => {
    const { tarea, resultado } = await analisisDe(agente, FILAS)
    expect(resultado).toMatchObject({
      iniciales: { creadas: 0, sin_cambio: 2, rechazadas: 1 },
      reprogramaciones: { sin_cambio: 1 },
    })
    const antes = await contar('lote_importacion')
    const { body } = await confirmar(agente, tarea)
    expect([body.resultado?.lote, await contar('lote_importacion')]).toEqual([null, antes])
    expect(body.detalles).toBe(
      'No había nada que importar: todo está ya como en el libro. 1 fila se rechazó y no se importó.',
    )
  })

  it('a file with changes shows them field by field, and so does its batch', async () => {
    const cambiadas = [
      inicial({ orden_trabajo: 'PAG-1', id_pte_header_id: 'PTE-PAG', id_estatus_ot_id: 10, monto_mxn: 1500.5 }),
    ]
    const { tarea, resultado } = await analisisDe(agente, cambiadas)
    expect(resultado).toMatchObject({ iniciales: { actualizadas: 1 }, listas: { cambios: 2 } })
    const previstos = (await lista(agente, tarea, 'cambios')).body.filas
    expect(previstos).toMatchObject([
      { fila: 2, folio: 'PAG-1', campo: 'Estatus', antes: 'EN EJECUCION', despues: 'TERMINADA' },
      { fila: 2, folio: 'PAG-1', campo: 'Monto MXN', antes: '$ 0.00', despues: '$ 1,500.50' },
    ])
    const lote = (await confirmar(agente, tarea)).body.resultado?.lote ?? 0
    const hechos = (await agente.get<PaginaDeLista>(`${rutaLote(lote)}lista/`).query({ lista: 'cambios' })).body
    expect([hechos.total, hechos.filas]).toEqual([
      2,
      previstos.map((cambio) => ({ ...cambio, fila: null, ruta: expect.any(String) as string })),
    ])
  })

  it('undone: what it created goes, what a person edited stays and is told, and it cannot be undone twice', async () => {
    const lote = await importar(agente, [
      inicial({ orden_trabajo: 'DES-1', id_pte_header_id: 'PTE-DES-1' }),
      inicial({ orden_trabajo: 'DES-2', id_pte_header_id: 'PTE-DES-2' }),
    ])
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM ot WHERE orden_trabajo = 'DES-2'`)
    const editada = Number(rows[0]?.id)
    const edicion = await agente.post('/operaciones/ot/editar/').send({ id: editada, comentario_general: 'A mano' })
    expect(edicion.status).toBe(200)
    const { status, body } = await deshacer(agente, lote)
    expect([status, body.detalles]).toEqual([
      200,
      `El lote ${String(lote)} se deshizo: 1 OT eliminada, 1 PTE eliminada, 1 registro conservado.`,
    ])
    expect(body.resultado?.conservadas).toEqual([
      {
        folio: 'DES-2',
        motivo: 'alguien la cambió después de importarla',
        ruta: `/operaciones/ot/${String(editada)}/`,
      },
    ])
    const datos = await pagina<PaginaLote>(agente, rutaLote(lote))
    expect(datos).toMatchObject({
      lote: { estado_texto: 'DESHECHO' },
      puede_deshacer: false,
      deshecho: { conservadas: [{ folio: 'DES-2' }] },
    })
    const otra = await deshacer(agente, lote)
    expect([otra.status, otra.body.detalles]).toEqual([409, `El lote ${String(lote)} ya se deshizo.`])
    const { rows: eventos } = await pool.query(
      `SELECT 1 FROM registro_actividad WHERE campo = 'Deshizo importación' AND usuario_id = $1`,
      [administrador.usuarioId],
    )
    expect(eventos).toHaveLength(1)
  })

  it('an undo that something depends on is refused with the reason', async () => {
    const lote = await importar(agente, [inicial({ orden_trabajo: 'DEP-1', id_pte_header_id: 'PTE-DEP-1' })])
    const { rows } = await pool.query<{ id: string }>(`SELECT id FROM ot WHERE orden_trabajo = 'DEP-1'`)
    await crea.reprogramacion(Number(rows[0]?.id), { num_reprogramacion: 1, orden_trabajo: 'DEP-1-R' })
    const { status, body } = await deshacer(agente, lote)
    expect([status, body.exito, body.tipo_aviso]).toEqual([409, false, 'advertencia'])
    expect(body.detalles).toContain('DEP-1 tiene la reprogramación 1 (DEP-1-R), que no es de este lote')
  })
})

describe('between the analysis and the decision', () => {
  it('a change of the data since makes it 409 PLAN, the file stays and can be analysed again', async () => {
    const otro = await otroAdministrador()
    const { tarea } = await analisisDe(otro.agente, [
      inicial({ orden_trabajo: 'PLAN-1', id_pte_header_id: 'PTE-PLAN' }),
    ])
    await crea.pte({ oficio_pte: 'PTE-PLAN' })
    const refusal = await confirmar(otro.agente, tarea)
    expect([refusal.status, refusal.body.codigo]).toEqual([409, 'PLAN'])
    const { status, body } = await otro.agente
      .post<RespuestaDeTarea<ResultadoAnalisis>>(RUTA.ANALIZAR)
      .send({ tarea, crear_ptes: '1' })
    expect([status, body.resultado?.ptes_creadas]).toEqual([200, 0])
    expect((await confirmar(otro.agente, tarea)).status).toBe(409)
    expect((await confirmar(otro.agente, body.tarea)).status).toBe(200)
  })

  it('the option is changed without sending the file again', async () => {
    const otro = await otroAdministrador()
    const libro = libroDeOts([inicial({ orden_trabajo: 'OPC-1', id_pte_header_id: 'PTE-OPC' })])
    const sin = (await analizar(otro.agente, libro, 'opciones.xlsx', false)).body
    expect(sin.resultado).toMatchObject({ iniciales: { rechazadas: 1 }, crear_ptes: false })
    const { body } = await otro.agente
      .post<RespuestaDeTarea<ResultadoAnalisis>>(RUTA.ANALIZAR)
      .send({ tarea: sin.tarea, crear_ptes: '1' })
    expect(body.resultado).toMatchObject({ iniciales: { creadas: 1 }, crear_ptes: true, archivo: 'opciones.xlsx' })
  })

  it('another file replaces the one that waited; discarding deletes it', async () => {
    const otro = await otroAdministrador()
    const antes = subidas().length
    const primero = await analisisDe(otro.agente, [inicial({ orden_trabajo: 'REE-1', id_pte_header_id: 'PTE-REE' })])
    const segundo = await analisisDe(otro.agente, [inicial({ orden_trabajo: 'REE-2', id_pte_header_id: 'PTE-REE' })])
    const viejo = await lista(otro.agente, primero.tarea, 'creadas')
    expect([viejo.status, (await lista(otro.agente, segundo.tarea, 'creadas')).status]).toEqual([409, 200])
    await otro.agente.post(RUTA.DESCARTAR).send({ tarea: segundo.tarea })
    expect([subidas().length, (await confirmar(otro.agente, segundo.tarea)).status]).toEqual([antes, 409])
  })

  it('what nobody decided about in a week is deleted when somebody analyses', async () => {
    const uno = await otroAdministrador()
    const { tarea } = await analisisDe(uno.agente, [inicial({ orden_trabajo: 'VIE-1', id_pte_header_id: 'PTE-VIE' })])
    await pool.query(`UPDATE tarea SET creado_en = creado_en - interval '8 days' WHERE id = $1`, [tarea])
    const otro = await otroAdministrador()
    await analisisDe(otro.agente, [inicial({ orden_trabajo: 'VIE-2', id_pte_header_id: 'PTE-VIE' })])
    expect((await pagina<PaginaImportar>(uno.agente, rutaImportar)).pendiente).toBeNull()
  })

  it('nobody reads the analysis of somebody else', async () => {
    const [uno, otro] = [await otroAdministrador(), await otroAdministrador()]
    const { tarea } = await analisisDe(uno.agente, [inicial({ orden_trabajo: 'AJE-1', id_pte_header_id: 'PTE-AJE' })])
    const estados = [
      (await lista(otro.agente, tarea, 'creadas')).status,
      (await confirmar(otro.agente, tarea)).status,
      (await otro.agente.post(RUTA.DESCARTAR).send({ tarea })).status,
      (await otro.agente.get(RUTA.RECHAZADAS).query({ tarea })).status,
    ]
    expect(estados).toEqual([404, 404, 404, 404])
  })

  it('a second import at once is told', async () => {
    const otro = await otroAdministrador()
    const { tarea } = await analisisDe(otro.agente, [inicial({ orden_trabajo: 'DOS-1', id_pte_header_id: 'PTE-DOS' })])
    const enCurso = await conTransaccion(app.ctx, (tx) => crearTarea(tx, { tipo: tipoImportar('ot'), mensaje: '' }))
    const { status, body } = await confirmar(otro.agente, tarea)
    await terminarTarea(app.ctx, enCurso, 'Fin de la prueba', null)
    expect([status, body.detalles]).toEqual([
      409,
      'Ya hay una importación en curso. Espera a que termine y vuelve a intentarlo.',
    ])
    expect((await confirmar(otro.agente, tarea)).status).toBe(200)
  })

  it('asincrono=1 answers 202 with the task, which is followed without extending the session', async () => {
    const otro = await otroAdministrador()
    const { status, body } = await otro.agente
      .post<RespuestaDeTarea<ResultadoAnalisis>>(RUTA.ANALIZAR)
      .field('asincrono', '1')
      .field('crear_ptes', '1')
      .attach('archivo', libroDeOts([inicial({ orden_trabajo: 'ASI-1', id_pte_header_id: 'PTE-ASI' })]), 'a.xlsx')
    expect([status, body.exito, body.resultado]).toEqual([202, true, undefined])
    const { pendiente } = await pagina<PaginaImportar>(otro.agente, rutaImportar)
    expect(pendiente?.tarea).toBe(body.tarea)
    await expect
      .poll(
        async () =>
          (
            await otro.agente
              .get<EstadoDeTarea>(`/operaciones/tareas/${String(body.tarea)}/estado/`)
              .set('X-Background', '1')
          ).body,
        { timeout: 15_000 },
      )
      .toMatchObject({ estado: 'terminada', avance: 100, resultado: { filas: 1 } })
  })
})

describe('files that are not what they should', () => {
  const ole = Buffer.from([0xd0, 0xcf, 0x11, 0xe0, 0xa1, 0xb1, 0x1a, 0xe1])
  const casos: [string, Buffer, string | RegExp][] = [
    ['0 bytes', Buffer.alloc(0), MENSAJES_ARCHIVO.vacio],
    ['a renamed .xls', Buffer.concat([ole, Buffer.alloc(600)]), MENSAJES_ARCHIVO.xls],
    [
      'a workbook with password',
      Buffer.concat([ole, Buffer.alloc(600), Buffer.from('EncryptedPackage', 'utf16le')]),
      MENSAJES_ARCHIVO.protegido,
    ],
    ['not a workbook', Buffer.from('hola'), MENSAJES_ARCHIVO.noEsLibro],
    [
      'a missing column',
      libroDeOts([inicial()], ['orden_trabajo', 'oficio_ot', 'descripcion_trabajo', 'id_tipo_id']),
      /falta la columna id_estatus_ot_id/,
    ],
    ['no rows', libroDeOts([]), /no tiene filas debajo de los encabezados/],
  ]
  it.each(casos)('%s: 400 with its sentence, and nothing is kept', async (_nombre, archivo, mensaje) => {
    const otro = await otroAdministrador()
    const antes = subidas().length
    const { status, body } = await analizar(otro.agente, archivo)
    expect([status, body.exito, body.tipo_aviso]).toEqual([400, false, 'error'])
    expect(body.detalles).toMatch(mensaje)
    expect(subidas()).toHaveLength(antes)
  })

  it('over the limit of bytes: 413; no file: 400; a file in another field: 400, and it does not stay', async () => {
    const otro = await otroAdministrador()
    const antes = subidas().length
    const grande = await analizar(otro.agente, Buffer.alloc(300 * 1024))
    const nada = await otro.agente.post(RUTA.ANALIZAR).field('crear_ptes', '1')
    const enOtro = await otro.agente.post(RUTA.ANALIZAR).attach('foto', Buffer.from('x'), 'x.xlsx')
    expect([grande.status, nada.status, enOtro.status]).toEqual([413, 400, 400])
    expect(grande.body.detalles).toContain('demasiado grande')
    expect(nada.body.detalles).toBe('Elige primero el libro de Excel que quieres importar.')
    expect(subidas()).toHaveLength(antes)
  })

  it('more files than anybody reads in ten minutes: 429, and the upload does not stay', async () => {
    const otro = await otroAdministrador()
    for (let i = 0; i < 20; i += 1) await otro.agente.post(RUTA.ANALIZAR).send({})
    const antes = subidas().length
    const { status, body } = await analizar(otro.agente, libroDeOts([inicial()]))
    expect([status, body.detalles]).toEqual([
      429,
      'Analizaste muchos archivos en poco tiempo. Espera unos minutos y vuelve a intentarlo.',
    ])
    expect(subidas()).toHaveLength(antes)
  })
})

describe('who may', () => {
  it('without the permission: 403 and no file on disk; without session: 401', async () => {
    const antes = subidas()
    const operaciones = tipado((await app.entrarComo('operaciones')).agente)
    const estados = [
      (await analizar(operaciones, libroDeOts([inicial()]))).status,
      (await operaciones.get(rutaImportar)).status,
      (await operaciones.get(RUTA.PLANTILLA)).status,
      (await deshacer(operaciones, 1)).status,
    ]
    expect([estados, subidas()]).toEqual([[403, 403, 403, 403], antes])
    expect((await analizar(tipado(app.anonimo()), libroDeOts([inicial()]))).status).toBe(401)
  })

  it('the token may travel in the header or in a field of the multipart; without it, 403 and no file', async () => {
    const enviar = async (token: { cabecera?: string; campo?: string }): Promise<number> => {
      const cuerpo = new FormData()
      if (token.campo !== undefined) cuerpo.set('csrfmiddlewaretoken', token.campo)
      cuerpo.set('crear_ptes', '1')
      cuerpo.set('archivo', new Blob([new Uint8Array(libro)]), 'token.xlsx')
      const { status } = await fetch(`${app.direccion}${RUTA.ANALIZAR}`, {
        method: 'POST',
        body: cuerpo,
        headers: {
          Cookie: `sascop_sesion=${administrador.galleta}`,
          ...(token.cabecera === undefined ? {} : { 'X-CSRFToken': token.cabecera }),
        },
      })
      return status
    }
    const libro = libroDeOts([inicial({ orden_trabajo: 'TOK-1', id_pte_header_id: 'PTE-TOK' })])
    const antes = subidas()
    expect([await enviar({}), await enviar({ cabecera: 'falso' }), await enviar({ campo: 'falso' })]).toEqual([
      403, 403, 403,
    ])
    expect(subidas()).toEqual(antes)
    expect([await enviar({ cabecera: administrador.csrf }), await enviar({ campo: administrador.csrf })]).toEqual([
      200, 200,
    ])
  })
})

describe('pages', () => {
  it('a batch that does not exist: 404', async () => {
    expect((await agente.get(rutaLote(999_999))).status).toBe(404)
    expect((await agente.get(`${rutaImportar}lotes/x/`)).status).toBe(404)
    expect((await deshacer(agente, 999_999)).status).toBe(404)
  })

  it('the template has the columns that the import reads, and its examples have nothing wrong but that their PTE does not exist', async () => {
    const { status, contenido, nombre } = await bajar(agente, RUTA.PLANTILLA)
    expect([status, nombre]).toEqual([200, 'attachment; filename="plantilla importar OT.xlsx"'])
    const { encabezado, filas } = await leerLibroDeOts(contenido)
    expect([encabezado.hoja, encabezado.columnas.size]).toEqual(['OT', 25])
    expect(
      filas.map(({ valores: { id_tipo_id: tipo }, errores, advertencias }) => [tipo, errores, advertencias]),
    ).toEqual([
      [4, [], []],
      [5, [], []],
    ])
    const libro = new ExcelJS.Workbook()
    await libro.xlsx.load(contenido as never)
    expect(libro.worksheets.map(({ name }) => name)).toEqual(['OT', 'Explicación', 'Catálogos'])
    const otro = await otroAdministrador()
    const { body } = await analizar(otro.agente, contenido, 'plantilla.xlsx')
    expect(body.resultado).toMatchObject({
      iniciales: { creadas: 1 },
      reprogramaciones: { creadas: 1 },
      listas: { advertencias: 0 },
    })
  })
})

describe('nothing was logged as a fault', () => {
  it('in the whole file', () => {
    expect(app.errores).toEqual([])
  })
})
