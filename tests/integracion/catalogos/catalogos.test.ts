import { describe, expect, it } from 'vitest'
import type {
  FichaCatalogo,
  NodoDeCategorias,
  PlantillaJson,
} from '../../../src/modulos/catalogos/catalogos.contrato.ts'
import { NIVELES_DE_CATEGORIAS } from '../../../src/modulos/catalogos/descripciones/categorias.ts'
import { CATALOGOS } from '../../../src/modulos/catalogos/descripciones/index.ts'
import { porDefecto } from '../../../src/modulos/catalogos/motor/motor.reglas.ts'
import { PAGINA_DE_TABLA } from '../../../src/modulos/vistas/vistas.tipos.ts'
import { crearAppDePruebas } from '../../apoyo/app.ts'
import { fabricas, SEMILLA } from '../../apoyo/fabricas.ts'

const app = await crearAppDePruebas()
const { pool } = app.conexion
const crea = fabricas(pool)
const BASE = '/operaciones/catalogos/'

interface Respuesta {
  exito: boolean
  tipo_aviso: string
  detalles: string
  id: number
  version?: number
  campos?: Record<string, string>
  requiere_confirmacion?: boolean
  usos?: { texto: string; cuantos: number }[]
}
interface Lista {
  draw: number
  recordsTotal: number
  recordsFiltered: number
  data: Record<string, unknown>[]
}

async function enviar(ruta: string, cuerpo: object, quien: 'administrador' | 'operaciones' = 'administrador') {
  const { agente } = await app.entrarComo(quien)
  const r = await agente
    .post(`${BASE}${ruta}/`)
    .type('form')
    .send(cuerpo as Record<string, unknown>)
  return { estado: r.status, cuerpo: r.body as Respuesta }
}

async function pedir<T>(ruta: string, consulta: object = {}): Promise<{ estado: number; cuerpo: T }> {
  const { agente } = await app.entrarComo('consulta')
  const r = await agente.get(`${BASE}${ruta}/`).query(consulta)
  return { estado: r.status, cuerpo: r.body as T }
}

async function crear(slug: string, cuerpo: object): Promise<number> {
  const r = await enviar(`${slug}/crear`, cuerpo)
  expect([r.estado, r.cuerpo.detalles]).toEqual([200, expect.any(String)])
  return r.cuerpo.id
}

const lista = async (ruta: string, consulta: object = {}): Promise<Lista> =>
  (await pedir<Lista>(ruta, { length: -1, ...consulta })).cuerpo

async function fila(tabla: string, id: number): Promise<Record<string, unknown>> {
  const { rows } = await pool.query<{ fila: Record<string, unknown> }>(
    `SELECT to_jsonb(t) AS fila FROM ${tabla} t WHERE id = $1`,
    [id],
  )
  return rows[0]?.fila ?? {}
}

const insertar = async (consulta: string, ...valores: unknown[]): Promise<number> =>
  Number((await pool.query<{ id: string }>(consulta, valores)).rows[0]?.id)
const categoria = await insertar(`INSERT INTO cat_categoria (clave, descripcion) VALUES ('A', 'Base') RETURNING id`)
const padres = {
  categoria,
  subcategoria: await insertar(
    `INSERT INTO cat_subcategoria (id_categoria, clave, descripcion) VALUES ($1, 'A', 'Base') RETURNING id`,
    categoria,
  ),
}

/** A good row of each catalogue, and what the list calls it. */
const BUENAS: Readonly<Record<string, object>> = {
  tipos: { descripcion: 'MODIFICADO', afectacion: 1 },
  estatus: { descripcion: 'EN REVISION', afectacion: 2 },
  frentes: { descripcion: 'LACUSTRE', afectacion: 1 },
  sitios: { descripcion: 'ABK-Z', id_frente: 7 },
  unidad_medida: { descripcion: 'Tambor', clave: 'tambor' },
  responsable: { descripcion: 'ANA PÉREZ' },
  cliente: { descripcion: 'FILIAL NUEVA', id_tipo: 16 },
  pasos: { descripcion: 'Paso nuevo', afectacion: 15, orden: '11', importancia: '2.5' },
  pasos_ot: { descripcion: 'Paso nuevo', tipo: 4, afectacion: 15, orden: '11', importancia: 0 },
  categorias: { clave: 'Z1', descripcion: 'Obra civil' },
  subcategorias: { categoria: padres.categoria, clave: 'Z1', descripcion: 'Concreto' },
  clasificaciones: { subcategoria: padres.subcategoria, clave: 'Z1', descripcion: 'Colado' },
  superintendentes: { nombre: 'Luis Díaz', sitio_asignado: SEMILLA.embarcacion, color: '#AABBCC' },
}

describe('catalogos §15, the examples of the simple catalogues', () => {
  it('catalogos §15.1: without a session 401 JSON; without view_sitio 403', async () => {
    const anonima = await app.anonimo().get(`${BASE}datatable_sitios/`)
    expect([anonima.status, anonima.body]).toEqual([
      401,
      expect.objectContaining({ exito: false, codigo: 'SESION' }) as object,
    ])
    const { agente } = await app.entrarComo(['operaciones.view_tipo'])
    expect((await agente.get(`${BASE}datatable_sitios/`)).status).toBe(403)
  })

  it('catalogos §15.2: LITRO is seeded, so a new unit is created once and its repetition is a warning', async () => {
    const { rows } = await pool.query<{ max: string }>('SELECT max(id) FROM unidad_medida')
    const primera = await enviar('unidad_medida/crear', { descripcion: 'GALON', clave: 'GALON' })
    expect(primera).toMatchObject({
      estado: 200,
      cuerpo: {
        exito: true,
        tipo_aviso: 'exito',
        detalles: 'Unidad de medida creada correctamente',
        id: Number(rows[0]?.max) + 1,
      },
    })
    for (const repetida of [
      { descripcion: 'galón', clave: 'GAL' },
      { descripcion: 'Galones', clave: 'galon' },
      { descripcion: 'LITRO', clave: 'LITRO' },
    ]) {
      const r = await enviar('unidad_medida/crear', repetida)
      expect([r.estado, r.cuerpo.exito, r.cuerpo.tipo_aviso]).toEqual([409, false, 'advertencia'])
    }
  })

  it('catalogos §15.3: a description of blanks inserts nothing', async () => {
    const antes = await pool.query('SELECT count(*) FROM tipo')
    const r = await enviar('tipos/crear', { descripcion: '   ', afectacion: 1 })
    expect([r.estado, r.cuerpo.exito, r.cuerpo.detalles]).toEqual([400, false, 'La descripción es obligatoria'])
    expect((await pool.query('SELECT count(*) FROM tipo')).rows).toEqual(antes.rows)
  })

  it('catalogos §15.4: the search reads what is seen: «tr» finds nothing, «m» finds 7', async () => {
    const cliente = await pool.connect()
    try {
      await cliente.query(`UPDATE unidad_medida SET descripcion = 'zzz' || id, activo = id <= 17`)
      await cliente.query('UPDATE unidad_medida SET descripcion = clave WHERE id <= 17')
      expect((await lista('datatable_unidad_medida', { filtro: 'tr' })).data).toEqual([])
      const m = await lista('datatable_unidad_medida', { filtro: 'm' })
      expect(m.data.map((f) => f['clave']).sort()).toEqual(['COMIDA', 'HOM/DÍA', 'M', 'M2', 'M2/DÍA', 'M3', 'ML'])
      expect([m.recordsTotal, m.recordsFiltered]).toEqual([17, 7])
      expect((await lista('datatable_unidad_medida', { filtro: '%' })).data).toEqual([])
      expect((await lista('datatable_unidad_medida', { filtro: '_' })).data).toEqual([])
      expect((await lista('datatable_unidad_medida', { filtro: 'dia' })).data).toHaveLength(3)
    } finally {
      await cliente.query('UPDATE unidad_medida SET activo = TRUE')
      cliente.release()
    }
  })

  it('catalogos §15.5: status 3 is of the system and stays active', async () => {
    const r = await enviar('estatus/eliminar', { id: 3, confirmar: 1 })
    expect([r.estado, r.cuerpo.exito, r.cuerpo.detalles]).toEqual([
      409,
      false,
      'Este registro es del sistema y no puede desactivarse.',
    ])
    expect(await fila('cat_estatus', 3)).toMatchObject({ activo: true })
  })

  it('catalogos §15.6: editing only the description of a step of template 18 leaves it there', async () => {
    const r = await enviar('pasos_ot/editar', { id: 11, descripcion: 'Orden de compra recibida' })
    expect([r.estado, r.cuerpo.detalles]).toEqual([200, 'Paso actualizado correctamente'])
    expect(await fila('paso_ot', 11)).toMatchObject({ tipo: 18, descripcion: 'Orden de compra recibida', orden: '1' })
    const { cuerpo } = await pedir<Record<string, unknown>>('pasos_ot/obtener', { id: 11 })
    expect(cuerpo).toEqual({
      id: 11,
      descripcion: 'Orden de compra recibida',
      tipo: 18,
      afectacion: 16,
      orden: '1',
      importancia: 10,
      id_paso_origen: null,
      comentario: '',
      activo: true,
    })
  })

  it('catalogos §15.16: a site that 3 active orders use is deactivated after saying so; its name stays on screen', async () => {
    const sitio = await crear('sitios', { descripcion: 'PLATAFORMA EN USO', id_frente: 7 })
    for (let i = 0; i < 3; i += 1) await crea.ot({ id_frente: 4, id_plataforma: sitio })
    await crea.ot({ id_frente: 4, id_plataforma: sitio, estatus: 0 })
    const aviso = await enviar('sitios/eliminar', { sitio_id: sitio })
    expect(aviso).toMatchObject({
      estado: 409,
      cuerpo: {
        exito: false,
        tipo_aviso: 'advertencia',
        requiere_confirmacion: true,
        usos: [{ texto: 'OTs', cuantos: 3 }],
      },
    })
    expect(aviso.cuerpo.detalles).toContain('3 OTs')
    expect(await fila('sitio', sitio)).toMatchObject({ activo: true })
    const hecho = await enviar('sitios/eliminar', { sitio_id: sitio, confirmar: 1 })
    expect([hecho.estado, hecho.cuerpo.detalles]).toEqual([200, 'Sitio desactivado correctamente'])
    const { agente } = await app.entrarComo('consulta')
    const ots = await agente.get('/operaciones/ot/datatable/').query({ sitio, length: -1 })
    expect((ots.body as Lista).data.map((f) => f['sitio'])).toEqual(Array(3).fill('PLATAFORMA EN USO'))
    const selector = await agente.get('/operaciones/ot/obtener_sitios/')
    expect((selector.body as { id: number }[]).some(({ id }) => id === sitio)).toBe(false)
  })

  it('catalogos §15.15: at least one active step per type of client and template is seeded, and its weights sum 100', async () => {
    for (const slug of ['pasos', 'pasos_ot']) {
      const { cuerpo } = await pedir<PlantillaJson[]>(`${slug}/plantillas`)
      expect(cuerpo.length).toBeGreaterThanOrEqual(2)
      expect(cuerpo.map(({ suma }) => suma)).toEqual(cuerpo.map(() => '100'))
      expect(cuerpo.every(({ pasos, completa }) => pasos.length >= 10 && completa)).toBe(true)
    }
  })
})

describe.each(CATALOGOS.map((def) => ({ slug: def.slug, def })))(
  '$slug, from birth to reactivation',
  ({ slug, def }) => {
    const buena = BUENAS[slug] ?? {}

    it('creates, reads, edits, deactivates and reactivates, each with its text and its trace (CAT-18)', async () => {
      const alta = await enviar(`${slug}/crear`, { ...buena, [def.titular]: 'ZZ de prueba' })
      expect(alta.cuerpo).toMatchObject({ exito: true, tipo_aviso: 'exito', detalles: def.mensajes.creado })
      const { id } = alta.cuerpo
      const leido = await pedir<Record<string, unknown>>(`${slug}/obtener`, { id })
      expect(leido.cuerpo).toMatchObject({ id, activo: true, [def.titular]: 'ZZ de prueba' })
      expect(Object.keys(leido.cuerpo)).toEqual(['id', ...def.campos.map(({ nombre }) => nombre), 'activo'])
      const edicion = await enviar(`${slug}/editar`, { id, [def.titular]: 'ZZ cambiado', version: 1 })
      expect(edicion.cuerpo).toMatchObject({ exito: true, detalles: def.mensajes.actualizado, version: 2 })
      const baja = await enviar(`${slug}/eliminar`, { id })
      expect(baja.cuerpo).toMatchObject({ exito: true, detalles: def.mensajes.desactivado })
      expect((await lista(def.rutaLista)).data.some((f) => f['id'] === id)).toBe(false)
      const inactivos = await lista(def.rutaLista, { estado: 'inactivos', filtro: 'ZZ' })
      expect(inactivos.data.map((f) => [f['id'], f['activo'], f['activo_bool']])).toEqual([[id, 'Inactivo', false]])
      const vuelta = await enviar(`${slug}/reactivar`, { id })
      expect(vuelta.cuerpo).toMatchObject({ exito: true, detalles: def.mensajes.reactivado })
      const titular = def.campos.find(({ nombre }) => nombre === def.titular)
      const bitacora = await crea.leerBitacora(def.tablaLog, id)
      expect(bitacora.map(({ evento, campo, anterior, actual }) => [evento, campo, anterior, actual])).toEqual([
        ['CREAR', 'Creó', '', ''],
        ['MODIFICAR', titular?.etiqueta, 'ZZ de prueba', 'ZZ cambiado'],
        ['ELIMINAR', 'Eliminó', '', ''],
        ['REACTIVAR', 'Reactivó', '', ''],
      ])
      expect(bitacora[1]?.detalle).toBe(`del catálogo ${def.nombre}: ZZ cambiado`)
      const { cuerpo: ficha } = await pedir<FichaCatalogo>(`${slug}/ficha`, { id })
      expect([ficha.version, ficha.historial.filas.map(({ evento }) => evento)]).toEqual([
        4,
        ['REACTIVAR', 'ELIMINAR', 'MODIFICAR', 'CREAR'],
      ])
      await enviar(`${slug}/eliminar`, { id })
    })

    it('refuses what is missing, too long, repeated or unknown, with the texts of §5 (CAT-02, CAT-08)', async () => {
      const vacia = await enviar(`${slug}/crear`, {})
      const obligatorios = def.campos.filter((campo) => campo.obligatorio !== null && porDefecto(campo) === undefined)
      expect([vacia.estado, vacia.cuerpo.detalles, vacia.cuerpo.tipo_aviso]).toEqual([
        400,
        obligatorios[0]?.obligatorio,
        'advertencia',
      ])
      expect(vacia.cuerpo.campos).toEqual(
        Object.fromEntries(obligatorios.map(({ nombre, obligatorio }) => [nombre, obligatorio])),
      )
      const larga = await enviar(`${slug}/crear`, { ...buena, [def.titular]: 'x'.repeat(201) })
      expect([larga.estado, larga.cuerpo.detalles]).toEqual([400, expect.stringMatching(/admite hasta \d+ caracteres/)])
      for (const campo of def.campos.filter(({ clase }) => clase === 'referencia' || clase === 'nivel')) {
        const r = await enviar(`${slug}/crear`, { ...buena, [campo.nombre]: 999999 })
        expect([r.estado, Object.keys(r.cuerpo.campos ?? {})]).toEqual([400, [campo.nombre]])
      }
      const id = await crear(slug, { ...buena, clave: 'UNICA', [def.titular]: 'Única' })
      const repetida = await enviar(`${slug}/crear`, { ...buena, clave: 'OTRA', [def.titular]: ' única ' })
      expect([repetida.estado, repetida.cuerpo.tipo_aviso, repetida.cuerpo.detalles]).toEqual([
        409,
        'advertencia',
        def.repetido ?? 'Ya existe un registro con esa descripción.',
      ])
      await enviar(`${slug}/eliminar`, { id })
      for (const accion of ['editar', 'eliminar', 'reactivar']) {
        const sin = await enviar(`${slug}/${accion}`, {})
        expect([sin.estado, sin.cuerpo.detalles]).toEqual([400, def.mensajes.sinId])
        const nadie = await enviar(`${slug}/${accion}`, { id: 999999 })
        expect([nadie.estado, nadie.cuerpo.exito, nadie.cuerpo.detalles]).toEqual([
          404,
          false,
          def.mensajes.noEncontrado,
        ])
      }
      const leida = await pedir<Respuesta>(`${slug}/obtener`, { id: 999999 })
      expect([leida.estado, leida.cuerpo.detalles]).toEqual([404, def.mensajes.noEncontrado])
    })

    it('a row that took the name meanwhile stops the reactivation; versions stop a blind edit', async () => {
      // A key is never repeated, not even that of an inactive row.
      if (def.titular === 'clave') return
      const vieja = await crear(slug, { ...buena, clave: 'VIEJA', [def.titular]: 'Disputada' })
      await enviar(`${slug}/eliminar`, { id: vieja })
      const nueva = await crear(slug, { ...buena, clave: 'NUEVA', [def.titular]: 'Disputada' })
      const r = await enviar(`${slug}/reactivar`, { id: vieja })
      expect([r.estado, r.cuerpo.detalles]).toEqual([409, 'Ya existe un registro con esa descripción.'])
      await enviar(`${slug}/editar`, { id: nueva, [def.titular]: 'Disputada B' })
      const ciega = await enviar(`${slug}/editar`, { id: nueva, [def.titular]: 'Disputada C', version: 1 })
      expect([ciega.estado, (ciega.cuerpo as { codigo?: string }).codigo]).toEqual([409, 'VERSION'])
      await enviar(`${slug}/eliminar`, { id: nueva })
    })

    it('sorts by every column with ties by id, and its pages neither repeat nor miss rows (CAT-14, CAT-15)', async () => {
      const todas = await lista(def.rutaLista, { estado: 'todos' })
      const columnas = [...def.columnas.filter((c) => c.soloDato !== true).map((c) => c.clave), 'activo']
      for (const columna of columnas) {
        for (const dir of ['asc', 'desc']) {
          const orden = { estado: 'todos', 'order[0][name]': columna, 'order[0][dir]': dir }
          const { data } = await lista(def.rutaLista, orden)
          const paginas: unknown[] = []
          for (let start = 0; start < data.length; start += 7)
            paginas.push(...(await lista(def.rutaLista, { ...orden, start, length: 7 })).data.map((f) => f['id']))
          expect(paginas).toEqual(data.map((f) => f['id']))
          expect(data).toHaveLength(todas.recordsTotal)
        }
      }
    })
  },
)

describe('the tree of categories (§8)', () => {
  it('has the three levels by key, with codes that add up, and inactive ones too', async () => {
    const raiz = await crear('categorias', { clave: '10', descripcion: 'Diez' })
    await crear('categorias', { clave: '9', descripcion: 'Nueve' })
    const sub = await crear('subcategorias', { categoria: raiz, clave: '1', descripcion: 'Uno' })
    const cla = await crear('clasificaciones', { subcategoria: sub, clave: 'b', descripcion: 'Be' })
    await enviar('clasificaciones/eliminar', { id: cla })
    const enUso = await enviar('categorias/eliminar', { id: raiz })
    expect(enUso.cuerpo).toMatchObject({ requiere_confirmacion: true, usos: [{ texto: 'subcategorías', cuantos: 1 }] })
    const { cuerpo } = await pedir<NodoDeCategorias[]>('categorias/arbol')
    const codigos = cuerpo.map(({ codigo }) => codigo)
    expect(codigos.indexOf('9')).toBeLessThan(codigos.indexOf('10'))
    expect(cuerpo.find(({ id }) => id === raiz)).toEqual({
      nivel: 'categorias',
      id: raiz,
      codigo: '10',
      descripcion: 'Diez',
      activo: true,
      hijas: [
        expect.objectContaining({
          codigo: '10.1',
          hijas: [{ nivel: 'clasificaciones', id: cla, codigo: '10.1.b', descripcion: 'Be', activo: false, hijas: [] }],
        }),
      ],
    })
  })
})

describe('rows of the system and rows in use', () => {
  it('CAT-13: a protected row keeps its level, and its description and comment can be edited', async () => {
    const nivel = await enviar('tipos/editar', { id: 7, afectacion: 1 })
    expect([nivel.estado, Object.keys(nivel.cuerpo.campos ?? {})]).toEqual([409, ['afectacion']])
    const texto = await enviar('tipos/editar', { id: 7, descripcion: 'EXTRAORDINARIA', afectacion: 3, comentario: 'x' })
    expect(texto.estado).toBe(200)
    for (const [slug, id] of [
      ['tipos', 18],
      ['frentes', 2],
      ['estatus', 29],
    ] as const)
      expect((await enviar(`${slug}/eliminar`, { id, confirmar: 1 })).estado).toBe(409)
  })

  it('the level of a row in use does not change', async () => {
    const tipo = await crear('tipos', { descripcion: 'CON PTE', afectacion: 1 })
    await crea.pte({ id_tipo: tipo })
    const r = await enviar('tipos/editar', { id: tipo, afectacion: 2 })
    expect([r.estado, r.cuerpo.detalles]).toEqual([
      409,
      'La afectación no se puede cambiar: el registro está en uso (1 PTE).',
    ])
  })

  it('an inactive choice is refused for who did not have it, and kept by who did', async () => {
    const tipo = await crear('tipos', { descripcion: 'CLIENTE RARO', afectacion: 5 })
    const cliente = await crear('cliente', { descripcion: 'CLIENTE DEL RARO', id_tipo: tipo })
    await enviar('tipos/eliminar', { id: tipo, confirmar: 1 })
    const nuevo = await enviar('cliente/crear', { descripcion: 'OTRO DEL RARO', id_tipo: tipo })
    expect([nuevo.estado, nuevo.cuerpo.campos?.['id_tipo']]).toEqual([400, expect.stringContaining('ya no se ofrece')])
    const editado = await enviar('cliente/editar', { id: cliente, descripcion: 'EL DEL RARO', id_tipo: tipo })
    expect(editado.estado).toBe(200)
    const { cuerpo } = await pedir<{ textos: Record<string, string> }>('cliente/ficha', { id: cliente })
    expect(cuerpo.textos['id_tipo']).toBe('CLIENTE RARO')
  })

  it('every foreign key to a catalogue is counted among its uses', async () => {
    const { rows } = await pool.query<{ de: string; columna: string; a: string }>(
      `SELECT c.conrelid::regclass::text AS de, a.attname AS columna, c.confrelid::regclass::text AS a
       FROM pg_constraint c JOIN pg_attribute a ON a.attrelid = c.conrelid AND a.attnum = ANY (c.conkey)
       WHERE c.contype = 'f'`,
    )
    const faltan = CATALOGOS.flatMap((def) =>
      rows
        .filter(({ a }) => a === def.tabla)
        .filter(({ de, columna }) => !def.usos.some((uso) => uso.tabla === de && uso.columnas.includes(columna)))
        // The line that is missing goes to `usos` of the description of the catalogue.
        .map(({ de, columna }) => `${def.slug}: ${de}.${columna}`),
    )
    expect(faltan).toEqual([])
  })

  it('two people deactivate and use the same site at once: the count that was confirmed is true', async () => {
    const sitio = await crear('sitios', { descripcion: 'DISPUTADO', id_frente: 7 })
    const cliente = await pool.connect()
    try {
      await cliente.query('BEGIN')
      await cliente.query(
        `INSERT INTO ot (id_tipo, orden_trabajo, descripcion_trabajo, id_responsable_proyecto, responsable_cliente, id_frente, id_plataforma)
         VALUES (4, 'OT-A-LA-VEZ', 'x', 3, 'x', 4, $1)`,
        [sitio],
      )
      const baja = enviar('sitios/eliminar', { id: sitio })
      await new Promise((listo) => setTimeout(listo, 150))
      await cliente.query('COMMIT')
      expect((await baja).cuerpo.requiere_confirmacion).toBe(true)
    } finally {
      cliente.release()
    }
  })
})

describe('order of the steps', () => {
  const plantillas = async (slug: string): Promise<PlantillaJson[]> =>
    (await pedir<PlantillaJson[]>(`${slug}/plantillas`)).cuerpo

  async function plantilla(slug: string, clave: string): Promise<PlantillaJson> {
    const hallada = (await plantillas(slug)).find((candidata) => candidata.clave === clave)
    if (!hallada) throw new Error(`No hay plantilla ${clave}`)
    return hallada
  }
  const ids = ({ pasos }: PlantillaJson): number[] => pasos.map(({ id }) => id)

  it('CAT-14: steps sort by their numbers, and a substep goes after its step', async () => {
    const { data } = await lista('datatable_pasos', { afectacion: 15 })
    const ordenes = data.map((f) => f['orden'])
    expect(ordenes.slice(0, 8)).toEqual(['1', '2', '3', '4', '4.1', '4.2', '4.3', '4.4'])
    expect(ordenes.indexOf('9')).toBeLessThan(ordenes.indexOf('10'))
  })

  it('one command numbers the template again, with one row of the log per step that changed', async () => {
    const antes = await plantilla('pasos', '15')
    const [primero, segundo] = ids(antes)
    const cuarto = antes.pasos.find(({ orden }) => orden === '4')?.id ?? 0
    const sub = antes.pasos.filter(({ subpaso }) => subpaso).map(({ id }) => id)
    const resto = ids(antes).filter((id) => ![cuarto, ...sub].includes(id))
    const r = await enviar('pasos/ordenar', { plantilla: '15', ids: [cuarto, ...sub, ...resto].join(',') })
    expect([r.estado, r.cuerpo.detalles]).toEqual([200, 'Orden guardado correctamente'])
    const despues = await plantilla('pasos', '15')
    expect(despues.pasos.slice(0, 7).map(({ id, orden }) => [id, orden])).toEqual([
      [cuarto, '1'],
      ...sub.map((id, i) => [id, `1.${String(i + 1)}`]),
      [primero, '2'],
      [segundo, '3'],
    ])
    const bitacora = await crea.leerBitacora(2, sub[0] ?? 0)
    expect(bitacora.at(-1)).toMatchObject({ evento: 'MODIFICAR', campo: 'Orden', anterior: '4.1', actual: '1.1' })
    expect(await crea.leerBitacora(2, despues.pasos.at(-1)?.id ?? 0)).toEqual(
      expect.not.arrayContaining([expect.objectContaining({ campo: 'Orden', anterior: '10' })]),
    )
    await enviar('pasos/ordenar', { plantilla: '15', ids: ids(antes).join(',') })
    const vueltos = await plantilla('pasos', '15')
    expect(ids(vueltos)).toEqual(ids(antes))
    expect(vueltos.pasos.slice(0, 8).map(({ orden }) => orden)).toEqual([
      '1',
      '2',
      '3',
      '4',
      '4.1',
      '4.2',
      '4.3',
      '4.4',
    ])
  })

  it('a template that changed meanwhile, that is not, or that starts with a substep: nothing is stored', async () => {
    const antes = await plantilla('pasos', '15')
    const sub = antes.pasos.find(({ subpaso }) => subpaso)?.id ?? 0
    const otros = ids(antes).filter((id) => id !== sub)
    for (const [cuerpo, estado] of [
      [{ plantilla: '15', ids: otros.join(',') }, 409],
      [{ plantilla: '15', ids: [...otros, otros[0]].join(',') }, 409],
      [{ plantilla: '99', ids: '1' }, 404],
      [{ plantilla: '15' }, 400],
      [{ plantilla: '15', ids: 'a,b' }, 400],
      [{ plantilla: '15', ids: [sub, ...otros].join(',') }, 400],
    ] as const)
      expect((await enviar('pasos/ordenar', cuerpo)).estado).toBe(estado)
    expect(await plantilla('pasos', '15')).toEqual(antes)
  })

  it('the sum of the weights counts the active steps of each template', async () => {
    const antes = await plantilla('pasos_ot', '4-15')
    const id = await crear('pasos_ot', {
      descripcion: 'De más',
      tipo: 4,
      afectacion: 15,
      orden: '12',
      importancia: 7.5,
    })
    expect(await plantilla('pasos_ot', '4-15')).toMatchObject({ suma: '107.5', completa: false })
    await enviar('pasos_ot/eliminar', { id })
    expect(await plantilla('pasos_ot', '4-15')).toMatchObject({ suma: antes.suma, completa: true })
  })

  it('a substep carries the number of its step; weights and orders are numbers (CAT-02, CAT-17)', async () => {
    const base = { descripcion: 'Otro subpaso', afectacion: 15, importancia: 1, tipo: 2 }
    const mal = await enviar('pasos/crear', { ...base, orden: '4' })
    expect([mal.estado, Object.keys(mal.cuerpo.campos ?? {})]).toEqual([400, ['orden']])
    for (const malo of [
      { orden: 'uno' },
      { orden: '4.' },
      { orden: '4.5', importancia: -1 },
      { orden: '4.5', importancia: 'x' },
    ])
      expect((await enviar('pasos/crear', { ...base, ...malo })).estado).toBe(400)
    const id = await crear('pasos', { ...base, orden: '4.5', importancia: '0.255' })
    expect(await fila('paso', id)).toMatchObject({ tipo: 2, orden: '4.5', importancia: 0.26 })
    await enviar('pasos/eliminar', { id })
  })
})

describe('what the pages and the selectors read', () => {
  it('rows of the list to the letter (§5)', async () => {
    const de = async (ruta: string, id: number) => (await lista(ruta)).data.find((f) => f['id'] === id)
    const comunes = { activo: 'Activo', activo_bool: true, comentario: '' }
    expect(await de('tipos/datatable_tipos', 4)).toEqual({
      ...comunes,
      id: 4,
      descripcion: 'INICIAL',
      nivel_afectacion: 'OT',
      protegido: true,
      version: 1,
    })
    expect(await de('datatable_estcobro', 9)).toMatchObject({ nivel_afectacion: 2, afectacion_texto: 'OT' })
    expect(await de('datatable_frentes', 6)).toMatchObject({ descripcion: 'EMBARCACION', nivel_afectacion: 'Sitios' })
    expect(await de('datatable_sitios', 9)).toMatchObject({
      descripcion: 'ABK-A',
      frente: 'PLATAFORMA',
      protegido: false,
    })
    expect(await de('datatable_cliente', 2)).toMatchObject({ tipo: 'INTERCOM' })
    expect(await de('datatable_pasos', 10)).toMatchObject({ orden: '6', importancia: 10, afectacion: 'CONTRATO' })
    expect(await de('datatable_pasos_ot', 16)).toMatchObject({
      tipo: 'INTERCOM',
      afectacion: 'INTERCOM',
      paso_origen: 'INTERCOM · 2 Alcance acordado',
    })
  })

  it('unidad_medida/obtener/ without id is the list of active units, for anybody with a session', async () => {
    const { agente } = await app.entrarComo([])
    const r = await agente.get(`${BASE}unidad_medida/obtener/`)
    const unidades = r.body as { id: number; clave: string; activo: boolean }[]
    expect([r.status, unidades.find(({ id }) => id === 15)]).toEqual([
      200,
      expect.objectContaining({ id: 15, clave: 'TON', activo: true }) as object,
    ])
    expect(unidades.every(({ activo }) => activo)).toBe(true)
  })

  it('filters by state, level and parent; an unknown state is refused; sorts by the old indexes', async () => {
    const deOt = await lista('tipos/datatable_tipos', { afectacion: 2 })
    expect(deOt.data.map((f) => f['id'])).toEqual([4, 18, 5])
    expect((await pedir('datatable_sitios', { estado: 'borrados' })).estado).toBe(400)
    const indice = await lista('datatable_sitios', { id_frente: 6, 'order[0][column]': 1, 'order[0][dir]': 'desc' })
    expect(indice.data.map((f) => f['id'])).toEqual([3, 2, 1])
  })

  it('the address of a row opens the page, one that is not there is a 404 page', async () => {
    const { agente } = await app.entrarComo('consulta')
    const hay = await agente.get(`${BASE}tipos/4/`).set('Accept', 'text/html')
    expect([hay.status, hay.text.includes('"registro":4')]).toEqual([200, true])
    expect((await agente.get(`${BASE}tipos/999999/`).set('Accept', 'text/html')).status).toBe(404)
    expect(hay.text).not.toContain('boton-crear')
  })

  it('a list asks the same number of queries with 10 rows and with 100 (constant)', async () => {
    const { agente } = await app.entrarComo('consulta')
    const consultas = async (length: number): Promise<number> => {
      const desde = app.lineas.length
      await agente.get(`${BASE}datatable_pasos_ot/`).query({ length, estado: 'todos' })
      return Number(app.lineas.slice(desde).find((linea) => 'consultas' in linea)?.['consultas'])
    }
    const diez = await consultas(10)
    expect([diez > 0, await consultas(100)]).toEqual([true, diez])
  })

  it('every catalogue keeps saved views and says its permissions', () => {
    // The categories are a tree: there is nothing to keep.
    const arbol = NIVELES_DE_CATEGORIAS.map(({ slug }) => slug)
    for (const { slug } of CATALOGOS.filter((def) => !arbol.includes(def.slug)))
      expect(PAGINA_DE_TABLA[`catalogo_${slug}`]).toBe(`${BASE}${slug}/`)
  })

  it('what somebody typed is text everywhere (CAT-16)', async () => {
    const id = await crear('responsable', { descripcion: '<img src=x onerror=alert(1)>' })
    const { agente } = await app.entrarComo('consulta')
    const { text } = await agente.get(`${BASE}responsable/${String(id)}/`).set('Accept', 'text/html')
    expect(text).not.toContain('<img src=x')
  })
})

describe('exports', () => {
  it('carry the fields of the form by their labels, and leave a trace', async () => {
    const { agente } = await app.entrarComo('consulta')
    const r = await agente.get(`${BASE}sitios/exportar/`).query({ formato: 'csv', id_frente: 6 }).buffer()
    expect(r.status).toBe(200)
    const [cabeza, ...renglones] = r.text
      .replace(/^\ufeff/, '')
      .trim()
      .split('\r\n')
    expect(cabeza).toBe('ID,Descripción,Frente,Comentario,Estatus')
    expect(renglones.map((renglon) => renglon.split(',').slice(0, 3))).toEqual([
      ['1', 'EMBARCACIÓN 1', 'EMBARCACION'],
      ['2', 'EMBARCACIÓN 2', 'EMBARCACION'],
      ['3', 'EMBARCACIÓN 3', 'EMBARCACION'],
    ])
    const { rows } = await pool.query(
      `SELECT evento, detalle FROM registro_actividad WHERE evento = 'EXPORTAR' ORDER BY id DESC LIMIT 1`,
    )
    expect(rows).toEqual([
      { evento: 'EXPORTAR', detalle: '3 registros del catálogo Sitios en catalogo-sitios-2025-06-16.csv' },
    ])
  })
})
