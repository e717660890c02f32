/** Export of the whole filtered set of the OT table, in its order (ot.md has none; issue A §4). */
import { plural } from '../../../comun/texto.ts'
import type { Contexto } from '../../../plataforma/contexto.ts'
import {
  elegirColumnas,
  exportarTabla,
  type Exportacion,
  type OpcionesDeExportacion,
} from '../../../plataforma/exportar-tabla.ts'
import { idsDeTabla, type PeticionTabla } from '../../../plataforma/tabla.ts'
import { registrarExportacion, TABLA_LOG } from '../../auditoria/index.ts'
import type { FiltrosOt } from '../ot.schema.ts'
import { nombreDeConjunto, TABLA_OT } from '../ot.tabla.ts'

/**
 * The rows that the table has with those filters, search and order, and the columns asked for. It is logged before the
 * first byte leaves.
 * @throws DatosInvalidos when a column does not exist.
 */
export async function exportarOts(
  ctx: Contexto,
  peticion: PeticionTabla<FiltrosOt>,
  { formato, columnas: claves }: OpcionesDeExportacion,
): Promise<Exportacion> {
  const columnas = elegirColumnas(TABLA_OT, claves)
  const ids = await idsDeTabla(ctx, TABLA_OT, peticion)
  const nombre = `ordenes-de-trabajo-${nombreDeConjunto(peticion.filtros)}-${ctx.hoy}`
  const archivo = exportarTabla(ctx, TABLA_OT, ids, { formato, nombre, hoja: 'Órdenes de trabajo', columnas })
  const cuantas = plural(ids.length, 'orden de trabajo', 'órdenes de trabajo')
  await anotarExportacion(ctx, null, `${cuantas} en ${archivo.nombre}`)
  return archivo
}

/** Row of the log of an export, in a transaction of its own: the file is written after it. */
export function anotarExportacion(ctx: Contexto, registroId: number | null, detalle: string): Promise<void> {
  return registrarExportacion(ctx, { tabla: TABLA_LOG.OT, registroId, detalle })
}
