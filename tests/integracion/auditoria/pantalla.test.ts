import ExcelJS from 'exceljs'
import type supertest from 'supertest'
import { describe, expect, it } from 'vitest'
import type { PersonaJson, RespuestaActividad } from '../../../src/modulos/auditoria/actividad/actividad.contrato.ts'
import { REGISTROS } from '../../../src/modulos/auditoria/auditoria.registros.ts'
import { RUTAS } from '../../../src/web/rutas-montadas.ts'
import { tipado } from '../../apoyo/agente.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas({ reloj: '2025-12-15T18:00:00Z' })
const { pool } = app.conexion
const crea = fabricas(pool)
const administrador = await app.entrarComo('administrador')
const agente = tipado(administrador.agente)
const { usuarioId: otraPersona } = await app.entrarComo('operaciones')
const RUTA = '/operaciones/registro_actividad/datatable/'

interface Anotada {
  fecha: string
  tabla_log?: number
  registro_id?: number | null
  evento?: string
  campo?: string
  anterior?: string
  actual?: string
  detalle?: string
  usuario_id?: number | null
  transaccion?: string
  afectacion?: string
}

async function anotar(...filas: Anotada[]): Promise<number[]> {
  const ids: number[] = []
  for (const f of filas) {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO registro_actividad (tabla_log, registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, detalle, fecha, usuario_id, transaccion)
       VALUES ($1, $2, $3, $4, 'clave', $5, $6, $7, $8, $9, $10, $11) RETURNING id`,
      [
        f.tabla_log ?? 4,
        f.registro_id ?? null,
        f.evento ?? 'MODIFICAR',
        f.campo ?? 'Comentario',
        f.anterior ?? '',
        f.actual ?? '',
        f.afectacion ?? 'OT',
        f.detalle ?? '',
        f.fecha,
        f.usuario_id === undefined ? administrador.usuarioId : f.usuario_id,
        f.transaccion ?? null,
      ],
    )
    ids.push(Number(rows[0]?.id))
  }
  return ids
}

const pedir = async (consulta: Record<string, string | number> = {}): Promise<RespuestaActividad> => {
  const { status, body } = await agente.get<RespuestaActividad>(RUTA).query({ length: 1000, ...consulta })
  expect([status, 'detalles' in body ? body : '']).toEqual([200, ''])
  return body
}
const idsDe = async (consulta: Record<string, string | number>): Promise<number[]> =>
  (await pedir(consulta)).data.map(({ id }) => id)

const ot = await crea.ot({ orden_trabajo: 'OT-REG-1', pasos: [1] })
const borrada = await crea.ot({ orden_trabajo: 'OT-REG-BORRADA', estatus: 0 })
const { rows: pasos } = await pool.query<{ id: string }>('SELECT id FROM ot_detalle WHERE id_ot = $1', [ot])
const paso = Number(pasos[0]?.id)

// Four months, the first three of which are closed later: three counted by month, one row by row.
const [deOt, dePaso, deSistema, medianoche, ultima] = await anotar(
  {
    fecha: '2025-09-10T15:00:00.123Z',
    registro_id: ot,
    campo: 'Plazo (días)',
    anterior: '10',
    actual: '15',
    detalle: 'de la OT: OT-REG-1',
    transaccion: '00000000-0000-4000-8000-000000000001',
  },
  {
    fecha: '2025-10-10T15:00:00Z',
    tabla_log: 5,
    registro_id: paso,
    evento: 'ACTUALIZAR',
    afectacion: 'OT Detalle',
    detalle: '<img src=x onerror=alert(1)>',
    usuario_id: otraPersona,
  },
  {
    fecha: '2025-10-31T23:00:00Z',
    tabla_log: 29,
    evento: 'CERRAR SESION',
    campo: 'Expiró',
    detalle: 'sesión: ana',
    usuario_id: null,
    afectacion: 'Sesión',
  },
  {
    fecha: '2025-11-22T05:30:00Z',
    registro_id: borrada,
    evento: 'ELIMINAR',
    detalle: 'una OT con folio: OT-REG-BORRADA',
  },
  { fecha: '2025-12-01T06:00:00Z', registro_id: null, evento: 'IMPORTAR', detalle: 'archivo 100% REVISIÓN_2.xlsx' },
)
const TODAS = [ultima, medianoche, deSistema, dePaso, deOt]

describe.each(['with every month open', 'with its past months closed'])('the screen, %s', (caso) => {
  it('prepares', async () => {
    const cerrar =
      "SELECT registro_actividad_cerrar(m::date) FROM unnest(ARRAY['2025-09-01', '2025-10-01', '2025-11-01']) m"
    if (caso.includes('closed')) await pool.query(cerrar)
    const { rows } = await pool.query<{ n: string }>('SELECT count(*) AS n FROM conteo_auditoria')
    expect(Number(rows[0]?.n)).toBe(caso.includes('closed') ? 4 : 0)
  })

  it('§9.6: the keys of an item, to the letter', async () => {
    const { data } = await pedir({ registro_id: ot })
    expect(data.find(({ id }) => id === deOt)).toEqual({
      tabla: 'global',
      tabla_log: 4,
      id: deOt,
      valor_anterior: '10',
      valor_actual: '15',
      evento: 'MODIFICAR',
      afectacion: 'OT',
      detalle_evento: 'Modificó el campo Plazo (días) de 10 a 15 de la OT: OT-REG-1',
      fecha_formateada: '10/09/2025 09:00:00',
      fecha: '2025-09-10T09:00:00',
      campo: 'Plazo (días)',
      campo_clave: 'clave',
      usuario_id: administrador.usuarioId,
      nombre_completo: 'Prueba administrador',
      email: 'prueba.administrador@example.com',
      registro_id: ot,
      ip: '',
      transaccion: '00000000-0000-4000-8000-000000000001',
      enlace: `/operaciones/ot/${ot}/`,
    })
  })

  it('newest first by itself; counts are of the whole log and of what is filtered', async () => {
    const todo = await pedir()
    expect([todo.data.map(({ id }) => id), todo.recordsTotal, todo.recordsFiltered]).toEqual([TODAS, 5, 5])
    const filtrado = await pedir({ evento: 'ELIMINAR' })
    expect([filtrado.recordsTotal, filtrado.recordsFiltered]).toEqual([5, 1])
  })

  it('core §16.12 filter Afectación = «OT Detalle» gives only code 5, by both names of the filter', async () => {
    expect(await idsDe({ afectacion: 5 })).toEqual([dePaso])
    expect(await idsDe({ tabla_log: 5 })).toEqual([dePaso])
  })

  it('core §16.12 sort by Fecha ascending gives the oldest first, by index and by name', async () => {
    const alReves = [...TODAS].reverse()
    expect(await idsDe({ 'order[0][column]': 3, 'order[0][dir]': 'asc' })).toEqual(alReves)
    expect(await idsDe({ 'order[0][name]': 'fecha', 'order[0][dir]': 'asc' })).toEqual(alReves)
  })

  it('core §16.12 searching 21/11/2025 finds the local day, also the row stored as the 22nd in UTC', async () => {
    expect(await idsDe({ filtro: '21/11/2025' })).toEqual([medianoche])
    expect(await idsDe({ filtro: '21/11/2025 23:30' })).toEqual([medianoche])
    expect(await idsDe({ filtro: '22/11/2025' })).toEqual([])
    expect(await idsDe({ filtro: '10/2025' })).toEqual([deSistema, dePaso])
  })

  it('core §16.11 what was imported with markup is literal text', async () => {
    const [fila] = (await pedir({ tabla_log: 5 })).data
    expect(fila?.detalle_evento).toBe('Actualizó <img src=x onerror=alert(1)>')
    const pagina = await agente.get<unknown>(`/operaciones/ot/${ot}/`)
    expect((pagina as unknown as { text: string }).text).toContain('&lt;img src=x onerror=alert(1)&gt;')
  })

  it('CORE-06 each column sorts by what it shows, both ways; one that does not exist falls back', async () => {
    const orden = (columna: number, sentido: string) => idsDe({ 'order[0][column]': columna, 'order[0][dir]': sentido })
    const porTabla = [deOt, medianoche, ultima, dePaso, deSistema]
    expect(await orden(1, 'asc')).toEqual(porTabla)
    expect(await orden(1, 'desc')).toEqual([...porTabla].reverse())
    expect(await orden(2, 'asc')).toEqual([dePaso, deSistema, medianoche, ultima, deOt])
    expect(await orden(4, 'asc')).toEqual([deOt, medianoche, ultima, dePaso, deSistema])
    expect(await orden(5, 'asc')).toEqual(TODAS)
  })

  it('CORE-06 a row without person is of Sistema, found by its name and by person 0', async () => {
    const [fila] = (await pedir({ usuario_id: 0 })).data
    expect([fila?.id, fila?.nombre_completo, fila?.email, fila?.usuario_id]).toEqual([deSistema, 'Sistema', '', null])
    expect(await idsDe({ filtro: 'sistema' })).toEqual([deSistema])
  })

  it.each([
    ['person', { usuario_id: otraPersona }, [dePaso]],
    ['person, as settled.md names it', { usuario: otraPersona }, [dePaso]],
    ['event', { evento: 'IMPORTAR' }, [ultima]],
    ['record by id', { registro_id: ot, tabla_log: 4 }, [deOt]],
    ['record by folio, with its steps', { registro_id: 'ot-reg-1' }, [dePaso, deOt]],
    ['record that is not there', { registro_id: 'OT-NADA' }, []],
    ['days, both included', { fecha_desde: '2025-10-10', fecha_hasta: '2025-11-21' }, [medianoche, deSistema, dePaso]],
    ['one day', { fecha_desde: '2025-11-21', fecha_hasta: '2025-11-21' }, [medianoche]],
    ['from a day on', { fecha_desde: '2025-11-22' }, [ultima]],
    ['until a day', { fecha_hasta: '2025-09-30' }, [deOt]],
    ['text of the old or new value', { filtro: '15', tabla_log: 4, evento: 'MODIFICAR' }, [deOt]],
    ['text of the detail, whatever the case', { filtro: 'Con Folio: ot-reg' }, [medianoche]],
    ['literal % and _', { filtro: '100% revisión_' }, [ultima]],
    ['text of the field', { filtro: 'plazo (' }, [deOt]],
    ['text of the table', { filtro: 'ot deta' }, [dePaso]],
    ['e-mail of the person', { filtro: 'prueba.operaciones@' }, [dePaso]],
    ['name of the person, and an event', { filtro: 'prueba adm', evento: 'IMPORTAR' }, [ultima]],
    ['search of DataTables', { 'search[value]': 'ot deta' }, [dePaso]],
  ] as [string, Record<string, string | number>, number[]][])('filter: %s', async (_nombre, consulta, esperadas) => {
    const { data, recordsFiltered, recordsTotal } = await pedir(consulta)
    expect([data.map(({ id }) => id), recordsFiltered, recordsTotal]).toEqual([esperadas, esperadas.length, 5])
  })

  it('pages neither repeat nor lose rows, whatever the order', async () => {
    for (const columna of [1, 2, 3, 4])
      for (const direccion of ['asc', 'desc']) {
        const orden = { 'order[0][column]': columna, 'order[0][dir]': direccion }
        const paginas = [0, 2, 4].map((start) => idsDe({ ...orden, start, length: 2 }))
        expect((await Promise.all(paginas)).flat()).toEqual(await idsDe(orden))
      }
  })

  it('the queries of a page depend neither on its size nor on its filter', async () => {
    const consultas = async (consulta: Record<string, string | number>) => {
      await pedir(consulta)
      return Number(app.lineas.at(-1)?.['consultas'])
    }
    expect(await consultas({ length: 100 })).toBe(await consultas({ length: 1 }))
    expect(await consultas({ filtro: 'ot', length: 100 })).toBe(await consultas({ filtro: 'ot', length: 1 }))
    expect(await consultas({ filtro: 'ot', registro_id: 'OT-REG-1' })).toBeLessThanOrEqual(9)
  })
})

describe('around the table', () => {
  it('links to the record while it has a page and the person may open it', async () => {
    const enlaces = async (quien: readonly string[]) => {
      const otro = tipado((await app.entrarComo(quien)).agente)
      const { body } = await otro.get<RespuestaActividad>(RUTA).query({ length: 100 })
      return new Map(body.data.map(({ id, enlace }) => [id, enlace]))
    }
    const conPermiso = await enlaces(['operaciones.view_registroactividad', 'operaciones.view_ote'])
    expect([deOt, dePaso, medianoche, deSistema].map((id) => conPermiso.get(id ?? 0))).toEqual([
      `/operaciones/ot/${ot}/`,
      `/operaciones/ot/${ot}/`,
      null,
      null,
    ])
    expect((await enlaces(['operaciones.view_registroactividad'])).get(deOt ?? 0)).toBeNull()
  })

  it('every page that the log links to is a page of the system', () => {
    const enlaces = Object.values(REGISTROS).flatMap(({ pagina }) => (pagina ? [pagina(7).replace('7', ':id')] : []))
    const paginas = RUTAS.filter(({ clase }) => clase === 'pagina').map(({ ruta }) => ruta)
    expect(enlaces).toContain('/operaciones/ot/:id/')
    expect(paginas).toEqual(expect.arrayContaining(enlaces))
  })

  it('registro_actividad/usuarios: active people as the selector shows them', async () => {
    await pool.query(
      `INSERT INTO "user" (username, first_name, email, password, is_active) VALUES ('ida', 'Ida', 'ida@x.mx', '!', false), ('solo.usuario', '', 's@x.mx', '!', true)`,
    )
    const { body } = await agente.get<PersonaJson[]>('/operaciones/registro_actividad/usuarios')
    expect(body.find(({ username }) => username === 'prueba.operaciones')).toEqual({
      id: otraPersona,
      username: 'prueba.operaciones',
      first_name: 'Prueba',
      last_name: 'operaciones',
      email: 'prueba.operaciones@example.com',
      descripcion: 'Prueba operaciones (prueba.operaciones)',
    })
    expect(body.map(({ username }) => username)).not.toContain('ida')
    expect(body.find(({ username }) => username === 'solo.usuario')?.descripcion).toBe('solo.usuario')
  })

  it('core §16.17 without the permission: 403 on page, data, people and export; with or without the last slash', async () => {
    const otro = (await app.entrarComo('operaciones')).agente
    const rutas = ['', 'datatable', 'datatable/', 'usuarios', 'usuarios/', 'exportar/']
    const estados = await Promise.all(rutas.map((ruta) => otro.get(`/operaciones/registro_actividad/${ruta}`)))
    expect(estados.map(({ status }) => status)).toEqual([403, 403, 403, 403, 403, 403])
    expect((await agente.get('/operaciones/registro_actividad/datatable')).status).toBe(200)
  })

  it('bad filters are 400 with their field; nasty texts find nothing and do not fail', async () => {
    const malos = await Promise.all(
      [
        { usuario_id: 'x' },
        { tabla_log: '-1' },
        { fecha_desde: '2025-02-30' },
        { fecha_desde: '2025-02-02', fecha_hasta: '2025-02-01' },
        { filtro: 'a'.repeat(201) },
      ].map((consulta) => agente.get(RUTA).query(consulta)),
    )
    expect(malos.map(({ status }) => status)).toEqual([400, 400, 400, 400, 400])
    for (const filtro of ["'; DROP TABLE ot; --", '\\', '%%', '<script>'])
      expect((await pedir({ filtro })).data).toEqual([])
    for (const campo of ['filtro', 'search[value]'])
      expect((await pedir({ [campo]: '\u0000' })).recordsFiltered).toBe(5)
    // The last days that a calendar holds have no day after.
    for (const filtro of ['31/12/9999', '12/9999', '31/12/9999 23:59:59'])
      expect((await pedir({ filtro })).data).toEqual([])
    expect((await pedir({ fecha_hasta: '9999-12-31' })).recordsFiltered).toBe(5)
    expect((await pedir({ fecha_desde: '9999-12-31', fecha_hasta: '9999-12-31' })).recordsFiltered).toBe(0)
  })

  it('exports what is filtered in its order, and leaves note of it', async () => {
    const bytes = (res: supertest.Response, listo: (error: Error | null, cuerpo: Buffer) => void): void => {
      const trozos: Buffer[] = []
      res.on('data', (trozo: Buffer) => trozos.push(trozo))
      res.on('end', () => {
        listo(null, Buffer.concat(trozos))
      })
    }
    const { status, body } = await agente
      .get<Buffer>('/operaciones/registro_actividad/exportar/')
      .query({
        tabla_log: 4,
        'order[0][name]': 'fecha',
        'order[0][dir]': 'asc',
        columnas: 'fecha,nombre_completo,detalle_evento',
      })
      .buffer(true)
      .parse(bytes)
    const libro = new ExcelJS.Workbook()
    await libro.xlsx.load(body as never)
    const [hoja] = libro.worksheets
    expect([status, hoja?.rowCount, hoja?.getRow(1).values, hoja?.getRow(2).values]).toEqual([
      200,
      4,
      [undefined, 'Fecha', 'Usuario', 'Descripción'],
      [
        undefined,
        '10/09/2025 09:00:00',
        'Prueba administrador',
        'Modificó el campo Plazo (días) de 10 a 15 de la OT: OT-REG-1',
      ],
    ])
    const [nota] = (await pedir({ evento: 'EXPORTAR' })).data
    expect([nota?.afectacion, nota?.detalle_evento]).toEqual([
      'Registro de actividad',
      'Exportó 3 filas del registro de actividad en registro-de-actividad-2025-12-15.xlsx',
    ])
  })

  it('the page: title, filters with the real codes, entry of the menu', async () => {
    const { text } = (await agente.get<unknown>('/operaciones/registro_actividad/')) as unknown as { text: string }
    expect(text).toContain('<h1>REGISTRO DE ACTIVIDAD</h1>')
    expect(text).toContain('<option value="5">OT Detalle</option>')
    expect(text).toContain('<option value="0">Sistema</option>')
    expect(text).toContain('href="/operaciones/registro_actividad/"')
    const otro = (await app.entrarComo('consulta')).agente
    expect((await otro.get('/operaciones/')).text).not.toContain('registro_actividad')
  })

  it('leads nowhere when the record is gone, as what an undone import created, or when it is about no record', async () => {
    const { rows } = await pool.query<{ id: string }>(
      `INSERT INTO sitio (descripcion, id_frente) VALUES ('SITIO DE UN LOTE', 6) RETURNING id`,
    )
    const sitio = Number(rows[0]?.id)
    const comun = { tabla_log: 6, evento: 'CREAR', afectacion: 'Sitio' }
    const [vivo, ido, ninguno] = await anotar(
      { ...comun, fecha: '2025-12-02T15:00:00Z', registro_id: sitio },
      { ...comun, fecha: '2025-12-02T15:00:01Z', registro_id: 999_999 },
      { ...comun, fecha: '2025-12-02T15:00:02Z', registro_id: 0, evento: 'IMPORTAR' },
    )
    const { data } = await pedir({ tabla_log: 6, length: 100 })
    const enlaces = new Map(data.map(({ id, enlace }) => [id, enlace]))
    expect([vivo, ido, ninguno].map((id) => enlaces.get(id ?? 0))).toEqual([
      `/operaciones/catalogos/sitios/${sitio}/`,
      null,
      null,
    ])
  })
})
