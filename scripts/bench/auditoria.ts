/**
 * (e) The activity log at 5,000,000 rows of five years: pages of the screen by every filter, order and depth, the cost of
 * an insert, the seal of everything and its check, and an export of the 50,000 rows it admits.
 */
import { mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { contextoDeSistema } from '../../src/comando.ts'
import { invariantesDeAuditoria } from '../../src/modulos/auditoria/auditoria.invariantes.ts'
import { custodiaDe, mantenerAuditoria, registrarEventos } from '../../src/modulos/auditoria/index.ts'
import { conectar, type Conexion } from '../../src/plataforma/bd.ts'
import { comprobar } from '../../src/plataforma/invariantes.ts'
import { conTransaccion } from '../../src/plataforma/transaccion.ts'
import type { Entorno } from './entorno.ts'
import { type Cliente, percentil, redondo, type Renglon } from './medidas.ts'

const FILAS = 5_000_000
const ANIOS = 5
const PERSONAS = 40
const VECES = 30
const META_MS = 100
const RUTA = '/operaciones/registro_actividad/'

interface Caso {
  readonly nombre: string
  readonly consulta: (i: number) => Record<string, string>
}
const fijo = (nombre: string, consulta: Record<string, string>): Caso => ({ nombre, consulta: () => consulta })
const orden = (columna: string, dir: string) => ({ 'order[0][name]': columna, 'order[0][dir]': dir })
const dia = (i: number): string =>
  new Date(Date.now() - (40 + ((i * 37) % 1700)) * 86_400_000).toISOString().slice(0, 10)
const alReves = (iso: string): string => iso.split('-').reverse().join('/')
const folio = (i: number): string => String(1 + ((i * 7919) % 50_000)).padStart(6, '0')

const CASOS: readonly Caso[] = [
  fijo('sin filtro', {}),
  fijo('100 filas', { length: '100' }),
  { nombre: 'sin filtro, página al azar', consulta: (i) => ({ start: String((i * 161_803) % FILAS) }) },
  fijo('última página', { start: String(FILAS - 20) }),
  ...['fecha', 'afectacion', 'evento', 'nombre_completo'].flatMap((columna) =>
    ['asc', 'desc'].map((dir) => fijo(`orden ${columna} ${dir}`, orden(columna, dir))),
  ),
  { nombre: 'persona', consulta: (i) => ({ usuario_id: String(2 + (i % PERSONAS)) }) },
  fijo('persona: Sistema', { usuario_id: '0' }),
  { nombre: 'persona, página al azar', consulta: (i) => ({ usuario_id: '3', start: String((i * 7919) % 100_000) }) },
  { nombre: 'tabla', consulta: (i) => ({ tabla_log: ['0', '1', '4', '5', '14'][i % 5] ?? '4' }) },
  { nombre: 'evento', consulta: (i) => ({ evento: ['CREAR', 'MODIFICAR', 'IMPORTAR', 'ELIMINAR'][i % 4] ?? '' }) },
  {
    nombre: 'tabla + evento + persona',
    consulta: (i) => ({ tabla_log: '4', evento: 'MODIFICAR', usuario_id: String(2 + (i % 9)) }),
  },
  { nombre: 'registro por ID', consulta: (i) => ({ registro_id: String(1 + ((i * 7919) % 50_000)) }) },
  {
    nombre: 'registro por ID y tabla',
    consulta: (i) => ({ registro_id: String(1 + ((i * 104_729) % 50_000)), tabla_log: '4' }),
  },
  { nombre: 'un día', consulta: (i) => ({ fecha_desde: dia(i), fecha_hasta: dia(i) }) },
  {
    nombre: 'tres meses',
    consulta: (i) => ({
      fecha_desde: dia(i),
      fecha_hasta: new Date(Date.parse(dia(i)) + 90 * 86_400_000).toISOString().slice(0, 10),
    }),
  },
  {
    nombre: 'desde un día, por persona',
    consulta: (i) => ({ fecha_desde: dia(i), usuario_id: '5', ...orden('evento', 'asc') }),
  },
  { nombre: 'texto: un folio, cada vez otro', consulta: (i) => ({ filtro: `-${folio(i)}-` }) },
  { nombre: 'texto que no está', consulta: (i) => ({ filtro: `zzq${String(i)}` }) },
  fijo('texto: una palabra en todas las filas', { filtro: 'de la ot' }),
  fijo('texto: palabra frecuente', { filtro: 'estructura' }),
  fijo('texto: dos letras', { filtro: 'gr' }),
  { nombre: 'texto: nombre de una persona', consulta: (i) => ({ filtro: `persona ${String(i % PERSONAS)} ` }) },
  { nombre: 'texto: un día', consulta: (i) => ({ filtro: alReves(dia(i)) }) },
  {
    nombre: 'texto + persona + evento',
    consulta: (i) => ({ filtro: `-${folio(i).slice(0, 4)}`, usuario_id: '7', evento: 'MODIFICAR' }),
  },
]

export async function medirAuditoria(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('auditoria')
  const conexion = conectar(url, { alFallar: () => undefined })
  const insercionVacia = await medirInserciones(conexion)
  decir(`Registro de actividad: cargando ${FILAS.toLocaleString('es-MX')} filas…`)
  const carga = await cronometrar(() => llenarActividad(conexion.pool))
  const custodia = custodiaDe(
    'una clave que solo sirve en esta medición',
    mkdtempSync(join(entorno.carpeta, 'sellos-')),
  )
  const ctx = contextoDeSistema(conexion, { reloj: null }, 'bench')
  decir('Registro de actividad: cerrando los meses…')
  const cierre = await cronometrar(() => cerrarMeses(conexion.pool))
  await conexion.pool.query('VACUUM (ANALYZE) registro_actividad')
  const app = await entorno.iniciarApp(url)
  const cliente = await app.entrar()
  decir(`Registro de actividad: ${String(CASOS.length)} consultas, ${String(VECES)} veces cada una…`)
  for (let i = 0; i < 40; i += 1) await cliente.medir(ruta('datatable/', { start: String(i * 25) }))
  const casos = []
  for (const caso of CASOS) {
    const medida = await medirCaso(caso, cliente)
    decir(`  ${medida.nombre}: p95 ${String(medida.p95)} ms, p50 ${String(medida.p50)} ms`)
    casos.push(medida)
  }
  const exportacion = await cronometrar(() => cliente.pedir(ruta('exportar/', {})))
  const consultas = app.consultasDe(`${RUTA}datatable/`)
  await app.detener()
  await conexion.pool.query(
    `SET session_replication_role = replica; DELETE FROM sello_auditoria; SET session_replication_role = origin`,
  )
  decir('Registro de actividad: sellando todos los días…')
  const sellado = await cronometrar(() => mantenerAuditoria(ctx, custodia))
  const tamano = await tamanos(conexion.pool)
  decir('Registro de actividad: comprobando los sellos…')
  const comprobacion = await cronometrar(() => comprobar(ctx, invariantesDeAuditoria(custodia)))
  const turno = await cronometrar(() => mantenerAuditoria(ctx, custodia))
  const insercionLlena = await medirInserciones(conexion)
  await conexion.cerrar()
  const resultado = {
    casos,
    carga: carga.s,
    cierre: cierre.s,
    sellado: sellado.s,
    turno: turno.s,
    comprobacion: comprobacion.s,
    tamano,
    insercionVacia,
    insercionLlena,
    consultas,
    exportacion: exportacion.s,
  }
  if (comprobacion.valor.some(({ correcto }) => !correcto)) throw new Error('Los sellos del bench no se comprueban')
  return { resultado, renglones: resumir(resultado, exportacion.valor.cuerpo.length) }
}

const ruta = (fin: string, consulta: Record<string, string>): string =>
  `${RUTA}${fin}?${new URLSearchParams({ draw: '1', start: '0', length: '25', ...consulta }).toString()}`

interface Medida {
  readonly nombre: string
  readonly p50: number
  readonly p95: number
}

async function medirCaso({ nombre, consulta }: Caso, cliente: Cliente): Promise<Medida> {
  const tiempos: number[] = []
  for (let i = 0; i < VECES + 2; i += 1) {
    const ms = await cliente.medir(ruta('datatable/', consulta(i)))
    if (i >= 2) tiempos.push(ms)
  }
  return { nombre, p50: redondo(percentil(tiempos, 50)), p95: redondo(percentil(tiempos, 95)) }
}

async function cronometrar<T>(hacer: () => Promise<T>): Promise<{ valor: T; s: number }> {
  const inicio = performance.now()
  const valor = await hacer()
  return { valor, s: redondo((performance.now() - inicio) / 1000) }
}

/** Milliseconds of a transaction that only writes three rows, and rows per second of one that writes twenty thousand. */
async function medirInserciones(conexion: Conexion): Promise<{ chicaMs: number; filasPorSegundo: number }> {
  const ctx = contextoDeSistema(conexion, { reloj: null }, 'bench')
  const evento = (i: number) => ({
    tabla: 4 as const,
    registroId: i,
    evento: 'MODIFICAR' as const,
    campo: 'Plazo (días)',
    campoClave: 'plazo_dias',
    anterior: '10',
    actual: String(i),
    detalle: `de la OT: OT-GRZ-801-21-${String(i).padStart(6, '0')}-ABK-A`,
  })
  const escribir = (cuantas: number) =>
    conTransaccion(ctx, (tx) =>
      registrarEventos(
        tx,
        Array.from({ length: cuantas }, (_, i) => evento(i)),
      ),
    )
  const chicas: number[] = []
  for (let i = 0; i < 220; i += 1) {
    const inicio = performance.now()
    await escribir(3)
    if (i >= 20) chicas.push(performance.now() - inicio)
  }
  const { s } = await cronometrar(() => escribir(20_000))
  return { chicaMs: redondo(percentil(chicas, 50)), filasPorSegundo: Math.round(20_000 / s) }
}

/** Five years of activity: one row in three alone, the rest in operations of several; a word in all, others in some. */
async function llenarActividad(pool: pg.Pool): Promise<void> {
  const cliente = await pool.connect()
  try {
    await cliente.query(
      `INSERT INTO "user" (username, first_name, last_name, email, password) SELECT 'persona' || n, 'Persona', n || ' de Prueba', 'persona' || n || '@example.com', '!' FROM generate_series(1, $1::int) n`,
      [PERSONAS],
    )
    await cliente.query(
      `SELECT registro_actividad_preparar((now() - interval '${String(ANIOS)} years')::date, now()::date)`,
    )
    await cliente.query('SET session_replication_role = replica; SET synchronous_commit = off')
    await cliente.query("SET maintenance_work_mem = '256MB'")
    const { rows: indices } = await cliente.query<{ nombre: string; definicion: string }>(
      `SELECT c.relname AS nombre, pg_get_indexdef(c.oid) AS definicion FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid
        WHERE i.indrelid = 'registro_actividad'::regclass AND NOT i.indisprimary`,
    )
    for (const { nombre } of indices) await cliente.query(`DROP INDEX ${nombre}`)
    await cliente.query("SET maintenance_work_mem = '256MB'")
    const trozo = 250_000
    for (let desde = 0; desde < FILAS; desde += trozo)
      await cliente.query(
        `INSERT INTO registro_actividad (registro_id, evento, campo, campo_clave, valor_anterior, valor_actual, afectacion, tabla_log, detalle, version, fecha, usuario_id, ip, agente, transaccion)
         SELECT 1 + n * 7 % 50000, (ARRAY['MODIFICAR', 'MODIFICAR', 'MODIFICAR', 'MODIFICAR', 'ACTUALIZAR', 'ACTUALIZAR', 'ACTUALIZAR', 'CREAR', 'IMPORTAR', 'ELIMINAR'])[1 + n % 10],
           (ARRAY['Plazo (días)', 'Comentario', 'Actualizó', 'Monto MXN', 'Cliente'])[1 + n % 5], 'campo', 'valor ' || n % 977, 'valor ' || n % 1013 || CASE WHEN n % 20 = 0 THEN ' estructura' ELSE '' END,
           (ARRAY['OT', 'OT Detalle', 'PTE Header', 'PTE Detalle', 'Cliente'])[1 + n % 5], (ARRAY[4, 5, 0, 1, 14])[1 + n % 5],
           'de la OT: OT-GRZ-801-' || (19 + n % 7) || '-' || lpad((1 + n * 7 % 50000)::text, 6, '0') || '-ABK-A', 1 + n % 9,
           now() - interval '${String(ANIOS)} years' + n * (interval '${String(ANIOS)} years' / ${String(FILAS)}) - interval '10 minutes',
           CASE WHEN n % 50 > 0 THEN 2 + n % ${String(PERSONAS)} END, '10.0.' || n % 5 || '.' || n % 200, 'Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36', md5((n / 3)::text)::uuid
         FROM generate_series($1::bigint, $2::bigint) n`,
        [desde + 1, desde + trozo],
      )
    for (const { definicion } of indices) await cliente.query(definicion.replace(' ON ONLY ', ' ON '))
    await cliente.query('RESET session_replication_role; RESET synchronous_commit; RESET maintenance_work_mem')
  } finally {
    cliente.release()
  }
}

/**
 * As sealing its last day would do, for each month before this one. And a seal that is nobody's: the server of the bench
 * does not go on with it, so that it does not seal five years while its pages are measured.
 */
async function cerrarMeses(pool: pg.Pool): Promise<void> {
  const { rows } = await pool.query<{ mes: string }>(
    `SELECT to_char(g, 'YYYY-MM-DD') AS mes FROM generate_series(date_trunc('month', now() - interval '${String(ANIOS)} years'), date_trunc('month', now()) - interval '1 month', interval '1 month') g`,
  )
  for (const { mes } of rows) await pool.query('SELECT registro_actividad_cerrar($1::date)', [mes])
  await pool.query(
    `INSERT INTO sello_auditoria (dia, filas, huellas, resumen, hash_anterior, hash, cerrado, sellado_en) VALUES ('2000-01-01', 0, '', '', '', '', true, now())`,
  )
}

async function tamanos(pool: pg.Pool): Promise<{ filas: number; gb: number; sellosMb: number }> {
  const { rows } = await pool.query<{ filas: string; bytes: string; sellos: string }>(
    `SELECT (SELECT count(*) FROM registro_actividad) AS filas, (SELECT sum(pg_total_relation_size(relid)) FROM pg_partition_tree('registro_actividad')) AS bytes,
      pg_total_relation_size('sello_auditoria') AS sellos`,
  )
  const [fila] = rows
  return {
    filas: Number(fila?.filas),
    gb: redondo(Number(fila?.bytes) / 1024 ** 3),
    sellosMb: redondo(Number(fila?.sellos) / 1024 ** 2),
  }
}

function resumir(
  r: {
    casos: readonly Medida[]
    sellado: number
    cierre: number
    turno: number
    comprobacion: number
    tamano: { filas: number; gb: number; sellosMb: number }
    insercionVacia: { chicaMs: number; filasPorSegundo: number }
    insercionLlena: { chicaMs: number; filasPorSegundo: number }
    consultas: number
    exportacion: number
  },
  bytes: number,
): Renglon[] {
  const libre = (medida: string, valor: string): Renglon => ({
    parte: 'auditoria',
    medida,
    valor,
    meta: '–',
    cumple: null,
  })
  return [
    ...r.casos.map(({ nombre, p50, p95 }) => ({
      parte: 'auditoria',
      medida: nombre,
      valor: `p95 ${String(p95)} ms (p50 ${String(p50)})`,
      meta: `< ${String(META_MS)} ms`,
      cumple: p95 < META_MS,
    })),
    libre('consultas por solicitud, la mayor', String(r.consultas)),
    libre(
      'tres filas en una transacción, base vacía / llena',
      `${String(r.insercionVacia.chicaMs)} / ${String(r.insercionLlena.chicaMs)} ms`,
    ),
    libre(
      '20,000 filas de una vez, base vacía / llena',
      `${String(r.insercionVacia.filasPorSegundo)} / ${String(r.insercionLlena.filasPorSegundo)} filas/s`,
    ),
    libre('cerrar sesenta meses', `${String(r.cierre)} s`),
    libre('sellar cinco años', `${String(r.sellado)} s`),
    libre('un turno de cada cuarto de hora', `${String(r.turno)} s`),
    libre('comprobar todos los sellos', `${String(r.comprobacion)} s`),
    libre('disco: filas con sus índices, y sellos', `${String(r.tamano.gb)} GB, ${String(r.tamano.sellosMb)} MB`),
    libre('exportar 50,000 filas', `${String(r.exportacion)} s, ${String(redondo(bytes / 1024 ** 2))} MB`),
  ]
}
