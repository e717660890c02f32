/** The historical import of PTEs over HTTP; it is also the walk of the engine that every other import shares. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { rutaDeLote, type PaginaLote } from '../../../src/modulos/importacion/importacion.contrato.ts'
import { CLASE_PTE } from '../../../src/modulos/pte/importacion/pte.importacion.clase.ts'
import { INVARIANTES_PTE } from '../../../src/modulos/pte/pte.invariantes.ts'
import { comprobar } from '../../../src/plataforma/invariantes.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'
import { importadorDe, textosDeLibro } from '../../apoyo/importacion-web.ts'
import { libroDePrueba, type CeldaDePrueba } from '../../apoyo/libro.ts'

const BASE = '/operaciones/pte/importar/'
const app = await crearAppDePruebas({ cola: true })
const { pool } = app.conexion
const crea = fabricas(pool)
/** Each group has its own administrator: analyses are limited by person. */
let administrador = await app.entrarComo('administrador')
let importador = importadorDe(tipado(administrador.agente), BASE)
let personas = 0
async function cambiarDePersona(): Promise<void> {
  personas += 1
  administrador = await app.entrarComo([
    'operaciones.importar_pteheader',
    'operaciones.view_pteheader',
    `operaciones.prueba_${'a'.repeat(personas)}`,
  ])
  importador = importadorDe(tipado(administrador.agente), BASE)
}
const analisis = (contenido: Buffer) => importador.analisis(contenido)
const confirmar = (tarea: number) => importador.confirmar(tarea)
const importar = (contenido: Buffer) => importador.importar(contenido)
const deshacer = (lote: number) => importador.deshacer(lote)
const lista = (tarea: number, nombre: string) => importador.lista(tarea, nombre)
const listaDeLote = (lote: number, nombre: string) => importador.listaDeLote(lote, nombre)

const carpeta = mkdtempSync(join(tmpdir(), 'importar pte-'))
afterAll(() => {
  rmSync(carpeta, { recursive: true, force: true })
})

type Fila = Readonly<Record<string, CeldaDePrueba>>

const COLUMNAS = [
  'id',
  'oficio_pte',
  'oficio_solicitud',
  'descripcion_trabajo',
  'fecha_solicitud',
  'fecha_entrega',
  'plazo_dias',
  'id_orden_trabajo',
  'total_homologado',
  'estatus',
  'prioridad',
  'comentario',
  'id_cliente_id',
  'id_responsable_proyecto_id',
  'id_tipo_id',
]

let serie = 0
/** A row that is right in everything, but for what is told. */
function fila(cambios: Fila = {}): Fila {
  serie += 1
  return {
    id: serie,
    oficio_pte: `BME-PTE-${String(serie).padStart(3, '0')}-2024`,
    oficio_solicitud: 'PEP-1-2024',
    descripcion_trabajo: 'Mantenimiento',
    fecha_solicitud: { fecha: '2024-01-15' },
    fecha_entrega: null,
    plazo_dias: 30,
    id_orden_trabajo: null,
    total_homologado: 1000.5,
    estatus: 1,
    prioridad: 1,
    comentario: null,
    id_cliente_id: SEMILLA.clienteContrato,
    id_responsable_proyecto_id: SEMILLA.responsable,
    id_tipo_id: 12,
    ...cambios,
  }
}

function libro(filas: readonly Fila[], columnas: readonly string[] = COLUMNAS): Buffer {
  const celdas = filas.map((una) => columnas.map((columna) => una[columna] ?? null))
  return libroDePrueba({ hojas: [{ nombre: 'pte', filas: [columnas, ...celdas] }] })
}

interface PteGuardada {
  id: number
  version: number
  estatus: number
  plazo_dias: string | null
  total_homologado: string
  descripcion_trabajo: string
  oficio_solicitud: string
  fecha_solicitud: string | null
  fecha_entrega: string | null
  prioridad: number | null
  id_orden_trabajo: string | null
  comentario: string | null
}

async function ptes(folio: string): Promise<PteGuardada[]> {
  const { rows } = await pool.query<PteGuardada>(
    `SELECT id::int, version, estatus, plazo_dias::text, total_homologado::text, descripcion_trabajo, oficio_solicitud, fecha_solicitud::text,
      fecha_entrega::text, prioridad, id_orden_trabajo, comentario FROM pte_header WHERE oficio_pte = $1 ORDER BY id`,
    [folio],
  )
  return rows
}

async function pte(folio: string): Promise<PteGuardada> {
  const [una, ...mas] = await ptes(folio)
  if (una === undefined || mas.length > 0) throw new Error(`${String(mas.length + 1)} PTEs with the folio ${folio}`)
  return una
}

const pasosDe = async (id: number): Promise<{ estatus: string; entrega: string | null; cuantos: number }[]> =>
  (
    await pool.query<{ estatus: string; entrega: string | null; cuantos: number }>(
      `SELECT estatus_paso AS estatus, fecha_entrega::text AS entrega, count(*)::int AS cuantos FROM pte_detalle WHERE id_pte_header = $1 GROUP BY 1, 2`,
      [id],
    )
  ).rows

const contar = async (tabla: 'pte_header' | 'lote_importacion'): Promise<number> =>
  (await pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM ${tabla}`)).rows[0]?.n ?? 0

const pasosDelCliente = async (cliente: number): Promise<number> =>
  (
    await pool.query<{ n: number }>(
      'SELECT count(*)::int AS n FROM paso s JOIN cliente c ON c.id_tipo = s.id_tipo_cliente WHERE c.id = $1 AND s.activo',
      [cliente],
    )
  ).rows[0]?.n ?? 0

describe('analyse and confirm', () => {
  it('the analysis counts and lists, and writes nothing; confirmed, each PTE is as its row says', async () => {
    const filas = [
      fila({ oficio_pte: 'HIS-1-2024', comentario: 'Primera\nsegunda', id_orden_trabajo: 'OT-77' }),
      fila({
        oficio_pte: 'HIS-2-2024',
        estatus: 3,
        fecha_entrega: '20/02/2024',
        id_cliente_id: SEMILLA.clienteIntercom,
      }),
      fila({ oficio_pte: 'HIS-3-2024', plazo_dias: 'mucho' }),
    ]
    const antes = [await contar('pte_header'), await contar('lote_importacion')]
    const visto = await analisis(libro(filas))
    expect(visto).toMatchObject({
      archivo: 'libro.xlsx',
      filas: 3,
      renglones: [{ texto: 'PTE', conteo: { total: 3, creadas: 2, actualizadas: 0, sin_cambio: 0, rechazadas: 1 } }],
      rechazadas: 1,
      en_palabras: '2 PTE nuevas',
      listas: { creadas: 2, cambios: 0, rechazadas: 1, advertencias: 0 },
    })
    expect(await lista(visto.tarea, 'creadas')).toEqual([
      { nombre: 'HIS-1-2024', hoja: 'pte', fila: 2, ruta: null },
      { nombre: 'HIS-2-2024', hoja: 'pte', fila: 3, ruta: null },
    ])
    expect(await lista(visto.tarea, 'rechazadas')).toEqual([
      {
        hoja: 'pte',
        fila: 4,
        columna: 'plazo_dias',
        celda: 'G4',
        valor: 'mucho',
        mensaje: 'En G4 dice "mucho" y no es un plazo.',
      },
    ])
    expect([await contar('pte_header'), await contar('lote_importacion')]).toEqual(antes)

    const { body } = await confirmar(visto.tarea)
    expect(body.detalles).toBe('Se importó: 2 PTE creadas. 1 fila se rechazó y no se importó.')
    expect(await pte('HIS-1-2024')).toMatchObject({
      version: 1,
      estatus: 1,
      plazo_dias: '30.00',
      total_homologado: '1000.50',
      oficio_solicitud: 'PEP-1-2024',
      fecha_solicitud: '2024-01-15',
      fecha_entrega: null,
      prioridad: 1,
      id_orden_trabajo: 'OT-77',
      comentario: 'Primera\nsegunda',
    })
    const lote = body.resultado?.lote ?? 0
    expect(await listaDeLote(lote, 'creadas')).toMatchObject([
      { nombre: 'HIS-1-2024', fila: 2, ruta: `/operaciones/pte/${String((await pte('HIS-1-2024')).id)}/` },
      { nombre: 'HIS-2-2024' },
    ])
    const { rows } = await pool.query<{ detalle: string; evento: string }>(
      `SELECT evento, detalle FROM registro_actividad WHERE tabla_log = 0 AND usuario_id = $1 ORDER BY id DESC LIMIT 3`,
      [administrador.usuarioId],
    )
    expect(rows.map(({ evento, detalle }) => [evento, detalle])).toEqual([
      ['IMPORTAR', `el archivo libro.xlsx (lote ${String(lote)}): 2 PTE creadas, 0 PTE actualizadas, 1 fila rechazada`],
      ['CREAR', `HIS-2-2024 (lote ${String(lote)})`],
      ['CREAR', `HIS-1-2024 (lote ${String(lote)})`],
    ])
  })

  it('steps: those of the client, in the status of the PTE (pte.md §11)', async () => {
    const estatus: [CeldaDePrueba, { estatus: string; entrega: string | null }][] = [
      [1, { estatus: '1', entrega: null }],
      [2, { estatus: '2', entrega: null }],
      [3, { estatus: '3', entrega: '2024-02-20' }],
      [4, { estatus: '4', entrega: null }],
      [15, { estatus: '1', entrega: null }],
    ]
    await importar(
      libro(
        estatus.map(([valor], i) =>
          fila({ oficio_pte: `PAS-${String(i)}`, estatus: valor, fecha_entrega: { fecha: '2024-02-20' } }),
        ),
      ),
    )
    const cuantos = await pasosDelCliente(SEMILLA.clienteContrato)
    expect(cuantos).toBeGreaterThan(5)
    for (const [i, [, esperado]] of estatus.entries())
      expect(await pasosDe((await pte(`PAS-${String(i)}`)).id)).toEqual([{ ...esperado, cuantos }])
  })

  it('the legacy status 9 is 15; a name is read; one that nobody knows is PENDIENTE with a warning', async () => {
    const { tarea, listas } = await analisis(
      libro([
        fila({ oficio_pte: 'EST-9', estatus: 9 }),
        fila({ oficio_pte: 'EST-N', estatus: 'Cancelada' }),
        fila({ oficio_pte: 'EST-X', estatus: 77 }),
        fila({ oficio_pte: 'EST-0', estatus: 0 }),
      ]),
    )
    expect(listas).toMatchObject({ rechazadas: 0, advertencias: 1 })
    expect(await lista(tarea, 'advertencias')).toMatchObject([
      { celda: 'J4', mensaje: 'En J4 dice "77" y no es un estatus de PTE; se importó como PENDIENTE.' },
    ])
    await confirmar(tarea)
    const estados = await Promise.all(
      ['EST-9', 'EST-N', 'EST-X', 'EST-0'].map(async (folio) => (await pte(folio)).estatus),
    )
    expect(estados).toEqual([15, 4, 1, 0])
  })

  it('what is empty takes its default or stays empty; what should be there and is not is a warning', async () => {
    const vacia = fila({
      oficio_pte: 'VAC-1',
      oficio_solicitud: null,
      descripcion_trabajo: 'nan',
      fecha_solicitud: null,
      plazo_dias: 0,
      total_homologado: null,
      prioridad: null,
      id_cliente_id: null,
      id_responsable_proyecto_id: null,
    })
    const { tarea } = await analisis(libro([vacia]))
    expect((await lista(tarea, 'advertencias')).map((aviso) => ('mensaje' in aviso ? aviso.mensaje : ''))).toEqual([
      'En G2 dice "0" y un plazo debe ser mayor a 0; se importó sin plazo.',
      'M2 está vacía; la PTE se importó sin cliente y por eso sin pasos.',
      'N2 está vacía; la PTE se importó sin responsable del proyecto.',
      'K2 está vacía; la PTE se importó sin prioridad.',
    ])
    await confirmar(tarea)
    const guardada = await pte('VAC-1')
    expect(guardada).toMatchObject({
      oficio_solicitud: 'PENDIENTE',
      descripcion_trabajo: 'POR DEFINIR',
      fecha_solicitud: null,
      plazo_dias: null,
      total_homologado: '0.00',
      prioridad: null,
      comentario: null,
    })
    expect(await pasosDe(guardada.id)).toEqual([])
  })

  it('bad cells reject their row, all of them named', async () => {
    const casos: [Fila, string][] = [
      [{ id_tipo_id: null }, 'En O2 falta el tipo de la PTE.'],
      [{ id_tipo_id: 4 }, 'En O3 dice "4" y no es un tipo de PTE.'],
      [{ id_cliente_id: 9999 }, 'En M4 dice "9999" y no es un cliente del catálogo.'],
      [{ id_responsable_proyecto_id: 'Juan' }, 'En N5 dice "Juan" y debe ser el número de un registro del catálogo.'],
      [{ fecha_solicitud: '13/112023' }, 'En E6 dice "13/112023" y no es una fecha. ¿Quisiste decir 13/11/2023?'],
      [{ total_homologado: -5 }, 'En I7 dice "-5" y un importe no puede ser negativo.'],
      [{ prioridad: 9 }, 'En K8 dice "9" y debe ser 1 o 2 o 3 o 4 o ALTA o MEDIA o BAJA o TBD.'],
      [
        { oficio_pte: { fecha: '2024-01-01' } },
        'En B9 dice "01/01/2024" y es una fecha, no un folio. Escríbelo como texto.',
      ],
      [{ comentario: { error: '#N/A' } }, 'En L10 dice "#N/A" y es un error de Excel. Corrige la celda.'],
      [{ plazo_dias: -4 }, 'En G11 dice "-4" y un plazo no puede ser negativo.'],
    ]
    const { tarea, listas, renglones } = await analisis(libro(casos.map(([cambios]) => fila(cambios))))
    expect([listas['rechazadas'], renglones[0]?.conteo]).toEqual([
      10,
      { total: 10, creadas: 0, actualizadas: 0, sin_cambio: 0, rechazadas: 10 },
    ])
    expect((await lista(tarea, 'rechazadas')).map((error) => ('mensaje' in error ? error.mensaje : ''))).toEqual(
      casos.map(([, mensaje]) => mensaje),
    )
    const hojas = await textosDeLibro(await importador.bajar(importador.rutas.RECHAZADAS, { tarea }))
    const [titulos, primera] = hojas['Rechazadas'] ?? []
    expect([titulos?.slice(0, 3), titulos?.at(-1), primera?.[1], primera?.at(-1)]).toEqual([
      ['Hoja', 'Fila', 'oficio_pte'],
      'Qué corregir',
      '2',
      'En O2 falta el tipo de la PTE.',
    ])
  })

  it('columns by other names, in another order, below a title; a missing one is named', async () => {
    const titulos = ['Folio PTE', 'ID TIPO', 'Descripción del trabajo', 'ESTATUS', 'Id Cliente', 'otra']
    const contenido = libroDePrueba({
      hojas: [{ filas: [['PTE 2024'], [null], titulos, ['OTRO-1', 12, 'Trabajo', 1, 1, 'se ignora']] }],
    })
    expect((await importar(contenido)).en_palabras).toBe('1 PTE creada')
    const { status, body } = await importador.analizar(
      libro([fila()], ['oficio_pte', 'id_tipo_id', 'estatus', 'id_cliente_id']),
    )
    expect([status, body.detalles]).toEqual([
      400,
      'En la hoja «pte» falta la columna descripcion_trabajo. En la fila 1 se encontraron: oficio_pte, id_tipo_id, estatus, id_cliente_id.',
    ])
  })
})

describe('what is already there', () => {
  beforeAll(cambiarDePersona)

  it('the same file again creates nothing, changes nothing and keeps no batch', async () => {
    const filas = [fila({ oficio_pte: 'DOS-1' }), fila({ oficio_pte: null, descripcion_trabajo: 'Sin folio una' })]
    await importar(libro(filas))
    const antes = [await contar('pte_header'), await contar('lote_importacion')]
    const otra = await importar(libro(filas))
    expect(otra).toMatchObject({
      lote: null,
      renglones: [{ conteo: { total: 2, creadas: 0, actualizadas: 0, sin_cambio: 2, rechazadas: 0 } }],
      detalles: 'No había nada que importar: todo está ya como en el libro.',
    })
    expect([await contar('pte_header'), await contar('lote_importacion')]).toEqual(antes)
  })

  it('a folio that is there is a change of its fields; a column that the workbook lacks is left alone', async () => {
    const id = await crea.pte({
      oficio_pte: 'CAM-1',
      descripcion_trabajo: 'Antes',
      id_responsable_proyecto: SEMILLA.responsable,
      comentario: 'De una persona',
      plazo_dias: 10,
    })
    const columnas = ['oficio_pte', 'id_tipo_id', 'descripcion_trabajo', 'estatus', 'id_cliente_id', 'plazo_dias']
    const visto = await analisis(
      libro([fila({ oficio_pte: ' cam-1 ', descripcion_trabajo: 'Después', estatus: 2, plazo_dias: 12.5 })], columnas),
    )
    expect(await lista(visto.tarea, 'cambios')).toEqual([
      {
        nombre: 'CAM-1',
        fila: 2,
        campo: 'Folio PTE',
        antes: 'CAM-1',
        despues: 'cam-1',
        ruta: `/operaciones/pte/${String(id)}/`,
      },
      expect.objectContaining({ campo: 'Descripción del Trabajo', antes: 'Antes', despues: 'Después' }),
      expect.objectContaining({ campo: 'Plazo en Días', antes: '10.00', despues: '12.50' }),
      expect.objectContaining({ campo: 'Estatus', antes: 'PENDIENTE', despues: 'PROCESO' }),
      expect.objectContaining({ campo: 'Cliente', antes: '' }),
    ])
    const { body } = await confirmar(visto.tarea)
    const lote = body.resultado?.lote ?? 0
    expect(await listaDeLote(lote, 'cambios')).toHaveLength(5)
    expect(await pasosDe(id)).toMatchObject([{ cuantos: await pasosDelCliente(SEMILLA.clienteContrato) }])
    expect(await pte('cam-1')).toMatchObject({
      id,
      version: 2,
      estatus: 2,
      plazo_dias: '12.50',
      comentario: 'De una persona',
    })
    expect((await deshacer(lote)).body.detalles).toBe(`El lote ${String(lote)} se deshizo: 1 PTE vuelta a como estaba.`)
    expect(await pte('CAM-1')).toMatchObject({ id, estatus: 1, plazo_dias: '10.00', descripcion_trabajo: 'Antes' })
    expect(await pasosDe(id)).toEqual([])
  })

  it('rows without folio are recognised by their content, two equal ones are two PTEs, and one that changed is another', async () => {
    const sin = { oficio_pte: 'Sin folio', descripcion_trabajo: 'Igual', id: null }
    const dos = libro([fila(sin), fila(sin)])
    expect((await importar(dos)).en_palabras).toBe('2 PTE creadas')
    expect((await importar(dos)).lote).toBeNull()
    expect((await importar(libro([fila(sin), fila({ ...sin, plazo_dias: 31 })]))).en_palabras).toBe('1 PTE creada')
  })

  it('a folio twice in the file is two PTEs, with a warning; two live ones in the system reject the row', async () => {
    const doble = libro([fila({ oficio_pte: 'REP-1' }), fila({ oficio_pte: 'REP-1', descripcion_trabajo: 'Otra' })])
    const { tarea } = await analisis(doble)
    expect(await lista(tarea, 'advertencias')).toMatchObject([
      { fila: 3, mensaje: 'La fila 3 (REP-1) tiene la misma clave que la fila 2; se importó como otro registro.' },
    ])
    await confirmar(tarea)
    const ids = (await ptes('REP-1')).map(({ id }) => id)
    expect(ids).toHaveLength(2)
    expect((await importar(doble)).lote).toBeNull()
    const ajena = await analisis(libro([fila({ oficio_pte: 'REP-1', descripcion_trabajo: 'Una tercera' })]))
    expect(await lista(ajena.tarea, 'rechazadas')).toMatchObject([
      {
        mensaje: `La fila 2 (REP-1) corresponde a 2 registros (${ids.join(', ')}) y no se sabe a cuál. Corrígelo en el sistema antes de importarlo.`,
      },
    ])
    // The row that did not change tells which of the two the other one is about.
    const cambiada = libro([
      fila({ oficio_pte: 'REP-1', descripcion_trabajo: 'Otra más' }),
      fila({ oficio_pte: 'REP-1', descripcion_trabajo: 'Otra' }),
    ])
    expect((await analisis(cambiada)).renglones[0]?.conteo).toMatchObject({ actualizadas: 1, sin_cambio: 1 })
  })

  it('a row that did not change leaves what a person did since, and says so; a deleted PTE is not revived', async () => {
    const filas = [fila({ oficio_pte: 'PER-1' }), fila({ oficio_pte: 'PER-2' })]
    await importar(libro(filas))
    await pool.query(`UPDATE pte_header SET comentario = 'A mano', version = version + 1 WHERE oficio_pte = 'PER-1'`)
    await pool.query(`UPDATE pte_header SET estatus = 0, version = version + 1 WHERE oficio_pte = 'PER-2'`)
    const { tarea, renglones } = await analisis(libro(filas))
    expect(renglones[0]?.conteo).toMatchObject({ sin_cambio: 2 })
    expect((await lista(tarea, 'advertencias')).map((aviso) => ('mensaje' in aviso ? aviso.mensaje : ''))).toEqual([
      'La fila 2 (PER-1) no cambió desde que se importó, y en el sistema alguien cambió después: Comentario. Se deja como está.',
      'La fila 3 (PER-2) corresponde a un registro eliminado en el sistema; no se cambia ni se crea de nuevo.',
    ])
  })

  it('another client brings its steps while nobody worked on them; afterwards the row is rejected', async () => {
    await importar(libro([fila({ oficio_pte: 'CLI-1', id: null })]))
    const { id } = await pte('CLI-1')
    await importar(libro([fila({ oficio_pte: 'CLI-1', id_cliente_id: SEMILLA.clienteIntercom })]))
    expect((await pasosDe(id))[0]?.cuantos).toBe(await pasosDelCliente(SEMILLA.clienteIntercom))
    await pool.query(
      `UPDATE pte_detalle SET estatus_paso = 2, version = 2 WHERE id = (SELECT min(id) FROM pte_detalle WHERE id_pte_header = $1)`,
      [id],
    )
    const { tarea } = await analisis(libro([fila({ oficio_pte: 'CLI-1', id_cliente_id: SEMILLA.clienteContrato })]))
    expect(await lista(tarea, 'rechazadas')).toMatchObject([
      {
        mensaje:
          'La fila 2 (CLI-1) cambia a un cliente de otro tipo y sus pasos ya tienen avance, fechas, enlaces o comentarios.',
      },
    ])
  })

  it('what changed between the analysis and the decision makes it 409 PLAN', async () => {
    const { tarea } = await analisis(libro([fila({ oficio_pte: 'PLA-1' })]))
    await crea.pte({ oficio_pte: 'PLA-1' })
    const { status, body } = await confirmar(tarea)
    expect([status, body.codigo]).toEqual([409, 'PLAN'])
  })
})

describe('undo', () => {
  beforeAll(cambiarDePersona)

  it('what it created goes with its steps; what a person edited or an order uses stays and is told', async () => {
    const folios = ['DES-1', 'DES-2', 'DES-3', 'DES-4']
    const { lote } = await importar(libro(folios.map((oficio_pte) => fila({ oficio_pte }))))
    const [uno, dos, tres, cuatro] = await Promise.all(folios.map(async (folio) => (await pte(folio)).id))
    await pool.query(`UPDATE pte_header SET comentario = 'A mano', version = version + 1 WHERE id = $1`, [dos])
    await crea.ot({ id_pte_header: tres ?? 0, orden_trabajo: 'OT-DES' })
    await pool.query(
      `UPDATE pte_detalle SET version = 2 WHERE id = (SELECT min(id) FROM pte_detalle WHERE id_pte_header = $1)`,
      [cuatro],
    )
    const { status, body } = await deshacer(lote ?? 0)
    expect([status, body.resultado]).toEqual([
      200,
      {
        lote,
        eliminadas: 1,
        restauradas: 0,
        conservadas: [
          {
            folio: 'DES-2',
            motivo: 'alguien la cambió después de importarla',
            ruta: `/operaciones/pte/${String(dos)}/`,
          },
          { folio: 'DES-3', motivo: 'es la PTE de la OT OT-DES', ruta: `/operaciones/pte/${String(tres)}/` },
          {
            folio: 'DES-4',
            motivo: 'alguien la cambió después de importarla',
            ruta: `/operaciones/pte/${String(cuatro)}/`,
          },
        ],
      },
    ])
    const { rows } = await pool.query('SELECT 1 FROM pte_detalle WHERE id_pte_header = $1', [uno])
    expect([await ptes('DES-1'), rows]).toEqual([[], []])
    expect((await deshacer(lote ?? 0)).status).toBe(409)
    const { text } = await tipado(administrador.agente).get(rutaDeLote(BASE, lote ?? 0))
    const json = /<script type="application\/json" id="datos-pagina">(.*?)<\/script>/s.exec(text)?.[1] ?? '{}'
    expect(JSON.parse(json) as PaginaLote).toMatchObject({ lote: { estado_texto: 'DESHECHO' }, puede_deshacer: false })
  })

  it('a field that a person changed since stays; an earlier batch waits for the later one', async () => {
    const primero = await importar(libro([fila({ oficio_pte: 'ORD-1', plazo_dias: 1 })]))
    const segundo = await importar(libro([fila({ oficio_pte: 'ORD-1', plazo_dias: 2, prioridad: 2 })]))
    const antes = await deshacer(primero.lote ?? 0)
    expect([antes.status, antes.body.detalles]).toEqual([
      409,
      `No se puede deshacer el lote ${String(primero.lote)}: ORD-1 cambió en el lote ${String(segundo.lote)}, que es posterior: deshaz primero ese lote.`,
    ])
    await pool.query(`UPDATE pte_header SET prioridad = 4, version = version + 1 WHERE oficio_pte = 'ORD-1'`)
    const { body } = await deshacer(segundo.lote ?? 0)
    expect(body.resultado).toMatchObject({
      restauradas: 1,
      conservadas: [{ folio: 'ORD-1', motivo: 'alguien cambió después: Prioridad' }],
    })
    expect(await pte('ORD-1')).toMatchObject({ plazo_dias: '1.00', prioridad: 4 })
  })

  it('undone one after the other, the first leaves nothing', async () => {
    const primero = await importar(libro([fila({ oficio_pte: 'CAD-1', plazo_dias: 1 })]))
    const segundo = await importar(libro([fila({ oficio_pte: 'CAD-1', plazo_dias: 2 })]))
    await deshacer(segundo.lote ?? 0)
    const { body } = await deshacer(primero.lote ?? 0)
    expect([body.resultado, await ptes('CAD-1')]).toMatchObject([{ eliminadas: 1, conservadas: [] }, []])
  })
})

describe('pages and who may', () => {
  beforeAll(cambiarDePersona)

  it('the template explains each column, has the ids, and is read without faults', async () => {
    const contenido = await importador.bajar(importador.rutas.PLANTILLA)
    const hojas = await textosDeLibro(contenido)
    expect(Object.keys(hojas)).toEqual(['PTE', 'Explicación', 'Catálogos'])
    const [titulos] = hojas['PTE'] ?? []
    expect(hojas['Explicación']?.slice(1).map(([columna]) => columna)).toEqual(titulos)
    expect(hojas['Explicación']?.every((renglon) => (renglon[3] ?? '') !== '')).toBe(true)
    expect(await analisis(contenido)).toMatchObject({
      en_palabras: '2 PTE nuevas',
      listas: { rechazadas: 0, advertencias: 0 },
    })
  })

  it('without the permission 403, without session 401; a batch of another class is not of this page', async () => {
    const operaciones = importadorDe(tipado((await app.entrarComo('operaciones')).agente), BASE)
    expect((await operaciones.analizar(libro([fila()]))).status).toBe(403)
    expect((await operaciones.deshacer(1)).status).toBe(403)
    expect((await importadorDe(tipado(app.anonimo()), BASE).analizar(libro([fila()]))).status).toBe(401)
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO lote_importacion (clase, archivo, sha256, resumen) VALUES ('ot', 'x', repeat('a', 64), '{}') RETURNING id`,
    )
    const deOt = Number(rows[0]?.id)
    expect([
      (await tipado(administrador.agente).get(rutaDeLote(BASE, deOt))).status,
      (await deshacer(deOt)).status,
    ]).toEqual([404, 404])
  })

  it('a constant number of queries: with 10 rows and with 100', async () => {
    const consultas = async (cuantas: number): Promise<[number, number]> => {
      const ruta = join(carpeta, `${String(cuantas)}.xlsx`)
      writeFileSync(ruta, libro(Array.from({ length: cuantas }, () => fila())))
      let n = 0
      const bd = new Proxy(app.ctx.bd, {
        get: (de, cual) => {
          if (cual === '$queryRaw') n += 1
          return Reflect.get(de, cual) as unknown
        },
      })
      const lectura = await CLASE_PTE.abrir(ruta)
      const plan = await lectura.planear({ ...app.ctx, bd }, { opciones: {}, todoONada: false }, false)
      await lectura.cerrar()
      return [plan.cuantas.crear, n]
    }
    const [diez, cien] = [await consultas(10), await consultas(100)]
    expect([diez[0], cien[0]]).toEqual([10, 100])
    expect(diez[1]).toBeGreaterThan(2)
    expect(cien[1]).toBe(diez[1])
  })

  it('every promise of the PTEs holds after all this', async () => {
    const faltas = (await comprobar(app.ctx, INVARIANTES_PTE)).filter(({ correcto }) => !correcto)
    expect(faltas).toEqual([])
  })

  it('nothing was logged as a fault', () => {
    expect(app.errores).toEqual([])
  })
})
