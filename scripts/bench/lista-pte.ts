/** The PTE table at 50,000 proposals (700,000 steps) against 1,000: p95 of every sort, filter and search, and its queries. */
import { conectar } from '../../src/plataforma/bd.ts'
import { type Caso, fijo, type MedidaDeLista, medirCaso, META, VECES } from './casos.ts'
import type { Entorno } from './entorno.ts'
import { percentil, redondo, type Cliente, type Renglon } from './medidas.ts'

const RUTA = '/operaciones/pte/datatable/'
const GRANDE = 50_000
const PEQUENO = 1_000

/** Columns that the page lets sort by. */
const ORDENABLES = [
  ...['id', 'descripcion_tipo', 'oficio_pte', 'oficio_solicitud', 'descripcion_trabajo', 'cliente', 'prioridad_texto'],
  ...['responsable_proyecto_texto', 'fecha_solicitud', 'fecha_entrega', 'plazo_dias', 'progreso', 'total_homologado'],
  'id_orden_trabajo',
]

const CASOS: readonly Caso[] = [
  ...ORDENABLES.flatMap((columna) =>
    ['asc', 'desc'].map((sentido) =>
      fijo(`orden ${columna} ${sentido}`, {
        'order[0][column]': '1',
        'columns[1][data]': columna,
        'order[0][dir]': sentido,
      }),
    ),
  ),
  fijo('página 50', { start: '490' }),
  fijo('100 filas', { length: '100' }),
  fijo('estatus', { estatus: '2' }),
  fijo('responsable', { responsable_proyecto: '3' }),
  fijo('cliente', { cliente: '2' }),
  fijo('tipo', { tipo: '12,13' }),
  fijo('año', { anio: '2023' }),
  fijo('búsqueda', { 'search[value]': 'PROPUESTA 12' }),
  fijo('filtro', { filtro: '3801-123' }),
  {
    nombre: 'búsqueda de un folio, cada vez otro',
    clase: 'selectivo',
    consulta: (i) => ({ 'search[value]': `-${String(1 + ((i * 7) % 900))}-20` }),
  },
  {
    nombre: 'búsqueda de miles de trabajos, cada vez otra',
    clase: 'amplio',
    consulta: (i) => ({ 'search[value]': `PROPUESTA ${String(1 + ((i * 7) % 900))}` }),
  },
  {
    nombre: 'filtro sin resultado, cada vez otro',
    clase: 'selectivo',
    consulta: (i) => ({ filtro: `zzq${String(i)}` }),
  },
]

interface ResultadoDeListaPte {
  readonly casos: readonly MedidaDeLista[]
  readonly consultas: number
  readonly trasUnCambioMs: number
}

export async function medirListaPte(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDeListaPte; renglones: Renglon[] }> {
  decir('PTE: cargando 1,000 y 50,000…')
  const [chica, grande] = [
    await crearBase(entorno, 'pte_chica', PEQUENO),
    await crearBase(entorno, 'pte_grande', GRANDE),
  ]
  const [appChica, appGrande] = [await entorno.iniciarApp(chica), await entorno.iniciarApp(grande)]
  const [uno, otro] = [await appChica.entrar(), await appGrande.entrar()]
  for (let i = 0; i < 100; i += 1)
    for (const cliente of [uno, otro]) await cliente.medir(direccion({ start: String(i * 10) }))
  decir(`PTE: ${String(CASOS.length)} casos, ${String(VECES)} veces cada uno…`)
  const casos: MedidaDeLista[] = []
  for (const caso of CASOS) casos.push(await medirCaso(caso, uno, otro, direccion))
  const resultado = {
    casos,
    consultas: appGrande.consultasDe(RUTA),
    trasUnCambioMs: await medirTrasUnCambio(otro, grande),
  }
  await appChica.detener()
  await appGrande.detener()
  return { resultado, renglones: resumir(resultado) }
}

/** PTEs of every kind, each with the whole template of its client. */
async function crearBase(entorno: Entorno, nombre: string, cuantas: number): Promise<string> {
  const url = await entorno.crearBase(nombre, { iniciales: cuantas, reprogramaciones: 0, pasosPorOt: 0 })
  const conexion = conectar(url, { alFallar: () => undefined })
  const cliente = await conexion.pool.connect()
  try {
    await cliente.query("SET session_replication_role = 'replica'")
    await cliente.query(
      `UPDATE pte_header SET id_tipo = (ARRAY[2, 3, 10, 11, 12, 13, 14, 17, 19, 20])[1 + id % 10],
         fecha_entrega = CASE WHEN id % 3 > 0 THEN fecha_solicitud + 20 END, oficio_pte = oficio_pte || '-' || (2019 + id % 7)`,
    )
    await cliente.query(
      `INSERT INTO pte_detalle (id_pte_header, id_paso, estatus_paso, comentario)
       SELECT p.id, s.id, (ARRAY[1, 2, 3, 3, 3, 14])[1 + (p.id * 7 + s.id) % 6], '' FROM pte_header p JOIN cliente c ON c.id = p.id_cliente
       JOIN paso s ON s.id_tipo_cliente = c.id_tipo AND s.activo`,
    )
    await cliente.query("RESET session_replication_role; SELECT nextval('cambios_pte')")
    await cliente.query('VACUUM (FULL, ANALYZE) pte_header')
    await cliente.query('VACUUM (ANALYZE) pte_header, pte_detalle')
  } finally {
    cliente.release()
    await conexion.cerrar()
  }
  return url
}

function direccion(consulta: Record<string, string>): string {
  return `${RUTA}?${new URLSearchParams({ draw: '1', start: '0', length: '10', ...consulta }).toString()}`
}

/** The first page after somebody moves a step: counted again. Median of five. */
async function medirTrasUnCambio(cliente: Cliente, url: string): Promise<number> {
  const conexion = conectar(url, { alFallar: () => undefined })
  const tiempos: number[] = []
  for (let i = 0; i < 5; i += 1) {
    await conexion.pool.query(
      'UPDATE pte_detalle SET comentario = comentario WHERE id = (SELECT max(id) FROM pte_detalle)',
    )
    tiempos.push(await cliente.medir(direccion({})))
  }
  await conexion.cerrar()
  return redondo(percentil(tiempos, 50))
}

function resumir({ casos, consultas, trasUnCambioMs }: ResultadoDeListaPte): Renglon[] {
  const razones = (clase: Caso['clase'], medida: string): Renglon => {
    const suyos = casos.filter((caso) => caso.clase === clase)
    const peor = suyos.reduce((a, b) => (a.razon > b.razon ? a : b))
    const mediana = percentil(
      suyos.map(({ razon }) => razon),
      50,
    )
    return {
      parte: 'lista-pte',
      medida,
      valor: `mediana ${String(mediana)}×; peor ${String(peor.razon)}× (${peor.nombre}: ${String(peor.grande.p95)} / ${String(peor.chico.p95)} ms)`,
      meta: `≤ ${String(META)}×`,
      cumple: peor.razon <= META,
    }
  }
  return [
    razones('fijo', 'p95 50,000 / 1,000: órdenes, filtros, búsquedas'),
    razones('selectivo', 'p95 50,000 / 1,000: texto nuevo, pocas filas'),
    razones('amplio', 'p95 50,000 / 1,000: texto nuevo, miles de filas'),
    {
      parte: 'lista-pte',
      medida: 'consultas por solicitud',
      valor: String(consultas),
      meta: '≤ 4',
      cumple: consultas <= 4,
    },
    {
      parte: 'lista-pte',
      medida: 'primera página tras un cambio (50,000)',
      valor: `${String(trasUnCambioMs)} ms`,
      meta: '–',
      cumple: null,
    },
  ]
}
