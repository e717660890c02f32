/** The half of an import that needs no database, as `importacion.trabajador.ts` serves it from its own thread. */
import { createHash } from 'node:crypto'
import { revelar, type FotoCruda } from './foto.reglas.ts'
import { leerLibroDeOts, type LibroInterpretado } from './importacion.excel.ts'
import type { Nombrados, Plan } from './importacion.tipos.ts'
import { nombradosEn, planear } from './planear.reglas.ts'
import type { LimitesLibro } from '../../../plataforma/excel/leer.ts'

/** Rows of each block of a plan. */
export const POR_BLOQUE = 2000

/** What is told of a workbook that was read. */
export interface LibroLeido {
  readonly sha256: string
  readonly filas: number
  readonly nombrados: Nombrados
}

/** A plan packed to travel between threads: long lists are JSON texts in blocks, opened one by one when written. */
export interface PlanEmpacado extends Omit<Plan, 'crear' | 'actualizar'> {
  /** Blocks of OtNueva. */
  readonly crear: readonly string[]
  /** Blocks of OtCambiada. */
  readonly actualizar: readonly string[]
  readonly cuantas: { readonly crear: number; readonly actualizar: number }
  /** Hash of all that would be written. */
  readonly huella: string
}

export interface OpcionesDePlan {
  readonly crearPtes: boolean
  /** Nothing is written if a row is rejected: then every row that would have been is. */
  readonly todoONada: boolean
}

/** One workbook in hand. */
export class Preparacion {
  #libro: LibroInterpretado | null = null

  async leer(ruta: string, limites: LimitesLibro): Promise<LibroLeido> {
    this.#libro = await leerLibroDeOts(ruta, limites)
    return { sha256: this.#libro.sha256, filas: this.#libro.filas.length, nombrados: nombradosEn(this.#libro.filas) }
  }

  planear(foto: FotoCruda, opciones: OpcionesDePlan): PlanEmpacado {
    const libro = this.#libro
    if (libro === null) throw new Error('The workbook was not read')
    const plan = planear(libro.encabezado, libro.filas, revelar(foto), opciones)
    const elegido = opciones.todoONada && plan.rechazadas.length > 0 ? sinEscribir(plan) : plan
    return empacar({ ...elegido, advertencias: [...libro.advertencias, ...elegido.advertencias] })
  }
}

/** Nothing goes in: what would have been created or changed counts as rejected, for the groups to add up. */
function sinEscribir(plan: Plan): Plan {
  const rechazar = ({ total, sin_cambio }: Plan['iniciales']): Plan['iniciales'] => ({
    total,
    sin_cambio,
    creadas: 0,
    actualizadas: 0,
    rechazadas: total - sin_cambio,
  })
  return {
    ...plan,
    crear: [],
    actualizar: [],
    reconocer: [],
    ptes: [],
    iniciales: rechazar(plan.iniciales),
    reprogramaciones: rechazar(plan.reprogramaciones),
  }
}

function empacar({ crear, actualizar, ...plan }: Plan): PlanEmpacado {
  const bloquesDeAltas = enBloques(crear)
  const bloquesDeCambios = enBloques(actualizar)
  const hash = createHash('sha256')
  for (const bloque of [...bloquesDeAltas, ...bloquesDeCambios, JSON.stringify(plan.ptes)]) hash.update(bloque)
  return {
    ...plan,
    crear: bloquesDeAltas,
    actualizar: bloquesDeCambios,
    cuantas: { crear: crear.length, actualizar: actualizar.length },
    huella: hash.digest('hex'),
  }
}

function enBloques(lista: readonly unknown[]): string[] {
  const bloques: string[] = []
  for (let i = 0; i < lista.length; i += POR_BLOQUE) bloques.push(JSON.stringify(lista.slice(i, i + POR_BLOQUE)))
  return bloques
}
