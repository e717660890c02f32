/** The expediente of an estimation of 5,000 lines and 300 GPUs with photos: how long, how much memory, and what the others wait. */
import { createHash } from 'node:crypto'
import { mkdirSync, readdirSync, writeFileSync } from 'node:fs'
import { dirname, join } from 'node:path'
import { setTimeout as esperar } from 'node:timers/promises'
import pg from 'pg'
import { dibujarFoto } from '../../prisma/seed/demo/fotos.ts'
import { llenarEstimaciones } from './datos-estimaciones.ts'
import type { App, Entorno } from './entorno.ts'
import { crear, enviar } from './estimaciones.ts'
import { percentil, redondo, sondear, type Cliente, type Renglon } from './medidas.ts'

const BASE = '/operaciones/estimaciones/'
const [GPUS, DIAS, FOTOS_POR_GPU] = [300, 25, 3]
/** With what the server has in use before it begins, which is some 150 MB. */
const META_MEMORIA_MB = 1500
const META_ESPERA_MS = 1000

export async function medirExpediente(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: unknown; renglones: Renglon[] }> {
  const url = await entorno.crearBase('expediente')
  const pool = new pg.Pool({ connectionString: url })
  decir('Expediente: llenando la base…')
  const familia = await llenarEstimaciones(pool)
  await dejarGpus(pool, familia.ot)
  const app = await entorno.iniciarApp(url)
  const cliente = await app.entrar()
  const { id, version } = await crear(cliente, familia, null)
  decir(`Expediente: ${String(GPUS * FOTOS_POR_GPU)} fotos…`)
  const megasDeFotos = await adjuntarFotos(pool, entorno, id)
  await enviar(cliente, `${BASE}cambiar_estatus/`, { id, version, estatus: 'ENVIADA' })
  const { rows } = await pool.query<{ lineas: string; gpus: string; megas: string }>(
    `SELECT jsonb_array_length(contenido -> 'lineas') AS lineas, jsonb_array_length(contenido -> 'gpus') AS gpus, octet_length(contenido::text) / 1e6 AS megas FROM estimacion_instantanea WHERE id_estimacion_header = $1`,
    [id],
  )
  const [lineas, gpus] = [Number(rows[0]?.lineas), Number(rows[0]?.gpus)]
  decir(
    `Expediente: ${String(lineas)} líneas, ${String(gpus)} GPU, ${String(redondo(megasDeFotos))} MB de miniaturas; lo guardado de ella, ${String(redondo(Number(rows[0]?.megas)))} MB`,
  )
  const medido = await medirDibujo(app, cliente, id)
  const otraVez = await dibujar(cliente, id)
  await app.detener()
  await pool.end()
  const iguales = otraVez.sha256 === medido.sha256
  const nombre = `${lineas.toLocaleString('es-MX')} líneas, ${String(gpus)} GPU y ${String(GPUS * FOTOS_POR_GPU)} fotos`
  const renglon = (medida: string, valor: string, meta = '–', cumple: boolean | null = null): Renglon => ({
    parte: 'expediente',
    medida,
    valor,
    meta,
    cumple,
  })
  return {
    resultado: { lineas, gpus, fotos: GPUS * FOTOS_POR_GPU, ...medido, iguales },
    renglones: [
      renglon(nombre, `${String(medido.segundos)} s, ${String(medido.megas)} MB, ${String(medido.paginas)} páginas`),
      renglon(
        'memoria del servidor antes / pico (MB)',
        `${String(medido.memoriaAntes)} / ${String(medido.memoriaPico)}`,
        `< ${String(META_MEMORIA_MB)}`,
        medido.memoriaPico < META_MEMORIA_MB,
      ),
      renglon(
        'lo que esperan los demás, en calma',
        `p50 ${String(medido.calma.p50)} ms, p95 ${String(medido.calma.p95)} ms`,
      ),
      renglon(
        'lo que esperan los demás mientras se dibuja',
        `p50 ${String(medido.durante.p50)} ms, p95 ${String(medido.durante.p95)} ms, lo peor ${String(medido.durante.peor)} ms`,
        `lo peor < ${String(META_ESPERA_MS)} ms`,
        medido.durante.peor < META_ESPERA_MS,
      ),
      renglon('dibujado otra vez: los mismos bytes', iguales ? 'sí' : 'no', 'sí', iguales),
    ],
  }
}

/** Leaves some concepts whose production takes a GPU: twelve of them, on each of the 25 days. The others go to an annex without. */
async function dejarGpus(pool: pg.Pool, idOt: number): Promise<void> {
  const conexion = await pool.connect()
  try {
    await conexion.query("SET session_replication_role = 'replica'")
    const { rows } = await conexion.query<{ id: string }>(
      `UPDATE concepto_consolidado SET anexo = 'C-5' WHERE id_ot = $1 AND anexo = 'C-2' AND id NOT IN (
         SELECT id FROM concepto_consolidado WHERE id_ot = $1 AND anexo = 'C-2' ORDER BY id LIMIT $2) RETURNING id`,
      [idOt, GPUS / DIAS],
    )
    const otros = rows.map(({ id }) => id)
    await conexion.query(
      "UPDATE partida_anexo_importada SET anexo = 'C-5' WHERE id_concepto_consolidado = ANY ($1::bigint[])",
      [otros],
    )
    await conexion.query(
      `DELETE FROM registro_generadores_pu g USING produccion p WHERE p.id = g.id_produccion AND p.id_concepto_consolidado = ANY ($1::bigint[])`,
      [otros],
    )
  } finally {
    conexion.release(true)
  }
}

/** Photos of the GPUs of the draft, each of them another one. @returns MB of thumbnails */
async function adjuntarFotos(pool: pg.Pool, { carpeta }: Entorno, idEstimacion: number): Promise<number> {
  const datos = readdirSync(carpeta).find((nombre) => nombre.startsWith('app-'))
  if (datos === undefined) throw new Error('La aplicación no tiene carpeta de datos.')
  const archivos: { sha256: string; clave: string; miniatura: string; bytes: number }[] = []
  for (let n = 0; n < GPUS * FOTOS_POR_GPU; n += 1) {
    const foto = await dibujarFoto(n)
    const sha256 = createHash('sha256').update(foto).digest('hex')
    const clave = (donde: string): string => `${donde}/${sha256.slice(0, 2)}/${sha256}.jpg`
    // What it prints is the thumbnail: the original may be the same picture.
    for (const donde of ['contenido', 'miniaturas']) {
      const ruta = join(carpeta, datos, 'archivos', clave(donde))
      mkdirSync(dirname(ruta), { recursive: true })
      writeFileSync(ruta, foto)
    }
    archivos.push({ sha256, clave: clave('contenido'), miniatura: clave('miniaturas'), bytes: foto.length })
  }
  const conexion = await pool.connect()
  try {
    await conexion.query("SET session_replication_role = 'replica'")
    await conexion.query(
      `INSERT INTO archivo (sha256, clase, bytes, clave, ancho, alto, clave_miniatura)
       SELECT a.sha256, 'jpg', a.bytes, a.clave, 640, 480, a.miniatura
       FROM jsonb_to_recordset($1::jsonb) AS a(sha256 text, clave text, miniatura text, bytes bigint)`,
      [JSON.stringify(archivos)],
    )
    await conexion.query(
      `INSERT INTO evidencia_gpu (id_gpu, id_archivo, nombre, comentario)
       SELECT g.id, a.id, 'foto ' || a.turno || '.jpg', 'Soldadura en cubierta'
       FROM (SELECT h.id, row_number() OVER (ORDER BY h.id) AS turno FROM registro_generadores_pu h JOIN estimacion_detalle e ON e.id_produccion = h.id_produccion
           WHERE e.id_estimacion_header = $1) g
         JOIN (SELECT id, row_number() OVER (ORDER BY id) AS turno FROM archivo) a ON (a.turno - 1) / $2 + 1 = g.turno`,
      [idEstimacion, FOTOS_POR_GPU],
    )
  } finally {
    conexion.release(true)
  }
  return archivos.reduce((suma, { bytes }) => suma + bytes, 0) / 1e6
}

interface Dibujado {
  readonly segundos: number
  readonly megas: number
  readonly paginas: number
  readonly sha256: string
}

/** Asked as the page does: the task, its state every half a second, and the file. */
async function dibujar(cliente: Cliente, id: number): Promise<Dibujado> {
  const inicio = performance.now()
  const ruta = `${BASE}expediente/?id=${String(id)}`
  const leer = async <T>(direccion: string): Promise<T> =>
    JSON.parse((await cliente.pedir(direccion)).cuerpo.toString('utf8')) as T
  const { tarea } = await leer<{ tarea: number }>(`${ruta}&asincrono=1`)
  for (;;) {
    const { estado } = await leer<{ estado: string }>(`/operaciones/tareas/${String(tarea)}/estado/`)
    if (estado === 'terminada') break
    if (estado === 'fallida') throw new Error('La tarea del expediente falló.')
    await esperar(500)
  }
  const segundos = redondo((performance.now() - inicio) / 1000)
  const { estado, cuerpo } = await cliente.pedir(`${ruta}&tarea=${String(tarea)}`)
  if (estado !== 200) throw new Error(`El expediente respondió ${String(estado)}.`)
  return {
    segundos,
    megas: redondo(cuerpo.length / 1e6),
    paginas: cuerpo.toString('latin1').match(/\/Type \/Page\b/g)?.length ?? 0,
    sha256: createHash('sha256').update(cuerpo).digest('hex'),
  }
}

async function medirDibujo(app: App, cliente: Cliente, id: number) {
  const rutas = [BASE, `${BASE}datatable/?draw=1&start=0&length=25`]
  const hasta = performance.now() + 3000
  const calma = await sondear(cliente, rutas, () => performance.now() < hasta)
  const memoriaAntes = Math.round(app.memoria().actual)
  app.olvidarPico()
  let sigue = true
  const demas = sondear(cliente, rutas, () => sigue)
  const dibujado = await dibujar(cliente, id).finally(() => {
    sigue = false
  })
  const esperas = await demas
  const resumen = (lista: readonly number[]) => ({
    p50: redondo(percentil(lista, 50)),
    p95: redondo(percentil(lista, 95)),
  })
  return {
    ...dibujado,
    memoriaAntes,
    memoriaPico: Math.round(app.memoria().pico),
    calma: resumen(calma),
    durante: { ...resumen(esperas), peor: redondo(Math.max(...esperas)) },
  }
}
