/** Evidence of the demo GPUs: drawn photos, kept in the store as those that people bring. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { guardarArchivo, type Deposito } from '../../../src/modulos/archivos/index.ts'
import { ejecutar } from '../../../src/plataforma/bd.ts'
import type { CtxTx } from '../../../src/plataforma/contexto.ts'
import { sql } from '../../../src/plataforma/sql.ts'
import { anotar } from './escribir.ts'
import { dibujarFoto } from './fotos.ts'

/** GPUs with photos and the photos of each: some of every work and month, and no more than two seconds of a first start. */
const [GPUS, FOTOS_POR_GPU] = [24, 2]
const A_LA_VEZ = 4
const REGLAS = { campo: 'archivos', clases: ['jpg'], admitidos: 'fotos', maximoMb: 5 } as const

/** Ids of the files, one photo each. They are kept before anything names them, as every upload. */
export async function guardarFotos(deposito: Deposito): Promise<number[]> {
  const carpeta = await mkdtemp(join(tmpdir(), 'sascop-demo-'))
  try {
    const ids: number[] = []
    const cuantas = GPUS * FOTOS_POR_GPU
    for (let desde = 0; desde < cuantas; desde += A_LA_VEZ) {
      const vuelta = Array.from({ length: Math.min(A_LA_VEZ, cuantas - desde) }, (_, i) => desde + i)
      ids.push(...(await Promise.all(vuelta.map((n) => guardarFoto(deposito, carpeta, n)))))
    }
    return ids
  } finally {
    await rm(carpeta, { recursive: true, force: true })
  }
}

async function guardarFoto(deposito: Deposito, carpeta: string, n: number): Promise<number> {
  const nombre = `${String(n)}.jpg`
  const ruta = join(carpeta, nombre)
  const foto = await dibujarFoto(n)
  await writeFile(ruta, foto)
  return (await guardarArchivo(deposito, { nombre, ruta, bytes: foto.length }, REGLAS)).id
}

/** Hangs the photos from the last signed GPUs of each work and month, the last months first. */
export async function adjuntarFotos(tx: CtxTx, fotos: readonly number[], quien: number | null): Promise<void> {
  if (fotos.length === 0) return
  await ejecutar(
    tx.bd,
    sql`WITH firmado AS (
        SELECT g.id, p.fecha_produccion AS dia, g.fecha_firma, m.id_ot, m.anio, m.mes,
          row_number() OVER (PARTITION BY m.id ORDER BY p.fecha_produccion DESC, g.id) AS turno
        FROM registro_generadores_pu g JOIN produccion p ON p.id = g.id_produccion JOIN reporte_mensual_header m ON m.id = p.id_reporte_mensual
        WHERE g.fecha_firma IS NOT NULL AND EXISTS (SELECT 1 FROM dato_demo d WHERE d.tabla = 'ot' AND d.id_registro = m.id_ot)
      ), elegido AS (
        SELECT f.*, row_number() OVER (ORDER BY f.turno, f.anio DESC, f.mes DESC, f.id_ot) - 1 AS orden FROM firmado f
        ORDER BY orden LIMIT ${GPUS}::int
      )
      INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre, comentario, id_usuario, fecha)
      SELECT e.id, a.id_texto::bigint, 'IMG_' || to_char(e.dia, 'YYYYMMDD') || '_' || n || '.jpg', CASE n WHEN 1 THEN 'Antes de empezar' ELSE 'Trabajo terminado' END,
        ${quien}::bigint, least(e.fecha_firma, e.dia + time '23:00' + n * interval '1 minute')
      FROM elegido e CROSS JOIN generate_series(1, ${FOTOS_POR_GPU}::int) n
        JOIN jsonb_array_elements_text(${JSON.stringify(fotos)}::jsonb) WITH ORDINALITY AS a(id_texto, lugar) ON a.lugar = e.orden * ${FOTOS_POR_GPU}::int + n`,
  )
  await anotar(
    tx,
    'archivo',
    fotos.map((id) => ({ id, descripcion: 'foto de demostración' })),
  )
}
