/** What the command `importar-ot` and the bench call (contract.md §4). */
import type { Contexto } from '../../../plataforma/contexto.ts'
import {
  analizar,
  aplicar,
  deshacerLote as deshacer,
  type AlAvanzar,
  type ArchivoDeImportacion,
  type PlanDeClase,
} from '../../importacion/index.ts'
import { CLASE_OT } from './importacion.clase.ts'
import type { Informe, ResumenDeshacer } from './importacion.tipos.ts'

export { CLASE_OT }

interface OpcionesDeImportacion {
  readonly crearPtes: boolean
  readonly todoONada: boolean
  /** Hash of the analysis that the person accepted: anything else is refused. */
  readonly huella?: string | undefined
  readonly alAvanzar?: AlAvanzar | undefined
}

const pedido = ({ crearPtes, ...resto }: OpcionesDeImportacion) => ({ ...resto, opciones: { crear_ptes: crearPtes } })

/** What an import would do, without writing. @throws DatosInvalidos when the file cannot be read. */
export async function analizarImportacion(
  ctx: Contexto,
  archivo: ArchivoDeImportacion,
  opciones: OpcionesDeImportacion,
): Promise<Informe & Pick<PlanDeClase, 'huella' | 'cuantas'>> {
  const { informe, plan } = await analizar(ctx, CLASE_OT, archivo, pedido(opciones))
  return { ...informe, huella: plan.huella, cuantas: plan.cuantas }
}

/** Imports what can be imported, as one batch and one transaction. @throws DatosInvalidos; Conflicto. */
export const aplicarImportacion = (
  ctx: Contexto,
  archivo: ArchivoDeImportacion,
  opciones: OpcionesDeImportacion,
): Promise<Informe> => aplicar(ctx, CLASE_OT, archivo, pedido(opciones))

/** Undoes a batch of OTs. @throws NoEncontrado; Conflicto. */
export const deshacerLote = (ctx: Contexto, id: number): Promise<ResumenDeshacer> => deshacer(ctx, CLASE_OT, id)
