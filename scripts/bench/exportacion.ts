/** (c) Export of 80,000 orders to a workbook: time, memory, and how the pages of the others fare meanwhile. */
import { setTimeout as esperar } from 'node:timers/promises'
import { GRANDE } from './datos.ts'
import type { Entorno } from './entorno.ts'
import { percentil, redondo, type Renglon, sondear } from './medidas.ts'

/** What the others do meanwhile: the list, the list by another order, a search, and the data of one order. */
export const LO_DE_LOS_DEMAS = [
  '/operaciones/ot/datatable/?draw=1&start=0&length=25&tipo=4',
  '/operaciones/ot/datatable/?draw=2&start=0&length=25&tipo=4&order[0][column]=2&order[0][dir]=asc',
  '/operaciones/ot/datatable/?draw=3&start=0&length=25&tipo=4&search[value]=000123',
  '/operaciones/ot/obtener_datos/?id=1000',
]
const NORMAL_MS = 5_000

export interface ResultadoDeExportacion {
  readonly filas: number
  readonly segundos: number
  readonly megabytes: number
  readonly memoriaMb: number
  readonly demas: {
    readonly normalP95: number
    readonly duranteP95: number
    readonly razon: number
    readonly muestras: number
  }
}

export async function medirExportacion(
  entorno: Entorno,
  decir: (linea: string) => void,
): Promise<{ resultado: ResultadoDeExportacion; renglones: Renglon[] }> {
  decir('Exportación: cargando 80,000 órdenes…')
  const app = await entorno.iniciarApp(await entorno.crearBase('exportacion', GRANDE))
  const [quien, otra] = [await app.entrar(), await app.entrar()]
  for (let i = 0; i < 50; i += 1) for (const ruta of LO_DE_LOS_DEMAS) await otra.medir(ruta)
  const limite = performance.now() + NORMAL_MS
  const normal = await sondear(otra, LO_DE_LOS_DEMAS, () => performance.now() < limite)
  decir('Exportación: el libro completo, con otra persona trabajando…')
  app.olvidarPico()
  let seguir = true
  const durante = sondear(otra, LO_DE_LOS_DEMAS, () => seguir)
  const { estado, cuerpo, ms } = await quien.pedir('/operaciones/ot/exportar/?formato=xlsx&tipo=')
  seguir = false
  if (estado !== 200)
    throw new Error(`La exportación respondió ${String(estado)}: ${cuerpo.toString('utf8').slice(0, 300)}`)
  const tiempos = await durante
  await esperar(50)
  const { pico } = app.memoria()
  await app.detener()
  const [normalP95, duranteP95] = [percentil(normal, 95), percentil(tiempos, 95)]
  const resultado = {
    filas: GRANDE.iniciales + GRANDE.reprogramaciones,
    segundos: redondo(ms / 1000),
    megabytes: redondo(cuerpo.length / 1024 / 1024),
    memoriaMb: redondo(pico),
    demas: {
      normalP95: redondo(normalP95),
      duranteP95: redondo(duranteP95),
      razon: redondo(duranteP95 / normalP95),
      muestras: tiempos.length,
    },
  }
  return { resultado, renglones: resumir(resultado) }
}

function resumir({ filas, segundos, megabytes, memoriaMb, demas }: ResultadoDeExportacion): Renglon[] {
  return [
    {
      parte: 'exportacion',
      medida: `${String(filas)} órdenes a xlsx`,
      valor: `${String(segundos)} s, ${String(megabytes)} MB`,
      meta: '–',
      cumple: null,
    },
    {
      parte: 'exportacion',
      medida: 'memoria máxima del proceso',
      valor: `${String(memoriaMb)} MB`,
      meta: '< 400 MB',
      cumple: Number.isNaN(memoriaMb) ? null : memoriaMb < 400,
    },
    {
      parte: 'exportacion',
      medida: 'p95 de los demás mientras tanto',
      valor: `${String(demas.duranteP95)} / ${String(demas.normalP95)} ms = ${String(demas.razon)}×`,
      meta: '< 2×',
      cumple: demas.razon < 2,
    },
  ]
}
