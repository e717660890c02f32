import pg from 'pg'
import { consultaDeConceptos, palabrasDe } from '../../src/modulos/contratos/index.ts'
import type { Entorno } from './entorno.ts'
import { percentil, redondo, type Renglon } from './medidas.ts'

const CONCEPTOS = 100_000
const REPETICIONES = 25
const META_MS = 50

/** What people type: common words, rare ones, codes and parts of codes, with accents and without, in any order. */
const BUSQUEDAS = [
  'tubo acero',
  'acero tubo de al carbon',
  'suministro',
  'válvula compuerta',
  'compuerta VALVULA bridada',
  'recubrimiento anticorrosivo',
  'soldadura costa afuera',
  'pintura especial 777',
  '2.10',
  '2.2.',
  'C4EXT-00451',
  '0451',
  'EXT-12',
  '10C-11',
  '8"',
  'de 3/4"',
  'codo 90',
  'hospedaje',
  'zzz inexistente',
  'tubo zzz',
  'BME-3801-035',
]

/** A hundred thousand concepts with the vocabulary, the lengths (some 300 letters) and the codes of the real price lists. */
const LLENAR = `
  INSERT INTO contrato_concepto_maestro (id_tipo_partida, id_sub_anexo, partida_ordinaria, partida_extraordinaria, descripcion, id_unidad_medida,
    cantidad, precio_unitario_mn, precio_unitario_usd, pte_creacion)
  SELECT CASE WHEN g % 3 = 0 THEN 7 ELSE 6 END,
    CASE WHEN g % 3 = 0 THEN NULL ELSE 1 + g % 22 END,
    CASE WHEN g % 3 = 0 THEN NULL ELSE (1 + g % 20) || '.' || (g / 20) || '.' END,
    CASE WHEN g % 3 = 0 THEN 'C' || (1 + g % 6) || 'EXT-' || lpad((g / 3)::text, 5, '0') END,
    initcap(v.verbo[1 + g % 5]) || ' DE ' || upper(v.cosa[1 + (g * 7) % 12]) || ' DE ' || v.material[1 + (g * 11) % 8] || ' DE ' || (1 + (g * 13) % 36) || '"Ø, CÉDULA '
      || (10 * (1 + (g * 17) % 16)) || ', ESPESOR ' || ((g * 19) % 40 / 8.0)::numeric(6, 3) || '", ' || v.norma[1 + (g * 23) % 6]
      || ', INCLUYE: ' || v.incluye[1 + (g * 29) % 5] || '. ' || v.lugar[1 + (g * 31) % 4] || repeat(', ' || v.incluye[1 + (g * 37) % 5], 1 + g % 3)
      || CASE WHEN g % 5000 = 0 THEN ' PINTURA ESPECIAL 777' ELSE '' END || CASE WHEN g % 900 = 0 THEN ' HOSPEDAJE Y ALIMENTACIÓN' ELSE '' END,
    1 + g % 17, 1 + g % 500, (g % 100000) / 7.0, (g % 1000) / 3.0, CASE WHEN g % 3 = 0 THEN 'BME-3801-' || lpad((g % 300)::text, 3, '0') || '-2023' END
  FROM generate_series(1, $1::int) g, (SELECT
    ARRAY['suministro', 'instalación', 'prefabricación', 'desmantelamiento', 'suministro e instalación'] AS verbo,
    ARRAY['tubo', 'codo', 'brida', 'válvula de compuerta bridada', 'válvula de bola', 'reducción', 'tee', 'perfil estructural', 'placa', 'ánodo de sacrificio',
      'soporte', 'recubrimiento anticorrosivo'] AS cosa,
    ARRAY['ACERO AL CARBÓN', 'ACERO INOXIDABLE 316L', 'CUPRONÍQUEL', 'ACERO ASTM A-106 GR. B', 'ALUMINIO', 'ACERO API-5L X52', 'FIBRA DE VIDRIO', 'ACERO GALVANIZADO'] AS material,
    ARRAY['NRF-053-PEMEX', 'ASME B16.5 RTJ 600#', 'ASTM A-694 F52', 'API-6D', 'CARA REALZADA 150#', 'EXTREMOS BISELADOS 90 GRADOS'] AS norma,
    ARRAY['MATERIALES, MANO DE OBRA, EQUIPO Y HERRAMIENTA', 'SOLDADURA, PRUEBAS NO DESTRUCTIVAS Y LIMPIEZA DEL ÁREA DE TRABAJO', 'CARGA, ACARREO, DESCARGA Y PUESTA EN SITIO',
      'MANIOBRAS CON GRÚA, ANDAMIOS Y PERSONAL DE APOYO', 'PRUEBA HIDROSTÁTICA Y PROTOCOLOS DE CALIDAD'] AS incluye,
    ARRAY['TRABAJO EN PATIO', 'TRABAJO COSTA AFUERA', 'TRABAJO EN PLATAFORMA HABITACIONAL', 'TRABAJO EN TIERRA'] AS lugar) v`

/** Search of concepts at the database, over a hundred thousand (issue B §3: first 20 under 50 ms). */
export async function medirConceptos(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const cliente = new pg.Client(await entorno.crearBase('bench_conceptos'))
  await cliente.connect()
  try {
    decir(`Generando ${CONCEPTOS.toLocaleString('es-MX')} conceptos…`)
    await cliente.query(LLENAR, [CONCEPTOS])
    await cliente.query('VACUUM ANALYZE contrato_concepto_maestro')
    const porBusqueda: Record<string, { hallados: number; p50: number; p95: number }> = {}
    const tiempos: number[] = []
    for (const busqueda of BUSQUEDAS) {
      const { hallados, ms } = await medir(cliente, busqueda)
      tiempos.push(...ms)
      porBusqueda[busqueda] = { hallados, p50: redondo(percentil(ms, 50)), p95: redondo(percentil(ms, 95)) }
      decir(`  ${busqueda}: ${String(hallados)} hallados, p95 ${String(porBusqueda[busqueda].p95)} ms`)
    }
    const [p50, p95] = [percentil(tiempos, 50), percentil(tiempos, 95)]
    const peor = Math.max(...Object.values(porBusqueda).map((uno) => uno.p95))
    return {
      resultado: { conceptos: CONCEPTOS, p50: redondo(p50), p95: redondo(p95), peor, porBusqueda },
      renglones: [
        renglon('búsqueda, p50 de todas', p50),
        renglon('búsqueda, p95 de todas', p95),
        renglon('búsqueda, p95 de la más lenta', peor),
      ],
    }
  } finally {
    await cliente.end()
  }
}

const renglon = (medida: string, ms: number): Renglon => ({
  parte: 'conceptos',
  medida: `${CONCEPTOS.toLocaleString('es-MX')} conceptos: ${medida}`,
  valor: `${String(redondo(ms))} ms`,
  meta: `< ${String(META_MS)} ms`,
  cumple: ms < META_MS,
})

async function medir(cliente: pg.Client, busqueda: string): Promise<{ hallados: number; ms: number[] }> {
  const consulta = consultaDeConceptos(palabrasDe(busqueda))
  const ms: number[] = []
  let hallados = 0
  for (let i = 0; i <= REPETICIONES; i += 1) {
    const inicio = performance.now()
    const { rowCount } = await cliente.query(consulta.text, consulta.values)
    // The first one warms the memory of the database up, as any morning does.
    if (i > 0) ms.push(performance.now() - inicio)
    hallados = rowCount ?? 0
  }
  return { hallados, ms }
}
